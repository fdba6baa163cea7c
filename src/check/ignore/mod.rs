//! What a manifest's comments take out of its findings, and what they say without effect.
//!
//! A file is done with as soon as it is judged; for the rules between instances, which judge at the end, only the few comments
//! that name them are kept.

mod comment;

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
    sync::Arc,
};

use crate::text::slice;
use crate::{
    check::{Judged, settings::unknown_rule_help},
    diagnostic::excerpt,
    diagnostic::{Finding, Location, Rule, Topic},
    rules::{
        self,
        catalogue::{UNKNOWN_RULE, UNUSED_IGNORE},
    },
    text::Source,
    yaml::{Node, Tree, Value},
};

const UNUSED_HELP: &str = "remove it; an ignore stands at the end of the line where a finding starts, or alone on the line above";
const MALFORMED_HELP: &str =
    "write `# campaign-ims: ignore[RULE]`, with the rule's name between the brackets";
const GUARDED_HELP: &str = "remove it here, and correct what it is said of";

/// What a file's comments ignore of the rules between instances.
#[derive(Debug, Default)]
pub struct Ignores {
    /// Lines and rules.
    across: HashSet<(usize, &'static str)>,
    values: Values,
}

impl Ignores {
    /// Whether a finding is ignored that a rule between instances made at a place in this file.
    pub fn covers(&self, finding: &Finding) -> bool {
        let mut lines = self.values.lines(&finding.location);
        lines.any(|line| self.across.contains(&(line, finding.rule.id)))
    }
}

/// Takes the findings out that comments ignore, and adds what the comments say without effect. With `one_environment`, the file
/// was not judged in full, so that no ignore counts as unused.
pub fn apply(judged: &mut Judged, one_environment: bool) -> Option<Ignores> {
    let document = judged.document.as_deref()?;
    let mut comments = Comments::new(&judged.source, document);
    if comments.ignores.is_empty() {
        return None;
    }
    judged.findings.retain(|finding| !comments.cover(finding));
    let mut own = comments.unknown();
    own.retain(|finding| !comments.cover(finding));
    if !one_environment {
        let mut unused = comments.unused(false);
        unused.retain(|finding| !comments.cover(finding));
        own.extend(unused);
        own.extend(comments.unused(true));
    }
    judged.findings.extend(own);
    judged.findings.sort_by(|a, b| a.order().cmp(&b.order()));
    Some(comments.across())
}

/// Scalars and lists that do not end on the line of their key, which for an item is the list's: a comment beside the key counts.
#[derive(Debug, Default)]
struct Values {
    /// Where each is, and the line of its key; sorted. An item comes behind its list.
    below_their_keys: Vec<(Range<usize>, usize)>,
}

impl Values {
    fn new(source: &Source, document: &Tree) -> Self {
        let is_list = |it: &Node| matches!(it.value, Value::Sequence(_));
        let nodes = document.nodes.iter();
        let values = nodes.filter(|it| it.text.is_some() || is_list(it));
        let with_keys = values.map(|it| {
            let list = it.parent.filter(|_| it.key.is_none());
            let list = list.and_then(|list| document.node(list)?.key.as_ref());
            let key = it.key.as_ref().or(list);
            let key = key.map_or(it.range.start, |key| key.start);
            (it.range.clone(), source.line_of(key))
        });
        let mut below_their_keys: Vec<(Range<usize>, usize)> = with_keys
            .filter(|(range, line)| source.line_of(range.end) > *line)
            .collect();
        below_their_keys.sort_by_key(|(range, _)| range.start);
        Self { below_their_keys }
    }

    /// The line that a finding starts on, and the line of the key of the value that it starts in.
    fn lines(&self, location: &Location) -> impl Iterator<Item = usize> {
        let start = location.range.start;
        let all = &self.below_their_keys;
        let after = all.partition_point(|(range, _)| range.start <= start);
        let before = after.checked_sub(1).and_then(|at| all.get(at));
        // A line break that ends a text is the last thing in it.
        let around = before.filter(|(range, _)| start <= range.end);
        let key = around.map(|(_, line)| *line);
        [location.source.line_of(start)].into_iter().chain(key)
    }
}

/// An ignore, with the lines that it counts for.
struct Ignore {
    range: Range<usize>,
    names: Vec<Name>,
    /// Why it names none.
    malformed: Option<&'static str>,
}

/// A rule's name in an ignore.
struct Name {
    range: Range<usize>,
    /// Nothing where there is no such rule.
    rule: Option<&'static Rule>,
    used: bool,
}

impl Name {
    fn is_of_itself(&self) -> bool {
        self.rule.is_some_and(|rule| rule == &UNUSED_IGNORE)
    }

