//! Findings as diagnostics.

use std::sync::Arc;

use gen_lsp_types::{CodeDescription, DiagnosticRelatedInformation};
use gen_lsp_types::{Diagnostic, DiagnosticSeverity, DiagnosticTag, Location};

use super::{client::Client, workspace::Workspace};
use crate::{
    diagnostic::{Finding, Related, Severity},
    rules::catalogue::{PATCH_NO_EFFECT, UNUSED_IGNORE},
    text::show,
};

/// What diagnostics name as their origin.
pub const ORIGIN: &str = "campaign-ims";

/// A finding as a client shows it: the message, then the help, then the environments.
pub fn diagnostic(finding: &Finding, workspace: &Workspace<'_>, client: &Client) -> Diagnostic {
    let source = &finding.location.source;
    let severity = match finding.severity {
        Severity::Error => DiagnosticSeverity::Error,
        Severity::Warning => DiagnosticSeverity::Warning,
        Severity::Note => DiagnosticSeverity::Information,
    };
    let mut message = show::lines(&finding.message);
    if !finding.help.is_empty() {
        message += &format!("\nhelp: {}", show::lines(&finding.help));
    }
    if !finding.environments.is_empty() {
        let names = finding.environments.iter().map(|name| show::text(name));
        let names: Vec<String> = names.collect();
        message += &format!("\nin: {}", names.join(", "));
    }
    let related = |related: &Related| {
        let source: &Arc<_> = &related.location.source;
        Some(DiagnosticRelatedInformation {
            location: Location {
                uri: workspace.address(source)?.into(),
                range: client.encoding.range(source, &related.location.range),
            },
            message: show::lines(&related.message),
        })
    };
    let related = finding.related.iter().filter_map(related);
    let related: Vec<_> = related.filter(|_| client.shows_related).collect();
    let has_no_effect = [&UNUSED_IGNORE, &PATCH_NO_EFFECT].contains(&finding.rule);
    Diagnostic {
        range: client.encoding.range(source, &finding.location.range),
        severity: Some(severity),
        code: Some(finding.rule.id.to_owned().into()),
        code_description: Some(CodeDescription {
            href: finding.rule.address().into(),
        }),
        source: Some(ORIGIN.to_owned()),
        message: message.into(),
        tags: has_no_effect.then(|| vec![DiagnosticTag::Unnecessary]),
        related_information: (!related.is_empty()).then_some(related),
        data: None,
    }
}

/// What says, at the start of a document, that more was found than is shown.
pub fn left_off(message: &str) -> Diagnostic {
    Diagnostic {
        severity: Some(DiagnosticSeverity::Information),
        source: Some(ORIGIN.to_owned()),
        message: message.into(),
        ..Diagnostic::default()
    }
}
