//! `ringback serve` over a real socket: what it answers, what it refuses, and that an edit is seen.

#![allow(clippy::disallowed_methods, reason = "a test sets the scene on disk and talks to a server")]

mod support;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};
use support::book::Book;
use support::server::{PATIENCE, Server, status};

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
        "/./secret.txt",
        "/%2fsecret.txt",
        "/%2e%2e%5csecret.txt",
        "/..;/secret.txt",
        "/\u{ff0e}\u{ff0e}/secret.txt",
        "/..%c0%afsecret.txt",
        "/part-1/lesson-11/..%2f..%2f..%2fsecret.txt",
        "/_ringback/../secret.txt",
        "/_ringback/..%2fsecret.txt",
        "/_ringback/page?/../secret.txt",
        "/_ringback/page?/..%2fsecret.txt",
        "/_ringback/page?secret.txt",
        "/_ringback/client.rs",
        "/_ringback/",
    ] {
        let answer = server.get(path);
        // The live preview is given the page for the lost without an error.
        let is_lost = path.contains("/page?") && answer.contains("<main");
        assert!(is_lost || matches!(status(&answer), 400..=404), "{path}: {answer}");
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
    let open = || server.connect();
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
    let server = Server::start_with(book(), &["--port", "0", "--base-url", address]);
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

/// What a build of the other kind never holds.
#[test]
fn only_served_pages_have_the_live_preview_and_only_once() {
    let server = Server::start(book());
    for path in ["/", "/part-1/lesson-11/", "/contents/", "/no/such/page/"] {
        assert_eq!(server.get(path).matches("data-ringback=").count(), 1, "{path}");
    }
    let answer = server.get("/_ringback/main.js");
    assert!(answer.contains("Content-Type: text/javascript") && answer.contains("nosniff"), "{answer}");
    let mut command = support::run::ringback(server.book.root());
    command.args(["build", "--quiet"]);
    let built = support::run::finish(command, "").expect("it ends");
    assert_eq!(built.code, Some(0), "{}", built.stderr);
    for (path, bytes) in support::tree::read(&server.book.path("site")) {
        assert!(!String::from_utf8_lossy(&bytes).contains("_ringback"), "{path} has the live preview");
    }
}

#[test]
fn a_build_is_in_place_before_it_is_told() {
    let server = Server::start(book());
    let mut events = server.listen();
    assert!(events.head.contains("text/event-stream"), "{}", events.head);
    let first = events.state();
    assert_eq!((&first["errors"], &first["previous"]), (&0.into(), &serde_json::Value::Null));
    for round in 0..5 {
        let words = format!("Spoken in round {round}.");
        server.book.file("content/01-part-1/lesson-11.md", format!("# Lesson 11\n\n{words}\n").as_bytes());
        let state = events.state();
        assert!(server.get("/part-1/lesson-11/").contains(&words), "told of {state} before it was there");
        assert_eq!(state["follow"], "part-1/lesson-11/");
        assert!(server.get("/").contains(&format!("data-ringback={}", state["build"])), "{state}");
    }
    let state = server.get("/_ringback/state");
    assert!(state.contains("\"build\":"), "{state}");
}

#[test]
fn a_listener_hears_a_beat_and_a_mistake_at_its_place() {
    let server = Server::start(book());
    let mut events = server.listen();
    events.state();
    server.book.file("content/01-part-1/lesson-11.md", b"# Lesson 11\n\nA [link](nowhere.md).\n");
    let state = events.state();
    let mistake = &state["mistakes"][0];
    assert_eq!(
        (&mistake["code"], &mistake["page"], &mistake["place"]["line"], &mistake["place"]["column"]),
        (&"broken-link".into(), &"part-1/lesson-11/".into(), &3.into(), &10.into()),
        "{state}"
    );
    let words = &mistake["place"]["words"];
    assert_eq!((&words["before"], &words["marked"]), (&"A [link](".into(), &"nowhere.md".into()), "{words}");
    let editor = mistake["place"]["editor"].as_str().unwrap_or_default();
    assert!(editor.starts_with("vscode://file/") && editor.ends_with("lesson-11.md:3:10"), "{editor}");
    // The terminal has the same words.
    let printed = server.printed().join("\n");
    assert!(printed.contains("lesson-11.md:3:10") && printed.contains("A [link](nowhere.md)."), "{printed}");
    events.next("beat");
    server.book.file("content/01-part-1/lesson-11.md", b"# Lesson 11\n\nNo link.\n");
    assert_eq!(events.state()["mistakes"], serde_json::json!([]));
}

#[test]
fn events_and_states_are_for_its_own_names_only() {
    let server = Server::start(book());
    for path in ["/_ringback/events", "/_ringback/state", "/_ringback/page?/", "/_ringback/main.js"] {
        for host in ["evil.example", "127.0.0.1.evil.example", "192.168.7.7", "0.0.0.0", "[::2]"] {
            let answer = server.ask("GET", path, host);
            assert_eq!(status(&answer), 421, "{path} for {host}: {answer}");
        }
        assert_eq!(status(&server.ask("POST", path, "localhost")), 405, "{path}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn hundreds_of_bad_clients_neither_stop_it_nor_grow_it() {
    let server = Server::start(book());
    let (threads, memory) = (server.status("Threads"), server.status("VmRSS"));
    let answers = |what: &str| {
        let start = Instant::now();
        assert_eq!(status(&server.get("/part-1/lesson-11/")), 200, "{what}");
        assert!(start.elapsed() < Duration::from_secs(5), "{what}: {:?}", start.elapsed());
        assert!(server.status("Threads") < threads + 300, "{what}: {} threads", server.status("Threads"));
        let grown = server.status("VmRSS").saturating_sub(memory);
        assert!(grown < 64 << 10, "{what}: {grown} kB more");
    };
    // Silent, slow (a head that comes byte by byte), and such as never read what they asked for.
    let mut held: Vec<TcpStream> = (0..700).map(|_| server.connect()).collect();
    answers("700 silent clients");
    for (at, stream) in held.iter_mut().enumerate() {
        // Those that were closed for others take no more bytes.
        stream
            .write_all(if at % 2 == 0 {
                b"G"
            } else {
                b"GET /_ringback/main.js HTTP/1.1\r\nHost: localhost\r\n\r\n"
            })
            .ok();
    }
    answers("slow clients and such as do not read");
    for round in 0..5_u8 {
        for client in 0..100_u8 {
            let mut stream = server.connect();
            let noise: Vec<u8> =
                (0..600_u16).map(|at| at.to_le_bytes()[0].wrapping_mul(client).wrapping_add(round)).collect();
            stream.write_all(&noise).ok();
            stream.write_all(b"\r\n\r\n").ok();
        }
        answers("500 malformed requests");
    }
    drop(held);
    for _ in 0..300 {
        server.get("/");
    }
    answers("a flood of good requests");
}

#[test]
#[cfg(target_os = "linux")]
fn listeners_are_bounded_and_leave_room() {
    let server = Server::start(book());
    let request = b"GET /_ringback/events HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let mut refused = 0;
    let mut open = Vec::new();
    for _ in 0..120 {
        let mut stream = server.connect();
        stream.write_all(request).expect("it takes a request");
        let mut head = [0; 12];
        stream.read_exact(&mut head).expect("it answers");
        if &head == b"HTTP/1.1 200" { open.push(stream) } else { refused += 1 }
    }
    assert!(refused > 0 && open.len() >= 50, "{refused} refused, {} open", open.len());
    assert_eq!(status(&server.get("/")), 200, "pages are given all the same");
    // Listeners that hang up make room for others, although nothing is sent.
    drop(open);
    let start = Instant::now();
    loop {
        let mut stream = server.connect();
        stream.write_all(request).expect("it takes a request");
        let mut head = [0; 12];
        stream.read_exact(&mut head).expect("it answers");
        if &head == b"HTTP/1.1 200" {
            break;
        }
        assert!(start.elapsed() < PATIENCE, "no room again");
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn a_second_server_finds_another_port_and_an_open_one_says_what_that_means() {
    let first = Server::start_with(book(), &[]);
    let second = Server::start_with(book(), &[]);
    assert_ne!(first.port, second.port);
    assert!(
        second.printed().iter().any(|line| line.contains("is taken, so this is port")),
        "{:?}",
        second.printed()
    );
    let open = Server::start_with(book(), &["--port", "0", "--host", "0.0.0.0"]);
    let says = |words: &str| open.printed().iter().any(|line| line.contains(words));
    assert!(says("anyone who can reach this machine"), "{:?}", open.printed());
    assert_eq!(status(&open.ask("GET", "/", "192.168.7.7")), 200, "the address by which others reach it");
    assert_eq!(status(&open.ask("GET", "/", "evil.example")), 421, "still no name that is not its own");
    assert!(!first.printed().iter().any(|line| line.contains("anyone who can reach")));
}
