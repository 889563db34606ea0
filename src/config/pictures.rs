//! The keys of `book.toml` that are about pictures: the site's icon, its social cards, and their font.

use crate::diag::{Code, Diagnostics};
use crate::source::Spanned;
use crate::tree::Fields;

/// What `cards` may be.
pub const CARDS: &[&str] = &["none", "site", "pages"];

/// Which pages have a social card of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cards {
    /// There are no cards.
    None,
    /// One for all pages.
    #[default]
    Site,
    /// One for each page.
    Pages,
}

/// What the playbook says about its pictures.
#[derive(Debug, Clone, Default)]
pub struct Pictures {
    /// `[book] icon`: a path from the playbook's root.
    pub icon: Option<Spanned<String>>,
    /// `[output] cards`.
    pub cards: Cards,
    /// `[output] card_font`: a path from the playbook's root.
    pub card_font: Option<Spanned<String>>,
}

impl Pictures {
    /// Whether a file is one of those that the settings name.
    pub fn name(&self, path: &str) -> bool {
        self.names().any(|name| name == path)
    }

    /// The files that the settings name.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        [&self.icon, &self.card_font].into_iter().flatten().map(|file| file.value.as_str())
    }

    /// Reads its keys of `[output]`.
    pub(super) fn read_output(&mut self, fields: &mut Fields<'_>, diagnostics: &mut Diagnostics) {
        let kinds = [Cards::None, Cards::Site, Cards::Pages];
        let choices: Vec<(&'static str, Cards)> = CARDS.iter().copied().zip(kinds).collect();
        self.cards = fields.choice("cards", &choices, diagnostics).unwrap_or_default();
        self.card_font = file("card_font", fields, diagnostics);
    }
}

/// The path of a file that a build reads: under `content/` or `themes/`, nowhere else.
pub(super) fn file(
    key: &'static str,
    fields: &mut Fields<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Spanned<String>> {
    let written = fields.spanned(key, diagnostics)?;
    let path = written.value.as_str();
    let is_plain = !path.contains(['\\', ':'])
        && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
        && ["content/", "themes/"].iter().any(|folder| path.starts_with(folder));
    if is_plain {
        return Some(written);
    }
    let help = match path.rsplit(['/', '\\']).next().filter(|name| !name.is_empty() && *name != "..") {
        Some(name) => {
            format!("put it under content/ or themes/, and count from the root: `{key} = \"content/{name}\"`")
        }
        None => format!("count from the playbook's root: `{key} = \"content/NAME\"`"),
    };
    diagnostics
        .report(
            Code::BadValue,
            written.span,
            format!("`{path}` is no path to a file under content/ or themes/"),
        )
        .help(help);
    None
}
