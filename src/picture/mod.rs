//! Pictures that are drawn here: the icons of a site, and the cards that other sites show for its links.
//!
//! | module | its job |
//! |---|---|
//! | [`drawing`] | an SVG that anybody may have written, within bounds |
//! | [`icon`] | a site's mark in the sizes that browsers and phones want |
//! | [`lettering`] | a font: which letters it has, how words look in it |
//! | [`lines`] | a title over as many lines as it needs, none much shorter than the others |
//! | [`card`] | a social card |
//! | [`shades`] | pixels as the bytes of a PNG file |
//!
//! Nothing here asks the machine for anything: the same input gives the same bytes everywhere.

pub(crate) mod card;
pub(crate) mod drawing;
pub(crate) mod icon;
pub(crate) mod lettering;
mod lines;
mod shades;

/// An opaque colour: red, green, blue.
pub(crate) type Colour = [u8; 3];

/// A colour as stylesheets write it: `#0a6847` or `#fff`; nothing for one that is written in another way.
pub(crate) fn colour(text: &str) -> Option<Colour> {
    let digits = text.trim().strip_prefix('#')?;
    let digit = |at: usize| u8::from_str_radix(digits.get(at..=at)?, 16).ok();
    let byte = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    match digits.len() {
        3 => Some([digit(0)? * 17, digit(1)? * 17, digit(2)? * 17]),
        6 => Some([byte(0)?, byte(2)?, byte(4)?]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::colour;

    #[test]
    fn colours_are_read_as_style_sheets_write_them() {
        assert_eq!(colour(" #0a6847 "), Some([10, 104, 71]));
        assert_eq!(colour("#fA0"), Some([255, 170, 0]));
        for other in ["", "#", "#12", "#12345", "#+12345", "#ééé", "red", "rgb(0 0 0)"] {
            assert_eq!(colour(other), None, "{other}");
        }
    }
}
