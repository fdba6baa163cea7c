//! From bytes to a document: limits first, then the parser's events, then what may stand in a text.

use std::ops::Range;

use granit_parser::{
    ErrorKind, Event, Options, Parser, ScalarStyle, Span, StrInput, StructureStyle,
};

use super::{
    Comment, Problem, ProblemKind, Style, Tree,
    build::{Builder, Properties, Stop},
    core::Tag,
    explain, syntax,
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
    /// The text as far as it can be shown: U+FFFD stands for what is no UTF-8. Empty where the input is over the limit.
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
        let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
        let message = if utf16 {
            "the text is UTF-16, not UTF-8"
        } else {
            "the text is not UTF-8 here"
        };
        let range = start..start + char::REPLACEMENT_CHARACTER.len_utf8();
        let problem = Problem::syntax(range, message, "save the file as UTF-8");
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

/// The comments of a text, in its order, as far as it can be read: all of them where [`parse`] finds a document.
pub fn comments(text: &str) -> Vec<Comment> {
    if text.len() > MAX_BYTES {
        return Vec::new();
    }
    let mut comments: Vec<Comment> =
        Parser::new_from_str_with_options(text, options(MAX_DEPTH, false))
            .map_while(Result::ok)
            .filter(|(event, _)| matches!(event, Event::Comment(..)))
            .map(|(_, span)| Comment {
                range: range(&span),
            })
            .collect();
    comments.sort_by_key(|comment| comment.range.start);
    comments
}

fn read(text: &str) -> Result<(Tree, Vec<Problem>), Vec<Problem>> {
    if text.len() > MAX_BYTES {
        return Err(vec![too_large()]);
    }
    if let Some(problem) = syntax::control_character(text) {
        return Err(vec![problem]);
    }
    let mut result = attempt(text, MAX_DEPTH, true);
    // A closing bracket may stand right under the key that its list belongs to, as all libraries have it.
    if matches!(result, Err(Failed::LowBracket)) {
        result = attempt(text, MAX_DEPTH, false);
    }
    // The scanner looks ahead through brackets before the walk sees them; it must count the levels around them too.
    if let Err(Failed::TooDeep { around, .. }) = result
        && around > 0
    {
        result = attempt(text, MAX_DEPTH.saturating_sub(around), false);
    }
    result.map_err(|failed| match failed {
        Failed::Problems(problems) => problems,
        Failed::LowBracket => Vec::new(),
        Failed::TooDeep { at, .. } => vec![too_deep(syntax::character(text, at))],
    })
}

fn closes(text: &str, at: usize) -> bool {
    matches!(text.as_bytes().get(at), Some(b']' | b'}'))
}

enum Failed {
    Problems(Vec<Problem>),
    /// A closing bracket is indented less than the strict rules ask for.
    LowBracket,
    /// The parser refused a level of brackets, with so many levels of indentation around.
    TooDeep {
        at: usize,
        around: usize,
    },
}

impl From<Problem> for Failed {
    fn from(problem: Problem) -> Self {
        Self::Problems(vec![problem])
    }
}

fn attempt(text: &str, flow_levels: usize, strict: bool) -> Result<(Tree, Vec<Problem>), Failed> {
    let mut parser = Parser::new_from_str_with_options(text, options(flow_levels, strict));
    let mut builder = Builder::new(text);
    let mut documents = 0;
    while let Some(next) = parser.next_event() {
        let (event, span) = next.map_err(|error| {
            let at = error.marker().byte_offset().unwrap_or(0).min(text.len());
            match error.kind() {
                ErrorKind::RecursionLimitExceeded => {
                    let around = builder.block_depth();
                    Failed::TooDeep { at, around }
                }
                ErrorKind::InvalidIndentation if strict && closes(text, at) => Failed::LowBracket,
                kind => explain::translate(text, kind, at, &builder).into(),
            }
        })?;
        if let Event::DocumentStart(..) = event {
            documents += 1;
            if documents > 1 {
                return Err(syntax::second_document(text, range(&span)).into());
            }
        }
        feed(&mut builder, &mut parser, event, &span)?;
    }
    builder.finish().map_err(Failed::Problems)
}

type Events<'t> = Parser<'t, StrInput<'t>>;

fn feed<'t>(
    builder: &mut Builder<'t>,
    parser: &mut Events<'t>,
    event: Event<'t>,
    span: &Span,
) -> Result<(), Failed> {
    let place = range(span);
    let stopped = match event {
        Event::Comment(..) => {
            builder.comment(place);
            return Ok(());
        }
        Event::Scalar(text, style, anchor, tag) => {
            let properties = properties(builder, parser, anchor, tag.as_deref(), span);
            builder.scalar(text, scalar_style(style), place, &properties)
        }
        Event::SequenceStart(style, anchor, tag) => {
            let properties = properties(builder, parser, anchor, tag.as_deref(), span);
            builder.open(false, collection_style(style), place, &properties)
        }
        Event::MappingStart(style, anchor, tag) => {
            let properties = properties(builder, parser, anchor, tag.as_deref(), span);
            builder.open(true, collection_style(style), place, &properties)
        }
        Event::SequenceEnd | Event::MappingEnd => {
            builder.close(place);
            Ok(())
        }
        Event::Alias(anchor) => builder.alias(anchor, place),
        Event::UnresolvedAlias(name) => builder.unknown_alias(&name, place),
        // Where no `---` is written, the range is that of the first token, which is yet to come.
        Event::DocumentStart(false, _) => Ok(()),
        _ => {
            builder.pass(&place);
            Ok(())
        }
    };
    stopped.map_err(|stop| match stop {
        Stop::TooDeep(range) => too_deep(range).into(),
        Stop::TooMany(range) => too_many(range).into(),
    })
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
            Some(name) => Tag::named(name),
            None => (tag.parts() == ("", "!")).then_some(Tag::Plain),
        };
        if known.is_none() {
            builder.problem(syntax::unknown_tag(written.clone()));
        }
        known.map(|tag| (tag, written))
    });
    if anchor != 0
        && matches!(parser.peek(), Some(Ok((Event::Anchor(..), _))))
        && let Some(Ok((Event::Anchor(_, name), span))) = parser.next_event()
    {
        builder.pass(&range(&span));
        builder.name(name);
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
    options.max_buffered_comment_events = MAX_BYTES;
    options
}

fn range(span: &Span) -> Range<usize> {
    span.byte_range().unwrap_or_default()
}

fn scalar_style(style: ScalarStyle) -> Style {
    match style {
        ScalarStyle::SingleQuoted => Style::SingleQuoted,
        ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
        ScalarStyle::Literal => Style::Literal,
        ScalarStyle::Folded => Style::Folded,
        _ => Style::Plain,
    }
}

fn collection_style(style: StructureStyle) -> Style {
    match style {
        StructureStyle::Block => Style::Block,
        StructureStyle::Flow => Style::Flow,
    }
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
    pub(super) fn syntax(
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
            related: None,
        }
    }
}
