//! Finds the constructs on which regular expression dialects differ.
//!
//! Nobody outside Adobe knows which dialect Campaign reads masks with, so only what every common
//! one (PCRE, ECMAScript, Java, .NET, RE2, Rust) reads alike may be used. The scan works on the
//! raw text: several of these constructs do not parse as the one dialect that this tool has.
//!
//! Portable, though not the same everywhere for text beyond ASCII: `\d`, `\w`, `\s` and their
//! opposites. Group names are ASCII, so they are read as ASCII.

use std::ops::Range;

use super::constructs::{NAMED, class_item, counted, escape_construct, group_end, special_group};

/// A construct that is not portable: where, and what it is in plain words.
pub(super) type Finding = (Range<usize>, &'static str);

/// Finds all of them, in order, without overlaps: of nested ones the outermost.
pub(super) fn scan(text: &str) -> Vec<Finding> {
    let mut scan = Scan {
        text,
        at: 0,
        depth: 0,
        captures: 0,
        last: Last::Nothing,
        found: Vec::new(),
    };
    while let Some(character) = scan.peek() {
        scan.step(character);
    }
    scan.found
}

/// What the text just before the position is, as far as a quantifier cares.
#[derive(Clone, Copy, PartialEq)]
enum Last {
    Nothing,
    /// A letter or digit that stands for itself.
    WordCharacter,
    Atom,
    /// A quantifier, and whether it is a bare `+`.
    Quantifier {
        bare_plus_on_word: bool,
    },
}

struct Scan<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    captures: usize,
    last: Last,
    found: Vec<Finding>,
}

