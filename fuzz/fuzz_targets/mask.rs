//! Any text as a mask, its first line, over the other lines as product profiles.

#![no_main]

use campaign_ims::mask::{Mask, overlap};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &str| {
    let mut lines = data.lines();
    let mask = Mask::parse(lines.next().unwrap_or_default());
    for problem in mask.problems() {
        assert!(mask.text().get(problem.range.clone()).is_some(), "{problem:?}");
    }
    let meant = mask.meant();
    for line in lines.take(4) {
        if let Some(group) = mask.captures(line) {
            assert!(line.contains(group));
            assert!(mask.trace(line).is_none());
        } else if let Some(trace) = mask.trace(line) {
            assert!(line.get(trace.matched).is_some());
        }
        meant.captures(line);
        let other = Mask::parse(line);
        if mask.is_sound() && other.is_sound() {
            let _ = overlap(&mask, &other);
        }
    }
    if mask.is_sound() {
        let profile = mask.default_profile("admin").unwrap();
        meant.captures(&profile);
    }
});
