//! Several servers on one database: each piece of work is done by one of them.

use super::Store;
use super::claims::{Acted, Deed, Opened, Opening};
use super::digests::Digest;
use crate::mail::{Mail, Outcome};
use crate::testing::desk::{SATURDAY, claim};
use crate::testing::{database, shop};
use crate::webhooks::Delivered;
use guichet_domain::civil::{Local, Minute};
use guichet_domain::claim::step::Change;
use guichet_domain::claim::{Act, Actor, Claim};
use guichet_domain::lang::Lang;
use guichet_domain::zone::Timestamp;
use std::collections::BTreeSet;
use std::sync::Arc;

const SERVERS: usize = 3;
/// Pieces of work of one kind.
const PIECES: u64 = 60;

/// The stores of several servers on an empty database.
async fn servers(dir: &tempfile::TempDir) -> Vec<Store> {
    let database = database(dir);
    let mut stores = Vec::new();
    for _ in 0..SERVERS {
        stores.push(Store::open(&database).await.unwrap());
    }
    stores
}

/// What all servers make of `work` when they do it at the same time, twice each.
async fn at_once<T: Send + 'static, F: Future<Output = T> + Send + 'static>(
    stores: &[Store],
    work: impl Fn(Store, u64) -> F,
) -> Vec<T> {
    let begin = Arc::new(tokio::sync::Barrier::new(2 * stores.len()));
    let tasks: Vec<_> = (1..)
        .zip(stores.iter().chain(stores))
        .map(|(nth, store)| {
            let (begin, work) = (begin.clone(), work(store.clone(), nth));
            tokio::spawn(async move {
                begin.wait().await;
                work.await
            })
        })
        .collect();
    let mut made = Vec::new();
    for task in tasks {
        made.push(task.await.unwrap());
    }
    made
}

fn mail(key: &str) -> Mail {
    Mail {
        key: key.into(),
        site: "cap-sentier".into(),
        claim: None,
        to: "zoe@example.org".into(),
        lang: Lang::Fr,
        subject: "Reçu".into(),
        text: "Bonjour".into(),
    }
}

async fn open(store: &Store, claim: &Claim, calls_per_slot: u8) -> Opened {
    let mut key_hash = [0; 32];
    key_hash[..8].copy_from_slice(&claim.number.bits().to_be_bytes());
    let opening = Opening {
        claim,
        text: "Où est mon colis ?",
        files: &[],
        key_hash,
        content_hash: [0; 32],
        salt: [0; 16],
        access: &[],
        calls_per_slot,
        mails: &[],
    };
    store.open_claim(&opening).await.unwrap()
}

