//! What the test programs share: a case file, a playbook in a temporary folder, a run of the real binary, and a diff.

#![allow(dead_code, unreachable_pub, reason = "each test program uses its own part of this module")]

pub mod book;
pub mod case;
pub mod expected;
pub mod run;
pub mod server;
pub mod setup;
pub mod tree;

/// True when the person running the tests asked for expectations to be rewritten.
pub fn updating() -> bool {
    std::env::var_os("UPDATE").is_some_and(|value| value == "1")
}
