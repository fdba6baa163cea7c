use super::*;
use crate::check::{judge, settings::Settings};

/// The manifest whose mapping `tests/formats` has in every format.
const MANIFEST: &str = include_str!("../../tests/formats/map.ims.yaml");

fn mapped(profiles: Option<&[&str]>) -> Mapping {
    let judged = judge("a.ims.yaml", MANIFEST.into(), &Settings::default(), None);
    let profiles: Option<Vec<String>> =
        profiles.map(|list| list.iter().map(|&it| it.to_owned()).collect());
    let profiles = profiles.map(Profiles::from);
    mapping(&judged.environments[0], profiles.as_ref(), &masks(&judged)).unwrap()
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
fn long_lists_are_mapped_whole() {
    let list: Vec<String> = (0..200_000)
        .map(|number| format!("Campaign - contoso - {number:x}"))
        .collect();
    let list: Vec<&str> = list.iter().map(String::as_str).collect();
    assert_eq!(mapped(Some(&list)).rows.len(), 200_004);
}
