//! From bytes to a document: limits first, then the parser's events, then what may stand in a text.

use std::ops::Range;

use granit_parser::{ErrorKind, Event, Options, Parser, ScalarStyle, Span, StrInput};

use super::{
    Problem, ProblemKind, Style, Tree,
    build::{Builder, Properties, Stop},
    controls, core, explain, syntax,
};

/// A text over this many bytes is refused unread.
pub const MAX_BYTES: usize = 1 << 20;
/// Collections nested deeper than this are refused, aliases expanded.
pub const MAX_DEPTH: usize = 64;
/// More nodes than this are refused, keys and expanded aliases counted.
pub const MAX_NODES: usize = 100_000;

/// Bytes that are no UTF-8.
#[derive(Debug, Clone)]
pub struct Undecoded {
    /// The text as far as it can be shown, as long as the input: `~` stands for each byte that is no UTF-8, as it ends no secret. Empty
    /// where the input is over the limit.
    pub text: String,
    /// What is wrong, with its place in that text.
    pub problem: Problem,
}

/// The text that bytes hold.
///
/// # Errors
/// Over 1 MiB, or not UTF-8: then with a text to show and a place in it.
pub fn decode(bytes: Vec<u8>) -> Result<String, Box<Undecoded>> {
    if bytes.len() > MAX_BYTES {
        let (text, problem) = (String::new(), too_large());
        return Err(Box::new(Undecoded { text, problem }));
    }
    let utf16 = matches!(bytes.as_slice(), [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..]);
    String::from_utf8(bytes).map_err(|error| {
        let start = error.utf8_error().valid_up_to();
        if utf16 {
            // Nothing of it can be shown.
            let problem = Problem::syntax(
                0..0,
                "the text is UTF-16, not UTF-8",
                "save the file as UTF-8",
            );
            let text = String::new();
            return Box::new(Undecoded { text, problem });
        }
        let chunks = error.as_bytes().utf8_chunks();
        let text = chunks.map(|it| it.valid().to_owned() + &"~".repeat(it.invalid().len()));
        let text: String = text.collect();
        let length = error.utf8_error().error_len();
        let range = start..length.map_or(text.len(), |length| start + length);
        let problem = Problem::syntax(
            range,
            "the text is not UTF-8 here",
            "save the file as UTF-8",
        );
        Box::new(Undecoded { text, problem })
    })
}

/// Reads a text as one YAML 1.2 document. Problems are sorted by place.
///
/// Where the text has a problem of kind [`ProblemKind::Syntax`] or [`ProblemKind::Limits`], there is no document and all
/// problems are of that kind. Otherwise there is one, without the members that the problems are about.
pub fn parse(text: &str) -> (Option<Tree>, Vec<Problem>) {
    match read(text) {
        Ok((document, problems)) => (Some(document), problems),
        Err(problems) => (None, problems),
    }
}

type Read = Result<(Tree, Vec<Problem>), Vec<Problem>>;

fn read(text: &str) -> Read {
    if text.len() > MAX_BYTES {
        return Err(vec![too_large()]);
    }
    match syntax::control_character(text) {
        Some(problem) => Err(vec![problem]),
        None => attempt(text, MAX_DEPTH, true).or_else(|problems| {
            let replaced = controls::replaced(text).ok_or(problems)?;
            let (mut document, others) = attempt(&replaced, MAX_DEPTH, true)?;
            match controls::restore(&mut document, text, &replaced) {
                Ok(()) => Ok((document, others)),
                Err((at, control)) => Err(vec![syntax::stray_control(at, control)]),
            }
        }),
    }
}

fn attempt(text: &str, flow_levels: usize, strict: bool) -> Read {
    let mut parser = Parser::new_from_str_with_options(text, options(flow_levels, strict));
    let mut builder = Builder::new(text);
    let mut documents = 0;
    while let Some(next) = parser.next_event() {
        let (event, span) = match next {
            Ok(next) => next,
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(0).min(text.len());
                let closes = matches!(text.as_bytes().get(at), Some(b']' | b'}'));
                let around = builder.block_depth();
                return match error.kind() {
                    // A closing bracket may stand right under the key that its list belongs to, as all libraries have it.
                    ErrorKind::InvalidIndentation if strict && closes => {
                        attempt(text, flow_levels, false)
                    }
                    // The scanner looks ahead through brackets before the walk sees them; it must count the levels around them too.
                    ErrorKind::RecursionLimitExceeded if around > 0 && flow_levels == MAX_DEPTH => {
                        attempt(text, MAX_DEPTH.saturating_sub(around), false)
                    }
                    ErrorKind::RecursionLimitExceeded => {
                        Err(vec![too_deep(syntax::character(text, at))])
                    }
                    kind => Err(vec![explain::translate(text, kind, at, &builder)]),
                };
            }
        };
        if let Event::DocumentStart(..) = event {
            documents += 1;
            if documents > 1 {
                return Err(vec![syntax::second_document(text, range(&span))]);
            }
        }
        if let Err(stop) = feed(&mut builder, &mut parser, event, &span) {
            return Err(vec![match stop {
                Stop::TooDeep(range) => too_deep(range),
                Stop::TooMany(range) => too_many(range),
            }]);
        }
    }
    builder.finish()
}

