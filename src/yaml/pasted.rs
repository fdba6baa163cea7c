//! What people leave in a text or paste into it without seeing it: marks of a merge conflict, and blanks that are none to YAML.

use super::{Problem, syntax::character};

/// What is likely the cause of the parser's stop at an offset, if it is one of these.
pub(super) fn explain(text: &str, at: usize) -> Option<Problem> {
    conflict(text).or_else(|| odd_blank(text, at))
}

fn conflict(text: &str) -> Option<Problem> {
    let is_mark = |line: &str| line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ");
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if is_mark(line) {
            let help = "settle the conflict: keep one of the two parts, and remove the lines with `<<<<<<<`, `=======` and `>>>>>>>`";
            let range = start..start + line.trim_end().len();
            return Some(Problem::syntax(
                range,
                "a merge conflict was left in the text",
                help,
            ));
        }
        start += line.len();
    }
    None
}

/// A blank that is no space, before a line's first character or behind a `:`: in the line of the offset, or in the two above it.
fn odd_blank(text: &str, at: usize) -> Option<Problem> {
    let is_odd = |c: char| c.is_whitespace() && !c.is_ascii();
    let before = text.get(..at)?;
    let mut lines = before.rmatch_indices('\n').map(|(at, _)| at + 1);
    let start = lines.nth(2).unwrap_or(0);
    let rest = text.get(at..)?;
    let end = at + rest.find('\n').unwrap_or(rest.len());
    let mut begin = start;
    for line in text.get(start..end)?.split_inclusive('\n') {
        let blanks = line.len() - line.trim_start().len();
        let in_indentation = line.get(..blanks)?.find(is_odd);
        let behind_colon = line.find(':').map(|colon| colon + 1);
        let behind_colon = behind_colon.filter(|behind| {
            line.get(*behind..)
                .is_some_and(|rest| rest.starts_with(is_odd))
        });
        if let Some(odd) = in_indentation.or(behind_colon) {
            let range = character(text, begin + odd);
            let code = text.get(range.clone())?.chars().next().map_or(0, u32::from);
            let message = format!("U+{code:04X} stands here, which looks like a space and is none");
            return Some(Problem::syntax(range, message, "write an ordinary space"));
        }
        begin += line.len();
    }
    None
}
