//! What only the console reads of claims.

use super::claims::read::{bits, number};
use super::sql::places;
use super::{Store, StoreError};
use guichet_domain::tracking::TrackingNumber;
use std::collections::HashMap;

/// Characters of the beginning of a text that a list shows.
const EXCERPT_CHARS: usize = 160;

impl Store {
    /// The beginning of what each of these claims was opened with; those without words are left out.
    pub(crate) async fn first_words(
        &self,
        numbers: &[TrackingNumber],
    ) -> Result<HashMap<TrackingNumber, String>, StoreError> {
        if numbers.is_empty() {
            return Ok(HashMap::new());
        }
        let sql = format!(
            "select claim, substr(text, 1, {EXCERPT_CHARS}) from claim_entries
             where rank = 1 and text is not null and claim in ({})",
            places(1, numbers.len())
        );
        let bits = numbers.iter().copied().map(bits);
        let rows: Vec<(i64, String)> = self.pool.sql(sql).bind_all(bits).all().await?;
        let words = rows.into_iter().map(|(bits, text)| (number(bits), text));
        Ok(words.collect())
    }
}
