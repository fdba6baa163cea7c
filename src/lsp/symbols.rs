//! Document symbols: the keys of the manifest, each with those within.

use std::collections::HashMap;

use gen_lsp_types::{DocumentSymbolParams, SymbolKind};
use serde_json::{Value, json};

use super::{asked::Asked, client::add};
use crate::{
    text::show,
    yaml::{Node, NodeId, Value as Written},
};

/// All symbols.
pub fn all(asked: &Asked<'_>, _: &DocumentSymbolParams) -> Value {
    let Some(tree) = &asked.checked.judged.document else {
        return json!([]);
    };
    let mut within: HashMap<NodeId, Vec<Value>> = HashMap::new();
    // What is within is written after what it is within.
    for (index, node) in tree.nodes.iter().enumerate().rev() {
        // Mappings that patches made stand where they were written already.
        if u32::try_from(index).ok() != Some(node.id.0) {
            continue;
        }
        let id = node.id;
        let mut children = within.remove(&id).unwrap_or_default();
        children.reverse();
        let Some(parent) = node.parent else {
            return children.into();
        };
        let own = symbol(asked, node, children);
        within.entry(parent).or_default().extend(own);
    }
    json!([])
}

/// The symbol of a key; nothing for what has none.
fn symbol(asked: &Asked<'_>, node: &Node, children: Vec<Value>) -> Option<Value> {
    let key = node.key.clone()?;
    let kind = match node.value {
        Written::Mapping(_) => SymbolKind::Module,
        Written::Sequence(_) => SymbolKind::Array,
        _ => SymbolKind::Property,
    };
    let name = asked.source().shown(key.clone());
    let mut symbol = json!({
        "name": show::text(&name),
        "kind": kind,
        "range": asked.range(&(key.start..node.range.end.max(key.end))),
        "selectionRange": asked.range(&key),
    });
    if !children.is_empty() {
        add(&mut symbol, "children", children.into());
    }
    Some(symbol)
}
