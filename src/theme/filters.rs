//! What templates can call: `url`, `absolute`, `fill`, `asset`, `integrity`, `words`.
//!
//! Every address that a template prints goes through `url` or `asset`, so the site works under any path.

use super::strings::{Strings, fill};
use crate::assets::Published;
use crate::config::Config;
use std::sync::Arc;
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

/// Names that `fill` puts into a text.
const NAMES: [&str; 12] =
    ["n", "name", "title", "method", "date", "seconds", "limit", "low", "high", "before", "after", "verdict"];

/// Registers all of them; this comes before the templates, which name them.
pub(super) fn register(tera: &mut Tera, config: &Config, assets: &Arc<Published>, strings: &Arc<Strings>) {
    let base_path = config.base_path.clone();
    tera.register_filter("url", move |path: &str, _: Kwargs, _: &State| url(&base_path, path));
    let base_url = config.base_url.clone().unwrap_or_else(|| config.base_path.clone());
    tera.register_filter("absolute", move |path: &str, _: Kwargs, _: &State| url(&base_url, path));
    tera.register_filter("fill", |text: &Value, kwargs: Kwargs, _: &State| fill_filter(text, &kwargs));
    let published = assets.clone();
    tera.register_function("asset", move |kwargs: Kwargs, _: &State| -> TeraResult<String> {
        let path = kwargs.must_get::<&str>("path")?;
        published.find(path).map(|asset| asset.url.clone()).ok_or_else(|| no_such_file(path))
    });
    let published = assets.clone();
    tera.register_function("integrity", move |kwargs: Kwargs, _: &State| -> TeraResult<String> {
        let path = kwargs.must_get::<&str>("path")?;
        published.find(path).map(|asset| asset.integrity.clone()).ok_or_else(|| no_such_file(path))
    });
    let strings = strings.clone();
    tera.register_function("words", move |kwargs: Kwargs, _: &State| -> TeraResult<String> {
        Ok(words(&strings, kwargs.must_get::<&str>("of")?))
    });
}

/// The words that a script needs, as JSON for a `data-words` attribute: `words(of="quiz_ close")` are all whose
/// name starts with `quiz_`, and `close`.
fn words(strings: &Strings, of: &str) -> String {
    let wanted = |name: &str| {
        of.split(' ').any(|part| if part.ends_with('_') { name.starts_with(part) } else { name == part })
    };
    let chosen =
        strings.names().filter(|name| wanted(name)).map(|name| (name.to_owned(), strings.forms(name)));
    serde_json::Value::Object(chosen.collect()).to_string()
}

/// A site path under the site's own path; whole addresses and anchors stay as they are.
pub(crate) fn url(base: &str, path: &str) -> String {
    let is_whole = path.starts_with('#') || path.contains("://") || path.starts_with("mailto:");
    if is_whole { path.to_owned() } else { format!("{base}{path}") }
}

fn no_such_file(path: &str) -> Error {
    Error::message(format!("the theme has no file `{path}`"))
}

/// `{{ t.minutes | fill(n=3) }}`: the right form for the number, with names filled in.
fn fill_filter(text: &Value, kwargs: &Kwargs) -> TeraResult<String> {
    let mut values = Vec::new();
    for name in NAMES {
        if let Some(value) = kwargs.get::<&Value>(name)? {
            values.push((name, value.to_string()));
        }
    }
    let number = kwargs.get::<&Value>("n")?.and_then(Value::as_i64);
    let form = match text.as_map() {
        Some(forms) => {
            let wanted = if number == Some(1) { "one" } else { "other" };
            forms.get(&tera::value::Key::from(wanted)).and_then(Value::as_str)
        }
        None => text.as_str(),
    };
    let form =
        form.ok_or_else(|| Error::message("`fill` wants a text, or one with the forms `one` and `other`"))?;
    Ok(fill(form, &values))
}
