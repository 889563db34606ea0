//! What every output needs: the book, the theme with the site's context, the frame, and a place for errors.

use super::cards::{self, Named};
use super::constraint;
use super::context::{Link, ModuleLink, NavItem, PageContext, SiteContext};
use super::frame::{self, Area, Frame};
use crate::book::{Book, CodeBlock, Page, PageKind, Part, Tool};
use crate::config::{Config, Direction};
use crate::diag::Diagnostics;
use crate::highlight;
use crate::site::{Contents, Site, Store};
use crate::theme::Theme;
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use tera::{Context, Tera, Value};

/// Nothing from elsewhere, nothing inline, nothing `unsafe-…`.
pub(super) const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    font-src 'self'; connect-src 'self'; media-src 'self' blob:; manifest-src 'self'; worker-src 'self'; \
    form-action 'self'; base-uri 'none'";

/// Template errors of one build that are kept; one mistake in a template shows on every page.
const MAX_ERRORS: usize = 50;

/// Renders templates for all outputs.
pub(super) struct Renderer<'a> {
    pub(super) config: &'a Config,
    pub(super) book: &'a Book,
    pub(super) theme: &'a Theme,
    pub(super) frame: Frame,
    /// Highlighted code by block.
    code: HashMap<&'a CodeBlock, String>,
    /// Path and bytes of the rules' program, if there are rules.
    pub(super) program: Option<(String, Contents)>,
    /// Path and bytes of the scripts that the lab begins with, if there is a lab.
    pub(super) scripts: Option<(String, Vec<u8>)>,
    /// Path and bytes of the data of each quiz, in the book's order.
    pub(super) quizzes: Vec<(String, Vec<u8>)>,
    /// Path and bytes of the list of all quizzes, if there are some.
    pub(super) bank: Option<(String, Vec<u8>)>,
    /// The social cards that pages have named.
    pub(super) cards: Named,
    /// The areas of the site.
    pub(super) nav: Vec<NavItem>,
    tera: Tera,
    words: Value,
    site: Value,
    errors: Mutex<Vec<tera::Error>>,
}

impl<'a> Renderer<'a> {
    /// Renders what every page has. `all` is for those who will render every page: it cuts all code side by side.
    pub(super) fn new(config: &'a Config, book: &'a Book, theme: &'a Theme, all: bool) -> Self {
        let program = super::program::file(book);
        let mut context = site_context(config, book, theme);
        let quizzes = super::quiz::data::files(book, &config.base_path);
        let bank = super::quiz::data::bank(book, &quizzes, &config.base_path);
        context.program = program.as_ref().map_or_else(String::new, |(path, _)| path.clone());
        context.bank = bank.as_ref().map_or_else(String::new, |(path, _)| path.clone());
        let mut tera = theme.tera.clone();
        let site = Value::from_serializable(&context);
        tera.global_context().insert_value("site", site.clone());
        let blocks = book.pages.iter().flat_map(|page| &page.body).filter_map(|part| match part {
            Part::Code(block) => Some(block),
            _ => None,
        });
        let code = if all { highlight::all(blocks, &theme.strings) } else { HashMap::new() };
        let words = theme.strings.value();
        let errors = Mutex::default();
        let mut renderer = Self {
            config,
            book,
            theme,
            frame: Frame::empty(),
            code,
            program,
            scripts: super::lab::scripts(book),
            quizzes,
            bank,
            cards: Named::default(),
            nav: context.nav,
            tera,
            words,
            site,
            errors,
        };
        renderer.frame = frame::render(&renderer);
        renderer
    }

    /// A part of a page: no frame around it.
    pub(super) fn part(&self, template: &str, context: &Context) -> String {
        self.tera.render(template, context).unwrap_or_else(|error| {
            self.keep(error);
            String::new()
        })
    }

    /// A component with the words and the site as its implicit arguments.
    pub(super) fn component(&self, name: &str, context: &Context) -> String {
        let mut implicit = Context::new();
        implicit.insert_value("t", self.words.clone());
        implicit.insert_value("site", self.site.clone());
        let rendered = self.tera.render_component_with_implicits(name, context, &implicit, None, true);
        rendered.unwrap_or_else(|error| {
            self.keep(error);
            String::new()
        })
    }

