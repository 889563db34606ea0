//! Shows the site on this machine: one loop, one site in memory.
//!
//! Every cause of work is a variant of [`Event`] and one `match` handles them. A change makes the site again in memory;
//! only then is the old one swapped out, and only then are browsers told, so a reader never meets half a site.
#![expect(clippy::disallowed_methods, reason = "serving takes time and tells how much")]

mod client;
mod connection;
mod http;
mod live;
mod slots;
mod state;
mod watch;

use crate::diag::human;
use crate::site::{Contents, Site};
use crate::{Built, Options, build};
use anyhow::{Context, Result, bail};
use http::Names;
use live::Live;
use state::News;
use std::net::{IpAddr, TcpListener, ToSocketAddrs};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, RwLock};
use std::time::{Instant, SystemTime};

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

/// What a request is answered from.
#[derive(Debug)]
struct Published {
    site: Site,
    base_path: String,
    /// Names the build that made it.
    build: String,
}

/// The site of the moment, swapped as a whole.
type Current = Arc<RwLock<Arc<Published>>>;

/// A cause of work.
enum Event {
    /// Files of the playbook changed: their paths from the root.
    Changed(Vec<String>),
    /// The person at the terminal wants to stop.
    Quit,
}

/// A server that answers already; [`Server::run`] keeps its site up to date.
pub struct Server {
    root: PathBuf,
    options: Options,
    color: bool,
    url: String,
    current: Current,
    live: Arc<Live>,
    /// What the last build did.
    news: News,
    events: Receiver<Event>,
    /// Kept alive: dropping it ends the watching.
    _watcher: watch::Watcher,
}

/// Builds the site, listens and watches; `say` takes the lines for the terminal.
///
/// # Errors
/// If the playbook cannot be read, the port is taken, or files cannot be watched.
pub fn start(
    root: &Path,
    address: &Address,
    mut options: Options,
    color: bool,
    say: &mut dyn FnMut(&str),
) -> Result<Server> {
    let (listener, port) = listen(address, say)?;
    let loopback = listener.local_addr().is_ok_and(|at| at.ip().is_loopback());
    let host = if loopback || !address.host.starts_with("0.0.0.0") {
        url_host(&address.host)
    } else {
        "localhost".to_owned()
    };
    let origin = format!("http://{host}:{port}");
    let base_url = match &options.base_url {
        Some(url) => format!("{origin}{}", crate::config::base_url(url).map_err(anyhow::Error::msg)?.1),
        None => format!("{origin}/"),
    };
    options.base_url = Some(base_url.clone());
    let started = Instant::now();
    let built = build(root, &options, &|_| {})?;
    report(&built, started, color, say);
    let news = News { build: next_build(None), ..News::default() };
    let live = Arc::new(Live::default());
    live.publish(state::json(&built, &news));
    let current: Current = Arc::new(RwLock::new(Arc::new(published(built, &news))));
    let names = Names { host: address.host.clone(), loopback };
    http::serve(listener, names, Arc::clone(&current), Arc::clone(&live));
    let (sender, events) = channel();
    let watcher = watch::start(root, sender.clone())?;
    quit_on_signal(sender)?;
    if !loopback {
        say(&format!(
            "anyone who can reach this machine on port {port} can read the playbook, drafts included"
        ));
    }
    say(&format!("{base_url}  (Ctrl-C ends)"));
    Ok(Server {
        root: root.to_owned(),
        options,
        color,
        url: base_url,
        current,
        live,
        news,
        events,
        _watcher: watcher,
    })
}

impl Server {
    /// The address of the home page.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Answers and rebuilds until somebody ends it.
    ///
    /// # Errors
    /// If the watching breaks down.
    pub fn run(mut self, say: &mut dyn FnMut(&str)) -> Result<()> {
        while let Ok(event) = self.events.recv() {
            match event {
                Event::Quit => return Ok(()),
                Event::Changed(paths) => self.rebuild(&paths, say),
            }
        }
        bail!("the files are no longer watched")
    }

    fn rebuild(&mut self, paths: &[String], say: &mut dyn FnMut(&str)) {
        let started = Instant::now();
        let what = match paths {
            [path] => path.clone(),
            paths => format!("{} files", paths.len()),
        };
        match build(&self.root, &self.options, &|_| {}) {
            Ok(built) => {
                say(&format!("{what} changed"));
                report(&built, started, self.color, say);
                self.swap(built, paths);
            }
            // A file that is gone between two looks, a disk that hiccups: the last good site stays.
            Err(error) => say(&format!("{what} changed, but the site cannot be made: {error:#}")),
        }
    }

    /// Puts a new site in the place of the old one and tells everybody.
    fn swap(&mut self, built: Built, paths: &[String]) {
        let Ok(old) = self.current.read().map(|current| Arc::clone(&current)) else { return };
        let is_same = |path: &String, bytes: &Contents| old.site.files.get(path) == Some(bytes);
        let changed = built.site.files.iter().filter(|(path, bytes)| !is_same(path, bytes));
        let changed = changed.filter_map(|(path, _)| path.strip_suffix("index.html").map(str::to_owned));
        let edited = built.book.pages.iter().find(|page| paths.contains(&page.path));
        self.news = News {
            build: next_build(Some(&self.news.build)),
            previous: Some(std::mem::take(&mut self.news.build)),
            changed: Some(changed.collect()),
            follow: edited.map(|page| page.url.clone()),
            ..News::default()
        };
        let json = state::json(&built, &self.news);
        if let Ok(mut current) = self.current.write() {
            *current = Arc::new(published(built, &self.news));
        }
        self.live.publish(json);
    }
}

/// A name for a build that no build of an earlier server has: when the first was made, and a number.
fn next_build(last: Option<&str>) -> String {
    let first = || {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        (format!("{:x}", since.as_millis()), 0)
    };
    let last = last.and_then(|last| last.rsplit_once('-'));
    let (server, number) = last
        .and_then(|(server, number)| Some((server.to_owned(), number.parse::<u64>().ok()?)))
        .unwrap_or_else(first);
    format!("{server}-{}", number + 1)
}

fn published(built: Built, news: &News) -> Published {
    Published { base_path: built.config.base_path, site: built.site, build: news.build.clone() }
}

fn report(built: &Built, started: Instant, color: bool, say: &mut dyn FnMut(&str)) {
    let text = human::render(&built.diagnostics, &built.sources, color);
    if !text.is_empty() {
        say(text.trim_end());
    }
    let pages = built.book.pages.len();
    let summary = human::summary(&built.diagnostics);
    let noun = if pages == 1 { "page" } else { "pages" };
    say(&format!("{pages} {noun} in {} ms, {summary}", started.elapsed().as_millis()));
}

fn listen(address: &Address, say: &mut dyn FnMut(&str)) -> Result<(TcpListener, u16)> {
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
fn url_host(host: &str) -> String {
    match host.parse::<IpAddr>() {
        Ok(IpAddr::V6(_)) => format!("[{host}]"),
        _ => host.to_owned(),
    }
}

fn quit_on_signal(sender: Sender<Event>) -> Result<()> {
    ctrlc::set_handler(move || {
        // If the loop has ended already, so will the program.
        let _ = sender.send(Event::Quit);
    })
    .context("cannot listen for Ctrl-C")
}
