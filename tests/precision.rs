//! No false alarm on a right manifest, no silence on a wrong one, and one finding for one mistake, at its place.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]

mod common;

use std::collections::BTreeSet;

use campaign_ims::rules::RULES;
use common::{check_all, check_bytes, path, rules_of};

/// Mistakes, each sown into a right manifest by replacing texts that are there once. `«` and `»` mark what the finding points at.
struct Mistake {
    rule: &'static str,
    file: &'static str,
    changes: &'static [(&'static str, &'static str)],
}

const fn sow(
    rule: &'static str,
    file: &'static str,
    changes: &'static [(&'static str, &'static str)],
) -> Mistake {
    Mistake {
        rule,
        file,
        changes,
    }
}

const MASK: &str = "association_mask: Campaign - contoso - (.*)";
const CALLBACK: &str = "callback_server: https://campaign.contoso.com";
const URL: &str = "  url: https://campaign.contoso.com";
const SCOPE: &str = "scope: [openid, AdobeID, session]";
const SECRET: &str = "client_secret: { env: IMS_CLIENT_SECRET }";
const PROFILE: &str = "profile: Campaign - contoso - reviewers";
const STAGE_MASK: &str = "association_mask: Campaign - contoso-stage - (.*)";
const GROUPS: &str = "groups: { admin: {} }";

