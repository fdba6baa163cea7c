//! An exported package, read as a stream by quick-xml. What quick-xml leaves to its caller is refused here: document types, other
//! XML versions and encodings, unknown entities, and what is not well-formed.

use std::{
    borrow::Cow,
    io::{self, Read},
};

use quick_xml::{
    Reader, XmlVersion,
    errors::{Error, IllFormedError, SyntaxError},
    escape::EscapeError,
    events::{
        BytesRef, Event,
        attributes::{AttrError, Attributes},
    },
};

use super::{
    PackageError, Place, ReadPackage,
    collect::Collector,
    error::shown,
    input::{Encoding, Input},
    write::is_xml_character,
};
use crate::manifest::fields;

const DEPTH_LIMIT: usize = 256;
/// No record has nearly as many; bounds the search for duplicates.
const ATTRIBUTES_LIMIT: usize = 1024;

const DTD: &str = "the file has a document type declaration (DTD); packages have none, and it is refused for safety: remove it";
const AMPERSAND: &str = "a `&` that begins no reference: write &amp;";
const ENTITY: &str =
    "an entity that XML does not predefine; a package has only &amp; &lt; &gt; &quot; &apos;";
const CHARACTER: &str = "a character reference to no character that XML allows";

/// Reads a package from a console, `<pkgDesc>` or SOAP wrappers around one, or a bare account record as the console's
/// "XML source" shows it. Needs memory for what it keeps and for one tag or text, whatever the input's size.
///
/// # Errors
/// [`PackageError::Refused`], with a place, for what is not well-formed XML 1.0 without DTD in an encoding that is read, for what is no
/// package, and for more accounts and groups than any instance has; [`PackageError::Io`] where `input` fails.
pub fn read(input: impl Read) -> Result<ReadPackage, PackageError> {
    let mut reader = Reader::from_reader(Input::new(input)?);
    reader.config_mut().check_comments = true;
    let mut document = Document::default();
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let place = reader.get_mut().begin();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Eof) => return document.finish(place),
            Ok(event) => document.event(&event, place)?,
            Err(error) => {
                let input = reader.get_mut();
                let fault = input.fault();
                return Err(fault.unwrap_or_else(|| document.error(error, place, input.place())));
            }
        }
    }
}

/// A start tag.
pub(super) struct Tag<'a> {
    /// Its name, prefix and all.
    name: &'a str,
    /// Where it begins.
    pub(super) place: Place,
    attributes: Vec<(&'a str, Cow<'a, str>)>,
}

impl Tag<'_> {
    /// Its name without a prefix.
    pub(super) fn local_name(&self) -> &str {
        self.name.rsplit(':').next().unwrap_or(self.name)
    }

    /// An attribute's value as XML 1.0 normalises it.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        attributes
            .find(|(it, _)| *it == name)
            .map(|(_, value)| &**value)
    }
}

/// What was read so far.
#[derive(Default)]
struct Document {
    collector: Collector,
    /// Where each open element begins.
    open: Vec<Place>,
    /// The root's name, ready to show, and where it begins.
    root: Option<(String, Place)>,
}

impl Document {
    fn event(&mut self, event: &Event<'_>, place: Place) -> Result<(), PackageError> {
        let is_outside = self.open.is_empty();
        match event {
            Event::Start(tag) => {
                self.start(tag, tag.name().into_inner(), place, false)?;
                self.open.push(place);
            }
            Event::Empty(tag) => self.start(tag, tag.name().into_inner(), place, true)?,
            Event::End(_) => {
                self.collector.end(self.open.len());
                self.open.pop();
            }
            Event::Text(text) if is_outside => {
                if let Some(at) = text.find(|it: char| !it.is_ascii_whitespace()) {
                    return Err(place
                        .after(text.get(..at).unwrap_or_default())
                        .refused(self.outside()));
                }
            }
            Event::GeneralRef(_) if is_outside => return Err(place.refused(self.outside())),
            Event::GeneralRef(reference) => {
                if let Some(problem) = problem_of(reference) {
                    return Err(place.refused(problem));
                }
            }
            Event::CData(_) if is_outside => {
                return Err(place.refused("broken XML: CDATA outside of an element"));
            }
            Event::DocType(_) => return Err(place.refused(DTD)),
            Event::Decl(declaration) => declared(declaration, place)?,
            Event::PI(instruction) if !is_name(instruction.target()) => {
                return Err(place.refused("broken XML: a processing instruction without a name"));
            }
            Event::Text(_) | Event::CData(_) | Event::Comment(_) | Event::PI(_) | Event::Eof => {}
        }
        Ok(())
    }

