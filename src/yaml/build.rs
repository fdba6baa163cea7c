//! The walk from events to a tree. It counts levels and nodes as it goes, aliases included, and expands nothing.

use std::{borrow::Cow, collections::HashMap, ops::Range, sync::Arc};

use granit_parser::StructureStyle;

use super::{
    NullForm, Problem, Step, Style, Tree, Value, block_header, comments, core,
    members::{Key, Members},
    node::{Node, NodeId},
    read::{MAX_DEPTH, MAX_NODES},
    syntax,
};
use crate::text::slice;

/// Among more names than this, none is looked for that was meant: that takes time for each pair of names.
const MANY_NAMES: usize = 100;

/// A limit that the text is over, and where.
pub(super) enum Stop {
    TooDeep(Range<usize>),
    TooMany(Range<usize>),
}

/// What stands before a node: its anchor (0 is none) and its tag.
pub(super) struct Properties {
    pub(super) anchor: usize,
    pub(super) tag: Option<(String, Range<usize>)>,
}

/// A collection that is not closed yet.
struct Open {
    id: NodeId,
    children: Children,
    style: Style,
    anchor: usize,
    /// The end of the last child.
    end: usize,
    /// How many nodes there were before it, aliases expanded.
    nodes_before: usize,
    /// How many levels it has so far.
    levels: usize,
}

enum Children {
    List(Vec<NodeId>),
    Mapping(Members),
}

/// How much a node is once its aliases are expanded.
#[derive(Clone, Copy)]
struct Weight {
    nodes: usize,
    levels: usize,
}

const LEAF: Weight = Weight {
    nodes: 1,
    levels: 0,
};

/// Builds a tree from events.
#[derive(Default)]
pub(super) struct Builder<'t> {
    text: &'t str,
    tree: Tree,
    open: Vec<Open>,
    pub(super) problems: Vec<Problem>,
    /// The anchored nodes; without a weight those that are still open.
    anchors: HashMap<usize, (NodeId, Option<Weight>)>,
    /// The names of the anchors.
    pub(super) names: Vec<Cow<'t, str>>,
    unknown: Vec<(String, Range<usize>)>,
    /// Where the scalars are, in order: what looks like a comment there is none.
    scalars: Vec<Range<usize>>,
    /// How many nodes there are, aliases expanded.
    nodes: usize,
    /// The end of what has been seen, comments apart.
    pub(super) cursor: usize,
}

