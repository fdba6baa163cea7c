//! Inlay hints: behind each group whose profile is not written out, the product profile that leads to it.

use std::{
    collections::{BTreeMap, HashMap},
    ops::Range,
};

use gen_lsp_types::InlayHintParams;
use serde_json::{Value, json};

use super::{
    asked::Asked,
    groups::{Grouped, groups},
};

/// So many environments are shown in a hint; a hover shows all.
const MOST_SHOWN: usize = 3;

/// The hints within a range.
pub fn within(asked: &Asked<'_>, params: &InlayHintParams) -> Vec<Value> {
    let source = asked.source();
    let range = asked.client.encoding.bytes(source, &params.range);
    let all = groups(asked);
    let mut by_key: BTreeMap<usize, Vec<&Grouped>> = BTreeMap::new();
    let is_within = |key: &Range<usize>| range.start <= key.end && key.start <= range.end;
    for group in all.iter().filter(|it| !it.is_written && is_within(&it.key)) {
        by_key.entry(group.key.end).or_default().push(group);
    }
    let mut on_line: HashMap<usize, usize> = HashMap::new();
    for end in by_key.keys() {
        *on_line.entry(source.line_of(*end)).or_default() += 1;
    }
    let hints = by_key.iter().map(|(end, groups)| {
        let line = source.line_of(*end);
        // Behind the line where the group has it for itself, else behind the key.
        let end = match on_line.get(&line) {
            Some(1) => source.line_range(line).end,
            _ => *end,
        };
        json!({
            "position": asked.client.encoding.position(source, end),
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
