use super::*;
use crate::check::{judge, settings::Settings};

const TWO: &str = include_str!("../../tests/support/two.ims.yaml");

fn book(manifest: impl Into<Vec<u8>>, only: Option<&str>) -> String {
    let judged = judge("a.ims.yaml", manifest.into(), &Settings::default(), only);
    write(&judged, "").unwrap()
}

#[test]
fn production_comes_last() {
    let more = "prod: {}\n  preprod: { instance: { name: contoso-pre } }\n";
    let book = book(TWO.replace("prod: {}\n", more), None);
    let headings = book.lines().filter_map(|line| line.strip_prefix("## "));
    assert_eq!(
        headings.collect::<Vec<_>>(),
        [
            "preprod: `contoso-pre`",
            "stage: `contoso-stage`",
            "prod: `contoso-prod`"
        ]
    );
    assert!(book.contains("*Everyone*: `contoso-stage` is done, its proof included."));
}

#[test]
fn names_of_environments_or_else_of_instances_say_what_is_production() {
    for (name, stage) in [
        ("stage", Stage::Before),
        ("eu-stg", Stage::Before),
        ("Staging", Stage::Before),
        ("qa2", Stage::Before),
        ("contoso_uat", Stage::Before),
        ("sandbox", Stage::Before),
        ("preprod", Stage::Before),
        ("pre-prod", Stage::Before),
        ("NonProduction", Stage::Before),
        ("prod-test", Stage::Before),
        ("main", Stage::Unknown),
        ("", Stage::Unknown),
        ("contest", Stage::Unknown),
        ("presto", Stage::Unknown),
        ("prod", Stage::Production),
        ("prod2", Stage::Production),
        ("contosoprod", Stage::Production),
        ("eu-prd", Stage::Production),
        ("live", Stage::Production),
    ] {
        assert!(stage_of(name) == stage, "{name}");
    }
    for [main, other] in [["a", "b"], ["main", "stg"], ["primary", "sandbox"]] {
        let manifest = TWO.replace("prod: {}", &format!("{main}: {{}}"));
        let manifest = manifest.replace("  stage:", &format!("  {other}:"));
        let book = book(manifest, None);
        let is_last = format!("## {main}: `contoso-prod`");
        let mut headings = book.lines().filter(|line| line.starts_with("## "));
        assert_eq!(headings.next_back(), Some(is_last.as_str()), "{book}");
    }
    let manifest = TWO.replace("contoso-prod", "contoso");
    let manifest = manifest.replace("prod: {}", "main: {}");
    let manifest = manifest.replace("  stage:", "  other:");
    let book = book(manifest, None);
    assert!(book.contains("*Everyone*: `contoso-stage` is done"));
}

#[test]
fn steps_are_numbered_and_nothing_is_left_open() {
    let (single, _) = TWO.split_once("environments:").unwrap();
    let hybrid = single.replace("on-premise", "hybrid");
    for manifest in [TWO, single, &hybrid] {
        let book = book(manifest, None);
        assert!(!book.contains("{{"), "{book}");
        assert!(!book.contains("\n\n\n"), "{book}");
        let mut last = (0, 0);
        for line in book.lines().filter(|line| line.contains("- [ ]")) {
            let number = line.split("**").nth(1).unwrap();
            let (section, step) = number.split_once('.').unwrap();
            let number = (section.parse().unwrap(), step.parse::<u32>().unwrap());
            let follows = number == (last.0, last.1 + 1) || number == (last.0 + 1, 1);
            assert!(follows || number == (1, 1), "{number:?} after {last:?}");
            last = number;
        }
    }
}

#[test]
fn the_sum_is_the_packages() {
    let judged = judge(
        "a.ims.yaml",
        TWO.into(),
        &Settings::default(),
        Some("stage"),
    );
    let manifest = judged.environments[0].manifest.as_ref().unwrap();
    let text = package::render(&Package::of(manifest).unwrap()).unwrap();
    let sum = package::sum(text.as_bytes());
    assert!(book(TWO, Some("stage")).contains(&sum));
    assert_eq!(
        package::sum(b"abc"),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
}
