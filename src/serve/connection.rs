//! HTTP/1.1 as far as showing a site needs it: reads the head of a request, writes an answer, keeps the connection.
//!
//! Written to be boring under bad clients: a head has a size limit and a deadline, an answer has a deadline, a body is
//! never read, connections are counted ([`Slots`]). Whatever a client announces, nothing is allocated for it.

use super::slots::{Slot, Slots};
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

/// The longest head that is read.
const MAX_HEAD: usize = 16 << 10;
/// Time for a head to arrive, also for the next one on a connection that is kept.
const HEAD_TIME: Duration = Duration::from_secs(10);
/// Time for the other side to take an answer; a long one has more, by [`SLOWEST`].
const WRITE_TIME: Duration = Duration::from_secs(10);
/// Bytes a second that a reader must at least take.
const SLOWEST: usize = 64 << 10;
/// Time for the other side to stop sending after its last answer.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// What a request asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Request {
    pub(super) method: String,
    /// The path and query, still percent-encoded.
    pub(super) target: String,
    pub(super) host: String,
    /// No body follows and the client wants to ask again.
    keep: bool,
}

/// What is sent back.
#[derive(Debug)]
pub(super) struct Response<'a> {
    pub(super) status: u16,
    pub(super) content_type: &'static str,
    pub(super) body: &'a [u8],
    /// One more header and its value.
    pub(super) header: Option<(&'static str, String)>,
}

/// Answers every connection on a thread of its own until the program ends.
pub(super) fn accept(
    listener: TcpListener,
    answer: impl Fn(Request, &mut Answering<'_>) + Send + Sync + 'static,
) {
    let answer = Arc::new(answer);
    let slots = Arc::new(Slots::default());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(stream) = stream else {
                // Out of descriptors: others have to close first.
                thread::sleep(Duration::from_millis(20));
                continue;
            };
            let Some(slot) = slots.take(stream) else { continue };
            let answer = Arc::clone(&answer);
            // Without a thread the connection is closed, which is all that can be done.
            let _ = thread::Builder::new().stack_size(256 << 10).spawn(move || {
                // A reader who hangs up is no mistake.
                let _ = converse(&slot, &*answer);
            });
        }
    });
}

/// Where one answer goes.
pub(super) struct Answering<'a> {
    slot: &'a Slot,
    with_body: bool,
    keep: bool,
    result: io::Result<()>,
}

impl Answering<'_> {
    /// Sends the answer; to HEAD without its body.
    pub(super) fn send(&mut self, response: &Response<'_>) {
        let mut head = format!(
            "HTTP/1.1 {} {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nCache-Control: no-cache\r\n\
             X-Content-Type-Options: nosniff\r\n",
            response.status,
            reason(response.status),
            response.content_type,
            response.body.len(),
        );
        if let Some((name, value)) = &response.header {
            head.extend([name, ": ", value, "\r\n"]);
        }
        if !self.keep {
            head += "Connection: close\r\n";
        }
        head += "\r\n";
        let mut bytes = head.into_bytes();
        if self.with_body {
            bytes.extend(response.body);
        }
        self.result = write_in_time(self.slot.stream(), &bytes);
    }

    /// Gives the connection to `write` for as long as it likes, after the head of an answer without an end; false if too
    /// many connections are kept like that already.
    pub(super) fn stream(
        &mut self,
        content_type: &str,
        write: impl FnOnce(&TcpStream) -> io::Result<()>,
    ) -> bool {
        self.keep = false;
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nCache-Control: no-store\r\n\
             X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n"
        );
        let with_body = self.with_body;
        let done = self.slot.streaming(|mut stream| {
            stream.write_all(head.as_bytes())?;
            if with_body { write(stream) } else { Ok(()) }
        });
        let is_taken = done.is_some();
        self.result = done.unwrap_or(Ok(()));
        is_taken
    }
}

fn converse(slot: &Slot, answer: &dyn Fn(Request, &mut Answering<'_>)) -> io::Result<()> {
    let stream = slot.stream();
    stream.set_nodelay(true)?;
    stream.set_write_timeout(Some(WRITE_TIME))?;
    let mut bytes = Vec::new();
    while let Some(head) = slot.waiting(|stream| read_head(stream, &mut bytes))? {
        let mut answering = Answering { slot, with_body: true, keep: false, result: Ok(()) };
        match parse(&head) {
            Ok(request) => {
                answering.with_body = request.method != "HEAD";
                answering.keep = request.keep;
                answer(request, &mut answering);
            }
            Err(status) => {
                let body = reason(status).as_bytes();
                answering.send(&Response {
                    status,
                    content_type: "text/plain; charset=utf-8",
                    body,
                    header: None,
                });
            }
        }
        let keep = answering.keep;
        answering.result?;
        if !keep {
            return slot.waiting(hang_up);
        }
    }
    Ok(())
}

/// The next head, up to its empty line; `bytes` keeps what came after it. `None` when the client is done, too slow or too long.
fn read_head(mut stream: &TcpStream, bytes: &mut Vec<u8>) -> io::Result<Option<Vec<u8>>> {
    let deadline = Instant::now() + HEAD_TIME;
    let mut chunk = [0; 4096];
    loop {
        if let Some(at) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            let rest = bytes.split_off(at + 4);
            return Ok(Some(std::mem::replace(bytes, rest)));
        }
        if bytes.len() > MAX_HEAD {
            // An over-long head is answered like a broken one.
            return Ok(Some(Vec::new()));
        }
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(None);
        }
        stream.set_read_timeout(Some(left))?;
        match stream.read(&mut chunk)? {
            0 => return Ok(None),
            length => bytes.extend(&chunk[..length]),
        }
    }
}

