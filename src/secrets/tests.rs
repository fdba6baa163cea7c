use super::{assigned::assigned, *};
use crate::text::table;

fn in_manifest(text: &str) -> Secrets {
    find(text, crate::yaml::parse(text).0.as_ref())
}

/// What is found in a text that is read in some way, and what of it is hidden.
fn told(input: &str) -> Vec<String> {
    let (way, text): (String, String) = serde_json::from_str(input).unwrap();
    let secrets = match &*way {
        "text" => in_text(&text),
        "manifest" => in_manifest(&text),
        "broken" => find(&text, None),
        way => {
            let hidden = match way {
                "url" => in_url(&text).into_iter().collect(),
                _ => assigned(&text, false).into_iter().collect(),
            };
            Secrets {
                hidden,
                ..Secrets::default()
            }
        }
    };
    let found = secrets.found.into_iter().map(|it| ("found", it.range));
    let hidden = secrets.hidden.into_iter().map(|range| ("hidden", range));
    let parts = found.chain(hidden).filter(|(_, range)| !range.is_empty());
    parts
        .map(|(what, range)| format!("{what} {:?}", &text[range]))
        .collect()
}

#[test]
fn secrets_are_found_as_the_table_says() {
    table::check("secrets", told);
}

#[test]
fn long_user_information_is_hidden_whole() {
    let long = format!("me:{}", "x".repeat(5_000));
    let url = format!("https://{long}@host");
    assert_eq!(in_text(&url).hidden.first(), Some(&(8..8 + long.len())));
}

#[test]
fn a_byte_that_is_no_utf_8_ends_no_user_information() {
    let text = b"url: https://me:pa\xE9ss@host\n".to_vec();
    let text = crate::yaml::decode(text).unwrap_err().text;
    assert_eq!(find(&text, None).hidden.first(), Some(&(13..21)));
}

#[test]
fn keys_that_sound_like_secrets_are_known() {
    let long = format!("{}-secret", "long".repeat(50));
    for name in "client_secret client-secret clientSecret client_secert cilent_secrte client_scret my_password API-Key passphrase token refresh_token accessKey creds pw Kennwort"
        .split(' ')
        .chain([&*long])
    {
        assert!(sounds_like_secret(name), "{name}");
    }
    for name in "client_id callback_server context create content central scope type label url name id hosting".split(' ') {
        assert!(!sounds_like_secret(name), "{name}");
    }
    assert!(may_show_key("env") && may_show_key("enw") && may_show_key("File"));
    assert!(!may_show_key("hunter22") && !may_show_key(""));
}

#[test]
fn masked_texts_stay_masked() {
    for (text, shown) in [
        ("p8e-AbCd1234efGH5678", "********************"),
        ("see https://me:pw@host", "see https://*****@host"),
    ] {
        assert_eq!((&*mask(text), &*mask(shown)), (shown, shown));
    }
}

/// The worst inputs that are known; each was once a search of the text for each of its parts. `benches/growth.rs` measures the time.
#[test]
fn texts_full_of_leads_are_searched() {
    const LEADS: &str = include_str!("../../tests/tables/leads.json");
    let leads: Vec<String> = serde_json::from_str(LEADS).unwrap();
    assert!(leads.len() >= 15);
    for part in &leads {
        let text = part.repeat((1 << 14) / part.len());
        let hidden = find(&text, None).hidden;
        assigned(&text, false);
        mask(&text);
        let quoted = format!("a: '{text}'");
        let mut document = crate::yaml::parse(&quoted).0.unwrap_or_default();
        document.hide(&quoted, &in_manifest(&quoted).hidden);
        assert!(hidden.is_sorted_by_key(|range| range.start));
    }
}
