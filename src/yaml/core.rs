//! What scalars mean by YAML 1.2's core schema, and the tags that it knows.

use std::sync::{Arc, LazyLock};

use regex::Regex;

use super::{NullForm, Value};

static FLOAT: LazyLock<Regex> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "a constant; a test reads it")]
    Regex::new(r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$").expect("a pattern")
});

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
    resolve(text).unwrap_or_else(|| Value::String(Arc::clone(text)))
}

/// What a scalar with a tag says, nothing where the tag does not fit.
pub(super) fn tagged(tag: Tag, text: &Arc<str>) -> Option<Value> {
    if matches!(tag, Tag::String | Tag::Plain) {
        return Some(Value::String(Arc::clone(text)));
    }
    let is_based = text.starts_with("0x") || text.starts_with("0o");
    match (tag, resolve(text)?) {
        #[expect(
            clippy::cast_precision_loss,
            reason = "a float is what the tag asks for"
        )]
        (Tag::Float, Value::Integer(number)) => Some(Value::Number(number as f64)),
        (Tag::Float, value @ Value::Number(_)) if !is_based => Some(value),
        (Tag::Integer, value @ Value::Integer(_)) => Some(value),
        (Tag::Integer, value @ Value::Number(_)) if is_based || is_digits(text) => Some(value),
        (Tag::Bool, value @ Value::Bool(_)) => Some(value),
        (Tag::Null, value @ Value::Null(_)) => Some(value),
        _ => None,
    }
}

/// Decimal digits with a sign or without, however many.
fn is_digits(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// What a plain text says if that is no string. The empty text is a null.
pub(super) fn resolve(text: &str) -> Option<Value> {
    Some(match text {
        "" => Value::Null(NullForm::Empty),
        "~" => Value::Null(NullForm::Tilde),
        "null" | "Null" | "NULL" => Value::Null(NullForm::Word),
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => Value::Number(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => Value::Number(f64::NEG_INFINITY),
        ".nan" | ".NaN" | ".NAN" => Value::Number(f64::NAN),
        _ if text.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first)) => {
            return number(text);
        }
        _ => return None,
    })
}

/// The core schema's numbers but for infinities: `12`, `0o17`, `0x1F`, `-1.5e3`.
fn number(text: &str) -> Option<Value> {
    if let Some(digits) = text.strip_prefix("0o") {
        return based(digits, 8);
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return based(digits, 16);
    }
    if let Ok(integer) = text.parse() {
        return Some(Value::Integer(integer));
    }
    FLOAT
        .is_match(text)
        .then(|| text.parse().ok().map(Value::Number))?
}

fn based(digits: &str, base: u32) -> Option<Value> {
    let add =
        |sum: f64, digit: char| Some(sum * f64::from(base) + f64::from(digit.to_digit(base)?));
    let number = digits.chars().try_fold(0.0, add)?;
    (!digits.is_empty()).then_some(Value::Number(number))
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
