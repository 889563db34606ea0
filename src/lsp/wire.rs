//! JSON-RPC over a stream of bytes, as the Language Server Protocol frames it.
//!
//! Whatever comes in, at most [`LONGEST`] bytes are kept: a client that announces more, or writes no header at all, is
//! told so and read on.

use serde_json::{Value, json};
use std::io::{self, BufRead, Read, Write};

/// The longest message that is read: four times the longest text that Ringback takes.
pub const LONGEST: u64 = 64 << 20;
/// The longest line of a header.
const LONGEST_LINE: u64 = 8 << 10;

/// What came in.
#[derive(Debug)]
pub enum Incoming {
    /// A message; whether it makes sense is another question.
    Message(Value),
    /// Something that is none, with the reason.
    Malformed(String),
    /// The stream has ended.
    End,
}

/// Reads the next message.
///
/// # Errors
/// If the stream cannot be read.
pub fn read(input: &mut impl BufRead) -> io::Result<Incoming> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        if input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(Incoming::End);
        }
        if !line.ends_with(b"\n") {
            return Ok(Incoming::Malformed("a line of a header that does not end".to_owned()));
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse::<u64>().ok();
        }
    }
    let Some(length) = length else {
        return Ok(Incoming::Malformed("a header without Content-Length".to_owned()));
    };
    let mut body = input.by_ref().take(length);
    if length > LONGEST {
        io::copy(&mut body, &mut io::sink())?;
        return Ok(Incoming::Malformed(format!("a message of {length} bytes")));
    }
    let mut bytes = Vec::new();
    body.read_to_end(&mut bytes)?;
    if (bytes.len() as u64) < length {
        return Ok(Incoming::End);
    }
    Ok(match serde_json::from_slice(&bytes) {
        Ok(message) => Incoming::Message(message),
        Err(error) => Incoming::Malformed(error.to_string()),
    })
}

/// Writes a message.
///
/// # Errors
/// If the stream cannot be written to.
pub fn write(output: &mut dyn Write, message: &Value) -> io::Result<()> {
    let text = message.to_string();
    write!(output, "Content-Length: {}\r\n\r\n{text}", text.len())?;
    output.flush()
}

/// The answer to something that is no message.
pub fn parse_error(reason: &str) -> Value {
    json!({ "jsonrpc": "2.0", "id": null, "error": { "code": -32700, "message": reason } })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(mut bytes: &[u8]) -> Vec<String> {
        let mut seen = Vec::new();
        loop {
            match read(&mut bytes).expect("memory can be read") {
                Incoming::Message(value) => seen.push(value.to_string()),
                Incoming::Malformed(_) => seen.push("malformed".to_owned()),
                Incoming::End => return seen,
            }
        }
    }

    #[test]
    fn messages_are_framed_by_their_length() {
        assert_eq!(all(b"Content-Length: 2\r\n\r\n{}content-length:3\r\nX: y\r\n\r\n[1]"), ["{}", "[1]"]);
        assert_eq!(all(b"Content-Length: 5\r\n\r\n{}"), Vec::<String>::new());
    }

    #[test]
    fn nonsense_is_told_and_read_over() {
        assert_eq!(all(b"hello\r\n\r\nContent-Length: 2\r\n\r\n{}"), ["malformed", "{}"]);
        assert_eq!(all(b"Content-Length: 3\r\n\r\n{x}Content-Length: 2\r\n\r\n{}"), ["malformed", "{}"]);
        assert_eq!(all(b"Content-Length: 99999999999999999\r\n\r\nabc"), ["malformed"]);
        assert_eq!(all(&vec![b'x'; 20_000]).len(), 3);
        assert_eq!(all(b"Content-Length: -1\r\n\r\n"), ["malformed"]);
    }
}
