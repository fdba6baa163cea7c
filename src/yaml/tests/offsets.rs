use proptest::prelude::*;

use super::{document, soup};
use crate::yaml::{NodeId, Place, parse};

fn place(id: u32) -> Place {
    Place::value(NodeId(id), None)
}

#[test]
fn parts_of_each_style() {
    for (text, part, source) in [
        ("a: xyz", 1..2, "y"),
        ("a: 'x''z'", 1..2, "''"),
        ("a: \"x\\u2014z\"", 1..4, "\\u2014"),
        ("a: \"x\\\n  z\"", 1..2, "z"),
        ("a: x\n  z", 1..2, "\n"),
        ("a: |\n  xy\n  zé\n", 3..7, "zé\n"),
        ("a: >-\r\n  xy\r\n  z\r\n", 2..3, "\r\n"),
        ("a: |2-\n   xy\n", 0..2, " x"),
        ("a: \"x\\ud83d\\ude00z\"", 1..5, "\\ud83d\\ude00"),
    ] {
        let range = document(text).range(text, place(1).part(part));
        assert_eq!(&text[range], source, "{text:?}");
    }
}

#[test]
fn empty_parts_are_where_text_goes_in() {
    for (text, at, expected) in [
        ("a: xyz", 3, 6),
        ("a: 'xyz'", 0, 4),
        ("a: 'xyz'", 3, 7),
        ("a: ''", 0, 4),
        ("a:", 0, 2),
        ("a: |-\n  x\n", 1, 9),
    ] {
        let range = document(text).range(text, place(1).part(at..at));
        assert_eq!(range, expected..expected, "{text:?}");
    }
}

#[test]
fn keys_items_and_pointers() {
    let text = "# c\n\"x/\\u0079\":\n  - {~a: 1}\n";
    let document = document(text);
    let shown = |place| &text[document.range(text, place)];
    assert_eq!(shown(place(1).key()), "\"x/\\u0079\"");
    assert_eq!(shown(place(1).key().part(2..3)), "\\u0079");
    assert_eq!(shown(place(2).key()), "{~a: 1}");
    assert_eq!(shown(place(0).key()), "\"x/\\u0079\"");
    assert_eq!(document.pointer(NodeId(3)), "/x~1y/0/~0a");
    assert_eq!(document.pointer(NodeId(0)), "");
}

/// Each character is written as itself, as an escape that means it, or as a line end.
fn check(text: &str) {
    let (Some(document), _) = parse(text) else {
        return;
    };
    for (index, written) in document.nodes.iter().enumerate() {
        let place = place(u32::try_from(index).unwrap());
        if let Some(said) = &written.text {
            check_scalar(text, said, |part| document.range(text, place.part(part)));
        }
        if let (Some(key), crate::yaml::Step::Key(said)) = (&written.key, &written.step)
            && !text[key.clone()].starts_with(['*', '[', '{'])
        {
            check_scalar(text, said, |part| {
                document.range(text, place.key().part(part))
            });
        }
    }
}

fn check_scalar(
    text: &str,
    said: &str,
    range: impl Fn(std::ops::Range<usize>) -> std::ops::Range<usize>,
) {
    let mut last = 0;
    for (at, character) in said.char_indices() {
        let range = range(at..at + character.len_utf8());
        assert!(
            last <= range.start,
            "{range:?} of {character:?} in {text:?}"
        );
        last = range.end;
        let raw = &text[range.clone()];
        let quoted = format!("\"{raw}\"");
        let meant: Option<String> = serde_json::from_str(&quoted)
            .ok()
            .or_else(|| serde_yaml::from_str(&quoted).ok());
        let means = raw.starts_with('\\') && meant.is_some_and(|it| it == character.to_string());
        let breaks = matches!(raw, "\n" | "\r\n" | "\r") && matches!(character, ' ' | '\n');
        let itself = raw.chars().eq([character]);
        let end_of_text = raw.is_empty() && range.end == text.len() && character == '\n';
        assert!(
            itself || means || breaks || raw == "''" && character == '\'' || end_of_text,
            "{character:?} is {raw:?} in {text:?}"
        );
    }
}

proptest! {
    #[test]
    fn each_character_is_where_it_is_written(said in soup::scalar(), frame in prop::sample::select(soup::FRAMES)) {
        check(&format!("{}{said}{}", frame.0, frame.1));
    }

    #[test]
    fn each_character_of_a_soup_is_somewhere(text in soup::yaml()) {
        check(&text);
    }
}
