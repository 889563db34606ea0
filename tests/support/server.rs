//! `ringback serve` over a playbook, with what it prints, and requests as bytes.

use super::book::Book;
use super::run;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Longer than anything takes on a loaded machine.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// A running server over a playbook; it ends with its value.
pub struct Server {
    pub book: Book,
    pub child: Child,
    pub port: u16,
    lines: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// On a free port.
    pub fn start(book: Book) -> Self {
        Self::start_with(book, &["--port", "0"])
    }

    /// With the given arguments after `serve`.
    pub fn start_with(book: Book, arguments: &[&str]) -> Self {
        let mut command = run::ringback(book.root());
        command.arg("serve").args(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the server starts");
        let (sender, receiver) = channel();
        let lines = Arc::new(Mutex::new(Vec::new()));
        let pipes: [Box<dyn Read + Send>; 2] =
            [Box::new(child.stdout.take().expect("piped")), Box::new(child.stderr.take().expect("piped"))];
        for pipe in pipes {
            let (sender, lines) = (sender.clone(), Arc::clone(&lines));
            std::thread::spawn(move || {
                for line in BufReader::new(pipe).lines().map_while(Result::ok) {
                    if let Some(port) = port_in(&line) {
                        sender.send(port).ok();
                    }
                    lines.lock().expect("no thread panics").push(line);
                }
            });
        }
        let port = receiver.recv_timeout(PATIENCE).expect("the server says where it listens");
        Self { book, child, port, lines }
    }

    /// What it has printed, line by line.
    pub fn printed(&self) -> Vec<String> {
        self.lines.lock().expect("no thread panics").clone()
    }

    /// The lines of builds after the first.
    pub fn rebuilds(&self) -> Vec<String> {
        self.printed().into_iter().filter(|line| line.contains(" ms, ")).skip(1).collect()
    }

    /// A connection.
    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the server accepts");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time limit can be set");
        stream
    }

    /// Sends bytes as they are and returns everything that comes back.
    pub fn raw(&self, request: &[u8]) -> String {
        let mut stream = self.connect();
        stream.write_all(request).ok();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).ok();
        String::from_utf8_lossy(&answer).into_owned()
    }

    pub fn get(&self, path: &str) -> String {
        self.ask("GET", path, &format!("localhost:{}", self.port))
    }

    pub fn ask(&self, method: &str, path: &str, host: &str) -> String {
        self.raw(format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").as_bytes())
    }

    /// Asks until the answer fits, as long as patience lasts.
    pub fn wait_for(&self, path: &str, fits: impl Fn(&str) -> bool) -> String {
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

    /// Listens for events.
    pub fn listen(&self) -> Events {
        let mut stream = self.connect();
        stream
            .write_all(b"GET /_ringback/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
            .expect("it takes a request");
        let mut events = Events { lines: BufReader::new(stream), head: String::new() };
        while let Some(line) = events.line().filter(|line| !line.is_empty()) {
            events.head += &line;
        }
        events
    }

    /// A number of `/proc/PID/status`, such as `Threads` or `VmRSS` in kB.
    #[cfg(target_os = "linux")]
    pub fn status(&self, name: &str) -> usize {
        let text = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("it runs");
        let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        line.and_then(|line| line.split_whitespace().next()?.parse().ok()).expect("a number")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Server-sent events as they come.
pub struct Events {
    lines: BufReader<TcpStream>,
    pub head: String,
}

impl Events {
    fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        match self.lines.read_line(&mut line) {
            Ok(0) | Err(_) => None,
            Ok(_) => Some(line.trim_end().to_owned()),
        }
    }

    /// The data of the next event of a kind.
    pub fn next(&mut self, kind: &str) -> String {
        let wanted = format!("event: {kind}");
        loop {
            let line = self.line().unwrap_or_else(|| panic!("the events end before `{kind}`"));
            if line == wanted {
                let data = self.line().expect("an event has data");
                return data.strip_prefix("data:").expect("data").trim_start().to_owned();
            }
        }
    }

    /// The next state.
    pub fn state(&mut self) -> serde_json::Value {
        serde_json::from_str(&self.next("state")).expect("a state is JSON")
    }
}

/// The port in a line such as `http://127.0.0.1:4000/`.
fn port_in(line: &str) -> Option<u16> {
    let (_, rest) = line.split_once("http://")?;
    let (_, port) = rest.split_once(':')?;
    port.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()
}

/// The status of an answer; 0 if there is none.
pub fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|text| text.parse().ok()).unwrap_or(0)
}
