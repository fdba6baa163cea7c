//! What touches the disk. Nothing else in this program does.

mod inside;
mod interrupt;
mod passed_over;
mod read;
mod walk;
mod write;

pub use inside::read_inside;
pub use passed_over::passed_over;
pub use read::{Input, ReadError, holds, open, read, read_start};
pub use walk::{canonical, find, folder_of, is_manifest, nearest, shown, shown_from_here};
pub use write::{
    Mode, OutputFile, WriteError, create_folder, refuse_inputs, refuse_twice, rewrite, same_file,
    write, write_all, write_new,
};

/// What tells a file from all others, whatever it is called; nothing where the system does not say.
#[cfg(unix)]
fn identity(metadata: &std::fs::Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn identity(_: &std::fs::Metadata) -> Option<(u64, u64)> {
    None
}
