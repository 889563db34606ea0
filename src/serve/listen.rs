//! Where the server listens: the port that was asked for, or one that is free.

use anyhow::{Context, Result, bail};
use std::net::{IpAddr, TcpListener, ToSocketAddrs};

/// The port where none is asked for.
pub const DEFAULT_PORT: u16 = 4747;
/// How many ports after it are tried.
const TRIES: u16 = 20;

/// Where to listen.
#[derive(Debug, Clone)]
pub struct Address {
    /// A name or an IP address.
    pub host: String,
    /// The port; `None` takes [`DEFAULT_PORT`] or the next free one, `Some(0)` any free one.
    pub port: Option<u16>,
}

/// Listens at an address; `say` is told when the port is another one.
pub(super) fn listen(address: &Address, say: &mut dyn FnMut(&str)) -> Result<(TcpListener, u16)> {
    let bind = |port: u16| -> std::io::Result<TcpListener> {
        let addresses: Vec<_> = (address.host.as_str(), port).to_socket_addrs()?.collect();
        TcpListener::bind(addresses.as_slice())
    };
    let bound = |listener: TcpListener| -> Result<(TcpListener, u16)> {
        let port = listener.local_addr().context("the port has no address")?.port();
        Ok((listener, port))
    };
    let first = address.port.unwrap_or(DEFAULT_PORT);
    let error = match bind(first) {
        Ok(listener) => return bound(listener),
        Err(error) => error,
    };
    if error.kind() != std::io::ErrorKind::AddrInUse {
        return Err(error).with_context(|| format!("cannot listen on {}:{first}", address.host));
    }
    let free = (first.saturating_add(1)..=first.saturating_add(TRIES))
        .find_map(|port| Some((bind(port).ok()?, port)));
    match (address.port, free) {
        (None, Some((listener, port))) => {
            say(&format!("port {first} is taken, so this is port {port}"));
            bound(listener)
        }
        (Some(_), Some((_, port))) => {
            bail!("port {first} is taken\nhelp: port {port} is free: `--port {port}`")
        }
        (_, None) => {
            bail!("port {first} is taken, and so are the {TRIES} after it\nhelp: `--port 0` finds a free one")
        }
    }
}

/// A host as it stands in an address: IPv6 in brackets.
pub(super) fn url_host(host: &str) -> String {
    match host.parse::<IpAddr>() {
        Ok(IpAddr::V6(_)) => format!("[{host}]"),
        _ => host.to_owned(),
    }
}
