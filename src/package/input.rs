//! Bytes to checked UTF-8, in a buffer of fixed size, with the place of the next byte.

use std::io::{self, BufRead};

use super::write::is_xml_character;
use super::{Place, Problem, ReadError};

const BUFFER: usize = 64 * 1024;

/// A stream of UTF-8 that XML can carry. Faults are reported when they are reached, so that an earlier fault of
/// another kind comes first.
pub(super) struct Input<R> {
    source: R,
    buffer: Vec<u8>,
    /// The next byte to hand out.
    start: usize,
    /// The end of the checked bytes.
    checked: usize,
    /// The end of the bytes that were read.
    filled: usize,
    ended: bool,
    /// What is wrong at `checked`.
    fault: Option<Problem>,
    /// The place of the byte at `placed`, which is at or before `start`.
    place: Place,
    placed: usize,
}

impl<R: BufRead> Input<R> {
    /// Begins to read: takes the byte order mark.
    pub(super) fn new(source: R) -> Result<Self, ReadError> {
        let mut input = Self {
            source,
            buffer: vec![0; BUFFER],
            start: 0,
            checked: 0,
            filled: 0,
            ended: false,
            fault: None,
            place: Place::START,
            placed: 0,
        };
        while input.filled < 4 && !input.ended {
            input.read_more()?;
        }
        let head = input.buffer.get(..input.filled).unwrap_or_default();
        match head {
            [0xFF, 0xFE, ..]
            | [0xFE, 0xFF, ..]
            | [b'<', 0, ..]
            | [0, b'<', ..]
            | [0, 0, 0xFE, 0xFF, ..] => {
                return Err(Problem::Utf16.at(Place::START));
            }
            [0xEF, 0xBB, 0xBF, ..] => {
                input.start = 3;
                input.checked = 3;
                input.placed = 3;
                input.place.offset = 3;
            }
            _ => {}
        }
        input.check();
        Ok(input)
    }

    /// Where the next byte stands.
    pub(super) fn place(&mut self) -> Place {
        // Counted here and not while consuming, which happens in much smaller steps.
        let passed = self.buffer.get(self.placed..self.start);
        self.place = self.place.after(passed.unwrap_or_default());
        self.placed = self.start;
        self.place
    }

    /// The bytes at hand, ending at a character's end; none at the end of the input.
    pub(super) fn available(&mut self) -> Result<&[u8], ReadError> {
        while self.start == self.checked {
            if let Some(fault) = &self.fault {
                let fault = fault.clone();
                return Err(fault.at(self.place()));
            }
            if self.ended {
                return Ok(&[]);
            }
            self.refill()?;
        }
        Ok(self
            .buffer
            .get(self.start..self.checked)
            .unwrap_or_default())
    }

    /// Goes on by `count` of the available bytes.
    pub(super) fn consume(&mut self, count: usize) {
        self.start = (self.start + count).min(self.checked);
    }

    /// The next byte, which stays.
    pub(super) fn peek(&mut self) -> Result<Option<u8>, ReadError> {
        Ok(self.available()?.first().copied())
    }

    /// Takes the next byte.
    pub(super) fn next(&mut self) -> Result<Option<u8>, ReadError> {
        let byte = self.peek()?;
        self.consume(byte.iter().len());
        Ok(byte)
    }

    /// The bytes at hand; less than `count` only where the input ends or has a fault. `count` is small.
    pub(super) fn at_least(&mut self, count: usize) -> Result<&[u8], ReadError> {
        while self.checked - self.start < count && self.fault.is_none() && !self.ended {
            self.refill()?;
        }
        self.available()
    }

    /// Whether what comes next is `prefix`; takes nothing.
    pub(super) fn begins_with(&mut self, prefix: &[u8]) -> Result<bool, ReadError> {
        Ok(self.at_least(prefix.len())?.starts_with(prefix))
    }

    /// Reads on; what is not yet handed out stays.
    fn refill(&mut self) -> Result<(), ReadError> {
        self.place();
        self.placed = 0;
        self.buffer.copy_within(self.start..self.filled, 0);
        self.filled -= self.start;
        self.checked -= self.start;
        self.start = 0;
        self.read_more()?;
        self.check();
        Ok(())
    }

    fn read_more(&mut self) -> io::Result<()> {
        let room = self.buffer.get_mut(self.filled..).unwrap_or_default();
        loop {
            match self.source.read(room) {
                Ok(count) => {
                    self.ended = count == 0;
                    self.filled += count;
                    return Ok(());
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Moves `checked` up to the end, to the last whole character, or to a fault.
    fn check(&mut self) {
        let bytes = self
            .buffer
            .get(self.checked..self.filled)
            .unwrap_or_default();
        let (text, fault) = match str::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => {
                let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
                let cut = error.error_len().is_none() && !self.ended;
                (
                    str::from_utf8(valid).unwrap_or_default(),
                    (!cut).then_some(Problem::Utf8),
                )
            }
        };
        match first_unlawful(text) {
            Some((at, character)) => {
                self.checked += at;
                self.fault = Some(Problem::Character(u32::from(character)));
            }
            None => {
                self.checked += text.len();
                self.fault = fault;
            }
        }
    }
}

/// The first character that XML cannot carry.
fn first_unlawful(text: &str) -> Option<(usize, char)> {
    // The bytes tell quickly that there is none, which is the usual case: 0xEF begins U+FFFE and U+FFFF.
    let suspicious =
        |&byte: &u8| (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')) | (byte == 0xEF);
    if !text
        .as_bytes()
        .chunks(4096)
        .any(|chunk| chunk.iter().fold(false, |any, byte| any | suspicious(byte)))
    {
        return None;
    }
    text.char_indices()
        .find(|&(_, character)| !is_xml_character(character))
}
