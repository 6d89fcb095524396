//! The shops that are served: what a claim needs to know of them, and what an answer may quote.
//! Read once, when the server starts; a shop that changes its files restarts it.

use guichet_domain::document::Document;
use guichet_domain::lang::Lang;
use guichet_domain::site::Site;
use guichet_domain::zone::Zone;
use std::collections::BTreeMap;

/// A shop.
#[derive(Clone, Debug)]
pub struct Shop {
    /// Its teams, categories, channels, hours and promises.
    pub site: Site,
    /// Its entries and clauses by language, those in force.
    pub documents: BTreeMap<Lang, Vec<Document>>,
}

/// All of them.
#[derive(Debug, Default)]
pub(crate) struct Shops(Vec<Shop>);

impl Shops {
    pub(crate) fn new(shops: Vec<Shop>) -> Self {
        Self(shops)
    }

    /// The clock on the wall of the first shop, for what belongs to none; Paris without any.
    pub(crate) fn zone(&self) -> Option<Zone> {
        let first = self.0.first().map(|shop| shop.site.time_zone);
        first.or_else(|| Zone::named("Europe/Paris").ok())
    }

    /// A shop by its site's id.
    pub(crate) fn shop(&self, id: &str) -> Option<&Shop> {
        self.0.iter().find(|shop| shop.site.id == id)
    }

    /// A site by its id.
    pub(crate) fn site(&self, id: &str) -> Option<&Site> {
        self.shop(id).map(|shop| &shop.site)
    }

    /// The sites that take claims, in the order given.
    pub(crate) fn with_desk(&self) -> impl Iterator<Item = &Site> {
        let sites = self.0.iter().map(|shop| &shop.site);
        sites.filter(|site| site.claims.is_some())
    }

    /// The site of that id if it takes claims, else the first that does.
    pub(crate) fn desk_or_first(&self, id: &str) -> Option<&Site> {
        let named = self.with_desk().find(|site| site.id == id);
        named.or_else(|| self.with_desk().next())
    }
}
