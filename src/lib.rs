//! Checks, lints and renders the Adobe IMS sign-in set-up of Adobe Campaign.

pub mod lookalike;
pub mod mask;
