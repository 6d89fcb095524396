//! Pages the server renders: the frame around them, their stylesheet, and the headers that keep
//! them safe. No script runs in them, none of another site frames them, nothing of theirs is
//! cached or told to others; `maud` escapes every text. Used by the console and by the shopper's
//! pages; what stands in them lives there.

mod accept;
pub(crate) mod fields;

pub(crate) use accept::language;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use guichet_domain::lang::Lang;
use maud::{DOCTYPE, Markup, html};
use sha2::{Digest as _, Sha256};
use std::sync::LazyLock;

/// What a page may load and do: our stylesheet, our pictures, forms to us.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// A stylesheet, at an address named by its content so that a browser may keep it for ever.
pub(crate) struct Style {
    text: &'static str,
    path: String,
}

/// Of the console and the shopper's pages.
pub(crate) static STYLE: LazyLock<Style> =
    LazyLock::new(|| Style::new("pages", include_str!("html/pages.css")));
/// Of reports and digests.
pub(crate) static REPORT_STYLE: LazyLock<Style> =
    LazyLock::new(|| Style::new("report", guichet_report::page::STYLE));

impl Style {
    fn new(name: &str, text: &'static str) -> Self {
        let digest = Sha256::digest(text);
        let mut first = [0; 8];
        first.copy_from_slice(&digest[..8]);
        let path = format!("/{name}.{:016x}.css", u64::from_be_bytes(first));
        Self { text, path }
    }

    /// Its address.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }

    fn respond(&self) -> Response {
        let headers = [
            (header::CONTENT_TYPE, "text/css; charset=utf-8"),
            (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        ];
        (headers, self.text).into_response()
    }
}

/// `GET` of [`STYLE`].
pub(crate) async fn style() -> Response {
    STYLE.respond()
}

/// `GET` of [`REPORT_STYLE`].
pub(crate) async fn report_style() -> Response {
    REPORT_STYLE.respond()
}

/// A whole page.
pub(crate) struct Page {
    pub(crate) lang: Lang,
    /// What the tab says; the heading is in `main`.
    pub(crate) title: String,
    /// What stands above: the shop's name, ways to other pages.
    pub(crate) header: Markup,
    /// The page itself.
    pub(crate) main: Markup,
    /// Whether it takes the width of a screen, for lists, or that of a text.
    pub(crate) wide: bool,
}

impl Page {
    /// The page as an answer.
    pub(crate) fn respond(self, status: StatusCode) -> Response {
        let markup = html! {
            (DOCTYPE)
            html lang=(self.lang.code()) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="robots" content="noindex";
                    title { (self.title) }
                    link rel="stylesheet" href=(STYLE.path());
                }
                body {
                    a.skip href="#main" { (self.lang.pick("Aller au contenu", "Skip to the content")) }
                    (self.header)
                    main #main.wide[self.wide] { (self.main) }
                }
            }
        };
        guarded(status, markup.into_string())
    }
}

/// A page with the headers that keep it safe.
pub(crate) fn guarded(status: StatusCode, page: String) -> Response {
    let mut response = (status, page).into_response();
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Picks one of two wordings that stand side by side where they are used.
pub(crate) trait Pick {
    /// The one in this language.
    fn pick<'a>(self, fr: &'a str, en: &'a str) -> &'a str;
}

impl Pick for Lang {
    fn pick<'a>(self, fr: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Fr => fr,
            Self::En => en,
        }
    }
}
