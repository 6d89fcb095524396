//! A claim from its first word to its last, over HTTP, with a real mail server at the other end: what a shopper, an
//! agent and an owner do in a week, without a browser.

use guichet_domain::lang::Lang;
use guichet_domain::zone::Timestamp;
use guichet_server::accounts::password::Password;
use guichet_server::accounts::{Role, User};
use guichet_server::{Clock, Config, Database, MailConfig, Running, Shop, Store};
use guichet_tests::place::{self, SITE};
use guichet_tests::smtp::Sink;
use guichet_tests::wait_for;
use mail_parser::MessageParser;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tempfile::TempDir;
use ureq::http::Response;

/// Saturday 13 June 2026, 11:00 in Paris: a shop that is closed until Monday.
const SATURDAY: i64 = 1_781_341_200_000;
const HOUR: i64 = 60 * 60 * 1000;
const PASSWORD: &str = "quatre mots en file";

/// The demonstration shop, its mail server, and the hand that turns its clock.
struct Town {
    running: Running,
    sink: Sink,
    now_ms: Arc<AtomicI64>,
    _folder: TempDir,
}

impl Town {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::Sqlite(folder.path().join("guichet.db"));
        let sink = Sink::start(&[]).await;
        let mut config = Config::new(database.clone(), vec![SITE.to_owned()]);
        config.shops = vec![shop()];
        config.public_url = Some("https://aide.cap-sentier.example".into());
        let from = "Cap Sentier <bonjour@cap-sentier.example>";
        config.mail = Some(MailConfig::new(&sink.url(), None, None, from).unwrap());
        let now_ms = Arc::new(AtomicI64::new(SATURDAY));
        let hand = Arc::clone(&now_ms);
        let clock = Clock::new(move || Timestamp(hand.load(Ordering::SeqCst)));
        let running = guichet_server::start(config, clock).await.unwrap();
        let store = Store::open(&database).await.unwrap();
        let owner = User {
            name: "leo".parse().unwrap(),
            role: Role::Owner,
            created: Timestamp(SATURDAY),
        };
        let hash = Password::chosen(PASSWORD).unwrap().hash([7; 16]).unwrap();
        assert!(store.add_user(&owner, &hash, "test").await.unwrap());
        store.close().await;
        Self {
            running,
            sink,
            now_ms,
            _folder: folder,
        }
    }

    fn hours_pass(&self, hours: i64) {
        self.now_ms.fetch_add(hours * HOUR, Ordering::SeqCst);
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.running.addr())
    }

    /// Subject and text of the mail number `n`, once it has come.
    async fn mail(&self, n: usize) -> (String, String) {
        wait_for(&format!("mail number {n}"), async || {
            let taken = self.sink.taken();
            let mail = MessageParser::default().parse(&taken.get(n - 1)?.raw)?;
            assert_eq!(taken[n - 1].to, "lea@mail.example");
            Some((mail.subject()?.to_owned(), mail.body_text(0)?.into_owned()))
        })
        .await
    }

    async fn json(&self, method: &'static str, path: &str, code: &str, body: Value) -> Value {
        let headers = [
            ("Content-Type", "application/json".to_owned()),
            ("Authorization", format!("Bearer {code}")),
        ];
        let answer = send(method, self.url(path), headers.into(), body.to_string()).await;
        let status = answer.status();
        assert!(status.is_success(), "{path}: {status} {}", answer.body());
        serde_json::from_str(answer.body()).unwrap()
    }

    async fn form(&self, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Response<String> {
        let body: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{name}={}", encoded(value)))
            .collect();
        let headers = [
            (
                "Content-Type",
                "application/x-www-form-urlencoded".to_owned(),
            ),
            ("Cookie", cookie.to_owned()),
            ("Sec-Fetch-Site", "same-origin".to_owned()),
        ];
        let answer = send("POST", self.url(path), headers.into(), body.join("&")).await;
        assert_eq!(answer.status(), 303, "{path}: {}", answer.body());
        answer
    }

    async fn page(&self, path: &str, cookie: &str) -> String {
        let headers = [
            ("Cookie", cookie.to_owned()),
            ("Accept-Language", "fr".to_owned()),
        ];
        let answer = send("GET", self.url(path), headers.into(), String::new()).await;
        assert_eq!(answer.status(), 200, "{path}: {}", answer.body());
        answer.into_body()
    }
}

/// As `guichet serve` reads it.
fn shop() -> Shop {
    let folder = place::root().join("index/sites").join(SITE);
    let day = guichet_content::site::Day::Now(Timestamp(SATURDAY));
    let (content, problems) = guichet_content::site::read(&folder, day);
    let content = content.unwrap_or_else(|| panic!("{problems:?}"));
    let documents = BTreeMap::from([(Lang::Fr, Vec::new())]);
    Shop::new(content.settings.site, documents)
}

