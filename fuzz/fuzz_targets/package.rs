//! Any bytes as an exported package: it is read or refused, and what is read becomes a manifest that is YAML and shows no secret.

#![no_main]

use std::sync::Arc;

use campaign_ims::{check, import};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(imported) = import(data) else {
        return;
    };
    let checked = check("a", "a.ims.yaml", imported.text.as_str(), &Arc::default(), None);
    let never = ["yaml-syntax", "yaml-duplicate-key", "secret-in-manifest"];
    let mut findings = checked.judged.findings.iter();
    assert!(findings.all(|it| !never.contains(&it.rule.id)), "{}", imported.text);
});
