//! `ringback serve` with the real watcher over real files: however files change, there is one rebuild and it is right.

#![allow(clippy::disallowed_methods, reason = "a test sets the scene on disk and talks to a server")]

mod support;

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;
use support::book::Book;
use support::run;
use support::server::{PATIENCE, Server, status};

const LESSON: &str = "content/01-part-1/lesson-11.md";
const URL: &str = "/part-1/lesson-11/";

fn serve() -> Server {
    let book = Book::new();
    book.lessons(24, "Leave your number twice.");
    Server::start(book)
}

/// Waits for an answer, and then a little for rebuilds too many.
fn once(server: &Server, path: &str, fits: impl Fn(&str) -> bool) {
    server.wait_for(path, fits);
    std::thread::sleep(Duration::from_millis(500));
    let rebuilds = server.rebuilds();
    assert_eq!(rebuilds.len(), 1, "{rebuilds:?}");
}

#[test]
fn a_save_says_one_calm_line() {
    let server = serve();
    server.book.file(LESSON, b"# Lesson 11\n\nSpoken slowly.\n");
    once(&server, URL, |answer| answer.contains("Spoken slowly."));
    let line = server.rebuilds().remove(0);
    assert!(line.starts_with(&format!("{LESSON}: ")) && line.ends_with(" ms, no mistakes found"), "{line}");
}

#[test]
fn an_editor_may_save_by_renaming() {
    let server = serve();
    let (path, beside) = (server.book.path(LESSON), server.book.path("content/01-part-1/lesson-11.md.tmp"));
    fs::write(&beside, "# Lesson 11\n\nWritten beside.\n").expect("it can be written");
    fs::rename(&beside, &path).expect("it can be renamed");
    once(&server, URL, |answer| answer.contains("Written beside."));
    drop(server);

    // The old file becomes the backup, and a new one takes its name.
    let server = serve();
    let (path, backup) = (server.book.path(LESSON), server.book.path(&format!("{LESSON}~")));
    fs::rename(&path, backup).expect("it can be renamed");
    fs::write(&path, "# Lesson 11\n\nWritten anew.\n").expect("it can be written");
    once(&server, URL, |answer| answer.contains("Written anew."));
}

#[test]
#[cfg(target_os = "linux")]
fn a_file_may_be_written_in_pieces() {
    let server = serve();
    let mut file = fs::File::create(server.book.path(LESSON)).expect("it can be opened");
    for piece in ["# Lesson 11\n\n", "The first half, ", "and the rest.\n"] {
        file.write_all(piece.as_bytes()).expect("it can be written");
        file.flush().expect("it can be written");
        std::thread::sleep(Duration::from_millis(30));
    }
    drop(file);
    once(&server, URL, |answer| answer.contains("The first half, and the rest."));
}

#[test]
fn a_file_may_be_touched_twice_or_saved_without_a_change() {
    let server = serve();
    let text = b"# Lesson 11\n\nSaved twice.\n";
    server.book.file(LESSON, text);
    server.wait_for(URL, |answer| answer.contains("Saved twice."));
    for _ in 0..3 {
        std::thread::sleep(Duration::from_millis(60));
        server.book.file(LESSON, text);
        let file = fs::File::options().append(true).open(server.book.path(LESSON)).expect("it is there");
        file.set_modified(std::time::SystemTime::now()).expect("it has a time");
    }
    once(&server, URL, |answer| answer.contains("Saved twice."));
}

#[test]
fn a_branch_may_be_checked_out() {
    let book = Book::new();
    book.lessons(300, "On the main branch.");
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.current_dir(book.root()).env("HOME", book.root()).args([
            "-c",
            "user.name=A",
            "-c",
            "user.email=a@a.example",
        ]);
        let done = command.args(arguments).output().expect("git runs");
        assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    };
    git(&["init", "--quiet", "--initial-branch=main"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "-m", "Lessons"]);
    git(&["checkout", "--quiet", "-b", "other"]);
    book.lessons(290, "On the other branch.");
    fs::remove_dir_all(book.path("content/29-part-29")).expect("it is there");
    book.file("content/30-more/new.md", b"# New\n\nOnly here.\n");
    git(&["add", "."]);
    git(&["commit", "--quiet", "-m", "Other lessons"]);
    git(&["checkout", "--quiet", "main"]);
    let server = Server::start(book);
    let root = server.book.root();
    let done = Command::new("git")
        .current_dir(root)
        .env("HOME", root)
        .args(["checkout", "--quiet", "other"])
        .status();
    assert!(done.is_ok_and(|status| status.success()));
    once(&server, "/part-1/lesson-11/", |answer| answer.contains("On the other branch."));
    assert_eq!(status(&server.get("/part-29/lesson-295/")), 404);
    assert!(server.get("/more/new/").contains("Only here."));
    assert!(server.get("/part-28/lesson-289/").contains("On the other branch."));
}

