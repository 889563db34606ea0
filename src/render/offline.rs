//! The site kept in the browser: its worker, the version that the worker watches, and the page for what was not kept.
//!
//! The version is a hash over every other file, so it changes when anything does. A site that is not to be kept gets a
//! worker all the same: one that removes what an earlier site has left.

use super::context::PageContext;
use super::frame::Area;
use super::renderer::Renderer;
use crate::site::Site;
use rayon::prelude::*;
use serde_json::json;

/// Site path of the worker; its folder is what it may answer for.
pub(super) const WORKER: &str = "sw.js";
/// Says which version is out there.
pub(super) const VERSION: &str = "version.json";
/// The page for a reader without a network who asks for what was not kept.
const PAGE: &str = "offline.html";
/// Pages that are fetched with the first visit, where they exist.
const CORE: [&str; 8] = ["", "search/", "lab/", "quizzes/", "drill/", "progress/", "planner/", "log/"];
/// A playbook with more pictures does without those beyond.
const MAX_OWN: usize = 500;
/// A larger index is kept file by file, as it is used.
const MAX_LATER: usize = 600;

/// Adds the page for what was not kept, and the list of what is fetched in quiet. Comes before [`add`], after the rest.
pub(super) fn add_parts(renderer: &Renderer<'_>, site: &mut Site) {
    if !renderer.config.publish.offline {
        return;
    }
    let words = &renderer.theme.strings;
    let context = PageContext {
        noindex: true,
        canonical: String::new(),
        ..renderer.page_context(words.text("offline_title"), words.text("offline_lead"), PAGE)
    };
    let more = vec![("ways", tera::Value::from_serializable(&super::pages::ways(renderer)))];
    if let Some(html) = renderer.page("offline.html", &context, "", Area::None, more) {
        site.add(PAGE, html);
    }
    let later = later(site);
    if !later.is_empty() {
        let text = json!(later).to_string();
        site.add(later_path(&text), text.into_bytes());
    }
}

/// Adds the worker and the version. Comes last: the version is made from all other files.
pub(super) fn add(renderer: &Renderer<'_>, site: &mut Site) {
    let worker = &renderer.theme.worker;
    if !renderer.config.publish.offline {
        site.add(WORKER, worker.as_bytes());
        return;
    }
    let version = version(site);
    let later = later(site);
    let later = if later.is_empty() { String::new() } else { later_path(&json!(later).to_string()) };
    // With the site's own path: a neighbour on this origin may have the same theme.
    let marks: Vec<String> = ["css/index.css", "js/main.js"]
        .iter()
        .filter_map(|path| Some(format!("\"{}\"", renderer.theme.assets.find(path)?.url)))
        .collect();
    let pictures = renderer.book.assets.iter().map(|asset| asset.url.as_str());
    let own: Vec<&str> = pictures.take(MAX_OWN).collect();
    let facts = json!({ "version": version, "core": core(renderer, site), "own": own, "later": later, "marks": marks });
    site.add(WORKER, format!("const SITE={facts};{worker}").into_bytes());
    site.add(VERSION, json!({ "version": version }).to_string().into_bytes());
}

/// Twenty hexadecimal digits over the paths and contents of all files.
fn version(site: &Site) -> String {
    let in_memory: Vec<(&str, blake3::Hash)> =
        site.files.par_iter().map(|(path, bytes)| (path.as_str(), blake3::hash(bytes))).collect();
    let stored = site.stored.iter().map(|(path, hash)| (path.as_str(), *hash));
    let mut hasher = blake3::Hasher::new();
    // Two sorted lists, one after the other: which file is in which does not depend on the machine.
    for (path, hash) in in_memory.into_iter().chain(stored) {
        hasher.update(&(path.len() as u64).to_le_bytes());
        hasher.update(path.as_bytes());
        hasher.update(hash.as_bytes());
    }
    hasher.finalize().to_hex()[..20].to_owned()
}

/// What a reader has after the first visit, whatever was read.
fn core(renderer: &Renderer<'_>, site: &Site) -> Vec<String> {
    let paths = site.paths();
    let exists = |path: &str| paths.contains(path);
    let pages = CORE.iter().filter(|url| exists(&format!("{url}index.html"))).map(|url| (*url).to_owned());
    let files = [PAGE, super::manifest::PATH, "search/index.json"].into_iter().filter(|path| exists(path));
    let assets = renderer.theme.assets.iter().map(|asset| asset.path.as_str());
    let assets = assets.filter(|path| [".js", ".css", ".svg"].iter().any(|end| path.ends_with(end)));
    let program = renderer.program.iter().map(|(path, _)| path.as_str());
    let bank = paths.iter().copied().filter(|path| path.starts_with("quizzes/bank-"));
    pages.chain(files.chain(assets).chain(program).chain(bank).map(str::to_owned)).collect()
}

/// The scripts that the lab and the planner offer, and all files of the index if they are not too many to be fetched without
/// being asked for.
fn later(site: &Site) -> Vec<&str> {
    let is_script = |path: &str| path.starts_with("lab/scripts-") || path.starts_with("planner/scripts-");
    let is_part = |path: &str| path.starts_with("search/") && path.contains('-');
    let paths = site.paths();
    let are_few = paths.iter().filter(|path| is_part(path)).count() <= MAX_LATER;
    paths.into_iter().filter(|path| is_script(path) || (are_few && is_part(path))).collect()
}

fn later_path(text: &str) -> String {
    format!("assets/later-{}.json", &blake3::hash(text.as_bytes()).to_hex()[..10])
}
