//! What no output may show. Secrets are found by where they stand and by their shape, never by searching for a known value.

mod lines;
mod mask;
mod standing;

use std::ops::Range;

pub use mask::Mask;
use standing::{Standing, may_show_key, standings};

use crate::yaml::{Document, NodeId, Place, Step, Style, Written};

/// The fields whose text is a URL, which can carry user information.
const URL_FIELDS: [&str; 4] = [
    "url",
    "ims_server",
    "callback_server",
    "experience_cloud_server",
];

/// What a search found.
#[derive(Debug, Default)]
pub struct Secrets {
    /// Byte ranges that no output may show.
    pub hidden: Vec<Range<usize>>,
    /// The secrets that have to go.
    pub found: Vec<Secret>,
    /// The texts of hidden values and keys, which no message may name.
    pub words: Vec<String>,
}

/// A secret that stands in a manifest.
#[derive(Debug, PartialEq, Eq)]
pub struct Secret {
    /// Where.
    pub range: Range<usize>,
    /// The node whose value or key it is in.
    pub node: Option<NodeId>,
    /// What it is, for people.
    pub what: &'static str,
}

/// Finds the secrets of a text. `document` is its tree where it has one.
pub fn find(text: &str, document: Option<&Document>) -> Secrets {
    let mut secrets = Secrets::default();
    let shapes = shapes(text);
    let user_information = user_information(text);
    if let Some(document) = document {
        let search = Search {
            text,
            document,
            standings: standings(document),
            is_clean: shapes.is_empty() && user_information.is_empty(),
        };
        for ((id, written), standing) in (0..)
            .map(NodeId)
            .zip(&document.written)
            .zip(&search.standings)
        {
            secrets.in_node(&search, id, written, *standing);
        }
    }
    for (range, what) in shapes {
        secrets.add(range, None, what);
    }
    secrets.hidden.extend(user_information);
    match document {
        Some(document) => {
            for comment in &document.comments {
                let line = text.get(comment.range.clone()).unwrap_or_default();
                let hidden = lines::assignments(line).into_iter();
                secrets
                    .hidden
                    .extend(hidden.map(|range| shift(range, comment.range.start)));
            }
        }
        None => secrets.hidden.extend(lines::in_broken_text(text)),
    }
    secrets.drop_overlapping();
    secrets
}

/// What is searched.
struct Search<'a> {
    text: &'a str,
    document: &'a Document,
    /// Each node's standing, by its id.
    standings: Vec<Standing>,
    /// Whether the raw text has neither shapes nor user information.
    is_clean: bool,
}

impl Search<'_> {
    /// Whether a scalar was searched with the raw text already: it is written without escapes and line breaks.
    fn is_known_clean(&self, range: &Range<usize>, content: &str) -> bool {
        let raw = self.text.get(range.clone()).unwrap_or_default();
        let quotes = ['"', '\''];
        self.is_clean
            && (raw == content
                || raw.trim_start_matches(quotes).trim_end_matches(quotes) == content)
    }
}

impl Secrets {
    fn in_node(&mut self, search: &Search<'_>, id: NodeId, written: &Written, standing: Standing) {
        let (text, document) = (search.text, search.document);
        let value = Place::value(id, None);
        let key = match &written.step {
            Step::Key(key) => &**key,
            Step::Root | Step::Index(_) => "",
        };
        if let Some(content) = &written.text {
            let hide = match standing {
                Standing::Open => false,
                Standing::Hidden => true,
                // An `env` that is no identifier is likely the secret itself.
                Standing::Reference => key != "file" && !is_identifier(content),
                Standing::SecretDue => {
                    let is_secret = !content.is_empty() && !is_null(written);
                    if is_secret {
                        self.add(document.range(text, value), Some(id), "a client secret");
                    }
                    is_secret
                }
            };
            if hide {
                self.hidden.push(document.range(text, value));
                self.words.push(content.to_string());
            } else if content.contains([':', '=']) {
                for part in lines::assignments(content) {
                    self.hidden.push(document.range(text, value.part(part)));
                }
            }
            if !search.is_known_clean(&written.range, content) {
                self.parts(search, id, content);
            }
            if URL_FIELDS.contains(&key)
                && let Some(part) = before_at(content)
            {
                self.hidden.push(document.range(text, value.part(part)));
            }
        }
        let parent = written
            .parent
            .and_then(|id| search.standings.get(id.0 as usize));
        if parent.is_some_and(|parent| !matches!(parent, Standing::Open | Standing::Hidden))
            && !key.is_empty()
            && !may_show_key(key)
        {
            self.hidden.push(document.range(text, value.key()));
            self.words.push(key.to_owned());
        }
        let is_known_clean = |range| search.is_known_clean(range, key);
        if !written.key.as_ref().is_none_or(is_known_clean) {
            for (part, what) in shapes(key) {
                self.add(document.range(text, value.key().part(part)), Some(id), what);
            }
        }
    }

