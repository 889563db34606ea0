//! A package for a learning system: the whole site in one archive, and a player around it that reports.
//!
//! 1. Build the site under a placeholder path and make every address relative ([`relative`]): nobody knows where the
//!    learning system will put it.
//! 2. List what counts, lessons and quizzes, in `lms/course.json` ([`course`]).
//! 3. Add the player, a page that holds the site in a frame and speaks with the learning system, and the manifest of the
//!    format ([`scorm`], [`cmi5`]).
//!
//! The site itself knows nothing of learning systems: it says what happens by events, and the player listens.

mod cmi5;
mod course;
mod relative;
mod scorm;

use crate::config::Config;
use crate::diag::Diagnostics;
use crate::{Built, Loaded, Options, Stage, make};
use anyhow::{Result, bail};
use std::collections::BTreeMap;

/// The path that the site is built under before its addresses become relative.
const ROOT: &str = "/ringback-package-root/";

/// What a learning system reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// SCORM 1.2.
    Scorm12,
    /// SCORM 2004, fourth edition.
    Scorm2004,
    /// cmi5, first edition ("Quartz").
    Cmi5,
}

impl Format {
    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Scorm12 => "scorm12",
            Self::Scorm2004 => "scorm2004",
            Self::Cmi5 => "cmi5",
        }
    }
}

/// Files of a package by path, and what was wrong with the playbook.
#[derive(Debug)]
pub struct Package {
    /// Path to bytes; packed by [`crate::zip::pack`].
    pub files: BTreeMap<String, Vec<u8>>,
    /// The built playbook, for its sources.
    pub built: Built,
}

impl Package {
    /// All mistakes, sorted.
    pub fn diagnostics(&self) -> &Diagnostics {
        &self.built.diagnostics
    }
}

/// Packs a playbook: all of it, or with what counts for one method. A method's package holds the whole site, so that no
/// link is dead; it opens at the method, and counts its lessons and quizzes.
///
/// # Errors
/// If there is no such method, or the playbook has no page.
pub fn package(
    mut loaded: Loaded,
    options: &Options,
    format: Format,
    method: Option<&str>,
    progress: &dyn Fn(Stage),
) -> Result<Package> {
    for_a_package(&mut loaded.config);
    let built = make(loaded, options, None, progress)?;
    let mut files = BTreeMap::new();
    if built.diagnostics.errors() > 0 {
        return Ok(Package { files, built });
    }
    if let Some(method) = method
        && built.book.rulebook.method(method).is_none()
    {
        let known: Vec<&str> = built.book.rulebook.method_ids().collect();
        bail!("no method is called `{method}`; there are {}", known.join(", "));
    }
    let course = course::Course::of(&built, format, method)?;
    for (path, contents) in &built.site.files {
        if let Some(bytes) = relative::file(path, contents) {
            files.insert(path.clone(), bytes);
        }
    }
    let mut add = |path: &str, bytes: Vec<u8>| files.insert(path.to_owned(), bytes);
    add("lms/course.json", serde_json::to_vec_pretty(&course)?);
    add("launch.html", player_page(&built, &course, format).into_bytes());
    for (name, text) in PLAYER {
        add(&format!("lms/{name}"), (*text).into());
    }
    let names: Vec<String> = files.keys().cloned().collect();
    match format {
        Format::Scorm12 => {
            _ = files.insert("imsmanifest.xml".into(), scorm::manifest_12(&course, &names).into());
        }
        Format::Scorm2004 => {
            _ = files.insert("imsmanifest.xml".into(), scorm::manifest_2004(&course, &names).into());
        }
        Format::Cmi5 => _ = files.insert("cmi5.xml".into(), cmi5::structure(&course).into()),
    }
    Ok(Package { files, built })
}

/// The player's own files, as they stand in `lms/`.
const PLAYER: &[(&str, &str)] = &[
    ("launch.css", include_str!("player/launch.css")),
    ("launch.js", include_str!("player/launch.js")),
    ("state.js", include_str!("player/state.js")),
    ("scorm.js", include_str!("player/scorm.js")),
    ("cmi5.js", include_str!("player/cmi5.js")),
];

/// The page that the learning system opens.
fn player_page(built: &Built, course: &course::Course, format: Format) -> String {
    let escape = crate::html::escape;
    // The record store of cmi5 may live anywhere; everything else stays at home.
    let connect = if format == Format::Cmi5 { "'self' https: http:" } else { "'self'" };
    include_str!("player/launch.html")
        .replace("{language}", &escape(&built.config.language))
        .replace("{title}", &escape(&course.title))
        .replace("{connect}", connect)
        .replace("{start}", &escape(&course.start))
        .replace("{words}", &escape(&built.words.forms_of("lms_").to_string()))
}

/// No whole addresses, nothing that only a web host wants.
fn for_a_package(config: &mut Config) {
    config.base_url = None;
    ROOT.clone_into(&mut config.base_path);
    config.publish.offline = false;
}
