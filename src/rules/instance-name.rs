//! `instance-name`: a name that no Campaign server gives an instance.

use super::{Check, Findings, Rule, Subject};
use crate::{
    draft::{excerpt, shown},
    finding::Severity,
};

pub static RULE: Rule = Rule {
    id: "instance-name",
    severity: Severity::Error,
    fix: None,
    page: include_str!("pages/instance-name.md"),
    check: Check::Manifest(check),
};

/// Names that Windows keeps for devices, whatever their extension.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let Some(name) = subject.instance.and_then(|instance| instance.name.get()) else {
        return;
    };
    if !findings.is_sound(name) {
        return;
    }
    let allowed =
        |character: char| character.is_ascii_alphanumeric() || matches!(character, '_' | '-');
    let (place, what) = if let Some((at, character)) = name
        .char_indices()
        .find(|(_, character)| !allowed(*character))
    {
        let place = name.place.part(at..at + character.len_utf8());
        (
            place,
            format!("the instance's name holds {}", shown(character)),
        )
    } else if name.starts_with(['_', '-']) {
        (
            name.place.part(0..1),
            format!(
                "the instance's name `{}` does not begin with a letter or digit",
                excerpt(name)
            ),
        )
    } else if name.chars().count() > 64 {
        (
            name.place,
            format!(
                "the instance's name has {} characters",
                name.chars().count()
            ),
        )
    } else if is_device(name) {
        (
            name.place,
            format!(
                "`{}` is the name of a device on Windows, so no file can have it",
                name.value
            ),
        )
    } else {
        return;
    };
    findings.push(RULE.at(
        place,
        what,
        "write the name as in `nlserver package -instance:NAME`: letters, digits, `_` and `-`, at most 64, first a letter or digit",
    ));
}

fn is_device(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let numbered = ["com", "lpt"].iter().any(|device| {
        name.strip_prefix(device).is_some_and(|number| {
            number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_digit())
        })
    });
    numbered || DEVICES.contains(&name.as_str())
}
