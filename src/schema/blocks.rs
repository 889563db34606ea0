//! Blocks: fenced YAML in a page.

use super::Kind::{Choice, Either, Entries, Id, List, Many, Map, Name, Script, Text, Url};
use super::{Kind, Names, Shape, key, required};

/// Where scripts are used.
pub(super) const CHANNELS: &[&str] = &["voicemail", "email"];

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

pub(super) static LAB: Shape = Shape {
    what: "a lab",
    about: "The script lab inside a lesson. Every key may be left out.",
    one_of: &[],
    keys: &[
        key(
            "method",
            Name(Names::Method),
            "What it grades under. Default: the page's, else the playbook's method.",
        ),
        key("channel", Choice(CHANNELS), "Default: that of the example, else `voicemail`."),
        key("start", Script(false), "The words to begin with."),
        key("example", Name(Names::Example), "The example to begin with, instead of `start`."),
        key("side", Choice(&["before", "after"]), "Which side of the example. Default: `before`."),
    ],
};

pub(super) static CADENCE: Shape = Shape {
    what: "a cadence",
    about: "A follow-up sequence, drawn as a timeline and checked for gaps and hours.",
    one_of: &[],
    keys: &[
        required("id", Id(Names::Cadence), "Unique in the playbook."),
        key("title", Text, "One line. Default: made from the id."),
        key(
            "method",
            Name(Names::Method),
            "Whose hours and gaps count. Default: the page's, else the playbook's method.",
        ),
        key("checks", Map(&CADENCE_CHECKS), "Limits of its own."),
        required("steps", List(&Map(&STEP)), "What happens on which day."),
        key("scripts", Entries(&Either(&[Script(false), Map(&CADENCE_SCRIPT)])), "Scripts that steps name."),
        key("figures", List(&Map(&FIGURE)), "What others have found about days and hours."),
    ],
};

const DAY: Kind = Either(&[Kind::Integer(0, 730), Text]);
const GAP: super::Key = key("gap", Text, "Days between two messages: `1-14 days`, or `any`.");
const HOURS: super::Key =
    key("not-between", Text, "Hours in which no call is placed: `9:00-17:00`, or `any`.");

static CADENCE_CHECKS: Shape = Shape {
    what: "`checks` of a cadence",
    about: "Limits of this cadence.",
    one_of: &[],
    keys: &[GAP, HOURS],
};

pub(super) static METHOD_CADENCE: Shape = Shape {
    what: "a method's `cadence`",
    about: "Limits of every cadence under this method.",
    one_of: &[],
    keys: &[GAP, HOURS],
};

static STEP: Shape = Shape {
    what: "a step",
    about: "One line of a cadence: on a `day`, or `every` so many days `until` a day.",
    one_of: &[],
    keys: &[
        key("day", DAY, "Days after the start; day 0 is that of the first message."),
        key("every", Text, "It comes back: `7 days`, `7-10 days`, `1-2 weeks`."),
        key("until", DAY, "The last day of a step that comes back: `day 60`."),
        required("channel", Choice(CHANNELS), "How the message is left."),
        key("at", Text, "The time of the day: \"17:15\"."),
        key("script", Name(Names::Example), "An example, or a script of this block."),
        key(
            "with",
            Choice(&["email", "occasional email"]),
            "The e-mail that goes with a voicemail that comes back.",
        ),
        key("note", Text, "What the step carries."),
    ],
};

static CADENCE_SCRIPT: Shape = Shape {
    what: "a script of a cadence",
    about: "A script that steps name.",
    one_of: &[],
    keys: &[key("title", Text, "One line."), required("text", Script(false), "The words.")],
};

static FIGURE: Shape = Shape {
    what: "a figure",
    about: "What somebody found, and where it was printed.",
    one_of: &[],
    keys: &[
        required("says", Text, "The finding."),
        required("source", Text, "Who says so."),
        required("year", Text, "The year, or `undated`."),
        key("url", Url, "Where it can be read."),
    ],
};
