//! Text from inputs, made safe to show: no character that a terminal or a reader's eye would follow, no command that a
//! CI runner would obey, nothing that the surrounding format would take for its own.
//!
//! A character that must not be shown as itself is written `<U+202E>`. Runners look for `##[` and `##vso[` anywhere in a
//! line, and some compare in a way that skips invisible characters, so the second `#` is written `<U+0023>`: visible, and
//! the same notation. JSON and XML have escapes that keep the value; they use those instead.

use std::{
    fmt::Write as _,
    io::{self, Write},
};

use serde::Serialize;
use serde_json::ser::Formatter;

use super::{is_printable_ascii, slice};

/// Whether a character is shown by its number: controls, C1, bidirectional and zero-width characters, line and paragraph
/// separators, everything else that Unicode calls default-ignorable, and noncharacters.
pub fn is_hidden(character: char) -> bool {
    matches!(character,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}'
        | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fdd0}'..='\u{fdef}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}'
    ) || (character as u32) & 0xfffe == 0xfffe
}

/// Whether the `#` that starts `rest` would complete a runner's command after the character before it.
pub fn completes_command(before: Option<char>, rest: &str) -> bool {
    let Some(after) = rest.strip_prefix('#') else {
        return false;
    };
    let is_vso = |text: &str| text.eq_ignore_ascii_case("vso[");
    before == Some('#') && (after.starts_with('[') || after.get(..4).is_some_and(is_vso))
}

/// The characters of a text with their byte offsets and, where it differs, what to show instead.
pub fn characters(text: &str) -> impl Iterator<Item = (usize, char, Option<String>)> {
    let mut before = None;
    text.char_indices().map(move |(at, character)| {
        let rest = slice(text, at..);
        let instead = (is_hidden(character) || completes_command(before, rest))
            .then(|| format!("<U+{:04X}>", character as u32));
        before = Some(character);
        (at, character, instead)
    })
}

/// Whether a text is shown as it is: most texts are.
pub fn is_plain(text: &str) -> bool {
    is_printable_ascii(text) && !text.as_bytes().windows(2).any(|pair| pair == b"##")
}

/// A text in some context: `write` puts a character there, `number_sign` is a `#` there that completes no command.
fn shown(text: &str, number_sign: &str, write: fn(&mut String, char)) -> String {
    let mut safe = String::with_capacity(text.len());
    for (_, character, instead) in characters(text) {
        match instead {
            None => write(&mut safe, character),
            Some(_) if character == '#' => safe.push_str(number_sign),
            Some(instead) => instead.chars().for_each(|it| write(&mut safe, it)),
        }
    }
    safe
}

/// A text on one line, as any plain-text output may show it. Line ends and tabs are shown by their numbers too.
/// `a\u{202e}b` is shown as `a<U+202E>b`.
pub fn text(text: &str) -> String {
    unless_plain(text, "<U+0023>")
}

/// A message or a help text, which may have several lines: `text` of each line.
pub fn lines(text_of_lines: &str) -> String {
    if is_plain(text_of_lines) {
        return text_of_lines.to_owned();
    }
    let lines: Vec<String> = text_of_lines.lines().map(text).collect();
    lines.join("\n")
}

/// As `text`, for a format that `json` writes: commands stay in the value, its writer escapes them.
pub fn value(text: &str) -> String {
    unless_plain(text, "#")
}

fn unless_plain(text: &str, number_sign: &str) -> String {
    match is_plain(text) {
        true => text.to_owned(),
        false => shown(text, number_sign, String::push),
    }
}

/// Finished plain text without a `::` that starts a line: a runner skips blanks before it, and wrapping may have put it
/// there.
pub fn no_line_commands(finished: &str) -> String {
    if !finished.contains("::") {
        return finished.to_owned();
    }
    let mut safe = String::with_capacity(finished.len());
    for line in finished.split_inclusive('\n') {
        let content = line.trim_start();
        match content.strip_prefix("::") {
            Some(rest) => {
                let blank = line.len() - content.len();
                safe.push_str(slice(line, ..blank));
                safe.push_str("<U+003A>:");
                safe.push_str(rest);
            }
            None => safe.push_str(line),
        }
    }
    safe
}

