//! An SVG that anybody may have written, as a drawing that takes bounded time and memory.
//!
//! An icon is made of shapes. Letters depend on the fonts of the machine, filters and patterns can be made to take minutes,
//! pictures are files of their own; all of them are refused by name, so that what is drawn here is what a browser shows.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::roxmltree::{Document, Node, ParsingOptions};
use resvg::usvg::{self, Group, Options, Tree};
use std::collections::HashSet;

/// A larger file is no icon.
pub(crate) const MAX_BYTES: usize = 1_000_000;
/// Elements of the file.
const MAX_ELEMENTS: u32 = 20_000;
/// Elements inside one another.
const MAX_DEPTH: usize = 64;
/// Shapes, after those that are used several times have been laid out.
const MAX_SHAPES: usize = 3_000;
/// Groups that are drawn for themselves first: half-transparent, clipped or masked.
const MAX_LAYERS: usize = 64;
/// The length of a pattern of dashes, as a share of the drawing's side; shorter ones cannot be seen and take seconds.
const MIN_DASH: f32 = 1.0 / 500.0;

/// Elements that a drawing must not have, and what they are called.
const REFUSED: [(&str, &str); 10] = [
    ("text", "letters"),
    ("tspan", "letters"),
    ("textPath", "letters"),
    ("image", "a picture"),
    ("feImage", "a picture"),
    ("foreignObject", "a piece of another document"),
    ("filter", "a filter"),
    ("pattern", "a pattern"),
    ("marker", "markers on its lines"),
    ("script", "a script"),
];

/// A drawing that has been read and can be drawn at any size.
#[derive(Debug)]
pub(crate) struct Drawing {
    tree: Tree,
}

impl Drawing {
    /// Reads an SVG; says why not if it cannot be drawn.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, String> {
        if bytes.len() > MAX_BYTES {
            return Err(format!("it holds {} kB; an SVG may hold {}", bytes.len() / 1000, MAX_BYTES / 1000));
        }
        let text = std::str::from_utf8(bytes).map_err(|_| "its text is not UTF-8".to_owned())?;
        if depth(text) > MAX_DEPTH {
            return Err(format!("its elements stand more than {MAX_DEPTH} deep inside one another"));
        }
        let options =
            ParsingOptions { allow_dtd: true, nodes_limit: MAX_ELEMENTS, ..ParsingOptions::default() };
        let document = Document::parse_with_options(text, options).map_err(|error| error.to_string())?;
        check_elements(&document)?;
        let tree = Tree::from_xmltree(&document, &Options::default()).map_err(|error| match error {
            usvg::Error::InvalidSize => "it says neither how large it is nor has a viewBox".to_owned(),
            other => other.to_string(),
        })?;
        if !tree.filters().is_empty() {
            return Err(refusal("a filter"));
        }
        let side = tree.size().width().max(tree.size().height());
        let mut count =
            Count { shapes: 0, layers: tree.clip_paths().len() + tree.masks().len(), shortest: f32::MAX };
        count.group(tree.root());
        if count.shapes > MAX_SHAPES || count.layers > MAX_LAYERS {
            return Err(format!(
                "it has {} shapes and {} layers; {MAX_SHAPES} and {MAX_LAYERS} are what an icon may have",
                count.shapes, count.layers
            ));
        }
        if count.shortest < side * MIN_DASH {
            return Err("its dashes are too short to be seen".to_owned());
        }
        Ok(Self { tree })
    }

    /// Width and height, in its own units.
    pub(crate) fn size(&self) -> (f32, f32) {
        (self.tree.size().width(), self.tree.size().height())
    }

    /// Draws it.
    pub(crate) fn draw(&self, onto: &mut Pixmap, transform: Transform) {
        resvg::render(&self.tree, transform, &mut onto.as_mut());
    }
}

fn refusal(what: &str) -> String {
    format!("it holds {what}, and an icon is made of shapes alone")
}

/// How deep the elements of a text stand in one another, at most: its tags, counted. A text that is no XML has some number.
fn depth(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut now, mut most) = (0_usize, 0);
    for (at, _) in text.match_indices('<') {
        match bytes.get(at + 1) {
            Some(b'/') => now = now.saturating_sub(1),
            Some(b'!' | b'?') | None => {}
            Some(_) => {
                let end = text[at..].find('>').map_or(text.len(), |length| at + length);
                if !text[at..end].ends_with('/') {
                    now += 1;
                    most = most.max(now);
                }
            }
        }
    }
    most
}

