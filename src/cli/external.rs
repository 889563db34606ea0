//! `check --external`: links to other sites are asked whether they still lead somewhere.
//!
//! Politely: each host is asked one thing at a time, with a pause between, HEAD before GET; several hosts at once. What was
//! found is kept in `.ringback-links.json` beside `book.toml`, a good answer for a week, a bad one for an hour. The asking
//! itself is done by curl, which every machine that builds sites has: it knows the proxies and certificates of its machine.
#![expect(clippy::disallowed_methods, reason = "asks other sites, and keeps what they said")]

use crate::check::outside;
use crate::diag::Diagnostics;
use crate::source::Sources;
use anyhow::{Context, Result, bail};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

/// Where answers are kept.
const CACHE: &str = ".ringback-links.json";
const GOOD_FOR: i64 = 7 * 24 * 3600;
const BAD_FOR: i64 = 3600;
/// Between two questions to one host.
const PAUSE: Duration = Duration::from_millis(300);
/// Hosts that are asked at the same time.
const AT_ONCE: usize = 8;

/// What an address answered.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Answer {
    /// When, in seconds since 1970.
    asked: i64,
    /// What is wrong with it; nothing if it leads somewhere.
    trouble: Option<String>,
}

/// Asks every address that the playbook links to and reports those that lead nowhere; `now` in seconds since 1970.
pub(super) fn check(
    root: &Path,
    sources: &Sources,
    now: i64,
    diagnostics: &mut Diagnostics,
) -> Result<usize> {
    let links = outside::links(sources);
    let path = root.join(CACHE);
    // A cache that cannot be read is as good as none.
    let kept: BTreeMap<String, Answer> =
        std::fs::read(&path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
    let is_fresh = |answer: &&Answer| {
        let age = now - answer.asked;
        (0..if answer.trouble.is_some() { BAD_FOR } else { GOOD_FOR }).contains(&age)
    };
    let mut answers: BTreeMap<String, Answer> = BTreeMap::new();
    let mut hosts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for url in links.keys() {
        match kept.get(url).filter(is_fresh) {
            Some(answer) => _ = answers.insert(url.clone(), answer.clone()),
            None => hosts.entry(host(url)).or_default().push(url),
        }
    }
    let asked: usize = hosts.values().map(Vec::len).sum();
    if asked > 0 {
        let pool =
            rayon::ThreadPoolBuilder::new().num_threads(AT_ONCE).build().context("cannot start threads")?;
        let hosts: Vec<Vec<&str>> = hosts.into_values().collect();
        let found: Vec<Result<Vec<(String, Answer)>>> =
            pool.install(|| hosts.into_par_iter().with_max_len(1).map(|urls| ask_host(&urls, now)).collect());
        for list in found {
            answers.extend(list?);
        }
        let text = serde_json::to_string_pretty(&answers).context("cannot keep the answers")?;
        std::fs::write(&path, text + "\n").with_context(|| format!("cannot write {}", path.display()))?;
    }
    for (url, spans) in &links {
        if let Some(reason) = answers.get(url).and_then(|answer| answer.trouble.as_deref()) {
            outside::report(url, spans, reason, diagnostics);
        }
    }
    Ok(asked)
}

/// The part of an address that one waits for.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?']).next().unwrap_or(rest)
}

fn ask_host(urls: &[&str], now: i64) -> Result<Vec<(String, Answer)>> {
    let mut answers = Vec::with_capacity(urls.len());
    for (at, url) in urls.iter().enumerate() {
        if at > 0 {
            thread::sleep(PAUSE);
        }
        let mut trouble = ask(url, true)?;
        if trouble.is_some() {
            // Some servers do not answer HEAD.
            thread::sleep(PAUSE);
            trouble = ask(url, false)?;
        }
        answers.push(((*url).to_owned(), Answer { asked: now, trouble }));
    }
    Ok(answers)
}

/// Asks once; gives what is wrong, if anything is.
fn ask(url: &str, head: bool) -> Result<Option<String>> {
    let mut curl = Command::new("curl");
    curl.args([
        "--silent",
        "--location",
        "--globoff",
        "--proto",
        "=http,https",
        "--proto-redir",
        "=http,https",
    ]);
    curl.args([
        "--max-redirs",
        "8",
        "--connect-timeout",
        "10",
        "--max-time",
        "20",
        "--max-filesize",
        "20000000",
    ]);
    curl.args(["--user-agent", concat!("ringback/", env!("CARGO_PKG_VERSION"), " (link check)")]);
    curl.args(["--output", if cfg!(windows) { "NUL" } else { "/dev/null" }, "--write-out", "%{http_code}"]);
    if head {
        curl.arg("--head");
    }
    let output = match curl.arg("--url").arg(url).output() {
        Ok(output) => output,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            bail!("--external asks other sites by way of curl, which is not here\nhelp: install curl")
        }
        Err(error) => return Err(error).context("cannot start curl"),
    };
    let status = String::from_utf8_lossy(&output.stdout).trim().parse::<u32>().unwrap_or(0);
    Ok(match output.status.code() {
        Some(0 | 63) => match status {
            // Somebody is there, but talks only to people, or not right now.
            401 | 403 | 407 | 429 | 999 => None,
            status if status >= 400 => Some(format!("answers {status}")),
            _ => None,
        },
        Some(3) => Some("is no address".to_owned()),
        Some(5 | 6) => Some("names a host that does not exist".to_owned()),
        Some(7) => Some("cannot be reached: nobody answers there".to_owned()),
        Some(28) => Some("does not answer in time".to_owned()),
        Some(35 | 51 | 58 | 60) => Some("cannot be reached: its certificate is not valid".to_owned()),
        Some(47) => Some("redirects without end".to_owned()),
        code => Some(format!("cannot be reached (curl says {})", code.unwrap_or(0))),
    })
}
