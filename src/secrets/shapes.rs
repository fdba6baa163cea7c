//! Secrets that a text gives away by itself: by their shape, or by the words before them.

use std::{collections::HashSet, ops::Range, sync::LazyLock};

use memchr::memmem::Finder;
use regex::Regex;

use super::{Secret, Secrets, assigned::NO_SECRET};
use crate::{
    manifest::{ENVIRONMENTS, fields::FIELDS},
    text::{lookalike, slice, url::Address},
};

#[expect(clippy::expect_used, reason = "a constant, which a test compiles")]
pub(super) fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is right")
}

/// Known secrets, none of them in the middle of a word. Sources: Adobe's developer documentation for `p8e-` client secrets, the
/// stored form of Campaign's passwords (page "Duplicating environments"), RFC 7519, RFC 7468.
static SHAPES: [(LazyLock<Regex>, &str); 3] = [
    (
        LazyLock::new(|| shape(r"p8e-[A-Za-z0-9_-]{12,}")),
        "an Adobe client secret",
    ),
    (
        LazyLock::new(|| shape(r"@[A-Za-z0-9+/]{22,}=*")),
        CIPHER_TEXT,
    ),
    (
        LazyLock::new(|| shape(r"eyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]*")),
        "a JSON Web Token",
    ),
];

/// A shape at the start of a word, or behind `_` or an escape.
fn shape(shape: &str) -> Regex {
    const START: &str = r"(?:(?-u:\b{start-half})|_|\\[A-Za-z]{1,2})";
    pattern(&[START, shape].concat())
}

/// The first and the last line of a text in PEM.
static PEM_MARK: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"-----(?:BEGIN|END) [A-Za-z0-9 ]*-----"));
/// What may stand between a header and the key (RFC 1421, RFC 9580).
const PEM_HEADERS: [&str; 6] = [
    "Proc-Type",
    "DEK-Info",
    "Version",
    "Comment",
    "Hash",
    "Charset",
];
const QUOTES: [char; 2] = ['"', '\''];
const PRIVATE_KEY: &str = "a private key";
const CIPHER_TEXT: &str = "an encrypted password of Campaign";

/// Secrets by their shape, and user information of URLs that holds a `:`; of any text. Word processors and chats put characters into
/// them that look like others, or like nothing.
pub fn in_text(text: &str) -> Secrets {
    let mut secrets = as_written(text);
    let look_alikes = lookalike::find(text);
    if look_alikes.is_empty() {
        return secrets;
    }
    let mut plain = String::with_capacity(text.len());
    // Where the parts of the text stand in the plain one, and in the text.
    let mut parts = vec![(0, 0)];
    for it in look_alikes {
        let (_, start) = parts.last().copied().unwrap_or_default();
        plain.push_str(slice(text, start..it.range.start));
        plain.push_str(&it.replacement);
        parts.push((plain.len(), it.range.end));
    }
    let (_, start) = parts.last().copied().unwrap_or_default();
    plain.push_str(slice(text, start..));
    let in_text = |range: Range<usize>| {
        let offset = |at: usize| {
            let next = parts.partition_point(|(plain, _)| *plain <= at);
            let (plain, start) = next.checked_sub(1).and_then(|it| parts.get(it).copied())?;
            (0..=start + at - plain)
                .rev()
                .find(|it| text.is_char_boundary(*it))
        };
        offset(range.start).unwrap_or(0)..offset(range.end).unwrap_or(text.len())
    };
    let found = as_written(&plain);
    secrets.hidden.extend(found.hidden.into_iter().map(in_text));
    let found = found.found.into_iter().map(|it| Secret {
        range: in_text(it.range),
        ..it
    });
    // Of two that begin at one place the whole one stays.
    secrets.found.splice(..0, found);
    secrets.sorted()
}

fn as_written(text: &str) -> Secrets {
    let mut secrets = Secrets::default();
    for (shape, what) in &SHAPES {
        if !has_trace(text, what) {
            continue;
        }
        for found in shape.find_iter(text) {
            if *what != CIPHER_TEXT || is_cipher_text(found.as_str()) {
                secrets.add(found.range(), None, what);
            }
        }
    }
    if has_trace(text, PRIVATE_KEY) {
        for range in private_keys(text) {
            secrets.add(range, None, PRIVATE_KEY);
        }
    }
    secrets.hidden.extend(in_urls(text));
    secrets.sorted()
}

/// Private keys in PEM, from the header to the END, or as far as they go where that is missing.
fn private_keys(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut marks = PEM_MARK.find_iter(text).peekable();
    while let Some(mark) = marks.next() {
        let is_header = mark.as_str().starts_with("-----BEGIN");
        if !is_header || !mark.as_str().contains("PRIVATE KEY") {
            continue;
        }
        let next = marks.peek();
        let end = match next.filter(|next| next.as_str().starts_with("-----END")) {
            Some(end) => end.end(),
            None => {
                let most = next.map_or(text.len(), regex::Match::start);
                let rest = text.get(mark.end()..most).unwrap_or_default();
                let quote = text
                    .get(..mark.start())
                    .and_then(|it| it.chars().next_back());
                mark.end() + rest_of_cut_key(rest, quote.filter(|it| QUOTES.contains(it)))
            }
        };
        found.push(mark.start()..end);
    }
    found
}

