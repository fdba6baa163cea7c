//! The lines around a finding as they may be shown: secrets starred, hidden characters as numbers, tabs as blanks, each
//! line cut to the width of the terminal around what is marked. Replacing and cutting move everything, so the text is
//! built together with the places of the marks in it. No more of a line than its neighbourhood is ever copied.

use std::ops::Range;

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use unicode_width::UnicodeWidthChar;

use super::safe;
use crate::source::Source;

/// Lines of a marked range that are shown; of a longer one, its first lines.
const MOST_LINES: usize = 6;

/// How many bytes before and after the start of a mark are looked at.
const BEFORE: usize = 2_048;
const AFTER: usize = 8_192;

const TAB: usize = 4;

/// Some lines of a source with places marked in them: what miette draws.
#[derive(Debug)]
pub(super) struct Snippet {
    name: String,
    text: String,
    chunks: Vec<Chunk>,
    marks: Vec<Mark>,
}

/// Lines that follow each other.
#[derive(Debug)]
struct Chunk {
    first_line: usize,
    lines: usize,
    span: Range<usize>,
}

/// A marked range: where it is drawn, and where it really is.
#[derive(Debug, Clone)]
struct Mark {
    drawn: Range<usize>,
    line: usize,
    column: usize,
}

/// How wide the lines may be, and what stands for what is cut off.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    pub(super) width: usize,
    pub(super) ellipsis: &'static str,
}

impl Frame {
    /// What is left of the width where both ends are cut.
    fn room(self) -> usize {
        self.width.saturating_sub(2 * self.ellipsis.chars().count())
    }
}

/// What is marked of a source, in bytes, with its lines.
#[derive(Debug, Clone)]
struct Wanted {
    range: Range<usize>,
    first: usize,
    last: usize,
}

impl Snippet {
    /// Shows `ranges` of a source, each with a line before and after it.
    pub(super) fn new(source: &Source, ranges: &[Range<usize>], frame: Frame) -> Self {
        let wanted: Vec<Wanted> = ranges.iter().map(|range| wanted(source, range)).collect();
        let mut snippet = Self {
            name: safe::text(source.name()),
            text: String::new(),
            chunks: Vec::new(),
            marks: wanted
                .iter()
                .map(|wanted| {
                    let position = source.position(wanted.range.start);
                    Mark {
                        drawn: usize::MAX..0,
                        line: position.line,
                        column: position.column,
                    }
                })
                .collect(),
        };
        let count = source.line_count();
        let ends_with_line_end = count > 1 && source.line_range(count).is_empty();
        for lines in chunks(&wanted, count - usize::from(ends_with_line_end)) {
            let start = snippet.text.len();
            for line in lines.clone() {
                snippet.push_line(source, line, &wanted, frame);
            }
            snippet.chunks.push(Chunk {
                first_line: lines.start,
                lines: lines.len(),
                span: start..snippet.text.len(),
            });
        }
        snippet
    }

    /// Where the ranges given to `new` are drawn, in their order.
    pub(super) fn drawn(&self) -> impl Iterator<Item = Range<usize>> {
        self.marks.iter().map(|mark| mark.drawn.clone())
    }

    /// How many digits the highest line number has.
    pub(super) fn digits(source: &Source, ranges: &[Range<usize>]) -> usize {
        let last = ranges
            .iter()
            .map(|range| wanted(source, range).last + 1)
            .max();
        last.unwrap_or(1).to_string().len()
    }

    /// The last line of a range, where it has more lines than are shown.
    pub(super) fn goes_on_to(source: &Source, range: &Range<usize>) -> Option<usize> {
        let last = last_line(source, range);
        (last > wanted(source, range).last).then_some(last)
    }

    fn push_line(&mut self, source: &Source, line: usize, wanted: &[Wanted], frame: Frame) {
        let here: Vec<(usize, Range<usize>)> = on_line(source, line, wanted);
        let focus = here.first().map(|(_, part)| part.clone());
        let drawn = Line::read(source, line, focus, &here).draw(frame);
        let base = self.text.len();
        for ((index, _), place) in here.iter().zip(drawn.places) {
            if let Some(mark) = self.marks.get_mut(*index) {
                mark.drawn.start = mark.drawn.start.min(base + place.start);
                mark.drawn.end = mark.drawn.end.max(base + place.end);
            }
        }
        self.text.push_str(&drawn.text);
        self.text.push('\n');
    }
}

