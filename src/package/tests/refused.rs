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
        assert!(error.contains("take more than 64 MiB"), "{error}");
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
    crate::text::table::check("ciphers", |input| {
        let text: String = serde_json::from_str(input).unwrap();
        let said = match CipherText::parse(&text) {
            Ok(cipher) => {
                assert_eq!(cipher.expose(), text.trim_end());
                format!("{cipher:?}")
            }
            Err(error) => error.to_string(),
        };
        assert!(!said.contains("zzz") && !said.contains("57QS"), "{said}");
        vec![said]
    });
}
