//! The grader for other sites: a module and a program at addresses that never change, and a page that shows them at work.
//!
//! Everything else a site publishes carries its hash in its name; a page of somebody else's cannot know it. So
//! `embed/grader.js` is a few lines that import the hashed modules, and `embed/program.json` is the program once more.

use super::context::{ModuleLink, PageContext};
use super::frame::Area;
use super::lab;
use super::renderer::Renderer;
use crate::assets::integrity;
use crate::book::Tool;
use crate::site::Site;
use serde_json::{Map, json};
use tera::Value;

/// Site path of the page.
pub(super) const URL: &str = "embed/";
/// The element's module inside the theme.
const MODULE: &str = "js/embed/grader.js";
/// The words that the element says.
const WORDS: [&str; 9] = [
    "lab_methods",
    "lab_script",
    "lab_failed",
    "lab_fix",
    "score",
    "score_range",
    "seconds",
    "limit",
    "words",
];

/// Adds the module, the program and the page.
pub(super) fn add(renderer: &Renderer<'_>, site: &mut Site) {
    let (Some((program, bytes)), Some(module)) = (&renderer.program, renderer.theme.assets.find(MODULE))
    else {
        return;
    };
    if !renderer.book.has(Tool::Lab) {
        return;
    }
    site.add(format!("{URL}program.json"), bytes.clone());
    let words = &renderer.theme.strings;
    let said: Map<String, serde_json::Value> =
        WORDS.iter().map(|name| ((*name).to_owned(), words.forms(name))).collect();
    let entry = format!(
        "// The script grader of this site, at an address that stays. How to use it: index.html beside this file.\n\
         import {{ define }} from {}\n\
         const at = (path) => new URL(path, import.meta.url).href\n\
         define({{ program: at({}), rules: at(\"../rules/\"), words: {} }})\n",
        json!(format!("../{}", module.path)),
        json!(format!("../{program}")),
        serde_json::Value::Object(said),
    );
    let tag = ModuleLink {
        url: format!("{}{URL}grader.js", renderer.config.base_path),
        integrity: integrity(entry.as_bytes()),
    };
    site.add(format!("{URL}grader.js"), entry.into_bytes());
    let base = renderer.config.base_url.clone();
    let address = base.unwrap_or_else(|| "https://playbook.example/".to_owned());
    let context = PageContext {
        styles: lab::styles(renderer),
        ..renderer.page_context(words.text("embed_title"), words.text("embed_lead"), URL)
    };
    let method = renderer.book.rulebook.method_ids().next().unwrap_or("");
    let method = renderer.config.method.as_deref().unwrap_or(method);
    let more = vec![
        ("entry", Value::from_serializable(&tag)),
        ("address", Value::from(address.as_str())),
        ("origin", Value::from(origin(&address))),
        ("method", Value::from(method)),
        ("sample", Value::from(lab::sample(renderer))),
    ];
    if let Some(html) = renderer.page("embed.html", &context, "", Area::Lab, more) {
        site.add(format!("{URL}index.html"), html);
    }
}

/// Scheme, host and port of an address.
fn origin(address: &str) -> &str {
    let host = address.find("://").map_or(0, |at| at + 3);
    address[host..].find('/').map_or(address, |end| &address[..host + end])
}

#[cfg(test)]
mod tests {
    use super::origin;

    #[test]
    fn an_origin_has_no_path() {
        for (address, expected) in [
            ("https://a.example/b/", "https://a.example"),
            ("http://localhost:80/", "http://localhost:80"),
            ("https://a.example", "https://a.example"),
        ] {
            assert_eq!(origin(address), expected);
        }
    }
}
