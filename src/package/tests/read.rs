//! What a package may look like, and what is taken from it.

use std::io::BufReader;

use proptest::prelude::*;

use super::super::{ReadPackage, import, read};
use super::{EXAMPLE, refused::Dripping};

fn read_text(text: &str) -> ReadPackage {
    let whole = read(text.as_bytes()).unwrap_or_else(|error| panic!("{error}: {text}"));
    // Wherever the buffer ends, the outcome is the same.
    let bitwise = read(BufReader::new(Dripping(text.as_bytes()))).unwrap();
    assert_eq!(whole, bitwise);
    whole
}

fn accounts(inner: &str) -> String {
    format!(r#"<package><entities schema="nms:extAccount">{inner}</entities></package>"#)
}

const ACCOUNT: &str = r#"<extAccount name="Adobe_Experience_Cloud" tenant="t"/>"#;

#[test]
fn takes_every_form_of_export() {
    let package = accounts(ACCOUNT);
    let inside = package.trim_start_matches("<package>");
    for text in [
        format!("\u{feff}<?xml version='1.0'?>\r\n{package}\r\n"),
        format!(
            "<?xml version=\"1.0\" encoding='utf-8' standalone=\"yes\" ?><!-- a --><?pi?>{package}<!-- b -->\n"
        ),
        accounts(&ACCOUNT.replace('"', "'")),
        accounts(&format!("<![CDATA[ ]] > <x> ]]>{ACCOUNT}")),
        format!("<package><desc>a &amp; &#65; <b/></desc><version>1</version>{inside}"),
        format!("<pkgDesc>{package}</pkgDesc>"),
        format!("<builder><pkgDesc>{package}</pkgDesc></builder>"),
        format!(
            "<S:Envelope xmlns:S='x'><S:Body><InstallPackage xmlns='urn:xtk:builder'><parameters>{}</parameters></InstallPackage></S:Body></S:Envelope>",
            package
                .replace("</", "</n:")
                .replace("<p", "<n:p")
                .replace("<ent", "<n:ent")
        ),
        ACCOUNT.to_owned(),
        format!(
            "\n  {}",
            ACCOUNT.replace("/>", "><params name='x'/></extAccount>")
        ),
        ACCOUNT.replace("extAccount ", "deliveryProvider imsOrgId='' clientId='' "),
        format!("<extAccount-collection>{ACCOUNT}</extAccount-collection>"),
        // Other entities and nested names are passed over, long ones too.
        format!(
            "<package><entities schema='xtk:js'>{package}<js data='{}&#10;'/></entities>{inside}",
            "x".repeat(200_000)
        ),
        accounts(&ACCOUNT.replace(
            "/>",
            "><extAccount name='Adobe_Marketing_Cloud'/></extAccount>",
        )),
    ] {
        let package = read_text(&text);
        let account = package
            .account()
            .unwrap_or_else(|error| panic!("{error}: {text}"));
        assert_eq!(account.get("tenant"), Some("t"), "{text}");
        assert_eq!(
            (package.accounts.len(), package.has_group_entities),
            (1, false)
        );
    }
}

#[test]
fn absent_is_not_empty_and_values_are_normalised() {
    let package = read_text(&accounts(
        "<extAccount xsi:type='x' name='Adobe_Marketing_Cloud' tenant='' clientSecret='@x' imsServer='&lt;&#x41;&#66;&#9;&#10;&#13;&quot;&apos;\"\t|\r\n|\r|\n|&amp;amp;\u{85}\u{2028}'/>",
    ));
    let account = package.account().unwrap();
    assert_eq!(account.get("tenant"), Some(""));
    assert_eq!((account.get("type"), account.get("label")), (None, None));
    assert!(account.has_client_secret && !format!("{package:?}").contains("@x"));
    let value = "<AB\t\n\r\"'\" | | | |&amp;\u{85}\u{2028}";
    assert_eq!(account.get("imsServer"), Some(value));
}

#[test]
fn groups_are_kept_by_name() {
    let package = read_text(
        r#"<package><entities schema="xtk:group"><group name="a"/><group label="x"/><group name="b" label=""><right name="c"/></group></entities></package>"#,
    );
    let groups: Vec<_> = package
        .groups
        .iter()
        .map(|it| (&*it.name, it.label.as_deref()))
        .collect();
    assert_eq!(groups, [("a", None), ("b", Some(""))]);
    assert!(read_text(r#"<package><entities schema="xtk:group"/></package>"#).has_group_entities);
}

#[test]
fn says_which_account_it_is() {
    let ims = r#"<extAccount name="mine" imsOrgId="x"/>"#;
    let other = "<extAccount name='other\u{202e}'/><extAccount/>";
    let both = format!("{ACCOUNT}{}", ACCOUNT.replace("Experience", "Marketing"));
    for (inner, expected) in [
        (format!("{other}{ims}"), "mine"),
        // A name of the IMS account counts more.
        (format!("{ims}{ACCOUNT}{other}"), "Adobe_Experience_Cloud"),
        (String::new(), "the package holds no external account"),
        (
            other.to_owned(),
            "IMS account: `otherU+202E` (line 1, column 44), one without a name (line 1, column 71);",
        ),
        (
            format!("{ims}\n{ims}"),
            "be the IMS account: `mine` (line 1, column 44), `mine` (line 2, column 1);",
        ),
        (both, "more than one external account"),
        (other.repeat(9), "and others"),
    ] {
        let package = read_text(&accounts(&inner));
        let said = match package.account() {
            Ok(account) => account.name().to_owned(),
            Err(error) => error.to_string(),
        };
        assert!(said.contains(expected), "{said}");
    }
}

#[test]
fn a_console_export_becomes_a_manifest() {
    let package = read_text(
        r#"<package buildNumber="9349" buildVersion="6.7">
          <entities schema="xtk:group"><group name="admin" label="Administrator"/><group name="reviewers" label="Reviewers"/>
          <group name="eu"  label="eu"/></entities>
          <entities schema="nms:extAccount"><extAccount active="1" callbackServer="https://campaign.contoso.com"
          clientId="Campaign1" clientSecret="@57QS5VHMb9BCsojLVrKI/Q==" imsOrgId="0A1B2C3D4E5F60718293A4B5@AdobeOrg"
          imsRightsMask="Campaign #1: (.*)" imsServer="https://ims-na1.adobelogin.com" label="a&#x202e;&#x85;&#9;&quot;&#xe0041;##[x]"
          name="Adobe_Marketing_Cloud" server="https://me:pw@marketing.adobe.com" type="22" userScope="openid,AdobeID,session"/>
          </entities></package>"#,
    );
    let imported = import::manifest(&package, package.account().unwrap());
    insta::assert_snapshot!(imported.text, @r#"
# yaml-language-server: $schema=./ims-manifest.schema.json
# Imported from a Campaign package. What a package cannot know says CHANGE-ME. `campaign-ims schema >
# ims-manifest.schema.json` writes the schema that the line above names, for your editor.
version: 1

organization:
  name: CHANGE-ME # the organization's name, for people
  id: 0A1B2C3D4E5F60718293A4B5@AdobeOrg
  tenant: CHANGE-ME # the TENANT of https://TENANT.experiencecloud.adobe.com

instance:
  name: CHANGE-ME # as in `nlserver package -instance:NAME`
  url: CHANGE-ME # the URL that operators reach the instance at
  hosting: CHANGE-ME # on-premise or hybrid; where Adobe hosts, Adobe sets IMS up
  build: { version: '6.7', number: 9349 }

external_account:
  name: Adobe_Marketing_Cloud
  label: "a\u202E\x85\t\"\U000E0041#\x23[x]"
  # type: 22 # the instance's own number; only an account that does not exist yet needs it
  ims_server: https://ims-na1.adobelogin.com
  scope: [openid, AdobeID, session]
  client_id: Campaign1
  # Where the secret is found. Never write the secret itself.
  # client_secret: { env: IMS_CLIENT_SECRET }
  callback_server: https://campaign.contoso.com
  association_mask: 'Campaign #1: (.*)'
  product_context: ''
  experience_cloud_server: CHANGE-ME # what the package has here holds a secret, or looks like one, so it was not copied

# Operator groups by internal name. Each needs the product profile that the mask and its name make together.
groups:
  admin: {}
  reviewers:
    label: Reviewers
    create: false
  eu:
    create: false
"#);
    assert_eq!((imported.open, imported.notes.len()), (6, 1));
    assert!(imported.notes[0].contains("client secret"));
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
    let read = |encoding: &str, byte: u8| {
        let head = format!(
            "<?xml version=\"1.0\" encoding='{encoding}' ?><extAccount imsOrgId=\"x\" name=\""
        );
        let mut bytes = head.into_bytes();
        bytes.extend([byte; 70_000]);
        bytes.extend(b"\"/>");
        let package = super::super::read(bytes.as_slice()).unwrap();
        let name = package.account().unwrap().name().to_owned();
        assert_eq!(name.chars().count(), 70_000);
        name.chars().next().unwrap()
    };
    assert_eq!(read("ISO-8859-1", 0xe9), 'é');
    assert_eq!(read("iso-8859-1", 0x96), '–');
    assert_eq!(read("windows-1252", 0x80), '€');
    assert_eq!(read("Windows-1252", 0xff), 'ÿ');
    // A byte order mark says more than the declaration.
    let text =
        "\u{feff}<?xml version='1.0' encoding='ISO-8859-1'?><extAccount imsOrgId='x' name='é'/>";
    let package = super::super::read(text.as_bytes()).unwrap();
    assert_eq!(package.account().unwrap().name(), "é");
}
