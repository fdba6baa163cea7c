//! One manifest, from bytes to findings.

pub mod baseline;
pub mod ignore;
mod quoting;
pub mod settings;
pub mod since;

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use crate::{
    check::settings::Settings,
    draft::{Change, Draft},
    finding::{Finding, Location, Related, Severity},
    manifest::{self, Environment, Manifest},
    resolve::Resolver,
    rules::instances::Instance,
    rules::{self, Subject},
    secrets::{self, Mask, Secrets},
    text::Source,
    yaml::{self, Document, NodeId, Place, Problem, ProblemKind, Spoilt, de},
};

/// A manifest that was judged.
#[derive(Debug, Clone)]
pub struct Judged {
    /// Its text, with the ranges in it that nothing may show.
    pub source: Arc<Source>,
    /// Its tree, where it has one.
    pub document: Option<Document>,
    /// Its environments, in the order of the text; only the chosen one where one was chosen.
    pub environments: Vec<JudgedEnvironment>,
    /// Every environment's name, chosen or not.
    pub environment_names: Vec<String>,
    /// What was found, sorted.
    pub findings: Vec<Finding>,
    /// What the rules between instances compare.
    pub instances: Vec<Instance>,
}

/// One environment of a manifest that was judged.
#[derive(Debug, Clone)]
pub struct JudgedEnvironment {
    /// Its name; nothing where the manifest has no environments.
    pub name: Option<String>,
    /// The typed manifest, where the tree has the form of one.
    pub manifest: Option<Manifest>,
}

/// Judges a manifest's bytes. `only` is the environment that was chosen, if one was.
pub fn judge(name: &str, bytes: Vec<u8>, settings: &Settings, only: Option<&str>) -> Judged {
    let (text, document, problems) = match yaml::decode(bytes) {
        Ok(text) => {
            let (document, problems) = yaml::parse(&text);
            (text, document, problems)
        }
        Err(undecoded) => (undecoded.text, None, vec![undecoded.problem]),
    };
    let Secrets {
        hidden,
        found,
        words,
    } = secrets::find(&text, document.as_ref());
    let mask = (!hidden.is_empty()).then(|| Mask::new(words));
    let source = Arc::new(Source::new(name, text).with_secrets(hidden));
    let mut judged = Judged {
        findings: problems
            .iter()
            .map(|problem| problem_finding(problem, &source, document.as_ref()))
            .collect(),
        source: source.clone(),
        document: None,
        environments: Vec::new(),
        environment_names: Vec::new(),
        instances: Vec::new(),
    };
    let mut spoilt = Spoilt::new();
    for secret in &found {
        spoilt.extend(secret.node);
        judged
            .findings
            .push(secret_finding(secret, &source, document.as_ref()));
    }
    if let Some(document) = document {
        judged.environments(&document, &spoilt, settings, only, mask.as_ref());
        judged.document = Some(document);
    }
    if let Some(mask) = mask {
        for finding in &mut judged.findings {
            mask.finding(finding);
        }
    }
    drop_inner_types(&mut judged.findings);
    judged.findings = merge_equal(
        std::mem::take(&mut judged.findings),
        &judged.environment_names,
    );
    judged
}

impl Judged {
    fn environments(
        &mut self,
        document: &Document,
        spoilt: &Spoilt,
        settings: &Settings,
        only: Option<&str>,
        mask: Option<&Mask>,
    ) {
        let source = self.source.clone();
        let resolver = Resolver {
            document,
            source: &source,
        };
        let (mut environments, patch_drafts) = manifest::environments(&document.root);
        for environment in &mut environments {
            if let (Some(name), Some(mask)) = (&mut environment.name, mask) {
                *name = mask.text(name);
            }
        }
        self.environment_names = environments
            .iter()
            .filter_map(|environment| environment.name.clone())
            .collect();
        if !self.environment_names.is_empty() || document.has_field(manifest::ENVIRONMENTS) {
            let mut spoilt = spoilt.clone();
            let as_written: Vec<Finding> =
                manifest::violations_as_written(&document.root, document, &mut spoilt)
                    .into_iter()
                    .map(|draft| in_patch(resolver.finding(draft, Vec::new())))
                    .collect();
            let unknown: HashSet<&str> = as_written
                .iter()
                .map(|outer| outer.location.pointer.as_str())
                .collect();
            for (name, draft) in patch_drafts {
                let finding = resolver.finding(draft, name.into_iter().collect());
                // A null in a field that does not exist removes nothing, of course.
                if !is_within(&finding.location.pointer, &unknown) {
                    self.findings.push(finding);
                }
            }
            self.findings.extend(as_written);
        }
        if let Some(finding) = too_many_nodes(&environments, &resolver) {
            self.findings.push(finding);
            return;
        }
        let mut written = HashMap::new();
        for (index, finding) in self.findings.iter().enumerate() {
            if finding.rule == "unknown-field" {
                written.insert(finding.location.range.start, index);
            }
        }
        for environment in environments {
            if only.is_none_or(|only| environment.name.as_deref() == Some(only)) {
                self.environment(&environment, &resolver, spoilt.clone(), settings, &written);
            }
        }
    }

