//! What can be done to claims, for the API, the shopper's pages and the console alike: they
//! read a request, call here, and show what comes back. Rules are in `guichet_domain::claim`,
//! rows in `store::claims`, mails in `claims::letter`, secrets in `claims::secret`.

pub(crate) mod letter;
pub(crate) mod refused;
pub(crate) mod secret;
pub(crate) mod upload;
pub(crate) mod view;

use crate::App;
use crate::store::StoreError;
use crate::store::claims::{
    Access, AccessKind, Acted, Consequences, Deed, NewFile, Opened, Opening,
};
use guichet_domain::civil::Local;
use guichet_domain::claim::form::{Draft, Form};
use guichet_domain::claim::slot::{slot_end, slots};
use guichet_domain::claim::step::Change;
use guichet_domain::claim::{Act, Actor, Claim, Entry, State, due};
use guichet_domain::event::RandomId;
use guichet_domain::lang::Lang;
use guichet_domain::site::Site;
use guichet_domain::tracking::{ReceiptCode, TrackingNumber};
use guichet_domain::zone::Timestamp;
use refused::Refused;

/// For how long the link of a mail opens its claim.
const LINK_MS: i64 = 30 * 24 * 3_600_000;
/// For how long a pass does.
const PASS_MS: i64 = 2 * 3_600_000;

/// A claim about to be opened, as it was sent.
#[derive(Debug)]
pub(crate) struct Intake {
    /// Id of the site.
    pub(crate) site: String,
    /// Drawn by the sender, once for a claim however often it is sent.
    pub(crate) key: RandomId,
    /// The language the shopper is written to in.
    pub(crate) lang: Lang,
    /// The form.
    pub(crate) form: Form,
    /// What came with it.
    pub(crate) files: Vec<NewFile>,
}

/// A claim that was received, with what opens its messages.
#[derive(Debug)]
pub(crate) struct Receipt {
    /// The claim as it stands.
    pub(crate) claim: Claim,
    /// The code; the only time that we know it.
    pub(crate) code: ReceiptCode,
    /// Whether the same was sent before.
    pub(crate) again: bool,
}

/// A site that takes claims, by its id.
pub(crate) fn desk<'a>(app: &'a App, id: &str) -> Result<&'a Site, Refused> {
    let site = app.shops.site(id).filter(|site| site.claims.is_some());
    site.ok_or_else(|| Refused::NoDesk(id.to_owned()))
}

/// The site of a claim; claims of a site that is served no longer are out of reach.
pub(crate) fn site_of<'a>(app: &'a App, claim: &Claim) -> Result<&'a Site, Refused> {
    app.shops.site(&claim.site).ok_or(Refused::NoClaim)
}

/// Opens a claim; sent again, it is the same one.
pub(crate) async fn open(app: &App, intake: &Intake) -> Result<Receipt, Refused> {
    let site = desk(app, &intake.site)?;
    let now = app.clock.now();
    let draft = match intake.form.check(site, now) {
        Ok(draft) => draft,
        // What is sent again may name a slot that has gone by since: it is known all the same.
        Err(faults) => return known(app, intake).await?.ok_or(Refused::Invalid(faults)),
    };
    let number = TrackingNumber::from_random(u64::from_be_bytes(app.random.bytes()));
    let claim = received(number, site, intake.lang, &draft, now);
    let salt: [u8; 16] = app.random.bytes();
    let code = secret::code(&salt, intake.key);
    let (link, link_hash) = secret::token(&app.random, number);
    let access = [
        Access {
            kind: AccessKind::Code,
            hash: secret::code_hash(number, code),
            expires: None,
        },
        link_access(link_hash, now),
    ];
    let mails: Vec<_> = letter::receipt(site, &app.public_url, &claim, &draft.text, code, &link)
        .into_iter()
        .collect();
    let opening = Opening {
        claim: &claim,
        text: &draft.text,
        files: &intake.files,
        key_hash: secret::key_hash(intake.key),
        content_hash: content_hash(intake),
        salt,
        access: if mails.is_empty() {
            &access[..1]
        } else {
            &access
        },
        calls_per_slot: site.claims.as_ref().map_or(1, |desk| desk.calls_per_slot),
        mails: &mails,
    };
    match app.store.open_claim(&opening).await? {
        Opened::New => Ok(Receipt {
            claim,
            code,
            again: false,
        }),
        Opened::Known(claim, salt) => Ok(Receipt {
            claim: *claim,
            code: secret::code(&salt, intake.key),
            again: true,
        }),
        Opened::OtherContent => Err(Refused::KeyReused),
        Opened::SlotTaken => Err(Refused::SlotTaken),
    }
}

/// Whether what concerns a claim goes out by mail.
pub(crate) fn is_mailed(app: &App, claim: &Claim) -> bool {
    app.sends_mail && claim.contact.email.is_some()
}

/// The receipt of what was sent before with this key and content.
async fn known(app: &App, intake: &Intake) -> Result<Option<Receipt>, Refused> {
    let key_hash = secret::key_hash(intake.key);
    let found = app.store.claim_sent(&key_hash).await?;
    Ok(found
        .filter(|(_, content, _)| *content == content_hash(intake))
        .map(|(claim, _, salt)| Receipt {
            claim,
            code: secret::code(&salt, intake.key),
            again: true,
        }))
}

fn content_hash(intake: &Intake) -> [u8; 32] {
    let form = &intake.form;
    let mut parts: Vec<&[u8]> = [
        intake.site.as_str(),
        form.kind.word(),
        &form.category,
        &form.text,
        &form.name,
        &form.email,
        &form.phone,
        &form.order,
        &form.slot,
        &form.goods_received,
    ]
    .map(str::as_bytes)
    .into();
    parts.extend(intake.files.iter().map(|file| file.bytes.as_slice()));
    secret::hash(&parts)
}

