//! Addresses from the placeholder path become relative ones, and those of pages name their file: a learning system serves files
//! from a folder of its own, and no `index.html` for a folder's name.

use super::ROOT;

/// A file of the site as the package has it; none for what only a web host or a search engine reads.
pub(super) fn file(path: &str, contents: &[u8]) -> Option<Vec<u8>> {
    let of_a_host =
        ["404.html", "robots.txt", "sitemap.xml", "sw.js", "build.json", "_headers", "_redirects"];
    if of_a_host.contains(&path) {
        return None;
    }
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    let text = || std::str::from_utf8(contents).ok();
    Some(match ending {
        "html" => text().map_or_else(|| contents.to_vec(), |html| page(html, &up(path)).into_bytes()),
        "json" => text().map_or_else(|| contents.to_vec(), |json| json.replace(ROOT, "").into_bytes()),
        "css" => text().map_or_else(|| contents.to_vec(), |css| css.replace(ROOT, &up(path)).into_bytes()),
        _ => contents.to_vec(),
    })
}

/// The way from a file to the root: `../../` or `./`.
fn up(path: &str) -> String {
    match path.matches('/').count() {
        0 => "./".to_owned(),
        depth => "../".repeat(depth),
    }
}

/// Every address of a page. Links and forms that lead to a folder get its file's name.
fn page(html: &str, up: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(ROOT) {
        let before = &rest[..at];
        out.push_str(before);
        out.push_str(up);
        rest = &rest[at + ROOT.len()..];
        let end = rest.find(['"', '\'', ' ', '>']).unwrap_or(rest.len());
        let address = &rest[..end];
        let leads = ["href=\"", "href=", "action=\"", "action="].iter().any(|name| before.ends_with(name));
        if leads {
            let cut = address.find(['?', '#']).unwrap_or(address.len());
            let (path, tail) = address.split_at(cut);
            out.push_str(path);
            if path.is_empty() || path.ends_with('/') {
                out.push_str("index.html");
            }
            out.push_str(tail);
            rest = &rest[end..];
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::{ROOT, file};

    #[test]
    fn addresses_become_relative_and_name_their_file() {
        let html = format!(
            "<html data-base=\"{ROOT}\"><a href=\"{ROOT}\">a</a><a href=\"{ROOT}b/c/#d\">b</a><a href={ROOT}b/>u</a>\
             <form action=\"{ROOT}search/\"><link href=\"{ROOT}assets/x.css\"><p>{ROOT}</p>"
        );
        let made = file("b/c/index.html", html.as_bytes()).expect("a page");
        let wanted = "<html data-base=\"../../\"><a href=\"../../index.html\">a</a><a href=\"../../b/c/index.html#d\">b</a>\
                      <a href=../../b/index.html>u</a><form action=\"../../search/index.html\">\
                      <link href=\"../../assets/x.css\"><p>../../</p>";
        assert_eq!(String::from_utf8_lossy(&made), wanted);
        let top = file("index.html", format!("<a href=\"{ROOT}a/\">").as_bytes()).expect("a page");
        assert_eq!(String::from_utf8_lossy(&top), "<a href=\"./a/index.html\">");
        let json = file("q.json", format!("{{\"url\":\"{ROOT}a/\"}}").as_bytes()).expect("data");
        assert_eq!(String::from_utf8_lossy(&json), "{\"url\":\"a/\"}");
        assert!(file("404.html", b"").is_none());
    }
}
