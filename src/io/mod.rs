//! What touches the disk.

pub mod files;
pub mod output;
