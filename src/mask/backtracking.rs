//! Repetitions that can share out the same text in many ways, so that an engine which tries them
//! one after the other never ends on a name that fits almost.
//!
//! Decided on the characters and classes of the capture group, its places, and on which of them
//! can follow which; where the expression leads from one place to another in two ways, each
//! counts. A loop in which one text can be gone through in two ways is exponential; two loops of
//! which one leads straight into the other on a common character are at least quadratic.

use std::collections::{HashSet, VecDeque};
use std::ops::Range;

use regex_syntax::ast::{Ast, Group, RepetitionKind, RepetitionRange};
use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, HirKind};

use super::group::hir;
use super::problems::{Problem, ProblemKind, bytes};
use super::structure::least;

/// Groups with more places than this are not judged.
const PLACE_LIMIT: usize = 160;
/// How many steps the search for two ways through one loop may take.
const STEP_LIMIT: usize = 20_000;
/// How often the example repeats what is slow: enough to show it, and still a readable line.
const PUMPS: usize = 24;

/// Finds the first slow repetition of a capture group. The example starts with `prefix`.
pub(super) fn find(text: &str, group: &Group, prefix: &str) -> Option<Problem> {
    let mut graph = Graph::default();
    let ends = graph.add(text, &group.ast)?;
    let slow = graph.exponential().or_else(|| graph.quadratic())?;
    let entry = graph.entry(&ends.first, slow.start)?;
    let pumps = slow.pump.repeat(PUMPS);
    let unfit = ['!', '#', ' ', '-', '0'];
    let takes = |c: &char| graph.places.iter().any(|place| contains(place, *c));
    let end = unfit.into_iter().find(|c| !takes(c));
    let end = end.map_or_else(String::new, String::from);
    let kind = ProblemKind::Backtracking {
        nested: slow.nested,
        example: format!("{prefix}{entry}{pumps}{end}"),
    };
    Some(Problem::new(slow.range, kind))
}

struct Slow {
    range: Range<usize>,
    nested: bool,
    /// The place at which the loop starts.
    start: usize,
    /// A text that leads from there back to there.
    pump: String,
}

#[derive(Default)]
struct Graph {
    places: Vec<ClassUnicode>,
    /// For each place what can follow it.
    edges: Vec<Vec<Edge>>,
    /// The unbounded repetitions, inner ones first.
    loops: Vec<Range<usize>>,
}

struct Edge {
    to: usize,
    /// The concatenation or repetition that makes it.
    made_by: Range<usize>,
}

/// Where an expression can start and end, and whether it can be empty.
#[derive(Default, Clone)]
struct Ends {
    first: Vec<usize>,
    last: Vec<usize>,
    nullable: bool,
}

impl Ends {
    fn empty() -> Self {
        Self {
            nullable: true,
            ..Self::default()
        }
    }
}

impl Graph {
    /// Adds the places of an expression. None if there are too many.
    fn add(&mut self, text: &str, ast: &Ast) -> Option<Ends> {
        let range = bytes(ast.span());
        match ast {
            Ast::Group(group) => self.add(text, &group.ast),
            Ast::Concat(concat) => {
                let mut items = concat.asts.iter();
                items.try_fold(Ends::empty(), |ends, item| {
                    let item = self.add(text, item)?;
                    Some(self.join(ends, item, &range))
                })
            }
            Ast::Alternation(choice) => {
                let mut ends = Ends::default();
                for branch in &choice.asts {
                    let branch = self.add(text, branch)?;
                    ends.first.extend(branch.first);
                    ends.last.extend(branch.last);
                    ends.nullable |= branch.nullable;
                }
                Some(ends)
            }
            Ast::Repetition(repetition) => {
                let most = match repetition.op.kind {
                    RepetitionKind::ZeroOrOne => Some(1),
                    RepetitionKind::Range(
                        RepetitionRange::Exactly(most) | RepetitionRange::Bounded(_, most),
                    ) => Some(most),
                    _ => None,
                };
                let mut ends = match most {
                    Some(0) => Ends::empty(),
                    Some(1) => self.add(text, &repetition.ast)?,
                    // Two copies show all that more of them could.
                    Some(_) => {
                        let one = self.add(text, &repetition.ast)?;
                        let two = self.add(text, &repetition.ast)?;
                        self.join(one, two, &range)
                    }
                    None => {
                        let ends = self.add(text, &repetition.ast)?;
                        self.connect(&ends.last, &ends.first, &range);
                        self.loops.push(range);
                        ends
                    }
                };
                ends.nullable |= least(&repetition.op.kind) == 0;
                Some(ends)
            }
            Ast::Empty(_) => Some(Ends::empty()),
            _ => {
                let place = self.places.len();
                self.places.push(class(text.get(range)?)?);
                self.edges.push(Vec::new());
                (place < PLACE_LIMIT).then(|| Ends {
                    first: vec![place],
                    last: vec![place],
                    nullable: false,
                })
            }
        }
    }

    fn join(&mut self, mut one: Ends, two: Ends, range: &Range<usize>) -> Ends {
        self.connect(&one.last, &two.first, range);
        if one.nullable {
            one.first.extend(two.first);
        }
        let mut last = two.last;
        if two.nullable {
            last.extend(one.last);
        }
        Ends {
            first: one.first,
            last,
            nullable: one.nullable && two.nullable,
        }
    }

