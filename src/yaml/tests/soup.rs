//! Random texts that look like YAML.

use proptest::prelude::*;

fn tokens(from: &'static [&'static str], most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(from), 0..most).prop_map(|tokens| tokens.concat())
}

/// Anything that has a meaning in YAML.
pub(super) fn yaml() -> impl Strategy<Value = String> {
    const SIGNS: &[&str] = &[
        "a", "b: ", "é", "1", "null", "true", "- ", "? ", ": ", ":", "\n", "\n  ", "\n    ",
        "\r\n", "\r", " ", "\t", "# c", " #", "[", "]", "{", "}", ",", ", ", "'", "\"", "''",
        "\\n", "\\", "|", ">", "|2-", ">+", "&a ", "*a", "*a ", "<<: ", "<<", "!!str ", "!x ",
        "! ", "!!int ", "---", "\n---\n", "...", "@", "`", "\0", "a: b\n", "- a\n",
    ];
    const LINES: &[&str] = &[
        "%YAML 1.2\n",
        "\u{feff}\u{85}\u{2028}",
        "a: |\n  x\n",
        "  b: [c, d]\n",
        "k: {x: y}\n",
    ];
    prop::collection::vec(
        prop_oneof![9 => tokens(SIGNS, 4), 1 => tokens(LINES, 2)],
        0..10,
    )
    .prop_map(|parts| parts.concat())
}

/// What may stand within a scalar of any style.
pub(super) fn scalar() -> impl Strategy<Value = String> {
    const TOKENS: &[&str] = &[
        "a", "b c", "é", "😀", " ", "  ", "\n  ", "\n\n  ", "\n   ", "\r\n  ", "''", "\\n",
        "\\u2014", "\\x41", "\\\\", "\\.", "\\ ", "\\\n  ", "\\N", "#", ":", "-", "\t", "(.*)",
        ",",
    ];
    const LONG: &[&str] = &["\\ud83d\\ude00", "\u{a0}"];
    prop::collection::vec(
        prop_oneof![9 => tokens(TOKENS, 3), 1 => tokens(LONG, 2)],
        0..6,
    )
    .prop_map(|parts| parts.concat())
}

/// A text that somebody wants a scalar to say.
pub(super) fn text() -> impl Strategy<Value = String> {
    const TOKENS: &[&str] = &[
        "a", "b c", "é", "😀", " ", "\n", "'", "\"", "\\", "#", " #", ": ", ":", "- ", "[", "]",
        "{", "}", ",", "\t", "\u{1}", "\u{feff}", "\u{200b}", "1", "null", "no", "*", "&", "!",
        "%", "@", "...", "---", "<<", "=", "\r", "\u{85}", "\u{2028}", ".", "|", ">", "?",
    ];
    tokens(TOKENS, 6)
}

/// A scalar in a document: what stands before it and behind it, for each style and place.
pub(super) const FRAMES: &[(&str, &str)] = &[
    ("# c\nx: 1\nk: '", "' # d\ny: [2]\n"),
    ("# c\r\nx: 1\r\nk: \"", "\" # d\r\ny: [2]\r\n"),
    ("x: {a: 1, k: ", ", b: 2} # c\n"),
    ("x:\n - a # c\n - ", "\n - b\n"),
    ("x:\n - a # c\n - \"", "\"\n - b\n"),
    ("x: ['", "', a] # c\n"),
    ("x: [\"", "\"]\ny: 1\n"),
    ("x:\n k: | # c\n  ", "\n y: 1 # d\n"),
    ("x:\n k: >- # c\n  ", "\n\n y: 1 # d\n"),
    ("x:\n k: |+\n  ", "\n\n y: 1 # d\n"),
    ("x:\n - |1-\n  ", "\n - y # d\n"),
    ("x:\n - >1\n  ", "\n\n # d\n - y\n"),
    ("x: >\n\n  a\n   b\n  ", ""),
    ("'", "': a # c\nb: c\n"),
    ("\"", "\": a # c\nb: c\n"),
    ("x: {", ": a, b: c}\n"),
    ("x:\n ", ": a # c\ny: b\n"),
    ("", ""),
];
