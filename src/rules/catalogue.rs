//! Every rule, a row each. The page is `pages/ID.md`; a rule that is found elsewhere has its row all the same.

use super::{
    Check::{self, Across, Elsewhere, Manifest},
    account, across, callback, group, ims_server, instance, mask, organization, profile, release,
    scope, value,
};
use crate::diagnostic::{
    FixKind::{NoFix, Safe, Unsafe},
    Rank, Rule,
    Severity::{Error, Note, Warning},
    Topic,
};

/// Declares the rules, and lists them with what looks for them.
macro_rules! rules {
    ($($name:ident $id:literal $severity:ident $fix:ident $topic:ident $rank:ident $guard:ident $check:expr;)*) => {
        $(
            #[doc = concat!("The rule `", $id, "`.")]
            pub static $name: Rule = Rule {
                id: $id,
                severity: $severity,
                fix: $fix,
                topic: Topic::$topic,
                rank: Rank::$rank,
                is_guarded: $guard,
                page: include_str!(concat!("pages/", $id, ".md")),
            };
        )*

        /// Every rule, topic by topic.
        pub static RULES: &[&Rule] = &[$(&$name),*];

        /// Every rule with what looks for it.
        pub static CATALOGUE: &[(&Rule, Check)] = &[$((&$name, $check)),*];
    };
}

/// Nothing can suppress or lower the rule.
const GUARDED: bool = true;
/// Comments and configuration may.
const OPEN: bool = false;

