use std::io::{BufRead, BufReader, Cursor, Read};

use proptest::prelude::*;

use super::super::fixtures::EXAMPLE;
use super::super::{AccountError, Attribute, Problem, ReadError};
use super::{ReadPackage, read};

fn read_text(text: &str) -> ReadPackage {
    let whole = read(text.as_bytes()).unwrap_or_else(|error| panic!("{error}: {text}"));
    // Wherever the buffer ends, the outcome is the same.
    let bitwise = read(BufReader::new(Dripping(text.as_bytes()))).unwrap();
    assert_eq!(whole, bitwise);
    whole
}

/// A source that hands out one byte at a time.
struct Dripping<'a>(&'a [u8]);

impl Read for Dripping<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = buffer.len().min(1);
        self.0.read(&mut buffer[..length])
    }
}

fn problem(bytes: impl AsRef<[u8]>) -> (Problem, u64, u64, u64) {
    let bytes = bytes.as_ref();
    let whole = read(bytes).unwrap_err();
    let bitwise = read(BufReader::new(Dripping(bytes))).unwrap_err();
    assert_eq!(whole.to_string(), bitwise.to_string());
    match whole {
        ReadError::Refused { place, problem } => (problem, place.line, place.column, place.offset),
        ReadError::Io(error) => panic!("{error}"),
    }
}

const ACCOUNT: &str = r#"<extAccount name="Adobe_Experience_Cloud" tenant="t"/>"#;

