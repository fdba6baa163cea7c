//! The expression of a mask as a small tree: what is left of the language once only portable
//! constructs are allowed, each node with its bytes in the mask.

use std::ops::Range;

use regex_syntax::ast::{self, Ast, ErrorKind, GroupKind, RepetitionKind, RepetitionRange};
use regex_syntax::hir::{ClassUnicode, ClassUnicodeRange};

/// Groups within groups beyond this are refused, so that recursion over the tree is bounded.
const NEST_LIMIT: u32 = 64;
/// A mask in the general form is at most this long. Product profiles are far shorter.
const LENGTH_LIMIT: usize = 4096;
/// How many states a mask may come to once counted repetitions are written out.
const WEIGHT_LIMIT: u64 = 20_000;

#[derive(Debug, Clone)]
pub(super) struct Expr {
    pub range: Range<usize>,
    pub kind: ExprKind,
}

#[derive(Debug, Clone)]
pub(super) enum ExprKind {
    /// Matches nothing but the empty text: an anchor at its place, an empty branch.
    Empty,
    Char(char),
    /// `.`: any character but a line feed.
    Dot,
    Class(ClassUnicode),
    Concat(Vec<Expr>),
    Alternation(Vec<Expr>),
    Repeat {
        body: Box<Expr>,
        operator: Range<usize>,
        least: u32,
        most: Option<u32>,
        greedy: bool,
    },
    Group {
        body: Box<Expr>,
        is_capture: bool,
    },
}

/// Why a text is no expression: where, and what is wrong in plain words.
pub(super) type Failure = (Range<usize>, String);

/// Refuses a text that is too long to be looked at in any way.
pub(super) fn check_length(text: &str) -> Result<(), Failure> {
    if text.len() > LENGTH_LIMIT {
        let reason = format!("it is longer than {LENGTH_LIMIT} bytes");
        return Err((0..text.len(), reason));
    }
    Ok(())
}

/// Parses a mask in which [`super::portable::scan`] found nothing.
pub(super) fn parse(text: &str) -> Result<Expr, Failure> {
    check_length(text)?;
    let ast = ast::parse::ParserBuilder::new()
        .nest_limit(NEST_LIMIT)
        .build()
        .parse(text)
        .map_err(|error| (visible(text, bytes(error.span())), plain(error.kind())))?;
    let expr = lower(&ast);
    if weight(&expr) > WEIGHT_LIMIT {
        return Err((0..text.len(), "it repeats too much to be judged".to_owned()));
    }
    Ok(expr)
}

impl Expr {
    /// The capture groups below this node, in the order in which they open.
    pub(super) fn captures(&self) -> Vec<&Expr> {
        let mut found = Vec::new();
        self.visit(&mut |expr| {
            if let ExprKind::Group {
                is_capture: true, ..
            } = expr.kind
            {
                found.push(expr);
            }
        });
        found
    }

    /// Calls `see` for this node and all below it, parents first, from left to right.
    pub(super) fn visit<'a>(&'a self, see: &mut dyn FnMut(&'a Expr)) {
        see(self);
        for child in self.children() {
            child.visit(see);
        }
    }

    fn children(&self) -> &[Expr] {
        match &self.kind {
            ExprKind::Empty | ExprKind::Char(_) | ExprKind::Dot | ExprKind::Class(_) => &[],
            ExprKind::Concat(items) | ExprKind::Alternation(items) => items,
            ExprKind::Repeat { body, .. } | ExprKind::Group { body, .. } => {
                std::slice::from_ref(body)
            }
        }
    }
}

/// `.` as a class.
pub(super) fn dot() -> ClassUnicode {
    let mut class = ClassUnicode::new([ClassUnicodeRange::new('\n', '\n')]);
    class.negate();
    class
}

fn bytes(span: &ast::Span) -> Range<usize> {
    span.start.offset..span.end.offset
}

/// The range, or for an empty one the character after it or else before it.
fn visible(text: &str, range: Range<usize>) -> Range<usize> {
    if !range.is_empty() {
        return range;
    }
    let at = range.start;
    let after = text.get(at..).and_then(|rest| rest.chars().next());
    let before = text.get(..at).and_then(|rest| rest.chars().next_back());
    match (after, before) {
        (Some(character), _) => at..at + character.len_utf8(),
        (None, Some(character)) => at - character.len_utf8()..at,
        (None, None) => range,
    }
}

