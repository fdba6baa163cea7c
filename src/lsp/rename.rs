//! Rename of a group: its key in the manifest and in every patch, and each profile of it that is written out and ends in its name.

use gen_lsp_types::{Position, RenameParams, TextDocumentPositionParams};
use serde_json::{Value, json};

use super::{
    asked::Asked,
    cursor,
    wire::{Code, Refusal},
};
use crate::{
    diagnostic::TextEdit,
    manifest::is_built_in,
    mask::is_lawful_group_name,
    yaml::{NodeId, Place, Tree},
};

/// Whether what is there can be renamed: where it stands, and how it is called.
pub fn prepare(asked: &Asked<'_>, params: &TextDocumentPositionParams) -> Option<Value> {
    let (tree, id, name) = group_at(asked, params.position)?;
    let key = Place::value(id, None).key();
    let range = tree.range(asked.source().text(), key);
    let is_secret = asked.source().touches_secret(&range);
    (!is_secret).then(|| json!({"range": asked.range(&range), "placeholder": name}))
}

/// The edits that give a group another name.
///
/// # Errors
/// Where there is no group, or no group may have that name.
pub fn all(asked: &Asked<'_>, params: &RenameParams) -> Result<Value, Refusal> {
    let refuse = |message| Err(Refusal(Code::Failed, message));
    let position = params.text_document_position_params.position;
    let Some((tree, _, old)) = group_at(asked, position) else {
        return refuse("only the name of a group can be renamed");
    };
    let new = params.new_name.trim();
    if is_built_in(&old) {
        return refuse("this group is built in: Campaign knows it by this name alone");
    }
    if !is_lawful_group_name(new) {
        return refuse(
            "a group's name has letters, digits, `_` and `-`, begins with a letter or `_`, and has at most 64 characters",
        );
    }
    if keys(tree).any(|(_, name)| name == new) {
        return refuse("there is a group of this name already");
    }
    let source = asked.source();
    let own = keys(tree).filter(|(_, name)| *name == old);
    let own = own.map(|(id, _)| Place::value(id, None).key());
    let places = own.chain(profiles(asked, &old));
    let edits = places.filter_map(|place| tree.replace(source.text(), place, new));
    let mut edits: Vec<TextEdit> = edits.flatten().collect();
    edits.sort_by_key(|edit| edit.range.start);
    edits.dedup();
    if edits.iter().any(|it| source.touches_secret(&it.range)) {
        return refuse("a secret stands in what would change");
    }
    Ok(asked.edit(&edits))
}

/// The group whose key is at a place.
fn group_at<'a>(asked: &'a Asked<'_>, position: Position) -> Option<(&'a Tree, NodeId, String)> {
    let tree = asked.checked.judged.document.as_deref()?;
    let offset = asked.client.encoding.offset(asked.source(), position);
    let (id, is_key) = cursor::node_at(tree, offset)?;
    let at = cursor::at_node(tree, (id, is_key))?;
    Some((tree, id, at.group()?.to_owned()))
}

/// The keys of all groups, in the manifest and in patches, with their names.
fn keys(tree: &Tree) -> impl Iterator<Item = (NodeId, String)> + '_ {
    let written = tree.nodes.iter().filter(|node| node.key.is_some());
    written.filter_map(|node| match cursor::steps(tree, node.id).0.as_slice() {
        [groups, name] if groups == "groups" => Some((node.id, name.clone())),
        _ => None,
    })
}

/// Where the name stands in each profile of the group that is written out.
fn profiles(asked: &Asked<'_>, name: &str) -> Vec<Place> {
    let mut places = Vec::new();
    for (_, context) in asked.contexts() {
        let Some((_, mask)) = context.sound_mask() else {
            continue;
        };
        let named = context.groups.iter().filter(|it| it.name.as_str() == name);
        let written = named.filter_map(|it| it.group.profile.get());
        let ending = written.filter(|it| mask.captures(it) == Some(name));
        places.extend(ending.map(|it| it.place.part(it.len() - name.len()..it.len())));
    }
    places
}
