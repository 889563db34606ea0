//! The pictures that a theme has drawn: the icons in all sizes, and what the social cards share.
//!
//! The built-in icons lie in the theme as they are drawn here, so that a build without an icon of its own draws none; a test
//! compares the two.

use super::files::ThemeFiles;
use crate::cache::Cache;
use crate::config::{Cards, Config, Direction};
use crate::diag::{Code, Diagnostics, nearest};
use crate::picture::card::{Colours, Stock};
use crate::picture::drawing::Drawing;
use crate::picture::icon::{self, Icon};
use crate::picture::lettering::Lettering;
use crate::picture::{Colour, colour};
use crate::source::{Sources, Span, Spanned};
use rayon::prelude::*;
use std::sync::{Arc, OnceLock};

/// The theme's mark.
const ICON: &str = "img/icon.svg";
/// What stands behind the words of a card.
const GROUND: &str = "card/ground.svg";
/// Where the colours are.
const TOKENS: &str = "css/tokens.css";

/// What the manifest and the cards need of the theme's pictures.
#[derive(Debug)]
pub(crate) struct Pictures {
    /// The ground of pages and cards.
    pub(crate) paper: Colour,
    /// The colour of the mark and of what is marked.
    pub(crate) accent: Colour,
    /// The letters of the cards.
    pub(crate) font: Arc<Lettering>,
    /// The files that a card is drawn from besides its words, as a hash.
    pub(crate) from: blake3::Hash,
    colours: Colours,
    ground: Arc<[u8]>,
    mark: Arc<[u8]>,
    rtl: bool,
    stock: OnceLock<Stock>,
}

impl Pictures {
    /// What all cards share; drawn for the first of them.
    pub(crate) fn stock(&self) -> &Stock {
        self.stock.get_or_init(|| {
            // Both were read once before, and what is wrong with them has been said.
            let (picture, mark) = (Drawing::read(&self.ground).ok(), Icon::read(&self.mark).ok());
            Stock::new(self.colours, picture.as_ref(), mark.as_ref(), self.rtl)
        })
    }
}

/// Path inside the theme and PNG of each size of an icon.
pub(crate) type Icons = Arc<Vec<(&'static str, Arc<[u8]>)>>;

/// Draws the icons of a playbook that has its own, and reads what the cards are made from.
pub(super) fn prepare(
    files: &mut ThemeFiles,
    sources: &Sources,
    config: &Config,
    cache: &Cache,
    diagnostics: &mut Diagnostics,
) -> Pictures {
    let tokens = files.get(TOKENS).and_then(super::files::ThemeFile::text).unwrap_or_default();
    let token = |name: &str, else_: Colour| light(&tokens, name).unwrap_or(else_);
    let colours = Colours {
        paper: token("--paper", [248, 250, 248]),
        ink: token("--ink", [20, 32, 26]),
        soft: token("--ink-soft", [75, 89, 82]),
        accent: token("--accent", [10, 104, 71]),
    };
    let mark = icons(files, sources, config, colours.paper, cache, diagnostics);
    let ground = ground(files, config, &tokens, diagnostics);
    let font_bytes =
        config.pictures.card_font.as_ref().and_then(|file| find(sources, file, Code::BadFont, diagnostics));
    let mut hasher = blake3::Hasher::new();
    for part in [&mark[..], &ground, font_bytes.as_deref().unwrap_or_default()] {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    let rtl = config.direction == Direction::Rtl;
    hasher.update(format!("{colours:?}{rtl}").as_bytes());
    let font = match (font_bytes, &config.pictures.card_font) {
        (Some(bytes), Some(file)) => Lettering::read(bytes.to_vec()).map_or_else(
            |why| {
                let message = format!("`{}` cannot be used: {why}", file.value);
                diagnostics.report(Code::BadFont, file.span, message).help("name an .otf or .ttf file");
                Lettering::built_in()
            },
            Arc::new,
        ),
        _ => Lettering::built_in(),
    };
    Pictures {
        paper: colours.paper,
        accent: colours.accent,
        font,
        from: hasher.finalize(),
        colours,
        ground,
        mark,
        rtl,
        stock: OnceLock::new(),
    }
}

/// Puts the icons into the theme; gives the file that they are drawn from.
fn icons(
    files: &mut ThemeFiles,
    sources: &Sources,
    config: &Config,
    paper: Colour,
    cache: &Cache,
    diagnostics: &mut Diagnostics,
) -> Arc<[u8]> {
    let of_theme = files.get(ICON).map_or_else(|| Arc::from(&b""[..]), |file| Arc::clone(&file.bytes));
    let named = config.pictures.icon.as_ref();
    let bytes = match named {
        Some(file) => match find(sources, file, Code::MissingImage, diagnostics) {
            Some(bytes) => bytes,
            None => return of_theme,
        },
        None if files.is_own(ICON) => Arc::clone(&of_theme),
        None => return of_theme,
    };
    let path = format!("themes/{}/{ICON}", config.theme);
    let (shown, span) = named.map_or((path.as_str(), None), |file| (file.value.as_str(), Some(file.span)));
    let mut report = |code: Code, message: String, help: &str| {
        let one = match span {
            Some(span) => diagnostics.report(code, span, message),
            None => diagnostics.report_path(code, &path, message),
        };
        one.help(help);
    };
    let icon = match Icon::read(&bytes) {
        Ok(icon) => icon,
        Err(why) => {
            let help = "export it from the drawing program as a plain SVG with letters turned into paths, or as a square PNG of \
                        512 pixels";
            report(Code::BadIcon, format!("`{shown}` cannot be an icon: {why}"), help);
            return of_theme;
        }
    };
    if let Some(side) = icon.is_small() {
        let message = format!("`{shown}` is {side} pixels wide; icons are shown with up to 512");
        report(Code::SmallIcon, message, "export it with 512 by 512 pixels or more, or as an SVG");
    }
    if named.is_some() && icon.is_svg() {
        files.put(ICON, Arc::clone(&bytes));
    } else if named.is_some() {
        files.remove(ICON);
    }
    // A playbook that has drawn one of the sizes by hand keeps it, unless it names another icon.
    let wanted: Vec<_> =
        icon::FILES.iter().filter(|(path, ..)| named.is_some() || !files.is_own(path)).collect();
    let key = (Arc::clone(&bytes), paper, wanted.iter().map(|(path, ..)| *path).collect());
    let drawn = cache.get(&cache.icons, key, || {
        let draw = wanted.par_iter().map(|(path, side, safe)| (*path, icon.png(*side, *safe, paper).into()));
        Arc::new(draw.collect())
    });
    for (path, png) in drawn.iter() {
        files.put(path, Arc::clone(png));
    }
    bytes
}

/// The picture behind the words, with the theme's colours in place of their names.
fn ground(files: &ThemeFiles, config: &Config, tokens: &str, diagnostics: &mut Diagnostics) -> Arc<[u8]> {
    let Some(text) = files.get(GROUND).and_then(super::files::ThemeFile::text) else {
        return Arc::from(&b""[..]);
    };
    let mut pieces = text.split("var(--");
    let mut filled = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, rest) = piece.split_once(')').unwrap_or((piece, ""));
        let [red, green, blue] = light(tokens, &format!("--{name}")).unwrap_or_default();
        filled += &format!("#{red:02x}{green:02x}{blue:02x}{rest}");
    }
    if files.is_own(GROUND)
        && let Err(why) = Drawing::read(filled.as_bytes())
    {
        let path = format!("themes/{}/{GROUND}", config.theme);
        diagnostics
            .report_path(Code::BadIcon, &path, format!("`{GROUND}` cannot be drawn: {why}"))
            .help("make it of shapes alone, or remove it to have the built-in one");
    }
    filled.into_bytes().into()
}

