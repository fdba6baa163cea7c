//! From symbolic places to byte ranges and JSON Pointers.

use std::{fmt::Write, ops::Range, sync::Arc};

use super::{Document, NodeId, Place, Step, Style, Target, Written, offsets::Offsets};

impl Document {
    /// A node as it is written.
    pub fn written(&self, id: NodeId) -> Option<&Written> {
        self.written.get(id.0 as usize)
    }

    /// The byte range of a place. `text` is the document's own.
    ///
    /// An empty part has an empty range where text would be put in. A key's place is, for a list's item, the item itself; for
    /// the root, the first key of its mapping, else the start of the text.
    pub fn range(&self, text: &str, place: Place) -> Range<usize> {
        let Some(written) = self.written(place.node) else {
            return 0..0;
        };
        match place.target {
            Target::Value => written.range.clone(),
            Target::Text(start, end) => start..end,
            Target::Key => self.key_range(place.node, written),
            Target::Part(start, end) => self
                .part(text, self.value_scalar(place.node), start..end)
                .unwrap_or_else(|| written.range.clone()),
            Target::KeyPart(start, end) => self
                .part(text, self.key_scalar(text, place.node), start..end)
                .unwrap_or_else(|| self.key_range(place.node, written)),
        }
    }

    /// The nodes around a node, as written, from the inner to the outer.
    pub fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let parent = |id: NodeId| self.written(id).and_then(|written| written.parent);
        std::iter::successors(parent(id), move |id| parent(*id))
    }

    /// The JSON Pointer (RFC 6901) of a node in the document as written; empty for the document itself.
    pub fn pointer(&self, id: NodeId) -> String {
        let mut steps = Vec::new();
        let mut next = Some(id);
        while let Some(written) = next.and_then(|id| self.written(id)) {
            steps.push(&written.step);
            // A parent is written before its children, so this ends.
            next = written.parent;
        }
        let mut pointer = String::new();
        for step in steps.into_iter().rev() {
            match step {
                Step::Root => {}
                Step::Key(key) => {
                    pointer.push('/');
                    pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
                }
                // Writing into a string does not fail.
                Step::Index(index) => drop(write!(pointer, "/{index}")),
            }
        }
        pointer
    }

    fn key_range(&self, id: NodeId, written: &Written) -> Range<usize> {
        match (&written.key, &written.step) {
            (Some(key), _) => key.clone(),
            (None, Step::Root) => {
                let of_root = self
                    .written
                    .iter()
                    .filter(|written| written.parent == Some(id));
                of_root
                    .filter_map(|written| written.key.clone())
                    .min_by_key(|key| key.start)
                    .unwrap_or(0..0)
            }
            (None, _) => written.range.clone(),
        }
    }

    fn part(
        &self,
        text: &str,
        scalar: Option<ScalarAt>,
        part: Range<usize>,
    ) -> Option<Range<usize>> {
        Some(self.offsets(text, &scalar?).source(&part))
    }

    /// Where the parts of a scalar of this document are written.
    pub(super) fn offsets(&self, text: &str, scalar: &ScalarAt) -> Offsets {
        Offsets::read(text, &scalar.range, scalar.style, &scalar.text)
    }

    /// A value that is a scalar: where it stands, how, and what it says.
    pub(super) fn value_scalar(&self, id: NodeId) -> Option<ScalarAt> {
        let written = self.written(id)?;
        let (range, style) = (written.range.clone(), written.style);
        Some(ScalarAt {
            range,
            style,
            text: Arc::clone(written.text.as_ref()?),
        })
    }

    /// A key that is written out as a scalar.
    pub(super) fn key_scalar(&self, text: &str, id: NodeId) -> Option<ScalarAt> {
        let written = self.written(id)?;
        let (Some(range), Step::Key(said)) = (written.key.clone(), &written.step) else {
            return None;
        };
        let style = match text.as_bytes().get(range.start)? {
            b'\'' => Style::SingleQuoted,
            b'"' => Style::DoubleQuoted,
            b'|' => Style::Literal,
            b'>' => Style::Folded,
            b'*' | b'[' | b'{' => return None,
            _ => Style::Plain,
        };
        Some(ScalarAt {
            range,
            style,
            text: Arc::clone(said),
        })
    }
}

/// A scalar where it stands.
pub(super) struct ScalarAt {
    pub(super) range: Range<usize>,
    pub(super) style: Style,
    pub(super) text: Arc<str>,
}
