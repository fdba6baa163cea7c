//! Every way in which a package is refused, and where.

use std::io::{BufReader, Read};

use super::super::{CipherText, PackageError, read};

/// A source that hands out one byte at a time.
pub struct Dripping<'a>(pub &'a [u8]);

impl Read for Dripping<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = buffer.len().min(1);
        self.0.read(&mut buffer[..length])
    }
}

/// A source without end.
struct Repeating(&'static [u8], usize);

impl Read for Repeating {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        for byte in buffer.iter_mut() {
            *byte = self.0[self.1 % self.0.len()];
            self.1 += 1;
        }
        Ok(buffer.len())
    }
}

/// The error of a text, as line:column:byte and what is said.
fn refused(bytes: &[u8]) -> (String, String) {
    let error = read(bytes).unwrap_err();
    let bitwise = read(BufReader::new(Dripping(bytes))).unwrap_err();
    assert_eq!(error.to_string(), bitwise.to_string());
    match error {
        PackageError::Refused { place, problem } => {
            let place = format!("{}:{}:{}", place.line, place.column, place.offset);
            (place, problem)
        }
        error => panic!("{error}"),
    }
}

/// Line, column and byte; what is said; the input, with `\n` and `\x00` as in Rust.
const CASES: &str = r#"1:1:0 the file is empty <- 
1:1:3 the file is empty <- \xef\xbb\xbf
2:2:3 the file is empty <-  \n 
1:1:0 the file is a zip archive <- PK\x03\x04
1:1:0 the file is compressed with gzip <- \x1f\x8b\x08
1:1:3 this is a manifest <- \xef\xbb\xbfversion: 1
1:1:0 this is a manifest <- # a comment\nversion: 1
1:1:0 this is not XML <- Subject: 1
1:1:0 this is not XML <- &amp;<package/>
1:11:10 this is not XML <- <!-- a -->&amp;<package/>
2:1:11 this is not XML <- <!-- a -->\nx<package/>
3:1:13 the document goes on <- <package/>\n \nx
1:11:10 the document goes on <- <package/>&amp;
1:11:10 the document goes on <- <package/>&
1:11:10 the document goes on <- <package/><package/>
1:28:27 the document goes on <- <package><!-->--></package>-
2:2:2 this is XML, but no Campaign package: its root is <html> <- \n <html></html>
2:5:14 the file ends within an element that begins at line 2, column 1: <- <package>\n<a>x
1:17:16 the file ends within a tag <- <package name='x
1:2:1 the file ends within a tag <- <
1:15:14 the file ends within a comment that begins at line 1, column 10 <- <package><!-- 
1:22:21 the file ends within a CDATA <- <package><![CDATA[ ]]
1:20:19 the file ends within a processing <- <?xml version='1.0'
1:10:9 a `&` that begins no reference <- <package>&am
1:12:11 a `&` that begins no reference <- <package>a & b
1:12:11 a `&` that begins no reference <- <package>a & b;
1:10:9 a `&` that begins no reference <- <package>&;
1:14:13 a `&` that begins no reference <- <package a=' & '/>
1:14:13 a `&` that begins no reference <- <package a=' & b;'/>
1:12:15 an entity that <- <package>\xc3\xa9\xf0\x9f\x98\x80&x;</package>
1:16:15 an entity that <- <package name='&x;'/>
1:10:9 a character reference <- <package>&#0;
1:10:9 a character reference <- <package>&#1;
1:10:9 a character reference <- <package>&#xD800;
1:10:9 a character reference <- <package>&#+65;
1:10:9 a character reference <- <package>&#;
1:13:12 a character reference <- <package a='&#1;'/>
1:13:12 a character reference <- <package a='&#x;'/>
1:1:0 the file has a document type <- <!DOCTYPE package [<!ENTITY a 'b'>]><package/>
1:1:0 the file has a document type <- <!DOCTYPE package [<!ENTITY
2:1:22 the file has a document type <- <?xml version='1.0'?>\n<!doctype x>
1:1:0 the file has a document type <- <!DOCTYPE>
1:10:9 broken XML: `<!` <- <package><!ENTITY a 'b'>
1:1:0 broken XML: CDATA <- <![CDATA[x]]>
1:1:0 the XML declaration names the encoding ISO-8859-15; <- <?xml version='1.0' encoding='ISO-8859-15'?><package/>
1:58:57 broken XML: an attribute <- <?xml version='1.0' encoding='ISO-8859-1'?><!-- \xe9 --><a b/>
1:1:0 the XML declaration has no version <- <?xml version='1.1'?><package/>
1:1:0 the XML declaration has no version <- <?xml?><package/>
1:3:2 broken XML: an XML declaration <- <?xml version='1.0' encodin='x'?><package/>
2:1:1 an XML declaration must be <- \n<?xml version='1.0'?><package/>
1:1:0 broken XML: a processing instruction <- <? x?><package/>
1:1:0 the file is UTF-16 <- \xff\xfe<\x00
1:1:0 the file is UTF-16 <- \xfe\xff\x00<
1:1:0 the file is UTF-16 <- <\x00p\x00
1:17:17 the file is not UTF-8 <- <package name='\xc3\xa9\xe9'/>
1:10:9 the file is not UTF-8 <- <package>\xc3
1:10:9 the file is not UTF-8 <- <package>\xed\xa0\x80
1:10:9 the character U+001B <- <package>\x1b[0m
1:10:9 the character U+FFFF <- <package>\xef\xbf\xbf
1:1:0 broken XML: an end tag without <- </package>
1:15:14 broken XML: no white space <- <package a='1'b='2'/>
1:12:11 broken XML: an attribute's value without quotes <- <package a=1/>
1:11:10 broken XML: an attribute without `=` <- <package a/>
1:12:11 broken XML: an attribute without a value <- <package a=/>
1:13:12 broken XML: a `<` within a tag <- <package a='<'/>
1:10:9 broken XML: an attribute's name <- <package <a='b'/>
1:10:9 broken XML: an attribute's name <- <package 1='a'/>
1:10:9 broken XML: a `<` that begins no tag <- <package><1/>
1:10:9 broken XML: a `<` that begins no tag <- <package>< a/>
1:10:9 broken XML: a `<` that begins no tag <- <package><>
1:10:9 broken XML: `--` within a comment <- <package><!-- a -- b -->
3:2:24 broken XML: the attribute `tenant` stands twice <- <package>\n<a tenant=''\n tenant=''/>
1:13:12 broken XML: the attribute stands twice <- <a p8e-x='' p8e-x=''/>"#;

fn unescaped(text: &str) -> Vec<u8> {
    let mut parts = text.replace("\\n", "\n").into_bytes().into_iter();
    let mut bytes = Vec::new();
    while let Some(byte) = parts.next() {
        if byte == b'\\' {
            let digits: String = parts.by_ref().skip(1).take(2).map(char::from).collect();
            bytes.push(u8::from_str_radix(&digits, 16).unwrap());
        } else {
            bytes.push(byte);
        }
    }
    bytes
}

#[test]
fn refusals_have_places() {
    for line in CASES.lines() {
        let (expected, input) = line.split_once(" <- ").unwrap();
        let (place, problem) = expected.split_once(' ').unwrap();
        let found = refused(&unescaped(input));
        assert!(found.1.starts_with(problem), "{input}: {}", found.1);
        assert_eq!(found.0, place, "{input}: {}", found.1);
    }
}

#[test]
fn sizes_are_bounded() {
    let nested = |depth| "<a>".repeat(depth) + &"</a>".repeat(depth);
    let (place, problem) = refused(format!("<package>{}</package>", nested(256)).as_bytes());
    assert_eq!(place, format!("1:{}:{}", 10 + 3 * 255, 9 + 3 * 255));
    assert!(problem.contains("more than 256 deep"));
    assert!(read(format!("<package>{}</package>", nested(255)).as_bytes()).is_ok());

    let attributes: String = (0..1025).map(|it| format!(" a{it}=''")).collect();
    let (_, problem) = refused(format!("<package{attributes}/>").as_bytes());
    assert!(problem.contains("more than 1024 attributes"));

    for (head, part) in [
        (
            "<package><entities schema='xtk:group'>",
            "<group name='a'/>",
        ),
        (
            "<package><entities schema='nms:extAccount'>",
            "<a imsOrgId='a'/>",
        ),
        (
            "<package><entities schema='nms:extAccount'>",
            "<a name='Adobe_Marketing_Cloud'/>",
        ),
    ] {
        let endless = head.as_bytes().chain(Repeating(part.as_bytes(), 0));
        let error = read(endless).unwrap_err().to_string();
        assert!(error.contains("take more than 16 MiB"), "{error}");
    }
    let endless = b"<package>".chain(std::io::repeat(b'x'));
    let error = read(endless).unwrap_err().to_string();
    assert!(
        error.contains("a tag or a text of more than 64 MiB"),
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
    for head in ["", "<package>", "<package><!-- "] {
        let error = read(head.as_bytes().chain(Failing)).unwrap_err();
        assert!(matches!(error, PackageError::Io(_)), "{error}");
    }
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
        for end in (0..=text.len()).filter(|&it| text.is_char_boundary(it)) {
            match read(&text.as_bytes()[..end]) {
                Ok(package) => assert!(!format!("{package:?}").contains("CANARY")),
                Err(error) => assert!(!format!("{error} {error:?}").contains("CANARY"), "{error}"),
            }
        }
    }
}

#[test]
fn a_secret_is_a_cipher_text_or_refused_without_being_shown() {
    const DOCUMENTED: &str = "@57QS5VHMb9BCsojLVrKI/Q==";
    for text in [
        format!("{DOCUMENTED}\n"),
        format!("{DOCUMENTED}\r\n"),
        format!("@{}", "A".repeat(64)),
        format!("@{}=", "A".repeat(43)),
    ] {
        let cipher = CipherText::parse(&text).unwrap();
        assert_eq!(cipher.expose(), text.trim_end());
        assert_eq!(format!("{cipher:?}"), "CipherText(…)");
    }
    for (text, expected) in [
        ("", "is empty"),
        ("\r\n", "is empty"),
        ("p8e-zzz-secret", "does not begin with `@`"),
        (" @57QS5VHMb9BCsojLVrKI/Q==", "does not begin with `@`"),
        ("@", "multiple of 16"),
        ("@57QS5VHMb9BC", "multiple of 16"),
        ("@57QS5VHMb9BCsojLVrKI/Q", "not base64"),
        ("@57QS5VHMb9BCsojLVrKI/Q=", "not base64"),
        ("@57QS5VHMb9BCsojLVrKI/R==", "not base64"),
        ("@57QS5VHMb9BCsojLVrKI/Q==\n\n", "not base64"),
        ("@57QS5VHMb9BCsojLVrKI_Q==", "not base64"),
        ("@====", "not base64"),
        ("@é===", "not base64"),
        ("@AAAA====AAAA", "not base64"),
    ] {
        let error = CipherText::parse(text).unwrap_err().to_string();
        assert!(
            error.contains(expected) && !error.contains("zzz"),
            "{text:?}: {error}"
        );
    }
}
