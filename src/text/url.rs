//! URLs as RFC 3986 writes them, judged strictly: the `url` crate repairs what browsers repair, so it only gets to see what has
//! passed here, to compare hosts.

use std::ops::Range;

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
    pub help: String,
}

impl AddressError {
    fn new(range: Range<usize>, reason: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            range,
            reason: reason.into(),
            help: help.into(),
        }
    }
}

/// Where the scheme ends, if the text begins with `scheme://`.
pub fn scheme_end(text: &str) -> Option<usize> {
    let end = text.find("://")?;
    let scheme = text.get(..end)?;
    let lawful = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || "+-.".contains(character));
    lawful.then_some(end)
}

impl Address {
    /// Takes an absolute URL with a host apart.
    ///
    /// # Errors
    /// Where the text is not one as RFC 3986 writes it, but for a host in Unicode, which is compared in its IDNA form.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        if let Some((at, character)) = text
            .char_indices()
            .find(|(_, character)| character.is_whitespace())
        {
            let help = if character == ' ' {
                "remove the white space"
            } else {
                "remove it; a space in a path is written `%20`"
            };
            return Err(AddressError::new(
                at..at + character.len_utf8(),
                "it holds white space",
                help,
            ));
        }
        if let Some(at) = text.find('\\') {
            return Err(AddressError::new(
                at..at + 1,
                "it holds a backslash",
                "write `/`",
            ));
        }
        let Some(scheme_end) = scheme_end(text) else {
            let help = "begin with `https://` and the host, such as `https://campaign.contoso.com`";
            return Err(AddressError::new(
                0..text.len(),
                "it has no `https://`",
                help,
            ));
        };
        let authority_start = scheme_end + 3;
        let after = text.get(authority_start..).unwrap_or_default();
        let authority_end = authority_start + after.find(['/', '?', '#']).unwrap_or(after.len());
        let authority = text.get(authority_start..authority_end).unwrap_or_default();
        let user_information = authority
            .rfind('@')
            .map(|at| authority_start..authority_start + at);
        let host_start = user_information
            .as_ref()
            .map_or(authority_start, |range| range.end + 1);
        let host_and_port = text.get(host_start..authority_end).unwrap_or_default();
        let colon = match host_and_port.find(']') {
            Some(bracket) => host_and_port
                .get(bracket..)
                .and_then(|tail| tail.find(':'))
                .map(|at| at + bracket),
            None => host_and_port.find(':'),
        };
        let host_end = host_start + colon.unwrap_or(host_and_port.len());
        let (host, rest) = (host_start..host_end, authority_end..text.len());
        if host.is_empty() {
            let help = "write the host after `://`, such as `https://campaign.contoso.com`";
            return Err(AddressError::new(0..text.len(), "it has no host", help));
        }
        let port = colon.map(|_| host_end..authority_end);
        let written_port = match &port {
            Some(range) => port_number(text, range)?,
            None => None,
        };
        lawful_characters(text, &host, &rest)?;
        let scheme = text
            .get(..scheme_end)
            .unwrap_or_default()
            .to_ascii_lowercase();
        let (host_name, is_ip) = comparable(text.get(host.clone()).unwrap_or_default())
            .ok_or_else(|| {
                AddressError::new(
                    host.clone(),
                    "its host is no domain name or IP address",
                    "correct the host",
                )
            })?;
        let default_port = match scheme.as_str() {
            "https" => Some(443),
            "http" => Some(80),
            _ => None,
        };
        Ok(Self {
            scheme: 0..scheme_end,
            user_information,
            host,
            port,
            rest,
            is_https: scheme == "https",
            host_name,
            port_number: written_port.or(default_port),
            is_ip,
        })
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

fn port_number(text: &str, range: &Range<usize>) -> Result<Option<u16>, AddressError> {
    let digits = text.get(range.start + 1..range.end).unwrap_or_default();
    if digits.is_empty() {
        return Ok(None);
    }
    let help = "write a port from 1 to 65535, or none";
    match digits.parse::<u16>() {
        Ok(port) if digits.bytes().all(|byte| byte.is_ascii_digit()) => Ok(Some(port)),
        _ => Err(AddressError::new(
            range.clone(),
            "its port is no port number",
            help,
        )),
    }
}

fn lawful_characters(
    text: &str,
    host: &Range<usize>,
    rest: &Range<usize>,
) -> Result<(), AddressError> {
    let is_ip_literal = text
        .get(host.clone())
        .is_some_and(|host| host.starts_with('['));
    let mut fragment = false;
    for (at, character) in text.char_indices().filter(|(at, _)| *at >= host.start) {
        let range = at..at + character.len_utf8();
        let in_host = host.contains(&at);
        let lawful = match character {
            '%' => text
                .get(at + 1..at + 3)
                .is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit())),
            '[' | ']' => in_host && is_ip_literal,
            ':' => !in_host || is_ip_literal,
            '/' | '?' | '@' => true,
            '#' => rest.contains(&at) && !std::mem::replace(&mut fragment, true),
            _ if character.is_ascii_alphanumeric() => true,
            _ if "-._~!$&'()*+,;=".contains(character) => true,
            _ => in_host && !character.is_ascii() && character.is_alphanumeric(),
        };
        if !lawful {
            let reason = format!(
                "it holds `{character}` (U+{:04X}), which no URL can",
                u32::from(character)
            );
            return Err(AddressError::new(
                range,
                reason,
                "remove it, or write it as `%` and two hexadecimal digits",
            ));
        }
    }
    Ok(())
}

