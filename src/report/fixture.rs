//! Findings for the tests of the formats. What whole reports look like is in `tests/formats`.

use std::{ops::Range, sync::Arc};

use crate::{
    diagnostic::{Finding, Location, Related},
    text::Source,
};

pub(super) fn location(source: &Arc<Source>, range: Range<usize>) -> Location {
    Location {
        source: source.clone(),
        pointer: String::new(),
        range,
    }
}

pub(super) fn finding(text: &str, range: Range<usize>) -> Finding {
    finding_at(location(&Arc::new(Source::new("a", text)), range))
}

pub(super) fn finding_at(location: Location) -> Finding {
    let rule = &crate::rules::catalogue::CALLBACK_NOT_HTTPS;
    Finding::new(rule, location, "the message", "the help")
}

/// A finding with places that have to do with it.
pub(super) fn finding_beside(
    source: &Arc<Source>,
    range: Range<usize>,
    others: impl IntoIterator<Item = Range<usize>>,
) -> Finding {
    let related = others.into_iter().map(|other| Related {
        message: "the first of these two places that have the same value is here".to_owned(),
        location: location(source, other),
    });
    Finding {
        related: related.collect(),
        ..finding_at(location(source, range))
    }
}

pub(super) fn findings_in(path: &str, count: usize) -> Vec<Finding> {
    let source = Arc::new(Source::new(path, "a: b\n".repeat(count)));
    (0..count)
        .map(|line| finding_at(location(&source, line * 5 + 3..line * 5 + 4)))
        .collect()
}
