//! Any bytes as an exported package: it is read or refused, and what is read becomes a manifest that is YAML and shows no secret.

#![no_main]

use campaign_ims::{import, package, secrets, yaml};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(read) = package::read(data) else {
        return;
    };
    if let Ok(account) = read.account() {
        let text = import::manifest(&read, account).text;
        let (document, problems) = yaml::parse(&text);
        assert!(problems.is_empty(), "{problems:?}\n{text}");
        assert!(secrets::find(&text, document.as_ref()).found.is_empty(), "{text}");
    }
});