/// Text for XML content and attributes. What XML 1.0 cannot carry, and what must not be shown, is shown by its number.
pub fn xml(value: &str) -> String {
    shown(value, "&#35;", |safe, character| match character {
        '&' => safe.push_str("&amp;"),
        '<' => safe.push_str("&lt;"),
        '>' => safe.push_str("&gt;"),
        '"' => safe.push_str("&quot;"),
        '\'' => safe.push_str("&#39;"),
        _ => safe.push(character),
    })
}

/// Plain text within Markdown, a table's cell included: no markup, no HTML, no link that a renderer would make of a
/// bare address, no mention of a user.
pub fn markdown_cell(value: &str) -> String {
    let lines = value.split('\n').map(|line| {
        shown(line, "&#35;", |safe, character| match character {
            '&' | '<' | '>' | '"' | '\'' => safe.push_str(&xml(&character.to_string())),
            '@' | ':' => push_number(safe, "&#", character),
            _ if character.is_ascii_punctuation()
                && !matches!(character, '%' | ',' | '/' | ';' | '?') =>
            {
                safe.extend(['\\', character]);
            }
            _ => safe.push(character),
        })
    });
    lines.collect::<Vec<_>>().join("<br>")
}

/// A value as inline code, right within a table's cell too. HTML's `<code>`, because Markdown's own cannot show every
/// backtick, pipe and blank.
pub fn markdown_inline_code(value: &str) -> String {
    let code = shown(value, "&#35;", |safe, character| {
        // Renderers make a link of an address that begins so.
        let end = safe
            .len()
            .checked_sub(3)
            .and_then(|start| safe.get(start..));
        let is_link = end.is_some_and(|end| end.eq_ignore_ascii_case("www"));
        match character {
            '.' if !is_link => safe.push('.'),
            ' ' | '-' | '/' | ',' => safe.push(character),
            _ if character.is_alphanumeric() => safe.push(character),
            _ => push_number(safe, "&#", character),
        }
    });
    format!("<code>{code}</code>")
}

/// A message for a table's cell, in which back-ticks mark code.
pub fn markdown_message(message: &str) -> String {
    let parts: Vec<&str> = message.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return markdown_cell(message);
    }
    let shown = parts
        .iter()
        .enumerate()
        .map(|(index, part)| match index % 2 {
            0 => markdown_cell(part),
            _ => markdown_inline_code(part),
        });
    shown.collect()
}

/// The text of a quoted Mermaid label, without the quotes: what is neither letter nor digit is Mermaid's `#NUMBER;`.
pub fn mermaid_label(value: &str) -> String {
    shown(value, "#35;", |safe, character| {
        if character.is_alphanumeric() || matches!(character, ' ' | '_') {
            safe.push(character);
        } else {
            push_number(safe, "#", character);
        }
    })
}

fn push_number(safe: &mut String, before: &str, character: char) {
    // Writing into a string does not fail.
    let _ = write!(safe, "{before}{};", u32::from(character));
}

/// A path as a relative URI reference, or `file:` URI where it is absolute.
pub fn uri(path: &str) -> String {
    let mut safe = String::with_capacity(path.len());
    if path.starts_with('/') {
        safe.push_str("file://");
    }
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                safe.push(char::from(byte));
            }
            _ => {
                let _ = write!(safe, "%{byte:02X}");
            }
        }
    }
    safe
}

/// JSON on one line whose strings keep their values while the text holds no hidden character and no command.
///
/// # Errors
/// What `out` fails with.
pub fn json(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    let one_line = SafeJson {
        depth: 1,
        is_filled: false,
    };
    let mut serializer = serde_json::Serializer::with_formatter(out, one_line);
    value.serialize(&mut serializer).map_err(io::Error::from)
}

