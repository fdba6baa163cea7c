//! URLs as RFC 3986 writes them, judged strictly, and their hosts as they are compared.

use std::{
    borrow::Cow,
    net::{Ipv4Addr, Ipv6Addr},
    ops::Range,
};

use fluent_uri::{Iri, ParseError, ParseErrorKind, component::Scheme};

use super::{is_visible_ascii, lookalike, slice};

/// The parts of an absolute URL with a host. Ranges are byte ranges of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The scheme, as written.
    pub scheme: Range<usize>,
    /// What stands before `@` in the authority.
    pub user_information: Option<Range<usize>>,
    /// The host, as written, brackets of an IPv6 address included.
    pub host: Range<usize>,
    /// The port with its colon, as written.
    pub port: Option<Range<usize>>,
    /// From the end of the authority to the end: path, query and fragment.
    pub rest: Range<usize>,
    /// Whether the scheme is `https`.
    pub is_https: bool,
    /// The host as it is compared: lower-case, IDNA's ASCII form, no final dot.
    pub host_name: String,
    /// The port, the scheme's own where none is written.
    pub port_number: Option<u16>,
    /// Whether the host is an IP address.
    pub is_ip: bool,
}

/// Why a text is no URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressError {
    /// The characters that are wrong; the whole text where something is missing.
    pub range: Range<usize>,
    /// What is wrong, to follow "is not a URL: ". Quotes no more than one character.
    pub reason: String,
    /// What to do.
    pub help: &'static str,
}

fn error<T>(
    range: Range<usize>,
    reason: impl Into<String>,
    help: &'static str,
) -> Result<T, AddressError> {
    Err(AddressError {
        range,
        reason: reason.into(),
        help,
    })
}

/// What follows the authority beside a lone `/`, for people: "a path", "a query" or "a fragment".
pub fn extra_part(rest: &str) -> Option<&'static str> {
    match rest {
        "" | "/" => None,
        _ if rest.contains('#') => Some("a fragment"),
        _ if rest.contains('?') => Some("a query"),
        _ => Some("a path"),
    }
}

/// Where the scheme ends, if the text begins with `scheme://`.
pub fn scheme_end(text: &str) -> Option<usize> {
    let (scheme, rest) = text.split_once(':')?;
    (rest.starts_with("//") && Scheme::new(scheme).is_some()).then_some(scheme.len())
}

/// How long `https://` is that a text begins with, whatever of its signs is missing.
fn second_scheme(text: &str) -> Option<usize> {
    let (scheme, _) = text.split_at_checked(text.find([':', '/'])?)?;
    let is_known = ["http", "https"]
        .iter()
        .any(|it| scheme.eq_ignore_ascii_case(it));
    let signs = text.get(scheme.len()..)?;
    let rest = signs.trim_start_matches([':', '/']);
    (is_known && signs.len() > rest.len() + 1).then_some(text.len() - rest.len())
}

impl Address {
    /// Takes an absolute URL with a host apart.
    ///
    /// # Errors
    /// Where the text is not one as RFC 3986 writes it, but for a host in Unicode, which is compared in its IDNA form, and for user
    /// information, which has to go whatever it is.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let authority = authority(text)?;
        let user_information = slice(text, authority.clone())
            .rfind('@')
            .map(|at| authority.start..authority.start + at);
        let host_start = match &user_information {
            Some(user) => user.end + 1,
            None => authority.start,
        };
        let server = host_start..authority.end;
        if let Some(length) = second_scheme(slice(text, authority.start..text.len())) {
            let second = authority.start..authority.start + length;
            let help = "write one `https://`, and the host after it";
            return error(second, "it has a second scheme", help);
        }
        if server.is_empty() || slice(text, server.clone()).starts_with(':') {
            let help = "write the host after `://`, such as `https://campaign.contoso.com`";
            return error(0..text.len(), "it has no host", help);
        }
        let mut without_user = Cow::Borrowed(text);
        if user_information.is_some() {
            let rest = slice(text, host_start..text.len());
            without_user = Cow::Owned([slice(text, 0..authority.start), rest].concat());
        }
        let iri = Iri::parse(&*without_user)
            .or_else(|problem| refused(text, &server, problem, host_start - authority.start))?;
        let Some(parts) = iri.authority() else {
            return no_host(server);
        };
        let host = host_start..host_start + parts.host().len();
        only_hosts_in_unicode(text, &host)?;
        only_names(text, &host)?;
        let port = (host.end < server.end).then_some(host.end..server.end);
        let Ok(written_port) = parts.port_to_u16() else {
            return no_port(host.end..server.end);
        };
        if written_port == Some(0) {
            return no_port(host.end..server.end);
        }
        let Some((host_name, is_ip)) = comparable(parts.host()) else {
            return no_host(host);
        };
        Ok(Self {
            scheme: 0..iri.scheme().as_str().len(),
            user_information,
            host,
            port,
            rest: server.end..text.len(),
            is_https: iri.scheme().as_str().eq_ignore_ascii_case("https"),
            host_name,
            port_number: written_port.or(iri.scheme().default_port()),
            is_ip,
        })
    }

    /// Whether the host is a domain, or below it.
    pub fn is_below(&self, domain: &str) -> bool {
        let rest = self.host_name.strip_suffix(domain);
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    }

    /// The scheme, host and port that tell one server from another.
    pub fn origin(&self) -> String {
        let scheme = if self.is_https { "https" } else { "http" };
        match self.port_number {
            Some(port) => format!("{scheme}://{}:{port}", self.host_name),
            None => format!("{scheme}://{}", self.host_name),
        }
    }
}

