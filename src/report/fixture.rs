//! Findings for the tests of the formats.

use std::{ops::Range, sync::Arc};

use super::{Context, Format, Report};
use crate::{
    diagnostic::{Finding, Fix, Location, Related, Severity, TextEdit},
    text::Source,
};

pub(super) const MANIFEST: &str = "\
version: 1
organization:
  name: Contoso
instance:
  name: contoso-prod
external_account:
  callback_server: http://campaign.contoso.com
  client_secret: p8e-canary-canary-canary
  association_mask: Campaign – contoso - (.*)
";

pub(super) fn location(source: &Arc<Source>, pointer: &str, range: Range<usize>) -> Location {
    Location {
        source: source.clone(),
        pointer: pointer.to_owned(),
        range,
    }
}

pub(super) fn at(source: &Arc<Source>, pointer: &str, part: &str) -> Location {
    let start = source.text().find(part).unwrap();
    location(source, pointer, start..start + part.len())
}

pub(super) fn finding(location: Location) -> Finding {
    Finding {
        rule: &crate::rules::catalogue::CALLBACK_NOT_HTTPS,
        severity: Severity::Error,
        message: "the callback server is not https".to_owned(),
        help: "write `https://`".to_owned(),
        key: String::new(),
        location,
        environments: Vec::new(),
        related: Vec::new(),
        fix: None,
    }
}

pub(super) fn finding_in(path: &str, text: &str, part: &str) -> Finding {
    let source = Arc::new(Source::new(path, text));
    finding(at(&source, "/b", part))
}

pub(super) fn findings_in(path: &str, count: usize) -> Vec<Finding> {
    let source = Arc::new(Source::new(path, "a: b\n".repeat(count)));
    (0..count)
        .map(|line| finding(location(&source, "/a", line * 5 + 3..line * 5 + 4)))
        .collect()
}

pub(super) fn secret(text: &str, range: Range<usize>) -> Finding {
    let source = Source::new("a.ims.yaml", text).with_secrets(vec![range.clone()]);
    Finding {
        rule: &crate::rules::catalogue::SECRET_IN_MANIFEST,
        message: "the client secret is written in clear".to_owned(),
        ..finding(location(&Arc::new(source), "/s", range))
    }
}

/// Four findings in one file: with a fix and environments, a secret, an unsafe fix with a place in another file, a note.
pub(super) fn report() -> Report {
    let start = MANIFEST.find("p8e-").unwrap();
    let source = Source::new("conf/prod.ims.yaml", MANIFEST);
    let secret = start..start + 24;
    let source = Arc::new(source.with_secrets(vec![secret.clone()]));
    let other = Arc::new(Source::new("conf/a.ims.yaml", "version: 1\nmask: x\n"));
    let callback = at(
        &source,
        "/external_account/callback_server",
        "http://campaign.contoso.com",
    );
    let scheme = callback.range.start..callback.range.start + 4;
    let first = Finding {
        environments: vec!["prod".to_owned(), "stage".to_owned()],
        related: vec![Related {
            message: "the instance's own address".to_owned(),
            location: at(&source, "/instance/name", "contoso-prod"),
        }],
        fix: Some(Fix {
            title: "write `https`".to_owned(),
            safe: true,
            edits: vec![TextEdit {
                range: scheme,
                text: "https".to_owned(),
            }],
            changes: Vec::new(),
        }),
        ..finding(callback)
    };
    let second = Finding {
        rule: &crate::rules::catalogue::SECRET_IN_MANIFEST,
        message: "the client secret is written in clear".to_owned(),
        help: "take it from the environment: `{ env: NAME }`".to_owned(),
        ..finding(location(&source, "/external_account/client_secret", secret))
    };
    let dash = at(&source, "/external_account/association_mask", "–");
    let third = Finding {
        rule: &crate::rules::catalogue::MASK_CONFUSABLE,
        severity: Severity::Warning,
        message: "the mask has an en dash where profiles have a hyphen".to_owned(),
        help: "write `-`".to_owned(),
        related: vec![Related {
            message: "another mask of the organization".to_owned(),
            location: at(&other, "/mask", "x"),
        }],
        fix: Some(Fix {
            title: "write `-`".to_owned(),
            safe: false,
            edits: vec![TextEdit {
                range: dash.range.clone(),
                text: "-".to_owned(),
            }],
            changes: Vec::new(),
        }),
        ..finding(dash)
    };
    let fourth = Finding {
        rule: &crate::rules::catalogue::ORG_ID_UNUSUAL,
        severity: Severity::Note,
        message: "the document has no organization id".to_owned(),
        help: String::new(),
        ..finding(location(&source, "", 0..0))
    };
    let files = ["conf/prod.ims.yaml", "conf/a.ims.yaml"].map(str::to_owned);
    Report::new(vec![first, second, third, fourth], files.to_vec())
}

/// A check that found nothing because it failed.
pub(super) fn failed() -> Report {
    Report {
        problems: vec!["cannot read `a`:\n::error::no <b>such</b> file".to_owned()],
        ..Report::default()
    }
}

/// Everything that somebody hostile would write, in every text of a finding.
pub(super) fn hostile() -> Report {
    let nasty = "::error::x\n::warning::\u{1b}[31m ##[error]y ##vso[task.complete]z \u{202e}<b>|`]]>\u{200b}";
    let source = Arc::new(Source::new(
        format!("p/{nasty}"),
        format!("a: b\n{nasty}\n{nasty}"),
    ));
    let end = source.text().len();
    let nasty_finding = Finding {
        message: nasty.to_owned(),
        help: nasty.to_owned(),
        environments: vec![nasty.to_owned()],
        related: vec![Related {
            message: nasty.to_owned(),
            location: location(&source, nasty, 0..end),
        }],
        fix: Some(Fix {
            title: nasty.to_owned(),
            safe: true,
            edits: vec![TextEdit {
                range: 0..end,
                text: nasty.to_owned(),
            }],
            changes: Vec::new(),
        }),
        ..finding(location(&source, &format!("/{nasty}"), 5..end))
    };
    Report::new(vec![nasty_finding], vec![source.name().to_owned()])
}

pub(super) fn written(format: Format, report: &Report) -> String {
    let rules: Vec<_> = report.findings.iter().map(|finding| finding.rule).collect();
    let context = Context {
        rules: &rules,
        ..Context::plain("0.1.0")
    };
    written_with(format, report, &context)
}

pub(super) fn written_with(format: Format, report: &Report, context: &Context<'_>) -> String {
    let mut out = Vec::new();
    super::write(format, report, context, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}
