//! Arguments in, exit code out.

use clap::Parser;
use std::io::{self, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = ringback::cli::Args::parse();
    match ringback::cli::run(&args, &mut io::stdout(), &mut io::stderr()) {
        Ok(exit) => exit.into(),
        Err(error) if ringback::cli::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // Standard error may be closed as well; there is nobody left to tell.
            let _ = writeln!(io::stderr(), "error: {error:#}");
            ExitCode::from(2)
        }
    }
}
