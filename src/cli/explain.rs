//! `ringback explain CODE`: what a kind of mistake means and how to mend it.

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

/// Breaks a text into lines of at most `width` characters, between words.
fn wrap(text: &str, width: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut column = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > width {
            out.push('\n');
            column = 0;
        } else if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    out
}