    /// What it says without effect, and what to do.
    fn without_effect(&self) -> Option<(String, &'static str)> {
        let rule = self.rule?;
        let id = rule.id;
        if rule.is_guarded {
            return Some((format!("`{id}` cannot be ignored"), GUARDED_HELP));
        }
        let message = format!("this ignores nothing: `{id}` is not found here");
        (!self.used && !is_across(rule)).then_some((message, UNUSED_HELP))
    }
}

fn is_across(rule: &Rule) -> bool {
    rule.topic == Topic::Across
}

/// The ignore comments of a file.
struct Comments<'a> {
    source: &'a Arc<Source>,
    ignores: Vec<Ignore>,
    /// The first ignore, and the name in it, that ignores a rule on a line.
    by_rule: HashMap<(usize, &'static str), (usize, usize)>,
    values: Values,
}

impl<'a> Comments<'a> {
    fn new(source: &'a Arc<Source>, document: &Tree) -> Self {
        let mut comments = Self {
            source,
            ignores: Vec::new(),
            by_rule: HashMap::new(),
            values: Values::default(),
        };
        let text = source.text();
        let mut below: Option<(usize, usize)> = None;
        for comment in document.comments.iter().rev() {
            let line = source.line_of(comment.range.start);
            let before = text.get(source.line_range(line).start..comment.range.start);
            let before = before.unwrap_or_default().trim_start_matches('\u{feff}');
            let is_alone = before.trim().is_empty();
            // Comments alone on lines that follow each other all count for the line below the last one.
            let target = match below {
                _ if !is_alone => line,
                Some((next, target)) if next == line + 1 => target,
                _ => line + 1,
            };
            if is_alone {
                below = Some((line, target));
            }
            for ignore in comment::ignores(text, &comment.range) {
                comments.push(ignore, [line, target]);
            }
        }
        if !comments.ignores.is_empty() {
            comments.values = Values::new(source, document);
        }
        comments
    }

    fn push(&mut self, ignore: comment::Ignore, lines: [usize; 2]) {
        let malformed = ignore.names.as_ref().err().copied();
        let names = ignore.names.unwrap_or_default().into_iter();
        let names = names.map(|range| Name {
            rule: rules::find(slice(self.source.text(), range.clone())),
            range,
            used: false,
        });
        let names: Vec<Name> = names.collect();
        for (at, name) in names.iter().enumerate() {
            for line in lines {
                if let Some(rule) = name.rule.filter(|rule| !rule.is_guarded) {
                    let first = self.by_rule.entry((line, rule.id));
                    first.or_insert((self.ignores.len(), at));
                }
            }
        }
        self.ignores.push(Ignore {
            range: ignore.range,
            names,
            malformed,
        });
    }

    /// Whether a finding is ignored; the name that does it is then used.
    fn cover(&mut self, finding: &Finding) -> bool {
        let mut lines = self.values.lines(&finding.location);
        let found = lines.find_map(|line| self.by_rule.get(&(line, finding.rule.id)));
        let name = found.and_then(|&(ignore, name)| {
            let ignore = self.ignores.get_mut(ignore)?;
            ignore.names.get_mut(name)
        });
        name.map(|name| name.used = true).is_some()
    }

    fn finding(
        &self,
        rule: &'static Rule,
        range: &Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Finding {
        let location = Location {
            source: self.source.clone(),
            pointer: String::new(),
            range: range.clone(),
        };
        Finding::new(rule, location, message, help)
    }

    fn unknown(&self) -> Vec<Finding> {
        let names = self.ignores.iter().flat_map(|ignore| &ignore.names);
        let unknown = names.filter(|name| name.rule.is_none());
        unknown
            .map(|name| {
                let shown = excerpt(&self.source.shown(name.range.clone()));
                let help = unknown_rule_help(&shown);
                let message = format!("there is no rule `{shown}`");
                self.finding(&UNKNOWN_RULE, &name.range, message, help)
            })
            .collect()
    }

    /// What ignores nothing: ignores of `unused-ignore` itself, or all others.
    fn unused(&self, of_itself: bool) -> Vec<Finding> {
        let mut found = Vec::new();
        for ignore in &self.ignores {
            if let Some(message) = ignore.malformed.filter(|_| !of_itself) {
                found.push(self.finding(&UNUSED_IGNORE, &ignore.range, message, MALFORMED_HELP));
            }
            let names = ignore.names.iter();
            for name in names.filter(|name| name.is_of_itself() == of_itself) {
                if let Some((message, help)) = name.without_effect() {
                    let range = match ignore.names.len() {
                        1 => &ignore.range,
                        _ => &name.range,
                    };
                    found.push(self.finding(&UNUSED_IGNORE, range, message, help));
                }
            }
        }
        found
    }

    /// What is left for the rules between instances.
    fn across(self) -> Ignores {
        let all = self.by_rule.into_keys();
        let across: HashSet<(usize, &str)> = all
            .filter(|(_, id)| rules::find(id).is_some_and(is_across))
            .collect();
        Ignores {
            across,
            values: self.values,
        }
    }
}

#[cfg(test)]
mod tests;
