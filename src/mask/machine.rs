//! The automaton of a mask that the direct reading does not cover, built when first needed.

use std::ops::Range;

use regex_automata::nfa::thompson::pikevm::PikeVM;
use regex_automata::nfa::thompson::{Compiler, NFA, State};
use regex_automata::util::primitives::StateID;
use regex_syntax::hir::{Capture, Class, Hir, Look, Repetition};

use super::expr::{Expr, ExprKind, dot};

/// Above this many bytes an automaton is not built; the limit on an expression's weight keeps
/// most masks far below it.
const SIZE_LIMIT: usize = 4 << 20;

/// Which of the ways to match a text is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// As the mask's quantifiers say.
    Written,
    /// With greedy and lazy quantifiers exchanged.
    Exchanged,
}

#[derive(Debug, Clone)]
pub(super) struct Machine {
    pub nfa: NFA,
    vm: PikeVM,
}

impl Machine {
    /// Builds the automaton for whole names. The group that opens at byte `capture` is its only
    /// capture group. None if it would be too large.
    pub(super) fn new(expr: &Expr, capture: usize, reading: Reading) -> Option<Self> {
        let whole = Hir::concat(vec![
            Hir::look(Look::Start),
            hir(expr, capture, reading),
            Hir::look(Look::End),
        ]);
        let nfa = Compiler::new()
            .configure(NFA::config().nfa_size_limit(Some(SIZE_LIMIT)))
            .build_from_hir(&whole)
            .ok()?;
        let vm = PikeVM::new_from_nfa(nfa.clone()).ok()?;
        Some(Self { nfa, vm })
    }

    /// The bytes of the name that the group captures.
    pub(super) fn captures(&self, profile: &str) -> Option<Range<usize>> {
        let mut cache = self.vm.create_cache();
        let mut captures = self.vm.create_captures();
        self.vm.captures(&mut cache, profile, &mut captures);
        let span = captures.get_group(1)?;
        Some(span.start..span.end)
    }

    /// How many bytes of the name some match could begin with.
    pub(super) fn accepts(&self, profile: &str) -> usize {
        let mut current = vec![self.nfa.start_anchored()];
        let mut seen = vec![usize::MAX; self.nfa.states().len()];
        let mut alive = 0;
        for (at, byte) in profile.bytes().enumerate() {
            let mut next = Vec::new();
            while let Some(state) = current.pop() {
                match seen.get_mut(state.as_usize()) {
                    Some(mark) if *mark != at => *mark = at,
                    _ => continue,
                }
                match step(&self.nfa, state, byte) {
                    Some(target) => next.push(target),
                    None => current.extend(free_moves(&self.nfa, state, at == 0)),
                }
            }
            if next.is_empty() {
                break;
            }
            current = next;
            alive = at + 1;
        }
        (0..=alive)
            .rev()
            .find(|at| profile.is_char_boundary(*at))
            .unwrap_or(0)
    }
}

/// The state that follows on a byte.
pub(super) fn step(nfa: &NFA, state: StateID, byte: u8) -> Option<StateID> {
    match nfa.state(state) {
        State::ByteRange { trans } => trans.matches_byte(byte).then_some(trans.next),
        State::Sparse(sparse) => sparse.matches_byte(byte),
        State::Dense(dense) => dense.matches_byte(byte),
        _ => None,
    }
}

/// The states that follow without a byte. The end of the text is taken to be wherever it is
/// asked for: nothing but acceptance comes after it, and that is checked where it is used.
pub(super) fn free_moves(nfa: &NFA, state: StateID, at_start: bool) -> Vec<StateID> {
    match nfa.state(state) {
        State::Look { look, next } => match look {
            regex_automata::util::look::Look::Start if !at_start => Vec::new(),
            _ => vec![*next],
        },
        State::Union { alternates } => alternates.to_vec(),
        State::BinaryUnion { alt1, alt2 } => vec![*alt1, *alt2],
        State::Capture { next, .. } => vec![*next],
        _ => Vec::new(),
    }
}

fn hir(expr: &Expr, capture: usize, reading: Reading) -> Hir {
    let sub = |expr: &Expr| hir(expr, capture, reading);
    match &expr.kind {
        ExprKind::Empty => Hir::empty(),
        ExprKind::Char(character) => {
            Hir::literal(character.encode_utf8(&mut [0; 4]).as_bytes().to_vec())
        }
        ExprKind::Dot => Hir::class(Class::Unicode(dot())),
        ExprKind::Class(class) => Hir::class(Class::Unicode(class.clone())),
        ExprKind::Concat(items) => Hir::concat(items.iter().map(sub).collect()),
        ExprKind::Alternation(branches) => Hir::alternation(branches.iter().map(sub).collect()),
        ExprKind::Repeat {
            body,
            least,
            most,
            greedy,
            ..
        } => Hir::repetition(Repetition {
            min: *least,
            max: *most,
            greedy: *greedy == (reading == Reading::Written),
            sub: Box::new(sub(body)),
        }),
        ExprKind::Group { body, is_capture } => {
            let body = sub(body);
            if *is_capture && expr.range.start == capture {
                Hir::capture(Capture {
                    index: 1,
                    name: None,
                    sub: Box::new(body),
                })
            } else {
                body
            }
        }
    }
}
