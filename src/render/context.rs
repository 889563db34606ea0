//! What templates get to see: the template contract. Every key is always there, empty where there is nothing.

use crate::book::PageImage;
use serde::Serialize;

/// A page, as every template knows it under `page`.
#[derive(Debug, Default, Serialize)]
pub(super) struct PageContext {
    /// The title in lists and shared links.
    pub(super) title: String,
    /// The first heading.
    pub(super) heading: String,
    /// The title in the browser's tab.
    pub(super) head_title: String,
    /// One or two sentences.
    pub(super) description: String,
    /// The whole address, if the playbook says where it will live.
    pub(super) canonical: String,
    /// Kept out of search engines.
    pub(super) noindex: bool,
    /// `website` or `article`.
    pub(super) og_type: &'static str,
    /// Modules that this page fetches on top of those that every page has.
    pub(super) modules: Vec<ModuleLink>,
    /// Style sheets that this page has on top of the one that every page has.
    pub(super) styles: Vec<ModuleLink>,
    /// Site path of a JSON file that the page's modules will ask for, or nothing.
    pub(super) preload: String,
    /// The way from home to the page, without the page itself.
    pub(super) breadcrumbs: Vec<Link>,
    /// Headings, if there are enough to be worth a list.
    pub(super) toc: Vec<TocEntry>,
    /// The line above the heading.
    pub(super) eyebrow: String,
    /// Methods that the page belongs to.
    pub(super) methods: Vec<Link>,
    /// Rules that the page teaches.
    pub(super) rules: Vec<Link>,
    /// Minutes to read; 0 on pages that are not read.
    pub(super) minutes: u32,
    /// Where the text can be edited.
    pub(super) edit_url: String,
    /// Day of the last change.
    pub(super) updated: String,
    /// The page before.
    pub(super) previous: Option<Link>,
    /// The page after.
    pub(super) next: Option<Link>,
    /// Pages below this one.
    pub(super) children: Vec<Link>,
    /// The gallery of examples, on the home page.
    pub(super) gallery: String,
    /// The author's own picture for shared links, in place of a card.
    #[serde(skip)]
    pub(super) image: Option<CardLink>,
}

/// The picture that other sites show for a link to a page, as templates know it under `card`.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct CardLink {
    /// Its whole address, or nothing.
    pub(super) url: String,
    /// What it shows.
    pub(super) alt: String,
    /// In pixels; 0 where nobody knows.
    pub(super) width: u32,
    /// In pixels; 0 where nobody knows.
    pub(super) height: u32,
}

impl From<&PageImage> for CardLink {
    fn from(image: &PageImage) -> Self {
        let (width, height) = image.size.unwrap_or_default();
        let narrow = |pixels: usize| u32::try_from(pixels).unwrap_or(0);
        Self { url: image.url.clone(), alt: image.alt.clone(), width: narrow(width), height: narrow(height) }
    }
}

/// A title, where it leads, and a few words about it.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Link {
    /// What to call it.
    pub(super) title: String,
    /// Site path.
    pub(super) url: String,
    /// A sentence, or nothing.
    pub(super) description: String,
    /// A word or two, such as why it is in this list.
    pub(super) note: String,
}

impl Link {
    /// A link with nothing but its title.
    pub(super) fn new(title: &str, url: &str) -> Self {
        Self { title: title.to_owned(), url: url.to_owned(), ..Self::default() }
    }
}

/// An entry of the navigation.
#[derive(Debug, Clone, Serialize)]
pub(super) struct NavItem {
    /// What to call it.
    pub(super) title: String,
    /// Site path.
    pub(super) url: String,
    /// The area that it stands for: `lessons`, `examples`, `rules`, `methods`, `quizzes`, `lab`, `glossary`.
    pub(super) key: &'static str,
}

/// A heading in the on-this-page list.
#[derive(Debug, Serialize)]
pub(super) struct TocEntry {
    /// 2 or 3.
    pub(super) level: u8,
    /// Its anchor.
    pub(super) id: String,
    /// Its text.
    pub(super) title: String,
}

/// A module to fetch early.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ModuleLink {
    /// Published address.
    pub(super) url: String,
    /// Its hash.
    pub(super) integrity: String,
}

/// A section of the sidebar or of the contents page.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct SectionEntry {
    /// What to call it.
    pub(super) title: String,
    /// Site path.
    pub(super) url: String,
    /// Its lessons; empty where the section is closed.
    pub(super) pages: Vec<Link>,
    /// Sections inside it; empty where the section is closed.
    pub(super) sections: Vec<SectionEntry>,
}

/// The site, as every template knows it under `site`.
#[derive(Debug, Serialize)]
pub(super) struct SiteContext {
    /// `[book] title`.
    pub(super) title: String,
    /// `[book] description`.
    pub(super) description: String,
    /// `[book] language`.
    pub(super) language: String,
    /// `ltr` or `rtl`.
    pub(super) direction: &'static str,
    /// Site path of the home page.
    pub(super) home: String,
    /// The content security policy.
    pub(super) policy: &'static str,
    /// The address of the mark as SVG, or nothing.
    pub(super) icon_svg: String,
    /// The address of the mark as PNG.
    pub(super) icon_png: String,
    /// The address of the mark for the home screen of a phone.
    pub(super) icon_touch: String,
    /// Whether the mark is the playbook's own.
    pub(super) icon_is_own: bool,
    /// Site path of the worker that keeps the site in the browser, or nothing.
    pub(super) worker: &'static str,
    /// Site path of the feed, or nothing.
    pub(super) feed: String,
    /// Site path of the page of search, or nothing.
    pub(super) search: &'static str,
    /// Site path of the rules' program, or nothing.
    pub(super) program: String,
    /// Site path of the list of all quizzes for scripts, or nothing.
    pub(super) bank: String,
    /// Modules that every page fetches.
    pub(super) modules: Vec<ModuleLink>,
    /// The areas of the site.
    pub(super) nav: Vec<NavItem>,
    /// Links of the footer.
    pub(super) footer: Vec<Link>,
}
