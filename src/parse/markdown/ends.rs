//! What is known only at its end: headings with their ids, images, code and blocks, terms of a glossary.

use super::{Code, Event, Heading, OpenHeading, OpenTerm, Spanned, TermDraft, Writer, YamlText};
use crate::html::escape;
use crate::parse::{Mark, attributes, blocks};
use crate::slug::slug;
use std::ops::Range;

impl Writer<'_, '_> {
    pub(super) fn close_heading(&mut self) {
        let Some(open) = self.heading.take() else { return };
        let text = self.body.text[open.text_start..].trim().to_owned();
        self.body.text.push('\n');
        let is_first = self.out[..open.tag].is_empty() && self.body.headings.is_empty();
        if open.level == 1 && is_first && self.body.heading.is_none() {
            self.out.truncate(open.tag);
            self.body.text.truncate(open.text_start);
            self.body.heading = Some(text);
            return;
        }
        self.check_level(&open, &text);
        let id = self.unique_id(open.id.as_deref(), &text, open.range.clone());
        let (level, class) = (open.level, open.classes);
        let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
        let tag = format!("<div class=\"heading heading-{level}\"><h{level} id=\"{}\"{class}>", escape(&id));
        self.out[open.tag] = Event::InlineHtml(tag.into());
        let label = Mark::Label.write(format_args!("permalink\u{1}{}", escape(&text)));
        self.push_html(format!(
            "</h{level}><a class=\"permalink\" href=\"#{}\" aria-label=\"{label}\"><span aria-hidden=\"true\">#</span></a></div>\n",
            escape(&id)
        ));
        self.body.headings.push(Heading { level, id, text });
    }

    fn check_level(&mut self, open: &OpenHeading, text: &str) {
        let wanted = "#".repeat(usize::from(self.wanted_level(open.level)));
        let help = match open.level {
            1 => "begin it with ## instead of #".to_owned(),
            _ => format!("begin it with {wanted}"),
        };
        self.heading_of(open.level, open.range.clone(), text, &help);
    }

    /// Which level a heading of this one may have at most, after those before it.
    pub(super) fn wanted_level(&self, level: u8) -> u8 {
        if level == 1 { 2 } else { level.min(self.last_level + 1) }
    }

    /// A heading in markdown or in HTML: the page has one title, and no level is left out.
    pub(super) fn heading_of(&mut self, level: u8, range: Range<usize>, text: &str, help: &str) {
        let wanted = self.wanted_level(level);
        if level != wanted {
            let message = match level {
                1 => format!("`{text}` is a second title of this page"),
                _ => format!("this heading is of level {level} where {wanted} comes next"),
            };
            let span = self.span(range);
            self.diagnostics.report(Code::HeadingOrder, span, message).help(help);
        }
        self.last_level = level;
    }

    /// The id that the author set, or one made from the words, with a number if it is taken.
    fn unique_id(&mut self, written: Option<&str>, text: &str, range: Range<usize>) -> String {
        let span = self.span(range);
        let mut id = written.map_or_else(|| slug(text), str::to_owned);
        if id.is_empty() {
            "section".clone_into(&mut id);
        }
        let seen = self.ids.entry(id.clone()).or_insert(0);
        *seen += 1;
        if *seen > 1 {
            if written.is_some() {
                self.diagnostics.report(
                    Code::DuplicateId,
                    span,
                    format!("the id `{id}` stands twice on this page"),
                );
            }
            let number = *seen;
            id = format!("{id}-{number}");
            self.ids.entry(id.clone()).or_insert(1);
        }
        self.body.anchors.push(Spanned { value: id.clone(), span });
        id
    }

    pub(super) fn close_image(&mut self) {
        let Some(image) = self.image.take() else { return };
        if image.alt.trim().is_empty() && image.title != "decorative" {
            self.diagnostics
                .report(Code::MissingAlt, image.target.span, "this image has no text alternative")
                .help("say between the square brackets what it shows: `![what it shows](path)`");
        }
        let mark = Mark::Image.write(self.body.images.len());
        self.body.images.push(image);
        self.push_html(mark);
    }

    pub(super) fn close_code(&mut self) {
        let Some(code) = self.code.take() else { return };
        let info = code.info.as_deref().unwrap_or("");
        let kind = info.split([' ', ',', '{', '\t']).next().unwrap_or("");
        let yaml = YamlText { text: &code.text, file: self.page.file, segments: code.segments };
        let fence_at = self.page.text[code.range.clone()].find(kind).unwrap_or(0) + code.range.start;
        let info_span = self.span(fence_at..fence_at + kind.len());
        let whole = self.span(code.range.clone());
        match blocks::read(kind, &yaml, info_span, whole, self.diagnostics) {
            blocks::Fence::Block(block) => {
                let mark = Mark::Block.write(self.body.blocks.len());
                self.body.blocks.push(block);
                self.push_html(mark);
            }
            blocks::Fence::Broken => {}
            blocks::Fence::Code => {
                let mark = Mark::Code.write(self.body.codes.len());
                self.body.codes.push(attributes::code_block(info, code.text));
                self.push_html(mark);
            }
        }
    }

    pub(super) fn start_term(&mut self, range: Range<usize>) {
        self.close_term();
        let open = match self.groups.last_mut() {
            Some(group) => {
                let open = match group {
                    None => "<div>",
                    Some(false) => "",
                    Some(true) => "</div>\n<div>",
                };
                *group = Some(false);
                open
            }
            None => "",
        };
        self.push_html(open);
        if self.page.is_glossary {
            let start = self.body.text.len();
            self.term = Some(OpenTerm { tag: self.out.len(), name_start: start, text_start: start, range });
        }
        self.push_html("<dt>");
    }

    pub(super) fn close_term(&mut self) {
        let Some(term) = self.term.take() else { return };
        let name = self.body.text[term.name_start..term.text_start].trim().to_owned();
        let text = self.body.text[term.text_start..].trim().to_owned();
        let span = self.span(term.range);
        let id = format!("term-{}", slug(&name));
        if self.body.terms.iter().any(|known| known.id == id) {
            self.diagnostics.report(Code::DuplicateId, span, format!("the term `{name}` stands twice"));
        }
        self.out[term.tag] = Event::InlineHtml(format!("<dt id=\"{}\">", escape(&id)).into());
        self.body.anchors.push(Spanned { value: id.clone(), span });
        self.body.terms.push(TermDraft { name, id, text, span });
    }
}
