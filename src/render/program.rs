//! The program: the rules as the engine in the browser reads them, under a name that carries its hash.

use crate::book::Book;
use crate::site::Site;

/// Site path of the program, if the playbook has rules, and its bytes.
pub(super) fn file(book: &Book) -> Option<(String, Vec<u8>)> {
    let bytes = serde_json::to_vec(book.rulebook.program()?).ok()?;
    let hash = blake3::hash(&bytes).to_hex();
    Some((format!("assets/program-{}.json", &hash[..10]), bytes))
}

/// Adds it.
pub(super) fn add(renderer: &super::renderer::Renderer<'_>, site: &mut Site) {
    if let Some((path, bytes)) = &renderer.program {
        site.add(path.clone(), bytes.clone());
    }
}