    fn connect(&mut self, from: &[usize], to: &[usize], made_by: &Range<usize>) {
        for start in from {
            let Some(edges) = self.edges.get_mut(*start) else {
                continue;
            };
            for to in to {
                // Two show that there are several.
                if edges.iter().filter(|edge| edge.to == *to).count() < 2 {
                    let made_by = made_by.clone();
                    edges.push(Edge { to: *to, made_by });
                }
            }
        }
    }

    fn edges(&self, place: usize) -> &[Edge] {
        self.edges.get(place).map_or(&[], Vec::as_slice)
    }

    /// A loop that one text goes through in two ways.
    fn exponential(&self) -> Option<Slow> {
        let mut steps = 0;
        (0..self.places.len()).find_map(|start| self.two_ways(start, &mut steps))
    }

    /// A text that leads from a place back to it in two ways: a search over pairs of places that
    /// one text reaches. The third part of a pair is whether the ways have parted.
    fn two_ways(&self, start: usize, steps: &mut usize) -> Option<Slow> {
        let mut queue = VecDeque::from([((start, start, false), String::new(), 0..0)]);
        let mut seen = HashSet::from([(start, start, false)]);
        while let Some((at, text, parting)) = queue.pop_front() {
            for (first, one) in self.edges(at.0).iter().enumerate() {
                for (second, two) in self.edges(at.1).iter().enumerate() {
                    *steps += 1;
                    if *steps > STEP_LIMIT {
                        return None;
                    }
                    let pair = (one.to, two.to, at.2 || first != second);
                    if seen.contains(&pair) {
                        continue;
                    }
                    let Some(common) = self.common(one.to, two.to) else {
                        continue;
                    };
                    let text = format!("{text}{common}");
                    let parting = if at.2 {
                        parting.clone()
                    } else {
                        around(&one.made_by, &two.made_by)
                    };
                    if pair == (start, start, true) {
                        let mut loops = self.loops.iter();
                        let range = loops.find(|range| around(range, &parting) == **range);
                        return Some(Slow {
                            range: range.unwrap_or(&parting).clone(),
                            nested: true,
                            start,
                            pump: text,
                        });
                    }
                    seen.insert(pair);
                    queue.push_back((pair, text, parting));
                }
            }
        }
        None
    }

    /// Two loops on a common character, the first of which leads straight into the second.
    fn quadratic(&self) -> Option<Slow> {
        let own_loop = |place| self.edges(place).iter().find(|edge| edge.to == place);
        (0..self.places.len()).find_map(|start| {
            let first = own_loop(start)?;
            self.edges(start).iter().find_map(|edge| {
                let second = own_loop(edge.to).filter(|_| edge.to != start)?;
                Some(Slow {
                    range: around(&first.made_by, &second.made_by),
                    nested: false,
                    start,
                    pump: self.common(start, edge.to)?.to_string(),
                })
            })
        })
    }

    /// The shortest text that leads from one of the first places to another one, with both.
    fn entry(&self, first: &[usize], to: usize) -> Option<String> {
        let mut seen: HashSet<usize> = first.iter().copied().collect();
        let mut queue: VecDeque<_> = first.iter().map(|at| (*at, String::new())).collect();
        while let Some((at, text)) = queue.pop_front() {
            let text = format!("{text}{}", readable(self.places.get(at)?)?);
            if at == to {
                return Some(text);
            }
            let edges = self.edges(at).iter().map(|edge| edge.to);
            for next in edges.filter(|next| seen.insert(*next)) {
                queue.push_back((next, text.clone()));
            }
        }
        None
    }

    /// A character that both places take.
    fn common(&self, one: usize, two: usize) -> Option<char> {
        let mut class = self.places.get(one)?.clone();
        class.intersect(self.places.get(two)?);
        readable(&class)
    }
}

/// The smallest range around both.
fn around(one: &Range<usize>, two: &Range<usize>) -> Range<usize> {
    one.start.min(two.start)..one.end.max(two.end)
}

/// What a single character, escape or class takes.
fn class(text: &str) -> Option<ClassUnicode> {
    match hir(text)?.into_kind() {
        HirKind::Class(Class::Unicode(class)) => Some(class),
        HirKind::Literal(literal) => {
            let text = std::str::from_utf8(&literal.0).ok()?;
            let ranges = text.chars().map(|c| ClassUnicodeRange::new(c, c));
            Some(ClassUnicode::new(ranges))
        }
        _ => None,
    }
}

fn contains(class: &ClassUnicode, character: char) -> bool {
    let mut ranges = class.ranges().iter();
    ranges.any(|range| range.start() <= character && character <= range.end())
}

/// A character of the class, a letter if it has one.
fn readable(class: &ClassUnicode) -> Option<char> {
    ('a'..='z')
        .chain('A'..='Z')
        .chain('0'..='9')
        .chain(' '..='~')
        .find(|character| contains(class, *character))
        .or_else(|| class.ranges().first().map(|range| range.start()))
}
