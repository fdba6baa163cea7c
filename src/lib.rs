//! Checks, lints and renders the Adobe IMS sign-in set-up of Adobe Campaign.

pub mod address;
pub mod baseline;
pub mod draft;
pub mod finding;
pub mod fix;
pub mod instances;
pub mod judge;
pub mod lookalike;
pub mod manifest;
pub mod mask;
pub mod output;
pub mod package;
pub mod report;
pub mod resolve;
pub mod rules;
pub mod secrets;
pub mod settings;
pub mod since;
pub mod source;
pub mod suppress;
pub mod yaml;
