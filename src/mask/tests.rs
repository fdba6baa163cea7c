//! Masks and what is said of them, one line each.

use super::*;

/// The rules and the texts that a mask's problems point at.
fn judged(text: &str) -> Vec<(&'static str, String)> {
    let mask = Mask::parse(text);
    let points = mask.problems().iter();
    points
        .map(|p| (rule(p), text[p.range.clone()].to_owned()))
        .collect()
}

#[track_caller]
fn gives(text: &str, expected: &[(&str, &str)]) {
    let judged = judged(text);
    let judged: Vec<_> = judged.iter().map(|(r, t)| (*r, t.as_str())).collect();
    assert_eq!(judged, expected, "{text}");
}

#[test]
fn right_masks_have_no_problems() {
    for text in [
        "Campaign - contoso - (.*)",
        "^Campaign - contoso - (.+)$",
        "Campaign (.*)",
        "Adobe Campaign_(.*)",
        r"Campaign v7\.4 - (.*?)",
        r"C\+\+ - ([a-z]+)",
        "Campaign - ([A-Za-z_][A-Za-z0-9_-]*)",
        "Campaign - ((?:a|b)c*)",
        r"Campaign - (\w+-\w+)",
        "Campaign - (admin|delivery)",
        "Größe - (.*)",
    ] {
        gives(text, &[]);
    }
}

#[test]
fn one_mistake_gives_one_problem() {
    gives("Campaign - (.*", &[("mask-invalid-regex", "(")]);
    gives("Campaign - (*)", &[("mask-invalid-regex", "(*)")]);
    gives("Campaign - *", &[("mask-invalid-regex", "*")]);
    gives("Campaign - (.&#42;)", &[("mask-html-entity", "&#42;")]);
    gives("A &amp; B - (.*", &[("mask-html-entity", "&amp;")]);
    gives("Campaign - ( .*)", &[("mask-whitespace", " ")]);
    gives("Campaign - [ab(.*)", &[("mask-invalid-regex", "[")]);
    gives("(?i)Campaign - (.*)", &[("mask-not-portable", "(?i)")]);
    gives("Campaign - (?<g>.*)", &[("mask-not-portable", "(?<g>")]);
    gives("Campaign - .*", &[("mask-capture", "Campaign - .*")]);
    gives("Campaign - ", &[("mask-capture", "Campaign - ")]);
    gives("Campaign (EU) - (.*)", &[("mask-capture", "(EU)")]);
    gives("Campaign - ((.*))", &[("mask-capture", "((.*))")]);
    gives("Campaign - ((a+)+)", &[("mask-capture", "((a+)+)")]);
    gives("Campaign - (a+)+", &[("mask-not-prefix", "+")]);
    gives("a - (.*)|b - (.*)", &[("mask-capture", "(.*)")]);
    gives("(.*)(.*)", &[("mask-capture", "(.*)")]);
    gives("Campaign - (.*) - x", &[("mask-not-prefix", " - x")]);
    gives("Campaign - (.)*", &[("mask-not-prefix", "*")]);
    gives("Campaign - (.*)|x", &[("mask-not-prefix", "|x")]);
    gives("(.*) - Campaign$", &[("mask-not-prefix", " - Campaign")]);
    gives("(.*)", &[("mask-too-broad", "(.*)")]);
    gives("^(.*)$", &[("mask-too-broad", "^(.*)$")]);
    gives(".*(.*)", &[("mask-too-broad", ".*")]);
    gives("[a-z]+(.*)", &[("mask-too-broad", "[a-z]+")]);
    gives(
        "(?:Campaign - )?(.*)",
        &[("mask-too-broad", "(?:Campaign - )?")],
    );
    gives(
        "Campaign - [a-z]+\\d - (.*)",
        &[("mask-not-literal", "[a-z]+\\d")],
    );
    gives("Campaign.* - (.*)", &[("mask-not-literal", ".*")]);
    gives("Campaign* - (.*)", &[("mask-not-literal", "n*")]);
    gives("Campaign +(.*)", &[("mask-not-literal", " +")]);
    gives("(?:a|b) - (.*)", &[("mask-not-literal", "(?:a|b)")]);
    gives("a|b - (.*)", &[("mask-not-literal", "a|b - ")]);
    gives(
        "(?:Campaign - (.*))",
        &[("mask-not-literal", "(?:Campaign - ")],
    );
    gives("Campaign... - (.*)", &[("mask-not-literal", "...")]);
    gives("Campaign v7.4 - (.*)", &[("mask-unescaped", ".")]);
    gives("C++ - (.*)", &[("mask-unescaped", "++")]);
    gives("R+D - (.*)", &[("mask-unescaped", "+")]);
    gives("Who? - (.*)", &[("mask-unescaped", "?")]);
    gives("a + b - (.*)", &[("mask-unescaped", "+")]);
    gives("Campaign - (.*) ", &[("mask-whitespace", " ")]);
    gives("Campaign  - (.*)", &[("mask-whitespace", "  ")]);
}