const MISTAKES: &[Mistake] = &[
    sow(
        "yaml-syntax",
        "base",
        &[("  name: Contoso\n", "  name: Contoso\n    «note»: ours\n")],
    ),
    sow(
        "yaml-duplicate-key",
        "base",
        &[(
            "  tenant: contoso\n",
            "  tenant: contoso\n  «tenant»: contoso\n",
        )],
    ),
    sow(
        "yaml-duplicate-key",
        "flow",
        &[(
            "tenant: fabrikam}",
            "tenant: fabrikam, «\"tenant\"»: fabrikam}",
        )],
    ),
    sow(
        "yaml-limits",
        "base",
        &[(
            "groups:\n",
            "x-deep: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[«[»1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\ngroups:\n",
        )],
    ),
    sow(
        "unknown-field",
        "base",
        &[("  tenant: contoso\n", "  «tenat»: contoso\n")],
    ),
    sow(
        "unknown-field",
        "base",
        &[(
            "  hosting: on-premise\n",
            "  hosting: on-premise\n  «comment»: ours\n",
        )],
    ),
    sow(
        "unknown-field",
        "base",
        &[("external_account:\n", "«externalAccount»:\n")],
    ),
    sow(
        "unknown-field",
        "contract",
        &[("  prod: {}\n", "  prod: { «group»: { delivery: null } }\n")],
    ),
    sow(
        "missing-field",
        "base",
        &[
            ("organization:\n", "«organization»:\n"),
            ("  tenant: contoso\n", ""),
        ],
    ),
    sow(
        "missing-field",
        "base",
        &[(
            "  build: { version: \"6.7\", number: 9394 }",
            "  «build»: { version: \"6.7\" }",
        )],
    ),
    sow(
        "missing-field",
        "environments",
        &[
            (
                "    external_account:\n      client_id: Campaign1\n",
                "    external_account:\n",
            ),
            (
                "external_account:\n  ims_server",
                "«external_account»:\n  ims_server",
            ),
        ],
    ),
    sow("wrong-type", "base", &[("label: Reviewers", "label: «42»")]),
    sow(
        "wrong-type",
        "base",
        &[("release: 7.4.1", "release: «7.4»")],
    ),
    sow("wrong-type", "base", &[("enabled: true", "enabled: «yes»")]),
    sow(
        "wrong-type",
        "base",
        &[("  tenant: contoso\n", "  «tenant»:\n")],
    ),
    sow(
        "wrong-type",
        "base",
        &[(SCOPE, "scope: «openid,AdobeID,session»")],
    ),
    sow(
        "wrong-type",
        "base",
        &[(MASK, "association_mask:\n    «Campaign: contoso - (.*)»")],
    ),
    sow(
        "wrong-type",
        "contract",
        &[("  prod: {}\n", "  prod: { groups: { «reviewers»: } }\n")],
    ),
    sow(
        "invalid-value",
        "base",
        &[("hosting: on-premise", "hosting: «onprem»")],
    ),
    sow(
        "invalid-value",
        "base",
        &[("version: 1\n", "version: «2»\n")],
    ),
    sow(
        "invalid-value",
        "base",
        &[("client_id: Campaign1", "client_id: «\"\"»")],
    ),
    sow(
        "invalid-value",
        "base",
        &[("env: IMS_CLIENT_SECRET", "env: «hunter2-hunter2»")],
    ),
    sow(
        "placeholder",
        "base",
        &[("client_id: Campaign1", "client_id: «CHANGE-ME»")],
    ),
    sow("placeholder", "base", &[("number: 9394", "number: «XXXX»")]),
    sow(
        "placeholder",
        "base",
        &[(
            "4E3D60F754C8E5D50A4C98A2@AdobeOrg",
            "«C538193582390300A495CC9@AdobeOrg»",
        )],
    ),
    sow(
        "placeholder",
        "base",
        &[(MASK, "association_mask: Campaign - «tenant_id» - (.*)")],
    ),
    sow(
        "placeholder",
        "base",
        &[(CALLBACK, "callback_server: «https://campaign.example.com»")],
    ),
    sow(
        "patch-no-effect",
        "contract",
        &[("reviewers: null }", "reviewers: null, reviewer: «null» }")],
    ),
    sow(
        "control-character",
        "base",
        &[("label: Reviewers", "label: \"Rev«\\a»iewers\"")],
    ),
    sow(
        "control-character",
        "base",
        &[("  name: Contoso\n", "  name: Contoso «\u{202e}»Ltd\n")],
    ),
    sow(
        "value-whitespace",
        "base",
        &[("client_id: Campaign1", "client_id: \"Campaign1« »\"")],
    ),
    sow(
        "value-whitespace",
        "base",
        &[(
            "[openid, AdobeID, session]",
            "[openid, '« »AdobeID', session]",
        )],
    ),
    sow(
        "value-confusable",
        "base",
        &[(PROFILE, "profile: Campaign «–» contoso - reviewers")],
    ),
    sow(
        "value-confusable",
        "base",
        &[("  delivery: {}", "  d«е»livery: {}")],
    ),
    sow(
        "value-confusable",
        "minimal",
        &[(GROUPS, "groups: { «а»dmin: {} }")],
    ),
    sow(
        "url-credentials",
        "base",
        &[("https://marketing", "https://«ops:pw@»marketing")],
    ),
    sow(
        "invalid-url",
        "base",
        &[(CALLBACK, "callback_server: https://campaign« »contoso.com")],
    ),
    sow(
        "invalid-url",
        "base",
        &[(CALLBACK, "callback_server: «campaign.contoso.com»")],
    ),
    sow(
        "invalid-url",
        "base",
        &[(
            CALLBACK,
            "callback_server: https:«\\»\\campaign.contoso.com",
        )],
    ),
    sow(
        "instance-url-not-https",
        "base",
        &[(URL, "  url: «http://campaign.contoso.com»")],
    ),
    sow(
        "instance-name",
        "base",
        &[("name: contoso-prod", "name: contoso«.»prod")],
    ),
    sow(
        "instance-name",
        "base",
        &[("name: contoso-prod", "name: «CON»")],
    ),
    sow(
        "unused-ignore",
        "base",
        &[(
            "  admin: {}",
            "  admin: {} «# campaign-ims: ignore[group-name]»",
        )],
    ),
    sow(
        "unknown-rule",
        "base",
        &[(
            "  admin: {}",
            "  # campaign-ims: ignore[«group-nam»]\n  admin: {}",
        )],
    ),
    sow(
        "hosting-managed",
        "base",
        &[("hosting: on-premise", "hosting: «hosted»")],
    ),
    sow(
        "ims-server-not-https",
        "base",
        &[(
            "https://ims-na1.adobelogin.com",
            "«http://ims-na1.adobelogin.com»",
        )],
    ),
    sow(
        "ims-server-not-https",
        "base",
        &[("https://ims-na1.adobelogin.com", "«ims-na1.adobelogin.com»")],
    ),
    sow(
        "ims-server-not-https",
        "base",
        &[(
            "https://marketing.adobe.com",
            "«http://marketing.adobe.com»",
        )],
    ),
    sow(
        "ims-server-stage",
        "base",
        &[("ims-na1.adobelogin.com", "«ims-na1-stg1.adobelogin.com»")],
    ),
    sow(
        "ims-server-unknown",
        "base",
        &[("ims-na1.adobelogin.com", "«ims-eu1.adobelogin.com»")],
    ),
    sow(
        "callback-not-https",
        "base",
        &[(CALLBACK, "callback_server: «http://campaign.contoso.com»")],
    ),
    sow(
        "callback-not-https",
        "single-quoted",
        &[(
            "callback_server: 'https://campaign.contoso.com'",
            "callback_server: «'http://campaign.contoso.com'»",
        )],
    ),
    sow(
        "callback-host-mismatch",
        "base",
        &[(CALLBACK, "callback_server: https://«stage.contoso.com»")],
    ),
    sow(
        "callback-host-mismatch",
        "base",
        &[(
            CALLBACK,
            "callback_server: https://campaign.contoso.com«:8443»",
        )],
    ),
    sow(
        "callback-host-mismatch",
        "block-literal",
        &[(
            CALLBACK,
            "callback_server: |-\n    https://«campaing.contoso.com»",
        )],
    ),
    sow(
        "callback-extra-parts",
        "base",
        &[(
            CALLBACK,
            "callback_server: https://campaign.contoso.com«/nl/jsp/soaprouter.jsp»",
        )],
    ),
    sow(
        "callback-not-public",
        "base",
        &[
            (URL, "  url: https://campaign-prod"),
            (CALLBACK, "callback_server: https://«campaign-prod»"),
        ],
    ),
    sow(
        "org-id-format",
        "base",
        &[("98A2@AdobeOrg", "98A2«@adobeorg»")],
    ),
    sow(
        "org-id-format",
        "base",
        &[(
            "4E3D60F754C8E5D50A4C98A2@AdobeOrg",
            "«4E3D60F754C8E5D50A4C98A@AdobeOrg»",
        )],
    ),
    sow(
        "org-id-unusual",
        "base",
        &[("98A2@AdobeOrg", "98«O»2@AdobeOrg")],
    ),
    sow(
        "tenant-format",
        "base",
        &[(
            "tenant: contoso\n",
            "tenant: «https://contoso.experiencecloud.adobe.com»\n",
        )],
    ),
    sow(
        "account-name",
        "base",
        &[(
            "name: Adobe_Experience_Cloud",
            "name: «IMS_Contoso»\n  type: 42",
        )],
    ),
    sow(
        "account-type",
        "base",
        &[("  label: MAC\n", "  label: MAC\n  type: «7»\n")],
    ),
    sow(
        "account-disabled",
        "base",
        &[("enabled: true", "enabled: «false»")],
    ),
    sow(
        "product-context",
        "base",
        &[("dma_campaign_classic", "«dma_campaign_clasic»")],
    ),
    sow(
        "scope-malformed",
        "base",
        &[(SCOPE, "scope: [openid, AdobeID, session, «openid»]")],
    ),
    sow(
        "scope-malformed",
        "base",
        &[(SCOPE, "scope: [«\"openid,AdobeID,session\"»]")],
    ),
    sow(
        "scope-missing",
        "base",
        &[(SCOPE, "scope: «[openid, AdobeID]»")],
    ),
    sow(
        "scope-missing",
        "base",
        &[(SCOPE, "scope: [openid, «adobeid», session]")],
    ),
    sow(
        "scope-unknown",
        "base",
        &[(SCOPE, "scope: [openid, AdobeID, session, «dam_read»]")],
    ),
    sow(
        "mask-confusable",
        "base",
        &[(MASK, "association_mask: Campaign «–» contoso -«\u{a0}»(.*)")],
    ),
    sow(
        "mask-confusable",
        "base",
        &[(MASK, "association_mask: Campaign - contoso - «（».*«）»")],
    ),
    sow(
        "mask-invalid-regex",
        "base",
        &[(MASK, "association_mask: Campaign - contoso - «(».*")],
    ),
    sow(
        "mask-not-portable",
        "base",
        &[(MASK, "association_mask: «(?i)»campaign - contoso - (.*)")],
    ),
    sow(
        "mask-capture",
        "base",
        &[(MASK, "association_mask: «Campaign - contoso - .*»")],
    ),
    sow(
        "mask-capture",
        "base",
        &[(MASK, "association_mask: «(Campaign)» - contoso - (.*)")],
    ),
    sow(
        "mask-capture",
        "base",
        &[(MASK, "association_mask: «Campaign» #1 - contoso - (.*)")],
    ),
    sow(
        "mask-not-prefix",
        "base",
        &[(MASK, "association_mask: Campaign - contoso - (.*)« - EMEA»")],
    ),
    sow(
        "mask-too-broad",
        "base",
        &[(MASK, "association_mask: «(.*)»")],
    ),
    sow(
        "mask-not-literal",
        "base",
        &[(
            MASK,
            "association_mask: Campaign - «(?:contoso|fabrikam)» - (.*)",
        )],
    ),
    sow(
        "mask-unescaped",
        "minimal",
        &[(MASK, "association_mask: Campaign - contoso«.»com - (.*)")],
    ),
    sow(
        "mask-unescaped",
        "double-quoted",
        &[("contoso\\\\.com - (.*)", "contoso«.»com - (.*)")],
    ),
    sow(
        "mask-whitespace",
        "base",
        &[(MASK, "association_mask: Campaign -«  »contoso - (.*)")],
    ),
    sow(
        "mask-whitespace",
        "block-literal",
        &[(
            "|-\n    Campaign - contoso - (.*)",
            "|\n    Campaign - contoso - (.*)«\n»",
        )],
    ),
    sow(
        "mask-backtracking",
        "minimal",
        &[(
            MASK,
            "association_mask: Campaign - contoso - («(?:[a-z]+)+»)",
        )],
    ),
    sow(
        "mask-control-panel",
        "base",
        &[(MASK, "association_mask: Campaign - contoso «admin»s - (.*)")],
    ),
    sow(
        "mask-tenant",
        "minimal",
        &[(MASK, "association_mask: «Campaign - marketing - »(.*)")],
    ),
    sow(
        "mask-overlap",
        "contract",
        &[(STAGE_MASK, "association_mask: «Campaign - contoso - s(.*)»")],
    ),
    sow(
        "mask-shared",
        "contract",
        &[(STAGE_MASK, "association_mask: «Campaign - contoso - (.*)»")],
    ),
    sow(
        "mask-shared",
        "contract",
        &[(STAGE_MASK, "association_mask: «^Campaign - contoso - (.*)»")],
    ),
    sow(
        "group-name",
        "minimal",
        &[(GROUPS, "groups: { admin: {}, «Delivery operators»: {} }")],
    ),
    sow(
        "group-builtin-case",
        "minimal",
        &[(GROUPS, "groups: { admin: {}, «Delivery»: {} }")],
    ),
    sow(
        "group-builtin-case",
        "minimal",
        &[(GROUPS, "groups: { «Admin»: {} }")],
    ),
    sow(
        "group-not-builtin",
        "minimal",
        &[(GROUPS, "groups: { admin: {}, «editors»: {} }")],
    ),
    sow(
        "group-create-builtin",
        "base",
        &[("  delivery: {}", "  delivery: { create: «true» }")],
    ),
    sow(
        "group-no-admin",
        "minimal",
        &[(GROUPS, "«groups»: { delivery: {} }")],
    ),
    sow(
        "group-profile-unmatched",
        "base",
        &[(PROFILE, "profile: Campaign - «C»ontoso - reviewers")],
    ),
    sow(
        "group-profile-unmatched",
        "mask-class",
        &[(
            "workflowSupervisor: {}",
            "workflowSupervisor: {}, «4eyes»: { create: true }",
        )],
    ),
    sow(
        "group-capture-mismatch",
        "base",
        &[(PROFILE, "profile: «Campaign - contoso - review»")],
    ),
    sow(
        "group-profile-duplicate",
        "base",
        &[(
            "  delivery: {}",
            "  delivery: { profile: «Campaign - contoso - reviewers» }",
        )],
    ),
    sow(
        "group-profile-duplicate",
        "base",
        &[(PROFILE, "profile: «Campaign - contoso - delivery»")],
    ),
    sow(
        "group-control-panel",
        "minimal",
        &[(
            GROUPS,
            "groups: { admin: {}, «siteadmins»: { create: true } }",
        )],
    ),
    sow(
        "release-not-ready",
        "base",
        &[("release: 7.4.1", "release: «7.3.1»")],
    ),
    sow(
        "build-version",
        "base",
        &[("version: \"6.7\"", "version: «\"7.4\"»")],
    ),
    sow(
        "build-version",
        "base",
        &[("version: \"6.7\"", "version: «\"8.1\"»")],
    ),
    sow(
        "build-wildcard",
        "base",
        &[("number: 9394", "number: «\"*\"»")],
    ),
    sow(
        "package-missing",
        "base",
        &[("[experience-cloud-integration]", "«[crm-connector]»")],
    ),
    sow(
        "account-duplicate",
        "contract",
        &[("name: contoso-stage", "name: «Contoso-Prod»")],
    ),
    sow(
        "callback-shared",
        "contract",
        &[
            (
                "url: https://stage.contoso.com",
                "url: https://campaign.contoso.com",
            ),
            (
                "callback_server: https://stage.contoso.com",
                "callback_server: «https://campaign.contoso.com:443»",
            ),
        ],
    ),
    sow(
        "callback-host-mismatch",
        "contract",
        &[
            ("      callback_server: https://stage.contoso.com\n", ""),
            (
                "callback_server: https://campaign.contoso.com",
                "callback_server: https://«campaign.contoso.com»",
            ),
        ],
    ),
    sow(
        "ims-server-differs",
        "contract",
        &[(
            "      callback_server: https://stage",
            "      ims_server: «https://adobeid-na1.services.adobe.com»\n      callback_server: https://stage",
        )],
    ),
    sow(
        "secret-shared",
        "contract",
        &[
            (SECRET, "client_secret: «{ env: IMS_CLIENT_SECRET }»"),
            (
                "      callback_server: https://stage",
                "      client_id: Campaign2\n      callback_server: https://stage",
            ),
        ],
    ),
    sow(
        "secret-in-manifest",
        "base",
        &[(SECRET, "client_secret: «this-is-it»")],
    ),
    sow(
        "secret-in-manifest",
        "base",
        &[("version: 1\n", "version: 1 # «p8e-AbCdEfGhIjKlMnOpQrSt»\n")],
    ),
    sow(
        "secret-in-manifest",
        "base",
        &[("label: Reviewers", "label: \"«@57QS5VHMb9BCsojLVrKI/Q==»\"")],
    ),
];

