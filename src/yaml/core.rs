//! What scalars mean by YAML 1.2's core schema, and the tags that it knows.

use std::sync::Arc;

use super::{NullForm, Value};

/// What a tag of the core schema asks for, for people, by its name below `tag:yaml.org,2002:`. The lone `!` asks for what stands
/// there, and makes a scalar a string.
pub(super) fn asks_for(tag: &str) -> Option<&'static str> {
    Some(match tag {
        "str" | "!" => "a string",
        "int" => "an integer",
        "float" => "a number",
        "bool" => "`true` or `false`",
        "null" => "`null`",
        "map" => "a mapping",
        "seq" => "a list",
        _ => return None,
    })
}

/// What a plain scalar without a tag says.
pub(super) fn plain(text: &Arc<str>) -> Value {
    resolve(text).unwrap_or_else(|| Value::String(Arc::clone(text)))
}

/// What a scalar with a tag says, nothing where the tag does not fit.
pub(super) fn tagged(tag: &str, text: &Arc<str>) -> Option<Value> {
    if matches!(tag, "str" | "!") {
        return Some(Value::String(Arc::clone(text)));
    }
    let is_based = text.starts_with("0x") || text.starts_with("0o");
    match (tag, resolve(text)?) {
        #[expect(
            clippy::cast_precision_loss,
            reason = "a float is what the tag asks for"
        )]
        ("float", Value::Integer(number)) => Some(Value::Number(number as f64)),
        ("float", value @ Value::Number(_)) if !is_based => Some(value),
        ("int", value @ Value::Integer(_)) => Some(value),
        ("int", value @ Value::Number(_)) if is_based || is_digits(text) => Some(value),
        ("bool", value @ Value::Bool(_)) => Some(value),
        ("null", value @ Value::Null(_)) => Some(value),
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
    // `+12` and `012` are numbers too, but no integers as the manifest writes them.
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let is_plain = unsigned == "0" || !unsigned.starts_with(['0', '+']);
    if is_plain && let Ok(integer) = text.parse() {
        return Some(Value::Integer(integer));
    }
    // Rust reads the same numbers, and words besides.
    let may_be_part = |byte: u8| byte.is_ascii_digit() || b"+-.eE".contains(&byte);
    let number = text.bytes().all(may_be_part).then(|| text.parse())?;
    number.ok().map(Value::Number)
}

fn based(digits: &str, base: u32) -> Option<Value> {
    let add =
        |sum: f64, digit: char| Some(sum * f64::from(base) + f64::from(digit.to_digit(base)?));
    let number = digits.chars().try_fold(0.0, add)?;
    (!digits.is_empty()).then_some(Value::Number(number))
}