/// The host as hosts are compared, and whether it is an IP address.
fn comparable(host: &str) -> Option<(String, bool)> {
    let trimmed = host.strip_suffix('.').unwrap_or(host);
    if is_plain(trimmed) {
        return Some((trimmed.to_ascii_lowercase(), false));
    }
    // `https` is a scheme for which the crate applies IDNA and reads IP addresses.
    let parsed = url::Url::parse(&format!("https://{trimmed}/")).ok()?;
    let is_ip = match parsed.host()? {
        url::Host::Domain(_) => false,
        url::Host::Ipv4(_) | url::Host::Ipv6(_) => true,
    };
    Some((parsed.host_str()?.to_owned(), is_ip))
}

/// Whether a host is its own IDNA form but for letter case, and surely no IP address: ASCII labels, none of them in Punycode, the
/// last one with a first letter. Nearly every host is, and the crate need not look at it.
fn is_plain(host: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label
                .get(..4)
                .is_some_and(|start| start.eq_ignore_ascii_case("xn--"))
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    last.starts_with(|first: char| first.is_ascii_alphabetic()) && host.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_its_parts() {
        let text = "https://u:p@Campaign.Contoso.com.:8443/a?b#c";
        let address = Address::parse(text).unwrap();
        let part = |range: &Range<usize>| &text[range.clone()];
        assert_eq!(part(&address.scheme), "https");
        assert_eq!(address.user_information.as_ref().map(part), Some("u:p"));
        assert_eq!(part(&address.host), "Campaign.Contoso.com.");
        assert_eq!(address.port.as_ref().map(part), Some(":8443"));
        assert_eq!(part(&address.rest), "/a?b#c");
        assert_eq!(address.host_name, "campaign.contoso.com");
        assert_eq!(address.origin(), "https://campaign.contoso.com:8443");
    }

    #[test]
    fn hosts_compare_in_their_idna_form() {
        let unicode = Address::parse("https://bücher.contoso.com").unwrap();
        let ascii = Address::parse("https://xn--bcher-kva.contoso.com/").unwrap();
        assert_eq!(unicode.origin(), ascii.origin());
        assert!(Address::parse("https://[::1]:8443").unwrap().is_ip);
        assert!(Address::parse("https://10.0.0.1").unwrap().is_ip);
    }

    #[test]
    fn plain_hosts_are_what_the_crate_makes_of_them() {
        for host in [
            "Campaign.Contoso.com",
            "localhost",
            "a-b.c1",
            "1a.b",
            "x--y.com",
        ] {
            assert!(is_plain(host), "{host}");
            let parsed = url::Url::parse(&format!("https://{host}/")).unwrap();
            assert_eq!(
                parsed.host_str(),
                Some(comparable(host).unwrap().0.as_str())
            );
        }
        for host in [
            "10.0.0.1",
            "1",
            "0x7f",
            "xn--bcher-kva.com",
            "a..b",
            "",
            "a_b.c",
            "bücher.de",
            "a.0x1",
        ] {
            assert!(!is_plain(host), "{host}");
        }
    }

    #[test]
    fn what_browsers_repair_is_refused() {
        let cases = [
            ("https:/x", 0..8),
            ("https:x", 0..7),
            ("campaign.contoso.com", 0..20),
            (" https://x", 0..1),
            ("https://a b", 9..10),
            ("https:\\\\x", 6..7),
            ("https://", 0..8),
            ("https:///x", 0..10),
            ("https://x:port", 9..14),
            ("https://x:99999", 9..15),
            ("https://x/%zz", 10..11),
            ("https://x/é", 10..12),
            ("https://x/{a}", 10..11),
            ("https://x/#a#b", 12..13),
            ("1https://x", 0..10),
            ("", 0..0),
        ];
        for (text, range) in cases {
            assert_eq!(
                Address::parse(text).map_err(|error| error.range),
                Err(range),
                "{text}"
            );
        }
    }

    #[test]
    fn lawful_addresses_pass() {
        for text in [
            "https://x",
            "HTTPS://X/",
            "https://x:/",
            "https://x:443",
            "ftp://x",
            "https://a_b.c",
            "https://x?q=a@b",
        ] {
            assert!(Address::parse(text).is_ok(), "{text}");
        }
    }
}
