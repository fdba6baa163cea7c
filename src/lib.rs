//! Checks, lints and renders the Adobe IMS sign-in set-up of Adobe Campaign.
//!
//! Data goes one way:
//!
//! 1. [`files`] finds and reads what a command was given; [`yaml`] makes a tree of it whose every node knows its byte range.
//! 2. [`secrets`] finds what no output may show; the [`source`] hides it from then on.
//! 3. [`manifest`] applies the patches of environments on the tree, looks for placeholders, checks the schema, and reads the typed
//!    manifest from the same nodes.
//! 4. [`rules`] judge the manifest, with [`mask`], [`address`] and [`lookalike`] for what its values mean, and say what they find as
//!    [`draft`]s with symbolic places; rules between [`instances`] judge all manifests of a run together.
//! 5. [`resolve`] turns the drafts into [`finding`]s with ranges; [`judge`] is steps 2 to 5 for one manifest.
//! 6. [`suppress`] takes out what comments ignore and what the [`settings`] switch off; [`since`] and [`baseline`] what is not new.
//! 7. [`fix`] applies fixes, and proves each by parsing the text again; [`report`] writes findings; [`package`] makes the Campaign package of a manifest without errors.
//!
//! [`commands`] put this together, one command a file. A lower room never imports a higher one.

pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "cli")]
pub mod commands;
pub mod diagnostic;
pub mod fix;
#[cfg(feature = "cli")]
pub mod io;
pub mod manifest;
pub mod mapping;
pub mod mask;
pub mod package;
pub mod report;
pub mod rules;
pub mod runbook;
pub mod secrets;
pub mod text;
pub mod yaml;
