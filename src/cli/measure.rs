//! `ringback measure`: how well the rules judge scripts that somebody labelled.

use super::{Exit, Terminal};
use crate::diag::{Diagnostics, human};
use crate::engine::{Channel, Machine, Scratch, Settings, Verdict, run_with};
use crate::source::FileId;
use crate::tree::Node;
use crate::yaml::{self, YamlText};
use crate::{check, load, rules};
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct MeasureArgs {
    /// Labelled scripts: YAML with `items`, each with `id`, `channel`, `text`, `labels`
    #[arg(required_unless_present = "samples")]
    files: Vec<PathBuf>,
    /// List which rules mark words in the pass samples of other rules
    #[arg(long)]
    samples: bool,
    /// List every label that the rules do not agree with
    #[arg(long, short)]
    verbose: bool,
    /// Only this rule
    #[arg(long, value_name = "ID")]
    rule: Option<String>,
}

/// One labelled script.
struct Item {
    id: String,
    channel: Channel,
    text: String,
    stopwatch: Option<f64>,
    labels: BTreeMap<String, String>,
}

/// Counts of one rule; "fail" is the positive class.
#[derive(Default)]
struct Count {
    right: u32,
    missed: u32,
    wrong: u32,
    quiet: u32,
    /// Right because `not-found` counts as a reported fail.
    asked: u32,
    misses: Vec<String>,
}

pub(super) fn run(args: &MeasureArgs, root: &Path, terminal: &mut Terminal<'_>) -> Result<Exit> {
    let mut diagnostics = Diagnostics::default();
    let sources = load::sources(root, &mut diagnostics)?;
    let rulebook = rules::compile(&sources, &mut diagnostics);
    if diagnostics.errors() > 0 {
        write!(terminal.err, "{}", human::render(&diagnostics.sorted(&sources), &sources, terminal.color))?;
    }
    if args.samples {
        for (rule, owner, number, quotes) in check::cross(&rulebook) {
            writeln!(terminal.out, "{rule} marks {quotes} in pass sample {} of {owner}", number + 1)?;
        }
        return Ok(Exit::Fine);
    }
    let Some(machine) = rulebook.machine.as_deref() else { bail!("the playbook has no rules") };
    let mut items = Vec::new();
    for path in &args.files {
        let text =
            std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        items.extend(read(&text).with_context(|| format!("cannot use {}", path.display()))?);
    }
    report(args, machine, &items, terminal)?;
    Ok(Exit::Fine)
}

fn read(text: &str) -> Result<Vec<Item>> {
    let mut diagnostics = Diagnostics::default();
    let node = yaml::parse(&YamlText::contiguous(text, FileId(0), 0), &mut diagnostics);
    let Some(node) = node else { bail!("it is no YAML: {}", first_message(&diagnostics)) };
    let items = node.get("items").and_then(Node::as_list).context("it has no list `items`")?;
    items.iter().map(item).collect()
}

fn first_message(diagnostics: &Diagnostics) -> String {
    diagnostics.iter().next().map(|one| one.message.clone()).unwrap_or_default()
}

fn item(node: &Node) -> Result<Item> {
    let text = |key: &str| node.get(key).and_then(Node::as_str).map(str::to_owned);
    let id = text("id").context("an item has no `id`")?;
    let channel = match text("channel").as_deref() {
        Some("voicemail") => Channel::Voicemail,
        Some("email") => Channel::Email,
        _ => bail!("the item {id} has no `channel`"),
    };
    let labels = node.get("labels").and_then(Node::as_map).unwrap_or_default();
    let labels = labels
        .iter()
        .filter_map(|entry| Some((entry.key.clone(), entry.value.as_str()?.to_owned())))
        .collect();
    let stopwatch = text("stopwatch_s").and_then(|seconds| seconds.parse().ok());
    Ok(Item {
        channel,
        text: text("text").with_context(|| format!("the item {id} has no `text`"))?,
        stopwatch,
        labels,
        id,
    })
}

