use proptest::prelude::*;

use super::{document, parse, reads, soup};
use crate::yaml::{NodeId, Place, Step, Target, TextEdit, Tree};

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
            "a: ' \n' # c\r\nb: 1\r\n",
        ),
        ("a:\nb: c\n", 0..0, "x", "a: x\nb: c\n"),
    ] {
        let id = if text.contains('[') { 2 } else { 1 };
        let edits = document(text)
            .replace(text, place(id).part(part), new)
            .unwrap_or_else(|| panic!("{text:?}"));
        let expected = result.replace("' \n'", "\" \\n\"");
        assert_eq!(apply(text, &edits), expected, "{text:?}");
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
            .find(|id| document.pointer(*id) == pointer)
            .unwrap();
        let edits = document
            .remove_item(text, id)
            .unwrap_or_else(|| panic!("{text:?}"));
        assert_eq!(apply(text, &edits), result);
        assert!(parse(result).0.is_some());
    }
    assert_eq!(document("a: b").remove_item("a: b", NodeId(1)), None);
}

/// All that a document says, but for one node's (or key's) text.
fn outline(document: &Tree, but: Place) -> Vec<(Option<NodeId>, Option<Step>, Option<String>)> {
    let written = document.nodes.iter().enumerate();
    let written = written.map(|(index, written)| {
        let same = index == but.node.0 as usize;
        let step = (!same || !but.is_key()).then(|| written.step.clone());
        let text = written
            .text
            .as_ref()
            .filter(|_| !same || but.is_key())
            .map(|text| text.to_string());
        (written.parent, step, text)
    });
    written.collect()
}

fn check(text: &str, index: usize, key: bool, cut: (usize, usize), new: &str) {
    let (Some(before), problems) = parse(text) else {
        return;
    };
    let id = index % before.nodes.len();
    let value = place(u32::try_from(id).unwrap());
    let said = match (&before.nodes[id].step, key) {
        (Step::Key(said), true) if before.nodes[id].key.is_some() => std::sync::Arc::clone(said),
        (_, false) if before.nodes[id].text.is_some() => {
            std::sync::Arc::clone(before.nodes[id].text.as_ref().unwrap())
        }
        _ => return,
    };
    let mut borders: Vec<usize> = said
        .char_indices()
        .map(|(at, _)| at)
        .chain([said.len()])
        .collect();
    let (from, to) = (
        borders[cut.0 % borders.len()],
        borders[cut.1 % borders.len()],
    );
    borders.clear();
    let (from, to) = (from.min(to), from.max(to));
    let place = if key { value.key() } else { value }.part(from..to);
    let Some(edits) = before.replace(text, place, new) else {
        return;
    };
    let expected = [&said[..from], new, &said[to..]].concat();
    let whole = before.range(text, if key { value.key() } else { value });
    assert!(
        edits
            .iter()
            .all(|edit| whole.start <= edit.range.start && edit.range.end <= whole.end)
    );
    let result = apply(text, &edits);
    let (after, found) = parse(&result);
    let after = after.unwrap_or_else(|| panic!("{text:?} became {result:?}: {found:?}"));
    let target = &after.nodes[id];
    match (&target.step, place.target) {
        (Step::Key(said), Target::KeyPart(..)) => {
            assert_eq!(**said, *expected, "{text:?} became {result:?}")
        }
        _ => assert_eq!(
            target.text.as_deref(),
            Some(&*expected),
            "{text:?} became {result:?}"
        ),
    }
    assert_eq!(
        outline(&before, place),
        outline(&after, place),
        "{text:?} became {result:?}"
    );
    let comments = |document: &Tree, text: &str| -> Vec<String> {
        document
            .comments
            .iter()
            .map(|comment| text[comment.range.clone()].to_owned())
            .collect()
    };
    assert_eq!(
        comments(&before, text),
        comments(&after, &result),
        "{text:?} became {result:?}"
    );
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
        let list = before.nodes.iter().position(|written| written.step == Step::Index(at)).unwrap();
        let id = NodeId(u32::try_from(list).unwrap());
        let result = apply(&text, &before.remove_item(&text, id).unwrap());
        let mut left = items.clone();
        left.remove(at);
        let expected = reads(&format!("[{}]", left.join(", ")));
        let found = reads(&result);
        prop_assert!(found.contains(&expected), "{:?} became {:?}", text, result);
    }
}
