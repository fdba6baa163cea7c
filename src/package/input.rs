//! Bytes to text that XML can carry, in a buffer of fixed size, with the place of the next character.

use std::{
    io::{self, BufRead, Read},
    ops::Range,
};

use super::{PackageError, Place, write::is_xml_character};
use crate::manifest;

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
    /// How the file's bytes are read; known once there are some.
    encoding: Option<Encoding>,
}

/// How a file says characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    /// A byte for each character: ISO-8859-1, whose control characters nobody writes, read as Windows-1252.
    Windows1252,
}

impl Encoding {
    /// The encoding of a declared name, where it is one that is read.
    pub(super) fn named(name: &str) -> Option<Self> {
        match &*name.to_ascii_lowercase() {
            "utf-8" | "utf8" | "us-ascii" => Some(Self::Utf8),
            "iso-8859-1" | "iso8859-1" | "iso_8859-1" | "latin1" | "windows-1252" | "cp1252" => {
                Some(Self::Windows1252)
            }
            _ => None,
        }
    }

    /// The encoding that the beginning of a file declares. A byte order mark says more than a declaration.
    fn of(head: &[u8]) -> Self {
        let declaration = head.starts_with(b"<?xml").then(|| {
            let end = head.iter().position(|byte| *byte == b'>');
            String::from_utf8_lossy(head.get(..end.unwrap_or(0)).unwrap_or_default())
        });
        let named = declaration.as_deref().and_then(|declaration| {
            let (_, after) = declaration.split_once("encoding")?;
            let after = after.trim_start().strip_prefix('=')?.trim_start();
            let name = after.strip_prefix(['"', '\''])?;
            Self::named(name.split(['"', '\'']).next()?)
        });
        named.unwrap_or(Self::Utf8)
    }
}

/// What Windows-1252 has from 0x80 on; it leaves out five, which are what they are in ISO-8859-1.
const WINDOWS_1252: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";

fn windows_1252(bytes: &[u8]) -> String {
    let table: Vec<char> = WINDOWS_1252.chars().collect();
    let character = |byte: &u8| {
        let known = byte
            .checked_sub(0x80)
            .and_then(|at| table.get(usize::from(at)));
        known.copied().unwrap_or_else(|| char::from(*byte))
    };
    bytes.iter().map(character).collect()
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
            encoding: None,
        };
        input.refill()?;
        if let [0xFF, 0xFE, ..]
        | [0xFE, 0xFF, ..]
        | [b'<', 0, ..]
        | [0, b'<', ..]
        | [0, 0, 0xFE, 0xFF, ..] = input.buffer.as_slice()
        {
            let other = "the file is UTF-16 or UTF-32: convert it to UTF-8";
            return Err(input.place.refused(other));
        }
        if let Some(how) = packed(&input.buffer) {
            let packed = format!("the file is {how}: unpack it first");
            return Err(input.place.refused(packed));
        }
        if input.buffer.starts_with(b"\xEF\xBB\xBF") {
            input.start = 3;
            input.place.offset = 3;
        }
        let head = input.available();
        let text = head.trim_ascii_start();
        let (blank, _) = head.split_at(head.len() - text.len());
        if !text.is_empty() && !text.starts_with(b"<") {
            let place = input.place.after(blank);
            return Err(place.refused(match manifest::has_lines_of_one(text, 1) {
                true => "this is a manifest, where a package is due: an XML file that an instance exported, or that `render` wrote",
                false => "this is not XML: a package begins with `<`",
            }));
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

    /// Reads on, once all that is checked was handed out.
    fn refill(&mut self) -> io::Result<()> {
        self.buffer.drain(..self.checked);
        self.start = 0;
        let mut raw = Vec::new();
        let read = (&mut self.source).take(CHUNK).read_to_end(&mut raw)?;
        let ended = (read as u64) < CHUNK;
        match self.encoding.get_or_insert_with(|| Encoding::of(&raw)) {
            Encoding::Utf8 => self.buffer.append(&mut raw),
            Encoding::Windows1252 => self.buffer.extend(windows_1252(&raw).into_bytes()),
        }
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

/// Whether a text begins as a package does, and no manifest does: with a tag, a declaration or a comment of XML. `<<` begins a merge
/// key, or a mark of a merge conflict.
pub fn is_xml(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match text.trim_ascii_start() {
        [b'<', next, ..] => next.is_ascii_alphabetic() || matches!(next, b'?' | b'!'),
        _ => false,
    }
}

/// How a file is packed, by its first bytes, where it is.
pub fn packed(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x1F, 0x8B, ..] => Some("compressed with gzip"),
        [b'P', b'K', 3 | 5, 4 | 6, ..] => Some("a zip archive"),
        _ => None,
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
        let begin = self.place;
        self.place = begin.after(passed);
        if self.encoding == Some(Encoding::Windows1252) {
            let characters = passed.iter().filter(|&&byte| byte & 0xC0 != 0x80);
            self.place.offset = begin.offset + characters.count() as u64;
        }
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
