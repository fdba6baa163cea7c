//! The parts of a mask (what stands before the capture group, the group, what follows) and the
//! mistakes in how it is built.
//!
//! One mistake gives one problem:
//! - without a capture group nothing else is said of the structure;
//! - a surplus group is reported as such and not as a part of the prefix that is not literal;
//! - a prefix without a literal character is too broad, and its parts are not reported again;
//!   where text follows the group, the group was put in front, and that alone is reported;
//! - what is quantified, or a class, is not literal, but for the metacharacters that
//!   [`unescaped`] takes for text;
//! - what follows a group within a surplus one is not reported apart;
//! - white space after the group is `mask-whitespace`, not something that follows it.

use std::ops::Range;

use super::expr::{Expr, ExprKind};
use super::problems::{Problem, ProblemKind, ends_in_escape};

/// The parts of a mask that has a capture group.
#[derive(Debug, Clone)]
pub(super) struct Parts {
    /// The last capture group, parentheses included.
    pub capture: Range<usize>,
    /// The prefix as its author means it, where it is literal text.
    pub literal: Option<String>,
    /// The longest text that every match begins with.
    pub certain: String,
}

/// Judges the structure of a mask. Returns its parts unless it has no capture group.
pub(super) fn judge(text: &str, expr: &Expr) -> (Option<Parts>, Vec<Problem>) {
    let captures = expr.captures();
    let Some((last, surplus)) = captures.split_last() else {
        let problem = Problem::new(0..text.len(), ProblemKind::MissingCapture);
        return (None, vec![problem]);
    };
    let mut walk = Walk::default();
    walk.descend(expr, last.range.start);
    let mut problems: Vec<_> = surplus
        .iter()
        .map(|group| Problem::new(group.range.clone(), ProblemKind::SurplusCapture))
        .collect();
    // Within a surplus group it is part of that mistake.
    let follows = what_follows(text, last.range.end, walk.enclosing)
        .filter(|range| !surplus.iter().any(|group| range.end <= group.range.end));
    if let Some(range) = &follows {
        problems.push(Problem::new(range.clone(), ProblemKind::NotPrefix));
    }
    let has_literal = walk.prefix.iter().any(|item| must_have_literal(item));
    let pieces = pieces(text, &walk);
    if has_literal {
        problems.extend(prefix_problems(text, &pieces));
    } else if surplus.is_empty() && follows.is_none() {
        let range = if last.range.start > 0 {
            0..last.range.start
        } else {
            0..text.len()
        };
        problems.push(Problem::new(range, ProblemKind::TooBroad));
    }
    let is_literal = surplus.is_empty() && pieces.iter().all(|piece| piece.meant.is_some());
    let parts = Parts {
        capture: last.range.clone(),
        literal: is_literal.then(|| pieces.iter().filter_map(|p| p.meant.as_deref()).collect()),
        certain: certain(&walk),
    };
    (Some(parts), problems)
}

/// The way from the root down to the capture group.
#[derive(Default)]
struct Walk<'a> {
    /// What stands before the group, from left to right.
    prefix: Vec<&'a Expr>,
    /// The text of branches and openings of groups on the way, and what they are.
    obstacles: Vec<(Range<usize>, &'static str)>,
    /// How many groups enclose the capture group.
    enclosing: usize,
    /// Whether the way leads through a branch or a repetition: then not every match has what
    /// stands before the group.
    is_optional: bool,
}

impl<'a> Walk<'a> {
    fn descend(&mut self, expr: &'a Expr, capture: usize) {
        match &expr.kind {
            ExprKind::Group { .. } if expr.range.start == capture && is_capture(expr) => {}
            ExprKind::Group { body, is_capture } => {
                self.enclosing += 1;
                if !is_capture {
                    let opening = expr.range.start..body.range.start;
                    self.obstacles.push((opening, "a group"));
                }
                self.descend(body, capture);
            }
            ExprKind::Repeat { body, .. } => {
                self.is_optional = true;
                self.descend(body, capture);
            }
            ExprKind::Concat(items) => {
                for item in items {
                    if item.range.end > capture {
                        return self.descend(item, capture);
                    }
                    self.prefix.push(item);
                }
            }
            ExprKind::Alternation(branches) => {
                self.is_optional = true;
                for branch in branches {
                    if branch.range.end > capture {
                        let before = expr.range.start..branch.range.start;
                        let is_surplus = branches
                            .iter()
                            .take_while(|other| other.range.end <= capture)
                            .any(|other| !other.captures().is_empty());
                        if !before.is_empty() && !is_surplus {
                            self.obstacles
                                .push((before, "a choice between alternatives"));
                        }
                        return self.descend(branch, capture);
                    }
                }
            }
            ExprKind::Empty | ExprKind::Char(_) | ExprKind::Dot | ExprKind::Class(_) => {}
        }
    }
}

