//! Places in a package that streams by.

use std::fmt;

/// A place in a file. Lines and columns count from 1, columns in Unicode scalar values; the offset is in bytes.
/// A byte order mark counts in the offset, not in the column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Line, from 1; a line ends with `\n`.
    pub line: u64,
    /// Column in Unicode scalar values, from 1.
    pub column: u64,
    /// Bytes from the beginning of the file.
    pub offset: u64,
}

impl Place {
    pub(super) const START: Self = Self {
        line: 1,
        column: 1,
        offset: 0,
    };

    /// The place after `bytes`, which may end within a character.
    pub(super) fn after(self, bytes: &[u8]) -> Self {
        let newlines = memchr::memchr_iter(b'\n', bytes).count() as u64;
        let last_line = memchr::memrchr(b'\n', bytes)
            .map_or(bytes, |at| bytes.get(at + 1..).unwrap_or_default());
        let characters = last_line
            .iter()
            .filter(|&&byte| byte & 0xC0 != 0x80)
            .count() as u64;
        Self {
            line: self.line + newlines,
            column: if newlines == 0 { self.column } else { 1 } + characters,
            offset: self.offset + bytes.len() as u64,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

#[cfg(test)]
mod tests {
    use super::Place;

    #[test]
    fn counts_characters_and_lines() {
        let place = Place::START.after("aé😀".as_bytes());
        assert_eq!((place.line, place.column, place.offset), (1, 4, 7));
        let place = place.after(b"x\r\ny\nzz");
        assert_eq!((place.line, place.column, place.offset), (3, 3, 14));
        let (left, right) = "é".as_bytes().split_at(1);
        assert_eq!(Place::START.after(left).after(right).column, 2);
    }
}