/// The names of a manifest's fields: where one begins a line, no key goes on.
static FIELD_NAMES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let names = FIELDS.iter().flat_map(|field| field.pointer.split('/'));
    let names = names.filter(|name| !matches!(*name, "" | "*"));
    names.chain([ENVIRONMENTS]).collect()
});

fn begins_with_a_field(line: &str) -> bool {
    let content = line.trim_start_matches(|c: char| c.is_whitespace() || "#-".contains(c));
    let name = content
        .split_once(':')
        .map(|(name, _)| name.trim_matches(QUOTES));
    name.is_some_and(|name| FIELD_NAMES.contains(name))
}

/// How much of what follows a header without an END may belong to its key: the rest of the line, and the lines below it up to a field.
/// Where the header stands in quotes that end on its line: up to these, and the lines below that base64 can stand in.
fn rest_of_cut_key(rest: &str, quote: Option<char>) -> usize {
    let is_base64 = |c: char| c.is_ascii_alphanumeric() || "+/=\\".contains(c);
    let is_around = |c: char| c.is_whitespace() || "#,;-+*/>)]}".contains(c) || QUOTES.contains(&c);
    let is_long = |run: &str| run.len() >= 20;
    let mut lines = rest.split_inclusive(['\n', '\r']);
    let first = lines.next().unwrap_or_default();
    let quoted = quote.and_then(|quote| first.find(quote));
    let goes_on = |end: &usize| {
        let behind = first.get(*end..).unwrap_or_default();
        behind.split(|c| !is_base64(c)).any(is_long)
    };
    let quoted = quoted.filter(|end| !goes_on(end));
    let mut start = first.len();
    let Some(mut end) = quoted else {
        let within = lines.take_while(|line| !begins_with_a_field(line));
        let end = start + within.map(str::len).sum::<usize>();
        return rest.get(..end).unwrap_or_default().trim_end().len();
    };
    for line in lines {
        let content = line.trim_start_matches(is_around);
        let run = content.find(|c| !is_base64(c)).unwrap_or(content.len());
        let (base64, behind) = content.split_at(run);
        let header = content.split_once(": ").map(|(name, _)| name);
        let is_header = header.is_some_and(|name| PEM_HEADERS.contains(&name));
        let is_body = is_long(base64) || behind.trim_start_matches(is_around).is_empty();
        if !is_header && !is_body {
            break;
        }
        if !content.is_empty() {
            end = start + line.trim_end().len();
        }
        start += line.len();
    }
    end
}

/// User information of URLs in a text of any kind: what holds a `:`, as a name and a password do, or is hidden already.
pub fn in_urls(text: &str) -> impl Iterator<Item = Range<usize>> {
    static SIGN: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("://"));
    let urls = SIGN.find_iter(text.as_bytes());
    let users = urls.filter_map(|start| before_at(text, start + 3));
    let is_user =
        |user: &str| user.contains(':') || !user.is_empty() && user.bytes().all(|it| it == b'*');
    users.filter(move |user| text.get(user.clone()).is_some_and(is_user))
}

