//! `ringback new DIR`: a playbook that builds, teaches its own formats and passes `check`.

use super::recipes::Recipe;
use super::{Exit, Terminal};
use anyhow::{Context, Result, bail};
use include_dir::{Dir, include_dir};
use std::fs;
use std::path::{Path, PathBuf};

/// The pages of a new playbook.
static STARTER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/starter");
/// The shipped rules; a trainer gets a copy and owns it.
static RULES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/content/rules");
static METHODS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/content/methods");
static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/content/templates");
static LEXICON: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/content/lexicon");

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct NewArgs {
    #[command(subcommand)]
    pub(super) what: Option<super::begin::Kind>,
    /// The folder to make; it must be empty if it exists
    #[arg(default_value = "playbook")]
    dir: PathBuf,
    /// The playbook's name
    #[arg(long, default_value = "Our playbook")]
    title: String,
    /// Also what publishes it there; a playbook that exists gets that alone
    #[arg(long, value_name = "HOST")]
    ci: Option<Recipe>,
}

pub(super) fn run(args: &NewArgs, terminal: &mut Terminal<'_>) -> Result<Exit> {
    let dir = &args.dir;
    if dir.exists() && !dir.is_dir() {
        bail!("{} is a file\nhelp: name a folder that does not exist yet", dir.display());
    }
    if let Some(recipe) = args.ci.filter(|_| dir.join("book.toml").is_file()) {
        return lay_recipe(recipe, dir, terminal);
    }
    let mut entries = if dir.is_dir() {
        fs::read_dir(dir).with_context(|| format!("cannot open {}", dir.display()))?.count()
    } else {
        0
    };
    // A folder that only git has been in is as good as empty.
    if dir.join(".git").exists() {
        entries -= 1;
    }
    if entries > 0 {
        bail!(
            "the folder {} is not empty, and nothing in it will be touched\nhelp: name a folder that does not exist yet",
            dir.display()
        );
    }
    let mut count = lay_down(&STARTER, dir)?;
    for (name, folder) in
        [("rules", &RULES), ("methods", &METHODS), ("templates", &TEMPLATES), ("lexicon", &LEXICON)]
    {
        count += lay_down(folder, &dir.join("content").join(name))?;
    }
    put(&dir.join("book.toml"), book_toml(&args.title).as_bytes())?;
    put(&dir.join(".gitignore"), b"/site/\n/.ringback-links.json\n")?;
    if let Some(recipe) = args.ci {
        lay_recipe(recipe, dir, terminal)?;
    }
    if !terminal.quiet {
        writeln!(terminal.err, "{} files in {}", count + 2, dir.display())?;
        writeln!(terminal.err, "next: `ringback --root {} serve --open`", dir.display())?;
    }
    Ok(Exit::Fine)
}

fn lay_recipe(recipe: Recipe, dir: &Path, terminal: &mut Terminal<'_>) -> Result<Exit> {
    for path in recipe.lay_down(dir)? {
        if !terminal.quiet {
            writeln!(terminal.err, "{}", dir.join(path).display())?;
        }
    }
    Ok(Exit::Fine)
}

fn lay_down(folder: &Dir<'_>, to: &Path) -> Result<usize> {
    let mut count = 0;
    for file in folder.files() {
        put(&to.join(file.path()), file.contents())?;
        count += 1;
    }
    for inner in folder.dirs() {
        count += lay_down(inner, to)?;
    }
    Ok(count)
}

fn put(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

fn book_toml(title: &str) -> String {
    let title = toml_string(title);
    format!(
        "# The settings of this playbook. Only the title has to be here.\n\
         [book]\n\
         title = {title}\n\
         description = \"How we get our calls returned\"\n\
         language = \"en\"\n\
         # The method that scripts are graded under where none is named.\n\
         method = \"sell-the-call\"\n\
         # Where the site will live; needed for the sitemap, the feed and shared links.\n\
         # base_url = \"https://example.com/playbook/\"\n\
         # edit_url = \"https://github.com/acme/playbook/edit/main/{{path}}\"\n\
         \n\
         [output]\n\
         # Ask git when each page last changed.\n\
         last_updated = false\n"
    )
}

fn toml_string(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
