//! The parts of a mask (what stands before the capture group, the group, what follows) and the
//! mistakes in how it is built.
//!
//! One mistake gives one problem:
//! - without a capture group nothing else is said of the structure;
//! - what lies within a surplus group, or holds one, is not reported again;
//! - a prefix without a literal character is too broad, and its parts are not reported again;
//!   where text follows the group, the group was put in front, and that alone is reported;
//! - white space after the group is `mask-whitespace`, not something that follows it.

use std::ops::Range;

use regex_syntax::ast::{Ast, Group, LiteralKind, Repetition, RepetitionKind, RepetitionRange};

use super::problems::{Problem, ProblemKind, Whitespace, bytes};
use super::scan;

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
    let surplus: Vec<_> = captures.iter().map(|group| bytes(&group.span)).collect();
    let is_said = |range: &Range<usize>| {
        let mut surplus = surplus.iter();
        surplus.any(|group| range.start < group.end && group.start < range.end)
    };
    let group = bytes(&capture.span);
    let before = Before::new(text, ast, capture);
    let body = scan::body(text);
    let after = text.get(group.end..).unwrap_or_default().bytes();
    let closed = after.take(before.enclosing).take_while(|b| *b == b')');
    let follows = group.end + closed.count()..body.end;
    let follows = Some(follows).filter(|range| !range.is_empty() && !is_said(range));
    let mut found = Vec::new();
    if before.has_literal {
        before.add_problems(text, is_said, &mut found);
    } else if surplus.is_empty() && follows.is_none() {
        let is_empty = group.start <= body.start;
        let range = 0..if is_empty { text.len() } else { group.start };
        found.push(Problem::new(range, ProblemKind::TooBroad));
    }
    found.extend(follows.map(|range| Problem::new(range, ProblemKind::NotPrefix)));
    let surplus = surplus.into_iter();
    found.extend(surplus.map(|range| Problem::new(range, ProblemKind::SurplusCapture)));
    problems.append(&mut found);
    Some((before.meant(), capture))
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

/// What stands before the capture group.
struct Before {
    pieces: Vec<Piece>,
    /// Whether each match has a character there that the mask spells out.
    has_literal: bool,
    /// How many groups enclose the capture group.
    enclosing: usize,
}

impl Before {
    /// Goes down from the root to the capture group.
    fn new(text: &str, root: &Ast, capture: &Group) -> Self {
        let start = capture.span.start.offset;
        let mut before = Self {
            pieces: Vec::new(),
            has_literal: false,
            enclosing: 0,
        };
        let ends_before = |ast: &&Ast| ast.span().end.offset <= start;
        let mut at = Some(root);
        while let Some(ast) = at {
            at = match ast {
                Ast::Concat(concat) => {
                    let items: Vec<_> = concat.asts.iter().take_while(ends_before).collect();
                    before.has_literal |= items.iter().any(|item| must_have_literal(item));
                    for (number, item) in items.iter().enumerate() {
                        let last = number.checked_sub(1).and_then(|last| items.get(last));
                        let beside_dot = [last, items.get(number + 1)]
                            .into_iter()
                            .flatten()
                            .any(|other| is_dot(other));
                        before.pieces.extend(piece(text, item, beside_dot));
                    }
                    concat.asts.get(items.len())
                }
                Ast::Alternation(choice) => {
                    let branch = choice.asts.iter().find(|branch| !ends_before(branch));
                    let start = choice.span.start.offset;
                    let range = start..branch.map_or(start, |it| it.span().start.offset);
                    if !range.is_empty() {
                        let part = "a choice between alternatives";
                        before.pieces.push(Piece::Pattern { range, part });
                    }
                    branch
                }
                Ast::Repetition(repetition) => Some(&repetition.ast),
                Ast::Group(group) if group.span.start.offset < start => {
                    before.enclosing += 1;
                    if !group.is_capturing() {
                        let range = group.span.start.offset..group.ast.span().start.offset;
                        let part = "a group";
                        before.pieces.push(Piece::Pattern { range, part });
                    }
                    Some(&group.ast)
                }
                _ => None,
            };
        }
        before
    }

    /// The text that is meant.
    fn meant(&self) -> String {
        let mut text = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Literal(character) => text.push(*character),
                Piece::Unescaped { meant, .. } => text.push_str(meant),
                Piece::Pattern { .. } => {}
            }
        }
        text
    }

    /// A text that the mask takes though it is not the one meant, because of the piece `odd`.
    fn lets_in(&self, odd: usize) -> String {
        let pieces = self.pieces.iter().enumerate();
        let characters = pieces.filter_map(|(number, piece)| match piece {
            Piece::Literal(character) => Some(*character),
            Piece::Unescaped { lets_in, .. } if number == odd => Some(*lets_in),
            Piece::Unescaped { takes, .. } => Some(*takes),
            Piece::Pattern { .. } => None,
        });
        characters.collect()
    }

    fn add_problems(
        &self,
        text: &str,
        is_said: impl Fn(&Range<usize>) -> bool,
        problems: &mut Vec<Problem>,
    ) {
        for (number, piece) in self.pieces.iter().enumerate() {
            match piece {
                Piece::Literal(_) => {}
                Piece::Pattern { range, .. } if is_said(range) => {}
                Piece::Pattern { range, part } => match problems.last_mut() {
                    // Neighbours such as `[a-z]+\d` are one mistake.
                    Some(Problem {
                        range: last,
                        kind: ProblemKind::NotLiteral { .. },
                        ..
                    }) if last.end == range.start => last.end = range.end,
                    _ => problems.push(Problem::new(
                        range.clone(),
                        ProblemKind::NotLiteral { part },
                    )),
                },
                Piece::Unescaped { range, .. } => {
                    let written = text.get(range.clone()).unwrap_or_default().to_owned();
                    problems.push(Problem {
                        range: range.clone(),
                        replacement: Some(super::escape_literal(&written)),
                        kind: ProblemKind::Unescaped {
                            written,
                            lets_in: self.lets_in(number),
                        },
                    });
                }
            }
        }
    }
}

fn is_dot(ast: &Ast) -> bool {
    match ast {
        Ast::Repetition(repetition) => matches!(*repetition.ast, Ast::Dot(_)),
        ast => matches!(ast, Ast::Dot(_)),
    }
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
fn piece(text: &str, item: &Ast, beside_dot: bool) -> Option<Piece> {
    let range = bytes(item.span());
    let part = match item {
        Ast::Empty(_) | Ast::Assertion(_) => return None,
        Ast::Literal(literal) => return Some(Piece::Literal(literal.c)),
        Ast::Dot(_) if !beside_dot => {
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
        Ast::Dot(_) => "a run of `.`",
        Ast::Group(group) if !matches!(*group.ast, Ast::Alternation(_)) => "a group",
        Ast::Group(_) | Ast::Alternation(_) => "a choice between alternatives",
        _ => "a class",
    };
    Some(Piece::Pattern { range, part })
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
    let next = text.get(range.end..)?.chars().next();
    let is_word = literal.c.is_alphanumeric();
    let is_text = match text.get(range.clone())? {
        "+" | "?" => {
            is_word
                || literal.c == '_'
                || (literal.c == ' ' && next.is_some_and(char::is_whitespace))
        }
        "++" => is_word,
        _ => false,
    };
    (is_text && literal.kind == LiteralKind::Verbatim).then(|| Piece::Unescaped {
        meant: format!(
            "{}{}",
            literal.c,
            text.get(range.clone()).unwrap_or_default()
        ),
        range,
        takes: literal.c,
        lets_in: literal.c,
    })
}
