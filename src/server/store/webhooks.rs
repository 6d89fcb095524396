//! The store's door to what another program is told; what that is, is in `webhooks`.

use super::{Store, StoreError};
use crate::webhooks::{Delivered, Delivery, GivenUp};
use guichet_domain::zone::Timestamp;

impl Store {
    /// Takes the delivery that has been due longest, and marks it as being made.
    pub async fn next_delivery(&self, now: Timestamp) -> Result<Option<Delivery>, StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.next_delivery(now).await,
        }
    }

    /// Keeps how an attempt to deliver ended.
    pub async fn settle_delivery(
        &self,
        id: i64,
        delivered: &Delivered,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.settle_delivery(id, delivered, now).await,
        }
    }

    /// Forgets what waits to be delivered: for a server that tells nobody, so that whoever is told
    /// one day is not told of years. Returns how much it was.
    pub async fn drop_deliveries(&self) -> Result<u64, StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.drop_deliveries().await,
        }
    }

    /// Deliveries that were given up, the latest first, a hundred at most.
    pub async fn deliveries_given_up(&self) -> Result<Vec<GivenUp>, StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.deliveries_given_up().await,
        }
    }

    /// Lets a delivery that was given up be tried anew; whether there is such a one.
    pub async fn deliver_again(&self, id: i64, now: Timestamp) -> Result<bool, StoreError> {
        match self {
            Self::Sqlite(sqlite) => sqlite.deliver_again(id, now).await,
        }
    }
}
