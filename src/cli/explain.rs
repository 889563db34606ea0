//! `ringback explain CODE`: what a kind of mistake means and how to mend it.

use super::wrap::wrap;
use super::{Exit, Terminal};
use crate::diag::{Code, nearest};
use anyhow::{Result, bail};

#[derive(Debug, clap::Args)]
pub(super) struct ExplainArgs {
    /// The word in brackets behind `error`; without it, all codes are listed
    code: Option<String>,
}

pub(super) fn run(args: &ExplainArgs, terminal: &mut Terminal<'_>) -> Result<Exit> {
    let Some(name) = &args.code else {
        let width = Code::ALL.iter().map(|code| code.name().len()).max().unwrap_or(0);
        for code in Code::ALL {
            writeln!(terminal.out, "{:width$}  {}", code.name(), code.title())?;
        }
        return Ok(Exit::Fine);
    };
    let Some(code) = Code::find(name) else {
        match nearest(name, Code::ALL.iter().map(|code| code.name())) {
            Some(near) => bail!("there is no code `{name}`\nhelp: did you mean `{near}`?"),
            None => bail!("there is no code `{name}`\nhelp: `ringback explain` lists them all"),
        }
    };
    writeln!(terminal.out, "{}: {} ({})\n", code.name(), code.title(), code.severity().name())?;
    writeln!(terminal.out, "{}", wrap(code.explanation(), 80))?;
    Ok(Exit::Fine)
}
