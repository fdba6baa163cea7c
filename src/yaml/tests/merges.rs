use super::{document, parse, reads, shown};
use crate::yaml::{NodeId, ProblemKind};

#[test]
fn explicit_keys_win_then_earlier_mappings() {
    for (text, expected) in [
        ("- &a {x: 1, y: 2}\n- {x: 3, <<: *a}", "{x: 3, y: 2}"),
        ("- &a {x: 1, y: 2}\n- {<<: *a, x: 3}", "{x: 3, y: 2}"),
        (
            "- [&a {x: 1}, &b {x: 2, y: 2}]\n- <<: [*a, *b]",
            "{x: 1, y: 2}",
        ),
        ("- &a {x: 1}\n- <<: {y: 2}", "{y: 2}"),
        (
            "- [&a {x: 1}, &b {y: 2, <<: *a}]\n- {<<: *b}",
            "{y: 2, x: 1}",
        ),
        ("- a\n- {\"<<\": {x: 1}}", "{<<: {x: 1}}"),
        ("- a\n- {!!str <<: {x: 1}}", "{<<: {x: 1}}"),
        ("- a\n- [<<]", "[\"<<\"]"),
        ("- &a [1]\n- <<: []", "{}"),
    ] {
        let found = reads(text);
        assert!(
            found.ends_with(&format!(", {expected}]")),
            "{text:?} is {found}"
        );
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

#[test]
fn what_cannot_be_merged() {
    for (text, at) in [
        ("<<: 1", "1"),
        ("a: &a x\n<<: *a", "*a"),
        ("<<: [{a: 1}, b]", "b"),
        ("<<:", ""),
        ("a: &a [{}]\n<<: [*a]", "*a"),
    ] {
        let (document, problems) = parse(text);
        let [problem] = &problems[..] else {
            panic!("{problems:?}")
        };
        assert_eq!(problem.kind, ProblemKind::MergeType);
        assert_eq!(&text[problem.range.clone()], at);
        assert_eq!(
            document.unwrap().nodes[problem.node.unwrap().0 as usize].range,
            problem.range
        );
    }
}

#[test]
fn two_merge_keys_are_one_too_many() {
    let text = "<<: {a: 1}\n<<: {b: 1}";
    let (document, problems) = parse(text);
    assert_eq!(shown(document.unwrap().root().unwrap()), "{a: 1}");
    assert_eq!(
        (problems[0].kind, problems[0].related.clone()),
        (ProblemKind::DuplicateKey, Some(0..2))
    );
}

#[test]
fn many_keys_are_still_told_apart() {
    let mut text: String = (0..40).map(|key| format!("k{key}: {key}\n")).collect();
    text.push_str("k3: x\nk39: y\n<<: {k7: z, new: 1}\n");
    let (document, problems) = parse(&text);
    assert_eq!(
        problems
            .iter()
            .map(|problem| problem.kind)
            .collect::<Vec<_>>(),
        [ProblemKind::DuplicateKey; 2]
    );
    let document = document.unwrap();
    assert_eq!(document.root().unwrap().members().count(), 41);
    assert_eq!(document.pointer(problems[0].node.unwrap()), "/k3");
    assert_ne!(problems[0].node, Some(NodeId(4)));
}
