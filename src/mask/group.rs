//! What the capture group of a mask takes.

use std::ops::Range;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::{Arc, LazyLock};

use regex::{Captures, Regex};
use regex_automata::{
    Anchored, Input, MatchKind,
    hybrid::{
        LazyStateID,
        dfa::{Cache, DFA},
    },
    nfa::thompson::{Compiler, NFA, WhichCaptures},
    util::pool::{Pool, PoolGuard},
};
use regex_syntax::ast;
use regex_syntax::hir::{Hir, Look};

use super::problems::{Problem, ProblemKind, bytes};

/// A longer capture group is refused. Names of operator groups are far shorter.
const LENGTH_LIMIT: usize = 4096;
/// A group that needs an automaton of more bytes is refused.
const NFA_LIMIT: usize = 1 << 20;
/// A name on which a walk needs more bytes than this counts as not taken.
const CACHE_LIMIT: usize = 32 << 20;

/// The capture group of a mask without an error.
#[derive(Debug, Clone)]
pub(super) struct Group {
    /// Its bytes in the mask, parentheses included.
    pub range: Range<usize>,
    /// What it takes; nothing for `(.*)`, which takes any line and whose automaton is made where one is walked.
    automaton: Option<Arc<Automaton>>,
}

/// An automaton, with the states that were worked out on earlier walks: a manifest may ask for each of a thousand groups.
#[derive(Debug)]
pub(super) struct Automaton {
    dfa: DFA,
    caches: Pool<Cache, NewCache>,
}

type NewCache = Box<dyn Fn() -> Cache + Send + Sync + UnwindSafe + RefUnwindSafe>;

/// The automaton of `(.*)`, which nearly every mask has.
#[expect(clippy::expect_used, reason = "a constant, which a test compiles")]
static ANY: LazyLock<Automaton> = LazyLock::new(|| compile(".*").expect("the pattern is small"));

impl Group {
    /// Compiles what the group takes. Fails where that would be too large.
    pub(super) fn new(mask: &str, capture: &ast::Group) -> Result<Self, Problem> {
        let range = bytes(&capture.span);
        let refuse = |reason: &str| {
            let reason = reason.to_owned();
            Problem::new(range.clone(), ProblemKind::InvalidRegex { reason })
        };
        if range.len() > LENGTH_LIMIT {
            return Err(refuse("its capture group is longer than 4096 bytes"));
        }
        let pattern = mask.get(bytes(capture.ast.span())).unwrap_or_default();
        if pattern == ".*" {
            return Ok(Self::any(range));
        }
        let automaton = compile(pattern);
        let automaton = automaton.ok_or_else(|| refuse("it repeats too much to be judged"))?;
        Ok(Self {
            range,
            automaton: Some(Arc::new(automaton)),
        })
    }

    /// The group `(.*)`.
    pub(super) fn any(range: Range<usize>) -> Self {
        let automaton = None;
        Self { range, automaton }
    }

    /// Whether the group takes the whole name.
    pub(super) fn takes(&self, name: &str) -> bool {
        if self.automaton.is_none() {
            return !name.contains('\n');
        }
        let mut walk = Walk::new(self);
        walk.after(name).is_some_and(|state| walk.is_end(state))
    }

    /// How many bytes of the name something that the group takes could begin with.
    pub(super) fn accepts(&self, name: &str) -> usize {
        let mut walk = Walk::new(self);
        let mut state = walk.start();
        let stop = name.bytes().position(|byte| {
            state = state.and_then(|state| walk.step(state, byte));
            state.is_none()
        });
        (0..=stop.unwrap_or(name.len()))
            .rev()
            .find(|at| name.is_char_boundary(*at))
            .unwrap_or(0)
    }
}

/// A way through the automaton of a group, from the first byte of a name on.
pub(super) struct Walk<'a> {
    dfa: &'a DFA,
    cache: PoolGuard<'a, Cache, NewCache>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(group: &'a Group) -> Self {
        Self::of(group.automaton.as_deref().unwrap_or(&ANY))
    }

    pub(super) fn of(automaton: &'a Automaton) -> Self {
        let dfa = &automaton.dfa;
        let mut cache = automaton.caches.get();
        // Half of the room is enough for what earlier walks have left.
        if cache.memory_usage() > CACHE_LIMIT / 2 {
            cache.reset(dfa);
        }
        Self { dfa, cache }
    }

    /// The state before the first byte.
    pub(super) fn start(&mut self) -> Option<LazyStateID> {
        let input = Input::new("").anchored(Anchored::Yes);
        self.dfa.start_state_forward(&mut self.cache, &input).ok()
    }

    /// The state after a byte; none if the group takes nothing that goes on with it.
    pub(super) fn step(&mut self, state: LazyStateID, byte: u8) -> Option<LazyStateID> {
        let next = self.dfa.next_state(&mut self.cache, state, byte).ok()?;
        (!next.is_dead()).then_some(next)
    }

    /// The state after a text.
    pub(super) fn after(&mut self, text: &str) -> Option<LazyStateID> {
        let start = self.start()?;
        text.bytes()
            .try_fold(start, |state, byte| self.step(state, byte))
    }

    /// Whether a name can end in this state.
    pub(super) fn is_end(&mut self, state: LazyStateID) -> bool {
        let end = self.dfa.next_eoi_state(&mut self.cache, state);
        end.is_ok_and(|state| state.is_match())
    }
}

/// The automaton of an expression that is matched against whole texts.
pub(super) fn compile(expression: &str) -> Option<Automaton> {
    // The end of the text is part of the expression, so that a state from which nothing can
    // match any more is dead at once.
    let whole = Hir::concat(vec![hir(expression)?, Hir::look(Look::End)]);
    let limits = NFA::config()
        .nfa_size_limit(Some(NFA_LIMIT))
        .which_captures(WhichCaptures::None);
    let nfa = Compiler::new()
        .configure(limits)
        .build_from_hir(&whole)
        .ok()?;
    // States must stay valid during a walk: no clearing of the cache.
    let config = DFA::config()
        .match_kind(MatchKind::All)
        .cache_capacity(CACHE_LIMIT)
        .minimum_cache_clear_count(Some(0));
    let dfa = DFA::builder().configure(config).build_from_nfa(nfa).ok()?;
    let own = dfa.clone();
    let new: NewCache = Box::new(move || own.create_cache());
    let caches = Pool::new(new);
    Some(Automaton { dfa, caches })
}

/// The meaning of a portable expression. `\d`, `\w`, `\s` and their opposites are read as ASCII:
/// dialects differ on them for other text, and names of groups are ASCII.
fn hir(expression: &str) -> Option<Hir> {
    #[expect(clippy::expect_used, reason = "the pattern is a constant")]
    static ESCAPE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?s)\\(.)").expect("the pattern parses"));
    let ascii = ESCAPE.replace_all(expression, |escape: &Captures<'_>| match &escape[1] {
        "d" => "[[:digit:]]".to_owned(),
        "D" => "[[:^digit:]]".to_owned(),
        "s" => "[[:space:]]".to_owned(),
        "S" => "[[:^space:]]".to_owned(),
        "w" => "[[:word:]]".to_owned(),
        "W" => "[[:^word:]]".to_owned(),
        _ => escape[0].to_owned(),
    });
    regex_syntax::parse(&ascii).ok()
}
