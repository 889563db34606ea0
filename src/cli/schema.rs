//! `ringback schema NAME`: a JSON Schema, so that editors complete and check what authors write.

use super::{Exit, Terminal};
use crate::diag::nearest;
use crate::schema::{Place, SCHEMAS, find, json};
use anyhow::{Result, bail};

#[derive(Debug, clap::Args)]
pub(super) struct SchemaArgs {
    /// What is written: `book`, `page`, `rule` and so on; without it, all names are listed
    name: Option<String>,
}

pub(super) fn run(args: &SchemaArgs, terminal: &mut Terminal<'_>) -> Result<Exit> {
    let Some(name) = &args.name else {
        let width = SCHEMAS.iter().map(|schema| schema.name.len()).max().unwrap_or(0);
        for schema in SCHEMAS {
            let place = match schema.place {
                Place::Settings => "book.toml".to_owned(),
                Place::Head => "the head of a markdown file".to_owned(),
                Place::Folder(folder) => format!("{folder}*.yaml"),
                Place::Block => format!("```{} in a markdown file", schema.name),
            };
            writeln!(terminal.out, "{:width$}  {place}", schema.name)?;
        }
        return Ok(Exit::Fine);
    };
    let Some(schema) = find(name) else {
        match nearest(name, SCHEMAS.iter().map(|schema| schema.name)) {
            Some(near) => bail!("there is no schema `{name}`\nhelp: did you mean `{near}`?"),
            None => bail!("there is no schema `{name}`\nhelp: `ringback schema` lists them all"),
        }
    };
    write!(terminal.out, "{}", json(schema))?;
    Ok(Exit::Fine)
}
