use super::*;
use crate::judge::judge;

const MANIFEST: &str = "\
version: 1
organization: { name: Contoso, id: 4E3D60F754C8E5D50A4C98A2@AdobeOrg, tenant: contoso }
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
    mapping(&judged.environments[0], profiles.as_deref()).unwrap()
}

#[test]
fn every_status() {
    let mapping = mapped(Some(&[
        "Campaign - contoso - admin",
        "Campaign – contoso - delivery",
        "Campaign - contoso - reviewers",
        "Campaign - contoso - unknown",
        "Photoshop",
        "Illustrator",
    ]));
    insta::assert_snapshot!(table(std::slice::from_ref(&mapping), false, 80), @"");
    let mut json_text = Vec::new();
    json(std::slice::from_ref(&mapping), &mut json_text).unwrap();
    insta::assert_snapshot!(String::from_utf8(json_text).unwrap(), @"");
    insta::assert_snapshot!(markdown(std::slice::from_ref(&mapping)), @"");
    insta::assert_snapshot!(mermaid(&[mapping]), @"");
}

#[test]
fn without_a_list_nothing_is_missing() {
    let statuses: Vec<Status> = mapped(None).rows.iter().map(|row| row.status).collect();
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
    assert_eq!(text.matches(" .-> ").count(), 2);
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
