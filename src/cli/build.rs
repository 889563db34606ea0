//! `ringback build`: the site in a folder.

use super::manifest;
use super::progress::{Progress, human_time};
use super::{Exit, Terminal, ViewArgs};
use crate::diag::human;
use crate::{Options, fingerprint, load, make, write};
use anyhow::{Context, Result};
use std::cell::RefCell;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

#[derive(Debug, clap::Args)]
pub(super) struct BuildArgs {
    /// The folder to write to [default: site, or what book.toml says]
    #[arg(long, short, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Where the site will live, in place of `base_url` in book.toml
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Put compressed copies beside the files, for servers that send them: .gz and .br
    #[arg(long)]
    precompress: bool,
    /// Say in this file, outside of the site, what was made: files, hashes, mistakes, times
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
    #[command(flatten)]
    view: ViewArgs,
}

pub(super) fn run(args: &BuildArgs, root: &Path, terminal: &mut Terminal<'_>) -> Result<Exit> {
    let options = Options { view: args.view.view()?, base_url: args.base_url.clone(), published: true };
    let progress = Progress::new(terminal.quiet);
    let times = Times::default();
    let stage = |stage| {
        times.begin(stage);
        progress.stage(stage);
    };
    stage(crate::Stage::Load);
    let loaded = load(root)?;
    let output = args.output.clone().unwrap_or_else(|| root.join(&loaded.config.output));
    write::check_output(root, &output)?;
    if let Some(file) = &args.manifest {
        manifest::check(file, &output)?;
    }
    let program = format!("{} {}", super::program(), args.precompress);
    let inputs = fingerprint(&loaded, &options, &program);
    if args.manifest.is_none() && write::is_current(&output, &inputs) {
        write::clear_remains(&output)?;
        let time = human_time(progress.elapsed());
        return say(terminal, &format!("{} is up to date ({time})", output.display()));
    }
    let writer = write::Writer::new(root, &output)?.with_compressed_copies(args.precompress);
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
    if let Some(file) = &args.manifest {
        let record = write::read_record(&output).context("the site has no record")?;
        manifest::write(file, &output, &record, &built, &times.spent())?;
    }
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

/// When each stage began.
#[derive(Default)]
struct Times(RefCell<Vec<(crate::Stage, Instant)>>);

impl Times {
    fn begin(&self, stage: crate::Stage) {
        self.0.borrow_mut().push((stage, Instant::now()));
    }

    /// Each stage with the time that it took; rendering goes on until now.
    fn spent(&self) -> Vec<(String, Duration)> {
        let begun = self.0.borrow();
        let ends = begun.iter().skip(1).map(|(_, at)| *at).chain(std::iter::once(Instant::now()));
        let spent = |((stage, at), end): (&(crate::Stage, Instant), Instant)| {
            (format!("{stage:?}").to_lowercase(), end.duration_since(*at))
        };
        begun.iter().zip(ends).map(spent).collect()
    }
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
