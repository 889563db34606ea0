//! Published files that are too large to wait for.

use crate::config::CheckConfig;
use crate::diag::{Code, Diagnostics};
use crate::source::Sources;

/// Endings of images, in lower case.
const IMAGES: [&str; 8] = ["avif", "bmp", "gif", "jpeg", "jpg", "png", "svg", "webp"];

/// Reports every file under `content/` that holds more than the playbook allows.
pub(super) fn check(sources: &Sources, config: &CheckConfig, diagnostics: &mut Diagnostics) {
    for asset in sources.assets.iter().filter(|asset| asset.path.starts_with("content/")) {
        let ending = asset.path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
        let is_image = IMAGES.contains(&ending.as_str());
        let (what, key, limit) = if is_image {
            ("image", "image_kb", config.image_kb)
        } else {
            ("file", "file_kb", config.file_kb)
        };
        let size = asset.bytes.len().div_ceil(1000);
        if size > limit as usize {
            diagnostics
                .report_path(
                    Code::LargeFile,
                    &asset.path,
                    format!("this {what} holds {size} kB, more than the {limit} kB that are fine"),
                )
                .help(format!("make it smaller, or raise `{key}` under [check] in book.toml"));
        }
    }
}
