//! Completion: rules in ignore comments, built-in groups, scopes, packages; fields and their values for who wants them.

use gen_lsp_types::{CompletionItemKind as Kind, TextDocumentPositionParams, TextEdit};
use serde_json::{Value, json};

use super::{
    asked::Asked,
    cursor::{self, At},
    hover::IGNORE,
};
use crate::{
    manifest::{self, BUILT_IN, DOCUMENTED_SCOPES, INTEGRATION},
    rules::RULES,
};

/// Something to write: its name, what it is, more about it, the text, the kind.
struct Item {
    label: String,
    detail: String,
    documentation: String,
    text: String,
    kind: Kind,
}

impl Item {
    fn value(label: impl Into<String>, detail: &str) -> Self {
        let label = label.into();
        Self {
            text: label.clone(),
            label,
            detail: detail.to_owned(),
            documentation: String::new(),
            kind: Kind::Value,
        }
    }
}

/// The completions at a place.
pub fn at(asked: &Asked<'_>, params: &TextDocumentPositionParams) -> Value {
    let source = asked.source();
    let text = source.text();
    let offset = asked.client.encoding.offset(source, params.position);
    let word = cursor::word(text, offset);
    let line = source.line_range(source.line_of(offset));
    let before = text.get(line.start..word.start).unwrap_or_default();
    let after = text.get(word.end..line.end).unwrap_or_default();
    let in_comment = before.rfind(IGNORE);
    let items = match in_comment.and_then(|at| before.get(at + IGNORE.len()..)) {
        Some(names) if names.contains(']') => Vec::new(),
        Some(_) => rules(),
        None => {
            let at = cursor::writing(text, offset);
            at.map_or_else(Vec::new, |at| {
                items(asked, &at, after.trim_start().starts_with(':'))
            })
        }
    };
    let range = asked.range(&word);
    let items = items.into_iter().enumerate().map(|(number, item)| {
        let edit = TextEdit {
            range,
            new_text: item.text,
        };
        let mut shown = json!({
            "label": item.label, "kind": item.kind, "detail": item.detail, "filterText": item.label,
            "sortText": format!("{number:04}"), "textEdit": edit,
        });
        if !item.documentation.is_empty() {
            let documentation = json!({"kind": "markdown", "value": item.documentation});
            super::client::add(&mut shown, "documentation", documentation);
        }
        shown
    });
    json!({"isIncomplete": false, "items": items.collect::<Vec<_>>()})
}

fn rules() -> Vec<Item> {
    let rules = RULES.iter().filter(|rule| !rule.is_guarded);
    rules
        .map(|rule| Item::value(rule.id, rule.summary()))
        .collect()
}

fn items(asked: &Asked<'_>, at: &At, has_colon: bool) -> Vec<Item> {
    let mut items = match (at.path().as_slice(), at.is_key) {
        (["groups", _], true) => built_in(has_colon),
        (["external_account", "scope", _], false) => DOCUMENTED_SCOPES
            .iter()
            .map(|scope| Item::value(*scope, "scope"))
            .collect(),
        (["instance", "packages", _], false) => vec![Item::value(INTEGRATION, "built-in package")],
        (_, true) if asked.client.wants_fields => fields(at, has_colon),
        (_, false) if asked.client.wants_fields => values(at),
        _ => Vec::new(),
    };
    items.retain(|item| !at.beside.contains(&item.label));
    items
}

fn built_in(has_colon: bool) -> Vec<Item> {
    let items = BUILT_IN.iter().map(|(name, label)| {
        let mut item = Item::value(*name, label.unwrap_or("built in, of an optional package"));
        item.kind = Kind::Constant;
        if !has_colon {
            item.text.push_str(": {}");
        }
        item
    });
    items.collect()
}

fn fields(at: &At, has_colon: bool) -> Vec<Item> {
    let around = at.steps.split_last().map_or(&[][..], |(_, around)| around);
    let schema = at
        .schema(around)
        .and_then(|schema| schema.get("properties"));
    let fields = schema.and_then(Value::as_object).into_iter().flatten();
    let fields = fields.map(|(name, field)| {
        let text = |key: &str| field.get(key).and_then(Value::as_str).unwrap_or_default();
        let mut item = Item::value(name, text("title"));
        item.kind = Kind::Property;
        text("description").clone_into(&mut item.documentation);
        match has_colon {
            true => {}
            false if text("type") == "object" => item.text.push(':'),
            false => item.text.push_str(": "),
        }
        item
    });
    fields
        .filter(|item| !(at.is_in_patch && item.label == manifest::ENVIRONMENTS))
        .collect()
}

fn values(at: &At) -> Vec<Item> {
    let Some(schema) = at.schema(&at.steps) else {
        return Vec::new();
    };
    let listed = schema.get("enum").and_then(Value::as_array);
    let mut values: Vec<String> = listed
        .into_iter()
        .flatten()
        .filter_map(|it| Some(it.as_str()?.to_owned()))
        .collect();
    values.extend(schema.get("const").map(Value::to_string));
    if schema.get("type").and_then(Value::as_str) == Some("boolean") {
        values.extend(["true", "false"].map(str::to_owned));
    }
    let title = schema
        .get("title")
        .and_then(Value::as_str)
        .unwrap_or_default();
    values
        .into_iter()
        .map(|value| Item::value(value, title))
        .collect()
}