fn lower(ast: &Ast) -> Expr {
    let kind = match ast {
        Ast::Literal(literal) => ExprKind::Char(literal.c),
        Ast::Dot(_) => ExprKind::Dot,
        Ast::ClassPerl(class) => ExprKind::Class(perl(class)),
        Ast::ClassBracketed(class) => ExprKind::Class(bracketed(class)),
        Ast::Repetition(repetition) => {
            let (least, most) = match repetition.op.kind {
                RepetitionKind::ZeroOrOne => (0, Some(1)),
                RepetitionKind::ZeroOrMore => (0, None),
                RepetitionKind::OneOrMore => (1, None),
                RepetitionKind::Range(RepetitionRange::Exactly(count)) => (count, Some(count)),
                RepetitionKind::Range(RepetitionRange::AtLeast(count)) => (count, None),
                RepetitionKind::Range(RepetitionRange::Bounded(least, most)) => (least, Some(most)),
            };
            ExprKind::Repeat {
                body: Box::new(lower(&repetition.ast)),
                operator: bytes(&repetition.op.span),
                least,
                most,
                greedy: repetition.greedy,
            }
        }
        Ast::Group(group) => ExprKind::Group {
            body: Box::new(lower(&group.ast)),
            is_capture: !matches!(group.kind, GroupKind::NonCapturing(_)),
        },
        Ast::Alternation(alternation) => {
            ExprKind::Alternation(alternation.asts.iter().map(lower).collect())
        }
        Ast::Concat(concat) => ExprKind::Concat(concat.asts.iter().map(lower).collect()),
        // Anchors stand where matching of whole names makes them void; flags and Unicode
        // classes are not portable and never get here.
        Ast::Empty(_) | Ast::Assertion(_) | Ast::Flags(_) | Ast::ClassUnicode(_) => ExprKind::Empty,
    };
    Expr {
        range: bytes(ast.span()),
        kind,
    }
}

fn perl(class: &ast::ClassPerl) -> ClassUnicode {
    let ranges: &[(char, char)] = match class.kind {
        ast::ClassPerlKind::Digit => &[('0', '9')],
        ast::ClassPerlKind::Space => &[('\t', '\r'), (' ', ' ')],
        ast::ClassPerlKind::Word => &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')],
    };
    let mut set = ClassUnicode::new(
        ranges
            .iter()
            .map(|range| ClassUnicodeRange::new(range.0, range.1)),
    );
    if class.negated {
        set.negate();
    }
    set
}

fn bracketed(class: &ast::ClassBracketed) -> ClassUnicode {
    let mut ranges = Vec::new();
    if let ast::ClassSet::Item(item) = &class.kind {
        gather(item, &mut ranges);
    }
    let mut set = ClassUnicode::new(ranges);
    if class.negated {
        set.negate();
    }
    set
}

fn gather(item: &ast::ClassSetItem, ranges: &mut Vec<ClassUnicodeRange>) {
    match item {
        ast::ClassSetItem::Literal(literal) => {
            ranges.push(ClassUnicodeRange::new(literal.c, literal.c));
        }
        ast::ClassSetItem::Range(range) => {
            ranges.push(ClassUnicodeRange::new(range.start.c, range.end.c));
        }
        ast::ClassSetItem::Perl(class) => ranges.extend(perl(class).ranges()),
        ast::ClassSetItem::Bracketed(class) => ranges.extend(bracketed(class).ranges()),
        ast::ClassSetItem::Union(union) => {
            union.items.iter().for_each(|item| gather(item, ranges));
        }
        ast::ClassSetItem::Empty(_)
        | ast::ClassSetItem::Ascii(_)
        | ast::ClassSetItem::Unicode(_) => {}
    }
}

/// How many states an automaton for the expression needs, roughly.
fn weight(expr: &Expr) -> u64 {
    match &expr.kind {
        ExprKind::Empty | ExprKind::Char(_) | ExprKind::Dot => 1,
        ExprKind::Class(class) => 1 + class.ranges().len() as u64,
        ExprKind::Concat(items) | ExprKind::Alternation(items) => items
            .iter()
            .fold(1, |sum, item| weight(item).saturating_add(sum)),
        ExprKind::Repeat {
            body, least, most, ..
        } => {
            let copies = most.unwrap_or(*least).max(1);
            weight(body).saturating_mul(u64::from(copies))
        }
        ExprKind::Group { body, .. } => weight(body).saturating_add(1),
    }
}

fn plain(kind: &ErrorKind) -> String {
    match kind {
        ErrorKind::GroupUnclosed => "this group is never closed".to_owned(),
        ErrorKind::GroupUnopened => "this `)` closes no group".to_owned(),
        ErrorKind::ClassUnclosed => "this class `[` is never closed".to_owned(),
        ErrorKind::ClassRangeInvalid => "this range runs backwards".to_owned(),
        ErrorKind::ClassRangeLiteral => "a range needs a character on both sides".to_owned(),
        ErrorKind::RepetitionMissing => "there is nothing before it to repeat".to_owned(),
        ErrorKind::RepetitionCountInvalid => "the first number is the larger one".to_owned(),
        ErrorKind::RepetitionCountUnclosed | ErrorKind::RepetitionCountDecimalEmpty => {
            "a number of repetitions is due within `{…}`".to_owned()
        }
        ErrorKind::DecimalInvalid => "this number is too large".to_owned(),
        ErrorKind::EscapeUnexpectedEof => "nothing follows the last backslash".to_owned(),
        ErrorKind::EscapeUnrecognized | ErrorKind::ClassEscapeInvalid => {
            "this escape has no meaning".to_owned()
        }
        ErrorKind::NestLimitExceeded(_) => "its groups are nested too deep".to_owned(),
        other => other.to_string(),
    }
}
