//! Whether two masks give some profile name a lawful group name on both sides.
//!
//! Decided by a breadth-first search over the product of the two automata, which knows of each
//! side how much of a lawful group name its group has captured so far. Where a mask can match a
//! name in several ways, each counts: which one Campaign takes is not documented.

use std::collections::{BTreeMap, HashSet, VecDeque};

use regex_automata::nfa::thompson::{NFA, State};
use regex_automata::util::primitives::StateID;

use super::machine::{free_moves, step};
use super::simple::Simple;
use super::{GROUP_NAME_LIMIT, Mask, Shape, is_lawful_group_name};

/// The search gives up after this many pairs of states, which is far beyond what two masks
/// without errors need.
const PAIR_LIMIT: usize = 200_000;

/// The shortest profile name that both masks match whole and from which each captures a lawful
/// group name; none if there is none, or a mask has no capture group. Of names of one length it
/// is the first in the order a to z, A to Z, `_`, 0 to 9, `-`, space, others.
///
/// A search that is too large counts as no overlap; only masks with errors come to that.
pub fn overlap(one: &Mask, other: &Mask) -> Option<String> {
    if let (Shape::Simple(one), Shape::Simple(other)) = (&one.shape, &other.shape) {
        return if one.prefix.len() <= other.prefix.len() {
            simple(one, other)
        } else {
            simple(other, one)
        };
    }
    let (first, second) = (one.certain_prefix()?, other.certain_prefix()?);
    if !first.starts_with(second) && !second.starts_with(first) {
        return None;
    }
    search(&one.automaton()?, &other.automaton()?)
}

/// Literal prefixes decide this: the longer one must go on, after the shorter one, with
/// characters that the shorter mask's group may capture as the beginning of a name.
fn simple(short: &Simple, long: &Simple) -> Option<String> {
    let between = long.prefix.strip_prefix(short.prefix.as_str())?;
    let captured = between.chars().all(|c| short.set.contains(c));
    if !captured || between.len() >= GROUP_NAME_LIMIT {
        return None;
    }
    let last = in_order()
        .map(char::from)
        .find(|c| {
            long.set.contains(*c)
                && short.set.contains(*c)
                && is_lawful_group_name(c.encode_utf8(&mut [0; 4]))
        })
        .filter(|_| between.is_empty() || is_lawful_group_name(between))?;
    Some(format!("{}{last}", long.prefix))
}

/// All bytes, those that make a readable name first.
fn in_order() -> impl Iterator<Item = u8> {
    let readable = (b'a'..=b'z')
        .chain(b'A'..=b'Z')
        .chain([b'_'])
        .chain(b'0'..=b'9')
        .chain([b'-', b' ']);
    let is_readable = |b: u8| b.is_ascii_alphanumeric() || b"_- ".contains(&b);
    let others = (b'!'..=b'~').filter(move |b| !is_readable(*b));
    // U+00C0 and above are letters; U+0080 to U+009F, led by C2, are controls.
    let beyond = (0xC3..=0xFF).chain([0xC2]).chain((0x80..0xC2).rev());
    let control = (0..b' ').chain([0x7F]);
    readable.chain(others).chain(beyond).chain(control)
}

/// How far one side's capture is.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Captured {
    Nothing,
    /// This many bytes of a lawful name.
    Bytes(u8),
    Name,
}

impl Captured {
    fn take(self, byte: u8) -> Option<Self> {
        match self {
            Self::Bytes(0) => {
                (byte.is_ascii_alphabetic() || byte == b'_').then_some(Self::Bytes(1))
            }
            Self::Bytes(count) => {
                let lawful = byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
                (lawful && usize::from(count) < GROUP_NAME_LIMIT).then_some(Self::Bytes(count + 1))
            }
            other => Some(other),
        }
    }

    /// The capture after the group's beginning (even slots) or end.
    fn pass(self, slot: usize) -> Option<Self> {
        match self {
            _ if slot.is_multiple_of(2) => Some(Self::Bytes(0)),
            Self::Bytes(1..) => Some(Self::Name),
            _ => None,
        }
    }
}

type Side = (StateID, Captured);

fn search(one: &NFA, other: &NFA) -> Option<String> {
    let alphabet = alphabet(one, other);
    let start = (
        (one.start_anchored(), Captured::Nothing),
        (other.start_anchored(), Captured::Nothing),
    );
    let mut seen = HashSet::new();
    // For each word reached: its last byte and the word before it.
    let mut words: Vec<(u8, usize)> = Vec::new();
    let mut queue = VecDeque::from([(usize::MAX, vec![start])]);
    // All pairs of one word are taken together, so that words come out in order.
    while let Some((word, pairs)) = queue.pop_front() {
        let (waiting, accepted) = settle(one, other, pairs, word == usize::MAX, &mut seen);
        if accepted {
            return spell(&words, word);
        }
        if seen.len() > PAIR_LIMIT {
            return None;
        }
        for byte in &alphabet {
            let next: Vec<_> = waiting
                .iter()
                .filter_map(|(a, b)| Some((advance(one, *a, *byte)?, advance(other, *b, *byte)?)))
                .filter(|pair| !seen.contains(pair))
                .collect();
            if !next.is_empty() {
                queue.push_back((words.len(), next));
                words.push((*byte, word));
            }
        }
    }
    None
}

fn advance(nfa: &NFA, side: Side, byte: u8) -> Option<Side> {
    let state = step(nfa, side.0, byte)?;
    Some((state, side.1.take(byte)?))
}

