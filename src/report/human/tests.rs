use std::{ops::Range, sync::Arc, time::Instant};

use super::*;
use crate::{
    diagnostic::{Location, Related},
    report::{Format, fixture},
    text::Source,
};

fn rendered(location: Location, width: usize) -> String {
    let context = Context {
        width,
        ..Context::plain("0.1.0")
    };
    render(&fixture::finding(location), &context).unwrap()
}

fn shown_at(text: &str, range: Range<usize>, width: usize) -> String {
    let source = Arc::new(Source::new("a", text));
    rendered(fixture::location(&source, "", range), width)
}

/// What is drawn between the message and the help, at 60 columns.
fn frame(text: &str, range: Range<usize>) -> String {
    let drawn = shown_at(text, range, 60);
    let (_, drawn) = drawn.split_once("│ https\n").unwrap();
    let (frame, after) = drawn.split_once("  help: write `https://`\n").unwrap();
    format!("{frame}{}", after.trim_end_matches('\n'))
}

fn frames(cases: &[(&str, Range<usize>)]) -> String {
    let frames = cases.iter().map(|(text, range)| frame(text, range.clone()));
    frames.collect::<Vec<_>>().join("\n")
}

fn part(text: &str, part: &str) -> Range<usize> {
    let start = text.find(part).unwrap();
    start..start + part.len()
}

