use super::{document, refused};
use crate::yaml::{ProblemKind, decode, parse};

/// A text that costs without end makes this test hang.
#[test]
fn what_is_too_much_is_refused() {
    let bomb: String = (0..30)
        .map(|level| match level {
            0 => "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned(),
            _ => format!(
                "a{level}: &a{level} [{}]\n",
                format!("*a{}, ", level - 1).repeat(9)
            ),
        })
        .collect();
    let merge = |index| format!("a{}: &a{0} {{k{0}: 1, <<: *a{index}}}\n", index + 1);
    let merges = "a0: &a0 {}\n".to_owned() + &(0..600).map(merge).collect::<String>();
    let repeat = |text: &str| text.repeat((1 << 20) / text.len());
    let limits = vec![
        bomb,
        merges,
        "[".repeat(100_000),
        repeat("["),
        repeat("- "),
        repeat("? "),
        repeat("{a: "),
        repeat("[\"a\": "),
        repeat("- a\n"),
        format!("[{}]", "a,".repeat(1 << 18)),
        "x".repeat((1 << 20) + 1),
    ];
    let syntax = vec![
        repeat("\""),
        "a: ".to_owned() + &"'".repeat(9_999),
        "a: '".to_owned() + &"x\n".repeat(1 << 18),
        repeat("# x\n"),
        repeat("\n"),
        repeat("!"),
        repeat("&a "),
    ];
    for (kind, texts) in [(ProblemKind::Limits, limits), (ProblemKind::Syntax, syntax)] {
        for text in texts {
            assert_eq!(refused(&text).kind, kind, "{}", &text[..20]);
        }
    }
    let undecoded = decode(vec![b'['; 100 << 20]).unwrap_err();
    assert_eq!(undecoded.problem.kind, ProblemKind::Limits);
}

#[test]
fn the_65th_level_is_where_it_stops() {
    for (text, at) in [
        ("[".repeat(100), 64),
        ("- ".repeat(100), 128),
        (format!("a: {}", "[".repeat(200)), 3 + 63),
        (format!("- - {}", "{a: [".repeat(200)), 4 + 62 / 2 * 5),
    ] {
        let problem = refused(&text);
        let found = (problem.kind, problem.range);
        assert_eq!(found, (ProblemKind::Limits, at..at + 1), "{}", &text[..10]);
    }
    document(&format!("{}{}", "[".repeat(64), "]".repeat(64)));
}

#[test]
fn levels_count_through_aliases() {
    let chain = |length: usize| -> String {
        let links = (1..length).map(|link| format!("- &a{link} [*a{}]\n", link - 1));
        "- &a0 [x]\n".to_owned() + &links.collect::<String>()
    };
    document(&chain(63));
    let problem = refused(&chain(64));
    assert_eq!(problem.kind, ProblemKind::Limits);
    assert!(problem.range.len() == 4);
}

#[test]
fn nodes_count_with_keys_and_aliases() {
    let (list, one) = (format!("[{}]", "1,".repeat(99_999)), "[1]");
    assert!(parse(&list).0.is_some());
    assert_eq!(
        refused(&list.replacen(one, "", 1).replacen("1,", "1,1,", 1)).kind,
        ProblemKind::Limits
    );
    let aliased = format!("- &a [{}]\n{}", "1,".repeat(998), "- *a\n".repeat(99));
    assert!(parse(&aliased).0.is_some());
    let problem = refused(&format!("{aliased}- *a\n"));
    assert_eq!(problem.kind, ProblemKind::Limits);
}

#[test]
fn bytes_that_are_no_text() {
    let undecoded = decode(b"a: \xE9t\xE9\n".to_vec()).unwrap_err();
    assert_eq!(undecoded.problem.range, 3..4);
    assert_eq!(undecoded.text, "a: ~t~\n");
    let undecoded = decode(b"a: \xE4\xB8".to_vec()).unwrap_err();
    assert_eq!(undecoded.problem.range, 3..5);
    let undecoded = decode(b"\xFF\xFEa\0".to_vec()).unwrap_err();
    assert!(undecoded.problem.message.contains("UTF-16"));
    assert_eq!(decode(b"a: b".to_vec()).unwrap(), "a: b");
}
