//! The shops that are served: what a claim needs to know of them, what an answer may quote, and how
//! a report calls things. Read once, when the server starts; a shop that changes its files restarts it.

use guichet_domain::document::Document;
use guichet_domain::experiment::Plan;
use guichet_domain::lang::Lang;
use guichet_domain::site::Site;
use guichet_domain::zone::Zone;
use guichet_report::figures::Heard;
use guichet_report::{Log, Period};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// A shop.
#[derive(Clone, Debug)]
pub struct Shop {
    /// Its teams, categories, channels, hours and promises.
    pub site: Site,
    /// Its entries and clauses by language, those in force.
    pub documents: BTreeMap<Lang, Vec<Document>>,
    /// How the arms of its experiment are compared.
    pub plan: Plan,
    /// What to write, out of what was asked.
    pub proposals: Proposals,
}

impl Shop {
    /// A shop without an experiment and proposals.
    pub fn new(site: Site, documents: BTreeMap<Lang, Vec<Document>>) -> Self {
        Self {
            site,
            documents,
            plan: Plan::default(),
            proposals: Proposals::default(),
        }
    }
}

/// What was heard, or why nothing could be.
type Proposed = Result<Heard, String>;
/// Listens to the visits of a period, and of the one before.
type Listen = dyn Fn(&mut Log, Period, Lang) -> Proposed + Send + Sync;

/// Groups what nothing answered by meaning, and finds other ways entries are asked. That takes the
/// search engine, which the server has not: whoever starts it gives this along.
#[derive(Clone)]
pub struct Proposals(Arc<Listen>);

impl Proposals {
    /// What `propose` makes of the visits of a period.
    pub fn new(
        propose: impl Fn(&mut Log, Period, Lang) -> Proposed + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(propose))
    }

    /// Proposes.
    pub(crate) fn of(&self, log: &mut Log, period: Period, lang: Lang) -> Proposed {
        (self.0)(log, period, lang)
    }
}

impl Default for Proposals {
    /// None.
    fn default() -> Self {
        Self::new(|_, _, _| Ok(Heard::default()))
    }
}

impl fmt::Debug for Proposals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Proposals")
    }
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

    /// All of them, in the order given.
    pub(crate) fn all(&self) -> &[Shop] {
        &self.0
    }

    /// A shop by its site's id.
    pub(crate) fn shop(&self, id: &str) -> Option<&Shop> {
        self.0.iter().find(|shop| shop.site.id == id)
    }

    /// The shop of that id, else the first.
    pub(crate) fn shop_or_first(&self, id: &str) -> Option<&Shop> {
        self.shop(id).or(self.0.first())
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
