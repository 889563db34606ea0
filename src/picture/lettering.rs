//! A font: which letters it has, and words as outlines, shaped as `HarfBuzz` shapes them and in the order of their scripts.
//!
//! The built-in font is in the binary, see `font/README.md`; no font of the machine is ever looked at.

use super::Colour;
use harfrust::font::glyph::outline::{DrawMemory, DrawOptions, PathSink};
use harfrust::unicode::script;
use harfrust::{Buffer, Direction, Font, GlyphId, Script, ShapeOptions, ShaperFont, shape};
use resvg::tiny_skia::{FillRule, Paint, PathBuilder, Pixmap, Transform};
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, OnceLock};
use unicode_bidi::{BidiInfo, Level};

static BUILT_IN: &[u8] = include_bytes!("font/card.otf");

/// A font that can write.
pub(crate) struct Lettering {
    font: Font,
    /// Its units to one em.
    per_em: f32,
}

impl fmt::Debug for Lettering {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Lettering").finish_non_exhaustive()
    }
}

/// A line of text in a font, measured for a size of one.
#[derive(Debug, Default)]
pub(crate) struct Line {
    /// Its width for a size of one.
    pub(super) width: f32,
    glyphs: Vec<(GlyphId, f32, f32)>,
}

impl Lettering {
    /// The font in the binary.
    pub(crate) fn built_in() -> Arc<Self> {
        static FONT: OnceLock<Arc<Lettering>> = OnceLock::new();
        let read =
            || Self::read(BUILT_IN.to_vec()).unwrap_or_else(|why| unreachable!("the built-in font: {why}"));
        Arc::clone(FONT.get_or_init(|| Arc::new(read())))
    }

    /// Reads a font file; says why not if it is none.
    pub(crate) fn read(bytes: Vec<u8>) -> Result<Self, String> {
        if bytes.starts_with(b"wOFF") || bytes.starts_with(b"wOF2") {
            return Err(
                "it is a font for the web, which is compressed; take its .otf or .ttf file".to_owned()
            );
        }
        let font = Font::new(bytes, 0).ok_or("it is no OpenType or TrueType font")?;
        let per_em = f32::from(font.units_per_em());
        if per_em < 1.0 || font.outline_glyphs().is_empty() || !font.charmap().has_unicode() {
            return Err("it holds no letters with outlines".to_owned());
        }
        Ok(Self { font, per_em })
    }

    /// The first character of a text that the font has no letter for.
    pub(crate) fn lacks(&self, text: &str) -> Option<char> {
        let charmap = self.font.charmap();
        // Joiners, direction marks and the like have no shape of their own.
        let is_silent = |c: char| {
            c.is_whitespace()
                || c.is_control()
                || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
        };
        text.chars()
            .find(|c| !is_silent(*c) && charmap.map_unicode(*c).is_none_or(|glyph| glyph == GlyphId::NOTDEF))
    }

    /// A line of text; `rtl` is the direction of the language around it.
    pub(super) fn line(&self, text: &str, rtl: bool) -> Line {
        let base = if rtl { Level::rtl() } else { Level::ltr() };
        let bidi = BidiInfo::new(text, Some(base));
        let font = ShaperFont::new(&self.font);
        let mut line = Line::default();
        for paragraph in &bidi.paragraphs {
            let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
            for run in runs {
                let rtl = levels.get(run.start).is_some_and(Level::is_rtl);
                let mut parts = by_script(text, run);
                if rtl {
                    parts.reverse();
                }
                for (range, script) in parts {
                    self.add(&font, &mut line, &text[range], script, rtl);
                }
            }
        }
        line
    }

    /// Adds a piece of text that has one direction and one script.
    fn add(&self, font: &ShaperFont<'_, '_>, line: &mut Line, text: &str, script: Script, rtl: bool) {
        let mut buffer = Buffer::new();
        buffer.push_str(text);
        buffer.set_direction(if rtl { Direction::RightToLeft } else { Direction::LeftToRight });
        buffer.set_script(Some(script));
        if shape(font, &mut buffer, ShapeOptions::new()).is_err() {
            return;
        }
        for (glyph, place) in buffer.glyph_infos().iter().zip(buffer.glyph_positions()) {
            let (x, y) = (line.width + self.em(place.x_offset), self.em(place.y_offset));
            line.glyphs.push((GlyphId::new(glyph.glyph_id), x, y));
            line.width += self.em(place.x_advance);
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "a few thousand units")]
    fn em(&self, units: i32) -> f32 {
        units as f32 / self.per_em
    }