    fn start(
        &mut self,
        text: &str,
        name: &str,
        place: Place,
        is_empty: bool,
    ) -> Result<(), PackageError> {
        if !is_name(name) {
            let problem = "broken XML: a `<` that begins no tag (in text, write &lt;)";
            return Err(place.refused(problem));
        }
        let depth = self.open.len() + 1;
        if depth > DEPTH_LIMIT {
            let problem = format!("elements are nested more than {DEPTH_LIMIT} deep");
            return Err(place.refused(problem));
        }
        if depth == 1 && self.root.is_some() {
            return Err(place.refused(self.outside()));
        }
        let tag = Tag {
            name,
            place,
            attributes: attributes(text, name.len(), place.after("<"))?,
        };
        if depth == 1 {
            self.root = Some((format!("<{}>", shown(tag.local_name())), place));
        }
        self.collector.start(&tag, depth, is_empty)
    }

    /// What is wrong with anything but white space outside of the root element.
    fn outside(&self) -> &'static str {
        match self.root {
            Some(_) => "the document goes on after its root element",
            None => "this is not XML: a package begins with `<`",
        }
    }

    /// What quick-xml refused. `end` is how far it read.
    fn error(&self, error: Error, place: Place, end: Place) -> PackageError {
        let syntax = match error {
            Error::Io(error) => return io::Error::new(error.kind(), error.to_string()).into(),
            Error::Syntax(error) => error,
            Error::IllFormed(error) => return place.refused(self.ill_formed(error)),
            _ => return place.refused("broken XML"),
        };
        let inside = match syntax {
            SyntaxError::UnclosedComment => "a comment",
            SyntaxError::UnclosedCData => "a CDATA section",
            SyntaxError::UnclosedPI | SyntaxError::UnclosedXmlDecl => "a processing instruction",
            SyntaxError::UnclosedDoctype => return place.refused(DTD),
            SyntaxError::InvalidBangMarkup => {
                let problem = "broken XML: `<!` that begins neither a comment nor CDATA";
                return place.refused(problem);
            }
            _ => "a tag",
        };
        truncated(inside, place, end)
    }

    fn ill_formed(&self, error: IllFormedError) -> String {
        match error {
            IllFormedError::MismatchedEndTag { expected, .. } => format!(
                "broken XML: this end tag does not end <{}>, which begins at {}",
                shown(&expected),
                self.open.last().copied().unwrap_or(Place::START)
            ),
            IllFormedError::UnmatchedEndTag(_) => {
                "broken XML: an end tag without a start tag".into()
            }
            IllFormedError::DoubleHyphenInComment => "broken XML: `--` within a comment".into(),
            IllFormedError::UnclosedReference if self.open.is_empty() => self.outside().into(),
            IllFormedError::UnclosedReference => AMPERSAND.into(),
            IllFormedError::MissingDoctypeName => DTD.into(),
            _ => "broken XML".into(),
        }
    }

    fn finish(self, end: Place) -> Result<ReadPackage, PackageError> {
        if let Some(&since) = self.open.last() {
            return Err(truncated("an element", since, end));
        }
        let Some((root, place)) = self.root else {
            let problem = "the file is empty: export a package from the client console";
            return Err(end.refused(problem));
        };
        self.collector.finish().ok_or_else(|| {
            place.refused(format!(
                "this is XML, but no Campaign package: its root is {root}, and there is no <package>, <entities> or <extAccount> in it"
            ))
        })
    }
}

fn truncated(inside: &str, since: Place, end: Place) -> PackageError {
    end.refused(format!(
        "the file ends within {inside} that begins at {since}: was it cut off?"
    ))
}

/// Checks the XML declaration, `xml` included.
fn declared(text: &str, place: Place) -> Result<(), PackageError> {
    if (place.line, place.column) != (1, 1) {
        let problem = "an XML declaration must be the very first thing in the file";
        return Err(place.refused(problem));
    }
    let mut version = None;
    for (name, value) in attributes(text, "xml".len(), place.after("<?"))? {
        match name {
            "version" => version = Some(value),
            "encoding" if Encoding::named(&value).is_none() => {
                return Err(place.refused(format!(
                    "the XML declaration names the encoding {}; only UTF-8, ISO-8859-1 and Windows-1252 are read: convert the file to \
                     UTF-8, declaration included",
                    shown(&value)
                )));
            }
            "encoding" | "standalone" => {}
            _ => {
                let problem = "broken XML: an XML declaration that says more than version, encoding and standalone";
                return Err(place.after("<?").refused(problem));
            }
        }
    }
    if version.as_deref() != Some("1.0") {
        return Err(place.refused("the XML declaration has no version or another than 1.0"));
    }
    Ok(())
}