fn report(args: &MeasureArgs, machine: &Machine, items: &[Item], terminal: &mut Terminal<'_>) -> Result<()> {
    let (counts, seconds) = count(machine, items);
    let out = &mut terminal.out;
    writeln!(
        out,
        "{} scripts. Positive class: fail. `broken` and `not-found` count as a reported fail,",
        items.len()
    )?;
    writeln!(
        out,
        "`kept` and `not-applicable` as none; scripts labelled `na` are left out of a rule's figures."
    )?;
    writeln!(
        out,
        "`asked` is how many of the rightly reported were asked about (not-found) rather than called broken.\n"
    )?;
    writeln!(
        out,
        "{:<28} {:>5} {:>5} {:>5} {:>5} {:>5}  {:>9} {:>6} {:>6}",
        "rule", "right", "wrong", "miss", "quiet", "asked", "precision", "recall", "F1"
    )?;
    let (mut sum, mut number, mut asked_out) = (0.0, 0, 0.0);
    for (rule, count) in counts.iter().filter(|(rule, _)| args.rule.as_ref().is_none_or(|only| only == *rule))
    {
        let f1 = f1_of(count.right, count.wrong, count.missed);
        let strict = f1_of(count.right - count.asked, count.wrong, count.missed + count.asked);
        sum += f1;
        asked_out += strict;
        number += 1;
        writeln!(
            out,
            "{rule:<28} {:>5} {:>5} {:>5} {:>5} {:>5}  {:>9.3} {:>6.3} {f1:>6.3}",
            count.right,
            count.wrong,
            count.missed,
            count.quiet,
            count.asked,
            ratio(count.right, count.right + count.wrong),
            ratio(count.right, count.right + count.missed),
        )?;
        if args.verbose {
            for miss in &count.misses {
                writeln!(out, "    {miss}")?;
            }
        }
    }
    if number > 0 {
        writeln!(
            out,
            "\nmacro F1 over {number} rules: {:.3} (with not-found as no report: {:.3})",
            sum / f64::from(number),
            asked_out / f64::from(number)
        )?;
    }
    if !seconds.is_empty() {
        let errors: Vec<f64> = seconds.iter().map(|(_, watch, ours)| (ours - watch).abs()).collect();
        let mean = errors.iter().sum::<f64>() / f64::from(u32::try_from(errors.len()).unwrap_or(u32::MAX));
        let worst = errors.iter().copied().fold(0.0, f64::max);
        writeln!(
            out,
            "spoken seconds on {} scripts: mean error {mean:.2} s, worst {worst:.2} s",
            errors.len()
        )?;
        if args.verbose {
            for (id, watch, ours) in &seconds {
                writeln!(out, "    {id}: stopwatch {watch:.1} s, ours {ours:.1} s ({:+.1})", ours - watch)?;
            }
        }
    }
    Ok(())
}

type Seconds = Vec<(String, f64, f64)>;

fn count(machine: &Machine, items: &[Item]) -> (BTreeMap<String, Count>, Seconds) {
    let (mut counts, mut seconds) = (BTreeMap::<String, Count>::new(), Vec::new());
    let mut scratch = Scratch::default();
    for item in items {
        let report = run_with(machine, item.channel, &item.text, &Settings::default(), &mut scratch);
        if let Some(watch) = item.stopwatch {
            let milliseconds = u32::try_from(report.milliseconds).unwrap_or(u32::MAX);
            seconds.push((item.id.clone(), watch, f64::from(milliseconds) / 1000.0));
        }
        for (rule, label) in &item.labels {
            let Some(finding) = report.finding(rule) else { continue };
            let count = counts.entry(rule.clone()).or_default();
            let reported = matches!(finding.verdict, Verdict::Broken | Verdict::NotFound);
            match (label.as_str(), reported) {
                ("fail", true) => {
                    count.right += 1;
                    count.asked += u32::from(finding.verdict == Verdict::NotFound);
                }
                ("fail", false) => count.missed += 1,
                ("pass", true) => count.wrong += 1,
                ("pass", false) => count.quiet += 1,
                _ => {}
            }
            if matches!((label.as_str(), reported), ("fail", false) | ("pass", true)) {
                let quotes: Vec<&str> =
                    finding.marks.iter().take(4).map(|mark| mark.quote.as_str()).collect();
                count.misses.push(format!(
                    "{}: labelled {label}, ours {} [{}]",
                    item.id,
                    finding.verdict.name(),
                    quotes.join(" | ")
                ));
            }
        }
    }
    (counts, seconds)
}

fn ratio(part: u32, whole: u32) -> f64 {
    if whole == 0 { 1.0 } else { f64::from(part) / f64::from(whole) }
}

/// 2·right ÷ (2·right + wrong + missed); 1 where there was nothing to find and nothing was found.
fn f1_of(right: u32, wrong: u32, missed: u32) -> f64 {
    ratio(2 * right, 2 * right + wrong + missed)
}
