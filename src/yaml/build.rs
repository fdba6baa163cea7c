//! The walk from events to a tree. It counts levels and nodes as it goes, aliases included, and expands nothing.

use std::{borrow::Cow, collections::HashMap, ops::Range, sync::Arc};

use super::{
    Comment, Document, Mapping, Node, NodeId, NullForm, Problem, Step, Style, Value, Written,
    core::{self, Tag},
    frame::{Anchored, Children, Frame, LEAF, Properties, Scalar, Slot, Stop, Weight},
    header,
    members::{Key, Members},
    read::{MAX_DEPTH, MAX_NODES},
    syntax,
};

/// Among more names than this, none is looked for that was meant: that takes time for each pair of names.
const MANY_NAMES: usize = 100;

/// Builds a document from events.
pub(super) struct Builder<'t> {
    text: &'t str,
    frames: Vec<Frame>,
    written: Vec<Written>,
    comments: Vec<Comment>,
    problems: Vec<Problem>,
    anchors: HashMap<usize, Anchored>,
    names: Vec<Cow<'t, str>>,
    unknown: Vec<(String, Range<usize>)>,
    nodes: usize,
    /// The end of what has been seen, comments apart.
    cursor: usize,
    root: Option<Arc<Node>>,
}

impl<'t> Builder<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            frames: Vec::with_capacity(8),
            written: Vec::with_capacity(text.len() / 24),
            comments: Vec::new(),
            problems: Vec::new(),
            anchors: HashMap::new(),
            names: Vec::new(),
            unknown: Vec::new(),
            nodes: 0,
            cursor: 0,
            root: None,
        }
    }

    pub(super) fn comment(&mut self, range: Range<usize>) {
        self.comments.push(Comment { range });
    }

    pub(super) fn problem(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// The name of the anchor of the next node.
    pub(super) fn name(&mut self, name: Cow<'t, str>) {
        self.names.push(name);
    }

    /// Notes a range that is behind the walk.
    pub(super) fn pass(&mut self, range: Range<usize>) {
        self.cursor = self.cursor.max(range.end);
    }

    /// How many collections by indentation are open.
    pub(super) fn block_depth(&self) -> usize {
        self.frames
            .iter()
            .filter(|frame| frame.style == Style::Block)
            .count()
    }

    /// Where the innermost open collection starts, and how it is written.
    pub(super) fn innermost(&self) -> Option<(usize, Style)> {
        let frame = self.frames.last()?;
        Some((self.written(frame.id)?.range.start, frame.style))
    }

    /// The end of the last thing that was read without a problem.
    pub(super) fn cursor(&self) -> usize {
        self.cursor
    }

    fn written(&self, id: NodeId) -> Option<&Written> {
        self.written.get(id.0 as usize)
    }

    pub(super) fn scalar(
        &mut self,
        scalar: Scalar<'t>,
        span: Range<usize>,
        properties: &Properties,
    ) -> Result<(), Stop> {
        self.count(1, &span)?;
        let empty = scalar.style == Style::Plain && span.is_empty();
        let range = match scalar.style {
            Style::Literal | Style::Folded => header::block_range(self.text, self.cursor, &span),
            _ if empty => self.place_of_nothing(&span, properties),
            _ => span,
        };
        self.pass(range.clone());
        let text: Arc<str> = if empty { "".into() } else { scalar.text.into() };
        let value = self.value_of(&text, scalar.style, properties);
        let slot = self.slot();
        if slot.is_key && properties.anchor == 0 {
            let merges = scalar.style == Style::Plain && properties.tag.is_none() && &*text == "<<";
            self.set_key(
                if merges {
                    Key::Merge
                } else {
                    Key::of(&value, &text)
                },
                range,
            );
            return Ok(());
        }
        let is_key = slot.is_key;
        let id = self.write(slot, range.clone(), scalar.style, Some(Arc::clone(&text)));
        let node = Arc::new(Node { id, value });
        self.keep(properties.anchor, &node, LEAF);
        if is_key {
            self.set_key(Key::of(&node.value, &text), range);
        } else {
            self.put(node, range.end, LEAF);
        }
        Ok(())
    }

    fn value_of(&mut self, text: &Arc<str>, style: Style, properties: &Properties) -> Value {
        match &properties.tag {
            None if style == Style::Plain => core::plain(text),
            None => Value::String(Arc::clone(text)),
            Some((tag, range)) => core::tagged(*tag, text).unwrap_or_else(|| {
                self.problems.push(syntax::misfit_tag(range.clone(), *tag));
                Value::Null(NullForm::Empty)
            }),
        }
    }

    /// An empty value's place: behind its anchor or tag, its key's colon, or its dash.
    fn place_of_nothing(&self, span: &Range<usize>, properties: &Properties) -> Range<usize> {
        let cursor = self.cursor;
        let pending = match self.frames.last().map(|frame| &frame.children) {
            _ if properties.anchor != 0 || properties.tag.is_some() => return cursor..cursor,
            Some(Children::Mapping(members)) => members.pending(),
            Some(Children::List(_)) => {
                let dash = header::find(self.text, cursor, b"-");
                let at = dash.map_or(span.start, |dash| dash + 1);
                return at..at;
            }
            None => return cursor..cursor,
        };
        let Some((_, key)) = pending else {
            return span.clone();
        };
        let start = key.end.max(cursor);
        let behind = self.text.get(start..).unwrap_or_default();
        let trimmed = behind.trim_start_matches([' ', '\t', '\r', '\n']);
        let at = match trimmed.starts_with(':') {
            true => start + behind.len() - trimmed.len() + 1,
            false => start,
        };
        at..at
    }

    pub(super) fn open(
        &mut self,
        mapping: bool,
        style: Style,
        span: Range<usize>,
        properties: &Properties,
    ) -> Result<(), Stop> {
        if self.frames.len() >= MAX_DEPTH {
            return Err(Stop::TooDeep(syntax::character(self.text, span.start)));
        }
        self.count(1, &span)?;
        let (children, fits) = match mapping {
            true => (Children::Mapping(Members::default()), Tag::Mapping),
            false => (Children::List(Vec::new()), Tag::Sequence),
        };
        if let Some((tag, range)) = &properties.tag
            && *tag != fits
            && *tag != Tag::Plain
        {
            self.problems.push(syntax::misfit_tag(range.clone(), *tag));
        }
        let slot = self.slot();
        let mut span = span;
        if style == Style::Block && !mapping && slot.key.is_some() {
            // Of a list that is indented like its key, the parser tells where its first item is.
            let dash = header::find(self.text, self.cursor, b"-").unwrap_or(span.start);
            span = dash.min(span.start)..dash.min(span.start);
        }
        self.pass(span.clone());
        let end = span.end;
        let id = self.write(slot, span, style, None);
        let anchor = properties.anchor;
        if anchor != 0 {
            self.anchors.insert(
                anchor,
                Anchored {
                    node: None,
                    weight: LEAF,
                },
            );
        }
        let weight = Weight {
            nodes: 1,
            levels: 1,
        };
        self.frames.push(Frame {
            id,
            children,
            style,
            anchor,
            end,
            weight,
        });
        Ok(())
    }

    pub(super) fn close(&mut self, span: Range<usize>) -> Result<(), Stop> {
        let Some(frame) = self.frames.pop() else {
            return Ok(());
        };
        let bracket = frame.style == Style::Flow && !span.is_empty();
        let end = if bracket { span.end } else { frame.end };
        self.pass(span);
        if let Some(written) = self.written.get_mut(frame.id.0 as usize) {
            written.range.end = end;
        }
        let value = match frame.children {
            Children::List(items) => Value::Sequence(items),
            Children::Mapping(members) => {
                let members = members.finish(&self.written, &mut self.problems);
                Value::Mapping(Mapping { members })
            }
        };
        let node = Arc::new(Node {
            id: frame.id,
            value,
        });
        self.keep(frame.anchor, &node, frame.weight);
        match self.awaits_key() {
            true => {
                let start = self
                    .written(frame.id)
                    .map_or(end, |written| written.range.start);
                self.set_key(Key::of(&node.value, &"".into()), start..end);
            }
            false => self.put(node, end, frame.weight),
        }
        Ok(())
    }

    pub(super) fn alias(&mut self, anchor: usize, range: Range<usize>) -> Result<(), Stop> {
        self.pass(range.clone());
        let Some(anchored) = self.anchors.get(&anchor) else {
            return Ok(());
        };
        let weight = anchored.weight;
        let Some(target) = anchored.node.clone() else {
            self.problems
                .push(syntax::alias_inside_itself(range.clone()));
            return self.placeholder(range);
        };
        if self.frames.len() + weight.levels > MAX_DEPTH {
            return Err(Stop::TooDeep(range));
        }
        self.count(weight.nodes, &range)?;
        if self.awaits_key() {
            let text = match &target.value {
                Value::String(text) => Arc::clone(text),
                _ => self.text.get(range.clone()).unwrap_or_default().into(),
            };
            self.set_key(Key::of(&target.value, &text), range);
            return Ok(());
        }
        let slot = self.slot();
        let id = self.write(slot, range.clone(), Style::Alias, None);
        let node = Node {
            id,
            value: Value::Alias(target),
        };
        self.put(Arc::new(node), range.end, weight);
        Ok(())
    }

    /// An alias without its anchor: said at the end, when all anchors are known.
    pub(super) fn unknown_alias(&mut self, name: &str, range: Range<usize>) -> Result<(), Stop> {
        self.pass(range.clone());
        self.unknown.push((name.to_owned(), range.clone()));
        self.placeholder(range)
    }

    fn placeholder(&mut self, range: Range<usize>) -> Result<(), Stop> {
        self.count(1, &range)?;
        if self.awaits_key() {
            self.set_key(Key::Unknown, range);
            return Ok(());
        }
        let slot = self.slot();
        let id = self.write(slot, range.clone(), Style::Alias, None);
        let value = Value::Null(NullForm::Empty);
        self.put(Arc::new(Node { id, value }), range.end, LEAF);
        Ok(())
    }

    /// The document, or the problems that leave none.
    pub(super) fn finish(mut self) -> Result<(Document, Vec<Problem>), Vec<Problem>> {
        let names = match self.names.len() <= MANY_NAMES {
            true => self.names.as_slice(),
            false => &[],
        };
        for (index, (name, range)) in self.unknown.iter().enumerate() {
            let names = if index < MANY_NAMES { names } else { &[] };
            let problem = syntax::unknown_alias(name, range.clone(), names);
            self.problems.push(problem);
        }
        self.problems
            .sort_by_key(|problem| (problem.range.start, problem.range.end));
        self.comments.sort_by_key(|comment| comment.range.start);
        if self.problems.iter().any(Problem::leaves_no_document) {
            self.problems.retain(Problem::leaves_no_document);
            return Err(self.problems);
        }
        match self.root {
            Some(root) => {
                let (written, comments) = (self.written, self.comments);
                Ok((
                    Document {
                        root,
                        written,
                        comments,
                    },
                    self.problems,
                ))
            }
            None => Err(vec![syntax::no_document(self.text)]),
        }
    }

    fn count(&mut self, nodes: usize, range: &Range<usize>) -> Result<(), Stop> {
        self.nodes = self.nodes.saturating_add(nodes);
        if self.nodes > MAX_NODES {
            return Err(Stop::TooMany(range.clone()));
        }
        if let Some(frame) = self.frames.last_mut() {
            frame.weight.nodes += nodes;
        }
        Ok(())
    }

    fn awaits_key(&self) -> bool {
        matches!(self.frames.last(), Some(Frame { children: Children::Mapping(members), .. }) if members.pending().is_none())
    }

    fn slot(&self) -> Slot {
        let Some(frame) = self.frames.last() else {
            return Slot {
                parent: None,
                step: Step::Root,
                key: None,
                is_key: false,
            };
        };
        let (step, key, is_key) = match &frame.children {
            Children::List(items) => (Step::Index(items.len()), None, false),
            Children::Mapping(members) => match members.pending() {
                Some((key, range)) => (Step::Key(key.step()), Some(range.clone()), false),
                None => (Step::Key("".into()), None, true),
            },
        };
        Slot {
            parent: Some(frame.id),
            step,
            key,
            is_key,
        }
    }

    fn write(
        &mut self,
        slot: Slot,
        range: Range<usize>,
        style: Style,
        text: Option<Arc<str>>,
    ) -> NodeId {
        // There are never more than MAX_NODES nodes.
        let id = NodeId(u32::try_from(self.written.len()).unwrap_or(u32::MAX));
        let Slot {
            parent, step, key, ..
        } = slot;
        self.written.push(Written {
            parent,
            step,
            key,
            range,
            style,
            text,
        });
        id
    }

    fn set_key(&mut self, key: Key, range: Range<usize>) {
        if let Some(frame) = self.frames.last_mut() {
            frame.end = frame.end.max(range.end);
            if let Children::Mapping(members) = &mut frame.children {
                members.set_key(key, range);
            }
        }
    }

    /// Puts a value into the innermost open collection, or makes it the document.
    fn put(&mut self, node: Arc<Node>, end: usize, weight: Weight) {
        let Some(frame) = self.frames.last_mut() else {
            self.root.get_or_insert(node);
            return;
        };
        frame.end = frame.end.max(end);
        frame.weight.levels = frame.weight.levels.max(weight.levels + 1);
        if weight.levels > 0 && !matches!(node.value, Value::Alias(_)) {
            // The collection itself was counted when it opened.
            frame.weight.nodes += weight.nodes - 1;
        }
        match &mut frame.children {
            Children::List(items) => items.push(node),
            Children::Mapping(members) => members.put(node, &self.written, &mut self.problems),
        }
    }

    fn keep(&mut self, anchor: usize, node: &Arc<Node>, weight: Weight) {
        if anchor != 0 {
            let node = Some(Arc::clone(node));
            self.anchors.insert(anchor, Anchored { node, weight });
        }
    }
}
