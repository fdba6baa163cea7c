//! The rules: a catalogue with a row for each, a file a topic, and a page each in `pages/`.

mod account;
mod across;
mod callback;
pub mod catalogue;
mod context;
mod group;
mod ims_server;
pub mod instance;
pub mod instances;
mod mask;
mod organization;
pub mod patch;
pub mod placeholder;
mod profile;
mod quotes;
pub mod quoting;
pub mod release;
pub mod schema;
mod scope;
pub mod value;

pub use catalogue::{CATALOGUE, RULES};
pub use context::{Context, GroupContext};

use crate::diagnostic::{Claims, Rule};
pub use across::{Clash, Spot};
use instances::Instance;

/// How a rule is looked for.
pub enum Check {
    /// On the way to a typed manifest, or in comments and configuration; there is nothing to run.
    Elsewhere,
    /// In one environment of one manifest at a time.
    Manifest(fn(&Context<'_>, &mut Claims)),
    /// In all instances of one run together.
    Across(fn(&[&Instance], &mut Vec<Clash>)),
}

/// The rule with an id that somebody wrote; nothing where there is none.
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}

/// Runs the rules that look at one manifest.
pub fn check(context: &Context<'_>, claims: &mut Claims) {
    for (_, check) in CATALOGUE {
        if let Check::Manifest(check) = check {
            check(context, claims);
        }
    }
}

/// Runs the rules that compare instances, which come in the order of their files and environments.
pub fn check_across(instances: &[&Instance]) -> Vec<Clash> {
    let mut clashes = Vec::new();
    for (_, check) in CATALOGUE {
        if let Check::Across(check) = check {
            check(instances, &mut clashes);
        }
    }
    clashes
}

/// Whether no two of some texts are equal, as nearly always: then nothing has to be kept of each.
fn are_distinct<'t>(texts: impl Iterator<Item = &'t str>) -> bool {
    let mut texts: Vec<&str> = texts.collect();
    texts.sort_unstable();
    let mut pairs = texts.iter().zip(texts.iter().skip(1));
    pairs.all(|(one, next)| one != next)
}
