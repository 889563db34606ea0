//! What a build must never do: leave half a site, touch what has not changed, remove what it did not write, depend on the order of
//! things, or break on hostile bytes.

#![allow(clippy::case_sensitive_file_extension_comparisons, reason = "these names are ours")]
#![allow(clippy::disallowed_methods, reason = "a test sets the scene on disk")]
#![allow(clippy::print_stderr, reason = "what is skipped is said")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use support::book::Book;
use support::{run, tree};

type Files = BTreeMap<String, Vec<u8>>;

/// Runs `ringback build` with more arguments; answers with its exit code and what it printed.
fn build(book: &Book, arguments: &[&str]) -> (Option<i32>, String) {
    let mut command = run::ringback(book.root());
    command.arg("build").args(arguments);
    let output = run::finish(command, "").expect("the build ends");
    (output.code, output.stdout + &output.stderr)
}

fn built(book: &Book) -> Files {
    built_with(book, &["--quiet"])
}

fn built_with(book: &Book, arguments: &[&str]) -> Files {
    let (code, output) = build(book, arguments);
    assert_eq!(code, Some(0), "{output}");
    tree::read(&book.path("site"))
}

#[test]
fn a_build_with_nothing_changed_touches_nothing() {
    let book = Book::new();
    book.lessons(30, "Leave your number twice.");
    built(&book);
    let before = tree::modified(&book.path("site"));
    built(&book);
    assert_eq!(before, tree::modified(&book.path("site")));
}

#[test]
fn a_changed_lesson_changes_only_the_files_that_show_it() {
    let book = Book::new();
    book.lessons(30, "Leave your number twice.");
    let old = built(&book);
    let before = tree::modified(&book.path("site"));
    book.file(
        "content/01-part-1/lesson-14.md",
        b"---\ntitle: Lesson 14\n---\n\n# Lesson 14\n\nSay it slowly.\n",
    );
    let new = built(&book);
    let after = tree::modified(&book.path("site"));
    for (name, time) in &after {
        let same = old.get(name) == new.get(name);
        assert_eq!(
            same,
            before.get(name) == Some(time),
            "{name}: the content is {}",
            if same { "the same" } else { "new" }
        );
    }
    assert_ne!(old, new);
}

#[test]
fn a_removed_lesson_leaves_the_site_and_takes_its_folder_along() {
    let book = Book::new();
    book.lessons(12, "Leave your number twice.");
    built(&book);
    fs::remove_file(book.path("content/01-part-1/lesson-11.md")).expect("the lesson can be removed");
    let site = built(&book);
    assert!(!site.keys().any(|name| name.contains("lesson-11")), "{:?}", site.keys());
    assert!(site.keys().any(|name| name.contains("lesson-10")));
    assert!(!book.path("site/part-1/lesson-11").exists(), "an empty folder stays behind");
}

#[test]
fn the_same_playbook_gives_the_same_bytes_with_any_number_of_threads() {
    let book = Book::new();
    book.lessons(40, "Leave your number twice.");
    let sites: Vec<Files> = ["1", "2", "8"]
        .map(|threads| {
            let mut command = run::ringback(book.root());
            let output = format!("site-{threads}");
            command.env("RAYON_NUM_THREADS", threads).args(["build", "--quiet", "--output", &output]);
            let ended = run::finish(command, "").expect("the build ends");
            assert_eq!(ended.code, Some(0), "{}{}", ended.stdout, ended.stderr);
            tree::read(&book.path(&output))
        })
        .into();
    assert!(sites[0].len() > 40);
    same(&sites[0], &sites[1]);
    same(&sites[0], &sites[2]);
}

#[test]
fn the_same_playbook_gives_the_same_bytes_wherever_and_in_whatever_order_it_was_written() {
    let first = Book::new();
    first.lessons(25, "Leave your number twice.");
    let second = Book::new();
    for (name, bytes) in tree::read(first.root()).into_iter().rev() {
        second.file(&name, &bytes);
    }
    same(&built(&first), &built(&second));
}

/// Neither the locale, the time zone nor the folder one stands in is part of the input; `SOURCE_DATE_EPOCH` is.
#[test]
fn the_same_playbook_gives_the_same_bytes_in_any_locale_and_time_zone() {
    let book = Book::new();
    book.lessons(12, "İstanbul’da I leave my number: 1.234,5.");
    // The edges of the day: the zones disagree about the date for all but an hour of it.
    book.file(
        "content/01-part-1/dated.md",
        b"---\ntitle: Dated\npublish: 2026-11-22\n---\n\n# Dated\n\nOf a day.\n",
    );
    let site = |number: usize, variables: &[(&str, &str)], folder: &Path| {
        let output = format!("site-{number}");
        let mut command = run::ringback(book.root());
        command.current_dir(folder).arg("--root").arg(book.root()).envs(variables.iter().copied());
        command.args(["build", "--quiet", "--precompress", "--output"]).arg(book.path(&output));
        let ended = run::finish(command, "").expect("the build ends");
        assert_eq!(ended.code, Some(0), "{}{}", ended.stdout, ended.stderr);
        tree::read(&book.path(&output))
    };
    let epoch = ("SOURCE_DATE_EPOCH", "1795773600");
    let first = site(0, &[("LC_ALL", "C"), ("TZ", "UTC0"), epoch], book.root());
    let second =
        site(1, &[("LC_ALL", "tr_TR.UTF-8"), ("LANGUAGE", "tr"), ("TZ", "KIR-14"), epoch], Path::new("/"));
    let third = site(2, &[("LC_ALL", "de_DE.ISO-8859-1"), ("TZ", "BAK+12"), epoch], &std::env::temp_dir());
    assert!(first.keys().any(|name| name.ends_with(".br")));
    same(&first, &second);
    same(&first, &third);
}

