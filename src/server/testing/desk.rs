//! A shop that takes claims, and claims opened straight in its store: for tests of what comes after.

use crate::shops::Shop;
use crate::store::claims::{Opened, Opening};
use crate::testing::{TestServer, shop};
use crate::{Config, Store};
use guichet_domain::claim::due::due;
use guichet_domain::claim::{Claim, Contact, Kind, State};
use guichet_domain::document::{Clause, Document};
use guichet_domain::lang::Lang;
use guichet_domain::tracking::TrackingNumber;
use guichet_domain::zone::Timestamp;
use std::collections::BTreeMap;

/// Saturday 9 June 2012, 11:00 in Paris. The answer is promised for Monday 11 June, 17:30.
pub(crate) const SATURDAY: Timestamp = Timestamp(1_339_232_400_000);
/// Monday 11 June 2012, 17:30 in Paris.
pub(crate) const MONDAY_EVENING: Timestamp = Timestamp(1_339_428_600_000);

/// The shop, with one clause to quote.
pub(crate) fn desk() -> Shop {
    let clause = Clause {
        id: "cgv/7.1".into(),
        number: "7.1".into(),
        path: vec!["Rétractation".into()],
        lead: None,
        text: "Vous avez 14 jours.".into(),
        lang: None,
        deadlines: Vec::new(),
    };
    let documents = BTreeMap::from([(Lang::Fr, vec![Document::Clause(clause)])]);
    Shop::new(shop(), documents)
}

/// A server of that shop, on that Saturday.
pub(crate) async fn start() -> TestServer {
    start_with(|_| ()).await
}

/// The same, with something else changed.
pub(crate) async fn start_with(change: impl FnOnce(&mut Config)) -> TestServer {
    let server = TestServer::start_with(|config, _| {
        change(config);
    })
    .await;
    server.set_clock(SATURDAY.0);
    server
}

/// A claim of the delivery category, received on that Saturday.
pub(crate) fn claim(random: u64) -> Claim {
    let site = shop();
    let due = due(&site, "livraison", SATURDAY);
    Claim {
        number: TrackingNumber::from_random(random),
        site: site.id.clone(),
        kind: Kind::Request,
        category: "livraison".into(),
        team: "livraison".into(),
        lang: Lang::Fr,
        state: State::Received,
        contact: Contact {
            name: Some("Léa".into()),
            email: Some("lea@mail.example".into()),
            phone: None,
        },
        order: Some("CS-1".into()),
        slot: None,
        withdrawal: None,
        opened: SATURDAY,
        promised: due,
        due,
        missed: 0,
        responded: None,
        closed: None,
        merged_into: None,
        rating: None,
        updated: SATURDAY,
    }
}

/// Opens a claim with these words.
pub(crate) async fn open(store: &Store, claim: &Claim, text: &str) {
    let mut key_hash = [0; 32];
    key_hash[..8].copy_from_slice(&claim.number.bits().to_be_bytes());
    let opening = Opening {
        claim,
        text,
        files: &[],
        key_hash,
        content_hash: [0; 32],
        salt: [0; 16],
        access: &[],
        calls_per_slot: 1,
        mails: &[],
    };
    assert_eq!(store.open_claim(&opening).await.unwrap(), Opened::New);
}
