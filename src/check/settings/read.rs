//! A configuration's text becomes settings. Every mistake is collected on the way, so that one run shows them all.

use std::{fs, io::Read, ops::Range, path::Path, sync::Arc};

use ignore::gitignore::GitignoreBuilder;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{Loaded, Mistake, SettingsError, find};
use crate::{
    draft::excerpt,
    finding::{Finding, Location, Severity},
    rules, secrets,
    text::Source,
    text::suggest,
    text::url::Address,
};

/// A configuration over this many bytes is refused unread.
pub const MAX_BYTES: u64 = 16 << 20;

const KEYS: [&str; 3] = ["rules", "exclude", "known_ims_servers"];
const LEVELS: [&str; 4] = ["error", "warning", "note", "off"];

/// Reads a configuration file.
///
/// # Errors
/// Where it cannot be read, and where it holds a mistake other than a rule that does not exist or cannot be changed: those are
/// findings.
pub fn load(path: &Path) -> Result<Loaded, SettingsError> {
    let name = find::shown(path);
    let failed = |source| SettingsError::Io {
        path: name.clone(),
        source,
    };
    // Looked at before it is opened: opening a pipe waits for a writer.
    if !fs::metadata(path).map_err(failed)?.is_file() {
        return Err(SettingsError::NoFile(name));
    }
    let file = fs::File::open(path).map_err(failed)?;
    let mut bytes = Vec::new();
    file.take(MAX_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(SettingsError::TooLarge(name));
    }
    let mut loaded = parse(&name, bytes)?;
    loaded.folder = find::resolved(path)
        .parent()
        .map(Path::to_owned)
        .unwrap_or_default();
    loaded.path = Some(path.to_owned());
    Ok(loaded)
}

/// The settings that a text makes. `name` is what messages and findings call the file.
pub(super) fn parse(name: &str, bytes: Vec<u8>) -> Result<Loaded, SettingsError> {
    let mistakes = |mistakes| SettingsError::Mistakes {
        path: name.to_owned(),
        mistakes,
    };
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let text = String::from_utf8_lossy(error.as_bytes());
        mistakes(vec![Mistake {
            position: Source::new(name, text).position(at),
            message: "the text is not UTF-8 here".to_owned(),
            help: "save the file as UTF-8".to_owned(),
        }])
    })?;
    let hidden = secrets::find(&text, None).hidden;
    let source = Arc::new(Source::new(name, text).with_secrets(hidden));
    let mut reader = Reader {
        source: &source,
        loaded: Loaded::default(),
        mistakes: Vec::new(),
    };
    match DeTable::parse(source.text()) {
        Ok(table) => reader.top(table.get_ref()),
        Err(error) => reader.mistake(
            error.span().unwrap_or_default(),
            format!("this is not TOML: {}", error.message()),
            "correct it, or quote what is meant as a text",
        ),
    }
    let Reader {
        loaded,
        mistakes: mut found,
        ..
    } = reader;
    if found.is_empty() {
        return Ok(loaded);
    }
    found.sort_by_key(|mistake| mistake.position);
    Err(mistakes(found))
}

struct Reader<'a> {
    source: &'a Arc<Source>,
    loaded: Loaded,
    mistakes: Vec<Mistake>,
}

