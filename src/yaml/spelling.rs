//! How each character of a scalar is written: which bytes of the source stand for which bytes of the text.

use std::{
    ops::Range,
    sync::{Arc, Mutex, PoisonError},
};

use super::{Style, escape};

/// Some text and the source that stands for it. Where both are equally long, byte stands for byte, or it is one character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: Range<usize>,
    pub(super) source: Range<usize>,
}

/// The scalar of a document that was spelled last, by its range.
#[derive(Debug, Default)]
pub(super) struct Last(Mutex<Option<(Range<usize>, Arc<Spelling>)>>);

impl Last {
    /// The spelling of the scalar at `range`, read if another one was the last.
    pub(super) fn get(
        &self,
        range: &Range<usize>,
        read: impl FnOnce() -> Spelling,
    ) -> Arc<Spelling> {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &*last {
            Some((known, spelling)) if known == range => Arc::clone(spelling),
            _ => {
                let spelling = Arc::new(read());
                *last = Some((range.clone(), Arc::clone(&spelling)));
                spelling
            }
        }
    }
}

impl Clone for Last {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// The pieces of a scalar in the order of its text, all of its text covered.
#[derive(Debug)]
pub(super) struct Spelling {
    pieces: Vec<Piece>,
    /// Where text goes that is put at the end.
    end: usize,
}

impl Spelling {
    /// Reads a scalar that stands in `source` at `range` and says `text`.
    pub(super) fn read(source: &str, range: &Range<usize>, style: Style, text: &str) -> Self {
        let mut reader = Reader {
            source,
            pieces: Vec::new(),
            length: 0,
        };
        let end = match style {
            Style::SingleQuoted | Style::DoubleQuoted => {
                let inner = range.start + 1..range.end.saturating_sub(1).max(range.start + 1);
                reader.flow(inner.clone(), style);
                inner.end
            }
            Style::Literal | Style::Folded => reader.block(range, text),
            _ => {
                reader.flow(range.clone(), style);
                range.end
            }
        };
        Self {
            pieces: reader.pieces,
            end,
        }
    }

    /// The source of a byte range of the text; for an empty range the place where text goes that is put there.
    pub(super) fn source(&self, part: &Range<usize>) -> Range<usize> {
        let first = self
            .pieces
            .partition_point(|piece| piece.text.end <= part.start);
        let start = match self.pieces.get(first) {
            Some(piece) => offset(piece, part.start),
            None => self.end,
        };
        if part.end <= part.start {
            return start..start;
        }
        let last = self
            .pieces
            .partition_point(|piece| piece.text.end < part.end);
        let end = match self.pieces.get(last) {
            Some(piece) if part.end == piece.text.end => piece.source.end,
            Some(piece) if copied(piece) => offset(piece, part.end),
            Some(piece) => piece.source.end,
            None => self.end,
        };
        start..end.max(start)
    }
}

fn copied(piece: &Piece) -> bool {
    piece.text.len() == piece.source.len()
}

fn offset(piece: &Piece, at: usize) -> usize {
    let within = at.saturating_sub(piece.text.start);
    if copied(piece) {
        piece.source.start + within
    } else {
        piece.source.start
    }
}

/// The end of the line break that stands at an offset, if one does.
fn line_break(source: &str, at: usize) -> Option<usize> {
    match source.as_bytes().get(at..)? {
        [b'\r', b'\n', ..] => Some(at + 2),
        [b'\r' | b'\n', ..] => Some(at + 1),
        _ => None,
    }
}

struct Reader<'s> {
    source: &'s str,
    pieces: Vec<Piece>,
    /// How much text the pieces cover.
    length: usize,
}

