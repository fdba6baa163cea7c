//! What no output may show: one definition for everything that is read.
//!
//! Secrets are found by their shape and by where they stand, never by searching for a known value.

mod assigned;
mod due;
mod mask;
mod shapes;

use std::ops::Range;

pub use mask::{mask, mask_value};
pub use shapes::{in_text, in_url, in_urls};

use crate::{
    manifest::fields,
    yaml::{Node, NodeId, Place, Step, Style, Tree, Value},
};
use due::{Due, due_in, may_show_key};

pub use due::sounds_like_secret;

/// The keys under which other tools have references to secrets. What stands under them is hidden, but is no secret that leaked.
pub const FOREIGN_KEYS: [&str; 7] = [
    "keyVault",
    "ref",
    "secretKeyRef",
    "sops",
    "ssm",
    "valueFrom",
    "vault",
];

/// What a search found.
#[derive(Debug, Default)]
pub struct Secrets {
    /// Byte ranges that no output may show, sorted and disjoint.
    pub hidden: Vec<Range<usize>>,
    /// The secrets that have to go, sorted and disjoint.
    pub found: Vec<Secret>,
}

/// A secret that stands in a text.
#[derive(Debug, PartialEq, Eq)]
pub struct Secret {
    /// Where.
    pub range: Range<usize>,
    /// The node whose value or key it is in.
    pub node: Option<NodeId>,
    /// What it is, for people.
    pub what: &'static str,
}

/// Finds the secrets of a manifest. `document` is its tree; where it has none, more is hidden to be sure.
pub fn find(text: &str, document: Option<&Tree>) -> Secrets {
    let mut secrets = in_text(text);
    let Some(document) = document else {
        secrets.hidden.extend(shapes::in_broken_text(text));
        return secrets.sorted();
    };
    let traces = Traces::of(text, !secrets.hidden.is_empty());
    for (written, due) in document.nodes.iter().zip(due_in(document)) {
        let id = written.id;
        secrets.in_value(text, document, written, due.value, &traces);
        if let (Step::Key(key), Some(range)) = (&written.step, &written.key) {
            let place = Place::value(id, None).key();
            if due.key_is_hidden && !may_show_key(key) {
                secrets.hidden.push(document.range(text, place));
            }
            let mut parts = Secrets::default();
            if let [true, _] = traces.may_have(text, range, key) {
                parts = in_text(key);
            }
            if key.contains([':', '=', ' ']) {
                for part in assigned::in_key(key) {
                    parts.add(part, None, "a secret behind its name");
                }
            }
            secrets.in_scalar(text, document, place, key, parts);
        }
    }
    for comment in &document.comments {
        let content = text.get(comment.range.clone()).unwrap_or_default();
        if !traces.has_name(&comment.range) {
            continue;
        }
        for part in assigned::assigned(content, false) {
            let range = comment.range.start + part.start..comment.range.start + part.end;
            secrets.add(range, None, "a secret in a comment");
        }
    }
    secrets.sorted()
}

/// What one pass over a text found, so that most of its parts need no search of their own.
struct Traces {
    has_shape: bool,
    /// Where names of secrets start, in order.
    names: Vec<usize>,
}

impl Traces {
    fn of(text: &str, has_shape: bool) -> Self {
        let names = assigned::names(text).map(|name| name.start).collect();
        Self { has_shape, names }
    }

    /// Whether a scalar that reads as `content` may have a secret's shape in it, and whether it may name a secret.
    fn may_have(&self, text: &str, range: &Range<usize>, content: &str) -> [bool; 2] {
        let is_other = !is_verbatim(text, range, content);
        [self.has_shape || is_other, is_other || self.has_name(range)]
    }

    /// Whether the name of a secret starts in a range.
    fn has_name(&self, range: &Range<usize>) -> bool {
        let next = self.names.partition_point(|name| *name < range.start);
        self.names.get(next).is_some_and(|name| *name < range.end)
    }
}