impl Scan<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn report(&mut self, end: usize, construct: &'static str) {
        self.found.push((self.at..end, construct));
        self.at = end;
        self.last = Last::Atom;
    }

    fn step(&mut self, character: char) {
        let next = self.at + character.len_utf8();
        match character {
            '\\' => self.escape(),
            '[' => self.class(),
            '(' => self.group(),
            ')' => {
                self.depth = self.depth.saturating_sub(1);
                self.at = next;
                self.last = Last::Atom;
            }
            '^' if !self.is_at_start() => self.report(next, "`^` that is not at the start"),
            '$' if !self.is_at_end(next) => self.report(next, "`$` that is not at the end"),
            '^' | '$' | '|' => {
                self.at = next;
                self.last = Last::Nothing;
            }
            '*' | '+' | '?' | '{' => self.quantifier(character),
            _ => {
                self.at = next;
                self.last = if character.is_alphanumeric() {
                    Last::WordCharacter
                } else {
                    Last::Atom
                };
            }
        }
    }

    /// White space before `^` and after `$` is a mistake of its own, with its own rule.
    fn is_at_start(&self) -> bool {
        let before = self.text.get(..self.at).unwrap_or_default();
        before.trim_start().is_empty() || (self.depth == 0 && before.ends_with('|'))
    }

    fn is_at_end(&self, next: usize) -> bool {
        let after = self.text.get(next..).unwrap_or_default();
        after.trim_end().is_empty() || (self.depth == 0 && after.starts_with('|'))
    }

    fn escape(&mut self) {
        let mut rest = self.rest().chars();
        rest.next();
        let Some(letter) = rest.next() else {
            self.at = self.text.len();
            return;
        };
        let next = self.at + 1 + letter.len_utf8();
        if let Some(construct) = escape_construct(letter) {
            let end = self.escape_end(letter, next);
            self.report(end, construct);
            return;
        }
        self.at = next;
        self.last = Last::Atom;
    }

    /// The end of an escape that takes more than a letter: `\p{L}`, `\pL`, `\x41`, `\12`,
    /// `\k<name>`, `\Q…\E`.
    fn escape_end(&self, letter: char, next: usize) -> usize {
        let rest = self.text.get(next..).unwrap_or_default();
        let digits = |most: usize, digit: fn(char) -> bool| {
            next + rest.chars().take(most).take_while(|c| digit(*c)).count()
        };
        let closed = |close: char| rest.find(close).map_or(next, |end| next + end + 1);
        match letter {
            'Q' => rest
                .find("\\E")
                .map_or(self.text.len(), |end| next + end + 2),
            '0'..='9' => digits(2, |c| c.is_ascii_digit()),
            _ if rest.starts_with('{') => closed('}'),
            'k' | 'g' if rest.starts_with('<') => closed('>'),
            'k' | 'g' if rest.starts_with('\'') => {
                let inner = rest.get(1..).unwrap_or_default();
                inner.find('\'').map_or(next, |end| next + end + 2)
            }
            'g' => digits(2, |c| c.is_ascii_digit()),
            'x' => digits(2, |c| c.is_ascii_hexdigit()),
            'u' => digits(4, |c| c.is_ascii_hexdigit()),
            'U' => digits(8, |c| c.is_ascii_hexdigit()),
            'c' | 'p' | 'P' => next + rest.chars().next().map_or(0, char::len_utf8),
            _ => next,
        }
    }

    fn class(&mut self) {
        let start = self.at;
        let mut at = start + 1;
        if self
            .text
            .get(at..)
            .is_some_and(|rest| rest.starts_with('^'))
        {
            at += 1;
        }
        let first = at;
        let before = self.found.len();
        while let Some(rest) = self.text.get(at..).filter(|rest| !rest.is_empty()) {
            let (length, construct) = class_item(rest, at == first);
            if let Some(construct) = construct {
                self.found.push((at..at + length, construct));
            } else if rest.starts_with(']') {
                at += 1;
                self.at = at;
                self.last = Last::Atom;
                return;
            }
            at += length;
        }
        // Unclosed: what looked odd in it is not the mistake.
        self.found.truncate(before);
        self.at = self.text.len();
    }

    fn group(&mut self) {
        let rest = self.rest();
        let after = rest.get(1..).unwrap_or_default();
        let verb = after.strip_prefix('*').unwrap_or_default();
        if verb.starts_with(|c: char| c.is_ascii_uppercase()) && verb.contains(')') {
            return self.report(group_end(self.text, self.at), "a control verb `(*…)`");
        }
        let Some(kind) = after.strip_prefix('?') else {
            self.captures += 1;
            self.open(1);
            return;
        };
        if kind.starts_with(':') {
            self.open(3);
            return;
        }
        let whole = group_end(self.text, self.at);
        let (construct, opener) = special_group(kind);
        match opener {
            // The group's content is read on: only its opening is special.
            Some(length) => {
                let at = self.at;
                self.report(at + 2 + length, construct);
                self.depth += 1;
                self.captures += usize::from(construct == NAMED);
                self.last = Last::Nothing;
            }
            None => self.report(whole, construct),
        }
    }

    fn open(&mut self, length: usize) {
        self.at += length;
        self.depth += 1;
        self.last = Last::Nothing;
    }

    fn quantifier(&mut self, character: char) {
        let rest = self.rest();
        let length = if character == '{' {
            counted(rest)
        } else {
            Some(1)
        };
        let Some(length) = length else {
            if rest.starts_with("{,") {
                let end = self.at + rest.find('}').map_or(1, |end| end + 1);
                return self.report(end, "a repetition without a lower bound");
            }
            self.at += 1;
            self.last = Last::Atom;
            return;
        };
        let end = self.at + length;
        match self.last {
            // With nothing to repeat the mask is no regular expression at all.
            Last::Nothing => self.at = end,
            Last::Quantifier { bare_plus_on_word } => {
                if bare_plus_on_word && character == '+' && self.is_name_end(end) {
                    self.at = end;
                    self.last = Last::Atom;
                } else if character == '+' {
                    self.widen_report(end, "a possessive quantifier");
                } else {
                    self.widen_report(end, "a quantifier of a quantifier");
                }
            }
            Last::Atom | Last::WordCharacter => {
                let bare_plus_on_word = character == '+' && self.last == Last::WordCharacter;
                self.at = end;
                self.last = Last::Quantifier { bare_plus_on_word };
                if self.rest().starts_with('?') {
                    self.at += 1;
                    self.last = Last::Quantifier {
                        bare_plus_on_word: false,
                    };
                }
            }
        }
    }

    /// `++` at the end of a word of the prefix, as in `C++ - (.*)`, is a name that was not
    /// escaped; nobody writes a possessive quantifier there.
    fn is_name_end(&self, end: usize) -> bool {
        let next = self.text.get(end..).unwrap_or_default().chars().next();
        self.captures == 0
            && self.depth == 0
            && next.is_some_and(|c| !c.is_alphanumeric() && !"+*?{".contains(c))
    }

    /// Reports a quantifier together with the one before it.
    fn widen_report(&mut self, end: usize, construct: &'static str) {
        let before = self.text.get(..self.at).unwrap_or_default();
        let start = if before.ends_with('}') {
            before.rfind('{').unwrap_or(self.at)
        } else {
            let lazy = before.ends_with('?') && before.len() > 1;
            let quantifier = before
                .strip_suffix('?')
                .is_some_and(|b| lazy && b.ends_with(['*', '+', '?']));
            self.at - if quantifier { 2 } else { 1 }
        };
        self.at = start;
        self.report(end, construct);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn finds(text: &str, expected: &[(&str, &str)]) {
        let found: Vec<_> = scan(text)
            .into_iter()
            .map(|(range, construct)| (&text[range], construct))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn portable_masks_pass() {
        for text in [
            "Campaign - contoso - (.*)",
            "^Campaign - (.*)$",
            r"Campaign v7\.4 - ([A-Za-z_][A-Za-z0-9_-]*)",
            r"a - (?:x|y) - (\w+\d*\s?)",
            "a{2,3} - (.*?)",
            "a - (.{1,64})",
            r"[\d\-x] - (.+?)",
            "C++ - (.*)",
            "^a - (.*)$|^b - (.*)$",
            "a - (*)",
            "a {b} - (.*)",
        ] {
            finds(text, &[]);
        }
    }

    #[test]
    fn each_construct_has_its_range_and_name() {
        finds("(?i)a - (.*)", &[("(?i)", "an inline flag")]);
        finds("(?i:a) - (.*)", &[("(?i:", "an inline flag")]);
        finds("a - (?=b(c))(.*)", &[("(?=b(c))", "look-ahead")]);
        finds("a(?<! )(.*)", &[("(?<! )", "look-behind")]);
        finds("a - (?<g>.*)", &[("(?<g>", "a named group")]);
        finds("a - (?P<g>.*)", &[("(?P<g>", "a named group")]);
        finds("a - (?'g'.*)", &[("(?'g'", "a named group")]);
        finds("a - (?>.*)", &[("(?>.*)", "an atomic group")]);
        finds("a(?#note) - (.*)", &[("(?#note)", "a comment")]);
        finds("a - (.*+)", &[("*+", "a possessive quantifier")]);
        finds("a - (b{2}+)", &[("{2}+", "a possessive quantifier")]);
        finds("a - (b++)", &[("++", "a possessive quantifier")]);
        finds("a - (b**)", &[("**", "a quantifier of a quantifier")]);
        finds(r"a - (\p{L}+)", &[(r"\p{L}", "a Unicode class")]);
        finds(r"a - (\pL+)", &[(r"\pL", "a Unicode class")]);
        finds(r"a - (.*)\1", &[(r"\1", "a back-reference")]);
        finds(r"a - (.*)\k<g>", &[(r"\k<g>", "a back-reference")]);
        finds(
            r"\Qa.b\E - (.*)",
            &[(r"\Qa.b\E", "a quoted passage `\\Q…\\E`")],
        );
        finds(
            r"\Aa - (.*)\z",
            &[
                (r"\A", "an anchor other than `^` and `$`"),
                (r"\z", "an anchor other than `^` and `$`"),
            ],
        );
        finds("a - ([[:alpha:]]+)", &[("[:alpha:]", "a POSIX class")]);
        finds(
            "a - ([a-z&&[^b]]+)",
            &[
                ("&&", "a class operation"),
                ("[", "an unescaped `[` in a class"),
            ],
        );
        finds(
            r"a\x41 - (.*)",
            &[(r"\x41", "a character written as a number or name")],
        );
        finds("US$ - (.*)", &[("$", "`$` that is not at the end")]);
        finds("a - ^(.*)", &[("^", "`^` that is not at the start")]);
        finds(
            "a - (.{,3})",
            &[("{,3}", "a repetition without a lower bound")],
        );
    }
}
