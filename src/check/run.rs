//! The order of steps, the same for the command line, a language server and a page: a manifest is judged, its comments are heeded,
//! and the levels that are set are given; then several are compared.

use std::{
    borrow::Cow,
    collections::{BTreeSet, HashMap, HashSet},
    path::PathBuf,
    sync::{Arc, LazyLock},
};

use super::{
    Judged,
    ignore::{self, Ignores},
    inherited, judge, judge_into, merge_equal,
    settings::Settings,
};
use crate::{
    diagnostic::{Claims, Finding, Location, Locator, Related, Severity},
    manifest::ENVIRONMENTS,
    rules::{self, Clash, Spot, instances::Instance},
    text::Source,
    yaml::{self, Place, Tree},
};

/// A manifest that was checked by itself.
#[derive(Debug)]
pub struct Checked {
    /// What tells its file from all others, where the name that is shown may not: its path, or another name of its own.
    pub key: PathBuf,
    /// What it holds, and what was found in it.
    pub judged: Judged,
    /// Nothing where no comment ignores anything.
    ignores: Option<Box<Ignores>>,
    settings: Arc<Settings>,
}

/// Checks one manifest. `key` tells its file from all others, `name` is shown; `only` is the environment that was chosen, if one
/// was.
pub fn text(
    key: impl Into<PathBuf>,
    name: &str,
    bytes: impl Into<Vec<u8>>,
    settings: &Arc<Settings>,
    only: Option<&str>,
) -> Checked {
    let mut judged = judge(name, bytes.into(), settings, only);
    let claimed = Claimed::by(&judged.findings);
    let ignores = ignore::apply(&mut judged, only.is_some());
    settings.apply(&mut judged.findings);
    claimed.uncover(&mut judged.findings, [(&judged.source, &**settings)], only);
    Checked {
        key: key.into(),
        judged,
        ignores: ignores.map(Box::new),
        settings: settings.clone(),
    }
}

/// The values that rules have claimed which can be suppressed: what is guarded is silent about these.
pub struct Claimed(HashSet<(*const Source, String)>);

impl Claimed {
    /// The values that some findings claim.
    pub fn by(findings: &[Finding]) -> Self {
        let claim = |it: &&Finding| it.severity == Severity::Error && !it.rule.is_guarded;
        let claimed = findings.iter().filter(claim).map(|finding| {
            let Location {
                source, pointer, ..
            } = &finding.location;
            (Arc::as_ptr(source), pointer.clone())
        });
        Self(claimed.collect())
    }

    /// Adds what is guarded of the values whose claims are gone or lowered in the findings, and sorts these. `files` has the texts with
    /// what they were checked with.
    pub fn uncover<'f>(
        self,
        findings: &mut Vec<Finding>,
        files: impl IntoIterator<Item = (&'f Arc<Source>, &'f Settings)>,
        only: Option<&str>,
    ) {
        if self.0.is_empty() {
            return;
        }
        let Self(left) = Self::by(findings);
        let gone: HashSet<_> = self.0.difference(&left).collect();
        if gone.is_empty() {
            return;
        }
        let texts: HashSet<_> = gone.iter().map(|(source, _)| *source).collect();
        let what = |it: &Finding| (it.rule.id, it.location.range.clone(), it.message.clone());
        for (source, settings) in files {
            if !texts.contains(&Arc::as_ptr(source)) {
                continue;
            }
            let text = source.text().into();
            let again = judge_into(Claims::of_guarded(), source.name(), text, settings, only);
            let own = findings.iter();
            let own = own.filter(|it| Arc::ptr_eq(&it.location.source, source));
            let known: HashSet<_> = own.map(what).collect();
            for mut finding in again.findings {
                let own = finding.location.source.clone();
                let related = finding.related.iter_mut().map(|it| &mut it.location);
                let places = related.chain([&mut finding.location]);
                places
                    .filter(|it| Arc::ptr_eq(&it.source, &own))
                    .for_each(|it| it.source = source.clone());
                let place = (Arc::as_ptr(source), finding.location.pointer.clone());
                let is_new = finding.rule.is_guarded && gone.contains(&place);
                if is_new && !known.contains(&what(&finding)) {
                    findings.push(finding);
                }
            }
        }
        findings.sort_by(|one, other| one.order().cmp(&other.order()));
    }
}

