//! The module that a served page gets on top of its own: it keeps the page up to date and shows mistakes.
//!
//! Its files stand under a path that no page can have, and are named in served HTML only; a build never holds them.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha384};
use std::sync::LazyLock;

/// The folder of everything that is the server's own. An address that a page can have never begins with `_`.
pub(super) const FOLDER: &str = "/_ringback/";

/// The files by name.
const FILES: [(&str, &str); 6] = [
    ("main.js", include_str!("client/main.js")),
    ("wire.js", include_str!("client/wire.js")),
    ("patch.js", include_str!("client/patch.js")),
    ("morph.js", include_str!("client/morph.js")),
    ("overlay.js", include_str!("client/overlay.js")),
    ("overlay.css", include_str!("client/overlay.css")),
];

/// The hash of the first module, for its element.
static INTEGRITY: LazyLock<String> = LazyLock::new(|| {
    let main = FILES.iter().find(|(name, _)| *name == "main.js").map_or("", |(_, text)| text);
    format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(main.as_bytes())))
});

/// The name and text of a file of the folder.
pub(super) fn file(name: &str) -> Option<(&'static str, &'static str)> {
    FILES.iter().find(|(known, _)| *known == name).copied()
}

/// A page with the module in its head, which is told which build the page is from.
pub(super) fn with_module(html: &[u8], build: &str) -> Vec<u8> {
    let element = format!(
        "<script type=\"module\" src=\"{FOLDER}main.js\" integrity=\"{}\" data-ringback=\"{build}\"></script>\n",
        *INTEGRITY
    );
    let at = html.windows(7).position(|window| window == b"</head>").unwrap_or(html.len());
    [&html[..at], element.as_bytes(), &html[at..]].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_given_the_module_once_and_whole() {
        let html = with_module(b"<head><title>a</title></head><p></head>", "x-1");
        let html = String::from_utf8_lossy(&html);
        assert_eq!(html.matches("<script").count(), 1);
        assert!(html.contains("data-ringback=\"x-1\"></script>\n</head><p></head>"), "{html}");
    }

    #[test]
    fn every_module_that_a_module_names_is_served() {
        for (name, text) in FILES {
            for line in text.lines().filter(|line| line.starts_with("import ")) {
                let target = line.split("\"./").nth(1).and_then(|rest| rest.split('"').next());
                assert!(target.is_some_and(|target| file(target).is_some()), "{name}: {line}");
            }
        }
    }
}
