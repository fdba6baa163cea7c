//! Bytes to text that XML can carry, in a buffer of fixed size, with the place of the next character.

use std::{
    io::{self, BufRead, Read},
    ops::Range,
};

use super::{PackageError, Place, write::is_xml_character};

const CHUNK: u64 = 64 * 1024;
/// The most that a package may have, in bytes.
const MOST: u64 = 1024 * 1024 * 1024;
/// The most that one tag, text or comment may have: quick-xml keeps each of them as a whole.
const MOST_AT_ONCE: u64 = 64 * 1024 * 1024;

/// A stream of UTF-8. A fault is reported when it is reached, so that an earlier one of another kind comes first.
pub(super) struct Input<R> {
    source: R,
    buffer: Vec<u8>,
    /// The next byte to hand out.
    start: usize,
    /// The end of the checked bytes.
    checked: usize,
    /// Where `start` is in the file.
    place: Place,
    /// Where the current tag, text or comment begins.
    begin: Place,
    /// What is wrong at `checked`.
    fault: Option<String>,
}

impl<R: Read> Input<R> {
    /// Begins to read: looks at what kind of file it is, and takes the byte order mark.
    pub(super) fn new(source: R) -> Result<Self, PackageError> {
        let mut input = Self {
            source,
            buffer: Vec::new(),
            start: 0,
            checked: 0,
            place: Place::START,
            begin: Place::START,
            fault: None,
        };
        input.refill()?;
        match input.buffer.as_slice() {
            [0xFF, 0xFE, ..]
            | [0xFE, 0xFF, ..]
            | [b'<', 0, ..]
            | [0, b'<', ..]
            | [0, 0, 0xFE, 0xFF, ..] => {
                return Err(input
                    .place
                    .refused("the file is UTF-16 or UTF-32: convert it to UTF-8"));
            }
            [0xEF, 0xBB, 0xBF, ..] => {
                input.start = 3;
                input.place.offset = 3;
            }
            _ => {}
        }
        let head = input.available();
        let text = head.trim_ascii_start();
        let (blank, _) = head.split_at(head.len() - text.len());
        if !text.is_empty() && !text.starts_with(b"<") {
            let place = input.place.after(blank);
            return Err(place.refused("this is not XML: a package begins with `<`"));
        }
        Ok(input)
    }

    /// Where the next character stands, which is where a tag, text or comment begins.
    pub(super) fn begin(&mut self) -> Place {
        self.begin = self.place;
        self.place
    }

    /// What ended the reading, with its place.
    pub(super) fn fault(&mut self) -> Option<PackageError> {
        self.fault.take().map(|fault| self.place.refused(fault))
    }

    /// Where the reading ended.
    pub(super) fn place(&self) -> Place {
        self.place
    }

    /// What is checked and not yet handed out.
    fn available(&self) -> &[u8] {
        slice(&self.buffer, self.start..self.checked)
    }

    /// Reads on, once all that is checked was handed out. Another encoding than UTF-8 would be decoded here.
    fn refill(&mut self) -> io::Result<()> {
        self.buffer.drain(..self.checked);
        self.start = 0;
        let read = (&mut self.source)
            .take(CHUNK)
            .read_to_end(&mut self.buffer)?;
        let ended = (read as u64) < CHUNK;
        let text = match str::from_utf8(&self.buffer) {
            Ok(text) => text,
            Err(error) => {
                if error.error_len().is_some() || ended {
                    self.fault = Some("the file is not UTF-8: convert it".to_owned());
                }
                // What was just found to be valid.
                str::from_utf8(slice(&self.buffer, 0..error.valid_up_to())).unwrap_or_default()
            }
        };
        self.checked = text.len();
        let mut characters = text.char_indices();
        if let Some((at, character)) = characters.find(|(_, it)| !is_xml_character(*it)) {
            self.checked = at;
            let code = u32::from(character);
            self.fault = Some(format!(
                "the character U+{code:04X}, which XML cannot carry"
            ));
        }
        if self.place.offset > MOST {
            self.checked = 0;
            self.fault = Some("the file has more than 1 GiB: no export is as large".to_owned());
        } else if self.place.offset - self.begin.offset > MOST_AT_ONCE {
            self.checked = 0;
            self.fault = Some("a tag or a text of more than 64 MiB".to_owned());
        }
        Ok(())
    }
}

fn slice(buffer: &[u8], range: Range<usize>) -> &[u8] {
    debug_assert!(range.start <= range.end && range.end <= buffer.len());
    buffer.get(range).unwrap_or_default()
}

impl<R: Read> BufRead for Input<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.start == self.checked && self.fault.is_none() {
            self.refill()?;
        }
        if self.start == self.checked && self.fault.is_some() {
            return Err(io::Error::other("see `fault`"));
        }
        Ok(self.available())
    }

    fn consume(&mut self, count: usize) {
        let passed = slice(&self.buffer, self.start..self.start + count);
        self.place = self.place.after(passed);
        self.start += count;
    }
}

impl<R: Read> Read for Input<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(into)?;
        self.consume(count);
        Ok(count)
    }
}
