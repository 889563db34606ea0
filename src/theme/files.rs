//! The files of a theme: the built-in ones with the playbook's own laid over them by path.

use crate::config::Config;
use crate::diag::{Code, Diagnostics};
use crate::source::{FileId, Sources, Span};
use include_dir::{Dir, include_dir};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// The built-in files, copied out of the binary once.
static BUILT_IN_FILES: LazyLock<BTreeMap<String, ThemeFile>> = LazyLock::new(|| {
    let mut files = BTreeMap::new();
    add_built_in(&BUILT_IN, &mut files);
    files
});

/// The name of the built-in theme; a playbook need not have a folder for it.
const BUILT_IN_NAME: &str = "default";

/// Some files of a theme as a key of what is made from them.
pub(crate) type Part = Vec<(String, ThemeFile)>;

/// One file of a theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ThemeFile {
    /// What is in it: the playbook's bytes, else the built-in ones.
    pub(crate) bytes: Arc<[u8]>,
    /// The playbook's own file, if it is a text one.
    pub(crate) id: Option<FileId>,
    /// Whether the playbook has the file.
    is_own: bool,
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
    pub(crate) fn collect(sources: &Sources, config: &Config, diagnostics: &mut Diagnostics) -> Self {
        let name = config.theme.as_str();
        let mut files = Self { by_path: BUILT_IN_FILES.clone() };
        let folder = format!("themes/{name}/");
        for (id, source) in sources.under(&folder, "") {
            let path = &source.path[folder.len()..];
            files.lay_over(path, Arc::from(source.text.as_bytes()), Some(id));
        }
        for asset in sources.assets.iter().filter(|asset| asset.path.starts_with(&folder)) {
            let path = &asset.path[folder.len()..];
            files.lay_over(path, asset.bytes.clone(), None);
        }
        if name != BUILT_IN_NAME && !files.by_path.values().any(|file| file.is_own) {
            let message = format!("the playbook has no theme `{name}`");
            diagnostics
                .report_path(Code::BadValue, "book.toml", message)
                .help(format!("put files into themes/{name}/, or remove `theme` to have the built-in theme"));
        }
        files.report_unused(&folder, config, diagnostics);
        files
    }

    fn lay_over(&mut self, path: &str, bytes: Arc<[u8]>, id: Option<FileId>) {
        let built_in = self.by_path.get(path).and_then(|file| file.built_in);
        self.by_path.insert(path.to_owned(), ThemeFile { bytes, id, is_own: true, built_in });
    }

    /// Reports files of the playbook's theme that replace no built-in file and that nothing names.
    fn report_unused(&self, folder: &str, config: &Config, diagnostics: &mut Diagnostics) {
        let own = self.by_path.iter().filter(|(_, file)| file.is_own && file.built_in.is_none());
        for (path, file) in own {
            let name = path.rsplit('/').next().unwrap_or(path);
            let is_note = name.to_ascii_lowercase().ends_with(".md");
            let is_words = path.starts_with("i18n/") && path.strip_suffix(".yaml").is_some();
            let names_it = |(other, file): (&String, &ThemeFile)| {
                other != path && std::str::from_utf8(&file.bytes).is_ok_and(|text| text.contains(name))
            };
            let is_named = config.pictures.name(&format!("{folder}{path}"));
            if is_named || is_note || is_words || defines_component(file) || self.by_path.iter().any(names_it)
            {
                continue;
            }
            let message =
                format!("`{path}` replaces no file of the built-in theme, and no other file names it");
            let diagnostic = match file.id {
                Some(id) => diagnostics.report(Code::UnknownThemeFile, Span::whole_file(id), message),
                None => diagnostics.report_path(Code::UnknownThemeFile, &format!("{folder}{path}"), message),
            };
            let built_in = self.by_path.iter().filter(|(_, file)| file.built_in.is_some());
            diagnostic.help_nearest(path, built_in.map(|(path, _)| path.as_str()));
        }
    }

    /// Puts a file that was made in the place of one that was there.
    pub(super) fn put(&mut self, path: &str, bytes: Arc<[u8]>) {
        self.by_path.insert(path.to_owned(), ThemeFile { bytes, id: None, is_own: false, built_in: None });
    }

    /// Takes a file out.
    pub(super) fn remove(&mut self, path: &str) {
        self.by_path.remove(path);
    }

    /// Whether the playbook has the file.
    pub(super) fn is_own(&self, path: &str) -> bool {
        self.by_path.get(path).is_some_and(|file| file.is_own)
    }

    /// The file at a path inside the theme.
    pub(crate) fn get(&self, path: &str) -> Option<&ThemeFile> {
        self.by_path.get(path)
    }

    /// All files, sorted by path.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &ThemeFile)> {
        self.by_path.iter().map(|(path, file)| (path.as_str(), file))
    }

    /// The files whose path is wanted.
    pub(crate) fn part(&self, wanted: impl Fn(&str) -> bool) -> Part {
        let files = self.by_path.iter().filter(|(path, _)| wanted(path));
        files.map(|(path, file)| (path.clone(), file.clone())).collect()
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

fn add_built_in(dir: &'static Dir<'static>, files: &mut BTreeMap<String, ThemeFile>) {
    for file in dir.files() {
        let Some(path) = file.path().to_str() else { continue };
        let contents = file.contents();
        let built_in =
            ThemeFile { bytes: contents.into(), id: None, is_own: false, built_in: Some(contents) };
        files.insert(path.replace('\\', "/"), built_in);
    }
    dir.dirs().for_each(|child| add_built_in(child, files));
}

/// Components are known by their own names, whatever the file is called.
fn defines_component(file: &ThemeFile) -> bool {
    std::str::from_utf8(&file.bytes).is_ok_and(|text| text.contains("{% component"))
}

/// The path inside the theme of a template's name.
pub(crate) fn path_of(template: &str) -> String {
    if template.starts_with("partials/") { template.to_owned() } else { format!("templates/{template}") }
}
