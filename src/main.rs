//! The program: arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    campaign_ims::run(std::env::args_os())
}
