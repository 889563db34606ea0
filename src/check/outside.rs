//! Links to other sites: where they stand, and what asking them has shown.

use crate::diag::{Code, Diagnostics};
use crate::parse::outline::outline;
use crate::schema::{self, Found, Kind, Place};
use crate::source::{FileId, Sources, Span};
use crate::tree::Node;
use crate::yaml::{self, YamlText};
use std::collections::BTreeMap;

/// Every address on another site without its anchor, with the places that name it: in lessons, rules, methods and blocks.
pub fn links(sources: &Sources) -> BTreeMap<String, Vec<Span>> {
    let mut found: BTreeMap<String, Vec<Span>> = BTreeMap::new();
    let mut add = |url: &str, span: Span| {
        if url.starts_with("https://") || url.starts_with("http://") {
            let url = url.split('#').next().unwrap_or(url).to_owned();
            found.entry(url).or_default().push(span);
        }
    };
    let quiet = &mut Diagnostics::default();
    for (file, source) in sources.iter() {
        let text = source.text.as_ref();
        if let Some(schema) = schema::file(&source.path).filter(|schema| schema.place != Place::Settings) {
            if let Some(node) = yaml::parse_file(sources, file, quiet) {
                of_tree(&node, schema.shape, &mut add);
            }
        } else if source.path.starts_with("content/") {
            of_page(text, file, &mut add);
        }
    }
    found
}

fn of_page(text: &str, file: FileId, add: &mut dyn FnMut(&str, Span)) {
    let outline = outline(text, file);
    for link in &outline.links {
        add(&link.value, link.span);
    }
    for block in &outline.blocks {
        let Some(schema) = schema::block(&block.kind) else { continue };
        let yaml: YamlText<'_> = block.yaml();
        if let Some(node) = yaml::parse(&yaml, &mut Diagnostics::default()) {
            of_tree(&node, schema.shape, add);
        }
    }
}

fn of_tree(node: &Node, shape: &'static schema::Shape, add: &mut dyn FnMut(&str, Span)) {
    schema::walk(node, shape, &mut |found| {
        if let Found::Value(Kind::Url, node) = found
            && let Some(text) = node.text()
        {
            add(&text.value, text.span(0, text.value.len()));
        }
    });
}

/// Reports an address that leads nowhere, at each place that names it.
pub fn report(url: &str, spans: &[Span], reason: &str, diagnostics: &mut Diagnostics) {
    for span in spans {
        diagnostics
            .report(Code::DeadLink, *span, format!("`{url}` {reason}"))
            .help("find where it has moved to, or take the link out");
    }
}