/// The same with a line for each element of an outermost array.
///
/// # Errors
/// What `out` fails with.
pub fn json_lines(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    let mut serializer = serde_json::Serializer::with_formatter(out, SafeJson::default());
    value.serialize(&mut serializer).map_err(io::Error::from)
}

/// Writes hidden characters and commands within strings as escapes, and each element of an outermost array on a line of its own.
#[derive(Default)]
struct SafeJson {
    /// How many arrays are open, and one more where all stands on one line.
    depth: usize,
    /// Whether the last outermost one has elements.
    is_filled: bool,
}

impl Formatter for SafeJson {
    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth += 1;
        self.is_filled &= self.depth > 1;
        out.write_all(b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth -= 1;
        let ends_line = self.depth == 0 && self.is_filled;
        out.write_all(if ends_line { b"\n]" } else { b"]" })
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.is_filled = true;
        out.write_all(match (self.depth, first) {
            (1, true) => b"\n",
            (1, false) => b",\n",
            (_, true) => b"",
            (_, false) => b",",
        })
    }

    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        if is_plain(fragment) {
            return out.write_all(fragment.as_bytes());
        }
        let mut done = 0;
        for (at, character, instead) in characters(fragment) {
            if instead.is_none() {
                continue;
            }
            out.write_all(slice(fragment, done..at).as_bytes())?;
            for unit in character.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            done = at + character.len_utf8();
        }
        out.write_all(slice(fragment, done..).as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_numbers() {
        assert_eq!(text("a\tb\n\u{1b}[31m"), "a<U+0009>b<U+000A><U+001B>[31m");
        assert_eq!(text("\u{85}\u{feff}\u{e0041}"), "<U+0085><U+FEFF><U+E0041>");
        assert_eq!(text("e\u{301} 漢字 –"), "e\u{301} 漢字 –");
        assert_eq!(lines("a\r\nb\u{0}"), "a\nb<U+0000>");
    }

    #[test]
    fn runners_see_no_command() {
        assert_eq!(text("x ##[error]"), "x #<U+0023>[error]");
        assert_eq!(text("###VSO[task]"), "##<U+0023>VSO[task]");
        assert_eq!(text("#\u{200b}#[x"), "#<U+200B>#[x");
        assert_eq!(text("## heading"), "## heading");
        assert_eq!(
            no_line_commands("a\n  ::error::b\n"),
            "a\n  <U+003A>:error::b\n"
        );
        assert_eq!(no_line_commands("\u{a0}::x"), "\u{a0}<U+003A>:x");
        assert_eq!(value("a\n##["), "a<U+000A>##[");
    }

    #[test]
    fn json_keeps_the_value() {
        let value = "##[a] \u{202e}\u{e0041}\n\"é";
        let mut out = Vec::new();
        json(&mut out, &value).unwrap();
        let written = String::from_utf8(out).unwrap();
        insta::assert_snapshot!(written, @r##""#\u0023[a] \u202e\udb40\udc41\n\"é""##);
        assert_eq!(serde_json::from_str::<String>(&written).unwrap(), value);
    }

    #[test]
    fn contexts_are_escaped() {
        assert_eq!(
            xml("<a> & \u{1} ##[x"),
            "&lt;a&gt; &amp; &lt;U+0001&gt; #&#35;[x"
        );
        assert_eq!(
            markdown_cell("a|b `c` @d <e>\n"),
            r"a\|b \`c\` &#64;d &lt;e&gt;<br>"
        );
        assert_eq!(markdown_cell("##[x](y)"), r"\#&#35;\[x\]\(y\)");
        assert_eq!(
            markdown_inline_code("`|<b>"),
            "<code>&#96;&#124;&#60;b&#62;</code>"
        );
        assert_eq!(markdown_inline_code("##["), "<code>&#35;&#35;&#91;</code>");
        assert_eq!(
            mermaid_label("a\"]; #b\u{202e}"),
            "a#34;#93;#59; #35;b#60;U#43;202E#62;"
        );
        assert_eq!(uri("a b/ü:%.yaml"), "a%20b/%C3%BC%3A%25.yaml");
        assert_eq!(uri("/a"), "file:///a");
    }
}
