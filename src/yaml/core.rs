//! What scalars mean by YAML 1.2's core schema, and the tags that it knows.

use std::sync::Arc;

use super::{NullForm, Value};

/// A tag that the core schema has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    /// `!!str`, or the lone `!` on a scalar.
    String,
    /// `!!int`
    Integer,
    /// `!!float`
    Float,
    /// `!!bool`
    Bool,
    /// `!!null`
    Null,
    /// `!!map`
    Mapping,
    /// `!!seq`
    Sequence,
    /// The lone `!`: a string, a list or a mapping, as it stands there.
    Plain,
}

impl Tag {
    /// The tag with a name below `tag:yaml.org,2002:`.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "str" => Self::String,
            "int" => Self::Integer,
            "float" => Self::Float,
            "bool" => Self::Bool,
            "null" => Self::Null,
            "map" => Self::Mapping,
            "seq" => Self::Sequence,
            _ => return None,
        })
    }

    /// What the tag asks for, for people.
    pub(super) fn describe(self) -> &'static str {
        match self {
            Self::String | Self::Plain => "a string",
            Self::Integer => "an integer",
            Self::Float => "a number",
            Self::Bool => "`true` or `false`",
            Self::Null => "`null`",
            Self::Mapping => "a mapping",
            Self::Sequence => "a list",
        }
    }
}

/// What a plain scalar without a tag says.
pub(super) fn plain(text: &Arc<str>) -> Value {
    match resolve(text) {
        Some(value) => value,
        None => Value::String(Arc::clone(text)),
    }
}

/// What a scalar with a tag says, nothing where the tag does not fit.
pub(super) fn tagged(tag: Tag, text: &Arc<str>) -> Option<Value> {
    match tag {
        Tag::String | Tag::Plain => Some(Value::String(Arc::clone(text))),
        Tag::Mapping | Tag::Sequence => None,
        Tag::Integer => integer(text),
        Tag::Float => match resolve(text)? {
            #[expect(
                clippy::cast_precision_loss,
                reason = "a float is what the tag asks for"
            )]
            Value::Integer(number) => Some(Value::Number(number as f64)),
            Value::Number(number) if !is_based(text) => Some(Value::Number(number)),
            _ => None,
        },
        Tag::Bool => resolve(text).filter(|value| matches!(value, Value::Bool(_))),
        Tag::Null => resolve(text).filter(|value| matches!(value, Value::Null(_))),
    }
}

/// What a plain text says if that is no string. The empty text is a null.
pub(super) fn resolve(text: &str) -> Option<Value> {
    let value = match text.as_bytes() {
        [] => Value::Null(NullForm::Empty),
        b"~" => Value::Null(NullForm::Tilde),
        b"null" | b"Null" | b"NULL" => Value::Null(NullForm::Word),
        b"true" | b"True" | b"TRUE" => Value::Bool(true),
        b"false" | b"False" | b"FALSE" => Value::Bool(false),
        [b'0'..=b'9' | b'+' | b'-' | b'.', ..] => return number(text),
        _ => return None,
    };
    Some(value)
}

fn number(text: &str) -> Option<Value> {
    integer(text).or_else(|| float(text).map(Value::Number))
}

fn is_based(text: &str) -> bool {
    text.starts_with("0x") || text.starts_with("0o")
}

fn all(digits: &str, allowed: impl Fn(u8) -> bool) -> bool {
    !digits.is_empty() && digits.bytes().all(allowed)
}

/// `0o17`, `0x1F`, or decimal digits: an integer where they fit, else the nearest number.
fn integer(text: &str) -> Option<Value> {
    if let Some(digits) = text.strip_prefix("0o") {
        return all(digits, |byte| matches!(byte, b'0'..=b'7'))
            .then(|| Value::Number(based(digits, 8)));
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return all(digits, |byte| byte.is_ascii_hexdigit())
            .then(|| Value::Number(based(digits, 16)));
    }
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if !all(digits, |byte| byte.is_ascii_digit()) {
        return None;
    }
    match text.parse() {
        Ok(number) => Some(Value::Integer(number)),
        Err(_) => text.parse().ok().map(Value::Number),
    }
}

fn based(digits: &str, base: u32) -> f64 {
    digits
        .chars()
        .filter_map(|digit| digit.to_digit(base))
        .fold(0.0, |sum, digit| sum * f64::from(base) + f64::from(digit))
}

fn float(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    match unsigned {
        ".inf" | ".Inf" | ".INF" => {
            let negative = text.starts_with('-');
            return Some(if negative {
                f64::NEG_INFINITY
            } else {
                f64::INFINITY
            });
        }
        ".nan" | ".NaN" | ".NAN" => return (unsigned == text).then_some(f64::NAN),
        _ => {}
    }
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let is_digits = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent_fits = exponent.is_none_or(|exponent| {
        let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !digits.is_empty() && is_digits(digits)
    });
    let digits_fit = !(whole.is_empty() && fraction.is_empty());
    (digits_fit && exponent_fits && is_digits(whole) && is_digits(fraction))
        .then(|| text.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_core_schema() {
        for (text, shown) in [
            ("", "Null(Empty)"),
            ("~", "Null(Tilde)"),
            ("NULL", "Null(Word)"),
            ("True", "Bool(true)"),
            ("FALSE", "Bool(false)"),
            ("12", "Integer(12)"),
            ("+12", "Integer(12)"),
            ("-007", "Integer(-7)"),
            ("9223372036854775807", "Integer(9223372036854775807)"),
            ("9223372036854775808", "Number(9.223372036854776e18)"),
            ("0o17", "Number(15.0)"),
            ("0x1F", "Number(31.0)"),
            ("7.10", "Number(7.1)"),
            ("1.", "Number(1.0)"),
            (".5", "Number(0.5)"),
            ("1e3", "Number(1000.0)"),
            ("-1.5E-1", "Number(-0.15)"),
            ("-.INF", "Number(-inf)"),
            (".nan", "Number(NaN)"),
        ] {
            let value = plain(&text.into());
            assert_eq!(format!("{value:?}"), shown, "{text}");
        }
        for text in [
            "no",
            "on",
            "yes",
            "y",
            "nULL",
            "tRUE",
            "1_000",
            "12:30:45",
            "2001-01-01",
            "0b1",
            "-0x1",
            "+",
            "-",
            ".",
            "e3",
            ".e3",
            "1e",
            "1e+",
            "0o8",
            "0x",
            "+.nan",
            "1.2.3",
            "--1",
            "0o-1",
            "1,5",
        ] {
            assert!(matches!(plain(&text.into()), Value::String(_)), "{text}");
        }
    }

    #[test]
    fn tags_decide() {
        let shown = |tag: &str, text: &str| {
            let tag = Tag::named(tag).unwrap();
            tagged(tag, &text.into()).map(|value| format!("{value:?}"))
        };
        assert_eq!(shown("str", "12").unwrap(), "String(\"12\")");
        assert_eq!(shown("int", "12").unwrap(), "Integer(12)");
        assert_eq!(shown("int", "0x1F").unwrap(), "Number(31.0)");
        assert_eq!(shown("float", "3").unwrap(), "Number(3.0)");
        assert_eq!(shown("bool", "true").unwrap(), "Bool(true)");
        assert_eq!(shown("null", "").unwrap(), "Null(Empty)");
        for (tag, text) in [
            ("int", "abc"),
            ("int", "1.5"),
            ("float", "0x1F"),
            ("bool", "yes"),
            ("null", "0"),
            ("map", "a"),
            ("seq", ""),
        ] {
            assert_eq!(shown(tag, text), None, "{tag} {text}");
        }
    }
}
