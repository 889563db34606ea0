//! A line of markdown: emphasis, code and links, for texts that are no page: stems, options, reasons.

use crate::book::quiz::Run;
use crate::source::Spanned;
use crate::tree::Text;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// A rich text as written: links are still text.
pub type RichDraft = Vec<RunDraft>;

/// A run as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RunDraft {
    /// Anything but a link.
    Plain(Run),
    /// The words of a link and its target.
    Link(String, Spanned<String>),
}

/// Before the text, so that nothing at its beginning makes a list, a heading or a quote of it.
const GUARD: &str = "\u{a0}";

/// Reads a text; line ends are blanks, and what is no emphasis, code or link stays as written.
pub fn read(text: &Text) -> RichDraft {
    let start = text.value.len() - text.value.trim_start().len();
    let source = format!("{GUARD}{}", text.value.trim().replace('\n', " "));
    let mut reader = Reader { out: Vec::new(), em: 0, strong: 0, link: None };
    let parser = Parser::new_ext(&source, Options::ENABLE_SMART_PUNCTUATION).into_offset_iter();
    for (event, range) in parser {
        if let Event::Start(Tag::Link { dest_url, .. }) = &event {
            let at =
                source[range.clone()].rfind(dest_url.as_ref()).map_or(range.start, |at| range.start + at);
            let from = (start + at).saturating_sub(GUARD.len());
            let span = text.span(from, from + dest_url.len());
            reader.link = Some((String::new(), Spanned { value: dest_url.to_string(), span }));
        } else {
            reader.event(event);
        }
    }
    if let Some(RunDraft::Plain(Run::Text(first))) = reader.out.first_mut()
        && let Some(rest) = first.strip_prefix(GUARD)
    {
        *first = rest.to_owned();
    }
    reader.out.retain(|run| !matches!(run, RunDraft::Plain(Run::Text(text)) if text.is_empty()));
    reader.out
}

/// A text without any markup.
pub fn literal(text: &str) -> RichDraft {
    vec![RunDraft::Plain(Run::Text(text.trim().to_owned()))]
}

/// The words without markup.
pub fn words(rich: &RichDraft) -> String {
    let words = |run: &RunDraft| match run {
        RunDraft::Plain(run) => crate::book::quiz::plain(std::slice::from_ref(run)),
        RunDraft::Link(text, _) => text.clone(),
    };
    rich.iter().map(words).collect()
}

struct Reader {
    out: RichDraft,
    em: usize,
    strong: usize,
    link: Option<(String, Spanned<String>)>,
}

impl Reader {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::Emphasis) => self.em += 1,
            Event::End(TagEnd::Emphasis) => self.em -= 1,
            Event::Start(Tag::Strong) => self.strong += 1,
            Event::End(TagEnd::Strong) => self.strong -= 1,
            Event::End(TagEnd::Link) => {
                if let Some((text, target)) = self.link.take() {
                    self.out.push(RunDraft::Link(text, target));
                }
            }
            Event::Code(code) => match &mut self.link {
                Some((text, _)) => text.push_str(&code),
                None => self.out.push(RunDraft::Plain(Run::Code(code.to_string()))),
            },
            Event::Text(text) | Event::InlineHtml(text) | Event::Html(text) => self.text(&text),
            Event::SoftBreak | Event::HardBreak => self.text(" "),
            _ => {}
        }
    }

    fn text(&mut self, more: &str) {
        if let Some((text, _)) = &mut self.link {
            text.push_str(more);
            return;
        }
        let run = match (self.strong > 0, self.em > 0, self.out.last_mut()) {
            (true, _, Some(RunDraft::Plain(Run::Strong(text))))
            | (false, true, Some(RunDraft::Plain(Run::Em(text))))
            | (false, false, Some(RunDraft::Plain(Run::Text(text)))) => return text.push_str(more),
            (true, ..) => Run::Strong(more.to_owned()),
            (false, true, _) => Run::Em(more.to_owned()),
            (false, false, _) => Run::Text(more.to_owned()),
        };
        self.out.push(RunDraft::Plain(run));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Diagnostics;
    use crate::source::FileId;
    use crate::tree::Node;
    use crate::yaml::{YamlText, parse};

    fn read_yaml(yaml: &str) -> RichDraft {
        let mut diagnostics = Diagnostics::default();
        let node = parse(&YamlText::contiguous(yaml, FileId(0), 0), &mut diagnostics).expect("yaml");
        read(node.get("a").and_then(Node::text).expect("a text"))
    }

    #[test]
    fn markup_becomes_runs_and_what_looks_like_a_block_stays() {
        let text = |text: &str| RunDraft::Plain(Run::Text(text.to_owned()));
        let em = RunDraft::Plain(Run::Em("one".into()));
        assert_eq!(read_yaml("a: Sell *one* thing"), [text("Sell "), em, text(" thing")]);
        assert_eq!(read_yaml("a: '1. Who # are > you'"), [text("1. Who # are > you")]);
        assert_eq!(read_yaml("a: \"- a\\n- b\""), [text("- a - b")]);
        assert_eq!(read_yaml("a: '# 1'"), [text("# 1")]);
        assert_eq!(read_yaml("a: 'a <b>c</b>'"), [text("a <b>c</b>")]);
        let strong = RunDraft::Plain(Run::Strong("b c".into()));
        assert_eq!(read_yaml("a: '**b *c***'"), [strong]);
        assert_eq!(read_yaml("a: 'Don''t `x`'"), [text("Don’t "), RunDraft::Plain(Run::Code("x".into()))]);
    }

    #[test]
    fn the_target_of_a_link_keeps_its_place() {
        let yaml = "a: |\n  See [the\n  *lesson*](x/y.md#z) first\n";
        let runs = read_yaml(yaml);
        let Some(RunDraft::Link(words, target)) = runs.get(1) else { panic!("{runs:?}") };
        assert_eq!((words.as_str(), &yaml[target.span.range()]), ("the lesson", "x/y.md#z"));
    }
}
