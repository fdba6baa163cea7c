//! One tag: its name and attributes.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::events::attributes::{AttrError, Attribute as XmlAttribute, Attributes};

use super::{Attribute, Place, Problem, ReadError};

/// No record has nearly as many; bounds the search for duplicates.
const ATTRIBUTES_LIMIT: usize = 1024;

/// What stands between `<` and `>` (or `/>`) of a start tag, or between `<?` and `?>`.
pub(super) struct Tag<'a> {
    text: &'a str,
    name: &'a str,
    /// Where `text` begins.
    place: Place,
}

/// An attribute as it is written.
pub(super) struct Written<'a> {
    /// Its name, prefix included.
    pub(super) name: &'a str,
    attribute: XmlAttribute<'a>,
    /// Where the tag's text begins, and the text up to the attribute: the place is counted only when it is needed.
    place: Place,
    before: &'a [u8],
}

impl<'a> Tag<'a> {
    pub(super) fn new(text: &'a str, place: Place) -> Self {
        Self {
            text,
            name: name_of(text),
            place,
        }
    }

    /// Hands each attribute to `visit`.
    ///
    /// # Errors
    /// Where the tag is not well-formed, and what `visit` fails with.
    pub(super) fn visit(
        &self,
        mut visit: impl FnMut(Written<'a>) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        for (index, attribute) in Attributes::new(self.text, self.name.len()).enumerate() {
            let attribute = attribute.map_err(|error| self.problem(&error))?;
            let name = attribute.key.into_inner();
            let at = (name.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
            let before = self.text.as_bytes().get(..at).unwrap_or_default();
            let problem = if !before.last().is_some_and(u8::is_ascii_whitespace) {
                Problem::Syntax("no white space before an attribute")
            } else if !is_name(name) {
                Problem::Syntax("an attribute's name is none")
            } else if index >= ATTRIBUTES_LIMIT {
                Problem::TooManyAttributes(ATTRIBUTES_LIMIT)
            } else {
                visit(Written {
                    name,
                    attribute,
                    place: self.place,
                    before,
                })?;
                continue;
            };
            return Err(problem.at(self.place.after(before)));
        }
        Ok(())
    }

    fn place_at(&self, offset: usize) -> Place {
        self.place
            .after(self.text.as_bytes().get(..offset).unwrap_or_default())
    }

    fn problem(&self, error: &AttrError) -> ReadError {
        let (at, problem) = match *error {
            AttrError::ExpectedEq(at) => {
                (at, Problem::Syntax("an attribute without `=` and a value"))
            }
            AttrError::ExpectedValue(at) => (at, Problem::Syntax("an attribute without a value")),
            AttrError::UnquotedValue(at) => {
                (at, Problem::Syntax("an attribute's value without quotes"))
            }
            AttrError::ExpectedQuote(at, _) => (
                at,
                Problem::Syntax("an attribute's value without its second quote"),
            ),
            AttrError::Duplicated(at, _) => {
                let name = self.text.get(at..).map(name_of).unwrap_or_default();
                let attribute = match name {
                    "clientSecret" => Some("clientSecret"),
                    _ => Attribute::from_name(name).map(Attribute::as_str),
                };
                (at, Problem::DuplicateAttribute { attribute })
            }
        };
        problem.at(self.place_at(at))
    }
}

impl Written<'_> {
    /// The value as XML 1.0 normalises it.
    pub(super) fn value(&self) -> Result<Cow<'_, str>, ReadError> {
        self.attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|_| Problem::Entity.at(self.place.after(self.before)))
    }

    /// Whether there is any value; does not look at it further.
    pub(super) fn is_empty(&self) -> bool {
        self.attribute.value.is_empty()
    }
}

/// The name that `text` begins with: up to white space, `=` or the end.
pub(super) fn name_of(text: &str) -> &str {
    let end = text
        .find(|it: char| it.is_ascii_whitespace() || it == '=')
        .unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// Whether `name` is an XML name; of characters beyond ASCII all are taken.
pub(super) fn is_name(name: &str) -> bool {
    let inner = |byte: u8| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':' | b'-' | b'.') || byte >= 0x80
    };
    let first = |byte: u8| inner(byte) && !matches!(byte, b'0'..=b'9' | b'-' | b'.');
    name.bytes().next().is_some_and(first) && name.bytes().all(inner)
}
