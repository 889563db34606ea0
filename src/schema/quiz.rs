//! The `quiz` block.

use super::Kind::{Choice, Either, Entries, Flag, Id, Integer, Link, List, Many, Map, Name, Script, Text};
use super::blocks::CHANNELS;
use super::{Kind, Names, Shape, key, required};

/// Text with emphasis, code and links.
const RICH: Kind = Text;
/// An id inside a question; answers are kept under it.
const OWN_ID: super::Key =
    key("id", Text, "Small letters, digits and hyphens. Default: made from the words.");

pub(super) static QUIZ: Shape = Shape {
    what: "a quiz",
    about: "Questions with reasons: what a lesson taught, asked at once.",
    one_of: &[],
    keys: &[
        required("id", Id(Names::Quiz), "Unique among quizzes; answers are kept under it."),
        required("title", Text, "One line."),
        key("method", Name(Names::Method), "The method it counts for. Default: the page's first method."),
        key("kind", Choice(&["lesson", "final"]), "`final`: the final quiz of a method. Default: `lesson`."),
        key("intro", RICH, "A sentence before it begins."),
        key("pass", Integer(1, 100), "The mastery mark in percent. Default: 80."),
        key("feedback", Choice(&["each", "end"]), "When the learner sees what was right. Default: `each`."),
        key(
            "shuffle",
            Choice(&["none", "options", "questions", "all"]),
            "What an attempt shuffles. Default: `options`.",
        ),
        key("pick", Integer(1, 1000), "An attempt draws so many questions. Default: all."),
        key("attempts", Integer(1, 1000), "So many attempts. Default: no limit."),
        key("confidence", Flag, "Ask how sure the learner is before the reveal. Default: `false`."),
        required("questions", List(&Map(&QUESTION)), "The questions."),
    ],
};

static QUESTION: Shape = Shape {
    what: "a question",
    about: "A question; the key that it begins with is its kind.",
    one_of: &[
        "choice",
        "true-false",
        "spot",
        "order",
        "match",
        "number",
        "text",
        "rewrite",
        "dialogue",
        "from-rules",
    ],
    keys: &[
        key("choice", RICH, "A question with `options`, of which one is right."),
        key("true-false", RICH, "A sentence that holds or does not; `answer` says which."),
        key("spot", Map(&SPOT), "Words of a script to be marked."),
        key("order", RICH, "Things to be put in order; `items` has them in the right one."),
        key("match", RICH, "Things that belong together: `pairs`."),
        key("number", RICH, "A question whose `answer` is a number."),
        key("text", RICH, "A question that a word or two answer: `answers`."),
        key("rewrite", Map(&REWRITE), "A script to be written anew; the grader marks it."),
        key("dialogue", RICH, "A call that branches: `start` and `turns`."),
        key("from-rules", Map(&FROM_RULES), "Questions made from the rules' own samples."),
        key("stem", RICH, "What is asked, where the kind holds a script."),
        key("several", Flag, "Several options are right."),
        key("options", List(&Map(&OPTION)), "At least two."),
        key("answer", Either(&[Flag, Integer(-1_000_000_000, 1_000_000_000), Text]), "What is right."),
        key(
            "tolerance",
            Either(&[Integer(0, 1_000_000_000), Text]),
            "How far off is right, too. Default: 0.",
        ),
        key("unit", Text, "What is counted: `seconds`."),
        key("items", List(&Either(&[RICH, Map(&ITEM)])), "In the right order; at least two."),
        key("pairs", List(&Map(&PAIR)), "At least two."),
        key("others", List(&Either(&[RICH, Map(&ITEM)])), "Right-hand sides that fit nothing."),
        key("answers", Many(&Text), "What counts as right; case, accents and punctuation do not matter."),
        key("wrong", List(&Map(&WRONG)), "What is wrong in a way that is worth a word."),
        key("start", Text, "The turn that the call begins with."),
        key("turns", Entries(&Map(&TURN)), "The turns, by name."),
        OWN_ID,
        key("hint", RICH, "A hint."),
        key("why", RICH, "Said with the answer."),
        key("weight", Integer(1, 100), "How much it counts. Default: 1."),
        key("rules", Many(&Name(Names::Rule)), "Rules that it is about."),
        key("lesson", Link, "Where it is taught: `path.md#anchor`. Default: this page."),
    ],
};

static OPTION: Shape = Shape {
    what: "an option",
    about: "An option of a choice.",
    one_of: &[],
    keys: &[
        required("text", RICH, "What it says."),
        key("right", Flag, "It is right."),
        key("why", RICH, "Why it is, or is not; a wrong option needs it."),
        OWN_ID,
    ],
};

static ITEM: Shape = Shape {
    what: "an item",
    about: "One of several things.",
    one_of: &[],
    keys: &[required("text", RICH, "What it says."), OWN_ID],
};

static PAIR: Shape = Shape {
    what: "a pair",
    about: "Two things that belong together.",
    one_of: &[],
    keys: &[
        required("left", RICH, "The left-hand side."),
        required("right", RICH, "What belongs to it."),
        key("why", RICH, "Why."),
        OWN_ID,
    ],
};

static WRONG: Shape = Shape {
    what: "a wrong answer",
    about: "An answer that is wrong in a way that is worth a word.",
    one_of: &[],
    keys: &[required("text", Text, "The answer."), key("why", RICH, "Why it is wrong.")],
};

static TURN: Shape = Shape {
    what: "a turn",
    about: "What is heard, and what one can answer.",
    one_of: &[],
    keys: &[
        required("says", RICH, "What is heard."),
        key("answers", List(&Map(&ANSWER)), "What one can say; at least one."),
    ],
};

static ANSWER: Shape = Shape {
    what: "an answer",
    about: "What one can say, and where it leads.",
    one_of: &[],
    keys: &[
        required("say", RICH, "The words."),
        key("score", Integer(-100, 100), "Points. Default: 0."),
        key("why", RICH, "Why; what scores less than another needs it."),
        key("next", Text, "The turn that follows, or `end`."),
        OWN_ID,
    ],
};

const SCRIPT: super::Key = key("text", Script(false), "A script of its own, with `channel`.");
const CHANNEL: super::Key = key("channel", Choice(CHANNELS), "How the script reaches the prospect.");
const SIDE: super::Key =
    key("side", Choice(&["before", "after"]), "Which side of the example. Default: `before`.");

static SPOT: Shape = Shape {
    what: "`spot`",
    about: "Words of a script that break rules.",
    one_of: &[],
    keys: &[
        key("example", Name(Names::Example), "The example."),
        SIDE,
        SCRIPT,
        CHANNEL,
        required("rules", Many(&Name(Names::Rule)), "The rules that the words break."),
    ],
};

static REWRITE: Shape = Shape {
    what: "`rewrite`",
    about: "A script to be written anew.",
    one_of: &[],
    keys: &[
        key("from", Name(Names::Example), "The example."),
        SIDE,
        SCRIPT,
        CHANNEL,
        key("method", Name(Names::Method), "Graded under this method."),
        required("keeps", Many(&Name(Names::Rule)), "The rules that the new script has to keep."),
    ],
};

static FROM_RULES: Shape = Shape {
    what: "`from-rules`",
    about: "Questions made from the rules' own samples.",
    one_of: &[],
    keys: &[
        key("method", Name(Names::Method), "About all rules of this method."),
        key("rules", Many(&Name(Names::Rule)), "About these rules."),
        required("count", Integer(1, 100), "How many questions."),
        key("seed", Integer(0, 4_294_967_295), "Another seed makes other questions. Default: 1."),
    ],
};
