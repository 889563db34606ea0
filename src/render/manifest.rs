//! `site.webmanifest`: what a phone shows of a site that is put on its home screen.

use super::renderer::Renderer;
use crate::site::Site;
use serde_json::json;

/// Site path of the manifest.
pub(super) const PATH: &str = "site.webmanifest";

/// Adds it.
pub(super) fn add(renderer: &Renderer<'_>, site: &mut Site) {
    let (config, assets) = (renderer.config, &renderer.theme.assets);
    let icon = |path: &str, sizes: &str, kind: &str, purpose: &str| {
        let asset = assets.find(path)?;
        Some(json!({ "src": asset.path, "sizes": sizes, "type": kind, "purpose": purpose }))
    };
    let icons: Vec<_> = [
        icon("img/icon.svg", "any", "image/svg+xml", "any"),
        icon("img/icon-192.png", "192x192", "image/png", "any"),
        icon("img/icon-512.png", "512x512", "image/png", "any"),
        icon("img/icon-maskable.png", "512x512", "image/png", "maskable"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let manifest = json!({
        "name": config.title,
        "short_name": config.title.chars().take(24).collect::<String>().trim(),
        "description": config.description,
        "lang": config.language,
        "dir": if config.direction == crate::config::Direction::Rtl { "rtl" } else { "ltr" },
        "id": ".", "start_url": ".", "scope": ".",
        "display": "minimal-ui",
        "background_color": hex(renderer.theme.pictures.paper),
        "theme_color": hex(renderer.theme.pictures.accent),
        "icons": icons,
    });
    site.add(PATH, format!("{manifest}\n").into_bytes());
}

fn hex([red, green, blue]: [u8; 3]) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}
