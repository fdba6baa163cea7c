use super::{document, parse, reads, refused, shown};
use crate::yaml::{NodeId, ProblemKind, Style, comments};

/// A text, the characters that the problem is about, and a part of the message or the help.
const SYNTAX: &[(&str, &str, &str)] = &[
    ("", "", "is empty"),
    ("\u{feff}\n", "", "is empty"),
    ("# only\n", "", "no document"),
    ("a: 1\n---\nb: 2\n", "---", "second document"),
    ("a: 1\n...\nb: 2\n", "b", "second document"),
    ("a: \0\n", "\0", "U+0000"),
    ("a: key: value\n", ":", "quotes around the whole value"),
    ("mask: Campaign: x - (.*)\n", ":", "a second `:`"),
    ("a:\n\tb: c\n", "\t", "indent with spaces"),
    ("a: |\n\tb\n", "\t", "indent with spaces"),
    ("a: 'b\n", "'", "closing quote"),
    ("a: 'b", "'", "never closed"),
    ("a: \"b\nc: d\n", "\"", "closing quote"),
    ("a: [b\n", "[", "never closed"),
    ("a: [b, c\nd: e\n", "d", "margin"),
    ("a: {b: c]\n", "{", "closed by a `]`"),
    ("a: ]\n", "]", "closes nothing"),
    ("a: [b,,c]\n", ",", "missing here"),
    ("a: @b\n", "@", "cannot start with `@`"),
    ("a: %b\n", "%", "cannot start with `%`"),
    ("a: `b`\n", "`", "cannot start with ``"),
    ("a:b\nc: d\n", ":", "space is missing"),
    ("a: b\nc:d\n", ":", "space is missing"),
    ("'a':b\n", ":", "space is missing"),
    ("a: b\nc\n", "c", "no `:`"),
    ("a: b\n c: d\n", "c", "already a value"),
    ("a:\n  b: c\n d: e\n", "d: e", "indentation"),
    ("- a\nb: c\n", "b: c", "list above"),
    ("a: b\n- c\n", "- c", "item"),
    ("a: - b\n", "-", "cannot start on this line"),
    ("a: \"C:\\d\"\n", "\\d", "backslash"),
    ("a: \"\\u12g\"\n", "\\u12", "no character"),
    ("a: \"b\" c\n", "c", "follows the closing quote"),
    ("a: [b]#c\n", "#", "space"),
    ("a: |x\n  b\n", "|x", "start the text on the next line"),
    ("a: *\n", "*", "name of an anchor"),
    (
        "base: &base 1\nb: *bass\n",
        "*bass",
        "did you mean `*base`?",
    ),
    ("a: *b\nc: &b 1\n", "*b", "move `&b` above"),
    ("a: *zzz\n", "*zzz", "no anchor `&zzz`"),
    ("&a [*a]\n", "*a", "inside the value"),
    ("a: !foo b\n", "!foo", "core schema"),
    ("a: !!timestamp 2001-01-01\n", "!!timestamp", "core schema"),
    ("a: !e!x b\n", "!e!x", "core schema"),
    ("a: !!int b\n", "!!int", "an integer"),
    ("a: !!str [b]\n", "!!str", "a string"),
    ("%YAML 2.0\n---\na: b\n", "%YAML 2.0", "YAML 1.2"),
    ("a: b\n\u{feff}c: d\n", "\u{feff}", "byte-order mark"),
];

#[test]
fn syntax_in_words_for_people() {
    for (text, at, words) in SYNTAX {
        let problem = refused(text);
        assert_eq!(problem.kind, ProblemKind::Syntax);
        assert_eq!(&text[problem.range.clone()], *at, "{text:?}: {problem:?}");
        let said = format!("{}; {}", problem.message, problem.help);
        assert!(said.contains(words), "{text:?}: {said}");
    }
}

#[test]
fn no_message_quotes_the_text() {
    for (text, ..) in SYNTAX {
        let text = text
            .replace("b", "p8e-SECRET")
            .replace("&p8e-SECRET", "&b")
            .replace("*p8e-SECRET", "*b");
        for problem in parse(&text).1 {
            assert!(
                !format!("{}{}", problem.message, problem.help).contains("SECRET"),
                "{problem:?}"
            );
        }
    }
}

