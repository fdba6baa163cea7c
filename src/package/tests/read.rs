//! What a package may look like, what is taken from it, and where it is refused.

use std::io::BufReader;

use proptest::prelude::*;
use serde_json::Value;

use super::super::{PackageError, read};
use super::{EXAMPLE, refused::Dripping};

/// What is read of a package; a list holds a text whose characters are bytes.
fn told(input: &str) -> Vec<String> {
    let bytes = match serde_json::from_str(input).unwrap() {
        Value::String(text) => text.into_bytes(),
        list => {
            let text = list[0].as_str().unwrap().chars();
            text.map(|it| u8::try_from(it).unwrap()).collect()
        }
    };
    let whole = read(&bytes[..]);
    // Wherever the buffer ends, the outcome is the same.
    let bitwise = read(BufReader::new(Dripping(&bytes)));
    assert_eq!(format!("{whole:?}"), format!("{bitwise:?}"));
    let package = match whole {
        Ok(package) => package,
        Err(PackageError::Refused { place, problem }) => {
            let (line, column, offset) = (place.line, place.column, place.offset);
            return vec![format!("{line}:{column}:{offset} {problem}")];
        }
        Err(error) => panic!("{error}"),
    };
    let mut told = Vec::new();
    if !package.root.is_empty() {
        told.push(format!("root {:?}", package.root));
    }
    if package.has_group_entities {
        let groups = package.groups.iter();
        told.extend(groups.map(|it| format!("group {} {:?}", it.name, it.label)));
        told.push(format!("{} groups", package.groups.len()));
    }
    told.push(match package.account() {
        Err(error) => error.to_string(),
        Ok(it) if it.has_client_secret => format!("account with a secret {:?}", it.attributes),
        Ok(it) => format!("account {:?}", it.attributes),
    });
    told
}

#[test]
fn packages_are_read_as_the_table_says() {
    crate::text::table::check("packages", told);
}

/// A text of another entity that is longer than any buffer.
#[test]
fn what_is_long_is_passed_over() {
    let script = format!("<js data='{}&#10;'/>", "x".repeat(200_000));
    let text = EXAMPLE.replacen(
        "<entities",
        &format!("<entities>{script}</entities><entities"),
        1,
    );
    let [with, without] = [&text, EXAMPLE].map(|text| read(text.as_bytes()).unwrap().accounts);
    assert_eq!(with[0].attributes, without[0].attributes);
}

#[test]
fn real_exports() {
    let corpus = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if !corpus.is_dir() {
        println!("skipped: there is no {}", corpus.display());
        return;
    }
    let open = |name| read(std::fs::File::open(corpus.join(name)).unwrap()).unwrap();
    let package = open("export-v8-workflow.xml");
    assert_eq!(
        (
            &*package.root["buildNumber"],
            &*package.root["buildVersion"]
        ),
        ("9336", "8.1")
    );
    let error = open("extaccount-record.xml")
        .account()
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("`defaultEmailBulk` (line 1, column 1)"),
        "{error}"
    );
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(prop::sample::select(b"<>/!-[]CDATA?xml &;#\"'= ap\n\xc3\xa9".to_vec()), 0..60)) {
        let whole = read(&bytes[..]);
        let bitwise = read(BufReader::new(Dripping(&bytes)));
        prop_assert_eq!(whole.map_err(|it| it.to_string()), bitwise.map_err(|it| it.to_string()));
    }

    #[test]
    fn a_mutated_package_is_read_or_refused(at in 0..EXAMPLE.len(), byte in any::<u8>(), cut in 0..EXAMPLE.len()) {
        let mut bytes = EXAMPLE.as_bytes().to_vec();
        bytes[at] = byte;
        let _ = read(&bytes[..]);
        prop_assert!(read(&EXAMPLE.as_bytes()[..cut.min(EXAMPLE.len() - 2)]).is_err());
    }
}

#[test]
fn encodings_of_one_byte_are_read_where_they_are_declared() {
    let first = |encoding: &str, byte: u8| {
        let head = format!(
            "<?xml version=\"1.0\" encoding='{encoding}' ?><extAccount imsOrgId=\"x\" name=\""
        );
        let mut bytes = head.into_bytes();
        bytes.extend([byte; 70_000]);
        bytes.extend(b"\"/>");
        let package = read(bytes.as_slice()).unwrap();
        let name = package.account().unwrap().name().to_owned();
        assert_eq!(name.chars().count(), 70_000);
        name.chars().next().unwrap()
    };
    assert_eq!(first("ISO-8859-1", 0xe9), 'é');
    assert_eq!(first("iso-8859-1", 0x96), '–');
    assert_eq!(first("windows-1252", 0x80), '€');
    assert_eq!(first("Windows-1252", 0xff), 'ÿ');
    // A byte order mark says more than the declaration.
    let text =
        "\u{feff}<?xml version='1.0' encoding='ISO-8859-1'?><extAccount imsOrgId='x' name='é'/>";
    let package = read(text.as_bytes()).unwrap();
    assert_eq!(package.account().unwrap().name(), "é");
}
