//! Two servers on one PostgreSQL: shoppers may be sent to either, and nothing is kept, promised or mailed twice. The
//! other commands read the same database beside them.

use guichet_tests::smtp::Sink;
use guichet_tests::{Ran, Served, guichet, postgres, wait_for};
use mail_parser::MessageParser;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

const CLAIMS: usize = 120;
/// How many are sent at once, each to both servers.
const SENDERS: usize = 8;
/// Several rounds of either server: time enough to mail something twice.
const ROUNDS: Duration = Duration::from_secs(5);

/// Sends one claim to a server; the number and code it answers.
fn send(url: &str, n: usize) -> (String, String) {
    let claim = json!({
        "site": "cap-sentier", "key": format!("{n:032x}"), "locale": "fr",
        "claim": { "category": "livraison", "text": format!("Colis {n} perdu"), "email": format!("lea{n}@mail.example") },
    });
    let mut answer = ureq::post(format!("{url}/v1/claims"))
        .header("Content-Type", "application/json")
        .header("X-Forwarded-For", format!("10.0.0.{n}"))
        .send(claim.to_string())
        .unwrap();
    let told: Value = serde_json::from_str(&answer.body_mut().read_to_string().unwrap()).unwrap();
    let text = |name: &str| told[name].as_str().unwrap().to_owned();
    (text("number"), text("code"))
}

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_share_a_database_and_mail_everything_once() {
    let folder = tempfile::tempdir().unwrap();
    let database = postgres::fresh();
    let sink = Sink::start(&[]).await;
    let smtp = sink.url();
    let args = [
        "--behind-proxy",
        "--db",
        &database,
        "--smtp",
        &smtp,
        "--mail-from",
        "Cap Sentier <bonjour@cap-sentier.example>",
    ];
    // Both find an empty database, at the same time.
    let (one, other) = std::thread::scope(|scope| {
        let one = scope.spawn(|| Served::start(folder.path(), &args));
        let other = scope.spawn(|| Served::start(folder.path(), &args));
        (one.join().unwrap(), other.join().unwrap())
    });
    let mut numbers = BTreeSet::new();
    for some in (0..CLAIMS).collect::<Vec<_>>().chunks(SENDERS) {
        // To both at once, as a shopper who taps twice behind a balancer.
        let answers = some.iter().map(|n| {
            let (n, urls) = (*n, [one.url.clone(), other.url.clone()]);
            urls.map(|url| tokio::task::spawn_blocking(move || send(&url, n)))
        });
        for [first, second] in answers.collect::<Vec<_>>() {
            let (first, second) = (first.await.unwrap(), second.await.unwrap());
            assert_eq!(first, second, "one claim, with one number and code");
            numbers.insert(first.0);
        }
    }
    assert_eq!(numbers.len(), CLAIMS);

    wait_for("all receipts", async || {
        (sink.taken().len() >= CLAIMS).then_some(())
    })
    .await;
    tokio::time::sleep(ROUNDS).await;
    let parse = |raw: &String| {
        let mail = MessageParser::default().parse(raw).unwrap();
        mail.message_id().unwrap().to_owned()
    };
    let ids: Vec<String> = sink.taken().iter().map(|mail| parse(&mail.raw)).collect();
    assert_eq!(ids.len(), CLAIMS, "no mail goes out twice");
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), CLAIMS);
    let kept = "select count(*), count(distinct number) from claims";
    assert_eq!(postgres::ask(&database, kept), format!("{CLAIMS}|{CLAIMS}"));

    check_commands(folder.path(), &database);
}

/// Every command that takes `--db`, beside the running servers.
fn check_commands(folder: &Path, database: &str) {
    let run = |args: &[&str]| -> Ran { guichet(folder, &[args, &["--db", database]].concat()) };
    let line = r#"{"id":"00000000000000000000000000000001","visit":"00000000000000000000000000000007","at":1781000000000,"locale":"fr","what":"opened"}"#;
    std::fs::write(folder.join("events.ndjson"), line).unwrap();
    std::fs::write(folder.join("calls.csv"), "date\n2026-06-09 10:30\n").unwrap();
    let import = ["import", "events", "events.ndjson", "--site", "cap-sentier"];
    assert!(run(&import).ok().contains("1 new"));
    assert!(run(&import).ok().contains("0 new"));
    let calls = [
        "import",
        "calls",
        "calls.csv",
        "--site",
        "cap-sentier",
        "--time-column",
        "date",
    ];
    assert!(run(&calls).ok().contains('1'));
    let report = [
        "report",
        "--from",
        "2026-06-01",
        "--to",
        "2026-06-30",
        "--format",
        "json",
    ];
    let report: Value = serde_json::from_str(&run(&report).ok()).unwrap();
    assert_eq!(report["visits"]["all"], 1, "{report}");
    run(&["digest", "--date", "2026-06-15"]).ok();
    run(&["users", "list"]).ok();
    let known = run(&["export", "--email", "LEA7@mail.example"]).ok();
    assert!(known.contains("Colis 7 perdu"), "{known}");
    run(&["erase", "--email", "lea7@mail.example"]).ok();
    let known = run(&["export", "--email", "lea7@mail.example"]).ok();
    assert!(!known.contains("Colis 7 perdu"), "{known}");
    let purged = run(&["events", "purge", "--date", "2030-01-01"]).ok();
    assert!(purged.starts_with("1 events and 1 contacts"), "{purged}");
}
