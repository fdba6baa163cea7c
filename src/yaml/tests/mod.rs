//! Tests of the reader as a whole.

mod edits;
mod limits;
mod merges;
mod offsets;
mod problems;
mod properties;
mod soup;

use super::{NodeRef, Problem, Tree, Value, parse};

/// A document that has no problems.
fn document(text: &str) -> Tree {
    let (document, problems) = parse(text);
    assert_eq!(problems, [], "{text:?}");
    document.unwrap()
}

/// The one problem of a text that leaves no document.
fn refused(text: &str) -> Problem {
    let (document, mut problems) = parse(text);
    assert!(document.is_none(), "{text:?} parses");
    assert_eq!(problems.len(), 1, "{problems:?}");
    problems.remove(0)
}

/// A node's value in a short form, aliases resolved.
fn shown(node: NodeRef<'_>) -> String {
    match node.value() {
        Value::Null(_) | Value::Alias(_) => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Integer(value) => value.to_string(),
        Value::Number(value) => format!("{value:?}"),
        Value::String(value) => format!("{value:?}"),
        Value::Sequence(_) => {
            let items: Vec<String> = node.items().map(shown).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Mapping(_) => {
            let members = node.members();
            let members: Vec<String> = members
                .map(|(key, value)| format!("{key}: {}", shown(value)))
                .collect();
            format!("{{{}}}", members.join(", "))
        }
    }
}

/// The value of a document without problems, in the same form.
fn reads(text: &str) -> String {
    shown(document(text).root().unwrap())
}

/// What every document and every problem must keep to.
fn check_ranges(text: &str) {
    let (document, problems) = parse(text);
    let fits = |range: &std::ops::Range<usize>| {
        assert!(text.get(range.clone()).is_some(), "{range:?} in {text:?}");
    };
    for problem in &problems {
        fits(&problem.range);
        problem.related.iter().for_each(fits);
    }
    let Some(document) = document else {
        assert!(!problems.is_empty(), "{text:?}");
        return;
    };
    document.comments.iter().for_each(|comment| {
        fits(&comment.range);
        assert!(text[comment.range.clone()].starts_with('#'));
    });
    for (index, written) in document.nodes.iter().enumerate() {
        fits(&written.range);
        written.key.iter().for_each(fits);
        let Some(parent) = written.parent else {
            assert_eq!(index, 0, "{text:?}");
            continue;
        };
        assert!((parent.0 as usize) < index, "{text:?}");
        let around = &document.nodes[parent.0 as usize].range;
        for range in written.key.iter().chain([&written.range]) {
            assert!(
                around.start <= range.start && range.end <= around.end,
                "{range:?} not in {around:?} of {text:?}"
            );
        }
    }
}
