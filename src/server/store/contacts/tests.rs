//! Imported contacts, and logs imported with them.

use super::*;
use crate::store::{Filter, Purged};
use crate::testing::{confirmed, event_at, file, store};
use guichet_domain::zone::Timestamp;

fn call(id: u128, at: i64) -> Logged {
    Logged {
        id: RandomId(id),
        contact: Contact {
            at: Timestamp(at),
            channel: "telephone".into(),
            category: Some("retours".into()),
            document: None,
            case: Some(u64::MAX - 1),
            after_help: Some(false),
        },
    }
}

#[tokio::test]
async fn a_call_log_imported_twice_counts_once() {
    let dir = tempfile::tempdir().unwrap();
    let store = store(&dir).await;
    let log = [call(2, 20), call(1, 10)];
    assert_eq!(store.add_contacts("shop", &log).await.unwrap(), 2);
    let longer = [call(2, 20), call(3, 30)];
    assert_eq!(store.add_contacts("shop", &longer).await.unwrap(), 1);
    store.add_contacts("other", &[call(9, 5)]).await.unwrap();
    let expected = [call(1, 10), call(2, 20), call(3, 30)].map(|logged| logged.contact);
    assert_eq!(store.contacts(Some("shop")).await.unwrap(), expected);
    assert_eq!(store.contacts(None).await.unwrap().len(), 4);
}

#[tokio::test]
async fn an_imported_log_is_read_as_one_that_was_sent() {
    let dir = tempfile::tempdir().unwrap();
    let store = store(&dir).await;
    // More than one statement takes, and some again.
    let log = || {
        (0..1200).map(|n| {
            (
                Timestamp(1000 + n),
                confirmed(n.unsigned_abs().into(), 7, n),
            )
        })
    };
    assert_eq!(store.import("shop", &mut log()).await.unwrap(), 1200);
    assert_eq!(store.import("shop", &mut log()).await.unwrap(), 0);
    let all = store.events(&Filter::default()).await.unwrap();
    assert_eq!(all.len(), 1200);
    let mut each = Vec::new();
    store
        .each(&Filter::default(), &mut |received| each.push(received))
        .await
        .unwrap();
    assert_eq!(each, all);
    let later = Filter {
        from: Some(Timestamp(1001)),
        ..Filter::default()
    };
    let mut count = 0;
    store.each(&later, &mut |_| count += 1).await.unwrap();
    assert_eq!(count, 0, "the visit began before");
}

#[tokio::test]
async fn an_event_that_stands_in_an_imported_log_twice_counts_once() {
    let dir = tempfile::tempdir().unwrap();
    check_repeats(&store(&dir).await).await;
}

#[tokio::test]
async fn a_first_import_makes_all_indexes_anew() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(&file(&dir)).await.unwrap();
    let indexes =
        "select group_concat(sql) from sqlite_schema where tbl_name = 'events' and type = 'index'";
    let before = store.text_of(indexes).await;
    check_repeats(&store).await;
    assert_eq!(store.text_of(indexes).await, before);
}

async fn check_repeats(store: &Store) {
    let log = || {
        let events = [confirmed(1, 7, 1), confirmed(2, 7, 2), confirmed(1, 7, 3)];
        events.map(|event| (Timestamp(10), event)).into_iter()
    };
    assert_eq!(store.import("shop", &mut log()).await.unwrap(), 2);
    let first = store.events(&Filter::default()).await.unwrap();
    let moments: Vec<i64> = first.iter().map(|received| received.event.at.0).collect();
    assert_eq!(moments, [1, 2], "the first of an id is kept");
    assert_eq!(store.import("shop", &mut log()).await.unwrap(), 0);
    let sent = [confirmed(2, 7, 2), confirmed(3, 7, 3)];
    assert_eq!(store.append("shop", &sent, Timestamp(20)).await.unwrap(), 1);
}

#[tokio::test]
async fn an_event_kept_by_a_newer_guichet_is_passed_over() {
    let dir = tempfile::tempdir().unwrap();
    let store = store(&dir).await;
    store
        .append(
            "shop",
            &[event_at(1, 1, 1), event_at(2, 1, 2)],
            Timestamp(5),
        )
        .await
        .unwrap();
    store
        .execute("update events set what = replace(what, 'opened', 'danced') where at_ms = 1")
        .await;
    let mut taken = 0;
    let passed_over = store
        .each(&Filter::default(), &mut |_| taken += 1)
        .await
        .unwrap();
    assert_eq!((taken, passed_over), (1, 1));
}

#[tokio::test]
async fn what_is_too_old_is_gone() {
    let dir = tempfile::tempdir().unwrap();
    check_purge(&store(&dir).await).await;
}

#[tokio::test]
async fn what_is_too_old_is_gone_from_the_very_bytes_of_a_file() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(&file(&dir)).await.unwrap();
    check_purge(&store).await;
    store.close().await;
    assert!(!bytes(&dir).windows(12).any(|part| part == b"canal-ancien"));
}

async fn check_purge(store: &Store) {
    let mut old = confirmed(1, 1, 0);
    old.what = guichet_domain::event::What::ContactChosen {
        channel: "canal-ancien".into(),
    };
    // The visit began long ago: what came later of it goes too.
    store.append("shop", &[old], Timestamp(10)).await.unwrap();
    store
        .append("shop", &[confirmed(2, 1, 90)], Timestamp(90))
        .await
        .unwrap();
    store
        .append("shop", &[confirmed(3, 2, 95)], Timestamp(95))
        .await
        .unwrap();
    store
        .add_contacts("shop", &[call(1, 10), call(2, 95)])
        .await
        .unwrap();
    let purged = store.purge(Timestamp(50)).await.unwrap();
    assert_eq!(
        purged,
        Purged {
            events: 2,
            contacts: 1
        }
    );
    assert_eq!(store.events(&Filter::default()).await.unwrap().len(), 1);
}

/// Everything that stands in the folder of the database.
fn bytes(dir: &tempfile::TempDir) -> Vec<u8> {
    let files = std::fs::read_dir(dir.path()).unwrap();
    files
        .flat_map(|file| std::fs::read(file.unwrap().path()).unwrap())
        .collect()
}
