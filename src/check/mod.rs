//! One manifest, from bytes to findings.

pub mod baseline;
pub mod ignore;
mod inherited;
mod reading;
mod run;
pub mod settings;
#[cfg(feature = "cli")]
pub mod since;

pub use run::{Checked, Claimed, across, compare, text};

use std::{
    cell::LazyCell,
    collections::{HashMap, HashSet},
    iter,
    sync::Arc,
};

use crate::{
    check::{
        inherited::Layers,
        reading::{
            merged_into, not_unpacked, problem_diagnostic, secret_diagnostic, too_many_nodes, xml,
        },
        settings::Settings,
    },
    diagnostic::{Claims, Finding, Locator, Severity},
    manifest::{self, Environment, Manifest},
    package,
    rules::{
        self, Context,
        catalogue::{UNKNOWN_FIELD, URL_CREDENTIALS},
        instances::Instance,
        patch, placeholder, quoting, schema, value,
    },
    secrets::{self, Secrets},
    text::Source,
    yaml::{self, NodeId, ProblemKind, Tree, de},
};

/// A manifest that was judged.
#[derive(Debug, Clone)]
pub struct Judged {
    /// Its text, with the ranges in it that nothing may show.
    pub source: Arc<Source>,
    /// Its tree, where it has one.
    pub document: Option<Box<Tree>>,
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
    judge_into(Claims::default(), name, bytes, settings, only)
}

/// The same with the claims to begin with.
fn judge_into(
    mut claims: Claims,
    name: &str,
    bytes: Vec<u8>,
    settings: &Settings,
    only: Option<&str>,
) -> Judged {
    let (is_xml, packed) = (package::is_xml(&bytes), package::packed(&bytes));
    let (text, mut document, problems) = match yaml::decode(bytes) {
        decoded if is_xml => {
            let text = decoded.unwrap_or_else(|undecoded| undecoded.text);
            let problem = xml(&text);
            (text, None, vec![problem])
        }
        Ok(text) => {
            let (document, problems) = yaml::parse(&text);
            (text, document, problems)
        }
        Err(undecoded) => match packed {
            Some(how) => (String::new(), None, vec![not_unpacked(how)]),
            None => (undecoded.text, None, vec![undecoded.problem]),
        },
    };
    let Secrets { hidden, found } = secrets::find(&text, document.as_ref());
    if let Some(document) = document.as_mut().filter(|_| !hidden.is_empty()) {
        document.hide(&text, &hidden);
    }
    let source = Arc::new(Source::new(name, text).with_secrets(hidden));
    // A key that is no string is no mistake of its own where the whole value has another type: that is known at the end.
    let mut keys = Vec::new();
    for problem in problems {
        // Which of two equal keys is meant is not known, so nothing is said of what the first one lacks.
        problem
            .first
            .into_iter()
            .for_each(|it| claims.claim_key(it));
        // Nor is it known what a mapping lacks that another one should be merged into.
        let incomplete = document.as_ref().and_then(|it| merged_into(&problem, it));
        if let Some(mapping) = incomplete {
            claims.mark_incomplete(mapping);
        }
        match problem.kind {
            ProblemKind::KeyType => keys.push(problem_diagnostic(problem)),
            _ => claims.push(problem_diagnostic(problem)),
        }
    }
    let aliases = LazyCell::new(|| document.as_ref().map(Tree::aliases));
    for secret in found {
        let mut diagnostic = secret_diagnostic(&secret);
        let around = document.as_ref().zip(secret.node);
        let mut around = around
            .into_iter()
            .flat_map(|(tree, node)| iter::once(node).chain(tree.ancestors(node)));
        diagnostic.place.via = around.find_map(|node| aliases.as_ref()?.get(&node).copied());
        claims.push(diagnostic);
    }
    claims.settle(document.as_ref());
    let mut judged = Judged {
        findings: Vec::new(),
        source: source.clone(),
        document: None,
        environments: Vec::new(),
        environment_names: Vec::new(),
        instances: Vec::new(),
    };
    let mut environments = Vec::new();
    if let Some(document) = &mut document {
        environments = manifest::environments(document);
        let mut claims = judged.environments(&environments, document, claims, settings, only);
        claims.extend(keys);
        let root = document.root();
        if let Some(root) = root.filter(|_| !judged.environment_names.is_empty()) {
            schema::empty_in_base(root, &mut claims);
        }
        value::url_credentials_elsewhere(document, source.text(), &mut claims);
        claims.settle(Some(document));
        judged.add(claims, Some(document), &[]);
    } else {
        judged.add(claims, None, &[]);
    }
    judged.findings = merge_equal(
        std::mem::take(&mut judged.findings),
        &judged.environment_names,
    );
    if let Some(document) = document
        .as_ref()
        .filter(|_| !judged.environment_names.is_empty())
    {
        let locator = Locator {
            document: Some(document),
            source: &source,
        };
        let layers = LazyCell::new(|| Layers::new(document));
        let paths = LazyCell::new(|| inherited::aliased(document));
        let aliased = |node| paths.get(&node).cloned();
        for finding in &mut judged.findings {
            let names = &judged.environment_names;
            inherited::keep_others(finding, names, &environments, document, aliased);
            if finding.renames() {
                layers.keep_together(finding, locator);
            }
        }
    }
    judged.document = document.map(Box::new);
    judged
}

