//! The files of a theme: the built-in ones with the playbook's own laid over them by path.

use crate::diag::{Code, Diagnostics, nearest};
use crate::source::{FileId, Sources, Span};
use include_dir::{Dir, include_dir};
use std::collections::BTreeMap;
use std::sync::Arc;

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// Where a theme's files may lie; anything elsewhere is a mistake.
const FOLDERS: [&str; 6] = ["templates/", "partials/", "css/", "js/", "img/", "i18n/"];

/// One file of a theme.
#[derive(Debug, Clone)]
pub(crate) struct ThemeFile {
    /// What is in it: the playbook's bytes, else the built-in ones.
    pub(crate) bytes: Arc<[u8]>,
    /// The playbook's own file, if it is a text one.
    pub(crate) id: Option<FileId>,
    /// What the binary holds under this path.
    built_in: Option<&'static [u8]>,
}

impl ThemeFile {
    /// The text, if it is UTF-8.
    pub(crate) fn text(&self) -> Option<Arc<str>> {
        std::str::from_utf8(&self.bytes).ok().map(Arc::from)
    }

    /// The text that the binary holds, whatever the playbook says.
    pub(crate) fn built_in_text(&self) -> Option<Arc<str>> {
        std::str::from_utf8(self.built_in?).ok().map(Arc::from)
    }
}

/// All files of a theme by their path inside it: `css/index.css`.
#[derive(Debug, Default)]
pub(crate) struct ThemeFiles {
    by_path: BTreeMap<String, ThemeFile>,
}

impl ThemeFiles {
    /// The built-in files under those of `themes/NAME/`.
    pub(crate) fn collect(sources: &Sources, name: &str, diagnostics: &mut Diagnostics) -> Self {
        let mut files = Self::default();
        files.add_built_in(&BUILT_IN);
        let folder = format!("themes/{name}/");
        for (id, source) in sources.under(&folder, "") {
            let path = &source.path[folder.len()..];
            files.check_path(path, Some(Span::whole_file(id)), &source.path, diagnostics);
            files.lay_over(path, Arc::from(source.text.as_bytes()), Some(id));
        }
        for asset in sources.assets.iter().filter(|asset| asset.path.starts_with(&folder)) {
            let path = &asset.path[folder.len()..];
            files.check_path(path, None, &asset.path, diagnostics);
            files.lay_over(path, asset.bytes.clone(), None);
        }
        files
    }

    fn add_built_in(&mut self, dir: &'static Dir<'static>) {
        for file in dir.files() {
            let Some(path) = file.path().to_str() else { continue };
            let path = path.replace('\\', "/");
            let contents = file.contents();
            self.by_path
                .insert(path, ThemeFile { bytes: contents.into(), id: None, built_in: Some(contents) });
        }
        for child in dir.dirs() {
            self.add_built_in(child);
        }
    }

    fn lay_over(&mut self, path: &str, bytes: Arc<[u8]>, id: Option<FileId>) {
        let built_in = self.by_path.get(path).and_then(|file| file.built_in);
        self.by_path.insert(path.to_owned(), ThemeFile { bytes, id, built_in });
    }

    /// A file outside the folders of a theme is used by nothing.
    fn check_path(&self, path: &str, span: Option<Span>, whole: &str, diagnostics: &mut Diagnostics) {
        let known = FOLDERS.iter().any(|folder| path.starts_with(folder));
        let is_note =
            std::path::Path::new(path).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("md"));
        if known || is_note {
            return;
        }
        let message = format!("`{path}` is no part of a theme");
        let diagnostic = match span {
            Some(span) => diagnostics.report(Code::UnknownThemeFile, span, message),
            None => diagnostics.report_path(Code::UnknownThemeFile, whole, message),
        };
        match nearest(path, self.by_path.keys().map(String::as_str)) {
            Some(name) => diagnostic.help(format!("did you mean `{name}`?")),
            None => diagnostic.help(format!("a theme's folders are {}", FOLDERS.join(", "))),
        };
    }

    /// The file at a path inside the theme.
    pub(crate) fn get(&self, path: &str) -> Option<&ThemeFile> {
        self.by_path.get(path)
    }

    /// All files, sorted by path.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &ThemeFile)> {
        self.by_path.iter().map(|(path, file)| (path.as_str(), file))
    }

    /// Templates and partials under the names by which templates call each other: `lesson.html`,
    /// `partials/icon.html`.
    pub(crate) fn templates(&self) -> impl Iterator<Item = (String, &ThemeFile)> {
        self.iter().filter_map(|(path, file)| {
            let name = match path.strip_prefix("templates/") {
                Some(name) => name,
                None if path.starts_with("partials/") => path,
                None => return None,
            };
            Some((name.to_owned(), file))
        })
    }
}

/// The path inside the theme of a template's name.
pub(crate) fn path_of(template: &str) -> String {
    if template.starts_with("partials/") { template.to_owned() } else { format!("templates/{template}") }
}
