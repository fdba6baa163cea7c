use super::*;
use crate::{
    check::settings::Settings,
    diagnostic::{Change, Location},
    yaml::{self, Place, Step},
};

fn judged(text: &str) -> Judged {
    let mut judged = crate::check::judge("a.ims.yaml", text.into(), &Settings::default(), None);
    judged.findings.clear();
    judged
}

/// The value of a key, as a place.
fn place(judged: &Judged, key: &str) -> Place {
    let document = judged.document.as_deref().unwrap();
    let is_it = |node: &&yaml::Node| matches!(&node.step, Step::Key(step) if &**step == key);
    Place::value(document.nodes.iter().find(is_it).unwrap().id, None)
}

fn finding(judged: &Judged, message: &str, part: &str, text: &str, change: Change) -> Finding {
    let start = judged.source.text().find(part).unwrap();
    let range = start..start + part.len();
    let location = Location {
        source: judged.source.clone(),
        pointer: String::new(),
        range: range.clone(),
    };
    let text = text.to_owned();
    Finding {
        fix: Some(Fix {
            title: "write it".to_owned(),
            safe: true,
            edits: vec![TextEdit { range, text }],
            changes: vec![change],
        }),
        ..Finding::new(
            &crate::rules::catalogue::VALUE_WHITESPACE,
            location,
            message,
            "",
        )
    }
}

/// A judged text with a fix: part of it is replaced by a text, which means a change.
fn with_fix(text: &str, part: &str, new: &str, change: impl FnOnce(&Judged) -> Change) -> Judged {
    let mut judged = judged(text);
    let change = change(&judged);
    let finding = finding(&judged, "it", part, new, change);
    judged.findings.push(finding);
    judged
}

/// A replacement of the value of `a` or `b`, and what it means.
fn fixed(text: &str, fixes: &[(&str, &str, &str, &str)]) -> Fixed {
    let mut first = judged(text);
    for (key, part, new, meant) in fixes {
        let change = Change::Replace(place(&first, key), (*meant).to_owned());
        let finding = finding(&first, &format!("{key} {part}"), part, new, change);
        first.findings.push(finding);
    }
    apply(first, false, judged)
}

#[test]
fn what_fixes_mean_is_written_and_all_else_stays() {
    let text = "\u{feff}a: 'x ' # one\r\nb:   \"y \"\r\nc: &c [1, ~]\r\nd: *c\r\n";
    let done = fixed(
        text,
        &[("a", "x ", "x", "x"), ("b", "\"y \"", "\"y\"", "y")],
    );
    assert_eq!((done.applied, done.skipped), (2, 0));
    let expected = text.replace("x ", "x").replace("y ", "y");
    assert_eq!(done.judged.source.text(), expected);
}

#[test]
fn anchors_merge_keys_and_odd_values_are_compared_as_they_read() {
    let text = "a: 'x '\nb: &b {n: 0x1F, m: .inf, k: 1e3, l: ~, t: !!str 7}\nc: &c {<<: *b, n: -.5}\n\
                d: {<<: [*c, {z: [yes, 012, 2001-01-01, '<']}], m: }\n1: [true]\ne: *c\n";
    let change = |judged: &Judged| Change::Replace(place(judged, "a"), "x".to_owned());
    let first = with_fix(text, "x ", "x", change);
    let alone = apply_one(&first, first.findings[0].fix.as_ref().unwrap());
    assert_eq!(alone.unwrap(), text.replace("x ", "x"));
    assert_eq!(apply(first, false, judged).applied, 1);
}

#[test]
fn an_oddity_elsewhere_hinders_no_fix() {
    for odd in [
        "b: 1\nb: 2",
        "b: 0b11",
        "007: x",
        "? [c]\n: x",
        "\"<<\": x",
        "<<: x",
        "b: !",
    ] {
        let text = format!("a: 'x '\n{odd}\n");
        let done = fixed(&text, &[("a", "x ", "x", "x")]);
        assert_eq!(done.judged.source.text(), text.replace("x ", "x"), "{odd}");
        // What no value holds may not change either.
        let odd = format!("{odd}\nz: 1\nz: two");
        let text = format!("a: 'x '\n{odd}\n");
        let done = fixed(&text, &[("a", "two", "too", "x")]);
        assert_eq!((done.applied, done.judged.source.text()), (0, &*text));
    }
}

#[test]
fn a_second_reader_votes_where_it_agreed_before() {
    let zero = [("a", "x", "0b11", "0b11")];
    assert_eq!(fixed("a: x\nb: y\n", &zero).applied, 0);
    assert_eq!(fixed("a: x\nb: 0b1\n", &zero).applied, 1);
    for text in crate::text::table::right_manifests() {
        let first = judged(&text);
        let document = first.document.as_deref().unwrap();
        assert!(meaning::agree(first.source.text(), document), "{text}");
    }
}

