//! Styles, scripts and pictures of the theme, published under names that carry the hash of what is in them.
//!
//! 1. Each sheet that no other sheet imports, `css/index.css` first among them, becomes one file with its imports
//!    in it ([`css`]); a page links those that it needs.
//! 2. A script's hash covers every module it can reach, so a change below renames all above it; the names
//!    inside the scripts are rewritten to match ([`js`]).
//! 3. For a site that is published, scripts and styles lose what only people read ([`minify`]), before they are named.
//! 4. Each file gets its integrity hash, over the bytes as published.

mod css;
mod js;
mod minify;

use crate::cache::Cache;
use crate::diag::Diagnostics;
use crate::site::Contents;
use crate::theme::ThemeFiles;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha384};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The folder that all of them are published in.
const FOLDER: &str = "assets/";

/// One published file.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Site path: `assets/index-3f2a9c01d4.css`.
    pub path: String,
    /// Address under the site's own path.
    pub url: String,
    /// For the `integrity` attribute.
    pub integrity: String,
    /// What is in it.
    pub bytes: Contents,
}

/// All published files by their path inside the theme.
#[derive(Debug, Default)]
pub struct Published {
    by_path: BTreeMap<String, Asset>,
    /// Module to the modules that it imports at once (not those it may fetch later).
    imports: BTreeMap<String, Vec<String>>,
}

impl Published {
    /// The file that stands at a path inside the theme.
    pub fn find(&self, path: &str) -> Option<&Asset> {
        self.by_path.get(path)
    }

    /// The file that is published at a site path.
    pub(crate) fn at(&self, site_path: &str) -> Option<&Asset> {
        if site_path.starts_with(FOLDER) { self.iter().find(|asset| asset.path == site_path) } else { None }
    }

    /// All files.
    pub fn iter(&self) -> impl Iterator<Item = &Asset> {
        self.by_path.values()
    }

    /// Every module that a module needs before it can run, without itself, each once, sorted.
    pub fn modules_below(&self, path: &str) -> Vec<&Asset> {
        let paths = js::closure(path, |module| self.imports.get(module).map_or(&[][..], Vec::as_slice));
        paths.into_iter().filter(|module| *module != path).filter_map(|module| self.find(module)).collect()
    }
}

/// All scripts of a theme as they are published.
#[derive(Debug)]
pub(crate) struct Scripts {
    /// Path inside the theme, name, bytes, integrity hash.
    list: Vec<(String, String, Contents, String)>,
    imports: BTreeMap<String, Vec<String>>,
}

impl Scripts {
    fn read(files: &ThemeFiles, minified: bool, diagnostics: &mut Diagnostics) -> Self {
        let modules = js::Modules::read(files, minified, diagnostics);
        let list = modules.publish().into_iter().map(|(path, name, text)| {
            let integrity = integrity(text.as_bytes());
            (path.to_owned(), name, text.into_bytes().into(), integrity)
        });
        Self { list: list.collect(), imports: modules.into_imports() }
    }
}

/// Publishes what a theme holds, `minified` or as it is written; scripts that are as they were come from the cache.
pub(crate) fn publish(
    files: &ThemeFiles,
    base_path: &str,
    minified: bool,
    cache: &Cache,
    diagnostics: &mut Diagnostics,
) -> Published {
    let mut published = Published::default();
    let put = |published: &mut Published, path: &str, name: &str, bytes: Contents, integrity: String| {
        let asset_path = format!("{FOLDER}{name}");
        let url = format!("{base_path}{asset_path}");
        published.by_path.insert(path.to_owned(), Asset { path: asset_path, url, integrity, bytes });
    };
    let add = |published: &mut Published, path: &str, name: &str, bytes: Contents| {
        let integrity = integrity(&bytes);
        put(published, path, name, bytes, integrity);
    };
    for (path, file) in files.iter().filter(|(path, _)| path.starts_with("img/")) {
        let name = named(path, &hash(&[&file.bytes]));
        add(&mut published, path, &name, file.bytes.clone());
    }
    for path in css::entries(files) {
        let text = css::inline(path, files, &published);
        let text = if minified { minify::style(&text) } else { text };
        let name = named(path, &hash(&[text.as_bytes()]));
        add(&mut published, path, &name, text.into_bytes().into());
    }
    let key = (files.part(|path| path.strip_suffix(".js").is_some()), minified);
    let (scripts, found) = cache.get(&cache.scripts, key, || {
        let mut found = Diagnostics::default();
        (Arc::new(Scripts::read(files, minified, &mut found)), found)
    });
    diagnostics.extend(found);
    for (path, name, bytes, integrity) in &scripts.list {
        put(&mut published, path, name, Contents::clone(bytes), integrity.clone());
    }
    published.imports.clone_from(&scripts.imports);
    published
}

/// A script that is published under a name of its own, by its path inside the theme.
pub(crate) fn script(
    path: &str,
    files: &ThemeFiles,
    minified: bool,
    diagnostics: &mut Diagnostics,
) -> String {
    js::text(path, files, minified, diagnostics).map_or_else(String::new, |text| text.to_string())
}

/// `css/index.css` and a hash: `index-3f2a9c01d4.css`.
fn named(path: &str, hash: &str) -> String {
    let file = path.rsplit('/').next().unwrap_or(path);
    match file.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}-{hash}.{ending}"),
        None => format!("{file}-{hash}"),
    }
}

/// Ten hexadecimal digits over several contents.
fn hash(contents: &[&[u8]]) -> String {
    let mut hasher = blake3::Hasher::new();
    for content in contents {
        hasher.update(&(content.len() as u64).to_le_bytes());
        hasher.update(content);
    }
    hasher.finalize().to_hex()[..10].to_owned()
}

/// The value of an `integrity` attribute for a file.
pub(crate) fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(bytes)))
}