/// Whether a text has what each secret of a shape has: most texts have none, and need no pattern for it.
fn has_trace(text: &str, what: &str) -> bool {
    static BEGINNINGS: LazyLock<[Finder<'static>; 3]> =
        LazyLock::new(|| ["p8e-", "eyJ", "-----BEGIN "].map(Finder::new));
    let [client_secret, token, key] = &*BEGINNINGS;
    let begins = match what {
        CIPHER_TEXT => {
            let is_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
            let follows = |at: usize| text.as_bytes().get(at + 1..at + 23);
            let mut signs = memchr::memchr_iter(b'@', text.as_bytes()).filter_map(follows);
            return signs.any(|bytes| bytes.iter().all(is_base64));
        }
        "an Adobe client secret" => client_secret,
        "a JSON Web Token" => token,
        _ => key,
    };
    begins.find(text.as_bytes()).is_some()
}

/// What stands from an offset to the last `@` before `/`, `?`, `#` or white space.
fn before_at(text: &str, start: usize) -> Option<Range<usize>> {
    let rest = text.get(start..)?;
    let ends = |c: char| matches!(c, '/' | '?' | '#') || c.is_whitespace();
    let user = rest.get(..rest.find(ends).unwrap_or(rest.len()))?;
    Some(start..start + user.rfind('@')?)
}

/// Whether what follows `@` is base64 of a multiple of 16 bytes.
fn is_cipher_text(found: &str) -> bool {
    let base64 = found.split_once('@').map_or(found, |(_, base64)| base64);
    let padding = base64.len() - base64.trim_end_matches('=').len();
    let bytes = (base64.len() / 4 * 3).saturating_sub(padding);
    base64.len().is_multiple_of(4) && padding <= 2 && bytes.is_multiple_of(16)
}

/// User information of a text where a URL is due. Where the text is no URL, all before the last `@` may be that, but for the scheme.
pub fn in_url(text: &str) -> Option<Range<usize>> {
    if let Ok(address) = Address::parse(text) {
        return address.user_information;
    }
    let at = text.rfind('@')?;
    let start = text.find("://").map_or(0, |scheme| scheme + 3).min(at);
    Some(start..at)
}

/// What may lead to a secret in a line in lower case of a text that does not parse: names of secrets, misspelt too and with or without a
/// colon, or another sign in its place; an anchor, whose value can be an alias's in any place; user information in a line.
///
/// Classes of Unicode and letters of both cases would take ten times as long to compile as all the rest of a check.
static LEAD: LazyLock<Regex> = LazyLock::new(|| {
    const WORD: &str = r"[a-z0-9_\x{80}-\x{10FFFF}-]*";
    pattern(&format!(
        r#"(?:^[\s{{,-]*["']?{WORD}(?:secret|passw|token|api[_-]?key){WORD}["']?[ \t]+|(?:secret|passw|passphrase|mot[_-]?de[_-]?passe|geheimnis|pwd|kennwort|credential|(?:access|api|client|encryption|private|signing)[_-]?key|token|(?-u:\b)jwt|(?-u:\b)(?:creds?|mdp|pass|pw)(?-u:\b)){WORD}["']?[ \t]*[:=]|(?-u:\b)c[lie]{{2,3}}nt[_-]?s[a-z]*["']?(?:[ \t]*[:=]|[ \t])|(?:^|[\s:,\[{{-])&[^\s,\[\]{{}}]+[ \t]|(?<env>(?-u:\b)env["']?[ \t]*:)|^[\s{{,<-]*["']?[a-z_-]*(?:secret|passw|token|api[_-]?key)[a-z_]*["']?(?:[^ \ta-z0-9_:="'-]|-[^a-z0-9]))[ \t]*"#,
    ))
});

/// The name of a variable and what may follow it.
static VARIABLE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^[A-Za-z_][A-Za-z0-9_]*[ \t]*(?:[,}#]|$)"));

/// What may be a secret in a text that does not parse: what follows such a name, to the end of the line, and the lines below that are
/// further in, items of a list, or no field. Where a reference follows, what stands behind it, and below it what is no field.
pub(super) fn in_broken_text(text: &str) -> Vec<Range<usize>> {
    let mut hidden = Vec::new();
    let users = text.match_indices("://");
    hidden.extend(users.filter_map(|(start, _)| before_at(text, start + 3)));
    // The indentation of the line whose value goes on.
    let mut within = None;
    // The same of a reference.
    let mut below_reference = None;
    let mut start = 0;
    for line in text.split_inclusive(['\n', '\r']) {
        let range = start..start + line.trim_end_matches(['\n', '\r']).len();
        start += line.len();
        let content = line.trim();
        let indentation = line.len() - line.trim_start_matches([' ', '\t', '#']).len();
        let is_field = [": ", " = "].iter().any(|sign| content.contains(sign));
        let is_field = is_field || content.ends_with(':');
        let is_within = |outer| indentation > outer || content.starts_with('-') || !is_field;
        let goes_on = within.is_some_and(is_within);
        if goes_on && is_field_of_reference(content) {
            continue;
        }
        let is_below = below_reference.is_some_and(|outer| {
            let is_value = !content.starts_with('#') && !is_field;
            is_value && (indentation > outer || !content.contains([' ', '\t']))
        });
        if goes_on || is_below {
            hidden.push(range);
            continue;
        }
        within = None;
        below_reference = None;
        let line = line.trim_end();
        let lower = line.to_ascii_lowercase();
        let mut values = LEAD.captures_iter(&lower).filter_map(|lead| {
            let at = lead.get(0)?.end();
            let value = line.get(at..).unwrap_or_default();
            if value.starts_with('{')
                && let Some(reference) = NO_SECRET.find(value)
            {
                below_reference = Some(indentation);
                let behind = value.get(reference.end()..).unwrap_or_default();
                let behind = behind.trim_start_matches([' ', '\t', ',', '}', ']']);
                let is_end =
                    behind.is_empty() || behind.starts_with('#') || begins_with_a_field(behind);
                return (!is_end).then_some(line.len() - behind.len());
            }
            let is_name = lead.name("env").is_some() && VARIABLE.is_match(value);
            (!is_name).then_some(at)
        });
        if let Some(at) = values.next() {
            hidden.push((range.start + at).min(range.end)..range.end);
            within = Some(indentation);
        }
    }
    hidden
}

/// Whether a line below `client_secret:` is a field of a reference as it should be.
fn is_field_of_reference(line: &str) -> bool {
    let env = line.strip_prefix("env:").map(str::trim_start);
    line.starts_with("file:") || env.is_some_and(|name| VARIABLE.is_match(name))
}
