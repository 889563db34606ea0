//! `ringback new lesson NAME` and its like: a file with everything that it needs, in a playbook that is there already.
#![expect(clippy::disallowed_methods, reason = "writes one new file")]

use super::{Exit, Terminal};
use crate::slug::{slug, without_order};
use crate::{Loaded, diag::Diagnostics, rules};
use anyhow::{Context, Result, bail};
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;

/// What is begun.
#[derive(Debug, Clone, clap::Subcommand)]
pub(super) enum Kind {
    /// A page: `lesson "Less is more"`, `lesson 02-less/"The cut-off"`
    Lesson(Named),
    /// A rule with samples that prove it
    Rule(Named),
    /// A method with a first rule
    Method(Named),
    /// A page with an annotated script before and after
    Example(Named),
    /// A page with a quiz
    Quiz(Named),
}

#[derive(Debug, Clone, clap::Args)]
pub(super) struct Named {
    /// Its name, as a reader will see it; for pages with the folder below content/ before it
    name: String,
}

pub(super) fn run(kind: &Kind, root: &Path, terminal: &mut Terminal<'_>) -> Result<Exit> {
    let (Kind::Lesson(Named { name })
    | Kind::Rule(Named { name })
    | Kind::Method(Named { name })
    | Kind::Example(Named { name })
    | Kind::Quiz(Named { name })) = kind;
    let (folder, title) = name.rsplit_once('/').unwrap_or(("", name));
    let (folder, title) = (folder.trim_matches('/'), title.trim());
    let id = slug(without_order(title).1);
    if id.is_empty() || folder.split('/').any(|part| part.starts_with('.')) {
        bail!(
            "`{name}` is no name\nhelp: write it as a reader will see it: `ringback new lesson \"Less is more\"`"
        );
    }
    let title = words(title);
    let Loaded { sources, config, .. } = crate::load(root)?;
    let rulebook = rules::compile(&sources, &mut Diagnostics::default());
    let method = config.method.clone().or_else(|| rulebook.method_ids().next().map(str::to_owned));
    let (path, text) = match kind {
        Kind::Lesson(_) => (page(root, folder, &id)?, lesson(&title)),
        Kind::Rule(_) => (format!("content/rules/{id}.yaml"), rule(&id, &title)),
        Kind::Method(_) => {
            let Some(rule) = rulebook.rules.iter().find(|rule| !rule.house).or(rulebook.rules.first()) else {
                bail!(
                    "a method holds rules, and this playbook has none yet\nhelp: begin with `ringback new rule NAME`"
                );
            };
            (format!("content/methods/{id}.yaml"), method_file(&id, &title, &rule.id))
        }
        Kind::Example(_) => {
            let Some(method) = method else {
                bail!(
                    "an example is graded under a method, and this playbook has none yet\nhelp: begin with `ringback new method NAME`"
                );
            };
            (page(root, folder, &id)?, example(&id, &title, &method))
        }
        Kind::Quiz(_) => (page(root, folder, &id)?, quiz(&id, &title)),
    };
    put(&root.join(&path), &text)?;
    if !terminal.quiet {
        writeln!(terminal.err, "{path}")?;
        writeln!(terminal.err, "next: open it and write; `ringback check` says what is missing")?;
    }
    Ok(Exit::Fine)
}

/// `less-is-more` as a title: `Less is more`.
fn words(name: &str) -> String {
    let text =
        if name.contains(' ') { name.to_owned() } else { without_order(name).1.replace(['-', '_'], " ") };
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A page's path: the next number of its folder, if the folder numbers its pages or is new.
fn page(root: &Path, folder: &str, id: &str) -> Result<String> {
    let inside = if folder.is_empty() { "content".to_owned() } else { format!("content/{folder}") };
    let mut highest = None;
    let mut others = 0;
    let path = root.join(&inside);
    let entries = if path.is_dir() {
        fs::read_dir(&path).with_context(|| format!("cannot open {inside}"))?.flatten().collect()
    } else {
        Vec::new()
    };
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        let stem = name.strip_suffix(".md").unwrap_or(&name);
        match without_order(stem) {
            (_, rest) if slug(rest) == id => bail!(
                "{inside}/{name} is there already, and nothing in it will be touched\nhelp: take another name"
            ),
            (Some(number), _) => highest = highest.max(Some(number)),
            (None, _) if stem != name && stem != "index" => others += 1,
            _ => {}
        }
    }
    let numbered = highest.is_some() || others == 0;
    let number = highest.unwrap_or(0).saturating_add(1);
    Ok(if numbered { format!("{inside}/{number:02}-{id}.md") } else { format!("{inside}/{id}.md") })
}