    /// A whole page: its context, its place in the site, and what its template wants on top.
    pub(super) fn page(
        &self,
        template: &str,
        page: &PageContext,
        sidebar: &str,
        area: Area,
        more: Vec<(&'static str, Value)>,
    ) -> Option<Vec<u8>> {
        let mut context = Context::new();
        context.insert("page", page);
        context.insert("card", &cards::of(self, page));
        context.insert_value("head", self.frame.head.clone());
        context.insert_value("header", self.frame.header(area).clone());
        context.insert_value("footer", self.frame.footer.clone());
        let own = !sidebar.is_empty();
        context.insert("has_sidebar", &own);
        let menu = || self.frame.menu(self, area).clone();
        context.insert_value("sidebar", if own { Value::safe_string(sidebar) } else { menu() });
        for (name, value) in more {
            context.insert_value(name, value);
        }
        let mut out = Vec::with_capacity(16 * 1024);
        match self.tera.render_to(template, &context, &mut out) {
            Ok(()) => Some(out),
            Err(error) => {
                self.keep(error);
                None
            }
        }
    }

    /// A page context with what every page has.
    pub(super) fn page_context(&self, title: &str, description: &str, url: &str) -> PageContext {
        let head_title = if title == self.config.title {
            title.to_owned()
        } else {
            format!("{title} – {}", self.config.title)
        };
        PageContext {
            title: title.to_owned(),
            heading: title.to_owned(),
            head_title,
            description: description.to_owned(),
            canonical: self.config.base_url.as_ref().map_or(String::new(), |base| format!("{base}{url}")),
            og_type: "website",
            ..PageContext::default()
        }
    }

    /// A block of code as HTML.
    pub(super) fn code(&self, block: &CodeBlock) -> Cow<'_, str> {
        match self.code.get(block) {
            Some(html) => html.into(),
            None => highlight::block(block, &self.theme.strings).into(),
        }
    }

    /// A rule's title and page.
    pub(super) fn rule(&self, id: &str) -> Link {
        let title = self.book.rulebook.rule(id).map_or(id, |rule| rule.title.as_str());
        Link::new(title, &format!("{}{id}/", super::rules::URL))
    }

    /// A method's title and page, if there is such a method.
    pub(super) fn method(&self, id: &str) -> Option<Link> {
        let method = self.book.rulebook.method(id)?;
        Some(Link::new(&method.title, &format!("{}{id}/", super::methods::URL)))
    }

    /// The longest that a voicemail may be under a method, in seconds.
    pub(super) fn limit_seconds(&self, method: &str) -> Option<i64> {
        constraint::limit_seconds(self.book.rulebook.program()?, method)
    }

    /// Links for modules that an element of the page needs.
    pub(super) fn modules(&self, path: &str) -> Vec<ModuleLink> {
        self.theme.assets.find(path).map(module_link).into_iter().collect()
    }

    /// Links for these modules and all that they need at once, without those that every page has.
    pub(super) fn modules_below(&self, paths: &[&str]) -> Vec<ModuleLink> {
        let assets = &self.theme.assets;
        let main: Vec<&str> =
            assets.modules_below("js/main.js").iter().map(|one| one.path.as_str()).collect();
        let all =
            paths.iter().flat_map(|path| assets.find(path).into_iter().chain(assets.modules_below(path)));
        let wanted: std::collections::BTreeMap<&str, &crate::assets::Asset> =
            all.map(|asset| (asset.path.as_str(), asset)).collect();
        wanted.into_values().filter(|asset| !main.contains(&asset.path.as_str())).map(module_link).collect()
    }

    /// Links for these files of the theme.
    pub(super) fn modules_of(&self, paths: &[&str]) -> Vec<ModuleLink> {
        paths.iter().filter_map(|path| self.theme.assets.find(path)).map(module_link).collect()
    }

    fn keep(&self, error: tera::Error) {
        let mut errors = self.errors.lock().unwrap_or_else(PoisonError::into_inner);
        if errors.len() < MAX_ERRORS {
            errors.push(error);
        }
    }

    /// Turns the errors of templates into diagnostics, each once.
    pub(super) fn report(&self, diagnostics: &mut Diagnostics) {
        let errors = self.errors.lock().unwrap_or_else(PoisonError::into_inner);
        let mut kinds: Vec<tera::ErrorKind> = Vec::new();
        for error in &*errors {
            if !kinds.contains(error.kind()) {
                kinds.push(error.kind().clone());
                self.theme.report(error, diagnostics);
            }
        }
    }
}

