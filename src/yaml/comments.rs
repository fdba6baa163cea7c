//! The comments of a text: what stands between the scalars tells them, so the parser need not hand them on.

use std::ops::Range;

use super::Comment;
use crate::text::slice;

/// The comments of a text: each `#` that begins a line or follows a blank, but for those in scalars.
pub(super) fn find(text: &str, scalars: &[Range<usize>]) -> Vec<Comment> {
    let mut scalars = scalars.iter().peekable();
    let mut comments: Vec<Comment> = Vec::new();
    for start in memchr::memchr_iter(b'#', text.as_bytes()) {
        while scalars.next_if(|scalar| scalar.end <= start).is_some() {}
        let is_in_scalar = scalars.peek().is_some_and(|scalar| scalar.start <= start);
        let is_in_comment = comments.last().is_some_and(|it| start < it.range.end);
        let before = slice(text, ..start).chars().next_back();
        let may_begin = before.is_none_or(|it| matches!(it, ' ' | '\t' | '\n' | '\r' | '\u{feff}'));
        if may_begin && !is_in_scalar && !is_in_comment {
            let rest = slice(text, start..);
            let end = start + rest.find(['\n', '\r']).unwrap_or(rest.len());
            comments.push(Comment { range: start..end });
        }
    }
    comments
}

/// The lines of a block scalar, below its header.
pub(super) fn content(text: &str, range: &Range<usize>) -> Range<usize> {
    let block = slice(text, range.clone());
    range.start + block.find(['\n', '\r']).unwrap_or(block.len())..range.end
}
