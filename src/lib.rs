//! Ringback turns a folder of markdown and rules into a sales-training site.
//!
//! ```text
//! book.toml + content/ + themes/ ─load→ Sources ─parse→ Drafts ─resolve→ Book
//!                                Book ─check→ Diagnostics,  Book ─render→ Site ─write→ site/
//! ```
//!
//! The modules in the order in which a build runs through them; ARCHITECTURE.md tells the rest.

// What every stage stands on.
pub mod source;
pub mod diag;
pub mod tree;
pub mod yaml;
pub mod schema;
pub mod html;
pub mod slug;
pub mod cache;
pub mod zip;
pub mod seeded;
// The stages.
pub mod load;
pub mod config;
pub mod labels;
pub mod theme;
pub mod engine;
pub mod rules;
pub mod parse;
pub mod book;
pub mod resolve;
pub mod check;
pub mod assets;
mod picture;
pub mod highlight;
pub mod search;
pub mod render;
pub mod site;
pub mod write;
pub mod package;
pub mod exchange;
// Who runs them.
pub mod lsp;
pub mod serve;
pub mod cli;

use anyhow::Result;
use book::Book;
use cache::{Cache, Files};
use config::Config;
use diag::{Code, Diagnostics};
use rayon::prelude::*;
use resolve::View;
use rules::Rulebook;
use site::{Site, Store};
use source::{Sources, Span};
use std::path::Path;
use std::sync::Arc;
use theme::{Strings, Theme};

/// What a run of the pipeline is asked to do.
#[derive(Debug, Clone)]
pub struct Options {
    /// Which pages are shown.
    pub view: View,
    /// Takes the place of `base_url` in `book.toml`.
    pub base_url: Option<String>,
    /// For readers, as short as it can be; else for the one who writes it.
    pub published: bool,
}

/// A stage that begins, for those who wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Reading files.
    Load,
    /// Markdown, YAML and rules.
    Parse,
    /// Names and links.
    Resolve,
    /// Examples and rules against the grader.
    Check,
    /// Pages.
    Render,
}

/// Everything that a run made, in memory.
#[derive(Debug)]
pub struct Built {
    /// What was read.
    pub sources: Sources,
    /// The settings.
    pub config: Config,
    /// The words of the interface.
    pub words: Arc<Strings>,
    /// The playbook.
    pub book: Book,
    /// The site; complete also where pages have mistakes.
    pub site: Site,
    /// All mistakes, sorted.
    pub diagnostics: Diagnostics,
}

/// Reads the playbook at `root` and makes its site in memory.
///
/// # Errors
/// If a file cannot be read, or the base address of `options` is none; a mistake in the text is a
/// diagnostic instead.
pub fn build(root: &Path, options: &Options, progress: &dyn Fn(Stage)) -> Result<Built> {
    progress(Stage::Load);
    let loaded = load(root)?;
    make(loaded, options, None, progress)
}

/// A playbook as read: the input of [`make`].
#[derive(Debug)]
pub struct Loaded {
    /// All files.
    pub sources: Sources,
    /// The settings.
    pub config: Config,
    /// What was wrong so far.
    pub diagnostics: Diagnostics,
}

/// Reads files and settings.
///
/// # Errors
/// If a file cannot be read.
pub fn load(root: &Path) -> Result<Loaded> {
    let mut diagnostics = Diagnostics::default();
    let sources = load::sources(root, &mut diagnostics)?;
    Ok(settings(sources, diagnostics))
}

/// Reads the settings in files that have been read.
pub fn settings(sources: Sources, mut diagnostics: Diagnostics) -> Loaded {
    let config = config::parse(&sources, &mut diagnostics);
    Loaded { sources, config, diagnostics }
}

/// Makes the site of a playbook that has been read. If there are no mistakes before rendering, `store` gets
/// its pages as they are rendered.
///
/// # Errors
/// If the base address of `options` is none.
pub fn make(
    loaded: Loaded,
    options: &Options,
    store: Option<&dyn Store>,
    progress: &dyn Fn(Stage),
) -> Result<Built> {
    let prepared = prepare(loaded, options, &Cache::default(), progress)?;
    progress(Stage::Render);
    Ok(prepared.render(store))
}

/// A playbook that is ready to be rendered.
#[derive(Debug)]
pub struct Prepared {
    /// What was read.
    pub sources: Sources,
    /// The settings.
    pub config: Config,
    /// How it will look.
    pub theme: Arc<Theme>,
    /// The playbook.
    pub book: Book,
    /// All mistakes but those of templates.
    pub diagnostics: Diagnostics,
}

