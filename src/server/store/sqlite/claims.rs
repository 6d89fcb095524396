//! Claims in `SQLite`: opening them and doing something to them, each in one transaction that
//! also queues the mails it causes. How they are read is in `read`, what opens their messages in
//! `access`, what is deleted in `privacy`.

mod access;
mod cases;
mod privacy;
mod read;

use super::{Sqlite, mails};
use crate::mail::Mail;
use crate::store::StoreError;
use crate::store::claims::{Access, Acted, Consequences, Deed, Hash, NewFile, Opened, Opening};
use guichet_domain::claim::form::MAX_FILES;
use guichet_domain::claim::{Act, Actor, Claim, Entry, FileInfo, State};
use guichet_domain::tracking::TrackingNumber;
use guichet_domain::zone::Timestamp;
use sqlx::sqlite::SqliteConnection;

const INSERT: &str = "
    insert into claims
        (number, site, kind, category, team, lang, state, name, email, email_key, phone, order_number,
         slot, goods_received, last_day, late, opened_ms, promised_ms, due_ms, updated_ms,
         key_hash, content_hash, salt)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

const UPDATE: &str = "
    update claims
    set team = ?2, state = ?3, due_ms = ?4, missed = ?5, responded_ms = ?6, closed_ms = ?7, merged_into = ?8,
        rating_delay = ?9, rating_listened = ?10, rating_line = ?11,
        rated_ms = case when ?9 is null then null else coalesce(rated_ms, ?12) end, updated_ms = ?13
    where number = ?1";

const INSERT_ENTRY: &str = "
    insert into claim_entries (claim, rank, at_ms, act, actor, user, text, due_ms, team, key_hash)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

impl Sqlite {
    pub(crate) async fn claim_sent(
        &self,
        key_hash: &Hash,
    ) -> Result<Option<(Claim, Vec<u8>, [u8; 16])>, StoreError> {
        let mut connection = self.pool.acquire().await?;
        sent_before(&mut connection, key_hash).await
    }

    pub(crate) async fn open_claim(&self, opening: &Opening<'_>) -> Result<Opened, StoreError> {
        let claim = opening.claim;
        let mut transaction = self.pool.begin_with("begin immediate").await?;
        if let Some((known, content, salt)) =
            sent_before(&mut transaction, &opening.key_hash).await?
        {
            if content != opening.content_hash {
                return Ok(Opened::OtherContent);
            }
            return Ok(Opened::Known(Box::new(known), salt));
        }
        if let Some(slot) = claim.slot {
            let (taken,): (i64,) = sqlx::query_as(
                "select count(*) from claims where site = ? and slot = ? and state <> 'closed'",
            )
            .bind(&claim.site)
            .bind(read::slot_text(slot))
            .fetch_one(&mut *transaction)
            .await?;
            if taken >= i64::from(opening.calls_per_slot) {
                return Ok(Opened::SlotTaken);
            }
        }
        insert(&mut transaction, opening).await?;
        let entry = Entry {
            rank: 1,
            at: claim.opened,
            act: Act::Open,
            by: Actor::Shopper,
            user: None,
            text: Some(opening.text.to_owned()).filter(|text| !text.is_empty()),
            files: Vec::new(),
            due: claim.due,
            team: Some(claim.team.clone()),
        };
        insert_entry(&mut transaction, claim.number, &entry, None).await?;
        insert_files(&mut transaction, claim.number, 1, 1, opening.files).await?;
        follow(
            &mut transaction,
            claim.number,
            opening.access,
            opening.mails,
            claim.opened,
        )
        .await?;
        transaction.commit().await?;
        Ok(Opened::New)
    }

    pub(crate) async fn act(
        &self,
        deed: &Deed<'_>,
        consequences: &(dyn Fn(&Claim, &Entry) -> Consequences + Send + Sync),
    ) -> Result<Acted, StoreError> {
        let number = deed.number;
        let mut transaction = self.pool.begin_with("begin immediate").await?;
        let Some(claim) = read::claim(&mut transaction, number)
            .await?
            .filter(|claim| claim.site == deed.site.id)
        else {
            return Ok(Acted::NoClaim);
        };
        if let Some(key_hash) = &deed.key_hash {
            let sql = "select 1 from claim_entries where claim = ? and key_hash = ?";
            let known = sqlx::query(sql)
                .bind(read::bits(number))
                .bind(&key_hash[..])
                .fetch_optional(&mut *transaction)
                .await?;
            if known.is_some() {
                return Ok(Acted::Known(Box::new(claim)));
            }
        }
        let after = match claim.after(deed.change, deed.site) {
            Ok(after) => after,
            Err(refusal) => return Ok(Acted::Refused(refusal)),
        };
        let (entries, files): (i64, i64) = sqlx::query_as(
            "select (select max(rank) from claim_entries where claim = ?1),
                    (select coalesce(max(rank), 0) from claim_files where claim = ?1)",
        )
        .bind(read::bits(number))
        .fetch_one(&mut *transaction)
        .await?;
        let files = u32::try_from(files).unwrap_or(u32::MAX);
        if !deed.files.is_empty() && files as usize + deed.files.len() > MAX_FILES {
            return Ok(Acted::TooManyFiles);
        }
        let change = deed.change;
        let rank = u32::try_from(entries).unwrap_or(u32::MAX) + 1;
        let infos = (files + 1..).zip(deed.files).map(|(rank, file)| FileInfo {
            rank,
            kind: file.kind,
            size_bytes: file.bytes.len() as u64,
        });
        let entry = Entry {
            rank,
            at: after.updated,
            act: change.act,
            by: change.by,
            user: deed.user.map(str::to_owned),
            text: deed.text.map(str::to_owned),
            files: infos.collect(),
            due: after.due.filter(|due| claim.due != Some(*due)),
            team: (change.act == Act::Reassign).then(|| after.team.clone()),
        };
        update(&mut transaction, &after, change.at).await?;
        insert_entry(&mut transaction, number, &entry, deed.key_hash.as_ref()).await?;
        insert_files(&mut transaction, number, rank, files + 1, deed.files).await?;
        let Consequences { mails, access } = consequences(&after, &entry);
        follow(&mut transaction, number, &access, &mails, change.at).await?;
        transaction.commit().await?;
        Ok(Acted::Done(Box::new(after)))
    }
}

