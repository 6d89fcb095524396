//! Opening claims and doing something to them, each in one transaction that also queues the mails it causes.

use super::{Access, Acted, Consequences, Deed, Hash, NewFile, Opened, Opening, access, read};
use crate::mail::Mail;
use crate::store::sql::{Row, Statement, Transaction};
use crate::store::{Store, StoreError, mails};
use guichet_domain::claim::form::MAX_FILES;
use guichet_domain::claim::{Act, Actor, Claim, Entry, FileInfo, State};
use guichet_domain::tracking::TrackingNumber;
use guichet_domain::zone::Timestamp;

const SENT: &str = "select * from claims where key_hash = $1";

const INSERT: &str = "
    insert into claims
        (number, site, kind, category, team, lang, state, name, email, email_key, phone, order_number,
         slot, goods_received, last_day, late, opened_ms, promised_ms, due_ms, updated_ms,
         key_hash, content_hash, salt)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)";

const UPDATE: &str = "
    update claims
    set team = $2, state = $3, due_ms = $4, missed = $5, responded_ms = $6, closed_ms = $7, merged_into = $8,
        rating_delay = $9, rating_listened = $10, rating_line = $11,
        rated_ms = case when $9 is null then null else coalesce(rated_ms, $12) end, updated_ms = $13
    where number = $1";

const INSERT_ENTRY: &str = r#"
    insert into claim_entries (claim, rank, at_ms, act, actor, "user", text, due_ms, team, key_hash)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"#;

impl Store {
    /// The claim sent with a key, with the hash of its content and its salt.
    pub async fn claim_sent(
        &self,
        key_hash: &Hash,
    ) -> Result<Option<(Claim, Vec<u8>, [u8; 16])>, StoreError> {
        sent_before(self.pool.sql(SENT), key_hash).await
    }

    /// Stores a claim with its first entry, its files and its mails, all or nothing, and once
    /// for a key however often it is sent.
    pub async fn open_claim(&self, opening: &Opening<'_>) -> Result<Opened, StoreError> {
        let claim = opening.claim;
        let mut transaction = self.pool.begin().await?;
        let key = &opening.key_hash;
        transaction
            .hold(&format!("claim sent with {key:x?}"))
            .await?;
        if let Some((known, content, salt)) = sent_before(transaction.sql(SENT), key).await? {
            if content != opening.content_hash {
                return Ok(Opened::OtherContent);
            }
            return Ok(Opened::Known(Box::new(known), salt));
        }
        if let Some(slot) = claim.slot.map(read::slot_text) {
            transaction
                .hold(&format!("slot {slot} of {}", claim.site))
                .await?;
            let sql =
                "select count(*) from claims where site = $1 and slot = $2 and state <> 'closed'";
            let booked = transaction.sql(sql).bind(&claim.site).bind(slot);
            let (taken,): (i64,) = booked.one().await?;
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

    /// Does something to a claim: what `Claim::after` makes of it, an entry of the timeline and
    /// what `consequences` makes of claim and entry are stored, all or nothing.
    pub async fn act(
        &self,
        deed: &Deed<'_>,
        consequences: &(dyn Fn(&Claim, &Entry) -> Consequences + Send + Sync),
    ) -> Result<Acted, StoreError> {
        let number = deed.number;
        let mut transaction = self.pool.begin().await?;
        let Some(claim) = read::claim_to_change(&mut transaction, number)
            .await?
            .filter(|claim| claim.site == deed.site.id)
        else {
            return Ok(Acted::NoClaim);
        };
        if let Some(key_hash) = &deed.key_hash {
            let sql = "select 1 from claim_entries where claim = $1 and key_hash = $2";
            let known: Option<Row> = transaction
                .sql(sql)
                .bind(read::bits(number))
                .bind(&key_hash[..])
                .first()
                .await?;
            if known.is_some() {
                return Ok(Acted::Known(Box::new(claim)));
            }
        }
        let after = match claim.after(deed.change, deed.site) {
            Ok(after) => after,
            Err(refusal) => return Ok(Acted::Refused(refusal)),
        };
        let sql = "select (select max(rank) from claim_entries where claim = $1),
                (select coalesce(max(rank), 0) from claim_files where claim = $1)";
        let ranks = transaction.sql(sql).bind(read::bits(number));
        let (entries, files): (i64, i64) = ranks.one().await?;
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
    statement: Statement<'_>,
    key_hash: &Hash,
) -> Result<Option<(Claim, Vec<u8>, [u8; 16])>, StoreError> {
    let row: Option<Row> = statement.bind(&key_hash[..]).first().await?;
    let Some(row) = row else { return Ok(None) };
    let salt: Vec<u8> = row.get("salt")?;
    let salt = salt.try_into().unwrap_or_default();
    Ok(Some((
        read::from_row(&row)?,
        row.get("content_hash")?,
        salt,
    )))
}

async fn insert(
    transaction: &mut Transaction<'_>,
    opening: &Opening<'_>,
) -> Result<(), StoreError> {
    let claim = opening.claim;
    let withdrawal = claim.withdrawal.as_ref();
    let contact = &claim.contact;
    transaction
        .sql(INSERT)
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
        .run()
        .await?;
    Ok(())
}

async fn update(
    transaction: &mut Transaction<'_>,
    claim: &Claim,
    at: Timestamp,
) -> Result<(), StoreError> {
    let rating = claim.rating.as_ref();
    transaction
        .sql(UPDATE)
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
        .run()
        .await?;
    Ok(())
}

async fn insert_entry(
    transaction: &mut Transaction<'_>,
    number: TrackingNumber,
    entry: &Entry,
    key_hash: Option<&Hash>,
) -> Result<(), StoreError> {
    transaction
        .sql(INSERT_ENTRY)
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
        .run()
        .await?;
    Ok(())
}

async fn insert_files(
    transaction: &mut Transaction<'_>,
    number: TrackingNumber,
    entry: u32,
    first: u32,
    files: &[NewFile],
) -> Result<(), StoreError> {
    let sql = "insert into claim_files (claim, rank, entry, kind, size_bytes, bytes) values ($1, $2, $3, $4, $5, $6)";
    for (rank, file) in (first..).zip(files) {
        transaction
            .sql(sql)
            .bind(read::bits(number))
            .bind(rank)
            .bind(entry)
            .bind(file.kind.word())
            .bind(i64::try_from(file.bytes.len()).unwrap_or(i64::MAX))
            .bind(&file.bytes[..])
            .run()
            .await?;
    }
    Ok(())
}

/// What comes along with anything that happens: ways in, and mails.
async fn follow(
    transaction: &mut Transaction<'_>,
    number: TrackingNumber,
    access: &[Access],
    mails: &[Mail],
    now: Timestamp,
) -> Result<(), StoreError> {
    for way in access {
        access::insert(transaction, number, way).await?;
    }
    for mail in mails {
        mails::enqueue(transaction, mail, now).await?;
    }
    Ok(())
}