    /// The secrets in a scalar. Each is a search of the scalar, so one that is full of them counts as a whole.
    fn parts(&mut self, search: &Search<'_>, id: NodeId, content: &str) {
        const MANY: usize = 100;
        let (text, document) = (search.text, search.document);
        let value = Place::value(id, None);
        let (shapes, users) = (shapes(content), user_information(content));
        if shapes.len() + users.len() > MANY {
            let whole = document.range(text, value);
            self.hidden.push(whole.clone());
            if let Some((_, what)) = shapes.first() {
                self.add(whole, Some(id), what);
            }
            return;
        }
        for (part, what) in shapes {
            self.add(document.range(text, value.part(part)), Some(id), what);
        }
        for part in users {
            self.hidden.push(document.range(text, value.part(part)));
        }
    }

    fn add(&mut self, range: Range<usize>, node: Option<NodeId>, what: &'static str) {
        self.hidden.push(range.clone());
        self.found.push(Secret { range, node, what });
    }

    /// What was found in a node is found once more in the raw text; the node knows more.
    fn drop_overlapping(&mut self) {
        self.found
            .sort_by_key(|secret| (secret.range.start, secret.node.is_none()));
        let mut end = 0;
        self.found.retain(|secret| {
            let new = secret.range.start >= end;
            end = end.max(secret.range.end);
            new
        });
    }
}

fn is_null(written: &Written) -> bool {
    written.style == Style::Plain
        && matches!(
            written.text.as_deref(),
            Some("" | "~" | "null" | "Null" | "NULL")
        )
}

