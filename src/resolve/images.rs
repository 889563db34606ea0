//! An image's path to the element that shows it, with its size, so that nothing jumps as it loads.

use super::Given;
use super::addresses::{Addresses, content_path};
use super::links::join;
use super::nav::asset_url;
use crate::book::PageImage;
use crate::diag::{Code, Diagnostics, nearest};
use crate::html::escape;
use crate::parse::{Draft, Image};
use crate::source::Spanned;
use std::fmt::Write;

/// The element for an image; one whose file is missing is reported and shows its text alternative.
pub(super) fn resolve(
    given: &Given<'_>,
    addresses: &Addresses<'_>,
    draft: &Draft,
    image: &Image,
    diagnostics: &mut Diagnostics,
) -> String {
    let decorative = image.title == "decorative";
    let Some((src, size)) = find(addresses, draft, &image.target, diagnostics) else {
        return escape(&image.alt).into_owned();
    };
    let src = if is_whole(&src) { src } else { format!("{}{src}", given.config.base_path) };
    let alt = if decorative { String::new() } else { escape(image.alt.trim()).into_owned() };
    let mut html = format!("<img src=\"{}\" alt=\"{alt}\"", escape(&src));
    if let Some((width, height)) = size {
        let _ = write!(html, " width=\"{width}\" height=\"{height}\"");
    }
    if !image.title.is_empty() && !decorative {
        let _ = write!(html, " title=\"{}\"", escape(&image.title));
    }
    html.push_str(" loading=\"lazy\" decoding=\"async\">");
    html
}

/// The picture of a page's head, for shared links; one without words for it is reported.
pub(super) fn of_head(
    addresses: &Addresses<'_>,
    draft: &Draft,
    diagnostics: &mut Diagnostics,
) -> Option<PageImage> {
    let image = draft.front.image.as_ref()?;
    let alt = draft.front.image_alt.as_deref().unwrap_or_default().trim().to_owned();
    if alt.is_empty() {
        diagnostics
            .report(Code::MissingAlt, image.span, "the picture for shared links has no text alternative")
            .help("say what it shows: `image_alt: …`");
    }
    let (url, size) = find(addresses, draft, image, diagnostics)?;
    Some(PageImage { url, alt, size })
}

/// Site path or whole address of an image, and its size if it is known; one that is missing is reported.
fn find(
    addresses: &Addresses<'_>,
    draft: &Draft,
    target: &Spanned<String>,
    diagnostics: &mut Diagnostics,
) -> Option<(String, Option<(usize, usize)>)> {
    let written = target.value.as_str();
    if is_whole(written) {
        return Some((written.to_owned(), None));
    }
    let path = join(content_path(&draft.path), written).unwrap_or_default();
    let Some(asset) = addresses.assets.get(path.as_str()) else {
        let one =
            diagnostics.report(Code::MissingImage, target.span, format!("there is no image at `{written}`"));
        let mut images: Vec<&str> = addresses.assets.keys().copied().collect();
        images.sort_unstable();
        if let Some(path) = nearest(&path, images) {
            one.help(format!("did you mean `/{path}`? a path that starts with / counts from content/"));
        }
        return None;
    };
    let size = if is_svg(&path) { svg_size(&asset.bytes) } else { raster_size(&asset.bytes) };
    Some((asset_url(&path), size))
}

fn is_whole(address: &str) -> bool {
    address.contains("://") || address.starts_with("data:")
}

fn is_svg(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("svg"))
}

fn raster_size(bytes: &[u8]) -> Option<(usize, usize)> {
    imagesize::blob_size(bytes).ok().map(|size| (size.width, size.height))
}

/// Width and height of an SVG in pixels: its attributes, else its view box.
fn svg_size(bytes: &[u8]) -> Option<(usize, usize)> {
    let text = String::from_utf8_lossy(bytes.get(..4096.min(bytes.len()))?);
    let tag = text.split_once("<svg")?.1.split_once('>')?.0;
    let attribute = |name: &str| {
        let rest = tag.split_once(&format!("{name}=\""))?.1;
        Some(rest.split_once('"')?.0.to_owned())
    };
    let pixels = |text: &str| text.trim().trim_end_matches("px").parse::<f64>().ok().filter(|n| *n >= 1.0);
    let whole = |number: f64| format!("{number:.0}").parse::<usize>().ok();
    if let (Some(width), Some(height)) = (attribute(" width"), attribute(" height"))
        && let (Some(width), Some(height)) = (pixels(&width), pixels(&height))
    {
        return Some((whole(width)?, whole(height)?));
    }
    let view = attribute("viewBox")?;
    let numbers: Vec<f64> = view.split([' ', ',']).filter_map(pixels_or_zero).collect();
    match numbers.as_slice() {
        [_, _, width, height] if *width >= 1.0 && *height >= 1.0 => Some((whole(*width)?, whole(*height)?)),
        _ => None,
    }
}

fn pixels_or_zero(text: &str) -> Option<f64> {
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn svg_sizes_come_from_attributes_or_the_view_box() {
        assert_eq!(svg_size(b"<svg width=\"40\" height=\"30px\">"), Some((40, 30)));
        assert_eq!(svg_size(b"<?xml?><svg viewBox=\"0 0 24 12\">"), Some((24, 12)));
        assert_eq!(svg_size(b"<svg width=\"100%\">"), None);
        assert_eq!(svg_size(b""), None);
    }
}