fn count<T: PartialEq>(made: &[T], wanted: &T) -> usize {
    made.iter().filter(|one| *one == wanted).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_mail_is_taken_by_one_server() {
    let dir = tempfile::tempdir().unwrap();
    let stores = servers(&dir).await;
    for n in 0..PIECES {
        let mail = mail(&n.to_string());
        let queued = stores[0].enqueue_mail(&mail, Timestamp(0)).await;
        assert!(queued.unwrap());
    }
    let taken = at_once(&stores, |store, _| async move {
        let mut taken = Vec::new();
        while let Some(queued) = store.next_mail(Timestamp(1)).await.unwrap() {
            let settled = store.settle_mail(queued.id, &Outcome::Sent, Timestamp(1));
            settled.await.unwrap();
            taken.push(queued.id);
        }
        taken
    });
    let taken = taken.await.concat();
    assert_eq!(taken.len() as u64, PIECES);
    assert_eq!(taken.iter().collect::<BTreeSet<_>>().len() as u64, PIECES);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_webhook_is_taken_by_one_server() {
    let dir = tempfile::tempdir().unwrap();
    let stores = servers(&dir).await;
    for n in 1..=PIECES {
        assert_eq!(open(&stores[0], &claim(n), 1).await, Opened::New);
    }
    let taken = at_once(&stores, |store, _| async move {
        let mut taken = Vec::new();
        while let Some(delivery) = store.next_delivery(SATURDAY).await.unwrap() {
            let settled = store.settle_delivery(delivery.id, &Delivered::Yes, SATURDAY);
            settled.await.unwrap();
            taken.push(delivery.id);
        }
        taken
    });
    let taken = taken.await.concat();
    assert_eq!(taken.len() as u64, PIECES);
    assert_eq!(taken.iter().collect::<BTreeSet<_>>().len() as u64, PIECES);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_sent_to_all_of_them_is_kept_once() {
    let dir = tempfile::tempdir().unwrap();
    let stores = servers(&dir).await;
    let opened = at_once(&stores, |store, _| async move {
        open(&store, &claim(1), 1).await
    });
    let opened = opened.await;
    assert_eq!(count(&opened, &Opened::New), 1, "{opened:?}");
    let known = Opened::Known(Box::new(claim(1)), [0; 16]);
    assert_eq!(count(&opened, &known), opened.len() - 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slot_is_given_away_as_often_as_it_has_room() {
    let dir = tempfile::tempdir().unwrap();
    let stores = servers(&dir).await;
    let slot = Local {
        date: "2012-06-11".parse().unwrap(),
        time: Minute(600),
    };
    let opened = at_once(&stores, |store, nth| async move {
        let call = Claim {
            slot: Some(slot),
            ..claim(nth)
        };
        open(&store, &call, 2).await
    });
    let opened = opened.await;
    assert_eq!(count(&opened, &Opened::New), 2, "{opened:?}");
    assert_eq!(count(&opened, &Opened::SlotTaken), opened.len() - 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missed_promise_is_owned_up_to_once_and_nothing_written_meanwhile_is_lost() {
    let dir = tempfile::tempdir().unwrap();
    let stores = servers(&dir).await;
    let late = claim(1);
    open(&stores[0], &late, 1).await;
    let at = Timestamp(late.due.unwrap().0 + 1);
    let acted = at_once(&stores, move |store, nth| async move {
        let site = shop();
        let mut made = Vec::new();
        for (act, by) in [(Act::Postpone, Actor::System), (Act::Note, Actor::Team)] {
            let deed = Deed {
                number: claim(1).number,
                site: &site,
                change: &Change::new(act, by, at),
                user: None,
                text: Some(&format!("{nth}")),
                files: &[],
                key_hash: None,
            };
            let acted = store.act(&deed, &|_, _| super::claims::Consequences::default());
            made.push(matches!(acted.await.unwrap(), Acted::Done(_)));
        }
        made
    });
    let acted = acted.await.concat();
    assert_eq!(count(&acted, &true), 1 + 2 * SERVERS);
    let timeline = stores[0].timeline(late.number).await.unwrap();
    let ranks: Vec<u32> = timeline.iter().map(|entry| entry.rank).collect();
    assert_eq!(ranks, (1..=8).collect::<Vec<u32>>());
    let kept = stores[0].claim(late.number).await.unwrap().unwrap();
    assert_eq!(kept.missed, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn monday_is_told_of_once() {
    let dir = tempfile::tempdir().unwrap();
    let stores = servers(&dir).await;
    let kept = at_once(&stores, |store, nth| async move {
        let digest = Digest {
            week: "2012-06-04".parse().unwrap(),
            lang: Lang::Fr,
            title: "La semaine".into(),
            body: nth.to_string(),
        };
        let mails = [mail(&format!("digest/{nth}"))];
        let kept = store.keep_digest("cap-sentier", &digest, &mails, SATURDAY);
        kept.await.unwrap()
    });
    assert_eq!(count(&kept.await, &true), 1);
    assert!(stores[0].next_mail(SATURDAY).await.unwrap().is_some());
    assert!(stores[1].next_mail(SATURDAY).await.unwrap().is_none());
}
