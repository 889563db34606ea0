//! The `quiz` block: its head, its kinds of questions and their parts.

use super::Kind::{Choice, Either, Entries, Flag, Id, Integer, Link, List, Many, Map, Name, Script, Text};
use super::blocks::CHANNELS;
use super::{Names, Shape, key, required};

pub(super) static QUIZ: Shape = Shape {
    what: "a quiz",
    about: "Questions, answered in the page. Scripts, rules and examples of the playbook can be asked about.",
    one_of: &[],
    keys: &[
        required(
            "id",
            Id(Names::Quiz),
            "Unique in the playbook; links write `quiz:ID`, and saved answers refer to it.",
        ),
        required("title", Text, "One line."),
        key(
            "method",
            Name(Names::Method),
            "The method whose mastery it counts for. Default: the page's first.",
        ),
        key("kind", Choice(&["lesson", "final"]), "A quiz of a lesson, or the last one of its method."),
        key("intro", Text, "A sentence before it begins."),
        key("pass", Integer(1, 100), "Percent from which it is mastered. Default: 80."),
        key(
            "feedback",
            Choice(&["each", "end"]),
            "When the learner sees what was right. Default: after each question.",
        ),
        key(
            "shuffle",
            Choice(&["none", "options", "questions", "all"]),
            "What an attempt shuffles. Default: options.",
        ),
        key("pick", Integer(1, 1000), "How many questions an attempt draws. Default: all."),
        key("attempts", Integer(1, 1000), "How many attempts there are. Default: any number."),
        key("confidence", Flag, "Asks how sure the learner is before the answer is shown."),
        required("questions", List(&Map(&QUESTION)), "The questions, in order."),
    ],
};

static QUESTION: Shape = Shape {
    what: "a question",
    about: "One question; the key that names its kind holds what is asked.",
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
        key("choice", Text, "Options, of which one is right, or several."),
        key("true-false", Text, "A sentence that holds, or does not."),
        key("spot", Map(&SPOT), "Words of a script to be marked; the key is what the grader marks."),
        key("order", Text, "Things to be put in order."),
        key("match", Text, "Pairs to be found."),
        key("number", Text, "A number to be given."),
        key("text", Text, "A word or two to be typed."),
        key("rewrite", Map(&REWRITE), "A script to be written anew; the grader marks it."),
        key("dialogue", Text, "A call that goes on as the learner answers."),
        key("from-rules", Map(&FROM_RULES), "Questions made from the samples of rules and from examples."),
        key("id", Text, "Unique in the quiz. Default: from its first words."),
        key("stem", Text, "What is asked, where the kind holds a script."),
        key("hint", Text, "A hint."),
        key("why", Text, "What is said with the answer."),
        key("weight", Integer(1, 100), "How much it counts. Default: 1."),
        key("rules", Many(&Name(Names::Rule)), "Rules that it is about."),
        key("lesson", Link, "Where the answer is taught. Default: the page of the quiz."),
        key("several", Flag, "A choice with several right options."),
        key("options", List(&Map(&OPTION)), "The options of a choice."),
        key("answer", Text, "Of true or false: `true` or `false`. Of a number: the number."),
        key("tolerance", Text, "How far off a number may be. Default: 0."),
        key("unit", Text, "What a number counts."),
        key("items", List(&Either(&[Text, Map(&ITEM)])), "The items of an order, in the right one."),
        key("pairs", List(&Map(&PAIR)), "The pairs of a match."),
        key("others", List(&Either(&[Text, Map(&ITEM)])), "Right-hand sides that belong to no pair."),
        key("answers", Many(&Text), "What counts as right. Case, accents, punctuation and articles do not."),
        key("wrong", List(&Map(&WRONG)), "Typed answers that are wrong in a way worth a word."),
        key("start", Text, "The first turn of a dialogue."),
        key("turns", Entries(&Map(&TURN)), "The turns of a dialogue, by names of your own."),
    ],
};

static OPTION: Shape = Shape {
    what: "an option",
    about: "An option of a choice. Each wrong one says why.",
    one_of: &[],
    keys: &[
        required("text", Text, "What it says."),
        key("right", Flag, "It is right."),
        key("why", Text, "Why it is, or is not."),
        key("id", Text, "Unique in the question. Default: from its words."),
    ],
};

static ITEM: Shape = Shape {
    what: "an item",
    about: "A thing with an id of its own.",
    one_of: &[],
    keys: &[required("text", Text, "What it says."), key("id", Text, "Unique in the question.")],
};

static PAIR: Shape = Shape {
    what: "a pair",
    about: "Two things that belong together.",
    one_of: &[],
    keys: &[
        required("left", Text, "The side that is given."),
        required("right", Text, "The side that is chosen."),
        key("why", Text, "Why they belong together."),
        key("id", Text, "Unique in the question. Default: from its left side."),
    ],
};

static WRONG: Shape = Shape {
    what: "a wrong answer",
    about: "A typed answer that is wrong in a way worth a word.",
    one_of: &[],
    keys: &[required("text", Text, "As one may type it."), required("why", Text, "Why it is wrong.")],
};

static SPOT: Shape = Shape {
    what: "`spot`",
    about: "A side of an example, or a script of its own, and the rules that its words break.",
    one_of: &[],
    keys: &[
        key("example", Name(Names::Example), "The example."),
        key("side", Choice(&["before", "after"]), "Its side. Default: before."),
        key("text", Script(false), "A script of its own."),
        key("channel", Choice(CHANNELS), "Where that script is used."),
        required("rules", Many(&Name(Names::Rule)), "The rules that its words break."),
    ],
};

static REWRITE: Shape = Shape {
    what: "`rewrite`",
    about: "A side of an example, or a script of its own, and the rules that the new script has to keep.",
    one_of: &[],
    keys: &[
        key("from", Name(Names::Example), "The example."),
        key("side", Choice(&["before", "after"]), "Its side. Default: before."),
        key("text", Script(false), "A script of its own."),
        key("channel", Choice(CHANNELS), "Where that script is used."),
        key(
            "method",
            Name(Names::Method),
            "The method whose limits hold. Default: the example's, else the quiz's.",
        ),
        required("keeps", Many(&Name(Names::Rule)), "The rules that the new script has to keep."),
    ],
};

static FROM_RULES: Shape = Shape {
    what: "`from-rules`",
    about: "Questions made from rules; the same seed gives the same questions.",
    one_of: &[],
    keys: &[
        key("method", Name(Names::Method), "The method whose rules are asked about."),
        key("rules", Many(&Name(Names::Rule)), "The rules that are asked about, if not all of the method."),
        required("count", Integer(1, 100), "How many questions."),
        key("seed", Integer(0, 4_294_967_295), "Another seed makes other questions. Default: 1."),
    ],
};

static TURN: Shape = Shape {
    what: "a turn",
    about: "What the other side says, and what one may answer.",
    one_of: &[],
    keys: &[
        required("says", Text, "What is heard."),
        required("answers", List(&Map(&ANSWER)), "What one may say."),
    ],
};

static ANSWER: Shape = Shape {
    what: "an answer",
    about: "An answer of a dialogue.",
    one_of: &[],
    keys: &[
        required("say", Text, "What one says."),
        key("score", Integer(-100, 100), "Points. Default: 0."),
        key("why", Text, "Why it scores what it scores."),
        required("next", Text, "The turn that follows, or `end`."),
        key("id", Text, "Unique in the question. Default: from its words."),
    ],
};
