//! `ringback lsp`: the language server over standard input and output.

use super::{Exit, Terminal, today};
use crate::lsp::{Server, wire};
use anyhow::Result;
use std::io::{BufReader, stdin};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

/// Typing has paused when nothing came for this long.
const PAUSE: Duration = Duration::from_millis(60);
/// A text is looked at again after so many messages, also if nobody pauses.
const PATIENCE: usize = 20;

pub(super) fn run(terminal: &mut Terminal<'_>) -> Result<Exit> {
    // A slow moment of ours must not fill the memory with what the client goes on to say.
    let (sender, messages) = sync_channel(64);
    thread::spawn(move || {
        let mut input = BufReader::new(stdin());
        while let Ok(message) = wire::read(&mut input) {
            let ended = matches!(message, wire::Incoming::End);
            if sender.send(message).is_err() || ended {
                return;
            }
        }
    });
    let mut server = Server::new(today()?);
    let mut waiting = 0;
    loop {
        let next = if !server.is_stale() {
            messages.recv().map_err(|_| RecvTimeoutError::Disconnected)
        } else if waiting < PATIENCE {
            messages.recv_timeout(PAUSE)
        } else {
            Err(RecvTimeoutError::Timeout)
        };
        waiting = if next.is_ok() { waiting + 1 } else { 0 };
        let answers = match next {
            Ok(wire::Incoming::Message(message)) => server.handle(&message),
            Ok(wire::Incoming::Malformed(reason)) => vec![wire::parse_error(&reason)],
            Err(RecvTimeoutError::Timeout) => server.refresh(),
            // A client that is gone has nobody to be told of it.
            Ok(wire::Incoming::End) | Err(RecvTimeoutError::Disconnected) => return Ok(Exit::Fine),
        };
        for answer in &answers {
            wire::write(terminal.out, answer)?;
        }
        if let Some(in_order) = server.over() {
            return Ok(if in_order { Exit::Fine } else { Exit::Mistakes });
        }
    }
}
