//! A book at a desk: a few threads that own it and render what they are asked for, until nobody can ask any more.
//!
//! A change makes a new book, which takes milliseconds; rendering all of its pages would take much longer, and a reader asks
//! for one. So pages are rendered when they are asked for, from the book that is in place then. The old book is dropped on its
//! own threads, when the last answer from it has been sent.

use crate::book::Book;
use crate::config::Config;
use crate::diag::Diagnostics;
use crate::render::OnDemand;
use crate::site::Contents;
use crate::theme::Theme;
use anyhow::{Context, Result};
use rayon::prelude::*;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// Threads of a desk: while one makes the index of search, others give pages.
const HANDS: usize = 3;

/// Where questions go.
#[derive(Debug)]
pub(super) struct Desk {
    questions: Sender<Question>,
}

enum Question {
    File {
        path: String,
        answer: SyncSender<Option<Contents>>,
    },
    /// Renders files and tells the mistakes in templates; no list means all.
    Check {
        paths: Option<Vec<String>>,
        answer: SyncSender<Diagnostics>,
    },
    /// Renders what lists the pages, before somebody asks.
    Prepare,
}

impl Desk {
    /// Opens a desk for a book.
    pub(super) fn open(config: Config, book: Book, theme: Arc<Theme>) -> Result<Self> {
        let (questions, asked) = channel();
        thread::Builder::new()
            .name("desk".to_owned())
            .spawn(move || sit(&config, &book, &theme, asked))
            .context("cannot start a thread")?;
        Ok(Self { questions })
    }

    /// The file at a site path.
    pub(super) fn file(&self, path: &str) -> Option<Contents> {
        let (answer, answered) = sync_channel(1);
        self.questions.send(Question::File { path: path.to_owned(), answer }).ok()?;
        answered.recv().ok().flatten()
    }

    /// Mistakes of templates in files, or in all files.
    pub(super) fn check(&self, paths: Option<Vec<String>>) -> Diagnostics {
        let (answer, answered) = sync_channel(1);
        if self.questions.send(Question::Check { paths, answer }).is_err() {
            return Diagnostics::default();
        }
        answered.recv().unwrap_or_default()
    }

    /// Has it render what the first reader would wait for.
    pub(super) fn prepare(&self) {
        // A desk that is closed has nothing to prepare.
        let _ = self.questions.send(Question::Prepare);
    }
}

fn sit(config: &Config, book: &Book, theme: &Theme, asked: Receiver<Question>) {
    let book = OnDemand::new(config, book, theme);
    let asked = Mutex::new(asked);
    thread::scope(|scope| {
        for _ in 1..HANDS {
            // Fewer hands do as well.
            let _ = thread::Builder::new().spawn_scoped(scope, || work(&book, &asked));
        }
        work(&book, &asked);
    });
}

fn work(book: &OnDemand<'_>, asked: &Mutex<Receiver<Question>>) {
    loop {
        let question = asked.lock().unwrap_or_else(PoisonError::into_inner).recv();
        // Who asked may have hung up.
        match question {
            Ok(Question::File { path, answer }) => _ = answer.send(book.file(&path)),
            Ok(Question::Check { paths, answer }) => {
                let paths = paths.unwrap_or_else(|| book.paths());
                paths.par_iter().for_each(|path| _ = book.file(path));
                let mut found = Diagnostics::default();
                book.report(&mut found);
                let _ = answer.send(found);
            }
            Ok(Question::Prepare) => _ = book.others(),
            Err(_) => return,
        }
    }
}
