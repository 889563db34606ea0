//! Rules, methods and word lists.

use super::Kind::{
    ByName, Choice, Either, Entries, Flag, Id, Integer, List, Many, Map, Message, Name, Nothing, Number,
    Phrase, Region, Script, Text, Url,
};
use super::blocks::{CHANNELS, METHOD_CADENCE};
use super::{Key, Kind, Names, Shape, key, required};

pub(super) static RULE: Shape = Shape {
    what: "a rule",
    about: "One rule: what it finds in a script, what it wants, why, and samples that prove it.",
    one_of: &[],
    keys: &[
        required("id", Id(Names::Rule), "Small letters, digits and hyphens; unique in the playbook."),
        required("title", Text, "One line, as an order: Say the number twice."),
        required("channels", Many(&Choice(CHANNELS)), "Where it applies."),
        required("severity", SEVERITY, "A broken `must` holds the score at 59."),
        required("weight", Integer(1, 100), "How much it counts; a method may change it."),
        key(
            "params",
            Entries(&Integer(-1_000_000, 1_000_000)),
            "Named whole numbers that a method may change.",
        ),
        key("detect", Entries(&DETECTORS), "Detectors of this rule, by name."),
        key("when", CONSTRAINTS, "Where it does not hold, the rule does not apply."),
        required("require", CONSTRAINTS, "What must hold."),
        key(
            "if-missing",
            Choice(&["broken", "not-found"]),
            "What an absence means: `not-found` asks the learner instead of calling it a breach.",
        ),
        required(
            "message",
            Message,
            "Said when it is broken; `{match}`, `{count}` and others are filled in.",
        ),
        key("ask", Message, "Said when it is not found. Default: the message."),
        required("suggest", Message, "What to do instead."),
        required("why", Text, "The reason, in one to three sentences."),
        required("source", Map(&SOURCE), "Where the rule comes from."),
        key("house", Flag, "A rule of the house: every method has it."),
        key("opposes", Many(&Name(Names::Rule)), "Rules that no method may hold together with this one."),
        key(
            "place",
            Either(&[Choice(&["start", "end"]), Map(&PLACE)]),
            "Where the missing thing would go. Default: `start`.",
        ),
        required("pass", List(&SAMPLE), "At least two scripts that keep it."),
        required("fail", List(&SAMPLE), "At least two scripts that break it, the offending words in «»."),
        key("na", List(&SAMPLE), "Scripts to which it does not apply."),
    ],
};

const SEVERITY: Kind = Choice(&["must", "should"]);
const SAMPLE: Kind = Either(&[Script(false), Map(&SAMPLE_MAP)]);

static SAMPLE_MAP: Shape = Shape {
    what: "a sample",
    about: "A script that proves a rule.",
    one_of: &[],
    keys: &[
        key("channel", Choice(CHANNELS), "Where it is graded. Default: the rule's first channel."),
        required("text", Script(false), "The script, the offending words in «»."),
    ],
};

static SOURCE: Shape = Shape {
    what: "`source`",
    about: "Where a rule comes from: a method, a trainer or an article.",
    one_of: &[],
    keys: &[
        key("method", Name(Names::Method), "A method of this playbook."),
        key("trainer", Text, "A person."),
        key("article", Text, "An article's title."),
        key("url", Url, "Its address."),
        key("year", Integer(1800, 2200), "When it was published; needed where a figure is quoted."),
        key("note", Text, "Anything else."),
    ],
};

static PLACE: Shape = Shape {
    what: "`place`",
    about: "Where a missing thing would go.",
    one_of: &[],
    keys: &[required("after", Name(Names::Detector), "Behind what this detector finds.")],
};

const PHRASES: Kind = Many(&Phrase);
const DETECTORS: Kind = Either(&[List(&Phrase), Map(&DETECTOR)]);

