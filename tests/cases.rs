//! Runs every `tests/cases/**/*.md`: one file a case, described in `tests/README.md`.
//!
//! A new case is a new file; nothing registers it. `UPDATE=1 cargo test --test cases` rewrites what was expected;
//! the difference is reviewed like code. `CASE=check/` runs only the cases whose path contains that text.

#![allow(clippy::disallowed_methods, reason = "a test sets the scene on disk")]

mod support;

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;
use support::book::Book;
use support::case::{self, Block, Case};
use support::{expected, run, setup, tree, updating};

#[test]
fn every_case_file_holds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let only = std::env::var("CASE").unwrap_or_default();
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(&folder)
        .into_iter()
        .flatten()
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .filter(|path| path.to_string_lossy().contains(&only))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no case file found under {}", folder.display());

    let count = files.len();
    let queue = Mutex::new(VecDeque::from(files));
    let failures = Mutex::new(Vec::new());
    let workers = thread::available_parallelism().map_or(2, usize::from);
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(path) = { queue.lock().expect("no worker panics with the lock").pop_front() } {
                    if let Err(failure) = check(&path) {
                        let name = path
                            .strip_prefix(env!("CARGO_MANIFEST_DIR"))
                            .unwrap_or(&path)
                            .display()
                            .to_string();
                        failures
                            .lock()
                            .expect("no worker panics with the lock")
                            .push(format!("{name}\n{failure}"));
                    }
                }
            });
        }
    });
    let mut failures = failures.into_inner().expect("no worker panics with the lock");
    failures.sort();
    assert!(failures.is_empty(), "{} of {count} cases failed:\n\n{}", failures.len(), failures.join("\n"));
}

/// Carries out one case file; an error says which of its expectations did not hold.
fn check(path: &Path) -> Result<(), String> {
    let text = fs::read_to_string(path).map_err(|error| format!("  {error}"))?;
    let case = case::parse(&text).map_err(|error| format!("  {error}"))?;
    let mut book = Book::new();
    let mut output = None;
    let mut stdin = String::new();
    let mut failures = format!("  {}\n", case.about);
    let mut rewrites = Vec::new();
    for (index, block) in case.blocks.iter().enumerate() {
        let here = |error: String| format!("  line {}: {error}", block.line());
        match block.kind.as_str() {
            "file" => write_file(&book, block).map_err(here)?,
            "setup" => setup::run(&mut book, &block.body).map_err(here)?,
            "stdin" => stdin.clone_from(&block.body),
            "run" => output = Some(run_line(&book, block, &std::mem::take(&mut stdin)).map_err(here)?),
            "expect" | "tree" | "content" => {
                let (head, actual) = actual(&book, block, output.as_ref()).map_err(here)?;
                if head == head_of(block) && expected::fits(&block.body, &actual) {
                    continue;
                }
                write!(failures, "  line {}: ", block.line()).ok();
                if head == head_of(block) {
                    writeln!(failures, "{head}").ok();
                } else {
                    writeln!(failures, "`{}` expected, `{head}` seen", head_of(block)).ok();
                }
                failures.push_str(&expected::diff(&block.body, &actual));
                rewrites.push((index, head, actual));
            }
            kind => return Err(here(format!("no block is called `{kind}`; see tests/README.md"))),
        }
    }
    if !case.blocks.iter().any(|block| matches!(block.kind.as_str(), "expect" | "tree" | "content")) {
        return Err("  the case expects nothing, so it cannot fail".into());
    }
    finish(path, &case, &rewrites, failures)
}

/// Rewrites the file when asked to, else reports what did not hold.
fn finish(
    path: &Path,
    case: &Case,
    rewrites: &[(usize, String, String)],
    failures: String,
) -> Result<(), String> {
    if rewrites.is_empty() {
        Ok(())
    } else if updating() {
        fs::write(path, case.rewritten(rewrites)).map_err(|error| format!("  {error}"))
    } else {
        Err(failures)
    }
}

fn write_file(book: &Book, block: &Block) -> Result<(), String> {
    match block.words.as_slice() {
        [path] => book.file(path, block.body.as_bytes()),
        [path, encoding] if encoding == "base64" => {
            use base64::Engine as _;
            let letters: String = block.body.split_whitespace().collect();
            let bytes = base64::engine::general_purpose::STANDARD
                .decode(letters)
                .map_err(|error| error.to_string())?;
            book.file(path, &bytes);
        }
        _ => return Err("a file block has a path, and perhaps `base64`".into()),
    }
    Ok(())
}

fn run_line(book: &Book, block: &Block, stdin: &str) -> Result<run::Output, String> {
    let mut lines = block.body.lines();
    let (Some(line), None) = (lines.next(), lines.next()) else {
        return Err("a run is one line".into());
    };
    let line = line.replace("[PORT]", &book.port().unwrap_or_default());
    run::line(book.root(), &case::split(&line), stdin)
}

/// The head and body that would make the block right.
fn actual(book: &Book, block: &Block, output: Option<&run::Output>) -> Result<(String, String), String> {
    let words: Vec<&str> = block.words.iter().map(String::as_str).collect();
    match (block.kind.as_str(), words.as_slice()) {
        ("tree", [folder]) => Ok((head_of(block), tree::names(&book.path(folder)))),
        ("content", [file]) => {
            let bytes = fs::read(book.path(file)).map_err(|error| format!("{file}: {error}"))?;
            Ok((head_of(block), book.normalise(&String::from_utf8_lossy(&bytes))))
        }
        ("expect", [exit, stream @ ..]) if exit.starts_with("exit=") && stream.len() <= 1 => {
            let output = output.ok_or("nothing has been run yet")?;
            let code = output.code.map_or_else(|| "signal".to_owned(), |code| code.to_string());
            let (text, suffix) = match stream {
                [] => (format!("{}{}", output.stdout, output.stderr), String::new()),
                ["stdout"] => (output.stdout.clone(), " stdout".to_owned()),
                ["stderr"] => (output.stderr.clone(), " stderr".to_owned()),
                [other, ..] => return Err(format!("`{other}` is neither `stdout` nor `stderr`")),
            };
            Ok((format!("expect exit={code}{suffix}"), book.normalise(&text)))
        }
        _ => Err("write `expect exit=N`, perhaps with `stdout` or `stderr`, `tree FOLDER` or `content FILE`"
            .into()),
    }
}

fn head_of(block: &Block) -> String {
    let mut head = block.kind.clone();
    for word in &block.words {
        head.push(' ');
        head.push_str(word);
    }
    head
}