impl Judged {
    /// The text as written, then each environment. Gives what all of them claim.
    fn environments(
        &mut self,
        environments: &[Environment],
        document: &Tree,
        mut claims: Claims,
        settings: &Settings,
        only: Option<&str>,
    ) -> Claims {
        let names = environments.iter();
        let names = names.filter_map(|environment| environment.name.clone());
        self.environment_names = names.collect();
        let root = document.root();
        let has_environments = root.is_some_and(|root| root.get(manifest::ENVIRONMENTS).is_some());
        // Without environments, the text as written is judged as the only one, but not where another one is asked for.
        if let Some(root) = root.filter(|_| has_environments || only.is_some()) {
            schema::as_written(root, &mut claims);
            value::control_character_in_names(root, &mut claims);
            claims.settle(Some(document));
        }
        let of_environments = claims.without_diagnostics();
        self.add(claims, Some(document), &[]);
        let is_chosen =
            |it: &&Environment| only.is_none_or(|only| it.name.as_deref() == Some(only));
        if has_environments {
            for environment in environments.iter().filter(is_chosen) {
                let mut claims = of_environments.clone();
                patch::check(environment, document, &mut claims);
                claims.settle(Some(document));
                self.add(claims, Some(document), environment.name.as_slice());
            }
        }
        if let Some(diagnostic) = too_many_nodes(environments, document) {
            let locator = self.locator(Some(document));
            self.findings.push(locator.finding(diagnostic, Vec::new()));
            return of_environments;
        }
        let unknown = self.findings.iter().enumerate();
        let unknown = unknown.filter(|(_, finding)| finding.rule == &UNKNOWN_FIELD);
        let unknown = unknown.map(|(index, finding)| (finding.location.range.start, index));
        let unknown = unknown.collect();
        self.instances.reserve_exact(environments.len());
        let mut of_all = of_environments.clone();
        // A section that is taken for an environment: of it nothing can be said, nor of an empty environment that may be its own.
        let is_section = |it: &Environment| {
            let name = it.name.as_deref().and_then(|it| manifest::schema::at([it]));
            let patch = it.patch.filter(|_| name.is_some());
            patch.is_some_and(|patch| of_environments.is_claimed(patch))
        };
        let has_section = environments.iter().any(is_section);
        for environment in environments.iter().filter(is_chosen) {
            if has_section && (environment.patch.is_none() || is_section(environment)) {
                continue;
            }
            let claims = of_environments.clone();
            let claimed = self.environment(environment, document, claims, settings, &unknown);
            claimed
                .into_iter()
                .for_each(|node| of_all.claim_value(node));
        }
        of_all
    }

