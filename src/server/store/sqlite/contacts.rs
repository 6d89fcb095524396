//! Contacts of call logs in `SQLite`.

use super::Sqlite;
use crate::store::StoreError;
use crate::store::contacts::Logged;
use guichet_domain::contact::Contact;
use guichet_domain::zone::Timestamp;
use sqlx::AssertSqlSafe;

/// Rows of one statement.
const ROWS: usize = 500;

const SELECT: &str = "
    select at_ms, channel, category, document, case_key, after_help
    from contacts
    where ?1 is null or site = ?1
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

impl Sqlite {
    pub(in crate::store) async fn add_contacts(
        &self,
        site: &str,
        contacts: &[Logged],
    ) -> Result<u64, StoreError> {
        let mut transaction = self.pool.begin_with("begin immediate").await?;
        let mut stored = 0;
        for rows in contacts.chunks(ROWS) {
            let places = vec!["(?,?,?,?,?,?,?,?)"; rows.len()].join(",");
            let sql = format!(
                "insert into contacts (id, site, at_ms, channel, category, document, case_key, after_help)
                 values {places} on conflict (id) do nothing"
            );
            // Nothing of a contact stands in it: only as many question marks as there are values.
            let mut query = sqlx::query(AssertSqlSafe(sql));
            for Logged { id, contact } in rows {
                query = query
                    .bind(id.0.to_be_bytes().to_vec())
                    .bind(site)
                    .bind(contact.at.0)
                    .bind(&contact.channel)
                    .bind(contact.category.as_deref())
                    .bind(contact.document.as_deref())
                    .bind(contact.case.map(|case| case.to_be_bytes().to_vec()))
                    .bind(contact.after_help.map(i64::from));
            }
            stored += query.execute(&mut *transaction).await?.rows_affected();
        }
        transaction.commit().await?;
        Ok(stored)
    }

    pub(in crate::store) async fn contacts(
        &self,
        site: Option<&str>,
    ) -> Result<Vec<Contact>, StoreError> {
        if !self.has_contacts().await? {
            return Ok(Vec::new());
        }
        let rows: Vec<Row> = sqlx::query_as(SELECT)
            .bind(site)
            .fetch_all(&self.pool)
            .await?;
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

    /// A file that is only read may be older than the table.
    async fn has_contacts(&self) -> Result<bool, StoreError> {
        let found = sqlx::query("select 1 from sqlite_schema where name = 'contacts'")
            .fetch_optional(&self.pool)
            .await?;
        Ok(found.is_some())
    }
}
