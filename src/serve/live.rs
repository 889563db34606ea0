//! Tells browsers what has changed: the state of the moment as server-sent events.
//!
//! There is no queue. A listener is sent the newest state when it comes and whenever there is a newer one; one that is slow
//! misses what lies between, so nothing grows. A beat now and then shows both sides that the other is there.

use std::io::{self, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Time between two beats.
const BEAT: Duration = Duration::from_secs(5);
/// How often a listener is asked whether it is still there.
const LOOK: Duration = Duration::from_secs(1);
/// Milliseconds after which a browser that lost the server asks again.
const RETRY: u32 = 400;

/// What is sent: a number that grows, and JSON on one line.
#[derive(Debug, Clone, Default)]
struct News {
    number: u64,
    json: Arc<str>,
}

/// The newest state, and those who wait for a newer one.
#[derive(Debug, Default)]
pub(super) struct Live {
    news: Mutex<News>,
    changed: Condvar,
}

impl Live {
    /// Makes a state known to everybody.
    pub(super) fn publish(&self, json: String) {
        let mut news = self.news.lock().unwrap_or_else(PoisonError::into_inner);
        *news = News { number: news.number + 1, json: json.into() };
        drop(news);
        self.changed.notify_all();
    }

    /// The newest state.
    pub(super) fn now(&self) -> Arc<str> {
        Arc::clone(&self.news.lock().unwrap_or_else(PoisonError::into_inner).json)
    }

    /// Sends states until the listener is gone.
    pub(super) fn tell(&self, mut stream: &TcpStream) -> io::Result<()> {
        stream.write_all(format!("retry: {RETRY}\n\n").as_bytes())?;
        let mut seen = 0;
        let mut last = Instant::now();
        loop {
            if let Some(news) = self.newer_than(seen, LOOK) {
                seen = news.number;
                stream.write_all(format!("event: state\ndata: {}\n\n", news.json).as_bytes())?;
                last = Instant::now();
            } else if is_gone(stream)? {
                return Ok(());
            } else if last.elapsed() >= BEAT {
                stream.write_all(b"event: beat\ndata:\n\n")?;
                last = Instant::now();
            }
        }
    }

    /// A state newer than the one of a number, if there is one before the time is over.
    fn newer_than(&self, seen: u64, patience: Duration) -> Option<News> {
        let news = self.news.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.changed.wait_timeout_while(news, patience, |news| news.number <= seen);
        let (news, _) = waited.unwrap_or_else(PoisonError::into_inner);
        (news.number > seen).then(|| news.clone())
    }
}

/// Whether the other side has hung up. A listener has nothing more to say; what it says is thrown away.
fn is_gone(mut stream: &TcpStream) -> io::Result<bool> {
    stream.set_nonblocking(true)?;
    let read = stream.read(&mut [0; 1024]);
    stream.set_nonblocking(false)?;
    match read {
        Ok(0) => Ok(true),
        Ok(_) => Ok(false),
        Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => Ok(false),
        Err(error) => Err(error),
    }
}
