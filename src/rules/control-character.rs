//! `control-character`: texts that XML cannot carry, or that nobody sees.

use super::{Check, Findings, Rule, Subject};
use crate::finding::Severity;

pub static RULE: Rule = Rule {
    id: "control-character",
    severity: Severity::Error,
    fix: None,
    page: include_str!("pages/control-character.md"),
    check: Check::Manifest(check),
};

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let identifiers = subject.identifiers();
    for (what, text) in identifiers.into_iter().chain(subject.other_texts()) {
        let Some((at, character)) = text
            .char_indices()
            .find(|(_, character)| is_refused(*character))
        else {
            continue;
        };
        let code = u32::from(character);
        let kind = if is_bidirectional(character) {
            "a bidirectional control character: the text is shown in another order than it is read"
        } else if is_unlawful_in_xml(character) {
            "a control character that no XML file, and so no package, can hold"
        } else {
            "a control character that nobody sees"
        };
        findings.push(RULE.at(
            text.place.part(at..at + character.len_utf8()),
            format!("{what} holds U+{code:04X}, {kind}"),
            "remove it, or type the text again",
        ));
    }
}

fn is_refused(character: char) -> bool {
    is_unlawful_in_xml(character)
        || is_bidirectional(character)
        || matches!(character, '\u{7f}'..='\u{9f}')
}

/// XML 1.0, production 2.
fn is_unlawful_in_xml(character: char) -> bool {
    matches!(character, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// Unicode's property `Bidi_Control`.
fn is_bidirectional(character: char) -> bool {
    matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