/// Reads a head, or says with which status it is refused.
fn parse(head: &[u8]) -> Result<Request, u16> {
    let text = std::str::from_utf8(head).map_err(|_| 400_u16)?;
    let mut lines = text.split("\r\n");
    let mut words = lines.next().unwrap_or_default().split(' ');
    let (Some(method), Some(target), Some(version), None) =
        (words.next(), words.next(), words.next(), words.next())
    else {
        return Err(400);
    };
    if !matches!(version, "HTTP/1.1" | "HTTP/1.0") {
        return Err(if version.starts_with("HTTP/") { 505 } else { 400 });
    }
    if method.is_empty() || !method.bytes().all(|byte| byte.is_ascii_uppercase()) || !target.starts_with('/')
    {
        return Err(400);
    }
    let mut hosts = Vec::new();
    let mut keep = version == "HTTP/1.1";
    for line in lines.take_while(|line| !line.is_empty()) {
        let (name, value) = line.split_once(':').ok_or(400_u16)?;
        let value = value.trim();
        match name.to_ascii_lowercase().as_str() {
            "host" => hosts.push(value),
            "connection" => keep &= !value.eq_ignore_ascii_case("close"),
            "content-length" => keep &= value == "0",
            "transfer-encoding" => keep = false,
            _ => {}
        }
    }
    let [host] = hosts.as_slice() else { return Err(400) };
    Ok(Request { method: method.to_owned(), target: target.to_owned(), host: (*host).to_owned(), keep })
}

/// Writes all of it, or fails when the other side takes it too slowly.
fn write_in_time(mut stream: &TcpStream, mut bytes: &[u8]) -> io::Result<()> {
    let seconds = u64::try_from(bytes.len() / SLOWEST).unwrap_or(u64::MAX);
    let deadline = Instant::now() + WRITE_TIME + Duration::from_secs(seconds);
    while !bytes.is_empty() {
        if Instant::now() > deadline {
            return Err(io::ErrorKind::TimedOut.into());
        }
        match stream.write(bytes)? {
            0 => return Err(io::ErrorKind::WriteZero.into()),
            written => bytes = &bytes[written..],
        }
    }
    Ok(())
}

/// Closes so that the answer arrives also where the client still sends: what it sends is thrown away for a moment.
fn hang_up(mut stream: &TcpStream) -> io::Result<()> {
    stream.shutdown(Shutdown::Write)?;
    let deadline = Instant::now() + LAST_WORDS;
    let mut chunk = [0; 4096];
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(());
        }
        stream.set_read_timeout(Some(left))?;
        if stream.read(&mut chunk)? == 0 {
            return Ok(());
        }
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        301 => "Moved Permanently",
        400 => "Bad Request",
        404 => "Not Found",
        405 => "Method Not Allowed",
        421 => "Misdirected Request",
        503 => "Service Unavailable",
        505 => "HTTP Version Not Supported",
        _ => "Error",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_read_or_refused() {
        let request = parse(b"GET /a?b HTTP/1.1\r\nhost: localhost:1\r\nAccept: */*\r\n\r\n").unwrap();
        assert_eq!(
            (request.target.as_str(), request.host.as_str(), request.keep),
            ("/a?b", "localhost:1", true)
        );
        for last in ["Connection: close", "Content-Length: 99999999999", "Transfer-Encoding: chunked"] {
            let head = format!("GET / HTTP/1.1\r\nHost: localhost\r\n{last}\r\n\r\n");
            assert!(!parse(head.as_bytes()).unwrap().keep, "{last}");
        }
        for (head, status) in [
            ("", 400),
            ("GET /\r\n\r\n", 400),
            ("GET / HTTP/9.9\r\nHost: a\r\n\r\n", 505),
            ("get / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
            ("GET a HTTP/1.1\r\nHost: a\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nno colon\r\n\r\n", 400),
        ] {
            assert_eq!(parse(head.as_bytes()), Err(status), "{head}");
        }
    }
}
