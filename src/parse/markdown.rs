//! Markdown events to HTML with marks, and everything else that a page's text holds.
//!
//! The parser's events are rewritten one by one and handed to its own HTML writer. Rewritten are
//! those that need an id, another page, a word of the interface, or no inline style (the site's
//! content security policy allows none).

mod ends;
mod raw_html;

use super::footnotes::Footnotes;
use super::tables::Tables;
use super::{Body, Image, Mark, TermDraft};
use crate::book::Heading;
use crate::diag::{Code, Diagnostics};
use crate::html::escape;
use crate::source::{FileId, Span, Spanned};
use crate::tree::Segment;
use crate::yaml::YamlText;
use pulldown_cmark::{
    BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html,
};
use std::collections::HashMap;
use std::ops::Range;

/// The text of a page and where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Page<'a> {
    /// The markdown, without front matter.
    pub text: &'a str,
    /// Its file.
    pub file: FileId,
    /// Where `text` begins in the file.
    pub start: usize,
    /// HTML in the markdown is passed through.
    pub html: bool,
    /// Definition lists are terms.
    pub is_glossary: bool,
}

/// Named one by one: `Options::all()` would bring the old footnotes.
pub(super) const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_SMART_PUNCTUATION)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_DEFINITION_LIST);

/// Parses a page's markdown.
pub(super) fn parse(page: &Page<'_>, diagnostics: &mut Diagnostics) -> Body {
    let mut writer = Writer {
        page,
        diagnostics,
        body: Body { text: String::with_capacity(page.text.len()), ..Body::default() },
        out: Vec::with_capacity(page.text.len() / 16),
        notes: Footnotes::default(),
        open_note: None,
        tables: Tables::default(),
        heading: None,
        last_level: 1,
        image: None,
        code: None,
        quotes: Vec::new(),
        groups: Vec::new(),
        term: None,
        depth: 0,
        ids: HashMap::new(),
        comment: false,
    };
    for (event, range) in Parser::new_ext(page.text, OPTIONS).into_offset_iter() {
        writer.event(event, range);
    }
    writer.finish()
}

struct Writer<'a, 'd> {
    page: &'d Page<'a>,
    diagnostics: &'d mut Diagnostics,
    body: Body,
    out: Vec<Event<'a>>,
    notes: Footnotes<'a>,
    /// Label of the footnote being defined, and the events before it.
    open_note: Option<(CowStr<'a>, Vec<Event<'a>>)>,
    tables: Tables,
    heading: Option<OpenHeading>,
    last_level: u8,
    image: Option<Image>,
    code: Option<OpenCode>,
    quotes: Vec<bool>,
    /// One entry per open definition list: the group has a definition already.
    groups: Vec<Option<bool>>,
    /// The term whose definitions are being read: where its name, then its text begins.
    term: Option<OpenTerm>,
    /// Open block containers, so that the first paragraph is one of the page itself.
    depth: usize,
    ids: HashMap<String, u32>,
    /// A comment of HTML has begun and not ended.
    comment: bool,
}

struct OpenHeading {
    level: u8,
    id: Option<String>,
    classes: String,
    /// Index of its opening tag in `out`.
    tag: usize,
    text_start: usize,
    range: Range<usize>,
}

struct OpenCode {
    info: Option<String>,
    text: String,
    segments: Vec<Segment>,
    range: Range<usize>,
}

struct OpenTerm {
    tag: usize,
    name_start: usize,
    text_start: usize,
    range: Range<usize>,
}