static DETECTOR: Shape = Shape {
    what: "a detector",
    about: "Finds words in a script by phrases.",
    one_of: &[],
    keys: &[
        key("any", PHRASES, "Phrases; each hit counts."),
        key("kinds", Entries(&PHRASES), "Phrases in groups, each a kind."),
        key("unless", PHRASES, "Phrases that veto a hit they overlap."),
        key("has", PHRASES, "A hit must hold one of these."),
        key("lacks", PHRASES, "A hit must hold none of these."),
        key("sentence-has", PHRASES, "The hit's sentence must hold one of these."),
        key("sentence-lacks", PHRASES, "The hit's sentence must hold none of these."),
        key("text-has", PHRASES, "The script must hold one of these."),
        key("text-lacks", PHRASES, "The script must hold none of these."),
        key("inside", Name(Names::Detector), "A hit must lie inside one of this detector's."),
        key("in", Many(&Region), "A hit must begin in this region."),
        key("after", Name(Names::Detector), "A hit must come after this detector's first."),
        key("before", Name(Names::Detector), "A hit must come before this detector's first."),
        key(
            "near-miss",
            Name(Names::Detector),
            "Finds words that are one slip away from a word of this list.",
        ),
        key("near", Map(&NEAR), "A hit must be near another detector's."),
        key("value", Map(&VALUE), "The hit's number must lie here."),
        key("take", Name(Names::Detector), "The hit shrinks to the words of this slot."),
        key(
            "echo",
            Either(&[Flag, Choice(&["first-word"])]),
            "Other places where a hit's words (or its first word) stand are hits, too.",
        ),
        key("pick", Choice(&["first", "last"]), "Keep only that hit."),
    ],
};

static NEAR: Shape = Shape {
    what: "`near`",
    about: "How near, and to what.",
    one_of: &[],
    keys: &[
        required("to", Name(Names::Detector), "The other detector."),
        key("words", Integer(0, 200), "At most so many words between. Default: 8."),
    ],
};

static VALUE: Shape = Shape {
    what: "`value`",
    about: "Bounds of a hit's number, both inclusive; times of day may be written \"9:00\".",
    one_of: &[],
    keys: &[key("from", CLOCK, "At least."), key("to", CLOCK, "At most.")],
};

const CLOCK: Kind = Either(&[Integer(0, 4_294_967_295), Text]);

/// One constraint, or a list all of which must hold.
const CONSTRAINTS: Kind = Many(&Map(&CONSTRAINT));
const DETECTED: Kind = Name(Names::Detector);
const MIN: Key = key("min", Number, "At least; a number or a parameter.");
const MAX: Key = key("max", Number, "At most; a number or a parameter.");
const OF: Key = required("of", DETECTED, "The detector.");

/// Its decoder matches on the key by hand; the list of names there is compared with this one.
pub(super) static CONSTRAINT: Shape = Shape {
    what: "a constraint",
    about: "What must hold of a script: exactly one of these keys.",
    one_of: &[
        "present",
        "absent",
        "count",
        "within",
        "both-ends",
        "order",
        "spoken-seconds",
        "words",
        "sentences",
        "ratio",
        "reading-ease",
        "all",
        "any",
        "not",
    ],
    keys: &[
        key("present", DETECTED, "The detector finds something."),
        key("absent", DETECTED, "The detector finds nothing."),
        key("count", Map(&COUNT), "How often."),
        key("within", Map(&WITHIN), "Found in a region."),
        key("both-ends", Map(&BOTH_ENDS), "Found at the beginning and at the end."),
        key("order", List(&DETECTED), "The first detector's first hit comes before the second's."),
        key("spoken-seconds", Map(&SPOKEN), "How long it takes to say."),
        key("words", Map(&WORDS), "How many words."),
        key("sentences", Map(&SENTENCES), "How many sentences."),
        key("ratio", Map(&RATIO), "Hits for each hundred words, sentences or hits of another detector."),
        key("reading-ease", Map(&EASE), "How easy it is to read."),
        key("all", List(&Map(&CONSTRAINT)), "All of these hold."),
        key("any", List(&Map(&CONSTRAINT)), "One of these holds."),
        key("not", Many(&Map(&CONSTRAINT)), "This does not hold."),
    ],
};

static COUNT: Shape = Shape {
    what: "`count`",
    about: "How often a detector finds something.",
    one_of: &[],
    keys: &[
        OF,
        key(
            "what",
            Choice(&["matches", "distinct", "kinds", "same"]),
            "What is counted. Default: `matches`.",
        ),
        MIN,
        MAX,
    ],
};

static WITHIN: Shape = Shape {
    what: "`within`",
    about: "Where a detector finds something.",
    one_of: &[],
    keys: &[
        OF,
        required("in", Many(&Region), "The region: `first 12 words`, `last third`."),
        key("by", Choice(&["start", "end"]), "Which end of a hit has to lie there. Default: `start`."),
    ],
};

static BOTH_ENDS: Shape = Shape {
    what: "`both-ends`",
    about: "Found at the beginning and at the end.",
    one_of: &[],
    keys: &[
        OF,
        key("same", Flag, "With the same value."),
        key("first", Many(&Region), "Default: `first third`."),
        key("last", Many(&Region), "Default: `last third`."),
    ],
};