#[test]
fn an_unescaped_metacharacter_lets_a_wrong_name_in() {
    for (text, wrong, meant) in [
        (
            "Campaign v7.4 - (.*)",
            "Campaign v7x4 - ",
            r"Campaign v7\.4 - (.*)",
        ),
        ("C++ - (.*)", "C - ", r"C\+\+ - (.*)"),
        ("a.b? - (.*)", "axb - ", r"a\.b\? - (.*)"),
        ("a + b - (.*)", "a  b - ", r"a \+ b - (.*)"),
    ] {
        let mask = Mask::parse(text);
        let ProblemKind::Unescaped { lets_in, .. } = &mask.problems()[0].kind else {
            panic!("{text}");
        };
        assert_eq!(lets_in, wrong);
        let meant = Mask::parse(meant);
        assert!(meant.problems().is_empty());
        assert_eq!(mask.parts(), meant.parts());
    }
}

#[test]
fn slow_repetitions_are_shown_and_others_are_left_alone() {
    let find = |text: &str| {
        let mask = Mask::parse(text);
        let problem = mask.problems().first()?.clone();
        match problem.kind {
            ProblemKind::Backtracking { nested, example } => {
                Some((text[problem.range].to_owned(), nested, example))
            }
            _ => panic!("{text}: {problem:?}"),
        }
    };
    for (text, range, nested) in [
        ("a - ((?:a+)+)", "(?:a+)+", true),
        ("a - ((?:a*)*)", "(?:a*)*", true),
        ("a - ((?:a|a)*)", "(?:a|a)*", true),
        ("a - ((?:[a-z]+-?)+)", "(?:[a-z]+-?)+", true),
        ("a - ((?:ab|a|b)*)", "(?:ab|a|b)*", true),
        ("a - (.*.*)", ".*.*", false),
        (r"a - (\w+\d*)", r"\w+\d*", false),
    ] {
        let (found, is_nested, example) = find(text).expect(text);
        assert_eq!((found.as_str(), is_nested), (range, nested), "{text}");
        assert!(
            example.starts_with("a - ") && example.len() > 24,
            "{example}"
        );
    }
    assert_eq!(
        find("a - ((?:a+)+)").unwrap().2,
        format!("a - {}!", "a".repeat(25))
    );
    for text in [
        "a - (.*)",
        "a - ([a-z]+)",
        r"a - (\w+-\w+)",
        "a - ((?:[a-z]+-)+)",
        "a - ((?:ab|ac)*)",
        "a - ([a-z][a-z0-9_]*)",
        "a - ((?:a?)*)",
        "a - ([a-z]+[0-9]*)",
        "a - ([a-z]+(?:-[a-z]+)*)",
    ] {
        assert_eq!(find(text), None, "{text}");
    }
}

