//! The typed manifest (version 1). Every field says whether it is written, where, and whether it can be judged; defaults are
//! given by the accessors, at the key of the mapping that lacks the field.
//!
//! The form fields and their attributes are on Adobe's pages "Configuring IMS" and "External accounts".

mod environments;
pub mod fields;
mod groups;
pub mod schema;

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;

pub use environments::{ENVIRONMENTS, Environment, environments};
pub use groups::{BUILT_IN, built_in_label, is_built_in, with_built_in_label};

use crate::yaml::{Entries, Field};

/// The name of the external account that today's Campaign creates.
pub const ACCOUNT_NAME: &str = "Adobe_Experience_Cloud";
/// The name that older builds of Campaign gave the same account.
pub const OLD_ACCOUNT_NAME: &str = "Adobe_Marketing_Cloud";

/// Whether the built-in package of Campaign creates an account of this name, which an instance has exactly one of (page "Configuring
/// IMS", its troubleshooting section).
pub fn is_built_in_account(name: &str) -> bool {
    matches!(name, ACCOUNT_NAME | OLD_ACCOUNT_NAME)
}
/// The label that the account has in Campaign.
pub const ACCOUNT_LABEL: &str = "MAC";
/// The product context of Campaign Classic.
pub const PRODUCT_CONTEXT: &str = "dma_campaign_classic";
/// The server of the form's part "Adobe Marketing Cloud connection".
pub const EXPERIENCE_CLOUD_SERVER: &str = "https://marketing.adobe.com";

/// The production endpoints of IMS (page "Configuring IMS").
pub const IMS_HOSTS: [&str; 2] = ["ims-na1.adobelogin.com", "adobeid-na1.services.adobe.com"];
/// The built-in package "Integration with the Adobe Experience Cloud", which creates the account (the same page).
pub const INTEGRATION: &str = "experience-cloud-integration";

/// The scopes of the accounts that Adobe shows (screenshots of the page "Configuring IMS").
pub const DOCUMENTED_SCOPES: [&str; 13] = [
    "openid",
    "avatar",
    "audiencemanager_api",
    "read_organizations",
    "session",
    "additional_info.projectedProductContext",
    "AdobeID",
    "update_profile.first_name",
    "update_profile.last_name",
    "update_profile.phoneNumber",
    "update_profile.job_function",
    "additional_info.job_function",
    "dam-read",
];

/// The sign-in set-up of one Campaign instance: the external account and the operator groups, for `campaign-ims`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(title = "Adobe Campaign IMS manifest", deny_unknown_fields)]
pub struct Manifest {
    /// The version of the manifest's format. There is only version 1.
    #[schemars(extend("x-required" = true), title = "Format version", extend("const" = 1), example = 1)]
    pub version: Field<i64>,
    /// The Experience Cloud organization that signs the operators in.
    #[schemars(extend("x-required" = true), title = "Organization")]
    pub organization: Field<Organization>,
    /// The Campaign instance that the package is imported on.
    #[schemars(extend("x-required" = true), title = "Campaign instance")]
    pub instance: Field<Instance>,
    /// The external account "Adobe Experience Cloud" (label `MAC`), field by field as in Campaign's form.
    #[schemars(extend("x-required" = true), title = "External account")]
    pub external_account: Field<ExternalAccount>,
    /// The operator groups that product profiles are mapped to, by internal name. An empty group is written `{}`.
    #[schemars(extend("x-required" = true), title = "Operator groups", example = serde_json::json!({"admin": {}, "delivery": {}}))]
    pub groups: Field<Entries<Group>>,
}

/// The Experience Cloud organization.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct Organization {
    /// The organization's name, for people.
    #[schemars(extend("x-required" = true), title = "Organization name", length(min = 1), example = &"Contoso")]
    pub name: Field<String>,
    /// The IMS organization ID: 24 letters and digits, then `@AdobeOrg`. The Admin Console shows it.
    #[schemars(extend("x-required" = true), title = "IMS organization ID", length(min = 1), example = &"0A1B2C3D4E5F60718293A4B5@AdobeOrg")]
    pub id: Field<String>,
    /// The Experience Cloud tenant: the name in `https://TENANT.experiencecloud.adobe.com`.
    #[schemars(extend("x-required" = true), title = "Tenant", length(min = 1), example = &"contoso")]
    pub tenant: Field<String>,
}

