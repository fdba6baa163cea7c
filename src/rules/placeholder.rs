//! Values that nobody has filled in yet, and values with quotation marks that do not belong to them. They are looked for before the
//! schema check, since such a text can stand where a number or one of a few words is due.

use std::ops::Range;

use super::{catalogue::PLACEHOLDER, quotes};
use crate::{
    diagnostic::{Change, Claims, Diagnostic, excerpt},
    manifest::{
        fields::{self, Class},
        schema::{SCHEMA, member_schema},
    },
    secrets,
    text::{slice, suggest::list, url::Address},
    yaml::{NodeRef, Place, Value},
};

/// The organization ID of Adobe's own examples.
const SAMPLE_ID: &str = "C538193582390300A495CC9@AdobeOrg";
/// The words of Adobe's page about masks that stand for the tenant's and for the group's name.
const TENANT: &str = "tenant_id";
const GROUP: &str = "internal_name";
const WORDS: [&str; 5] = ["CHANGE-ME", "CHANGEME", "TODO", "FIXME", "TBD"];
/// What to write for a placeholder in an `env`.
const VARIABLE: &str =
    "write the name of the variable that holds the secret, never the secret itself";

/// Finds the placeholders of one environment's tree. Fields that the schema lacks are passed over.
pub fn check(tree: NodeRef<'_>, claims: &mut Claims) {
    walk(tree, &Path::Root, claims);
}

/// The way from the manifest to a value. The schema is asked only where a value is a placeholder, which few are.
enum Path<'a> {
    Root,
    Member(&'a Path<'a>, &'a str),
    Item(&'a Path<'a>),
}

impl Path<'_> {
    /// What the key is for: the name of a group; nothing else has a free name.
    fn class_of_key(&self) -> Option<Class> {
        let is_group = match self {
            Self::Member(Self::Member(Self::Root, parent), _) => *parent == "groups",
            _ => false,
        };
        is_group.then_some(Class::Identifier)
    }

    /// The schema of the value, where it has one.
    fn schema(&self) -> Option<&'static serde_json::Value> {
        match self {
            Self::Root => Some(&SCHEMA),
            Self::Member(parent, key) => member_schema(parent.schema()?, key),
            Self::Item(parent) => parent.schema()?.get("items"),
        }
    }

    /// What the value is for, where the field is known.
    fn class(&self) -> Option<Class> {
        fields::at(&self.keys()).map(|field| field.class)
    }

    /// The keys on the way to the field that the value is in.
    fn keys(&self) -> Vec<&str> {
        match self {
            Self::Root => Vec::new(),
            Self::Member(parent, key) => [parent.keys(), vec![*key]].concat(),
            Self::Item(parent) => parent.keys(),
        }
    }

    /// The path of the field that the value is in, with dots.
    fn dotted(&self) -> String {
        self.keys().join(".")
    }

    /// The name of the field that the value is in.
    fn field(&self) -> &str {
        match self {
            Self::Root => "",
            Self::Member(_, key) => key,
            Self::Item(parent) => parent.field(),
        }
    }
}

fn walk(node: NodeRef<'_>, path: &Path<'_>, claims: &mut Claims) {
    if let Value::String(text) = node.value() {
        let place = node.place();
        let hidden = node.hidden_text().filter(|_| path.field() == "env");
        let diagnostic = hidden
            .map_or_else(|| judge(text, place, path), |it| variable(it, place))
            .filter(|_| path.schema().is_some())
            .or_else(|| quotes::check(text, place, || path.class()));
        if let Some(diagnostic) = diagnostic {
            claims.push(diagnostic);
        }
    }
    for item in node.items() {
        walk(item, &Path::Item(path), claims);
    }
    for (key, value) in node.members() {
        let path_of_value = Path::Member(path, key);
        let of_group = || path_of_value.class_of_key();
        let is_unfilled = of_group().is_some() && is_placeholder(key);
        let name = is_unfilled.then(|| {
            let message = format!(
                "the name of a group is still the placeholder `{}`",
                excerpt(key)
            );
            PLACEHOLDER.at(
                value.key_place(),
                message,
                "write the group's internal name",
            )
        });
        let quoted = || quotes::check(key, value.key_place(), of_group);
        claims.extend(name.or_else(quoted));
        walk(value, &path_of_value, claims);
    }
}

