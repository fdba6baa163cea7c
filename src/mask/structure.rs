//! The parts of a mask (what stands before the capture group, the group, what follows) and the
//! mistakes in how it is built.
//!
//! One mistake gives one problem:
//! - without a capture group nothing else is said of the structure;
//! - what lies within a surplus group, or holds one, is not reported again;
//! - a prefix without a literal character is too broad, and its parts are not reported again;
//!   where text follows the group, the group was put in front, and that alone is reported;
//! - white space after the group is `mask-whitespace`, not something that follows it.

use std::{ops::Range, slice::from_ref};

use regex_syntax::ast::{Ast, Group, LiteralKind, Repetition, RepetitionKind, RepetitionRange};

use super::problems::{Problem, ProblemKind, Whitespace, bytes};
use super::{escape_literal, scan};
use crate::text::slice;

/// Of a name that is let in, no more characters are kept.
const SHOWN: usize = 100;

/// A part of what stands before the capture group.
enum Piece {
    Literal(char),
    /// A metacharacter that is meant literally.
    Unescaped {
        /// The metacharacter.
        range: Range<usize>,
        /// The text that the piece is meant to be.
        meant: String,
        /// A text that the piece takes, and another one that shows the mistake.
        takes: char,
        lets_in: char,
    },
    /// Anything else.
    Pattern {
        range: Range<usize>,
        part: &'static str,
    },
}

/// Adds the mistakes in the structure of a mask. Returns the prefix, as its author means it, and
/// the last capture group; they are of use if the mask has no error.
pub(super) fn judge<'a>(
    text: &str,
    ast: &'a Ast,
    problems: &mut Vec<Problem>,
) -> Option<(String, &'a Group)> {
    let mut captures = Vec::new();
    find_captures(ast, &mut captures);
    let Some(capture) = captures.pop() else {
        // With the group, what stands before it was forgotten to be its prefix.
        problems.retain(|p| p.kind != ProblemKind::Whitespace(Whitespace::Trailing));
        problems.push(Problem::new(0..text.len(), ProblemKind::MissingCapture));
        return None;
    };
    let group = bytes(&capture.span);
    let items = match ast {
        Ast::Concat(concat) => concat.asts.as_slice(),
        other => from_ref(other),
    };
    let is_before = |item: &&Ast| item.span().end.offset <= group.start;
    let before: Vec<&Ast> = items.iter().take_while(is_before).collect();
    let mut pieces: Vec<Piece> = (0..before.len())
        .filter_map(|at| piece(text, &before, at))
        .collect();
    let surplus: Vec<_> = captures.iter().map(|group| bytes(&group.span)).collect();
    // Those that are in no other.
    let mut outer: Vec<Range<usize>> = Vec::new();
    for group in &surplus {
        if outer.last().is_none_or(|last| last.end <= group.start) {
            outer.push(group.clone());
        }
    }
    let is_said = |range: &Range<usize>| {
        let next = outer.partition_point(|group| group.end <= range.start);
        outer.get(next).is_some_and(|group| group.start < range.end)
    };
    let body = scan::body(text);
    let closed = text
        .bytes()
        .skip(group.end)
        .take_while(|byte| *byte == b')');
    let follows = group.end + closed.count()..body.end;
    let follows = Some(follows).filter(|range| !range.is_empty() && !is_said(range));
    // The group may stand within something, which is no literal text; of what follows it then, enough is said.
    let around = items
        .get(before.len())
        .map_or(group.start, |it| it.span().start.offset);
    let is_within = around < group.start;
    if is_within && follows.is_none() {
        let range = around..group.start;
        let part = match items.get(before.len()) {
            Some(Ast::Alternation(_)) => "a choice between alternatives",
            _ => "a group",
        };
        pieces.push(Piece::Pattern { range, part });
    }
    if is_within || before.iter().any(|item| must_have_literal(item)) {
        add_problems(text, &pieces, is_said, problems);
    } else if surplus.is_empty() && follows.is_none() {
        let is_empty = group.start <= body.start;
        let range = 0..if is_empty { text.len() } else { group.start };
        problems.push(Problem::new(range, ProblemKind::TooBroad));
    }
    problems.extend(follows.map(|range| Problem::new(range, ProblemKind::NotPrefix)));
    let surplus = surplus.into_iter();
    problems.extend(surplus.map(|range| Problem::new(range, ProblemKind::SurplusCapture)));
    let meant = pieces.iter().map(|piece| match piece {
        Piece::Literal(character) => character.to_string(),
        Piece::Unescaped { meant, .. } => meant.clone(),
        Piece::Pattern { .. } => String::new(),
    });
    Some((meant.collect(), capture))
}

/// Finds the capture groups, in the order in which they open.
fn find_captures<'a>(ast: &'a Ast, found: &mut Vec<&'a Group>) {
    match ast {
        Ast::Group(group) => {
            if group.is_capturing() {
                found.push(group);
            }
            find_captures(&group.ast, found);
        }
        Ast::Repetition(repetition) => find_captures(&repetition.ast, found),
        Ast::Concat(concat) => concat.asts.iter().for_each(|it| find_captures(it, found)),
        Ast::Alternation(choice) => choice.asts.iter().for_each(|it| find_captures(it, found)),
        _ => {}
    }
}

