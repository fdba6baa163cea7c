//! Scalars without what no output may show: nothing that is made of a tree then holds any of it.

use std::{collections::HashSet, ops::Range, sync::Arc};

use super::{Node, Place, Step, Tree, Value};

impl Tree {
    /// Puts a `*` for each byte that is written in one of these ranges of the tree's own text, which are sorted and disjoint. What the
    /// scalars said is kept for places and edits.
    pub fn hide(&mut self, text: &str, ranges: &[Range<usize>]) {
        let touches = |range: &Range<usize>| {
            let next = ranges.partition_point(|hidden| hidden.end <= range.start);
            ranges.get(next).is_some_and(|it| it.start < range.end)
        };
        let mut touched: Vec<Place> = Vec::new();
        for node in &self.nodes {
            let place = Place::value(node.id, None);
            touched.extend((node.text.is_some() && touches(&node.range)).then_some(place));
            touched.extend(
                node.key
                    .as_ref()
                    .filter(|key| touches(key))
                    .map(|_| place.key()),
            );
        }
        for place in touched {
            let Some(scalar) = self.scalar(text, place) else {
                continue;
            };
            let offsets = scalar.offsets(text);
            let shown = scalar.text.char_indices().map(|(at, character)| {
                let written = offsets.source(&(at..at + character.len_utf8()));
                match written.is_empty() || touches(&written) {
                    true => "*".repeat(character.len_utf8()),
                    false => character.to_string(),
                }
            });
            let shown: String = shown.collect();
            if shown != *scalar.text {
                self.put(place, shown.into());
            }
        }
        self.hide_alias_keys(text, touches);
        for id in 0..self.nodes.len() {
            let Some(Value::Mapping(members)) = self.nodes.get_mut(id).map(|it| &mut it.value)
            else {
                continue;
            };
            let mut members = std::mem::take(members);
            for member in &mut members {
                let step = self.node(member.value).map(|node| &node.step);
                if let (Some(Step::Key(key)), true) =
                    (step, self.hidden.contains_key(&(member.value, true)))
                {
                    member.key = key.clone();
                }
            }
            if let Some(node) = self.nodes.get_mut(id) {
                node.value = Value::Mapping(members);
            }
        }
    }

    /// Hides the keys that are aliases of what is hidden, or are hidden themselves: they are not written out as scalars.
    fn hide_alias_keys(&mut self, text: &str, touches: impl Fn(&Range<usize>) -> bool) {
        let hidden: HashSet<Arc<str>> = self.hidden.values().cloned().collect();
        let keys = self
            .nodes
            .iter()
            .filter_map(|node| match (&node.step, &node.key) {
                (Step::Key(said), Some(key)) if text.get(key.start..)?.starts_with('*') => {
                    let is_hidden = touches(key) || hidden.contains(said);
                    let place = Place::value(node.id, None).key();
                    is_hidden.then(|| (place, "*".repeat(said.len())))
                }
                _ => None,
            });
        for (place, shown) in keys.collect::<Vec<_>>() {
            self.put(place, shown.into());
        }
    }

    /// Puts another text in place of what a scalar says.
    fn put(&mut self, place: Place, shown: Arc<str>) {
        let is_key = place.is_key();
        let Some(node) = self.nodes.get_mut(place.node.0 as usize) else {
            return;
        };
        let Node {
            step,
            text,
            value,
            id,
            ..
        } = node;
        let said = match (step, text) {
            (Step::Key(key), _) if is_key => key,
            (_, Some(text)) if !is_key => text,
            _ => return,
        };
        let said = std::mem::replace(said, shown.clone());
        if !is_key
            && matches!(
                value,
                Value::String(_) | Value::Integer(_) | Value::Number(_)
            )
        {
            *value = Value::String(shown);
        }
        self.hidden.insert((*id, is_key), said);
    }
}