/// Where the authority stands, in a text that browsers need not repair to find it.
fn authority(text: &str) -> Result<Range<usize>, AddressError> {
    let mut characters = text.char_indices();
    let white = (!is_visible_ascii(text)).then(|| characters.find(|(_, it)| it.is_whitespace()));
    if let Some((at, character)) = white.flatten() {
        let help = match character {
            ' ' => "remove the white space",
            _ => "remove it; a space in a path is written `%20`",
        };
        return error(at..at + character.len_utf8(), "it holds white space", help);
    }
    if let Some(at) = text.find('\\') {
        return error(at..at + 1, "it holds a backslash", "write `/`");
    }
    let Some(scheme_end) = scheme_end(text) else {
        let help = "begin with `https://` and the host, such as `https://campaign.contoso.com`";
        return error(0..text.len(), "it has no `https://`", help);
    };
    let start = scheme_end + "://".len();
    let after = slice(text, start..text.len());
    Ok(start..start + after.find(['/', '?', '#']).unwrap_or(after.len()))
}

/// Why the parser refuses a text. It has not seen the user information, which is `shift` bytes long and stands before `server`.
fn refused<T>(
    text: &str,
    server: &Range<usize>,
    problem: ParseError,
    shift: usize,
) -> Result<T, AddressError> {
    let at = problem.index() + shift;
    if !server.contains(&at) {
        return no_character(text, at);
    }
    let host = slice(text, server.clone());
    if problem.kind() == ParseErrorKind::InvalidIpv6Addr || host.starts_with('[') {
        return no_host(server.clone());
    }
    match host.find(':') {
        Some(colon) if server.start + colon < at => no_port(server.start + colon..server.end),
        _ => no_character(text, at),
    }
}

/// Only a host may be written in Unicode, and only in letters and digits.
fn only_hosts_in_unicode(text: &str, host: &Range<usize>) -> Result<(), AddressError> {
    if text.is_ascii() {
        return Ok(());
    }
    let mut others = text.char_indices().filter(|(at, character)| {
        let is_letter = character.is_alphanumeric() && lookalike::full_width(*character).is_none();
        let in_host = host.contains(at) && is_letter;
        *at >= host.start && !character.is_ascii() && !in_host
    });
    others
        .next()
        .map_or(Ok(()), |(at, _)| no_character(text, at))
}

/// RFC 3986 lets a host have more characters than any name of a server: `https://a.b,` or `https://*.b`.
fn only_names(text: &str, host: &Range<usize>) -> Result<(), AddressError> {
    let name = slice(text, host.clone());
    let is_odd = |c: char| c.is_ascii_punctuation() && !matches!(c, '-' | '.' | '_' | '%');
    match name.find(is_odd).filter(|_| !name.starts_with('[')) {
        Some(at) => no_character(text, host.start + at),
        None => Ok(()),
    }
}

