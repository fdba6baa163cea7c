//! A stream to tags, in bounded memory: text, comments, CDATA and processing instructions are checked and dropped as
//! they pass, a long tag keeps its beginning only. What comes out is well-formed: tags balance, there is one root.

use std::io::BufRead;

use super::error::shown;
use super::input::Input;
use super::reference;
use super::tag::{Tag, is_name, name_of};
use super::{Place, Problem, ReadError};

/// Longer tags are passed over; whoever needs one gets an error.
const TAG_LIMIT: usize = 1024 * 1024;
const NAME_LIMIT: usize = 256;
const DEPTH_LIMIT: usize = 256;

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    /// A start tag.
    Start,
    /// A tag that ends in `/>`.
    Empty,
    /// An end tag.
    End,
    /// The end of a whole document.
    Eof,
}

/// See the module.
pub(super) struct Scanner<R> {
    input: Input<R>,
    open: Vec<(String, Place)>,
    /// Depth of the token's element, the root's is 1.
    depth: usize,
    /// Where the token begins.
    place: Place,
    /// What stands within the token's brackets, cut where it is too long.
    text: Vec<u8>,
    cut: bool,
    root_seen: bool,
}

impl<R: BufRead> Scanner<R> {
    pub(super) fn new(source: R) -> Result<Self, ReadError> {
        let mut scanner = Self {
            input: Input::new(source)?,
            open: Vec::new(),
            depth: 0,
            place: Place::START,
            text: Vec::new(),
            cut: false,
            root_seen: false,
        };
        scanner.declaration()?;
        Ok(scanner)
    }

    /// Depth of the token's element; the root's is 1.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// Where the token begins.
    pub(super) fn place(&self) -> Place {
        self.place
    }

    /// The local name of the start tag.
    pub(super) fn local_name(&self) -> &str {
        let name = name_of(self.token_text());
        name.rsplit(':').next().unwrap_or(name)
    }

