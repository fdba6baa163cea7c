//! Which bytes of the source stand for which bytes of a scalar's text.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::Style;

/// In double-quoted text: a backslash with what follows it, an escape or (the group) what is none; or the quote that ends the text.
pub(super) static ESCAPE: LazyLock<Regex> = LazyLock::new(|| {
    const HIGH: &str = r"[dD][89abAB]\h{2}";
    const LOW: &str = r"[dD][c-fC-F]\h{2}";
    let pattern = format!(
        r#"(?s)\\(?:\r\n|[0abt\tnvfre "/\\N_LP\r\n]|x\h{{2}}|u{HIGH}\\u{LOW}|u(?:[0-9a-ce-fA-CE-F]\h{{3}}|[dD][0-7]\h{{2}})|U00(?:0\h|10)\h{{4}})|(\\(?:x\h?|u\h{{0,3}}|U\h{{0,7}}|.))|""#
    )
    .replace(r"\h", "[0-9a-fA-F]");
    #[expect(clippy::expect_used, reason = "a constant; a test reads it")]
    Regex::new(&pattern).expect("a pattern")
});

/// A run of a scalar's text, and how it is written. Where both have the same length, each byte stands for itself.
#[derive(Debug)]
struct Piece {
    text: Range<usize>,
    source: Range<usize>,
}

impl Piece {
    fn is_copied(&self) -> bool {
        self.text.len() == self.source.len()
    }

    /// Where the character is written that starts at an offset of the text.
    fn start(&self, at: usize) -> usize {
        match self.is_copied() {
            true => self.source.start + at.saturating_sub(self.text.start),
            false => self.source.start,
        }
    }
}

/// A scalar's text with where each part of it is written.
#[derive(Debug)]
pub(super) struct Offsets {
    pieces: Vec<Piece>,
    /// Where text would be added at the end.
    end: usize,
}

impl Offsets {
    /// Reads a scalar at its range, quotes and block header included. `text` is what it says.
    pub(super) fn read(source: &str, range: &Range<usize>, style: Style, text: &str) -> Self {
        let is_block = matches!(style, Style::Literal | Style::Folded);
        let is_quoted = matches!(style, Style::SingleQuoted | Style::DoubleQuoted);
        let mut reader = Reader {
            source,
            style,
            at: range.start + usize::from(is_quoted),
            indent: None,
            pieces: Vec::new(),
        };
        let mut end = range
            .end
            .saturating_sub(usize::from(is_quoted))
            .max(reader.at);
        if is_block {
            end = range.end;
            reader.skip_header(text);
        }
        reader.read(text);
        let read = reader.pieces.last().map_or(0, |last| last.text.end);
        if read < text.len() {
            // The line feed of a last line that has none: it is read, but not written.
            end = end.max(reader.at);
        }
        Self {
            pieces: reader.pieces,
            end,
        }
    }

    /// Where a range of the text is written. An empty range is where text would be put in.
    pub(super) fn source(&self, part: &Range<usize>) -> Range<usize> {
        let piece =
            |from: &dyn Fn(&Piece) -> bool| self.pieces.get(self.pieces.partition_point(from));
        let start = piece(&|piece| piece.text.end <= part.start);
        let start = start.map_or(self.end, |piece| piece.start(part.start));
        if part.end <= part.start {
            return start..start;
        }
        let end = match piece(&|piece| piece.text.end < part.end) {
            Some(piece) if piece.is_copied() && part.end < piece.text.end => piece.start(part.end),
            Some(piece) => piece.source.end,
            None => self.end,
        };
        start..end.max(start)
    }
}

/// The end of the line break at an offset.
fn line_break(source: &str, at: usize) -> Option<usize> {
    match source.as_bytes().get(at..)? {
        [b'\r', b'\n', ..] => Some(at + 2),
        [b'\r' | b'\n', ..] => Some(at + 1),
        _ => None,
    }
}