fn no_character<T>(text: &str, at: usize) -> Result<T, AddressError> {
    let Some(character) = slice(text, at..text.len()).chars().next() else {
        return no_host(0..text.len());
    };
    let host = scheme_end(text).map_or(0, |end| end + "://".len());
    let behind = slice(text, at + character.len_utf8()..);
    let is_last = behind.is_empty() || behind.starts_with(['/', '?', '#', ':']);
    let is_in_host = at >= host && !slice(text, host.min(at)..at).contains(['/', '?', '#']);
    error(
        at..at + character.len_utf8(),
        format!(
            "it holds `{character}` (U+{:04X}), which no {} can",
            u32::from(character),
            if is_in_host { "host" } else { "URL" }
        ),
        match is_in_host {
            true if character == '*' => "write one host, letter by letter",
            true if matches!(character, ',' | '。' | '｡' | '．') && !is_last => {
                "write `.`, where one is meant"
            }
            true => match lookalike::plain(character).as_deref() {
                plain if is_last || plain == Some("") => {
                    "remove it: a host has letters, digits, `-` and `.`"
                }
                Some("-") => "write `-`",
                _ if lookalike::full_width(character).is_some() => {
                    "write the ordinary character in place of this full-width one"
                }
                _ => "write what is meant by it: a host has letters, digits, `-` and `.`",
            },
            false => "remove it, or write it as `%` and two hexadecimal digits",
        },
    )
}

fn no_port<T>(range: Range<usize>) -> Result<T, AddressError> {
    let help = "write a port from 1 to 65535, or none";
    error(range, "its port is no port number", help)
}

fn no_host<T>(range: Range<usize>) -> Result<T, AddressError> {
    let reason = "its host is no domain name or IP address";
    error(range, reason, "correct the host")
}

/// The host as hosts are compared, and whether it is an IP address.
fn comparable(host: &str) -> Option<(String, bool)> {
    let host = host.strip_suffix('.').unwrap_or(host);
    if let Some(address) = host.strip_prefix('[') {
        let address: Ipv6Addr = address.strip_suffix(']')?.parse().ok()?;
        return Some((format!("[{address}]"), true));
    }
    let name = to_ascii(host).filter(|it| !it.starts_with('.') && !it.contains(".."))?;
    let is_ip = name.parse::<Ipv4Addr>().is_ok();
    // What some programs take for an address (`127.1`, `0x7f000001`) is neither a name nor an address.
    let (_, last) = name.rsplit_once('.').unwrap_or(("", &name));
    let is_number = last.starts_with("0x") || last.bytes().all(|byte| byte.is_ascii_digit());
    (is_ip || !is_number).then_some((name, is_ip))
}

/// A host's name in the ASCII form of IDNA, in lower case.
#[cfg(feature = "cli")]
fn to_ascii(host: &str) -> Option<String> {
    let name = idna::domain_to_ascii_cow(host.as_bytes(), idna::AsciiDenyList::URL);
    name.ok().map(std::borrow::Cow::into_owned)
}

/// The same in a page, whose browser has the tables of IDNA: they would be a seventh of the module.
#[cfg(not(feature = "cli"))]
fn to_ascii(host: &str) -> Option<String> {
    let host = (!host.contains('%')).then(|| host.to_lowercase())?;
    let is_plain = host.is_ascii() && host.split('.').all(|label| !label.starts_with("xn--"));
    match is_plain {
        true => Some(host),
        false => IDNA.get().and_then(|to_ascii| to_ascii(&host)),
    }
}

#[cfg(not(feature = "cli"))]
static IDNA: std::sync::OnceLock<fn(&str) -> Option<String>> = std::sync::OnceLock::new();

/// Says how a host's name gets its ASCII form, where that is not ASCII as it is written. The library without `cli` has no tables for it,
/// and takes such a host for none until this is called. The first call counts.
#[cfg(not(feature = "cli"))]
pub fn set_idna(to_ascii: fn(&str) -> Option<String>) {
    let _ = IDNA.set(to_ascii);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::table;

    /// The parts of an address as written, and its origin; or what is wrong, and why.
    fn told(input: &str) -> Vec<String> {
        let text: String = serde_json::from_str(input).unwrap();
        let address = match Address::parse(&text) {
            Ok(address) => address,
            Err(AddressError {
                range,
                reason,
                help,
            }) => {
                return vec![format!("refused {range:?}: {reason}; {help}")];
            }
        };
        let parts = [
            Some(&address.scheme),
            address.user_information.as_ref(),
            Some(&address.host),
            address.port.as_ref(),
            Some(&address.rest),
        ];
        let parts = parts.map(|part| part.map_or("-", |part| &text[part.clone()]));
        let kind = if address.is_ip { "IP address of " } else { "" };
        vec![format!("{kind}{} {parts:?}", address.origin())]
    }

    #[test]
    fn addresses_are_read_as_the_table_says() {
        table::check("addresses", told);
    }
}
