//! `ringback grade`: scripts from files, from standard input, or as a stream of JSON lines.
//!
//! Exit 0: nothing is broken. 1: something is. 2: the work could not be done, for one script at least.

mod csv;
mod human;
mod json;
mod jsonl;
mod sarif;

use super::{Exit, Terminal};
use crate::config;
use crate::diag::{Diagnostics, human as diagnostics_for_humans, nearest};
use crate::engine::{Channel, Finding, Machine, Report, Settings, Verdict, run as grade_script};
use crate::rules::{Rulebook, compile};
use crate::source::Sources;
use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct GradeArgs {
    /// Scripts, one a file; `-` or none is standard input
    files: Vec<PathBuf>,
    /// Show the grade under this method [default: the playbook's]
    #[arg(long, value_name = "ID")]
    method: Option<String>,
    /// How the scripts reach the prospect
    #[arg(long, value_enum, default_value_t = ChannelArg::Voicemail)]
    channel: ChannelArg,
    /// How to show the grades
    #[arg(long, value_enum, default_value_t = Format::Human, conflicts_with = "jsonl")]
    format: Format,
    /// Read `{"id", "channel", "text"}` lines, write one line of grades for each, in order
    #[arg(long, conflicts_with_all = ["files", "method"])]
    jsonl: bool,
    /// Words a minute, 120 to 170; the starting constants are those of 147
    #[arg(long, value_name = "WORDS", value_parser = clap::value_parser!(u32).range(60..=300))]
    pace: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ChannelArg {
    /// Spoken, left on a machine
    Voicemail,
    /// Written
    Email,
}

impl From<ChannelArg> for Channel {
    fn from(channel: ChannelArg) -> Self {
        match channel {
            ChannelArg::Voicemail => Self::Voicemail,
            ChannelArg::Email => Self::Email,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Score, marked script, ledger, next fix
    Human,
    /// An array with all there is to say
    Json,
    /// A row a script: scores and verdicts
    Csv,
    /// SARIF 2.1.0, a result for each mark
    Sarif,
}

/// A script with its report.
struct Graded {
    /// The file, or `-`.
    name: String,
    text: String,
    report: Report,
}

/// What the formats work with.
struct Scene<'a> {
    rulebook: &'a Rulebook,
    machine: &'a Machine,
    channel: Channel,
    /// The method to show first.
    method: Option<&'a str>,
}

pub(super) fn run(args: &GradeArgs, root: &Path, terminal: &mut Terminal<'_>) -> Result<Exit> {
    let mut diagnostics = Diagnostics::default();
    let sources = crate::load::sources(root, &mut diagnostics)?;
    let rulebook = compile(&sources, &mut diagnostics);
    let config = config::parse(&sources, &mut diagnostics);
    let Some(machine) = rulebook.machine.as_deref() else {
        explain_mistakes(diagnostics, &sources, terminal)?;
        bail!(
            "this playbook has no rules to grade with\nhelp: `ringback new DIR` lays down a copy of the shipped ones"
        );
    };
    explain_mistakes(diagnostics, &sources, terminal)?;
    let channel = args.channel.into();
    let settings = Settings { pace: args.pace.unwrap_or(Settings::default().pace), ..Settings::default() };
    if args.jsonl {
        let mut input = std::io::stdin().lock();
        return jsonl::stream(machine, channel, &settings, &mut input, terminal.out);
    }
    let method = method(&rulebook, args.method.as_deref(), config.method.as_deref())?;
    let graded = grade_all(args, machine, channel, &settings, terminal)?;
    let context = Scene { rulebook: &rulebook, machine, channel, method };
    let color = terminal.color && std::io::stdout().is_terminal();
    let text = match args.format {
        Format::Human => human::render(&context, &graded, color),
        Format::Json => json::render(&context, &graded)?,
        Format::Csv => csv::render(&context, &graded),
        Format::Sarif => sarif::render(&context, &graded),
    };
    write!(terminal.out, "{text}")?;
    if let Some(one) = graded.iter().find(|one| one.report.refused.is_some()) {
        bail!("{} is too long to grade: a script has at most two million characters", one.name);
    }
    let broken = graded
        .iter()
        .any(|one| context.findings(&one.report).any(|finding| finding.verdict == Verdict::Broken));
    Ok(if broken { Exit::Mistakes } else { Exit::Fine })
}

/// Rules with mistakes would grade wrongly without a word.
fn explain_mistakes(diagnostics: Diagnostics, sources: &Sources, terminal: &mut Terminal<'_>) -> Result<()> {
    if diagnostics.errors() == 0 {
        return Ok(());
    }
    let sorted = diagnostics.sorted(sources);
    write!(terminal.err, "{}", diagnostics_for_humans::render(&sorted, sources, terminal.color))?;
    bail!(
        "the rules of this playbook have mistakes, so nothing was graded\nhelp: mend them first, `ringback check` shows them all"
    )
}

fn method<'a>(rulebook: &'a Rulebook, asked: Option<&str>, usual: Option<&str>) -> Result<Option<&'a str>> {
    let find = |id: &str| rulebook.method_ids().find(|known| *known == id);
    let Some(asked) = asked else {
        return Ok(usual.and_then(find).or_else(|| rulebook.method_ids().next()));
    };
    match find(asked) {
        Some(method) => Ok(Some(method)),
        None => match nearest(asked, rulebook.method_ids()) {
            Some(near) => bail!("no method is called `{asked}`\nhelp: did you mean `{near}`?"),
            None => {
                let known: Vec<&str> = rulebook.method_ids().collect();
                bail!("no method is called `{asked}`\nhelp: there are {}", known.join(", "))
            }
        },
    }
}

fn grade_all(
    args: &GradeArgs,
    machine: &Machine,
    channel: Channel,
    settings: &Settings,
    terminal: &mut Terminal<'_>,
) -> Result<Vec<Graded>> {
    let from_input = [PathBuf::from("-")];
    let files = if args.files.is_empty() { &from_input } else { args.files.as_slice() };
    let mut graded = Vec::with_capacity(files.len());
    for file in files {
        let name = file.display().to_string();
        let bytes = if name == "-" {
            if std::io::stdin().is_terminal() && !terminal.quiet {
                writeln!(terminal.err, "type the script, then Ctrl-D")?;
            }
            let mut bytes = Vec::new();
            std::io::stdin().lock().read_to_end(&mut bytes).context("cannot read standard input")?;
            bytes
        } else {
            std::fs::read(file).with_context(|| format!("cannot read {name}"))?
        };
        let text = String::from_utf8(bytes).map_err(|error| {
            anyhow::anyhow!(
                "{name} is not UTF-8: the byte at {} is no part of any character",
                error.utf8_error().valid_up_to()
            )
        })?;
        let text = crate::source::normalise(text);
        let report = grade_script(machine, channel, &text, settings);
        graded.push(Graded { name, text, report });
    }
    Ok(graded)
}

impl Scene<'_> {
    /// Findings as each rule stands by itself, those of other channels left out.
    fn findings<'r>(&'r self, report: &'r Report) -> impl Iterator<Item = &'r Finding> {
        let rules = &self.machine.program.rules;
        rules
            .iter()
            .zip(&report.findings)
            .filter(|(rule, _)| rule.channels.contains(&self.channel))
            .map(|(_, finding)| finding)
    }

    /// What people call a rule.
    fn title(&self, rule: &str) -> &str {
        self.rulebook.rule(rule).map_or("", |rule| rule.title.as_str())
    }
}
