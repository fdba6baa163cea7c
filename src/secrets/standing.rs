//! What the place of a value says about it: whether a secret, or a reference to one, is due there.

use crate::{
    text::suggest::did_you_mean,
    yaml::{Document, Node, Step, Value},
};

/// What a node's ancestors, itself included, tell about its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Nothing.
    Open,
    /// It is under a key that by its name holds a secret, or within the `env` or `file` of a reference.
    Hidden,
    /// It is where a reference to a secret is due.
    SecretDue,
    /// It is the `env` or the `file` of a reference.
    Reference,
}

impl Standing {
    /// The standing of what a mapping of this standing has under a key.
    fn under(self, key: &str) -> Self {
        match self {
            Self::Open if key == "client_secret" => Self::SecretDue,
            Self::Open if is_secret_name(key) => Self::Hidden,
            Self::SecretDue if matches!(key, "env" | "file") => Self::Reference,
            Self::Reference => Self::Hidden,
            other => other,
        }
    }
}

/// Whether a key that is written where a reference to a secret is due may be shown: people put the secret there, too.
pub(super) fn may_show_key(key: &str) -> bool {
    did_you_mean(key, &["env", "file"]).is_some() || key == "<<"
}

/// Each node's standing, by its id.
pub(super) fn standings(document: &Document) -> Vec<Standing> {
    // Parents come before their children.
    let mut standings: Vec<Standing> = Vec::with_capacity(document.written.len());
    for written in &document.written {
        let parent = written
            .parent
            .and_then(|parent| standings.get(parent.0 as usize));
        let parent = parent.copied().unwrap_or(Standing::Open);
        standings.push(match &written.step {
            Step::Key(key) => parent.under(key),
            Step::Index(_) if parent == Standing::Reference => Standing::Hidden,
            Step::Root | Step::Index(_) => parent,
        });
    }
    // What is anchored elsewhere and comes to such a place as an alias, or by a merge key.
    let mut pending = vec![&*document.root];
    while let Some(node) = pending.pop() {
        match &node.value {
            Value::Mapping(mapping) => {
                for member in &mapping.members {
                    let is_elsewhere =
                        member.via.is_some() || matches!(member.value.value, Value::Alias(_));
                    let own = standings.get(node.id.0 as usize).copied();
                    let standing = own.unwrap_or(Standing::Open);
                    if is_elsewhere && standing.under(&member.key) != Standing::Open {
                        let standing = standing.under(&member.key);
                        spread(&member.value, standing, &mut standings);
                    }
                    pending.push(&member.value);
                }
            }
            Value::Sequence(items) => pending.extend(items.iter().map(|item| &**item)),
            _ => {}
        }
    }
    standings
}

/// Gives a value and what is in it a standing, through aliases. An anchored value that is used in several places gets the graver one.
fn spread(node: &Node, standing: Standing, standings: &mut [Standing]) {
    let mut pending = vec![(node, standing)];
    while let Some((node, standing)) = pending.pop() {
        let (node, _) = node.resolve();
        if let Some(known) = standings.get_mut(node.id.0 as usize)
            && matches!(*known, Standing::Open | Standing::Reference)
        {
            *known = standing;
        }
        match &node.value {
            Value::Mapping(mapping) => pending.extend(
                mapping
                    .members
                    .iter()
                    .map(|member| (&*member.value, standing.under(&member.key))),
            ),
            Value::Sequence(items) => {
                let standing = match standing {
                    Standing::Reference => Standing::Hidden,
                    other => other,
                };
                pending.extend(items.iter().map(|item| (&**item, standing)));
            }
            _ => {}
        }
    }
}

/// Whether a key by its name holds a secret, whatever its case and punctuation.
fn is_secret_name(name: &str) -> bool {
    let letters = name.bytes().filter(u8::is_ascii_alphanumeric);
    let plain: Vec<u8> = letters.map(|letter| letter.to_ascii_lowercase()).collect();
    let holds = |part: &[u8]| plain.windows(part.len()).any(|window| window == part);
    let parts: [&[u8]; 5] = [
        b"secret",
        b"passw",
        b"privatekey",
        b"accesstoken",
        b"apikey",
    ];
    // `client_secret` with a slip or two. Every key of every manifest is asked, and none of its fields gets as far as the comparison.
    let is_near = || {
        (9..=15).contains(&plain.len())
            && plain.starts_with(b"c")
            && !plain.starts_with(b"ca")
            && did_you_mean(name, &["client_secret"]).is_some()
    };
    parts.iter().any(|part| holds(part)) || is_near()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_secrets_are_known_misspelt_too() {
        for name in [
            "client_secret",
            "client-secret",
            "clientSecret",
            "client_secert",
            "cilent_secrte",
            "client_scret",
            "my_password",
            "API-Key",
            &format!("{}-secret", "long".repeat(50)),
        ] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in [
            "client_id",
            "callback_server",
            "context",
            "create",
            "content",
            "central",
        ] {
            assert!(!is_secret_name(name), "{name}");
        }
    }

    #[test]
    fn keys_where_a_reference_is_due_may_be_the_secret() {
        assert!(may_show_key("env") && may_show_key("enw") && may_show_key("File"));
        assert!(!may_show_key("hunter22") && !may_show_key(""));
    }
}
