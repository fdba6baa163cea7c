use super::{assigned::assigned, *};

fn parts(text: &str, ranges: impl IntoIterator<Item = Range<usize>>) -> Vec<&str> {
    ranges.into_iter().map(|range| &text[range]).collect()
}

fn shapes_of(text: &str) -> Vec<&str> {
    parts(text, in_text(text).found.into_iter().map(|it| it.range))
}

fn in_manifest(text: &str) -> Secrets {
    let (document, _) = crate::yaml::parse(text);
    find(text, document.as_ref())
}

#[test]
fn known_shapes_are_found() {
    let token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln";
    let key = "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----";
    for (text, found) in [
        ("x p8e-AbCd1234efGH5678 y", "p8e-AbCd1234efGH5678"),
        ("xp8e-p8e-AbCd1234efGH5678", "p8e-AbCd1234efGH5678"),
        ("'@57QS5VHMb9BCsojLVrKI/Q=='", "@57QS5VHMb9BCsojLVrKI/Q=="),
        (token, token),
        (&format!("# {key} tail"), key),
        (
            "-----BEGIN PRIVATE KEY-----\nMIIE",
            "-----BEGIN PRIVATE KEY-----\nMIIE",
        ),
    ] {
        assert_eq!(shapes_of(text), [found], "{text}");
    }
    for text in [
        "0A1B2C3D4E5F60718293A4B5@AdobeOrg",
        "someone@campaign",
        "p8e-short",
        "mp8e-AbCd1234efGH5678",
        "-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----",
        "eyJhbGciOiJ.x",
        "@57QS5VHMb9BCsojLVrKI/Q=",
    ] {
        assert_eq!(shapes_of(text), [""; 0], "{text}");
    }
}

#[test]
fn user_information_ends_at_the_last_at_of_the_authority() {
    let long = "x".repeat(5000);
    for (text, hidden) in [
        ("see https://me:pw@host/x@y and http://host/", "me:pw"),
        ("https://me:a@b'\"c@host", "me:a@b'\"c"),
        (&format!("https://me:{long}@host"), &format!("me:{long}")),
        ("https://experience.adobe.com/#/@contoso/campaign", ""),
        ("https://campaign.contoso.com?a=b:c@d", ""),
        ("ssh://git@contoso.com", ""),
    ] {
        let found = parts(text, in_text(text).hidden);
        assert_eq!(found.concat(), hidden, "{text}");
    }
    for (url, hidden) in [
        ("https://token@host", Some("token")),
        ("https://experience.adobe.com/#/@contoso/campaign", None),
        ("https:/me:pw@host", Some("https:/me:pw")),
        ("https://me:p w@host", Some("me:p w")),
        ("me:pw@host", Some("me:pw")),
    ] {
        assert_eq!(in_url(url).map(|range| &url[range]), hidden, "{url}");
    }
}

#[test]
fn literals_after_names_of_secrets_are_told_from_words() {
    for (text, found) in [
        ("# client_secret: hunter2", "hunter2"),
        ("# client_secret: \"two words\"", "two words"),
        ("# clientSecret=letmein # old", "letmein"),
        ("# Campaign1, secret: 8c1f2d3e-4b5a", "8c1f2d3e-4b5a"),
        ("# the old password hunter2", "hunter2"),
        ("client_secret hunter", "hunter"),
        ("# passwd: 'x y'", "x y"),
    ] {
        let found_here = parts(text, assigned(text, false));
        let expected = if found.len() < 4 { vec![] } else { vec![found] };
        assert_eq!(found_here, expected, "{text}");
    }
    for text in [
        "no password: sign in with an Adobe ID",
        "# client_secret: { env: IMS_CLIENT_SECRET }",
        "# client_secret: $IMS_CLIENT_SECRET",
        "# client_secret: IMS_CLIENT_SECRET",
        "# secret handling, password required",
        "# password: none",
        "# campaign-ims: ignore[secret-in-manifest]",
        "# the secret is in the vault",
        "# client_secret:",
    ] {
        assert_eq!(parts(text, assigned(text, false)), [""; 0], "{text}");
    }
}

#[test]
fn a_label_may_speak_of_secrets() {
    let hidden = |label: &str| {
        let text = format!("groups: {{ keepers: {{ label: '{label}' }} }}");
        parts(&text, in_manifest(&text).hidden).join(" ").to_owned()
    };
    for label in ["Secret: Operators", "No password: sign in with an Adobe ID"] {
        assert_eq!(hidden(label), "", "{label}");
    }
    assert_eq!(hidden("password: hunter22"), "hunter22");
    assert_eq!(hidden("client_secret: swordfish"), "swordfish");
}

#[test]
fn a_literal_in_a_comment_is_found() {
    let text = "a: b # secret: 8c1f2d3e-4b5a\n";
    let secrets = in_manifest(text);
    assert_eq!(secrets.found.len(), 1);
    assert_eq!(parts(text, secrets.hidden), ["8c1f2d3e-4b5a"]);
}

#[test]
fn what_escapes_and_line_breaks_hide_is_found() {
    for text in [
        "a: \"p8e\\x2dAbCd1234efGH5678\"",
        "a: \"p8e-AbCd\\\n  1234efGH5678\"",
        "\"p8e\\x2dAbCd1234efGH5678\": a",
    ] {
        assert_eq!(in_manifest(text).found.len(), 1, "{text}");
    }
    assert!(
        !in_manifest("callback_server: \"https:/\\x2fme:pw@host\"")
            .hidden
            .is_empty()
    );
}

#[test]
fn more_is_hidden_where_nothing_parses() {
    for (text, hidden) in [
        (
            "client_secert: one\nclient_secret two\nclient_id: C1\n",
            &["one", "two"][..],
        ),
        (
            "x: &a three\ny: { env: fo-ur }\nz: { env: NAME }\n",
            &["three", "fo-ur }"],
        ),
        (
            "client_secret: |\n    one\n    two\nb: {\n",
            &["|", "    one", "    two"],
        ),
        (
            "client_secret:\n  env: no-name\n  x: y\nz: 1\n",
            &["  env: no-name", "  x: y"],
        ),
        ("client_secret: { env: NAME } # password: x\n", &["x"]),
        ("url: https://token@host\n", &["token"]),
        ("client_secret:\n  env: NAME\nz: 1\na & b: c\n", &[]),
    ] {
        let mut found = parts(text, find(text, None).hidden);
        found.retain(|part| !part.is_empty());
        assert_eq!(found, hidden, "{text}");
    }
}

#[test]
fn keys_that_sound_like_secrets_are_known() {
    let long = format!("{}-secret", "long".repeat(50));
    for name in "client_secret client-secret clientSecret client_secert cilent_secrte client_scret my_password API-Key"
        .split(' ')
        .chain([&*long])
    {
        assert!(sounds_like_secret(name), "{name}");
    }
    for name in "client_id callback_server context create content central".split(' ') {
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

#[test]
fn fields_of_a_group_that_is_named_like_a_secret_are_none() {
    let text =
        "groups:\n  secret-keepers: { label: Keepers, other: hunter22 }\n  password: hunter22\n";
    assert_eq!(parts(text, in_manifest(text).hidden), ["hunter22"; 2]);
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
