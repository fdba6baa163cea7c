//! Tests of the reader as a whole.

mod edits;
mod limits;
mod offsets;
mod properties;
mod soup;

use super::{NodeRef, Problem, ProblemKind, Tree, Value, parse};
use crate::text::{slice, table};

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
        let node = problem.node.and_then(|node| document.as_ref()?.node(node));
        match problem.kind {
            ProblemKind::Syntax | ProblemKind::Limits => assert!(document.is_none()),
            ProblemKind::MergeType => assert_eq!(node.unwrap().range, problem.range),
            _ => assert_eq!(node.unwrap().key.as_ref(), Some(&problem.range)),
        }
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

/// How a text is read: what it says, each node and comment as written, and the problems.
fn told(text: &str) -> Vec<String> {
    check_ranges(text);
    let (document, problems) = parse(text);
    let mut told = Vec::new();
    let written = |range: &std::ops::Range<usize>| slice(text, range.clone());
    if let Some(document) = &document {
        told.push(format!("= {}", shown(document.root().unwrap())));
        let nodes = document.nodes.iter();
        let nodes: Vec<&str> = nodes.map(|node| written(&node.range)).collect();
        told.push(format!("@ {nodes:?}"));
        let comments = document.comments.iter();
        told.extend(comments.map(|comment| written(&comment.range).to_owned()));
    }
    told.extend(problems.iter().map(|problem| {
        let Problem {
            kind,
            message,
            help,
            range,
            first,
            ..
        } = problem;
        let first = first.and_then(|first| document.as_ref()?.node(first)?.key.as_ref());
        let first = first.map(|first| format!(" (see {:?})", written(first)));
        let (at, first) = (written(range), first.unwrap_or_default());
        format!("{kind:?} at {at:?}{first}: {message}; {help}")
    }));
    told
}

#[test]
fn texts_are_read_as_the_table_says() {
    let text = |input: &str| -> String { serde_json::from_str(input).unwrap() };
    let inputs = table::check("yaml", |input| told(&text(input)));
    // No message quotes the text.
    for input in inputs {
        let text = text(&input).replace('b', "p8e-SECRET");
        let text = text
            .replace("&p8e-SECRET", "&b")
            .replace("*p8e-SECRET", "*b");
        for problem in parse(&text).1 {
            let said = format!("{}{}", problem.message, problem.help);
            assert!(!said.contains("SECRET"), "{said}");
        }
    }
}

#[test]
fn merged_members_keep_their_place_and_know_their_alias() {
    let document = document("a: &a {x: 1}\nb: {<<: *a}\n");
    let b = document.root().unwrap().get("b").unwrap();
    let x = b.get("x").unwrap().place();
    assert_eq!(document.pointer(x.node), "/a/x");
    assert_eq!(document.pointer(x.via.unwrap()), "/b/<<");
    assert_eq!(b.place().via, None);
}
