//! Tables as HTML without inline styles: alignment is a class, and a box around the table scrolls.

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

/// Rewrites the events of tables; everything else passes.
#[derive(Debug, Default)]
pub(super) struct Tables {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
}

impl Tables {
    /// The HTML for a table's event, or the event back if it is not of a table.
    pub(super) fn html<'a>(&mut self, event: Event<'a>) -> Event<'a> {
        let html = match event {
            Event::Start(Tag::Table(alignments)) => {
                self.alignments = alignments;
                "<div class=\"table\"><table>\n".to_owned()
            }
            Event::Start(Tag::TableHead) => {
                (self.in_head, self.column) = (true, 0);
                "<thead><tr>".to_owned()
            }
            Event::Start(Tag::TableRow) => {
                self.column = 0;
                "<tr>".to_owned()
            }
            Event::Start(Tag::TableCell) => self.cell(),
            Event::End(TagEnd::TableHead) => {
                self.in_head = false;
                "</tr></thead><tbody>\n".to_owned()
            }
            Event::End(TagEnd::TableRow) => "</tr>\n".to_owned(),
            Event::End(TagEnd::Table) => "</tbody></table></div>\n".to_owned(),
            other => return other,
        };
        Event::InlineHtml(html.into())
    }

    /// Ends a cell after the events before it: a heading without words heads nothing, so it is a plain cell.
    pub(super) fn end_of_cell(&mut self, before: &mut [Event<'_>]) -> Event<'static> {
        self.column += 1;
        let end = if !self.in_head {
            "</td>"
        } else if let Some(Event::InlineHtml(html)) = before.last_mut()
            && html.starts_with("<th ")
        {
            *html = html.replacen("<th scope=\"col\"", "<td", 1).into();
            "</td>"
        } else {
            "</th>"
        };
        Event::InlineHtml(end.into())
    }

    fn cell(&self) -> String {
        let class = match self.alignments.get(self.column) {
            Some(Alignment::Center) => " class=\"align-center\"",
            Some(Alignment::Right) => " class=\"align-right\"",
            _ => "",
        };
        if self.in_head { format!("<th scope=\"col\"{class}>") } else { format!("<td{class}>") }
    }
}