/// The finding of an `env` that is hidden, as people paste the secret there: without its text.
fn variable(text: &str, place: Place) -> Option<Diagnostic> {
    let message = "`env` still holds a placeholder";
    is_placeholder(text).then(|| PLACEHOLDER.at(place, message, VARIABLE))
}

fn judge(text: &str, place: Place, path: &Path<'_>) -> Option<Diagnostic> {
    let field = path.field();
    // `${NAME}` there is a reference as another tool writes it, which is `wrong-type`.
    let is_reference = || field == "client_secret" && secrets::foreign_reference(text).is_some();
    if is_placeholder(text) && !is_reference() {
        return Some(PLACEHOLDER.at(
            place,
            format!(
                "`{}` still holds the placeholder `{}`",
                path.dotted(),
                excerpt(text)
            ),
            match field {
                "env" => VARIABLE,
                _ => "write the real value",
            },
        ));
    }
    if text == SAMPLE_ID {
        return Some(PLACEHOLDER.at(
            place,
            format!("`{SAMPLE_ID}` is the organization ID of Adobe's documentation"),
            "write your own organization's ID: the Admin Console shows it",
        ));
    }
    match field {
        "association_mask" | "profile" => sample_names(text, place, field == "profile"),
        // A host that is reserved has a dot.
        _ if text.contains('.') && fields::is_url(field) && is_example(text) => {
            Some(PLACEHOLDER.at(
                place,
                format!(
                    "the host of `{}` is one that is reserved for examples",
                    path.dotted()
                ),
                "write the real host",
            ))
        }
        _ => None,
    }
}

/// The words within a mask or a profile that stand for names: Adobe's own formulas, and anything in `<…>`. All of them are one finding.
fn sample_names(text: &str, place: Place, is_profile: bool) -> Option<Diagnostic> {
    // Every such word has one of these, and few names do.
    if !text.contains(['<', '_']) {
        return None;
    }
    let mut found: Vec<Range<usize>> = Vec::new();
    for (start, _) in text.match_indices('<') {
        // `(?<name>…)` is a named group.
        let is_of_regex = text.get(..start)?.ends_with(['?', 'P', 'k', '\\']);
        let end = text.get(start..)?.find('>').map(|end| start + end + 1);
        let end = end.filter(|end| !is_of_regex && *end > start + 2);
        found.extend(end.map(|end| start..end));
    }
    // A word within `<…>` is no word of its own.
    let brackets = found.clone();
    for word in [TENANT, GROUP] {
        let words = text.match_indices(word).map(|(at, _)| at..at + word.len());
        found.extend(words.filter(|word| {
            let before = brackets.partition_point(|range| range.start < word.start);
            let around = before.checked_sub(1).and_then(|it| brackets.get(it));
            around.is_none_or(|around| around.end < word.end)
        }));
    }
    if !is_profile {
        let words = found
            .iter_mut()
            .filter(|it| is_of_group(slice(text, (*it).clone())));
        words.for_each(|word| with_brackets(text, word));
    }
    found.sort_by_key(|range| range.start);
    let mut words: Vec<&str> = found
        .iter()
        .map(|range| slice(text, range.clone()))
        .collect();
    words.dedup();
    let first = found.first()?.clone();
    let of_group = found
        .iter()
        .find(|range| is_of_group(slice(text, (*range).clone())));
    let of_group = of_group.filter(|_| !is_profile);
    let has_group = of_group.is_some_and(|word| {
        slice(text, ..word.start).contains('(') || slice(text, word.end..).contains('(')
    });
    // The name goes with what parts it from the next.
    let gone = of_group.filter(|_| has_group).map(|word| {
        let behind = slice(text, word.end..);
        let rest = behind.trim_start_matches([' ', '-', '_', '.', ':', '/', '|']);
        word.start..text.len() - rest.len()
    });
    let advice = words.iter().map(|word| match is_of_group(word) {
        _ if bare(word) == TENANT => {
            format!("your tenant's name, or your instance's, for `{word}`")
        }
        true if is_profile => format!("the group's internal name for `{}`", excerpt(word)),
        true if has_group => {
            let gone = gone.clone().map_or(*word, |gone| slice(text, gone));
            format!("nothing for `{}`", excerpt(gone))
        }
        true => format!("`(.*)` for `{}`", excerpt(word)),
        false => format!("the real name for `{}`", excerpt(word)),
    });
    let advice: Vec<String> = advice.collect();
    let names = list(&words).replace(" or ", " and ");
    let stand = match words.len() {
        1 => "stands for a name, as in Adobe's documentation",
        _ => "stand for names, as in Adobe's documentation",
    };
    let help = format!("write {}", advice.join(", and "));
    let diagnostic = PLACEHOLDER.at(place.part(first), format!("{names} {stand}"), help);
    let Some(range) = of_group else {
        return Some(diagnostic);
    };
    // Any other word than Adobe's own may be meant otherwise.
    let is_safe = bare(slice(text, range.clone())) == GROUP;
    let range = gone.unwrap_or_else(|| range.clone());
    let word = slice(text, range.clone());
    let (title, new) = match has_group {
        true => (format!("remove `{word}`"), ""),
        false => (format!("write `(.*)` for `{word}`"), "(.*)"),
    };
    let change = Change::Replace(place.part(range), new.to_owned());
    Some(diagnostic.fix(title, is_safe, change))
}

