//! Mails over real SMTP conversations, round by round, at times the test chooses.

use super::*;
use crate::retry::LEASE_MS;
use crate::store::Database;
use crate::testing::database;
use crate::testing::smtp::{Mood, Sink};
use mail_parser::MessageParser;
use tempfile::TempDir;

const MINUTE_MS: i64 = 60_000;

struct Post {
    store: Store,
    database: Database,
    sink: Sink,
    sender: Sender,
    _dir: TempDir,
}

impl Post {
    async fn new(moods: &[Mood]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let sink = Sink::start(moods).await;
        let config = MailConfig::new(
            &sink.url(),
            None,
            None,
            "Cap Sentier <bonjour@cap-sentier.example>",
        )
        .unwrap();
        let database = database(&dir);
        Self {
            store: Store::open(&database).await.unwrap(),
            database,
            sender: Sender::new(config),
            sink,
            _dir: dir,
        }
    }

    async fn queue(&self, key: &str) -> bool {
        self.store
            .enqueue_mail(&mail(key), Timestamp(0))
            .await
            .unwrap()
    }

    async fn round(&self, now_ms: i64) -> usize {
        round(&self.store, &self.sender, Timestamp(now_ms))
            .await
            .unwrap()
    }

    fn subjects(&self) -> Vec<String> {
        self.sink
            .taken()
            .iter()
            .map(|taken| {
                let read = MessageParser::default().parse(&taken.raw).unwrap();
                read.subject().unwrap().to_owned()
            })
            .collect()
    }

    fn ids(&self) -> Vec<String> {
        self.sink
            .taken()
            .iter()
            .map(|taken| {
                let read = MessageParser::default().parse(&taken.raw).unwrap();
                read.message_id().unwrap().to_owned()
            })
            .collect()
    }

    async fn only(&self) -> MailStatus {
        let mut mails = self.store.mails_of_claim("7H2K").await.unwrap();
        assert_eq!(mails.len(), 1);
        mails.remove(0)
    }
}

fn mail(key: &str) -> Mail {
    Mail {
        key: key.into(),
        site: "cap-sentier".into(),
        claim: Some("7H2K".into()),
        to: "zoe@example.org".into(),
        lang: Lang::Fr,
        subject: format!("Reçu de {key}"),
        text: "Bonjour,\n\nVotre réclamation est enregistrée.".into(),
    }
}

#[tokio::test]
async fn a_mail_is_sent_once_however_often_it_is_queued_and_rounds_are_made() {
    let post = Post::new(&[]).await;
    assert!(post.queue("receipt/1").await);
    assert!(!post.queue("receipt/1").await);
    assert!(post.queue("receipt/2").await);
    assert_eq!(post.round(0).await, 2);
    assert_eq!(post.round(MINUTE_MS).await, 0);
    assert!(!post.queue("receipt/1").await, "nor after it was sent");
    assert_eq!(post.round(2 * MINUTE_MS).await, 0);
    assert_eq!(post.subjects(), ["Reçu de receipt/1", "Reçu de receipt/2"]);
    assert_eq!(post.sink.taken()[0].to, "zoe@example.org");
}

#[tokio::test]
async fn of_a_mail_that_was_sent_the_text_is_forgotten() {
    let post = Post::new(&[]).await;
    post.queue("receipt/1").await;
    post.round(0).await;
    assert_eq!(post.only().await.state, MailState::Sent);
    let kept = post
        .store
        .text_of("select subject || body from mails")
        .await;
    assert_eq!(kept, "");
}

#[tokio::test]
async fn a_busy_server_is_asked_again_after_the_pause_and_not_before() {
    let post = Post::new(&[Mood::IsBusy]).await;
    post.queue("receipt/1").await;
    assert_eq!(post.round(0).await, 0);
    let waiting = post.only().await;
    assert_eq!(
        (waiting.state, waiting.due),
        (MailState::Waiting, Timestamp(MINUTE_MS))
    );
    assert!(
        waiting.problem.contains("come back later"),
        "{}",
        waiting.problem
    );
    assert_eq!(post.round(MINUTE_MS - 1).await, 0);
    assert_eq!(post.round(MINUTE_MS).await, 1);
    assert!(post.store.mail_problems().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_refused_address_is_given_up_seen_and_can_be_tried_again_by_hand() {
    let post = Post::new(&[Mood::RefusesRecipient]).await;
    post.queue("receipt/1").await;
    post.queue("receipt/2").await;
    assert_eq!(
        post.round(0).await,
        1,
        "the other mail goes out all the same"
    );
    let problems = post.store.mail_problems().await.unwrap();
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].state, MailState::Failed);
    assert!(
        problems[0].problem.contains("no such user"),
        "{}",
        problems[0].problem
    );
    assert_eq!(post.round(1_000 * MINUTE_MS).await, 0);
    let id = problems[0].id;
    assert!(post.store.send_mail_again(id, Timestamp(0)).await.unwrap());
    assert!(!post.store.send_mail_again(id, Timestamp(0)).await.unwrap());
    assert_eq!(post.round(0).await, 1);
}

#[tokio::test]
async fn a_server_that_hangs_up_midway_gets_the_whole_mail_later() {
    let post = Post::new(&[Mood::LeavesMidway]).await;
    post.queue("receipt/1").await;
    post.queue("receipt/2").await;
    assert_eq!(
        post.round(0).await,
        0,
        "the others wait: they would fare alike"
    );
    assert!(post.sink.taken().is_empty());
    assert_eq!(post.round(MINUTE_MS).await, 2);
    assert_eq!(post.subjects(), ["Reçu de receipt/2", "Reçu de receipt/1"]);
}

#[tokio::test]
async fn a_mail_that_went_out_without_our_knowing_comes_again_under_the_same_id() {
    let post = Post::new(&[Mood::TakesAndLeaves]).await;
    post.queue("receipt/1").await;
    post.round(0).await;
    post.round(MINUTE_MS).await;
    let ids = post.ids();
    assert_eq!(ids.len(), 2);
    assert_eq!(ids[0], ids[1]);
}

#[tokio::test]
async fn a_mail_of_a_server_that_died_while_sending_is_taken_up_by_the_next_one() {
    let post = Post::new(&[]).await;
    post.queue("receipt/1").await;
    let begun = post.store.next_mail(Timestamp(0)).await.unwrap();
    assert_eq!(begun.unwrap().attempts, 1);
    post.store.close().await;
    let post = Post {
        store: Store::open(&post.database).await.unwrap(),
        ..post
    };
    assert_eq!(
        post.round(LEASE_MS - 1).await,
        0,
        "it may still be under way"
    );
    assert_eq!(post.round(LEASE_MS).await, 1);
    assert_eq!(post.only().await.attempts, 2);
}

#[tokio::test]
async fn without_any_server_a_mail_is_given_up_in_the_end_and_says_why() {
    let post = Post::new(&[]).await;
    post.queue("receipt/1").await;
    let nobody = MailConfig::new(
        "smtp://127.0.0.1:1",
        None,
        None,
        "bonjour@cap-sentier.example",
    )
    .unwrap();
    let sender = Sender::new(nobody);
    loop {
        let due = post.only().await.due;
        round(&post.store, &sender, due).await.unwrap();
        let mail = post.only().await;
        if mail.state == MailState::Failed {
            assert!(mail.attempts > 5);
            assert!(!mail.problem.is_empty());
            break;
        }
        assert!(mail.due > due, "every attempt puts the next one off");
    }
}