/// The Campaign instance.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct Instance {
    /// The instance's name on its server, as in `nlserver package -instance:NAME`.
    #[schemars(extend("x-required" = true), title = "Instance name", length(min = 1), example = &"contoso-prod")]
    pub name: Field<String>,
    /// The URL that operators reach the instance at.
    #[schemars(extend("x-required" = true), title = "Access URL", length(min = 1), example = &"https://campaign.contoso.com")]
    pub url: Field<String>,
    /// Who runs the instance. On `hosted` instances Adobe owns the IMS set-up.
    #[schemars(extend("x-required" = true), title = "Hosting", example = &"on-premise")]
    pub hosting: Field<Hosting>,
    /// The build, as the instance's own package exports say on their first line. An import needs both to match.
    #[schemars(extend("x-required" = true), title = "Build", example = serde_json::json!({"version": "6.7", "number": 9394}))]
    pub build: Field<Build>,
    /// The product release, such as 7.4.1, 7.3.3.IMS.
    #[schemars(title = "Product release", length(min = 1), example = &"7.4.3")]
    pub release: Field<String>,
    /// The built-in packages that are installed on the instance.
    #[schemars(title = "Built-in packages", example = serde_json::json!(["experience-cloud-integration"]))]
    pub packages: Field<Vec<Field<Text>>>,
}

/// Who runs a Campaign instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Hosting {
    /// The customer, on its own servers.
    OnPremise,
    /// The customer runs marketing, Adobe runs execution.
    Hybrid,
    /// Adobe.
    Hosted,
}

/// The build of a Campaign server.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct Build {
    /// The `buildVersion` of the instance's own exports: `"6.7"` on version 7. Not the product release.
    #[schemars(extend("x-required" = true), title = "Build version", length(min = 1), example = &"6.7")]
    pub version: Field<String>,
    /// The `buildNumber` of the instance's own exports; `"*"` only for packages that the SOAP interface installs.
    #[schemars(extend("x-required" = true), title = "Build number", example = 9394)]
    pub number: Field<BuildNumber>,
}

/// No build has a larger number.
const MOST_BUILDS: i64 = 999_999_999;

/// The number of a build, or `*` for any.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum BuildNumber {
    /// A number.
    Number(i64),
    /// `*`
    Any(String),
}

/// The external account, field by field as in Campaign's form.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct ExternalAccount {
    /// The account's internal name. `Adobe_Marketing_Cloud` on older builds.
    #[schemars(title = "Internal name", length(min = 1), extend("default" = ACCOUNT_NAME), example = &ACCOUNT_NAME)]
    pub name: Field<String>,
    /// The account's label.
    #[schemars(title = "Label", extend("default" = ACCOUNT_LABEL), example = &ACCOUNT_LABEL)]
    pub label: Field<String>,
    /// Whether the account is enabled.
    #[schemars(title = "Enabled", extend("default" = true), example = true)]
    pub enabled: Field<bool>,
    /// Whether Campaign exports the account in packages of its own accord.
    #[schemars(title = "Automatically exported in packages", extend("default" = false), example = false)]
    pub export_in_packages: Field<bool>,
    /// The instance's own number for this account type. It is not public, and only an account that does not exist yet needs it.
    #[schemars(title = "Type", range(min = 0, max = 255))]
    #[serde(rename = "type")]
    pub kind: Field<i64>,
    /// The production endpoint of IMS, for stage instances too.
    #[schemars(extend("x-required" = true), title = "IMS server", length(min = 1), example = &"https://ims-na1.adobelogin.com")]
    pub ims_server: Field<String>,
    /// The IMS scopes, a subset of what IMS provisioned.
    #[schemars(extend("x-required" = true), title = "IMS scope", example = serde_json::json!(["openid", "AdobeID", "session"]))]
    pub scope: Field<Vec<Field<String>>>,
    /// The IMS client identifier that Adobe gave for this instance.
    #[schemars(extend("x-required" = true), title = "IMS client identifier", length(min = 1), example = &"Campaign1")]
    pub client_id: Field<String>,
    /// Where the IMS client secret is found at render time: `{ env: NAME }` or `{ file: PATH }`. Never the secret itself.
    #[schemars(title = "Place of the IMS client secret", example = serde_json::json!({"env": "IMS_CLIENT_SECRET"}))]
    pub client_secret: Field<SecretReference>,
    /// The URL that IMS sends operators back to: https, the access URL of the instance.
    #[schemars(extend("x-required" = true), title = "Callback server", length(min = 1), example = &"https://campaign.contoso.com")]
    pub callback_server: Field<String>,
    /// A regular expression over product profiles' names: literal text, then one group that captures the operator group's name.
    #[schemars(extend("x-required" = true), title = "Association mask", length(min = 1), example = &"Campaign - contoso - (.*)")]
    pub association_mask: Field<String>,
    /// The product context; `""` where the form has no such field.
    #[schemars(title = "Product context", extend("default" = PRODUCT_CONTEXT), example = &PRODUCT_CONTEXT)]
    pub product_context: Field<String>,
    /// The server of the form's part "Adobe Marketing Cloud connection".
    #[schemars(title = "Experience Cloud server", length(min = 1), extend("default" = EXPERIENCE_CLOUD_SERVER), example = &EXPERIENCE_CLOUD_SERVER)]
    pub experience_cloud_server: Field<String>,
}

