//! The command line: arguments become one call of the library, results become text and an exit code.
//!
//! Exit 0: fine. 1: the playbook, or a script, has mistakes. 2: the work could not be done.
#![expect(clippy::disallowed_methods, reason = "the command line reads the environment and the clock once")]

mod begin;
mod build;
mod check;
mod explain;
mod external;
mod grade;
mod lsp;
mod manifest;
mod measure;
mod new;
mod package;
mod program;
mod progress;
mod quiz;
mod recipes;
mod schema;
mod serve;
mod wrap;

use crate::resolve::View;
use anyhow::{Context, Result};
use clap::{CommandFactory, Parser, Subcommand};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Sales-training playbooks: lessons, annotated scripts and graders from one set of rules.
#[derive(Debug, Parser)]
#[command(name = "ringback", version, propagate_version = true, max_term_width = 100)]
pub struct Args {
    /// The playbook's folder, or one inside it; else the current one
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,
    /// Say nothing but mistakes
    #[arg(long, short, global = true)]
    quiet: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start a playbook in a new folder, or a lesson, rule, method, example or quiz in this one
    New(new::NewArgs),
    /// Make the site and write it to a folder
    Build(build::BuildArgs),
    /// Show the site on this machine and make it again at every change
    Serve(serve::ServeArgs),
    /// Pack the playbook for a learning system
    Package(package::PackageArgs),
    /// Look for mistakes in the playbook
    Check(check::CheckArgs),
    /// Print the rules, compiled, as one JSON program
    Program,
    /// Measure the rules on labelled scripts
    Measure(measure::MeasureArgs),
    /// Grade scripts by the rules of the playbook
    Grade(grade::GradeArgs),
    /// Bring quizzes to other systems, or from them
    Quiz(quiz::QuizArgs),
    /// Say more about a kind of mistake
    Explain(explain::ExplainArgs),
    /// Print the JSON Schema of what authors write, for editors
    Schema(schema::SchemaArgs),
    /// Serve an editor while you write: the language server, over standard input and output
    Lsp,
    /// Print a script that completes commands in a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// Which pages are shown.
#[derive(Debug, Clone, Copy, clap::Args)]
struct ViewArgs {
    /// Show drafts
    #[arg(long)]
    drafts: bool,
    /// Show pages that are not yet published, or expired
    #[arg(long)]
    future: bool,
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Nothing to complain about.
    Fine,
    /// The text has mistakes.
    Mistakes,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Fine => Self::SUCCESS,
            Exit::Mistakes => Self::from(1),
        }
    }
}

/// Where a command writes, and how.
struct Terminal<'a> {
    out: &'a mut dyn Write,
    err: &'a mut dyn Write,
    color: bool,
    quiet: bool,
}

/// Runs a command.
///
/// # Errors
/// If the work cannot be done: a folder that is none, a disk that is full, a port that is taken.
pub fn run(args: &Args, out: &mut dyn Write, err: &mut dyn Write) -> Result<Exit> {
    let color = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
        && std::io::stderr().is_terminal();
    let mut terminal = Terminal { out, err, color, quiet: args.quiet };
    match &args.command {
        Command::New(new::NewArgs { what: Some(kind), .. }) => begin::run(kind, &args.root()?, &mut terminal),
        Command::New(new) => new::run(new, &mut terminal),
        Command::Build(build) => build::run(build, &args.root()?, &mut terminal),
        Command::Serve(serve) => serve::run(serve, &args.root()?, &mut terminal),
        Command::Package(package) => package::run(package, &args.root()?, &mut terminal),
        Command::Check(check) => check::run(check, &args.root()?, &mut terminal),
        Command::Program => program::run(&args.root()?, &mut terminal),
        Command::Measure(measure) => measure::run(measure, &args.root()?, &mut terminal),
        Command::Grade(grade) => grade::run(grade, &args.root()?, &mut terminal),
        Command::Quiz(quiz) => match &quiz.command {
            quiz::QuizCommand::Export(export) => quiz::export(export, &args.root()?, &mut terminal),
            quiz::QuizCommand::Import(import) => quiz::import(import, &mut terminal),
        },
        Command::Explain(explain) => explain::run(explain, &mut terminal),
        Command::Schema(schema) => schema::run(schema, &mut terminal),
        Command::Lsp => lsp::run(&mut terminal),
        Command::Completions { shell } => {
            // The generator panics on a closed pipe, so it writes to memory.
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Args::command(), "ringback", &mut script);
            terminal.out.write_all(&script)?;
            Ok(Exit::Fine)
        }
    }
}

impl Args {
    fn root(&self) -> Result<PathBuf> {
        let start = match &self.root {
            Some(root) => root.clone(),
            None => std::env::current_dir().context("cannot tell the current folder")?,
        };
        crate::load::find_root(&start)
    }
}

/// True if the reader of our output has gone, which is no mistake: `ringback check | head`.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
    })
}

impl ViewArgs {
    fn view(self) -> Result<View> {
        Ok(View { drafts: self.drafts, future: self.future, today: today()? })
    }
}

/// The day of the build in UTC; `SOURCE_DATE_EPOCH` (seconds) takes the clock's place, so that a build can be repeated.
fn today() -> Result<Date> {
    let now = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(seconds) => {
            seconds
                .trim()
                .parse()
                .ok()
                .and_then(|seconds| Timestamp::from_second(seconds).ok())
                .with_context(|| format!("SOURCE_DATE_EPOCH is `{seconds}`, which is no number of seconds"))?
        }
        Err(_) => Timestamp::now(),
    };
    Ok(now.to_zoned(TimeZone::UTC).date())
}

/// Seconds since 1970, as [`today`] takes them.
fn now() -> Result<i64> {
    let epoch = std::env::var("SOURCE_DATE_EPOCH").ok();
    let seconds = epoch.map(|text| text.trim().parse().context("SOURCE_DATE_EPOCH is no number of seconds"));
    seconds.unwrap_or_else(|| Ok(Timestamp::now().as_second()))
}

/// Names this very program, so that a site made by another one is made again.
fn program() -> String {
    let file = std::env::current_exe().and_then(std::fs::metadata);
    let modified = file.as_ref().ok().and_then(|file| file.modified().ok());
    format!("{} {:?} {modified:?}", env!("CARGO_PKG_VERSION"), file.map(|file| file.len()).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Args::command().debug_assert();
    }
}
