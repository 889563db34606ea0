//! What earlier builds of this process have made, kept with everything that it was made from.
//!
//! A stage asks here with its inputs as the key and makes the value itself where the key is another one. There is no second
//! way through the program: with an empty cache, which is what `build` has, every stage makes everything. Keys hold the
//! inputs themselves and are compared, so a value is never taken for inputs that it was not made from; what a stage does not
//! know how to put into a key it does not keep.

use crate::assets::Scripts;
use crate::diag::Diagnostics;
use crate::engine::{Channel, Machine, Report};
use crate::parse;
use crate::picture::Colour;
use crate::resolve;
use crate::rules::{self, Rulebook};
use crate::source::{Asset, FileId, Sources};
use crate::theme::{Icons, Part, Strings, Templates, Theme};
use rayon::prelude::*;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Files of templates, the words in them, and whether they are made short.
type TemplatesKey = (Part, Same<Strings>, bool);
/// A picture, the colour behind it, and the names of the sizes.
type IconsKey = (Arc<[u8]>, Colour, Vec<&'static str>);

/// The caches of all stages.
#[derive(Debug, Default)]
pub struct Cache {
    is_kept: bool,
    /// When each text was last committed, by the commit that git has checked out.
    pub(crate) days: Memo<Vec<u8>, Arc<HashMap<String, String>>>,
    /// The theme, by its files and the settings.
    pub(crate) theme: Memo<(Files, String), (Arc<Theme>, Diagnostics)>,
    /// The words of the interface, by their files and the language.
    pub(crate) words: Memo<(Part, String), (Arc<Strings>, Diagnostics)>,
    /// The theme's scripts as they are published, by their files and whether they are made short.
    pub(crate) scripts: Memo<(Part, bool), (Arc<Scripts>, Diagnostics)>,
    /// Compiled templates.
    pub(crate) templates: Memo<TemplatesKey, (Arc<Templates>, Diagnostics)>,
    /// Icons in all sizes.
    pub(crate) icons: Memo<IconsKey, Icons>,
    /// Rules, methods and word lists, by their files.
    pub(crate) rulebook: Memo<Files, (Arc<Rulebook>, Diagnostics)>,
    /// What the rulebook was compiled from.
    pub(crate) rules: Memo<(), rules::Kept>,
    /// What is wrong with rules, by the rulebook.
    pub(crate) rule_checks: Memo<Same<Rulebook>, Diagnostics>,
    /// Parsed pages.
    pub(crate) drafts: Memo<(), parse::Kept>,
    /// The order of pages and the tree of sections.
    pub(crate) nav: Memo<(), resolve::KeptNav>,
    /// Resolved pages.
    pub(crate) pages: Memo<(), resolve::Kept>,
    /// Graded scripts.
    pub(crate) reports: Reports,
}

impl Cache {
    /// A cache that keeps what is put into it; the default one does not.
    pub fn kept() -> Self {
        Self { is_kept: true, ..Self::default() }
    }

    /// Whether it keeps anything: if not, stages need not lay anything by.
    pub(crate) fn is_kept(&self) -> bool {
        self.is_kept
    }

    /// The value of a key: the kept one, or one that is made now.
    pub(crate) fn get<K: PartialEq, V: Clone>(
        &self,
        memo: &Memo<K, V>,
        key: K,
        make: impl FnOnce() -> V,
    ) -> V {
        if !self.is_kept {
            return make();
        }
        if let Some((known, value)) = &*memo.lock()
            && *known == key
        {
            return value.clone();
        }
        let value = make();
        *memo.lock() = Some((key, value.clone()));
        value
    }
}

/// Makes the values that are missing, side by side. Those that are there stay: waking threads for each of a thousand lookups takes
/// longer than the lookups.
pub(crate) fn fill<T: Send>(found: Vec<Option<T>>, make: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let missing: Vec<usize> = (0..found.len()).filter(|at| found[*at].is_none()).collect();
    let made: Vec<T> = match missing.as_slice() {
        [only] => vec![make(*only)],
        _ => missing.into_par_iter().map(&make).collect(),
    };
    let mut made = made.into_iter();
    found.into_iter().filter_map(|one| one.or_else(|| made.next())).collect()
}

/// The newest value with its key.
#[derive(Debug)]
pub(crate) struct Memo<K, V> {
    last: Mutex<Option<(K, V)>>,
}

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self { last: Mutex::new(None) }
    }
}

impl<K, V> Memo<K, V> {
    fn lock(&self) -> std::sync::MutexGuard<'_, Option<(K, V)>> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<V: Default> Memo<(), V> {
    /// Takes out what is kept, for a stage that compares piece by piece and puts the new whole back.
    pub(crate) fn take(&self) -> V {
        self.lock().take().map(|((), value)| value).unwrap_or_default()
    }

    /// Keeps a value for the next build.
    pub(crate) fn put(&self, value: V) {
        *self.lock() = Some(((), value));
    }
}

/// Files as a key: path, id and contents of each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Files {
    texts: Vec<(String, FileId, Arc<str>)>,
    others: Vec<(String, Arc<[u8]>)>,
}

impl Files {
    /// All files below some folders, and the files with some paths.
    pub(crate) fn of<'p>(sources: &Sources, folders: &[&str], paths: impl Iterator<Item = &'p str>) -> Self {
        let paths: Vec<&str> = paths.collect();
        let named = paths.iter().filter_map(|path| sources.find(path));
        let below = folders.iter().flat_map(|folder| sources.under(folder, "").map(|(id, _)| id));
        let text = |id| (sources.file(id).path.clone(), id, Arc::clone(&sources.file(id).text));
        let is_wanted = |asset: &&Asset| {
            folders.iter().any(|folder| asset.path.starts_with(folder))
                || paths.contains(&asset.path.as_str())
        };
        let others = sources.assets.iter().filter(is_wanted);
        Self {
            texts: below.chain(named).map(text).collect(),
            others: others.map(|asset| (asset.path.clone(), Arc::clone(&asset.bytes))).collect(),
        }
    }
}

/// A value as a key: the very same one, not one that is equal. It is held, so its place is never given to another.
#[derive(Debug, Clone)]
pub(crate) struct Same<T>(pub(crate) Arc<T>);

impl<T> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// What a report is made from, besides the machine.
pub(crate) type Script = (Channel, String, Vec<(String, bool)>);

/// Reports of one machine: those of the last build and those of this one.
#[derive(Debug, Default)]
pub(crate) struct Reports {
    inner: Mutex<ReportsOf>,
}

#[derive(Debug, Default)]
struct ReportsOf {
    machine: Option<Arc<Machine>>,
    last: HashMap<Script, Arc<Report>>,
    current: HashMap<Script, Arc<Report>>,
}

impl Reports {
    /// Begins a build: what the last one did not use is dropped, and everything if the rules are others.
    pub(crate) fn begin(&self, machine: Option<&Arc<Machine>>) {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let is_same = match (&inner.machine, machine) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            _ => false,
        };
        inner.last = std::mem::take(&mut inner.current);
        if !is_same {
            inner.machine = machine.cloned();
            inner.last.clear();
        }
    }

    /// The report of a script; made outside the lock, so that scripts can be graded side by side.
    pub(crate) fn get(&self, script: Script, make: impl FnOnce(&Script) -> Report) -> Arc<Report> {
        let known = {
            let inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
            inner.current.get(&script).or_else(|| inner.last.get(&script)).cloned()
        };
        let report = known.unwrap_or_else(|| Arc::new(make(&script)));
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner.current.insert(script, Arc::clone(&report));
        report
    }
}
