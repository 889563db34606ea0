//! Blocks: fenced YAML in a page.

use super::Kind::{Choice, Either, Id, Many, Map, Name, Script, Text};
use super::{Names, Shape, key, required};

pub(super) static EXAMPLE: Shape = Shape {
    what: "an example",
    about: "A script before and after, with the trainer's notes on its words. `check` holds its claims against the grader.",
    one_of: &[],
    keys: &[
        required("id", Id(Names::Example), "Unique in the playbook; links write `example:ID`."),
        required("title", Text, "One line."),
        key("method", Name(Names::Method), "The method it is graded under. Default: the playbook's."),
        key("trade", Text, "The caller's trade."),
        key("situation", Choice(&["referred", "warm", "cold", "follow-up"]), "What kind of call it is."),
        required("before", Map(&SIDE), "The script that does it wrong."),
        required("after", Map(&SIDE), "The same script mended."),
    ],
};

static SIDE: Shape = Shape {
    what: "a side of an example",
    about: "One script of an example.",
    one_of: &[],
    keys: &[
        required("channel", Choice(CHANNELS), "Where the script is used."),
        required("text", Script(true), "The script. Annotations are written `[words]{rule: a note}`."),
        key("breaks", Many(&Name(Names::Rule)), "Rules that it breaks."),
        key(
            "keeps",
            Either(&[Choice(&["all"]), Many(&Name(Names::Rule))]),
            "Rules that it keeps; `all` stands for every rule of the method.",
        ),
    ],
};

/// Where scripts are used.
pub(super) const CHANNELS: &[&str] = &["voicemail", "email"];
