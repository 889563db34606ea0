//! The pictures that a build draws, icons and social cards, as files of a real build, decoded.

#![allow(clippy::disallowed_methods, reason = "a test sets the scene on disk")]

mod support;

use png::{ColorType, Decoder, Encoder, Transformations};
use std::collections::BTreeMap;
use std::io::Cursor;
use support::book::Book;
use support::{run, tree};

const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 100\">\
    <rect x=\"2\" y=\"2\" width=\"96\" height=\"96\" fill=\"#c00020\"/></svg>";

/// A picture as red, green, blue and alpha.
struct Picture {
    width: u32,
    height: u32,
    pixels: Vec<[u8; 4]>,
}

impl Picture {
    fn of(bytes: &[u8]) -> Self {
        let mut decoder = Decoder::new(Cursor::new(bytes));
        decoder.set_transformations(Transformations::normalize_to_color8() | Transformations::ALPHA);
        let mut reader = decoder.read_info().expect("a PNG");
        let mut data = vec![0; reader.output_buffer_size().expect("a size")];
        let frame = reader.next_frame(&mut data).expect("pixels");
        assert_eq!(frame.color_type, ColorType::Rgba);
        let pixels = data.chunks_exact(4).map(|four| [four[0], four[1], four[2], four[3]]).collect();
        Self { width: frame.width, height: frame.height, pixels }
    }

    fn at(&self, x: u32, y: u32) -> [u8; 4] {
        self.pixels[(y * self.width + x) as usize]
    }

    /// How many pixels have this colour, or nearly so.
    fn count(&self, colour: [u8; 3]) -> usize {
        let is_near =
            |pixel: &&[u8; 4]| pixel[3] > 200 && pixel.iter().zip(colour).all(|(a, b)| a.abs_diff(b) < 12);
        self.pixels.iter().filter(is_near).count()
    }

    /// The farthest pixel of this colour from the middle, as a share of the side.
    fn reach(&self, colour: [u8; 3]) -> f64 {
        let middle = f64::from(self.width - 1) / 2.0;
        let places = (0..self.height).flat_map(|y| (0..self.width).map(move |x| (x, y)));
        let marked =
            places.filter(|(x, y)| self.at(*x, *y).iter().zip(colour).all(|(a, b)| a.abs_diff(b) < 60));
        let far = marked.map(|(x, y)| (f64::from(x) - middle).hypot(f64::from(y) - middle));
        far.fold(0.0, f64::max) / f64::from(self.width)
    }
}

fn book(settings: &str) -> Book {
    let book = Book::new();
    book.file("book.toml", settings.as_bytes());
    book.file("content/index.md", b"# Calls returned\n\nWelcome.\n");
    book.file("content/calls/index.md", b"# Sell the call\n");
    book.file("content/calls/cut.md", "# The cut-off: say less, and stop – ёлка\n\nSay less.\n".as_bytes());
    book
}

fn build(book: &Book, more: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let mut command = run::ringback(book.root());
    command.args(["build", "--quiet"]).args(more);
    let output = run::finish(command, "").expect("the build ends");
    assert_eq!(output.code, Some(0), "{}{}", output.stdout, output.stderr);
    tree::read(&book.path("site"))
}

fn text<'a>(site: &'a BTreeMap<String, Vec<u8>>, path: &str) -> &'a str {
    std::str::from_utf8(&site[path]).expect("text")
}

