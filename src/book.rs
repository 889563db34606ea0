//! The resolved playbook: every name in it has been found, every link leads somewhere.
//!
//! Plain data between `resolve` and `render`. A [`Draft`](crate::parse::Draft) still holds what the
//! author typed; nothing here does. Indices point into the vectors of [`Book`].

mod cadence;
pub mod quiz;
mod tools;

pub use cadence::{Cadence, CadenceScript, Figure, Message, Repeat, Script, Step};
pub use tools::{Grounds, Tool};

use crate::engine::{Channel, Report};
use crate::rules::Rulebook;
use crate::source::{FileId, Span};
use crate::tree::Text;
use quiz::Quiz;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Points into [`Book::pages`].
pub type PageIndex = usize;
/// Points into [`Book::sections`].
pub type SectionIndex = usize;
/// Points into [`Book::examples`].
pub type ExampleIndex = usize;
/// Points into [`Book::cadences`].
pub type CadenceIndex = usize;
/// Points into [`Book::quizzes`].
pub type QuizIndex = usize;

/// A whole playbook.
#[derive(Debug, Default)]
pub struct Book {
    /// Published pages in reading order: home, then section by section.
    pub pages: Vec<Arc<Page>>,
    /// Sections, a parent before its children; `sections[0]` is the root, which holds the home page.
    pub sections: Vec<Section>,
    /// Examples in reading order.
    pub examples: Vec<Example>,
    /// Cadences in reading order.
    pub cadences: Vec<Cadence>,
    /// Quizzes in reading order.
    pub quizzes: Vec<Quiz>,
    /// Terms of the glossary, sorted by name; empty if the playbook has none.
    pub terms: Vec<Term>,
    /// Rules and methods; empty if the playbook has none.
    pub rulebook: Arc<Rulebook>,
    /// Which pages and examples use a rule: by the rule's id.
    pub rule_uses: BTreeMap<String, Uses>,
    /// Which pages and examples use a method: by the method's id.
    pub method_uses: BTreeMap<String, Uses>,
    /// Files to publish as they are: address from the site's root, and their bytes.
    pub assets: Vec<PublishedAsset>,
    /// Old addresses and where they lead now: site paths such as `old/page/`.
    pub redirects: BTreeMap<String, String>,
}

/// Where a rule or a method is taught and shown.
#[derive(Debug, Default, Clone)]
pub struct Uses {
    /// Lessons that name it in their front matter or link to it.
    pub pages: Vec<PageIndex>,
    /// Examples whose before side breaks it (for a method: examples under it).
    pub broken_by: Vec<ExampleIndex>,
    /// Examples whose after side keeps it.
    pub kept_by: Vec<ExampleIndex>,
}

/// A file that is copied.
#[derive(Debug, Clone)]
pub struct PublishedAsset {
    /// For example `sell-the-call/meter.svg`.
    pub url: String,
    /// What is in it.
    pub bytes: Arc<[u8]>,
}

/// A folder of lessons.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// From its index page, else made from the folder's name.
    pub title: String,
    /// Site path, `""` for the root, else with a closing slash: `sell-the-call/`.
    pub url: String,
    /// The section around this one.
    pub parent: Option<SectionIndex>,
    /// Its index page, if the folder has one; a section without one gets a generated page.
    pub index: Option<PageIndex>,
    /// Its lessons in order, without the index page.
    pub pages: Vec<PageIndex>,
    /// Sections inside it, in order.
    pub sections: Vec<SectionIndex>,
}

/// What a page is for; decides its template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageKind {
    /// `content/index.md`.
    Home,
    /// The `index.md` of a folder.
    Section,
    /// Any other markdown file.
    Lesson,
    /// A lesson with `kind: glossary`: its definition lists are the terms.
    Glossary,
}

/// One page made from a markdown file.
#[derive(Debug, Clone)]
pub struct Page {
    /// The markdown file.
    pub file: FileId,
    /// Its path from the playbook's root: `content/01-sell-the-call/index.md`.
    pub path: String,
    /// Site path with a closing slash, `""` for home: `sell-the-call/the-bad-message/`.
    pub url: String,
    /// What it is for.
    pub kind: PageKind,
    /// Plain text.
    pub title: String,
    /// What stands above the text: its own first-level heading, else the title.
    pub heading: String,
    /// One or two sentences: from the front matter, else the first words of the text.
    pub description: String,
    /// The section it belongs to; for an index page the section itself.
    pub section: SectionIndex,
    /// The page in pieces, in order.
    pub body: Vec<Part>,
    /// Headings of levels 2 to 4, in order, for the on-this-page list.
    pub headings: Vec<Heading>,
    /// Reading minutes, at least 1; from the front matter or 220 words a minute.
    pub minutes: u32,
    /// Words of the text.
    pub words: usize,
    /// Ids of methods the page belongs to.
    pub methods: Vec<String>,
    /// Ids of rules the page teaches: those of the front matter first, then those it links to.
    pub rules: Vec<String>,
    /// Where the text can be edited, if the playbook says so.
    pub edit_url: Option<String>,
    /// The author's picture for shared links, if there is one.
    pub image: Option<PageImage>,
    /// Day of the last change that git knows, `2026-11-22`.
    pub last_updated: Option<String>,
    /// Day from which the page is public, as in the front matter.
    pub publish: Option<String>,
    /// Shown only with `--drafts`.
    pub draft: bool,
    /// The page before this one in reading order.
    pub previous: Option<PageIndex>,
    /// The page after this one in reading order.
    pub next: Option<PageIndex>,
    /// The text without markup, one line a block, for search and feeds.
    pub text: String,
}

