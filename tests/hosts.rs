//! What hosts get: recipes that parse, compressed copies, headers and redirects, and a real nginx where there is one.

#![allow(clippy::case_sensitive_file_extension_comparisons, reason = "these names are ours")]
#![allow(clippy::disallowed_methods, reason = "a test sets the scene on disk")]

mod support;

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;
use support::book::Book;
use support::{run, tree};

fn build(book: &Book, args: &[&str]) -> (Option<i32>, String) {
    let mut command = run::ringback(book.root());
    command.arg("build").args(args);
    let ended = run::finish(command, "").expect("the build ends");
    (ended.code, ended.stderr)
}

fn small() -> Book {
    let book = Book::new();
    book.file("book.toml", b"[book]\ntitle = \"Calls returned\"\n");
    book.file(
        "content/index.md",
        "# Calls returned\n\nLeave your number twice. [first](first.md)\n".as_bytes(),
    );
    book.file("content/first.md", b"---\naliases: [/old/first/]\n---\n\n# First\n");
    book
}

/// Every recipe's YAML and TOML is read by a parser; the rest by what runs it.
#[test]
fn recipes_parse() {
    let recipes = tree::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("recipes"));
    assert!(recipes.len() >= 8, "{:?}", recipes.keys());
    for (name, bytes) in &recipes {
        let text = String::from_utf8(bytes.clone()).expect("UTF-8");
        assert!(text.contains("ringback build") || name.ends_with("nginx.conf"), "{name} builds");
        if name.ends_with(".yml") {
            let sources = ringback::source::Sources::in_memory(&[("recipe.yaml", &text)]);
            let mut diagnostics = ringback::diag::Diagnostics::default();
            let file = sources.find("recipe.yaml").expect("the recipe");
            let root = ringback::yaml::parse(
                &ringback::yaml::YamlText::contiguous(&text, file, 0),
                &mut diagnostics,
            );
            assert!(root.is_some() && diagnostics.is_empty(), "{name}: {diagnostics:?}");
        } else if name.ends_with(".toml") {
            toml::from_str::<toml::Table>(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        } else if name.ends_with(".sh") {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("recipes").join(name);
            let status = Command::new("sh").arg("-n").arg(path).status().expect("sh runs");
            assert!(status.success(), "{name}");
        }
    }
}

#[test]
fn compressed_copies_are_part_of_the_site_and_stay_where_nothing_changed() {
    let book = small();
    let (code, output) = build(&book, &["--precompress"]);
    assert_eq!(code, Some(0), "{output}");
    let site = tree::read(&book.path("site"));
    for name in ["index.html", "404.html", "sw.js"] {
        assert!(
            site.contains_key(&format!("{name}.gz")) && site.contains_key(&format!("{name}.br")),
            "{name}"
        );
    }
    let modified = |name: &str| {
        fs::metadata(book.path("site").join(name)).and_then(|one| one.modified()).expect("a time")
    };
    let before = modified("404.html.br");
    book.file("content/first.md", b"---\naliases: [/old/first/]\n---\n\n# First\n\nMore words.\n");
    let (code, output) = build(&book, &["--precompress"]);
    assert_eq!(code, Some(0), "{output}");
    assert_eq!(before, modified("404.html.br"));
    assert_ne!(site["first/index.html.gz"], tree::read(&book.path("site"))["first/index.html.gz"]);
    let (code, output) = build(&book, &[]);
    assert_eq!(code, Some(0), "{output}");
    assert!(
        !tree::read(&book.path("site")).keys().any(|name| name.ends_with(".gz") || name.ends_with(".br"))
    );
}

#[test]
fn the_manifest_lists_files_as_they_are_and_is_no_part_of_the_site() {
    let book = small();
    let (code, output) = build(&book, &["--manifest", "build.json"]);
    assert_eq!(code, Some(0), "{output}");
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(book.path("build.json")).expect("it is there")).expect("JSON");
    let site = tree::read(&book.path("site"));
    let files = manifest["files"].as_object().expect("files");
    assert_eq!(files.len(), site.len() - 1, "all but the record");
    for (name, facts) in files {
        assert_eq!(facts["bytes"], site[name].len(), "{name}");
        assert_eq!(facts["blake3"], blake3::hash(&site[name]).to_hex().as_str(), "{name}");
    }
    let (code, output) = build(&book, &["--manifest", "site/build.json"]);
    assert_eq!(code, Some(2));
    assert!(output.contains("would be part of the site"), "{output}");
}