    fn environment(
        &mut self,
        environment: &Environment,
        resolver: &Resolver<'_>,
        mut spoilt: Spoilt,
        settings: &Settings,
        written: &HashMap<usize, usize>,
    ) {
        let mut drafts = manifest::placeholders(&environment.tree, &mut spoilt);
        drafts.extend(manifest::violations(
            &environment.tree,
            resolver.document,
            &mut spoilt,
        ));
        let is_mapping =
            environment.tree.mapping().is_some() && !spoilt.contains(&environment.tree.id);
        let manifest: Option<Manifest> = is_mapping
            .then(|| de::from_node(&environment.tree, &spoilt).ok())
            .flatten();
        if let Some(manifest) = &manifest {
            drafts.extend(rules::judge(&Subject::new(manifest, settings)));
            let errors: HashSet<NodeId> = drafts
                .iter()
                .filter(|draft| is_error(draft))
                .map(|draft| draft.place.node)
                .collect();
            self.instances.push(Instance::new(
                environment.name.clone(),
                manifest,
                |place| !errors.contains(&place.node),
                |place| resolver.location(place),
            ));
        }
        for draft in &mut drafts {
            quoting::hint(draft, resolver.document, resolver.source.text());
        }
        let names: Vec<String> = environment.name.iter().cloned().collect();
        for (number, mut draft) in drafts.into_iter().enumerate() {
            if number >= MOST_FIXES {
                draft.fix = None;
            }
            let finding = resolver.finding(draft, names.clone());
            // An unknown field was found in the text as written already; what is new is that this environment has it.
            let is_unknown = finding.rule == "unknown-field";
            let index = written
                .get(&finding.location.range.start)
                .filter(|_| is_unknown);
            let written = index.and_then(|index| self.findings.get_mut(*index));
            match written {
                Some(written) => written.environments.extend(finding.environments),
                None => self.findings.push(finding),
            }
        }
        self.environments.push(JudgedEnvironment {
            name: environment.name.clone(),
            manifest,
        });
    }

    /// Whether anything weighs as much as an error.
    pub fn has_errors(&self) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.severity == Severity::Error)
    }
}

fn is_error(draft: &Draft) -> bool {
    rules::find(draft.rule).is_none_or(|rule| rule.severity == Severity::Error)
}

/// A finding of the text as written names the environment whose patch it is in.
fn in_patch(mut finding: Finding) -> Finding {
    let mut steps = finding.location.pointer.split('/').skip(1);
    if steps.next() == Some(manifest::ENVIRONMENTS)
        && let Some(name) = steps.next()
    {
        finding.environments = vec![name.replace("~1", "/").replace("~0", "~")];
    }
    finding
}

/// Whether a place is one of some others, or lies in one of them.
fn is_within(pointer: &str, others: &HashSet<&str>) -> bool {
    let ends = pointer
        .match_indices('/')
        .map(|(at, _)| at)
        .chain([pointer.len()]);
    ends.filter(|end| *end > 0).any(|end| {
        pointer
            .get(..end)
            .is_some_and(|outer| others.contains(outer))
    })
}

/// How many fixes of one environment are worked out: each is a search of its surroundings, and no report shows more findings.
const MOST_FIXES: usize = 1_000;

/// Where a whole value is of another type (`{{ x }}` for a text), its odd keys are no mistake of their own.
fn drop_inner_types(findings: &mut Vec<Finding>) {
    let outer: HashSet<String> = findings
        .iter()
        .filter(|finding| matches!(finding.rule, "wrong-type" | "invalid-value"))
        .map(|finding| finding.location.pointer.clone())
        .collect();
    let outer: HashSet<&str> = outer.iter().map(String::as_str).collect();
    findings.retain(|finding| {
        let parent = finding
            .location
            .pointer
            .rsplit_once('/')
            .map_or("", |(parent, _)| parent);
        finding.rule != "wrong-type" || !is_within(parent, &outer)
    });
}

/// How many nodes all environments of a manifest may have together: more would keep a check busy for minutes.
const MOST_NODES: usize = 2_000_000;

