//! In unit tests: which keys each decoder asks for, to be compared with `schema`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

/// Keys by the name of the map that they are asked of.
pub(crate) type Asked = BTreeMap<&'static str, BTreeSet<&'static str>>;

static ASKED: Mutex<Asked> = Mutex::new(Asked::new());

/// A decoder has asked for these.
pub(super) fn note(what: &'static str, keys: &[&'static str]) {
    ASKED.lock().unwrap_or_else(PoisonError::into_inner).entry(what).or_default().extend(keys);
}

/// What has been asked for so far.
pub(crate) fn asked() -> Asked {
    ASKED.lock().unwrap_or_else(PoisonError::into_inner).clone()
}
