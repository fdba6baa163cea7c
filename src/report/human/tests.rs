use std::{ops::Range, sync::Arc};

use super::*;
use crate::{
    report::fixture,
    text::{Source, table},
};

fn rendered(finding: &diagnostic::Finding, width: usize) -> String {
    let context = Context {
        width,
        ..Context::plain("0.1.0")
    };
    render(finding, &context).unwrap()
}

/// What is drawn of a place in a text, where some text is a secret: the lines between the message and the help.
fn told(input: &str) -> Vec<String> {
    let (text, range, secret): (String, Range<usize>, String) =
        serde_json::from_str(input).unwrap();
    let hidden = text.find(&secret).filter(|_| !secret.is_empty());
    let hidden = hidden.map(|start| start..start + secret.len());
    let source = Source::new("a", text).with_secrets(hidden.into_iter().collect());
    let finding = fixture::finding_at(fixture::location(&Arc::new(source), range));
    let drawn = rendered(&finding, 60);
    let lines = drawn.lines().map(str::to_owned);
    lines
        .filter(|line| !line.is_empty() && !line.contains(" the "))
        .collect()
}

#[test]
fn places_are_drawn_as_the_table_says() {
    table::check("frames", told);
}

#[test]
fn nothing_breaks_within_back_ticks() {
    let code = "`Campaign - contoso - one two three four five six seven eight`";
    let source = Arc::new(Source::new("a", "a: b\nc: d\n"));
    let mut finding = fixture::finding_beside(&source, 0..1, Some(5..6));
    finding.message = format!("the mask of this environment is not {code} but another");
    finding.help = format!("write these words into the mask: {code}, and then {code}");
    finding.related[0].message = format!("it is {code}");
    for width in 40..100 {
        let text = rendered(&finding, width);
        assert_eq!(text.matches(code).count(), 4, "{text}");
    }
}

#[test]
fn labels_stay_right_of_the_lines() {
    let line = format!("{}a: b\n", "x".repeat(60));
    let finding = fixture::finding_beside(&Arc::new(Source::new("a", line)), 63..64, Some(60..61));
    for width in [60, 80, 100, 120] {
        let text = rendered(&finding, width);
        assert!(text.contains("the first of these"), "{text}");
        assert!(
            text.lines().all(|line| line.width() <= width),
            "{width}\n{text}"
        );
    }
}

/// Any two ranges: one finding and a related place. No line number is wrong, whatever lies between them.
#[test]
fn no_pair_of_ranges_is_too_odd() {
    let source = Arc::new(Source::new("a", "a\t漢\r\n\nb"));
    let ranges = || (0..=9).flat_map(|start| (start..=9).map(move |end| start..end));
    for own in ranges() {
        for other in ranges() {
            let text = rendered(
                &fixture::finding_beside(&source, own.clone(), Some(other)),
                80,
            );
            assert!(text.contains("the first"), "{own:?} {text}");
        }
    }
    let lines: String = (1..=30).map(|line| format!("l{line}\n")).collect();
    let source = Arc::new(Source::new("a", &*lines));
    for (own, other) in [(3, 5), (3, 6), (3, 7), (20, 2), (30, 1), (1, 29), (14, 16)] {
        let [own, others @ ..] = [own, other, 15, 11].map(|line| source.line_range(line));
        let text = rendered(&fixture::finding_beside(&source, own, others), 80);
        for line in text.lines() {
            if let Some((number, text)) = line.split_once(" │ l") {
                assert_eq!(number.trim(), text.trim(), "{text}");
            }
        }
    }
}

/// Every range of awkward texts: drawn without a panic, and no line wider than the terminal.
#[test]
fn no_range_is_too_odd() {
    let texts = [
        "\u{feff}a:\t漢\u{202e}字##[x]\r\n\r\n  \u{301}z\n::b",
        "\n\n",
        "a: e\u{301} ",
    ];
    for text in texts {
        for start in 0..=text.len() + 1 {
            for end in start..=text.len() + 1 {
                let drawn = rendered(&fixture::finding(text, start..end), 40);
                let too_wide = drawn.lines().find(|line| line.width() > 40);
                assert_eq!(too_wide, None, "{start}..{end}");
            }
        }
    }
}
