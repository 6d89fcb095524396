//! What every page asks of a request: in which language and for which shop, and of a form, that
//! it comes from a page of ours.

use crate::App;
use crate::claims::refused::Refused;
use crate::claims::upload::{Upload, is_upload};
use crate::error::ApiError;
use crate::extract::Admitted;
use crate::html::fields::Fields;
use crate::html::language;
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use guichet_domain::event::RandomId;
use guichet_domain::lang::Lang;
use guichet_domain::site::Site;
use std::collections::BTreeMap;

/// The part of an address behind `?`, with the sender's language.
pub(super) struct Asked {
    pub(super) sender: Admitted,
    values: BTreeMap<String, String>,
    /// The first of the browser's languages that we speak.
    lang: Lang,
}

impl FromRequestParts<App> for Asked {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let sender = Admitted::from_request_parts(parts, app).await?;
        // What cannot be read prefills nothing.
        let values = Query::<BTreeMap<String, String>>::from_request_parts(parts, app).await;
        Ok(Self {
            sender,
            values: values.map(|Query(values)| values).unwrap_or_default(),
            lang: language(&parts.headers),
        })
    }
}

impl Asked {
    pub(super) fn get(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }

    pub(super) fn lang(&self, site: &Site) -> Lang {
        chosen(self.get("lang"), self.lang, site)
    }
}

/// The language named, else the browser's, as far as the site speaks it.
fn chosen(named: &str, browser: Lang, site: &Site) -> Lang {
    let named = Lang::ALL.into_iter().find(|lang| lang.code() == named);
    site.locale_for(named.unwrap_or(browser).code())
}

/// The site named, else the first that takes claims.
pub(super) fn site<'a>(app: &'a App, named: &str) -> Result<&'a Site, Refused> {
    let site = if named.is_empty() {
        app.shops.desk_or_first("")
    } else {
        app.shops.site(named).filter(|site| site.claims.is_some())
    };
    site.ok_or_else(|| Refused::NoDesk(named.to_owned()))
}

/// A form of one of our pages, with files or without.
pub(super) struct Sent {
    pub(super) sender: Admitted,
    pub(super) upload: Upload,
    lang: Lang,
}

impl Sent {
    pub(super) fn get(&self, name: &str) -> &str {
        self.upload.text(name)
    }

    pub(super) fn lang(&self, site: &Site) -> Lang {
        chosen(self.get("lang"), self.lang, site)
    }

    /// The key drawn when the form was shown.
    pub(super) fn key(&self) -> Result<RandomId, Refused> {
        let text = serde_json::Value::String(self.get("key").to_owned());
        serde_json::from_value(text).map_err(|_no_key| Refused::BadForm)
    }
}

impl FromRequest<App> for Sent {
    type Rejection = ApiError;

    async fn from_request(request: Request, app: &App) -> Result<Self, ApiError> {
        if !is_of_this_site(request.headers()) {
            return Err(Refused::CrossSite.into());
        }
        let (mut parts, body) = request.into_parts();
        let sender = Admitted::from_request_parts(&mut parts, app).await?;
        let lang = language(&parts.headers);
        let request = Request::from_parts(parts, body);
        let upload = if is_upload(&request) {
            Upload::read(app, request).await?
        } else {
            Upload {
                texts: Fields::from_request(request, app).await?.into_pairs(),
                files: Vec::new(),
            }
        };
        Ok(Self {
            sender,
            upload,
            lang,
        })
    }
}

/// Whether a form was sent by a page of ours. Browsers say so in `Sec-Fetch-Site`, older ones in
/// `Origin`; who sends neither is no browser, and has nobody's forms to abuse.
fn is_of_this_site(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(from) = text("sec-fetch-site") {
        return matches!(from, "same-origin" | "none");
    }
    let Some(origin) = headers.get(header::ORIGIN) else {
        return true;
    };
    let host = text("host").unwrap_or_default();
    let origin = origin.to_str().unwrap_or_default();
    let (_, authority) = origin.split_once("://").unwrap_or_default();
    !host.is_empty() && authority.eq_ignore_ascii_case(host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue};

    #[test]
    fn a_form_of_another_site_is_told_apart() {
        let check = |pairs: &[(&'static str, &'static str)], expected| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static("aide.example:8080"));
            for (name, value) in pairs {
                headers.insert(
                    HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                );
            }
            assert_eq!(is_of_this_site(&headers), expected, "{pairs:?}");
        };
        check(&[], true);
        check(&[("sec-fetch-site", "same-origin")], true);
        check(&[("sec-fetch-site", "none")], true);
        check(&[("sec-fetch-site", "cross-site")], false);
        check(&[("sec-fetch-site", "same-site")], false);
        check(&[("origin", "https://aide.example:8080")], true);
        check(&[("origin", "https://evil.example")], false);
        check(&[("origin", "null")], false);
        let both = [
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://aide.example:8080"),
        ];
        check(&both, false);
    }
}
