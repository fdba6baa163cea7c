//! What the two rules about look-alike characters share.

use super::{Findings, Rule};
use crate::{draft::Change, text::lookalike, yaml::Spanned};

/// No report shows more findings of a file than this, and each one here takes time in proportion to the text.
const MOST: usize = 1_000;

/// Reports each character of a text that looks like another, with the one that was probably meant.
pub fn report(rule: &Rule, what: &str, text: &Spanned<String>, findings: &mut Findings) {
    if text.is_ascii() {
        return;
    }
    let sound = findings.is_sound(text);
    for found in lookalike::find(text).into_iter().take(MOST) {
        // What XML cannot carry, or turns the direction of the text, has a finding already.
        if !sound {
            return;
        }
        let place = text.place.part(found.range.clone());
        let meant = match found.replacement {
            "" => "remove it".to_owned(),
            " " => "write a space".to_owned(),
            other => format!("write `{other}`"),
        };
        let change = Change::Replace(place, found.replacement.to_owned());
        findings.push(
            rule.at(
                place,
                format!(
                    "{what} holds {}, where {} was probably meant",
                    found.name,
                    expected(found.replacement)
                ),
                meant.clone(),
            )
            .fix(meant, found.safe, vec![change]),
        );
    }
}

fn expected(replacement: &str) -> String {
    match replacement {
        "" => "nothing".to_owned(),
        " " => "a space".to_owned(),
        other => {
            let code: Vec<String> = other.chars().map(lookalike::describe).collect();
            format!("`{other}` ({})", code.join(", "))
        }
    }
}
