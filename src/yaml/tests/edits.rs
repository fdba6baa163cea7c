use proptest::prelude::*;

use super::{document, parse, reads, soup};
use crate::yaml::{Node, NodeId, Place, Step, TextEdit, Tree};

fn apply(text: &str, edits: &[TextEdit]) -> String {
    let mut result = text.to_owned();
    for edit in edits.iter().rev() {
        result.replace_range(edit.range.clone(), &edit.text);
    }
    result
}

fn place(id: u32) -> Place {
    Place::value(NodeId(id), None)
}

#[test]
fn scalars_keep_their_style() {
    for (text, part, new, result) in [
        ("a: x.y", 1..2, "\\.", "a: x\\.y"),
        ("a: 'x.y'", 1..2, "'", "a: 'x''y'"),
        ("a: \"x.y\"", 1..2, "\\.", "a: \"x\\\\.y\""),
        ("a: xy # c", 1..1, ": ", "a: 'x: y' # c"),
        ("a: [xy]", 1..1, ",", "a: ['x,y']"),
        ("a: xy", 1..1, "\n", "a: \"x\\ny\""),
        ("a: 'x'", 0..1, "\u{1}", "a: \"\\u0001\""),
        ("a: x", 0..1, "12", "a: '12'"),
        ("a: |-\n  x.y\n  z\n", 1..2, "\\.", "a: |-\n  x\\.y\n  z\n"),
        (
            "a: | # c\r\n  x\r\nb: 1\r\n",
            0..1,
            " ",
            "a: \" \\n\" # c\r\nb: 1\r\n",
        ),
    ] {
        let id = if text.contains('[') { 2 } else { 1 };
        let edits = document(text).replace(text, place(id).part(part), new);
        assert_eq!(apply(text, &edits.unwrap()), result);
    }
    for text in ["a:\nb: c", "a: *x\nb: &x y"] {
        assert_eq!(
            parse(text).0.and_then(|it| it.replace(text, place(1), "x")),
            None
        );
    }
}

#[test]
fn keys_are_renamed_in_their_style() {
    for (text, result) in [
        ("a: 1", "b c: 1"),
        ("'a': 1", "'b c': 1"),
        ("{\"a\" : 1}", "{\"b c\" : 1}"),
    ] {
        let edits = document(text).replace(text, place(1).key(), "b c").unwrap();
        assert_eq!(apply(text, &edits), result);
    }
}

#[test]
fn values_and_keys_get_quotes() {
    for (text, place, result) in [
        ("a: 7.10 # c", place(1), "a: \"7.10\" # c"),
        ("a: !!int 7", place(1), "a: \"7\""),
        ("a: [~]", place(2), "a: [\"~\"]"),
        ("a: &x true", place(1), "a: &x \"true\""),
        ("a: b\n12: c", place(2).key(), "a: b\n\"12\": c"),
    ] {
        let (document, _) = parse(text);
        let edits = document.unwrap().quote(text, place).unwrap();
        assert_eq!(apply(text, &edits), result);
    }
    assert_eq!(document("a:").quote("a:", place(1)), None);
}

#[test]
fn items_go() {
    for (text, pointer, result) in [
        ("s: [a, b, c]", "/s/0", "s: [b, c]"),
        ("s: [a, b, c]", "/s/2", "s: [a, b]"),
        ("s: [a]", "/s/0", "s: []"),
        ("s: [a, !!str b ,]", "/s/1", "s: [a,  ]"),
        (
            "s: [\n  a, # x\n  b # y\n ]",
            "/s/0",
            "s: [\n  # x\n  b # y\n ]",
        ),
        (
            "s: [\n  a, # x\n  b # y\n ]",
            "/s/1",
            "s: [\n  a # x\n   # y\n ]",
        ),
        ("s:\n- a # x\n# y\n- b\n", "/s/0", "s:\n# y\n- b\n"),
        (
            "s:\r\n  - a\r\n  - b: 1\r\n    c: 2\r\nt: 1",
            "/s/1",
            "s:\r\n  - a\r\nt: 1",
        ),
        ("s:\n- a\nt: 1", "/s/0", "s:\n []\nt: 1"),
        ("- - a\n  - b\n", "/0/0", "- - b\n"),
        ("- a\n-\n- |\n x\n", "/1", "- a\n- |\n x\n"),
        ("- a\n- |\n x\n- b", "/1", "- a\n- b"),
    ] {
        let document = document(text);
        let id = (0..)
            .map(NodeId)
            .find(|id| document.pointer(*id) == pointer);
        let edits = document.remove_item(text, id.unwrap());
        assert_eq!(apply(text, &edits.unwrap()), result);
        assert!(parse(result).0.is_some());
    }
    assert_eq!(document("a: b").remove_item("a: b", NodeId(1)), None);
}

