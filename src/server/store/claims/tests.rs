//! The story every store of claims must be able to tell.

use super::*;
use crate::Store;
use crate::testing::store;
use guichet_domain::civil::Local;
use guichet_domain::claim::{Act, Actor, Contact, Kind, Rating};
use guichet_domain::lang::Lang;

const OPENED: Timestamp = Timestamp(1_339_232_400_000); // Saturday 9 June 2012, 11:00 in Paris

fn site() -> Site {
    crate::testing::shop()
}

fn claim(random: u64) -> Claim {
    let due = guichet_domain::claim::due::due(&site(), "livraison", OPENED);
    Claim {
        number: TrackingNumber::from_random(random),
        site: site().id,
        kind: Kind::Request,
        category: "livraison".into(),
        team: "livraison".into(),
        lang: Lang::Fr,
        state: State::Received,
        contact: Contact {
            name: Some("Léa".into()),
            email: Some("Lea@Mail.example".into()),
            phone: None,
        },
        order: Some("CS-1".into()),
        slot: None,
        withdrawal: None,
        opened: OPENED,
        promised: due,
        due,
        missed: 0,
        responded: None,
        closed: None,
        merged_into: None,
        rating: None,
        updated: OPENED,
    }
}

fn mail(key: &str, number: TrackingNumber) -> Mail {
    Mail {
        key: key.into(),
        site: site().id,
        claim: Some(number.to_string()),
        to: "lea@mail.example".into(),
        lang: Lang::Fr,
        subject: "Votre demande".into(),
        text: "Bonjour".into(),
    }
}

fn photo() -> NewFile {
    NewFile {
        kind: FileKind::Jpeg,
        bytes: b"\xff\xd8\xff\xe0 parcel".to_vec(),
    }
}

/// Opens `claim` as sent with a key and a content of one byte each.
async fn open(store: &Store, claim: &Claim, key: u8, content: u8) -> Opened {
    let (text, salt) = ("Mon colis est abîmé.", [7; 16]);
    let access = [Access {
        kind: AccessKind::Code,
        hash: [key; 32],
        expires: None,
    }];
    let mails = [mail(&format!("receipt/{}", claim.number), claim.number)];
    let opening = Opening {
        claim,
        text,
        files: &[photo()],
        key_hash: [key; 32],
        content_hash: [content; 32],
        salt,
        access: &access,
        calls_per_slot: 1,
        mails: &mails,
    };
    store.open_claim(&opening).await.unwrap()
}

fn later(minutes: i64) -> Timestamp {
    Timestamp(OPENED.0 + minutes * 60_000)
}

struct Done<'a> {
    act: Act,
    by: Actor,
    minutes: i64,
    text: &'a str,
    files: &'a [NewFile],
    key: Option<u8>,
}

async fn act(store: &Store, number: TrackingNumber, done: Done<'_>) -> Acted {
    let mut change = Change::new(done.act, done.by, later(done.minutes));
    change.rating = Some(Rating {
        delay: 4,
        listened: 5,
        line: "Merci".into(),
    });
    let site = site();
    let deed = Deed {
        number,
        site: &site,
        change: &change,
        user: (done.by == Actor::Team).then_some("Zoé"),
        text: Some(done.text).filter(|text| !text.is_empty()),
        files: done.files,
        key_hash: done.key.map(|key| [key; 32]),
    };
    let consequences = |claim: &Claim, entry: &Entry| Consequences {
        mails: vec![mail(
            &format!("entry/{}/{}", claim.number, entry.rank),
            number,
        )],
        access: vec![Access {
            kind: AccessKind::Link,
            hash: [100 + u8::try_from(entry.rank).unwrap(); 32],
            expires: Some(later(1_000)),
        }],
    };
    store.act(&deed, &consequences).await.unwrap()
}

fn team(act: Act, minutes: i64, text: &str) -> Done<'_> {
    Done {
        act,
        by: Actor::Team,
        minutes,
        text,
        files: &[],
        key: None,
    }
}

fn shopper(act: Act, minutes: i64, text: &str) -> Done<'_> {
    Done {
        by: Actor::Shopper,
        ..team(act, minutes, text)
    }
}

