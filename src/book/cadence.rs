//! A cadence after its names have been found and its days counted.

use super::{ExampleIndex, PageIndex};
use crate::engine::Channel;
use crate::rules::pace::Pace;
use crate::source::Span;

/// A follow-up sequence.
#[derive(Debug, Clone)]
pub struct Cadence {
    /// Unique in the playbook.
    pub id: String,
    /// One line.
    pub title: String,
    /// The method whose hours and gaps count, if there is one.
    pub method: Option<String>,
    /// The page that holds it.
    pub page: PageIndex,
    /// Its own limits; those of the method count where it has none.
    pub checks: Pace,
    /// As written, in order.
    pub steps: Vec<Step>,
    /// Every message by day, then as written: what the steps come to.
    pub messages: Vec<Message>,
    /// Scripts that stand in the block itself.
    pub scripts: Vec<CadenceScript>,
    /// What others have found about days and hours.
    pub figures: Vec<Figure>,
}

/// A line of a cadence.
#[derive(Debug, Clone)]
pub struct Step {
    /// The first day.
    pub day: u32,
    /// For a step that comes back: fewest and most days from one time to the next, and the last day it may have.
    pub repeat: Option<Repeat>,
    /// Voicemail or e-mail.
    pub channel: Channel,
    /// Minutes of the day.
    pub at: Option<u16>,
    /// Its script.
    pub script: Option<Script>,
    /// What it carries.
    pub note: Option<String>,
    /// Where its day, or what it has instead, is written.
    pub day_span: Span,
    /// Where its time is written.
    pub at_span: Option<Span>,
}

/// How a step comes back.
#[derive(Debug, Clone, Copy)]
pub struct Repeat {
    /// Fewest days from one time to the next.
    pub low: u32,
    /// Most days.
    pub high: u32,
    /// The last day it may have.
    pub until: u32,
    /// E-mails go with it, not each time.
    pub occasional_email: bool,
    /// An e-mail goes with it each time.
    pub email: bool,
}

/// One message on one day.
#[derive(Debug, Clone)]
pub struct Message {
    /// Days after the start.
    pub day: u32,
    /// Voicemail or e-mail.
    pub channel: Channel,
    /// Points into [`Cadence::steps`].
    pub step: usize,
    /// The e-mail that accompanies the step; the step's time and script are not its own.
    pub accompanies: bool,
}

/// What is said or written in a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// The after message of an example.
    Example(ExampleIndex),
    /// Points into [`Cadence::scripts`].
    Own(usize),
}

/// A script of the block itself.
#[derive(Debug, Clone)]
pub struct CadenceScript {
    /// One line.
    pub title: String,
    /// The words.
    pub text: String,
}

/// What somebody found, and where it was printed.
#[derive(Debug, Clone)]
pub struct Figure {
    /// The finding.
    pub says: String,
    /// Who says so.
    pub source: String,
    /// A year, or `undated`.
    pub year: String,
    /// Where it can be read.
    pub url: Option<String>,
}