/// Writes a file that does not exist yet.
fn put(path: &Path, text: &str) -> Result<()> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    match file {
        Ok(mut file) => {
            file.write_all(text.as_bytes()).with_context(|| format!("cannot write {}", path.display()))
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            bail!(
                "{} is there already, and nothing in it will be touched\nhelp: take another name",
                path.display()
            )
        }
        Err(error) => Err(error).with_context(|| format!("cannot write {}", path.display())),
    }
}

/// Text in quotes for YAML.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace(char::is_control, " "))
}

fn lesson(title: &str) -> String {
    format!(
        "---\ntitle: {}\ndescription: One sentence that says what a reader takes away.\n# draft: true             # shown only with --drafts\n# methods: [method-id]    # the methods that this page belongs to\n# rules: [rule-id]        # the rules that it teaches\n---\n\nBegin with what the reader wants to be able to do.\n\n## Why it works\n\nThe reason, in two or three sentences. Link to a rule with `[words](rule:rule-id)`.\n\n## Do it\n\n1. One step.\n2. And the next.\n",
        quoted(title)
    )
}

fn rule(id: &str, title: &str) -> String {
    format!(
        "# A rule finds words in a script, says what it wants of them, and proves itself by its samples.\n# docs/content/03-grading/rule-language.md tells all of it.\nid: {id}\ntitle: {}\nchannels: [voicemail, email]     # where it applies\nseverity: should                 # must: a breach holds the score at 59\nweight: 5                        # 1 to 100\ndetect:\n  wording:                       # a name of your own\n    any: [\"placeholder wording\"]   # phrases: (a|b) either, word? may be missing, word~ all forms, {{slot}}\nrequire: {{absent: wording}}       # or {{present: wording}}, {{count: {{of: wording, min: 2}}}} …\nmessage: \"“{{match}}” stands here.\"\nsuggest: What to write instead.\nwhy: The reason, in one to three sentences.\nsource: {{trainer: Your name}}\npass:                            # at least two scripts that keep it\n  - \"Hello Dana, please call me back.\"\n  - \"Thank you for your time.\"\nfail:                            # at least two that break it, the words in «»\n  - \"Hello Dana, «placeholder wording» and goodbye.\"\n  - \"This is «placeholder wording».\"\n",
        quoted(title)
    )
}

fn method_file(id: &str, title: &str, rule: &str) -> String {
    format!(
        "# A method: which rules it has and how much each counts.\nid: {id}\ntitle: {}\ntrainer: Your name\nsummary: >-\n  One paragraph: what the method wants, and why it works.\nrules:\n  {rule}: {{severity: should, weight: 10}}   # rule-id: changes, or nothing behind the colon\n",
        quoted(title)
    )
}

fn example(id: &str, title: &str, method: &str) -> String {
    let title = quoted(title);
    format!(
        "---\ntitle: {title}\nmethods: [{method}]\n---\n\nSay in a sentence who calls whom, and what went wrong.\n\n```example\nid: {id}\ntitle: {title}\nmethod: {method}\nbefore:\n  channel: voicemail          # or email\n  # Mark words with [words]{{rule-id: a note}}; `ringback check` holds every claim against the grader.\n  text: |\n    Hello Dana, it's Priya at Northline Pumps. Please call me back.\n  breaks: []                  # ids of rules that it breaks\nafter:\n  channel: voicemail\n  text: |\n    Hello Dana, it's Priya at Northline Pumps, 555 0142. Please call me back today. 555 0142.\n  keeps: []                   # ids of rules that it keeps, or all\n```\n"
    )
}

fn quiz(id: &str, title: &str) -> String {
    let title = quoted(title);
    format!(
        "---\ntitle: {title}\n---\n\nA sentence on what the quiz is about.\n\n```quiz\nid: {id}\ntitle: {title}\npass: 80                      # the mastery mark, in percent\nquestions:\n  - choice: What does a message on voicemail sell?\n    options:                  # every wrong one says why\n      - {{ text: The return call, right: true, why: One small decision. }}\n      - {{ text: The appointment, why: That is for the call itself. }}\n  - true-false: A number said once is enough.\n    answer: false\n    why: Whoever missed a digit has to play the message again.\n```\n"
    )
}
