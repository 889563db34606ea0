//! `ringback serve`: the site on this machine, made again at every change.

use super::{Exit, Terminal, ViewArgs};
use crate::Options;
use crate::serve::{self, Address};
use anyhow::Result;
use std::path::Path;

#[derive(Debug, clap::Args)]
pub(super) struct ServeArgs {
    /// The port to listen on [default: 4747, or the next free one]
    #[arg(long, short)]
    port: Option<u16>,
    /// The address to listen on; 0.0.0.0 lets other machines in
    #[arg(long, default_value = "127.0.0.1")]
    host: String,
    /// Serve under the path of this address, as the published site will be
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Open the site in the browser
    #[arg(long)]
    open: bool,
    #[command(flatten)]
    view: ViewArgs,
}

pub(super) fn run(args: &ServeArgs, root: &Path, terminal: &mut Terminal<'_>) -> Result<Exit> {
    let address = Address { host: args.host.clone(), port: args.port };
    let options = Options { view: args.view.view()?, base_url: args.base_url.clone(), published: false };
    let (color, quiet) = (terminal.color, terminal.quiet);
    let mut say = |text: &str| {
        if !quiet {
            // Nobody may be listening; serving goes on.
            let _ = writeln!(terminal.err, "{text}");
        }
    };
    let server = serve::start(root, &address, options, color, &mut say)?;
    if args.open
        && let Err(error) = opener::open_browser(server.url())
    {
        say(&format!("cannot open a browser: {error}"));
    }
    server.run(&mut say)?;
    Ok(Exit::Fine)
}
