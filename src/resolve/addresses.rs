//! Everything that a link can lead to, by its name.

use super::Given;
use super::nav::{Nav, asset_url};
use crate::book::{CadenceIndex, ExampleIndex, QuizIndex, Tool};
use crate::diag::{Code, Diagnostics};
use crate::parse::Draft;
use crate::parse::blocks::Block;
use crate::source::{Asset, Sources, Span, Spanned};
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// What links, images and example references are looked up in.
pub(super) struct Addresses<'a> {
    /// Site path and anchors of a page, by its path without `content/`.
    pub pages: FxHashMap<String, Target>,
    /// Paths without `content/` of pages that exist but are not shown.
    pub hidden: HashSet<String>,
    /// Files to copy, by their path without `content/`.
    pub assets: HashMap<&'a str, &'a Asset>,
    /// Site path with anchor, by a term's slug.
    pub terms: HashMap<String, String>,
    /// Site path with anchor, by an example's id.
    pub examples: HashMap<String, String>,
    /// Site path, by a quiz's id.
    pub quizzes: HashMap<String, String>,
    /// The tools that this playbook has; known when its cadences are.
    pub tools: Vec<Tool>,
    /// Folders that have no index page and get a generated one: site path by path without `content/`.
    pub folders: HashMap<String, String>,
    example_indices: HashMap<Span, ExampleIndex>,
    cadence_indices: HashMap<Span, CadenceIndex>,
    examples_by_id: BTreeMap<String, ExampleIndex>,
    quiz_indices: HashMap<Span, QuizIndex>,
    redirects: BTreeMap<String, String>,
}

/// A page as the target of links.
pub(super) struct Target {
    /// Site path.
    pub url: String,
    /// What lists call it.
    pub title: String,
    /// Ids on it.
    pub anchors: Arc<[Spanned<String>]>,
}

/// First parts of addresses that the reference pages need, once a playbook has rules.
const RESERVED: &[&str] = &["rules", "methods", "examples", "planner", "log", "lab", "embed"];
/// First parts of addresses that the pages of quizzes need, once a playbook has some.
const QUIZ_RESERVED: &[&str] = &["quizzes", "drill", "progress"];
/// First parts of addresses that every site needs.
const ALWAYS_RESERVED: &[&str] = &["assets", "contents", "print", "search"];

impl<'a> Addresses<'a> {
    /// Collects all names, and reports those that two things share.
    pub(super) fn collect(
        given: &Given<'a>,
        nav: &Nav,
        hidden: &[Arc<Draft>],
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let mut addresses = Self {
            pages: FxHashMap::with_capacity_and_hasher(nav.drafts.len(), FxBuildHasher),
            hidden: hidden.iter().map(|draft| content_path(&draft.path).to_owned()).collect(),
            assets: given.sources.assets.iter().map(|asset| (content_path(&asset.path), asset)).collect(),
            terms: HashMap::new(),
            examples: HashMap::new(),
            folders: HashMap::new(),
            quizzes: quizzes(nav),
            tools: Vec::new(),
            example_indices: HashMap::new(),
            cadence_indices: HashMap::new(),
            examples_by_id: BTreeMap::new(),
            quiz_indices: HashMap::new(),
            redirects: BTreeMap::new(),
        };
        let mut taken: FxHashMap<&str, Span> =
            FxHashMap::with_capacity_and_hasher(nav.drafts.len(), FxBuildHasher);
        for (draft, place) in nav.drafts.iter().zip(&nav.places) {
            let here = Span::whole_file(draft.file);
            if let Some(first) = taken.insert(&place.url, here)
                && !given.sources.file(first.file).path.eq_ignore_ascii_case(&draft.path)
            {
                let other = &given.sources.file(first.file).path;
                diagnostics
                    .report(
                        Code::DuplicateUrl,
                        here,
                        format!("this page and {other} have the same address /{}", place.url),
                    )
                    .help("rename one of the two files");
            }
            let first_part = place.url.split('/').next().unwrap_or("");
            let reference = !given.rulebook.is_empty() && RESERVED.contains(&first_part);
            let quizzes = !addresses.quizzes.is_empty() && QUIZ_RESERVED.contains(&first_part);
            if reference || quizzes || ALWAYS_RESERVED.contains(&first_part) {
                diagnostics
                    .report(
                        Code::DuplicateUrl,
                        here,
                        format!("the address /{first_part}/ belongs to pages that Ringback makes"),
                    )
                    .help(format!("name the file or folder something other than `{first_part}`"));
            }
            let anchors = Arc::clone(&draft.anchors);
            let target = Target { url: place.url.clone(), title: place.title.clone(), anchors };
            addresses.pages.insert(content_path(&draft.path).to_owned(), target);
            for term in &draft.body.terms {
                let slug = term.id.trim_start_matches("term-").to_owned();
                addresses.terms.insert(slug, format!("{}#{}", place.url, term.id));
            }
        }
        for section in
            nav.sections.iter().filter(|section| section.index.is_none() && section.parent.is_some())
        {
            addresses.folders.insert(section.url.trim_end_matches('/').to_owned(), section.url.clone());
        }
        addresses.add_aliases(given.sources, nav, &taken, diagnostics);
        report_case_clashes(given, diagnostics);
        addresses
    }