/// Follows all moves that take no byte. Returns the pairs that wait for one, and whether both
/// sides can be at their end.
fn settle(
    one: &NFA,
    other: &NFA,
    mut pairs: Vec<(Side, Side)>,
    at_start: bool,
    seen: &mut HashSet<(Side, Side)>,
) -> (Vec<(Side, Side)>, bool) {
    let mut waiting = Vec::new();
    let mut accepted = false;
    while let Some((a, b)) = pairs.pop() {
        if !seen.insert((a, b)) {
            continue;
        }
        if is_free(one, a.0) {
            pairs.extend(moves(one, a, at_start).into_iter().map(|a| (a, b)));
        } else if is_free(other, b.0) {
            pairs.extend(moves(other, b, at_start).into_iter().map(|b| (a, b)));
        } else if is_match(one, a.0) && is_match(other, b.0) {
            accepted |= a.1 == Captured::Name && b.1 == Captured::Name;
        } else {
            waiting.push((a, b));
        }
    }
    (waiting, accepted)
}

fn moves(nfa: &NFA, side: Side, at_start: bool) -> Vec<Side> {
    if let State::Capture {
        next,
        group_index,
        slot,
        ..
    } = nfa.state(side.0)
        && group_index.as_usize() == 1
    {
        let captured = side.1.pass(slot.as_usize());
        return captured
            .map(|captured| (*next, captured))
            .into_iter()
            .collect();
    }
    free_moves(nfa, side.0, at_start)
        .into_iter()
        .map(|state| (state, side.1))
        .collect()
}

fn is_free(nfa: &NFA, state: StateID) -> bool {
    matches!(
        nfa.state(state),
        State::Look { .. }
            | State::Union { .. }
            | State::BinaryUnion { .. }
            | State::Capture { .. }
    )
}

fn is_match(nfa: &NFA, state: StateID) -> bool {
    matches!(nfa.state(state), State::Match { .. })
}

/// Of the bytes that neither automaton nor the law of names tells apart, the first in order.
fn alphabet(one: &NFA, other: &NFA) -> Vec<u8> {
    let mut starts = [false; 257];
    let mut cut = |start: u8, end: u8| {
        for edge in [usize::from(start), usize::from(end) + 1] {
            if let Some(mark) = starts.get_mut(edge) {
                *mark = true;
            }
        }
    };
    for nfa in [one, other] {
        for state in nfa.states() {
            match state {
                State::ByteRange { trans } => cut(trans.start, trans.end),
                State::Sparse(sparse) => {
                    sparse.transitions.iter().for_each(|t| cut(t.start, t.end))
                }
                State::Dense(_) => (0..=255).for_each(|byte| cut(byte, byte)),
                _ => {}
            }
        }
    }
    for (start, end) in [
        (b'a', b'z'),
        (b'A', b'Z'),
        (b'0', b'9'),
        (b'_', b'_'),
        (b'-', b'-'),
    ] {
        cut(start, end);
    }
    let mut cells = [0usize; 256];
    let mut cell = 0;
    for (start, place) in starts.iter().zip(cells.iter_mut()) {
        cell += usize::from(*start);
        *place = cell;
    }
    let mut taken = HashSet::new();
    in_order()
        .filter(|byte| {
            cells
                .get(usize::from(*byte))
                .is_some_and(|cell| taken.insert(*cell))
        })
        .collect()
}

fn spell(words: &[(u8, usize)], mut word: usize) -> Option<String> {
    let mut bytes = Vec::new();
    while let Some((byte, before)) = words.get(word) {
        bytes.push(*byte);
        word = *before;
    }
    bytes.reverse();
    String::from_utf8(bytes).ok()
}

/// Finds the masks that a mask could overlap, without comparing all with all: of two literal
/// prefixes one must begin with the other.
#[derive(Debug)]
pub struct OverlapIndex {
    by_prefix: BTreeMap<String, Vec<usize>>,
    prefixes: Vec<Option<String>>,
}

impl OverlapIndex {
    /// Indexes masks; their places in the sequence are their numbers. Masks without a capture
    /// group are never found.
    pub fn new<'a>(masks: impl IntoIterator<Item = &'a Mask>) -> Self {
        let mut by_prefix: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut prefixes = Vec::new();
        for (number, mask) in masks.into_iter().enumerate() {
            let prefix = mask.certain_prefix().map(str::to_owned);
            if let Some(prefix) = &prefix {
                by_prefix.entry(prefix.clone()).or_default().push(number);
            }
            prefixes.push(prefix);
        }
        Self {
            by_prefix,
            prefixes,
        }
    }

    /// The numbers, ascending, of the masks other than `number` whose prefixes allow an overlap
    /// with it; to be decided by [`overlap`].
    ///
    /// Unescaped metacharacters end the certain text: give [`Mask::meant`] masks to keep the index
    /// sharp. Equal masks are candidates of each other: where many instances share one mask, index
    /// each different mask once.
    pub fn candidates(&self, number: usize) -> Vec<usize> {
        let Some(Some(prefix)) = self.prefixes.get(number) else {
            return Vec::new();
        };
        let shorter = prefix
            .char_indices()
            .filter_map(|(end, _)| self.by_prefix.get(prefix.get(..end)?));
        let longer = self
            .by_prefix
            .range(prefix.clone()..)
            .take_while(|(other, _)| other.starts_with(prefix.as_str()))
            .map(|(_, numbers)| numbers);
        let mut found: Vec<_> = shorter
            .chain(longer)
            .flatten()
            .copied()
            .filter(|other| *other != number)
            .collect();
        found.sort_unstable();
        found
    }
}
