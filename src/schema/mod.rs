//! What may stand where: every map that an author writes, its keys, their kinds and what each is for.
//!
//! One table feeds the JSON Schemas (`ringback schema`), the language server's completion, hover, references and rename,
//! and the search for links to other sites. The decoders read the same keys; a test in `tests.rs` notes what each of them
//! asks for and compares, in both directions.

mod blocks;
mod json;
mod page;
mod quiz;
mod rules;
mod settings;
#[cfg(test)]
mod tests;
mod walk;

pub use json::json;
pub use walk::{Found, walk};

/// A map with known keys.
#[derive(Debug)]
pub struct Shape {
    /// Its name in messages, as its decoder says it: "an example".
    pub what: &'static str,
    /// What it is, in a sentence.
    pub about: &'static str,
    /// Its keys, in the order in which one would write them.
    pub keys: &'static [Key],
    /// Exactly one of the keys has to be there.
    pub one_of: &'static [&'static str],
}

/// A key of a map.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// As it is written.
    pub name: &'static str,
    /// What may stand behind it.
    pub kind: Kind,
    /// It has to be there.
    pub required: bool,
    /// What it is for, in a sentence.
    pub about: &'static str,
}

/// What may stand behind a key.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// Text.
    Text,
    /// Text that is a script, with annotations where `true`.
    Script(bool),
    /// A phrase of the rule language.
    Phrase,
    /// A region of a script: `first 12 words`.
    Region,
    /// A sentence with places to fill: `{match}`.
    Message,
    /// `true` or `false`.
    Flag,
    /// A whole number from … to ….
    Integer(i64, i64),
    /// A whole number, or the name of a parameter.
    Number,
    /// One of a closed set of words.
    Choice(&'static [&'static str]),
    /// A day: `2026-11-22`.
    Date,
    /// An address on another site.
    Url,
    /// A link as in markdown: a path with an anchor.
    Link,
    /// The id of a thing, where it is defined.
    Id(Names),
    /// The id of a thing, where it is named.
    Name(Names),
    /// A map.
    Map(&'static Shape),
    /// A map whose keys the author makes up.
    Entries(&'static Kind),
    /// A map whose keys are ids of things that exist.
    ByName(Names, &'static Kind),
    /// A list.
    List(&'static Kind),
    /// A list, or one alone.
    Many(&'static Kind),
    /// One of several.
    Either(&'static [Kind]),
    /// Nothing behind the colon.
    Nothing,
}

/// Things that have ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Names {
    /// Rules, by their files' `id`.
    Rule,
    /// Methods, by their files' `id`.
    Method,
    /// Examples, by their blocks' `id`.
    Example,
    /// Quizzes, by their blocks' `id`.
    Quiz,
    /// Cadences, by their blocks' `id`.
    Cadence,
    /// Templates of the lab, by their files' `id`.
    Template,
    /// Detectors and slots.
    Detector,
    /// Codes of diagnostics.
    Code,
}

const fn key(name: &'static str, kind: Kind, about: &'static str) -> Key {
    Key { name, kind, required: false, about }
}

const fn required(name: &'static str, kind: Kind, about: &'static str) -> Key {
    Key { name, kind, required: true, about }
}

impl Shape {
    /// The key of this name.
    pub fn key(&self, name: &str) -> Option<&Key> {
        self.keys.iter().find(|key| key.name == name)
    }
}

/// A thing that authors write, under the name that `ringback schema` knows it by.
#[derive(Debug)]
pub struct Schema {
    /// Its name: `rule`; of a block, the word behind the fence.
    pub name: &'static str,
    /// Where it stands.
    pub place: Place,
    /// What it holds.
    pub shape: &'static Shape,
}

/// Where a thing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// `book.toml`.
    Settings,
    /// The head of a markdown file.
    Head,
    /// YAML files of a folder: `content/rules/`.
    Folder(&'static str),
    /// A fenced block in markdown.
    Block,
}

/// Everything that authors write as YAML or TOML.
pub static SCHEMAS: &[Schema] = &[
    Schema { name: "book", place: Place::Settings, shape: &settings::BOOK_TOML },
    Schema { name: "page", place: Place::Head, shape: &page::HEAD },
    Schema { name: "rule", place: Place::Folder("content/rules/"), shape: &rules::RULE },
    Schema { name: "method", place: Place::Folder("content/methods/"), shape: &rules::METHOD },
    Schema { name: "lexicon", place: Place::Folder("content/lexicon/"), shape: &rules::LEXICON },
    Schema { name: "template", place: Place::Folder("content/templates/"), shape: &rules::TEMPLATE },
    Schema { name: "example", place: Place::Block, shape: &blocks::EXAMPLE },
    Schema { name: "cadence", place: Place::Block, shape: &blocks::CADENCE },
    Schema { name: "lab", place: Place::Block, shape: &blocks::LAB },
    Schema { name: "quiz", place: Place::Block, shape: &quiz::QUIZ },
];

/// The schema of this name.
pub fn find(name: &str) -> Option<&'static Schema> {
    SCHEMAS.iter().find(|schema| schema.name == name)
}

/// The schema of a block, by the word behind its fence.
pub fn block(kind: &str) -> Option<&'static Schema> {
    SCHEMAS.iter().find(|schema| schema.place == Place::Block && schema.name == kind)
}

/// The schema of a file of settings or of the rulebook, by its path; markdown has more than one.
pub fn file(path: &str) -> Option<&'static Schema> {
    SCHEMAS.iter().find(|schema| match schema.place {
        Place::Settings => path == "book.toml",
        Place::Folder(folder) => {
            path.starts_with(folder) && path.rsplit_once('.').is_some_and(|(_, end)| end == "yaml")
        }
        Place::Head | Place::Block => false,
    })
}