#[test]
fn files_and_folders_may_move_go_and_come() {
    let server = serve();
    fs::rename(server.book.path(LESSON), server.book.path("content/00-part-0/moved.md"))
        .expect("it is there");
    once(&server, "/part-0/moved/", |answer| status(answer) == 200);
    assert_eq!(status(&server.get(URL)), 404);
    drop(server);

    let server = serve();
    fs::remove_dir_all(server.book.path("content/01-part-1")).expect("it is there");
    once(&server, URL, |answer| status(answer) == 404);
    assert!(!server.get("/contents/").contains("Lesson 12"), "the list of lessons has let it go");
    drop(server);

    let server = serve();
    let away = server.book.path("elsewhere");
    fs::create_dir(&away).expect("it can be made");
    fs::write(away.join("come.md"), "# Come\n\nFrom elsewhere.\n").expect("it can be written");
    fs::rename(&away, server.book.path("content/05-come")).expect("it can be moved");
    once(&server, "/come/come/", |answer| answer.contains("From elsewhere."));
    server.book.file("content/05-come/come.md", b"# Come\n\nEdited there.\n");
    server.wait_for("/come/come/", |answer| answer.contains("Edited there."));
}

#[test]
fn a_name_may_change_its_case() {
    let server = serve();
    fs::rename(server.book.path(LESSON), server.book.path("content/01-part-1/Lesson-11.md"))
        .expect("it is there");
    std::thread::sleep(Duration::from_millis(300));
    once(&server, URL, |answer| status(answer) == 200);
    assert!(server.rebuilds()[0].ends_with("no mistakes found"), "{:?}", server.printed());
}

#[test]
fn a_theme_may_come_later_and_its_styles_change() {
    let server = serve();
    server.book.file("themes/ours/css/tokens.css", b":root { --paper: red; }\n");
    server.book.file("book.toml", b"[book]\ntitle = \"Calls returned\"\n[output]\ntheme = \"ours\"\n");
    let style = |answer: &str| {
        answer
            .split("href=\"")
            .filter_map(|part| part.split('"').next())
            .find(|one| one.contains(".css"))
            .map(str::to_owned)
    };
    let wait = |words: &str| {
        let start = std::time::Instant::now();
        while !server.get(&style(&server.get("/")).expect("a style")).contains(words) {
            assert!(start.elapsed() < support::server::PATIENCE, "the style never has `{words}`");
            std::thread::sleep(Duration::from_millis(20));
        }
    };
    wait("--paper: red");
    server.book.file("themes/ours/css/tokens.css", b":root { --paper: blue; }\n");
    wait("--paper: blue");
}

#[test]
fn a_page_that_cannot_be_read_stays_as_it_was() {
    let server = serve();
    let mut events = server.listen();
    assert_eq!(events.state()["held"], serde_json::json!([]));
    server.book.file(LESSON, b"---\ntitle: [unclosed\n---\n\nNew words.\n");
    let state = events.state();
    assert_eq!(state["held"], serde_json::json!(["part-1/lesson-11/"]), "{state}");
    assert_eq!(state["mistakes"][0]["place"]["path"], LESSON);
    assert!(server.get(URL).contains("Leave your number twice."), "the last good page");
    // Other pages go on.
    server.book.file("content/00-part-0/lesson-3.md", b"# Lesson 3\n\nStill alive.\n");
    server.wait_for("/part-0/lesson-3/", |answer| answer.contains("Still alive."));
    assert!(server.get(URL).contains("Leave your number twice."), "the last good page, one build later");
    server.book.file(LESSON, b"---\ntitle: Closed\n---\n\nNew words.\n");
    server.wait_for(URL, |answer| answer.contains("New words."));

    // A mistake in what all pages are made of keeps them all.
    server.book.file("book.toml", b"[book\ntitle = 1\n");
    loop {
        let state = events.state();
        if state["allHeld"] == true {
            assert_eq!(state["mistakes"][0]["code"], "bad-toml");
            break;
        }
    }
    assert!(server.get("/").contains("Calls returned"));
}

/// `ringback check --watch` with the lines that it prints.
struct Watch(Child, Receiver<String>);

impl Watch {
    fn start(book: &Book) -> Self {
        let mut command = run::ringback(book.root());
        command.args(["check", "--watch"]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("it starts");
        let pipe = BufReader::new(child.stderr.take().expect("piped"));
        let (sender, receiver) = channel();
        std::thread::spawn(move || pipe.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        Self(child, receiver)
    }

    /// The lines up to and with the one that begins so.
    fn until(&self, start: &str) -> Vec<String> {
        let mut lines = Vec::new();
        loop {
            let line = self
                .1
                .recv_timeout(PATIENCE)
                .unwrap_or_else(|_| panic!("no line `{start}` after {lines:#?}"));
            let is_last = line.starts_with(start);
            lines.push(line);
            if is_last {
                return lines;
            }
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

#[test]
fn check_looks_again_after_every_change() {
    let book = Book::new();
    book.lessons(24, "Leave your number twice.");
    let watch = Watch::start(&book);
    assert_eq!(watch.until("looked at everything"), ["looked at everything: no mistakes found"]);

    book.file(LESSON, b"# Lesson 11\n\n[Gone](nowhere.md)\n");
    let said = watch.until(&format!("{LESSON} changed")).join("\n");
    assert!(said.contains("broken-link") && said.contains(&format!("{LESSON}:3:")), "{said}");
    assert!(said.ends_with(": 1 error"), "{said}");

    book.file(LESSON, b"# Lesson 11\n\nMended.\n");
    assert_eq!(watch.until(&format!("{LESSON} changed")), [format!("{LESSON} changed: no mistakes found")]);
}
