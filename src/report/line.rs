//! One line of a snippet: which part of it is shown, and where the marked characters are in that part.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use crate::text::Source;
use crate::text::show;

/// How many bytes before and after the start of a mark are looked at.
const BEFORE: usize = 2_048;
const AFTER: usize = 8_192;

const TAB: usize = 4;

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

/// A character as it is drawn, with its width.
struct Cell {
    shown: String,
    width: usize,
}

/// The neighbourhood of a focus on a line, drawn character by character.
pub(super) struct Line {
    cells: Vec<Cell>,
    /// The marked parts, by the index of their cells.
    parts: Vec<Range<usize>>,
    cut_before: bool,
    cut_after: bool,
}

/// A line as it is drawn, with the places of its marked parts in that text.
pub(super) struct Drawn {
    pub(super) text: String,
    pub(super) places: Vec<Range<usize>>,
}

impl Line {
    /// Reads what is near the focus, or the line's start, and finds the marked parts in it.
    pub(super) fn read(
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
    pub(super) fn draw(&self, frame: Frame) -> Drawn {
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
    for (at, character, instead) in show::characters(raw) {
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