fn same(left: &Files, right: &Files) {
    assert!(left.keys().eq(right.keys()), "{:?}\n{:?}", left.keys(), right.keys());
    let differ: Vec<&String> =
        left.iter().filter(|(name, bytes)| right[*name] != **bytes).map(|(name, _)| name).collect();
    assert!(differ.is_empty(), "{differ:?}");
}

/// Kills builds at a hundred moments spread over their whole length: what is there afterwards is one site, old or new,
/// compressed copies and all.
#[test]
#[cfg(unix)]
fn a_build_killed_at_any_moment_leaves_the_old_site_or_the_new_one() {
    let book = Book::new();
    let mut sites = Vec::new();
    let published = ["--quiet", "--precompress"];
    for words in ["Leave your number twice.", "Say your number at the end, too."] {
        book.lessons(5, words);
        let start = Instant::now();
        sites.push((built_with(&book, &published), start.elapsed()));
    }
    let longest = sites.iter().map(|(_, time)| *time).max().unwrap_or_default();
    let mut seen = [0, 0];
    let kills = 100;
    for kill in 0..kills {
        // The site is the second one; sources and site change places each time.
        let (old, new) =
            if seen[0] % 2 == 0 { (&sites[1].0, &sites[0].0) } else { (&sites[0].0, &sites[1].0) };
        book.lessons(
            5,
            if seen[0] % 2 == 0 { "Leave your number twice." } else { "Say your number at the end, too." },
        );
        let mut command = run::ringback(book.root());
        let mut child = command
            .arg("build")
            .args(published)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the build starts");
        thread::sleep(longest * kill / kills);
        child.kill().ok();
        child.wait().expect("the build ends");
        let left = tree::read(&book.path("site"));
        if left == *new {
            seen[0] += 1;
        } else {
            seen[1] += 1;
            let odd: Vec<_> = left
                .iter()
                .filter(|(name, bytes)| old.get(*name) != Some(bytes))
                .map(|(name, _)| name)
                .collect();
            let lost: Vec<_> = old.keys().filter(|name| !left.contains_key(*name)).collect();
            assert!(
                odd.is_empty() && lost.is_empty(),
                "kill {kill}: neither the old site nor the new one; not old: {odd:?}, lost: {lost:?}"
            );
        }
    }
    assert!(seen[1] > 0, "no build was killed before its end");
    book.lessons(5, "Leave your number twice.");
    same(&built_with(&book, &published), &sites[0].0);
    let rest: Vec<_> = fs::read_dir(book.root())
        .expect("the root is there")
        .flatten()
        .map(|entry| entry.file_name())
        .collect();
    assert_eq!(rest.len(), 3, "a killed build's remains were never cleared away: {rest:?}");
}

/// A write that fails halfway (here: a limit on the size of a file) is an error that names the file, and the old site stays.
#[test]
#[cfg(unix)]
fn a_build_that_cannot_write_everything_leaves_the_old_site() {
    let book = Book::new();
    book.lessons(20, "Leave your number twice.");
    let old = built(&book);
    book.lessons(20, "Say your number at the end, too.");
    book.file("content/01-part-1/lesson-15.md", "Words and words. ".repeat(40_000).as_bytes());
    let mut command = Command::new("sh");
    command.current_dir(book.root()).args([
        "-c",
        "trap '' XFSZ; ulimit -f 600; exec \"$0\" build --quiet",
        env!("CARGO_BIN_EXE_ringback"),
    ]);
    let output = run::finish(command, "").expect("the build ends");
    assert_eq!(output.code, Some(2), "{}{}", output.stdout, output.stderr);
    assert!(output.stderr.contains("error"), "{}", output.stderr);
    same(&tree::read(&book.path("site")), &old);
    fs::remove_file(book.path("content/01-part-1/lesson-15.md")).expect("the long lesson can be removed");
    assert!(built(&book) != old);
}

/// Runs something with a small disk of its own; without the right to mount one, says so and does not.
#[cfg(target_os = "linux")]
fn with_disk(book: &Book, size: &str, run: impl FnOnce(&dyn Fn(&str) -> bool)) {
    let disk = book.path("disk");
    fs::create_dir(&disk).expect("a folder can be made");
    let command = |name: &str, arguments: &[&str]| {
        let mut command = Command::new(name);
        let status = command.args(arguments).arg(&disk).stdout(Stdio::null()).stderr(Stdio::null()).status();
        status.is_ok_and(|status| status.success())
    };
    if !command("mount", &["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"]) {
        eprintln!("SKIPPED: no right to mount a disk here");
        return;
    }
    let remount = |how: &str| command("mount", &["-o", &format!("remount,{how}")]);
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| run(&remount)));
    assert!(command("umount", &[]), "the small disk can be taken away");
    if let Err(panic) = outcome {
        std::panic::resume_unwind(panic);
    }
}

