//! The head of a page.

use super::Kind::{Choice, Date, Flag, Integer, Many, Name, Text};
use super::{Names, Shape, key};

pub(super) static HEAD: Shape = Shape {
    what: "the head of a page",
    about: "The head of a page: YAML between two lines of three dashes. Every key may be left out.",
    one_of: &[],
    keys: &[
        key("title", Text, "The page's name. Default: its first heading, else its file's name."),
        key("description", Text, "One sentence for lists, search engines and shared links."),
        key(
            "order",
            Integer(-1_000_000, 1_000_000),
            "Place among its neighbours. Default: the number in the file's name.",
        ),
        key(
            "kind",
            Choice(&["lesson", "glossary"]),
            "What the page is for. The terms of a `glossary` can be linked to.",
        ),
        key("draft", Flag, "Shown only with `--drafts`."),
        key("publish", Date, "Public from this day on: `2026-11-22`."),
        key("expire", Date, "Public until the day before this one: `2026-11-22`."),
        key("aliases", Many(&Text), "Old addresses that lead here, from the site's root: `old/page`."),
        key("methods", Many(&Name(Names::Method)), "Methods that the page belongs to."),
        key("rules", Many(&Name(Names::Rule)), "Rules that the page teaches."),
        key("minutes", Integer(1, 600), "Minutes that reading takes. Default: from the number of words."),
        key(
            "image",
            Text,
            "The picture that other sites show for a link to the page, in place of its card: a path as in \
             `![](path)`, or a whole address.",
        ),
        key("image_alt", Text, "What that picture shows, in words."),
    ],
};