fn add_problems(
    text: &str,
    pieces: &[Piece],
    is_said: impl Fn(&Range<usize>) -> bool,
    problems: &mut Vec<Problem>,
) {
    // Neighbours such as `[a-z]+\d` are one mistake.
    let mut patterns: Vec<(Range<usize>, &'static str)> = Vec::new();
    for (number, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Literal(_) => {}
            Piece::Pattern { range, .. } if is_said(range) => {}
            Piece::Pattern { range, part } => match patterns.last_mut() {
                Some((last, _)) if last.end == range.start => last.end = range.end,
                _ => patterns.push((range.clone(), part)),
            },
            Piece::Unescaped { range, .. } => {
                let written = slice(text, range.clone()).to_owned();
                let lets_in = lets_in(pieces, number);
                problems.push(Problem {
                    range: range.clone(),
                    replacement: Some(escape_literal(&written)),
                    kind: ProblemKind::Unescaped { written, lets_in },
                });
            }
        }
    }
    let patterns = patterns.into_iter();
    problems.extend(
        patterns.map(|(range, part)| Problem::new(range, ProblemKind::NotLiteral { part })),
    );
}

/// A text that the mask takes though it is not the one meant, because of the piece `odd`; as much of it as a message shows.
fn lets_in(pieces: &[Piece], odd: usize) -> String {
    let characters = pieces
        .iter()
        .enumerate()
        .filter_map(|(number, piece)| match piece {
            Piece::Literal(character) => Some(*character),
            Piece::Unescaped { lets_in, .. } if number == odd => Some(*lets_in),
            Piece::Unescaped { takes, .. } => Some(*takes),
            Piece::Pattern { .. } => None,
        });
    characters.take(SHOWN).collect()
}

/// Whether each match of the expression has a character that the mask spells out.
fn must_have_literal(ast: &Ast) -> bool {
    match ast {
        Ast::Literal(_) => true,
        Ast::Concat(concat) => concat.asts.iter().any(must_have_literal),
        Ast::Alternation(choice) => choice.asts.iter().all(must_have_literal),
        Ast::Repetition(repetition) => {
            least(&repetition.op.kind) > 0 && must_have_literal(&repetition.ast)
        }
        Ast::Group(group) => must_have_literal(&group.ast),
        _ => false,
    }
}

/// How often something must be repeated.
pub(super) fn least(kind: &RepetitionKind) -> u32 {
    match kind {
        RepetitionKind::ZeroOrOne | RepetitionKind::ZeroOrMore => 0,
        RepetitionKind::OneOrMore => 1,
        RepetitionKind::Range(
            RepetitionRange::Exactly(least)
            | RepetitionRange::AtLeast(least)
            | RepetitionRange::Bounded(least, _),
        ) => *least,
    }
}

/// One item of the prefix; nothing for an anchor.
fn piece(text: &str, items: &[&Ast], at: usize) -> Option<Piece> {
    let item = items.get(at)?;
    let range = bytes(item.span());
    let before = at.checked_sub(1).and_then(|at| items.get(at));
    let mut beside = before.into_iter().chain(items.get(at + 1));
    let part = match item {
        Ast::Empty(_) | Ast::Assertion(_) => return None,
        Ast::Literal(literal) => return Some(Piece::Literal(literal.c)),
        Ast::Dot(_) if beside.any(|it| is_dot(it)) => "a run of `.`",
        Ast::Dot(_) => {
            return Some(Piece::Unescaped {
                range,
                meant: ".".to_owned(),
                takes: '.',
                lets_in: 'x',
            });
        }
        Ast::Repetition(repetition) => match unescaped(text, repetition) {
            Some(piece) => return Some(piece),
            None => "a repetition",
        },
        Ast::Group(group) if !matches!(*group.ast, Ast::Alternation(_)) => "a group",
        Ast::Group(_) | Ast::Alternation(_) => "a choice between alternatives",
        _ => "a class",
    };
    Some(Piece::Pattern { range, part })
}

fn is_dot(ast: &Ast) -> bool {
    match ast {
        Ast::Repetition(repetition) => is_dot(&repetition.ast),
        ast => matches!(ast, Ast::Dot(_)),
    }
}

/// A repetition that is meant as text: a bare `+` or `?` after a letter or digit (`R+D`, `Who?`)
/// or between blanks (`Sales + Service`), or `++` after a letter (`C++`). `*` is left out: people
/// write it as a wildcard.
fn unescaped(text: &str, repetition: &Repetition) -> Option<Piece> {
    let body = match &*repetition.ast {
        Ast::Repetition(inner) => &*inner.ast,
        body => body,
    };
    let Ast::Literal(literal) = body else {
        return None;
    };
    let range = literal.span.end.offset..repetition.span.end.offset;
    let written = slice(text, range.clone());
    let next = text.get(range.end..)?.chars().next();
    let is_word = literal.c.is_alphanumeric();
    let is_text = match written {
        "+" | "?" => {
            is_word
                || literal.c == '_'
                || (literal.c == ' ' && next.is_some_and(char::is_whitespace))
        }
        "++" => is_word,
        _ => false,
    };
    (is_text && literal.kind == LiteralKind::Verbatim).then(|| Piece::Unescaped {
        meant: format!("{}{written}", literal.c),
        range,
        takes: literal.c,
        lets_in: literal.c,
    })
}
