//! Checks, lints and renders the Adobe IMS sign-in set-up of Adobe Campaign.

pub mod output;
pub mod package;
