//! Runs a program over a script.

/// How a script reaches the prospect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Channel {
    /// Spoken, left on a machine.
    Voicemail,
    /// Written.
    Email,
}

/// What the engine says about a script.
#[derive(Debug, Clone, Default)]
pub struct Report {}