type Events<'t> = Parser<'t, StrInput<'t>>;

fn feed<'t>(
    builder: &mut Builder<'t>,
    parser: &mut Events<'t>,
    event: Event<'t>,
    span: &Span,
) -> Result<(), Stop> {
    let place = range(span);
    match event {
        Event::Scalar(text, style, anchor, tag) => {
            let properties = properties(builder, parser, anchor, tag.as_deref(), span);
            let style = match style {
                ScalarStyle::SingleQuoted => Style::SingleQuoted,
                ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
                ScalarStyle::Literal => Style::Literal,
                ScalarStyle::Folded => Style::Folded,
                _ => Style::Plain,
            };
            return builder.scalar(text, style, place, &properties);
        }
        Event::SequenceStart(style, anchor, tag) => {
            let properties = properties(builder, parser, anchor, tag.as_deref(), span);
            return builder.open(false, style, place, &properties);
        }
        Event::MappingStart(style, anchor, tag) => {
            let properties = properties(builder, parser, anchor, tag.as_deref(), span);
            return builder.open(true, style, place, &properties);
        }
        Event::SequenceEnd | Event::MappingEnd => builder.close(place),
        Event::Alias(anchor) => return builder.alias(anchor, place),
        Event::UnresolvedAlias(name) => return builder.unknown_alias(&name, place),
        // Where no `---` is written, the range is that of the first token, which is yet to come.
        Event::DocumentStart(false, _) => {}
        _ => builder.pass(&place),
    }
    Ok(())
}

/// The tag and the anchor of a node; the event after the node's names the anchor.
fn properties<'t>(
    builder: &mut Builder<'t>,
    parser: &mut Events<'t>,
    anchor: usize,
    tag: Option<&granit_parser::Tag>,
    span: &Span,
) -> Properties {
    let tag = tag.and_then(|tag| {
        let written = span
            .tag_span()
            .map_or_else(|| range(span), |span| range(&span));
        builder.pass(&written);
        let known = match tag.core_suffix() {
            Some(name) => core::asks_for(name).map(|_| name.to_owned()),
            None => (tag.parts() == ("", "!")).then(|| "!".to_owned()),
        };
        if known.is_none() {
            builder.problems.push(syntax::unknown_tag(written.clone()));
        }
        known.map(|tag| (tag, written))
    });
    if anchor != 0
        && matches!(parser.peek(), Some(Ok((Event::Anchor(..), _))))
        && let Some(Ok((Event::Anchor(_, name), span))) = parser.next_event()
    {
        builder.pass(&range(&span));
        builder.names.push(name);
    }
    Properties { anchor, tag }
}

fn options(flow_levels: usize, strict: bool) -> Options {
    let mut options = Options::default();
    options.strict_indentation = strict;
    options.emit_anchor_events = true;
    options.emit_unresolved_aliases = true;
    options.flow_nesting_limit = flow_levels;
    // One more than allowed: the walk sees the surplus level itself, with its place.
    options.block_nesting_limit = MAX_DEPTH + 1;
    options
}

fn range(span: &Span) -> Range<usize> {
    span.byte_range().unwrap_or_default()
}

fn limit(range: Range<usize>, message: &str, help: &str) -> Problem {
    Problem {
        kind: ProblemKind::Limits,
        ..Problem::syntax(range, message, help)
    }
}

fn too_large() -> Problem {
    limit(
        0..0,
        "the text is over 1 MiB",
        "split it into several files",
    )
}

fn too_deep(range: Range<usize>) -> Problem {
    limit(
        range,
        "lists and mappings are nested over 64 deep here",
        "a manifest needs 5 levels; write it flatter",
    )
}

fn too_many(range: Range<usize>) -> Problem {
    limit(
        range,
        "the text has over 100,000 nodes once its aliases are expanded; this one is past the limit",
        "split it into several files, or use fewer aliases",
    )
}

impl Problem {
    /// A problem of kind [`ProblemKind::Syntax`].
    pub fn syntax(
        range: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            kind: ProblemKind::Syntax,
            message: message.into(),
            help: help.into(),
            range,
            node: None,
            first: None,
        }
    }
}