/// Refuses what a drawing must not have, and shapes that use shapes that use shapes: each level multiplies the last.
fn check_elements(document: &Document<'_>) -> Result<(), String> {
    let elements = || document.descendants().filter(Node::is_element);
    for element in elements() {
        let name = element.tag_name().name();
        if let Some((_, what)) = REFUSED.iter().find(|(refused, _)| *refused == name) {
            return Err(refusal(what));
        }
    }
    let target = |node: &Node<'_, '_>| {
        let href = node.attributes().find(|attribute| attribute.name() == "href")?;
        Some(href.value().trim().strip_prefix('#')?.to_owned())
    };
    let is_use = |node: &Node<'_, '_>| node.tag_name().name() == "use";
    let used: HashSet<String> = elements().filter(is_use).filter_map(|node| target(&node)).collect();
    let is_used = |node: Node<'_, '_>| node.attribute("id").is_some_and(|id| used.contains(id));
    if elements().filter(is_use).any(|node| node.ancestors().any(is_used)) {
        return Err("it uses shapes that use shapes; lay them out once".to_owned());
    }
    Ok(())
}

/// What a drawing costs.
struct Count {
    shapes: usize,
    layers: usize,
    /// The shortest pattern of dashes.
    shortest: f32,
}

impl Count {
    fn group(&mut self, group: &Group) {
        if group.should_isolate() {
            self.layers += 1;
        }
        for child in group.children() {
            match child {
                usvg::Node::Group(group) => self.group(group),
                usvg::Node::Path(path) => {
                    self.shapes += 1;
                    if let Some(dashes) = path.stroke().and_then(usvg::Stroke::dasharray) {
                        let scale = path.abs_transform().get_scale();
                        self.shortest = self.shortest.min(dashes.iter().sum::<f32>() * scale.0.min(scale.1));
                    }
                }
                usvg::Node::Image(_) | usvg::Node::Text(_) => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(body: &str) -> String {
        let svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\">{body}</svg>");
        Drawing::read(svg.as_bytes()).err().unwrap_or_default()
    }

    #[test]
    fn shapes_are_fine_and_all_else_is_refused_by_name() {
        assert_eq!(
            said(
                "<defs><linearGradient id=\"a\"><stop/></linearGradient></defs><path d=\"M0 0h9v9z\" fill=\"url(#a)\"/>"
            ),
            ""
        );
        assert_eq!(said("<g id=\"a\"><path d=\"M0 0h9v9z\"/></g><use href=\"#a\" x=\"3\"/>"), "");
        assert!(said("<text>A</text>").contains("letters"));
        assert!(said("<image href=\"/etc/passwd\"/>").contains("a picture"));
        assert!(said("<filter id=\"a\"/>").contains("a filter"));
        assert!(said("<rect width=\"9\" height=\"9\" style=\"filter: blur(900px)\"/>").contains("a filter"));
        assert!(said("<pattern id=\"a\"/>").contains("a pattern"));
        assert!(said("<path d=\"M0 0h32\" stroke=\"red\" stroke-dasharray=\".0001\"/>").contains("dashes"));
    }

    #[test]
    fn files_that_are_made_to_hurt_are_refused_at_once() {
        let nested = "<g>".repeat(300_000);
        assert!(said(&nested).contains("deep"), "{}", said(&nested));
        let many = "<path d=\"M0 0h9v9z\"/>".repeat(9_000);
        assert!(said(&many).contains("shapes"));
        let layers = "<g opacity=\".5\"><path d=\"M0 0h9v9z\"/><path d=\"M0 0h9v9z\"/></g>".repeat(80);
        assert!(said(&layers).contains("layers"));
        let mut uses = "<g id=\"u0\"><path d=\"M0 0h9v9z\"/></g>".to_owned();
        for level in 1..12 {
            let one = format!("<use href=\"#u{}\"/>", level - 1);
            uses += &format!("<g id=\"u{level}\">{}</g>", one.repeat(10));
        }
        assert!(said(&uses).contains("use shapes"));
        let mut entities = "<!DOCTYPE svg [<!ENTITY e0 \"<path d='M0 0h9v9z'/>\">".to_owned();
        for level in 1..20 {
            entities += &format!("<!ENTITY e{level} \"{}\">", format!("&e{};", level - 1).repeat(10));
        }
        entities += "]><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">&e19;</svg>";
        assert!(Drawing::read(entities.as_bytes()).is_err());
        let large = vec![b' '; MAX_BYTES + 1];
        assert!(Drawing::read(&large).is_err_and(|why| why.contains("kB")));
        assert!(Drawing::read(b"\xff\xd8\xff").is_err_and(|why| why.contains("UTF-8")));
        assert!(
            Drawing::read(b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"0\" height=\"1e30\"/>")
                .is_err()
        );
    }
}