/// The icons of the manifest and of the home page: purpose or relation to file.
fn icons(site: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Picture> {
    let manifest: serde_json::Value = serde_json::from_slice(&site["site.webmanifest"]).expect("JSON");
    let mut icons = BTreeMap::new();
    for icon in manifest["icons"].as_array().expect("icons") {
        let (src, sizes) = (icon["src"].as_str().expect("src"), icon["sizes"].as_str().expect("sizes"));
        let bytes = site.get(src).unwrap_or_else(|| panic!("{src} is not published"));
        if icon["type"] == "image/png" {
            let picture = Picture::of(bytes);
            assert_eq!(sizes, format!("{}x{}", picture.width, picture.height));
            icons.insert(format!("{} {sizes}", icon["purpose"].as_str().expect("a purpose")), picture);
        } else {
            assert!(bytes.starts_with(b"<svg") && sizes == "any");
        }
    }
    let touch = text(site, "index.html").split("apple-touch-icon\" href=\"/").nth(1).expect("a touch icon");
    icons.insert("touch".to_owned(), Picture::of(&site[touch.split('"').next().expect("an address")]));
    icons
}

#[test]
fn every_site_has_icons_whose_mark_no_mask_cuts() {
    let icons = icons(&build(&book("[book]\ntitle = \"Calls returned\"\n"), &[]));
    let sizes: Vec<_> = icons.iter().map(|(name, icon)| (name.as_str(), icon.width, icon.height)).collect();
    assert_eq!(
        sizes,
        [
            ("any 192x192", 192, 192),
            ("any 512x512", 512, 512),
            ("maskable 512x512", 512, 512),
            ("touch", 180, 180)
        ]
    );
    let (green, white) = ([0x0a, 0x68, 0x47], [255, 255, 255]);
    for (name, icon) in &icons {
        assert!(icon.count(green) > 10_000 && icon.count(white) > 1_000, "{name} is blank");
    }
    assert_eq!(icons["any 512x512"].at(0, 0)[3], 0, "the rounded corners are open");
    assert_eq!(icons["maskable 512x512"].at(0, 0), [0x0a, 0x68, 0x47, 255], "the ground fills the square");
    assert!(icons["maskable 512x512"].reach(white) < 0.4);
}

#[test]
fn an_icon_without_a_ground_of_its_own_gets_one_and_stays_inside_the_safe_circle() {
    let book = book("[book]\ntitle = \"Calls returned\"\nicon = \"content/img/mark.svg\"\n");
    // A triangle that touches three sides.
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 100\"><path d=\"M50 0 100 100H0z\" fill=\"#c00020\"/></svg>";
    book.file("content/img/mark.svg", svg.as_bytes());
    let icons = icons(&build(&book, &[]));
    let red = [0xc0, 0x00, 0x20];
    let maskable = &icons["maskable 512x512"];
    assert_eq!(maskable.at(0, 0), [0xf8, 0xfa, 0xf8, 255]);
    let reach = maskable.reach(red);
    assert!(reach > 0.35 && reach < 0.4, "{reach}");
    assert!(icons["any 512x512"].reach(red) > 0.6);
    assert_eq!(icons["touch"].at(0, 0)[3], 255);
}

#[test]
fn a_picture_of_the_playbooks_own_is_in_every_icon_and_in_the_header() {
    let book = book("[book]\ntitle = \"Calls returned\"\nicon = \"content/img/mark.png\"\n");
    let mut png = Vec::new();
    let mut encoder = Encoder::new(&mut png, 600, 600);
    encoder.set_color(ColorType::Rgb);
    encoder
        .write_header()
        .and_then(|mut writer| writer.write_image_data(&[10, 40, 200].repeat(360_000)))
        .expect("written");
    book.file("content/img/mark.png", &png);
    let site = build(&book, &[]);
    for (name, icon) in icons(&site) {
        assert_eq!(icon.count([10, 40, 200]), icon.pixels.len(), "{name}");
    }
    let home = text(&site, "index.html");
    assert!(home.contains("<img class=\"brand-mark\" src=\"/assets/icon-192-"), "{home}");
    assert!(!home.contains("image/svg+xml"), "no other mark is named");
}

/// The addresses of a page's card, without the site's.
fn card_of(html: &str) -> Option<&str> {
    let address = html.split("og:image\" content=\"").nth(1)?.split('"').next()?;
    Some(address.strip_prefix("https://calls.example/book/").expect("a whole address"))
}

#[test]
fn cards_need_an_address_and_are_one_for_the_site_or_one_for_each_page() {
    let base = ["--base-url", "https://calls.example/book/"];
    let none = build(&book("[book]\ntitle = \"Calls returned\"\n"), &[]);
    assert!(
        none.keys().all(|path| !path.contains("/social-")) && card_of(text(&none, "index.html")).is_none()
    );
    let off = build(&book("[book]\ntitle = \"Calls returned\"\n[output]\ncards = \"none\"\n"), &base);
    assert!(off.keys().all(|path| !path.contains("/social-")));

    let site = build(&book("[book]\ntitle = \"Calls returned\"\n"), &base);
    let shared = card_of(text(&site, "index.html")).expect("a card");
    assert_eq!(card_of(text(&site, "calls/cut/index.html")), Some(shared));
    assert_eq!(site.keys().filter(|path| path.contains("/social-")).count(), 1);

    let pages = build(&book("[book]\ntitle = \"Calls returned\"\n[output]\ncards = \"pages\"\n"), &base);
    let own = card_of(text(&pages, "calls/cut/index.html")).expect("a card");
    assert_ne!(own, shared);
    assert_eq!(card_of(text(&pages, "index.html")), Some(shared));
    assert_ne!(card_of(text(&pages, "calls/index.html")), Some(own));
    let html = text(&pages, "calls/cut/index.html");
    for part in [
        "og:image:width\" content=\"1200\"",
        "og:image:height\" content=\"630\"",
        "og:image:alt\" content=\"The cut-off: say less, and stop",
        "twitter:card\" content=\"summary_large_image\"",
    ] {
        assert!(html.contains(part), "{part}");
    }
    for path in [own, shared] {
        let card = Picture::of(&pages[path]);
        assert_eq!((card.width, card.height), (1200, 630));
        let (ink, green) = (card.count([20, 32, 26]), card.count([10, 104, 71]));
        assert!(ink > 3_000 && green > 3_000, "{path}: {ink} pixels of the title, {green} of the mark");
        assert!(pages[path].len() <= 40_000, "{path} holds {} bytes", pages[path].len());
    }
    let worker = text(&pages, "sw.js");
    assert!(!worker.contains("/social-"), "cards are for other sites: no reader's browser keeps them");
}

#[test]
fn a_page_may_have_a_picture_of_its_own() {
    let book = book("[book]\ntitle = \"Calls returned\"\nbase_url = \"https://calls.example/book/\"\n");
    book.file("content/calls/desk.svg", SVG.as_bytes());
    book.file("content/calls/desk.md", b"---\nimage: desk.svg\nimage_alt: A desk\n---\n\n# Desk\n");
    let site = build(&book, &[]);
    let html = text(&site, "calls/desk/index.html");
    assert_eq!(card_of(html), Some("calls/desk.svg"));
    assert!(
        html.contains("og:image:alt\" content=\"A desk\"")
            && html.contains("og:image:width\" content=\"100\"")
    );
}

#[test]
fn two_builds_draw_the_same_bytes_with_any_number_of_threads() {
    let settings = "[book]\ntitle = \"Calls returned\"\nicon = \"content/mark.svg\"\n\
                    base_url = \"https://calls.example/book/\"\n[output]\ncards = \"pages\"\n";
    let sites = ["1", "2", "7"].map(|threads| {
        let book = book(settings);
        book.file("content/mark.svg", SVG.as_bytes());
        let mut command = run::ringback(book.root());
        command.env("RAYON_NUM_THREADS", threads).args(["build", "--quiet"]);
        assert_eq!(run::finish(command, "").expect("the build ends").code, Some(0));
        let mut site = tree::read(&book.path("site"));
        site.retain(|path, _| path.contains("/icon-") || path.contains("/social-"));
        site
    });
    assert!(sites[0].len() >= 6, "{:?}", sites[0].keys());
    assert!(sites.iter().all(|site| *site == sites[0]));
}

#[test]
fn a_package_holds_icons_and_no_cards() {
    let book = book("[book]\ntitle = \"Calls returned\"\nbase_url = \"https://calls.example/book/\"\n");
    let mut command = run::ringback(book.root());
    command.args(["package", "--format", "scorm12", "--output", "calls.zip"]);
    let output = run::finish(command, "").expect("the package is made");
    assert_eq!(output.code, Some(0), "{}{}", output.stdout, output.stderr);
    let bytes = std::fs::read(book.path("calls.zip")).expect("a package");
    let holds = |name: &[u8]| bytes.windows(name.len()).any(|part| part == name);
    assert!(holds(b"assets/icon-touch-") && !holds(b"assets/social-"));
}
