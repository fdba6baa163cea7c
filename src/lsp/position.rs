//! Positions as the protocol has them: a line and a number of units in it, from 0. Which units is agreed with the client.

use std::ops::Range;

use gen_lsp_types as types;

use crate::text::Source;

/// What a position counts in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 units, which every client knows.
    #[default]
    Utf16,
}

impl Encoding {
    /// The best of those that a client offers.
    pub fn of<'a>(mut offered: impl Iterator<Item = &'a str>) -> Self {
        match offered.any(|name| name == "utf-8") {
            true => Self::Utf8,
            false => Self::Utf16,
        }
    }

    /// Its name in the protocol.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16 => "utf-16",
        }
    }

    /// The position of a byte offset.
    pub fn position(self, source: &Source, offset: usize) -> types::Position {
        let (line, unit) = match self {
            Self::Utf16 => source.utf16(offset),
            Self::Utf8 => source.utf8(offset),
        };
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        types::Position::new(number(line), number(unit))
    }

    /// The range of a byte range.
    pub fn range(self, source: &Source, range: &Range<usize>) -> types::Range {
        let [start, end] = [range.start, range.end].map(|offset| self.position(source, offset));
        types::Range::new(start, end)
    }

    /// The byte offset of a position. One past the end of a line, or of the text, is that end; one within a character its start.
    pub fn offset(self, source: &Source, position: types::Position) -> usize {
        let line = source.line_range(position.line as usize + 1);
        let text = source.text().get(line.clone()).unwrap_or_default();
        let mut units = 0;
        for (at, character) in text.char_indices() {
            units += match self {
                Self::Utf8 => character.len_utf8(),
                Self::Utf16 => character.len_utf16(),
            };
            if units > position.character as usize {
                return line.start + at;
            }
        }
        line.end
    }

    /// The byte range of a range.
    pub fn bytes(self, source: &Source, range: &types::Range) -> Range<usize> {
        let [start, end] = [range.start, range.end].map(|it| self.offset(source, it));
        start..end.max(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_and_offsets_are_each_others_inverse() {
        let text = "\u{feff}a: é\r\n\u{1f600}b\rc\n";
        let source = Source::new("a", text);
        for encoding in [Encoding::Utf8, Encoding::Utf16] {
            for (offset, character) in text.char_indices().filter(|(_, it)| *it != '\n') {
                let position = encoding.position(&source, offset);
                let back = encoding.offset(&source, position);
                assert_eq!(back, offset, "{character:?} {position:?} {encoding:?}");
            }
        }
        let after_face = text.find('b').unwrap();
        let position = |encoding: Encoding| encoding.position(&source, after_face);
        assert_eq!(position(Encoding::Utf8), types::Position::new(1, 4));
        assert_eq!(position(Encoding::Utf16), types::Position::new(1, 2));
        let within = types::Position::new(1, 1);
        assert_eq!(Encoding::Utf16.offset(&source, within), after_face - 4);
        let far = types::Position::new(9, 9);
        assert_eq!(Encoding::Utf16.offset(&source, far), text.len());
        let past = types::Position::new(0, u32::MAX);
        assert_eq!(
            Encoding::Utf8.offset(&source, past),
            text.find('\r').unwrap()
        );
    }
}