/// Where a secret is found. Exactly one of the two.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields, extend("minProperties" = 1, "maxProperties" = 1))]
pub struct SecretReference {
    /// The name of an environment variable.
    #[schemars(title = "Environment variable", regex(pattern = "^[A-Za-z_][A-Za-z0-9_]*$"), example = &"IMS_CLIENT_SECRET")]
    pub env: Field<String>,
    /// A file, relative to the manifest, inside its repository.
    #[schemars(title = "File", length(min = 1), example = &"secrets/ims.txt")]
    pub file: Field<String>,
}

/// An operator group.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct Group {
    /// The group's label. The default is a built-in group's own label, else the group's name.
    #[schemars(title = "Label", example = &"Reviewers")]
    pub label: Field<String>,
    /// Whether the package creates the group. `false` says that it exists already; say nothing for built-in groups.
    #[schemars(title = "Create", example = true)]
    pub create: Field<bool>,
    /// The product profile's name in the Admin Console. The default is the mask's literal prefix and the group's name.
    #[schemars(title = "Product profile", length(min = 1), example = &"Campaign - contoso - reviewers")]
    pub profile: Field<String>,
}

impl Manifest {
    /// Whether a manifest that was read strictly is right by the schema: nothing is missing, and no value needs a closer look. Where
    /// this says no, the schema itself decides (`docs/decisions/schema-check.md`).
    pub fn is_plainly_right(&self) -> bool {
        let text = |field: &Field<String>| field.get().is_some_and(|text| !text.is_empty());
        let or_absent = |field: &Field<String>| field.is_absent() || text(field);
        let any = |field: &Field<String>| field.is_absent() || field.get().is_some();
        let flag = |field: &Field<bool>| field.is_absent() || field.get().is_some();
        let (Some(organization), Some(instance), Some(account), Some(groups)) = (
            self.organization.get(),
            self.instance.get(),
            self.external_account.get(),
            self.groups.get(),
        ) else {
            return false;
        };
        let Some(build) = instance.build.get() else {
            return false;
        };
        let number_is_right = build
            .number
            .get()
            .is_some_and(|number| match &number.value {
                BuildNumber::Number(number) => (1..=MOST_BUILDS).contains(number),
                BuildNumber::Any(any) => any == "*",
            });
        let packages = instance.packages.get().into_iter();
        let mut packages = packages.flat_map(|packages| &packages.value);
        let mut groups = groups.0.iter();
        self.version.get().is_some_and(|version| version.value == 1)
            && [&organization.name, &organization.id, &organization.tenant]
                .into_iter()
                .all(text)
            && [&instance.name, &instance.url, &build.version]
                .into_iter()
                .all(text)
            && [&account.ims_server, &account.client_id]
                .into_iter()
                .all(text)
            && [&account.callback_server, &account.association_mask]
                .into_iter()
                .all(text)
            && [
                &instance.release,
                &account.name,
                &account.experience_cloud_server,
            ]
            .into_iter()
            .all(or_absent)
            && [&account.label, &account.product_context]
                .into_iter()
                .all(any)
            && [&account.enabled, &account.export_in_packages]
                .into_iter()
                .all(flag)
            && instance.hosting.get().is_some()
            && number_is_right
            && packages.all(|name| name.get().is_some_and(|name| !name.0.is_empty()))
            && account.kind.is_absent()
            && account.scope.get().is_some()
            && (account.client_secret.is_absent()
                || account
                    .client_secret
                    .get()
                    .is_some_and(|secret| secret.is_plainly_right()))
            && groups.all(|(_, group)| {
                group.get().is_some_and(|group| {
                    or_absent(&group.profile) && any(&group.label) && flag(&group.create)
                })
            })
    }
}

impl Group {
    /// Whether the package creates it.
    pub fn is_created(&self) -> bool {
        self.create.get().is_some_and(|create| create.value)
    }
}

impl SecretReference {
    fn is_plainly_right(&self) -> bool {
        match (self.env.get(), self.file.get()) {
            (Some(name), None) => {
                name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
                    && name
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            }
            (None, Some(path)) => !path.is_empty(),
            _ => false,
        }
    }
}

/// A text that is not empty, in a list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Text(pub String);

impl JsonSchema for Text {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Text".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({"type": "string", "minLength": 1})
    }
}

impl JsonSchema for BuildNumber {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "BuildNumber".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({
            "type": ["integer", "string"],
            "minimum": 1,
            "maximum": MOST_BUILDS,
            "pattern": "^\\*$",
        })
    }
}

impl<T: JsonSchema> JsonSchema for Field<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

impl<T: JsonSchema> JsonSchema for Entries<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({"type": "object", "additionalProperties": T::json_schema(generator)})
    }
}

/// Whether a text has so many of the lines that every manifest has.
pub fn has_lines_of_one(text: &[u8], least: usize) -> bool {
    let keys: [&[u8]; 4] = [
        b"version:",
        b"organization:",
        b"instance:",
        b"external_account:",
    ];
    let lines = text.split(|byte| *byte == b'\n');
    let lines = lines.filter(|line| keys.iter().any(|key| line.starts_with(key)));
    lines.take(least).count() == least
}