impl Reader<'_> {
    fn mistake(
        &mut self,
        range: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.mistakes.push(Mistake {
            position: self.source.position(range.start),
            message: message.into(),
            help: help.into(),
        });
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
                    let near = suggest::did_you_mean(name, &KEYS);
                    let is_rule = rules::find(name).is_some();
                    let help = match near {
                        Some(near) => format!("did you mean `{near}`?"),
                        None if is_rule => "write the rule below `[rules]`".to_owned(),
                        None => format!("the keys are {}", suggest::list(&KEYS)),
                    };
                    let message = format!("{} is no key of this file", self.quoted(key.span()));
                    self.mistake(key.span(), message, help);
                }
            }
        }
    }

    fn wrong_type(&mut self, value: &Spanned<DeValue<'_>>, due: &str, help: &str) {
        let kind = match value.get_ref() {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "`true` or `false`",
            DeValue::Datetime(_) => "a date or time",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        self.mistake(value.span(), format!("{due}, and this is {kind}"), help);
    }

    fn rules(&mut self, value: &Spanned<DeValue<'_>>) {
        let Some(table) = value.get_ref().as_table() else {
            let help = "write `[rules]` on a line of its own and `RULE = \"off\"` below it";
            return self.wrong_type(value, "`rules` is a table", help);
        };
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            let Some(level) = self.level(name, value) else {
                continue;
            };
            if rules::find(name).is_none() {
                self.unknown_rule(name, key.span());
            } else if rules::is_guarded(name) && level != Some(Severity::Error) {
                let message = format!("`{name}` can be neither switched off nor lowered");
                let help = "remove the line; the rule stays an error, whatever a file says";
                self.finding(name, key.span(), message, help.to_owned());
            } else {
                self.loaded.settings.levels.insert(name.to_owned(), level);
            }
        }
    }

    fn level(&mut self, rule: &str, value: &Spanned<DeValue<'_>>) -> Option<Option<Severity>> {
        let help = format!("write `{rule} = \"error\"`, `\"warning\"`, `\"note\"` or `\"off\"`");
        let Some(level) = value.get_ref().as_str() else {
            self.wrong_type(value, "a rule's level is a text", &help);
            return None;
        };
        match level {
            "error" => Some(Some(Severity::Error)),
            "warning" => Some(Some(Severity::Warning)),
            "note" => Some(Some(Severity::Note)),
            "off" => Some(None),
            _ => {
                let meant = match level.to_ascii_lowercase().as_str() {
                    "warn" => Some("warning"),
                    "info" | "hint" | "information" => Some("note"),
                    "none" | "disable" | "disabled" | "ignore" | "allow" | "false" => Some("off"),
                    "deny" | "err" => Some("error"),
                    other => suggest::did_you_mean(other, &LEVELS),
                };
                let help = meant.map_or(help, |meant| format!("did you mean `\"{meant}\"`?"));
                let message = format!("{} is no level", self.quoted(value.span()));
                self.mistake(value.span(), message, help);
                None
            }
        }
    }

    fn unknown_rule(&mut self, name: &str, range: Range<usize>) {
        let message = format!("there is no rule {}", self.quoted(range.clone()));
        self.finding(name, range, message, unknown_rule_help(name));
    }

    fn finding(&mut self, name: &str, range: Range<usize>, message: String, help: String) {
        let step = name.replace('~', "~0").replace('/', "~1");
        self.loaded.findings.push(Finding {
            rule: "unknown-rule",
            severity: Severity::Warning,
            key: String::new(),
            message,
            help,
            location: Location {
                source: self.source.clone(),
                pointer: if self.source.touches_secret(&range) {
                    "/rules".to_owned()
                } else {
                    format!("/rules/{step}")
                },
                range,
            },
            environments: Vec::new(),
            related: Vec::new(),
            fix: None,
        });
    }

    /// The texts of a list; each other item is a mistake.
    fn texts<'v>(
        &mut self,
        value: &'v Spanned<DeValue<'_>>,
        key: &str,
        help: &str,
    ) -> Vec<(&'v str, Range<usize>)> {
        let Some(items) = value.get_ref().as_array() else {
            self.wrong_type(value, &format!("`{key}` is a list of texts"), help);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in items {
            match item.get_ref().as_str() {
                Some(text) => texts.push((text, item.span())),
                None => self.wrong_type(item, &format!("`{key}` is a list of texts"), help),
            }
        }
        texts
    }

    fn exclude(&mut self, value: &Spanned<DeValue<'_>>) {
        let help = "write it as `exclude = [\"archive/**\"]`";
        let mut builder = GitignoreBuilder::new("");
        for (glob, range) in self.texts(value, "exclude", help) {
            if glob.trim().is_empty() || glob.starts_with(['!', '#']) {
                let message = format!("{} is no glob", self.quoted(range.clone()));
                let help = "name what is to be passed over, such as `archive/**`";
                self.mistake(range, message, help);
            } else if builder.add_line(None, glob).is_err() {
                // What the builder says quotes the text, which may hold a secret.
                let message = format!("{} is no glob", self.quoted(range.clone()));
                self.mistake(
                    range,
                    message,
                    "correct it; `*`, `**`, `?`, `[…]` and `{…,…}` have a meaning",
                );
            } else {
                self.loaded.settings.exclude.push(glob.to_owned());
            }
        }
        match builder.build() {
            Ok(globs) => self.loaded.excludes = Some(globs),
            Err(_) => self.mistake(
                value.span(),
                "these globs are too much together",
                "write fewer or shorter ones",
            ),
        }
    }

    fn servers(&mut self, value: &Spanned<DeValue<'_>>) {
        let help = "write it as `known_ims_servers = [\"ims.example.net\"]`";
        for (text, range) in self.texts(value, "known_ims_servers", help) {
            match host(text) {
                Ok(host) => self.loaded.settings.known_ims_servers.push(host),
                Err(meant) => {
                    let message = format!("{} is no host name", self.quoted(range.clone()));
                    let help = match meant {
                        Some(host) if !self.source.touches_secret(&range) => {
                            format!("write the host alone: `\"{host}\"`")
                        }
                        _ => "write a host alone, such as `\"ims-na1.adobelogin.com\"`".to_owned(),
                    };
                    self.mistake(range, message, help);
                }
            }
        }
    }
}

/// What to do about a rule that does not exist.
pub(crate) fn unknown_rule_help(name: &str) -> String {
    let ids: Vec<&str> = rules::RULES.iter().map(|rule| rule.id).collect();
    match suggest::did_you_mean(name, &ids) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`campaign-ims rules` lists the rules".to_owned(),
    }
}

/// A host as hosts are compared; else the host that the text may mean.
fn host(text: &str) -> Result<String, Option<String>> {
    let trimmed = text.trim();
    let parse = |url: &str| Address::parse(url).ok().map(|address| address.host_name);
    if trimmed.contains("://") {
        return Err(parse(trimmed));
    }
    let host = parse(&format!("https://{trimmed}"));
    if trimmed != text || text.contains(['/', ':', '@', '?', '#']) {
        return Err(host);
    }
    host.ok_or(None)
}
