//! A line that says what is going on, shown only on a terminal and only when the work is long.

use crate::Stage;
use indicatif::{ProgressBar, ProgressStyle};
use std::cell::OnceCell;
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// Work shorter than this shows nothing.
const PATIENCE: Duration = Duration::from_millis(400);

/// The progress of one run; it is wiped when dropped.
pub(super) struct Progress {
    started: Instant,
    wanted: bool,
    bar: OnceCell<ProgressBar>,
}

impl Progress {
    pub(super) fn new(quiet: bool) -> Self {
        let wanted = !quiet && std::io::stderr().is_terminal();
        Self { started: Instant::now(), wanted, bar: OnceCell::new() }
    }

    /// A stage begins.
    pub(super) fn stage(&self, stage: Stage) {
        if !self.wanted || self.started.elapsed() < PATIENCE {
            return;
        }
        let bar = self.bar.get_or_init(|| {
            let bar = ProgressBar::new_spinner();
            if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
                bar.set_style(style);
            }
            bar.enable_steady_tick(Duration::from_millis(80));
            bar
        });
        bar.set_message(match stage {
            Stage::Load => "reading files",
            Stage::Parse => "reading lessons and rules",
            Stage::Resolve => "following links",
            Stage::Check => "grading examples",
            Stage::Render => "making pages",
        });
    }

    /// Time since the start.
    pub(super) fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}

/// `38 ms`, `2.4 s`.
pub(super) fn human_time(time: Duration) -> String {
    if time < Duration::from_secs(1) {
        format!("{} ms", time.as_millis())
    } else {
        format!("{:.1} s", time.as_secs_f64())
    }
}
