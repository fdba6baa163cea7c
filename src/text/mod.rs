//! A named text, what of it may be shown, and what its characters look like. Nothing here knows YAML or Campaign.

pub mod characters;
pub mod lookalike;
pub mod show;
mod source;
pub mod suggest;
pub mod url;
pub mod wrap;

pub use source::{Position, Source};