#[test]
fn findings() {
    insta::assert_snapshot!(fixture::written(Format::Human, &fixture::report()), @"
note[org-id-unusual]: the document has no organization id
   ╭─[conf/prod.ims.yaml:1:1]
 1 │ version: 1
   · ▲
 2 │ organization:
   ╰────

error[callback-not-https]: the callback server is not https
   ╭─[conf/prod.ims.yaml:7:20]
 4 │ instance:
 5 │   name: contoso-prod
   ·         ──────┬─────
   ·               ╰── the instance's own address
 6 │ external_account:
 7 │   callback_server: http://campaign.contoso.com
   ·                    ───────────────────────────
 8 │   client_secret: ************************
   ╰────
  help: write `https://`
  in: prod, stage
  fix: write `https` (`--fix`)

error[secret-in-manifest]: the client secret is written in clear
   ╭─[conf/prod.ims.yaml:8:18]
 7 │   callback_server: http://campaign.contoso.com
 8 │   client_secret: ************************
   ·                  ────────────────────────
 9 │   association_mask: Campaign – contoso - (.*)
   ╰────
  help: take it from the environment: `{ env: NAME }`

warning[mask-confusable]: the mask has an en dash where profiles have a
  │ hyphen
   ╭─[conf/prod.ims.yaml:9:30]
 8 │   client_secret: ************************
 9 │   association_mask: Campaign – contoso - (.*)
   ·                              ─
   ╰────
  help: write `-`
  note: another mask of the organization: conf/a.ims.yaml:2:7
  fix: write `-` (`--fix --unsafe`)

More about a rule: `campaign-ims explain RULE`.
Checked 2 files: 2 errors, 1 warning, 1 note. 1 fixable with `--fix`, 1 more
with `--fix --unsafe`.
");
}

#[test]
fn ascii_and_narrow() {
    let context = Context {
        unicode: false,
        width: 40,
        ..Context::plain("0.1.0")
    };
    let text = fixture::written_with(Format::Human, &fixture::report(), &context);
    let end = text.find("error[secret").unwrap();
    insta::assert_snapshot!(&text[..end], @"
note[org-id-unusual]: the document
  | has no organization id
   ,-[conf/prod.ims.yaml:1:1]
 1 | version: 1
   : ^
 2 | organization:
   `----

error[callback-not-https]: the
  | callback server is not https
   ,-[conf/prod.ims.yaml:7:20]
 6 | external_account:
 7 | ... http://campaign.contoso.com
   :     ^^^^^^^^^^^^^^^^^^^^^^^^^^^
 8 |   client_secret: ***********...
   `----
  help: write `https://`
  note: the instance's own address:
        conf/prod.ims.yaml:5:9
  in: prod, stage
  fix: write `https` (`--fix`)
");
}

#[test]
fn coloured() {
    let context = Context {
        colour: true,
        ..Context::plain("0.1.0")
    };
    let text = fixture::written_with(Format::Human, &fixture::report(), &context);
    let text = text.replace('\u{1b}', "ESC");
    let (start, end) = (
        text.find("ESC[31merror[callback").unwrap(),
        text.find("ESC[31merror[secret").unwrap(),
    );
    insta::assert_snapshot!(&text[start..end], @"
ESC[31merror[callback-not-https]:ESC[0m the callback server is not https
   ╭─[ESC[36;1;4mconf/prod.ims.yaml:7:20ESC[0m]
 ESC[2m4ESC[0m │ instance:
 ESC[2m5ESC[0m │   name: contoso-prod
   · ESC[36m        ──────┬─────ESC[0m
   ·               ESC[36m╰── ESC[36mthe instance's own addressESC[0mESC[0m
 ESC[2m6ESC[0m │ external_account:
 ESC[2m7ESC[0m │   callback_server: http://campaign.contoso.com
   · ESC[31m                   ───────────────────────────ESC[0m
 ESC[2m8ESC[0m │   client_secret: ************************
   ╰────
ESC[36m  help: ESC[0mwrite `https://`
  ESC[36min:ESC[0m prod, stage
  ESC[36mfix:ESC[0m write `https` (`--fix`)
");
}

#[test]
fn rules_are_links_where_the_terminal_has_them() {
    let context = Context {
        links: true,
        ..Context::plain("0.1.0")
    };
    let text = fixture::written_with(Format::Human, &fixture::report(), &context);
    let address = crate::rules::catalogue::ORG_ID_UNUSUAL.address();
    let link = format!("note[\u{1b}]8;;{address}\u{1b}\\org-id-unusual\u{1b}]8;;\u{1b}\\]: ");
    assert!(text.starts_with(&link), "{text}");
}

#[test]
fn nothing_breaks_within_back_ticks() {
    let code = "`Campaign - contoso - one two three four five six seven eight`";
    let source = Arc::new(Source::new("a", "a: b\nc: d\n"));
    let mut finding = fixture::finding(fixture::location(&source, "", 0..1));
    finding.message = format!("the mask of this environment is not {code} but another");
    finding.help = format!("write these words into the mask: {code}, and then {code}");
    finding.related = vec![Related {
        message: format!("it is {code}"),
        location: fixture::location(&source, "", 5..6),
    }];
    for width in 40..100 {
        let context = Context {
            width,
            ..Context::plain("0.1.0")
        };
        let text = render(&finding, &context).unwrap();
        assert_eq!(text.matches(code).count(), 4, "{text}");
    }
}

#[test]
fn labels_stay_right_of_the_lines() {
    let line = format!("{}a: b\n", "x".repeat(60));
    let source = Arc::new(Source::new("a", line));
    let mut finding = fixture::finding(fixture::location(&source, "", 63..64));
    finding.related = vec![Related {
        message: "the first of these two places that have the same value is here".to_owned(),
        location: fixture::location(&source, "", 60..61),
    }];
    for width in [60, 80, 100, 120] {
        let context = Context {
            width,
            ..Context::plain("0.1.0")
        };
        let text = render(&finding, &context).unwrap();
        assert!(text.contains("the first of these"), "{text}");
        assert!(
            text.lines().all(|line| line.width() <= width),
            "{width}\n{text}"
        );
    }
}

#[test]
fn counts() {
    let report = Report::new(Vec::new(), vec!["a".to_owned(), "b".to_owned()]);
    assert_eq!(
        fixture::written(Format::Human, &report),
        "Checked 2 files: no findings.\n"
    );
    let report = Report::new(fixture::findings_in("a", 1_002), vec!["a".to_owned()]);
    let end = "a: 2 findings more left off: 1,000 a file are shown\n\nMore about a rule: `campaign-ims explain RULE`.\nChecked 1 file: 1002 errors.\n";
    assert!(fixture::written(Format::Human, &report).ends_with(end));
}

#[test]
fn places_in_lines() {
    let wide = "漢字: e\u{301}x 漢字 # 漢";
    let hidden = "a:\t\u{200b}##[x]\tbad";
    insta::assert_snapshot!(frames(&[
        (wide, part(wide, "漢字 #")),
        (hidden, part(hidden, "bad")),
        ("", 0..0),
        ("a: b\n", 5..5),
        ("a:\nb: c", 2..2),
        ("a: b", 90..99),
        ("\u{feff}a: b\r\nc: d\r\n", 3..4),
        ("\u{feff}a: b\r\nc: d\r\n", 12..13),
    ]), @"
  ╭─[a:1:9]
1 │ 漢字: éx 漢字 # 漢
  ·          ──────
  ╰────

  ╭─[a:1:11]
1 │ a:    <U+200B>#<U+0023>[x]    bad
  ·                               ───
  ╰────

  ╭─[a:1:1]
1 │
  · ▲
  ╰────

  ╭─[a:2:1]
1 │ a: b
2 │
  · ▲
  ╰────

  ╭─[a:1:3]
1 │ a:
  ·   ▲
2 │ b: c
  ╰────

  ╭─[a:1:5]
1 │ a: b
  ·     ▲
  ╰────

  ╭─[a:1:1]
1 │ a: b
  · ─
2 │ c: d
  ╰────

  ╭─[a:2:4]
1 │ a: b
2 │ c: d
  ·    ─
  ╰────
");
}

#[test]
fn places_of_several_lines() {
    let block = "mask: |\n  one\n  two\nnext: x\n";
    let long = format!("mask: |\n{}next: x\n", "  line\n".repeat(50));
    insta::assert_snapshot!(frames(&[
        (block, 6..20),
        (block, part(block, "two")),
        (&long, 6..long.len() - 8),
    ]), @"
  ╭─[a:1:7]
1 │ ╭─▶ mask: |
2 │ │     one
3 │ ╰─▶   two
4 │     next: x
  ╰────

  ╭─[a:3:3]
2 │   one
3 │   two
  ·   ───
4 │ next: x
  ╰────

  ╭─[a:1:7]
1 │ ╭─▶ mask: |
2 │ │     line
3 │ │     line
4 │ │     line
5 │ │     line
6 │ ╰─▶   line
7 │       line
  ╰────
 note: it goes on to line 51
");
}

#[test]
fn lines_of_several_megabytes() {
    let long = "x".repeat(5_000_000);
    let text = format!("a: {long} bad {long}\nb: {long}");
    let start = Instant::now();
    insta::assert_snapshot!(frames(&[
        (&text, part(&text, "bad")),
        (&text, 0..text.len()),
        (&text, text.len() - 2..text.len()),
    ]), @"
  ╭─[a:1:5000005]
1 │ …xxxxxxxxxxxxxxxxxxxxxxxx bad xxxxxxxxxxxxxxxxxxxxxxx…
  ·                           ───
2 │ b: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
  ╰────

  ╭─[a:1:1]
1 │ ╭─▶ a: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
2 │ ╰─▶ b: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
  ╰────

  ╭─[a:2:5000002]
1 │ a: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
2 │ …xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
  ·                                                    ──
  ╰────
");
    assert!(start.elapsed().as_secs() < 30);
}

#[test]
fn stars_are_as_long_as_what_they_hide() {
    let text = "a: { s: sécrét–, t: bad }\n";
    let source = Source::new("a", text).with_secrets(vec![part(text, "sécrét–")]);
    let source = Arc::new(source);
    let drawn = rendered(fixture::at(&source, "", "bad"), 80);
    insta::assert_snapshot!(drawn, @"
error[callback-not-https]: the callback server is not https
   ╭─[a:1:21]
 1 │ a: { s: ***********, t: bad }
   ·                         ───
   ╰────
  help: write `https://`
");
}

/// Any two ranges: one finding and a related place. No line number is wrong, whatever lies between them.
#[test]
fn no_pair_of_ranges_is_too_odd() {
    let source = Arc::new(Source::new("a", "a\t漢\r\n\nb"));
    let ranges = || (0..=9).flat_map(|start| (start..=9).map(move |end| start..end));
    for own in ranges() {
        for other in ranges() {
            let mut finding = fixture::finding(fixture::location(&source, "", own.clone()));
            finding.related = vec![Related {
                message: "other".to_owned(),
                location: fixture::location(&source, "", other),
            }];
            let text = render(&finding, &Context::plain("0.1.0")).unwrap();
            assert!(text.contains("other"), "{own:?} {text}");
        }
    }
    let lines: String = (1..=30).map(|line| format!("l{line}\n")).collect();
    let source = Arc::new(Source::new("a", &*lines));
    for (own, other) in [(3, 5), (3, 6), (3, 7), (20, 2), (30, 1), (1, 29), (14, 16)] {
        let at = |line: usize| fixture::location(&source, "", source.line_range(line));
        let mut finding = fixture::finding(at(own));
        let related = |line| Related {
            message: "other".to_owned(),
            location: at(line),
        };
        finding.related = vec![related(other), related(15), related(11)];
        let text = render(&finding, &Context::plain("0.1.0")).unwrap();
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
                let drawn = shown_at(text, start..end, 40);
                let too_wide = drawn.lines().find(|line| line.width() > 40);
                assert_eq!(too_wide, None, "{start}..{end}");
            }
        }
    }
}
