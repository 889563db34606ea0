//! After any sequence of edits, the site that a warm cache makes is byte for byte the site of a clean build, and every file that is
//! rendered on demand is the file of that site.

#![allow(clippy::disallowed_methods, reason = "a test sets the scene on disk")]

mod support;

use ringback::cache::Cache;
use ringback::diag::{Diagnostics, human};
use ringback::load::{self, Refreshed};
use ringback::render::OnDemand;
use ringback::resolve::View;
use ringback::source::Sources;
use ringback::{Built, Options, Prepared, prepare, settings};
use std::path::Path;
use support::book::Book;

const RULE: &str =
    "id: no-brag\ntitle: No bragging\nwhy: It is about you.\nfix: Say what is in it for them.\n";

/// Numbers that look random and are the same every time (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).expect("a small number")
    }
}

fn options() -> Options {
    let today = "2026-11-22".parse().expect("a day");
    Options { view: View { drafts: true, future: false, today }, base_url: None, published: false }
}

/// What `serve` does with a change, without the serving.
struct Desk {
    cache: Cache,
    sources: Sources,
}

impl Desk {
    fn prepare(&mut self, root: &Path, changed: &[String]) -> Prepared {
        let mut diagnostics = Diagnostics::default();
        let refreshed = load::refresh(&mut self.sources, changed).expect("files can be read");
        if refreshed == Refreshed::More {
            self.sources = load::sources(root, &mut diagnostics).expect("files can be read");
        }
        let loaded = settings(self.sources.clone(), diagnostics);
        prepare(loaded, &options(), &self.cache, &|_| {}).expect("a book")
    }
}

fn clean(root: &Path) -> Built {
    ringback::build(root, &options(), &|_| {}).expect("a site")
}

fn assert_same(prepared: Prepared, clean: &Built, what: &str) {
    let on_demand = OnDemand::new(&prepared.config, &prepared.book, &prepared.theme);
    let paths: Vec<String> = clean.site.files.keys().cloned().collect();
    assert_eq!(on_demand.paths(), paths, "{what}: other files on demand");
    for (path, wanted) in &clean.site.files {
        assert!(on_demand.file(path).as_ref() == Some(wanted), "{what}: {path} is another file on demand");
    }
    drop(on_demand);
    let built = prepared.render(None);
    for (path, wanted) in &clean.site.files {
        let found = built.site.files.get(path);
        if found != Some(wanted) {
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            let found = found.map_or_else(String::new, |bytes| text(bytes));
            panic!("{what}: {path} is not that of a clean build\n{}", difference(&found, &text(wanted)));
        }
    }
    assert_eq!(built.site.files.len(), clean.site.files.len(), "{what}: files that a clean build has not");
    let told = |built: &Built| human::render(&built.diagnostics, &built.sources, false);
    assert_eq!(told(&built), told(clean), "{what}: other mistakes");
}

/// Where two texts begin to differ.
fn difference(found: &str, wanted: &str) -> String {
    let at = found.bytes().zip(wanted.bytes()).position(|(a, b)| a != b).unwrap_or(0).saturating_sub(60);
    let cut = |text: &str| text.chars().skip(at).take(200).collect::<String>();
    format!("found:  {}\nwanted: {}", cut(found), cut(wanted))
}