struct Reader<'s> {
    source: &'s str,
    style: Style,
    at: usize,
    /// How far the lines of a block scalar are indented.
    indent: Option<usize>,
    pieces: Vec<Piece>,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.source.get(self.at..).unwrap_or_default()
    }

    /// Walks through the text and the source side by side, as far as they agree.
    fn read(&mut self, text: &str) {
        let mut done = 0;
        // Behind an escaped line end.
        let mut is_behind_escape = false;
        while let Some(character) = text.get(done..).and_then(|rest| rest.chars().next()) {
            let length = character.len_utf8();
            if self.style == Style::DoubleQuoted && self.rest().starts_with('\\') {
                let escape = ESCAPE.find(self.rest()).map_or("", |found| found.as_str());
                is_behind_escape = escape.ends_with(['\n', '\r']);
                let source = self.at..self.at + escape.len();
                self.at = source.end;
                if is_behind_escape {
                    self.skip_indentation();
                } else {
                    let text = done..done + length;
                    done = text.end;
                    self.pieces.push(Piece { text, source });
                }
                continue;
            }
            if let Some(breaks) = self.breaks(character) {
                let feeds = text.get(done..).unwrap_or_default();
                let count = feeds.len() - feeds.trim_start_matches('\n').len();
                let is_last = done + count == text.len();
                // A folded line ends with a space, or with a feed for each blank line behind it.
                let is_folded = self.indent.is_none() && !is_behind_escape;
                let most = breaks.len() - usize::from(is_folded && breaks.len() > 1);
                let count = count.clamp(1, most);
                // Of the breaks between two lines the first one may only end its line; at the end the surplus ones do.
                let surplus = if is_last { 0 } else { breaks.len() - count };
                for source in breaks.into_iter().skip(surplus).take(count) {
                    self.pieces.push(Piece {
                        text: done..done + 1,
                        source,
                    });
                    done += 1;
                }
                is_behind_escape = false;
                continue;
            }
            is_behind_escape = false;
            let doubled = self.style == Style::SingleQuoted && self.rest().starts_with("''");
            if !self.rest().starts_with(character) {
                return;
            }
            let source = self.at..self.at + length + usize::from(doubled);
            self.at = source.end;
            self.push(Piece {
                text: done..done + length,
                source,
            });
            done += length;
        }
    }

    fn push(&mut self, piece: Piece) {
        match self.pieces.last_mut() {
            Some(last)
                if last.is_copied()
                    && piece.is_copied()
                    && last.source.end == piece.source.start =>
            {
                last.text.end = piece.text.end;
                last.source.end = piece.source.end;
            }
            _ => self.pieces.push(piece),
        }
    }

    /// The line breaks that a space or line feed of the text is written as: passes them, and the indentation behind.
    fn breaks(&mut self, character: char) -> Option<Vec<Range<usize>>> {
        let is_flow = self.indent.is_none();
        let blanks = match is_flow {
            true => self.rest().len() - self.rest().trim_start_matches([' ', '\t']).len(),
            false => 0,
        };
        if !matches!(character, ' ' | '\n') || line_break(self.source, self.at + blanks).is_none() {
            return None;
        }
        self.at += blanks;
        let mut breaks = Vec::new();
        while let Some(end) = line_break(self.source, self.at) {
            breaks.push(self.at..end);
            self.at = end;
            self.skip_indentation();
        }
        Some(breaks)
    }

    /// Passes what stands before the text of a line.
    fn skip_indentation(&mut self) {
        let blanks: &[char] = if self.indent.is_none() {
            &[' ', '\t']
        } else {
            &[' ']
        };
        let rest = self.rest();
        let count = rest.len() - rest.trim_start_matches(blanks).len();
        self.at += count.min(self.indent.unwrap_or(usize::MAX));
    }

    /// Passes a block scalar's header and the indentation of its first line, which is what the text does not have of it.
    fn skip_header(&mut self, text: &str) {
        self.at += self.rest().find(['\n', '\r']).unwrap_or(self.rest().len());
        let leading = |line: &str| line.len() - line.trim_start_matches(' ').len();
        let is_filled = |line: &&str| !line.trim_matches(' ').is_empty();
        let written = self.rest().split(['\n', '\r']).find(is_filled);
        let said = text.split('\n').find(is_filled).map(leading);
        // Where all lines are blank, one with blanks that belong to the text.
        let mut blank = self.rest().lines().skip(1).zip(text.split('\n'));
        let mut blank = || blank.find(|(_, said)| !said.is_empty());
        self.indent = Some(match said {
            Some(said) => written.map_or(0, leading).saturating_sub(said),
            None => blank().map_or(usize::MAX, |(line, said)| {
                leading(line).saturating_sub(said.len())
            }),
        });
        self.at = line_break(self.source, self.at).unwrap_or(self.at);
        self.skip_indentation();
    }
}
