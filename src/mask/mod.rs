//! What an association mask means: its parts, what it captures, what it overlaps.
//!
//! A mask is a regular expression whose capture group takes the internal name of an operator
//! group out of a product profile's name. How Campaign reads it (anchored or not, which dialect)
//! is not documented, so a mask is accepted only if it means the same under every reading; here
//! it is matched against whole names, case-sensitively, and `^` at its start and `$` at its end
//! change nothing.
//!
//! All ranges are bytes of the mask's text as decoded from YAML.
//!
//! ```
//! use campaign_ims::mask::Mask;
//!
//! let mask = Mask::parse("Campaign - contoso - (.*)");
//! assert!(mask.problems().is_empty());
//! assert_eq!(mask.literal_prefix(), Some("Campaign - contoso - "));
//! assert_eq!(mask.captures("Campaign - contoso - admin"), Some("admin"));
//! assert_eq!(mask.default_profile("admin").as_deref(), Some("Campaign - contoso - admin"));
//! ```

mod backtracking;
mod constructs;
mod expr;
mod machine;
mod overlap;
mod portable;
mod problems;
#[cfg(test)]
mod properties;
mod simple;
mod structure;
mod trace;

use std::ops::Range;
use std::sync::OnceLock;

use regex_automata::nfa::thompson::NFA;

use expr::Expr;
use machine::{Machine, Reading};
use simple::Simple;
use structure::Parts;

pub use overlap::{OverlapIndex, overlap};
pub use problems::{Problem, ProblemKind, Whitespace};
pub use trace::{Expected, Trace};

/// A lawful internal name of an operator group has at most this many characters.
pub const GROUP_NAME_LIMIT: usize = 64;

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
    text: String,
    problems: Vec<Problem>,
    shape: Shape,
    written: OnceLock<Option<Machine>>,
    exchanged: OnceLock<Option<Machine>>,
}

#[derive(Debug, Clone)]
enum Shape {
    /// Literal text and one group of one repeated class.
    Simple(Simple),
    /// Any other expression with a capture group.
    General { expr: Box<Expr>, parts: Parts },
    /// No expression, or one without a capture group: nothing can be said of names.
    Void,
}

impl Mask {
    /// Parses any text. What is wrong with it is in [`Mask::problems`]; there is no other
    /// failure, and text from the outside costs no more than milliseconds.
    pub fn parse(text: &str) -> Self {
        let mut problems = problems::whitespace(text);
        let shape = match Simple::read(text) {
            Some(simple) => {
                if simple.prefix.is_empty() {
                    let whole = 0..text.len();
                    problems.push(Problem::new(whole, ProblemKind::TooBroad));
                }
                Shape::Simple(simple)
            }
            None => general(text, &mut problems),
        };
        problems.sort_by_key(|problem| (problem.range.start, problem.range.end));
        Self {
            text: text.to_owned(),
            problems,
            shape,
            written: OnceLock::new(),
            exchanged: OnceLock::new(),
        }
    }

    /// The mask as written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The mask without the anchors at its ends: masks that differ in them alone are the same.
    pub fn without_anchors(&self) -> &str {
        let text = self.text.strip_prefix('^').unwrap_or(&self.text);
        match text.strip_suffix('$') {
            Some(rest) if !problems::ends_in_escape(rest) => rest,
            _ => text,
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

    /// The bytes of the (last) capture group, parentheses included.
    pub fn capture(&self) -> Option<Range<usize>> {
        match &self.shape {
            Shape::Simple(simple) => Some(simple.capture.clone()),
            Shape::General { parts, .. } => Some(parts.capture.clone()),
            Shape::Void => None,
        }
    }

    /// The bytes of what stands before the capture group, an anchor at the start left out.
    pub fn prefix(&self) -> Option<Range<usize>> {
        let end = self.capture()?.start;
        Some(usize::from(self.text.starts_with('^')).min(end)..end)
    }

    /// What stands before the capture group, as the text it stands for: without escapes and
    /// anchors, and with unescaped metacharacters that are meant literally. None where it is not
    /// literal text.
    pub fn literal_prefix(&self) -> Option<&str> {
        match &self.shape {
            Shape::Simple(simple) => Some(&simple.prefix),
            Shape::General { parts, .. } => parts.literal.as_deref(),
            Shape::Void => None,
        }
    }

    /// The profile that a group has unless another is written: the literal prefix and the
    /// group's name.
    pub fn default_profile(&self, group: &str) -> Option<String> {
        self.literal_prefix()
            .map(|prefix| format!("{prefix}{group}"))
    }

    /// The mask that is meant: with the metacharacters escaped that are reported as
    /// [`ProblemKind::Unescaped`]. Groups and profiles are judged by this one, so that one
    /// forgotten backslash is not reported again at every group.
    pub fn meant(&self) -> Self {
        let mut text = self.text.clone();
        for problem in self.problems.iter().rev() {
            if let (ProblemKind::Unescaped { .. }, Some(escaped)) =
                (&problem.kind, &problem.replacement)
            {
                text.replace_range(problem.range.clone(), escaped);
            }
        }
        Self::parse(&text)
    }

    /// What the capture group takes out of a profile's whole name; none if the mask does not
    /// match it or has no capture group.
    pub fn captures<'p>(&self, profile: &'p str) -> Option<&'p str> {
        match &self.shape {
            Shape::Simple(simple) => simple.captures(profile),
            Shape::General { .. } => profile.get(self.machine()?.captures(profile)?),
            Shape::Void => None,
        }
    }

