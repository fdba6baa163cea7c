//! The language server: the library for editors, over standard input and output. It finds nothing itself; what it says of a manifest is
//! what `check` says. One thing is done at a time, in the order in which it is asked for: a check takes a few milliseconds.

mod actions;
mod asked;
mod client;
mod completion;
mod cursor;
mod diagnostics;
mod groups;
mod hints;
mod hover;
mod position;
mod rename;
mod server;
mod symbols;
mod wire;
mod workspace;

use std::{
    io::{self, ErrorKind},
    ops::ControlFlow,
    panic::{self, AssertUnwindSafe},
};

use server::Server;
use workspace::Workspace;

use crate::cli::Global;

/// What a client is told where a check fails.
const BUG: &str = "this is a bug in campaign-ims; its standard error says where";

/// Serves one client until it ends the session, or is gone; whether it did so in good order.
///
/// # Errors
/// What a stream fails with, but for one that the client closed.
pub fn run(global: &Global) -> io::Result<bool> {
    // What a panic says may quote the manifest. Where it was is enough.
    panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string);
        let place = place.unwrap_or_default();
        let _ = io::Write::write_all(&mut io::stderr(), format!("bug at {place}\n").as_bytes());
    }));
    let mut input = io::stdin().lock();
    let mut server = Server::new(Workspace::new(global), io::stdout().lock());
    loop {
        // A client that is gone has ended the session.
        let Some(message) = wire::read(&mut input)? else {
            return Ok(true);
        };
        match server.handle(message) {
            Ok(ControlFlow::Continue(())) => {}
            Ok(ControlFlow::Break(in_order)) => return Ok(in_order),
            Err(error) if error.kind() == ErrorKind::BrokenPipe => return Ok(true),
            Err(error) => return Err(error),
        }
    }
}

/// What some work gives; nothing where it has a bug. A session outlives it.
fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    panic::catch_unwind(AssertUnwindSafe(work)).ok()
}

#[cfg(test)]
mod tests;
