//! Inlay hints: behind each group whose profile is not written out, the product profile that leads to it.

use std::{collections::BTreeMap, ops::Range};

use gen_lsp_types::InlayHintParams;
use serde_json::{Value, json};

use super::{
    groups::{Grouped, groups},
    server::Asked,
};

/// So many environments are shown in a hint; a hover shows all.
const MOST_SHOWN: usize = 3;

/// The hints within a range.
pub fn within(asked: &Asked<'_>, params: &InlayHintParams) -> Value {
    let source = asked.source();
    let range = asked.client.encoding.bytes(source, &params.range);
    let all = groups(asked);
    let mut by_line: BTreeMap<usize, Vec<&Grouped>> = BTreeMap::new();
    let is_within = |key: &Range<usize>| range.start <= key.end && key.start <= range.end;
    for group in all.iter().filter(|it| !it.is_written && is_within(&it.key)) {
        // Behind the key where several groups share a line, else behind everything that stands there.
        by_line.entry(group.key.end).or_default().push(group);
    }
    let hints = by_line.iter().map(|(end, groups)| {
        json!({
            "position": asked.client.encoding.position(source, *end),
            "label": label(groups),
            "paddingLeft": true,
            "paddingRight": true,
        })
    });
    hints.collect()
}

/// The profile; where environments have different ones, each with its environment.
fn label(groups: &[&Grouped]) -> String {
    let first = groups
        .first()
        .map(|it| it.profile.as_str())
        .unwrap_or_default();
    if groups.iter().all(|it| it.profile == first) {
        return first.to_owned();
    }
    let each = groups.iter().take(MOST_SHOWN).map(|it| {
        let environment = it.environment.as_deref().unwrap_or_default();
        format!("{environment}: {}", it.profile)
    });
    let more = (groups.len() > MOST_SHOWN).then(|| "…".to_owned());
    each.chain(more).collect::<Vec<_>>().join(" · ")
}