/// The attributes of a tag: `text` is what stands in its brackets, `place` where that begins.
fn attributes(
    text: &str,
    name_length: usize,
    place: Place,
) -> Result<Vec<(&str, Cow<'_, str>)>, PackageError> {
    let at = |offset: usize| place.after(text.get(..offset).unwrap_or_default());
    // Where a part of the text begins in it.
    let offset = |part: &str| (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    let mut found = Vec::new();
    for attribute in Attributes::new(text, name_length) {
        let attribute = attribute.map_err(|error| {
            let (offset, problem) = attribute_problem(text, &error);
            at(offset).refused(problem)
        })?;
        let name = attribute.key.into_inner();
        let start = offset(name);
        let before = text.get(..start).unwrap_or_default();
        if !before.ends_with(|it: char| it.is_ascii_whitespace()) {
            return Err(at(start).refused("broken XML: no white space before an attribute"));
        }
        if !is_name(name) {
            return Err(at(start).refused("broken XML: an attribute's name is none"));
        }
        if found.len() == ATTRIBUTES_LIMIT {
            let problem = format!("a tag with more than {ATTRIBUTES_LIMIT} attributes");
            return Err(at(start).refused(problem));
        }
        let value_start = offset(&attribute.value);
        if let Some(bracket) = attribute.value.find('<') {
            let problem = "broken XML: a `<` within a tag (in a value, write &lt;)";
            return Err(at(value_start + bracket).refused(problem));
        }
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|error| {
                let (offset, problem) = match error {
                    Error::Escape(EscapeError::UnrecognizedEntity(range, name))
                        if is_name(&name) =>
                    {
                        (range.start - 1, ENTITY)
                    }
                    Error::Escape(EscapeError::UnrecognizedEntity(range, _)) => {
                        (range.start - 1, AMPERSAND)
                    }
                    Error::Escape(EscapeError::UnterminatedEntity(range)) => {
                        (range.start, AMPERSAND)
                    }
                    _ => (0, CHARACTER),
                };
                at(value_start + offset).refused(problem)
            })?;
        if !value.chars().all(is_xml_character) {
            return Err(at(value_start).refused(CHARACTER));
        }
        found.push((name, value));
    }
    Ok(found)
}

/// What is wrong with a tag's attribute, and where in the tag.
fn attribute_problem(text: &str, error: &AttrError) -> (usize, String) {
    let (at, problem) = match *error {
        AttrError::ExpectedEq(at) => (at, "an attribute without `=` and a value"),
        AttrError::ExpectedValue(at) => (at, "an attribute without a value"),
        AttrError::UnquotedValue(at) => (at, "an attribute's value without quotes"),
        AttrError::ExpectedQuote(at, _) => (at, "an attribute's value without its second quote"),
        AttrError::Duplicated(at, _) => {
            let name = text.get(at..).and_then(|it| it.split('=').next());
            let name = name.unwrap_or_default().trim_ascii_end();
            // Another name could be anything, a secret too.
            let is_known = name == "clientSecret" || fields::of_attribute(name).is_some();
            let name = if is_known {
                format!(" `{name}`")
            } else {
                String::new()
            };
            let problem = format!("broken XML: the attribute{name} stands twice in one tag");
            return (at, problem);
        }
    };
    (at, format!("broken XML: {problem}"))
}

/// What is wrong with a reference in text.
fn problem_of(reference: &BytesRef<'_>) -> Option<&'static str> {
    match reference.resolve_char_ref() {
        Ok(Some(character)) if is_xml_character(character) => None,
        Ok(None) if matches!(&**reference, "amp" | "lt" | "gt" | "quot" | "apos") => None,
        Ok(None) if is_name(reference) => Some(ENTITY),
        Ok(None) => Some(AMPERSAND),
        Ok(Some(_)) | Err(_) => Some(CHARACTER),
    }
}

/// Whether `name` is an XML name; of characters beyond ASCII all are taken.
fn is_name(name: &str) -> bool {
    let inner = |byte: u8| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':' | b'-' | b'.') || byte >= 0x80
    };
    let first = |byte: u8| inner(byte) && !matches!(byte, b'0'..=b'9' | b'-' | b'.');
    name.bytes().next().is_some_and(first) && name.bytes().all(inner)
}
