//! A site's mark, an SVG or a PNG, in the sizes that browsers and phones want.
//!
//! A browser's tab shows it as it is. A phone cuts a circle or a rounded square out of it, so there the mark stands on a
//! ground that fills the square: the icon's own where it has one, else the theme's. Which part is mark and which is ground is
//! seen in the picture, so it holds for every kind of file.

use super::drawing::Drawing;
use super::{Colour, shades};
use png::{ColorType, Decoder, Limits, Transformations};
use resvg::tiny_skia::{Color, FilterQuality, IntSize, Pixmap, PixmapPaint, PremultipliedColorU8, Transform};
use std::io::Cursor;

/// The side of the largest icon that is made, in pixels.
const LARGEST: u32 = 512;
/// A raster with a shorter side than this is refused.
const MIN_SIDE: u32 = 192;
/// A raster with a longer side than this is refused.
const MAX_SIDE: u32 = 4096;
/// Memory for one raster: its pixels, four bytes each.
const MAX_MEMORY: usize = (MAX_SIDE * MAX_SIDE * 4) as usize;
/// The side at which an icon is looked at.
const PROBE: u32 = 128;
/// From the middle of a maskable icon, what every mask leaves: four tenths of the side, less a little for soft edges.
const SAFE: f32 = 0.39;
/// From the middle of an icon that is cut to a rounded square only.
const ROOMY: f32 = 0.46;

/// The icons that are made: path inside the theme, side in pixels, and how much of it no mask covers; `None` keeps the ground
/// transparent.
pub(crate) const FILES: [(&str, u32, Option<f32>); 4] = [
    ("img/icon-192.png", 192, None),
    ("img/icon-512.png", 512, None),
    ("img/icon-maskable.png", 512, Some(SAFE)),
    ("img/icon-touch.png", 180, Some(ROOMY)),
];

/// A mark that can be drawn.
#[derive(Debug)]
pub(crate) struct Icon {
    source: Source,
    /// The colour at the middle of all four sides, if it is one.
    ground: Option<Colour>,
    /// From the middle to the farthest point of the mark, as a share of the side.
    reach: f32,
}

#[derive(Debug)]
enum Source {
    Svg(Box<Drawing>),
    /// As it is, and halved again and again.
    Raster(Vec<Pixmap>),
}

