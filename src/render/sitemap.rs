//! `sitemap.xml` and `robots.txt`; a sitemap needs to know where the site will live.

use super::renderer::Renderer;
use crate::html::escape;
use crate::site::Site;
use std::fmt::Write;

/// A sitemap may hold no more; a larger site gets several and an index of them.
const MAX_ENTRIES: usize = 50_000;

/// Adds both. Comes after the pages: it lists those that are there.
pub(super) fn add(renderer: &Renderer<'_>, site: &mut Site) {
    let Some(base) = &renderer.config.base_url else {
        site.add("robots.txt", b"User-agent: *\nAllow: /\n".to_vec());
        return;
    };
    let dates: std::collections::HashMap<&str, &str> = renderer
        .book
        .pages
        .iter()
        .filter_map(|page| Some((page.url.as_str(), page.last_updated.as_deref()?)))
        .collect();
    let hidden: std::collections::HashSet<&str> =
        renderer.book.pages.iter().filter(|page| page.draft).map(|page| page.url.as_str()).collect();
    let is_page = |url: &&str| {
        ![super::print::URL, super::search::URL, super::learner::PROGRESS, super::learner::DRILL]
            .contains(url)
            && !hidden.contains(url)
            && !renderer.book.redirects.contains_key(*url)
    };
    let paths = site.paths();
    let urls = paths.iter().filter_map(|path| path.strip_suffix("index.html")).filter(is_page);
    let entries: Vec<String> = urls
        .map(|url| {
            let date = dates.get(url).map_or(String::new(), |date| format!("<lastmod>{date}</lastmod>"));
            format!("<url><loc>{}</loc>{date}</url>\n", escape(&format!("{base}{url}")))
        })
        .collect();
    let parts: Vec<String> =
        entries.chunks(MAX_ENTRIES).map(|chunk| document("urlset", &chunk.concat())).collect();
    if parts.len() > 1 {
        let mut index = String::new();
        for (number, part) in (1..).zip(parts) {
            let path = format!("sitemap-{number}.xml");
            let address = format!("{base}{path}");
            _ = writeln!(index, "<sitemap><loc>{}</loc></sitemap>", escape(&address));
            site.add(path, part.into_bytes());
        }
        site.add("sitemap.xml", document("sitemapindex", &index).into_bytes());
    } else {
        let only = parts.into_iter().next().unwrap_or_else(|| document("urlset", ""));
        site.add("sitemap.xml", only.into_bytes());
    }
    site.add("robots.txt", format!("User-agent: *\nAllow: /\n\nSitemap: {base}sitemap.xml\n").into_bytes());
}

fn document(root: &str, entries: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <{root} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{entries}</{root}>\n"
    )
}