#[test]
fn a_trace_says_where_a_name_stops() {
    let mask = Mask::parse("Campaign - contoso - (.*)");
    let trace = mask.trace("Campaign - contoso \u{2013} admin").unwrap();
    assert_eq!(trace.matched, 0..19);
    assert_eq!(trace.found_text(), "`\u{2013}` (U+2013 EN DASH)");
    assert_eq!(trace.expected.to_string(), "`-` (U+002D HYPHEN-MINUS)");
    assert_eq!(
        trace.correction.as_deref(),
        Some("Campaign - contoso - admin")
    );
    assert_eq!(mask.trace("Campaign - contoso - admin"), None);
    let correction = |name: &str| mask.trace(name).unwrap().correction;
    for name in [
        "campaign - contoso - admin",
        "Campaign - contoso- admin",
        "Campaign -contoso -  admin",
        "Campain - contoso - admin",
        "Campaign - Contoso - admin",
        "Campaign - contoso -\u{A0}admin",
        "Campaign - contoso -admin",
    ] {
        assert_eq!(
            correction(name).as_deref(),
            Some("Campaign - contoso - admin"),
            "{name}"
        );
    }
    assert_eq!(
        correction("Campaign - contoso_admin").as_deref(),
        Some("Campaign - contoso - admin")
    );
    assert_eq!(correction("Campaign - contoso - a\nb"), None);
    assert_eq!(
        correction("Campaign - contoso - admin\n").as_deref(),
        Some("Campaign - contoso - admin")
    );
    assert_eq!(correction("Photoshop"), None);
    assert_eq!(
        mask.trace("Campaign").unwrap().found_text(),
        "the end of the name"
    );

    let mask = Mask::parse("C - ([a-z]+)");
    let trace = mask.trace("C - ab1").unwrap();
    assert_eq!((trace.matched, trace.found), (0..6, Some('1')));
    assert_eq!(
        trace.expected.to_string(),
        "what `([a-z]+)` takes, or the end"
    );
    assert_eq!(
        mask.trace("C - ").unwrap().expected.to_string(),
        "what `([a-z]+)` takes"
    );

    let mask = Mask::parse("C - (admin|delivery)");
    let trace = mask.trace("C - adult").unwrap();
    assert_eq!((trace.matched, trace.found), (0..6, Some('u')));
    assert_eq!(trace.expected.to_string(), "what `(admin|delivery)` takes");
}

#[track_caller]
fn overlaps(one: &str, other: &str, expected: Option<&str>) {
    let (one, other) = (Mask::parse(one), Mask::parse(other));
    assert_eq!(overlap(&one, &other).as_deref(), expected);
    assert_eq!(overlap(&other, &one).as_deref(), expected);
}

#[test]
fn overlap_needs_a_lawful_name_on_both_sides() {
    overlaps("Campaign - (.*)", "Campaign - stage - (.*)", None);
    overlaps("Campaign(.*)", "Campaign-(.*)", None);
    overlaps("Campaign (.*)", "Campaign x_(.*)", Some("Campaign x_a"));
    overlaps("Campaign (.*)", "^Campaign (.+)$", Some("Campaign a"));
    overlaps("Campaign ([a-m]+)", "Campaign ([k-z]+)", Some("Campaign k"));
    overlaps("Campaign ([a-d]+)", "Campaign ([k-z]+)", None);
    overlaps("Campaign ([0-9]+)", "Campaign (.*)", None);
    overlaps("a (b|cd)", "a (.*)", Some("a b"));
    overlaps("a (b|cd)", "a c(.*)", Some("a cd"));
    overlaps("a ([a-z]{3,9})", "a (.*)", Some("a aaa"));
    overlaps("a.b (.*)", "axb (.*)", None);
    overlaps("a.b (.*)", r"a\.b (.+)", Some("a.b a"));
    overlaps("a (.{2}x)", "a ([0-9_].*)", Some("a _ax"));
    overlaps("a - .*", "a - (.*)", None);
}