async fn sent_before(
    connection: &mut SqliteConnection,
    key_hash: &Hash,
) -> Result<Option<(Claim, Vec<u8>, [u8; 16])>, StoreError> {
    let sql = "select number, content_hash, salt from claims where key_hash = ?";
    let found: Option<(i64, Vec<u8>, Vec<u8>)> = sqlx::query_as(sql)
        .bind(&key_hash[..])
        .fetch_optional(&mut *connection)
        .await?;
    let Some((bits, content, salt)) = found else {
        return Ok(None);
    };
    let claim = read::claim(connection, read::number(bits)).await?;
    let salt = salt.try_into().unwrap_or_default();
    Ok(claim.map(|claim| (claim, content, salt)))
}

async fn insert(
    connection: &mut SqliteConnection,
    opening: &Opening<'_>,
) -> Result<(), StoreError> {
    let claim = opening.claim;
    let withdrawal = claim.withdrawal.as_ref();
    let contact = &claim.contact;
    sqlx::query(INSERT)
        .bind(read::bits(claim.number))
        .bind(&claim.site)
        .bind(claim.kind.word())
        .bind(&claim.category)
        .bind(&claim.team)
        .bind(claim.lang.code())
        .bind(State::Received.word())
        .bind(contact.name.as_deref())
        .bind(contact.email.as_deref())
        .bind(contact.email.as_deref().map(read::email_key))
        .bind(contact.phone.as_deref())
        .bind(claim.order.as_deref())
        .bind(claim.slot.map(read::slot_text))
        .bind(
            withdrawal
                .and_then(|own| own.goods_received)
                .map(|day| day.to_string()),
        )
        .bind(
            withdrawal
                .and_then(|own| own.last_day)
                .map(|day| day.to_string()),
        )
        .bind(withdrawal.map(|own| own.late))
        .bind(claim.opened.0)
        .bind(claim.promised.map(|at| at.0))
        .bind(claim.due.map(|at| at.0))
        .bind(claim.updated.0)
        .bind(&opening.key_hash[..])
        .bind(&opening.content_hash[..])
        .bind(&opening.salt[..])
        .execute(connection)
        .await?;
    Ok(())
}

async fn update(
    connection: &mut SqliteConnection,
    claim: &Claim,
    at: Timestamp,
) -> Result<(), StoreError> {
    let rating = claim.rating.as_ref();
    sqlx::query(UPDATE)
        .bind(read::bits(claim.number))
        .bind(&claim.team)
        .bind(claim.state.word())
        .bind(claim.due.map(|at| at.0))
        .bind(claim.missed)
        .bind(claim.responded.map(|at| at.0))
        .bind(claim.closed.map(|at| at.0))
        .bind(claim.merged_into.map(read::bits))
        .bind(rating.map(|own| own.delay))
        .bind(rating.map(|own| own.listened))
        .bind(rating.map(|own| own.line.as_str()))
        .bind(at.0)
        .bind(claim.updated.0)
        .execute(connection)
        .await?;
    Ok(())
}

async fn insert_entry(
    connection: &mut SqliteConnection,
    number: TrackingNumber,
    entry: &Entry,
    key_hash: Option<&Hash>,
) -> Result<(), StoreError> {
    sqlx::query(INSERT_ENTRY)
        .bind(read::bits(number))
        .bind(entry.rank)
        .bind(entry.at.0)
        .bind(entry.act.word())
        .bind(entry.by.word())
        .bind(entry.user.as_deref())
        .bind(entry.text.as_deref())
        .bind(entry.due.map(|at| at.0))
        .bind(entry.team.as_deref())
        .bind(key_hash.map(|hash| &hash[..]))
        .execute(connection)
        .await?;
    Ok(())
}

async fn insert_files(
    connection: &mut SqliteConnection,
    number: TrackingNumber,
    entry: u32,
    first: u32,
    files: &[NewFile],
) -> Result<(), StoreError> {
    let sql = "insert into claim_files (claim, rank, entry, kind, size_bytes, bytes) values (?, ?, ?, ?, ?, ?)";
    for (rank, file) in (first..).zip(files) {
        sqlx::query(sql)
            .bind(read::bits(number))
            .bind(rank)
            .bind(entry)
            .bind(file.kind.word())
            .bind(i64::try_from(file.bytes.len()).unwrap_or(i64::MAX))
            .bind(&file.bytes[..])
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// What comes along with anything that happens: ways in, and mails.
async fn follow(
    connection: &mut SqliteConnection,
    number: TrackingNumber,
    access: &[Access],
    mails: &[Mail],
    now: Timestamp,
) -> Result<(), StoreError> {
    for way in access {
        access::insert(connection, number, way).await?;
    }
    for mail in mails {
        mails::enqueue(connection, mail, now).await?;
    }
    Ok(())
}
