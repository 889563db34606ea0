//! Runs the real binary with a clean environment and a time limit, and keeps what it printed.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Longer than any case needs on a loaded machine; a run that reaches it hangs.
const LIMIT: Duration = Duration::from_secs(90);

/// What one run left: its exit code (`None` when a signal ended it) and both streams.
pub struct Output {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

/// A command for the binary under test in `folder`, without the caller's environment.
pub fn ringback(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ringback"));
    command.current_dir(folder).env_clear();
    for kept in ["PATH", "SYSTEMROOT", "LLVM_PROFILE_FILE"] {
        if let Some(value) = std::env::var_os(kept) {
            command.env(kept, value);
        }
    }
    // No last-updated dates or settings from a repository or a home outside the case.
    command.env("HOME", folder).env("GIT_CEILING_DIRECTORIES", folder.parent().unwrap_or(folder));
    command
}

/// Runs a line such as `NO_COLOR=1 ringback check --format json`.
pub fn line(folder: &Path, words: &[String], stdin: &str) -> Result<Output, String> {
    let name = words.iter().position(|word| !word.contains('=')).unwrap_or(words.len());
    if words.get(name).map(String::as_str) != Some("ringback") {
        return Err("a run starts with `ringback`, after settings such as `NO_COLOR=1`".into());
    }
    let mut command = ringback(folder);
    command.envs(words[..name].iter().filter_map(|word| word.split_once('=')));
    command.args(&words[name + 1..]);
    finish(command, stdin)
}

/// Runs a command to its end.
pub fn finish(mut command: Command, stdin: &str) -> Result<Output, String> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| format!("cannot start the binary: {error}"))?;
    let (stdout, stderr) = (reader(child.stdout.take()), reader(child.stderr.take()));
    if let Some(mut pipe) = child.stdin.take() {
        // A command that does not read its input closes the pipe: that is its right.
        pipe.write_all(stdin.as_bytes()).ok();
    }
    let code = wait(&mut child)?;
    let text = |thread: thread::JoinHandle<Vec<u8>>| {
        String::from_utf8_lossy(&thread.join().unwrap_or_default()).into_owned()
    };
    Ok(Output { code, stdout: text(stdout), stderr: text(stderr) })
}

fn wait(child: &mut Child) -> Result<Option<i32>, String> {
    let start = Instant::now();
    let mut pause = Duration::from_micros(200);
    loop {
        if let Some(status) = child.try_wait().map_err(|error| error.to_string())? {
            return Ok(status.code());
        }
        if start.elapsed() > LIMIT {
            child.kill().ok();
            child.wait().ok();
            return Err(format!("no end after {} seconds", LIMIT.as_secs()));
        }
        thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(20));
    }
}

fn reader<R: Read + Send + 'static>(pipe: Option<R>) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            pipe.read_to_end(&mut bytes).ok();
        }
        bytes
    })
}
