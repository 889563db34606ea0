//! Answers requests from the site in memory.
//!
//! No request reaches the disk, so no spelling of a path can leave the site. Only requests that name
//! this machine are answered: a page elsewhere that makes its host name point here (DNS rebinding)
//! learns nothing.

use super::connection::{Answering, Request, Response, accept};
use super::live::Live;
use super::shown::Published;
use super::{Current, client};
use crate::site::Contents;
use std::net::{IpAddr, TcpListener};
use std::sync::Arc;

/// Which names are this server's own.
#[derive(Debug)]
pub(super) struct Names {
    /// The name or address that it was told to listen on.
    pub(super) host: String,
    /// It listens to this machine only.
    pub(super) loopback: bool,
}

/// Answers on a listener until the program ends.
pub(super) fn serve(listener: TcpListener, names: Names, current: Current, live: Arc<Live>) {
    accept(listener, move |request, answering| {
        let published = current.read().map(|current| Arc::clone(&current));
        if let Ok(published) = published {
            respond(&request, &names, &published, &live, answering);
        }
    });
}

const PLAIN: &str = "text/plain; charset=utf-8";
const HTML: &str = "text/html; charset=utf-8";

/// What a request gets.
enum Answer {
    File(String, Contents),
    Missing(Contents),
    Moved(String),
    Refused(u16, &'static str),
    /// The newest state, as JSON.
    State,
    /// The newest state and all that come after it.
    Events,
}

fn respond(
    request: &Request,
    names: &Names,
    published: &Published,
    live: &Live,
    answering: &mut Answering<'_>,
) {
    let mut send = |status: u16, content_type: &'static str, body: &[u8], header| {
        answering.send(&Response { status, content_type, body, header });
    };
    match answer(request, names, published) {
        Answer::File(path, bytes) => match content_type(&path) {
            HTML => send(200, HTML, &client::with_module(&bytes, &published.build), None),
            other => send(200, other, &bytes, None),
        },
        Answer::Missing(bytes) => send(404, HTML, &client::with_module(&bytes, &published.build), None),
        Answer::Moved(to) => send(301, PLAIN, b"moved", Some(("Location", to))),
        Answer::Refused(405, reason) => {
            send(405, PLAIN, reason.as_bytes(), Some(("Allow", "GET, HEAD".to_owned())));
        }
        Answer::Refused(status, reason) => send(status, PLAIN, reason.as_bytes(), None),
        Answer::State => send(200, "application/json", live.now().as_bytes(), None),
        Answer::Events => {
            if !answering.stream("text/event-stream", |stream| live.tell(stream)) {
                let response = Response {
                    status: 503,
                    content_type: PLAIN,
                    body: b"too many listen already",
                    header: Some(("Retry-After", "2".to_owned())),
                };
                answering.send(&response);
            }
        }
    }
}

fn answer(request: &Request, names: &Names, published: &Published) -> Answer {
    if !names.are(&request.host) {
        return Answer::Refused(421, "this server answers only to its own name");
    }
    if !matches!(request.method.as_str(), "GET" | "HEAD") {
        return Answer::Refused(405, "this server only shows pages");
    }
    let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
    let path = path.split('#').next().unwrap_or("/");
    let Some(path) = decode(path) else { return Answer::Refused(400, "this is no path") };
    if let Some(own) = path.strip_prefix(client::FOLDER) {
        return match own {
            "events" => Answer::Events,
            "state" => Answer::State,
            // A page's HTML for the module in it, which wants to see the page for the lost without an error.
            "page" => match decode(query) {
                Some(path) => match page(&path, published) {
                    Answer::Missing(bytes) => Answer::File("404.html".to_owned(), bytes),
                    other => other,
                },
                None => Answer::Refused(400, "this is no path"),
            },
            name => match client::file(name) {
                Some((name, text)) => Answer::File(name.to_owned(), text.as_bytes().into()),
                None => Answer::Refused(404, "not found"),
            },
        };
    }
    page(&path, published)
}

/// What stands at a path.
fn page(path: &str, published: &Published) -> Answer {
    let base = published.base_path.as_str();
    let Some(path) = path.strip_prefix(base) else {
        let home = path == "/" || format!("{path}/") == base;
        return if home { Answer::Moved(base.to_owned()) } else { missing(published) };
    };
    if let Some((path, bytes)) = find(published, path) {
        return Answer::File(path, bytes);
    }
    if !path.is_empty() && !path.ends_with('/') && find(published, &format!("{path}/")).is_some() {
        return Answer::Moved(format!("{base}{}/", encode(path)));
    }
    missing(published)
}

fn find(published: &Published, path: &str) -> Option<(String, Contents)> {
    let name =
        if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    let contents = published.file(&name)?;
    Some((name, contents))
}

fn missing(published: &Published) -> Answer {
    Answer::Missing(published.file("404.html").unwrap_or_else(|| b"not found".as_slice().into()))
}

impl Names {
    /// True for a `Host` header that names this server: `localhost`, the name it was given, or an IP address, which on a
    /// server for this machine only has to be one of this machine. The port is not looked at: it may be forwarded.
    fn are(&self, named: &str) -> bool {
        let name = match named.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            Some((name, _)) => name,
            None => named.rsplit_once(':').map_or(named, |(name, _)| name),
        };
        let name = name.to_ascii_lowercase();
        name == "localhost"
            || name.ends_with(".localhost")
            || name == self.host.to_ascii_lowercase()
            || name.parse::<IpAddr>().is_ok_and(|address| !self.loopback || address.is_loopback())
    }
}

/// Undoes percent-encoding; `None` for what is no path.
fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        if *first == b'%' {
            let hex = std::str::from_utf8(tail.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(hex, 16).ok()?);
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    let text = String::from_utf8(bytes).ok()?;
    (text.starts_with('/') && !text.contains('\0')).then_some(text)
}

pub(super) fn encode(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.extend([byte >> 4, byte & 15].map(|half| char::from(b"0123456789ABCDEF"[usize::from(half)])));
        }
    }
    out
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase().as_str() {
        "html" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "xml" => "application/xml; charset=utf-8",
        "txt" => PLAIN,
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "pdf" => "application/pdf",
        "mp3" => "audio/mpeg",
        "m4a" | "mp4" => "video/mp4",
        "ogg" => "audio/ogg",
        "wav" => "audio/wav",
        "webm" => "video/webm",
        "woff2" => "font/woff2",
        "ics" => "text/calendar; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "zip" => "application/zip",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_answered() {
        let named = Names { host: "desk.local".to_owned(), loopback: true };
        for ours in
            ["localhost", "localhost:4747", "127.0.0.1:80", "[::1]:4747", "desk.local:1", "a.localhost"]
        {
            assert!(named.are(ours), "{ours}");
        }
        let foreign =
            ["evil.example", "evil.example:4747", "localhost.evil.example", "", "192.168.1.7", "0.0.0.0"];
        let alone = Names { host: "127.0.0.1".to_owned(), loopback: true };
        for foreign in foreign {
            assert!(!alone.are(foreign), "{foreign}");
        }
        let open = Names { host: "0.0.0.0".to_owned(), loopback: false };
        assert!(open.are("192.168.1.7:4747") && !open.are("evil.example"));
    }

    #[test]
    fn paths_are_decoded_or_refused() {
        assert_eq!(decode("/a%20b/%C3%A9"), Some("/a b/é".into()));
        for bad in ["a", "/%", "/%zz", "/%ff", "/%00"] {
            assert_eq!(decode(bad), None, "{bad}");
        }
        assert_eq!(encode("é b/"), "%C3%A9%20b/");
    }
}