fn is_capture(expr: &Expr) -> bool {
    matches!(
        expr.kind,
        ExprKind::Group {
            is_capture: true,
            ..
        }
    )
}

/// What follows the capture group, but for the ends of groups around it, white space and `$`.
fn what_follows(text: &str, start: usize, enclosing: usize) -> Option<Range<usize>> {
    let mut rest = text.get(start..)?;
    for _ in 0..enclosing {
        rest = rest.strip_prefix(')').unwrap_or(rest);
    }
    let start = text.len() - rest.len();
    let mut rest = rest.trim_ascii_end();
    if let Some(shorter) = rest.strip_suffix('$')
        && !ends_in_escape(shorter)
    {
        rest = shorter.trim_ascii_end();
    }
    (!rest.is_empty()).then(|| start..start + rest.len())
}

/// Whether each match of the expression has a character that the mask spells out.
fn must_have_literal(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Char(_) => true,
        ExprKind::Empty | ExprKind::Dot | ExprKind::Class(_) => false,
        ExprKind::Concat(items) => items.iter().any(must_have_literal),
        ExprKind::Alternation(branches) => branches.iter().all(must_have_literal),
        ExprKind::Repeat { body, least, .. } => *least > 0 && must_have_literal(body),
        ExprKind::Group { body, .. } => must_have_literal(body),
    }
}

/// A part of the prefix.
struct Piece {
    range: Range<usize>,
    /// The text that it is meant to be, unless it is not literal.
    meant: Option<String>,
    /// What it is if it is not literal, or the metacharacter's place and a text that it lets in.
    oddity: Option<Oddity>,
}

