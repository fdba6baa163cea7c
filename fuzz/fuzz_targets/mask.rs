//! Any text as a mask, its first line, over the other lines as product profiles.

#![no_main]

use std::sync::Arc;

use campaign_ims::{Profiles, check, map};
use libfuzzer_sys::fuzz_target;

const MANIFEST: &str = include_str!("../../examples/one-instance.ims.yaml");
const MASK: &str = "association_mask: Campaign - contoso - (.*)";

fuzz_target!(|data: &str| {
    let mut lines = data.lines();
    let mask = lines.next().unwrap_or_default().replace('\'', "''");
    let text = MANIFEST.replace(MASK, &format!("association_mask: '{mask}'"));
    let checked = check("a", "a.ims.yaml", text, &Arc::default(), None);
    let profiles: Vec<String> = lines.take(8).map(str::to_owned).collect();
    let profiles = Profiles::from(profiles);
    if let Some(mapping) = map(&checked, 0, Some(&profiles)) {
        for row in mapping.rows {
            let group = row.group.clone().unwrap_or_default();
            // A name with the shape of a secret is hidden.
            let is_hidden = row.profile.contains('*');
            assert!(is_hidden || row.profile.ends_with(&group), "{row:?}");
        }
    }
});
