//! Masks and what is said of them, one line each.

use super::*;
use crate::text::table;

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
    table::check("masks", told);
}

#[test]
fn a_trace_says_where_a_name_stops() {
    table::check("traces", |input| {
        let (mask, name): (String, String) = serde_json::from_str(input).unwrap();
        let Some(trace) = Mask::parse(&mask).trace(&name) else {
            return vec!["matches".to_owned()];
        };
        let (matched, found) = (&name[trace.matched.clone()], trace.found_text());
        vec![format!("after {matched:?} {found}, not {}", trace.expected)]
    });
}

fn overlap_of(one: &str, other: &str) -> Option<String> {
    let (one, other) = (Mask::parse(one), Mask::parse(other));
    let found = overlap(&one, &other);
    assert_eq!(overlap(&other, &one), found);
    found
}

#[test]
fn overlap_needs_a_lawful_name_on_both_sides() {
    table::check("overlaps", |input| {
        let (one, other) = input.split_once(" & ").unwrap();
        overlap_of(one, other).into_iter().collect()
    });
}

#[test]
fn overlap_knows_the_longest_lawful_name() {
    let prefix = |length: usize| format!("a {}", "x".repeat(length));
    let mask = |length: usize| prefix(length) + "(.*)";
    assert_eq!(overlap_of("a (.*)", &mask(63)), Some(prefix(63) + "a"));
    assert_eq!(overlap_of("a (.*)", &mask(64)), None);
    let longest = format!("a {}", "a".repeat(64));
    assert_eq!(overlap_of("a (.{64})", "a (.*)"), Some(longest));
    assert_eq!(overlap_of("a (.{65})", "a (.*)"), None);
}

/// A mask that costs without end makes this test hang.
#[test]
fn hostile_masks_are_judged() {
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
        let mask = Mask::parse(&text);
        mask.trace("a - b");
        overlap(&mask, &Mask::parse("a - (.*)"));
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
        ProblemKind::Wildcards => "mask-invalid-regex",
        ProblemKind::TooBroad => "mask-too-broad",
        ProblemKind::NotLiteral { .. } => "mask-not-literal",
        ProblemKind::Unescaped { .. } => "mask-unescaped",
        ProblemKind::Whitespace(_) => "mask-whitespace",
        ProblemKind::Backtracking { .. } => "mask-backtracking",
    }
}
