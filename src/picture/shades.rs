//! Pixels as the bytes of a PNG file: one byte a pixel where 256 colours do, which is nearly always.

use png::{BitDepth, ColorType, Compression, Encoder, Filter};
use resvg::tiny_skia::{Pixmap, PremultipliedColorU8};
use rustc_hash::FxHashMap;

/// More colours than a table holds.
const MAX_COLOURS: usize = 256;

/// Encodes a picture without loss, or, where `may_round`, with shades that nobody can tell from the true ones.
pub(super) fn png(picture: &Pixmap, may_round: bool) -> Vec<u8> {
    let exact = |pixel: PremultipliedColorU8| {
        let colour = pixel.demultiply();
        [colour.red(), colour.green(), colour.blue(), colour.alpha()]
    };
    if let Some((table, pixels)) = indexed(picture, exact) {
        return encode(picture, ColorType::Indexed, &pixels, Some(&table));
    }
    if may_round && let Some((table, pixels)) = indexed(picture, |pixel| rounded(exact(pixel))) {
        return encode(picture, ColorType::Indexed, &pixels, Some(&table));
    }
    let is_opaque = picture.pixels().iter().all(|pixel| pixel.alpha() == u8::MAX);
    let (kind, channels) = if is_opaque { (ColorType::Rgb, 3) } else { (ColorType::Rgba, 4) };
    let bytes: Vec<u8> =
        picture.pixels().iter().flat_map(|pixel| exact(*pixel).into_iter().take(channels)).collect();
    encode(picture, kind, &bytes, None)
}

/// A colour with 32 steps to each channel; black and white stay what they are.
fn rounded(colour: [u8; 4]) -> [u8; 4] {
    colour.map(|channel| {
        let step = (u16::from(channel) * 31 + 127) / 255;
        u8::try_from(step * 255 / 31).unwrap_or(u8::MAX)
    })
}

/// The colours of a picture in the order in which they come, and the number of each pixel's; nothing if they are too many.
fn indexed(
    picture: &Pixmap,
    colour_of: impl Fn(PremultipliedColorU8) -> [u8; 4],
) -> Option<(Vec<[u8; 4]>, Vec<u8>)> {
    let mut numbers: FxHashMap<[u8; 4], u8> = FxHashMap::default();
    let mut table: Vec<[u8; 4]> = Vec::new();
    let mut last: Option<(PremultipliedColorU8, u8)> = None;
    let mut pixels = Vec::with_capacity(picture.pixels().len());
    for pixel in picture.pixels() {
        let number = match last {
            Some((same, number)) if same == *pixel => number,
            _ => {
                let colour = colour_of(*pixel);
                match numbers.get(&colour) {
                    Some(number) => *number,
                    None if table.len() == MAX_COLOURS => return None,
                    None => {
                        let number = u8::try_from(table.len()).ok()?;
                        table.push(colour);
                        numbers.insert(colour, number);
                        number
                    }
                }
            }
        };
        last = Some((*pixel, number));
        pixels.push(number);
    }
    Some((table, pixels))
}

fn encode(picture: &Pixmap, kind: ColorType, pixels: &[u8], table: Option<&[[u8; 4]]>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, picture.width(), picture.height());
    encoder.set_color(kind);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Balanced);
    if let Some(table) = table {
        // Numbers of colours have no neighbours: what a filter saves elsewhere it costs here.
        encoder.set_filter(Filter::NoFilter);
        encoder.set_palette(
            table.iter().flat_map(|colour| [colour[0], colour[1], colour[2]]).collect::<Vec<u8>>(),
        );
        if table.iter().any(|colour| colour[3] < u8::MAX) {
            encoder.set_trns(table.iter().map(|colour| colour[3]).collect::<Vec<u8>>());
        }
    } else {
        encoder.set_filter(Filter::Paeth);
    }
    // Writing to memory fails for no picture that has pixels, and a pixmap has some.
    let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(pixels));
    debug_assert!(written.is_ok(), "{written:?}");
    out
}
