//! The two engines agree: generated programs on hostile texts, Rust against Node, reports equal byte for byte.
//!
//! `RINGBACK_DIFF_CASES` sets how many texts (default 6000), `RINGBACK_DIFF_SEED` repeats a run.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::format_push_string,
    clippy::format_collect,
    reason = "a test: it reads this repository, starts Node, and draws small numbers from large ones"
)]

mod generate;

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use generate::Random;
use ringback::diag::Diagnostics;
use ringback::engine::{Channel, Machine, Program, Settings, run};
use ringback::source::Sources;

struct Case {
    program: usize,
    channel: Channel,
    /// As the browser holds it: lone surrogates and all.
    units: Vec<u16>,
    settings: Settings,
}

/// The shipped rules, compiled.
fn shipped() -> Program {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["rules", "methods", "lexicon"] {
        for entry in std::fs::read_dir(root.join("content").join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "yaml") {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                files.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let borrowed: Vec<(&str, &str)> =
        files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let rulebook = ringback::rules::compile(&Sources::in_memory(&borrowed), &mut Diagnostics::default());
    rulebook.program().expect("the shipped rules make a program").clone()
}

#[test]
fn engines_agree() {
    if Command::new("node").arg("--version").output().is_err() {
        eprintln!("SKIPPED: node is not installed, so the JavaScript engine was not compared");
        return;
    }
    let number = |name: &str| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let seed = number("RINGBACK_DIFF_SEED").unwrap_or_else(|| {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
        now.as_nanos() as u64
    });
    let count = number("RINGBACK_DIFF_CASES").unwrap_or(6000) as usize;
    println!("RINGBACK_DIFF_SEED={seed} RINGBACK_DIFF_CASES={count}");
    let mut random = Random::new(seed);

    let mut programs = vec![shipped()];
    let mut cases = Vec::new();
    let mut push = |program: usize, units: Vec<u16>, random: &mut Random| {
        let channel = if random.chance(2) { Channel::Voicemail } else { Channel::Email };
        let mut settings = Settings::default();
        if random.chance(4) {
            settings.pace = 120 + random.below(51) as u32;
        }
        if random.chance(4) {
            settings.answers.insert(format!("rule-{}", random.below(4)), random.chance(2));
            settings.answers.insert("curiosity-hook".into(), random.chance(2));
        }
        cases.push(Case { program, channel, units, settings });
    };
    for text in generate::giants() {
        push(0, text, &mut random);
    }
    for _ in 0..count / 10 {
        let text = generate::text(&mut random, 120);
        push(0, text, &mut random);
    }
    while programs.len() < 1 + count / 20 {
        programs.push(generate::programs::program(&mut random));
        for _ in 0..18 {
            let text = generate::text(&mut random, 60);
            push(programs.len() - 1, text, &mut random);
        }
    }
    for text in generate::giants() {
        push(1, text, &mut random);
    }
    compare(&programs, &cases, seed);
}

fn compare(programs: &[Program], cases: &[Case], seed: u64) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut node = Command::new("node")
        .arg(root.join("tests/js/engine-lines.mjs"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = String::new();
    let mut loaded = usize::MAX;
    for case in cases {
        if case.program != loaded {
            loaded = case.program;
            lines.push_str(&format!(
                "{{\"program\":{}}}\n",
                serde_json::to_string(&programs[loaded]).unwrap()
            ));
        }
        let text: String = case.units.iter().map(|unit| format!("\\u{unit:04x}")).collect();
        let channel = serde_json::to_string(&case.channel).unwrap();
        let answers = serde_json::to_string(&case.settings.answers).unwrap();
        let pace = case.settings.pace;
        lines.push_str(&format!(
            "{{\"channel\":{channel},\"text\":\"{text}\",\"settings\":{{\"pace\":{pace},\"answers\":{answers}}}}}\n"
        ));
    }
    let mut input = node.stdin.take().unwrap();
    let writer = std::thread::spawn(move || input.write_all(lines.as_bytes()));
    let mut theirs = BufReader::new(node.stdout.take().unwrap()).lines();
    let mut machine = None;
    let mut loaded = usize::MAX;
    for case in cases {
        if case.program != loaded {
            loaded = case.program;
            machine = Some(Machine::new(programs[loaded].clone()).expect("a generated program loads"));
        }
        let text = String::from_utf16_lossy(&case.units);
        let report = run(machine.as_ref().unwrap(), case.channel, &text, &case.settings);
        let ours = serde_json::to_string(&report).unwrap();
        let theirs =
            theirs.next().unwrap_or_else(|| panic!("node stopped at seed {seed} on {text:?}")).unwrap();
        if ours != theirs {
            let at = ours
                .bytes()
                .zip(theirs.bytes())
                .position(|(a, b)| a != b)
                .unwrap_or(ours.len().min(theirs.len()));
            let from = (0..=at.saturating_sub(160)).rev().find(|at| ours.is_char_boundary(*at)).unwrap_or(0);
            let show = |text: &str| {
                text.chars().skip(text[..from.min(text.len())].chars().count()).take(400).collect::<String>()
            };
            panic!(
                "the engines differ (seed {seed}, program {})\ntext: {:?}\nrust: …{}\nnode: …{}",
                case.program,
                text.chars().take(2000).collect::<String>(),
                show(&ours),
                show(&theirs)
            );
        }
    }
    writer.join().unwrap().unwrap();
    node.wait().unwrap();
}
