//! The part of `[output]` that only a site on its way to readers has.

use crate::diag::Diagnostics;
use crate::tree::Fields;

/// What is done to a site that is published, and not to one that is served while it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Publish {
    /// `[output] minify`: templates, styles and scripts lose what only people read.
    pub minify: bool,
    /// `[output] offline`: a worker keeps the site in the reader's browser.
    pub offline: bool,
}

impl Default for Publish {
    fn default() -> Self {
        Self { minify: true, offline: true }
    }
}

impl Publish {
    /// As for a site that nobody keeps.
    #[must_use]
    pub fn for_preview() -> Self {
        Self { minify: false, offline: false }
    }

    /// Reads its keys of the table.
    pub(super) fn read(&mut self, fields: &mut Fields<'_>, diagnostics: &mut Diagnostics) {
        self.minify = fields.flag("minify", self.minify, diagnostics);
        self.offline = fields.flag("offline", self.offline, diagnostics);
    }
}
