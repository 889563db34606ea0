//! `book.toml`.

use super::Kind::{ByName, Choice, Entries, Flag, Integer, Many, Map, Name, Text};
use super::{Names, Shape, key, required};

pub(super) static BOOK_TOML: Shape = Shape {
    what: "book.toml",
    about: "The settings of a playbook. Only [book] with its title has to be there.",
    one_of: &[],
    keys: &[
        required("book", Map(&BOOK), "What the playbook is."),
        key("output", Map(&OUTPUT), "What is written, and where to."),
        key("search", Map(&SEARCH), "The search of the site."),
        key("check", Map(&CHECK), "What `check` complains about."),
        key("serve", Map(&SERVE), "The live preview."),
    ],
};

static BOOK: Shape = Shape {
    what: "[book]",
    about: "What the playbook is.",
    one_of: &[],
    keys: &[
        required("title", Text, "The name of the playbook."),
        key("description", Text, "One sentence for search engines and shared links."),
        key("language", Text, "A language tag such as `en`, `en-GB` or `pt-BR`. Default: `en`."),
        key("direction", Choice(&["ltr", "rtl"]), "The direction of writing. Default: that of the language."),
        key("author", Text, "A person or a team, for the feed."),
        key(
            "icon",
            Text,
            "The site's mark: an SVG or PNG file under content/ or themes/, by its path from the playbook's root. \
             Default: the theme's.",
        ),
        key("base_url", Text, "Where the site will live. Needed for the sitemap, the feed and shared links."),
        key(
            "method",
            Name(Names::Method),
            "The method that examples and scripts are graded under where none is named.",
        ),
        key(
            "edit_url",
            Text,
            "The address at which a page's source can be edited; `{path}` stands for its path.",
        ),
    ],
};

static OUTPUT: Shape = Shape {
    what: "[output]",
    about: "What is written, and where to.",
    one_of: &[],
    keys: &[
        key(
            "theme",
            Text,
            "The folder under themes/ whose files override the built-in theme. Default: `default`.",
        ),
        key("dir", Text, "The folder to write to. Default: `site`."),
        key("last_updated", Flag, "Ask git for the day of each page's last change. Default: `false`."),
        key("offline", Flag, "Keep the site in the reader's browser by a service worker. Default: `true`."),
        key(
            "minify",
            Flag,
            "Publish styles, scripts and templates without what only people read. Default: `true`.",
        ),
        key("print", Flag, "One page that holds the whole playbook. Default: up to 500 pages."),
        key("feed", Flag, "An Atom feed, if there is a `base_url`. Default: `true`."),
        key(
            "cards",
            Choice(crate::config::CARDS),
            "Pictures that other sites show for a shared link, if there is a `base_url`: `none`, one for the `site`, \
             or one for each of its `pages`. Default: `site`.",
        ),
        key(
            "card_font",
            Text,
            "The letters of the cards: an OpenType or TrueType file under content/ or themes/. Default: a serif with \
             Latin, Greek and Cyrillic.",
        ),
        key("html", Flag, "Pass HTML in markdown through; `false` shows it as text. Default: `true`."),
    ],
};

static SEARCH: Shape = Shape {
    what: "[search]",
    about: "The search of the site.",
    one_of: &[],
    keys: &[
        key("enabled", Flag, "An index, a button in the header, and a page for it. Default: `true`."),
        key("synonyms", Entries(&Many(&Text)), "A word, and others that mean it."),
    ],
};

static CHECK: Shape = Shape {
    what: "[check]",
    about: "What `check` complains about.",
    one_of: &[],
    keys: &[
        key("image_kb", Integer(1, 10_000_000), "An image may hold so many thousand bytes. Default: 500."),
        key("file_kb", Integer(1, 10_000_000), "Any other published file may hold so many. Default: 10000."),
        key(
            "severity",
            ByName(Names::Code, &Choice(&["error", "warning", "off"])),
            "How much a kind of mistake matters here; `ringback explain` lists them.",
        ),
    ],
};

static SERVE: Shape = Shape {
    what: "[serve]",
    about: "The live preview.",
    one_of: &[],
    keys: &[key(
        "editor",
        Text,
        "The address that opens a file in an editor, with `{path}`, `{line}` and `{column}`; empty makes no links.",
    )],
};