/// A place in lines and columns: start, then end.
type Place = (usize, usize, usize, usize);

impl Mistake {
    /// The wrong manifest, and the places that are marked in it.
    fn grow(&self) -> (String, Vec<Place>) {
        let file = path(&format!("tests/right/{}.ims.yaml", self.file));
        let mut text = std::fs::read_to_string(file).unwrap();
        for (old, new) in self.changes {
            assert_eq!(
                text.matches(old).count(),
                1,
                "{}: `{old}` is not there once",
                self.file
            );
            text = text.replace(old, new);
        }
        let mut places = Vec::new();
        let (mut clean, mut start) = (String::new(), None);
        let (mut line, mut column) = (1, 1);
        for character in text.chars() {
            match character {
                '«' => start = Some((line, column)),
                '»' => {
                    let (start_line, start_column) = start.take().unwrap();
                    places.push((start_line, start_column, line, column));
                }
                _ => {
                    clean.push(character);
                    (line, column) = if character == '\n' {
                        (line + 1, 1)
                    } else {
                        (line, column + 1)
                    };
                }
            }
        }
        (clean, places)
    }
}

#[test]
fn right_manifests_give_no_finding_but_what_they_should() {
    let mut wrong = String::new();
    let mut count = 0;
    for entry in std::fs::read_dir(path("tests/right")).unwrap() {
        let file = entry.unwrap().path();
        let bytes = std::fs::read(&file).unwrap();
        let text = String::from_utf8(bytes.clone()).unwrap();
        let first = text.lines().next().unwrap_or_default();
        let mut expected: Vec<&str> = first
            .strip_prefix("# expect: ")
            .map(|rules| rules.split(", ").collect())
            .unwrap_or_default();
        expected.sort_unstable();
        let found = check_bytes(bytes);
        if rules_of(&found) != expected {
            wrong.push_str(&format!("{}: {found:#?}\n", file.display()));
        }
        count += 1;
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(count >= 40, "only {count} manifests");
}

#[test]
fn every_rule_is_sown() {
    let sown: BTreeSet<&str> = MISTAKES.iter().map(|mistake| mistake.rule).collect();
    let all: BTreeSet<&str> = RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(sown, all);
}

#[test]
fn a_mistake_gives_one_finding_at_its_place() {
    let mut wrong = String::new();
    for mistake in MISTAKES {
        let (text, places) = mistake.grow();
        // The same with the line ends and the first bytes that editors on Windows write.
        let crlf = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        for (how, text) in [("", text), ("with BOM and CRLF", crlf)] {
            let found = check_all(&text);
            let as_expected = found.iter().all(|found| found.rule == mistake.rule)
                && found
                    .iter()
                    .map(|found| (found.line, found.column, found.end_line, found.end_column))
                    .eq(places.iter().copied());
            if !as_expected {
                wrong.push_str(&format!(
                    "{} in {} {how}: expected at {places:?}\n",
                    mistake.rule, mistake.file
                ));
                for found in found {
                    wrong.push_str(&format!(
                        "    {} at {:?} `{}`: {}\n",
                        found.rule,
                        (found.line, found.column, found.end_line, found.end_column),
                        found.text.escape_debug(),
                        found.message
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn a_text_that_yaml_cuts_off_is_explained() {
    let mishaps = [
        "Campaign #1 - contoso - (.*)",
        "Campaign (contoso #1) - (.*)",
        "Campaign: contoso - (.*)",
        "\n    Campaign: contoso - (.*)",
    ];
    let base = std::fs::read_to_string(path("tests/right/base.ims.yaml")).unwrap();
    for mishap in mishaps {
        let text = base.replace(MASK, &format!("association_mask: {mishap}"));
        let found = check_all(&text);
        assert_eq!(found.len(), 1, "{mishap}: {found:#?}");
        assert!(
            found[0].help.contains("single quotes"),
            "{mishap}: {}",
            found[0].help
        );
    }
}