impl<'a> Writer<'a, '_> {
    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.page.file, self.page.start + range.start, self.page.start + range.end)
    }

    fn push_html(&mut self, html: impl Into<CowStr<'a>>) {
        self.out.push(Event::InlineHtml(html.into()));
    }

    fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        if let Some(image) = &mut self.image {
            match event {
                Event::Text(text) | Event::Code(text) => image.alt.push_str(&text),
                Event::SoftBreak | Event::HardBreak => image.alt.push(' '),
                Event::End(TagEnd::Image) => self.close_image(),
                _ => {}
            }
            return;
        }
        if let Some(code) = &mut self.code {
            match event {
                Event::Text(text) => {
                    let place = u32::try_from(self.page.start + range.start).unwrap_or(u32::MAX);
                    code.segments.push(Segment { value: narrow(code.text.len()), file: place });
                    code.text.push_str(&text);
                }
                Event::End(TagEnd::CodeBlock) => self.close_code(),
                _ => {}
            }
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => {
                self.body.text.push_str(&text);
                self.out.push(Event::Text(text));
            }
            Event::Code(code) => {
                self.body.text.push_str(&code);
                self.out.push(Event::Code(code));
            }
            Event::SoftBreak => {
                self.body.text.push(' ');
                self.out.push(Event::SoftBreak);
            }
            Event::HardBreak => {
                self.body.text.push(' ');
                self.push_html("<br>\n");
            }
            Event::Html(text) => self.raw_html(text, range, true),
            Event::InlineHtml(text) => self.raw_html(text, range, false),
            Event::FootnoteReference(label) => {
                let reference = self.notes.reference(&label);
                self.out.push(reference);
            }
            Event::TaskListMarker(done) => {
                let (checked, label) = if done { (" checked", "task_done") } else { ("", "task_open") };
                let label = Mark::Label.write(label);
                self.push_html(format!(
                    "<input type=\"checkbox\" disabled{checked} aria-label=\"{label}\"> "
                ));
            }
            Event::Rule => self.push_html("<hr>\n"),
            other => self.out.push(other),
        }
    }

    fn start(&mut self, tag: Tag<'a>, range: Range<usize>) {
        match tag {
            Tag::Heading { level, id, classes, .. } => {
                let range = range.start..range.start + self.page.text[range.clone()].trim_end().len();
                let classes: Vec<_> = classes.iter().map(|class| escape(class).into_owned()).collect();
                self.heading = Some(OpenHeading {
                    level: level_number(level),
                    id: id.map(|id| id.to_string()),
                    classes: classes.join(" "),
                    tag: self.out.len(),
                    text_start: self.body.text.len(),
                    range,
                });
                self.push_html("");
            }
            Tag::Paragraph => {
                if self.depth == 0 && self.body.first_paragraph.is_empty() {
                    self.body.first_paragraph.start = self.body.text.len();
                }
                self.out.push(Event::Start(Tag::Paragraph));
            }
            Tag::BlockQuote(kind) => {
                self.depth += 1;
                self.quotes.push(kind.is_some());
                match kind {
                    None => self.push_html("<blockquote>\n"),
                    Some(kind) => {
                        let name = alert_name(kind);
                        let title = Mark::Label.write(name);
                        self.push_html(format!(
                            "<div class=\"alert alert-{name}\" role=\"note\"><p class=\"alert-title\">{title}</p>\n"
                        ));
                    }
                }
            }
            Tag::CodeBlock(kind) => {
                let info = match kind {
                    CodeBlockKind::Fenced(info) => Some(info.to_string()),
                    CodeBlockKind::Indented => None,
                };
                self.code = Some(OpenCode { info, text: String::new(), segments: Vec::new(), range });
            }
            Tag::Link { dest_url, title, .. } => {
                let span = self.target_span(&dest_url, range);
                let mark = Mark::Link.write(self.body.links.len());
                self.body.links.push(Spanned { value: dest_url.to_string(), span });
                let title =
                    if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escape(&title)) };
                self.push_html(format!("<a href=\"{mark}\"{title}>"));
            }
            Tag::Image { dest_url, title, .. } => {
                let span = self.target_span(&dest_url, range);
                let target = Spanned { value: dest_url.to_string(), span };
                self.image = Some(Image { target, alt: String::new(), title: title.to_string() });
            }
            Tag::FootnoteDefinition(label) => {
                self.depth += 1;
                self.open_note = Some((label, std::mem::take(&mut self.out)));
            }
            Tag::DefinitionList => {
                self.groups.push(None);
                self.push_html("<dl>\n");
            }
            Tag::DefinitionListTitle => self.start_term(range),
            Tag::DefinitionListDefinition => {
                self.depth += 1;
                if let Some(group) = self.groups.last_mut() {
                    *group = Some(true);
                }
                self.push_html("<dd>");
            }
            Tag::HtmlBlock => {}
            Tag::List(_) | Tag::Item => {
                self.depth += 1;
                self.out.push(Event::Start(tag));
            }
            other => {
                let event = self.tables.html(Event::Start(other));
                self.out.push(event);
            }
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => self.close_heading(),
            TagEnd::Paragraph => {
                if self.depth == 0 && self.body.first_paragraph.is_empty() {
                    self.body.first_paragraph.end = self.body.text.len();
                }
                self.body.text.push('\n');
                self.out.push(Event::End(TagEnd::Paragraph));
            }
            TagEnd::BlockQuote(_) => {
                self.depth = self.depth.saturating_sub(1);
                let is_alert = self.quotes.pop() == Some(true);
                self.push_html(if is_alert { "</div>\n" } else { "</blockquote>\n" });
            }
            TagEnd::Link => self.push_html("</a>"),
            TagEnd::FootnoteDefinition => {
                self.depth = self.depth.saturating_sub(1);
                if let Some((label, before)) = self.open_note.take() {
                    let events = std::mem::replace(&mut self.out, before);
                    self.notes.define(label, events);
                }
            }
            TagEnd::DefinitionList => {
                self.close_term();
                let open = self.groups.pop().flatten().is_some();
                self.push_html(if open { "</div></dl>\n" } else { "</dl>\n" });
            }
            TagEnd::DefinitionListTitle => {
                if let Some(term) = &mut self.term {
                    term.text_start = self.body.text.len();
                }
                self.body.text.push('\n');
                self.push_html("</dt>\n");
            }
            TagEnd::DefinitionListDefinition => {
                self.depth = self.depth.saturating_sub(1);
                self.body.text.push('\n');
                self.push_html("</dd>\n");
            }
            TagEnd::HtmlBlock => self.comment = false,
            TagEnd::List(_) | TagEnd::Item => {
                self.depth = self.depth.saturating_sub(1);
                self.body.text.push('\n');
                self.out.push(Event::End(tag));
            }
            other => {
                if matches!(other, TagEnd::TableCell | TagEnd::TableRow | TagEnd::TableHead) {
                    self.body.text.push(if other == TagEnd::TableCell { ' ' } else { '\n' });
                }
                let event = match other {
                    TagEnd::TableCell => self.tables.end_of_cell(&mut self.out),
                    other => self.tables.html(Event::End(other)),
                };
                self.out.push(event);
            }
        }
    }

    /// Where a link's or an image's address stands in the source; the whole of it for a reference.
    fn target_span(&self, target: &str, range: Range<usize>) -> Span {
        match self.page.text[range.clone()].rfind(target) {
            Some(at) if !target.is_empty() => self.span(range.start + at..range.start + at + target.len()),
            _ => self.span(range),
        }
    }

    fn finish(mut self) -> Body {
        self.close_term();
        self.body.html = String::with_capacity(self.page.text.len() * 3 / 2);
        html::push_html(&mut self.body.html, self.out.into_iter());
        self.notes.finish(&mut self.body.html);
        self.body
    }
}

fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

fn alert_name(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "note",
        BlockQuoteKind::Tip => "tip",
        BlockQuoteKind::Important => "important",
        BlockQuoteKind::Warning => "warning",
        BlockQuoteKind::Caution => "caution",
    }
}
