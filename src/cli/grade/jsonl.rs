//! A stream of scripts: JSON lines in, JSON lines out, in order, in constant memory.
//!
//! Lines that have arrived are graded together, in parallel; when no whole line is waiting, what there is
//! is graded and written at once, so a queue worker that sends one line gets one line back.

use super::super::Exit;
use crate::engine::{Channel, Finding, Machine, Report, Scratch, Settings, Verdict, run_with};
use anyhow::{Context, Result, bail};
use rayon::prelude::*;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::RawValue;
use std::io::{BufRead, BufReader, Read, Write};

/// A line longer than this (16 MiB) is passed over, so that memory stays bounded.
const MAX_LINE: u64 = 16 << 20;
/// Bytes of input that are graded together at most.
const BATCH: usize = 1 << 20;

#[derive(Deserialize)]
struct Request<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    channel: Option<Channel>,
    #[serde(borrow)]
    text: Option<std::borrow::Cow<'a, str>>,
}

/// What can still be told of a line whose other parts are wrong.
#[derive(Deserialize)]
struct Named<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
}

#[derive(Serialize)]
struct Answer<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a RawValue>,
    seconds: i64,
    #[serde(serialize_with = "map")]
    verdicts: Vec<(&'a str, Verdict)>,
    #[serde(serialize_with = "map")]
    scores: Vec<(&'a str, Option<u32>)>,
    findings: Vec<Place<'a>>,
}

/// One mark of a finding, or the place where something is missing.
#[derive(Serialize)]
struct Place<'a> {
    rule: &'a str,
    verdict: Verdict,
    start: u32,
    end: u32,
    quote: &'a str,
    message: &'a str,
}

#[derive(Serialize)]
struct Mistake<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a RawValue>,
    error: String,
    line: u64,
}

