//! What no output may show: one definition for everything that is read.
//!
//! Secrets are found by their shape and by where they stand, never by searching for a known value.

mod mask;
mod shapes;

use std::ops::Range;

pub use mask::{Mask, mask};
pub use shapes::{in_text, in_url};

use crate::{
    text::suggest::did_you_mean,
    yaml::{Node, NodeId, Place, Step, Style, Tree},
};

/// The fields whose text is a URL, which can carry user information.
const URL_FIELDS: [&str; 4] = [
    "url",
    "ims_server",
    "callback_server",
    "experience_cloud_server",
];

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
    /// The texts of what is hidden in values and keys, which no message may name.
    pub words: Vec<String>,
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
    for (written, due) in document.nodes.iter().zip(due_in(document)) {
        let id = written.id;
        secrets.in_value(text, document, written, due.value);
        if let (Step::Key(key), Some(_)) = (&written.step, &written.key) {
            let place = Place::value(id, None).key();
            if due.key_is_hidden && !may_show_key(key) {
                secrets.hide(document.range(text, place), key);
            }
            secrets.in_scalar(text, document, place, key, in_text(key));
        }
    }
    for comment in &document.comments {
        let content = text.get(comment.range.clone()).unwrap_or_default();
        for part in shapes::assigned(content) {
            let range = comment.range.start + part.start..comment.range.start + part.end;
            secrets.add(range, None, "a secret in a comment");
        }
    }
    secrets.sorted()
}

impl Secrets {
    fn in_value(&mut self, text: &str, document: &Tree, written: &Node, due: Due) {
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
            Due::Anything => false,
            Due::Hidden | Due::Foreign => true,
            // An `env` that is no identifier is likely the secret itself.
            Due::Name => key != "file" && !is_identifier(content),
            Due::Reference => {
                !content.is_empty() && !is_null(written) && foreign_reference(content).is_none()
            }
        };
        if is_hidden {
            let range = document.range(text, place);
            self.hide(range.clone(), content);
            // What is no path there is likely the secret itself.
            if due == Due::Reference || due == Due::Foreign && !content.contains(['/', ':', '#']) {
                self.add(range, Some(id), "a client secret");
            }
        }
        let mut parts = in_text(content);
        parts.hidden.extend(shapes::assigned(content));
        if URL_FIELDS.contains(&key) {
            parts.hidden.extend(in_url(content));
        }
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
        if parts.hidden.len() > MANY {
            parts.hidden.truncate(1);
            parts.hidden.fill(0..content.len());
            parts.found.truncate(1);
            for secret in &mut parts.found {
                secret.range = 0..content.len();
            }
        }
        for part in parts.hidden {
            let word = content.get(part.clone()).unwrap_or_default();
            self.hide(document.range(text, place.part(part)), word);
        }
        for Secret { range, what, .. } in parts.found {
            let range = document.range(text, place.part(range));
            self.add(range, Some(place.node), what);
        }
    }

    fn hide(&mut self, range: Range<usize>, word: &str) {
        self.hidden.push(range);
        self.words.push(word.to_owned());
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

/// Ranges in order, those that overlap or touch as one.
fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
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

/// What is due as the text of a node, by the keys above it. The graver comes later: an anchored value that is used in several places
/// gets the gravest.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Due {
    #[default]
    Anything,
    /// The name of a variable or of a file: it is the `env` or the `file` of a reference.
    Name,
    /// A text that is hidden: it is under a key that sounds like a secret, or within an `env` or `file`.
    Hidden,
    /// The path to a secret in another tool.
    Foreign,
    /// A reference to a secret.
    Reference,
}

impl Due {
    /// What is due under a key of a mapping where this is due; under no key in a list.
    fn under(self, key: Option<&str>) -> Self {
        match (self, key) {
            (Self::Anything, Some("client_secret")) => Self::Reference,
            (Self::Anything, Some(key)) if sounds_like_secret(key) => Self::Hidden,
            (Self::Reference, Some("env" | "file")) => Self::Name,
            (Self::Reference, Some(key)) if FOREIGN_KEYS.contains(&key) => Self::Foreign,
            (Self::Name, _) => Self::Hidden,
            (other, _) => other,
        }
    }
}

/// What is due at a node.
#[derive(Debug, Clone, Copy, Default)]
struct DueAt {
    value: Due,
    /// Whether it stands in a reference, where people put the secret as a key, too.
    key_is_hidden: bool,
}

/// What is due at each node, by its id: by the keys that it is written under, and by those that aliases and merge keys bring it to.
fn due_in(document: &Tree) -> Vec<DueAt> {
    let mut due: Vec<DueAt> = Vec::with_capacity(document.nodes.len());
    for written in &document.nodes {
        // A parent is written before its children.
        let parent = written.parent.and_then(|id| due.get(id.0 as usize));
        let parent = parent.map(|parent| parent.value).unwrap_or_default();
        let key = match &written.step {
            Step::Key(key) => Some(&**key),
            Step::Root | Step::Index(_) => None,
        };
        due.push(DueAt {
            value: parent.under(key),
            key_is_hidden: matches!(parent, Due::Name | Due::Reference),
        });
    }
    let root = document.root().into_iter();
    let mut pending: Vec<_> = root
        .map(|root| (root, Due::Anything, Due::Anything))
        .collect();
    while let Some((node, parent, value)) = pending.pop() {
        if let Some(known) = due.get_mut(node.id().0 as usize) {
            known.value = known.value.max(value);
            known.key_is_hidden |= matches!(parent, Due::Name | Due::Reference);
        }
        let members = node.members();
        pending.extend(members.map(|(key, member)| (member, value, value.under(Some(key)))));
        pending.extend(node.items().map(|item| (item, value, value.under(None))));
    }
    due
}

/// Whether a key that is written where a reference to a secret is due may be shown: people put the secret there, too.
fn may_show_key(key: &str) -> bool {
    did_you_mean(key, &["env", "file"]).is_some() || key == "<<" || FOREIGN_KEYS.contains(&key)
}

/// Whether a key by its name holds a secret, whatever its case and punctuation.
pub fn sounds_like_secret(name: &str) -> bool {
    const PARTS: [&str; 6] = [
        "secret",
        "passw",
        "pwd",
        "privatekey",
        "accesstoken",
        "apikey",
    ];
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    let plain: String = letters.map(|letter| letter.to_ascii_lowercase()).collect();
    // `client_secret` with a slip or two; no field of the manifest is as near.
    let is_near = || {
        plain.starts_with('c')
            && !plain.starts_with("ca")
            && did_you_mean(name, &["client_secret"]).is_some()
    };
    PARTS.iter().any(|part| plain.contains(part)) || is_near()
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
    if let Some(name) = braces.or_else(|| text.strip_prefix("env:").map(str::trim)) {
        return Some(name).filter(|name| is_identifier(name));
    }
    let name = within("%", "%")
        .or_else(|| text.strip_prefix('$'))
        .unwrap_or(text);
    let is_upper = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    let is_name = is_identifier(name) && name.contains('_') && name.chars().all(is_upper);
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
