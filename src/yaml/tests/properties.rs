use proptest::prelude::*;
use serde_json::Value as Json;

use super::{check_ranges, document, reads, soup};
use crate::yaml::{scalar, to_json};

proptest! {
    #[test]
    fn no_text_breaks_the_reader(text in "\\PC{0,60}") {
        check_ranges(&text);
    }

    #[test]
    fn no_bytes_break_the_decoder(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        if let Err(undecoded) = crate::yaml::decode(bytes) {
            let shown = undecoded.text.get(undecoded.problem.range.clone());
            prop_assert!(shown.is_some_and(|shown| shown.bytes().all(|byte| byte == b'~')));
        }
    }

    #[test]
    fn no_soup_breaks_the_reader(text in soup::yaml()) {
        check_ranges(&text);
    }

    #[test]
    fn a_scalar_reads_back_wherever_it_stands(said in soup::text()) {
        let written = scalar(&said);
        for text in [
            written.clone(),
            format!("a: {written}\nb: c\n"),
            format!("a:\n  - {written} # c\n"),
            format!("[a, {written}, b]"),
            format!("{{a: {written}}}"),
            format!("{{{written}: a}}"),
            format!("{written}: a\n"),
        ] {
            let found = reads(&text);
            let as_key = format!("{{{said}: \"a\"}}");
            prop_assert!(found.contains(&format!("{said:?}")) || found == as_key, "{:?} reads {}", text, found);
        }
        // A reader of YAML 1.1's schema takes it for a string, too.
        let other: Result<serde_yaml::Value, _> = serde_yaml::from_str(&written);
        if !said.contains(['\u{feff}', '\u{85}', '\u{2028}']) {
            prop_assert_eq!(other.unwrap(), serde_yaml::Value::String(said));
        }
    }

    #[test]
    fn another_writer_is_read(value in json(), flow in any::<bool>()) {
        let text = if flow { value.to_string() } else { serde_yaml::to_string(&value).unwrap() };
        prop_assert_eq!(&value, &to_json(document(&text).root().unwrap()), "{}", text);
    }
}

fn json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        "[a-z0-9 .:#'\"-]{0,8}".prop_map(Json::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(Json::from),
            prop::collection::btree_map("[a-z]{1,4}", inner, 1..4)
                .prop_map(|map| map.into_iter().collect()),
        ]
    })
}