fn map<S: Serializer, V: Serialize>(pairs: &[(&str, V)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(pairs.iter().map(|(key, value)| (key, value)))
}

/// One line of output, and what it means for the exit code.
struct Line {
    json: Vec<u8>,
    outcome: Outcome,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Fine,
    Broken,
    Mistake,
}

/// One line of input; too long a one is empty and says so.
struct Input {
    number: u64,
    bytes: Vec<u8>,
    too_long: bool,
}

/// Grades line by line until the input ends.
pub(super) fn stream(
    machine: &Machine,
    channel: Channel,
    settings: &Settings,
    input: &mut dyn Read,
    out: &mut dyn Write,
) -> Result<Exit> {
    // Marks of kept rules are not written, so they need not be made.
    let settings = Settings { kept_marks: false, ..settings.clone() };
    let mut reader = BufReader::with_capacity(BATCH, input);
    let (mut number, mut worst, mut mistakes) = (0, Outcome::Fine, 0_u64);
    loop {
        let batch = read_batch(&mut reader, &mut number)?;
        if batch.is_empty() {
            break;
        }
        let lines: Vec<Line> = batch
            .par_iter()
            .map_init(Scratch::default, |scratch, input| answer(machine, channel, &settings, input, scratch))
            .collect();
        for line in lines {
            out.write_all(&line.json)?;
            worst = worst.max(line.outcome);
            mistakes += u64::from(line.outcome == Outcome::Mistake);
        }
        out.flush()?;
    }
    match worst {
        Outcome::Fine => Ok(Exit::Fine),
        Outcome::Broken => Ok(Exit::Mistakes),
        Outcome::Mistake => {
            bail!("{mistakes} of {number} lines could not be graded; their lines of output say why")
        }
    }
}

/// Reads the lines that are there: at least one, then as many as wait already, up to a batch.
fn read_batch(reader: &mut BufReader<&mut dyn Read>, number: &mut u64) -> Result<Vec<Input>> {
    let mut batch = Vec::new();
    let mut size = 0;
    while size < BATCH {
        let mut bytes = Vec::new();
        let read = reader
            .by_ref()
            .take(MAX_LINE)
            .read_until(b'\n', &mut bytes)
            .context("cannot read standard input")?;
        if read == 0 {
            break;
        }
        *number += 1;
        let too_long = bytes.len() as u64 == MAX_LINE && !bytes.ends_with(b"\n");
        if too_long {
            bytes = Vec::new();
            skip_line(reader)?;
        }
        size += bytes.len();
        if too_long || !bytes.trim_ascii().is_empty() {
            batch.push(Input { number: *number, bytes, too_long });
        }
        if !reader.buffer().contains(&b'\n') && !batch.is_empty() {
            break;
        }
    }
    Ok(batch)
}

fn skip_line(reader: &mut impl BufRead) -> Result<()> {
    loop {
        let buffer = reader.fill_buf().context("cannot read standard input")?;
        let (used, done) = match buffer.iter().position(|byte| *byte == b'\n') {
            Some(at) => (at + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        reader.consume(used);
        if done {
            return Ok(());
        }
    }
}

fn answer(
    machine: &Machine,
    channel: Channel,
    settings: &Settings,
    input: &Input,
    scratch: &mut Scratch,
) -> Line {
    let mistake = |id: Option<&RawValue>, error: String| Line {
        json: encode(&Mistake { id, error, line: input.number }),
        outcome: Outcome::Mistake,
    };
    if input.too_long {
        return mistake(None, format!("this line is longer than {} MiB", MAX_LINE >> 20));
    }
    let request: Request<'_> = match serde_json::from_slice(&input.bytes) {
        Ok(request) => request,
        Err(error) => {
            let whole: Option<Named<'_>> = serde_json::from_slice(&input.bytes).ok();
            return mistake(whole.and_then(|named| named.id), plain(&error));
        }
    };
    let Some(text) = &request.text else { return mistake(request.id, "`text` is missing".to_owned()) };
    let channel = request.channel.unwrap_or(channel);
    let report = run_with(machine, channel, text, settings, scratch);
    if report.refused.is_some() {
        return mistake(
            request.id,
            "this script is too long: two million characters are the most".to_owned(),
        );
    }
    let own: Vec<&Finding> = machine
        .program
        .rules
        .iter()
        .zip(&report.findings)
        .filter(|(rule, _)| rule.channels.contains(&channel))
        .map(|(_, finding)| finding)
        .collect();
    let broken = own.iter().any(|finding| finding.verdict == Verdict::Broken);
    let answer = Answer {
        id: request.id,
        seconds: report.seconds,
        verdicts: own.iter().map(|finding| (finding.rule.as_str(), finding.verdict)).collect(),
        scores: scores(&report),
        findings: own.iter().flat_map(|finding| places(finding)).collect(),
    };
    Line { json: encode(&answer), outcome: if broken { Outcome::Broken } else { Outcome::Fine } }
}

fn scores(report: &Report) -> Vec<(&str, Option<u32>)> {
    report.grades.iter().map(|grade| (grade.method.as_str(), grade.score)).collect()
}

/// The marks of a rule that is broken or asks; one without marks gives the place where the words would go.
fn places(finding: &Finding) -> Vec<Place<'_>> {
    if !matches!(finding.verdict, Verdict::Broken | Verdict::NotFound) {
        return Vec::new();
    }
    let place = |start: u32, end: u32, quote| Place {
        rule: &finding.rule,
        verdict: finding.verdict,
        start,
        end,
        quote,
        message: &finding.message,
    };
    if finding.marks.is_empty() {
        let at = finding.place.unwrap_or(0);
        return vec![place(at, at, "")];
    }
    finding.marks.iter().map(|mark| place(mark.start, mark.end, mark.quote.as_str())).collect()
}

fn encode(value: &impl Serialize) -> Vec<u8> {
    let mut json = serde_json::to_vec(value).unwrap_or_else(|_| b"{}".to_vec());
    json.push(b'\n');
    json
}

/// What is wrong with a line of JSON, without the line number of a text that is one line.
fn plain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rsplit_once(" at line ") {
        Some((text, _)) => format!("{text} at column {}", error.column()),
        None => text,
    }
}
