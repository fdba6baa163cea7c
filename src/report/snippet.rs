//! The lines around a finding as they may be shown: secrets starred, hidden characters as numbers, tabs as blanks, each
//! line cut to the width of the terminal around what is marked. Replacing and cutting move everything, so the text is
//! built together with the places of the marks in it. No more of a line than its neighbourhood is ever copied.

use std::ops::Range;

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use super::line::{Frame, Line};
use crate::text::Source;
use crate::text::show;

/// Lines of a marked range that are shown; of a longer one, its first lines.
const MOST_LINES: usize = 6;

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
    drawn: Option<Range<usize>>,
    line: usize,
    column: usize,
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
            name: show::text(source.name()),
            text: String::new(),
            chunks: Vec::new(),
            marks: wanted
                .iter()
                .map(|wanted| {
                    let position = source.position(wanted.range.start);
                    Mark {
                        drawn: None,
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
        self.marks
            .iter()
            .map(|mark| mark.drawn.clone().unwrap_or_default())
    }

    /// How many digits the highest line number has.
    pub(super) fn digits(source: &Source, ranges: &[Range<usize>]) -> usize {
        let last = ranges
            .iter()
            .map(|range| wanted(source, range).last + 1)
            .max();
        last.unwrap_or(1).to_string().len()
    }

    /// Whether a range is on several lines, which are then joined by a bracket before them.
    pub(super) fn has_lines(source: &Source, range: &Range<usize>) -> bool {
        let wanted = wanted(source, range);
        wanted.last > wanted.first
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
                let start = mark
                    .drawn
                    .as_ref()
                    .map_or(base + place.start, |drawn| drawn.start);
                mark.drawn = Some(start..base + place.end);
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
        let mark = self.marks.iter().find(|mark| {
            mark.drawn
                .as_ref()
                .is_some_and(|drawn| drawn.start == span.offset())
        });
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
