//! Claims as cases of the indicators, and which indicators are public.

use super::read;
use crate::accounts::Deed;
use crate::store::accounts::record;
use crate::store::sql::{Row, unreadable};
use crate::store::{Store, StoreError};
use guichet_domain::claim::{Act, Actor, UnknownWord};
use guichet_domain::indicator::{Case, Indicator};
use guichet_domain::tracking::TrackingNumber;
use guichet_domain::zone::Timestamp;
use std::collections::HashMap;

const CLAIMS: &str = "select * from claims where ($1 is null or site = $1) and opened_ms >= $2";

const ACTS: &str = "
    select claim_entries.claim, claim_entries.act, claim_entries.actor
    from claim_entries
    join claims on claims.number = claim_entries.claim
    where ($1 is null or claims.site = $1) and claims.opened_ms >= $2
    order by claim_entries.claim, claim_entries.rank";

impl Store {
    /// Claims of a site, or of all sites, opened since a moment, as cases of the indicators.
    pub async fn cases(
        &self,
        site: Option<&str>,
        since: Timestamp,
    ) -> Result<Vec<Case>, StoreError> {
        // At one moment: no claim is seen without what was done to it.
        let mut transaction = self.pool.snapshot().await?;
        let rows: Vec<Row> = transaction
            .sql(CLAIMS)
            .bind(site)
            .bind(since.0)
            .all()
            .await?;
        let acts: Vec<(i64, String, String)> =
            transaction.sql(ACTS).bind(site).bind(since.0).all().await?;
        let mut by_claim: HashMap<TrackingNumber, Vec<(Act, Actor)>> = HashMap::new();
        for (bits, act, actor) in acts {
            let act = act
                .parse()
                .map_err(|error: UnknownWord| unreadable(error))?;
            let actor = actor
                .parse()
                .map_err(|error: UnknownWord| unreadable(error))?;
            by_claim
                .entry(read::number(bits))
                .or_default()
                .push((act, actor));
        }
        let case = |row| {
            let claim = read::from_row(row)?;
            let acts = by_claim.remove(&claim.number).unwrap_or_default();
            Ok(Case { claim, acts })
        };
        rows.iter().map(case).collect()
    }

    /// Which indicators of a site are public, in their order.
    pub(crate) async fn public_indicators(&self, site: &str) -> Result<Vec<Indicator>, StoreError> {
        let rows: Vec<(String,)> = self
            .pool
            .sql("select indicator from public_indicators where site = $1")
            .bind(site)
            .all()
            .await?;
        // One of a newer Guichet is none of ours to show.
        let mut chosen: Vec<_> = rows
            .iter()
            .filter_map(|(word,)| Indicator::from_word(word))
            .collect();
        chosen.sort_unstable();
        Ok(chosen)
    }

    /// Makes these indicators of a site public, and no others.
    pub(crate) async fn set_public_indicators(
        &self,
        site: &str,
        chosen: &[Indicator],
        by: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin().await?;
        transaction.hold(&format!("indicators of {site}")).await?;
        transaction
            .sql("delete from public_indicators where site = $1")
            .bind(site)
            .run()
            .await?;
        let sql = "insert into public_indicators (site, indicator) values ($1, $2) on conflict do nothing";
        for indicator in chosen {
            let statement = transaction.sql(sql).bind(site);
            statement.bind(indicator.word()).run().await?;
        }
        let words: Vec<_> = chosen.iter().map(|indicator| indicator.word()).collect();
        let detail = format!("{site}: {}", words.join(", "));
        let deed = Deed {
            user: by,
            what: "indicators_chosen",
            claim: None,
            detail: &detail,
        };
        record(&mut transaction, &deed, now).await?;
        transaction.commit().await?;
        Ok(())
    }
}
