//! Any bytes as a manifest that is mended: nothing panics, and mending what was mended changes nothing more.

#![no_main]

use std::sync::Arc;

use campaign_ims::{check, fix};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let check = |text: &str| check::text("a", "a.ims.yaml", text, &Arc::default(), None).judged;
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let old = check(text);
    let source = old.source.clone();
    let fixed = fix::apply(old, true, check);
    let new = fixed.judged.source.clone();
    fix::unified_diff(&source, &new);
    let again = fix::apply(check(new.text()), true, check);
    // A round limit ends mending that would go on; below it, nothing is left to do.
    assert!(again.applied == 0 || fixed.applied >= 20, "{:?}", again.judged.source.text());
});
