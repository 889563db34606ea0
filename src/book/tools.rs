//! The pages for sellers and learners that no author writes, and which of them a playbook has.

use super::{Book, PageKind};
use crate::rules::Rulebook;

/// One of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// Write a script and see it graded.
    Lab,
    /// A sequence of messages on dates.
    Planner,
    /// Who was called, and who is calling back.
    Log,
    /// Questions that come back when they are due.
    Drill,
    /// What was read and answered.
    Progress,
}

impl Tool {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Lab, Self::Planner, Self::Log, Self::Drill, Self::Progress];

    /// What a link calls it: `tool:lab`.
    pub fn name(self) -> &'static str {
        self.url().trim_end_matches('/')
    }

    /// Its site path.
    pub fn url(self) -> &'static str {
        match self {
            Self::Lab => "lab/",
            Self::Planner => "planner/",
            Self::Log => "log/",
            Self::Drill => "drill/",
            Self::Progress => "progress/",
        }
    }

    /// What it is, for a list to choose from.
    pub fn about(self) -> &'static str {
        match self {
            Self::Lab => "the script lab",
            Self::Planner => "the cadence planner",
            Self::Log => "the message log",
            Self::Drill => "the drill of questions that are due",
            Self::Progress => "the page of progress",
        }
    }

    /// What a playbook must hold to have it.
    pub fn needs(self) -> &'static str {
        match self {
            Self::Lab => "rules and a method",
            Self::Planner | Self::Log => "rules or a cadence",
            Self::Drill => "a quiz",
            Self::Progress => "a quiz or a second lesson",
        }
    }
}

/// What decides which tools there are.
#[derive(Debug, Clone, Copy)]
pub struct Grounds<'a> {
    /// The rules and methods.
    pub rulebook: &'a Rulebook,
    /// Whether there is a cadence.
    pub has_cadences: bool,
    /// Whether there is a quiz.
    pub has_quizzes: bool,
    /// Whether there is more than one lesson.
    pub has_lessons: bool,
}

impl Grounds<'_> {
    /// Whether they are enough for a tool.
    pub fn have(self, tool: Tool) -> bool {
        match tool {
            Tool::Lab => self.rulebook.program().is_some() && !self.rulebook.methods.is_empty(),
            Tool::Planner | Tool::Log => self.has_cadences || !self.rulebook.is_empty(),
            Tool::Drill => self.has_quizzes,
            Tool::Progress => self.has_quizzes || self.has_lessons,
        }
    }
}

impl Book {
    /// Whether the playbook has a tool.
    pub fn has(&self, tool: Tool) -> bool {
        let lessons = self.pages.iter().filter(|page| page.kind == PageKind::Lesson);
        let grounds = Grounds {
            rulebook: &self.rulebook,
            has_cadences: !self.cadences.is_empty(),
            has_quizzes: !self.quizzes.is_empty(),
            has_lessons: lessons.take(2).count() == 2,
        };
        grounds.have(tool)
    }
}