/// Whether a text can name an environment variable.
fn is_identifier(text: &str) -> bool {
    !text.starts_with(|first: char| first.is_ascii_digit())
        && !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn shift(range: Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

/// User information of URLs, anywhere in a text: what stands between `://` and the last `@` before white space, a quote or the end.
pub fn user_information(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for scheme in memchr::memmem::find_iter(text.as_bytes(), "://") {
        let start = scheme + 3;
        let rest = text.get(start..).unwrap_or_default();
        let rest = rest.get(..floor(rest, 1024)).unwrap_or_default();
        let token =
            rest.find(|character: char| character.is_whitespace() || "\"'<>`".contains(character));
        let token = rest.get(..token.unwrap_or(rest.len())).unwrap_or_default();
        if let Some(at) = token.rfind('@') {
            found.push(start..start + at);
        }
    }
    found
}

/// What may be user information in a text that is to be a URL, however it is misspelt: all before the last `@`, but for the scheme.
pub fn before_at(url: &str) -> Option<Range<usize>> {
    let at = url.rfind('@')?;
    let start = url.find("://").map_or(0, |scheme| scheme + 3).min(at);
    Some(start..at)
}

fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A text from a package or a list as it may be shown: known shapes of secrets and user information of URLs become `*`.
pub fn masked(text: &str) -> String {
    let mut hidden = user_information(text);
    hidden.extend(shapes(text).into_iter().map(|(range, _)| range));
    if hidden.is_empty() {
        return text.to_owned();
    }
    text.char_indices()
        .map(|(at, character)| {
            let is_hidden = hidden.iter().any(|range| range.contains(&at));
            if is_hidden { '*' } else { character }
        })
        .collect()
}

/// Parts of a text that have the shape of a known secret. Sources: Adobe's developer documentation for `p8e-` client secrets, the
/// stored form of Campaign's passwords (page "Duplicating environments"), RFC 7468, RFC 7519.
pub fn shapes(text: &str) -> Vec<(Range<usize>, &'static str)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    // A run of such characters is read once, however often it begins anew: the search stays linear.
    let mut read_to = 0;
    for at in memchr::memmem::find_iter(bytes, "p8e-") {
        if at < read_to || follows_word(bytes, at) {
            continue;
        }
        let length = run(bytes, at + 4, is_token);
        read_to = at + 4 + length;
        if length >= 12 {
            found.push((at..at + 4 + length, "an Adobe client secret"));
        }
    }
    for at in memchr::memchr_iter(b'@', bytes) {
        if let Some(length) = cipher_text(bytes.get(at + 1..).unwrap_or_default())
            && !follows_word(bytes, at)
        {
            found.push((at..at + 1 + length, "an encrypted password of Campaign"));
        }
    }
    read_to = 0;
    for at in memchr::memmem::find_iter(bytes, "eyJ") {
        if at < read_to || follows_word(bytes, at) {
            continue;
        }
        read_to = at + run(bytes, at, is_token);
        if let Some(length) = web_token(bytes.get(at..).unwrap_or_default()) {
            read_to = at + length;
            found.push((at..at + length, "a JSON Web Token"));
        }
    }
    found.extend(
        private_keys(text)
            .into_iter()
            .map(|range| (range, "a private key")),
    );
    found
}

fn follows_word(bytes: &[u8], at: usize) -> bool {
    at.checked_sub(1)
        .and_then(|before| bytes.get(before))
        .is_some_and(u8::is_ascii_alphanumeric)
}

fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

fn run(bytes: &[u8], from: usize, is: impl Fn(u8) -> bool) -> usize {
    bytes
        .get(from..)
        .unwrap_or_default()
        .iter()
        .take_while(|byte| is(**byte))
        .count()
}

/// The length of base64 of a multiple of 16 bytes, if the bytes begin with that and nothing of the kind follows.
fn cipher_text(bytes: &[u8]) -> Option<usize> {
    let digits = run(bytes, 0, |byte| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/')
    });
    let padding = run(bytes, digits, |byte| byte == b'=');
    let length = digits + padding;
    let decoded = (length / 4 * 3).checked_sub(padding)?;
    (digits > 0 && length % 4 == 0 && padding <= 2 && decoded % 16 == 0).then_some(length)
}

/// The length of a JSON Web Token: three parts, the first two JSON objects in base64url.
fn web_token(bytes: &[u8]) -> Option<usize> {
    let part = |from: usize| run(bytes, from, is_token);
    let header = part(0);
    let payload_start = header + 1;
    let payload = part(payload_start);
    let signature_start = payload_start + payload + 1;
    let dot = |at: usize| bytes.get(at) == Some(&b'.');
    let lawful = header >= 8 && payload >= 4 && dot(header) && dot(payload_start + payload);
    lawful.then(|| signature_start + part(signature_start))
}

fn private_keys(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for start in memchr::memmem::find_iter(text.as_bytes(), "-----BEGIN ") {
        if found.last().is_some_and(|last| start < last.end) {
            continue;
        }
        let rest = text.get(start..).unwrap_or_default();
        let label_end = rest
            .get(11..)
            .and_then(|rest| rest.find("-----"))
            .map_or(0, |end| end + 11);
        if !rest
            .get(..label_end)
            .is_some_and(|label| label.ends_with("PRIVATE KEY"))
        {
            continue;
        }
        let end = match rest.find("-----END ") {
            Some(end) => {
                let tail = rest.get(end + 9..).unwrap_or_default();
                tail.find("-----")
                    .map_or(rest.len(), |dashes| end + 9 + dashes + 5)
            }
            None => rest.len(),
        };
        found.push(start..start + end);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<&str> {
        shapes(text)
            .into_iter()
            .map(|(range, _)| &text[range])
            .collect()
    }

    #[test]
    fn known_shapes_are_found() {
        assert_eq!(parts("x p8e-AbCd1234efGH5678 y"), ["p8e-AbCd1234efGH5678"]);
        assert_eq!(
            parts("'@57QS5VHMb9BCsojLVrKI/Q=='"),
            ["@57QS5VHMb9BCsojLVrKI/Q=="]
        );
        let token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln";
        assert_eq!(parts(token), [token]);
        let key = "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----";
        assert_eq!(parts(&format!("# {key} tail")), [key]);
        assert_eq!(
            parts("-----BEGIN PRIVATE KEY-----\nMIIE"),
            ["-----BEGIN PRIVATE KEY-----\nMIIE"]
        );
    }

    #[test]
    fn what_escapes_and_line_breaks_hide_is_found() {
        for text in [
            "a: \"p8e\\x2dAbCd1234efGH5678\"",
            "a: \"p8e-AbCd\\\n  1234efGH5678\"",
            "\"p8e\\x2dAbCd1234efGH5678\": a",
        ] {
            let (document, _) = crate::yaml::parse(text);
            let secrets = find(text, document.as_ref());
            assert_eq!(secrets.found.len(), 1, "{text}");
        }
        let text = "callback_server: \"https:/\\x2fme:pw@host\"";
        let (document, _) = crate::yaml::parse(text);
        assert!(!find(text, document.as_ref()).hidden.is_empty());
    }

    #[test]
    fn other_texts_are_not() {
        for text in [
            "4E3D60F754C8E5D50A4C98A2@AdobeOrg",
            "someone@campaign",
            "p8e-short",
            "mp8e-AbCd1234efGH5678",
            "-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----",
            "eyJhbGciOiJ.x",
            "@57QS5VHMb9BCsojLVrKI/Q=",
        ] {
            assert_eq!(parts(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn user_information_is_found() {
        let text = "a: https://me:p/w@host/x@y and http://host/";
        let found: Vec<&str> = user_information(text)
            .into_iter()
            .map(|range| &text[range])
            .collect();
        assert_eq!(found, ["me:p/w@host/x"]);
    }
}