async fn check_story(store: Store) {
    let first = claim(1);
    assert_eq!(open(&store, &first, 1, 1).await, Opened::New);
    // Sent again, with another number drawn: the claim that is there, once, with one mail.
    let again = Opened::Known(Box::new(first.clone()), [7; 16]);
    assert_eq!(open(&store, &claim(2), 1, 1).await, again);
    assert_eq!(open(&store, &claim(2), 1, 9).await, Opened::OtherContent);
    assert_eq!(store.claim(claim(2).number).await.unwrap(), None);
    assert_eq!(
        store.claim(first.number).await.unwrap().as_ref(),
        Some(&first)
    );
    let mails = async || {
        store
            .mails_of_claim(&first.number.to_string())
            .await
            .unwrap()
            .len()
    };
    assert_eq!(mails().await, 1);

    // Overdue after Monday 11 June, and no longer once a new date is given.
    let tuesday = later(3 * 24 * 60);
    assert_eq!(store.overdue(OPENED).await.unwrap(), []);
    assert_eq!(
        store.overdue(tuesday).await.unwrap(),
        std::slice::from_ref(&first)
    );
    let postponed = Done {
        by: Actor::System,
        ..team(Act::Postpone, 3 * 24 * 60, "")
    };
    assert!(matches!(
        act(&store, first.number, postponed).await,
        Acted::Done(_)
    ));
    assert_eq!(store.overdue(tuesday).await.unwrap(), []);

    check_conversation(&store, first.number).await;
    let kept = store.claim(first.number).await.unwrap().unwrap();
    assert_eq!((kept.state, kept.missed), (State::Closed, 1));
    assert_eq!(kept.first_promise_kept(kept.updated), Some(false));
    assert_eq!(
        kept.rating.map(|rating| rating.line).as_deref(),
        Some("Merci")
    );
    let timeline = store.timeline(first.number).await.unwrap();
    let acts: Vec<_> = timeline.iter().map(|entry| entry.act.word()).collect();
    let expected = [
        "open", "postpone", "ask", "complete", "note", "answer", "close", "rate",
    ];
    assert_eq!(acts, expected);
    assert_eq!(timeline[0].files.len(), 1);
    let ranks: Vec<_> = timeline[3].files.iter().map(|file| file.rank).collect();
    assert_eq!(ranks, [2, 3]);
    assert_eq!(timeline[5].user.as_deref(), Some("Zoé"));
    let (info, bytes) = store.claim_file(first.number, 3).await.unwrap().unwrap();
    assert_eq!((info.kind, bytes), (FileKind::Jpeg, photo().bytes));
    assert_eq!(store.claim_file(first.number, 4).await.unwrap(), None);
    assert_eq!(store.claim_file(claim(2).number, 1).await.unwrap(), None);
    assert_eq!(mails().await, 8, "one for each thing that happened");

    check_access(&store, first.number).await;
    check_lists(&store, &first).await;
    check_privacy(&store, &first).await;
}

async fn check_conversation(store: &Store, number: TrackingNumber) {
    let minutes = 3 * 24 * 60;
    let asked = act(store, number, team(Act::Ask, minutes + 1, "Une photo ?")).await;
    assert!(matches!(asked, Acted::Done(claim) if claim.state == State::WaitingForShopper));
    let photos = [photo(), photo()];
    let complete = || Done {
        files: &photos,
        key: Some(50),
        ..shopper(Act::Complete, minutes + 2, "La voici.")
    };
    assert!(matches!(
        act(store, number, complete()).await,
        Acted::Done(_)
    ));
    assert!(matches!(
        act(store, number, complete()).await,
        Acted::Known(_)
    ));
    let many = [photo(), photo(), photo()];
    let too_many = Done {
        files: &many,
        ..shopper(Act::Complete, minutes + 3, "")
    };
    assert_eq!(act(store, number, too_many).await, Acted::TooManyFiles);
    let noted = act(store, number, team(Act::Note, minutes + 4, "Fragile")).await;
    assert!(matches!(noted, Acted::Done(_)));
    let answered = act(store, number, team(Act::Answer, minutes + 5, "Remboursé.")).await;
    assert!(matches!(answered, Acted::Done(_)));
    let closed = act(store, number, shopper(Act::Close, minutes + 6, "")).await;
    assert!(matches!(closed, Acted::Done(_)));
    let refused = act(store, number, shopper(Act::Complete, minutes + 7, "Et ?")).await;
    assert!(matches!(refused, Acted::Refused(Refusal::State { .. })));
    assert!(matches!(
        act(store, number, shopper(Act::Rate, minutes + 8, "")).await,
        Acted::Done(_)
    ));
    assert_eq!(
        act(store, number, shopper(Act::Rate, minutes + 9, "")).await,
        Acted::Refused(Refusal::Rated)
    );
}

async fn check_access(store: &Store, number: TrackingNumber) {
    let other = claim(2).number;
    assert!(store.opens(number, &[1; 32], OPENED).await.unwrap());
    assert!(!store.opens(number, &[2; 32], OPENED).await.unwrap());
    assert!(
        !store.opens(other, &[1; 32], OPENED).await.unwrap(),
        "another claim's code"
    );
    // A link opens nothing by itself, is exchanged once, for its own claim, and in time.
    let link = [102; 32];
    let pass = Access {
        kind: AccessKind::Pass,
        hash: [200; 32],
        expires: Some(later(60)),
    };
    assert!(!store.opens(number, &link, OPENED).await.unwrap());
    assert!(
        !store
            .exchange_link(other, &link, &pass, OPENED)
            .await
            .unwrap()
    );
    assert!(
        !store
            .exchange_link(number, &link, &pass, later(1_000))
            .await
            .unwrap()
    );
    assert!(
        store
            .exchange_link(number, &link, &pass, OPENED)
            .await
            .unwrap()
    );
    assert!(
        !store
            .exchange_link(number, &link, &pass, OPENED)
            .await
            .unwrap()
    );
    assert!(store.opens(number, &[200; 32], later(59)).await.unwrap());
    assert!(!store.opens(number, &[200; 32], later(60)).await.unwrap());
}