enum Oddity {
    NotLiteral(&'static str),
    Unescaped {
        at: Range<usize>,
        usual: String,
        lets_in: String,
    },
    /// A surplus group, which has been reported.
    Reported,
}

fn pieces(text: &str, walk: &Walk) -> Vec<Piece> {
    let obstacles = walk.obstacles.iter().map(|(range, part)| Piece {
        range: range.clone(),
        meant: None,
        oddity: Some(Oddity::NotLiteral(part)),
    });
    let items = walk.prefix.iter().enumerate().map(|(at, item)| {
        let before = at.checked_sub(1).and_then(|at| walk.prefix.get(at));
        let after = walk.prefix.get(at + 1);
        let is_dot = |expr: Option<&&Expr>| {
            expr.is_some_and(|expr| match &expr.kind {
                ExprKind::Repeat { body, .. } => matches!(body.kind, ExprKind::Dot),
                kind => matches!(kind, ExprKind::Dot),
            })
        };
        piece(text, item, is_dot(before) || is_dot(after))
    });
    let mut pieces: Vec<_> = obstacles.chain(items).collect();
    pieces.sort_by_key(|piece| piece.range.start);
    pieces
}

fn piece(text: &str, item: &Expr, beside_dot: bool) -> Piece {
    let range = item.range.clone();
    let not_literal = |part| Piece {
        range: range.clone(),
        meant: None,
        oddity: Some(Oddity::NotLiteral(part)),
    };
    if !item.captures().is_empty() {
        return Piece {
            oddity: Some(Oddity::Reported),
            ..not_literal("")
        };
    }
    match &item.kind {
        ExprKind::Char(character) => Piece {
            range,
            meant: Some(character.to_string()),
            oddity: None,
        },
        ExprKind::Empty => Piece {
            range,
            meant: Some(String::new()),
            oddity: None,
        },
        ExprKind::Dot if !beside_dot => Piece {
            meant: Some(".".to_owned()),
            oddity: Some(Oddity::Unescaped {
                at: range.clone(),
                usual: ".".to_owned(),
                lets_in: "x".to_owned(),
            }),
            range,
        },
        ExprKind::Dot => not_literal("a run of `.`"),
        ExprKind::Class(_) => not_literal("a class"),
        ExprKind::Group { body, .. } if matches!(body.kind, ExprKind::Alternation(_)) => {
            not_literal("a choice between alternatives")
        }
        ExprKind::Group { .. } | ExprKind::Concat(_) => not_literal("a group"),
        ExprKind::Alternation(_) => not_literal("a choice between alternatives"),
        ExprKind::Repeat { .. } => match unescaped(text, item) {
            Some((letter, at)) => Piece {
                meant: text.get(range.clone()).map(str::to_owned),
                oddity: Some(Oddity::Unescaped {
                    at,
                    usual: letter.to_string(),
                    lets_in: letter.to_string(),
                }),
                range,
            },
            None => not_literal("a repetition"),
        },
    }
}

/// The character and the operator of a repetition that is meant as text: a bare `+` or `?` after
/// a letter or digit (`R+D`, `Who?`) or between blanks (`Sales + Service`), or `++` after a
/// letter (`C++`). `*` is left out: people write it as a wildcard.
fn unescaped(text: &str, item: &Expr) -> Option<(char, Range<usize>)> {
    let ExprKind::Repeat { body, operator, .. } = &item.kind else {
        return None;
    };
    let mut operator = operator.clone();
    let mut body = body;
    if let ExprKind::Repeat {
        body: inner,
        operator: first,
        ..
    } = &body.kind
    {
        operator.start = first.start;
        body = inner;
    }
    let ExprKind::Char(character) = body.kind else {
        return None;
    };
    let is_bare = body.range.len() == character.len_utf8();
    let written = text.get(operator.clone())?;
    let next = text.get(operator.end..)?.chars().next();
    let is_text = match written {
        "+" | "?" => {
            character.is_alphanumeric()
                || character == '_'
                || (character == ' ' && next.is_some_and(char::is_whitespace))
        }
        "++" => character.is_alphanumeric(),
        _ => false,
    };
    (is_bare && is_text).then_some((character, operator))
}

fn prefix_problems(text: &str, pieces: &[Piece]) -> Vec<Problem> {
    let mut problems: Vec<Problem> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        match &piece.oddity {
            None | Some(Oddity::Reported) => {}
            Some(Oddity::NotLiteral(part)) => {
                // Neighbours such as `[a-z]+\d` are one mistake.
                if let Some(last) = problems.last_mut() {
                    let same = matches!(last.kind, ProblemKind::NotLiteral { .. });
                    if same && last.range.end >= piece.range.start {
                        last.range.end = last.range.end.max(piece.range.end);
                        continue;
                    }
                }
                let kind = ProblemKind::NotLiteral { part };
                problems.push(Problem::new(piece.range.clone(), kind));
            }
            Some(Oddity::Unescaped { at: meta, .. }) => {
                let written = text.get(meta.clone()).unwrap_or_default();
                problems.push(Problem {
                    range: meta.clone(),
                    kind: ProblemKind::Unescaped {
                        written: written.to_owned(),
                        lets_in: lets_in(pieces, at),
                    },
                    replacement: Some(super::escape_literal(written)),
                });
            }
        }
    }
    problems
}

/// A prefix that the mask matches though it is not the one meant, because of the piece at `odd`.
/// Parts that are not literal are left out of it.
fn lets_in(pieces: &[Piece], odd: usize) -> String {
    let mut prefix = String::new();
    for (at, piece) in pieces.iter().enumerate() {
        match &piece.oddity {
            Some(Oddity::Unescaped { lets_in, .. }) if at == odd => prefix.push_str(lets_in),
            Some(Oddity::Unescaped { usual, .. }) => prefix.push_str(usual),
            _ => prefix.push_str(piece.meant.as_deref().unwrap_or_default()),
        }
    }
    prefix
}

/// The longest text that each match begins with, as far as it is plain to see.
fn certain(walk: &Walk) -> String {
    let mut text = String::new();
    if walk.is_optional {
        return text;
    }
    for item in &walk.prefix {
        match &item.kind {
            ExprKind::Char(character) => text.push(*character),
            ExprKind::Empty => {}
            ExprKind::Repeat { body, least, .. } if *least > 0 => {
                if let ExprKind::Char(character) = body.kind {
                    text.push(character);
                }
                break;
            }
            _ => break,
        }
    }
    text
}
