//! `ringback check`: every mistake of a playbook, in the form that the reader wants.

use super::progress::Progress;
use super::{Exit, Terminal, ViewArgs};
use crate::diag::{github, human, json, junit, sarif};
use crate::site::Discard;
use crate::{Options, load, make};
use anyhow::Result;
use clap::ValueEnum;
use std::path::Path;

#[derive(Debug, clap::Args)]
pub(super) struct CheckArgs {
    /// How to show the mistakes
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    #[command(flatten)]
    view: ViewArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a terminal
    Human,
    /// An array of objects
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of a GitHub workflow
    Github,
    /// JUnit XML, which most CI servers show as a test report
    Junit,
}

pub(super) fn run(args: &CheckArgs, root: &Path, terminal: &mut Terminal<'_>) -> Result<Exit> {
    let options = Options { view: args.view.view()?, base_url: None, published: true };
    let progress = Progress::new(terminal.quiet);
    let stage = |stage| progress.stage(stage);
    stage(crate::Stage::Load);
    let built = make(load(root)?, &options, Some(&Discard), &stage)?;
    drop(progress);
    let (diagnostics, sources) = (&built.diagnostics, &built.sources);
    match args.format {
        Format::Human => {
            let text = human::render(diagnostics, sources, terminal.color);
            write!(terminal.err, "{text}")?;
            let gap = if text.is_empty() { "" } else { "\n" };
            if !terminal.quiet {
                writeln!(terminal.err, "{gap}{}", human::summary(diagnostics))?;
            }
        }
        Format::Json => write!(terminal.out, "{}", json::render(diagnostics, sources))?,
        Format::Sarif => write!(terminal.out, "{}", sarif::render(diagnostics, sources))?,
        Format::Github => write!(terminal.out, "{}", github::render(diagnostics, sources))?,
        Format::Junit => write!(terminal.out, "{}", junit::render(diagnostics, sources))?,
    }
    Ok(if diagnostics.errors() > 0 { Exit::Mistakes } else { Exit::Fine })
}