/// A disk that is full, with compressed copies and without: needs the right to mount one, which a container's superuser may or may
/// not have. The test above covers the same path without a disk of its own.
#[test]
#[cfg(target_os = "linux")]
fn a_build_on_a_full_disk_leaves_the_old_site() {
    for more in [&[][..], &["--precompress"]] {
        let book = Book::new();
        book.lessons(20, "Leave your number twice.");
        with_disk(&book, "5m", |_| {
            let arguments = [&["--quiet", "--output", "disk/site"], more].concat();
            let (code, output) = build(&book, &arguments);
            assert_eq!(code, Some(0), "{output}");
            let old = tree::read(&book.path("disk/site"));
            book.lessons(20, &"Say your number at the end, too. ".repeat(8000));
            let (code, output) = build(&book, &arguments);
            assert_eq!(code, Some(2), "{output}");
            assert!(output.contains("space"), "the message should say that the disk is full: {output}");
            same(&tree::read(&book.path("disk/site")), &old);
            let beside: Vec<_> = fs::read_dir(book.path("disk")).expect("there").flatten().collect();
            assert_eq!(beside.len(), 1, "half a site stays beside the old one: {beside:?}");
        });
    }
}

/// A disk that is read-only: an error that says so, and the old site stays as it is.
#[test]
#[cfg(target_os = "linux")]
fn a_build_on_a_read_only_disk_leaves_the_old_site() {
    let book = Book::new();
    book.lessons(12, "Leave your number twice.");
    with_disk(&book, "9m", |remount| {
        let arguments = ["--quiet", "--output", "disk/site"];
        let (code, output) = build(&book, &arguments);
        assert_eq!(code, Some(0), "{output}");
        let old = tree::read(&book.path("disk/site"));
        book.lessons(12, "Say your number at the end, too.");
        assert!(remount("ro"), "the disk can be made read-only");
        let (code, output) = build(&book, &arguments);
        assert_eq!(code, Some(2), "{output}");
        assert!(output.contains("disk") && output.to_lowercase().contains("read-only"), "{output}");
        same(&tree::read(&book.path("disk/site")), &old);
        assert!(remount("rw"), "the disk can be made writable again");
        let (code, output) = build(&book, &arguments);
        assert_eq!(code, Some(0), "{output}");
        assert!(tree::read(&book.path("disk/site")) != old);
    });
}

/// This repository's own playbook with its bytes damaged at random, many times over: mistakes are reported, nothing breaks.
#[test]
fn damaged_files_are_reported_and_never_break_a_build() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = tree::read(&repository.join("content"));
    sources.retain(|name, _| [".md", ".yaml"].iter().any(|end| name.ends_with(end)));
    let mut dice = Dice(7);
    let start = Instant::now();
    for round in 0..12 {
        let book = Book::new();
        book.file(
            "book.toml",
            &dice.damage(b"[book]\ntitle = \"Calls returned\"\nlanguage = \"en\"\n", round % 3),
        );
        for (name, bytes) in &sources {
            book.file(&format!("content/{name}"), &dice.damage(bytes, 1 + round % 4));
        }
        let mut command = run::ringback(book.root());
        command.args(["check", "--format", "json"]);
        let output = run::finish(command, "").unwrap_or_else(|error| panic!("round {round}: {error}"));
        assert!(matches!(output.code, Some(0 | 1)), "round {round}: {:?}\n{}", output.code, output.stderr);
        assert!(!output.stderr.contains("panicked"), "round {round}: {}", output.stderr);
        if start.elapsed() > Duration::from_secs(60) {
            break; // A slow machine has seen enough; every round counts for itself.
        }
    }
}

/// A small source of numbers that is the same on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit.max(1)
    }

    /// A copy with some bytes changed, removed, doubled or cut off.
    fn damage(&mut self, bytes: &[u8], times: usize) -> Vec<u8> {
        let mut damaged = bytes.to_vec();
        for _ in 0..times {
            let at = self.below(damaged.len());
            let interesting = b"{}[]\"'`:|>&*-#!\t\n\0\xff\xc3<%$\\";
            match self.below(5) {
                _ if damaged.is_empty() => damaged.push(b'-'),
                0 => damaged[at] = interesting[self.below(interesting.len())],
                1 => damaged.insert(at, interesting[self.below(interesting.len())]),
                2 => {
                    damaged.remove(at);
                }
                3 => damaged.truncate(at),
                _ => {
                    let end = (at + 200).min(damaged.len());
                    let again = damaged[at..end].to_vec();
                    damaged.splice(at..at, again);
                }
            }
        }
        damaged
    }
}
