//! `ringback check`: every mistake of a playbook, in the form that the reader wants.

use super::progress::Progress;
use super::{Exit, Terminal, ViewArgs, external, now};
use crate::cache::Cache;
use crate::check::reach::Links;
use crate::diag::{Code, Diagnostics};
use crate::diag::{github, human, json, junit, sarif};
use crate::source::Sources;
use crate::{Built, Options, load, prepare, serve};
use anyhow::{Result, bail};
use clap::ValueEnum;
use std::path::Path;

#[derive(Debug, clap::Args)]
pub(super) struct CheckArgs {
    /// How to show the mistakes
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Look again after every change, until Ctrl-C
    #[arg(long)]
    watch: bool,
    /// Ask other sites whether links to them still lead somewhere
    #[arg(long)]
    external: bool,
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
    if args.watch {
        return watch(args, root, &options, terminal);
    }
    let progress = Progress::new(terminal.quiet);
    let mut built = look(root, &options, &Cache::default(), &|stage| progress.stage(stage))?;
    drop(progress);
    if args.external {
        ask_outside(root, &mut built, terminal)?;
    }
    print(args.format, &built.diagnostics, &built.sources, terminal)?;
    Ok(if built.diagnostics.errors() > 0 { Exit::Mistakes } else { Exit::Fine })
}

/// Makes the whole site, keeps of its pages where they lead, and adds what that tells.
fn look(root: &Path, options: &Options, cache: &Cache, stage: &dyn Fn(crate::Stage)) -> Result<Built> {
    stage(crate::Stage::Load);
    let prepared = prepare(load(root)?, options, cache, stage)?;
    stage(crate::Stage::Render);
    let links = Links::new(&prepared.config.base_path);
    let mut built = prepared.render(Some(&links));
    // Where a template fails its page is missing, and with it the links that would lead on.
    if !built.diagnostics.iter().any(|one| one.code == Code::BadTemplate) {
        let mut found = Diagnostics::default();
        links.report(&built.book, &built.site, &mut found);
        add(&mut built, found);
    }
    Ok(built)
}

fn add(built: &mut Built, mut found: Diagnostics) {
    found.apply(&built.config.check.severities);
    let mut all = std::mem::take(&mut built.diagnostics);
    all.extend(found);
    built.diagnostics = all.sorted(&built.sources);
}

fn ask_outside(root: &Path, built: &mut Built, terminal: &mut Terminal<'_>) -> Result<()> {
    let mut found = Diagnostics::default();
    let asked = external::check(root, &built.sources, now()?, &mut found)?;
    add(built, found);
    if asked > 0 && !terminal.quiet {
        let addresses = if asked == 1 { "address" } else { "addresses" };
        writeln!(terminal.err, "asked for {asked} {addresses} on other sites")?;
    }
    Ok(())
}

/// Looks now and after every change; one calm line each, and the mistakes if there are any.
fn watch(args: &CheckArgs, root: &Path, options: &Options, terminal: &mut Terminal<'_>) -> Result<Exit> {
    if !matches!(args.format, Format::Human) {
        bail!(
            "--watch is for people; --format {:?} is for programs\nhelp: leave one of the two out",
            args.format
        );
    }
    let cache = Cache::kept();
    let mut again = |what: &str| -> Result<()> {
        match look(root, options, &cache, &|_| {}) {
            Ok(mut built) => {
                if args.external {
                    ask_outside(root, &mut built, terminal)?;
                }
                let (diagnostics, sources) = (&built.diagnostics, &built.sources);
                write!(terminal.err, "{}", human::render(diagnostics, sources, terminal.color))?;
                writeln!(terminal.err, "{what}: {}", human::summary(diagnostics))?;
            }
            // A file that is gone between two looks; the next change looks again.
            Err(error) => writeln!(terminal.err, "{what}: {error:#}")?,
        }
        Ok(())
    };
    serve::changes(root, &mut |paths| match paths {
        [] => again("looked at everything"),
        [path] => again(&format!("{path} changed")),
        paths => again(&format!("{} files changed", paths.len())),
    })?;
    Ok(Exit::Fine)
}

fn print(
    format: Format,
    diagnostics: &Diagnostics,
    sources: &Sources,
    terminal: &mut Terminal<'_>,
) -> Result<()> {
    match format {
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
    Ok(())
}
