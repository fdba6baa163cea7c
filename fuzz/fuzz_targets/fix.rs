//! Any bytes as a manifest that is fixed: nothing panics, and fixing what was fixed changes nothing more.

#![no_main]

use std::sync::Arc;

use campaign_ims::{check, fix, unified_diff};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let settings = Arc::default();
    let old = check("a", "a.ims.yaml", text, &settings, None);
    let fixed = fix(&old, &settings, true);
    let new = fixed.judged.source.clone();
    unified_diff(&old.judged.source, &new);
    let again = check("a", "a.ims.yaml", new.text(), &settings, None);
    let again = fix(&again, &settings, true);
    // A round limit ends fixing that would go on; below it, nothing is left to do.
    assert!(again.applied == 0 || fixed.applied >= 20, "{:?}", again.judged.source.text());
});
