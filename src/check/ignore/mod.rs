//! What a manifest's comments and its configuration take out of its findings, and what they say without effect.
//!
//! A file is done with as soon as it is judged; for the rules between instances, which judge at the end, only the few comments
//! that name them are kept.

mod comment;

use std::{collections::HashMap, ops::Range, sync::Arc};

use comment::Ignore;

use crate::{
    check::Judged,
    check::settings::{Settings, unknown_rule_help},
    finding::{Finding, Location, Severity},
    rules::{self, Check},
    text::Source,
    text::suggest,
    yaml::Document,
};

/// What a file's comments ignore of the rules between instances.
#[derive(Debug, Default)]
pub struct Ignores {
    /// Lines and rules.
    between: Vec<(usize, &'static str)>,
    scalars: Scalars,
}

impl Ignores {
    /// Whether a finding is ignored that a rule between instances made at a place in this file.
    pub fn covers(&self, finding: &Finding) -> bool {
        let lines = self.scalars.lines(&finding.location);
        self.between
            .iter()
            .any(|(line, rule)| *rule == finding.rule && lines.contains(&Some(*line)))
    }

    /// Whether nothing is ignored.
    pub fn is_empty(&self) -> bool {
        self.between.is_empty()
    }
}

/// Takes the findings out that comments ignore or the settings switch off, gives the rest their levels, and adds what the
/// comments say without effect. With `one_environment`, the file was not judged in full, so that no ignore counts as unused.
pub fn apply(judged: &mut Judged, settings: &Settings, one_environment: bool) -> Ignores {
    let mut ignores = Ignores::default();
    if let Some(document) = &judged.document {
        let mut comments = Comments::new(&judged.source, document);
        if !comments.is_empty() {
            judged.findings.retain(|finding| !comments.cover(finding));
            let mut own = comments.unknown();
            own.retain(|finding| !comments.cover(finding));
            if !one_environment {
                let mut unused = comments.unused();
                unused.retain(|finding| !comments.cover(finding));
                own.extend(unused);
                own.extend(comments.unused_for_unused());
            }
            judged.findings.extend(own);
            judged.findings.sort_by(|a, b| a.order().cmp(&b.order()));
            ignores = comments.between();
        }
    }
    settings.apply(&mut judged.findings);
    ignores
}

/// Scalars of several lines: no comment can stand inside them.
#[derive(Debug, Default)]
struct Scalars {
    /// Where each is, and the line of its key; sorted.
    several_lines: Vec<(Range<usize>, usize)>,
}

impl Scalars {
    fn new(source: &Source, document: &Document) -> Self {
        let mut several_lines: Vec<(Range<usize>, usize)> = document
            .written
            .iter()
            .filter(|written| written.text.is_some())
            .filter(|written| {
                let text = source.text().get(written.range.clone());
                text.is_some_and(|text| text.contains(['\n', '\r']))
            })
            .map(|written| {
                let first = written
                    .key
                    .as_ref()
                    .map_or(written.range.start, |key| key.start);
                (written.range.clone(), source.line_of(first))
            })
            .collect();
        several_lines.sort_by_key(|(range, _)| range.start);
        Self { several_lines }
    }