#[rustfmt::skip]
rules! {
    YAML_SYNTAX            "yaml-syntax"            Error   NoFix  Schema       Text        GUARDED Elsewhere;
    YAML_DUPLICATE_KEY     "yaml-duplicate-key"     Error   NoFix  Schema       Text        GUARDED Elsewhere;
    YAML_LIMITS            "yaml-limits"            Error   NoFix  Schema       Text        GUARDED Elsewhere;
    UNKNOWN_FIELD          "unknown-field"          Error   Safe   Schema       Schema      GUARDED Elsewhere;
    MISSING_FIELD          "missing-field"          Error   NoFix  Schema       Schema      GUARDED Elsewhere;
    WRONG_TYPE             "wrong-type"             Error   Safe   Schema       Schema      GUARDED Elsewhere;
    INVALID_VALUE          "invalid-value"          Error   NoFix  Schema       Schema      GUARDED Elsewhere;
    PATCH_NO_EFFECT        "patch-no-effect"        Warning NoFix  Schema       Characters  OPEN    Elsewhere;

    SECRET_IN_MANIFEST     "secret-in-manifest"     Error   NoFix  Values       Secret      GUARDED Elsewhere;
    PLACEHOLDER            "placeholder"            Error   Safe   Values       Placeholder OPEN    Elsewhere;
    SAMPLE_VALUE           "sample-value"           Warning NoFix  Values       Form        OPEN    Manifest(value::sample);
    VALUE_QUOTED           "value-quoted"           Error   Safe   Values       Placeholder OPEN    Elsewhere;
    CONTROL_CHARACTER      "control-character"      Error   NoFix  Values       Characters  OPEN    Manifest(value::control_character);
    VALUE_WHITESPACE       "value-whitespace"       Error   Safe   Values       Characters  OPEN    Manifest(value::whitespace);
    VALUE_CONFUSABLE       "value-confusable"       Error   Unsafe Values       Characters  OPEN    Manifest(value::confusable);

    URL_CREDENTIALS        "url-credentials"        Error   NoFix  Servers      Form        GUARDED Manifest(value::url_credentials);
    INVALID_URL            "invalid-url"            Error   NoFix  Servers      Fit         OPEN    Manifest(value::invalid_url);
    INSTANCE_URL_NOT_HTTPS "instance-url-not-https" Error   Safe   Servers      Form        OPEN    Manifest(instance::url_not_https);
    INSTANCE_URL_ADOBE     "instance-url-adobe"     Warning NoFix  Servers      Form        OPEN    Manifest(instance::url_adobe);
    IMS_SERVER_NOT_HTTPS   "ims-server-not-https"   Error   Safe   Servers      Fit         OPEN    Manifest(ims_server::not_https);
    IMS_SERVER_EXTRA_PARTS "ims-server-extra-parts" Warning Safe   Servers      Form        OPEN    Manifest(ims_server::extra_parts);
    IMS_SERVER_STAGE       "ims-server-stage"       Error   NoFix  Servers      Fit         OPEN    Manifest(ims_server::stage);
    IMS_SERVER_UNKNOWN     "ims-server-unknown"     Warning NoFix  Servers      Form        OPEN    Manifest(ims_server::unknown);
    CALLBACK_NOT_HTTPS     "callback-not-https"     Error   Safe   Servers      Form        OPEN    Manifest(callback::not_https);
    CALLBACK_HOST_MISMATCH "callback-host-mismatch" Error   NoFix  Servers      Form        OPEN    Manifest(callback::host_mismatch);
    CALLBACK_EXTRA_PARTS   "callback-extra-parts"   Warning NoFix  Servers      Form        OPEN    Manifest(callback::extra_parts);
    CALLBACK_NOT_PUBLIC    "callback-not-public"    Warning NoFix  Servers      Form        OPEN    Manifest(callback::not_public);

    ORG_ID_FORMAT          "org-id-format"          Error   Safe   Organization Form        OPEN    Manifest(organization::id_format);
    ORG_ID_UNUSUAL         "org-id-unusual"         Note    NoFix  Organization Meaning     OPEN    Manifest(organization::id_unusual);
    TENANT_FORMAT          "tenant-format"          Error   NoFix  Organization Form        OPEN    Manifest(organization::tenant_format);

    MASK_CONFUSABLE        "mask-confusable"        Error   Unsafe Mask         Form        OPEN    Manifest(mask::confusable);
    // What is wrong with a mask by itself is all found by `mask::problems`.
    MASK_INVALID_REGEX     "mask-invalid-regex"     Error   Unsafe Mask         Form        OPEN    Manifest(mask::problems);
    MASK_HTML_ENTITY       "mask-html-entity"       Error   Safe   Mask         Form        OPEN    Elsewhere;
    MASK_NOT_PORTABLE      "mask-not-portable"      Error   NoFix  Mask         Form        OPEN    Elsewhere;
    MASK_CAPTURE           "mask-capture"           Error   NoFix  Mask         Form        OPEN    Elsewhere;
    MASK_NOT_PREFIX        "mask-not-prefix"        Error   NoFix  Mask         Form        OPEN    Elsewhere;
    MASK_TOO_BROAD         "mask-too-broad"         Error   NoFix  Mask         Form        OPEN    Elsewhere;
    MASK_NOT_LITERAL       "mask-not-literal"       Error   NoFix  Mask         Form        OPEN    Elsewhere;
    MASK_UNESCAPED         "mask-unescaped"         Warning Safe   Mask         Form        OPEN    Elsewhere;
    MASK_WHITESPACE        "mask-whitespace"        Error   Safe   Mask         Form        OPEN    Elsewhere;
    MASK_BACKTRACKING      "mask-backtracking"      Warning NoFix  Mask         Form        OPEN    Elsewhere;
    MASK_CONTROL_PANEL     "mask-control-panel"     Warning NoFix  Mask         Form        OPEN    Manifest(mask::control_panel);
    MASK_NO_SEPARATOR      "mask-no-separator"      Warning NoFix  Mask         Meaning     OPEN    Manifest(mask::no_separator);
    MASK_TENANT            "mask-tenant"            Warning NoFix  Mask         Meaning     OPEN    Manifest(mask::tenant);

    GROUP_NAME             "group-name"             Warning NoFix  Groups       Meaning     OPEN    Manifest(group::name);
    GROUP_BUILTIN_CASE     "group-builtin-case"     Warning Unsafe Groups       Meaning     OPEN    Manifest(group::builtin_case);
    GROUP_BUILTIN_LABEL    "group-builtin-label"    Warning Unsafe Groups       Meaning     OPEN    Manifest(group::builtin_label);
    GROUP_NOT_BUILTIN      "group-not-builtin"      Warning NoFix  Groups       Meaning     OPEN    Manifest(group::not_builtin);
    GROUP_CREATE_BUILTIN   "group-create-builtin"   Error   NoFix  Groups       Meaning     OPEN    Manifest(group::create_builtin);
    GROUP_NO_ADMIN         "group-no-admin"         Warning NoFix  Groups       Meaning     OPEN    Manifest(group::no_admin);
    GROUP_PROFILE_DUPLICATE "group-profile-duplicate" Error NoFix  Groups       Form        OPEN    Manifest(profile::duplicate);
    GROUP_PROFILE_UNMATCHED "group-profile-unmatched" Error NoFix  Groups       Fit         OPEN    Manifest(profile::unmatched);
    GROUP_CAPTURE_MISMATCH "group-capture-mismatch" Error   Unsafe Groups       Fit         OPEN    Manifest(profile::capture_mismatch);
    GROUP_CONTROL_PANEL    "group-control-panel"    Warning NoFix  Groups       Meaning     OPEN    Manifest(profile::control_panel);

    INSTANCE_NAME          "instance-name"          Error   NoFix  Account      Form        GUARDED Manifest(instance::name);
    HOSTING_MANAGED        "hosting-managed"        Error   NoFix  Account      Form        OPEN    Manifest(instance::hosting_managed);
    ACCOUNT_NAME           "account-name"           Warning NoFix  Account      Form        OPEN    Manifest(account::name);
    ACCOUNT_TYPE           "account-type"           Error   NoFix  Account      Form        OPEN    Manifest(account::kind);
    ACCOUNT_DISABLED       "account-disabled"       Warning NoFix  Account      Form        OPEN    Manifest(account::disabled);
    PRODUCT_CONTEXT        "product-context"        Warning NoFix  Account      Form        OPEN    Manifest(account::product_context);
    SCOPE_MALFORMED        "scope-malformed"        Error   Safe   Account      Form        OPEN    Manifest(scope::malformed);
    SCOPE_MISSING          "scope-missing"          Warning Safe   Account      Meaning     OPEN    Manifest(scope::missing);
    SCOPE_UNKNOWN          "scope-unknown"          Note    NoFix  Account      Meaning     OPEN    Manifest(scope::unknown);
    RELEASE_NOT_READY      "release-not-ready"      Warning NoFix  Account      Form        OPEN    Manifest(release::not_ready);
    BUILD_VERSION          "build-version"          Warning NoFix  Account      Form        OPEN    Manifest(release::build_version);
    BUILD_WILDCARD         "build-wildcard"         Warning NoFix  Account      Form        OPEN    Manifest(release::build_wildcard);
    BUILD_NUMBER           "build-number"           Warning NoFix  Account      Form        OPEN    Manifest(release::build_number);
    PACKAGE_MISSING        "package-missing"        Warning NoFix  Account      Form        OPEN    Manifest(instance::package_missing);

    ACCOUNT_DUPLICATE      "account-duplicate"      Error   NoFix  Across       Meaning     OPEN    Across(across::account_duplicate);
    CALLBACK_SHARED        "callback-shared"        Error   NoFix  Across       Meaning     OPEN    Across(across::callback_shared);
    IMS_SERVER_DIFFERS     "ims-server-differs"     Warning NoFix  Across       Meaning     OPEN    Across(across::ims_server_differs);
    MASK_SHARED            "mask-shared"            Note    NoFix  Across       Meaning     OPEN    Across(across::mask_shared);
    MASK_OVERLAP           "mask-overlap"           Warning NoFix  Across       Meaning     OPEN    Across(across::mask_overlap);
    SECRET_SHARED          "secret-shared"          Note    NoFix  Across       Meaning     OPEN    Across(across::secret_shared);

    UNUSED_IGNORE          "unused-ignore"          Warning NoFix  Ignores      Meaning     OPEN    Elsewhere;
    UNKNOWN_RULE           "unknown-rule"           Warning NoFix  Ignores      Meaning     OPEN    Elsewhere;
}