/// The finding where a manifest's environments are too many for its size.
fn too_many_nodes(environments: &[Environment], resolver: &Resolver<'_>) -> Option<Finding> {
    let largest = environments.first()?.tree.size();
    if environments.len() < 2 || largest.saturating_mul(environments.len()) <= MOST_NODES {
        return None;
    }
    let fields = resolver.document.root.mapping()?;
    let place = Place::value(fields.get(manifest::ENVIRONMENTS)?.value.id, None).key();
    let draft = Draft::new(
        "yaml-limits",
        place,
        format!(
            "{} environments of {largest} nodes each are more than {MOST_NODES} nodes together",
            environments.len()
        ),
        "write several manifests",
    );
    Some(resolver.finding(draft, Vec::new()))
}

fn problem_finding(
    problem: &Problem,
    source: &Arc<Source>,
    document: Option<&Document>,
) -> Finding {
    let location = |range| Location {
        source: source.clone(),
        pointer: problem
            .node
            .zip(document)
            .map_or_else(String::new, |(node, document)| document.pointer(node)),
        range,
    };
    let rule = match problem.kind {
        ProblemKind::Syntax => "yaml-syntax",
        ProblemKind::Limits => "yaml-limits",
        ProblemKind::DuplicateKey => "yaml-duplicate-key",
        ProblemKind::KeyType | ProblemKind::MergeType => "wrong-type",
    };
    if let (ProblemKind::KeyType, Some(document), Some(node)) =
        (problem.kind, document, problem.node)
    {
        let place = Place::value(node, None).key();
        let draft = Draft::new(rule, place, problem.message.clone(), problem.help.clone())
            .safe_fix("put the key in quotes", Change::Quote(place));
        return Resolver { document, source }.finding(draft, Vec::new());
    }
    Finding {
        rule,
        severity: Severity::Error,
        key: String::new(),
        message: problem.message.clone(),
        help: problem.help.clone(),
        location: location(problem.range.clone()),
        environments: Vec::new(),
        related: problem
            .related
            .iter()
            .map(|range| Related {
                message: "the first one is here".to_owned(),
                location: location(range.clone()),
            })
            .collect(),
        fix: None,
    }
}

fn secret_finding(
    secret: &secrets::Secret,
    source: &Arc<Source>,
    document: Option<&Document>,
) -> Finding {
    let pointer = secret
        .node
        .zip(document)
        .map_or_else(String::new, |(node, document)| document.pointer(node));
    Finding {
        rule: "secret-in-manifest",
        severity: Severity::Error,
        key: String::new(),
        message: format!("{} stands here in clear", secret.what),
        help: "replace it at its source, as it has been in the file; then remove it, and write a reference such as \
               `client_secret: { env: IMS_CLIENT_SECRET }`"
            .to_owned(),
        location: Location {
            source: source.clone(),
            pointer,
            range: secret.range.clone(),
        },
        environments: Vec::new(),
        related: Vec::new(),
        fix: None,
    }
}

/// The findings of the rules between instances, which come in the order of their files and environments.
pub fn between(instances: &[Instance]) -> Vec<Finding> {
    let findings = rules::judge_instances(instances)
        .into_iter()
        .map(|crossing| Finding {
            rule: crossing.rule,
            severity: rules::find(crossing.rule).map_or(Severity::Error, |rule| rule.severity),
            key: String::new(),
            message: crossing.message,
            help: crossing.help,
            location: crossing.location,
            environments: crossing.environment.into_iter().collect(),
            related: vec![Related {
                message: crossing.related.1,
                location: crossing.related.0,
            }],
            fix: None,
        });
    merge_equal(findings.collect(), &[])
}

/// Findings of several environments with equal rule, range, message and fix are one that names them, in the manifest's order.
fn merge_equal(mut findings: Vec<Finding>, names: &[String]) -> Vec<Finding> {
    let order = |name: &String| names.iter().position(|known| known == name);
    findings.sort_by(|a, b| a.order().cmp(&b.order()));
    let mut merged: Vec<Finding> = Vec::new();
    for finding in findings {
        let twin = merged
            .iter_mut()
            .rev()
            .take_while(|known| known.location == finding.location)
            .find(|known| {
                known.rule == finding.rule
                    && known.message == finding.message
                    && known.fix == finding.fix
            });
        match twin {
            Some(twin) => {
                twin.environments.extend(finding.environments);
            }
            None => merged.push(finding),
        }
    }
    for finding in &mut merged {
        finding.environments.sort_by_key(order);
        finding.environments.dedup();
    }
    merged
}
