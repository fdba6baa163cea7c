//! Completion: rules in ignore comments, built-in groups, scopes, packages; fields and their values for who wants them.

use std::collections::HashSet;

use gen_lsp_types::{
    CompletionItem as Item, CompletionItemKind as Kind, MarkupContent, MarkupKind,
    TextDocumentPositionParams, TextEdit,
};
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

/// Something to write, with what it is. Its text becomes an edit once it is known what the edit replaces.
fn item(label: &str, detail: &str, kind: Kind, text: String) -> Item {
    Item {
        label: label.to_owned(),
        filter_text: Some(label.to_owned()),
        detail: Some(detail.to_owned()),
        kind: Some(kind),
        insert_text: Some(text),
        ..Item::default()
    }
}

fn value(label: &str, detail: &str) -> Item {
    item(label, detail, Kind::Value, label.to_owned())
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
    let mut items = match in_comment.and_then(|at| before.get(at + IGNORE.len()..)) {
        Some(names) if names.contains(']') => Vec::new(),
        Some(names) => {
            let behind = after.split(']').next().unwrap_or_default();
            let known = names.split(['[', ',']).chain(behind.split(','));
            let known: HashSet<&str> = known.map(str::trim).collect();
            rules()
                .filter(|rule| !known.contains(&*rule.label))
                .collect()
        }
        None => {
            let at = cursor::writing(text, offset);
            at.map_or_else(Vec::new, |at| {
                items(asked, &at, after.trim_start().starts_with(':'))
            })
        }
    };
    let range = asked.range(&word);
    for (number, item) in items.iter_mut().enumerate() {
        item.sort_text = Some(format!("{number:04}"));
        let new_text = item.insert_text.take();
        item.text_edit = new_text.map(|new_text| TextEdit { range, new_text }.into());
    }
    json!({"isIncomplete": false, "items": items})
}

fn rules() -> impl Iterator<Item = Item> {
    let rules = RULES.iter().filter(|rule| !rule.is_guarded);
    rules.map(|rule| value(rule.id, rule.summary()))
}

fn items(asked: &Asked<'_>, at: &At, has_colon: bool) -> Vec<Item> {
    let mut items = match (at.path().as_slice(), at.is_key) {
        (["groups", _], true) => built_in(has_colon),
        (["external_account", "scope", _], false) => DOCUMENTED_SCOPES
            .iter()
            .map(|scope| value(scope, "scope"))
            .collect(),
        (["instance", "packages", _], false) => vec![value(INTEGRATION, "built-in package")],
        (_, true) if asked.client.wants_fields => fields(at, has_colon),
        (_, false) if asked.client.wants_fields => values(at),
        _ => Vec::new(),
    };
    items.retain(|item| !at.beside.contains(&item.label));
    items
}

fn built_in(has_colon: bool) -> Vec<Item> {
    let items = BUILT_IN.iter().map(|(name, label)| {
        let label = label.unwrap_or("built in, of an optional package");
        let end = if has_colon { "" } else { ": {}" };
        item(name, label, Kind::Constant, format!("{name}{end}"))
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
        let end = match has_colon {
            true => "",
            false if text("type") == "object" => ":",
            false => ": ",
        };
        let about = Some(text("description")).filter(|about| !about.is_empty());
        let about = about.map(|about| MarkupContent::new(MarkupKind::Markdown, about.to_owned()));
        Item {
            documentation: about.map(Into::into),
            ..item(name, text("title"), Kind::Property, format!("{name}{end}"))
        }
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
    let listed = listed.into_iter().flatten().filter_map(Value::as_str);
    let mut values: Vec<String> = listed.map(str::to_owned).collect();
    values.extend(schema.get("const").map(Value::to_string));
    let text = |key: &str| schema.get(key).and_then(Value::as_str).unwrap_or_default();
    if text("type") == "boolean" {
        values.extend(["true", "false"].map(str::to_owned));
    }
    let items = values.iter().map(|each| value(each, text("title")));
    items.collect()
}
