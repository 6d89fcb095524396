//! What only the console and the indicators read of claims.

use super::{Store, StoreError};
use guichet_domain::tracking::TrackingNumber;
use std::collections::HashMap;

impl Store {
    /// The beginning of what each of these claims was opened with; those without words are left out.
    pub(crate) async fn first_words(
        &self,
        numbers: &[TrackingNumber],
    ) -> Result<HashMap<TrackingNumber, String>, StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.first_words(numbers).await,
        }
    }
}