static SPOKEN: Shape = Shape {
    what: "`spoken-seconds`",
    about: "How long a script takes to say.",
    one_of: &[],
    keys: &[MIN, MAX, key("slack", Number, "So many seconds around the limit do not break it. Default: 2.")],
};

static WORDS: Shape = Shape {
    what: "`words`",
    about: "How many words.",
    one_of: &[],
    keys: &[MIN, MAX, key("outside", Many(&DETECTED), "Words that these detectors find do not count.")],
};

static SENTENCES: Shape =
    Shape { what: "`sentences`", about: "How many sentences.", one_of: &[], keys: &[MIN, MAX] };

static EASE: Shape =
    Shape { what: "`reading-ease`", about: "How easy a script is to read.", one_of: &[], keys: &[MIN, MAX] };

static RATIO: Shape = Shape {
    what: "`ratio`",
    about: "Hits in relation to something.",
    one_of: &[],
    keys: &[
        OF,
        required("to", Either(&[Choice(&["words", "sentences"]), DETECTED]), "What they are held against."),
        MIN,
        MAX,
    ],
};

pub(super) static METHOD: Shape = Shape {
    what: "a method",
    about: "A trainer's method: which rules it has and how much each counts.",
    one_of: &[],
    keys: &[
        required("id", Id(Names::Method), "Small letters, digits and hyphens; unique in the playbook."),
        required("title", Text, "One line."),
        key("trainer", Text, "Whose school it is."),
        key("article", Either(&[Text, Map(&ARTICLE)]), "Where it was published."),
        key("summary", Text, "One paragraph."),
        key("min-words", Integer(0, 1000), "Under so many words there is no score. Default: 8."),
        required(
            "rules",
            Either(&[ByName(Names::Rule, &Either(&[Nothing, Map(&METHOD_RULE)])), List(&Name(Names::Rule))]),
            "Its rules: a list of ids, or a map from id to changes.",
        ),
        key("cadence", Map(&METHOD_CADENCE), "How far apart messages lie, and when no call is placed."),
        key("disagrees", List(&Map(&DISAGREEMENT)), "Where it wants something else than another method."),
    ],
};

static ARTICLE: Shape = Shape {
    what: "an article",
    about: "Where a method was published.",
    one_of: &[],
    keys: &[
        key("title", Text, "The article's title."),
        key("publisher", Text, "Who published it."),
        key("url", Url, "Its address."),
        key("year", Integer(1800, 2200), "When."),
    ],
};

static METHOD_RULE: Shape = Shape {
    what: "a method's rule",
    about: "What the method changes about a rule.",
    one_of: &[],
    keys: &[
        key("severity", SEVERITY, "Another severity."),
        key("weight", Integer(1, 100), "Another weight."),
        key("params", Entries(&Integer(-1_000_000, 1_000_000)), "Other values of the rule's parameters."),
    ],
};

static DISAGREEMENT: Shape = Shape {
    what: "a disagreement",
    about: "Where two methods want different things.",
    one_of: &[],
    keys: &[
        required("with", Name(Names::Method), "The other method."),
        key("over", Many(&Name(Names::Rule)), "The rules over which."),
        key("why", Text, "Why."),
    ],
};

pub(super) static LEXICON: Shape = Shape {
    what: "a lexicon file",
    about: "Word lists and detectors that all rules share.",
    one_of: &[],
    keys: &[
        key("words", Entries(&Many(&Text)), "Lists of words and plain phrases; each is a slot."),
        key("detectors", Entries(&DETECTORS), "Detectors that every rule can name."),
        key("numbers", Entries(&Integer(0, 4_294_967_295)), "Number words and what they stand for."),
        key("irregular", Entries(&Many(&Text)), "Irregular forms of a word, for `word~`."),
        key("abbreviations", Many(&Text), "Words with a full stop that ends no sentence."),
    ],
};

pub(super) static TEMPLATE: Shape = Shape {
    what: "a template",
    about: "A script to fill in, for the lab.",
    one_of: &[],
    keys: &[
        required("id", Id(Names::Template), "Small letters, digits and hyphens; unique among templates."),
        required("title", Text, "One line."),
        required("method", Name(Names::Method), "The method that it is made for."),
        key("channel", Choice(CHANNELS), "Where it is used. Default: `voicemail`."),
        required("text", Script(false), "The words; what stands in square brackets is filled in."),
    ],
};
