//! The rules of the house that a machine can check: sizes, heads, layers, and what a theme must not hold.
//!
//! Each test lists everything that breaks its rule, with the file and the line.

#![allow(clippy::disallowed_methods, reason = "reads this repository")]

use std::fs;
use std::path::Path;

/// A file of this repository: its path with `/`, and its text.
struct Source {
    path: String,
    text: String,
}

#[test]
fn no_file_is_too_long() {
    let mut broken = Vec::new();
    for (folder, extension, limit) in [
        ("src", "rs", 500),
        ("tests", "rs", 500),
        ("themes", "js", 300),
        ("src", "js", 300),
        ("tests", "mjs", 300),
        ("themes", "css", 400),
        ("src", "css", 400),
    ] {
        for source in files(folder, extension) {
            let lines = without_tests(&source.text).lines().count();
            if lines > limit && !source.path.ends_with("/tests.rs") {
                broken.push(format!("{}: {lines} lines, at most {limit}", source.path));
            }
        }
    }
    none(&broken, "split these files: one job each");
}

#[test]
fn every_file_opens_with_its_job() {
    let mut broken = Vec::new();
    for (folder, extension, head) in [
        ("src", "rs", &["//! "][..]),
        ("tests", "rs", &["//! "]),
        ("themes", "js", &["// ", "/* ", "/**"]),
        ("src", "js", &["// "]),
        ("src", "css", &["/* "]),
        ("tests", "mjs", &["// ", "/* ", "/**"]),
        ("themes", "css", &["/* "]),
    ] {
        for source in files(folder, extension) {
            if !head.iter().any(|head| source.text.starts_with(head)) {
                broken.push(format!("{}: does not open with `{}`", source.path, head[0].trim()));
            }
        }
    }
    none(&broken, "say in the first line what the file is for");
}

#[test]
fn only_the_outer_stages_touch_the_world() {
    let outer = ["src/load", "src/write", "src/serve", "src/cli", "src/main.rs"];
    let world = [
        "std::fs",
        "std::net",
        "std::env::",
        "std::process",
        "SystemTime",
        "Instant::now",
        "File::open",
        "File::create",
        "TcpListener",
        "tiny_http",
        "notify",
    ];
    none(&uses(&outer, &world), "only load, write, serve and cli touch disk, clock, environment or network");
}

#[test]
fn each_library_has_one_home() {
    let mut broken = uses(&["src/parse"], &["pulldown_cmark"]);
    broken.extend(uses(&["src/yaml", "src/tree"], &["serde_yaml"]));
    broken.extend(uses(&["src/config", "src/tree"], &["toml::"]));
    broken.extend(uses(&["src/theme", "src/render"], &["tera::"]));
    broken.extend(uses(&["src/highlight"], &["syntect"]));
    broken.extend(uses(&["src/cli", "src/main.rs"], &["clap::", "clap_complete", "indicatif"]));
    none(&broken, "call the module that wraps this library");
}

#[test]
fn the_library_does_not_print() {
    none(
        &uses(&["src/cli", "src/main.rs"], &["println!", "print!(", "dbg!"]),
        "return a value; `cli` prints it",
    );
}

/// What makes markup or code out of text.
const FROM_TEXT: [&str; 8] = [
    "innerHTML",
    "outerHTML =",
    "insertAdjacentHTML",
    "document.write",
    "eval(",
    "new Function",
    "DOMParser",
    "setAttribute(\"style\"",
];

#[test]
fn scripts_never_turn_text_into_markup() {
    let mut broken = Vec::new();
    for source in files("themes", "js") {
        for (line, text) in code_lines(&source.text) {
            // There, reading markup of an element is as much out of place as writing it.
            for word in FROM_TEXT.iter().chain(&["outerHTML"]).filter(|word| text.contains(**word)) {
                broken.push(format!("{}:{line}: {word}", source.path));
            }
        }
    }
    none(&broken, "use textContent, elements and classes: the site's policy forbids the rest");
}

