//! A configuration's text becomes settings. Every mistake is collected on the way, so that one run shows them all.
//!
//! The values are taken from the parser's own tree, not by `Deserialize`: that stops at the first value of another type, and its
//! message quotes the value, which may be a secret.

use std::{ops::Range, sync::Arc};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{Mistake, Parsed, Settings, unknown_rule_help};
use crate::{
    diagnostic::excerpt,
    diagnostic::{Finding, Location, Severity},
    rules::{self, catalogue::UNKNOWN_RULE},
    secrets,
    text::{Source, suggest, url::Address},
};

const KEYS: [&str; 3] = ["rules", "exclude", "known_ims_servers"];
const KEYS_HELP: &str =
    "`rules`, `exclude` and `known_ims_servers`; a rule's level stands below `[rules]`";

type Value<'a> = Spanned<DeValue<'a>>;

pub(super) fn parse(name: &str, bytes: Vec<u8>) -> Parsed {
    let (text, undecoded) = match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            (text, Some(at..at))
        }
    };
    let mut hidden = secrets::find(&text, None).hidden;
    if !hidden.is_empty() {
        hidden = without(hidden, &levels(&text));
    }
    let source = Arc::new(Source::new(name, text).with_secrets(hidden));
    let mut parsed = Parsed {
        settings: Settings::default(),
        source: source.clone(),
        findings: Vec::new(),
        mistakes: Vec::new(),
    };
    if let Some(range) = undecoded {
        parsed.mistake(
            range,
            "the text is not UTF-8 here",
            "save the file as UTF-8",
        );
        return parsed;
    }
    match DeTable::parse(source.text()) {
        Ok(table) => parsed.top(table.get_ref()),
        Err(error) => parsed.mistake(
            error.span().unwrap_or_default(),
            format!("this is not TOML: {}", error.message()),
            "correct it, or quote what is meant as a text",
        ),
    }
    parsed.mistakes.sort_by_key(|mistake| mistake.range.start);
    parsed
}

/// Where the rules and their levels stand: `secret-shared = "off"` is no secret.
fn levels(text: &str) -> Vec<Range<usize>> {
    let table = DeTable::parse(text).ok();
    let rules = table.as_ref().and_then(|it| it.get_ref().get("rules"));
    let rules = rules.and_then(|it| it.get_ref().as_table());
    let rules = rules.into_iter().flatten();
    let is_word = |it: &str| it.len() <= 16 && it.bytes().all(|byte| byte.is_ascii_alphabetic());
    let levels = rules.flat_map(|(key, value)| {
        let rule = rules::find(key.get_ref()).map(|_| key.span());
        let level = value.get_ref().as_str().filter(|it| is_word(it));
        let level = level.and(rule.clone()).map(|_| value.span());
        rule.into_iter().chain(level)
    });
    levels.collect()
}

/// Ranges without what of them lies in others.
fn without(mut ranges: Vec<Range<usize>>, others: &[Range<usize>]) -> Vec<Range<usize>> {
    for Range { start, end } in others {
        let parts = |it: Range<usize>| {
            let before = it.start..it.end.min(*start).max(it.start);
            let behind = it.start.max(*end).min(it.end)..it.end;
            [before, behind]
        };
        ranges = ranges.into_iter().flat_map(parts).collect();
        ranges.retain(|it| !it.is_empty());
    }
    ranges
}

impl Parsed {
    fn mistake(
        &mut self,
        range: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.mistakes.push(Mistake {
            range,
            message: message.into(),
            help: help.into(),
        });
    }

