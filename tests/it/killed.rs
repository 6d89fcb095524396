//! The server killed in the middle of a thousand claims and their mails: what it acknowledged is there after it comes
//! back, and nothing is there twice.

use guichet_server::Store;
use guichet_server::mail::MailState;
use guichet_tests::smtp::Sink;
use guichet_tests::{Served, postgres, wait_for};
use mail_parser::MessageParser;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const CLAIMS: usize = 1_000;
const KILLED_AFTER: usize = 400;
/// How long a thousand mails may take.
const MAILS: Duration = Duration::from_secs(240);
const SENDERS: usize = 16;
/// Several rounds of mails, in which none came.
const QUIET: Duration = Duration::from_secs(20);

type Acknowledged = Arc<Mutex<BTreeMap<usize, Value>>>;

/// Sends every claim, each from an address of its own, until the server is gone or all are sent.
async fn send_all(url: &str, acknowledged: &Acknowledged) {
    let next = Arc::new(AtomicUsize::new(0));
    let senders = (0..SENDERS).map(|_| {
        let (url, next, acknowledged) = (url.to_owned(), next.clone(), acknowledged.clone());
        tokio::task::spawn_blocking(move || {
            let agent = ureq::Agent::config_builder()
                .http_status_as_error(false)
                .build()
                .new_agent();
            loop {
                let n = next.fetch_add(1, Ordering::Relaxed);
                if n >= CLAIMS {
                    return;
                }
                let claim = json!({
                    "site": "cap-sentier", "key": format!("{n:032x}"), "locale": "fr",
                    "claim": { "category": "livraison", "text": format!("Colis {n} perdu"), "email": format!("lea{n}@mail.example") },
                });
                let sent = agent
                    .post(format!("{url}/v1/claims"))
                    .header("Content-Type", "application/json")
                    .header("X-Forwarded-For", format!("10.0.{}.{}", n / 250, n % 250))
                    .send(claim.to_string());
                // Gone: whoever was not told that his claim is kept sends it again.
                let Ok(mut answer) = sent else { return };
                let Ok(body) = answer.body_mut().read_to_string() else { return };
                assert!(answer.status().is_success(), "{}: {body}", answer.status());
                let told: Value = serde_json::from_str(&body).unwrap();
                acknowledged.lock().unwrap().insert(n, told);
            }
        })
    });
    for sender in senders.collect::<Vec<_>>() {
        sender.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_killed_amid_claims_and_mails_loses_none_it_acknowledged_and_keeps_none_twice() {
    check("guichet.db").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nor_does_one_that_keeps_them_in_postgresql() {
    check(&postgres::fresh()).await;
}

/// `database` as `--db` names it.
async fn check(database: &str) {
    let folder = tempfile::tempdir().unwrap();
    let sink = Sink::start(&[]).await;
    let smtp = sink.url();
    let args = [
        "--behind-proxy",
        "--db",
        database,
        "--smtp",
        &smtp,
        "--mail-from",
        "Cap Sentier <bonjour@cap-sentier.example>",
    ];
    let mut server = Served::start(folder.path(), &args);
    let before = Acknowledged::default();
    let (url, told) = (server.url.clone(), before.clone());
    let sending = tokio::spawn(async move { send_all(&url, &told).await });
    wait_for("some claims to be acknowledged", async || {
        (before.lock().unwrap().len() >= KILLED_AFTER).then_some(())
    })
    .await;
    server.kill();
    sending.await.unwrap();
    let before = std::mem::take(&mut *before.lock().unwrap());
    assert!(before.len() < CLAIMS, "killed in the middle");

    let server = Served::start(folder.path(), &args);
    let after = Acknowledged::default();
    send_all(&server.url, &after).await;
    let after = std::mem::take(&mut *after.lock().unwrap());
    assert_eq!(after.len(), CLAIMS);
    for (n, told) in &before {
        let again = &after[n];
        assert_eq!(
            told["number"], again["number"],
            "claim {n} is the one that was kept"
        );
        assert_eq!(
            told["code"], again["code"],
            "claim {n} is opened by the same code"
        );
        assert_eq!(again["again"], true, "claim {n} is not kept twice");
    }
    let numbers: BTreeSet<&str> = after
        .values()
        .filter_map(|told| told["number"].as_str())
        .collect();
    assert_eq!(numbers.len(), CLAIMS);

    // Every receipt is mailed. The one being sent at that moment may come twice: it bears the same id. Or it did not
    // leave: then it is taken up when its ten minutes are over, which is told in the tests of the mails.
    let every = async {
        let (mut most, mut since) = (0, Instant::now());
        loop {
            let taken = sink.taken();
            let parse = |raw: &String| {
                Some(
                    MessageParser::default()
                        .parse(raw)?
                        .message_id()?
                        .to_owned(),
                )
            };
            let ids: BTreeSet<String> = taken.iter().filter_map(|mail| parse(&mail.raw)).collect();
            if ids.len() > most {
                (most, since) = (ids.len(), Instant::now());
            }
            if most >= CLAIMS || (most == CLAIMS - 1 && since.elapsed() > QUIET) {
                break (most, taken.len());
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    };
    let ids = tokio::time::timeout(MAILS, every).await;
    let ids = ids.unwrap_or_else(|_| panic!("{} of {CLAIMS} receipts came", sink.taken().len()));
    assert!(ids.0 <= CLAIMS, "one mail a claim");
    assert!(ids.1 <= CLAIMS + 1, "{} mails for {CLAIMS} claims", ids.1);

    // The one that did not leave is not lost: every claim has its receipt in the queue, sent or about to be.
    let named = if database.contains("://") {
        database.to_owned()
    } else {
        folder.path().join(database).display().to_string()
    };
    let store = Store::open_to_read(&named.parse().unwrap()).await.unwrap();
    let mut unsent = 0;
    for number in numbers {
        let mails = store.mails_of_claim(number).await.unwrap();
        assert_eq!(mails.len(), 1, "receipts of {number}");
        match mails[0].state {
            MailState::Sent => {}
            MailState::Sending => unsent += 1,
            other => panic!("the receipt of {number} is {other:?}"),
        }
    }
    // One sender, one mail at a time: that of the kill, and the last, whose arrival it may not have noted yet.
    assert!(unsent <= 2, "{unsent} are still being sent");
    store.close().await;
}
