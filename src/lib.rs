//! Checks, lints and renders the Adobe IMS sign-in set-up of Adobe Campaign.

pub mod finding;
pub mod report;
pub mod source;
pub mod yaml;
