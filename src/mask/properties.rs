//! What holds of every mask, tried on random ones and against brute force.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;

/// Masks put together from pieces that mean something in them.
fn regexish() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "a", "b", "C", "-", " ", "  ", ".", "*", "+", "?", "(", ")", "(?:", "(?=", "(?<n>", "(?i)",
        "[a-b]", "[", "]", "^", "$", "|", "{2}", "{1,", "{,2}", "\\", "\\w", "\\d", "\\1",
        "\\p{L}", "\\.", "(.*)", "([ab]+)", "é", "\u{A0}", "\t", "++", "*?", "[^a]", "&&", "{",
        "}",
    ];
    const LONG: &[&str] = &["[[:alpha:]]"];
    let piece = select([PIECES, LONG].concat());
    vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// Expressions over a small alphabet that always parse.
fn expression() -> impl Strategy<Value = String> {
    let leaf = select(vec!["a", "b", "-", " ", ".", "[ab]", "[^a]", "ab", "\\w"]);
    leaf.prop_map(str::to_owned)
        .prop_recursive(3, 10, 3, |inner| {
            prop_oneof![
                vec(inner.clone(), 1..3).prop_map(|items| items.concat()),
                (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("(?:{a}|{b})")),
                (inner, select(vec!["*", "+", "?", "{2}", "*?", "{1,2}"]))
                    .prop_map(|(body, times)| format!("(?:{body}){times}")),
            ]
        })
}

/// A literal prefix and the expression of a capture group.
fn parts() -> impl Strategy<Value = (String, String)> {
    let prefix = select(vec!["a", "a-", "a ", "a b", "b", "ab", "a-b"]).prop_map(str::to_owned);
    let usual = select(vec![".*", ".+", "[ab]+", "[a-]*", "b+", "\\w+", ".*?"]);
    (
        prefix,
        prop_oneof![usual.prop_map(str::to_owned), expression()],
    )
}

/// All texts over `alphabet` of up to `most` characters, shorter ones first.
fn texts(alphabet: &[char], most: usize) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut start = 0;
    for _ in 0..most {
        let end = all.len();
        for at in start..end {
            for character in alphabet {
                all.push(format!("{}{character}", all[at]));
            }
        }
        start = end;
    }
    all
}

fn whole(expression: &str) -> regex::Regex {
    // Classes are read as ASCII, as masks read them.
    let ascii = expression.replace("\\w", "[0-9A-Za-z_]");
    regex::Regex::new(&format!("^(?:{ascii})$")).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_panics_and_all_ranges_fit(
        text in prop_oneof![regexish(), any::<String>()],
        profile in prop_oneof![regexish(), any::<String>()],
    ) {
        let mask = Mask::parse(&text);
        for problem in mask.problems() {
            prop_assert!(text.get(problem.range.clone()).is_some(), "{:?}", problem);
            prop_assert!(!problem.range.is_empty() || text.is_empty(), "{:?}", problem);
        }
        for (one, other) in mask.problems().iter().zip(mask.problems().iter().skip(1)) {
            prop_assert!(one != other, "{:?}", one);
        }
        if let Some(range) = mask.prefix() {
            prop_assert!(text.get(range).is_some());
        }
        for found in crate::text::lookalike::find(&text) {
            prop_assert!(text.get(found.range).is_some_and(|t| t.chars().eq([found.found])));
        }
        if let Some(trace) = mask.trace(&profile) {
            prop_assert!(mask.captures(&profile).is_none());
            prop_assert!(profile.get(trace.matched).is_some());
        }
        overlap(&mask, &mask);
    }

    #[test]
    fn captures_are_those_of_the_regex_crate(
        (prefix, group) in parts(),
        profile in "[ab -]{0,6}",
    ) {
        let text = format!("{prefix}({group})");
        let expected = whole(&text)
            .captures(&profile)
            .map(|captures| captures.get(1).unwrap().as_str().to_owned());
        let mask = Mask::parse(&text);
        prop_assume!(mask.is_sound());
        prop_assert_eq!(mask.captures(&profile).map(str::to_owned), expected);
    }

    #[test]
    fn a_sound_mask_captures_the_group_of_its_default_profile(
        prefix in "[A-Za-z0-9 .+?()é_-]{1,12}",
        group in "[A-Za-z_][A-Za-z0-9_-]{0,63}",
    ) {
        let mask = Mask::parse(&format!("{}(.*)", escape_literal(&prefix)));
        prop_assume!(mask.is_sound());
        let profile = mask.default_profile(&group).unwrap();
        prop_assert_eq!(&profile, &format!("{prefix}{group}"));
        prop_assert_eq!(mask.captures(&profile), Some(group.as_str()));
        prop_assert_eq!(mask.literal_prefix(), Some(prefix.as_str()));
        // The same prefix unescaped, where that is no more than a warning.
        let mask = Mask::parse(&format!("{prefix}(.*)"));
        if mask.is_sound() {
            let profile = mask.default_profile(&group).unwrap();
            prop_assert_eq!(mask.captures(&profile), Some(group.as_str()));
        }
    }

    #[test]
    fn a_name_that_is_let_in_matches(prefix in "[AbC.+? -]{1,8}") {
        let text = format!("{prefix}(.*)");
        let mask = Mask::parse(&text);
        prop_assume!(mask.is_sound());
        for problem in mask.problems() {
            if let ProblemKind::Unescaped { lets_in, .. } = &problem.kind {
                prop_assert!(whole(&text).is_match(lets_in), "{}", lets_in);
                prop_assert!(Some(lets_in.as_str()) != mask.literal_prefix());
            }
        }
    }

    #[test]
    fn a_trace_is_the_longest_beginning_that_can_match((prefix, group) in parts(), profile in "[ab -]{0,4}") {
        let mask = Mask::parse(&format!("{prefix}({group})"));
        prop_assume!(mask.is_sound());
        let matches = whole(&format!("{prefix}({group})"));
        let Some(trace) = mask.trace(&profile) else {
            prop_assert!(matches.is_match(&profile));
            return Ok(());
        };
        let matched = &profile[trace.matched];
        // No text that goes on with the next character matches.
        if let Some(found) = trace.found {
            for rest in texts(&['a', 'b', ' ', '-'], 3) {
                let longer = format!("{matched}{found}{rest}");
                prop_assert!(!matches.is_match(&longer), "{}", longer);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn overlap_agrees_with_brute_force((p1, g1) in parts(), (p2, g2) in parts()) {
        let (one, other) = (Mask::parse(&format!("{p1}({g1})")), Mask::parse(&format!("{p2}({g2})")));
        prop_assume!(one.is_sound() && other.is_sound());
        let (first, second) = (whole(&format!("{p1}({g1})")), whole(&format!("{p2}({g2})")));
        let takes = |regex: &regex::Regex, name: &str| {
            let captures = regex.captures(name);
            captures.is_some_and(|captures| is_lawful_group_name(&captures[1]))
        };
        let both = |name: &str| takes(&first, name) && takes(&second, name);
        let found = overlap(&one, &other);
        prop_assert_eq!(&found, &overlap(&other, &one));
        // In the order that `overlap` promises, so that the first hit is the name it must give.
        let tried = texts(&['a', 'b', 'c', '-', ' '], 5);
        let first = tried.iter().find(|name| both(name));
        match (&found, first) {
            (Some(found), Some(first)) => {
                prop_assert!(both(found), "{}", found);
                prop_assert_eq!(found, first);
            }
            (Some(found), None) => prop_assert!(both(found) && found.len() > 5, "{}", found),
            (None, first) => prop_assert_eq!(first, None),
        }
    }
}
