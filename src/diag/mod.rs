//! Diagnostics: what is wrong with the author's text, where, and what to type instead.
//!
//! Every stage takes a `&mut Diagnostics` and goes on after a mistake, so one run reports all of
//! them. An error about the world (disk, port, permissions) is not a diagnostic but an
//! `anyhow::Error`; the two are never mixed.

pub mod codes;
pub mod excerpt;
pub mod github;
pub mod human;
pub mod json;
pub mod junit;
mod nearest;
pub mod sarif;

use crate::source::{Sources, Span};
pub use codes::Code;
pub use nearest::nearest;
use serde::Serialize;
use std::collections::BTreeMap;

/// How much a diagnostic matters; an error makes `check` and `build` exit 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The playbook cannot be published like this.
    Error,
    /// It can, but a reader will notice.
    Warning,
}

impl Severity {
    /// The word that every output uses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// Codes that matter more or less in one playbook than in their table; none: they are not told at all.
pub type Severities = BTreeMap<Code, Option<Severity>>;

/// One message about one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of mistake; `ringback explain CODE` says more.
    pub code: Code,
    /// From the code's table, unless the playbook says otherwise.
    pub severity: Severity,
    /// Where, if a text file holds the mistake.
    pub span: Option<Span>,
    /// The path, for a mistake in something that is no text (an image) or is missing.
    pub path: Option<String>,
    /// What is wrong, in the author's words: lower case, no final stop, names in backticks.
    pub message: String,
    /// A second place that explains the first, with its own message.
    pub related: Option<(Span, String)>,
    /// What to type instead.
    pub help: Option<String>,
}

impl Diagnostic {
    /// Says what to type.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// Says "did you mean", if one of the names is close enough to what was written.
    pub fn help_nearest<'a>(&mut self, written: &str, names: impl IntoIterator<Item = &'a str>) -> &mut Self {
        if let Some(name) = nearest(written, names) {
            self.help = Some(format!("did you mean `{name}`?"));
        }
        self
    }

    /// Points at a second place.
    pub fn related(&mut self, span: Span, message: impl Into<String>) -> &mut Self {
        self.related = Some((span, message.into()));
        self
    }
}

/// The sink that the stages write to.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<T: IntoIterator<Item = Diagnostic>>(list: T) -> Self {
        Self { list: list.into_iter().collect() }
    }
}

impl Diagnostics {
    /// Reports a mistake at a place; its severity is the code's.
    pub fn report(&mut self, code: Code, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        self.push(code, Some(span), None, message.into())
    }

    /// Reports a mistake in a file that has no text, or that is missing.
    pub fn report_path(&mut self, code: Code, path: &str, message: impl Into<String>) -> &mut Diagnostic {
        self.push(code, None, Some(path.to_owned()), message.into())
    }

    fn push(
        &mut self,
        code: Code,
        span: Option<Span>,
        path: Option<String>,
        message: String,
    ) -> &mut Diagnostic {
        let severity = code.severity();
        self.list.push(Diagnostic { code, severity, span, path, message, related: None, help: None });
        let last = self.list.len() - 1;
        &mut self.list[last]
    }

    /// Adds what another sink collected, such as that of one page among many.
    pub fn extend(&mut self, other: Diagnostics) {
        self.list.extend(other.list);
    }

    /// Gives each the severity that the playbook wants, and drops those that it does not want to hear of.
    pub fn apply(&mut self, severities: &Severities) {
        if severities.is_empty() {
            return;
        }
        self.list.retain_mut(|one| match severities.get(&one.code) {
            Some(Some(severity)) => {
                one.severity = *severity;
                true
            }
            Some(None) => false,
            None => true,
        });
    }

    /// True if nothing was reported.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many were reported.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// How many errors were reported.
    pub fn errors(&self) -> usize {
        self.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count()
    }

    /// How many warnings were reported.
    pub fn warnings(&self) -> usize {
        self.len() - self.errors()
    }

    /// All of them, in the order of reporting.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    /// Sorted by file and place, each once: the order in which every output shows them.
    #[must_use]
    pub fn sorted(mut self, sources: &Sources) -> Self {
        let path = |diagnostic: &Diagnostic| diagnostic.path(sources).to_owned();
        self.list.sort_by_cached_key(|one| {
            (path(one), one.span.map(|span| (span.start, span.end)), one.code.name(), one.message.clone())
        });
        self.list.dedup();
        self
    }
}

impl Diagnostic {
    /// The file that holds the mistake, from the playbook's root.
    pub fn path<'a>(&'a self, sources: &'a Sources) -> &'a str {
        match (self.span, &self.path) {
            (Some(span), _) => &sources.file(span.file).path,
            (None, Some(path)) => path,
            (None, None) => "",
        }
    }
}