    fn add_aliases(
        &mut self,
        sources: &Sources,
        nav: &Nav,
        taken: &FxHashMap<&str, Span>,
        diagnostics: &mut Diagnostics,
    ) {
        for (draft, place) in nav.drafts.iter().zip(&nav.places) {
            for alias in &draft.front.aliases {
                let path = alias.value.trim_matches('/').to_owned();
                let bad = path.is_empty() || path.split('/').any(|part| matches!(part, "" | "." | ".."));
                if bad || path.contains(['\\', '?', '#', ':']) {
                    diagnostics
                        .report(
                            Code::BadValue,
                            alias.span,
                            format!("`{}` is not an old address of this site", alias.value),
                        )
                        .help("write its path from the site's root: `old/page`");
                    continue;
                }
                let is_file = path.rsplit_once('.').is_some_and(|(_, ending)| ending == "html");
                let from = if is_file { path } else { format!("{path}/") };
                let owner = taken.get(from.as_str()).map(|span| sources.file(span.file).path.as_str());
                if owner.is_some() || self.redirects.contains_key(&from) {
                    let owner = owner.unwrap_or("another page's alias");
                    let message = format!("the address /{from} belongs to {owner} already");
                    diagnostics.report(Code::DuplicateUrl, alias.span, message).help("take this alias out");
                    continue;
                }
                self.redirects.insert(from, place.url.clone());
            }
        }
    }

    /// Ids of the page, or of the index page of the folder, at a path without `content/`.
    pub(super) fn anchors(&self, target: &str) -> Option<&Arc<[Spanned<String>]>> {
        let page = self.pages.get(target).or_else(|| self.pages.get(&format!("{target}/index.md")));
        page.map(|page| &page.anchors)
    }

    /// Makes an example known by its id, on the page of its draft.
    pub(super) fn add_example(&mut self, draft: &Draft, id: &Spanned<String>, index: ExampleIndex) {
        let page = self.pages.get(content_path(&draft.path)).map_or("", |page| page.url.as_str());
        self.examples.insert(id.value.clone(), format!("{page}#example-{}", id.value));
        self.example_indices.insert(id.span, index);
        self.examples_by_id.insert(id.value.clone(), index);
    }

    /// The example with this id.
    pub(super) fn example_by_id(&self, id: &str) -> Option<ExampleIndex> {
        self.examples_by_id.get(id).copied()
    }

    /// The ids of all examples.
    pub(super) fn example_ids(&self) -> impl Iterator<Item = &str> {
        self.examples_by_id.keys().map(String::as_str)
    }

    /// The example whose id stands at this place; none if it could not be resolved.
    pub(super) fn example_index(&self, id: &Spanned<String>) -> Option<ExampleIndex> {
        self.example_indices.get(&id.span).copied()
    }

    /// Makes a cadence known by the place of its id.
    pub(super) fn add_cadence(&mut self, id: &Spanned<String>, index: CadenceIndex) {
        self.cadence_indices.insert(id.span, index);
    }

    /// The cadence whose id stands at this place; none if it could not be resolved.
    pub(super) fn cadence_index(&self, id: &Spanned<String>) -> Option<CadenceIndex> {
        self.cadence_indices.get(&id.span).copied()
    }

    /// Makes a quiz known by the place of its id.
    pub(super) fn add_quiz(&mut self, id: &Spanned<String>, index: QuizIndex) {
        self.quiz_indices.insert(id.span, index);
    }

    /// The quiz whose id stands at this place; none if it could not be resolved.
    pub(super) fn quiz_index(&self, id: &Spanned<String>) -> Option<QuizIndex> {
        self.quiz_indices.get(&id.span).copied()
    }

    /// Old addresses and where they lead now.
    pub(super) fn redirects(self) -> BTreeMap<String, String> {
        self.redirects
    }
}

/// The pages of all quizzes, by their ids.
fn quizzes(nav: &Nav) -> HashMap<String, String> {
    let blocks = nav.drafts.iter().flat_map(|draft| &draft.body.blocks);
    let ids = blocks.filter_map(|block| match block {
        Block::Quiz(quiz) => Some(quiz.id.value.clone()),
        _ => None,
    });
    ids.map(|id| (id.clone(), format!("quizzes/{id}/"))).collect()
}

/// A path as links count it.
pub(super) fn content_path(path: &str) -> &str {
    path.strip_prefix("content/").unwrap_or(path)
}

fn report_case_clashes(given: &Given<'_>, diagnostics: &mut Diagnostics) {
    let sources = given.sources;
    let count = sources.files.len() + sources.assets.len();
    let mut seen: FxHashMap<Cow<'_, str>, &str> = FxHashMap::with_capacity_and_hasher(count, FxBuildHasher);
    let texts = sources.files.iter().map(|file| &file.path);
    let assets = sources.assets.iter().map(|asset| &asset.path);
    for path in texts.chain(assets) {
        let is_lower = path.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
        let name = if is_lower { Cow::Borrowed(path.as_str()) } else { Cow::Owned(path.to_lowercase()) };
        if let Some(first) = seen.insert(name, path) {
            let message = format!("this name and {first} differ only by case");
            let help = "rename one of them: some disks and web hosts cannot tell them apart";
            match sources.find(path) {
                Some(file) => diagnostics.report(Code::CaseClash, Span::whole_file(file), message).help(help),
                None => diagnostics.report_path(Code::CaseClash, path, message).help(help),
            };
        }
    }
    let mut copied: HashMap<String, &str> = HashMap::new();
    for asset in &sources.assets {
        let Some(path) = asset.path.strip_prefix("content/") else { continue };
        if let Some(first) = copied.insert(asset_url(path), &asset.path) {
            let message = format!("this file and {first} have the same address");
            diagnostics
                .report_path(Code::DuplicateUrl, &asset.path, message)
                .help("rename one of the two files");
        }
    }
}
