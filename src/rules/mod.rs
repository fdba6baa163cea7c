//! The rule book: one rule, one file, its page beside it. A new rule is a file, a page and a line in the list below.

mod confusable;
pub mod docs;
mod ims;
pub mod instances;
mod releases;
mod scopes;
mod subject;

use std::collections::HashSet;

pub use subject::{GroupSubject, Subject};

use crate::{
    draft::Draft,
    finding::Severity,
    rules::instances::{Crossing, Instance},
    yaml::{NodeId, Place},
};

/// A rule.
pub struct Rule {
    /// Its name: the bad thing that it reports. The same as the name of its file.
    pub id: &'static str,
    /// Its severity, unless a configuration says otherwise.
    pub severity: Severity,
    /// What its fix is like, where it has one. A single finding may still have none, or one that needs a look.
    pub fix: Option<FixKind>,
    /// Its page, in Markdown.
    pub page: &'static str,
    /// How it judges.
    pub check: Check,
}

/// What the fixes of a rule are like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FixKind {
    /// Applied by `--fix`.
    Safe,
    /// Applied by `--fix --unsafe` alone.
    Unsafe,
}

/// How a rule judges.
pub enum Check {
    /// It is found on the way to a typed manifest, or by what handles findings; there is nothing to run.
    OnTheWay,
    /// One environment of one manifest at a time.
    Manifest(fn(&Subject<'_>, &mut Findings)),
    /// All instances of one run together.
    Instances(fn(&[Instance], &mut Vec<Crossing>)),
}

impl Rule {
    /// A finding of this rule: where, what is wrong, what to write instead.
    pub fn at(
        &self,
        place: impl Into<Place>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Draft {
        Draft::new(self.id, place, message, help)
    }

    /// The first sentence of the page: what the rule is about.
    pub fn summary(&self) -> &'static str {
        self.page
            .lines()
            .skip(1)
            .find(|line| !line.trim().is_empty())
            .unwrap_or_default()
    }
}

/// Rules whose findings no file, comment or baseline can suppress or lower.
pub fn is_guarded(id: &str) -> bool {
    id.starts_with("yaml-")
        || matches!(
            id,
            "unknown-field"
                | "missing-field"
                | "wrong-type"
                | "invalid-value"
                | "secret-in-manifest"
                | "url-credentials"
        )
}

/// The rule with an id.
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}

/// How many findings of one rule a value can have.
const MOST_AT_ONE_VALUE: usize = 20;

/// What the rules have found in one environment so far.
#[derive(Debug, Default)]
pub struct Findings {
    drafts: Vec<Draft>,
    /// How often the last finding's rule was found in the last finding's value.
    repeated: usize,
    /// Values and keys (true) with an error.
    errors: HashSet<(NodeId, bool)>,
}

impl Findings {
    /// Adds a finding. Of one rule at one value, the first twenty count: nobody reads more, and each costs a search of the value.
    pub fn push(&mut self, draft: Draft) {
        let last = self.drafts.last();
        let again =
            last.is_some_and(|last| last.rule == draft.rule && last.place.node == draft.place.node);
        self.repeated = if again { self.repeated + 1 } else { 0 };
        if self.repeated >= MOST_AT_ONE_VALUE {
            return;
        }
        if find(draft.rule).is_some_and(|rule| rule.severity == Severity::Error) {
            self.errors.insert((draft.place.node, draft.place.is_key()));
        }
        self.drafts.push(draft);
    }

    /// Whether no error has been found in a value or key so far. Rules that build on a value ask this first: one mistake, one finding.
    pub fn is_sound(&self, place: impl Into<Place>) -> bool {
        let place = place.into();
        !self.errors.contains(&(place.node, place.is_key()))
    }

