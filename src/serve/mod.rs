//! Shows the site on this machine: one loop, one site in memory.
//!
//! Every cause of work is a variant of [`Event`] and one `match` handles them.
//!
//! 1. Files that changed are read again; where nothing is new, nothing happens.
//! 2. The book is made again; stages take from the cache what has the same inputs ([`crate::cache`]).
//! 3. The old book is swapped out ([`desk`]), unless mistakes keep some of it in place ([`shown`]).
//! 4. Browsers are told ([`live`]), and the terminal.
#![expect(clippy::disallowed_methods, reason = "serving takes time and tells how much")]

mod client;
mod connection;
mod desk;
mod http;
mod listen;
mod live;
mod shown;
mod slots;
mod state;
mod watch;
mod changes;

pub use changes::changes;

use crate::cache::Cache;
use crate::config::Config;
use crate::diag::{Code, Diagnostic, Diagnostics, human};
use crate::load::{self, Refreshed};
use crate::source::Sources;
use crate::{Loaded, Options, Prepared, prepare, settings};
use anyhow::{Context, Result, bail};
use desk::Desk;
use http::Names;
pub use listen::{Address, DEFAULT_PORT};
use live::Live;
use shown::{Broken, Published, Shown, broken};
use state::{Found, News};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, RwLock};
use std::time::{Instant, SystemTime};

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
    cache: Cache,
    /// What was read last, and what was wrong with the files themselves.
    sources: Sources,
    trouble: bool,
    config: Config,
    diagnostics: Diagnostics,
    shown: Shown,
    current: Current,
    live: Arc<Live>,
    news: News,
    events: Receiver<Event>,
    watcher: watch::Watcher,
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
    let (listener, port) = listen::listen(address, say)?;
    let loopback = listener.local_addr().is_ok_and(|at| at.ip().is_loopback());
    let is_anywhere = listener.local_addr().is_ok_and(|at| at.ip().is_unspecified());
    let host = if is_anywhere { "localhost".to_owned() } else { listen::url_host(&address.host) };
    let origin = format!("http://{host}:{port}");
    let base_url = match &options.base_url {
        Some(url) => format!("{origin}{}", crate::config::base_url(url).map_err(anyhow::Error::msg)?.1),
        None => format!("{origin}/"),
    };
    options.base_url = Some(base_url.clone());
    let started = Instant::now();
    // Watching begins before reading, so that nothing changes unseen between the two.
    let (sender, events) = channel();
    let watcher = watch::start(root, sender.clone())?;
    let cache = Cache::kept();
    let (loaded, trouble) = read(root)?;
    let made = Made::of(prepare(loaded, &options, &cache, &|_| {})?, None)?;
    let news = News { build: next_build(None), ..News::default() };
    report(&made, &Diagnostics::default(), color, say);
    say(&format!("{}, {}", made.size(), summary(started, &made.diagnostics)));
    let live = Arc::new(Live::default());
    live.publish(state::json(&made.found(), &news));
    let Made { sources, config, shown, diagnostics, desk } = made;
    desk.prepare();
    let published = Published {
        desk,
        base_path: config.base_path.clone(),
        build: news.build.clone(),
        held: BTreeMap::new(),
    };
    let current: Current = Arc::new(RwLock::new(Arc::new(published)));
    let names = Names { host: address.host.clone(), loopback };
    http::serve(listener, names, Arc::clone(&current), Arc::clone(&live));
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
        cache,
        sources,
        trouble,
        config,
        diagnostics,
        shown,
        current,
        live,
        news,
        events,
        watcher,
    })
}

/// Reads everything; true if something is wrong with the files themselves.
fn read(root: &Path) -> Result<(Loaded, bool)> {
    let mut diagnostics = Diagnostics::default();
    let sources = load::sources(root, &mut diagnostics)?;
    let trouble = !diagnostics.is_empty();
    Ok((settings(sources, diagnostics), trouble))
}

/// A book that can be shown, with all that is wrong with it.
struct Made {
    sources: Sources,
    config: Config,
    shown: Shown,
    diagnostics: Diagnostics,
    desk: Desk,
}

impl Made {
    /// Opens a desk for a book. Where the playbook has templates of its own, pages are rendered to see whether they fail:
    /// all of them if the theme is another one than before, else those that are `edited`.
    fn of(prepared: Prepared, before: Option<(&Shown, &[String])>) -> Result<Self> {
        let Prepared { sources, config, theme, book, mut diagnostics } = prepared;
        let shown = Shown {
            settings: format!("{config:?}"),
            theme: Arc::clone(&theme),
            rulebook: Arc::clone(&book.rulebook),
            pages: book.pages.clone(),
        };
        let desk = Desk::open(config.clone(), book, theme)?;
        if shown.theme.has_own_templates() {
            let known = before
                .filter(|(old, _)| Arc::ptr_eq(&old.theme, &shown.theme) && old.settings == shown.settings);
            let paths = known.map(|(_, edited)| {
                let pages = shown.pages.iter().filter(|page| edited.contains(&page.path));
                pages.map(|page| format!("{}index.html", page.url)).collect()
            });
            diagnostics.extend(desk.check(paths));
            diagnostics.apply(&config.check.severities);
        }
        let diagnostics = diagnostics.sorted(&sources);
        Ok(Self { sources, config, shown, diagnostics, desk })
    }