async fn check_lists(store: &Store, first: &Claim) {
    let mut call = claim(3);
    call.kind = Kind::CallBack;
    call.team = "conseil".into();
    call.contact.email = Some("paul@mail.example".into());
    let day = "2012-06-11".parse().unwrap();
    let time = "09:30".parse().unwrap();
    let slot = Local { date: day, time };
    call.slot = Some(slot);
    assert_eq!(open(store, &call, 3, 3).await, Opened::New);
    let mut second = call.clone();
    second.number = TrackingNumber::from_random(4);
    assert_eq!(open(store, &second, 4, 4).await, Opened::SlotTaken);
    assert_eq!(
        store.slots_taken(&first.site, slot).await.unwrap(),
        [(slot, 1)]
    );
    let cancelled = act(store, call.number, shopper(Act::Cancel, 1, "")).await;
    assert!(matches!(cancelled, Acted::Done(_)));
    assert_eq!(
        open(store, &second, 4, 4).await,
        Opened::New,
        "there is room again"
    );

    let list = async |filter: ClaimFilter| -> Vec<u64> {
        let claims = store.claims(&filter).await.unwrap();
        claims.iter().map(|claim| claim.number.bits()).collect()
    };
    assert_eq!(
        list(ClaimFilter::default()).await,
        [4, 1, 3],
        "what is due first"
    );
    let open_ones = ClaimFilter {
        states: vec![State::Received, State::TakenUp],
        ..ClaimFilter::default()
    };
    assert_eq!(list(open_ones).await, [4]);
    let email = ClaimFilter {
        email: Some("LEA@mail.example".into()),
        ..ClaimFilter::default()
    };
    assert_eq!(list(email).await, [1]);
    let of_team = ClaimFilter {
        team: Some("conseil".into()),
        limit: 1,
        ..ClaimFilter::default()
    };
    assert_eq!(list(of_team).await, [4]);
    let elsewhere = ClaimFilter {
        site: Some("another".into()),
        ..ClaimFilter::default()
    };
    assert_eq!(list(elsewhere).await, [] as [u64; 0]);
}

async fn check_privacy(store: &Store, first: &Claim) {
    let known = store.dossiers("lea@MAIL.example").await.unwrap();
    assert_eq!(known.len(), 1);
    assert_eq!(known[0].timeline.len(), 8);
    assert_eq!(store.erase("lea@mail.example", later(1)).await.unwrap(), 1);
    assert_eq!(store.dossiers("lea@mail.example").await.unwrap(), []);
    let erased = store.claim(first.number).await.unwrap().unwrap();
    assert_eq!(erased.contact, Contact::default());
    assert_eq!(erased.order, None);
    assert_eq!(erased.opened, first.opened, "dates stay");
    assert_eq!(
        erased.rating.map(|own| (own.delay, own.line)),
        Some((4, String::new()))
    );
    let timeline = store.timeline(first.number).await.unwrap();
    assert!(
        timeline
            .iter()
            .all(|entry| entry.text.is_none() && entry.files.is_empty())
    );
    assert!(!store.opens(first.number, &[1; 32], OPENED).await.unwrap());
    let number = first.number.to_string();
    assert_eq!(store.mails_of_claim(&number).await.unwrap(), []);

    let end = erased.closed.unwrap();
    assert_eq!(
        store.purge_claims(&first.site, end, end).await.unwrap(),
        1,
        "the cancelled call"
    );
    let after = Timestamp(end.0 + 1);
    assert_eq!(
        store.purge_claims("another", after, after).await.unwrap(),
        0
    );
    assert_eq!(
        store.purge_claims(&first.site, after, after).await.unwrap(),
        1
    );
    assert_eq!(store.claim(first.number).await.unwrap(), None);
    assert_eq!(store.timeline(first.number).await.unwrap(), []);
    let left = store.claims(&ClaimFilter::default()).await.unwrap();
    assert_eq!(left.len(), 1, "what is not ended stays");
}

#[tokio::test]
async fn it_tells_the_story() {
    let dir = tempfile::tempdir().unwrap();
    check_story(store(&dir).await).await;
}

#[tokio::test]
async fn a_claim_sent_many_times_at_once_is_kept_once() {
    let dir = tempfile::tempdir().unwrap();
    let store = store(&dir).await;
    let tasks: Vec<_> = (1..=16)
        .map(|number| {
            let store = store.clone();
            tokio::spawn(async move { open(&store, &claim(number), 1, 1).await })
        })
        .collect();
    let mut new = 0;
    for task in tasks {
        new += usize::from(task.await.unwrap() == Opened::New);
    }
    assert_eq!(new, 1);
    let all = store.claims(&ClaimFilter::default()).await.unwrap();
    assert_eq!(all.len(), 1);
    let number = all[0].number.to_string();
    assert_eq!(store.mails_of_claim(&number).await.unwrap().len(), 1);
}