/// Renders many pages in parallel and adds them in order; a store takes them as they come.
pub(super) fn add_all<T: Sync>(
    items: &[T],
    site: &mut Site,
    store: Option<&dyn Store>,
    render: impl Fn(&T) -> Option<(String, Vec<u8>)> + Sync,
) {
    let rendered: Vec<(String, Result<Contents, blake3::Hash>)> = items
        .par_iter()
        .filter_map(&render)
        .map(|(url, html)| {
            let path = format!("{url}index.html");
            let contents = match store {
                Some(store) => Err(store.keep(&path, &html)),
                None => Ok(html.into()),
            };
            (path, contents)
        })
        .collect();
    for (path, html) in rendered {
        match html {
            Ok(html) => site.add(path, html),
            Err(hash) => site.add_stored(path, hash),
        }
    }
}

/// A site path, or an address that is whole already, as a whole address.
pub(super) fn whole(base: &str, url: &str) -> String {
    if url.contains("://") { url.to_owned() } else { format!("{base}{url}") }
}

fn module_link(asset: &crate::assets::Asset) -> ModuleLink {
    ModuleLink { url: asset.url.clone(), integrity: asset.integrity.clone() }
}

fn site_context(config: &Config, book: &Book, theme: &Theme) -> SiteContext {
    let words = &theme.strings;
    let item = |area: Area, name: &str, url: &str| NavItem {
        title: words.text(name).to_owned(),
        url: url.to_owned(),
        key: area.key(),
    };
    let mut nav = Vec::new();
    if book.pages.len() > 1 {
        nav.push(item(Area::Lessons, "lessons_nav", frame::CONTENTS));
    }
    if !book.examples.is_empty() {
        nav.push(item(Area::Examples, "examples", super::gallery::URL));
    }
    if !book.rulebook.rules.is_empty() {
        nav.push(item(Area::Rules, "rules", super::rules::URL));
    }
    if book.rulebook.program().is_some() && !book.rulebook.methods.is_empty() {
        nav.push(item(Area::Methods, "methods", super::methods::URL));
    }
    if !book.quizzes.is_empty() {
        nav.push(item(Area::Quizzes, "quizzes", super::quiz::URL));
    }
    if book.has(Tool::Lab) {
        nav.push(item(Area::Lab, "lab", super::lab::URL));
    }
    if let Some(page) = glossary(book) {
        nav.push(NavItem { title: page.title.clone(), url: page.url.clone(), key: Area::Glossary.key() });
    }
    let mut footer = Vec::new();
    if book.pages.len() > 1 {
        footer.push(Link::new(words.text("contents"), frame::CONTENTS));
    }
    if super::print::is_made(config, book) {
        footer.push(Link::new(words.text("print_book"), super::print::URL));
    }
    if book.has(Tool::Progress) {
        footer.push(Link::new(words.text("progress"), super::learner::PROGRESS));
    }
    if book.has(Tool::Drill) {
        footer.push(Link::new(words.text("drill"), super::learner::DRILL));
    }
    if book.has(Tool::Planner) {
        footer.push(Link::new(words.text("planner_title"), super::tools::PLANNER));
        footer.push(Link::new(words.text("log_title"), super::tools::LOG));
    }
    let icon = |path: &str| theme.assets.find(path).map_or_else(String::new, |asset| asset.url.clone());
    let feed = if super::feed::is_made(config, book) { super::feed::PATH } else { "" };
    if !feed.is_empty() {
        footer.push(Link::new(words.text("feed"), feed));
    }
    SiteContext {
        title: config.title.clone(),
        description: config.description.clone(),
        language: config.language.clone(),
        direction: if config.direction == Direction::Rtl { "rtl" } else { "ltr" },
        home: String::new(),
        policy: POLICY,
        icon_svg: icon("img/icon.svg"),
        icon_png: icon("img/icon-192.png"),
        icon_touch: icon("img/icon-touch.png"),
        icon_is_own: config.pictures.icon.is_some(),
        worker: if config.publish.offline { super::offline::WORKER } else { "" },
        feed: feed.to_owned(),
        search: if config.search.enabled { super::search::URL } else { "" },
        program: String::new(),
        bank: String::new(),
        modules: theme.assets.modules_below("js/main.js").into_iter().map(module_link).collect(),
        nav,
        footer,
    }
}

/// The page that holds the terms.
pub(super) fn glossary(book: &Book) -> Option<&Page> {
    book.pages.iter().map(|page| &**page).find(|page| page.kind == PageKind::Glossary)
}
