//! A social card: what a messenger or a network shows for a link. 1200 by 630 pixels, the size that all of them take.
//!
//! ```text
//! ┌────────────────────────────┐
//! │ (mark) The playbook        │   the site
//! │                            │
//! │ Section                    │   the eyebrow
//! │ The title of the page,     │   as large as it fits
//! │ over up to four lines      │
//! │                            │
//! │ ı|ılı|ıı ········ ıll  ıll │   a message out, silence, the ring back: the ground, a picture of the theme
//! └────────────────────────────┘
//! ```
//!
//! A card of the whole site has its description in place of an eyebrow, below the title.

use super::drawing::Drawing;
use super::icon::{Icon, blank};
use super::lettering::Lettering;
use super::lines::{self, Block, Step};
use super::{Colour, shades};
use resvg::tiny_skia::{Color, Pixmap, PixmapPaint, Transform};

/// Goes into the name of each card, which is kept as long as its name: a change of this module wants another number.
pub(crate) const LOOK: u8 = 1;
/// Width of a card in pixels.
pub(crate) const WIDTH: u32 = 1200;
/// Height of a card in pixels.
pub(crate) const HEIGHT: u32 = 630;

/// Room on all sides.
const MARGIN: f32 = 80.0;
/// The room for words in a line.
const ROOM: f32 = 1200.0 - 2.0 * MARGIN;
/// The side of the mark, its top, and the baseline of the words beside it.
const MARK: u32 = 64;
const MARK_TOP: f32 = 64.0;
const SITE_BASELINE: f32 = 107.0;
/// The part of the card that the title and what belongs to it stand in the middle of.
const MIDDLE: f32 = 308.0;

/// Titles: short ones large, long ones smaller.
const TITLE: [Step; 5] = [
    Step { size: 96.0, lines: 1 },
    Step { size: 88.0, lines: 2 },
    Step { size: 74.0, lines: 3 },
    Step { size: 60.0, lines: 4 },
    Step { size: 52.0, lines: 4 },
];
const EYEBROW: [Step; 2] = [Step { size: 32.0, lines: 1 }, Step { size: 28.0, lines: 1 }];
const BELOW: [Step; 2] = [Step { size: 34.0, lines: 2 }, Step { size: 30.0, lines: 3 }];
const SITE: [Step; 2] = [Step { size: 32.0, lines: 1 }, Step { size: 26.0, lines: 1 }];
/// The height of a line to its size, of titles and of other words.
const TIGHT: f32 = 1.08;
const LOOSE: f32 = 1.35;

/// The words of a card; empty ones are left out, and so are those that the font has no letters for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Words {
    /// A few words above the title.
    pub(crate) eyebrow: String,
    /// The title.
    pub(crate) title: String,
    /// A sentence below it.
    pub(crate) below: String,
    /// The name of the site, beside its mark.
    pub(crate) site: String,
}

/// The theme's colours for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Colours {
    /// The ground.
    pub(crate) paper: Colour,
    /// The title.
    pub(crate) ink: Colour,
    /// Other words.
    pub(crate) soft: Colour,
    /// The eyebrow.
    pub(crate) accent: Colour,
}

/// All that the cards of a site share.
#[derive(Debug)]
pub(crate) struct Stock {
    ground: Pixmap,
    colours: Colours,
    rtl: bool,
    has_mark: bool,
}

impl Stock {
    /// Draws what stands behind the words: a picture that fills the card, and the mark.
    pub(crate) fn new(colours: Colours, picture: Option<&Drawing>, mark: Option<&Icon>, rtl: bool) -> Self {
        let mut ground = blank(WIDTH, HEIGHT);
        let [red, green, blue] = colours.paper;
        ground.fill(Color::from_rgba8(red, green, blue, u8::MAX));
        if let Some(picture) = picture {
            let (width, height) = picture.size();
            let (across, down) = (1200.0 / width, 630.0 / height);
            let turned = if rtl {
                Transform::from_row(-across, 0.0, 0.0, down, 1200.0, 0.0)
            } else {
                Transform::from_scale(across, down)
            };
            picture.draw(&mut ground, turned);
        }
        if let Some(mark) = mark {
            let x = if rtl { 1200.0 - MARGIN - 64.0 } else { MARGIN };
            let place = Transform::from_translate(x, MARK_TOP);
            ground.draw_pixmap(0, 0, mark.plain(MARK).as_ref(), &PixmapPaint::default(), place, None);
        }
        Self { ground, colours, rtl, has_mark: mark.is_some() }
    }

    /// A card as PNG.
    pub(crate) fn card(&self, font: &Lettering, words: &Words) -> Vec<u8> {
        let mut card = self.ground.clone();
        let beside = if self.has_mark { 64.0 + 20.0 } else { 0.0 };
        let lay = |text: &str, room: f32, steps: &[Step]| {
            let is_whole = !text.trim().is_empty() && font.lacks(text).is_none();
            is_whole.then(|| lines::fit(font, text, self.rtl, room, steps))
        };
        if let Some(site) = lay(&words.site, ROOM - beside, &SITE) {
            self.write(&mut card, font, &site, (beside, SITE_BASELINE), LOOSE, self.colours.soft);
        }
        let eyebrow = lay(&words.eyebrow, ROOM, &EYEBROW);
        let title = lay(&words.title, ROOM, &TITLE);
        let below = lay(&words.below, ROOM, &BELOW);
        let height = |block: &Option<Block>, leading: f32, gap: f32| {
            block.as_ref().map_or(0.0, |block| lines_high(block, leading) + gap)
        };
        let total = height(&eyebrow, LOOSE, 10.0) + height(&title, TIGHT, 0.0) + height(&below, LOOSE, 22.0);
        let mut top = MIDDLE - total / 2.0;
        let blocks = [
            (eyebrow, LOOSE, 0.0, 10.0, self.colours.accent),
            (title, TIGHT, 0.0, 0.0, self.colours.ink),
            (below, LOOSE, 22.0, 0.0, self.colours.soft),
        ];
        for (block, leading, before, after, colour) in blocks {
            let Some(block) = block else { continue };
            top += before;
            // A line's letters stand on four fifths of its height.
            let baseline = top + block.size * (leading - 1.0) / 2.0 + block.size * 0.8;
            self.write(&mut card, font, &block, (0.0, baseline), leading, colour);
            top += lines_high(&block, leading) + after;
        }
        shades::png(&card, true)
    }

    /// Writes lines at a distance from the side where the language begins.
    fn write(
        &self,
        card: &mut Pixmap,
        font: &Lettering,
        block: &Block,
        at: (f32, f32),
        leading: f32,
        colour: Colour,
    ) {
        let mut baseline = at.1;
        for line in &block.lines {
            let width = line.width * block.size;
            let x = if self.rtl { 1200.0 - MARGIN - at.0 - width } else { MARGIN + at.0 };
            font.write(card, line, (x, baseline), block.size, colour);
            baseline += block.size * leading;
        }
    }
}

fn lines_high(block: &Block, leading: f32) -> f32 {
    block.lines.iter().map(|_| block.size * leading).sum()
}