#[test]
fn the_live_preview_reads_markup_from_its_own_server_only() {
    let mut broken = Vec::new();
    let mut parses = Vec::new();
    // The player of a package speaks with a learning system: that is its work.
    let sources =
        files("src", "js").into_iter().filter(|source| !source.path.starts_with("src/package/player/"));
    for source in sources {
        for (line, text) in code_lines(&source.text) {
            for word in FROM_TEXT.iter().filter(|word| text.contains(**word)) {
                let place = format!("{}:{line}: {word}", source.path);
                if *word == "DOMParser" { parses.push(place) } else { broken.push(place) }
            }
            // A page is compared with the page that the same server sends now; nothing else is fetched.
            let fetches = text.contains("fetch(") || text.contains("new EventSource(");
            if fetches
                && !["fetch(STATE", "fetch(PAGE", "new EventSource(EVENTS"]
                    .iter()
                    .any(|own| text.contains(own))
            {
                broken.push(format!("{}:{line}: {}", source.path, text.trim()));
            }
        }
    }
    none(&broken, "the live preview makes no markup from text, and asks nobody but its server");
    assert_eq!(parses.len(), 1, "the one place that reads a page is patch.js: {parses:?}");
    assert!(parses[0].starts_with("src/serve/client/patch.js:"), "{parses:?}");
}

#[test]
fn templates_hold_no_inline_script_or_style() {
    let mut broken = Vec::new();
    for source in files("themes", "html") {
        for (at, line) in source.text.lines().enumerate() {
            let line = line.to_ascii_lowercase();
            let inline_script = ["<script>", "<script "].iter().any(|tag| line.contains(tag))
                && !line.contains(" src=")
                && !line.contains("json\"");
            let handler = line.split([' ', '\t']).any(|word| word.starts_with("on") && word.contains("=\""));
            let third_party = ["src=\"http", "href=\"//", "src=\"//"].iter().any(|text| line.contains(text));
            if inline_script || handler || third_party || line.contains("<style") || line.contains(" style=")
            {
                broken.push(format!("{}:{}: {}", source.path, at + 1, line.trim()));
            }
        }
    }
    none(&broken, "scripts and styles are files of the site: its policy forbids inline and foreign ones");
}

#[test]
fn every_diagnostic_is_shown_by_a_case() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let table = fs::read_to_string(root.join("src/diag/codes.rs")).expect("the table of codes is there");
    let codes = table.lines().filter_map(|line| {
        let (variant, rest) = line.trim().split_once(", \"")?;
        let is_row = variant.chars().all(char::is_alphanumeric)
            && rest.contains("\", Error") | rest.contains("\", Warning");
        is_row.then(|| rest.split('"').next().unwrap_or_default())
    });
    let codes: Vec<&str> = codes.collect();
    assert!(codes.len() > 20, "the table of codes has changed its form: {codes:?}");
    let cases: String = walkdir::WalkDir::new(root.join("tests/cases"))
        .into_iter()
        .flatten()
        .filter_map(|entry| fs::read_to_string(entry.path()).ok())
        .collect();
    let missing: Vec<String> = codes
        .into_iter()
        .filter(|code| {
            !cases.contains(&format!("error[{code}]")) && !cases.contains(&format!("warning[{code}]"))
        })
        .map(str::to_owned)
        .collect();
    none(&missing, "no case shows these diagnostics");
}

/// Every line of `src/` outside `homes` that names one of the `words` in code.
fn uses(homes: &[&str], words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for source in files("src", "rs") {
        if homes.iter().any(|home| source.path.starts_with(home)) || source.path.ends_with("/tests.rs") {
            continue;
        }
        for (line, text) in code_lines(without_tests(&source.text)) {
            for word in words.iter().filter(|word| has_word(text, word)) {
                found.push(format!("{}:{line}: {word}", source.path));
            }
        }
    }
    found
}

/// Finds the word where no letter stands before it, so that `eprintln!` is not `println!`.
fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word)
        .any(|(at, _)| !text[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_'))
}

/// The lines that are not comments, counted from one.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let numbered = text.lines().enumerate().map(|(at, line)| (at + 1, line.trim_start()));
    numbered.filter(|(_, line)| !["//", "/*", "*"].iter().any(|mark| line.starts_with(mark)))
}

/// The part of a file before its unit tests.
fn without_tests(text: &str) -> &str {
    text.split_once("\n#[cfg(test)]\nmod ").map_or(text, |(code, _)| code)
}

fn files(folder: &str, extension: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = Vec::new();
    for entry in walkdir::WalkDir::new(root.join(folder)).sort_by_file_name().into_iter().flatten() {
        let path = entry.path();
        let relative = path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/");
        if path.extension().is_some_and(|found| found == extension)
            && !relative.contains("/node_modules/")
            && !relative.contains("/cases/")
            && !relative.contains("/golden/")
        {
            let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{relative}: {error}"));
            sources.push(Source { path: relative, text });
        }
    }
    sources
}

fn none(broken: &[String], advice: &str) {
    assert!(broken.is_empty(), "{advice}\n  {}", broken.join("\n  "));
}
