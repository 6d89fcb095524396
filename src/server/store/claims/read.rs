//! Rows of claims, entries and files, as they are read back.

use super::ClaimFilter;
use crate::store::sql::{Row, Statement, Transaction, places, unreadable};
use crate::store::{Store, StoreError};
use guichet_domain::civil::{Date, Local};
use guichet_domain::claim::{Claim, Contact, Entry, FileInfo, Rating, Withdrawal};
use guichet_domain::lang::Lang;
use guichet_domain::tracking::TrackingNumber;
use guichet_domain::zone::Timestamp;
use std::str::FromStr;

/// How many claims are listed where nothing else is said.
const LISTED: u32 = 200;
/// How many promises are looked after in one round.
const MAX_OVERDUE: u32 = 100;

const OVERDUE: &str = "
    select * from claims
    where due_ms < $1 and state in ('received', 'taken_up', 'reopened')
    order by due_ms, number
    limit $2";

const TAKEN: &str = "
    select slot, count(*) from claims
    where site = $1 and slot >= $2 and state <> 'closed'
    group by slot order by slot";

/// The number as it is stored.
pub(in crate::store) fn bits(number: TrackingNumber) -> i64 {
    // 60 bits always fit.
    i64::try_from(number.bits()).unwrap_or(i64::MAX)
}

pub(in crate::store) fn number(bits: i64) -> TrackingNumber {
    TrackingNumber::from_random(bits.unsigned_abs())
}

/// An address is the same whatever its case.
pub(super) fn email_key(email: &str) -> String {
    email.trim().to_lowercase()
}

pub(super) fn slot_text(slot: Local) -> String {
    format!("{} {}", slot.date, slot.time)
}

fn slot(text: &str) -> Option<Local> {
    let (date, time) = text.split_once(' ')?;
    Some(Local {
        date: date.parse().ok()?,
        time: time.parse().ok()?,
    })
}

/// A claim by its number. Until the transaction ends, nobody else changes it.
pub(super) async fn claim_to_change(
    transaction: &mut Transaction<'_>,
    number: TrackingNumber,
) -> Result<Option<Claim>, StoreError> {
    found(
        transaction.sql("select * from claims where number = $1 for update"),
        number,
    )
    .await
}

async fn found(
    statement: Statement<'_>,
    number: TrackingNumber,
) -> Result<Option<Claim>, StoreError> {
    let row: Option<Row> = statement.bind(bits(number)).first().await?;
    Ok(row.as_ref().map(from_row).transpose()?)
}

impl Store {
    /// A claim by its number.
    pub async fn claim(&self, number: TrackingNumber) -> Result<Option<Claim>, StoreError> {
        found(
            self.pool.sql("select * from claims where number = $1"),
            number,
        )
        .await
    }

    /// What happened to a claim, in order, notes included.
    pub async fn timeline(&self, number: TrackingNumber) -> Result<Vec<Entry>, StoreError> {
        // At one moment: files of an entry that is written meanwhile do not come without it.
        let mut transaction = self.pool.snapshot().await?;
        let entries: Vec<Row> = transaction
            .sql("select * from claim_entries where claim = $1 order by rank")
            .bind(bits(number))
            .all()
            .await?;
        let sql =
            "select entry, rank, kind, size_bytes from claim_files where claim = $1 order by rank";
        let files: Vec<Row> = transaction.sql(sql).bind(bits(number)).all().await?;
        let files: Vec<(u32, FileInfo)> = files
            .iter()
            .map(|row| Ok((row.int("entry")?, file(row)?)))
            .collect::<Result<_, sqlx::Error>>()?;
        let entries = entries.iter().map(|row| entry(row, &files));
        Ok(entries.collect::<Result<_, _>>()?)
    }

    /// A file of a claim, with its bytes.
    pub async fn claim_file(
        &self,
        number: TrackingNumber,
        rank: u32,
    ) -> Result<Option<(FileInfo, Vec<u8>)>, StoreError> {
        let sql =
            "select rank, kind, size_bytes, bytes from claim_files where claim = $1 and rank = $2";
        let row: Option<Row> = self
            .pool
            .sql(sql)
            .bind(bits(number))
            .bind(rank)
            .first()
            .await?;
        Ok(row
            .map(|row| Ok::<_, sqlx::Error>((file(&row)?, row.get("bytes")?)))
            .transpose()?)
    }

    /// Claims of a filter: those that are due first, then those without a promise, latest first.
    pub async fn claims(&self, filter: &ClaimFilter) -> Result<Vec<Claim>, StoreError> {
        let in_states = if filter.states.is_empty() {
            String::new()
        } else {
            format!("and state in ({})", places(6, filter.states.len()))
        };
        let sql = format!(
            "select * from claims
             where ($1 is null or site = $1)
                 and ($2 is null or team = $2)
                 and ($3 is null or order_number = $3)
                 and ($4 is null or email_key = $4)
                 {in_states}
             order by due_ms is null, due_ms, updated_ms desc, number
             limit $5"
        );
        let limit = if filter.limit == 0 {
            LISTED
        } else {
            filter.limit
        };
        let rows: Vec<Row> = self
            .pool
            .sql(sql)
            .bind(filter.site.as_deref())
            .bind(filter.team.as_deref())
            .bind(filter.order.as_deref())
            .bind(filter.email.as_deref().map(email_key))
            .bind(limit)
            .bind_all(filter.states.iter().map(|state| state.word()))
            .all()
            .await?;
        Ok(rows.iter().map(from_row).collect::<Result<_, _>>()?)
    }

