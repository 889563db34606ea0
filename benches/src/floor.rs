//! The physical floor of a build: every lesson is read, parsed, rendered, put between a constant head and foot, and written.
//!
//! No titles, links, highlighting, search or checks: nothing that a build could leave out. What a build costs beyond this is its own.
//! Usage: `floor CONTENT OUTPUT [THREADS]`, two threads unless told.

use pulldown_cmark::{Options, Parser, html};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

const HEAD: &str = include_str!("head.html");
const FOOT: &str = include_str!("foot.html");

/// Where a lesson is, and the folder its page goes to.
struct Lesson {
    from: PathBuf,
    to: PathBuf,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.as_slice() {
        [content, output] => run(content.as_ref(), output.as_ref(), 2),
        [content, output, threads] if threads.parse::<usize>().is_ok_and(|threads| threads > 0) => {
            run(content.as_ref(), output.as_ref(), threads.parse().unwrap_or(2))
        }
        _ => Err(io::Error::other("usage: floor CONTENT OUTPUT [THREADS]")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(content: &Path, output: &Path, threads: usize) -> io::Result<()> {
    let mut lessons = Vec::new();
    list(content, output, &mut lessons)?;
    // Workers take the next lesson from one counter: no queue, no lock, no thread idle before the end.
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(|| work(&lessons, &next))).collect();
        workers.into_iter().try_for_each(|worker| worker.join().expect("a worker does not panic"))
    })
}

fn list(folder: &Path, output: &Path, lessons: &mut Vec<Lesson>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let from = entry.path();
        if entry.file_type()?.is_dir() {
            list(&from, &output.join(entry.file_name()), lessons)?;
        } else if let (Some(stem), Some("md")) =
            (from.file_stem(), from.extension().and_then(|text| text.to_str()))
        {
            let to = if stem == "index" { output.to_path_buf() } else { output.join(stem) };
            lessons.push(Lesson { from, to });
        }
    }
    Ok(())
}

fn work(lessons: &[Lesson], next: &AtomicUsize) -> io::Result<()> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    while let Some(lesson) = lessons.get(next.fetch_add(1, Ordering::Relaxed)) {
        let text = fs::read_to_string(&lesson.from)?;
        let mut page = String::with_capacity(HEAD.len() + FOOT.len() + 2 * text.len());
        page.push_str(HEAD);
        html::push_html(&mut page, Parser::new_ext(body(&text), options));
        page.push_str(FOOT);
        fs::create_dir_all(&lesson.to)?;
        fs::write(lesson.to.join("index.html"), page)?;
    }
    Ok(())
}

/// The text after its front matter.
fn body(text: &str) -> &str {
    let Some(rest) = text.strip_prefix("---\n") else { return text };
    rest.split_once("\n---\n").map_or(text, |(_, body)| body)
}
