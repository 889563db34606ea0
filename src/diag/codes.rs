//! The one table of diagnostic codes: name, severity, title, explanation.
//!
//! `ringback explain CODE` prints a row; the reference page is made from all of them. A code's name
//! is a promise: scripts and settings refer to it, so it never changes its meaning.

use super::Severity::{self, Error, Warning};

macro_rules! codes {
    ($($variant:ident, $name:literal, $severity:ident, $title:literal, $explanation:literal;)*) => {
        /// What kind of mistake a diagnostic is about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $(#[doc = $title] $variant,)* }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];

            /// The name that the author sees.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// How much it matters.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => $severity,)* }
            }

            /// One line: what is wrong.
            pub fn title(self) -> &'static str {
                match self { $(Code::$variant => $title,)* }
            }

            /// Why it is a mistake and how to mend it: a few sentences.
            pub fn explanation(self) -> &'static str {
                match self { $(Code::$variant => $explanation,)* }
            }
        }
    };
}

impl Code {
    /// The code with this name.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}

codes! {
    // Files
    NotUtf8, "not-utf8", Error, "a text file holds bytes that are not UTF-8",
        "Ringback reads text as UTF-8. The file was probably saved in an old encoding such as Windows-1252. Save it again as UTF-8; in most editors this is an option of \"Save as\".";
    FileTooLarge, "file-too-large", Error, "a text file is larger than Ringback reads",
        "A single lesson, rule or setting of more than 16 MiB is almost always a file that landed in the wrong folder. Split it, or move it out of content/.";
    SymlinkLoop, "symlink-loop", Error, "a link on disk leads back to itself",
        "A symbolic link under content/ or themes/ points to a folder that contains it, so walking the files would never end. Remove the link, or let it point elsewhere.";
    CaseClash, "case-clash", Error, "two names differ only by case",
        "Linux keeps Lesson.md and lesson.md apart; macOS and Windows do not, and neither do some web hosts. Rename one of them.";
    // Settings
    BadToml, "bad-toml", Error, "book.toml is not valid TOML",
        "The place is where reading stopped making sense; the mistake is there or just before it. Text needs quotes, a table starts with [name], and each key stands once.";
    BadValue, "bad-value", Error, "a value is not of the kind that is wanted",
        "The key is known, but what stands behind it is not: a number where text is wanted, an unknown word where one of a list is wanted, an address that is none.";
    UnknownKey, "unknown-key", Error, "a key that Ringback does not know",
        "A misspelled key would be ignored in silence, so it is an error instead. The help line names the nearest known key. `ringback schema` lists all of them.";
    MissingKey, "missing-key", Error, "a key that has to be there is missing",
        "The block or file cannot work without this key. The message says which one and what it is for.";
    // YAML and front matter
    BadYaml, "bad-yaml", Error, "YAML that cannot be read",
        "The place is where reading stopped making sense; the mistake is there or just before it. The usual causes: a colon inside text that has no quotes, tabs for indentation, a line that is not indented like its neighbours.";
    YamlTooLarge, "yaml-too-large", Error, "YAML that grows out of all proportion",
        "Aliases (*name) that repeat other aliases can make a small text stand for billions of values. Ringback stops at 200,000 values or 64 levels. Write the values out, or use fewer aliases.";
    DuplicateKey, "duplicate-key", Error, "a key stands twice",
        "Only one of the two values could be used, and which one would be a guess. Remove one.";
    BadFrontMatter, "bad-front-matter", Error, "the head of a page does not end",
        "A page may start with front matter: a line of three dashes, YAML, and another line of three dashes. The opening line is there, the closing one is not.";
    BadDate, "bad-date", Error, "a date that is none",
        "Dates are written year, month, day, with hyphens and leading zeros: 2026-11-22. The day has to exist.";
    BadIcon, "bad-icon", Error, "an icon that cannot be drawn",
        "`icon` under [book] names an SVG or a PNG file under content/ or themes/. From it the icons of home screens are drawn, so it has to be readable, no larger than 1 MB as SVG or 4096 pixels as PNG, at least 192 pixels wide, and made of shapes alone: letters, pictures, patterns and filters inside an SVG look different on every machine. Most drawing programs turn letters into paths on request.";
    SmallIcon, "small-icon", Warning, "an icon with too few pixels",
        "A home screen shows icons of 512 by 512 pixels. A smaller picture is blown up and looks soft. Export it larger, or take an SVG, which is sharp at every size.";
    BadFont, "bad-font", Error, "a font that cannot be read",
        "`card_font` under [output] names an OpenType or TrueType file (.otf, .ttf) with the letters of the social cards. Fonts for the web (.woff2) are compressed; take the file that is installed on a computer. Mind the font's licence: the cards are pictures, and the font itself is not published if it lies under themes/.";
    UndrawnWords, "undrawn-words", Warning, "words that the font of the cards has no letters for",
        "The built-in font has the letters of Latin, Greek and Cyrillic. A title in another script is left out of its social card, because boxes in place of letters help nobody. Name a font that has them: `card_font` under [output].";
    // Pages
    DuplicateUrl, "duplicate-url", Error, "two pages have one address",
        "Numbers at the start of file and folder names are for order only and are not part of the address, so 01-start.md and 02-start.md meet at /start/. Aliases count too. Rename one of them.";
    BrokenLink, "broken-link", Error, "a link leads to a page that does not exist",
        "Links between lessons are relative paths to .md files, as they are on disk: ../02-less-is-more/the-cut-off.md. A link that starts with / counts from content/.";
    BrokenAnchor, "broken-anchor", Error, "a link leads to a heading that does not exist",
        "The page is there; the part after # is not the id of one of its headings. Ids are made from the heading's words, in lower case with hyphens, or set with {#id}.";
    LinkToDraft, "link-to-draft", Error, "a published page links to one that is not",
        "The target is a draft, not yet published or expired, so a reader would meet a missing page. Publish it, or take the link out. With --drafts and --future such links are fine.";
    MissingImage, "missing-image", Error, "an image file does not exist",
        "Image paths are relative to the page that shows the image, or start with / and count from content/. The path of `icon` in book.toml counts from the playbook's root.";
    MissingAlt, "missing-alt", Warning, "an image has no text alternative",
        "Someone who cannot see the image gets the words between the square brackets instead. Say what the image tells; for pure decoration write ![](path \"decorative\").";
    HeadingOrder, "heading-order", Warning, "a heading skips a level",
        "Screen-reader users move by headings; from ## the next deeper one is ###. The page's title is the only first-level heading.";
    DuplicateId, "duplicate-id", Error, "an id stands twice",
        "Ids name one thing: a heading of a page, a rule, an example, a quiz. Links and saved answers refer to them, so two things cannot share one.";
    LargeFile, "large-file", Warning, "a published file is larger than a reader on a phone should wait for",
        "Images over 500 kB and other files over 10,000 kB are told, because they are nearly always a photograph straight from the camera or a recording that nobody compressed. Make the file smaller, or raise `image_kb` or `file_kb` under [check] in book.toml.";
    DeadLink, "dead-link", Error, "a link leads to another site that does not answer",
        "Only `check --external` asks. The address was tried twice, politely; it answers with an error, redirects without end, or nobody is there. Sites that answer only people are let be. What was found is kept in .ringback-links.json: a good answer for a week, a bad one for an hour.";
    UnreachablePage, "unreachable-page", Warning, "no way leads to a page",
        "From the home page, following links, this page is never met: neither the navigation of the theme nor another page leads to it. With the built-in theme every page is in the navigation.";
    NoPages, "no-pages", Error, "the playbook has no page",
        "A playbook needs at least one markdown file under content/, such as content/index.md.";
    // Rules
    BadPhrase, "bad-phrase", Error, "a phrase that cannot be read",
        "A phrase is plain words with (a|b) for alternatives, word? for what may be missing, word~ for all its forms, ... for up to five words, and {slot} for a built-in or another detector. Every bracket that opens has to close. docs/content/03-grading/rule-language.md tells all of it.";
    UnmatchablePhrase, "unmatchable-phrase", Error, "a phrase that can never match",
        "No script can satisfy this phrase: it is empty, all of it is optional, it asks for two things at one place, or its own `unless` vetoes every hit. A rule that rests on it would never speak up.";
    UnknownSlot, "unknown-slot", Error, "a slot or detector that does not exist",
        "Names in {braces} and in constraints are built-ins, word lists and detectors of content/lexicon/, or detectors of the same rule.";
    SlotCycle, "slot-cycle", Error, "a detector that refers to itself",
        "A detector's phrases may name other detectors, but following those names must never lead back to where it began. Write the words out in one of them.";
    BadRegion, "bad-region", Error, "a region that cannot be read, or holds nothing",
        "A region is written like `first 12 words`, `last 2 sentences`, `first 10 seconds`, `first third`, `last 40%`, `introduction`, `after introduction` or `2 sentences after introduction`. The number is at least 1.";
    UnknownParameter, "unknown-parameter", Error, "a parameter that the rule does not have",
        "Where a number is wanted, the name of one of the rule's `params` may stand; a method may change only those.";
    OpposedRules, "opposed-rules", Error, "a method holds two rules that oppose each other",
        "One of the two rules names the other under `opposes`: no script can keep both. Drop one of them from the method.";
    MissingSamples, "missing-samples", Error, "a rule that does not prove itself",
        "Every rule needs at least two `pass` and two `fail` samples. They are the rule's tests, and the rule's page shows them.";
    SampleFails, "sample-fails", Error, "a sample does not come out as claimed",
        "A pass sample must keep its rule, a fail sample must break it (or, for a rule that asks, not be found), an `na` sample must be one to which the rule does not apply.";
    SampleMark, "sample-mark", Error, "a sample's marked words are not what the rule marks",
        "The words in «» of a fail sample have to lie on words that the rule marks. Move the marks, or mend the phrases.";
    BadSample, "bad-sample", Error, "a sample that cannot be read",
        "A sample is text, or a map with `channel` and `text`. Each « needs its »; they do not nest.";
    SampleSurprise, "sample-surprise", Warning, "a rule breaks on a pass sample of another rule that forbids nothing of the kind",
        "Every rule is run on the other rules' pass samples. A house rule that finds fault with what another rule holds up as good is a surprise worth a look: one of the two is wrong.";
    UnusedDetector, "unused-detector", Warning, "a detector that nothing uses",
        "The rule's constraint does not name this detector, and no other detector of the rule does. Remove it, or name it.";
    HouseWeakened, "house-weakened", Error, "a method weakens a rule of the house",
        "A house rule holds under every method. A method may raise its weight or severity, never lower them.";

    // Blocks
    UnknownBlock, "unknown-block", Error, "a block of a kind that Ringback does not know",
        "A fenced block whose first word is one of Ringback's kinds holds YAML. The word written here is close to one of them but is none. If it is a programming language, nothing is wrong with the block: name the language as usual.";
    UnknownMethod, "unknown-method", Error, "a method that does not exist",
        "Methods are the files under content/methods/, by their id.";
    UnknownRule, "unknown-rule", Error, "a rule that does not exist",
        "Rules are the files under content/rules/, by their id.";
    UnknownExample, "unknown-example", Error, "an example that does not exist",
        "Examples are the `example` blocks of the lessons, by their id.";
    UnknownTerm, "unknown-term", Error, "a term that the glossary does not have",
        "A link to term:NAME leads to the glossary's entry of that name, in lower case with hyphens.";
    UnknownTool, "unknown-tool", Error, "a tool that does not exist, or that this playbook does not have",
        "A link to tool:NAME leads to one of the pages that no author writes: lab, planner, log, drill, progress. The lab comes with rules and a method, the planner and the log with rules or a cadence, the drill with a quiz, the page of progress with a quiz or a second lesson.";
    BadAnnotation, "bad-annotation", Error, "an annotation that cannot be read",
        "An annotation is written [words]{rule}, [words]{rule: a note} or [words]{: a note}. Brackets close, and annotations do not stand inside one another. A placeholder such as [name] is no annotation as long as no { follows it.";
    AnnotationOffSpan, "annotation-off-span", Error, "an annotation is not on words that its rule marks",
        "The annotation names a rule, but the grader does not mark these words for it. Move the brackets onto the words that the rule marks, or drop the rule's name and keep the note: [words]{: a note}.";
    ClaimNotSo, "claim-not-so", Error, "an example claims what the grader does not find",
        "Examples are tests: what `breaks` and `keeps` say has to be what the grader says. Change the claim, the script, or the rule.";
    // Cadences
    UnknownScript, "unknown-script", Error, "a script that does not exist",
        "A step's `script` names an example, whose after message is meant, or a script that stands under `scripts` in the same block.";
    ScriptChannel, "script-channel", Error, "a script of another channel than its step",
        "A voicemail cannot be sent as an e-mail: the after message of the example that a step names has to have the step's channel.";
    CadenceOrder, "cadence-order", Error, "days that run backwards",
        "Steps stand in the order of their days, and a step that comes back has to end after it begins. Days are counted from the first message, which is day 0.";
    CadenceGap, "cadence-gap", Warning, "messages too close together or too far apart",
        "Two voicemails on one day press; a month of silence starts from nothing. The limit is 1 to 30 days, unless the cadence says otherwise under `checks` or its method under `cadence`: `gap: 3-14 days`, or `gap: any` for no limit.";
    CadenceHours, "cadence-hours", Warning, "a call inside the hours that its method avoids",
        "The method of this cadence places calls outside certain hours: `cadence: { not-between: \"9:00-17:00\" }` in its file. Move the call, name another method, or write `checks: { not-between: any }` into the cadence. Published figures on the best hour disagree, so this is a warning.";
    // Quizzes
    EmptyQuiz, "empty-quiz", Error, "a quiz without a question",
        "A quiz needs at least one question under `questions`. docs/content/04-practice/quizzes.md shows every kind.";
    TooFewChoices, "too-few-choices", Error, "a question with too little to choose from",
        "A choice needs two options, an order two items, a match two pairs, and a rewrite at least one rule that it is marked by. With less there is nothing to decide.";
    NoRightAnswer, "no-right-answer", Error, "a question that nobody can answer",
        "No option is marked `right: true`, no answer is listed, or no way through a dialogue scores a point. Whoever takes the quiz would always be wrong.";
    TwoRightAnswers, "two-right-answers", Error, "a choice of one with two right options",
        "Without `several: true` exactly one option of a choice is right. Take one `right: true` out, or let the learner pick several.";
    MissingReason, "missing-reason", Error, "a wrong answer without its reason",
        "Whoever picks a wrong option learns from the reason, so each has its `why`. A true-or-false question has one `why` for both answers.";
    UnclearAnswer, "unclear-answer", Error, "two answers that cannot be told apart",
        "Two options, items or sides read the same, or a typed answer counts twice. Typed answers are compared without case, accents, punctuation and articles.";
    NothingToSpot, "nothing-to-spot", Error, "a script in which there is nothing to mark",
        "The key of a `spot` question is what the grader marks for its rules. Here it marks no words: the script keeps the rules, or breaks them only by what it leaves out.";
    RuleOffChannel, "rule-off-channel", Error, "a rule that does not apply to the script",
        "A rule is for voicemail, for e-mail, or for both. The question's script is of a channel that the rule does not judge, so nobody could keep or break it.";
    DialogueLoop, "dialogue-loop", Error, "a dialogue that may never end",
        "An answer leads back to a turn that came before it. The learner could go round for ever, and the most points of the call would have no bound.";
    DialogueDeadEnd, "dialogue-dead-end", Error, "a dialogue that stops in the middle",
        "Every answer says where the call goes on: `next: TURN`, or `next: end`. The turn has to exist and to have answers of its own.";
    UnreachableTurn, "unreachable-turn", Error, "a turn of a dialogue that nobody comes to",
        "No answer on a way from `start` leads to this turn. Name it in a `next`, or take it out.";
    TooFewSamples, "too-few-samples", Error, "more questions are wanted than the rules can give",
        "Questions are made from the samples of rules and from the examples that break them, one for each rule and kind. Lower `count`, name more rules, or give the rules more samples.";
    BadGift, "bad-gift", Error, "a GIFT file with a mistake",
        "GIFT is the question format of Moodle: a question, then its answers in braces, `=` before a right one, `~` before a wrong one. A blank line ends a question; a sign that belongs to a text takes a backslash before it.";
    GiftLeftOut, "gift-left-out", Warning, "something of a GIFT file that a quiz cannot hold",
        "Essays and descriptions have no answer that could be marked, and part of a point for an answer has no place here. The rest of the file is taken over.";
    UnknownQuiz, "unknown-quiz", Error, "a quiz that does not exist",
        "Quizzes are the `quiz` blocks of the lessons, by their id.";
    // Theme
    BadTemplate, "bad-template", Error, "a template of the theme has an error",
        "The file and line are the theme's. An undefined variable is an error too. Delete the file to fall back to the built-in one.";
    BadScript, "bad-script", Error, "a script of the theme does not parse",
        "The place is where the script stops making sense; the mistake is there or just before it. A browser would refuse the whole file, and every module that imports it. Scripts are read when the site is checked or built, not while it is served.";
    UnknownThemeFile, "unknown-theme-file", Warning, "a theme file that overrides nothing",
        "Files under themes/NAME/ replace the built-in file of the same path. This one replaces none and no template uses it, so it is probably misspelled.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_explanations_say_something() {
        let mut names: Vec<_> = Code::ALL.iter().map(|code| code.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Code::ALL.len());
        for code in Code::ALL {
            assert_eq!(Code::find(code.name()), Some(*code));
            assert!(code.explanation().len() > 50, "{} needs an explanation", code.name());
            assert!(!code.title().ends_with('.'));
        }
    }
}