/// What the rules between instances find in manifests, which come in the order in which they are reported. What the comments and
/// the settings of the file ignore that a finding is in is left out.
pub fn across(checked: &[&Checked]) -> Vec<Finding> {
    compare(checked).unwrap_or_default()
}

/// The same where texts may be let go of.
///
/// # Errors
/// The files, by their numbers, whose texts are asked for.
pub fn compare(checked: &[&Checked]) -> Result<Vec<Finding>, Vec<usize>> {
    let instances = checked.iter().zip(0..).flat_map(|(file, number)| {
        let instances = file.judged.instances.iter();
        instances.map(move |instance| (number, instance))
    });
    let (files, instances): (Vec<usize>, Vec<&Instance>) = instances.unzip();
    let clashes = rules::check_across(&instances);
    let numbers = clashes
        .iter()
        .flat_map(|it| [it.here.instance, it.there.instance]);
    let numbers: BTreeSet<usize> = numbers.filter_map(|it| files.get(it).copied()).collect();
    let file = |number: usize| Some((number, *checked.get(number)?));
    let involved = || numbers.iter().filter_map(|number| file(*number));
    let forgotten = involved().filter(|(_, file)| !file.has_text());
    let forgotten: Vec<usize> = forgotten.map(|(number, _)| number).collect();
    if !forgotten.is_empty() {
        return Err(forgotten);
    }
    let trees: HashMap<usize, Cow<'_, Tree>> = involved()
        .filter_map(|(number, file)| Some((number, file.tree()?)))
        .collect();
    let located = |instance: usize, place: Place| {
        let (number, file) = file(*files.get(instance)?)?;
        let locator = Locator {
            document: trees.get(&number).map(AsRef::as_ref),
            source: &file.judged.source,
        };
        Some(locator.location(place))
    };
    let location = |spot: Spot| located(spot.instance, Place::value(spot.node, None));
    let environment = |instance: usize| {
        let name = instances.get(instance)?.environment.as_deref()?;
        let root = trees.get(files.get(instance)?)?.root()?;
        let key = root.get(ENVIRONMENTS)?.get(name)?.key_place();
        located(instance, key)
    };
    let related = |clash: &Clash, here: &Location| {
        let there = location(clash.there)?;
        // What two environments inherit is one text.
        let other = (there == *here).then(|| environment(clash.there.instance));
        let (location, message) = match other.flatten() {
            Some(key) => (
                key,
                "the other one is this environment, which has the same text",
            ),
            None => (there, clash.why),
        };
        let message = message.to_owned();
        Some(Related { message, location })
    };
    let found = clashes.into_iter().filter_map(|clash| {
        let later = instances.get(clash.here.instance)?;
        let here = location(clash.here)?;
        Some(Finding {
            environments: later.environment.iter().map(ToString::to_string).collect(),
            related: vec![related(&clash, &here)?],
            key: clash.key,
            ..Finding::new(clash.rule, here, clash.message, clash.help)
        })
    });
    let mut found = merge_equal(found.collect(), &[]);
    // Names may be equal, texts are not shared.
    let by_source: HashMap<*const Source, &Checked> = involved()
        .map(|(_, file)| (Arc::as_ptr(&file.judged.source), file))
        .collect();
    found.retain_mut(|finding| {
        let Some(file) = by_source.get(&Arc::as_ptr(&finding.location.source)) else {
            return true;
        };
        let level = file.settings.level(finding.rule.id);
        finding.severity = level.unwrap_or(finding.severity);
        inherited::explain(finding, &file.judged.environment_names);
        level.is_some() && !file.ignores(finding)
    });
    Ok(found)
}

impl Checked {
    /// Lets go of the tree and the typed manifest: of many manifests, what was found and what is compared between them is enough.
    pub fn forget_tree(&mut self) {
        self.judged.document = None;
        self.judged.environments = Vec::new();
    }

    /// Lets go of the text, and of the name that is shown, where nothing was found in it. Only [`compare`] may ask for it then.
    pub fn forget_text(&mut self) {
        static NOTHING: LazyLock<Arc<Source>> = LazyLock::new(|| Arc::new(Source::new("", "")));
        if self.judged.findings.is_empty() {
            self.judged.source = NOTHING.clone();
        }
    }

    /// What it was checked with.
    pub fn settings(&self) -> &Arc<Settings> {
        &self.settings
    }

    /// Whether its text is still there: one with instances in it is not empty.
    fn has_text(&self) -> bool {
        !self.judged.source.text().is_empty()
    }