impl Prepared {
    /// Renders the whole site.
    pub fn render(self, store: Option<&dyn Store>) -> Built {
        let Self { sources, config, theme, book, mut diagnostics } = self;
        let store = store.filter(|_| diagnostics.errors() == 0);
        let site = render::site(&config, &book, &theme, store, &mut diagnostics);
        diagnostics.apply(&config.check.severities);
        let diagnostics = diagnostics.sorted(&sources);
        Built { sources, config, words: Arc::clone(&theme.strings), book, site, diagnostics }
    }
}

/// Runs all stages up to the book and its checks; `cache` holds what earlier builds made.
///
/// # Errors
/// If the base address of `options` is none.
pub fn prepare(
    loaded: Loaded,
    options: &Options,
    cache: &Cache,
    progress: &dyn Fn(Stage),
) -> Result<Prepared> {
    let Loaded { mut sources, mut config, mut diagnostics } = loaded;
    if config.last_updated {
        load::last_updated(&mut sources, cache);
    }
    if let Some(url) = &options.base_url {
        let (url, path) = config::base_url(url).map_err(anyhow::Error::msg)?;
        (config.base_url, config.base_path) = (Some(url), path);
    }
    if !options.published {
        config.publish = config::Publish::for_preview();
    }
    progress(Stage::Parse);
    let mut found = Diagnostics::default();
    let ((theme, rulebook), drafts) = rayon::join(
        || {
            let theme = theme(&sources, &config, cache, &mut diagnostics);
            let rulebook = rulebook(&sources, cache, &mut diagnostics);
            check_method(&config, &rulebook, &mut diagnostics);
            (theme, rulebook)
        },
        || parse::drafts(&sources, &config, cache, &mut found),
    );
    diagnostics.extend(found);
    progress(Stage::Resolve);
    let (labels, view) = (&theme.labels, options.view);
    let book = resolve::book(&sources, &config, labels, rulebook, drafts, view, cache, &mut diagnostics);
    progress(Stage::Check);
    check::book(&book, &sources, &config.check, cache, &mut diagnostics);
    diagnostics.apply(&config.check.severities);
    Ok(Prepared { sources, config, theme, book, diagnostics })
}

fn theme(sources: &Sources, config: &Config, cache: &Cache, diagnostics: &mut Diagnostics) -> Arc<Theme> {
    let key = || (Files::of(sources, &["themes/"], config.pictures.names()), format!("{config:?}"));
    let key = if cache.is_kept() { key() } else { Default::default() };
    let (theme, found) = cache.get(&cache.theme, key, || {
        let mut found = Diagnostics::default();
        (Arc::new(theme::load(sources, config, cache, &mut found)), found)
    });
    diagnostics.extend(found);
    theme
}

fn rulebook(sources: &Sources, cache: &Cache, diagnostics: &mut Diagnostics) -> Arc<Rulebook> {
    let key = || Files::of(sources, &rules::FOLDERS, std::iter::empty());
    let key = if cache.is_kept() { key() } else { Files::default() };
    let (rulebook, found) = cache.get(&cache.rulebook, key, || {
        let mut found = Diagnostics::default();
        (Arc::new(rules::compile_with(sources, cache, &mut found)), found)
    });
    diagnostics.extend(found);
    rulebook
}

fn check_method(config: &Config, rulebook: &rules::Rulebook, diagnostics: &mut Diagnostics) {
    if let (Some(method), Some(span)) = (&config.method, config.method_span)
        && !rulebook.method_ids().any(|id| id == method)
    {
        diagnostics
            .report(Code::UnknownMethod, span, format!("no method is called `{method}`"))
            .help_nearest(method, rulebook.method_ids());
    }
}

/// A fingerprint of everything that a site is made from: `program` names the program that makes it.
pub fn fingerprint(loaded: &Loaded, options: &Options, program: &str) -> String {
    fn hash(parts: &[&[u8]]) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new();
        for part in parts {
            hasher.update(&part.len().to_le_bytes());
            hasher.update(part);
        }
        hasher.finalize()
    }
    let Sources { files, assets, .. } = &loaded.sources;
    let of_file = |file: &source::Source| {
        let day = file.last_updated.as_deref().unwrap_or("");
        hash(&[file.path.as_bytes(), file.text.as_bytes(), day.as_bytes()])
    };
    let of_asset = |asset: &source::Asset| hash(&[asset.path.as_bytes(), &asset.bytes]);
    let start = hash(&[program.as_bytes(), format!("{options:?}").as_bytes(), &files.len().to_le_bytes()]);
    let mut hashes = vec![start];
    hashes.par_extend(files.par_iter().map(of_file));
    hashes.par_extend(assets.par_iter().map(of_asset));
    let mut hasher = blake3::Hasher::new();
    for one in hashes {
        hasher.update(one.as_bytes());
    }
    hasher.finalize().to_hex().to_string()
}

/// The place of a whole file, for a mistake that is nowhere in it.
pub fn whole_file(sources: &Sources, path: &str) -> Option<Span> {
    sources.find(path).map(Span::whole_file)
}
