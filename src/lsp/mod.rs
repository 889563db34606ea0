//! The language server: what an editor asks while somebody writes, answered from the same stages as a build.
//!
//! ```text
//! bytes ─wire→ messages ─server→ requests ─▶ complete, hover, navigate, rename
//!                                 changes ─▶ Analysis: sources with unsaved texts → Understood, places of all names
//! ```
//!
//! Reads and writes nothing itself: `cli` hands it messages and carries its answers away, `load` reads the disk.

mod analysis;
mod complete;
mod context;
mod files;
mod hover;
mod navigate;
mod places;
mod publish;
mod rename;
mod server;
mod text;
pub mod wire;

pub use server::Server;
