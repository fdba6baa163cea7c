//! A named text, what of it may be shown, and what its characters look like. Nothing here knows YAML or Campaign.

pub mod characters;
pub mod diff;
pub mod glob;
pub mod lookalike;
pub mod shell;
pub mod show;
mod source;
pub mod suggest;
pub mod url;
pub mod wrap;

pub use source::{Position, Source};

use std::slice::SliceIndex;

/// A part of a text. A range that cannot be is a mistake of this program: tests stop there, a release shows nothing.
pub fn slice(text: &str, range: impl SliceIndex<str, Output = str>) -> &str {
    let part = text.get(range);
    debug_assert!(part.is_some(), "a range outside of the text");
    part.unwrap_or_default()
}

/// Whether a text is nothing but visible ASCII and blanks, as most are: what looks for odd characters need not look there.
pub fn is_printable_ascii(text: &str) -> bool {
    // Without an early end many bytes are compared at once.
    text.bytes()
        .fold(true, |all, byte| all & matches!(byte, b' '..=b'~'))
}

/// Whether a text is nothing but visible ASCII: it has no white space either.
pub fn is_visible_ascii(text: &str) -> bool {
    text.bytes()
        .fold(true, |all, byte| all & matches!(byte, b'!'..=b'~'))
}

#[cfg(test)]
pub mod table;
