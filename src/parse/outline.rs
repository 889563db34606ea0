//! Where the YAML of a page stands: its head and its blocks, unread.
//!
//! For those who look at a page as text: the language server, and the search for links to other sites.

use super::front_matter;
use super::markdown::OPTIONS;
use crate::source::{FileId, Span, Spanned};
use crate::tree::Segment;
use crate::yaml::YamlText;
use pulldown_cmark::{CodeBlockKind, Event, LinkType, Parser, Tag, TagEnd};
use std::ops::Range;

/// A page as text.
#[derive(Debug, Default)]
pub struct Outline {
    /// The YAML of its head, in bytes of the file.
    pub head: Option<Range<usize>>,
    /// Where the text begins.
    pub body: usize,
    /// Fenced blocks of any kind.
    pub blocks: Vec<Fenced>,
    /// Addresses of links, each where it is written: in the link, or in the definition that the link refers to.
    pub links: Vec<Spanned<String>>,
}

/// A fenced block.
#[derive(Debug)]
pub struct Fenced {
    /// The first word behind the fence.
    pub kind: String,
    /// From the opening fence to the closing one.
    pub whole: Span,
    /// What is in it, without the indentation that a list or a quote gives it.
    pub text: String,
    /// Where its pieces stand in the file.
    pub segments: Vec<Segment>,
}

impl Fenced {
    /// Its text as YAML.
    pub fn yaml(&self) -> YamlText<'_> {
        YamlText { text: &self.text, file: self.whole.file, segments: self.segments.clone() }
    }
}

/// Looks for the YAML of a page.
pub fn outline(text: &str, file: FileId) -> Outline {
    let (head, body) = front_matter::place(text);
    let mut outline = Outline { head, body, blocks: Vec::new(), links: Vec::new() };
    let mut open: Option<Fenced> = None;
    let events = Parser::new_ext(&text[body..], OPTIONS).into_offset_iter();
    let mut add = |target: &str, range: Range<usize>| {
        let at = text[range.clone()].rfind(target).filter(|_| !target.is_empty());
        if let Some(at) = at.map(|at| range.start + at) {
            outline
                .links
                .push(Spanned { value: target.to_owned(), span: Span::new(file, at, at + target.len()) });
        }
    };
    for (_, definition) in events.reference_definitions().iter() {
        add(&definition.dest, definition.span.start + body..definition.span.end + body);
    }
    for (event, range) in events {
        let range = range.start + body..range.end + body;
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let kind = info.split([' ', ',', '{', '\t']).next().unwrap_or("").to_owned();
                let whole = Span::new(file, range.start, range.end);
                open = Some(Fenced { kind, whole, text: String::new(), segments: Vec::new() });
            }
            // A link that refers to a definition has a label here, not the address.
            Event::Start(Tag::Link { dest_url, link_type, .. }) => {
                let inline = matches!(link_type, LinkType::Inline | LinkType::Autolink);
                if inline {
                    add(&dest_url, range);
                }
            }
            Event::Text(piece) => {
                if let Some(fenced) = &mut open {
                    let narrow = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
                    let (value, file) = (narrow(fenced.text.len()), narrow(range.start));
                    fenced.segments.push(Segment { value, file });
                    fenced.text.push_str(&piece);
                }
            }
            Event::End(TagEnd::CodeBlock) => outline.blocks.extend(open.take()),
            _ => {}
        }
    }
    outline
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_where_their_address_is_written() {
        let text = "A [b](c.md#d), [e][f] and <https://g.example>, `[x](y)`.\n\n[f]: rule:no-brag\n";
        let outline = outline(text, FileId(0));
        let mut found: Vec<&str> = outline.links.iter().map(|link| &text[link.span.range()]).collect();
        found.sort_unstable();
        assert_eq!(found, ["c.md#d", "https://g.example", "rule:no-brag"]);
    }

    #[test]
    fn the_head_and_blocks_in_lists_are_found_with_their_places() {
        let text =
            "---\ntitle: x\n---\n\n- a\n\n  ```example x\n  id: one\n  b: 2\n  ```\n\n```\ncode\n```\n";
        let outline = outline(text, FileId(0));
        assert_eq!(&text[outline.head.expect("a head")], "title: x\n");
        let [example, code] = outline.blocks.as_slice() else { panic!("{:?}", outline.blocks) };
        assert_eq!((example.kind.as_str(), example.text.as_str()), ("example", "id: one\nb: 2\n"));
        assert_eq!(code.kind, "");
        let node =
            crate::yaml::parse(&example.yaml(), &mut crate::diag::Diagnostics::default()).expect("YAML");
        assert_eq!(&text[node.get("b").expect("there").span.range()], "2");
    }
}
