use super::*;
use crate::check::{judge, settings::Settings};

const MANIFEST: &str = "\
version: 1
organization: { name: Contoso, id: 0A1B2C3D4E5F60718293A4B5@AdobeOrg, tenant: contoso }
instance:
  name: contoso-prod
  url: https://campaign.contoso.com
  hosting: on-premise
  build: { version: \"6.7\", number: 9394 }
external_account:
  ims_server: https://ims-na1.adobelogin.com
  scope: [openid, AdobeID, session]
  client_id: Campaign1
  callback_server: https://campaign.contoso.com
  association_mask: Campaign - contoso - (.*)
groups:
  admin: {}
  delivery: {}
  reviewers: { create: true, profile: Campaign - contoso - editors }
  outside: { create: true, profile: Photoshop }
";

fn mapped(profiles: Option<&[&str]>) -> Mapping {
    let judged = judge("a.ims.yaml", MANIFEST.into(), &Settings::default(), None);
    let profiles: Option<Vec<String>> =
        profiles.map(|list| list.iter().map(|&it| it.to_owned()).collect());
    let profiles = profiles.map(Profiles::from);
    mapping(&judged.environments[0], profiles.as_ref(), &masks(&judged)).unwrap()
}

#[test]
fn every_status() {
    let mapping = mapped(Some(&[
        "Campaign - contoso - admin",
        "Campaign – contoso - delivery",
        "Campaign - contoso - reviewers",
        "Campaign - contoso - unknown",
        "Campaign - contoso - Delivery",
        "Campaign - contoso - workflow",
        "Photoshop",
        "Illustrator",
    ]));
    insta::assert_snapshot!(table(std::slice::from_ref(&mapping), false, 80), @"
contoso-prod
Association mask: Campaign - contoso - (.*)

  Product profile                 Operator group  Status
  Campaign - contoso - admin      admin           ok
  Campaign - contoso - delivery   delivery        missing
  Campaign - contoso - editors    editors         mismatch
  Photoshop                       -               mismatch
  Campaign – contoso - delivery   -               misspelt
  Campaign - contoso - reviewers  reviewers       ok
  Campaign - contoso - unknown    unknown         undeclared
  Campaign - contoso - Delivery   Delivery        undeclared
  Campaign - contoso - workflow   workflow        unlisted
  Illustrator                     -               unmatched

  missing  Campaign - contoso - delivery
    the list has no such profile, so members of `delivery` could not sign in;
    the nearest is `Campaign - contoso - Delivery`: character 22 is `D`, not
    `d`.
  mismatch  Campaign - contoso - editors
    the mask takes `editors` from this name, so its members would not come in as
    `reviewers`.
  mismatch  Photoshop
    the mask takes no group from this name, so members of `outside` could not
    sign in.
  misspelt  Campaign – contoso - delivery
    the mask does not take this name, so its members could not sign in:
    character 10 is `–` (U+2013 EN DASH), not `-` (U+002D HYPHEN-MINUS); unless
    it is not meant for this instance, rename it in the Admin Console to
    `Campaign - contoso - delivery`.
  undeclared  Campaign - contoso - unknown
    it gives `unknown`, which the manifest lacks: unless Campaign has that
    group, its members could not sign in.
  undeclared  Campaign - contoso - Delivery
    it gives `Delivery`, which the manifest lacks: unless Campaign has that
    group, its members could not sign in; if it is meant for
    `Campaign - contoso - delivery`: character 22 is `D`, not `d`.

  The profiles that are unlisted are of built-in groups that the manifest does
  not list. So that they are checked too, add to `groups`: `workflow: {}`.
");
    let mut json_text = Vec::new();
    json(std::slice::from_ref(&mapping), &mut json_text).unwrap();
    insta::assert_snapshot!(String::from_utf8(json_text).unwrap(), @r#"
{"version":1,
"environments":[
{"environment":null,"mask":"Campaign - contoso - (.*)","rows":[{"profile":"Campaign - contoso - admin","group":"admin","status":"ok"},{"profile":"Campaign - contoso - delivery","group":"delivery","status":"missing"},{"profile":"Campaign - contoso - editors","group":"editors","status":"mismatch"},{"profile":"Photoshop","group":null,"status":"mismatch"},{"profile":"Campaign – contoso - delivery","group":null,"status":"misspelt","meant":"Campaign - contoso - delivery"},{"profile":"Campaign - contoso - reviewers","group":"reviewers","status":"ok"},{"profile":"Campaign - contoso - unknown","group":"unknown","status":"undeclared"},{"profile":"Campaign - contoso - Delivery","group":"Delivery","status":"undeclared"},{"profile":"Campaign - contoso - workflow","group":"workflow","status":"unlisted"},{"profile":"Illustrator","group":null,"status":"unmatched"}]}
]}
"#);
    insta::assert_snapshot!(markdown(std::slice::from_ref(&mapping)), @r#"
### Product profiles and operator groups of contoso\-prod

Association mask: <code>Campaign - contoso - &#40;.&#42;&#41;</code>

| Product profile | Operator group | Status |
|---|---|---|
| <code>Campaign - contoso - admin</code> | <code>admin</code> | ok |
| <code>Campaign - contoso - delivery</code> | <code>delivery</code> | **missing**: the list has no such profile, so members of <code>delivery</code> could not sign in; the nearest is <code>Campaign - contoso - Delivery</code>&#58; character 22 is <code>D</code>, not <code>d</code> |
| <code>Campaign - contoso - editors</code> | <code>editors</code> | **mismatch**: the mask takes <code>editors</code> from this name, so its members would not come in as <code>reviewers</code> |
| <code>Photoshop</code> |  | **mismatch**: the mask takes no group from this name, so members of <code>outside</code> could not sign in |
| <code>Campaign &#8211; contoso - delivery</code> |  | **misspelt**: the mask does not take this name, so its members could not sign in&#58; character 10 is <code>&#8211;</code> \(U\+2013 EN DASH\), not <code>-</code> \(U\+002D HYPHEN\-MINUS\); unless it is not meant for this instance, rename it in the Admin Console to <code>Campaign - contoso - delivery</code> |
| <code>Campaign - contoso - reviewers</code> | <code>reviewers</code> | ok |
| <code>Campaign - contoso - unknown</code> | <code>unknown</code> | **undeclared**: it gives <code>unknown</code>, which the manifest lacks&#58; unless Campaign has that group, its members could not sign in |
| <code>Campaign - contoso - Delivery</code> | <code>Delivery</code> | **undeclared**: it gives <code>Delivery</code>, which the manifest lacks&#58; unless Campaign has that group, its members could not sign in; if it is meant for <code>Campaign - contoso - delivery</code>&#58; character 22 is <code>D</code>, not <code>d</code> |
| <code>Campaign - contoso - workflow</code> | <code>workflow</code> | unlisted: it gives the built\-in group <code>workflow</code>, which the manifest does not list&#58; add <code>workflow&#58; &#123;&#125;</code> to <code>groups</code>, so that it is checked too |
| <code>Illustrator</code> |  | unmatched |
"#);
    insta::assert_snapshot!(mermaid(&[mapping]), @r#"
---
title: Product profiles (left) and the Campaign operator groups that their members get (right)
config:
  flowchart:
    wrappingWidth: 700
---
flowchart LR
  classDef ok fill:#e6f4ea,stroke:#137333,color:#000
  classDef wrong fill:#fce8e6,stroke:#c5221f,color:#000
  classDef warn fill:#fef7e0,stroke:#b06000,color:#000
  classDef other fill:#f1f3f4,stroke:#80868b,color:#000
  subgraph e0["contoso#45;prod#58; Campaign #45; contoso #45; #40;#46;#42;#41;"]
    direction LR
    p0x1["Campaign #45; contoso #45; delivery"]:::wrong
    p0x1 -. missing .-> g0x0(["delivery"]):::wrong
    p0x2["Campaign #45; contoso #45; editors"]:::wrong
    p0x2 -. mismatch .-> g0x1(["reviewers"]):::wrong
    p0x3["Photoshop"]:::wrong
    p0x3 -. mismatch .-> g0x2(["outside"]):::wrong
    p0x4["Campaign #8211; contoso #45; delivery"]:::wrong
    p0x4 -. misspelt .-> g0x0
    p0x6["Campaign #45; contoso #45; unknown"]:::warn
    p0x6 -. undeclared .-> g0x3(["unknown"]):::warn
    p0x7["Campaign #45; contoso #45; Delivery"]:::warn
    p0x7 -. undeclared .-> g0x4(["Delivery"]):::warn
    p0x0["Campaign #45; contoso #45; admin"]:::ok
    p0x0 --> g0x5(["admin"]):::ok
    p0x5["Campaign #45; contoso #45; reviewers"]:::ok
    p0x5 --> g0x1
    p0x8["Campaign #45; contoso #45; workflow"]:::warn
    p0x8 -. unlisted .-> g0x6(["workflow"]):::warn
    u0["1 other profile, not of this instance"]:::other
  end
  subgraph legend["Legend"]
    direction LR
    l1["Product profile"]:::ok --> l2(["Operator group"]):::ok
    l3["Members could not sign in"]:::wrong -. what is wrong .-> l4(["Group that they should get"]):::wrong
    l5["Profile of a group that the manifest lacks"]:::warn -. status .-> l6(["Group"]):::warn
  end
"#);
}

#[test]
fn without_a_list_nothing_is_missing() {
    let statuses: Vec<Status> = mapped(None).rows.iter().map(|row| row.standing()).collect();
    assert_eq!(
        statuses,
        [Status::Ok, Status::Ok, Status::Mismatch, Status::Mismatch]
    );
}

#[test]
fn a_check_report_gets_profiles_and_their_groups() {
    let judged = judge("a.ims.yaml", MANIFEST.into(), &Settings::default(), None);
    let mappings = mappings(&judged.environments);
    assert_eq!(mappings[0].name, "contoso-prod");
    assert_eq!(
        mappings[0].rows[2],
        (
            "Campaign - contoso - editors".to_owned(),
            "editors".to_owned()
        )
    );
    assert_eq!(mappings[0].rows.len(), 3);
}

#[test]
fn large_charts_show_what_is_wrong() {
    let mut mapping = mapped(None);
    let row = mapping.rows[0].clone();
    mapping.rows.splice(0..0, vec![row; 2_000]);
    let text = mermaid(&[mapping]);
    assert!(text.len() < 50_000 && text.matches("-->").count() < 500);
    // Two, and two of the legend.
    assert_eq!(text.matches(" .-> ").count(), 4);
    assert!(text.contains("more profiles, ok"));
}

#[test]
fn long_lists_cost_moments() {
    let list: Vec<String> = (0..200_000)
        .map(|number| format!("Campaign - contoso - {number:x}"))
        .collect();
    let list: Vec<&str> = list.iter().map(String::as_str).collect();
    let start = std::time::Instant::now();
    assert_eq!(mapped(Some(&list)).rows.len(), 200_004);
    assert!(start.elapsed().as_secs() < 60);
}
