//! Words of commands, as a POSIX shell takes them. Every word of a command that is shown and that is not this program's own goes
//! through here.

use std::borrow::Cow;

/// A text as one word.
pub fn word(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:,+@%=".contains(&byte);
    if !text.is_empty() && text.bytes().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// A path as one word that no command takes for an option.
pub fn path(path: &str) -> String {
    let is_option = path.starts_with('-');
    word(&match is_option {
        true => Cow::Owned(format!("./{path}")),
        false => Cow::Borrowed(path),
    })
}

/// An option with its value, as words; as one where the value would be taken for another option.
pub fn option(name: &str, value: &str) -> String {
    match value.starts_with('-') {
        true => word(&format!("{name}={value}")),
        false => format!("{name} {}", word(value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_words() {
        for (text, shown) in [
            ("prod.ims.yaml", "prod.ims.yaml"),
            ("", "''"),
            ("a b", "'a b'"),
            ("$(x)`y`", "'$(x)`y`'"),
            ("it's", "'it'\\''s'"),
            ("a;rm", "'a;rm'"),
            ("*", "'*'"),
        ] {
            assert_eq!(word(text), shown);
        }
        assert_eq!(path("-o x"), "'./-o x'");
        assert_eq!(path("a/-o"), "a/-o");
        assert_eq!(option("--env", "prod"), "--env prod");
        assert_eq!(option("--env", "-x y"), "'--env=-x y'");
    }
}
