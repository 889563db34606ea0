//! Ringback turns a folder of markdown and rules into a sales-training site.
//!
//! The modules in the order in which a build runs through them; ARCHITECTURE.md tells the rest.

pub mod assets;
pub mod book;
pub mod config;
pub mod diag;
pub mod engine;
pub mod highlight;
pub mod html;
pub mod labels;
pub mod load;
pub mod parse;
pub mod render;
pub mod resolve;
pub mod rules;
pub mod site;
pub mod slug;
pub mod source;
pub mod theme;
pub mod tree;
pub mod yaml;