/// A range with its lines, those that are too many left out. An end just after a line end belongs to the line before.
fn wanted(source: &Source, range: &Range<usize>) -> Wanted {
    let start = source.position(range.start);
    let end = source.position(range.end.max(range.start)).offset;
    let last = last_line(source, range).min(start.line + MOST_LINES - 1);
    let end = end.min(source.line_range(last).end).max(start.offset);
    Wanted {
        range: start.offset..end,
        first: start.line,
        last,
    }
}

fn last_line(source: &Source, range: &Range<usize>) -> usize {
    source.line_of(range.end.saturating_sub(1).max(range.start))
}

/// The lines to show: each mark's own and one before and after, joined where they meet.
fn chunks(wanted: &[Wanted], count: usize) -> Vec<Range<usize>> {
    let mut lines: Vec<Range<usize>> = wanted
        .iter()
        .map(|wanted| {
            let first = wanted.first.saturating_sub(1).max(1);
            first..(wanted.last + 2).min(count.max(wanted.last) + 1)
        })
        .collect();
    lines.sort_by_key(|lines| (lines.start, lines.end));
    let mut joined: Vec<Range<usize>> = Vec::new();
    for lines in lines {
        match joined.last_mut() {
            Some(last) if lines.start <= last.end => last.end = last.end.max(lines.end),
            _ => joined.push(lines),
        }
    }
    joined
}

/// The marks that touch a line, with the part that is on it.
fn on_line(source: &Source, line: usize, wanted: &[Wanted]) -> Vec<(usize, Range<usize>)> {
    let content = source.line_range(line);
    let touching = wanted.iter().enumerate();
    touching
        .filter(|(_, wanted)| (wanted.first..=wanted.last).contains(&line))
        .map(|(index, wanted)| {
            let start = wanted.range.start.clamp(content.start, content.end);
            (index, start..wanted.range.end.clamp(start, content.end))
        })
        .collect()
}

/// A character as it is drawn, with its width.
struct Cell {
    shown: String,
    width: usize,
}

/// The neighbourhood of a focus on a line, drawn character by character.
struct Line {
    cells: Vec<Cell>,
    /// The marked parts, by the index of their cells.
    parts: Vec<Range<usize>>,
    cut_before: bool,
    cut_after: bool,
}

struct Drawn {
    text: String,
    places: Vec<Range<usize>>,
}

impl Line {
    fn read(
        source: &Source,
        line: usize,
        focus: Option<Range<usize>>,
        here: &[(usize, Range<usize>)],
    ) -> Self {
        let content = source.line_range(line);
        let anchor = focus.map_or(content.start, |focus| focus.start);
        let start = source
            .position(anchor.saturating_sub(BEFORE))
            .offset
            .max(content.start);
        let end = source
            .position(anchor.saturating_add(AFTER))
            .offset
            .min(content.end);
        let within = |offset: usize| offset.clamp(start, end);
        let mut cuts: Vec<usize> = here
            .iter()
            .flat_map(|(_, part)| [within(part.start), within(part.end)])
            .collect();
        cuts.extend([start, end]);
        cuts.sort_unstable();
        cuts.dedup();
        // Stars can be shorter than what they hide: only the ends of pieces have known places.
        let mut raw = String::new();
        let mut at_raw = vec![(start, 0)];
        for (from, to) in cuts.iter().zip(cuts.iter().skip(1)) {
            raw.push_str(&source.shown(*from..*to));
            at_raw.push((*to, raw.len()));
        }
        let bom = if line == 1 && start == 0 && raw.starts_with('\u{feff}') {
            3
        } else {
            0
        };
        let (cells, offsets) = cells(&raw, bom);
        let cell_of = |offset: usize| {
            let raw_offset = at_raw
                .iter()
                .find(|(cut, _)| *cut == within(offset))
                .map_or(0, |(_, at)| *at);
            offsets.partition_point(|&cell| cell < raw_offset)
        };
        Self {
            parts: here
                .iter()
                .map(|(_, part)| cell_of(part.start)..cell_of(part.end))
                .collect(),
            cells,
            cut_before: start > content.start,
            cut_after: end < content.end,
        }
    }

