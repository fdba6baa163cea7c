//! The lines around a finding as they may be shown: secrets starred, hidden characters as numbers, each line cut to the
//! width of the terminal around what is marked. No more of a line than its neighbourhood is ever copied.

use std::{collections::BTreeSet, ops::Range};

use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::text::{Position, Source, show, slice};

/// Lines of a marked range that are shown; of a longer one, its first lines.
pub(super) const MOST_LINES: usize = 6;

const TAB: &str = "    ";

/// Some lines of a source, with places marked in them.
#[derive(Debug)]
pub(super) struct Excerpt {
    name: String,
    text: String,
    /// The number of each line of the text, and where it starts there.
    lines: Vec<(usize, usize)>,
    /// The first is the finding's own place.
    marks: Vec<Mark>,
}

/// A marked range.
#[derive(Debug)]
struct Mark {
    /// Where it is in the source, without the lines that are too many.
    range: Range<usize>,
    lines: Range<usize>,
    start: Position,
    /// Where it is in the excerpt.
    drawn: Range<usize>,
    label: Option<String>,
}

impl Excerpt {
    /// The lines of some ranges of a source, each with the line before and after it, for a terminal of some width.
    pub(super) fn new<'a>(
        source: &Source,
        marks: impl Iterator<Item = (&'a Range<usize>, Option<String>)>,
        width: usize,
        ellipsis: &str,
    ) -> Self {
        let marks = marks.map(|(range, label)| Mark::new(source, range, label));
        let marks: Vec<Mark> = marks.collect();
        let mut count = source.line_count();
        if count > 1 && source.line_range(count).is_empty() {
            count -= 1;
        }
        let mut numbers = BTreeSet::new();
        for Mark { lines, .. } in &marks {
            numbers.extend(lines.start.saturating_sub(1).max(1)..lines.end);
            numbers.extend((lines.end <= count).then_some(lines.end));
        }
        let digits = numbers.last().unwrap_or(&1).to_string().len();
        // Ranges of several lines are joined by brackets before the lines.
        let has_brackets = marks.iter().any(|mark| mark.lines.len() > 1);
        let brackets = if has_brackets { marks.len() + 3 } else { 0 };
        let mut excerpt = Self {
            name: show::text(source.name()),
            text: String::with_capacity(4 * width),
            lines: Vec::with_capacity(numbers.len()),
            marks,
        };
        let width = width.saturating_sub(digits + 5 + brackets);
        for line in numbers {
            excerpt.push_line(source, line, width, ellipsis);
        }
        excerpt
    }

    /// What miette marks, in the order of the places.
    pub(super) fn labels(&self) -> Vec<LabeledSpan> {
        let label = |mark: &Mark| {
            let span = (mark.drawn.start, mark.drawn.len());
            match mark.label.clone() {
                None => LabeledSpan::new_primary_with_span(None, span),
                label => LabeledSpan::new_with_span(label, span),
            }
        };
        let mut labels: Vec<LabeledSpan> = self.marks.iter().map(label).collect();
        labels.sort_by_key(LabeledSpan::offset);
        labels
    }

    /// How many columns there are for the label of each mark, right of the mark's middle, on a terminal of some width.
    pub(super) fn rooms(&self, width: usize) -> Vec<usize> {
        let last = self.lines.last().map_or(1, |(number, _)| *number);
        let digits = last.to_string().len();
        let before = |mark: &Mark| {
            if mark.lines.len() > 1 {
                return self.marks.len() + 3;
            }
            let line = self.text.get(..mark.drawn.start).unwrap_or_default();
            let indent = line.rsplit('\n').next().unwrap_or_default().width();
            let marked = self.text.get(mark.drawn.clone()).unwrap_or_default();
            indent + marked.width() / 2
        };
        // The number, the bar, and the arrow to the label.
        let rooms = self.marks.iter().map(|mark| digits + 9 + before(mark));
        rooms.map(|taken| width.saturating_sub(taken)).collect()
    }

    fn push_line(&mut self, source: &Source, line: usize, width: usize, ellipsis: &str) {
        let mut content = source.line_range(line);
        if content.start == 0 && source.text().starts_with('\u{feff}') {
            content.start = 3;
        }
        let part = |mark: &Mark| {
            let start = mark.range.start.clamp(content.start, content.end);
            start..mark.range.end.clamp(start, content.end)
        };
        let focus = self.marks.iter().find(|mark| mark.lines.contains(&line));
        let focus = focus.map_or(content.start..content.start, part);
        let visible = visible(source.text(), &content, &focus, width, ellipsis);
        self.lines.push((line, self.text.len()));
        if visible.start > content.start {
            self.text.push_str(ellipsis);
        }
        let shown = source.shown(visible.clone());
        let start = self.text.len();
        // Where each character is in the source, and in the text, where that is not the same.
        let mut places = Vec::new();
        let is_plain = show::is_plain(&shown);
        if is_plain {
            self.text.push_str(&shown);
        } else {
            for (at, character, instead) in show::characters(&shown) {
                places.push((visible.start + at, self.text.len()));
                match instead {
                    Some(_) if character == '\t' => self.text.push_str(TAB),
                    Some(instead) => self.text.push_str(&instead),
                    None => self.text.push(character),
                }
            }
        }
        let end = self.text.len();
        if visible.end < content.end {
            self.text.push_str(ellipsis);
        }
        self.text.push('\n');
        let drawn = |offset: usize| {
            if is_plain {
                return (start + offset.saturating_sub(visible.start)).min(end);
            }
            let index = places.partition_point(|(at, _)| *at < offset);
            places.get(index).map_or(end, |(_, drawn)| *drawn)
        };
        for mark in &mut self.marks {
            let part = part(mark);
            if mark.lines.start == line {
                mark.drawn.start = drawn(part.start);
            }
            if mark.lines.contains(&line) {
                mark.drawn.end = drawn(part.end).max(mark.drawn.start);
            }
        }
    }
}