    fn wrong_type(&mut self, value: &Value<'_>, due: &str, help: &str) {
        let found = match value.get_ref() {
            DeValue::String(_) => "a string",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "a boolean",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        self.mistake(value.span(), format!("expected {due}, found {found}"), help);
    }

    /// A value as a message may quote it.
    fn quoted(&self, range: Range<usize>) -> String {
        let shown = excerpt(&self.source.shown(range));
        format!("`{}`", shown.replace(['\n', '\r'], " "))
    }

    fn top(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "rules" => self.rules(value),
                "exclude" => self.exclude(value),
                "known_ims_servers" => self.servers(value),
                name => {
                    let help = match suggest::did_you_mean(name, &KEYS) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("the keys are {KEYS_HELP}"),
                    };
                    let message = format!("{} is no key of this file", self.quoted(key.span()));
                    self.mistake(key.span(), message, help);
                }
            }
        }
    }

    fn rules(&mut self, value: &Value<'_>) {
        let Some(table) = value.get_ref().as_table() else {
            let help = "write `[rules]` on a line of its own and `RULE = \"off\"` below it";
            return self.wrong_type(value, "a table", help);
        };
        for (key, value) in table {
            let range = key.span();
            let hidden = self
                .source
                .touches_secret(&range)
                .then(|| self.source.shown(range.clone()));
            let name = hidden.as_deref().unwrap_or(key.get_ref().as_ref());
            let Some(level) = self.level(name, value) else {
                continue;
            };
            if rules::find(name).is_none() {
                let message = format!("there is no rule {}", self.quoted(range.clone()));
                self.without_effect(name, range, message, unknown_rule_help(name));
            } else if rules::find(name).is_some_and(|rule| rule.is_guarded)
                && level != Some(Severity::Error)
            {
                let message = format!("`{name}` can be neither switched off nor lowered");
                let help = "remove the line; the rule stays an error, whatever a file says";
                self.without_effect(name, range, message, help.to_owned());
            } else {
                self.settings.levels.insert(name.to_owned(), level);
            }
        }
    }

    fn level(&mut self, rule: &str, value: &Value<'_>) -> Option<Option<Severity>> {
        let help = format!("write `{rule} = \"error\"`, `\"warning\"`, `\"note\"` or `\"off\"`");
        match value.get_ref().as_str() {
            Some("error") => return Some(Some(Severity::Error)),
            Some("warning") => return Some(Some(Severity::Warning)),
            Some("note") => return Some(Some(Severity::Note)),
            Some("off") => return Some(None),
            Some(_) => {
                let message = format!("{} is no level", self.quoted(value.span()));
                self.mistake(value.span(), message, help);
            }
            None => self.wrong_type(value, "a level", &help),
        }
        None
    }

    /// A rule's level that changes nothing is a finding: the rest of the file can be used.
    fn without_effect(&mut self, name: &str, range: Range<usize>, message: String, help: String) {
        let location = Location {
            source: self.source.clone(),
            pointer: format!("/rules/{}", crate::yaml::to_step(name)),
            range,
        };
        let mut finding = Finding::new(&UNKNOWN_RULE, location, message, help);
        finding.key = name.to_owned();
        self.findings.push(finding);
    }

    /// The texts of a list; each other item is a mistake.
    fn texts<'v>(&mut self, value: &'v Value<'_>, help: &str) -> Vec<(&'v str, Range<usize>)> {
        let mut texts = Vec::new();
        match value.get_ref().as_array() {
            Some(items) => {
                for item in items {
                    match item.get_ref().as_str() {
                        Some(text) => texts.push((text, item.span())),
                        None => self.wrong_type(item, "a string", help),
                    }
                }
            }
            None => self.wrong_type(value, "a list of strings", help),
        }
        texts
    }

    fn exclude(&mut self, value: &Value<'_>) {
        for (glob, range) in self.texts(value, "write it as `exclude = [\"archive/**\"]`") {
            if let Some(help) = matches_nothing(glob) {
                let message = format!("{} can match no file", self.quoted(range.clone()));
                self.mistake(range, message, help);
                continue;
            }
            let help = if glob.trim().is_empty() || glob.starts_with(['!', '#']) {
                "name what is to be passed over, such as `archive/**`"
            } else if !are_globs(&[glob.to_owned()]) {
                "correct it; `*`, `**`, `?`, `[…]` and `{…,…}` have a meaning"
            } else {
                self.settings.exclude.push(glob.to_owned());
                continue;
            };
            let message = format!("{} is no glob", self.quoted(range.clone()));
            self.mistake(range, message, help);
        }
        if !are_globs(&self.settings.exclude) {
            let message = "these globs are too much together";
            self.mistake(value.span(), message, "write fewer or shorter ones");
        }
    }

    fn servers(&mut self, value: &Value<'_>) {
        let help = "write it as `known_ims_servers = [\"ims.example.net\"]`";
        for (text, range) in self.texts(value, help) {
            let is_host = !text.contains(['/', ':', '@', '?', '#']) && text.trim() == text;
            match Address::parse(&format!("https://{text}")) {
                Ok(address) if is_host => {
                    self.settings.known_ims_servers.push(address.host_name);
                }
                _ => {
                    let message = format!("{} is no host name", self.quoted(range.clone()));
                    let help = "write a host alone, such as `\"ims-na1.adobelogin.com\"`";
                    self.mistake(range, message, help);
                }
            }
        }
    }
}
/// Why a glob can match no file, with what to do.
fn matches_nothing(glob: &str) -> Option<&'static str> {
    let steps = glob.trim_end().split('/');
    let mut steps = steps.enumerate().skip_while(|(_, step)| step.is_empty());
    if steps.any(|(at, step)| {
        matches!(step, "." | "..") || step.is_empty() && !glob.ends_with('/') && at > 0
    }) {
        return Some(
            "write it from this file's folder on, without `.`, `..` or `//`, such as `archive/**`",
        );
    }
    let mut characters = glob.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' if characters.next().is_none_or(char::is_alphanumeric) => {
                return Some("write `/` between folders, also on Windows");
            }
            '[' => {
                let rest = characters.as_str();
                let inner = rest.trim_start_matches(['!', '^']);
                // A bracket that comes first is in the class.
                let end = inner.char_indices().skip(1).find(|(_, it)| *it == ']');
                let Some((end, _)) = end else {
                    return Some("close the bracket, or write `\\[` for a bracket in a name");
                };
                characters = inner.get(end + 1..).unwrap_or_default().chars();
            }
            _ => {}
        }
    }
    None
}

/// Whether a walk can use some globs.
#[cfg(feature = "cli")]
fn are_globs(globs: &[String]) -> bool {
    let settings = Settings {
        exclude: globs.to_vec(),
        ..Settings::default()
    };
    settings.globs().is_some()
}

/// Without the program there is no walk.
#[cfg(not(feature = "cli"))]
fn are_globs(_: &[String]) -> bool {
    true
}