impl Reader<'_> {
    fn push(&mut self, length: usize, source: Range<usize>) {
        let text = self.length..self.length + length;
        self.length = text.end;
        if let Some(last) = self.pieces.last_mut()
            && copied(last)
            && length == source.len()
            && last.source.end == source.start
        {
            last.text.end = text.end;
            last.source.end = source.end;
            return;
        }
        self.pieces.push(Piece { text, source });
    }

    /// Plain or quoted text, whose lines are folded.
    fn flow(&mut self, range: Range<usize>, style: Style) {
        let mut at = range.start;
        while let Some(rest) = self
            .source
            .get(at..range.end)
            .filter(|rest| !rest.is_empty())
        {
            let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
            if line_break(self.source, at + blanks).is_some() && at + blanks < range.end {
                at = self.fold(at + blanks, range.end);
                continue;
            }
            if style == Style::SingleQuoted && rest.starts_with("''") {
                self.push(1, at..at + 2);
                at += 2;
                continue;
            }
            if style == Style::DoubleQuoted
                && let Some((escape, length)) = escape::read(rest)
            {
                at = self.escaped(&escape, at..at + length, range.end);
                continue;
            }
            let length = rest.chars().next().map_or(1, char::len_utf8).max(blanks);
            self.push(length, at..at + length);
            at += length;
        }
    }

    fn escaped(&mut self, escape: &escape::Escape, source: Range<usize>, limit: usize) -> usize {
        match escape {
            escape::Escape::Character(character) => {
                let text = self.length..self.length + character.len_utf8();
                self.length = text.end;
                let end = source.end;
                self.pieces.push(Piece { text, source });
                end
            }
            escape::Escape::LineEnd => {
                let (at, breaks) = self.breaks(source.end, limit);
                for range in breaks {
                    self.push(1, range);
                }
                at
            }
        }
    }

    /// A line break in flow text and the blank lines behind it: a space, or a line feed for each blank line.
    fn fold(&mut self, at: usize, limit: usize) -> usize {
        let first = at..line_break(self.source, at).unwrap_or(at + 1);
        let (at, breaks) = self.breaks(first.end, limit);
        if breaks.is_empty() {
            self.pieces.push(Piece {
                text: self.length..self.length + 1,
                source: first,
            });
            self.length += 1;
        }
        for range in breaks {
            self.pieces.push(Piece {
                text: self.length..self.length + 1,
                source: range,
            });
            self.length += 1;
        }
        at
    }

    /// The breaks of the blank lines from an offset on, and where the next text starts.
    fn breaks(&self, mut at: usize, limit: usize) -> (usize, Vec<Range<usize>>) {
        let mut breaks = Vec::new();
        loop {
            let rest = self.source.get(at..limit).unwrap_or_default();
            at += rest.len() - rest.trim_start_matches([' ', '\t']).len();
            match line_break(self.source, at).filter(|_| at < limit) {
                Some(end) => {
                    breaks.push(at..end);
                    at = end;
                }
                None => return (at, breaks),
            }
        }
    }

    /// A block scalar: its lines' text is found in the text that it says, the line breaks between them by counting.
    fn block(&mut self, range: &Range<usize>, text: &str) -> usize {
        let header = self.source.get(range.start..).unwrap_or_default();
        let header = header.find(['\n', '\r']).unwrap_or(header.len());
        let mut at = range.start + header;
        let indent = self.indentation(at, text);
        let mut end = at;
        at = line_break(self.source, at).unwrap_or(at);
        let mut breaks: Vec<Range<usize>> = Vec::new();
        while self.length < text.len() && at < self.source.len() {
            let line = self.source.get(at..).unwrap_or_default();
            let line = line.split(['\n', '\r']).next().unwrap_or_default();
            let spaces = (line.len() - line.trim_start_matches(' ').len()).min(indent);
            let content = line.get(spaces..).unwrap_or_default();
            if !content.is_empty() {
                let rest = text.get(self.length..).unwrap_or_default();
                if rest.bytes().all(|byte| byte == b'\n') {
                    // What is left are the line feeds at the end; this line is behind the scalar.
                    break;
                }
                self.block_breaks(&breaks, text, false);
                breaks.clear();
                if !text
                    .get(self.length..)
                    .is_some_and(|rest| rest.starts_with(content))
                {
                    break;
                }
                self.push(content.len(), at + spaces..at + line.len());
                end = at + line.len();
            }
            at += line.len();
            let next = line_break(self.source, at).unwrap_or(at);
            breaks.push(at..next);
            at = next;
        }
        self.block_breaks(&breaks, text, true);
        end
    }

    fn block_breaks(&mut self, breaks: &[Range<usize>], text: &str, trailing: bool) {
        let rest = text.get(self.length..).unwrap_or_default();
        let feeds = rest.len() - rest.trim_start_matches('\n').len();
        let feeds = feeds.min(breaks.len());
        let kept = match trailing || feeds == 0 {
            true => breaks.get(
                ..feeds.max(usize::from(
                    !trailing && !breaks.is_empty() && rest.starts_with(' '),
                )),
            ),
            false => breaks.get(breaks.len() - feeds..),
        };
        for range in kept.unwrap_or_default() {
            self.pieces.push(Piece {
                text: self.length..self.length + 1,
                source: range.clone(),
            });
            self.length += 1;
        }
    }

    /// How far a block scalar's lines are indented: its first line that is not blank, less the blanks that belong to its text.
    /// Where all are blank, a line with blanks that belong to it.
    fn indentation(&self, from: usize, text: &str) -> usize {
        let leading = |line: &str| line.len() - line.trim_start_matches(' ').len();
        let filled = |line: &&str| !line.trim_matches(' ').is_empty();
        let source = self.source.get(from..).unwrap_or_default();
        let Some(said) = text.split('\n').find(filled).map(leading) else {
            let lines = source.lines().skip(1).zip(text.split('\n'));
            let mut blanks = lines.filter(|(_, said)| !said.is_empty());
            return blanks.next().map_or(usize::MAX, |(line, said)| {
                leading(line).saturating_sub(said.len())
            });
        };
        let written = source.split(['\n', '\r']).find(filled).map_or(0, leading);
        written.saturating_sub(said)
    }
}