    /// Its tree, read again where it was let go of: without what is hidden, as the one that was judged.
    fn tree(&self) -> Option<Cow<'_, Tree>> {
        let again = || {
            let source = &self.judged.source;
            let mut tree = yaml::parse(source.text()).0?;
            tree.hide(source.text(), source.secrets());
            Some(Cow::Owned(tree))
        };
        let known = self.judged.document.as_deref();
        known.map(Cow::Borrowed).or_else(again)
    }

    /// Whether a comment ignores what a rule between instances found on a line of this text.
    pub fn ignores(&self, finding: &Finding) -> bool {
        let ignores = self.ignores.as_ref();
        ignores.is_some_and(|ignores| ignores.covers(finding))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = include_str!("../../tests/support/one.ims.yaml");
    const TWO: &str = include_str!("../../tests/support/two.ims.yaml");

    /// What is found between two manifests of one name, the first one with a comment at its mask.
    fn between(comments: [&str; 2], settings: &Arc<Settings>) -> Vec<String> {
        let check = |key: &str, text: &str| super::text(key, "a", text, settings, None);
        let [first, later] = comments.map(|comment| ONE.replace("(.*)", &format!("(.*){comment}")));
        let later = later.replace("name: contoso-prod", "name: contoso-other");
        let (first, later) = (check("1", &first), check("2", &later));
        assert_eq!(first.judged.findings.len() + later.judged.findings.len(), 0);
        let found = across(&[&first, &later]);
        let found = found.iter().map(|finding| {
            assert!(Arc::ptr_eq(&finding.location.source, &later.judged.source));
            format!("{} {}", finding.severity, finding.rule.id)
        });
        found.collect()
    }

    /// An environment's name may be a secret, and pointers lead through it.
    #[test]
    fn a_tree_that_is_read_again_hides_what_the_first_one_hid() {
        let environment = "p8e-CANARYcanary1234567";
        let text = TWO.replace("  stage:", &format!("  {environment}:"));
        let text = text.replace("https://stage", "https://campaign");
        let mut checked = super::text("a", "a", text, &Arc::default(), None);
        let pointers = |checked: &Checked| -> Vec<String> {
            let found = across(&[checked]).into_iter();
            found.map(|finding| finding.location.pointer).collect()
        };
        let hidden = format!("/environments/{}/", "*".repeat(environment.len()));
        let first = pointers(&checked);
        assert!(first.iter().any(|it| it.starts_with(&hidden)), "{first:?}");
        checked.forget_tree();
        assert_eq!(pointers(&checked), first);
    }

    #[test]
    fn each_files_comments_and_settings_count_for_what_is_found_in_it() {
        let ignore = " # campaign-ims: ignore[mask-shared]";
        let settings = Arc::default();
        let both = between(["", ""], &settings);
        assert!(
            both.iter().any(|found| found.ends_with(" mask-shared")),
            "{both:?}"
        );
        assert_eq!(between([ignore, ""], &settings), both);
        let ignored = between(["", ignore], &settings);
        assert_eq!(ignored.len() + 1, both.len());
        let mut settings = Settings::default();
        settings.levels.insert("mask-shared".to_owned(), None);
        assert_eq!(between(["", ""], &Arc::new(settings.clone())), ignored);
        let level = Some(Severity::Error);
        settings.levels.insert("mask-shared".to_owned(), level);
        let raised = between(["", ""], &Arc::new(settings));
        assert!(
            raised.contains(&"error mask-shared".to_owned()),
            "{raised:?}"
        );
    }

    #[test]
    fn what_a_file_holds_when_it_is_read_again_counts() {
        let check = |text: &str| super::text("a", "a", text, &Arc::default(), None);
        let (first, mut later) = (check(ONE), check(ONE));
        let found = |later: &Checked| Some(compare(&[&first, later]).ok()?.len());
        let both = found(&later);
        later.forget_text();
        assert_eq!(compare(&[&first, &later]).err(), Some(vec![1]));
        assert_eq!(found(&check(ONE)), both);
        // Somebody writes another organization's manifest, or half of one, meanwhile.
        let other = ONE
            .replace("7A1E42C95D3B4F600A495E31", "5C2B42C95D3B4F600A495E99")
            .replace("fabrikam", "adventure")
            .replace("contoso", "adventure");
        assert_eq!(found(&check(&other)), Some(0));
        assert_eq!(found(&check("instance: {")), Some(0));
        assert!(both > Some(0), "{both:?}");
    }
}
