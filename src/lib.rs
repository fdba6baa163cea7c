//! Checks, lints and renders the Adobe IMS sign-in set-up of Adobe Campaign.

pub mod address;
pub mod characters;
pub mod cli;
pub mod client_secret;
pub mod commands;
pub mod draft;
pub mod drift;
pub mod files;
pub mod finding;
pub mod import;
pub mod instances;
pub mod judge;
pub mod lookalike;
pub mod manifest;
pub mod mapping;
pub mod mask;
pub mod output;
pub mod package;
pub mod report;
pub mod resolve;
pub mod rules;
pub mod runbook;
pub mod secrets;
pub mod settings;
pub mod source;
pub mod yaml;