fn accounts(inner: &str) -> String {
    format!(r#"<package><entities schema="nms:extAccount">{inner}</entities></package>"#)
}

#[test]
fn reads_the_contracts_example() {
    let package = read_text(EXAMPLE);
    assert_eq!(package.build_number.as_deref(), Some("9394"));
    assert_eq!(package.build_version.as_deref(), Some("6.7"));
    assert_eq!(
        package.label.as_deref(),
        Some("IMS configuration of contoso-prod")
    );
    assert_eq!(package.name.as_deref(), Some("ims-contoso-prod"));
    assert_eq!(package.namespace.as_deref(), Some("cus"));
    assert!(package.has_group_entities);
    assert_eq!(package.groups.len(), 1);
    assert_eq!(package.groups[0].name, "reviewers");
    assert_eq!(package.groups[0].label.as_deref(), Some("Reviewers"));
    let account = package.account().unwrap();
    assert_eq!((account.place.line, account.place.column), (7, 5));
    assert!(!account.has_client_secret);
    assert_eq!(account.get(Attribute::Type), None);
    assert_eq!(
        account.get(Attribute::ImsRightsMask),
        Some("Campaign - contoso - (.*)")
    );
    assert_eq!(
        account.get(Attribute::UserScope),
        Some("openid,AdobeID,session")
    );
}

#[test]
fn takes_every_form_of_export() {
    for text in [
        format!("\u{feff}<?xml version='1.0'?>\r\n{}\r\n", accounts(ACCOUNT)),
        format!(
            "<?xml version=\"1.0\" encoding='utf-8' standalone=\"yes\" ?><!-- a --><?pi?>{}<!-- b -->\n",
            accounts(ACCOUNT)
        ),
        accounts(&ACCOUNT.replace('"', "'")),
        accounts(&format!("<![CDATA[ ]] > <x> ]]>{ACCOUNT}")),
        format!(
            "<package><desc>a &amp; <b/></desc><version>1</version>{}</package>",
            &accounts(ACCOUNT)[9..accounts(ACCOUNT).len() - 10]
        ),
        format!("<pkgDesc>{}</pkgDesc>", accounts(ACCOUNT)),
        format!(
            "<builder><pkgDesc>{}</pkgDesc></builder>",
            accounts(ACCOUNT)
        ),
        format!(
            "<SOAP-ENV:Envelope xmlns:SOAP-ENV='x'><SOAP-ENV:Body><InstallPackage xmlns='urn:xtk:builder'><parameters>{}</parameters></InstallPackage></SOAP-ENV:Body></SOAP-ENV:Envelope>",
            accounts(ACCOUNT)
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
    ] {
        let package = read_text(&text);
        let account = package
            .account()
            .unwrap_or_else(|error| panic!("{error}: {text}"));
        assert_eq!(account.get(Attribute::Tenant), Some("t"), "{text}");
        assert_eq!(package.accounts.len(), 1);
    }
}

#[test]
fn other_entities_and_nested_names_are_passed_over() {
    let text = format!(
        r#"<package><entities schema="xtk:javascript"><package><entities schema="nms:extAccount">{ACCOUNT}</entities></package>
        <extAccount name="Adobe_Experience_Cloud"/></entities><entities schema="nms:extAccount">
        {}</entities></package>"#,
        ACCOUNT.replace(
            "/>",
            r#"><extAccount name="Adobe_Marketing_Cloud"/></extAccount>"#
        )
    );
    let package = read_text(&text);
    assert_eq!(package.accounts.len(), 1);
    assert!(!package.has_group_entities);
}

#[test]
fn absent_is_not_empty() {
    let package = read_text(&accounts(
        r#"<extAccount xsi:type="x" name="Adobe_Marketing_Cloud" tenant="" clientSecret="@x"/>"#,
    ));
    let account = package.account().unwrap();
    assert_eq!(account.get(Attribute::Tenant), Some(""));
    assert_eq!(account.get(Attribute::Type), None);
    assert_eq!(account.get(Attribute::Label), None);
    assert!(account.has_client_secret);
    assert!(!format!("{package:?}").contains("@x"));
}

#[test]
fn groups() {
    let package = read_text(
        r#"<package><entities schema="xtk:group"><group name="a"/><group label="x"/><group name="b" label=""><right name="c"/></group></entities></package>"#,
    );
    let groups: Vec<_> = package
        .groups
        .iter()
        .map(|it| (it.name.as_str(), it.label.as_deref()))
        .collect();
    assert_eq!(groups, [("a", None), ("b", Some(""))]);
    assert!(read_text(r#"<package><entities schema="xtk:group"/></package>"#).has_group_entities);
    assert_eq!(package.account(), Err(AccountError::NoAccount));
}

#[test]
fn values_are_normalised() {
    let package = read_text(&accounts(
        "<extAccount name='Adobe_Marketing_Cloud' label='&lt;&#x41;&#66;&#9;&#10;&#13;&quot;&apos;\"\t|\r\n|\r|\n|&amp;amp;\u{85}\u{2028}'/>",
    ));
    assert_eq!(
        package.account().unwrap().get(Attribute::Label),
        Some("<AB\t\n\r\"'\" | | | |&amp;\u{85}\u{2028}")
    );
}

#[test]
fn says_which_account_it_is() {
    let ims = r#"<extAccount name="mine" imsOrgId="x"/>"#;
    let other = "<extAccount name='other\u{202e}'/><extAccount/>";
    assert_eq!(
        read_text(&accounts(&format!("{other}{ims}")))
            .account()
            .unwrap()
            .name(),
        "mine"
    );
    // A name of the IMS account counts more.
    let package = read_text(&accounts(&format!("{ims}{ACCOUNT}{other}")));
    assert_eq!(package.account().unwrap().name(), "Adobe_Experience_Cloud");
    assert_eq!(package.other_accounts.len(), 3);

    let error = read_text(&accounts(other))
        .account()
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("`otherU+202E` (line 1, column 44), one without a name (line 1, column 71)"),
        "{error}"
    );
    let error = read_text(&accounts(&format!("{ims}\n{ims}")))
        .account()
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("`mine` (line 1, column 44), `mine` (line 2, column 1)"),
        "{error}"
    );
    let both = format!("{ACCOUNT}{}", ACCOUNT.replace("Experience", "Marketing"));
    let error = read_text(&accounts(&both)).account().unwrap_err();
    assert!(matches!(error, AccountError::Several { .. }));
}

#[test]
fn refusals_have_places() {
    let syntax = |it: &Problem| matches!(it, Problem::Syntax(_));
    let is = |wanted: Problem| move |it: &Problem| *it == wanted;
    let truncated = |it: &Problem| matches!(it, Problem::Truncated { .. });
    type Check = Box<dyn Fn(&Problem) -> bool>;
    type Case = (&'static [u8], Check, (u64, u64, u64));
    let cases: Vec<Case> = vec![
        (b"", Box::new(is(Problem::Empty)), (1, 1, 0)),
        (b"\xef\xbb\xbf", Box::new(is(Problem::Empty)), (1, 1, 3)),
        (b" \n ", Box::new(is(Problem::Empty)), (2, 2, 3)),
        (b"PK\x03\x04", Box::new(is(Problem::NotXml)), (1, 1, 0)),
        (
            b"\xef\xbb\xbf version: 1",
            Box::new(is(Problem::NotXml)),
            (1, 2, 4),
        ),
        (b"&amp;<package/>", Box::new(is(Problem::NotXml)), (1, 1, 0)),
        (
            b"<package/>\n \nx",
            Box::new(is(Problem::AfterRoot)),
            (3, 1, 13),
        ),
        (
            b"<package/><package/>",
            Box::new(is(Problem::AfterRoot)),
            (1, 11, 10),
        ),
        (
            b"\n <html></html>",
            Box::new(is(Problem::NotAPackage {
                root: "<html>".into(),
            })),
            (2, 2, 2),
        ),
        (b"<package>\n<a>x", Box::new(truncated), (2, 5, 14)),
        (b"<package name='x", Box::new(truncated), (1, 17, 16)),
        (b"<package><!-- ", Box::new(truncated), (1, 15, 14)),
        (b"<package><![CDATA[ ]]", Box::new(truncated), (1, 22, 21)),
        (b"<package><![CDAT", Box::new(syntax), (1, 10, 9)),
        (b"<?xml version='1.0'", Box::new(truncated), (1, 20, 19)),
        (b"<", Box::new(truncated), (1, 2, 1)),
        (b"<package>&am", Box::new(truncated), (1, 13, 12)),
        (
            "<package>é\u{1F600}&x;</package>".as_bytes(),
            Box::new(is(Problem::Entity)),
            (1, 12, 15),
        ),
        (
            b"<package name='&x;'/>",
            Box::new(is(Problem::Entity)),
            (1, 16, 15),
        ),
        (
            b"<package>&thisentityhasaverylongnamereallyitdoes;",
            Box::new(is(Problem::Entity)),
            (1, 10, 9),
        ),
        (
            b"<package>a & b",
            Box::new(is(Problem::Ampersand)),
            (1, 12, 11),
        ),
        (b"<package>&;", Box::new(is(Problem::Ampersand)), (1, 10, 9)),
        (
            b"<package>&#0;",
            Box::new(is(Problem::CharacterReference)),
            (1, 10, 9),
        ),
        (
            b"<package>&#xD800;",
            Box::new(is(Problem::CharacterReference)),
            (1, 10, 9),
        ),
        (
            b"<package>&#+65;",
            Box::new(is(Problem::CharacterReference)),
            (1, 10, 9),
        ),
        (
            b"<package>&#;",
            Box::new(is(Problem::CharacterReference)),
            (1, 10, 9),
        ),
        (
            b"<!DOCTYPE package [<!ENTITY a 'b'>]>",
            Box::new(is(Problem::Dtd)),
            (1, 1, 0),
        ),
        (
            b"<?xml version='1.0'?>\n<!doctype x>",
            Box::new(is(Problem::Dtd)),
            (2, 1, 22),
        ),
        (b"<package><!ENTITY a 'b'>", Box::new(syntax), (1, 10, 9)),
        (b"<![CDATA[x]]>", Box::new(syntax), (1, 1, 0)),
        (
            b"<?xml version='1.0' encoding='ISO-8859-1'?><package/>",
            Box::new(is(Problem::Encoding {
                name: "ISO-8859-1".into(),
            })),
            (1, 1, 0),
        ),
        (
            b"<?xml version='1.1'?><package/>",
            Box::new(is(Problem::XmlVersion)),
            (1, 1, 0),
        ),
        (
            b"<?xml?><package/>",
            Box::new(is(Problem::XmlVersion)),
            (1, 1, 0),
        ),
        (
            b"\n<?xml version='1.0'?><package/>",
            Box::new(is(Problem::LateDeclaration)),
            (2, 1, 1),
        ),
        (
            b"<?xml version='1.0' encodin='x'?><package/>",
            Box::new(syntax),
            (1, 3, 2),
        ),
        (b"<? x?><package/>", Box::new(syntax), (1, 1, 0)),
        (b"<?\xc3\xa9\"?><package/>", Box::new(syntax), (1, 1, 0)),
        (b"\xff\xfe<\0", Box::new(is(Problem::Utf16)), (1, 1, 0)),
        (b"\xfe\xff\0<", Box::new(is(Problem::Utf16)), (1, 1, 0)),
        (b"<\0p\0", Box::new(is(Problem::Utf16)), (1, 1, 0)),
        (
            b"<package name='\xc3\xa9\xe9'/>",
            Box::new(is(Problem::Utf8)),
            (1, 17, 17),
        ),
        (b"<package>\xc3", Box::new(is(Problem::Utf8)), (1, 10, 9)),
        (
            b"<package>\xed\xa0\x80",
            Box::new(is(Problem::Utf8)),
            (1, 10, 9),
        ),
        (
            b"<package>\x1b[0m",
            Box::new(is(Problem::Character(0x1b))),
            (1, 10, 9),
        ),
        (
            b"<package>\xef\xbf\xbf",
            Box::new(is(Problem::Character(0xffff))),
            (1, 10, 9),
        ),
        // A fault is reported only once nothing is wrong before it.
        (
            b"<package></x>\x00",
            Box::new(|it| matches!(it, Problem::MismatchedEnd { .. })),
            (1, 10, 9),
        ),
        (b"</package>", Box::new(syntax), (1, 1, 0)),
        (b"<package a='1'b='2'/>", Box::new(syntax), (1, 15, 14)),
        (b"<package a=1/>", Box::new(syntax), (1, 12, 11)),
        (b"<package a/>", Box::new(syntax), (1, 11, 10)),
        (b"<package a='<'/>", Box::new(syntax), (1, 13, 12)),
        (b"<package <a/>", Box::new(syntax), (1, 10, 9)),
        (b"<package 1='a'/>", Box::new(syntax), (1, 10, 9)),
        (b"<package><1/>", Box::new(syntax), (1, 10, 9)),
        (b"<package>< a/>", Box::new(syntax), (1, 10, 9)),
        (b"<package><>", Box::new(syntax), (1, 10, 9)),
        (b"<package / >", Box::new(syntax), (1, 12, 11)),
        (b"<package><!-- a -- b -->", Box::new(syntax), (1, 10, 9)),
        (
            b"<package><!-->--></package>-",
            Box::new(is(Problem::AfterRoot)),
            (1, 28, 27),
        ),
        (
            b"<package>\n<a tenant=''\n tenant=''/>",
            Box::new(is(Problem::DuplicateAttribute {
                attribute: Some("tenant"),
            })),
            (3, 2, 24),
        ),
        (
            b"<a p8e-x='' p8e-x=''/>",
            Box::new(is(Problem::DuplicateAttribute { attribute: None })),
            (1, 13, 12),
        ),
    ];
    for (bytes, check, place) in cases {
        let shown = String::from_utf8_lossy(bytes);
        let (problem, line, column, offset) = problem(bytes);
        assert!(check(&problem), "{shown}: {problem:?}");
        assert_eq!((line, column, offset), place, "{shown}: {problem}");
    }
}

#[test]
fn an_error_says_line_column_and_offset() {
    let error = read("<package>\n &x;".as_bytes()).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("line 2, column 2 (byte 11): "),
        "{error}"
    );
    assert_eq!(error.place().map(|it| it.line), Some(2));
}

#[test]
fn errors_never_show_a_value() {
    const SECRET: &str = "p8e-CANARY";
    let whole = format!(
        "<package><extAccount clientSecret=\"{SECRET}\" clientSecret=\"{SECRET}\" name='x'/></package>"
    );
    let breaks = [
        whole.clone(),
        whole.replace("=\"", "="),
        whole.replacen('"', "", 1),
        whole.replacen("Y\"", "Y\"Y", 1),
        whole.replace("p8e-", "&p8e-").replace('Y', "Y;"),
        whole.replace("p8e-", "\u{1}p8e-"),
        whole.replace("p8e-", "<p8e-"),
        whole.replace("clientSecret=\"", ""),
        whole.replace("\" ", " "),
        whole.replace("clientSecret=", ""),
        whole.replace(" name", "x"),
    ];
    for text in &breaks {
        for end in (0..text.len())
            .filter(|&it| text.is_char_boundary(it))
            .chain([text.len()])
        {
            match read(&text.as_bytes()[..end]) {
                Ok(package) => {
                    assert!(!format!("{package:?} {:?}", package.account()).contains("CANARY"))
                }
                Err(error) => assert!(!format!("{error} {error:?}").contains("CANARY"), "{error}"),
            }
        }
    }
}

#[test]
fn depth_is_bounded() {
    let nested = |depth: usize| {
        format!(
            "<package>{}{}</package>",
            "<a>".repeat(depth),
            "</a>".repeat(depth)
        )
    };
    read_text(&nested(255));
    let (problem, line, column, _) = problem(nested(256));
    assert_eq!(
        (problem, line, column),
        (Problem::TooDeep(256), 1, 10 + 3 * 255)
    );
    assert!(read("<a>".repeat(1_000_000).as_bytes()).is_err());
}

#[test]
fn long_tags_pass_where_nobody_needs_them() {
    let long = "x".repeat(2 * 1024 * 1024);
    let text = format!(
        r#"<package><entities schema="xtk:js"><js name="a" data="{long}&#10;"/><js data='{long}'></js></entities></package>"#
    );
    assert!(read(text.as_bytes()).is_ok());
    for name in ["extAccount", "package", "entities"] {
        let text = format!("<w>\n<{name} label='{long}'/></w>");
        assert!(matches!(problem(&text), (Problem::TagTooLong(_), 2, 1, 4)));
    }
    assert!(matches!(
        problem(accounts(&format!("<a b='{long}'/>"))),
        (Problem::TagTooLong(_), 1, 44, 43)
    ));
    assert!(matches!(
        problem(format!("<package><{long}/>")),
        (Problem::NameTooLong(_), 1, 10, 9)
    ));
    assert!(matches!(
        problem(format!("<package><js data='{long}&x;'/>")),
        (Problem::Entity, 1, _, _)
    ));
}

#[test]
fn attributes_are_bounded() {
    let tag = |count: usize| {
        let attributes: Vec<_> = (0..count).map(|it| format!("a{it}='1'")).collect();
        format!("<package {}/>", attributes.join(" "))
    };
    assert!(read(tag(1024).as_bytes()).is_ok());
    assert!(matches!(
        problem(tag(1025)).0,
        Problem::TooManyAttributes(1024)
    ));
}

#[test]
fn what_is_kept_is_bounded() {
    let endless = |head: &str, part: &'static str| {
        let head = Cursor::new(head.to_owned().into_bytes());
        BufReader::new(head.chain(Repeating {
            part: part.as_bytes(),
            at: 0,
        }))
    };
    let group = endless(
        "<package><entities schema='xtk:group'>",
        "<group name='a'/>",
    );
    assert!(matches!(
        read(group),
        Err(ReadError::Refused {
            problem: Problem::TooMuch(_),
            ..
        })
    ));
    let account = endless(
        "<package><entities schema='nms:extAccount'>",
        "<a imsOrgId='a'/>",
    );
    assert!(matches!(
        read(account),
        Err(ReadError::Refused {
            problem: Problem::TooMuch(_),
            ..
        })
    ));
}

struct Repeating {
    part: &'static [u8],
    at: usize,
}

impl Read for Repeating {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        for byte in buffer.iter_mut() {
            *byte = self.part[self.at];
            self.at = (self.at + 1) % self.part.len();
        }
        Ok(buffer.len())
    }
}

#[test]
fn real_exports() {
    let corpus = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if !corpus.is_dir() {
        println!("skipped: there is no {}", corpus.display());
        return;
    }
    let package = read(BufReader::new(
        std::fs::File::open(corpus.join("export-v8-workflow.xml")).unwrap(),
    ))
    .unwrap();
    assert_eq!(
        (
            package.build_number.as_deref(),
            package.build_version.as_deref()
        ),
        (Some("9336"), Some("8.1"))
    );
    assert_eq!(package.account(), Err(AccountError::NoAccount));
    let package = read(BufReader::new(
        std::fs::File::open(corpus.join("extaccount-record.xml")).unwrap(),
    ))
    .unwrap();
    let error = package.account().unwrap_err();
    assert!(
        error
            .to_string()
            .contains("`defaultEmailBulk` (line 1, column 1)"),
        "{error}"
    );
}

#[test]
fn an_input_that_fails_is_reported() {
    struct Failing;
    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("no"))
        }
    }
    impl BufRead for Failing {
        fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
            Err(std::io::Error::other("no"))
        }
        fn consume(&mut self, _: usize) {}
    }
    let error = read(Failing).unwrap_err();
    assert!(matches!(error, ReadError::Io(_)));
    assert_eq!(error.place(), None);
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
