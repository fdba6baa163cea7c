//! Secrets by their place in a text that has no tree: one that does not parse, or a comment.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

/// A pattern that is known to be right; nothing if it were not.
type Pattern = LazyLock<Option<Regex>>;

/// A name that by its sound has a secret for its value, up to that value.
static ASSIGNMENT: Pattern = LazyLock::new(|| {
    Regex::new(r#"(?i)(?:secret|passw(?:or)?d|private[_-]?key|access[_-]?token|api[_-]?key)[\w-]*["']?\s*[:=][ \t]*"#).ok()
});

/// The same in a text that does not parse: the misspelt `client_secret`, with or without its colon, and an anchor, whose value can be
/// an alias's in any place.
static BROKEN: Pattern = LazyLock::new(|| {
    Regex::new(r#"(?i)(?:\bc[lie]{2,3}nt[_-]?s[a-z]*["']?[ \t]*[:=]?[ \t]+|(?:^|[\s:,\[{-])&[^\s,\[\]{}]+[ \t]+|\benv["']?\s*:[ \t]*)"#).ok()
});

/// A reference as it should be: what is assigned then is no secret.
static REFERENCE: Pattern = LazyLock::new(|| {
    Regex::new(
        r"^\{\s*(?:env\s*:\s*[A-Za-z_][A-Za-z0-9_]*|file\s*:\s*[\w./-]+)\s*\}\s*,?\s*(?:#.*)?$",
    )
    .ok()
});

/// The name of an environment variable, and what may follow it.
static VARIABLE: Pattern =
    LazyLock::new(|| Regex::new(r"^[A-Za-z_][A-Za-z0-9_]*\s*[,}\s]*(?:#.*)?$").ok());

/// What a text assigns to names of secrets: to the end of the line, and the lines below that are further in.
pub(super) fn assignments(text: &str) -> Vec<Range<usize>> {
    let lower = text.to_ascii_lowercase();
    let is_worth_it = ["secret", "passw", "key", "token"]
        .iter()
        .any(|word| lower.contains(word));
    if is_worth_it {
        matches(text, &ASSIGNMENT)
    } else {
        Vec::new()
    }
}

/// The same for a whole text that does not parse, where more is hidden to be sure.
pub(super) fn in_broken_text(text: &str) -> Vec<Range<usize>> {
    let mut hidden = assignments(text);
    hidden.extend(matches(text, &BROKEN));
    hidden
}

fn matches(text: &str, pattern: &Pattern) -> Vec<Range<usize>> {
    let (Some(pattern), Some(reference), Some(variable)) = (&**pattern, &*REFERENCE, &*VARIABLE)
    else {
        return Vec::new();
    };
    let mut hidden = Vec::new();
    let mut at = 0;
    while let Some(found) = pattern.find_at(text, at) {
        let line_start = text
            .get(..found.start())
            .and_then(|before| before.rfind(['\n', '\r']))
            .map_or(0, |end| end + 1);
        let indentation = indentation(text.get(line_start..).unwrap_or_default());
        let mut end = line_end(text, found.end());
        let value = text.get(found.end()..end).unwrap_or_default().trim_end();
        at = end;
        let is_env = found.as_str().trim_start().to_ascii_lowercase();
        let is_env = is_env.starts_with("env");
        if reference.is_match(value) || is_env && variable.is_match(value) {
            continue;
        }
        // The lines of a block or a value that goes on.
        let mut next = next_line(text, end);
        while next < text.len() {
            let line = text.get(next..line_end(text, next)).unwrap_or_default();
            if !line.trim().is_empty() && self::indentation(line) <= indentation
                || is_reference_line(line, variable)
            {
                break;
            }
            end = line_end(text, next);
            next = next_line(text, end);
        }
        at = at.max(end);
        hidden.push(found.end()..end);
    }
    hidden
}

/// Whether a line below `client_secret:` is a field of a reference as it should be.
fn is_reference_line(line: &str, variable: &Regex) -> bool {
    let line = line.trim();
    let env = line.strip_prefix("env:");
    line.starts_with("file:") || env.is_some_and(|name| variable.is_match(name.trim()))
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t', '#']).len()
}

fn line_end(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    from + rest.find(['\n', '\r']).unwrap_or(rest.len())
}

fn next_line(text: &str, end: usize) -> usize {
    let rest = text.get(end..).unwrap_or_default();
    let skip = if rest.starts_with("\r\n") {
        2
    } else {
        rest.len().min(1)
    };
    end + skip
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str, find: fn(&str) -> Vec<Range<usize>>) -> Vec<&str> {
        find(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn assignments_are_hidden() {
        let text = "a: [\n  client_secret: |\n    one\n    two\nb: {\npassword = x\nclient_secret: { env: NAME }\n";
        assert_eq!(parts(text, assignments), ["|\n    one\n    two", "x"]);
        let text = "client_secret:\n  env: no-name\n  x: y\nz: 1\n";
        assert_eq!(parts(text, assignments), ["\n  env: no-name\n  x: y"]);
        let text = "client_secret:\n  env: NAME\nz: 1\n";
        assert_eq!(parts(text, assignments), [""]);
    }

    #[test]
    fn more_is_hidden_where_nothing_parses() {
        let text = "client_secert: one\nclient_secret two\nclient_id: Campaign1\nx: &a three\ny: { env: fo-ur }\nz: { env: NAME }\n";
        assert_eq!(
            parts(text, in_broken_text),
            ["one", "two", "three", "fo-ur }"]
        );
        assert_eq!(parts("a & b: c", in_broken_text), [""; 0]);
    }
}
