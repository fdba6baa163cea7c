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

/// What a line of the table does to its text.
fn told(input: &str) -> Vec<String> {
    let input: Vec<serde_json::Value> = serde_json::from_str(input).unwrap();
    let string = |at: usize| input[at].as_str().unwrap();
    let number = |at: usize| usize::try_from(input[at].as_u64().unwrap()).unwrap();
    let node = || place(u32::try_from(number(2)).unwrap());
    let text = string(1);
    let document = parse(text).0.unwrap();
    let item = || {
        let mut ids = (0..).map(NodeId);
        ids.find(|id| document.pointer(*id) == string(2)).unwrap()
    };
    let edits = match string(0) {
        "replace" => document.replace(text, node().part(number(3)..number(4)), string(5)),
        "rename" => document.replace(text, node().key(), string(3)),
        "quote" => document.quote(text, node()),
        "quote key" => document.quote(text, node().key()),
        "remove" => document.remove_item(text, item()),
        _ => document.split_item(text, item(), &["b".to_owned(), "c".to_owned()]),
    };
    let Some(edits) = edits else {
        return vec!["cannot be".to_owned()];
    };
    let result = apply(text, &edits);
    assert!(parse(&result).0.is_some(), "{result}");
    vec![serde_json::to_string(&result).unwrap()]
}

#[test]
fn texts_are_edited_as_the_table_says() {
    crate::text::table::check("edits", told);
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