#[test]
fn keys_must_be_strings_and_come_once() {
    let text = "1: a\n~: b\n: c\n[x]: d\na: 1\n'a': 2\n\"3\": e\n!!str 4: f\n";
    let (document, problems) = parse(text);
    let document = document.unwrap();
    assert_eq!(
        shown(document.root().unwrap()),
        "{a: 1, 3: \"e\", 4: \"f\"}"
    );
    let found: Vec<_> = problems
        .iter()
        .map(|problem| (problem.kind, &text[problem.range.clone()]))
        .collect();
    let key_type = ProblemKind::KeyType;
    assert_eq!(
        found,
        [
            (key_type, "1"),
            (key_type, "~"),
            (key_type, ""),
            (key_type, "[x]"),
            (ProblemKind::DuplicateKey, "'a'")
        ]
    );
    for problem in &problems {
        let written = document.node(problem.node.unwrap()).unwrap();
        assert_eq!(written.key.as_ref(), Some(&problem.range));
    }
    assert_eq!(
        problems[4]
            .related
            .as_ref()
            .map(|range| &text[range.clone()]),
        Some("a")
    );
}

#[test]
fn an_alias_can_be_a_key() {
    let text = "a: &x y\nb: &n 1\n*x : c\n*n : d\n";
    let (document, problems) = parse(text);
    assert_eq!(
        shown(document.unwrap().root().unwrap()),
        "{a: \"y\", b: 1, y: \"c\"}"
    );
    assert_eq!(
        (problems.len(), problems[0].kind),
        (1, ProblemKind::KeyType)
    );
}

#[test]
fn byte_order_marks_and_line_ends() {
    let text = "\u{feff}a: b\r\nc:\rd: 'e\r\n  f'\n";
    let document = document(text);
    assert_eq!(
        shown(document.root().unwrap()),
        "{a: \"b\", c: null, d: \"e f\"}"
    );
    assert_eq!(document.nodes[1].range, 6..7);
    let text = "a: b\u{85}c\u{2028}d\n";
    assert_eq!(reads(text), format!("{{a: {:?}}}", "b\u{85}c\u{2028}d"));
}

#[test]
fn ranges_leave_anchors_and_tags_out() {
    let text = "a: &x !!str b\nc: !!map &y\n  d: e\n  f:\n    - 1\ng: &z\nh: # i\n";
    let document = document(text);
    let ranges: Vec<&str> = document
        .nodes
        .iter()
        .map(|written| &text[written.range.clone()])
        .collect();
    assert_eq!(
        ranges[1..],
        ["b", "d: e\n  f:\n    - 1", "e", "- 1", "1", "", ""]
    );
    assert_eq!(document.nodes[6].range.start, text.find("&z").unwrap() + 2);
    assert_eq!(document.nodes[7].range.start, text.find("h:").unwrap() + 2);
    assert_eq!(document.nodes[2].style, Style::Block);
}

#[test]
fn a_closing_bracket_may_stand_under_its_key() {
    assert_eq!(
        reads("a: [\n  b,\n]\nc: {\n  d: e\n}\n"),
        "{a: [\"b\"], c: {d: \"e\"}}"
    );
}

#[test]
fn comments_have_their_places_even_where_the_text_fails() {
    let text = "# a\nb: c # d\ne: '# f'\n# g\n";
    let found = |text: &str| -> Vec<String> {
        comments(text)
            .iter()
            .map(|comment| text[comment.range.clone()].to_owned())
            .collect()
    };
    assert_eq!(found(text), ["# a", "# d", "# g"]);
    assert_eq!(document(text).comments, comments(text));
    assert_eq!(found("# a\nb: c # d\ne: [\n"), ["# a", "# d"]);
}

#[test]
fn a_bad_document_has_only_what_makes_it_bad() {
    let (document, problems) = parse("a: 1\na: 2\nb: !x 1\nc: !y 2\n1: 3\n");
    assert!(document.is_none());
    assert_eq!(
        problems
            .iter()
            .map(|problem| problem.range.start)
            .collect::<Vec<_>>(),
        [13, 21]
    );
    assert!(problems.iter().all(|problem| problem.node.is_none()));
    let _ = NodeId(0);
}
