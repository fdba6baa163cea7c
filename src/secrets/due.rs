//! Where a secret is due, by the keys above a value.

use super::FOREIGN_KEYS;
use crate::{
    text::suggest::did_you_mean,
    yaml::{Node, Step, Tree, Value},
};

/// The fields of groups and environments.
const FIELDS: [&str; 7] = [
    "create",
    "label",
    "profile",
    "external_account",
    "groups",
    "instance",
    "organization",
];

/// The fields of other tools' references that say where a secret is. What other fields hold may be the secret itself.
const OF_PLACES: [&str; 12] = [
    "arn",
    "engine",
    "field",
    "key",
    "mount",
    "name",
    "namespace",
    "optional",
    "path",
    "region",
    "vaultName",
    "version",
];

/// What is due as the text of a node, by the keys above it. The graver comes later: an anchored value that is used in several places
/// gets the gravest.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Due {
    #[default]
    Anything,
    /// Members whose keys are names that people chose: groups and environments.
    Named,
    /// The name of a variable or of a file: it is the `env` or the `file` of a reference.
    Name,
    /// A text that is hidden: its key is a name that people chose and sounds like a secret. Below it are the fields of a group or an
    /// environment.
    Chosen,
    /// A text that is hidden: it is under a name that sounds like a secret, or within an `env` or `file`.
    Hidden,
    /// A text that is a secret: it is under a key that sounds like one.
    Secret,
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
            (Self::Anything, Some("groups" | "environments")) => Self::Named,
            (Self::Anything, Some(key)) if sounds_like_secret(key) => Self::Secret,
            (Self::Named, Some(key)) if sounds_like_secret(key) => Self::Chosen,
            (Self::Chosen, Some(key)) if FIELDS.contains(&key) => Self::Anything.under(Some(key)),
            (Self::Chosen, _) => Self::Hidden,
            (Self::Named, _) => Self::Anything,
            (Self::Reference | Self::Secret, Some("env" | "file")) => Self::Name,
            (Self::Reference, Some(key)) if FOREIGN_KEYS.contains(&key) => Self::Foreign,
            (Self::Foreign, Some(key)) if OF_PLACES.contains(&key) => Self::Hidden,
            (Self::Name, _) => Self::Hidden,
            (other, _) => other,
        }
    }
}

/// What is due at a node.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct DueAt {
    pub(super) value: Due,
    /// Whether it stands in a reference, where people put the secret as a key, too.
    pub(super) key_is_hidden: bool,
}

/// What is due at each node, by its id: by the keys that it is written under, and by those that aliases and merge keys bring it to.
pub(super) fn due_in(document: &Tree) -> Vec<DueAt> {
    let mut due: Vec<DueAt> = Vec::with_capacity(document.nodes.len());
    for written in &document.nodes {
        // A parent is written before its children.
        let parent = written.parent.and_then(|id| due.get(id.0 as usize));
        let parent = parent.map(|parent| parent.value).unwrap_or_default();
        let key = match &written.step {
            Step::Key(key) => Some(&**key),
            Step::Root | Step::Index(_) => None,
        };
        // An anchored key is a node, too.
        let is_key = key.is_some() && written.key.is_none();
        let is_shown_key = is_key && written.text.as_deref().is_some_and(may_show_key);
        due.push(DueAt {
            value: match is_shown_key {
                true => Due::Anything,
                false => parent.under(key),
            },
            key_is_hidden: matches!(parent, Due::Name | Due::Reference),
        });
    }
    let is_reached_elsewhere = |node: &Node| {
        matches!(node.value, Value::Alias(_))
            || matches!(&node.step, Step::Key(key) if **key == *"<<")
    };
    if !document.nodes.iter().any(is_reached_elsewhere) {
        return due;
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
pub(super) fn may_show_key(key: &str) -> bool {
    // `{env:NAME}` lacks a blank.
    let is_joined = key.strip_prefix("env:").is_some_and(super::is_identifier);
    matches!(key, "env" | "file" | "<<")
        || is_joined
        || FOREIGN_KEYS.contains(&key)
        || did_you_mean(key, &["env", "file"]).is_some()
}

/// Whether a key by its name holds a secret, whatever its case and punctuation.
pub fn sounds_like_secret(name: &str) -> bool {
    let mut plain = name.bytes().filter(u8::is_ascii_alphanumeric);
    let mut next = || plain.next().map(|byte| byte.to_ascii_lowercase());
    // `client_secret` with a slip or two; no field of the manifest is as near.
    if next() == Some(b'c')
        && next() != Some(b'a')
        && did_you_mean(name, &["client_secret"]).is_some()
    {
        return true;
    }
    // Most names lack a letter of each.
    let known = letters(name);
    let candidates = NAMES.iter().filter(|(_, _, it)| it & !known == 0);
    let mut candidates = candidates.peekable();
    if candidates.peek().is_none() {
        return false;
    }
    let plain = name.bytes().filter(u8::is_ascii_alphanumeric);
    let plain: String = plain
        .map(|byte| char::from(byte.to_ascii_lowercase()))
        .collect();
    let singular = plain.strip_suffix('s').unwrap_or(&plain);
    candidates.any(|(text, at, _)| match at {
        At::AnyPart => plain.contains(text),
        At::LastWord => singular.ends_with(text),
        At::Whole => plain == *text,
    })
}

/// Where the name of a secret stands in the name of a key.
enum At {
    AnyPart,
    /// `token_endpoint` is none.
    LastWord,
    Whole,
}

/// The names of secrets, each with its letters.
const NAMES: [(&str, At, u32); 22] = [
    named("secret", At::AnyPart),
    named("passw", At::AnyPart),
    named("pwd", At::AnyPart),
    named("motdepasse", At::AnyPart),
    named("geheimnis", At::AnyPart),
    named("privatekey", At::AnyPart),
    named("accesstoken", At::AnyPart),
    named("apikey", At::AnyPart),
    named("accesskey", At::LastWord),
    named("clientkey", At::LastWord),
    named("credential", At::LastWord),
    named("encryptionkey", At::LastWord),
    named("jwt", At::LastWord),
    named("kennwort", At::LastWord),
    named("passphrase", At::LastWord),
    named("signingkey", At::LastWord),
    named("token", At::LastWord),
    named("cred", At::Whole),
    named("creds", At::Whole),
    named("mdp", At::Whole),
    named("pass", At::Whole),
    named("pw", At::Whole),
];

const fn named(text: &str, at: At) -> (&str, At, u32) {
    let letters = letters(text);
    (text, at, letters)
}

/// The ASCII letters that a text has, a bit for each; other characters add a bit of any letter.
const fn letters(text: &str) -> u32 {
    let mut rest = text.as_bytes();
    let mut found = 0;
    while let [byte, after @ ..] = rest {
        found |= 1 << (*byte & 0x1f);
        rest = after;
    }
    found
}
