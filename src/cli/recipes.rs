//! `ringback new --ci NAME`: what publishes a playbook on a host, from `recipes/`.

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use include_dir::{Dir, include_dir};
use std::fs;
use std::path::Path;

static RECIPES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/recipes");

/// Where a playbook is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Recipe {
    /// GitHub Pages, by a workflow of GitHub Actions
    Github,
    /// GitLab Pages, by GitLab CI
    Gitlab,
    /// Netlify
    Netlify,
    /// Cloudflare Pages, by a workflow of GitHub Actions
    Cloudflare,
    /// A bucket of S3, with or without `CloudFront`
    S3,
    /// A server of one's own with nginx
    Nginx,
    /// A container with the site and nginx
    Container,
}

impl Recipe {
    fn folder(self) -> Option<&'static Dir<'static>> {
        let name = self.to_possible_value()?;
        RECIPES.get_dir(name.get_name())
    }

    /// Puts its files into a playbook's folder and names them; a file that is there already stays, and is an error.
    pub(super) fn lay_down(self, root: &Path) -> Result<Vec<String>> {
        let mut files = Vec::new();
        if let Some(folder) = self.folder() {
            collect(folder, folder.path(), &mut files);
        }
        for (path, _) in &files {
            if fs::symlink_metadata(root.join(path)).is_ok() {
                bail!(
                    "{path} is there already, and it will not be touched\nhelp: move it away to have the new one"
                );
            }
        }
        for (path, contents) in &files {
            let to = root.join(path);
            let context = || format!("cannot write {}", to.display());
            fs::create_dir_all(to.parent().unwrap_or(root)).with_context(context)?;
            fs::write(&to, contents).with_context(context)?;
            #[cfg(unix)]
            if contents.starts_with(b"#!") {
                use std::os::unix::fs::PermissionsExt;
                fs::set_permissions(&to, fs::Permissions::from_mode(0o755)).with_context(context)?;
            }
        }
        Ok(files.into_iter().map(|(path, _)| path).collect())
    }
}

fn collect(folder: &'static Dir<'static>, root: &Path, files: &mut Vec<(String, &'static [u8])>) {
    for file in folder.files() {
        let path = file.path().strip_prefix(root).unwrap_or(file.path());
        files.push((path.to_string_lossy().replace('\\', "/"), file.contents()));
    }
    for inner in folder.dirs() {
        collect(inner, root, files);
    }
}
