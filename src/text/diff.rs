//! How two texts differ. Not by `TextDiff`, which has five algorithms built in for each kind of text: 0.7 MB of the program.

use std::fmt::Write;

use similar::{
    DiffOp, DiffableStr,
    algorithms::{Capture, Compact, Replace, myers},
    group_diff_ops,
    udiff::UnifiedHunkHeader,
};

/// The lines around a change that a unified diff shows.
const CONTEXT: usize = 3;

/// How the parts of one text become those of another.
pub fn operations(old: &[&str], new: &[&str]) -> Vec<DiffOp> {
    let mut hook = Compact::new(Replace::new(Capture::new()), old, new);
    let Ok(()) = myers::diff(&mut hook, old, 0..old.len(), new, 0..new.len());
    hook.into_inner().into_inner().into_ops()
}

/// The unified diff of two texts, as `patch` takes it. Empty where they are equal.
pub fn unified(old: &str, new: &str, name: &str) -> String {
    let (old, new) = (old.tokenize_lines(), new.tokenize_lines());
    let mut text = String::new();
    for hunk in group_diff_ops(operations(&old, &new), CONTEXT) {
        if text.is_empty() {
            text = format!("--- {name}\n+++ {name}\n");
        }
        text += &format!("{}\n", UnifiedHunkHeader::new(&hunk));
        for change in hunk.iter().flat_map(|op| op.iter_changes(&old, &new)) {
            let _ = write!(text, "{}{}", change.tag(), change.value());
            if !change.value().ends_with(['\n', '\r']) {
                text += "\n\\ No newline at end of file\n";
            }
        }
    }
    text
}