    /// The line that a finding starts on, and the line of the key where it starts in a scalar of several lines.
    fn lines(&self, location: &Location) -> [Option<usize>; 2] {
        let start = location.range.start;
        let after = self
            .several_lines
            .partition_point(|(range, _)| range.start <= start);
        let around = after
            .checked_sub(1)
            .and_then(|at| self.several_lines.get(at));
        let key = around
            .filter(|(range, _)| start < range.end)
            .map(|(_, line)| *line);
        [Some(location.source.line_of(start)), key]
    }
}

/// A rule's name in an ignore.
struct Name {
    range: Range<usize>,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// There is no such rule.
    Unknown,
    /// It cannot be ignored.
    Guarded,
    /// It judges at the end.
    Between(&'static str),
    /// Any other, and whether it has ignored something.
    Rule(&'static str, bool),
}

/// The ignore comments of a file.
struct Comments<'a> {
    source: &'a Arc<Source>,
    ignores: Vec<(Ignore, Vec<Name>)>,
    /// The ignores that count for a line, by their index.
    by_line: HashMap<usize, Vec<usize>>,
    /// The first ignore, and the name in it, that ignores a rule on a line.
    by_rule: HashMap<(usize, &'static str), (usize, usize)>,
    scalars: Scalars,
}

impl<'a> Comments<'a> {
    fn new(source: &'a Arc<Source>, document: &Document) -> Self {
        let mut comments = Self {
            source,
            ignores: Vec::new(),
            by_line: HashMap::new(),
            by_rule: HashMap::new(),
            scalars: Scalars::default(),
        };
        let text = source.text();
        let mut below: Option<(usize, usize)> = None;
        for comment in document.comments.iter().rev() {
            let line = source.line_of(comment.range.start);
            let before = text.get(source.line_range(line).start..comment.range.start);
            let is_alone = before
                .is_some_and(|before| before.trim_start_matches('\u{feff}').trim().is_empty());
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
                let index = comments.ignores.len();
                let lines = if is_alone {
                    vec![line, target]
                } else {
                    vec![line]
                };
                for line in &lines {
                    comments.by_line.entry(*line).or_default().push(index);
                }
                let names = ignore.names.as_deref().unwrap_or_default().iter();
                let names = names.map(|range| Name {
                    range: range.clone(),
                    kind: kind(text.get(range.clone()).unwrap_or_default()),
                });
                let names: Vec<Name> = names.collect();
                for (at, name) in names.iter().enumerate() {
                    if let Kind::Rule(rule, _) = name.kind {
                        for line in &lines {
                            let first = comments.by_rule.entry((*line, rule));
                            first.or_insert((index, at));
                        }
                    }
                }
                comments.ignores.push((ignore, names));
            }
        }
        if !comments.is_empty() {
            comments.scalars = Scalars::new(source, document);
        }
        comments
    }

    fn is_empty(&self) -> bool {
        self.ignores.is_empty()
    }

    /// Whether a finding is ignored; the name that does it is then used.
    fn cover(&mut self, finding: &Finding) -> bool {
        for line in self.scalars.lines(&finding.location).into_iter().flatten() {
            let found = self.by_rule.get(&(line, finding.rule));
            let name = found.and_then(|(ignore, name)| {
                let (_, names) = self.ignores.get_mut(*ignore)?;
                names.get_mut(*name)
            });
            if let Some(Name {
                kind: Kind::Rule(_, used),
                ..
            }) = name
            {
                *used = true;
                return true;
            }
        }
        false
    }

    fn finding(
        &self,
        rule: &'static str,
        range: &Range<usize>,
        message: String,
        help: impl Into<String>,
    ) -> Finding {
        Finding {
            rule,
            severity: Severity::Warning,
            key: String::new(),
            message,
            help: help.into(),
            location: Location {
                source: self.source.clone(),
                pointer: String::new(),
                range: range.clone(),
            },
            environments: Vec::new(),
            related: Vec::new(),
            fix: None,
        }
    }

    fn unknown(&self) -> Vec<Finding> {
        let names = self.ignores.iter().flat_map(|(_, names)| names);
        names
            .filter(|name| name.kind == Kind::Unknown)
            .map(|name| {
                let shown = crate::draft::excerpt(&self.source.shown(name.range.clone()));
                let help = unknown_rule_help(&shown);
                let message = format!("there is no rule `{shown}`");
                self.finding("unknown-rule", &name.range, message, help)
            })
            .collect()
    }

    /// What ignores nothing, but for ignores of `unused-ignore` itself.
    fn unused(&self) -> Vec<Finding> {
        let mut found = Vec::new();
        for (ignore, names) in &self.ignores {
            if let Err((message, help)) = &ignore.names {
                found.push(self.finding("unused-ignore", &ignore.range, message.clone(), *help));
                continue;
            }
            let is_unused =
                |name: &Name| matches!(name.kind, Kind::Rule(rule, false) if rule != UNUSED);
            if names.iter().all(is_unused) {
                let ids: Vec<&str> = names.iter().filter_map(Name::rule).collect();
                let message = format!(
                    "this ignores nothing: {} is not found here",
                    suggest::list(&ids)
                );
                found.push(self.finding(UNUSED, &ignore.range, message, UNUSED_HELP));
                continue;
            }
            for name in names {
                if is_unused(name) {
                    let message = format!(
                        "this ignores nothing: `{}` is not found here",
                        name.rule().unwrap_or_default()
                    );
                    found.push(self.finding(UNUSED, &name.range, message, UNUSED_HELP));
                }
                if name.kind == Kind::Guarded {
                    let shown = self.source.shown(name.range.clone());
                    let message = format!("`{shown}` cannot be ignored");
                    let help = "remove it here, and correct what it is said of";
                    let range = match names.len() {
                        1 => &ignore.range,
                        _ => &name.range,
                    };
                    found.push(self.finding(UNUSED, range, message, help));
                }
            }
        }
        found
    }

    fn unused_for_unused(&self) -> Vec<Finding> {
        let names = self.ignores.iter().flat_map(|(_, names)| names);
        names
            .filter(|name| name.kind == Kind::Rule(UNUSED, false))
            .map(|name| {
                let message = format!("this ignores nothing: `{UNUSED}` is not found here");
                self.finding(UNUSED, &name.range, message, UNUSED_HELP)
            })
            .collect()
    }

    /// What is left for the rules between instances.
    fn between(self) -> Ignores {
        let mut between = Vec::new();
        for (line, indexes) in &self.by_line {
            for (_, names) in indexes.iter().filter_map(|index| self.ignores.get(*index)) {
                between.extend(names.iter().filter_map(|name| match name.kind {
                    Kind::Between(rule) => Some((*line, rule)),
                    _ => None,
                }));
            }
        }
        if between.is_empty() {
            return Ignores::default();
        }
        between.sort_unstable();
        between.dedup();
        Ignores {
            between,
            scalars: self.scalars,
        }
    }
}

const UNUSED: &str = "unused-ignore";
const UNUSED_HELP: &str = "remove it; an ignore stands at the end of the line where a finding starts, or alone on the line above";

impl Name {
    fn rule(&self) -> Option<&'static str> {
        match self.kind {
            Kind::Rule(rule, _) | Kind::Between(rule) => Some(rule),
            Kind::Unknown | Kind::Guarded => None,
        }
    }
}

fn kind(name: &str) -> Kind {
    match rules::find(name) {
        None => Kind::Unknown,
        Some(rule) if rules::is_guarded(rule.id) => Kind::Guarded,
        Some(rule) if matches!(rule.check, Check::Instances(_)) => Kind::Between(rule.id),
        Some(rule) => Kind::Rule(rule.id, false),
    }
}

#[cfg(test)]
mod tests;
