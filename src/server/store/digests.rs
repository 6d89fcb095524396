//! The store's door to kept digests; what one says is in `guichet_report::digest`.

use super::{Store, StoreError};
use crate::mail::Mail;
use guichet_domain::civil::Date;
use guichet_domain::lang::Lang;
use guichet_domain::zone::Timestamp;

/// What was told of a week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digest {
    /// Its Monday.
    pub week: Date,
    /// The language it is written in.
    pub lang: Lang,
    /// What it is called.
    pub title: String,
    /// What stands on the page, as `guichet_report::digest::body` made it.
    pub body: String,
}

impl Store {
    /// Keeps a digest and queues its mails, all or nothing; `false`: the week's is kept already, and
    /// nothing was queued.
    pub async fn keep_digest(
        &self,
        site: &str,
        digest: &Digest,
        mails: &[Mail],
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.keep_digest(site, digest, mails, now).await,
        }
    }

    /// The digest of the week that began on this Monday.
    pub async fn digest(&self, site: &str, week: Date) -> Result<Option<Digest>, StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.digest(site, week).await,
        }
    }

    /// The Mondays of the weeks whose digests are kept, the latest first, at most a year of them.
    pub async fn digest_weeks(&self, site: &str) -> Result<Vec<Date>, StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.digest_weeks(site).await,
        }
    }
}
