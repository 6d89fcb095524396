//! Rows of claims, entries and files, as they are read back.

use super::super::Sqlite;
use crate::store::StoreError;
use crate::store::claims::ClaimFilter;
use guichet_domain::civil::{Date, Local};
use guichet_domain::claim::{Claim, Contact, Entry, FileInfo, Rating, Withdrawal};
use guichet_domain::lang::Lang;
use guichet_domain::tracking::TrackingNumber;
use guichet_domain::zone::Timestamp;
use sqlx::Row as _;
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use std::str::FromStr;

/// How many claims are listed where nothing else is said.
const LISTED: u32 = 200;
/// How many promises are looked after in one round.
const MAX_OVERDUE: u32 = 100;

const OVERDUE: &str = "
    select * from claims
    where due_ms < ? and state in ('received', 'taken_up', 'reopened')
    order by due_ms, number
    limit ?";

const FILTERED: &str = "
    select * from claims
    where (?1 is null or site = ?1)
        and (?2 is null or team = ?2)
        and (?3 = '' or instr(?3, ' ' || state || ' ') > 0)
        and (?4 is null or order_number = ?4)
        and (?5 is null or email_key = ?5)
    order by due_ms is null, due_ms, updated_ms desc, number
    limit ?6";

const TAKEN: &str = "
    select slot, count(*) from claims
    where site = ? and slot >= ? and state <> 'closed'
    group by slot order by slot";

/// The number as it is stored.
pub(super) fn bits(number: TrackingNumber) -> i64 {
    // 60 bits always fit.
    i64::try_from(number.bits()).unwrap_or(i64::MAX)
}

pub(super) fn number(bits: i64) -> TrackingNumber {
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

pub(super) async fn claim(
    connection: &mut SqliteConnection,
    number: TrackingNumber,
) -> Result<Option<Claim>, StoreError> {
    let row = sqlx::query("select * from claims where number = ?")
        .bind(bits(number))
        .fetch_optional(connection)
        .await?;
    Ok(row.as_ref().map(from_row).transpose()?)
}

impl Sqlite {
    pub(crate) async fn claim(&self, number: TrackingNumber) -> Result<Option<Claim>, StoreError> {
        let mut connection = self.pool.acquire().await?;
        claim(&mut connection, number).await
    }

    pub(crate) async fn timeline(&self, number: TrackingNumber) -> Result<Vec<Entry>, StoreError> {
        // One transaction: files of an entry that is written meanwhile do not come without it.
        let mut transaction = self.pool.begin().await?;
        let entries = sqlx::query("select * from claim_entries where claim = ? order by rank")
            .bind(bits(number))
            .fetch_all(&mut *transaction)
            .await?;
        let sql =
            "select entry, rank, kind, size_bytes from claim_files where claim = ? order by rank";
        let files = sqlx::query(sql)
            .bind(bits(number))
            .fetch_all(&mut *transaction)
            .await?;
        let files: Vec<(u32, FileInfo)> = files
            .iter()
            .map(|row| Ok((row.try_get("entry")?, file(row)?)))
            .collect::<Result<_, sqlx::Error>>()?;
        let entries = entries.iter().map(|row| entry(row, &files));
        Ok(entries.collect::<Result<_, _>>()?)
    }

    pub(crate) async fn claim_file(
        &self,
        number: TrackingNumber,
        rank: u32,
    ) -> Result<Option<(FileInfo, Vec<u8>)>, StoreError> {
        let sql =
            "select rank, kind, size_bytes, bytes from claim_files where claim = ? and rank = ?";
        let row = sqlx::query(sql)
            .bind(bits(number))
            .bind(rank)
            .fetch_optional(&self.pool)
            .await?;
        Ok(row
            .map(|row| Ok::<_, sqlx::Error>((file(&row)?, row.try_get("bytes")?)))
            .transpose()?)
    }

    pub(crate) async fn claims(&self, filter: &ClaimFilter) -> Result<Vec<Claim>, StoreError> {
        let states: Vec<&str> = filter.states.iter().map(|state| state.word()).collect();
        let states = if states.is_empty() {
            String::new()
        } else {
            format!(" {} ", states.join(" "))
        };
        let limit = if filter.limit == 0 {
            LISTED
        } else {
            filter.limit
        };
        let rows = sqlx::query(FILTERED)
            .bind(filter.site.as_deref())
            .bind(filter.team.as_deref())
            .bind(states)
            .bind(filter.order.as_deref())
            .bind(filter.email.as_deref().map(email_key))
            .bind(limit)
            .fetch_all(&self.pool)
            .await?;
        Ok(rows.iter().map(from_row).collect::<Result<_, _>>()?)
    }

    pub(crate) async fn overdue(&self, now: Timestamp) -> Result<Vec<Claim>, StoreError> {
        let rows = sqlx::query(OVERDUE)
            .bind(now.0)
            .bind(MAX_OVERDUE)
            .fetch_all(&self.pool)
            .await?;
        Ok(rows.iter().map(from_row).collect::<Result<_, _>>()?)
    }

    pub(crate) async fn slots_taken(
        &self,
        site: &str,
        from: Local,
    ) -> Result<Vec<(Local, u32)>, StoreError> {
        let rows: Vec<(String, u32)> = sqlx::query_as(TAKEN)
            .bind(site)
            .bind(slot_text(from))
            .fetch_all(&self.pool)
            .await?;
        let rows = rows.into_iter();
        Ok(rows
            .filter_map(|(text, count)| Some((slot(&text)?, count)))
            .collect())
    }
}

/// A text of a column that is one of our words.
fn word<T: FromStr<Err: std::error::Error + Send + Sync + 'static>>(
    row: &SqliteRow,
    column: &str,
) -> Result<T, sqlx::Error> {
    let text: &str = row.try_get(column)?;
    text.parse()
        .map_err(|error| sqlx::Error::Decode(Box::new(error)))
}

