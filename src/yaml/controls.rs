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

/// Gives the values of a tree their controls back. `replaced` is what was parsed. False where a control stands elsewhere than in the
/// quotes of a value, which is no YAML.
pub(super) fn restore(tree: &mut Tree, text: &str, replaced: &str) -> bool {
    let controls = text
        .char_indices()
        .filter(|(_, character)| is_control(*character));
    let mut left = controls.count();
    for node in &mut tree.nodes {
        left = left.saturating_sub(restore_node(node, text, replaced));
    }
    left == 0
}

/// How many controls a value has; they are in its text then.
fn restore_node(node: &mut Node, text: &str, replaced: &str) -> usize {
    let is_quoted = matches!(node.style, Style::SingleQuoted | Style::DoubleQuoted);
    let (Some(read), true) = (&node.text, is_quoted) else {
        return 0;
    };
    let written = text.get(node.range.clone()).unwrap_or_default();
    let count = written
        .chars()
        .filter(|character| is_control(*character))
        .count();
    if count == 0 {
        return 0;
    }
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
    count
}
