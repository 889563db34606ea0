//! `ringback serve` over a real socket: what it answers, what it refuses, and that an edit is seen.

#![allow(clippy::disallowed_methods, reason = "a test sets the scene on disk and talks to a server")]

mod support;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};
use support::book::Book;
use support::run;

const PATIENCE: Duration = Duration::from_secs(30);

/// A running server over a playbook; it ends with its value.
struct Server {
    book: Book,
    child: Child,
    port: u16,
}

impl Server {
    fn start(book: Book) -> Self {
        Self::start_with(book, &[])
    }

    fn start_with(book: Book, arguments: &[&str]) -> Self {
        let mut command = run::ringback(book.root());
        command
            .args(["serve", "--port", "0"])
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("the server starts");
        let (sender, receiver) = std::sync::mpsc::channel();
        let pipes: [Box<dyn Read + Send>; 2] =
            [Box::new(child.stdout.take().expect("piped")), Box::new(child.stderr.take().expect("piped"))];
        for pipe in pipes {
            let sender = sender.clone();
            std::thread::spawn(move || {
                for line in BufReader::new(pipe).lines().map_while(Result::ok) {
                    if let Some(port) = port_in(&line) {
                        sender.send(port).ok();
                    }
                }
            });
        }
        let port = receiver.recv_timeout(PATIENCE).expect("the server says where it listens");
        Self { book, child, port }
    }