    /// One environment. `unknown` has the unknown fields of the text as written, by their places. Gives the values that it claims.
    fn environment(
        &mut self,
        environment: &Environment,
        document: &Tree,
        mut claims: Claims,
        settings: &Settings,
        unknown: &HashMap<usize, usize>,
    ) -> HashSet<NodeId> {
        let Some(tree) = document.at(environment.tree) else {
            return HashSet::new();
        };
        placeholder::check(tree, &mut claims);
        claims.settle(Some(document));
        let strict =
            (!claims.has_claimed()).then(|| de::from_node_strict(tree, &["x-"], false).ok());
        let strict: Option<Manifest> = strict.flatten().filter(Manifest::is_plainly_right);
        let manifest = strict.or_else(|| {
            schema::environment(tree, environment, &mut claims);
            claims.settle(Some(document));
            let is_mapping = tree.is_mapping() && !claims.is_claimed(tree.id());
            let is_claimed = |node| claims.is_claimed(node);
            let read = is_mapping.then(|| de::from_node(tree, &is_claimed).ok());
            read.flatten()
        });
        let mut claimed = claims.claimed();
        if let Some(manifest) = &manifest {
            let context =
                Context::new(manifest, &settings.known_ims_servers, &environment.removals);
            rules::check(&context, &mut claims);
            claims.settle(Some(document));
            claimed.extend(claims.with_error_of(&URL_CREDENTIALS));
            self.instances.push(Instance::new(
                environment.name.as_deref(),
                self.source.name(),
                context,
                |place| claims.is_clean(place),
            ));
        }
        let known = self.findings.len();
        self.add(claims, Some(document), environment.name.as_slice());
        // An unknown field was found in the text as written already; what is new is that this environment has it.
        let found = self.findings.split_off(known);
        for finding in found {
            let index = unknown.get(&finding.location.range.start);
            let index = index.filter(|_| finding.rule == &UNKNOWN_FIELD);
            match index.and_then(|index| self.findings.get_mut(*index)) {
                Some(written) => written.environments.extend(finding.environments),
                None => self.findings.push(finding),
            }
        }
        self.environments.push(JudgedEnvironment {
            name: environment.name.clone(),
            manifest,
        });
        claimed
    }

    /// What makes ranges of places in its text, which has this tree.
    pub(crate) fn locator<'a>(&'a self, document: Option<&'a Tree>) -> Locator<'a> {
        Locator {
            document,
            source: &self.source,
        }
    }

    /// Adds what was claimed, with its ranges. A finding in a patch names the environment whose patch it is in.
    fn add(&mut self, claims: Claims, document: Option<&Tree>, environments: &[String]) {
        let locator = self.locator(document);
        let diagnostics = claims.into_diagnostics().into_iter();
        let findings = diagnostics.map(|mut diagnostic| {
            if let Some(document) = document {
                quoting::hint(&mut diagnostic, document, self.source.text());
            }
            let mut finding = locator.finding(diagnostic, environments.to_vec());
            if environments.is_empty() {
                finding.environments = in_patch(&finding.location.pointer).into_iter().collect();
            }
            finding
        });
        let findings: Vec<Finding> = findings.collect();
        self.findings.extend(findings);
    }

    /// Whether anything weighs as much as an error.
    pub fn has_errors(&self) -> bool {
        let mut findings = self.findings.iter();
        findings.any(|finding| finding.severity == Severity::Error)
    }
}

/// The environment whose patch a place is in.
fn in_patch(pointer: &str) -> Option<String> {
    let mut steps = yaml::steps(pointer);
    let is_patch = steps
        .next()
        .is_some_and(|step| step == manifest::ENVIRONMENTS);
    steps.next().filter(|_| is_patch)
}

/// Findings of several environments with equal rule, range, message and fix are one that names them, in the manifest's order.
fn merge_equal(mut findings: Vec<Finding>, names: &[String]) -> Vec<Finding> {
    findings.sort_by(|one, other| one.order().cmp(&other.order()));
    let mut merged: Vec<Finding> = Vec::new();
    // The findings of the current place by what they say: each environment may say something else of it.
    let mut said: HashMap<(&'static str, String), Vec<usize>> = HashMap::new();
    for finding in findings {
        if merged
            .last()
            .is_some_and(|last| last.location != finding.location)
        {
            said.clear();
        }
        let same = said.entry((finding.rule.id, finding.message.clone()));
        let same = same.or_default();
        let is_twin = |index: &&usize| merged.get(**index).is_some_and(|it| it.is_same(&finding));
        match same
            .iter()
            .find(is_twin)
            .and_then(|index| merged.get_mut(*index))
        {
            Some(twin) => twin.environments.extend(finding.environments),
            None => {
                same.push(merged.len());
                merged.push(finding);
            }
        }
    }
    let order: HashMap<&String, usize> = names.iter().zip(0..).collect();
    for finding in &mut merged {
        finding
            .environments
            .sort_by_key(|name| order.get(name).copied());
        finding.environments.dedup();
    }
    merged
}
