//! Which language a page is written in: the one chosen by hand, else the browser's first that we speak.

use axum::http::{HeaderMap, header};
use guichet_domain::lang::Lang;

/// The cookie that keeps a language chosen by hand.
pub(crate) const LANGUAGE_COOKIE: &str = "guichet_lang";

/// The language for a request; French where nothing is said.
pub(crate) fn language(headers: &HeaderMap) -> Lang {
    chosen(headers)
        .or_else(|| accepted(headers))
        .unwrap_or(Lang::Fr)
}

fn chosen(headers: &HeaderMap) -> Option<Lang> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == LANGUAGE_COOKIE)
        .and_then(|(_, code)| Lang::ALL.into_iter().find(|lang| lang.code() == code))
}

/// The one wished most; the first of equals.
fn accepted(headers: &HeaderMap) -> Option<Lang> {
    let value = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let mut best: Option<(Lang, f32)> = None;
    for range in value.split(',').take(20) {
        let mut parts = range.split(';');
        let Some(lang) = parts.next().map(str::trim).and_then(Lang::from_tag) else {
            continue;
        };
        let weight = parts
            .find_map(|part| part.trim().strip_prefix("q=")?.parse::<f32>().ok())
            .unwrap_or(1.0);
        if weight > 0.0 && best.is_none_or(|(_, most)| weight > most) {
            best = Some((lang, weight));
        }
    }
    best.map(|(lang, _)| lang)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn check(accept: &'static str, cookie: &'static str, expected: Lang) {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static(accept));
        headers.insert(header::COOKIE, HeaderValue::from_static(cookie));
        assert_eq!(language(&headers), expected, "{accept} {cookie}");
    }

    #[test]
    fn a_language_chosen_by_hand_wins_then_the_one_wished_most() {
        check("en-GB,en;q=0.9,fr;q=0.8", "", Lang::En);
        check("de,fr;q=0.5,en;q=0.7", "", Lang::En);
        check("en;q=0, fr;q=0.1", "", Lang::Fr);
        check("de", "", Lang::Fr);
        check("en", "guichet_lang=fr", Lang::Fr);
        check("en", "a=b; guichet_lang=xx", Lang::En);
    }
}