    /// Whether the mask captures exactly this name from the profile, with its quantifiers read
    /// as greedy and as lazy alike.
    pub fn captures_exactly(&self, profile: &str, group: &str) -> bool {
        if self.captures(profile) != Some(group) {
            return false;
        }
        match &self.shape {
            Shape::General { expr, parts } => self
                .exchanged
                .get_or_init(|| Machine::new(expr, parts.capture.start, Reading::Exchanged))
                .as_ref()
                .and_then(|machine| profile.get(machine.captures(profile)?))
                .is_some_and(|captured| captured == group),
            Shape::Simple(_) | Shape::Void => true,
        }
    }

    /// Where a profile's name stops matching, what stood there and what was due, and the
    /// nearest name that matches. None for a name that matches, and for a mask without a
    /// capture group.
    pub fn trace(&self, profile: &str) -> Option<Trace> {
        trace::trace(self, profile)
    }

    /// How many bytes of a name the mask accepts before it is stuck.
    fn accepts(&self, profile: &str) -> usize {
        match &self.shape {
            Shape::Simple(simple) => simple.accepts(profile),
            Shape::General { .. } => self.machine().map_or(0, |machine| machine.accepts(profile)),
            Shape::Void => 0,
        }
    }

    /// Whether what stands before the capture group can be done with within the text.
    fn reaches_group(&self, text: &str) -> bool {
        self.literal_prefix()
            .or(self.certain_prefix())
            .is_some_and(|prefix| text.starts_with(prefix))
    }

    /// A text that every matching name begins with.
    fn certain_prefix(&self) -> Option<&str> {
        match &self.shape {
            Shape::Simple(simple) => Some(&simple.prefix),
            Shape::General { parts, .. } => Some(&parts.certain),
            Shape::Void => None,
        }
    }

    fn machine(&self) -> Option<&Machine> {
        self.written
            .get_or_init(|| match &self.shape {
                Shape::General { expr, parts } => {
                    Machine::new(expr, parts.capture.start, Reading::Written)
                }
                Shape::Simple(simple) => {
                    let expr = expr::parse(&self.text).ok()?;
                    Machine::new(&expr, simple.capture.start, Reading::Written)
                }
                Shape::Void => None,
            })
            .as_ref()
    }

    fn automaton(&self) -> Option<NFA> {
        self.machine().map(|machine| machine.nfa.clone())
    }
}

/// Parses a mask that is not of the usual form, and adds what is wrong with it.
fn general(text: &str, problems: &mut Vec<Problem>) -> Shape {
    let mut refuse = |(range, reason)| {
        problems.push(Problem::new(range, ProblemKind::InvalidRegex { reason }));
        Shape::Void
    };
    if let Err(failure) = expr::check_length(text) {
        return refuse(failure);
    }
    let not_portable = portable::scan(text);
    if !not_portable.is_empty() {
        problems.extend(
            not_portable.into_iter().map(|(range, construct)| {
                Problem::new(range, ProblemKind::NotPortable { construct })
            }),
        );
        return Shape::Void;
    }
    let expr = match expr::parse(text) {
        Ok(expr) => expr,
        Err(failure) => return refuse(failure),
    };
    let (parts, structural) = structure::judge(text, &expr);
    problems.extend(structural);
    let Some(parts) = parts else {
        // With the group, what stands before it was forgotten to be its prefix.
        problems.retain(|p| p.kind != ProblemKind::Whitespace(Whitespace::Trailing));
        return Shape::Void;
    };
    let prefix = parts.literal.as_deref().unwrap_or(&parts.certain);
    problems.extend(backtracking::find(&expr, parts.capture.start, prefix));
    Shape::General {
        expr: Box::new(expr),
        parts,
    }
}

#[cfg(test)]
mod tests;