    /// The start tag.
    ///
    /// # Errors
    /// Where it is too long to be kept.
    pub(super) fn tag(&self) -> Result<Tag<'_>, ReadError> {
        if self.cut {
            return Err(Problem::TagTooLong(TAG_LIMIT).at(self.place));
        }
        Ok(self.tag_so_far())
    }

    /// Goes on to the next tag.
    pub(super) fn next(&mut self) -> Result<Token, ReadError> {
        loop {
            self.text()?;
            self.place = self.input.place();
            if self.input.next()?.is_none() {
                return self.end_of_input();
            }
            match self.input.peek()? {
                Some(b'/') => return self.end_tag(),
                Some(b'!') => self.bang()?,
                Some(b'?') => {
                    self.instruction()?;
                    if name_of(self.token_text()).eq_ignore_ascii_case("xml") {
                        return Err(Problem::LateDeclaration.at(self.place));
                    }
                }
                _ => return self.start_tag(),
            }
        }
    }

    fn token_text(&self) -> &str {
        str::from_utf8(&self.text).unwrap_or_default()
    }

    fn tag_so_far(&self) -> Tag<'_> {
        Tag::new(self.token_text(), self.place.after(b"<"))
    }

    fn truncated(&mut self, inside: &'static str) -> ReadError {
        let problem = Problem::Truncated {
            inside,
            since: self.place,
        };
        problem.at(self.input.place())
    }

    fn end_of_input(&self) -> Result<Token, ReadError> {
        match self.open.last() {
            Some(&(_, since)) => {
                let inside = "an element";
                Err(Problem::Truncated { inside, since }.at(self.place))
            }
            None if self.root_seen => Ok(Token::Eof),
            None => Err(Problem::Empty.at(self.place)),
        }
    }

    /// Takes the XML declaration, if the input begins with one.
    fn declaration(&mut self) -> Result<(), ReadError> {
        self.place = self.input.place();
        if !self.input.begins_with(b"<?xml")? {
            return Ok(());
        }
        self.input.consume(1);
        self.instruction()?;
        let text = self.token_text();
        if name_of(text) != "xml" {
            return Ok(());
        }
        let place = self.place.after(b"<?");
        if self.cut {
            return Err(Problem::TagTooLong(TAG_LIMIT).at(place));
        }
        let (mut version, mut encoding) = (None, None);
        Tag::new(text, place).visit(|attribute| {
            let value = attribute.value()?.into_owned();
            match attribute.name {
                "version" => version = Some(value),
                "encoding" => encoding = Some(value),
                "standalone" => {}
                _ => {
                    return Err(Problem::Syntax(
                        "an XML declaration that says more than version, encoding and standalone",
                    )
                    .at(place));
                }
            }
            Ok(())
        })?;
        if version.as_deref() != Some("1.0") {
            return Err(Problem::XmlVersion.at(self.place));
        }
        match encoding {
            Some(name) if !name.eq_ignore_ascii_case("utf-8") => {
                Err(Problem::Encoding { name: shown(&name) }.at(self.place))
            }
            _ => Ok(()),
        }
    }

    /// Passes over text, up to `<` or the end.
    fn text(&mut self) -> Result<(), ReadError> {
        loop {
            let outside = self.open.is_empty();
            let chunk = self.input.available()?;
            if chunk.is_empty() {
                return Ok(());
            }
            let found = memchr::memchr2(b'<', b'&', chunk);
            let length = found.unwrap_or(chunk.len());
            let stray = |&byte: &u8| byte != b'<' && !byte.is_ascii_whitespace();
            if outside && let Some(at) = chunk.iter().take(length + 1).position(stray) {
                self.input.consume(at);
                let problem = if self.root_seen {
                    Problem::AfterRoot
                } else {
                    Problem::NotXml
                };
                return Err(problem.at(self.input.place()));
            }
            let stop = chunk.get(length).copied();
            self.input.consume(length);
            match stop {
                Some(b'&') => self.reference(false)?,
                Some(_) => return Ok(()),
                None => {}
            }
        }
    }

    /// Takes a reference, from its `&`, and checks that it is one of XML's own.
    fn reference(&mut self, keep: bool) -> Result<(), ReadError> {
        let ahead = self.input.at_least(reference::LIMIT)?;
        let length = match reference::length(ahead) {
            Ok(Some(length)) => length,
            Ok(None) => {
                let read = ahead.len();
                let since = self.input.place();
                self.input.consume(read);
                // What comes next may also be a fault of another kind.
                self.input.peek()?;
                let inside = "a reference";
                return Err(Problem::Truncated { inside, since }.at(self.input.place()));
            }
            Err(problem) => return Err(problem.at(self.input.place())),
        };
        if keep && let Some(reference) = ahead.get(..length) {
            keep_bytes(&mut self.text, &mut self.cut, reference);
        }
        self.input.consume(length);
        Ok(())
    }

    fn start_tag(&mut self) -> Result<Token, ReadError> {
        let closed = self.brackets()?;
        let name = name_of(self.token_text());
        if name.len() > NAME_LIMIT {
            return Err(Problem::NameTooLong(NAME_LIMIT).at(self.place));
        }
        if !is_name(name) {
            return Err(
                Problem::Syntax("a `<` that begins no tag (in text, write &lt;)").at(self.place),
            );
        }
        let name = name.to_owned();
        if !self.cut {
            self.tag_so_far().visit(|_| Ok(()))?;
        }
        if self.open.is_empty() {
            if self.root_seen {
                return Err(Problem::AfterRoot.at(self.place));
            }
            self.root_seen = true;
        }
        self.depth = self.open.len() + 1;
        if self.depth > DEPTH_LIMIT {
            return Err(Problem::TooDeep(DEPTH_LIMIT).at(self.place));
        }
        if closed {
            return Ok(Token::Empty);
        }
        self.open.push((name, self.place));
        Ok(Token::Start)
    }

    fn end_tag(&mut self) -> Result<Token, ReadError> {
        self.brackets()?;
        self.depth = self.open.len();
        let ended = self.open.pop();
        let text = self.token_text();
        let found = text.strip_prefix('/').unwrap_or(text).trim_ascii_end();
        match ended {
            Some((name, _)) if name == found => Ok(Token::End),
            Some((name, since)) => {
                let expected = format!("<{}>", shown(&name));
                Err(Problem::MismatchedEnd { expected, since }.at(self.place))
            }
            None => Err(Problem::Syntax("an end tag without a start tag").at(self.place)),
        }
    }

    /// Takes a tag after its `<`, up to its `>`; says whether it ends in `/>`, which is not kept.
    fn brackets(&mut self) -> Result<bool, ReadError> {
        self.text.clear();
        self.cut = false;
        let mut quote = None;
        let mut last = 0;
        loop {
            let chunk = self.input.available()?;
            if chunk.is_empty() {
                return Err(self.truncated("a tag"));
            }
            let found = match quote {
                None => chunk
                    .iter()
                    .position(|byte| matches!(byte, b'"' | b'\'' | b'>' | b'<')),
                Some(quote) => memchr::memchr3(quote, b'<', b'&', chunk),
            };
            let length = found.unwrap_or(chunk.len());
            let (part, rest) = chunk.split_at_checked(length).unwrap_or((chunk, &[]));
            let stop = rest.first().copied();
            last = part.last().copied().unwrap_or(last);
            keep_bytes(&mut self.text, &mut self.cut, part);
            self.input.consume(length);
            match (stop, quote) {
                (None, _) => {}
                (Some(b'>'), None) => break,
                (Some(b'<'), _) => {
                    let problem = Problem::Syntax("a `<` within a tag (in a value, write &lt;)");
                    return Err(problem.at(self.input.place()));
                }
                (Some(b'&'), _) => self.reference(true)?,
                (Some(byte), _) => {
                    quote = if quote.is_none() { Some(byte) } else { None };
                    last = byte;
                    keep_bytes(&mut self.text, &mut self.cut, &[byte]);
                    self.input.consume(1);
                }
            }
        }
        self.input.consume(1);
        let closed = last == b'/';
        if closed && !self.cut {
            self.text.pop();
        }
        Ok(closed)
    }

    /// Takes `<?…?>` after its `<`; keeps what is between.
    fn instruction(&mut self) -> Result<(), ReadError> {
        self.text.clear();
        self.cut = false;
        self.input.consume(1);
        self.pass(b"?>", true, "a processing instruction")?;
        let length = self.text.len().saturating_sub(2);
        self.text.truncate(length);
        if !is_name(name_of(self.token_text())) {
            return Err(Problem::Syntax("a processing instruction without a name").at(self.place));
        }
        Ok(())
    }

    /// Passes over a comment or CDATA after its `<`; refuses everything else that begins with `!`.
    fn bang(&mut self) -> Result<(), ReadError> {
        self.input.consume(1);
        if self.input.begins_with(b"--")? {
            self.input.consume(2);
            self.pass(b"--", false, "a comment")?;
            return match self.input.next()? {
                Some(b'>') => Ok(()),
                _ => Err(Problem::Syntax("`--` within a comment").at(self.place)),
            };
        }
        if self.input.begins_with(b"[CDATA[")? && !self.open.is_empty() {
            self.input.consume(7);
            return self.pass(b"]]>", false, "a CDATA section");
        }
        let problem = match self.input.peek()? {
            Some(b'D' | b'd') => Problem::Dtd,
            _ => Problem::Syntax("`<!` that begins neither a comment nor CDATA within an element"),
        };
        Err(problem.at(self.place))
    }

    /// Passes over everything up to and with `end`, which has two or three bytes.
    fn pass(&mut self, end: &[u8], keep: bool, inside: &'static str) -> Result<(), ReadError> {
        let Some((&last, before)) = end.split_last() else {
            return Ok(());
        };
        let mut tail = Vec::with_capacity(before.len());
        loop {
            let chunk = self.input.available()?;
            if chunk.is_empty() {
                return Err(self.truncated(inside));
            }
            let found = memchr::memchr_iter(last, chunk).find(|&at| {
                let part = chunk.get(..at).unwrap_or_default();
                let missing = before.len().saturating_sub(part.len());
                let (in_tail, in_part) = before.split_at_checked(missing).unwrap_or((before, &[]));
                part.ends_with(in_part) && tail.ends_with(in_tail)
            });
            let length = found.map_or(chunk.len(), |at| at + 1);
            let part = chunk.get(..length).unwrap_or(chunk);
            if keep {
                keep_bytes(&mut self.text, &mut self.cut, part);
            }
            tail.extend_from_slice(
                part.get(part.len().saturating_sub(before.len())..)
                    .unwrap_or_default(),
            );
            tail.drain(..tail.len().saturating_sub(before.len()));
            self.input.consume(length);
            if found.is_some() {
                return Ok(());
            }
        }
    }
}

/// Keeps `bytes`, unless that would be too much: then nothing more is kept.
fn keep_bytes(kept: &mut Vec<u8>, cut: &mut bool, bytes: &[u8]) {
    *cut |= kept.len() + bytes.len() > TAG_LIMIT;
    if !*cut {
        kept.extend_from_slice(bytes);
    }
}
