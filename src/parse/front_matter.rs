//! The head of a page: YAML between two lines of three dashes.

use crate::diag::{Code, Diagnostics};
use crate::source::{FileId, Span, Spanned};
use crate::tree::Fields;
use crate::yaml::{self, YamlText};
use jiff::civil::Date;

/// What a page says of itself.
#[derive(Debug, Default, Clone)]
pub struct FrontMatter {
    /// The page's name; else its first heading, else its file's name.
    pub title: Option<String>,
    /// One sentence for lists, search engines and shared links.
    pub description: Option<String>,
    /// Place among its neighbours; else the number in the file's name.
    pub order: Option<i64>,
    /// What the page is for, where its file's name does not say.
    pub kind: Option<Kind>,
    /// Shown only with `--drafts`.
    pub draft: bool,
    /// Public from this day on.
    pub publish: Option<Date>,
    /// Public until the day before this one.
    pub expire: Option<Date>,
    /// Old addresses that lead here.
    pub aliases: Vec<Spanned<String>>,
    /// Methods the page belongs to.
    pub methods: Vec<Spanned<String>>,
    /// Rules the page teaches.
    pub rules: Vec<Spanned<String>>,
    /// Reading minutes.
    pub minutes: Option<u32>,
    /// The picture for shared links, in place of a card.
    pub image: Option<Spanned<String>>,
    /// What that picture shows.
    pub image_alt: Option<String>,
}

/// A page's purpose, as the author names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An ordinary lesson.
    Lesson,
    /// Its definition lists are terms that other pages can link to.
    Glossary,
}

/// Reads the head of a page; gives it and the byte at which the text begins.
pub fn parse(text: &str, file: FileId, diagnostics: &mut Diagnostics) -> (FrontMatter, usize) {
    let Some(start) = opening(text) else { return (FrontMatter::default(), 0) };
    let Some((end, body)) = closing(text, start) else {
        diagnostics
            .report(Code::BadFrontMatter, Span::new(file, 0, 3), "the head of this page does not end")
            .help("close it with a line of three dashes: ---");
        return (FrontMatter::default(), start);
    };
    let yaml = YamlText::contiguous(&text[start..end], file, start);
    let front = yaml::parse(&yaml, diagnostics).and_then(|node| {
        Fields::of(&node, "the head of a page", diagnostics).map(|fields| read(fields, diagnostics))
    });
    (front.unwrap_or_default(), body)
}

/// Where the YAML of a page's head stands, if it has one that ends, and where the text begins.
pub(super) fn place(text: &str) -> (Option<std::ops::Range<usize>>, usize) {
    let Some(start) = opening(text) else { return (None, 0) };
    closing(text, start).map_or((None, start), |(end, body)| (Some(start..end), body))
}

fn opening(text: &str) -> Option<usize> {
    let first = text.lines().next()?;
    (first.trim_end() == "---").then(|| (first.len() + 1).min(text.len()))
}

/// The end of the YAML and the start of the text.
fn closing(text: &str, start: usize) -> Option<(usize, usize)> {
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Some((at, at + line.len()));
        }
        at += line.len();
    }
    None
}

fn read(mut fields: Fields<'_>, diagnostics: &mut Diagnostics) -> FrontMatter {
    let front = FrontMatter {
        title: fields.string("title", diagnostics),
        description: fields.string("description", diagnostics),
        order: fields.integer("order", -1_000_000..=1_000_000, diagnostics),
        kind: fields.choice("kind", &[("lesson", Kind::Lesson), ("glossary", Kind::Glossary)], diagnostics),
        draft: fields.flag("draft", false, diagnostics),
        publish: date(&mut fields, "publish", diagnostics),
        expire: date(&mut fields, "expire", diagnostics),
        aliases: fields.strings("aliases", diagnostics),
        methods: fields.strings("methods", diagnostics),
        rules: fields.strings("rules", diagnostics),
        minutes: fields
            .integer("minutes", 1..=600, diagnostics)
            .and_then(|minutes| u32::try_from(minutes).ok()),
        image: fields.spanned("image", diagnostics),
        image_alt: fields.string("image_alt", diagnostics),
    };
    fields.finish(diagnostics);
    front
}

fn date(fields: &mut Fields<'_>, key: &'static str, diagnostics: &mut Diagnostics) -> Option<Date> {
    let text = fields.spanned(key, diagnostics)?;
    let date = if text.value.len() == 10 { text.value.parse().ok() } else { None };
    if date.is_none() {
        diagnostics
            .report(Code::BadDate, text.span, format!("`{}` is not a date", text.value))
            .help("write the year, the month and the day: 2026-11-22");
    }
    date
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_read_and_its_mistakes_are_placed() {
        let text = "---\ntitle: 1984\ndate: x\npublish: 2026-02-30\nrules: [a, b]\n---\nHello";
        let mut diagnostics = Diagnostics::default();
        let (front, start) = parse(text, FileId(0), &mut diagnostics);
        assert_eq!(&text[start..], "Hello");
        assert_eq!(front.title.as_deref(), Some("1984"));
        assert_eq!(front.rules.len(), 2);
        let places: Vec<_> = diagnostics.iter().map(|one| &text[one.span.unwrap().range()]).collect();
        assert_eq!(places, ["2026-02-30", "date"]);
    }

    #[test]
    fn a_rule_of_dashes_later_on_is_no_head() {
        let mut diagnostics = Diagnostics::default();
        assert_eq!(parse("Hello\n---\nx", FileId(0), &mut diagnostics).1, 0);
        assert_eq!(parse("", FileId(0), &mut diagnostics).1, 0);
        assert!(diagnostics.is_empty());
        parse("---\ntitle: x\n", FileId(0), &mut diagnostics);
        assert_eq!(diagnostics.len(), 1);
    }
}