    /// Writes a line with its left end and its baseline at a place.
    pub(super) fn write(&self, onto: &mut Pixmap, line: &Line, at: (f32, f32), size: f32, colour: Colour) {
        let outlines = self.font.outline_glyphs();
        let scale = size / self.per_em;
        let mut all = PathBuilder::new();
        for (glyph, x, y) in &line.glyphs {
            let Some(outline) = outlines.get(*glyph) else { continue };
            let mut pen = Pen { path: &mut all, scale, x: at.0 + x * size, y: at.1 - y * size };
            // A letter whose outline is broken is left out.
            let _ = outline.draw(&DrawOptions::new(), DrawMemory::Scratch, &mut pen);
        }
        let Some(path) = all.finish() else { return };
        let mut paint = Paint { anti_alias: true, ..Paint::default() };
        paint.set_color_rgba8(colour[0], colour[1], colour[2], u8::MAX);
        onto.fill_path(&path, &paint, FillRule::Winding, Transform::identity(), None);
    }
}

/// A run of text cut where its script changes; what belongs to every script goes with what stands before it.
fn by_script(text: &str, run: Range<usize>) -> Vec<(Range<usize>, Script)> {
    let is_common = |script: Script| matches!(script, Script::COMMON | Script::INHERITED | Script::UNKNOWN);
    let mut parts: Vec<(Range<usize>, Script)> = Vec::new();
    for (at, c) in text[run.clone()].char_indices() {
        let (start, end) = (run.start + at, run.start + at + c.len_utf8());
        let own = script(u32::from(c));
        match parts.last_mut() {
            Some((range, _)) if is_common(own) => range.end = end,
            Some((range, known)) if *known == own || is_common(*known) => (range.end, *known) = (end, own),
            _ => parts.push((start..end, own)),
        }
    }
    parts
}

/// Draws a letter's outline into a path, turned so that y grows downwards.
struct Pen<'a> {
    path: &'a mut PathBuilder,
    scale: f32,
    x: f32,
    y: f32,
}

impl Pen<'_> {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (self.x + x * self.scale, self.y - y * self.scale)
    }
}

impl PathSink for Pen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.line_to(x, y);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let ((cx, cy), (x, y)) = (self.at(cx, cy), self.at(x, y));
        self.path.quad_to(cx, cy, x, y);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        let ((ax, ay), (bx, by), (x, y)) = (self.at(ax, ay), self.at(bx, by), self.at(x, y));
        self.path.cubic_to(ax, ay, bx, by, x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_font_has_latin_greek_and_cyrillic() {
        let font = Lettering::built_in();
        for text in [
            "Say it once – “now” €5 → 10",
            "Größe, œuvre, żółć, ağaç",
            "Tiếng Việt",
            "Ἀρχή Καλημέρα",
            "Здравствуйте, Ґалаґан",
        ] {
            let lacks = font.lacks(text).filter(|c| !('\u{1f00}'..='\u{1fff}').contains(c));
            assert_eq!(lacks, None, "{text}");
        }
        assert_eq!(font.lacks("the 電話 rings"), Some('電'));
        assert_eq!(font.lacks("שלום"), Some('ש'));
        assert!(BUILT_IN.len() < 150_000);
    }

    #[test]
    fn letters_are_kerned_and_marks_take_no_room() {
        let font = Lettering::built_in();
        let width = |text: &str| font.line(text, false).width;
        assert!(width("AV") < width("A") + width("V"));
        assert!((width("e\u{301}") - width("é")).abs() < 0.001);
        assert!(width("") < f32::EPSILON);
    }

    #[test]
    fn what_is_no_font_is_refused() {
        assert!(Lettering::read(Vec::new()).is_err());
        assert!(Lettering::read(b"wOF2 and so on".to_vec()).is_err_and(|why| why.contains("web")));
        for length in [4, 12, 100, 1_000, 20_000, 100_000] {
            // A font that ends too early may be readable in part; it must not end the program.
            if let Ok(font) = Lettering::read(BUILT_IN[..length].to_vec()) {
                font.line("Ringback", false);
            }
        }
    }
}