#[test]
fn items_are_split_in_flow_and_block() {
    for (text, result) in [
        ("a: ['b,c', d]", Some("a: [b, c, d]")),
        (
            "a:\r\n  - b,c # x\r\n",
            Some("a:\r\n  - b\r\n  - c # x\r\n"),
        ),
        ("a: b,c", None),
    ] {
        let document = document(text);
        let mut nodes = document.nodes.iter();
        let id = nodes
            .find(|node| node.text.as_deref() == Some("b,c"))
            .unwrap()
            .id;
        let edits = document.split_item(text, id, &["b".to_owned(), "c".to_owned()]);
        assert_eq!(edits.map(|edits| apply(text, &edits)).as_deref(), result);
    }
}

/// All that a document says, but for one node's (or key's) text; and its comments.
fn outline(tree: &Tree, text: &str, but: Place) -> Vec<String> {
    let nodes = tree.nodes.iter().map(|node| {
        let is_it = node.id == but.node;
        let step = Some(&node.step).filter(|_| !is_it || !but.is_key());
        let text = node.text.as_ref().filter(|_| !is_it || but.is_key());
        format!("{:?} {step:?} {text:?}", node.parent)
    });
    let comments = tree.comments.iter();
    nodes
        .chain(comments.map(|it| text[it.range.clone()].to_owned()))
        .collect()
}

fn check(text: &str, index: usize, is_key: bool, cut: (usize, usize), new: &str) {
    let (Some(before), problems) = parse(text) else {
        return;
    };
    let value = place(u32::try_from(index % before.nodes.len()).unwrap());
    let whole = if is_key { value.key() } else { value };
    let said = |tree: &Tree| match &tree.node(value.node).unwrap() {
        Node {
            step: Step::Key(key),
            key: Some(_),
            ..
        } if is_key => Some(key.to_string()),
        node => node
            .text
            .as_ref()
            .filter(|_| !is_key)
            .map(|text| text.to_string()),
    };
    let Some(old) = said(&before) else {
        return;
    };
    let borders: Vec<usize> = old
        .char_indices()
        .map(|(at, _)| at)
        .chain([old.len()])
        .collect();
    let [from, to] = [cut.0, cut.1].map(|at| borders[at % borders.len()]);
    let part = from.min(to)..from.max(to);
    let Some(edits) = before.replace(text, whole.part(part.clone()), new) else {
        return;
    };
    let range = before.range(text, whole);
    let is_inside =
        |edit: &TextEdit| range.start <= edit.range.start && edit.range.end <= range.end;
    assert!(edits.iter().all(is_inside));
    let result = apply(text, &edits);
    let (after, found) = parse(&result);
    let after = after.unwrap_or_else(|| panic!("{text:?} became {result:?}: {found:?}"));
    let mut expected = old;
    expected.replace_range(part, new);
    assert_eq!(said(&after), Some(expected), "{text:?} became {result:?}");
    let outlines = [(&before, text), (&after, &*result)].map(|(it, text)| outline(it, text, whole));
    assert_eq!(outlines[0], outlines[1], "{text:?} became {result:?}");
    assert!(
        found.len() <= problems.len() + 1,
        "{text:?} became {result:?}"
    );
}

proptest! {
    #[test]
    fn an_edit_changes_one_scalar(
        said in soup::scalar(),
        frame in prop::sample::select(soup::FRAMES),
        index in 0..6usize,
        key in any::<bool>(),
        cut in (0..20usize, 0..20usize),
        new in soup::text(),
    ) {
        check(&format!("{}{said}{}", frame.0, frame.1), index, key, cut, &new);
    }

    #[test]
    fn removing_leaves_the_other_items(items in prop::collection::vec("[a-z]{1,3}|'[a-z ,#-]{0,4}'|\\{a: b\\}", 1..5), at in 0..5usize, shape in 0..4usize) {
        let at = at % items.len();
        let text = match shape {
            0 => format!("s: [{}] # c\n", items.join(", ")),
            1 => format!("s: [ # x\n  {} # y\n ]\nt: 1", items.join(", # z\n  ")),
            2 => items.iter().map(|item| format!("- {item} # z\r\n\r\n# own\r\n")).collect(),
            _ => format!("s:\n{}t: 1\n", items.iter().map(|item| format!("# own\n- {item}\n")).collect::<String>()),
        };
        let before = document(&text);
        let id = before.nodes.iter().find(|node| node.step == Step::Index(at)).unwrap().id;
        let result = apply(&text, &before.remove_item(&text, id).unwrap());
        let mut left = items.clone();
        left.remove(at);
        let expected = reads(&format!("[{}]", left.join(", ")));
        let found = reads(&result);
        prop_assert!(found.contains(&expected), "{:?} became {:?}", text, result);
    }
}
