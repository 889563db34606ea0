//! One small file a document: its title, address and text, for results and their excerpts.
//!
//! Documents stand in folders of 64, each named by the hash of all that is in it: a change renames one folder,
//! and the manifest needs one hash for 64 documents.

use super::{Document, FOLDER, HASH_DIGITS};
use crate::site::{Contents, Site, Store};
use rayon::prelude::*;
use serde::Serialize;

/// Documents in a folder.
const SIZE: usize = 64;

/// What the manifest has to know.
#[derive(Debug, Serialize)]
pub(super) struct Folders {
    size: usize,
    hashes: String,
}

#[derive(Serialize)]
struct Fragment<'a> {
    url: &'a str,
    title: &'a str,
    methods: &'a [usize],
    channels: &'a [usize],
    /// Anchor, heading, text.
    sections: Vec<(&'a str, &'a str, &'a str)>,
}

/// Writes all fragments.
pub(super) fn write(documents: &[&Document<'_>], site: &mut Site, store: Option<&dyn Store>) -> Folders {
    let folders: Vec<Folder> = documents
        .par_chunks(SIZE)
        .enumerate()
        .map(|(number, documents)| folder(number * SIZE, documents, store))
        .collect();
    let mut hashes = String::new();
    for folder in folders {
        for (path, contents) in folder.files {
            match contents {
                Some(contents) => site.add(path, contents),
                None => {
                    // Its name is made from its contents.
                    let hash = blake3::hash(path.as_bytes());
                    site.add_stored(path, hash);
                }
            }
        }
        hashes.push_str(&folder.hash);
    }
    Folders { size: SIZE, hashes }
}

struct Folder {
    hash: String,
    /// Without contents where a store has taken them.
    files: Vec<(String, Option<Contents>)>,
}

fn folder(first: usize, documents: &[&Document<'_>], store: Option<&dyn Store>) -> Folder {
    let fragments: Vec<Vec<u8>> = documents
        .iter()
        .map(|document| serde_json::to_vec(&fragment(document)).unwrap_or_default())
        .collect();
    let mut hasher = blake3::Hasher::new();
    for fragment in &fragments {
        hasher.update(&(fragment.len() as u64).to_le_bytes());
        hasher.update(fragment);
    }
    let hash = hasher.finalize().to_hex()[..HASH_DIGITS].to_owned();
    let keep = |(number, fragment): (usize, Vec<u8>)| {
        let path = format!("{FOLDER}pages-{hash}/{number}.json");
        let contents = match store {
            Some(store) => {
                store.keep(&path, &fragment);
                None
            }
            None => Some(fragment.into()),
        };
        (path, contents)
    };
    let files = (first..).zip(fragments).map(keep).collect();
    Folder { hash, files }
}

fn fragment<'a>(document: &'a Document<'_>) -> Fragment<'a> {
    let sections = document.sections.iter();
    Fragment {
        url: &document.url,
        title: &document.title,
        methods: &document.methods,
        channels: &document.channels,
        sections: sections.map(|one| (&*one.anchor, &*one.heading, &*one.text)).collect(),
    }
}
