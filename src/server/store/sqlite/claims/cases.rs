//! Claims as cases of the indicators, and which indicators are public.

use super::super::Sqlite;
use super::super::accounts::record;
use super::read;
use crate::accounts::Deed;
use crate::store::StoreError;
use guichet_domain::claim::{Act, Actor};
use guichet_domain::indicator::{Case, Indicator};
use guichet_domain::tracking::TrackingNumber;
use guichet_domain::zone::Timestamp;
use std::collections::HashMap;

const CLAIMS: &str = "select * from claims where (?1 is null or site = ?1) and opened_ms >= ?2";

const ACTS: &str = "
    select claim_entries.claim, claim_entries.act, claim_entries.actor
    from claim_entries
    join claims on claims.number = claim_entries.claim
    where (?1 is null or claims.site = ?1) and claims.opened_ms >= ?2
    order by claim_entries.claim, claim_entries.rank";

impl Sqlite {
    pub(crate) async fn cases(
        &self,
        site: Option<&str>,
        since: Timestamp,
    ) -> Result<Vec<Case>, StoreError> {
        // One transaction: no claim is seen without what was done to it.
        let mut transaction = self.pool.begin().await?;
        let rows = sqlx::query(CLAIMS)
            .bind(site)
            .bind(since.0)
            .fetch_all(&mut *transaction)
            .await?;
        let acts: Vec<(i64, String, String)> = sqlx::query_as(ACTS)
            .bind(site)
            .bind(since.0)
            .fetch_all(&mut *transaction)
            .await?;
        let mut by_claim: HashMap<TrackingNumber, Vec<(Act, Actor)>> = HashMap::new();
        for (bits, act, actor) in acts {
            let unreadable = |error| sqlx::Error::Decode(Box::new(error));
            let act = act.parse().map_err(unreadable)?;
            let actor = actor.parse().map_err(unreadable)?;
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

    pub(crate) async fn public_indicators(&self, site: &str) -> Result<Vec<Indicator>, StoreError> {
        let rows: Vec<(String,)> =
            sqlx::query_as("select indicator from public_indicators where site = ?")
                .bind(site)
                .fetch_all(&self.pool)
                .await?;
        // One of a newer Guichet is none of ours to show.
        let mut chosen: Vec<_> = rows
            .iter()
            .filter_map(|(word,)| Indicator::from_word(word))
            .collect();
        chosen.sort_unstable();
        Ok(chosen)
    }

    pub(crate) async fn set_public_indicators(
        &self,
        site: &str,
        chosen: &[Indicator],
        by: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin_with("begin immediate").await?;
        sqlx::query("delete from public_indicators where site = ?")
            .bind(site)
            .execute(&mut *transaction)
            .await?;
        for indicator in chosen {
            sqlx::query("insert into public_indicators (site, indicator) values (?, ?) on conflict do nothing")
                .bind(site)
                .bind(indicator.word())
                .execute(&mut *transaction)
                .await?;
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