/// Whether a scalar stands in the text as it reads, with quotes at most.
fn is_verbatim(text: &str, range: &Range<usize>, content: &str) -> bool {
    let written = text.get(range.clone()).unwrap_or_default();
    written == content || written.get(1..written.len().saturating_sub(1)) == Some(content)
}

impl Secrets {
    fn in_value(&mut self, text: &str, document: &Tree, written: &Node, due: Due, traces: &Traces) {
        let Some(content) = &written.text else {
            return;
        };
        let id = written.id;
        let place = Place::value(id, None);
        let key = match &written.step {
            Step::Key(key) => &**key,
            Step::Root | Step::Index(_) => "",
        };
        let is_hidden = match due {
            Due::Anything | Due::Named => false,
            Due::Hidden | Due::Chosen => true,
            Due::Foreign => !is_null(written),
            Due::Secret => {
                !content.is_empty() && !matches!(written.value, Value::Null(_) | Value::Bool(_))
            }
            // An `env` that is no identifier is likely the secret itself.
            Due::Name => key != "file" && !is_identifier(content),
            Due::Reference => {
                !content.is_empty() && !is_null(written) && foreign_reference(content).is_none()
            }
        };
        if is_hidden || content.is_empty() && matches!(due, Due::Reference | Due::Secret) {
            self.hidden.push(literal(text, written));
        }
        if is_hidden {
            let range = document.range(text, place);
            match due {
                Due::Reference => self.add(range, Some(id), "a client secret"),
                // What is no path there is likely the secret itself.
                Due::Foreign if !content.contains(['/', ':', '#']) => {
                    self.add(range, Some(id), "a client secret");
                }
                Due::Secret => self.add(range, Some(id), "what its key calls a secret"),
                _ => {}
            }
        }
        // The old value, as somebody keeps it behind its absence.
        if due == Due::Reference && is_null(written) {
            self.hidden
                .extend(lone_word_behind(text, written.range.end));
        }
        let [may_have_shape, may_have_name] = traces.may_have(text, &written.range, content);
        let parts = parts(key, content, may_have_shape, may_have_name);
        self.in_scalar(text, document, place, content, parts);
    }

    /// Takes over what is hidden in a value or a key, whose content is what it reads as without quotes and escapes. Each range is a
    /// search of the scalar, so one that is full of secrets counts as a whole.
    fn in_scalar(
        &mut self,
        text: &str,
        document: &Tree,
        place: Place,
        content: &str,
        mut parts: Secrets,
    ) {
        const MANY: usize = 100;
        if parts.hidden.is_empty() {
            return;
        }
        if parts.hidden.len().max(parts.found.len()) > MANY {
            parts.hidden.truncate(1);
            parts.hidden.fill(0..content.len());
            parts.found.truncate(1);
            for secret in &mut parts.found {
                secret.range = 0..content.len();
            }
        }
        let written = |part| document.range(text, place.part(part));
        self.hidden.extend(parts.hidden.into_iter().map(written));
        for Secret { range, what, .. } in parts.found {
            self.add(written(range), Some(place.node), what);
        }
    }

    fn add(&mut self, range: Range<usize>, node: Option<NodeId>, what: &'static str) {
        self.hidden.push(range.clone());
        self.found.push(Secret { range, node, what });
    }

    fn sorted(mut self) -> Self {
        self.hidden = merged(self.hidden);
        // What was found in a node is found once more in the raw text; the node knows more.
        self.found
            .sort_by_key(|secret| (secret.range.start, secret.node.is_none()));
        let mut end = 0;
        self.found.retain(|secret| {
            let is_new = secret.range.start >= end;
            end = end.max(secret.range.end);
            is_new
        });
        self
    }
}

/// The secrets within the value of a key, whatever is due there; an item of a list has no key.
pub fn in_value(key: &str, text: &str) -> Secrets {
    parts(key, text, true, true).sorted()
}