/// A picture that other sites show for a link to a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageImage {
    /// Site path, or a whole address.
    pub url: String,
    /// What it shows.
    pub alt: String,
    /// Width and height in pixels, if the file is here and tells.
    pub size: Option<(usize, usize)>,
}

/// A piece of a page's body.
#[derive(Debug, Clone)]
pub enum Part {
    /// Finished HTML: links, images and headings are resolved, the base path is in them.
    Html(String),
    /// Code to be highlighted.
    Code(CodeBlock),
    /// An example, by its place in [`Book::examples`].
    Example(ExampleIndex),
    /// A cadence, by its place in [`Book::cadences`].
    Cadence(CadenceIndex),
    /// A quiz, by its place in [`Book::quizzes`].
    Quiz(QuizIndex),
    /// The script lab.
    Lab(Box<Lab>),
}

/// A place to write a script, inside a lesson.
#[derive(Debug, Clone)]
pub struct Lab {
    /// The method that it grades under at first.
    pub method: String,
    /// Voicemail or e-mail at first; where none is named, that of the example, else voicemail.
    pub channel: Option<Channel>,
    /// What it begins with.
    pub start: LabStart,
}

/// The script that a lab begins with.
#[derive(Debug, Clone)]
pub enum LabStart {
    /// These words, or none.
    Text(String),
    /// A side of an example.
    Example {
        /// Its place in [`Book::examples`].
        index: ExampleIndex,
        /// Its after side, not its before side.
        after: bool,
    },
}

/// A fenced or indented block of code.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CodeBlock {
    /// The first word of the info string.
    pub language: Option<String>,
    /// The code, with its last line end.
    pub code: String,
    /// Lines to mark, from 1, both ends included: from `{2,4-6}` in the info string.
    pub marked: Vec<(u32, u32)>,
    /// A file name or caption: from `title="…"` in the info string.
    pub title: Option<String>,
}

/// A heading of a page.
#[derive(Debug, Clone)]
pub struct Heading {
    /// 2 to 6.
    pub level: u8,
    /// The anchor.
    pub id: String,
    /// Plain text.
    pub text: String,
}

/// A term of the glossary.
#[derive(Debug, Clone)]
pub struct Term {
    /// As written.
    pub name: String,
    /// Its anchor on the glossary page: `term-gatekeeper`.
    pub id: String,
    /// The page it stands on.
    pub page: PageIndex,
    /// Its meaning as plain text.
    pub text: String,
}

/// What kind of call an example is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Situation {
    /// Somebody named the caller a prospect.
    Referred,
    /// They have met or asked.
    Warm,
    /// They have not.
    Cold,
    /// There was a message before.
    FollowUp,
}

/// A script before and after.
#[derive(Debug, Clone)]
pub struct Example {
    /// Unique in the playbook.
    pub id: String,
    /// One line.
    pub title: String,
    /// The method it is graded under.
    pub method: String,
    /// The caller's trade, such as `pumps`.
    pub trade: Option<String>,
    /// What kind of call it is.
    pub situation: Option<Situation>,
    /// The page that holds it.
    pub page: PageIndex,
    /// Its place in the markdown file.
    pub span: Span,
    /// The script that does it wrong.
    pub before: Side,
    /// The same script mended.
    pub after: Side,
}

/// One script of an example.
#[derive(Debug, Clone)]
pub struct Side {
    /// Voicemail or e-mail.
    pub channel: Channel,
    /// The words, without the marks of annotations.
    pub text: String,
    /// Notes of the trainer, in order, not overlapping.
    pub annotations: Vec<Annotation>,
    /// The script with the place of each byte in the author's file.
    pub source: Text,
    /// Rules that the trainer says it breaks.
    pub breaks: Vec<String>,
    /// Rules that the trainer says it keeps; with `keeps: all` every rule of the method.
    pub keeps: Vec<String>,
    /// What the trainer says, claim by claim, for `check`.
    pub claims: Vec<Claim>,
    /// What the grader says, under every method.
    pub report: Arc<Report>,
}

/// What a trainer says of a script, to be held against what the grader says.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The rule.
    pub rule: String,
    /// Said to be broken, else to be kept.
    pub broken: bool,
    /// One of all of a method's rules, not named by itself: `keeps: all`.
    pub sweeping: bool,
    /// Where it is said.
    pub span: Span,
}

/// A note on a span of a script.
#[derive(Debug, Clone)]
pub struct Annotation {
    /// Bytes of [`Side::text`].
    pub range: std::ops::Range<usize>,
    /// The rule it is about.
    pub rule: Option<String>,
    /// What the trainer says.
    pub note: Option<String>,
    /// The annotated words in the author's file.
    pub span: Span,
}
