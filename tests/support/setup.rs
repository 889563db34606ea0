//! The few things a case needs that markdown cannot hold: bytes, links, very long lines, protected folders.

use super::book::Book;
use super::case;
use std::fs;
use std::path::Path;

/// Carries out the lines of a `setup` block.
pub fn run(book: &mut Book, body: &str) -> Result<(), String> {
    for line in body.lines().filter(|line| !line.trim().is_empty()) {
        let words = case::split(line);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        step(book, &words).map_err(|error| format!("`{line}`: {error}"))?;
    }
    Ok(())
}

fn step(book: &mut Book, words: &[&str]) -> Result<(), String> {
    match words {
        ["folder", path] => fs::create_dir_all(book.path(path)).map_err(|error| error.to_string()),
        ["symlink", target, link] => symlink(target, &book.path(link)),
        ["repeat", path, text, times] => {
            let times: usize = times.parse().map_err(|_| "the last word must be a number".to_owned())?;
            let mut bytes = read(book, path);
            bytes.extend(text.replace("\\n", "\n").into_bytes().repeat(times));
            book.file(path, &bytes);
            Ok(())
        }
        ["bytes", path, hex @ ..] => {
            let mut bytes = read(book, path);
            for byte in hex {
                bytes.push(
                    u8::from_str_radix(byte, 16)
                        .map_err(|_| format!("`{byte}` is not a byte in hexadecimal"))?,
                );
            }
            book.file(path, &bytes);
            Ok(())
        }
        ["crlf", path] => {
            let text = String::from_utf8_lossy(&read(book, path)).replace('\n', "\r\n");
            book.file(path, text.as_bytes());
            Ok(())
        }
        ["bom", path] => {
            let bytes = [b"\xef\xbb\xbf".as_slice(), &read(book, path)].concat();
            book.file(path, &bytes);
            Ok(())
        }
        ["protect", path] => protect(&book.path(path)),
        ["remove", path] => {
            let path = book.path(path);
            let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
            removed.map_err(|error| error.to_string())
        }
        ["take-port"] => {
            book.take_port();
            Ok(())
        }
        _ => Err("no such step; see tests/README.md for the list".into()),
    }
}

/// The file's bytes, nothing when it is not there yet.
fn read(book: &Book, path: &str) -> Vec<u8> {
    fs::read(book.path(path)).unwrap_or_default()
}

#[cfg(unix)]
fn symlink(target: &str, link: &Path) -> Result<(), String> {
    if let Some(parent) = link.parent() {
        fs::create_dir_all(parent).map_err(|error| error.to_string())?;
    }
    std::os::unix::fs::symlink(target, link).map_err(|error| error.to_string())
}

#[cfg(not(unix))]
fn symlink(_: &str, _: &Path) -> Result<(), String> {
    Err("links need a Unix system".into())
}

/// Makes a folder or file unwritable. The superuser may write anyway, so for them a folder is also made immutable where the system can.
fn protect(path: &Path) -> Result<(), String> {
    let mut permissions = fs::metadata(path).map_err(|error| error.to_string())?.permissions();
    permissions.set_readonly(true);
    fs::set_permissions(path, permissions).map_err(|error| error.to_string())
}

/// Lets a folder be written and removed again.
#[cfg(unix)]
pub fn writable(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    if let Ok(metadata) = fs::metadata(path)
        && metadata.permissions().readonly()
    {
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).ok();
    }
}

/// Lets a folder be written and removed again.
#[cfg(not(unix))]
pub fn writable(_: &Path) {}