fn moment(row: &SqliteRow, column: &str) -> Result<Option<Timestamp>, sqlx::Error> {
    let ms: Option<i64> = row.try_get(column)?;
    Ok(ms.map(Timestamp))
}

fn day(row: &SqliteRow, column: &str) -> Result<Option<Date>, sqlx::Error> {
    let text: Option<&str> = row.try_get(column)?;
    Ok(text.and_then(|text| text.parse().ok()))
}

pub(super) fn from_row(row: &SqliteRow) -> Result<Claim, sqlx::Error> {
    let lang: &str = row.try_get("lang")?;
    let slot_text: Option<&str> = row.try_get("slot")?;
    let late: Option<bool> = row.try_get("late")?;
    let rated: Option<(u8, u8)> = row
        .try_get::<Option<u8>, _>("rating_delay")?
        .zip(row.try_get("rating_listened")?);
    let line: Option<String> = row.try_get("rating_line")?;
    let merged: Option<i64> = row.try_get("merged_into")?;
    Ok(Claim {
        number: number(row.try_get("number")?),
        site: row.try_get("site")?,
        kind: word(row, "kind")?,
        category: row.try_get("category")?,
        team: row.try_get("team")?,
        lang: Lang::from_tag(lang).unwrap_or(Lang::Fr),
        state: word(row, "state")?,
        contact: Contact {
            name: row.try_get("name")?,
            email: row.try_get("email")?,
            phone: row.try_get("phone")?,
        },
        order: row.try_get("order_number")?,
        slot: slot_text.and_then(slot),
        withdrawal: match late {
            Some(late) => Some(Withdrawal {
                goods_received: day(row, "goods_received")?,
                last_day: day(row, "last_day")?,
                late,
            }),
            None => None,
        },
        opened: Timestamp(row.try_get("opened_ms")?),
        promised: moment(row, "promised_ms")?,
        due: moment(row, "due_ms")?,
        missed: row.try_get("missed")?,
        responded: moment(row, "responded_ms")?,
        closed: moment(row, "closed_ms")?,
        merged_into: merged.map(number),
        rating: rated.map(|(delay, listened)| Rating {
            delay,
            listened,
            line: line.unwrap_or_default(),
        }),
        updated: Timestamp(row.try_get("updated_ms")?),
    })
}

fn file(row: &SqliteRow) -> Result<FileInfo, sqlx::Error> {
    let size: i64 = row.try_get("size_bytes")?;
    Ok(FileInfo {
        rank: row.try_get("rank")?,
        kind: word(row, "kind")?,
        size_bytes: size.unsigned_abs(),
    })
}

fn entry(row: &SqliteRow, files: &[(u32, FileInfo)]) -> Result<Entry, sqlx::Error> {
    let rank = row.try_get("rank")?;
    let own = files.iter().filter(|(entry, _)| *entry == rank);
    Ok(Entry {
        rank,
        at: Timestamp(row.try_get("at_ms")?),
        act: word(row, "act")?,
        by: word(row, "actor")?,
        user: row.try_get("user")?,
        text: row.try_get("text")?,
        files: own.map(|(_, file)| file.clone()).collect(),
        due: moment(row, "due_ms")?,
        team: row.try_get("team")?,
    })
}