    /// Cuts the line to the frame around its first marked part.
    fn draw(&self, frame: Frame) -> Drawn {
        let mut ends = vec![0];
        for cell in &self.cells {
            ends.push(ends.last().copied().unwrap_or(0) + cell.width);
        }
        let column = |cell: usize| ends.get(cell).copied().unwrap_or(0);
        let total = column(self.cells.len());
        let visible = if total <= frame.width && !self.cut_before && !self.cut_after {
            0..self.cells.len()
        } else {
            let focus = self.parts.first().cloned().unwrap_or(0..0);
            let (start, end) = (column(focus.start), column(focus.end));
            let from = first_column(start, end, total, frame);
            let first = ends
                .partition_point(|&end| end < from)
                .min(self.cells.len());
            let room = frame.room();
            let last = ends
                .partition_point(|&end| end <= column(first) + room)
                .saturating_sub(1);
            first..last.max(first).min(self.cells.len())
        };
        self.draw_cells(&visible, frame)
    }

    fn draw_cells(&self, visible: &Range<usize>, frame: Frame) -> Drawn {
        let mut text = String::new();
        if visible.start > 0 || self.cut_before {
            text.push_str(frame.ellipsis);
        }
        let mut at = vec![text.len()];
        for cell in self.cells.iter().take(visible.end).skip(visible.start) {
            text.push_str(&cell.shown);
            at.push(text.len());
        }
        if visible.end < self.cells.len() || self.cut_after {
            text.push_str(frame.ellipsis);
        }
        let after = text.len();
        let place = |cell: usize, is_end: bool| {
            if cell < visible.start {
                0
            } else if cell > visible.end
                || (cell == visible.end && cell < self.cells.len() && !is_end)
            {
                if is_end {
                    after
                } else {
                    at.last().copied().unwrap_or(0)
                }
            } else {
                at.get(cell - visible.start).copied().unwrap_or(after)
            }
        };
        let places = self
            .parts
            .iter()
            .map(|part| {
                let start = place(part.start, false);
                let end = if part.is_empty() {
                    start
                } else {
                    place(part.end, true)
                };
                start..end.max(start)
            })
            .collect();
        Drawn { text, places }
    }
}

/// The column that a cut line starts from: the line's own start where the focus can be seen from there, else so that the
/// focus has some text before it.
fn first_column(start: usize, end: usize, total: usize, frame: Frame) -> usize {
    let room = frame.room();
    if end <= room {
        return 0;
    }
    let focus = (end - start).min(room);
    let before = ((room - focus) / 2).max(room / 8).min(room - focus);
    start.saturating_sub(before).min(total.saturating_sub(room))
}

/// The characters of a text as they are drawn, and the byte offset of each in the text.
fn cells(raw: &str, skip: usize) -> (Vec<Cell>, Vec<usize>) {
    let mut column = 0;
    let mut cells = Vec::new();
    let mut offsets = Vec::new();
    for (at, character, instead) in safe::characters(raw) {
        if at < skip {
            continue;
        }
        let shown = match (character, instead) {
            ('\t', _) => " ".repeat(TAB - column % TAB),
            (_, Some(instead)) => instead,
            (_, None) => character.to_string(),
        };
        let width = shown
            .chars()
            .map(|character| character.width().unwrap_or(0))
            .sum();
        column += width;
        cells.push(Cell { shown, width });
        offsets.push(at);
    }
    (cells, offsets)
}

impl SourceCode for Snippet {
    /// The lines around a span: always all those that were chosen for it. A span of which no context is asked is a mark,
    /// whose real place is given.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let end = span.offset() + span.len();
        let holds = |chunk: &&Chunk| chunk.span.start <= span.offset() && end <= chunk.span.end;
        let chunk = self
            .chunks
            .iter()
            .find(holds)
            .ok_or(MietteError::OutOfBounds)?;
        let mark = self
            .marks
            .iter()
            .find(|mark| mark.drawn.start == span.offset());
        let (line, column) = match mark {
            Some(mark) if before == 0 => (mark.line, mark.column),
            _ => (chunk.first_line, 1),
        };
        let data = self.text.get(chunk.span.clone()).unwrap_or_default();
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            data.as_bytes(),
            (chunk.span.start, chunk.span.len()).into(),
            line - 1,
            column - 1,
            chunk.lines,
        )))
    }
}
