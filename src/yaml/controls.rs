//! DEL and the C1 controls within quotes: YAML allows them, the parser does not. So it gets others in their place, as long in bytes, and
//! the values get their own back.

use std::{ops::Range, sync::Arc};

use super::{Node, Style, Tree, Value, offsets::Offsets};

fn is_control(character: char) -> bool {
    // U+0085 is a line break, which the parser takes.
    matches!(character, '\u{7f}'..='\u{9f}') && character != '\u{85}'
}

/// The text with other characters for such controls; nothing where it has none.
pub(super) fn replaced(text: &str) -> Option<String> {
    let stand_in = |character: char| match character {
        '\u{7f}' => '?',
        control if is_control(control) => '\u{bf}',
        other => other,
    };
    text.contains(is_control)
        .then(|| text.chars().map(stand_in).collect())
}

/// Gives the values of a tree their controls back. `replaced` is what was parsed. Else the first control that stands elsewhere than in
/// the quotes of a value, which is no YAML, with its offset.
pub(super) fn restore(tree: &mut Tree, text: &str, replaced: &str) -> Result<(), (usize, char)> {
    let mut quoted = Vec::new();
    for node in &mut tree.nodes {
        if is_quoted(node) {
            quoted.push(node.range.clone());
            restore_node(node, text, replaced);
        }
    }
    quoted.sort_by_key(|range| range.start);
    let is_stray = |(at, character): &(usize, char)| {
        let before = quoted.partition_point(|range| range.start <= *at);
        let around = before.checked_sub(1).and_then(|last| quoted.get(last));
        is_control(*character) && !around.is_some_and(|range| range.contains(at))
    };
    text.char_indices().find(is_stray).map_or(Ok(()), Err)
}

fn is_quoted(node: &Node) -> bool {
    matches!(node.style, Style::SingleQuoted | Style::DoubleQuoted)
}

fn restore_node(node: &mut Node, text: &str, replaced: &str) {
    let written = text.get(node.range.clone()).unwrap_or_default();
    let Some(read) = node.text.as_ref().filter(|_| written.contains(is_control)) else {
        return;
    };
    let offsets = Offsets::read(replaced, &node.range, node.style, read);
    let own = |(at, character): (usize, char)| {
        let source: Range<usize> = offsets.source(&(at..at + character.len_utf8()));
        let own = text.get(source).and_then(|own| own.chars().next());
        own.filter(|own| is_control(*own)).unwrap_or(character)
    };
    let restored: Arc<str> = read.char_indices().map(own).collect::<String>().into();
    if let Value::String(value) = &mut node.value {
        *value = Arc::clone(&restored);
    }
    node.text = Some(restored);
}
