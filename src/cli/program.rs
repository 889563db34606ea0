//! `ringback program`: the rules, compiled, as the engines read them.

use super::{Exit, Terminal};
use crate::diag::{Diagnostics, human};
use crate::{load, rules};
use anyhow::{Result, bail};
use std::path::Path;

pub(super) fn run(root: &Path, terminal: &mut Terminal<'_>) -> Result<Exit> {
    let mut diagnostics = Diagnostics::default();
    let sources = load::sources(root, &mut diagnostics)?;
    let rulebook = rules::compile(&sources, &mut diagnostics);
    let errors = diagnostics.errors();
    write!(terminal.err, "{}", human::render(&diagnostics.sorted(&sources), &sources, terminal.color))?;
    let Some(program) = rulebook.program() else { bail!("this playbook has no rules") };
    writeln!(terminal.out, "{}", serde_json::to_string(program)?)?;
    Ok(if errors > 0 { Exit::Mistakes } else { Exit::Fine })
}