#[test]
fn overlap_knows_the_longest_lawful_name() {
    let at = |count: usize| format!("a {}(.*)", "x".repeat(count));
    overlaps("a (.*)", &at(63), Some(&format!("a {}a", "x".repeat(63))));
    overlaps("a (.*)", &at(64), None);
    overlaps(
        "a (.{64})",
        "a (.*)",
        Some(&format!("a {}", "a".repeat(64))),
    );
    overlaps("a (.{65})", "a (.*)", None);
}

#[test]
fn hostile_masks_are_cheap() {
    let long = "a".repeat(64 << 10);
    let class: String = ('\u{100}'..'\u{8000}').step_by(2).take(20_000).collect();
    let small: String = ('\u{100}'..'\u{8000}').step_by(2).take(1_300).collect();
    let start = std::time::Instant::now();
    for text in [
        "(((a{1000}){1000}){1000})".to_owned(),
        "a - (((a{1000}){1000}){1000})".to_owned(),
        "a - ((?:(?:a{1000}){1000}){1000})".to_owned(),
        "a - ((?:){999999999})".to_owned(),
        "a - (.{65536})".to_owned(),
        "a - ((?:a*){300}b)".to_owned(),
        format!("a - ({})", "a?".repeat(1900)),
        format!("a - ({})", "a*".repeat(390)),
        format!("a - ({})", "[^a]+".repeat(390)),
        format!("a - ((?:{})*)", "a|".repeat(390)),
        format!("a - ([{class}]+)"),
        format!("a - ([{small}]+x)"),
        format!("a - ({})", r"\w+".repeat(390)),
        "(".repeat(64 << 10),
        "[[:".repeat(1300),
        "(*A".repeat(1300),
        "{,".repeat(2000),
        "(?<".repeat(1300),
        "a\\k<".repeat(1000),
        "(?=".repeat(20 << 10),
        "[".repeat(64 << 10),
        "[[:".repeat(20 << 10),
        format!("{}.*{}", "(".repeat(60), ")".repeat(60)),
        "(?:".repeat(1000),
        "|".repeat(64 << 10),
        " ".repeat(64 << 10),
        "(?'".repeat(20 << 10),
        "\\".repeat(64 << 10),
        "{".repeat(64 << 10),
        "{,".repeat(32 << 10),
        "(*A".repeat(20 << 10),
        "$".repeat(64 << 10),
        "^".repeat(64 << 10),
        "a++".repeat(20 << 10),
        format!("{long} - (.*)"),
        long.clone(),
    ] {
        let begun = std::time::Instant::now();
        let mask = Mask::parse(&text);
        mask.trace("a - b");
        overlap(&mask, &Mask::parse("a - (.*)"));
        let head: String = text.chars().take(20).collect();
        assert!(
            begun.elapsed().as_secs() < 30,
            "{head}: {:?}",
            begun.elapsed()
        );
    }
    assert!(start.elapsed().as_secs() < 5);
}

#[test]
fn escaping_touches_metacharacters_only() {
    assert_eq!(escape_literal("a - b.c+(d)"), r"a - b\.c\+\(d\)");
    assert_eq!(escape_literal("ü_/ #"), "ü_/ #");
}

/// The rule that reports a problem.
fn rule(problem: &Problem) -> &'static str {
    match problem.kind {
        ProblemKind::HtmlEntity => "mask-html-entity",
        ProblemKind::InvalidRegex { .. } => "mask-invalid-regex",
        ProblemKind::NotPortable { .. } => "mask-not-portable",
        ProblemKind::MissingCapture | ProblemKind::SurplusCapture => "mask-capture",
        ProblemKind::NotPrefix => "mask-not-prefix",
        ProblemKind::TooBroad => "mask-too-broad",
        ProblemKind::NotLiteral { .. } => "mask-not-literal",
        ProblemKind::Unescaped { .. } => "mask-unescaped",
        ProblemKind::Whitespace(_) => "mask-whitespace",
        ProblemKind::Backtracking { .. } => "mask-backtracking",
    }
}
