//! What hosts read beside the site: `_headers` and `_redirects`, as Netlify and Cloudflare Pages have them.
//!
//! Other hosts publish them as two small files that nobody asks for. A page carries its policy in a meta tag too, but
//! there browsers ignore who may frame it.

use super::renderer::{POLICY, Renderer};
use crate::site::Site;
use std::fmt::Write;

/// Sent with every answer, beside the policy.
const HEADERS: [(&str, &str); 4] = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Permissions-Policy", "microphone=(self), camera=(), geolocation=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
];

/// Adds both.
pub(super) fn add(renderer: &Renderer<'_>, site: &mut Site) {
    let base = &renderer.config.base_path;
    let mut headers = format!("{base}*\n  Content-Security-Policy: {POLICY}; frame-ancestors 'self'\n");
    for (name, value) in HEADERS {
        _ = writeln!(headers, "  {name}: {value}");
    }
    // Names in this folder carry the hash of what is in them.
    _ = write!(headers, "{base}assets/*\n  Cache-Control: public, max-age=31536000, immutable\n");
    for path in [super::offline::WORKER, super::offline::VERSION] {
        _ = write!(headers, "{base}{path}\n  Cache-Control: no-cache\n");
    }
    site.add("_headers", headers.into_bytes());
    let redirects: String =
        renderer.book.redirects.iter().map(|(old, new)| format!("{base}{old} {base}{new} 301\n")).collect();
    if !redirects.is_empty() {
        site.add("_redirects", redirects.into_bytes());
    }
}
