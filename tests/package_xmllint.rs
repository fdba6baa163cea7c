//! A second parser's word: `xmllint`, where it is installed, reads from a rendered package what was put in.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // not seen as tests by clippy: helpers outside test functions

use std::io::Write;
use std::process::{Command, Stdio};

use campaign_ims::package::{Attributes, Group, Package, render};

/// What `xmllint` prints for `arguments` with `text` as its input; `None` where it is not installed.
fn xmllint(arguments: &[&str], text: &str) -> Option<String> {
    let child = Command::new("xmllint")
        .args(arguments)
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut child = match child {
        Ok(child) => child,
        Err(error) => {
            println!("skipped: xmllint cannot be started: {error}");
            return None;
        }
    };
    child
        .stdin
        .take()
        .unwrap()
        .write_all(text.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Some(String::from_utf8(output.stdout).unwrap())
}

#[test]
fn xmllint_reads_the_same_strings() {
    let values = [
        "",
        "plain",
        "&amp; & < > \" ' ]]> &#10; <!-- -->",
        "tab\tnewline\nreturn\r\r\nend",
        " leading and trailing ",
        "\n",
        "no-break\u{a0}C1\u{85}line\u{2028}mark\u{feff}bidi\u{202e}",
        "é–😀\u{10FFFF}\u{E000}\u{FFFD}",
        "Campaign - contoso\\.x - (.*)",
    ];
    for value in values {
        let value = || value.to_owned();
        let package = Package {
            root: Attributes::from([("buildNumber", value())]),
            groups: vec![Group {
                name: value(),
                label: value(),
            }],
            account: Attributes::from([("imsRightsMask", value()), ("userScope", value())]),
            client_secret: None,
        };
        let text = render(&package).unwrap();
        if xmllint(&["--noout"], &text).is_none() {
            return;
        }
        for place in [
            "/package/@buildNumber",
            "//group/@name",
            "//group/@label",
            "//@imsRightsMask",
            "//@userScope",
        ] {
            let read = xmllint(&["--xpath", &format!("string({place})")], &text).unwrap();
            // xmllint ends what it prints with a newline.
            assert_eq!(read.strip_suffix('\n').unwrap_or(&read), value(), "{place}");
        }
    }
}
