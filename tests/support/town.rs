//! The demonstration shop with everything a week of claims needs: its server, its mail server, an owner at work in
//! the console, and the hand that turns its clock.

use crate::place::{self, SITE};
use crate::smtp::Sink;
use crate::wait_for;
use guichet_domain::lang::Lang;
use guichet_domain::zone::Timestamp;
use guichet_server::accounts::password::Password;
use guichet_server::accounts::{Role, User};
use guichet_server::{Clock, Config, Database, MailConfig, Running, Shop, Store};
use mail_parser::MessageParser;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tempfile::TempDir;
use ureq::http::Response;

/// Saturday 13 June 2026, 11:00 in Paris: a shop that is closed until Monday.
pub const SATURDAY: i64 = 1_781_341_200_000;
const HOUR: i64 = 60 * 60 * 1000;
/// What the owner signs in with.
pub const PASSWORD: &str = "quatre mots en file";

/// The demonstration shop, its mail server, and the hand that turns its clock.
pub struct Town {
    /// The server; stopped at the end, so that what it could not do is told.
    pub running: Running,
    sink: Sink,
    now_ms: Arc<AtomicI64>,
    _folder: TempDir,
}

impl Town {
    /// Opens on a Saturday.
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::Sqlite(folder.path().join("guichet.db"));
        let sink = Sink::start(&[]).await;
        let mut config = Config::new(database.clone(), vec![SITE.to_owned()]);
        config.shops = vec![shop()];
        config.static_dir = Some(place::public());
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

    /// Turns the clock.
    pub fn hours_pass(&self, hours: i64) {
        self.now_ms.fetch_add(hours * HOUR, Ordering::SeqCst);
    }

    /// The address of one of its pages.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.running.addr())
    }

    /// Subject and text of the mail number `n`, once it has come.
    pub async fn mail(&self, n: usize) -> (String, String) {
        wait_for(&format!("mail number {n}"), async || {
            let taken = self.sink.taken();
            let mail = MessageParser::default().parse(&taken.get(n - 1)?.raw)?;
            assert_eq!(taken[n - 1].to, "lea@mail.example");
            Some((mail.subject()?.to_owned(), mail.body_text(0)?.into_owned()))
        })
        .await
    }

    /// How many mails have come.
    pub fn mails(&self) -> usize {
        self.sink.taken().len()
    }

    /// Asks the API, which must agree.
    pub async fn json(&self, method: &'static str, path: &str, code: &str, body: Value) -> Value {
        let headers = [
            ("Content-Type", "application/json".to_owned()),
            ("Authorization", format!("Bearer {code}")),
        ];
        let answer = send(method, self.url(path), headers.into(), body.to_string()).await;
        let status = answer.status();
        assert!(status.is_success(), "{path}: {status} {}", answer.body());
        serde_json::from_str(answer.body()).unwrap()
    }

    /// Sends a form of a page, which must be taken.
    pub async fn form(
        &self,
        path: &str,
        cookie: &str,
        fields: &[(&str, &str)],
    ) -> Response<String> {
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

    /// A page, which must be there.
    pub async fn page(&self, path: &str, cookie: &str) -> String {
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
pub struct Owner {
    /// What keeps him signed in.
    pub cookie: String,
    /// What his forms carry.
    pub csrf: String,
}

impl Owner {
    /// Signs in.
    pub async fn signs_in(town: &Town) -> Self {
        let fields = [("name", "leo"), ("password", PASSWORD), ("to", "/console")];
        let answer = town.form("/console/sign-in", "", &fields).await;
        let cookie = answer.headers()["set-cookie"].to_str().unwrap();
        let cookie = cookie.split(';').next().unwrap().to_owned();
        let page = town.page("/console", &cookie).await;
        let csrf = between(&page, "name=\"csrf\" value=\"", "\"").to_owned();
        Self { cookie, csrf }
    }

    /// Answers a claim.
    pub async fn answers(&self, town: &Town, number: &str, text: &str) {
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
