//! Contacts imported from call logs.

use super::sql::{Connection, FIRST_IS_KEPT, Pool, Value};
use super::{Store, StoreError, sqlite};
use guichet_domain::contact::Contact;
use guichet_domain::event::RandomId;
use guichet_domain::zone::Timestamp;

/// Rows of one statement.
const ROWS: usize = 500;

/// Where rows go.
const INTO: &str = "contacts (id, site, at_ms, channel, category, document, case_key, after_help)";

const SELECT: &str = "
    select at_ms, channel, category, document, case_key, after_help
    from contacts
    where $1 is null or site = $1
    order by at_ms, id";

/// A row of the table.
type Row = (
    i64,
    String,
    Option<String>,
    Option<String>,
    Option<Vec<u8>>,
    Option<i64>,
);

/// A contact and the id it is kept under: the same line of the same log has the same id, so that a log
/// imported twice counts once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged {
    /// Made from what the line says.
    pub id: RandomId,
    /// The contact.
    pub contact: Contact,
}

impl Store {
    /// Keeps all of `contacts` or none, and returns how many were new.
    pub async fn add_contacts(&self, site: &str, contacts: &[Logged]) -> Result<u64, StoreError> {
        let mut connection = self.pool.acquire().await?;
        connection.begin_import().await?;
        let added = add_all(&mut connection, site, contacts).await;
        connection.end_import().await?;
        added
    }

    /// All contacts of a site, or of all sites, in the order of time. None from a database that was made
    /// before there were call logs.
    pub async fn contacts(&self, site: Option<&str>) -> Result<Vec<Contact>, StoreError> {
        if let Pool::Sqlite(pool) = &self.pool
            && !sqlite::has_table(pool, "contacts").await?
        {
            return Ok(Vec::new());
        }
        let rows: Vec<Row> = self.pool.sql(SELECT).bind(site).all().await?;
        let contacts =
            rows.into_iter()
                .map(
                    |(at_ms, channel, category, document, case, after_help)| Contact {
                        at: Timestamp(at_ms),
                        channel,
                        category,
                        document,
                        case: case
                            .and_then(|bytes| bytes.try_into().ok())
                            .map(u64::from_be_bytes),
                        after_help: after_help.map(|yes| yes == 1),
                    },
                );
        Ok(contacts.collect())
    }
}

async fn add_all(
    connection: &mut Connection,
    site: &str,
    contacts: &[Logged],
) -> Result<u64, StoreError> {
    let mut transaction = connection.begin().await?;
    let mut stored = 0;
    for some in contacts.chunks(ROWS) {
        let rows = some.iter().map(|logged| row(site, logged)).collect();
        stored += transaction.insert(INTO, rows, FIRST_IS_KEPT).await?;
    }
    transaction.commit().await?;
    Ok(stored)
}

/// The columns of [`INTO`].
fn row<'v>(site: &'v str, Logged { id, contact }: &'v Logged) -> [Value<'v>; 8] {
    [
        id.0.to_be_bytes().to_vec().into(),
        site.into(),
        contact.at.0.into(),
        (&contact.channel).into(),
        contact.category.as_deref().into(),
        contact.document.as_deref().into(),
        contact.case.map(|case| case.to_be_bytes().to_vec()).into(),
        contact.after_help.into(),
    ]
}

#[cfg(test)]
mod tests;
