//! The usual mask, literal text and one group of one repeated class, read and matched without
//! any regular expression engine: almost every mask is one, and to compile it would cost more
//! than all other work on its manifest.

use std::ops::Range;

#[derive(Debug, Clone)]
pub(super) struct Simple {
    /// The literal text before the group, without escapes.
    pub prefix: String,
    /// The group, parentheses included.
    pub capture: Range<usize>,
    /// What it repeats.
    pub set: Set,
    /// Whether it takes at least one character.
    pub needs_one: bool,
}

/// A set of characters, as ranges; `None` is `.`: all but a line feed.
#[derive(Debug, Clone)]
pub(super) struct Set(Option<Vec<(char, char)>>);

impl Set {
    pub(super) fn contains(&self, character: char) -> bool {
        match &self.0 {
            None => character != '\n',
            Some(ranges) => ranges
                .iter()
                .any(|range| range.0 <= character && character <= range.1),
        }
    }
}

impl Simple {
    /// Reads a mask of the form `^? literal ( class [*+] ?? ) $?`; none for any other mask.
    pub(super) fn read(text: &str) -> Option<Self> {
        let mut rest = text.strip_prefix('^').unwrap_or(text);
        let mut prefix = String::with_capacity(rest.len());
        loop {
            let character = rest.chars().next()?;
            match character {
                '(' => break,
                '\\' => {
                    let escaped = rest.chars().nth(1).filter(|c| is_punctuation(*c))?;
                    prefix.push(escaped);
                    rest = rest.get(2..)?;
                }
                '.' | '+' | '*' | '?' | '[' | '{' | '|' | '^' | '$' | ')' => return None,
                _ => {
                    prefix.push(character);
                    rest = rest.get(character.len_utf8()..)?;
                }
            }
        }
        let start = text.len() - rest.len();
        let (set, rest) = set(rest.get(1..)?)?;
        let needs_one = rest.starts_with('+');
        let rest = rest.strip_prefix(['*', '+'])?;
        let rest = rest.strip_prefix('?').unwrap_or(rest).strip_prefix(')')?;
        let end = text.len() - rest.len();
        matches!(rest, "" | "$").then_some(Self {
            prefix,
            capture: start..end,
            set,
            needs_one,
        })
    }

    /// What the group captures of a name.
    pub(super) fn captures<'p>(&self, profile: &'p str) -> Option<&'p str> {
        let name = profile.strip_prefix(self.prefix.as_str())?;
        let fits =
            !(self.needs_one && name.is_empty()) && name.chars().all(|c| self.set.contains(c));
        fits.then_some(name)
    }

    /// How many bytes of a name the mask accepts before it is stuck.
    pub(super) fn accepts(&self, profile: &str) -> usize {
        match profile.strip_prefix(self.prefix.as_str()) {
            Some(name) => {
                let stop = name.find(|c| !self.set.contains(c));
                self.prefix.len() + stop.unwrap_or(name.len())
            }
            None => common_prefix(&self.prefix, profile),
        }
    }
}

/// The length of the text that both begin with.
pub(super) fn common_prefix(one: &str, other: &str) -> usize {
    one.chars()
        .zip(other.chars())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum()
}

fn is_punctuation(character: char) -> bool {
    character.is_ascii_punctuation() && !matches!(character, '<' | '>')
}

/// Reads `.`, `\w`, `\d` or a plain class; returns it and the rest of the text.
fn set(text: &str) -> Option<(Set, &str)> {
    if let Some(rest) = text.strip_prefix('.') {
        return Some((Set(None), rest));
    }
    if let Some(rest) = text.strip_prefix("\\w") {
        let word = vec![('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')];
        return Some((Set(Some(word)), rest));
    }
    if let Some(rest) = text.strip_prefix("\\d") {
        return Some((Set(Some(vec![('0', '9')])), rest));
    }
    let (inner, rest) = text.strip_prefix('[')?.split_once(']')?;
    let mut ranges = Vec::new();
    let mut items = inner.chars().peekable();
    while let Some(low) = items.next() {
        let is_last = items.peek().is_none();
        match low {
            '-' if is_last => ranges.push(('-', '-')),
            'a'..='z' | 'A'..='Z' | '0'..='9' | '_' => {
                if items.peek() != Some(&'-') {
                    ranges.push((low, low));
                    continue;
                }
                items.next();
                match items.next() {
                    None => ranges.extend([(low, low), ('-', '-')]),
                    Some(high) if high.is_ascii_alphanumeric() && low <= high => {
                        ranges.push((low, high));
                    }
                    Some(_) => return None,
                }
            }
            _ => return None,
        }
    }
    (!ranges.is_empty()).then_some((Set(Some(ranges)), rest))
}
