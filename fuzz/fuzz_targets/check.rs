//! Any bytes as a manifest: it is read, checked, reported, mapped and rendered, or refused.

#![no_main]

use std::sync::Arc;

use campaign_ims::{Context, Format, Report, across, check, compare, map, render, report, runbook};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let checked = check("a", "a.ims.yaml", data, &Arc::default(), None);
    across(&[&checked]);
    let judged = &checked.judged;
    for finding in &judged.findings {
        let range = &finding.location.range;
        assert!(judged.source.text().get(range.clone()).is_some(), "{finding:?}");
    }
    let found = Report::new(judged.findings.clone(), vec!["a.ims.yaml".to_owned()]);
    for format in [Format::Human, Format::Json, Format::Markdown] {
        report(format, &found, &Context::plain("0.0.0"), &mut Vec::new()).unwrap();
    }
    for environment in 0..judged.environments.len() {
        map(&checked, environment, None);
    }
    if judged.has_errors() {
        return;
    }
    runbook(&checked).unwrap();
    for environment in 0..judged.environments.len() {
        let text = render(&checked, environment).unwrap();
        // What a package lacks are the groups that it does not create.
        let differences = compare(&checked, environment, text.as_bytes()).unwrap().unwrap();
        assert!(differences.iter().all(|it| it.field.starts_with("/groups/")));
    }
});
