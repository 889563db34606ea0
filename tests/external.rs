//! `ringback check --external` against a server of this machine: what it asks, how politely, and what it tells.

#![allow(clippy::disallowed_methods, reason = "a test sets the scene on disk and on a socket")]

mod support;

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};
use support::book::Book;
use support::run;

/// What was asked: method, path, user agent, when.
type Asked = Arc<Mutex<Vec<(String, String, String, Instant)>>>;

/// A server that answers by the path; gives its port and what it was asked.
fn server() -> (u16, Asked) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let port = listener.local_addr().expect("an address").port();
    let asked = Asked::default();
    let seen = Arc::clone(&asked);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut reader = BufReader::new(stream.try_clone().expect("a second handle"));
            let (mut first, mut agent) = (String::new(), String::new());
            reader.read_line(&mut first).ok();
            loop {
                let mut line = String::new();
                if reader.read_line(&mut line).unwrap_or(0) == 0 || line.trim().is_empty() {
                    break;
                }
                if let Some(value) = line.to_ascii_lowercase().strip_prefix("user-agent: ") {
                    value.trim().clone_into(&mut agent);
                }
            }
            let mut words = first.split(' ');
            let method = words.next().unwrap_or("").to_owned();
            let path = words.next().unwrap_or("").to_owned();
            let status = match (method.as_str(), path.as_str()) {
                (_, "/gone") => "404 Not Found",
                ("HEAD", "/only-get") => "405 Method Not Allowed",
                (_, "/people") => "403 Forbidden",
                (_, "/loop") => "302 Found\r\nLocation: /loop",
                (_, "/moved") => "301 Moved\r\nLocation: /fine",
                _ => "200 OK",
            };
            seen.lock().expect("whole").push((method, path, agent, Instant::now()));
            let mut stream = stream;
            write!(stream, "HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").ok();
        }
    });
    (port, asked)
}

fn check(book: &Book, now: &str) -> run::Output {
    let mut command = run::ringback(book.root());
    command.env("SOURCE_DATE_EPOCH", now).args(["check", "--external", "--format", "github"]);
    run::finish(command, "").expect("the check ends")
}

#[test]
fn other_sites_are_asked_politely_and_once() {
    let (port, asked) = server();
    let book = Book::new();
    book.file("book.toml", b"[book]\ntitle = \"Out\"\n");
    let text = format!(
        "# Out\n\n[a](http://127.0.0.1:{port}/fine) [b](http://127.0.0.1:{port}/gone) [c](http://127.0.0.1:{port}/only-get)\n\
         [d](http://127.0.0.1:{port}/people) [e](http://127.0.0.1:{port}/loop) [f](http://127.0.0.1:{port}/moved)\n\
         [g](http://127.0.0.1:{port}/fine#part) `http://127.0.0.1:{port}/code`\n"
    );
    book.file("content/index.md", text.as_bytes());
    let output = check(&book, "1000000");
    assert_eq!(output.code, Some(1), "{}{}", output.stdout, output.stderr);
    let lines: Vec<&str> = output.stdout.lines().collect();
    assert_eq!(lines.len(), 2, "{}", output.stdout);
    assert!(lines[0].contains("line=3") && lines[0].contains("/gone` answers 404"), "{}", lines[0]);
    assert!(lines[1].contains("line=4") && lines[1].contains("/loop` redirects without end"), "{}", lines[1]);

    let seen = asked.lock().expect("whole").clone();
    let of =
        |path: &str| seen.iter().filter(|one| one.1 == path).map(|one| one.0.as_str()).collect::<Vec<_>>();
    assert_eq!(of("/gone"), ["HEAD", "GET"], "a second way before the verdict");
    assert_eq!((of("/only-get"), of("/people")), (vec!["HEAD", "GET"], vec!["HEAD"]));
    assert!(of("/loop").len() <= 18, "redirects are bounded: {}", of("/loop").len());
    assert!(of("/code").is_empty());
    assert!(seen.iter().all(|one| one.2.starts_with("ringback/")), "{seen:?}");
    // Redirects are followed at once; questions of our own wait.
    let own: Vec<&Instant> =
        seen.iter().filter(|one| one.1 != "/loop" && one.1 != "/fine").map(|one| &one.3).collect();
    for pair in own.windows(2) {
        assert!(pair[1].duration_since(*pair[0]) >= Duration::from_millis(250), "one host is asked too fast");
    }

    // Half an hour later nothing is asked, the verdict is the same; two hours later the bad ones are asked again.
    let before = seen.len();
    let again = check(&book, "1001800");
    assert_eq!((again.code, &again.stdout), (Some(1), &output.stdout));
    assert_eq!(asked.lock().expect("whole").len(), before);
    check(&book, "1007200");
    let later = asked.lock().expect("whole").clone();
    assert!(
        later[before..].iter().all(|one| matches!(one.1.as_str(), "/gone" | "/loop")),
        "{:?}",
        &later[before..]
    );
    assert!(later.len() > before);
}
