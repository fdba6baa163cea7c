//! What may be shown of a finding. Here alone a finding's texts are made safe and its offsets become lines and columns;
//! every format writes from these types. `schemas/findings.schema.json` is made from them.

use std::ops;

use schemars::JsonSchema;
use serde::Serialize;

use super::Project;
use crate::{
    diagnostic::{self, Severity, relative},
    text::{Position, Source, show},
};

/// The longest text of a place that is shown as a whole, in bytes.
const MOST_TEXT: usize = 2_048;

/// Something that the check has to say about a place.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Finding {
    /// The rule's id.
    #[schemars(extend("pattern" = "^[a-z][a-z0-9-]*$"))]
    pub rule: &'static str,
    /// How much it weighs.
    #[schemars(with = "String", extend("enum" = ["error", "warning", "note"]))]
    pub severity: Severity,
    /// What is wrong with the value at hand.
    pub message: String,
    /// What to write instead; may be empty.
    pub help: String,
    /// The file. Hidden characters are shown as `<U+XXXX>`.
    pub path: String,
    /// The environments that it was found in; empty where the manifest has none.
    pub environments: Vec<String>,
    /// JSON Pointer (RFC 6901) into the document as written.
    #[schemars(extend("pattern" = "^($|/)"))]
    pub pointer: String,
    /// What somebody has to change.
    pub range: Range,
    /// Other places that belong to it; absent where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("minItems" = 1))]
    pub related: Vec<Related>,
    /// How to mend it by machine; absent where that is not possible.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Fix")]
    pub fix: Option<Fix>,
    #[serde(skip)]
    pub uri: Uri,
}

/// Another place that belongs to a finding.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Related {
    /// What it has to do with the finding.
    pub message: String,
    /// The file.
    pub path: String,
    /// The place in it.
    pub range: Range,
    #[serde(skip)]
    pub uri: Uri,
}

/// A way to mend a finding.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Fix {
    /// What it does.
    pub title: String,
    /// Whether `--fix` alone applies it.
    pub safe: bool,
    /// What it changes in the finding's file, sorted and disjoint.
    #[schemars(extend("minItems" = 1))]
    pub edits: Vec<Edit>,
}

/// A replacement.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Edit {
    /// What goes.
    pub range: Range,
    /// What comes in its place, exactly.
    pub text: String,
}

/// A half-open range.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Range {
    /// Its first character.
    pub start: Position,
    /// The character after its last one.
    pub end: Position,
}

/// A file with more findings than are reported.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Truncated {
    /// The file.
    pub path: String,
    /// How many of its findings are not in `findings`.
    #[schemars(range(min = 1))]
    pub left_off: usize,
    /// The same as a sentence.
    pub message: String,
    #[serde(skip)]
    pub uri: Uri,
}

/// The address of a file.
#[derive(Debug, Clone)]
pub(super) struct Uri {
    pub text: String,
    /// Whether it is relative to the folder that the check ran in, and below it.
    pub is_below: bool,
}

impl From<&diagnostic::Finding> for Finding {
    fn from(finding: &diagnostic::Finding) -> Self {
        let location = &finding.location;
        let source = &location.source;
        let edit = |edit: &diagnostic::TextEdit| Edit {
            range: Range::new(source, &edit.range),
            text: edit.text.clone(),
        };
        let environments = finding.environments.iter();
        Self {
            rule: finding.rule.id,
            severity: finding.severity,
            message: show::lines(&finding.message),
            help: show::lines(&finding.help),
            path: show::text(source.name()),
            environments: environments.map(|name| show::text(name)).collect(),
            pointer: show::text(&location.pointer),
            range: Range::new(source, &location.range),
            related: finding.related.iter().map(Related::from).collect(),
            fix: finding.fix.as_ref().map(|fix| Fix {
                title: show::lines(&fix.title),
                safe: fix.safe,
                edits: fix.edits.iter().map(edit).collect(),
            }),
            uri: Uri::new(source.name()),
        }
    }
}

impl Finding {
    /// The same with the addresses that its places have in a project.
    pub fn within(mut self, project: &Project, finding: &diagnostic::Finding) -> Self {
        let address = |it: &diagnostic::Location| Uri::new(&project.path(it.source.name()));
        self.uri = address(&finding.location);
        for (shown, related) in self.related.iter_mut().zip(&finding.related) {
            shown.uri = address(&related.location);
        }
        self
    }

    /// " (in prod, stage)", or nothing where there are no environments.
    pub fn in_environments(&self) -> String {
        if self.environments.is_empty() {
            return String::new();
        }
        format!(" (in {})", self.environments.join(", "))
    }
}

impl From<&diagnostic::Related> for Related {
    fn from(related: &diagnostic::Related) -> Self {
        let source = &related.location.source;
        Self {
            message: show::lines(&related.message),
            path: show::text(source.name()),
            range: Range::new(source, &related.location.range),
            uri: Uri::new(source.name()),
        }
    }
}

impl Truncated {
    pub fn new(path: &str, left_off: usize) -> Self {
        let findings = super::counted(left_off, "finding");
        Self {
            path: show::text(path),
            left_off,
            message: format!("{findings} more left off: 1,000 a file are shown"),
            uri: Uri::new(path),
        }
    }
}

impl Range {
    fn new(source: &Source, bytes: &ops::Range<usize>) -> Self {
        Self {
            start: source.position(bytes.start),
            end: source.position(bytes.end),
        }
    }

    /// The last line that it has a character of: an end just after a line end belongs to the line before.
    pub fn last_line(&self) -> usize {
        let Self { start, end } = self;
        end.line - usize::from(end.column == 1 && end.line > start.line)
    }
}

impl Uri {
    pub fn new(path: &str) -> Self {
        let path = relative(path);
        Self {
            text: show::uri(path),
            is_below: !path.starts_with('/') && path.split('/').all(|part| part != ".."),
        }
    }
}

/// The text of a place, where it is short and holds no secret.
pub(super) fn text_of(location: &diagnostic::Location) -> Option<String> {
    let range = &location.range;
    let is_short = !range.is_empty() && range.len() <= MOST_TEXT;
    (is_short && !location.source.touches_secret(range))
        .then(|| show::lines(&location.source.shown(range.clone())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture;

    #[test]
    fn what_is_hostile_keeps_its_value_only_in_edits() {
        let nasty = "\u{1b}[31m\u{202e}##[x]";
        let mut finding = fixture::finding("a: b", 3..4);
        nasty.clone_into(&mut finding.message);
        let edits = vec![diagnostic::TextEdit {
            range: 3..4,
            text: nasty.to_owned(),
        }];
        finding.fix = Some(diagnostic::Fix {
            title: nasty.to_owned(),
            safe: true,
            edits,
            changes: Vec::new(),
        });
        let shown = Finding::from(&finding);
        assert_eq!(shown.message, "<U+001B>[31m<U+202E>#<U+0023>[x]");
        let fix = shown.fix.unwrap();
        assert_eq!((fix.title, &*fix.edits[0].text), (shown.message, nasty));
    }

    #[test]
    fn uris() {
        let uri = |path| {
            let uri = Uri::new(path);
            (uri.text, uri.is_below)
        };
        assert_eq!(uri("./a b.yaml"), ("a%20b.yaml".to_owned(), true));
        assert_eq!(uri("../a"), ("../a".to_owned(), false));
    }
}
