//! Compressed copies beside the files of a site, for servers that send them as they are: `.gz` and `.br`.
//!
//! The same bytes give the same copies: gzip's header holds no time and no name.

use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

/// Files by their ending; pictures and fonts are compressed already.
const ENDINGS: [&str; 10] = ["html", "css", "js", "json", "svg", "xml", "txt", "webmanifest", "bin", "ics"];
/// A smaller file gains nothing over the headers of its answer.
const LEAST: usize = 512;

/// Endings of the copies that a file gets.
pub(super) const COPIES: [&str; 2] = [".gz", ".br"];

/// Whether a file gets copies.
pub(super) fn is_wanted(path: &str, bytes: &[u8]) -> bool {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    bytes.len() >= LEAST && ENDINGS.contains(&ending)
}

/// The copy with one of [`COPIES`] as its ending.
pub(super) fn copy(ending: &str, bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    if ending == ".gz" {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes)?;
        return encoder.finish();
    }
    let parameters =
        brotli::enc::BrotliEncoderParams { quality: 10, size_hint: bytes.len(), ..Default::default() };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut out, &parameters)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn copies_are_the_same_each_time_and_give_back_what_went_in() {
        let text = "Leave your number twice. ".repeat(400);
        for ending in COPIES {
            let one = copy(ending, text.as_bytes()).expect("a copy");
            assert_eq!(one, copy(ending, text.as_bytes()).expect("a copy"));
            assert!(one.len() < text.len() / 10, "{ending}: {}", one.len());
            let mut back = String::new();
            if ending == ".gz" {
                flate2::read::GzDecoder::new(&*one).read_to_string(&mut back).expect("gzip");
            } else {
                brotli::Decompressor::new(&*one, 4096).read_to_string(&mut back).expect("brotli");
            }
            assert_eq!(back, text);
        }
    }

    #[test]
    fn only_text_that_is_worth_it_is_copied() {
        for (path, length, wanted) in
            [("a.html", 600, true), ("a.html", 100, false), ("a.png", 600, false), ("CNAME", 600, false)]
        {
            assert_eq!(is_wanted(path, &vec![b'a'; length]), wanted, "{path} {length}");
        }
    }
}
