//! Answers requests from the site in memory.
//!
//! No request reaches the disk, so no spelling of a path can leave the site. Only requests that name
//! this machine are answered: a page elsewhere that makes its host name point here (DNS rebinding)
//! learns nothing.

use super::connection::{Answering, Request, Response, accept};
use super::{Current, Published};
use std::net::{IpAddr, TcpListener};
use std::sync::Arc;

/// Answers on a listener until the program ends.
pub(super) fn serve(listener: TcpListener, host: String, current: Current) {
    accept(listener, move |request, answering| {
        let published = current.read().map(|current| Arc::clone(&current));
        if let Ok(published) = published {
            respond(&request, &host, &published, answering);
        }
    });
}

/// What a request gets.
enum Answer<'a> {
    File(&'a str, &'a [u8]),
    Missing(&'a [u8]),
    Moved(String),
    Refused(u16, &'static str),
}

fn respond(request: &Request, host: &str, published: &Published, answering: &mut Answering<'_>) {
    let plain = "text/plain; charset=utf-8";
    let (status, content_type, body, header) = match answer(request, host, published) {
        Answer::File(path, bytes) => (200, content_type(path), bytes, None),
        Answer::Missing(bytes) => (404, "text/html; charset=utf-8", bytes, None),
        Answer::Moved(to) => (301, plain, b"moved".as_slice(), Some(("Location", to))),
        Answer::Refused(405, reason) => {
            (405, plain, reason.as_bytes(), Some(("Allow", "GET, HEAD".to_owned())))
        }
        Answer::Refused(status, reason) => (status, plain, reason.as_bytes(), None),
    };
    answering.send(&Response { status, content_type, body, header });
}

fn answer<'a>(request: &Request, host: &str, published: &'a Published) -> Answer<'a> {
    if !is_ours(&request.host, host) {
        return Answer::Refused(421, "this server answers only to its own name");
    }
    if !matches!(request.method.as_str(), "GET" | "HEAD") {
        return Answer::Refused(405, "this server only shows pages");
    }
    let path = request.target.split(['?', '#']).next().unwrap_or("/");
    let Some(path) = decode(path) else { return Answer::Refused(400, "this is no path") };
    let base = published.base_path.as_str();
    let Some(path) = path.strip_prefix(base) else {
        let home = path == "/" || format!("{path}/") == base;
        return if home { Answer::Moved(base.to_owned()) } else { missing(published) };
    };
    if let Some((path, bytes)) = find(published, path) {
        return Answer::File(path, bytes);
    }
    if find(published, &format!("{path}/")).is_some() {
        return Answer::Moved(format!("{base}{}/", encode(path)));
    }
    missing(published)
}

fn find<'a>(published: &'a Published, path: &str) -> Option<(&'a str, &'a [u8])> {
    let name =
        if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    published.site.files.get_key_value(&name).map(|(path, bytes)| (path.as_str(), bytes.as_ref()))
}

fn missing(published: &Published) -> Answer<'_> {
    Answer::Missing(published.site.get("404.html").map_or(b"not found", |bytes| bytes.as_ref()))
}

/// True for a `Host` header that names this server: an IP address, `localhost`, or the name it was given.
fn is_ours(named: &str, host: &str) -> bool {
    let name = match named.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((name, _)) => name,
        None => named.rsplit_once(':').map_or(named, |(name, _)| name),
    };
    let name = name.to_ascii_lowercase();
    name == "localhost"
        || name.ends_with(".localhost")
        || name == host.to_ascii_lowercase()
        || name.parse::<IpAddr>().is_ok()
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

fn encode(path: &str) -> String {
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
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "xml" => "application/xml; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
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
        for ours in
            ["localhost", "localhost:4747", "127.0.0.1:80", "[::1]:4747", "desk.local:1", "a.localhost"]
        {
            assert!(is_ours(ours, "desk.local"), "{ours}");
        }
        for foreign in ["evil.example", "evil.example:4747", "localhost.evil.example", ""] {
            assert!(!is_ours(foreign, "127.0.0.1"), "{foreign}");
        }
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
