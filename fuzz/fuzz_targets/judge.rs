//! Any bytes as a manifest: it is read, judged, reported, mapped and rendered, or refused.

#![no_main]

use std::sync::Arc;

use campaign_ims::{
    check,
    mapping,
    package::{self, DifferenceKind, Package},
    report::{self, Context, Format, Report},
    runbook,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let checked = check::text("a", "a.ims.yaml", data, &Arc::default(), None);
    check::across(&[&checked]);
    let judged = checked.judged;
    for finding in &judged.findings {
        let range = &finding.location.range;
        assert!(judged.source.text().get(range.clone()).is_some(), "{finding:?}");
    }
    let report = Report::new(judged.findings.clone(), vec!["a.ims.yaml".to_owned()]);
    for format in [Format::Human, Format::Json, Format::Markdown] {
        report::write(format, &report, &Context::plain("0.0.0"), &mut Vec::new()).unwrap();
    }
    mapping::mappings(&judged.environments);
    if judged.has_errors() {
        return;
    }
    runbook::write(&judged).unwrap();
    for environment in &judged.environments {
        let manifest = environment.manifest.as_ref().unwrap();
        let package = Package::of(manifest).unwrap();
        let text = package::render(&package).unwrap();
        let read = package::read(text.as_bytes()).unwrap();
        let account = read.account().unwrap();
        let differences = package::compare(manifest, &read, account).unwrap();
        assert!(differences.iter().all(|it| it.kind == DifferenceKind::GroupMissing));
    }
});
