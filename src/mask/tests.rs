//! Masks and what is said of them, one line each.

use super::*;

/// What is said of a mask, in a line each: the rule and the part that it points at, and what the message shows of it.
fn told(text: &str) -> Vec<String> {
    let mask = Mask::parse(text);
    let told = mask.problems().iter().map(|problem| {
        let (rule, part) = (rule(problem), &text[problem.range.clone()]);
        let more = match &problem.kind {
            ProblemKind::Unescaped { lets_in, .. } => format!(" lets in `{lets_in}`"),
            ProblemKind::NotLiteral { part } => format!(" {part}"),
            ProblemKind::NotPortable { construct } => format!(" {construct}"),
            ProblemKind::InvalidRegex { reason } => format!(" {reason}"),
            ProblemKind::Backtracking { nested, example } => {
                format!(" {} `{example}`", if *nested { "nested" } else { "beside" })
            }
            _ => String::new(),
        };
        format!("{rule} `{part}`{more}")
    });
    told.collect()
}

#[test]
fn each_mask_gets_its_problems() {
    crate::text::table::check("masks", told);
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
    let pieces = [
        "(", "[[:", "(*A", "{,", "(?<", "a\\k<", "(?=", "[", "(?:", "|", " ", "(?'", "\\", "{",
        "$", "^", "a++", "a.",
    ];
    let repeated = pieces
        .iter()
        .flat_map(|piece| [4 << 10, 64 << 10].map(|most| piece.repeat(most / piece.len())));
    let others = [
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
        format!("{}.*{}", "(".repeat(60), ")".repeat(60)),
        format!("{}(.*)", "a.".repeat(4 << 10)),
        format!("{long} - (.*)"),
        long.clone(),
    ];
    for text in others.into_iter().chain(repeated) {
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
