//! Document symbols: the keys of the manifest, each with those within.

use std::collections::HashMap;

use gen_lsp_types::{DocumentSymbol, DocumentSymbolParams, SymbolKind};

use super::asked::Asked;
use crate::{
    text::show,
    yaml::{Node, NodeId, Value},
};

/// All symbols.
pub fn all(asked: &Asked<'_>, _: &DocumentSymbolParams) -> Vec<DocumentSymbol> {
    let Some(tree) = &asked.checked.judged.document else {
        return Vec::new();
    };
    let mut within: HashMap<NodeId, Vec<DocumentSymbol>> = HashMap::new();
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
            return children;
        };
        let own = symbol(asked, node, children);
        within.entry(parent).or_default().extend(own);
    }
    Vec::new()
}

/// The symbol of a key; nothing for what has none.
fn symbol(asked: &Asked<'_>, node: &Node, children: Vec<DocumentSymbol>) -> Option<DocumentSymbol> {
    let key = node.key.clone()?;
    let kind = match node.value {
        Value::Mapping(_) => SymbolKind::Module,
        Value::Sequence(_) => SymbolKind::Array,
        _ => SymbolKind::Property,
    };
    let name = asked.source().shown(key.clone());
    let name = show::text(&name);
    let range = asked.range(&(key.start..node.range.end.max(key.end)));
    let children = (!children.is_empty()).then_some(children);
    let own = asked.range(&key);
    Some(DocumentSymbol::new(
        name, None, kind, None, None, range, own, children,
    ))
}
