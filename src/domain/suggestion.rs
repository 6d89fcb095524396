//! Which questions belong to the page a shopper is on: by its address, by what it says of itself, by the state of the
//! order it is about. Patterns are the merchant's, addresses the page's: any text is compared without a panic.

use serde::{Deserialize, Serialize};

/// When questions are suggested. Each list that is not empty must agree.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// Patterns of the path of an address, such as `/produits/*`; `*` stands for any text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub urls: Vec<String>,
    /// Words the page says of itself: `product`, `cart`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<String>,
    /// States of the order the page is about: `shipped`, `delivered`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub orders: Vec<String>,
}

/// What is known of the page.
#[derive(Clone, Copy, Debug, Default)]
pub struct Page<'a> {
    /// The path of its address.
    pub path: &'a str,
    /// What it says of itself; empty where it says nothing.
    pub page: &'a str,
    /// The state of the order it is about; empty where it is about none.
    pub order: &'a str,
}

impl When {
    /// Whether it says nothing at all, and so never matches.
    pub fn is_empty(&self) -> bool {
        self.urls.is_empty() && self.pages.is_empty() && self.orders.is_empty()
    }

    /// Whether the questions belong to a page.
    pub fn matches(&self, page: &Page<'_>) -> bool {
        let says = |words: &[String], word: &str| {
            words.is_empty() || words.iter().any(|own| own.as_str() == word)
        };
        let at = self.urls.is_empty() || self.urls.iter().any(|url| fits(url, page.path));
        !self.is_empty() && at && says(&self.pages, page.page) && says(&self.orders, page.order)
    }
}

/// Whether `path` is what `pattern` describes. Linear in the path for each `*`: a pattern cannot be made slow.
fn fits(pattern: &str, path: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = path.strip_prefix(first) else {
        return false;
    };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        // The earliest place leaves the most to what follows.
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_text() {
        for (pattern, path, expected) in [
            ("/retours", "/retours", true),
            ("/retours", "/retours/2", false),
            ("/produits/*", "/produits/tente", true),
            ("/produits/*", "/compte/produits/", false),
            ("*/panier", "/fr/panier", true),
            ("/a*b*c", "/a1b2bc", true),
            ("/a*b*c", "/a1c2b", false),
            ("/a*a", "/a", false),
            ("*", "", true),
            ("", "/", false),
            ("/é*", "/été", true),
        ] {
            assert_eq!(fits(pattern, path), expected, "`{pattern}` and `{path}`");
        }
    }

    #[test]
    fn every_list_that_says_something_must_agree() {
        let when = When {
            urls: vec!["/commande*".into()],
            pages: Vec::new(),
            orders: vec!["shipped".into(), "late".into()],
        };
        let page = |path, order| Page {
            path,
            page: "order",
            order,
        };
        assert!(when.matches(&page("/commande/7", "late")));
        assert!(!when.matches(&page("/commande/7", "")));
        assert!(!when.matches(&page("/panier", "late")));
        assert!(
            !When::default().matches(&page("/", "late")),
            "what says nothing is for no page"
        );
    }
}