/// The claim a draft becomes.
fn received(
    number: TrackingNumber,
    site: &Site,
    lang: Lang,
    draft: &Draft,
    now: Timestamp,
) -> Claim {
    let promised = match draft.slot {
        Some(slot) => Some(slot_end(site, slot)),
        None => due::due(site, &draft.category, now),
    };
    Claim {
        number,
        site: site.id.clone(),
        kind: draft.kind,
        category: draft.category.clone(),
        team: draft.team.clone(),
        lang,
        state: State::Received,
        contact: draft.contact.clone(),
        order: draft.order.clone(),
        slot: draft.slot,
        withdrawal: draft.withdrawal,
        opened: now,
        promised,
        due: promised,
        missed: 0,
        responded: None,
        closed: None,
        merged_into: None,
        rating: None,
        updated: now,
    }
}

fn link_access(hash: [u8; 32], now: Timestamp) -> Access {
    Access {
        kind: AccessKind::Link,
        hash,
        expires: Some(Timestamp(now.0.saturating_add(LINK_MS))),
    }
}

/// Something to be done to a claim, with what is written about it.
#[derive(Debug)]
pub(crate) struct Doing<'a> {
    /// What, who and when.
    pub(crate) change: Change,
    /// The user of the console who does it.
    pub(crate) user: Option<&'a str>,
    /// What is written: clean, see `form::message`.
    pub(crate) text: Option<&'a str>,
    /// What comes with it.
    pub(crate) files: &'a [NewFile],
    /// Drawn by the shopper's side, once for what he does.
    pub(crate) key: Option<RandomId>,
}

impl<'a> Doing<'a> {
    /// Something done by somebody now, about which nothing is written.
    pub(crate) fn new(app: &App, act: Act, by: Actor) -> Self {
        Self {
            change: Change::new(act, by, app.clock.now()),
            user: None,
            text: None,
            files: &[],
            key: None,
        }
    }

    /// With a text, if there is one.
    pub(crate) fn saying(self, text: &'a str) -> Self {
        Self {
            text: Some(text).filter(|text| !text.is_empty()),
            ..self
        }
    }
}

/// Does something to a claim; the shopper is written to where it concerns him.
pub(crate) async fn act(app: &App, claim: &Claim, doing: &Doing<'_>) -> Result<Claim, Refused> {
    let site = site_of(app, claim)?;
    let deed = Deed {
        number: claim.number,
        site,
        change: &doing.change,
        user: doing.user,
        text: doing.text,
        files: doing.files,
        key_hash: doing.key.map(secret::key_hash),
    };
    let consequences = |claim: &Claim, entry: &Entry| {
        let (link, hash) = secret::token(&app.random, claim.number);
        match letter::about(site, &app.public_url, claim, entry, &link) {
            None => Consequences::default(),
            Some(mail) => Consequences {
                mails: vec![mail],
                access: vec![link_access(hash, doing.change.at)],
            },
        }
    };
    match app.store.act(&deed, &consequences).await? {
        Acted::Done(claim) | Acted::Known(claim) => Ok(*claim),
        Acted::NoClaim => Err(Refused::NoClaim),
        Acted::Refused(refusal) => Err(Refused::NotPossible(refusal)),
        Acted::TooManyFiles => Err(Refused::TooManyFiles),
    }
}

/// Slots that can be booked now and have room left.
pub(crate) async fn free_slots(app: &App, site: &Site) -> Result<Vec<Local>, StoreError> {
    let offered = slots(site, app.clock.now());
    let Some(first) = offered.first() else {
        return Ok(Vec::new());
    };
    let room = u32::from(site.claims.as_ref().map_or(1, |desk| desk.calls_per_slot));
    let taken = app.store.slots_taken(&site.id, *first).await?;
    let full = |slot: &Local| {
        taken
            .iter()
            .any(|(own, count)| own == slot && *count >= room)
    };
    Ok(offered.into_iter().filter(|slot| !full(slot)).collect())
}

/// Exchanges the link of a mail for a pass, which is good for two hours.
pub(crate) async fn pass(app: &App, number: TrackingNumber, link: &str) -> Result<String, Refused> {
    let now = app.clock.now();
    let link = secret::token_hash(number, link).ok_or(Refused::NoAccess)?;
    let (pass, hash) = secret::token(&app.random, number);
    let access = Access {
        kind: AccessKind::Pass,
        hash,
        expires: Some(Timestamp(now.0.saturating_add(PASS_MS))),
    };
    let exchanged = app.store.exchange_link(number, &link, &access, now).await?;
    exchanged.then_some(pass).ok_or(Refused::NoAccess)
}

/// Gives a new date to every claim whose promise has passed, and says so to the shopper. Done
/// again and again by `rounds`: at most a minute passes between a missed promise and its new date.
pub(crate) async fn own_up(app: &App) -> Result<(), StoreError> {
    for claim in app.store.overdue(app.clock.now()).await? {
        let doing = Doing::new(app, Act::Postpone, Actor::System);
        match act(app, &claim, &doing).await {
            // Somebody answered it in this very moment, or its site is served no longer.
            Ok(_) | Err(Refused::NotPossible(_) | Refused::NoClaim) => {}
            Err(Refused::Store(error)) => return Err(error),
            Err(error) => tracing::error!(%error, "a missed promise could not be owned up to"),
        }
    }
    Ok(())
}