/// A small playbook with something of everything.
fn playbook() -> Book {
    let book = Book::new();
    book.file("book.toml", b"[book]\ntitle = \"Calls returned\"\nbase_url = \"https://a.example/x/\"\n");
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    for folder in ["rules", "methods", "lexicon"] {
        for entry in walkdir::WalkDir::new(shipped.join(folder)).into_iter().flatten() {
            if entry.file_type().is_file() {
                let path = entry.path().strip_prefix(&shipped).expect("below it");
                let bytes = std::fs::read(entry.path()).expect("a rule can be read");
                book.file(&format!("content/{}", path.display()), &bytes);
            }
        }
    }
    book.file("content/index.md", b"# Calls\n\nStart [here](01-part/01-lesson.md#top).\n");
    for part in 1..=2 {
        for lesson in 1..=4 {
            book.file(
                &format!("content/0{part}-part/0{lesson}-lesson.md"),
                lesson_text(part, lesson, "Say who you are.").as_bytes(),
            );
        }
    }
    book.file(
        "content/glossary.md",
        b"---\ntitle: Glossary\nkind: glossary\n---\n\nGatekeeper\n: Who picks up.\n",
    );
    book.file("content/01-part/99-worked.md", EXAMPLE.as_bytes());
    book.file(
        "content/01-part/dot.svg",
        b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"5\"></svg>",
    );
    book
}

fn lesson_text(part: usize, lesson: usize, words: &str) -> String {
    let next = lesson % 4 + 1;
    format!(
        "---\ntitle: Lesson {part}.{lesson}\n---\n\n{words} See [the next](0{next}-lesson.md#top), [a rule](rule:single-ask), [a term](term:gatekeeper).\n\n\
         ## Top\n\n![A dot](../01-part/dot.svg)\n\n```sh\necho {lesson}\n```\n"
    )
}

const EXAMPLE: &str = "---\ntitle: Worked\n---\n\n```example\nid: one\ntitle: One\nmethod: sell-the-call\nbefore:\n  channel: voicemail\n  text: |\n    Hi, this is Sam at Elm Tools. We are the best.\nafter:\n  channel: voicemail\n  text: |\n    Hi Dana, it is Sam at Elm Tools, 555 0142. Call me back: 555 0142.\n```\n";

/// Makes one random change; answers with the paths that a watcher would tell, and what it was.
fn edit(book: &Book, random: &mut Random, step: usize) -> (Vec<String>, String) {
    let (part, lesson) = (1 + random.below(2), 1 + random.below(4));
    let path = format!("content/0{part}-part/0{lesson}-lesson.md");
    let there = |path: &str| book.path(path).exists();
    let kind = random.below(23);
    let write = |path: &str, text: &str| {
        book.file(path, text.as_bytes());
        vec![path.to_owned()]
    };
    let rewrite = |path: &str, from: &str, to: &str| {
        let text = std::fs::read_to_string(book.path(path)).unwrap_or_default();
        write(path, &text.replacen(from, to, 1))
    };
    let paths = match kind {
        0 | 1 => write(&path, &lesson_text(part, lesson, &format!("Words of step {step}."))),
        2 => write(
            &path,
            &lesson_text(part, lesson, "As it was.").replacen("Lesson", &format!("Title {step}"), 1),
        ),
        3 => write(&path, &lesson_text(part, lesson, "Another heading.").replace("## Top", "## Elsewhere")),
        4 => {
            write(&path, &lesson_text(part, lesson, &format!("A [link](nowhere-{step}.md) and [one](#no).")))
        }
        5 => write(
            &path,
            &lesson_text(part, lesson, "x")
                .replace("---\n\n", &format!("description: Step {step}\nmethods: [sell-the-call]\n---\n\n")),
        ),
        6 if there(&path) => {
            std::fs::remove_file(book.path(&path)).expect("it is there");
            vec![path]
        }
        7 => {
            let to = format!("content/0{part}-part/moved-{step}.md");
            if there(&path) {
                std::fs::rename(book.path(&path), book.path(&to)).expect("it is there");
            }
            vec![path, to]
        }
        8 => write(&format!("content/03-new-{step}/page.md"), "# New\n\nWritten just now.\n"),
        9 => rewrite("content/rules/single-ask.yaml", "title: ", &format!("title: Step {step} ")),
        10 => write(&format!("content/rules/no-brag-{step}.yaml"), RULE),
        11 => rewrite("content/methods/sell-the-call.yaml", "title: ", &format!("title: Step {step} ")),
        12 => write(
            "book.toml",
            &format!(
                "[book]\ntitle = \"Step {step}\"\nbase_url = \"https://a.example/x/\"\n[output]\ntheme = \"ours\"\n"
            ),
        ),
        13 => write("themes/ours/css/tokens.css", &format!(":root {{ --paper: #{:06x}; }}\n", step * 77)),
        14 => write("themes/ours/partials/footer.html", &format!("<footer><p>Step {step}</p></footer>\n")),
        15 => write(
            "content/01-part/99-worked.md",
            &EXAMPLE
                .replace("the best", &format!("number {step}"))
                .replace("id: one", if step.is_multiple_of(2) { "id: one" } else { "id: two" }),
        ),
        16 => write(
            "content/glossary.md",
            &format!(
                "---\ntitle: Glossary\nkind: glossary\n---\n\nGatekeeper\n: Who picks up at step {step}.\n\nHook {step}\n: A word.\n"
            ),
        ),
        17 => rewrite("content/rules/single-ask.yaml", "- ", &format!("- step {step} | ")),
        18 => write("content/lexicon/own.yaml", &format!("words:\n  own-list: [step {step}, another]\n")),
        19 => write("themes/ours/i18n/en.yaml", &format!("next: Step {step}\n")),
        20 => write("themes/ours/js/lib/dom.js", &format!("export const el = () => {step}\n")),
        21 => write(
            &path,
            &lesson_text(part, lesson, "x").replace("---\n\n", &format!("order: {}\n---\n\n", step % 5)),
        ),
        _ => write(
            "content/01-part/dot.svg",
            &format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"5\"></svg>", step + 1),
        ),
    };
    (paths.clone(), format!("step {step}, kind {kind}, {paths:?}"))
}