async fn send(
    method: &'static str,
    url: String,
    headers: Vec<(&'static str, String)>,
    body: String,
) -> Response<String> {
    let asked = move || {
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .build()
            .new_agent();
        let mut request = ureq::http::Request::builder().method(method).uri(url);
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let answer = agent.run(request.body(body).unwrap()).unwrap();
        let (parts, mut body) = answer.into_parts();
        Response::from_parts(parts, body.read_to_string().unwrap())
    };
    tokio::task::spawn_blocking(asked).await.unwrap()
}

fn encoded(text: &str) -> String {
    let byte = |byte: u8| {
        if byte.is_ascii_alphanumeric() {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    text.bytes().map(byte).collect()
}

/// What stands between two marks of a page.
fn between<'a>(page: &'a str, before: &str, after: &str) -> &'a str {
    let rest = page
        .split(before)
        .nth(1)
        .unwrap_or_else(|| panic!("no `{before}` in {page}"));
    rest.split(after).next().unwrap()
}

/// An owner at work in the console.
struct Owner {
    cookie: String,
    csrf: String,
}

impl Owner {
    async fn signs_in(town: &Town) -> Self {
        let fields = [("name", "leo"), ("password", PASSWORD), ("to", "/console")];
        let answer = town.form("/console/sign-in", "", &fields).await;
        let cookie = answer.headers()["set-cookie"].to_str().unwrap();
        let cookie = cookie.split(';').next().unwrap().to_owned();
        let page = town.page("/console", &cookie).await;
        let csrf = between(&page, "name=\"csrf\" value=\"", "\"").to_owned();
        Self { cookie, csrf }
    }

    async fn answers(&self, town: &Town, number: &str, text: &str) {
        let path = format!("/console/claims/{number}");
        let page = town.page(&path, &self.cookie).await;
        let seen = between(&page, "name=\"seen\" value=\"", "\"");
        let fields = [
            ("csrf", self.csrf.as_str()),
            ("seen", seen),
            ("do", "answer"),
            ("text", text),
        ];
        town.form(&format!("{path}/write"), &self.cookie, &fields)
            .await;
    }
}

async fn indicators(town: &Town) -> Value {
    town.json("GET", "/v1/indicators", "", Value::Null).await
}

#[tokio::test]
async fn a_claim_is_opened_answered_completed_closed_and_rated_and_the_figures_change() {
    let town = Town::new().await;
    let owner = Owner::signs_in(&town).await;
    let shown = [
        ("csrf", owner.csrf.as_str()),
        ("site", SITE),
        ("kept", "1"),
        ("satisfaction", "1"),
    ];
    town.form("/console/indicators", &owner.cookie, &shown)
        .await;
    let before = indicators(&town).await;
    assert_eq!(
        (&before["kept"]["cases"], &before["satisfaction"]["answers"]),
        (&json!(0), &json!(0))
    );

    // The shopper writes on Saturday, and reads the receipt in his mail.
    let claim = json!({
        "site": SITE, "key": format!("{:032x}", 1), "locale": "fr",
        "claim": { "category": "livraison", "text": "Mon colis est arrivé ouvert.", "email": "lea@mail.example", "order": "CS-20931" }
    });
    let receipt = town.json("POST", "/v1/claims", "", claim).await;
    let number = receipt["number"].as_str().unwrap().to_owned();
    let (subject, text) = town.mail(1).await;
    assert!(
        subject.contains(&number) || text.contains(&number),
        "{subject}\n{text}"
    );
    let code = receipt["code"].as_str().unwrap();
    assert!(text.contains(code), "the code is in the receipt: {text}");
    assert!(
        text.contains("Mon colis est arrivé ouvert."),
        "and what he wrote: {text}"
    );

    // Somebody answers the same day, and the answer goes out by mail.
    assert!(town.page("/console", &owner.cookie).await.contains(&number));
    owner
        .answers(
            &town,
            &number,
            "Envoyez-nous une photo, nous vous remplaçons l’article.",
        )
        .await;
    let (_, text) = town.mail(2).await;
    assert!(text.contains("nous vous remplaçons l’article"), "{text}");

    // It is not settled: he writes again with his code, and is answered again.
    let path = |what: &str| format!("/v1/claims/{number}/{what}");
    let message =
        json!({ "key": format!("{:032x}", 2), "text": "Le remplacement n’est pas arrivé." });
    let claim = town.json("POST", &path("messages"), code, message).await;
    assert_eq!(claim["state"], "reopened");
    let page = town
        .page(&format!("/console/claims/{number}"), &owner.cookie)
        .await;
    assert!(page.contains("Le remplacement n’est pas arrivé."));
    owner.answers(&town, &number, "Il arrive lundi.").await;
    let (_, text) = town.mail(3).await;
    assert!(text.contains("Il arrive lundi."), "{text}");

    // It is: he closes it and says how it went, once.
    let done = json!({ "key": format!("{:032x}", 3) });
    let claim = town.json("POST", &path("close"), code, done).await;
    assert_eq!(claim["state"], "closed");
    let rating = json!({ "delay": 4, "listened": 5, "line": "Merci" });
    let claim = town.json("POST", &path("rating"), code, rating).await;
    assert_eq!(claim["rating"]["listened"], 5);

    town.hours_pass(1);
    let after = indicators(&town).await;
    assert_eq!(
        (&after["kept"]["cases"], &after["satisfaction"]["answers"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(after["kept"]["share"], Value::Null, "one case is no figure");
    let status = town
        .json("GET", &format!("/v1/claims/{number}"), "", Value::Null)
        .await;
    assert_eq!(status["promise_kept"], true);
    town.running.stop().await.unwrap();
}

#[tokio::test]
async fn who_is_forgotten_past_his_promise_is_told_so_with_a_new_date() {
    let town = Town::new().await;
    let claim = json!({
        "site": SITE, "key": format!("{:032x}", 1), "locale": "fr",
        "claim": { "category": "livraison", "text": "Où est mon colis ?", "email": "lea@mail.example" }
    });
    let receipt = town.json("POST", "/v1/claims", "", claim).await;
    let number = receipt["number"].as_str().unwrap();
    town.mail(1).await;
    town.hours_pass(7 * 24);
    let (_, text) = town.mail(2).await;
    assert!(text.contains(number), "{text}");
    let status = town
        .json("GET", &format!("/v1/claims/{number}"), "", Value::Null)
        .await;
    assert_eq!(status["missed"], 1);
    assert!(status["due"].as_i64() > status["promised"].as_i64());
    assert_eq!(status["promise_kept"], false);
    town.running.stop().await.unwrap();
}
