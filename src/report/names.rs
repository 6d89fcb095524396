//! How documents, categories and channels are called in a site. Without the site's folder, ids stand for themselves.

use std::collections::BTreeMap;

/// Names by id.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// The shop's.
    pub shop: Option<String>,
    /// Questions and headings of clauses.
    pub documents: BTreeMap<String, Named>,
    /// Categories.
    pub categories: BTreeMap<String, String>,
    /// Channels.
    pub channels: BTreeMap<String, String>,
}

/// A document's name and place.
#[derive(Clone, Debug, Default)]
pub struct Named {
    /// Its question or heading.
    pub title: String,
    /// Id of its category; clauses have none.
    pub category: Option<String>,
}

impl Names {
    /// A document's question, else its id.
    pub fn document<'a>(&'a self, id: &'a str) -> &'a str {
        self.documents.get(id).map_or(id, |named| &named.title)
    }

    /// A document's category.
    pub fn category_of(&self, id: &str) -> Option<&str> {
        self.documents.get(id)?.category.as_deref()
    }

    /// A category's name, else its id.
    pub fn category<'a>(&'a self, id: &'a str) -> &'a str {
        self.categories.get(id).map_or(id, String::as_str)
    }

    /// A channel's name, else its id.
    pub fn channel<'a>(&'a self, id: &'a str) -> &'a str {
        self.channels.get(id).map_or(id, String::as_str)
    }
}
