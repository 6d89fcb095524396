//! How documents, categories and channels are called in a site. Without the site's folder, ids stand for themselves.

use guichet_domain::document::Document;
use guichet_domain::lang::Lang;
use guichet_domain::site::Site;
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
    /// Names in a language; in another where there is none.
    pub fn of(site: &Site, documents: &BTreeMap<Lang, Vec<Document>>, lang: Lang) -> Self {
        let categories = site.categories.iter();
        let channels = site.channels.iter();
        // The language asked for comes last and so wins.
        let others = Lang::ALL.into_iter().filter(|other| *other != lang);
        let all = others.chain([lang]).filter_map(|lang| documents.get(&lang));
        let named = |document: &Document| {
            let own = match document {
                Document::Faq(entry) => Named {
                    title: entry.question.clone(),
                    category: Some(entry.category.clone()),
                },
                Document::Clause(clause) => Named {
                    title: format!("{} {}", clause.id, clause.title()),
                    category: None,
                },
            };
            (document.id().to_owned(), own)
        };
        Self {
            shop: Some(site.name.clone()),
            documents: all.flatten().map(named).collect(),
            categories: categories
                .map(|own| (own.id.clone(), own.name.get(lang).to_owned()))
                .collect(),
            channels: channels
                .map(|own| (own.id.clone(), own.name.get(lang).to_owned()))
                .collect(),
        }
    }

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
