use super::*;
use crate::check::{judge, settings::Settings};

const MANIFEST: &str = "\
version: 1
organization: { name: Fabrikam, id: 1A1B2C3D4E5F60718293A4B5@AdobeOrg, tenant: fabrikam }
instance:
  name: fabrikam-prod
  url: https://campaign.fabrikam.com
  hosting: hybrid
  build: { version: \"6.7\", number: 9394 }
external_account:
  ims_server: https://ims-na1.adobelogin.com
  scope: [openid, AdobeID, session]
  client_id: Campaign1
  callback_server: https://campaign.fabrikam.com
  association_mask: Campaign - fabrikam - (.*)
groups: { admin: {}, reviewers: { create: true } }
environments:
  production: {}
  preprod: { instance: { name: fabrikam-pre } }
  stage: { instance: { name: fabrikam-stage } }
";

fn book(manifest: &str, only: Option<&str>) -> String {
    let judged = judge("a.ims.yaml", manifest.into(), &Settings::default(), only);
    write(&judged).unwrap()
}

#[test]
fn production_comes_last() {
    let book = book(MANIFEST, None);
    let headings = book.lines().filter_map(|line| line.strip_prefix("## "));
    assert_eq!(
        headings.collect::<Vec<_>>(),
        [
            "preprod: `fabrikam-pre`",
            "stage: `fabrikam-stage`",
            "production: `fabrikam-prod`"
        ]
    );
    assert!(book.contains("*Everyone*: `fabrikam-stage` is done, its proof included."));
}

#[test]
fn steps_are_numbered_and_nothing_is_left_open() {
    let single = MANIFEST.split("environments:").next().unwrap();
    let hosted = single.replace("hybrid", "on-premise");
    for manifest in [MANIFEST, single, &hosted] {
        let book = book(manifest, None);
        assert!(!book.contains("{{"), "{book}");
        assert!(
            !book.contains("\n\n\n"),
            "{:?}",
            book.find("\n\n\n")
                .map(|at| book.get(at.saturating_sub(200)..at))
        );
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
        MANIFEST.into(),
        &Settings::default(),
        Some("stage"),
    );
    let manifest = judged.environments[0].manifest.as_ref().unwrap();
    let text = package::render(&Package::of(manifest).unwrap()).unwrap();
    assert!(
        write(&judged)
            .unwrap()
            .contains(&package::sum(text.as_bytes()))
    );
    assert_eq!(
        package::sum(b"abc"),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
}