impl Icon {
    /// Reads a file; says why not if it is no icon.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, String> {
        let source = if bytes.starts_with(b"\x89PNG") {
            Source::Raster(halved(raster(bytes)?))
        } else if looks_like_svg(bytes) {
            Source::Svg(Box::new(Drawing::read(bytes)?))
        } else {
            return Err("it is neither an SVG nor a PNG file".to_owned());
        };
        let mut icon = Self { source, ground: None, reach: 0.0 };
        let seen = icon.plain(PROBE);
        icon.ground = ground(&seen);
        icon.reach = reach(&seen, icon.ground);
        if seen.pixels().iter().all(|pixel| pixel.alpha() == 0) {
            return Err("nothing of it can be seen".to_owned());
        }
        Ok(icon)
    }

    /// Whether it is drawn from shapes.
    pub(crate) fn is_svg(&self) -> bool {
        matches!(self.source, Source::Svg(_))
    }

    /// The longer side of a raster that has fewer pixels than the largest icon.
    pub(crate) fn is_small(&self) -> Option<u32> {
        match &self.source {
            Source::Svg(_) => None,
            Source::Raster(steps) => {
                let side = steps.first().map_or(0, |full| full.width().max(full.height()));
                (side < LARGEST).then_some(side)
            }
        }
    }

    /// One of [`FILES`] as PNG; `paper` is the ground of a mark that has none.
    pub(crate) fn png(&self, side: u32, safe: Option<f32>, paper: Colour) -> Vec<u8> {
        let picture = match safe {
            Some(safe) => self.on_ground(side, safe, self.ground.unwrap_or(paper)),
            None => self.plain(side),
        };
        shades::png(&picture, false)
    }

    /// The icon as it is, in the middle of a square.
    pub(crate) fn plain(&self, side: u32) -> Pixmap {
        let mut square = blank(side, side);
        let (width, height) = match &self.source {
            Source::Svg(drawing) => drawing.size(),
            Source::Raster(steps) => {
                steps.first().map_or((1.0, 1.0), |full| (pixels(full.width()), pixels(full.height())))
            }
        };
        let scale = pixels(side) / width.max(height);
        let (x, y) = ((pixels(side) - width * scale) / 2.0, (pixels(side) - height * scale) / 2.0);
        match &self.source {
            Source::Svg(drawing) => {
                drawing.draw(&mut square, Transform::from_row(scale, 0.0, 0.0, scale, x, y));
            }
            Source::Raster(steps) => {
                // The smallest that is at least as large as what is wanted: bilinear filtering sees two pixels, not ten.
                let fits = |step: &&Pixmap| {
                    pixels(step.width()) >= width * scale && pixels(step.height()) >= height * scale
                };
                let Some(step) = steps.iter().rfind(fits).or_else(|| steps.first()) else { return square };
                let (across, down) =
                    (width * scale / pixels(step.width()), height * scale / pixels(step.height()));
                let paint = PixmapPaint { quality: FilterQuality::Bilinear, ..PixmapPaint::default() };
                let place = Transform::from_row(across, 0.0, 0.0, down, x, y);
                square.draw_pixmap(0, 0, step.as_ref(), &paint, place, None);
            }
        }
        square
    }

    /// The mark inside the part that no mask covers, on a ground that fills the square.
    fn on_ground(&self, side: u32, safe: f32, ground: Colour) -> Pixmap {
        let mut square = blank(side, side);
        square.fill(Color::from_rgba8(ground[0], ground[1], ground[2], u8::MAX));
        let share = if self.reach > safe { safe / self.reach } else { 1.0 };
        // An even margin, so that the mark stands in the middle.
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a part of the side, which is small"
        )]
        let margin = (pixels(side) * (1.0 - share) / 2.0).ceil() as u32;
        let mark = self.plain(side.saturating_sub(2 * margin).max(1));
        let at = i32::try_from(margin).unwrap_or(0);
        square.draw_pixmap(at, at, mark.as_ref(), &PixmapPaint::default(), Transform::identity(), None);
        square
    }
}

/// What an SVG file starts with, besides blanks and a byte-order mark.
fn looks_like_svg(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    bytes.starts_with(b"<") && bytes.windows(4).any(|four| four == b"<svg")
}

/// Whole pixels as a length.
#[expect(clippy::cast_precision_loss, reason = "at most a few thousand")]
fn pixels(count: u32) -> f32 {
    count as f32
}

/// A picture in which nothing is.
pub(super) fn blank(width: u32, height: u32) -> Pixmap {
    // None only for no pixels, or for more than fit into memory; all sizes here are known.
    Pixmap::new(width.max(1), height.max(1)).unwrap_or_else(|| unreachable!("{width} by {height} pixels"))
}