#[test]
fn a_warm_cache_makes_the_site_of_a_clean_build() {
    let steps: usize = std::env::var("STEPS").ok().and_then(|text| text.parse().ok()).unwrap_or(24);
    let book = playbook();
    let mut random = Random(std::env::var("SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(7));
    let mut desk = Desk { cache: Cache::kept(), sources: Sources::default() };
    desk.sources = load::sources(book.root(), &mut Diagnostics::default()).expect("files can be read");
    assert_same(desk.prepare(book.root(), &[]), &clean(book.root()), "at first");
    for step in 0..steps {
        // Sometimes several edits come in one burst.
        let mut paths = Vec::new();
        let mut what = String::new();
        for _ in 0..=random.below(6).saturating_sub(3) {
            let (more, said) = edit(&book, &mut random, step);
            paths.extend(more);
            what = format!("{what} {said}");
        }
        assert_same(desk.prepare(book.root(), &paths), &clean(book.root()), &what);
    }
}

#[test]
fn what_an_edit_does_not_reach_is_not_made_again() {
    let book = playbook();
    let mut desk = Desk { cache: Cache::kept(), sources: Sources::default() };
    desk.sources = load::sources(book.root(), &mut Diagnostics::default()).expect("files can be read");
    let before = desk.prepare(book.root(), &[]);
    let path = "content/01-part/02-lesson.md";
    book.file(path, lesson_text(1, 2, "Other words.").as_bytes());
    let after = desk.prepare(book.root(), &[path.to_owned()]);
    let same: Vec<&str> = (before.book.pages.iter().zip(&after.book.pages))
        .filter(|(a, b)| !std::sync::Arc::ptr_eq(a, b))
        .map(|(a, _)| a.path.as_str())
        .collect();
    // A page with a block is resolved again, because it may depend on more than is compared.
    assert_eq!(same, [path, "content/01-part/99-worked.md"]);
    assert!(std::sync::Arc::ptr_eq(&before.theme, &after.theme));
    assert!(std::sync::Arc::ptr_eq(&before.book.rulebook, &after.book.rulebook));
    let report = |prepared: &Prepared| std::sync::Arc::clone(&prepared.book.examples[0].before.report);
    assert!(std::sync::Arc::ptr_eq(&report(&before), &report(&after)), "a script is not graded again");
}