/// The configuration of `new --ci nginx` under a real nginx: compressed pages, headers, the page for lost readers.
#[test]
#[cfg(unix)]
fn nginx_serves_the_site_as_its_recipe_says() {
    if !Command::new("nginx").arg("-v").stderr(Stdio::null()).status().is_ok_and(|status| status.success()) {
        eprintln!("SKIPPED: no nginx here; ./test installs one where it may");
        return;
    }
    let book = small();
    let (code, output) = build(&book, &["--precompress"]);
    assert_eq!(code, Some(0), "{output}");
    let port = TcpListener::bind("127.0.0.1:0").and_then(|one| one.local_addr()).expect("a port").port();
    let recipe = include_str!("../recipes/nginx/deploy/nginx.conf")
        .replace("listen 8080", &format!("listen 127.0.0.1:{port}"))
        .replace("/srv/playbook", &book.path("site").display().to_string());
    let root = book.root().display();
    let user = if fs::metadata("/root").is_ok() { "user root;" } else { "" };
    let main = format!(
        "{user} daemon off; master_process off; pid {root}/nginx.pid; error_log {root}/error.log; events {{}}\n\
         http {{ include /etc/nginx/mime.types; access_log off; client_body_temp_path {root}/b; proxy_temp_path {root}/p; \
         fastcgi_temp_path {root}/f; uwsgi_temp_path {root}/u; scgi_temp_path {root}/s;\n{recipe}\n}}\n"
    );
    book.file("nginx.conf", main.as_bytes());
    // One process, without the output of this one: a worker that outlives its master would keep a pipe of ours open for good.
    let mut server = Command::new("nginx")
        .args(["-p", &root.to_string(), "-c", &book.path("nginx.conf").display().to_string()])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("nginx starts");
    let outcome = std::panic::catch_unwind(|| look(port, &book));
    server.kill().ok();
    server.wait().ok();
    if let Err(panic) = outcome {
        let log = fs::read_to_string(book.path("error.log")).unwrap_or_default();
        panic!("{:?}\n{log}", panic.downcast_ref::<String>());
    }
}

fn look(port: u16, book: &Book) {
    let page = get(port, "/first/", "Accept-Encoding: gzip");
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    for header in [
        "Content-Encoding: gzip",
        "Content-Security-Policy: default-src 'none'",
        "frame-ancestors 'self'",
        "X-Content-Type-Options: nosniff",
        "Cache-Control: no-cache",
    ] {
        assert!(page.contains(header), "{header}: {page}");
    }
    let site = tree::read(&book.path("site"));
    let style = site
        .keys()
        .find(|name| name.starts_with("assets/index-") && name.ends_with(".css"))
        .expect("a style");
    let style = get(port, &format!("/{style}"), "Accept: */*");
    assert!(style.contains("immutable") && style.contains("text/css"), "{style}");
    let lost = get(port, "/nowhere/", "Accept: */*");
    assert!(
        lost.starts_with("HTTP/1.1 404") && lost.contains("frame-ancestors") && lost.contains("<h1"),
        "{lost}"
    );
    assert!(get(port, "/.ringback.json", "Accept: */*").starts_with("HTTP/1.1 404"));
    assert!(get(port, "/site.webmanifest", "Accept: */*").contains("application/manifest+json"));
    assert!(get(port, "/first", "Accept: */*").contains("Location: /first/"));
    assert!(get(port, "/old/first/", "Accept: */*").contains("url=/first/"));
}

fn get(port: u16, path: &str, header: &str) -> String {
    for _ in 0..100 {
        let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)) else {
            std::thread::sleep(Duration::from_millis(50));
            continue;
        };
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{header}\r\n\r\n")
            .expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        return String::from_utf8_lossy(&answer).into_owned();
    }
    panic!("nginx does not answer");
}
