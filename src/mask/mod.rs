//! What an association mask means: its problems, what it captures, what it overlaps.
//!
//! A mask is a regular expression whose capture group takes the internal name of an operator
//! group out of a product profile's name. How Campaign reads it (anchored or not, which dialect)
//! is not documented, so a mask is accepted only if it means the same under every reading:
//! literal text, then one capture group at the end. It is matched against whole names,
//! case-sensitively; `^` at its start and `$` at its end change nothing.
//!
//! Nothing is concluded from a mask with an error.
//!
//! All ranges are bytes of the mask's text as decoded from YAML.
//!
//! ```text
//! use crate::mask::Mask;
//!
//! let mask = Mask::parse("Campaign - contoso - (.*)");
//! assert!(mask.problems().is_empty());
//! assert_eq!(mask.literal_prefix(), Some("Campaign - contoso - "));
//! assert_eq!(mask.captures("Campaign - contoso - admin"), Some("admin"));
//! assert_eq!(mask.default_profile("admin").as_deref(), Some("Campaign - contoso - admin"));
//! ```

mod backtracking;
mod copied;
mod group;
mod overlap;
mod problems;
mod scan;
mod structure;
mod trace;

use std::ops::Range;

use regex::Regex;
use regex_syntax::ast::{Ast, parse::ParserBuilder};

use group::Group;

pub use overlap::overlap;
pub use problems::{Problem, ProblemKind, Whitespace};
pub use trace::Trace;

/// A lawful internal name of an operator group has at most this many characters.
pub const GROUP_NAME_LIMIT: usize = 64;

/// Deeper nesting in a mask is refused, so that recursion over it is bounded.
const NEST_LIMIT: u32 = 64;

/// Whether a text can be the internal name of an operator group: `[A-Za-z_][A-Za-z0-9_-]*`, at
/// most [`GROUP_NAME_LIMIT`] characters.
pub fn is_lawful_group_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.len() <= GROUP_NAME_LIMIT
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

/// A regular expression that matches exactly `text` in every dialect: only metacharacters get a
/// backslash, so blanks and `-` stay as they are.
pub fn escape_literal(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if "\\.+*?()|[]{}^$".contains(character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// A mask, parsed and judged.
#[derive(Debug, Clone)]
pub struct Mask {
    text: Box<str>,
    problems: Vec<Problem>,
    /// The text before the group as it is meant: without escapes and anchors, and with the
    /// metacharacters that [`ProblemKind::Unescaped`] reports. None where that is what stands there.
    prefix: Option<Box<str>>,
    /// The capture group. None while the mask has an error.
    group: Option<Group>,
}

/// The prefix of a mask that is plain text and then `(.*)`, as nearly every mask is: there is nothing to look for in it.
fn plain_prefix(text: &str) -> Option<&str> {
    let prefix = text.strip_suffix("(.*)")?;
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    let has_odd_blanks = prefix.starts_with(' ') || prefix.contains("  ");
    (!prefix.is_empty() && !has_odd_blanks && prefix.chars().all(is_plain)).then_some(prefix)
}

impl Mask {
    /// Parses any text. What is wrong with it is in [`Mask::problems`]; there is no other
    /// failure.
    pub fn parse(text: &str) -> Self {
        if let Some(prefix) = plain_prefix(text) {
            return Self {
                text: text.into(),
                problems: Vec::new(),
                prefix: None,
                group: Some(Group::any(prefix.len()..text.len())),
            };
        }
        let mut mask = Self {
            text: text.into(),
            problems: copied::find(text),
            prefix: None,
            group: None,
        };
        // What was copied wrong is no regular expression of anybody's.
        if !mask.problems.is_empty() {
            return mask;
        }
        mask.problems = scan::scan(text);
        let is_portable = |p: &Problem| !matches!(p.kind, ProblemKind::NotPortable { .. });
        if mask.problems.iter().all(is_portable) {
            let ast = ParserBuilder::new()
                .nest_limit(NEST_LIMIT)
                .build()
                .parse(text);
            match ast {
                Ok(ast) => mask.judge(&ast),
                Err(error) => mask.problems.push(problems::invalid(text, &error)),
            }
        }
        mask.problems
            .sort_by_key(|problem| (problem.range.start, problem.range.end));
        mask
    }

    /// Judges a mask that is a regular expression, and takes its meaning if it has no error.
    fn judge(&mut self, ast: &Ast) {
        let structure = structure::judge(&self.text, ast, &mut self.problems);
        if !self.is_sound() {
            return;
        }
        let Some((prefix, capture)) = structure else {
            return;
        };
        match Group::new(&self.text, capture) {
            Ok(group) => {
                let slow = backtracking::find(&self.text, capture, &group, &prefix);
                self.problems.extend(slow);
                self.prefix = Some(prefix.into());
                self.group = Some(group);
            }
            Err(problem) => self.problems.push(problem),
        }
    }

    /// All mistakes, by their place. Confusable characters are not among them: see
    /// [`crate::text::lookalike::find`].
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Whether no problem is an error, so that conclusions may be drawn from the mask.
    pub fn is_sound(&self) -> bool {
        !self.problems.iter().any(Problem::is_error)
    }

    /// The bytes of what stands before the capture group, an anchor at the start left out.
    pub fn prefix(&self) -> Option<Range<usize>> {
        let end = self.group.as_ref()?.range.start;
        Some(usize::from(self.text.starts_with('^'))..end)
    }

    /// The bytes of the capture group, brackets included.
    pub fn group_range(&self) -> Option<Range<usize>> {
        self.group.as_ref().map(|group| group.range.clone())
    }

    /// What stands before the capture group, as the text it stands for: without escapes and
    /// anchors, and with unescaped metacharacters that are meant literally.
    pub fn literal_prefix(&self) -> Option<&str> {
        self.group.as_ref().map(|group| self.before(group))
    }

    /// The literal prefix and the capture group as written: masks that agree in both are the
    /// same.
    pub fn parts(&self) -> Option<(&str, &str)> {
        let group = self.group.as_ref()?;
        Some((self.before(group), self.text.get(group.range.clone())?))
    }

    fn before(&self, group: &Group) -> &str {
        let written = || self.text.get(..group.range.start).unwrap_or_default();
        self.prefix.as_deref().unwrap_or_else(written)
    }

    /// The mask as a package has it, where that takes other names than those that are meant: `R+D` takes `RD`, and no `R+D`.
    pub fn as_written(&self) -> Option<Regex> {
        let mut problems = self.problems.iter();
        problems.find(|it| matches!(it.kind, ProblemKind::Unescaped { .. }))?;
        Regex::new(&format!("^(?:{})$", self.text)).ok()
    }

    /// The profile that a group has unless another is written: the literal prefix and the
    /// group's name.
    pub fn default_profile(&self, group: &str) -> Option<String> {
        Some([self.literal_prefix()?, group].concat())
    }

    /// What the capture group takes out of a profile's whole name; none if the mask does not
    /// match it.
    pub fn captures<'p>(&self, profile: &'p str) -> Option<&'p str> {
        let group = self.group.as_ref()?;
        let name = profile.strip_prefix(self.before(group))?;
        group.takes(name).then_some(name)
    }

    /// Where a profile's name stops matching, what stood there and what was due, and the
    /// nearest name that matches. None for a name that matches.
    pub fn trace(&self, profile: &str) -> Option<Trace> {
        trace::trace(self, profile)
    }
}

#[cfg(test)]
mod properties;

#[cfg(test)]
mod tests;