#[test]
fn a_change_that_cannot_be_is_not_made() {
    let change = |judged: &Judged| Change::Replace(place(judged, "a").part(50..51), "z".to_owned());
    let judged = with_fix("a: 'x'\na: y\n", "x", "z", change);
    let fix = judged.findings[0].fix.as_ref().unwrap();
    assert_eq!(apply_one(&judged, fix), None);
}

#[test]
fn a_fix_that_changes_more_is_refused_alone() {
    let text = "a: x # one\nb: y\nc: z\n";
    for (new, meant) in [
        ("x: y", "x: y"),
        ("x\nd: e", "x"),
        ("2", "2"),
        ("x #", "x"),
        ("[", "["),
        ("x2", "x3"),
    ] {
        let done = fixed(
            text,
            &[
                ("b", "y", "yes sir", "yes sir"),
                ("a", "x", new, meant),
                ("c", "z", "zz", "zz"),
            ],
        );
        assert_eq!(
            done.judged.source.text(),
            "a: x # one\nb: yes sir\nc: zz\n",
            "{new}"
        );
        assert_eq!(done.applied, 2);
    }
    let swallowed = fixed(text, &[("a", "x # one", "x", "x")]);
    assert_eq!(swallowed.judged.source.text(), text);
    assert_eq!(swallowed.skipped, 1);
}

#[test]
fn equal_fixes_count_together_and_overlapping_ones_wait() {
    let done = fixed("a: xx\n", &[("a", "xx", "z", "z"), ("a", "xx", "z", "z")]);
    assert_eq!((done.applied, done.judged.source.text()), (2, "a: z\n"));
    let done = fixed("a: xx\n", &[("a", "xx", "z", "z"), ("a", "x", "y", "yx")]);
    assert_eq!((done.applied, done.judged.source.text()), (1, "a: z\n"));
}

#[test]
fn a_finding_that_stays_is_not_mended_for_ever() {
    let again = |text: &str| {
        let change = |judged: &Judged| Change::Replace(place(judged, "a"), "xx".to_owned());
        with_fix(text, "x", "xx", change)
    };
    let done = apply(again("a: x\n"), false, again);
    assert_eq!((done.applied, done.judged.source.text()), (0, "a: x\n"));
    assert_eq!(done.skipped, 1);
}

#[test]
fn items_and_keys_change_as_meant() {
    let text = "a: [x, y, x]\nkey: &k {n: 1}\nc: *k\n";
    let item = |judged: &Judged| {
        let mut nodes = judged.document.as_deref().unwrap().nodes.iter();
        let last = nodes.rfind(|node| node.text.as_deref() == Some("x"));
        Place::value(last.unwrap().id, None)
    };
    let rename = |judged: &Judged| Change::Replace(place(judged, "key").key(), "kee".to_owned());
    let quote = |judged: &Judged| Change::Quote(place(judged, "n"));
    let remove = |judged: &Judged| Change::RemoveItem(item(judged));
    let split =
        |judged: &Judged| Change::SplitItem(item(judged), vec!["p".to_owned(), "q".to_owned()]);
    for (first, expected) in [
        (
            with_fix(text, "key", "kee", rename),
            text.replace("key", "kee"),
        ),
        (with_fix(text, "1", "'1'", quote), text.replace('1', "'1'")),
        (
            with_fix(text, ", x]", "]", remove),
            text.replace(", x]", "]"),
        ),
        (
            with_fix(text, "x]", "p, q]", split),
            text.replace("x]", "p, q]"),
        ),
    ] {
        assert_eq!(apply(first, false, judged).judged.source.text(), expected);
    }
}

#[test]
fn what_is_not_safe_is_done_where_it_is_allowed() {
    let change = |judged: &Judged| Change::Replace(place(judged, "a"), "z".to_owned());
    for (allow_unsafe, expected) in [(false, "a: x\n"), (true, "a: z\n")] {
        let mut first = with_fix("a: x\n", "x", "z", change);
        first.findings[0].fix.as_mut().unwrap().safe = false;
        let done = apply(first, allow_unsafe, judged);
        assert_eq!(done.judged.source.text(), expected);
    }
}

fn secret() -> Vec<std::ops::Range<usize>> {
    std::iter::once(6..11).collect()
}

#[test]
fn a_diff_shows_no_secret_and_no_control() {
    let old = Source::new(
        "a\u{1b}.yaml",
        "\u{feff}s: p8e-x\r\na: \u{202e} b\r\n::c: d\r\nlast",
    )
    .with_secrets(secret());
    let new = Source::new("a", "\u{feff}s: p8e-x\r\na: b\r\n::c: d\r\nlast").with_secrets(secret());
    insta::assert_snapshot!(unified_diff(&old, &new).replace('\u{feff}', "<mark>"), @r"
--- ./a<U+001B>.yaml
+++ ./a<U+001B>.yaml
@@ -1,4 +1,4 @@
 <mark>s: *****
-a: <U+202E> b
+a: b
 <U+003A>:c: d
 last
\ No newline at end of file
");
    assert_eq!(unified_diff(&old, &old), "");
}