    /// Sends bytes as they are and returns everything that comes back.
    fn raw(&self, request: &[u8]) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the server accepts");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time limit can be set");
        stream.write_all(request).ok();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).ok();
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn get(&self, path: &str) -> String {
        self.ask("GET", path, &format!("localhost:{}", self.port))
    }

    fn ask(&self, method: &str, path: &str, host: &str) -> String {
        self.raw(format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").as_bytes())
    }

    /// Asks until the answer fits, as long as patience lasts.
    fn wait_for(&self, path: &str, fits: impl Fn(&str) -> bool) -> String {
        let start = Instant::now();
        loop {
            let answer = self.get(path);
            if fits(&answer) {
                return answer;
            }
            assert!(start.elapsed() < PATIENCE, "{path} never became what was wanted:\n{answer}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// The port in a line such as `http://127.0.0.1:4000/`.
fn port_in(line: &str) -> Option<u16> {
    let (_, rest) = line.split_once("http://")?;
    let (_, port) = rest.split_once(':')?;
    port.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()
}

fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|text| text.parse().ok()).unwrap_or(0)
}

fn book() -> Book {
    let book = Book::new();
    book.lessons(12, "Leave your number twice.");
    book.file("secret.txt", b"not part of the site");
    book
}

#[test]
fn it_serves_pages_assets_and_a_page_for_the_lost() {
    let server = Server::start(book());
    let home = server.get("/");
    assert_eq!(status(&home), 200, "{home}");
    assert!(home.to_lowercase().contains("content-type: text/html; charset=utf-8"), "{home}");
    assert!(home.contains("Calls returned"));
    let lesson = server.get("/part-1/lesson-11/");
    assert!(lesson.contains("Leave your number twice."), "{lesson}");
    let style =
        home.split("href=\"").filter_map(|part| part.split('"').next()).find(|href| href.contains(".css"));
    let answer = server.get(style.expect("the page has a style"));
    assert!(answer.to_lowercase().contains("content-type: text/css"), "{answer}");
    let lost = server.get("/no/such/page/");
    assert_eq!(status(&lost), 404);
    assert!(lost.contains("<main"), "the theme's own page: {lost}");
    let slashless = server.get("/part-1/lesson-11");
    assert!(matches!(status(&slashless), 200 | 301 | 302 | 307 | 308), "{slashless}");
    let head = server.ask("HEAD", "/", &format!("localhost:{}", server.port));
    assert_eq!(status(&head), 200);
    assert!(!head.contains("<html"), "HEAD has no body");
}

#[test]
fn it_refuses_what_is_not_the_site() {
    let server = Server::start(book());
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e%2fsecret.txt",
        "//secret.txt",
        "/..\\secret.txt",
        "/..%5csecret.txt",
        "/%252e%252e/secret.txt",
        "/part-1/../../secret.txt",
        "/secret.txt",
        "/book.toml",
        "/content/index.md",
        "/%00",
        "/%",
        "/%ff%fe",
        "http://localhost/../secret.txt",
    ] {
        let answer = server.get(path);
        assert!(matches!(status(&answer), 400..=404), "{path}: {answer}");
        assert!(!answer.contains("not part of the site"), "{path}");
    }
    for host in ["evil.example", "evil.example:80", "localhost.evil.example", "127.0.0.1.evil.example", ""] {
        let answer = server.ask("GET", "/", host);
        assert!(matches!(status(&answer), 400..=499), "host `{host}`: {answer}");
        assert!(!answer.contains("Calls returned"), "host `{host}` is given the page");
    }
    for host in ["localhost", "127.0.0.1", "[::1]"] {
        assert_eq!(status(&server.ask("GET", "/", &format!("{host}:{}", server.port))), 200, "{host}");
    }
    for method in ["POST", "PUT", "DELETE", "BREW"] {
        let answer = server.ask(method, "/", &format!("localhost:{}", server.port));
        assert!(matches!(status(&answer), 400..=501), "{method}: {answer}");
        assert_ne!(status(&answer), 200, "{method}");
    }
}

#[test]
fn it_survives_clients_that_stall_lie_or_flood() {
    let server = Server::start(book());
    let open = || TcpStream::connect(("127.0.0.1", server.port)).expect("the server accepts");
    let mut stalled: Vec<TcpStream> = (0..50).map(|_| open()).collect();
    for stream in &mut stalled {
        stream.write_all(b"GET / HTTP/1.1\r\nHost: loc").ok();
    }
    for bytes in [
        b"\0\0\0\0\r\n\r\n".as_slice(),
        b"GET",
        b"\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        &b"A".repeat(200_000),
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n",
    ] {
        let mut stream = open();
        stream.write_all(bytes).ok();
        stream.shutdown(std::net::Shutdown::Write).ok();
    }
    let start = Instant::now();
    assert_eq!(status(&server.get("/")), 200);
    assert!(
        start.elapsed() < Duration::from_secs(5),
        "others wait for a client that stalls: {:?}",
        start.elapsed()
    );
}

#[test]
fn an_edit_is_seen_and_a_mistake_keeps_the_last_good_site() {
    let server = Server::start(book());
    let lesson = "content/01-part-1/lesson-11.md";
    server.book.file(lesson, b"# Lesson 11\n\nSpoken slowly.\n");
    server.wait_for("/part-1/lesson-11/", |answer| answer.contains("Spoken slowly."));

    server.book.file("content/02-new/first.md", b"# A new lesson\n\nJust written.\n");
    server.wait_for("/new/first/", |answer| answer.contains("Just written."));

    server.book.file("book.toml", b"[book\ntitle = 1\n");
    std::thread::sleep(Duration::from_millis(600));
    let answer = server.get("/part-1/lesson-11/");
    assert!(answer.contains("Spoken slowly."), "the last good site stays: {answer}");

    server.book.file("book.toml", b"[book]\ntitle = \"Calls answered\"\n");
    server.wait_for("/", |answer| answer.contains("Calls answered"));
}

#[test]
fn it_serves_at_the_root_or_under_the_path_that_it_is_given() {
    let address = "https://host.example/team/playbook/";
    let book = || {
        let book = book();
        let settings = format!("[book]\ntitle = \"Calls returned\"\nbase_url = \"{address}\"\n");
        book.file("book.toml", settings.as_bytes());
        book
    };
    let server = Server::start(book());
    assert_eq!(status(&server.get("/")), 200, "on this machine the site is at the root");
    drop(server);
    let server = Server::start_with(book(), &["--base-url", address]);
    assert!(server.get("/team/playbook/part-1/lesson-11/").contains("Leave your number twice."));
    assert_eq!(status(&server.get("/")), 301, "the bare address leads to the site");
    assert_eq!(status(&server.get("/part-1/lesson-11/")), 404);
}

#[test]
#[cfg(unix)]
fn it_ends_at_once_when_told_to() {
    for signal in ["INT", "TERM"] {
        let mut server = Server::start(book());
        let told = std::process::Command::new("kill")
            .args([&format!("-{signal}"), &server.child.id().to_string()])
            .status();
        assert!(told.is_ok_and(|status| status.success()));
        let start = Instant::now();
        let ended = loop {
            if let Some(ended) = server.child.try_wait().expect("the server can be asked") {
                break ended;
            }
            assert!(start.elapsed() < PATIENCE, "it does not end on {signal}");
            std::thread::sleep(Duration::from_millis(5));
        };
        assert_eq!(ended.code(), Some(0), "{signal}");
        assert!(start.elapsed() < Duration::from_secs(2), "{signal}: {:?}", start.elapsed());
    }
}
