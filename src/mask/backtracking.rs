//! Repetitions that can share out the same text in many ways, so that an engine which tries them
//! one after the other never ends on a name that fits almost.
//!
//! Decided on the follow relation of the expression's characters (Glushkov's automaton, with
//! each edge counted as often as the expression makes it): a loop in which one text can be gone
//! through in two ways is exponential; two loops of which one leads straight into the other on a
//! common character are at least quadratic.
//!
//! Only the capture group is looked at: repetitions elsewhere are mistakes under other rules.

use std::collections::{HashMap, VecDeque};
use std::ops::Range;

use regex_syntax::hir::{ClassUnicode, ClassUnicodeRange};

use super::expr::{Expr, ExprKind, dot};
use super::problems::{Problem, ProblemKind};

/// Expressions with more characters than this are not judged.
const PLACE_LIMIT: usize = 160;
/// How many steps the search for two ways through one loop may take.
const STEP_LIMIT: usize = 20_000;
/// How often the example repeats what is slow: enough to show it, and still a readable line.
const PUMPS: usize = 24;

/// Finds the first slow repetition within the outermost capture group around the byte `capture`.
/// The example starts with `prefix`.
pub(super) fn find(expr: &Expr, capture: usize, prefix: &str) -> Option<Problem> {
    let group = expr
        .captures()
        .into_iter()
        .find(|group| group.range.start <= capture && capture < group.range.end)?;
    let mut loops = 0;
    group.visit(&mut |expr| {
        if let ExprKind::Repeat {
            most: None, body, ..
        } = &expr.kind
        {
            let single = matches!(
                body.kind,
                ExprKind::Char(_) | ExprKind::Dot | ExprKind::Class(_)
            );
            loops += if single { 1 } else { 2 };
        }
        if let ExprKind::Repeat {
            most: Some(2..), ..
        } = &expr.kind
        {
            loops += 1;
        }
    });
    if loops < 2 {
        return None;
    }
    let mut graph = Graph::default();
    let ends = graph.add(group, None)?;
    let slow = graph.nested().or_else(|| graph.adjacent())?;
    let entry = graph.path(&ends.first, slow.start)?;
    let mut example = prefix.to_owned();
    for place in entry {
        example.extend(graph.sample(place));
    }
    for _ in 0..PUMPS {
        example.push_str(&slow.pump);
    }
    let unfit = ['!', '#', ' ', '-', '0'];
    example.extend(unfit.into_iter().find(|c| !graph.takes(*c)));
    let kind = ProblemKind::Backtracking {
        nested: slow.nested,
        example,
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

/// A character or class of the expression.
struct Place {
    class: ClassUnicode,
    /// The innermost unbounded repetition around it.
    repeat: Option<Range<usize>>,
}

#[derive(Default)]
struct Graph {
    places: Vec<Place>,
    next: Vec<Vec<usize>>,
    /// Edges that the expression makes more than once, with the repetition that made the last.
    doubled: Vec<(usize, usize, Range<usize>)>,
    edges: HashMap<(usize, usize), ()>,
}

/// Where an expression can start and end, and whether it can be empty.
#[derive(Default, Clone)]
struct Ends {
    first: Vec<usize>,
    last: Vec<usize>,
    nullable: bool,
}

impl Graph {
    /// Adds the places of an expression. None if there are too many.
    fn add(&mut self, expr: &Expr, repeat: Option<&Range<usize>>) -> Option<Ends> {
        match &expr.kind {
            ExprKind::Empty => Some(Ends {
                nullable: true,
                ..Ends::default()
            }),
            ExprKind::Char(character) => self.place(
                ClassUnicode::new([ClassUnicodeRange::new(*character, *character)]),
                repeat,
            ),
            ExprKind::Dot => self.place(dot(), repeat),
            ExprKind::Class(class) => self.place(class.clone(), repeat),
            ExprKind::Group { body, .. } => self.add(body, repeat),
            ExprKind::Concat(items) => {
                let mut ends = Ends {
                    nullable: true,
                    ..Ends::default()
                };
                for item in items {
                    let item = self.add(item, repeat)?;
                    ends = self.join(ends, item, &expr.range);
                }
                Some(ends)
            }
            ExprKind::Alternation(branches) => {
                let mut ends = Ends::default();
                for branch in branches {
                    let branch = self.add(branch, repeat)?;
                    ends.first.extend(branch.first);
                    ends.last.extend(branch.last);
                    ends.nullable |= branch.nullable;
                }
                Some(ends)
            }
            ExprKind::Repeat {
                body, least, most, ..
            } => {
                let mut ends = match most {
                    Some(0) => Ends {
                        nullable: true,
                        ..Ends::default()
                    },
                    Some(1) => self.add(body, repeat)?,
                    // Two copies show all that more of them could.
                    Some(_) => {
                        let (one, two) = (self.add(body, repeat)?, self.add(body, repeat)?);
                        self.join(one, two, &expr.range)
                    }
                    None => {
                        let ends = self.add(body, Some(&expr.range))?;
                        self.connect(&ends.last, &ends.first, &expr.range);
                        ends
                    }
                };
                ends.nullable |= *least == 0;
                Some(ends)
            }
        }
    }

    fn place(&mut self, class: ClassUnicode, repeat: Option<&Range<usize>>) -> Option<Ends> {
        let number = self.places.len();
        self.places.push(Place {
            class,
            repeat: repeat.cloned(),
        });
        self.next.push(Vec::new());
        (number < PLACE_LIMIT).then(|| Ends {
            first: vec![number],
            last: vec![number],
            nullable: false,
        })
    }

    fn join(&mut self, mut one: Ends, two: Ends, range: &Range<usize>) -> Ends {
        self.connect(&one.last, &two.first, range);
        if one.nullable {
            one.first.extend(&two.first);
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

    fn connect(&mut self, from: &[usize], to: &[usize], range: &Range<usize>) {
        for start in from {
            for end in to {
                if self.edges.insert((*start, *end), ()).is_some() {
                    self.doubled.push((*start, *end, range.clone()));
                } else if let Some(next) = self.next.get_mut(*start) {
                    next.push(*end);
                }
            }
        }
    }

    fn next(&self, place: usize) -> &[usize] {
        self.next.get(place).map_or(&[], Vec::as_slice)
    }

    /// A loop that one text goes through in two ways.
    fn nested(&self) -> Option<Slow> {
        for (start, end, range) in &self.doubled {
            if let Some(path) = self.path(self.next(*end), *start).or_else(|| {
                // An edge from a place to itself is the whole loop.
                (start == end).then(Vec::new)
            }) {
                let pump = if start == end {
                    self.sample(*end).into_iter().collect()
                } else {
                    let around = std::iter::once(*end).chain(path);
                    around.filter_map(|place| self.sample(place)).collect()
                };
                return Some(Slow {
                    range: range.clone(),
                    nested: true,
                    start: *start,
                    pump,
                });
            }
        }
        let mut steps = 0;
        (0..self.places.len()).find_map(|start| self.two_ways(start, &mut steps))
    }

    /// A text that leads from a place back to it in two ways that part on the road: a search
    /// over pairs of places.
    fn two_ways(&self, start: usize, steps: &mut usize) -> Option<Slow> {
        let range = self.places.get(start)?.repeat.clone()?;
        let mut from: HashMap<Pair, (Pair, char)> = HashMap::new();
        let mut queue = VecDeque::from([(start, start, false)]);
        while let Some(at) = queue.pop_front() {
            for one in self.next(at.0) {
                for two in self.next(at.1) {
                    *steps += 1;
                    if *steps > STEP_LIMIT {
                        return None;
                    }
                    let pair = (*one, *two, at.2 || one != two);
                    if pair == (start, start, false) || from.contains_key(&pair) {
                        continue;
                    }
                    let Some(common) = self.common(*one, *two) else {
                        continue;
                    };
                    from.insert(pair, (at, common));
                    if pair == (start, start, true) {
                        return Some(Slow {
                            range,
                            nested: true,
                            start,
                            pump: spell(&from, pair),
                        });
                    }
                    queue.push_back(pair);
                }
            }
        }
        None
    }

    /// Two loops on a common character, the first of which leads straight into the second.
    fn adjacent(&self) -> Option<Slow> {
        for (start, place) in self.places.iter().enumerate() {
            if !self.next(start).contains(&start) {
                continue;
            }
            for end in self.next(start) {
                if *end == start || !self.next(*end).contains(end) {
                    continue;
                }
                let Some(common) = self.common(start, *end) else {
                    continue;
                };
                let first = place.repeat.clone()?;
                let second = self.places.get(*end)?.repeat.clone()?;
                return Some(Slow {
                    range: first.start.min(second.start)..first.end.max(second.end),
                    nested: false,
                    start,
                    pump: common.to_string(),
                });
            }
        }
        None
    }

    /// The places on a shortest way from one of `from` to `to`, both included.
    fn path(&self, from: &[usize], to: usize) -> Option<Vec<usize>> {
        let mut before: HashMap<usize, Option<usize>> = from.iter().map(|f| (*f, None)).collect();
        let mut queue: VecDeque<usize> = from.iter().copied().collect();
        while let Some(place) = queue.pop_front() {
            if place == to {
                let mut path = vec![place];
                let mut at = place;
                while let Some(Some(previous)) = before.get(&at) {
                    path.push(*previous);
                    at = *previous;
                }
                path.reverse();
                return Some(path);
            }
            for next in self.next(place) {
                before.entry(*next).or_insert_with(|| {
                    queue.push_back(*next);
                    Some(place)
                });
            }
        }
        None
    }

    fn common(&self, one: usize, two: usize) -> Option<char> {
        let mut class = self.places.get(one)?.class.clone();
        class.intersect(&self.places.get(two)?.class);
        readable(&class)
    }

    fn sample(&self, place: usize) -> Option<char> {
        readable(&self.places.get(place)?.class)
    }

    fn takes(&self, character: char) -> bool {
        let contains = |class: &ClassUnicode| {
            let mut ranges = class.ranges().iter();
            ranges.any(|range| range.start() <= character && character <= range.end())
        };
        self.places.iter().any(|place| contains(&place.class))
    }
}

/// Two places reached by one text, and whether the ways have parted.
type Pair = (usize, usize, bool);

fn spell(from: &HashMap<Pair, (Pair, char)>, mut at: Pair) -> String {
    let mut letters = Vec::new();
    while let Some((before, letter)) = from.get(&at) {
        letters.push(*letter);
        at = *before;
    }
    letters.iter().rev().collect()
}

/// A character of the class, a letter if it has one.
fn readable(class: &ClassUnicode) -> Option<char> {
    let contains = |c: &char| {
        let mut ranges = class.ranges().iter();
        ranges.any(|range| range.start() <= *c && *c <= range.end())
    };
    ('a'..='z')
        .chain('A'..='Z')
        .chain('0'..='9')
        .chain(' '..='~')
        .find(contains)
        .or_else(|| class.ranges().first().map(|range| range.start()))
}
