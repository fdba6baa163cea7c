//! Repetitions that can share out the same text in many ways, so that an engine which tries them
//! one after the other never ends on a name that fits almost.
//!
//! Two forms are looked for, each by walking two automata side by side. Where one text of a
//! repeated expression is also several of them in a row, or one of two branches', the ways double
//! with each repetition. Two repetitions side by side with a text in common are quadratic.

use std::collections::{HashSet, VecDeque};
use std::ops::Range;

use regex_syntax::ast::{self, Ast, RepetitionKind, RepetitionRange};

use super::group::{Group, Walk, compile};
use super::problems::{Problem, ProblemKind, bytes};
use super::structure::least;
use crate::text::slice;

/// How many pairs of expressions are compared; a group with more of them is not judged to its end.
const PAIR_LIMIT: usize = 100;
/// How many pairs of states one comparison may reach.
const STATE_LIMIT: usize = 1_000;
/// How long a text the example repeats: enough to show it, and still a readable line.
const LENGTH: usize = 25;

/// Finds the first slow repetition of a capture group. The example starts with `prefix`.
pub(super) fn find(
    text: &str,
    capture: &ast::Group,
    group: &Group,
    prefix: &str,
) -> Option<Problem> {
    let mut search = Search {
        text,
        nested: true,
        pairs: 0,
    };
    let mut slow = search.slow(&capture.ast);
    if slow.is_none() {
        search.nested = false;
        slow = search.slow(&capture.ast);
    }
    let (range, entry, shared) = slow?;
    let repeated: String = shared.chars().cycle().take(LENGTH).collect();
    let name = format!("{entry}{repeated}");
    let ended = ["!", "#", " ", "-", "0"].map(|end| format!("{name}{end}"));
    let unfit = ended.into_iter().find(|name| !group.takes(name));
    let name = unfit.unwrap_or(name);
    let kind = ProblemKind::Backtracking {
        nested: search.nested,
        example: format!("{prefix}{name}"),
    };
    Some(Problem::new(range, kind))
}

/// Where the repetition is, a text that leads to it, and one that it takes in several ways.
type Slow = (Range<usize>, String, String);

struct Search<'t> {
    text: &'t str,
    /// Whether repetitions within repetitions are looked for, or those side by side.
    nested: bool,
    pairs: usize,
}

impl<'t> Search<'t> {
    /// The first slow repetition in an expression, inner ones first.
    fn slow(&mut self, ast: &Ast) -> Option<Slow> {
        match ast {
            Ast::Group(group) => self.slow(&group.ast),
            Ast::Alternation(choice) => choice.asts.iter().find_map(|it| self.slow(it)),
            Ast::Concat(concat) => {
                let mut items = concat.asts.iter().enumerate();
                let (number, (range, entry, shared)) = items.find_map(|(number, item)| {
                    let slow = self.slow(item);
                    let slow = slow.or_else(|| self.beside(concat.asts.get(number..)?));
                    Some((number, slow?))
                })?;
                let before = concat.asts.iter().take(number);
                let before = before.filter(|item| !is_nullable(item));
                let texts = before.filter_map(|item| self.shared(item, item, false));
                Some((range, texts.collect::<String>() + &entry, shared))
            }
            Ast::Repetition(repetition) => {
                let slow = self.slow(&repetition.ast);
                slow.or_else(|| {
                    let is_asked = self.nested && is_unbounded(ast);
                    let shared = is_asked.then(|| self.in_two_ways(&repetition.ast))??;
                    Some((bytes(&repetition.span), String::new(), shared))
                })
            }
            _ => None,
        }
    }

    /// A text that is one repetition of an expression and several, or one of two branches'.
    fn in_two_ways(&mut self, body: &Ast) -> Option<String> {
        match body {
            Ast::Group(group) => self.in_two_ways(&group.ast),
            Ast::Alternation(choice) => {
                let branches = choice.asts.iter().enumerate();
                let mut pairs = branches.flat_map(|(number, one)| {
                    let others = choice.asts.iter().skip(number + 1);
                    others.map(move |other| (one, other))
                });
                let shared = pairs.find_map(|(one, other)| self.shared(one, other, false));
                shared.or_else(|| self.shared(body, body, true))
            }
            Ast::Concat(_) | Ast::Repetition(_) => self.shared(body, body, true),
            _ => None,
        }
    }

    /// The first of the items and one behind it, with nothing between them that must be there.
    fn beside(&mut self, items: &[Ast]) -> Option<Slow> {
        let (first, behind) = items.split_first()?;
        if self.nested || !is_unbounded(first) {
            return None;
        }
        for second in behind {
            let shared = is_unbounded(second).then(|| self.shared(first, second, false));
            if let Some(shared) = shared.flatten() {
                let range = bytes(first.span()).start..bytes(second.span()).end;
                return Some((range, String::new(), shared));
            }
            if !is_nullable(second) {
                break;
            }
        }
        None
    }

    fn written(&self, ast: &Ast) -> &'t str {
        slice(self.text, bytes(ast.span()))
    }

    /// The shortest text but the empty one that both take; with `several`, one that is also two texts of the second or more in a row.
    fn shared(&mut self, one: &Ast, other: &Ast, several: bool) -> Option<String> {
        self.pairs += 1;
        if self.pairs > PAIR_LIMIT {
            return None;
        }
        let (one, other) = (compile(self.written(one))?, compile(self.written(other))?);
        let (mut one, mut other) = (Walk::of(&one), Walk::of(&other));
        let again = other.start()?;
        let start = (one.start()?, again, several);
        let mut seen = HashSet::from([start]);
        let mut queue = VecDeque::from([(start, String::new())]);
        while let Some(((first, second, is_due), text)) = queue.pop_front() {
            for letter in readable() {
                let steps = (one.step(first, letter), other.step(second, letter));
                let (Some(first), Some(second)) = steps else {
                    continue;
                };
                let text = format!("{text}{}", char::from(letter));
                let is_end = other.is_end(second);
                if is_end && !is_due && one.is_end(first) {
                    return Some(text);
                }
                let next = is_end && several;
                let next = next.then_some((first, again, false));
                for state in [Some((first, second, is_due)), next].into_iter().flatten() {
                    if seen.len() < STATE_LIMIT && seen.insert(state) {
                        queue.push_back((state, text.clone()));
                    }
                }
            }
        }
        None
    }
}

/// Whether an expression may take nothing.
fn is_nullable(ast: &Ast) -> bool {
    match ast {
        Ast::Repetition(repetition) => {
            least(&repetition.op.kind) == 0 || is_nullable(&repetition.ast)
        }
        Ast::Group(group) => is_nullable(&group.ast),
        Ast::Concat(concat) => concat.asts.iter().all(is_nullable),
        Ast::Alternation(choice) => choice.asts.iter().any(is_nullable),
        ast => matches!(ast, Ast::Empty(_)),
    }
}

fn is_unbounded(ast: &Ast) -> bool {
    let Ast::Repetition(repetition) = ast else {
        return false;
    };
    matches!(
        repetition.op.kind,
        RepetitionKind::ZeroOrMore
            | RepetitionKind::OneOrMore
            | RepetitionKind::Range(RepetitionRange::AtLeast(_))
    )
}

/// The characters of examples, letters first.
fn readable() -> impl Iterator<Item = u8> {
    let others = (b' '..=b'~').filter(|byte| !byte.is_ascii_alphanumeric());
    (b'a'..=b'z')
        .chain(b'A'..=b'Z')
        .chain(b'0'..=b'9')
        .chain(others)
}
