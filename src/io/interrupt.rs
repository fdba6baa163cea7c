//! Temporary files that an interrupted process takes with it.

use std::{io, path::PathBuf, sync::Mutex};

use tempfile::NamedTempFile;

/// The temporary files that this process made. One that was renamed or removed is not there any more, which does no harm.
static MADE: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Makes a temporary file that a signal removes. None is made while a signal is heeded.
pub fn remembered<F>(
    make: impl FnOnce() -> io::Result<NamedTempFile<F>>,
) -> io::Result<NamedTempFile<F>> {
    heed_signals();
    let mut made = MADE.lock().map_err(|_| io::ErrorKind::Other)?;
    let file = make()?;
    made.push(file.path().to_owned());
    Ok(file)
}

/// From the first call on, the signals that end a process remove its temporary files first. Where that cannot be, they end it at once.
#[cfg(unix)]
fn heed_signals() {
    use signal_hook::{
        consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM},
        iterator::Signals,
        low_level::emulate_default_handler,
    };
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let Ok(mut signals) = Signals::new([SIGHUP, SIGINT, SIGQUIT, SIGTERM]) else {
            return;
        };
        std::thread::spawn(move || {
            for signal in signals.forever() {
                // Kept to the end: no other file is made.
                let made = MADE.lock();
                for path in made.iter().flat_map(|made| made.iter()) {
                    let _ = std::fs::remove_file(path);
                }
                let _ = emulate_default_handler(signal);
            }
        });
    });
}

#[cfg(not(unix))]
fn heed_signals() {}
