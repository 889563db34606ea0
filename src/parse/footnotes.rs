//! Footnotes: references where they stand, definitions as one list at the end of the page.

use super::Mark;
use crate::html::escape;
use crate::slug::slug;
use pulldown_cmark::{CowStr, Event, html::push_html};
use std::fmt::Write;

/// The footnotes of one page while it is parsed.
#[derive(Debug, Default)]
pub(super) struct Footnotes<'a> {
    /// Labels in the order of their first reference.
    order: Vec<CowStr<'a>>,
    /// References so far, by the place in `order`.
    references: Vec<usize>,
    definitions: Vec<(CowStr<'a>, Vec<Event<'a>>)>,
}

impl<'a> Footnotes<'a> {
    /// The raised number that leads to a note.
    pub(super) fn reference(&mut self, label: &CowStr<'a>) -> Event<'a> {
        let at = self.order.iter().position(|known| known == label).unwrap_or_else(|| {
            self.order.push(label.clone());
            self.references.push(0);
            self.order.len() - 1
        });
        self.references[at] += 1;
        let id = reference_id(label, self.references[at]);
        let number = at + 1;
        let html = format!(
            "<sup class=\"footnote-ref\"><a id=\"{id}\" href=\"#{}\" role=\"doc-noteref\">{number}</a></sup>",
            note_id(label)
        );
        Event::InlineHtml(html.into())
    }

    /// Keeps a definition for the end.
    pub(super) fn define(&mut self, label: CowStr<'a>, events: Vec<Event<'a>>) {
        self.definitions.push((label, events));
    }

    /// The list of notes, in the order of reference; notes that nobody refers to come last.
    pub(super) fn finish(mut self, html: &mut String) {
        if self.definitions.is_empty() {
            return;
        }
        let place =
            |label: &CowStr<'_>| self.order.iter().position(|known| known == label).unwrap_or(usize::MAX);
        self.definitions.sort_by_key(|(label, _)| place(label));
        let title = Mark::Label.write("footnotes");
        let _ =
            writeln!(html, "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"{title}\"><ol>");
        for (label, events) in self.definitions {
            let _ = write!(html, "<li id=\"{}\">", note_id(&label));
            push_html(html, events.into_iter());
            let count =
                self.order.iter().position(|known| *known == label).map_or(0, |at| self.references[at]);
            let back = Mark::Label.write("footnote_back");
            for number in 1..=count {
                let id = reference_id(&label, number);
                let _ = write!(
                    html,
                    "<a class=\"footnote-back\" href=\"#{id}\" role=\"doc-backlink\" aria-label=\"{back}\">↩</a>"
                );
            }
            html.push_str("</li>\n");
        }
        html.push_str("</ol></section>\n");
    }
}

fn note_id(label: &str) -> String {
    format!("fn-{}", escape(&slug(label)))
}

fn reference_id(label: &str, number: usize) -> String {
    let suffix = if number > 1 { format!("-{number}") } else { String::new() };
    format!("fnref-{}{suffix}", escape(&slug(label)))
}
