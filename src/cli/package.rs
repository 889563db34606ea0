//! `ringback package`: the playbook as one archive for a learning system.

use super::{Exit, Terminal, ViewArgs};
use crate::diag::human;
use crate::package::{Format, package};
use crate::{Options, zip};
use anyhow::Result;
use clap::ValueEnum;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct PackageArgs {
    /// What the learning system reads
    #[arg(long, value_enum)]
    format: FormatName,
    /// Count the lessons and quizzes of this method alone
    #[arg(long, value_name = "ID")]
    method: Option<String>,
    /// The archive [default: the format's name, in the current folder]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    view: ViewArgs,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormatName {
    /// SCORM 1.2
    Scorm12,
    /// SCORM 2004, fourth edition
    Scorm2004,
    /// cmi5
    Cmi5,
}

pub(super) fn run(args: &PackageArgs, root: &Path, terminal: &mut Terminal<'_>) -> Result<Exit> {
    let format = match args.format {
        FormatName::Scorm12 => Format::Scorm12,
        FormatName::Scorm2004 => Format::Scorm2004,
        FormatName::Cmi5 => Format::Cmi5,
    };
    let options = Options { view: args.view.view()?, base_url: None, published: true };
    let package = package(crate::load(root)?, &options, format, args.method.as_deref(), &|_| {})?;
    write!(terminal.err, "{}", human::render(package.diagnostics(), &package.built.sources, terminal.color))?;
    if package.diagnostics().errors() > 0 {
        return Ok(Exit::Mistakes);
    }
    let name = match &args.method {
        Some(method) => format!("{method}-{}.zip", format.name()),
        None => format!("playbook-{}.zip", format.name()),
    };
    let path = args.output.clone().unwrap_or_else(|| PathBuf::from(name));
    let archive = zip::pack(&package.files)?;
    crate::write::whole_file(&path, &archive)?;
    if !terminal.quiet {
        let size = archive.len().div_ceil(1024);
        writeln!(terminal.out, "{} files, {size} KiB, in {}", package.files.len(), path.display())?;
    }
    Ok(Exit::Fine)
}
