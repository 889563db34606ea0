//! A draft's HTML with marks to the parts of a page.

use super::addresses::Addresses;
use super::links::{self, Named};
use super::nav::Place;
use super::{Given, images, lab};
use crate::book::Part;
use crate::diag::Diagnostics;
use crate::html::escape;
use crate::parse::blocks::Block;
use crate::parse::{Draft, Mark};

/// Replaces every mark; rules and methods that links name are added to the page's own.
pub(super) fn resolve(
    given: &Given<'_>,
    addresses: &Addresses<'_>,
    draft: &Draft,
    place: &Place,
    rules: &mut Vec<String>,
    methods: &mut Vec<String>,
    diagnostics: &mut Diagnostics,
) -> Vec<Part> {
    let body = &draft.body;
    let mut parts = Vec::new();
    let mut html = String::with_capacity(body.html.len() + body.links.len() * 32);
    for (at, piece) in body.html.split('\0').enumerate() {
        if at % 2 == 0 {
            html.push_str(piece);
            continue;
        }
        let Some((mark, what)) = Mark::read(piece) else { continue };
        let number: usize = what.parse().unwrap_or(usize::MAX);
        let part = match mark {
            Mark::Label => {
                html.push_str(&label(given, what));
                None
            }
            Mark::Link => {
                if let Some(link) = body.links.get(number) {
                    let link = links::resolve(given, addresses, draft, place, link, diagnostics);
                    html.push_str(&escape(&link.href));
                    match link.names {
                        Some(Named::Rule(id)) => add(rules, id),
                        Some(Named::Method(id)) => add(methods, id),
                        None => {}
                    }
                }
                None
            }
            Mark::Image => {
                if let Some(image) = body.images.get(number) {
                    html.push_str(&images::resolve(given, addresses, draft, image, diagnostics));
                }
                None
            }
            Mark::Code => body.codes.get(number).cloned().map(Part::Code),
            Mark::Block => match body.blocks.get(number) {
                Some(Block::Example(example)) => addresses.example_index(&example.id).map(Part::Example),
                Some(Block::Cadence(cadence)) => addresses.cadence_index(&cadence.id).map(Part::Cadence),
                Some(Block::Lab(written)) => {
                    let lab = lab::resolve(given, addresses, written, methods, diagnostics);
                    lab.map(|lab| Part::Lab(Box::new(lab)))
                }
                Some(Block::Quiz(quiz)) => addresses.quiz_index(&quiz.id).map(Part::Quiz),
                None => None,
            },
        };
        if let Some(part) = part {
            if !html.trim().is_empty() {
                parts.push(Part::Html(html.as_str().to_owned()));
            }
            html.clear();
            parts.push(part);
        }
    }
    if !html.trim().is_empty() {
        html.shrink_to_fit();
        parts.push(Part::Html(html));
    }
    parts
}

fn label(given: &Given<'_>, what: &str) -> String {
    match what.split_once('\u{1}') {
        Some((key, title)) => escape(given.labels.get(key)).replace("{title}", title),
        None => escape(given.labels.get(what)).into_owned(),
    }
}

fn add(ids: &mut Vec<String>, id: String) {
    if !ids.contains(&id) {
        ids.push(id);
    }
}