impl<'t> Builder<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        // As many as manifests have, so that few grow.
        let scalars = text.len() / 16;
        let mut tree = Tree::default();
        tree.nodes.reserve(scalars);
        Self {
            text,
            tree,
            scalars: Vec::with_capacity(scalars),
            ..Self::default()
        }
    }

    /// Notes a range that is behind the walk.
    pub(super) fn pass(&mut self, range: &Range<usize>) {
        self.cursor = self.cursor.max(range.end);
    }

    /// How many collections by indentation are open.
    pub(super) fn block_depth(&self) -> usize {
        let open = self.open.iter();
        open.filter(|open| open.style == Style::Block).count()
    }

    /// Where the innermost open collection starts, and how it is written.
    pub(super) fn innermost(&self) -> Option<(usize, Style)> {
        let open = self.open.last()?;
        Some((self.tree.node(open.id)?.range.start, open.style))
    }

    pub(super) fn scalar(
        &mut self,
        text: Cow<'t, str>,
        style: Style,
        span: Range<usize>,
        properties: &Properties,
    ) -> Result<(), Stop> {
        self.count(1, &span)?;
        let is_empty = style == Style::Plain && span.is_empty();
        let range = match style {
            Style::Literal | Style::Folded => {
                block_header::block_range(self.text, self.cursor, &span)
            }
            _ if is_empty => self.place_of_nothing(&span, properties),
            _ => span,
        };
        self.pass(&range);
        self.scalars.push(match style {
            Style::Literal | Style::Folded => comments::content(self.text, &range),
            _ => range.clone(),
        });
        let text: Arc<str> = if is_empty {
            Arc::default()
        } else {
            text.into()
        };
        let value = self.value_of(&text, style, properties);
        if !self.awaits_key() {
            let id = self.write(value, range, style, Some(text));
            self.keep(properties.anchor, id, LEAF);
            self.put(id, LEAF);
            return Ok(());
        }
        let is_merge = style == Style::Plain && properties.tag.is_none() && &*text == "<<";
        let key = match is_merge && properties.anchor == 0 {
            true => Key::Merge,
            false => Key::of(&value, &text),
        };
        if properties.anchor != 0 {
            let id = self.write(value, range.clone(), style, Some(text));
            self.keep(properties.anchor, id, LEAF);
        }
        self.set_key(key, range);
        Ok(())
    }

    fn value_of(&mut self, text: &Arc<str>, style: Style, properties: &Properties) -> Value {
        match &properties.tag {
            None if style == Style::Plain => core::plain(text),
            None => Value::String(Arc::clone(text)),
            Some((tag, range)) => core::tagged(tag, text).unwrap_or_else(|| {
                self.problems.push(syntax::misfit_tag(range.clone(), tag));
                Value::Null(NullForm::Empty)
            }),
        }
    }

    /// An empty value's place: behind its anchor or tag, its key's colon, or its dash.
    fn place_of_nothing(&self, span: &Range<usize>, properties: &Properties) -> Range<usize> {
        let cursor = self.cursor;
        let at = match self.open.last().map(|open| &open.children) {
            None => cursor,
            _ if properties.anchor != 0 || properties.tag.is_some() => cursor,
            Some(Children::List(_)) => {
                let dash = block_header::find(self.text, cursor, b"-");
                dash.map_or(span.start, |dash| dash + 1)
            }
            Some(Children::Mapping(members)) => {
                let Some((_, key)) = &members.pending else {
                    return span.clone();
                };
                let start = key.end.max(cursor);
                let behind = slice(self.text, start..);
                let trimmed = behind.trim_start_matches([' ', '\t', '\r', '\n']);
                match trimmed.starts_with(':') {
                    true => start + behind.len() - trimmed.len() + 1,
                    false => start,
                }
            }
        };
        at..at
    }

    pub(super) fn open(
        &mut self,
        is_mapping: bool,
        style: StructureStyle,
        mut span: Range<usize>,
        properties: &Properties,
    ) -> Result<(), Stop> {
        if self.open.len() >= MAX_DEPTH {
            return Err(Stop::TooDeep(syntax::character(self.text, span.start)));
        }
        let style = match style {
            StructureStyle::Block => Style::Block,
            StructureStyle::Flow => Style::Flow,
        };
        let nodes_before = self.nodes;
        self.count(1, &span)?;
        let (children, fits) = match is_mapping {
            true => (Children::Mapping(Members::default()), "map"),
            false => (Children::List(Vec::new()), "seq"),
        };
        if let Some((tag, range)) = &properties.tag
            && tag != fits
            && tag != "!"
        {
            self.problems.push(syntax::misfit_tag(range.clone(), tag));
        }
        let is_member = self.pending().is_some();
        if style == Style::Block && !is_mapping && is_member {
            // Of a list that is indented like its key, the parser tells where its first item is.
            let dash = block_header::find(self.text, self.cursor, b"-");
            let start = dash.unwrap_or(span.start).min(span.start);
            span = start..start;
        }
        self.pass(&span);
        let end = span.end;
        let id = self.write(Value::Null(NullForm::Empty), span, style, None);
        let anchor = properties.anchor;
        if anchor != 0 {
            self.anchors.insert(anchor, (id, None));
        }
        self.open.push(Open {
            id,
            children,
            style,
            anchor,
            end,
            nodes_before,
            levels: 1,
        });
        Ok(())
    }

    pub(super) fn close(&mut self, span: Range<usize>) {
        let Some(open) = self.open.pop() else {
            return;
        };
        self.pass(&span);
        let weight = Weight {
            nodes: self.nodes - open.nodes_before,
            levels: open.levels,
        };
        let value = match open.children {
            Children::List(items) => Value::Sequence(items),
            Children::Mapping(members) => {
                Value::Mapping(members.finish(&self.tree, &mut self.problems))
            }
        };
        self.keep(open.anchor, open.id, weight);
        let Some(node) = self.tree.nodes.get_mut(open.id.0 as usize) else {
            return;
        };
        let has_bracket = open.style == Style::Flow && !span.is_empty();
        node.range.end = if has_bracket { span.end } else { open.end };
        node.value = value;
        if !self.awaits_key() {
            self.put(open.id, weight);
        } else if let Some(node) = self.tree.node(open.id) {
            let (key, range) = (Key::of(&node.value, &Arc::default()), node.range.clone());
            self.set_key(key, range);
        }
    }

    pub(super) fn alias(&mut self, anchor: usize, range: Range<usize>) -> Result<(), Stop> {
        self.pass(&range);
        let Some(&(target, weight)) = self.anchors.get(&anchor) else {
            return Ok(());
        };
        let Some(weight) = weight else {
            self.problems
                .push(syntax::alias_inside_itself(range.clone()));
            return self.placeholder(range);
        };
        if self.open.len() + weight.levels > MAX_DEPTH {
            return Err(Stop::TooDeep(range));
        }
        self.count(weight.nodes, &range)?;
        if self.awaits_key() {
            let written = slice(self.text, range.clone());
            let key = self.tree.node(target);
            let key = key.map_or(Key::Unknown, |node| Key::of(&node.value, &written.into()));
            self.set_key(key, range);
            return Ok(());
        }
        let id = self.write(Value::Alias(target), range, Style::Alias, None);
        self.put(id, weight);
        Ok(())
    }

    /// An alias without its anchor: said at the end, when all anchors are known.
    pub(super) fn unknown_alias(&mut self, name: &str, range: Range<usize>) -> Result<(), Stop> {
        self.pass(&range);
        self.unknown.push((name.to_owned(), range.clone()));
        self.placeholder(range)
    }

    fn placeholder(&mut self, range: Range<usize>) -> Result<(), Stop> {
        self.count(1, &range)?;
        if self.awaits_key() {
            self.set_key(Key::Unknown, range);
            return Ok(());
        }
        let id = self.write(Value::Null(NullForm::Empty), range, Style::Alias, None);
        self.put(id, LEAF);
        Ok(())
    }

    /// The tree, or the problems that leave none.
    pub(super) fn finish(mut self) -> Result<(Tree, Vec<Problem>), Vec<Problem>> {
        let known: &[_] = match self.names.len() > MANY_NAMES || self.unknown.len() > MANY_NAMES {
            true => &[],
            false => &self.names,
        };
        for (name, range) in &self.unknown {
            let problem = syntax::unknown_alias(name, range.clone(), known);
            self.problems.push(problem);
        }
        self.problems
            .sort_by_key(|problem| (problem.range.start, problem.range.end));
        self.tree.comments = comments::find(self.text, &self.scalars);
        if self.problems.iter().any(Problem::leaves_no_document) {
            self.problems.retain(Problem::leaves_no_document);
            return Err(self.problems);
        }
        match self.tree.nodes.is_empty() {
            true => Err(vec![syntax::no_document(self.text)]),
            false => Ok((self.tree, self.problems)),
        }
    }

    fn count(&mut self, nodes: usize, range: &Range<usize>) -> Result<(), Stop> {
        self.nodes = self.nodes.saturating_add(nodes);
        match self.nodes > MAX_NODES {
            true => Err(Stop::TooMany(range.clone())),
            false => Ok(()),
        }
    }

    /// The key of the innermost open mapping whose value is yet to come.
    fn pending(&self) -> Option<&(Key, Range<usize>)> {
        match &self.open.last()?.children {
            Children::Mapping(members) => members.pending.as_ref(),
            Children::List(_) => None,
        }
    }

    fn awaits_key(&self) -> bool {
        let is_mapping = |open: &Open| matches!(open.children, Children::Mapping(_));
        self.open.last().is_some_and(is_mapping) && self.pending().is_none()
    }

    /// Adds a node where the walk is.
    fn write(
        &mut self,
        value: Value,
        range: Range<usize>,
        style: Style,
        text: Option<Arc<str>>,
    ) -> NodeId {
        let open = self.open.last();
        let step = match open.map(|open| &open.children) {
            None => Step::Root,
            Some(Children::List(items)) => Step::Index(items.len()),
            Some(Children::Mapping(_)) => {
                let key = self.pending().map(|(key, _)| key.step());
                Step::Key(key.unwrap_or_default())
            }
        };
        let node = Node {
            id: self.tree.next_id(),
            value,
            parent: open.map(|open| open.id),
            step,
            key: self.pending().map(|(_, range)| range.clone()),
            range,
            style,
            text,
        };
        self.tree.push(node)
    }

    fn set_key(&mut self, key: Key, range: Range<usize>) {
        if let Some(open) = self.open.last_mut()
            && let Children::Mapping(members) = &mut open.children
        {
            open.end = open.end.max(range.end);
            members.pending = Some((key, range));
        }
    }

    /// Puts a value into the innermost open collection.
    fn put(&mut self, id: NodeId, weight: Weight) {
        let (Some(open), Some(node)) = (self.open.last_mut(), self.tree.node(id)) else {
            return;
        };
        open.end = open.end.max(node.range.end);
        open.levels = open.levels.max(weight.levels + 1);
        match &mut open.children {
            Children::List(items) => items.push(id),
            Children::Mapping(members) => members.put(id, &mut self.problems),
        }
    }

    fn keep(&mut self, anchor: usize, id: NodeId, weight: Weight) {
        if anchor != 0 {
            self.anchors.insert(anchor, (id, Some(weight)));
        }
    }
}
