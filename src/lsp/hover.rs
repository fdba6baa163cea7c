//! Hovers: a rule in an ignore comment, a group, a field.

use std::fmt::Write;

use gen_lsp_types::TextDocumentPositionParams;
use serde_json::{Value, json};

use super::{
    asked::Asked,
    cursor::{self, At},
    groups::{groups, shown},
};
use crate::{
    manifest::{built_in_label, is_built_in},
    rules,
};

/// What stands before the names of rules in a comment.
pub const IGNORE: &str = "campaign-ims: ignore[";

/// The hover at a place.
pub fn at(asked: &Asked<'_>, params: &TextDocumentPositionParams) -> Option<Value> {
    let source = asked.source();
    let text = source.text();
    let offset = asked.client.encoding.offset(source, params.position);
    let word = cursor::word(text, offset);
    let line = source.line_range(source.line_of(word.start)).start;
    let before = text.get(line..word.start).unwrap_or_default();
    let rule = rules::find(text.get(word.clone()).unwrap_or_default());
    let contents = match rule.filter(|_| before.contains(IGNORE)) {
        Some(rule) => rule.page.to_owned(),
        None => {
            let tree = asked.checked.judged.document.as_deref();
            let at = cursor::reading(text, tree, offset)?;
            of_group(asked, &at).or_else(|| of_field(asked, &at))?
        }
    };
    let contents = json!({"kind": "markdown", "value": contents});
    Some(json!({"contents": contents, "range": asked.range(&word)}))
}

/// The profile that a group needs, and what its members get.
fn of_group(asked: &Asked<'_>, at: &At) -> Option<String> {
    let name = at.group()?;
    let mut all = groups(asked);
    all.retain(|group| group.name == name);
    let first = all.first()?;
    let mut text = format!("Operator group {}", code(name));
    match built_in_label(name) {
        Some(label) => write!(text, ": built in, {label}.").ok()?,
        None if is_built_in(name) => text.push_str(": built in, of an optional package."),
        None if first.is_created => text.push_str(": the package creates it."),
        None => text.push_str(": it has to exist in Campaign."),
    }
    for group in &all {
        let place = group.environment.as_deref();
        let place = place.map_or_else(String::new, |name| format!("{}: ", code(name)));
        let profile = code(&group.profile);
        write!(text, "\n\n{place}Whoever is in the product profile {profile} signs in as a member of this group.").ok()?;
    }
    Some(text)
}

/// What a field is in the package, and, for who wants it, what the schema says of it.
fn of_field(asked: &Asked<'_>, at: &At) -> Option<String> {
    let mut parts = Vec::new();
    if asked.client.wants_fields {
        let schema = at.schema(&at.steps)?;
        let text = |key: &str| schema.get(key).and_then(Value::as_str);
        parts.extend(text("title").map(|title| format!("**{title}**")));
        parts.extend(text("description").map(str::to_owned));
        let default = text("default").map(str::to_owned);
        let default = default.or_else(|| Some(schema.get("default")?.to_string()));
        parts.extend(default.map(|it| format!("Default: {}", code(&it))));
    }
    let attribute = at.field().and_then(|field| field.attribute);
    parts.extend(
        attribute.map(|name| format!("In the package: attribute `{name}` of `extAccount`.")),
    );
    (!parts.is_empty()).then(|| parts.join("\n\n"))
}

/// A text as Markdown's code, which can hold everything but a back-tick.
fn code(text: &str) -> String {
    format!("`{}`", shown(text).replace('`', "<U+0060>"))
}