impl Mark {
    /// An end just after a line end belongs to the line before.
    fn new(source: &Source, range: &Range<usize>, label: Option<String>) -> Self {
        let start = source.position(range.start);
        let last = source.line_of(range.end.saturating_sub(1).max(range.start));
        let last = last.min(start.line + MOST_LINES - 1);
        let end = source.position(range.end).offset;
        let end = end.min(source.line_range(last).end);
        Self {
            range: start.offset..end.max(start.offset),
            lines: start.line..last + 1,
            start,
            drawn: 0..0,
            label,
        }
    }
}

/// The part of a line that fits, with text on both sides of the focus.
fn visible(
    text: &str,
    content: &Range<usize>,
    focus: &Range<usize>,
    width: usize,
    ellipsis: &str,
) -> Range<usize> {
    let whole = text.get(content.clone()).unwrap_or_default();
    if whole.len() <= width && show::is_plain(whole) {
        return content.clone();
    }
    let part = |range: Range<usize>| text.get(range).unwrap_or_default().chars();
    let (bytes, _) = fit(part(content.clone()), width);
    if bytes == content.len() {
        return content.clone();
    }
    let room = width.saturating_sub(2 * ellipsis.chars().count());
    let (_, marked) = fit(part(focus.clone()), room);
    let (_, after) = fit(part(focus.end..content.end), (room - marked) / 2);
    let before = part(content.start..focus.start).rev();
    let (bytes, _) = fit(before, room - marked - after);
    let start = focus.start - bytes;
    let (bytes, _) = fit(part(start..content.end), room);
    start..start + bytes
}

/// How many bytes of some characters fit into a room, and the columns that they fill.
fn fit(characters: impl Iterator<Item = char>, room: usize) -> (usize, usize) {
    let (mut bytes, mut columns) = (0, 0);
    for character in characters {
        columns += match character {
            ' '..='~' => 1,
            '\t' => TAB.len(),
            _ if show::is_hidden(character) => "<U+00000>".len(),
            // A character without width counts: there may be many.
            _ => character.width().unwrap_or(0).max(1),
        };
        if columns > room {
            return (bytes, room);
        }
        bytes += character.len_utf8();
    }
    (bytes, columns)
}

impl SourceCode for Excerpt {
    /// The lines of a span and those around it, with the numbers of the source, as the text itself would be read. A span of which
    /// no context is asked is a mark, whose place in the source is given.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (start, end) = (span.offset(), span.offset() + span.len());
        let part = self.text.get(start..end).ok_or(MietteError::OutOfBounds)?;
        let line_of = |offset| match offset == self.text.len() {
            true => self.lines.len(),
            false => self
                .lines
                .partition_point(|(_, at)| *at <= offset)
                .saturating_sub(1),
        };
        let first = line_of(start).saturating_sub(before);
        // A span that ends with a line end reaches to the line behind it.
        let last_offset = if part.ends_with('\n') {
            end
        } else {
            end.saturating_sub(1)
        };
        let last = line_of(last_offset.max(start)) + after;
        let start_of = |line: usize| self.lines.get(line).map_or(self.text.len(), |(_, at)| *at);
        let range = start_of(first)..start_of(last + 1);
        let mark = self.marks.iter().find(|mark| mark.drawn.start == start);
        let (line, column) = match mark {
            Some(mark) if before == 0 => (mark.start.line, mark.start.column),
            _ => (self.lines.get(first).map_or(1, |(number, _)| *number), 1),
        };
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            slice(&self.text, range.clone()).as_bytes(),
            (range.start, range.len()).into(),
            line - 1,
            column - 1,
            last + 1 - first,
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_as_miette_reads_a_text() {
        let text: String = (1..12).map(|n| format!("line {n}\n")).collect();
        let source = Source::new("a", text);
        for marked in [0..3, 8..24, 30..30, 40..41] {
            let marks = [(&marked, None), (&(70..71), None)];
            let excerpt = Excerpt::new(&source, marks.into_iter(), 80, "…");
            for start in 0..=excerpt.text.len() {
                for end in start..=excerpt.text.len() {
                    let span = (start, end - start).into();
                    let plain = excerpt.text.read_span(&span, 1, 1);
                    let own = excerpt.read_span(&span, 1, 1);
                    let (Ok(plain), Ok(own)) = (plain, own) else {
                        panic!("{span:?}");
                    };
                    assert_eq!(own.span(), plain.span(), "{span:?} of {:?}", excerpt.text);
                    assert_eq!(own.data(), plain.data());
                }
            }
        }
    }
}
