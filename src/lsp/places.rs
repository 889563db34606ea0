//! What stands where in a file: every name that is defined or used, every key, every link.

use crate::config::parse_toml;
use crate::diag::Diagnostics;
use crate::parse::outline::outline;
use crate::schema::{self, Found, Key, Kind, Names, Place as Home, Schema, Shape};
use crate::source::{FileId, Sources, Span};
use crate::tree::{Node, Text};
use crate::yaml::{self, YamlText};
use std::ops::Range;

/// Something at a place of a file.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// Bytes of the file; a name without the quotes around it.
    pub(super) range: Range<usize>,
    /// What it is.
    pub(super) what: What,
}

/// What stands at a place.
#[derive(Debug, Clone)]
pub(super) enum What {
    /// A thing gets its id here.
    Define(Names, String),
    /// A thing is named here.
    Use(Names, String),
    /// A key that Ringback knows.
    Key(&'static Key),
    /// A link as written, `rule:` and its like included.
    Link(String),
    /// The kind of a block.
    Block(&'static Schema),
}

/// Everything in a file, sorted by place. What cannot be read is left out; the diagnostics tell why.
pub(super) fn of(sources: &Sources, file: FileId) -> Vec<Place> {
    let (path, text) = (&sources.file(file).path, sources.text(file));
    let mut found = Finder { text, places: Vec::new() };
    let quiet = &mut Diagnostics::default();
    if let Some(schema) = schema::file(path) {
        let node = match schema.place {
            Home::Settings => parse_toml(text, file, quiet),
            _ => yaml::parse_file(sources, file, quiet),
        };
        if let Some(node) = node {
            found.walk(&node, schema.shape);
            found.detectors(&node);
        }
    } else if path.starts_with("content/") && path.rsplit_once('.').is_some_and(|(_, end)| end == "md") {
        found.page(file);
    }
    found.places.sort_by_key(|place| (place.range.start, place.range.end));
    found.places
}

struct Finder<'a> {
    text: &'a str,
    places: Vec<Place>,
}

impl Finder<'_> {
    fn add(&mut self, span: Span, what: What) {
        let range = span.range();
        // A span that is not that of the words themselves (a folded line, an escape) is of no use for an edit.
        let fits = match &what {
            What::Define(_, id) | What::Use(_, id) => self.text.get(range.clone()) == Some(id),
            _ => self.text.get(range.clone()).is_some(),
        };
        if fits {
            self.places.push(Place { range, what });
        }
    }

    fn page(&mut self, file: FileId) {
        let outline = outline(self.text, file);
        let quiet = &mut Diagnostics::default();
        if let (Some(head), Some(schema)) = (outline.head, schema::find("page")) {
            let yaml = YamlText::contiguous(&self.text[head.clone()], file, head.start);
            if let Some(node) = yaml::parse(&yaml, quiet) {
                self.walk(&node, schema.shape);
            }
        }
        for block in &outline.blocks {
            let Some(schema) = schema::block(&block.kind) else { continue };
            let fence = self.text.get(block.whole.range()).and_then(|text| text.find(&block.kind));
            if let Some(at) = fence.map(|at| block.whole.start as usize + at) {
                self.add(Span::new(file, at, at + block.kind.len()), What::Block(schema));
            }
            if let Some(node) = yaml::parse(&block.yaml(), quiet) {
                self.walk(&node, schema.shape);
            }
        }
        for link in outline.links {
            self.link(&link.value, link.span);
        }
    }

    fn walk(&mut self, node: &Node, shape: &'static Shape) {
        let mut seen = Vec::new();
        schema::walk(node, shape, &mut |found| seen.push(found));
        for found in seen {
            match found {
                Found::Key(span, key) => self.add(span, What::Key(key)),
                Found::NameKey(names, id, span) => self.add(span, What::Use(names, id.to_owned())),
                Found::Value(kind, node) => self.value(kind, node),
            }
        }
    }

    fn value(&mut self, kind: &'static Kind, node: &Node) {
        let Some(text) = node.text() else { return };
        let whole = text.span(0, text.value.len());
        match kind {
            Kind::Id(names) => self.add(whole, What::Define(*names, text.value.clone())),
            Kind::Name(Names::Detector) => {
                let name = text.value.trim_start_matches('{').trim_end_matches('}');
                let at = text.value.find(name).unwrap_or(0);
                self.add(text.span(at, at + name.len()), What::Use(Names::Detector, name.to_owned()));
            }
            Kind::Name(names) => self.add(whole, What::Use(*names, text.value.clone())),
            Kind::Link => self.link(&text.value, whole),
            Kind::Phrase => self.between(text, "{", Names::Detector),
            Kind::Script(true) => self.between(text, "]{", Names::Rule),
            _ => {}
        }
    }

    /// Names behind an opening: slots of a phrase, rules of annotations.
    fn between(&mut self, text: &Text, opening: &str, names: Names) {
        for (at, _) in text.value.match_indices(opening) {
            let start = at + opening.len();
            let Some(name) = text.value[start..].split(['}', ':', '{', '\n']).next() else { continue };
            let blank = name.len() - name.trim_start().len();
            let name = name.trim();
            if !name.is_empty() {
                let start = start + blank;
                self.add(text.span(start, start + name.len()), What::Use(names, name.to_owned()));
            }
        }
    }

    fn link(&mut self, link: &str, span: Span) {
        let id_after = |offset: usize| Span::new(span.file, span.start as usize + offset, span.end as usize);
        let named = [
            ("rule:", Names::Rule),
            ("method:", Names::Method),
            ("example:", Names::Example),
            ("quiz:", Names::Quiz),
        ];
        if let Some((scheme, names)) = named.into_iter().find(|(scheme, _)| link.starts_with(scheme)) {
            let id = &link[scheme.len()..];
            self.add(id_after(scheme.len()), What::Use(names, id.to_owned()));
            return;
        }
        if let Some(at) = link.find("#example-") {
            let offset = at + "#example-".len();
            self.add(id_after(offset), What::Use(Names::Example, link[offset..].to_owned()));
        }
        self.add(span, What::Link(link.to_owned()));
    }

    /// Detectors of a rule, and those and the word lists of a lexicon.
    fn detectors(&mut self, node: &Node) {
        for key in ["detect", "detectors", "words"] {
            for entry in node.get(key).and_then(Node::as_map).unwrap_or_default() {
                self.add(entry.key_span, What::Define(Names::Detector, entry.key.clone()));
            }
        }
    }
}
