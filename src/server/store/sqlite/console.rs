//! What only the console and the indicators read of claims, in `SQLite`.

use super::Sqlite;
use crate::store::StoreError;
use guichet_domain::tracking::TrackingNumber;
use std::collections::HashMap;

/// Characters of the beginning of a text that a list shows.
const EXCERPT_CHARS: i64 = 160;

const FIRST_WORDS: &str = "
    select claim, substr(text, 1, ?2)
    from claim_entries
    where rank = 1 and text is not null and claim in (select value from json_each(?1))";

impl Sqlite {
    pub(crate) async fn first_words(
        &self,
        numbers: &[TrackingNumber],
    ) -> Result<HashMap<TrackingNumber, String>, StoreError> {
        let bits: Vec<u64> = numbers.iter().map(|number| number.bits()).collect();
        let list =
            serde_json::to_string(&bits).map_err(|error| sqlx::Error::Encode(Box::new(error)))?;
        let rows: Vec<(i64, String)> = sqlx::query_as(FIRST_WORDS)
            .bind(list)
            .bind(EXCERPT_CHARS)
            .fetch_all(&self.pool)
            .await?;
        let words = rows
            .into_iter()
            .map(|(bits, text)| (TrackingNumber::from_random(bits.cast_unsigned()), text));
        Ok(words.collect())
    }
}