fn parts(key: &str, text: &str, may_have_shape: bool, may_have_name: bool) -> Secrets {
    let mut parts = Secrets::default();
    if may_have_shape {
        parts = in_text(text);
    }
    if may_have_name {
        for part in assigned::assigned(text, fields::is_text(key)) {
            parts.add(part, None, "a secret behind its name");
        }
    }
    if text.contains('@') && fields::is_url(key) {
        parts.hidden.extend(in_url(text));
    }
    parts
}

/// Ranges in order, those that overlap or touch as one.
fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.retain(|range| !range.is_empty());
    ranges.sort_by_key(|range| range.start);
    ranges.dedup_by(|next, last| {
        let touches = next.start <= last.end;
        if touches {
            last.end = last.end.max(next.end);
        }
        touches
    });
    ranges
}

/// Where a literal stands, with the anchor before it and the comment behind it: the `&` and the ` #` may be the secret's own.
fn literal(text: &str, written: &Node) -> Range<usize> {
    let Range { start, end } = written.range;
    let key = written.key.as_ref();
    let before = key.and_then(|key| text.get(key.end..start));
    let before = before
        .unwrap_or_default()
        .trim_start_matches(|it: char| it == ':' || it.is_whitespace());
    let behind = text.get(end..).unwrap_or_default();
    let is_cut =
        written.style == Style::Plain && behind.trim_start_matches([' ', '\t']).starts_with('#');
    let tail = is_cut.then(|| behind.find(['\n', '\r']).unwrap_or(behind.len()));
    start - before.len()..end + tail.unwrap_or(0)
}

/// A comment of one long word, behind a value on its line.
fn lone_word_behind(text: &str, end: usize) -> Option<Range<usize>> {
    let line = text.get(end..)?.split(['\n', '\r']).next()?;
    let word = line.trim_start().strip_prefix('#')?.trim();
    let is_word = word.len() >= 8 && !word.contains(char::is_whitespace);
    is_word.then(|| end + line.len() - line.trim_start().len()..end + line.len())
}

fn is_null(written: &Node) -> bool {
    written.style == Style::Plain
        && matches!(
            written.text.as_deref(),
            Some("" | "~" | "null" | "Null" | "NULL")
        )
}

/// The variable that a reference in another tool's syntax names: `$NAME`, `${NAME}`, `${{ secrets.NAME }}`, `$(NAME)`, `%NAME%`,
/// `env:NAME`, or a bare `UPPER_CASE` name of several words. Nothing for any other text, which may be the secret itself.
pub fn foreign_reference(text: &str) -> Option<&str> {
    let within = |open, close| Some(text.strip_prefix(open)?.strip_suffix(close)?.trim());
    let braces = within("${{", "}}").map(|name| name.rsplit('.').next().unwrap_or(name));
    let braces = braces.or_else(|| within("${", "}"));
    let braces = braces
        .or_else(|| within("{{", "}}"))
        .or_else(|| within("$(", ")"));
    // The reference itself, in quotes.
    let quoted = within("{", "}").unwrap_or(text);
    if let Some(name) = braces.or_else(|| quoted.strip_prefix("env:").map(str::trim)) {
        return Some(name).filter(|name| is_identifier(name));
    }
    let marked = within("%", "%").or_else(|| text.strip_prefix('$'));
    let name = marked.unwrap_or(text);
    let is_upper = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    let has_words = marked.is_some() || name.contains('_');
    let is_name = is_identifier(name) && has_words && name.chars().all(is_upper);
    let is_filled = !name.eq_ignore_ascii_case("CHANGE_ME");
    (is_name && is_filled && name.len() <= 64).then_some(name)
}

/// Whether a text can name an environment variable.
fn is_identifier(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with(|first: char| first.is_ascii_digit())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

#[cfg(test)]
mod tests;