/// Reads a PNG file.
fn raster(bytes: &[u8]) -> Result<Pixmap, String> {
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: MAX_MEMORY });
    decoder.set_transformations(Transformations::normalize_to_color8() | Transformations::ALPHA);
    let said = |error: png::DecodingError| error.to_string();
    let (width, height) = decoder.read_header_info().map_err(said)?.size();
    if width.max(height) > MAX_SIDE {
        return Err(format!("it has {width} by {height} pixels; up to {MAX_SIDE} a side are read"));
    }
    if width.max(height) < MIN_SIDE {
        return Err(format!(
            "it has {width} by {height} pixels; the smallest icon of a home screen has {MIN_SIDE}"
        ));
    }
    if width.max(height) > 4 * width.min(height) {
        return Err(format!("it has {width} by {height} pixels; an icon is a square, or nearly so"));
    }
    let mut reader = decoder.read_info().map_err(said)?;
    let size = reader.output_buffer_size().filter(|size| *size <= MAX_MEMORY).ok_or("it is too large")?;
    let mut data = vec![0; size];
    let frame = reader.next_frame(&mut data).map_err(said)?;
    data.truncate(frame.buffer_size());
    let rgba: Vec<u8> = match frame.color_type {
        ColorType::Rgba => data,
        ColorType::GrayscaleAlpha => {
            data.chunks_exact(2).flat_map(|two| [two[0], two[0], two[0], two[1]]).collect()
        }
        other => return Err(format!("its pixels are of a kind that is not known here: {other:?}")),
    };
    let premultiplied: Vec<u8> = rgba
        .chunks_exact(4)
        .flat_map(|four| {
            let colour =
                resvg::tiny_skia::ColorU8::from_rgba(four[0], four[1], four[2], four[3]).premultiply();
            [colour.red(), colour.green(), colour.blue(), colour.alpha()]
        })
        .collect();
    let size = IntSize::from_wh(width, height).ok_or("it has no pixels")?;
    Pixmap::from_vec(premultiplied, size).ok_or_else(|| "its pixels are not all there".to_owned())
}

/// A picture, half of it, a quarter of it and so on.
fn halved(full: Pixmap) -> Vec<Pixmap> {
    let mut steps = vec![full];
    while let Some(last) = steps.last().filter(|last| last.width().min(last.height()) >= 128) {
        let (width, height) = (last.width() / 2, last.height() / 2);
        let mut half = blank(width, height);
        let (from, wide) = (last.data(), last.width() as usize * 4);
        for (y, row) in half.data_mut().chunks_exact_mut(width as usize * 4).enumerate() {
            for (x, byte) in row.iter_mut().enumerate() {
                let (pixel, channel) = (x / 4, x % 4);
                let at = 2 * y * wide + 8 * pixel + channel;
                let sum: u16 =
                    [at, at + 4, at + wide, at + wide + 4].iter().map(|at| u16::from(from[*at])).sum();
                *byte = u8::try_from((sum + 2) / 4).unwrap_or(u8::MAX);
            }
        }
        steps.push(half);
    }
    steps
}

/// The colour that an icon has at the middle of each side, if it is the same and opaque.
fn ground(seen: &Pixmap) -> Option<Colour> {
    let (middle, inset) = (PROBE / 2, PROBE / 32);
    let places = [(middle, inset), (middle, PROBE - 1 - inset), (inset, middle), (PROBE - 1 - inset, middle)];
    let colours = places.map(|(x, y)| seen.pixel(x, y).filter(|pixel| pixel.alpha() == u8::MAX).map(rgb));
    let first = colours[0]?;
    colours.iter().all(|colour| colour.is_some_and(|colour| is_near(colour, first))).then_some(first)
}

/// How far the mark reaches from the middle.
fn reach(seen: &Pixmap, ground: Option<Colour>) -> f32 {
    let middle = (pixels(PROBE) - 1.0) / 2.0;
    let is_mark = |pixel: &PremultipliedColorU8| match ground {
        Some(ground) => pixel.alpha() > 32 && !is_near(rgb(*pixel), ground),
        None => pixel.alpha() > 16,
    };
    let marked = (0..PROBE).zip(seen.pixels().chunks(PROBE as usize)).flat_map(|(y, row)| {
        (0..PROBE)
            .zip(row)
            .filter(|(_, pixel)| is_mark(pixel))
            .map(move |(x, _)| (pixels(x) - middle).hypot(pixels(y) - middle))
    });
    marked.fold(0.0, f32::max) / pixels(PROBE)
}

fn rgb(pixel: PremultipliedColorU8) -> Colour {
    let colour = pixel.demultiply();
    [colour.red(), colour.green(), colour.blue()]
}

fn is_near(one: Colour, other: Colour) -> bool {
    one.iter().zip(other).all(|(one, other)| one.abs_diff(other) < 24)
}