    /// What was found.
    pub fn into_drafts(self) -> Vec<Draft> {
        self.drafts
    }
}

/// Runs the rules that judge one manifest, in the order of the registry.
pub fn judge(subject: &Subject<'_>) -> Vec<Draft> {
    let mut findings = Findings::default();
    for rule in RULES {
        if let Check::Manifest(check) = rule.check {
            check(subject, &mut findings);
        }
    }
    findings.into_drafts()
}

/// Runs the rules between instances.
pub fn judge_instances(instances: &[Instance]) -> Vec<Crossing> {
    let mut crossings = Vec::new();
    for rule in RULES {
        if let Check::Instances(check) = rule.check {
            check(instances, &mut crossings);
        }
    }
    crossings
}

/// Declares each rule's module by its file, and lists the rules.
macro_rules! rules {
    ($($file:literal $module:ident)*) => {
        $(#[path = $file] mod $module;)*

        /// Every rule, in the order in which they judge.
        pub static RULES: &[&Rule] = &[$(&$module::RULE),*];
    };
}

// In the order in which they judge: what a value is comes before what it means, so that a rule can ask whether the values that it
// builds on are sound.
rules! {
    "yaml-syntax.rs" yaml_syntax
    "yaml-duplicate-key.rs" yaml_duplicate_key
    "yaml-limits.rs" yaml_limits
    "unknown-field.rs" unknown_field
    "missing-field.rs" missing_field
    "wrong-type.rs" wrong_type
    "invalid-value.rs" invalid_value
    "secret-in-manifest.rs" secret_in_manifest
    "placeholder.rs" placeholder
    "patch-no-effect.rs" patch_no_effect
    "control-character.rs" control_character
    "value-whitespace.rs" value_whitespace
    "value-confusable.rs" value_confusable
    "url-credentials.rs" url_credentials
    "invalid-url.rs" invalid_url
    "instance-url-not-https.rs" instance_url_not_https
    "instance-name.rs" instance_name
    "hosting-managed.rs" hosting_managed
    "ims-server-not-https.rs" ims_server_not_https
    "ims-server-stage.rs" ims_server_stage
    "ims-server-unknown.rs" ims_server_unknown
    "callback-not-https.rs" callback_not_https
    "callback-host-mismatch.rs" callback_host_mismatch
    "callback-extra-parts.rs" callback_extra_parts
    "callback-not-public.rs" callback_not_public
    "org-id-format.rs" org_id_format
    "org-id-unusual.rs" org_id_unusual
    "tenant-format.rs" tenant_format
    "account-name.rs" account_name
    "account-type.rs" account_type
    "account-disabled.rs" account_disabled
    "product-context.rs" product_context
    "scope-malformed.rs" scope_malformed
    "scope-missing.rs" scope_missing
    "scope-unknown.rs" scope_unknown
    "mask-confusable.rs" mask_confusable
    "mask-invalid-regex.rs" mask_invalid_regex
    "mask-not-portable.rs" mask_not_portable
    "mask-capture.rs" mask_capture
    "mask-not-prefix.rs" mask_not_prefix
    "mask-too-broad.rs" mask_too_broad
    "mask-not-literal.rs" mask_not_literal
    "mask-unescaped.rs" mask_unescaped
    "mask-whitespace.rs" mask_whitespace
    "mask-backtracking.rs" mask_backtracking
    "mask-control-panel.rs" mask_control_panel
    "mask-tenant.rs" mask_tenant
    "group-name.rs" group_name
    "group-builtin-case.rs" group_builtin_case
    "group-not-builtin.rs" group_not_builtin
    "group-create-builtin.rs" group_create_builtin
    "group-no-admin.rs" group_no_admin
    "group-profile-duplicate.rs" group_profile_duplicate
    "group-profile-unmatched.rs" group_profile_unmatched
    "group-capture-mismatch.rs" group_capture_mismatch
    "group-control-panel.rs" group_control_panel
    "release-not-ready.rs" release_not_ready
    "build-version.rs" build_version
    "build-wildcard.rs" build_wildcard
    "package-missing.rs" package_missing
    "account-duplicate.rs" account_duplicate
    "callback-shared.rs" callback_shared
    "ims-server-differs.rs" ims_server_differs
    "mask-shared.rs" mask_shared
    "mask-overlap.rs" mask_overlap
    "secret-shared.rs" secret_shared
    "unused-ignore.rs" unused_ignore
    "unknown-rule.rs" unknown_rule
}
