//! A second parser's word: `xmllint`, where it is installed, reads from a rendered package what the manifest says.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test may fail and speak"
)]

mod support;

use std::{fs, process::Command};

use support::run;

#[test]
fn xmllint_reads_the_same_strings() {
    let base = fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/cases/right/base.ims.yaml"
    ));
    let base = base.unwrap();
    let folder = tempfile::tempdir().unwrap();
    for value in [
        "plain",
        "&amp; & < > \" ' ]]> &#10; <!-- -->",
        "tab\tnewline\nreturn\r\r\nend",
        " leading and trailing ",
        "no-break\u{a0}",
        "é–😀\u{E000}\u{FFFD}",
        "Campaign - contoso\\.x - (.*)",
    ] {
        let label = serde_json::to_string(value).unwrap();
        let manifest = base
            .replace("label: MAC", &format!("label: {label}"))
            .replace("label: Reviewers", &format!("label: {label}"));
        fs::write(folder.path().join("a.ims.yaml"), manifest).unwrap();
        let render = run(folder.path(), &["render", "a.ims.yaml", "-o", "a.xml"]);
        assert_eq!(render.code, 0, "{value:?}: {}", render.stderr);
        for place in ["//group/@label", "//extAccount/@label"] {
            let xmllint = Command::new("xmllint")
                .args(["--xpath", &format!("string({place})"), "a.xml"])
                .current_dir(folder.path())
                .output();
            let Ok(output) = xmllint else {
                eprintln!("SKIPPED: xmllint is not installed");
                return;
            };
            let read = String::from_utf8(output.stdout).unwrap();
            // xmllint ends what it prints with a newline.
            assert_eq!(read.strip_suffix('\n').unwrap_or(&read), value, "{place}");
        }
    }
}
