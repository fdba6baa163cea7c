//! Answers: what the library says, as JSON that is safe to show.

use std::sync::Arc;

use campaign_ims::{self as ims, Checked, Context, Finding, Format, Location, Report, shown};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::request::{Bytes, Manifest, Request};

/// Answers a request. What cannot be done says why, in a member `error`.
pub fn answer(request: &[u8]) -> String {
    let request = serde_json::from_slice(request);
    let answer = request.map_err(|error| format!("not a request: {error}"));
    let answer = answer.and_then(answer_to);
    let answer = answer.unwrap_or_else(|error| json!({ "error": shown(&error) }));
    answer.to_string()
}

fn answer_to(request: Request) -> Result<Value, String> {
    Ok(match request {
        Request::Check(manifest) => check(&manifest)?,
        Request::Fix { manifest, finding } => fix(&manifest, finding)?,
        Request::FixAll(manifest) => {
            let checked = checked(&manifest);
            let fixed = ims::fix(&checked, &Arc::default(), false);
            json!({
                "text": fixed.judged.source.text(),
                "applied": fixed.applied,
                "skipped": fixed.skipped,
            })
        }
        Request::Map {
            manifest,
            profiles,
            column,
        } => {
            let checked = checked(&manifest);
            let read = |list: Bytes| ims::profiles(&checked, &list.into_bytes(), column.as_deref());
            let profiles = profiles.map(read).transpose();
            map(
                &checked,
                profiles.map_err(|error| error.to_string())?.as_ref(),
            )?
        }
        Request::Render(manifest) => render(&checked(&manifest))?,
        Request::Runbook(manifest) => {
            json!({ "text": ims::runbook(&checked(&manifest)).ok_or(HAS_ERRORS)? })
        }
        Request::Import { package } => {
            let imported = ims::import(&package.into_bytes()).map_err(|error| error.to_string())?;
            let notes: Vec<String> = imported.notes.iter().map(|note| shown(note)).collect();
            json!({ "text": imported.text, "open": imported.open, "notes": notes })
        }
        Request::Diff {
            manifest,
            package,
            environment,
        } => diff(&checked(&manifest), environment, &package.into_bytes())?,
        Request::Rules => rules(),
    })
}

/// Why there is no package and the like.
const HAS_ERRORS: &str = "the manifest has errors: mend them first";

fn checked(manifest: &Manifest) -> Checked {
    let Manifest { name, text } = manifest;
    ims::check(name, name, text.as_str(), &Arc::default(), None)
}

/// The same report as `check --format json` of a file with that name writes.
fn report(checked: &Checked) -> Report {
    let own = checked.judged.findings.iter().cloned();
    let across = ims::across(&[checked]);
    let name = checked.judged.source.name().to_owned();
    Report::new(own.chain(across).collect(), vec![name])
}

fn check(manifest: &Manifest) -> Result<Value, String> {
    let checked = checked(manifest);
    let report = report(&checked);
    let mut text = Vec::new();
    let context = Context::plain("");
    ims::report(Format::Json, &report, &context, &mut text).map_err(|error| error.to_string())?;
    let written: Value = serde_json::from_slice(&text).map_err(|error| error.to_string())?;
    let places: Vec<Value> = report.findings.iter().map(places).collect();
    let names = checked.judged.environments.iter();
    let names: Vec<Option<String>> = names.map(|it| it.name.as_deref().map(shown)).collect();
    Ok(json!({
        "report": written,
        "places": places,
        "environments": names,
        "errors": checked.judged.has_errors(),
        "secret": !checked.judged.source.secrets().is_empty(),
    }))
}

/// Where a finding and its related places are: lines and UTF-16 units from 0, as editors count.
fn places(finding: &Finding) -> Value {
    let related = finding.related.iter().map(|related| &related.location);
    let places = std::iter::once(&finding.location).chain(related);
    places.map(place).collect()
}

fn place(location: &Location) -> Value {
    let start = location.source.utf16(location.range.start);
    let end = location.source.utf16(location.range.end);
    json!([start.0, start.1, end.0, end.1])
}

fn fix(manifest: &Manifest, finding: usize) -> Result<Value, String> {
    let checked = checked(manifest);
    let report = report(&checked);
    let fix = report.findings.get(finding).and_then(|it| it.fix.as_ref());
    let fix = fix.ok_or("this finding has no fix")?;
    let text = ims::fix_one(&checked, fix);
    let text = text.ok_or("this fix would change more than it means: change the text by hand")?;
    Ok(json!({ "text": text }))
}

fn map(checked: &Checked, profiles: Option<&ims::Profiles>) -> Result<Value, String> {
    let count = checked.judged.environments.len();
    let mappings = (0..count).map(|environment| {
        let mapping = ims::map(checked, environment, profiles)?;
        let rows = mapping.rows.iter().map(|row| {
            json!({
                "profile": shown(&row.profile),
                "group": row.group.as_deref().map(shown),
                "wanted": row.wanted.as_deref().map(shown),
                "status": row.status.map(ims::Status::as_str),
                "members": row.members,
                "meant": row.meant.as_ref().map(|meant| shown(&meant.name)),
                "wrong": row.standing().is_wrong(),
                "words": row.in_words(),
            })
        });
        Some(json!({
            "environment": mapping.environment.as_deref().map(shown),
            "instance": shown(&mapping.instance),
            "mask": shown(&mapping.mask),
            "rows": rows.collect::<Vec<_>>(),
        }))
    });
    let mappings: Option<Vec<Value>> = mappings.collect();
    let mappings = mappings.filter(|mappings| !mappings.is_empty());
    let mappings = mappings.ok_or("the mask or a group has an error: mend it first")?;
    Ok(json!({ "environments": mappings }))
}

fn render(checked: &Checked) -> Result<Value, String> {
    let environments = checked.judged.environments.iter().enumerate();
    let packages = environments.map(|(number, environment)| {
        let text = ims::render(checked, number)?;
        let sum = Sha256::digest(text.as_bytes());
        let sum: String = sum.iter().map(|byte| format!("{byte:02x}")).collect();
        let instance = environment
            .manifest
            .as_ref()
            .and_then(|it| it.instance.get());
        let instance = instance.and_then(|it| it.name.get());
        Some(json!({
            "environment": environment.name.as_deref().map(shown),
            "instance": instance.map(|name| shown(&name.value)),
            "sha256": sum,
            "text": text,
        }))
    });
    let packages: Option<Vec<Value>> = packages.collect();
    Ok(json!({ "packages": packages.ok_or(HAS_ERRORS)? }))
}

fn diff(checked: &Checked, environment: usize, package: &[u8]) -> Result<Value, String> {
    let differences = ims::compare(checked, environment, package);
    let differences = differences.map_err(|error| error.to_string())?;
    let differences =
        differences.ok_or("the manifest cannot be compared: mend its errors first")?;
    let differences = differences.iter().map(|difference| {
        json!({
            "field": shown(&difference.field),
            "attribute": difference.attribute,
            "manifest": shown(&difference.manifest),
            "package": difference.package.as_deref().map(shown),
            "place": place(&ims::location(checked, difference)),
        })
    });
    Ok(json!({ "differences": differences.collect::<Vec<_>>() }))
}

fn rules() -> Value {
    let rules = ims::RULES.iter().map(|rule| {
        json!({
            "id": rule.id,
            "severity": rule.severity.name(),
            "summary": rule.summary(),
            "page": rule.page,
        })
    });
    json!({ "rules": rules.collect::<Vec<_>>() })
}