    fn found(&self) -> Found<'_> {
        Found {
            sources: &self.sources,
            config: &self.config,
            words: &self.shown.theme.strings,
            pages: &self.shown.pages,
            diagnostics: &self.diagnostics,
        }
    }

    fn size(&self) -> String {
        match self.shown.pages.len() {
            1 => "1 page".to_owned(),
            n => format!("{n} pages"),
        }
    }
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
        match self.make(paths) {
            Ok(None) => {}
            Ok(Some(made)) => {
                report(&made, &self.diagnostics, self.color, say);
                say(&format!("{what}: {}", summary(started, &made.diagnostics)));
                self.show(made, paths);
            }
            // A file that is gone between two looks, a disk that hiccups: the last good site stays.
            Err(error) => {
                say(&format!("{what} changed, but the site cannot be made: {error:#}"));
                self.news.failed = Some(format!("{error:#}"));
                self.tell();
            }
        }
    }

    /// The book as the files are now; nothing if they hold what they held.
    fn make(&mut self, paths: &[String]) -> Result<Option<Made>> {
        let failed_before = self.news.failed.is_some();
        let refreshed = if self.trouble || failed_before {
            Refreshed::More
        } else {
            load::refresh(&mut self.sources, paths)?
        };
        let loaded = match refreshed {
            Refreshed::Same => return Ok(None),
            Refreshed::Texts => settings(std::mem::take(&mut self.sources), Diagnostics::default()),
            Refreshed::More => {
                self.watcher.follow();
                let (loaded, trouble) = read(&self.root)?;
                if !trouble && !self.trouble && !failed_before && loaded.sources.holds_the_same(&self.sources)
                {
                    return Ok(None);
                }
                self.trouble = trouble;
                loaded
            }
        };
        let prepared = prepare(loaded, &self.options, &self.cache, &|_| {})?;
        Made::of(prepared, Some((&self.shown, paths))).map(Some)
    }

    /// Puts a new book in the place of the old one, as far as mistakes let it, and tells everybody.
    fn show(&mut self, made: Made, paths: &[String]) {
        let broken = broken(&made.diagnostics, &made.sources);
        let edited = made.shown.pages.iter().find(|page| paths.contains(&page.path));
        let follow = edited.map(|page| page.url.clone());
        let Ok(old) = self.current.read().map(|current| Arc::clone(&current)) else { return };
        if broken == Broken::All {
            // The book at the desk is closed again; the one before stays.
            self.news = News { failed: None, follow: None, is_all_held: true, ..self.news.clone() };
            (self.sources, self.config, self.diagnostics) = (made.sources, made.config, made.diagnostics);
            self.tell();
            return;
        }
        let held = hold(&old, &self.shown, &broken);
        self.news = News {
            build: next_build(Some(&self.news.build)),
            previous: Some(std::mem::take(&mut self.news.build)),
            changed: self
                .shown
                .changed(&made.shown, paths)
                .filter(|_| old.held.is_empty() && held.is_empty()),
            follow,
            held: held.keys().filter_map(|path| path.strip_suffix("index.html").map(str::to_owned)).collect(),
            failed: None,
            is_all_held: false,
        };
        let desk = made.desk;
        let published = Arc::new(Published {
            desk,
            base_path: made.config.base_path.clone(),
            build: self.news.build.clone(),
            held,
        });
        if let Ok(mut current) = self.current.write() {
            *current = Arc::clone(&published);
        }
        (self.sources, self.config, self.diagnostics) = (made.sources, made.config, made.diagnostics);
        self.shown = made.shown;
        self.tell();
        published.desk.prepare();
    }

    fn tell(&self) {
        let found = Found {
            sources: &self.sources,
            config: &self.config,
            words: &self.shown.theme.strings,
            pages: &self.shown.pages,
            diagnostics: &self.diagnostics,
        };
        self.live.publish(state::json(&found, &self.news));
    }
}

/// The files of broken pages as they were when they were whole.
fn hold(old: &Published, shown: &Shown, broken: &Broken) -> BTreeMap<String, crate::site::Contents> {
    let Broken::Pages(broken) = broken else { return BTreeMap::new() };
    let files = shown.pages.iter().filter(|page| broken.contains(&page.path));
    let files = files.map(|page| format!("{}index.html", page.url));
    files.filter_map(|path| Some((path.clone(), old.file(&path)?))).collect()
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

/// Shows the mistakes that were not there before.
fn report(made: &Made, before: &Diagnostics, color: bool, say: &mut dyn FnMut(&str)) {
    let key = |one: &Diagnostic| -> (Code, String) { (one.code, one.message.clone()) };
    let known: Vec<(Code, String)> = before.iter().map(key).collect();
    let new = made.diagnostics.iter().filter(|one| !known.contains(&key(one)));
    let text = human::render(&new.cloned().collect(), &made.sources, color);
    if !text.is_empty() {
        say(text.trim_end());
    }
}

/// How long it took and how much is wrong.
fn summary(started: Instant, diagnostics: &Diagnostics) -> String {
    format!("{} ms, {}", started.elapsed().as_millis(), human::summary(diagnostics))
}

fn quit_on_signal(sender: Sender<Event>) -> Result<()> {
    ctrlc::set_handler(move || {
        // If the loop has ended already, so will the program.
        let _ = sender.send(Event::Quit);
    })
    .context("cannot listen for Ctrl-C")
}
