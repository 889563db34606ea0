//! Old addresses: small pages that lead to the new one without a script.

use super::renderer::Renderer;
use crate::site::Site;
use tera::Context;

/// Adds one for each alias. A page of the book that has the address comes later and wins.
pub(super) fn add(renderer: &Renderer<'_>, site: &mut Site) {
    for (old, new) in &renderer.book.redirects {
        let page = renderer.book.pages.iter().find(|page| page.url == *new);
        let mut context = Context::new();
        context.insert("target", new);
        context.insert("title", page.map_or(new.as_str(), |page| page.title.as_str()));
        let html = renderer.part("redirect.html", &context);
        let path =
            if old.is_empty() || old.ends_with('/') { format!("{old}index.html") } else { old.clone() };
        if !html.is_empty() {
            site.add(path, html.into_bytes());
        }
    }
}
