//! `ringback quiz export` and `ringback quiz import`: questions to and from other systems.

use super::{Exit, Terminal};
use crate::diag::{Code, Diagnostics, human, nearest};
use crate::exchange::{chosen, gift, qti};
use crate::resolve::View;
use crate::site::Discard;
use crate::source::{Source, Sources, Span, normalise};
use crate::{Options, load, make};
use anyhow::{Context, Result, bail};
use clap::{Subcommand, ValueEnum};
use std::fs;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct QuizArgs {
    #[command(subcommand)]
    pub(super) command: QuizCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum QuizCommand {
    /// Write quizzes in a format that other systems read
    Export(ExportArgs),
    /// Make a quiz from a GIFT file, the question format of Moodle
    Import(ImportArgs),
}

#[derive(Debug, clap::Args)]
pub(super) struct ExportArgs {
    /// Ids of quizzes [default: all]
    quizzes: Vec<String>,
    /// The format
    #[arg(long, value_enum)]
    format: Format,
    /// The file to write [default for GIFT: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(super) struct ImportArgs {
    /// The GIFT file
    file: PathBuf,
    /// Write a page to this file, which must not exist yet [default: print the block]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Text, for Moodle and what reads its files
    Gift,
    /// QTI 3 as a content package (zip), for most learning systems
    Qti,
}

pub(super) fn export(args: &ExportArgs, root: &Path, terminal: &mut Terminal<'_>) -> Result<Exit> {
    if args.format == Format::Qti && args.output.is_none() {
        bail!("a QTI package is a zip file, so it needs a name\nhelp: add `--output quizzes.zip`");
    }
    let view = View { drafts: false, future: false, today: super::today()? };
    let built =
        make(load(root)?, &Options { view, base_url: None, published: false }, Some(&Discard), &|_| {})?;
    if built.diagnostics.errors() > 0 {
        write!(terminal.err, "{}", human::render(&built.diagnostics, &built.sources, terminal.color))?;
        writeln!(terminal.err, "\n{}; nothing was written", human::summary(&built.diagnostics))?;
        return Ok(Exit::Mistakes);
    }
    let quizzes = match chosen(&built.book, &built.config, &args.quizzes) {
        Ok(quizzes) if quizzes.is_empty() => bail!("this playbook has no quiz"),
        Ok(quizzes) => quizzes,
        Err(id) => {
            let near = nearest(&id, built.book.quizzes.iter().map(|quiz| quiz.id.as_str()));
            let help = near.map_or(String::new(), |near| format!("\nhelp: did you mean `{near}`?"));
            bail!("no quiz is called `{id}`{help}")
        }
    };
    let quizzes: Vec<_> = quizzes.iter().collect();
    let (bytes, notes) = match args.format {
        Format::Gift => {
            let (text, notes) = gift::write(&quizzes);
            (text.into_bytes(), notes)
        }
        Format::Qti => {
            let words = qti::Words { yes: "True", no: "False", language: &built.config.language };
            qti::package(&quizzes, words)?
        }
    };
    match &args.output {
        Some(path) => fs::write(path, &bytes).with_context(|| format!("cannot write {}", path.display()))?,
        None => terminal.out.write_all(&bytes)?,
    }
    if !terminal.quiet {
        for note in notes {
            writeln!(terminal.err, "note: {note}")?;
        }
    }
    Ok(Exit::Fine)
}

pub(super) fn import(args: &ImportArgs, terminal: &mut Terminal<'_>) -> Result<Exit> {
    let path = args.file.display().to_string();
    let bytes = fs::read(&args.file).with_context(|| format!("cannot read {path}"))?;
    let is_utf8 = std::str::from_utf8(&bytes).is_ok();
    let text = normalise(String::from_utf8_lossy(&bytes).into_owned());
    let source = Source { path: path.clone(), text: text.into(), last_updated: None };
    let sources = Sources::new(PathBuf::new(), vec![source], Vec::new());
    let Some(file) = sources.find(&path) else { bail!("cannot read {path}") };
    let mut diagnostics = Diagnostics::default();
    if !is_utf8 {
        diagnostics
            .report(Code::NotUtf8, Span::whole_file(file), "this file is not UTF-8")
            .help("save it again with the encoding UTF-8");
    }
    let name =
        args.file.file_stem().map_or_else(|| "Quiz".to_owned(), |name| name.to_string_lossy().into_owned());
    let quizzes = gift::read(sources.text(file), file, &name, &mut diagnostics);
    let diagnostics = diagnostics.sorted(&sources);
    match &args.output {
        Some(output) if !quizzes.is_empty() && diagnostics.errors() == 0 => {
            let context = || format!("cannot write {}", output.display());
            let mut made = fs::File::create_new(output).with_context(context)?;
            std::io::Write::write_all(&mut made, gift::page(&quizzes).as_bytes()).with_context(context)?;
        }
        Some(_) => {}
        None => write!(terminal.out, "{}", gift::blocks(&quizzes))?,
    }
    write!(terminal.err, "{}", human::render(&diagnostics, &sources, terminal.color))?;
    if !diagnostics.is_empty() && !terminal.quiet {
        writeln!(terminal.err, "\n{}", human::summary(&diagnostics))?;
    }
    Ok(if diagnostics.errors() > 0 { Exit::Mistakes } else { Exit::Fine })
}
