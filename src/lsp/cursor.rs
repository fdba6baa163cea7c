//! Where in a manifest a place of its text is. In a text that does not parse, the part up to the place is read, with a word put in
//! there and open brackets closed: what follows does not count, as it may not be written yet.

use std::{iter, ops::Range};

use serde_json::Value;

use crate::{
    manifest::{
        self,
        fields::{self, FieldInfo},
        schema::{SCHEMA, member_schema},
    },
    yaml::{self, NodeId, Step, Tree},
};

/// The word that is put in. No manifest has it.
const PROBE: &str = "campaign-ims-is-asked-here";

/// How many brackets are closed at most; no right manifest has more open.
const MOST_BRACKETS: u32 = 3;

/// A place in a manifest, by the steps that lead there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct At {
    /// The steps to the value that the place is the key of, or is in; without those into a patch.
    pub steps: Vec<String>,
    /// Whether it is a key.
    pub is_key: bool,
    /// Whether it is within the patch of an environment.
    pub is_in_patch: bool,
    /// The keys and items that stand beside it.
    pub beside: Vec<String>,
}

/// The word around a place, in bytes: what a completion replaces and a hover is about.
pub fn word(text: &str, offset: usize) -> Range<usize> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let (before, after) = text.split_at_checked(offset).unwrap_or((text, ""));
    let start = before.trim_end_matches(is_part).len();
    let rest = after.trim_start_matches(is_part);
    start..offset + after.len() - rest.len()
}

/// Where a place is that something is to be written at. Where the text is one with the word in it, all that stands beside it is known.
pub fn writing(text: &str, offset: usize) -> Option<At> {
    let word = word(text, offset);
    let (before, behind) = (text.get(..word.start)?, text.get(word.end..)?);
    let rest = behind.split(['\n', '\r']).next().unwrap_or_default();
    let endings = match rest.trim().is_empty() {
        true => endings(before),
        // Within brackets.
        false => [",", ""],
    };
    let whole = endings.into_iter();
    let whole = whole.filter_map(|end| yaml::parse(&format!("{before}{PROBE}{end}{behind}")).0);
    let is_probe = |step: &Step| matches!(step, Step::Key(key) if &**key == PROBE);
    whole
        .chain(trees(format!("{before}{PROBE}")))
        .find_map(|tree| {
            let node = tree
                .nodes
                .iter()
                .find(|it| is_probe(&it.step) || it.text.as_deref() == Some(PROBE))?;
            at_node(&tree, (node.id, is_probe(&node.step)))
        })
}

/// Where a place is that something is written at: by the tree, where the text has one.
pub fn reading(text: &str, tree: Option<&Tree>, offset: usize) -> Option<At> {
    let at = |tree: &Tree| at_node(tree, node_at(tree, offset)?);
    match tree {
        Some(tree) => at(tree),
        None => trees(text.get(..word(text, offset).end)?.to_owned()).find_map(|tree| at(&tree)),
    }
}

/// The node whose key or value is there, the innermost one.
pub fn node_at(tree: &Tree, offset: usize) -> Option<(NodeId, bool)> {
    let touches = |range: &Range<usize>| range.start <= offset && offset <= range.end;
    let mut keys = tree.nodes.iter();
    if let Some(node) = keys.find(|it| it.key.as_ref().is_some_and(touches)) {
        return Some((node.id, true));
    }
    let values = tree.nodes.iter();
    let values = values.filter(|it| it.text.is_some() && touches(&it.range));
    let node = values.min_by_key(|it| it.range.len())?;
    Some((node.id, false))
}

/// The trees of a text that ends in a word, as a key and as a value, and with brackets closed.
fn trees(text: String) -> impl Iterator<Item = Tree> {
    let endings = endings(&text).into_iter().map(str::to_owned);
    let endings = endings.chain(brackets());
    endings.filter_map(move |ending| yaml::parse(&format!("{text}{ending}\n")).0)
}

/// What makes a key or a value of a word at the end of a text, the likelier first.
fn endings(text: &str) -> [&'static str; 2] {
    let line = text.rsplit(['\n', '\r']).next().unwrap_or_default();
    match line.trim_start().starts_with('-') {
        true => ["", ":"],
        false => [":", ""],
    }
}

/// Every row of closing brackets, the short ones first.
fn brackets() -> impl Iterator<Item = String> {
    (1..=MOST_BRACKETS).flat_map(|length| {
        (0..1_u32 << length).map(move |bits| {
            let close = |at: u32| if bits >> at & 1 == 0 { '}' } else { ']' };
            (0..length).map(close).collect()
        })
    })
}

/// The steps to a node, without those into a patch; whether it is within one.
pub fn steps(tree: &Tree, id: NodeId) -> (Vec<String>, bool) {
    let mut around: Vec<NodeId> = iter::once(id).chain(tree.ancestors(id)).collect();
    around.reverse();
    let steps = around.iter().filter_map(|id| match &tree.node(*id)?.step {
        Step::Root => None,
        Step::Key(key) => Some(key.to_string()),
        Step::Index(index) => Some(index.to_string()),
    });
    let mut steps: Vec<String> = steps.collect();
    let is_in_patch =
        steps.len() > 2 && steps.first().is_some_and(|it| it == manifest::ENVIRONMENTS);
    if is_in_patch {
        steps.drain(..2);
    }
    (steps, is_in_patch)
}

/// Where a node is, or its key.
pub fn at_node(tree: &Tree, (id, is_key): (NodeId, bool)) -> Option<At> {
    let node = tree.node(id)?;
    let (steps, is_in_patch) = steps(tree, id);
    let siblings = tree
        .nodes
        .iter()
        .filter(|it| it.parent == node.parent && it.id != node.id);
    let beside = siblings.filter_map(|it| match &it.step {
        Step::Key(key) => Some(key.to_string()),
        _ => it.text.as_deref().map(str::to_owned),
    });
    Some(At {
        steps,
        is_key,
        is_in_patch,
        beside: beside.collect(),
    })
}

impl At {
    /// The steps, for a match.
    pub fn path(&self) -> Vec<&str> {
        self.steps.iter().map(String::as_str).collect()
    }

    /// The group whose name the place is.
    pub fn group(&self) -> Option<&str> {
        match self.path().as_slice() {
            ["groups", name] if self.is_key => Some(name),
            _ => None,
        }
    }

    /// The schema of the value, or of the mapping that a key is in.
    pub fn schema(&self, steps: &[String]) -> Option<&'static Value> {
        let mut schema: &Value = &SCHEMA;
        for step in steps {
            let items = || schema.get("items");
            schema = member_schema(schema, step).or_else(items)?;
        }
        Some(schema)
    }

    /// The row of the table of fields.
    pub fn field(&self) -> Option<&'static FieldInfo> {
        fields::at(&self.path())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where a `|` in a text is.
    fn told(input: &str) -> String {
        let text: String = serde_json::from_str(input).unwrap();
        let offset = text.find('|').unwrap();
        let text = text.replacen('|', "", 1);
        let Some(at) = writing(&text, offset) else {
            return "nowhere".to_owned();
        };
        let kind = if at.is_key { "key" } else { "value" };
        let patch = if at.is_in_patch { " in a patch" } else { "" };
        let mut steps = at.path();
        if at.is_key {
            steps.pop();
        }
        let (steps, beside) = (steps.join("/"), at.beside);
        format!("{kind} /{steps}{patch} beside {beside:?}")
    }

    #[test]
    fn places_in_unfinished_texts_are_as_the_table_says() {
        crate::text::table::check("cursors", |input| vec![told(input)]);
    }
}
