//! `ringback build`: the site in a folder.

use super::progress::{Progress, human_time};
use super::{Exit, Terminal, ViewArgs};
use crate::diag::human;
use crate::{Options, fingerprint, load, make, write};
use anyhow::Result;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct BuildArgs {
    /// The folder to write to [default: site, or what book.toml says]
    #[arg(long, short, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Where the site will live, in place of `base_url` in book.toml
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    #[command(flatten)]
    view: ViewArgs,
}

pub(super) fn run(args: &BuildArgs, root: &Path, terminal: &mut Terminal<'_>) -> Result<Exit> {
    let options = Options { view: args.view.view()?, base_url: args.base_url.clone(), published: true };
    let progress = Progress::new(terminal.quiet);
    let stage = |stage| progress.stage(stage);
    stage(crate::Stage::Load);
    let loaded = load(root)?;
    let output = args.output.clone().unwrap_or_else(|| root.join(&loaded.config.output));
    write::check_output(root, &output)?;
    let inputs = fingerprint(&loaded, &options, &super::program());
    if write::is_current(&output, &inputs) {
        write::clear_remains(&output)?;
        let time = human_time(progress.elapsed());
        return say(terminal, &format!("{} is up to date ({time})", output.display()));
    }
    let writer = write::Writer::new(root, &output)?;
    // The process ends after this: giving back what every page holds would only take time.
    let built = ManuallyDrop::new(make(loaded, &options, Some(&writer), &stage)?);
    if built.diagnostics.errors() > 0 {
        drop(progress);
        write!(terminal.err, "{}", human::render(&built.diagnostics, &built.sources, terminal.color))?;
        writeln!(terminal.err, "\n{}; nothing was written", human::summary(&built.diagnostics))?;
        return Ok(Exit::Mistakes);
    }
    // A build that warns is made again next time, so that the warnings are seen again.
    let inputs = if built.diagnostics.is_empty() { inputs } else { String::new() };
    let written = writer.finish(&built.site, &inputs)?;
    let time = human_time(progress.elapsed());
    drop(progress);
    if !built.diagnostics.is_empty() {
        write!(terminal.err, "{}", human::render(&built.diagnostics, &built.sources, terminal.color))?;
        writeln!(terminal.err)?;
    }
    let pages = counted(built.book.pages.len(), "page");
    let summary = format!(
        "{pages} in {time}: {} changed, {} removed, {} as they were, in {}",
        counted(written.changed, "file"),
        written.removed,
        written.unchanged,
        output.display()
    );
    say(terminal, &summary)
}

fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

fn say(terminal: &mut Terminal<'_>, text: &str) -> Result<Exit> {
    if !terminal.quiet {
        writeln!(terminal.err, "{text}")?;
    }
    Ok(Exit::Fine)
}
