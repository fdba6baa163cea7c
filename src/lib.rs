//! Checks, lints and renders the Adobe IMS sign-in set-up of Adobe Campaign.
//!
//! This page is the library: [`check`], [`across`], [`fix`], [`fix_one`], [`render`], [`import`], [`compare`], [`map`], [`runbook`]. All take texts
//! and give values; none touches a disk, an environment variable or a clock. Data goes one way:
//!
//! 1. `yaml` makes a tree of a text, every node with its byte range; `secrets` finds what no output may show, and the [`Source`] hides
//!    it from then on.
//! 2. `manifest` applies the patches of environments on the tree. `rules` look at the tree (placeholders, schema), then at the typed
//!    manifest that is read from the same nodes, and push what they find as diagnostics with symbolic places.
//! 3. `diagnostic` keeps one mistake to one diagnostic, and makes [`Finding`]s with ranges of them.
//! 4. `check` is these steps in their order. It heeds ignore comments and [`Settings`]; what has several instances in it compares them.
//! 5. `fix` applies fixes, and proves each; `report` writes findings; `package` makes the Campaign package of a manifest without errors,
//!    and reads it back.
//!
//! The program is the same with `cli`, `io` and `commands`, which the feature `cli` adds. `docs/architecture.md` has the rooms.

#![cfg_attr(
    not(feature = "cli"),
    allow(dead_code, unused_imports, reason = "the program alone uses it")
)]

mod address;
mod check;
#[cfg(feature = "cli")]
mod cli;
#[cfg(feature = "cli")]
mod commands;
#[cfg(feature = "cli")]
mod configuration;
mod diagnostic;
mod fix;
#[cfg(feature = "cli")]
mod io;
#[cfg(feature = "cli")]
mod lsp;
mod manifest;
mod mapping;
mod mask;
mod package;
mod report;
mod rules;
mod runbook;
mod secrets;
mod text;
#[doc(hidden)]
pub mod yaml;

use std::sync::Arc;

pub use check::{
    Checked, across,
    settings::{Parsed, Settings},
    text as check,
};
#[cfg(feature = "cli")]
pub use commands::run;
pub use diagnostic::{Finding, Fix, Location, Related, Rule, Severity};
pub use fix::{Fixed, unified_diff};
pub use mapping::{ListError, Listed, Mapping, Near, Profiles, Row, Status};
pub use package::{Difference, PackageError, import::Imported};
pub use report::{Context, Format, Report, write as report};
pub use rules::RULES;
#[cfg(not(feature = "cli"))]
pub use text::url::set_idna;
pub use text::{Position, Source, show::text as shown};

/// Applies the fixes of a checked manifest, the unsafe ones too where they are asked for, each of them proved.
pub fn fix(checked: &Checked, settings: &Arc<Settings>, allow_unsafe: bool) -> Fixed {
    let judged = checked.judged.clone();
    let name = judged.source.name().to_owned();
    fix::apply(judged, allow_unsafe, |text| {
        check(checked.key.clone(), &name, text, settings, None).judged
    })
}

/// A checked manifest's text with one fix of its findings, as an editor applies it; nothing where the fix would change more than it means.
pub fn fix_one(checked: &Checked, fix: &Fix) -> Option<String> {
    fix::apply_one(&checked.judged, fix)
}

/// The package of one environment, by its number in the order of the text; nothing where the manifest has errors.
pub fn render(checked: &Checked, environment: usize) -> Option<String> {
    let environment = checked.judged.environments.get(environment)?;
    let manifest = environment.manifest.as_ref();
    let manifest = manifest.filter(|_| !checked.judged.has_errors())?;
    package::render(&package::Package::of(manifest)?).ok()
}

/// The manifest that an exported package makes.
///
/// # Errors
/// Where the text is no package, or holds other than one account of IMS.
pub fn import(xml: &[u8]) -> Result<Imported, PackageError> {
    let package = package::read(xml)?;
    let account = package.account()?;
    Ok(package::import::manifest(&package, account))
}

/// Where an exported package differs from one environment of a manifest; nothing where the manifest cannot be compared.
///
/// # Errors
/// Where the text is no package, or holds other than one account of IMS.
pub fn compare(
    checked: &Checked,
    environment: usize,
    xml: &[u8],
) -> Result<Option<Vec<Difference>>, PackageError> {
    let package = package::read(xml)?;
    let environment = checked.judged.environments.get(environment);
    let Some(manifest) = environment.and_then(|environment| environment.manifest.as_ref()) else {
        return Ok(None);
    };
    let account = package.account_of(manifest)?;
    Ok(package::compare(manifest, &package, account))
}

/// Where a manifest says otherwise than a package.
pub fn location(checked: &Checked, difference: &Difference) -> Location {
    let judged = &checked.judged;
    let locator = judged.locator(judged.document.as_deref());
    locator.location(difference.place)
}

/// Which product profile becomes which operator group in one environment, with the profiles that there are where a list is given.
/// Nothing where the mask or a group cannot be judged.
pub fn map(checked: &Checked, environment: usize, profiles: Option<&Profiles>) -> Option<Mapping> {
    let masks = mapping::masks(&checked.judged);
    mapping::mapping(
        checked.judged.environments.get(environment)?,
        profiles,
        &masks,
    )
}

/// The product profiles of a list, in one of the forms that `map --profiles` takes.
///
/// # Errors
/// Where the list is too large, not UTF-8, or something else than it would be read as.
pub fn profiles(
    checked: &Checked,
    list: &[u8],
    column: Option<&str>,
) -> Result<Profiles, ListError> {
    mapping::profiles(list, column, Some(&mapping::masks(&checked.judged)))
}

/// The run book of a manifest without errors; nothing where it has some.
pub fn runbook(checked: &Checked) -> Option<String> {
    (!checked.judged.has_errors())
        .then(|| runbook::write(&checked.judged, ""))
        .flatten()
}
