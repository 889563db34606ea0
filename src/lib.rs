//! Ringback turns a folder of markdown and rules into a sales-training site.
