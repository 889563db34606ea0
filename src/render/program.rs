//! The program: the rules as the engine in the browser reads them, under a name that carries its hash.

use crate::book::Book;
use crate::site::{Contents, Site};

/// Site path of the program, if the playbook has rules, and its bytes.
pub(super) fn file(book: &Book) -> Option<(String, Contents)> {
    let program = book.rulebook.written()?;
    Some((format!("assets/program-{}.json", &program.hash[..10]), Contents::clone(&program.json)))
}

/// Adds it.
pub(super) fn add(renderer: &super::renderer::Renderer<'_>, site: &mut Site) {
    if let Some((path, bytes)) = &renderer.program {
        site.add(path.clone(), bytes.clone());
    }
}
