//! How many connections there may be, and who goes when there are too many.
//!
//! A connection that only waits for a request is worth less than one that has just come: when all slots are taken, the one
//! that has waited longest is closed for the new one. So hundreds of silent clients neither keep a reader out nor take more
//! threads than there are slots.

use std::collections::BTreeMap;
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Connections at one time.
const MAX_CONNECTIONS: usize = 256;
/// Time for a connection that was closed for another to end.
const PATIENCE: Duration = Duration::from_secs(1);
/// Of these, connections that stay open for events.
const MAX_STREAMS: usize = 64;

/// All slots of a server.
#[derive(Debug, Default)]
pub(super) struct Slots {
    inner: Mutex<Inner>,
    freed: Condvar,
}

#[derive(Debug, Default)]
struct Inner {
    open: usize,
    streams: usize,
    next: u64,
    /// Connections that wait for a request, in the order in which they began to.
    waiting: BTreeMap<u64, Arc<TcpStream>>,
}

/// A connection's slot, free again when it is dropped.
#[derive(Debug)]
pub(super) struct Slot {
    slots: Arc<Slots>,
    stream: Arc<TcpStream>,
}

impl Slots {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A slot for a connection; `None` if all are taken and none of them waits.
    pub(super) fn take(self: &Arc<Self>, stream: TcpStream) -> Option<Slot> {
        let mut inner = self.lock();
        if inner.open >= MAX_CONNECTIONS {
            let (_, oldest) = inner.waiting.pop_first()?;
            // Its thread wakes up from reading, and ends. Until then there is no slot.
            let _ = oldest.shutdown(Shutdown::Both);
            let is_full = |inner: &mut Inner| inner.open >= MAX_CONNECTIONS;
            let waited = self.freed.wait_timeout_while(inner, PATIENCE, is_full);
            inner = waited.unwrap_or_else(PoisonError::into_inner).0;
            if inner.open >= MAX_CONNECTIONS {
                return None;
            }
        }
        inner.open += 1;
        Some(Slot { slots: Arc::clone(self), stream: Arc::new(stream) })
    }
}

impl Slot {
    /// The connection.
    pub(super) fn stream(&self) -> &TcpStream {
        &self.stream
    }

    /// Runs `wait`, during which the connection may be closed for another.
    pub(super) fn waiting<T>(&self, wait: impl FnOnce(&TcpStream) -> T) -> T {
        let number = {
            let mut inner = self.slots.lock();
            inner.next += 1;
            let number = inner.next;
            inner.waiting.insert(number, Arc::clone(&self.stream));
            number
        };
        let done = wait(&self.stream);
        self.slots.lock().waiting.remove(&number);
        done
    }

    /// Runs `stream` on a connection that stays open; `None` if too many do.
    pub(super) fn streaming<T>(&self, stream: impl FnOnce(&TcpStream) -> T) -> Option<T> {
        {
            let mut inner = self.slots.lock();
            if inner.streams >= MAX_STREAMS {
                return None;
            }
            inner.streams += 1;
        }
        let done = stream(&self.stream);
        self.slots.lock().streams -= 1;
        Some(done)
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.slots.lock().open -= 1;
        self.slots.freed.notify_one();
    }
}