/// The bytes of a file that the settings name.
fn find(
    sources: &Sources,
    file: &Spanned<String>,
    code: Code,
    diagnostics: &mut Diagnostics,
) -> Option<Arc<[u8]>> {
    if let Some(asset) = sources.assets.iter().find(|asset| asset.path == file.value) {
        return Some(Arc::clone(&asset.bytes));
    }
    // A text: what it is found to be is said by who reads it.
    if let Some(id) = sources.find(&file.value) {
        return Some(Arc::from(sources.text(id).as_bytes()));
    }
    let paths = sources.assets.iter().map(|asset| asset.path.as_str());
    let one = diagnostics.report(code, file.span, format!("there is no file `{}`", file.value));
    match nearest(&file.value, paths) {
        Some(path) => one.help(format!("did you mean `{path}`?")),
        None => one.help("the path counts from the playbook's root"),
    };
    None
}

/// The colour of a token for a bright screen, if it is written as `#…`.
fn light(tokens: &str, name: &str) -> Option<Colour> {
    let declared = tokens.rmatch_indices(name).find_map(|(at, _)| {
        let before = tokens[..at].chars().next_back();
        let value = tokens[at + name.len()..].trim_start().strip_prefix(':')?;
        before.is_none_or(|c| c.is_whitespace() || matches!(c, '{' | ';' | '/')).then_some(value)
    })?;
    let value = declared.split([';', '}']).next()?.trim();
    let value =
        value.strip_prefix("var(--light,").map_or(value, |rest| rest.split(')').next().unwrap_or(rest));
    colour(value)
}

/// Whether cards are made at all: a picture's address has to be whole.
pub(crate) fn are_made(config: &Config) -> bool {
    config.pictures.cards != Cards::None && config.base_url.is_some()
}

/// Where to report what is wrong with the cards' words.
pub(crate) fn span_of_cards(config: &Config) -> Option<Span> {
    config.pictures.card_font.as_ref().map(|file| file.span)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_read_for_a_bright_screen() {
        let css = ":root{--paper: #000}\n  --paper: var(--light, #f8faf8) var(--dark, #0e1311);\n--ink:#123;--ink-soft: red;";
        assert_eq!(light(css, "--paper"), Some([0xf8, 0xfa, 0xf8]));
        assert_eq!(light(css, "--ink"), Some([0x11, 0x22, 0x33]));
        assert_eq!((light(css, "--ink-soft"), light(css, "--accent")), (None, None));
    }

    /// To draw them again: `RINGBACK_DRAW=1 cargo test the_built_in_icons`.
    #[test]
    #[expect(clippy::disallowed_methods, reason = "writes into this repository when asked to")]
    fn the_built_in_icons_are_what_would_be_drawn() {
        let files = ThemeFiles::collect(&Sources::default(), &Config::default(), &mut Diagnostics::default());
        let tokens = files.get(TOKENS).and_then(super::super::files::ThemeFile::text).expect("tokens");
        let paper = light(&tokens, "--paper").expect("a colour");
        let icon = Icon::read(&files.get(ICON).expect("an icon").bytes).expect("an icon");
        for (path, side, safe) in icon::FILES {
            let drawn = icon.png(side, safe, paper);
            if std::env::var_os("RINGBACK_DRAW").is_some() {
                let place = format!("{}/themes/default/{path}", env!("CARGO_MANIFEST_DIR"));
                std::fs::write(place, &drawn).expect("written");
            } else {
                assert_eq!(files.get(path).map(|file| &*file.bytes), Some(&drawn[..]), "{path}");
            }
        }
    }
}
