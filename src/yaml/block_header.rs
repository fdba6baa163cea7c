//! Where a block scalar starts and ends: the parser tells only where its content is.

use crate::text::slice;
use std::ops::Range;

/// The range of a block scalar, from its `|` or `>` to the end of its last line that is not blank. `from` is the end of what
/// stands before it, `content` the parser's range of its content.
pub(super) fn block_range(text: &str, from: usize, content: &Range<usize>) -> Range<usize> {
    let start = find(text, from, b"|>").unwrap_or(content.start);
    let header = slice(text, start..);
    let indicators = header.find(|c: char| !matches!(c, '|' | '>' | '+' | '-' | '0'..='9'));
    let header_end = start + indicators.unwrap_or(header.len());
    let first = header_end
        .max(content.start)
        .min(content.end.max(header_end));
    let lines = slice(text, first..content.end);
    let trimmed = lines.trim_end_matches([' ', '\t', '\r', '\n']);
    if trimmed.is_empty() {
        return start..header_end;
    }
    let blanks = slice(lines, trimmed.len()..);
    let blanks = blanks.len() - blanks.trim_start_matches([' ', '\t']).len();
    start..first + trimmed.len() + blanks
}

/// The first of these characters from an offset on that is not in a comment. Between an offset where a node may start and that
/// node's start there are indicators, blanks and comments alone.
pub(super) fn find(text: &str, from: usize, wanted: &[u8]) -> Option<usize> {
    let mut bytes = text.bytes().enumerate().skip(from);
    while let Some((at, byte)) = bytes.next() {
        match byte {
            _ if wanted.contains(&byte) => return Some(at),
            b'#' => {
                bytes.find(|(_, byte)| matches!(byte, b'\n' | b'\r'));
            }
            _ => {}
        }
    }
    None
}
