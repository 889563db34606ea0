//! Builds every `tests/golden/NAME/book` and compares the site, file by file, with `tests/golden/NAME/expected`.
//!
//! The built-in theme's own scripts and styles are left out, with the list of modules that a page fetches early, and fingerprints read
//! `[HASH]`: a golden book shows what becomes of a playbook, not how the theme is written. `UPDATE=1 cargo test --test golden` rewrites what was expected.

#![allow(clippy::disallowed_methods, reason = "a test sets the scene on disk")]

mod support;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use support::book::Book;
use support::{expected, run, tree, updating};

#[test]
fn every_golden_book_becomes_its_site() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut names: Vec<_> =
        fs::read_dir(&folder).expect("tests/golden is there").flatten().map(|entry| entry.path()).collect();
    names.sort();
    assert!(!names.is_empty(), "no golden book under {}", folder.display());
    let mut failures = String::new();
    for golden in names {
        let before = failures.len();
        check(&golden, &mut failures);
        if failures.len() > before {
            failures.insert_str(before, &format!("{}\n", golden.display()));
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

fn check(golden: &Path, failures: &mut String) {
    let book = Book::new();
    for (name, bytes) in tree::read(&golden.join("book")) {
        book.file(&name, &bytes);
    }
    let mut command = run::ringback(book.root());
    command.args(["build", "--output", "site"]);
    let output = run::finish(command, "").expect("the build ends");
    if output.code != Some(0) {
        writeln!(failures, "  exit {:?}\n{}{}", output.code, output.stdout, output.stderr).ok();
        return;
    }
    let site = comparable(tree::read(&book.path("site")));
    if updating() {
        rewrite(&golden.join("expected"), &site);
        return;
    }
    let wanted = tree::read(&golden.join("expected"));
    for name in wanted.keys().filter(|name| !site.contains_key(*name)) {
        writeln!(failures, "  {name}: was not written").ok();
    }
    for (name, bytes) in &site {
        match wanted.get(name) {
            None => writeln!(failures, "  {name}: is new").ok(),
            Some(wanted) if wanted != bytes => {
                writeln!(failures, "  {name}:").ok();
                failures.push_str(&expected::diff(
                    &String::from_utf8_lossy(wanted),
                    &String::from_utf8_lossy(bytes),
                ));
                Some(())
            }
            Some(_) => None,
        };
    }
}

/// The site without the theme's scripts and styles, and with the fingerprints taken out.
fn comparable(site: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for (name, bytes) in site {
        if name == ".ringback.json" {
            continue; // The record of the build: hashes of all the rest.
        }
        let name = without_fingerprints(&name);
        // Hashes of all the rest, and names that hold such.
        if name == "version.json" || name.starts_with("assets/later-") {
            continue;
        }
        if [".js", ".css"].iter().any(|end| name.ends_with(end)) {
            continue;
        }
        let bytes = match String::from_utf8(bytes) {
            Ok(text) => without_fingerprints(&without_modules(&text)).into_bytes(),
            Err(error) => error.into_bytes(),
        };
        found.insert(name, bytes);
    }
    found
}

/// The text without its `modulepreload` lines.
fn without_modules(text: &str) -> String {
    text.split_inclusive('\n').filter(|line| !line.starts_with("<link rel=\"modulepreload\"")).collect()
}

/// Replaces `.0123456789abcdef.` in file names and the base64 text after `sha384-` by `[HASH]`.
fn without_fingerprints(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['.', '-']) {
        let (before, tail) = rest.split_at(at + 1);
        out.push_str(before);
        rest = tail;
        let (end, fits): (usize, bool) = if before.ends_with("sha384-") || before.ends_with("sha256-") {
            (tail.find(['"', '\'', ' ']).unwrap_or(tail.len()), true)
        } else {
            let end = tail.find(|letter: char| !letter.is_ascii_hexdigit()).unwrap_or(tail.len());
            (end, end >= 8 && tail[end..].starts_with('.'))
        };
        if fits {
            out.push_str("[HASH]");
            rest = &tail[end..];
        }
    }
    out.push_str(rest);
    out
}

fn rewrite(folder: &Path, site: &BTreeMap<String, Vec<u8>>) {
    if folder.exists() {
        fs::remove_dir_all(folder).expect("the old expectations can be removed");
    }
    for (name, bytes) in site {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("folders can be made");
        fs::write(path, bytes).expect("expectations can be written");
    }
}