    /// Claims whose promise has passed at `now` and who are the team's to answer, at most 100.
    pub async fn overdue(&self, now: Timestamp) -> Result<Vec<Claim>, StoreError> {
        let rows: Vec<Row> = self
            .pool
            .sql(OVERDUE)
            .bind(now.0)
            .bind(MAX_OVERDUE)
            .all()
            .await?;
        Ok(rows.iter().map(from_row).collect::<Result<_, _>>()?)
    }

    /// How many call-backs each slot from `from` on holds.
    pub async fn slots_taken(
        &self,
        site: &str,
        from: Local,
    ) -> Result<Vec<(Local, u32)>, StoreError> {
        let rows: Vec<(String, i64)> = self
            .pool
            .sql(TAKEN)
            .bind(site)
            .bind(slot_text(from))
            .all()
            .await?;
        let rows = rows.into_iter();
        Ok(rows
            .filter_map(|(text, count)| Some((slot(&text)?, u32::try_from(count).ok()?)))
            .collect())
    }
}

/// A text of a column that is one of our words.
fn word<T: FromStr<Err: std::error::Error + Send + Sync + 'static>>(
    row: &Row,
    column: &str,
) -> Result<T, sqlx::Error> {
    let text: &str = row.get(column)?;
    text.parse().map_err(|error| unreadable(Box::new(error)))
}

fn moment(row: &Row, column: &str) -> Result<Option<Timestamp>, sqlx::Error> {
    let ms: Option<i64> = row.get(column)?;
    Ok(ms.map(Timestamp))
}

fn day(row: &Row, column: &str) -> Result<Option<Date>, sqlx::Error> {
    let text: Option<&str> = row.get(column)?;
    Ok(text.and_then(|text| text.parse().ok()))
}

pub(super) fn from_row(row: &Row) -> Result<Claim, sqlx::Error> {
    let lang: &str = row.get("lang")?;
    let slot_text: Option<&str> = row.get("slot")?;
    let late: Option<i64> = row.get("late")?;
    let rated: Option<(u8, u8)> = row
        .int_or_none("rating_delay")?
        .zip(row.int_or_none("rating_listened")?);
    let line: Option<String> = row.get("rating_line")?;
    let merged: Option<i64> = row.get("merged_into")?;
    Ok(Claim {
        number: number(row.get("number")?),
        site: row.get("site")?,
        kind: word(row, "kind")?,
        category: row.get("category")?,
        team: row.get("team")?,
        lang: Lang::from_tag(lang).unwrap_or(Lang::Fr),
        state: word(row, "state")?,
        contact: Contact {
            name: row.get("name")?,
            email: row.get("email")?,
            phone: row.get("phone")?,
        },
        order: row.get("order_number")?,
        slot: slot_text.and_then(slot),
        withdrawal: match late {
            Some(late) => Some(Withdrawal {
                goods_received: day(row, "goods_received")?,
                last_day: day(row, "last_day")?,
                late: late == 1,
            }),
            None => None,
        },
        opened: Timestamp(row.get("opened_ms")?),
        promised: moment(row, "promised_ms")?,
        due: moment(row, "due_ms")?,
        missed: row.int("missed")?,
        responded: moment(row, "responded_ms")?,
        closed: moment(row, "closed_ms")?,
        merged_into: merged.map(number),
        rating: rated.map(|(delay, listened)| Rating {
            delay,
            listened,
            line: line.unwrap_or_default(),
        }),
        updated: Timestamp(row.get("updated_ms")?),
    })
}

fn file(row: &Row) -> Result<FileInfo, sqlx::Error> {
    let size: i64 = row.get("size_bytes")?;
    Ok(FileInfo {
        rank: row.int("rank")?,
        kind: word(row, "kind")?,
        size_bytes: size.unsigned_abs(),
    })
}

fn entry(row: &Row, files: &[(u32, FileInfo)]) -> Result<Entry, sqlx::Error> {
    let rank = row.int("rank")?;
    let own = files.iter().filter(|(entry, _)| *entry == rank);
    Ok(Entry {
        rank,
        at: Timestamp(row.get("at_ms")?),
        act: word(row, "act")?,
        by: word(row, "actor")?,
        user: row.get("user")?,
        text: row.get("text")?,
        files: own.map(|(_, file)| file.clone()).collect(),
        due: moment(row, "due_ms")?,
        team: row.get("team")?,
    })
}
