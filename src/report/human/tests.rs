use std::{sync::Arc, time::Instant};

use super::*;
use crate::{
    diagnostic::Location,
    report::{Format, fixture},
    text::Source,
};

fn shown(text: &str, range: Range<usize>) -> String {
    shown_at(text, range, 60)
}

fn shown_at(text: &str, range: Range<usize>, width: usize) -> String {
    let location = Location {
        source: Arc::new(Source::new("a.ims.yaml", text)),
        pointer: String::new(),
        range,
    };
    let context = Context {
        width,
        ..Context::plain("0.1.0")
    };
    render(&fixture::finding(location), &context).unwrap()
}

fn shown_part(text: &str, part: &str) -> String {
    let start = text.find(part).unwrap();
    shown(text, start..start + part.len())
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

Checked 2 files: 2 errors, 1 warning, 1 note. 1 fixable with `--fix`, 1 more with `--fix --unsafe`.
");
}

#[test]
fn ascii_and_narrow() {
    let context = Context {
        unicode: false,
        width: 40,
        ..Context::plain("0.1.0")
    };
    insta::assert_snapshot!(fixture::written_with(Format::Human, &fixture::report(), &context), @"
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
 4 | instance:
 5 |   name: contoso-prod
   :         ^^^^^^|^^^^^
   :               `-| the instance's own
   :                 | address
 6 | external_account:
 7 | ... http://campaign.contoso.com
   :     ^^^^^^^^^^^^^^^^^^^^^^^^^^^
 8 |   client_secret: ***********...
   `----
  help: write `https://`
  in: prod, stage
  fix: write `https` (`--fix`)

error[secret-in-manifest]: the
  | client secret is written in clear
   ,-[conf/prod.ims.yaml:8:18]
 7 |   callback_server: http://ca...
 8 | ...et: ************************
   :        ^^^^^^^^^^^^^^^^^^^^^^^^
 9 |   association_mask: Campaign...
   `----
  help: take it from the environment: `{
        env: NAME }`

warning[mask-confusable]: the mask
  | has an en dash where profiles have
  | a hyphen
   ,-[conf/prod.ims.yaml:9:30]
 8 |   client_secret: **********...
 9 | ...sk: Campaign – contoso - (....
   :                 ^
   `----
  help: write `-`
  note: another mask of the
        organization:
        conf/a.ims.yaml:2:7
  fix: write `-` (`--fix --unsafe`)

Checked 2 files: 2 errors, 1 warning, 1 note. 1 fixable with `--fix`, 1 more with `--fix --unsafe`.
");
}

#[test]
fn coloured() {
    let context = Context {
        colour: true,
        ..Context::plain("0.1.0")
    };
    let text = fixture::written_with(Format::Human, &fixture::report(), &context);
    insta::assert_snapshot!(text.replace('\u{1b}', "ESC"), @"
ESC[36mnote[org-id-unusual]:ESC[0m the document has no organization id
   ╭─[ESC[36;1;4mconf/prod.ims.yaml:1:1ESC[0m]
 ESC[2m1ESC[0m │ version: 1
   · ESC[36m▲ESC[0m
 ESC[2m2ESC[0m │ organization:
   ╰────

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
  ESC[36mhelp:ESC[0m write `https://`
  ESC[36min:ESC[0m prod, stage
  ESC[36mfix:ESC[0m write `https` (`--fix`)

ESC[31merror[secret-in-manifest]:ESC[0m the client secret is written in clear
   ╭─[ESC[36;1;4mconf/prod.ims.yaml:8:18ESC[0m]
 ESC[2m7ESC[0m │   callback_server: http://campaign.contoso.com
 ESC[2m8ESC[0m │   client_secret: ************************
   · ESC[31m                 ────────────────────────ESC[0m
 ESC[2m9ESC[0m │   association_mask: Campaign – contoso - (.*)
   ╰────
  ESC[36mhelp:ESC[0m take it from the environment: `{ env: NAME }`

ESC[33mwarning[mask-confusable]:ESC[0m the mask has an en dash where profiles have a
  ESC[33m│ESC[0m hyphen
   ╭─[ESC[36;1;4mconf/prod.ims.yaml:9:30ESC[0m]
 ESC[2m8ESC[0m │   client_secret: ************************
 ESC[2m9ESC[0m │   association_mask: Campaign – contoso - (.*)
   · ESC[33m                             ─ESC[0m
   ╰────
  ESC[36mhelp:ESC[0m write `-`
  ESC[36mnote:ESC[0m another mask of the organization: conf/a.ims.yaml:2:7
  ESC[36mfix:ESC[0m write `-` (`--fix --unsafe`)

ESC[1mChecked 2 files: 2 errors, 1 warning, 1 note.ESC[0m 1 fixable with `--fix`, 1 more with `--fix --unsafe`.
");
}

#[test]
fn a_clean_run_is_one_line() {
    let report = Report::new(Vec::new(), vec!["a".to_owned(), "b".to_owned()]);
    assert_eq!(
        fixture::written(Format::Human, &report),
        "Checked 2 files: no findings.\n"
    );
}

#[test]
fn what_is_left_off_is_said() {
    let report = Report::new(fixture::findings_in("a", 1_002), vec!["a".to_owned()]);
    let text = fixture::written(Format::Human, &report);
    let end =
        "a: 2 findings more left off: 1,000 a file are shown\n\nChecked 1 file: 1002 errors.\n";
    assert!(text.ends_with(end));
}

#[test]
fn hostile_text() {
    let text = fixture::written(Format::Human, &fixture::hostile());
    insta::assert_snapshot!(text, @"
error[callback-not-https]: ::error::x
  │ ::warning::<U+001B>[31m #<U+0023>[error]y
  │ #<U+0023>vso[task.complete]z <U+202E><b>|`]]><U+200B>
   ╭─[p/::error::x<U+000A>::warning::<U+001B>[31m #<U+0023>[error]y #<U+0023>vso[task.complete]z <U+202E><b>|`]]><U+200B>:2:1]
 1 │ ╭──▶ a: b
 2 │ │╭─▶ ::error::x
 3 │ ││   ::warning::<U+001B>[31m #<U+0023>[error]y #<U+0023>vso[task.complet…
 4 │ ││   ::error::x
 5 │ ├──▶ ::warning::<U+001B>[31m #<U+0023>[error]y #<U+0023>vso[task.complet…
   · ╰───┤ ::error::x
   ·     │ ::warning::<U+001B>[31m
   ·     │ #<U+0023>[error]y
   ·     │ #<U+0023>vso[task.complete]z
   ·     │ <U+202E><b>|`]]><U+200B>
   ╰────
  help: ::error::x
        <U+003A>:warning::<U+001B>[31m #<U+0023>[error]y #<U+0023>vso[task.complete]z
        <U+202E><b>|`]]><U+200B>
  in: ::error::x<U+000A>::warning::<U+001B>[31m #<U+0023>[error]y
      #<U+0023>vso[task.complete]z <U+202E><b>|`]]><U+200B>
  fix: ::error::x
       <U+003A>:warning::<U+001B>[31m #<U+0023>[error]y #<U+0023>vso[task.complete]z
       <U+202E><b>|`]]><U+200B> (`--fix`)

Checked 1 file: 1 error. 1 fixable with `--fix`.
");
}

#[test]
fn wide_and_combining_characters() {
    insta::assert_snapshot!(shown_part("漢字: e\u{301}x 漢字 # 漢", "漢字 #"), @"
error[callback-not-https]: the callback server is not
  │ https
   ╭─[a.ims.yaml:1:9]
 1 │ 漢字: éx 漢字 # 漢
   ·          ──────
   ╰────
  help: write `https://`
");
    insta::assert_snapshot!(shown_part("a: e\u{301}\u{202e}xy", "xy"), @"
error[callback-not-https]: the callback server is not
  │ https
   ╭─[a.ims.yaml:1:7]
 1 │ a: é<U+202E>xy
   ·             ──
   ╰────
  help: write `https://`
");
}

#[test]
fn tabs_and_hidden_characters_before_the_mark() {
    insta::assert_snapshot!(shown_part("a:\t\u{200b}##[x]\tbad", "bad"), @"
error[callback-not-https]: the callback server is not
  │ https
   ╭─[a.ims.yaml:1:11]
 1 │ a:  <U+200B>#<U+0023>[x]    bad
   ·                             ───
   ╰────
  help: write `https://`
");
}

#[test]
fn lines_of_several_megabytes() {
    let long = "x".repeat(5_000_000);
    let text = format!("a: {long} bad {long}\nb: {long}");
    let start = Instant::now();
    insta::assert_snapshot!(shown_part(&text, "bad"), @"
error[callback-not-https]: the callback server is not
  │ https
   ╭─[a.ims.yaml:1:5000005]
 1 │ …xxxxxxxxxxxxxxxxxxxxxxx bad xxxxxxxxxxxxxxxxxxxxxxxx…
   ·                          ───
 2 │ b: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
   ╰────
  help: write `https://`
");
    insta::assert_snapshot!(shown_at(&text, 0..text.len(), 60), @"
error[callback-not-https]: the callback server is not
  │ https
   ╭─[a.ims.yaml:1:1]
 1 │ ╭─▶ a: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
 2 │ ╰─▶ b: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
   ╰────
  help: write `https://`
");
    insta::assert_snapshot!(shown_at(&text, text.len() - 2..text.len(), 60), @"
error[callback-not-https]: the callback server is not
  │ https
   ╭─[a.ims.yaml:2:5000002]
 1 │ a: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
 2 │ …xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
   ·                                                    ──
   ╰────
  help: write `https://`
");
    assert!(start.elapsed().as_secs() < 5);
}

#[test]
fn block_scalars() {
    let text = "mask: |\n  one\n  two\nnext: x\n";
    insta::assert_snapshot!(shown(text, 6..20), @"
error[callback-not-https]: the callback server is not
  │ https
   ╭─[a.ims.yaml:1:7]
 1 │ ╭─▶ mask: |
 2 │ │     one
 3 │ ╰─▶   two
 4 │     next: x
   ╰────
  help: write `https://`
");
    insta::assert_snapshot!(shown_part(text, "two"), @"
error[callback-not-https]: the callback server is not
  │ https
   ╭─[a.ims.yaml:3:3]
 2 │   one
 3 │   two
   ·   ───
 4 │ next: x
   ╰────
  help: write `https://`
");
    let long = format!("mask: |\n{}next: x\n", "  line\n".repeat(50));
    insta::assert_snapshot!(shown(&long, 6..long.len() - 8), @"
error[callback-not-https]: the callback server is not
  │ https
   ╭─[a.ims.yaml:1:7]
 1 │ ╭─▶ mask: |
 2 │ │     line
 3 │ │     line
 4 │ │     line
 5 │ │     line
 6 │ ╰─▶   line
 7 │       line
   ╰────
  help: write `https://`
  note: it goes on to line 51
");
}

#[test]
fn ends_and_empty_ranges() {
    insta::assert_snapshot!(shown("", 0..0), @"
error[callback-not-https]: the callback server is not
  │ https
   ╭─[a.ims.yaml:1:1]
 1 │
   · ▲
   ╰────
  help: write `https://`
");
    insta::assert_snapshot!(shown("a: b", 4..4), @"
error[callback-not-https]: the callback server is not
  │ https
   ╭─[a.ims.yaml:1:5]
 1 │ a: b
   ·     ▲
   ╰────
  help: write `https://`
");
    insta::assert_snapshot!(shown("a: b\n", 5..5), @"
error[callback-not-https]: the callback server is not
  │ https
   ╭─[a.ims.yaml:2:1]
 1 │ a: b
 2 │
   · ▲
   ╰────
  help: write `https://`
");
    insta::assert_snapshot!(shown("a:\nb: c", 2..2), @"
error[callback-not-https]: the callback server is not
  │ https
   ╭─[a.ims.yaml:1:3]
 1 │ a:
   ·   ▲
 2 │ b: c
   ╰────
  help: write `https://`
");
    insta::assert_snapshot!(shown("a: b", 90..99), @"
error[callback-not-https]: the callback server is not
  │ https
   ╭─[a.ims.yaml:1:5]
 1 │ a: b
   ·     ▲
   ╰────
  help: write `https://`
");
}

#[test]
fn byte_order_mark_and_crlf() {
    insta::assert_snapshot!(shown("\u{feff}a: b\r\nc: d\r\n", 3..4), @"
error[callback-not-https]: the callback server is not
  │ https
   ╭─[a.ims.yaml:1:1]
 1 │ a: b
   · ─
 2 │ c: d
   ╰────
  help: write `https://`
");
    insta::assert_snapshot!(shown("\u{feff}a: b\r\nc: d\r\n", 12..13), @"
error[callback-not-https]: the callback server is not
  │ https
   ╭─[a.ims.yaml:2:4]
 1 │ a: b
 2 │ c: d
   ·    ─
   ╰────
  help: write `https://`
");
    insta::assert_snapshot!(shown("\u{feff}a: b\rc: d", 0..0), @"
error[callback-not-https]: the callback server is not
  │ https
   ╭─[a.ims.yaml:1:1]
 1 │ a: b
   · ▲
 2 │ c: d
   ╰────
  help: write `https://`
");
}

#[test]
fn wrapping() {
    assert_eq!(wrap("one two  three", 8), ["one two ", "three"]);
    assert_eq!(wrap("abcdefghij k\nl", 4), ["abcd", "efgh", "ij k", "l"]);
    assert_eq!(wrap("漢字漢字", 5), ["漢字", "漢字"]);
}

#[test]
fn stars_are_shorter_than_what_they_hide() {
    let text = "a: { s: sécrét–, t: bad }\n";
    let secret = text.find("séc").unwrap()..text.find(", t").unwrap();
    let source = Arc::new(Source::new("a", text).with_secrets(vec![secret.clone()]));
    let drawn =
        |location: Location| render(&fixture::finding(location), &Context::plain("0.1.0")).unwrap();
    insta::assert_snapshot!(drawn(fixture::at(&source, "", "bad")), @"
error[callback-not-https]: the callback server is not https
   ╭─[a:1:21]
 1 │ a: { s: *******, t: bad }
   ·                     ───
   ╰────
  help: write `https://`
");
    insta::assert_snapshot!(drawn(fixture::location(&source, "", secret)), @"
error[callback-not-https]: the callback server is not https
   ╭─[a:1:9]
 1 │ a: { s: *******, t: bad }
   ·         ───────
   ╰────
  help: write `https://`
");
}

/// Any two ranges: one finding and a related place.
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
}

/// Every range of awkward texts at several widths: drawn without a panic, and no line wider than the terminal.
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
                for line in drawn.lines() {
                    let width: usize = line.chars().map(columns).sum();
                    assert!(width <= 41, "{start}..{end}: {drawn}");
                }
            }
        }
    }
}
