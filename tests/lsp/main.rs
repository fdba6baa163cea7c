//! The language server as a client has it: the real program, over its standard streams.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]

#[path = "../safety/cases.rs"]
#[allow(dead_code, reason = "the other test uses the rest")]
mod cases;
#[path = "../support/mod.rs"]
mod support;

mod actions;
mod client;
mod findings;
mod help;
mod hostile;
mod workspace;