/// Whether a word stands for a group's name: Adobe's pages have `internal_name` and `<internal name of the operator group>`.
fn is_of_group(word: &str) -> bool {
    let word = bare(word).to_lowercase();
    matches!(
        &*word,
        GROUP | "group" | "group name" | "group_name" | "name of the group"
    ) || word.starts_with("internal name")
        || word.ends_with("operator group")
}

/// A word without the brackets around it.
fn bare(word: &str) -> &str {
    word.trim_matches(['$', '(', '<', '[', '{', '}', ']', '>', ')'])
}

/// A word in brackets of any kind is the whole group of its mask.
fn with_brackets(mask: &str, word: &mut Range<usize>) {
    let are_around = |word: &Range<usize>| {
        let (before, behind) = (slice(mask, ..word.start), slice(mask, word.end..));
        let mut pairs = ["()", "[]", "{}"].iter().map(|pair| pair.split_at(1));
        pairs.any(|(open, close)| before.ends_with(open) && behind.starts_with(close))
    };
    while are_around(word) {
        *word = word.start - 1..word.end + 1;
    }
    // `${internal_name}`
    let of_variable = slice(mask, word.clone()).starts_with('{');
    if of_variable && slice(mask, ..word.start).ends_with('$') {
        word.start -= 1;
    }
}

fn is_placeholder(text: &str) -> bool {
    let stands_in = |open: &str, close: &str| {
        text.len() > open.len() + close.len() && text.starts_with(open) && text.ends_with(close)
    };
    WORDS.iter().any(|word| word.eq_ignore_ascii_case(text))
        || text.len() >= 3 && text.bytes().all(|byte| byte.eq_ignore_ascii_case(&b'x'))
        || text.ends_with(['>', '}'])
            && (stands_in("<", ">") || stands_in("${", "}") || stands_in("{{", "}}"))
}

/// Whether a URL's host is reserved for documentation (RFC 2606), with a scheme or without.
fn is_example(text: &str) -> bool {
    let mut parts = text.as_bytes().windows("example".len());
    if !parts.any(|part| part.eq_ignore_ascii_case(b"example")) {
        return false;
    }
    let address = Address::parse(text).or_else(|_| Address::parse(&format!("https://{text}")));
    address.is_ok_and(|address| {
        let mut domains = ["example.com", "example.org", "example.net"].iter();
        address.host_name.ends_with(".example") || domains.any(|it| address.is_below(it))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_told_from_values() {
        for text in [
            "CHANGE-ME",
            "changeme",
            "Todo",
            "xxx",
            "XxXx",
            "<id>",
            "${ID}",
            "{{ id }}",
            "tbd",
        ] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in ["xx", "contoso", "todo list", "<a", "<>", "xxl", "$ID"] {
            assert!(!is_placeholder(text), "{text}");
        }
    }

    #[test]
    fn example_hosts_are_known_with_and_without_a_scheme() {
        for text in [
            "https://example.com",
            "http://www.EXAMPLE.org./x",
            "a.example",
            "https://a.b.example:8443",
        ] {
            assert!(is_example(text), "{text}");
        }
        for text in [
            "https://contoso.com",
            "https://myexample.com",
            "https://example.co",
            "https://example",
        ] {
            assert!(!is_example(text), "{text}");
        }
    }
}
