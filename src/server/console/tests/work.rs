//! An agent at work: the queue, a claim, and everything that can be done to it, over HTTP.

use super::{post, sign_in};
use crate::accounts::password::Password;
use crate::accounts::{Role, User};
use crate::testing::desk::{self, MONDAY_EVENING, SATURDAY};
use crate::testing::{Answer, TestServer};
use guichet_domain::claim::{Claim, State};
use guichet_domain::zone::Timestamp;

/// An agent who is signed in at a shop with one claim.
struct Desk {
    server: TestServer,
    claim: Claim,
    cookie: String,
    csrf: String,
}

impl Desk {
    async fn new() -> Self {
        let server = desk::start().await;
        let claim = desk::claim(7);
        desk::open(
            server.store(),
            &claim,
            "Où est mon colis <script>alert(1)</script> ?",
        )
        .await;
        let user = User {
            name: "zoe".parse().unwrap(),
            role: Role::Agent,
            created: SATURDAY,
        };
        let hash = Password::chosen(super::PASSWORD)
            .unwrap()
            .hash([1; 16])
            .unwrap();
        server.store().add_user(&user, &hash, "test").await.unwrap();
        let mut desk = Self {
            server,
            claim,
            cookie: String::new(),
            csrf: String::new(),
        };
        desk.sign_in().await;
        desk
    }

    async fn sign_in(&mut self) {
        let answer = sign_in(&self.server, "zoe", super::PASSWORD).await;
        let cookie = answer.header("set-cookie").unwrap();
        self.cookie = format!("Cookie: {}\r\n", cookie.split(';').next().unwrap());
        let page = self.get("/console").await;
        let csrf = page.body.split("name=\"csrf\" value=\"").nth(1).unwrap();
        csrf.split('"').next().unwrap().clone_into(&mut self.csrf);
    }

    async fn get(&self, path: &str) -> Answer {
        self.server.request("GET", path, &self.cookie, "").await
    }

    async fn page(&self) -> String {
        self.get(&format!("/console/claims/{}", self.claim.number))
            .await
            .body
    }

    async fn post(&self, action: &str, fields: &[(&str, &str)]) -> Answer {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("csrf", &self.csrf).extend_pairs(fields);
        let path = format!("/console/claims/{}/{action}", self.claim.number);
        post(&self.server, &path, &self.cookie, &form.finish()).await
    }

    /// Writes to the claim as its page was last shown.
    async fn write(&self, what: &str, text: &str) -> Answer {
        let page = self.page().await;
        let seen = page.split("name=\"seen\" value=\"").nth(1).unwrap();
        let seen = seen.split('"').next().unwrap();
        self.post("write", &[("seen", seen), ("do", what), ("text", text)])
            .await
    }

    async fn now(&self) -> Claim {
        self.server
            .store()
            .claim(self.claim.number)
            .await
            .unwrap()
            .unwrap()
    }

    async fn mails(&self) -> usize {
        let number = self.claim.number.to_string();
        self.server
            .store()
            .mails_of_claim(&number)
            .await
            .unwrap()
            .len()
    }
}

#[tokio::test]
async fn the_queue_shows_what_is_nearly_due_and_what_is_overdue() {
    let mut desk = Desk::new().await;
    let calm = desk.get("/console").await.body;
    assert!(calm.contains(&desk.claim.number.to_string()));
    assert!(
        calm.contains("&lt;script&gt;") && !calm.contains("<script>"),
        "{calm}"
    );
    assert!(!calm.contains("Bientôt en retard"));
    desk.server.set_clock(MONDAY_EVENING.0 - 30 * 60_000);
    desk.sign_in().await;
    assert!(
        desk.get("/console")
            .await
            .body
            .contains("Bientôt en retard")
    );
    let other_team = desk.get("/console?team=conseil").await.body;
    assert!(!other_team.contains(&desk.claim.number.to_string()));
}

#[tokio::test]
async fn an_answer_goes_to_the_timeline_by_mail_and_into_the_trail() {
    let desk = Desk::new().await;
    assert_eq!(desk.post("take-up", &[]).await.status, 303);
    assert_eq!(
        desk.write("answer", "Votre colis arrive demain.")
            .await
            .status,
        303
    );
    assert_eq!(desk.now().await.state, State::Answered);
    let page = desk.page().await;
    assert!(page.contains("Votre colis arrive demain."));
    assert_eq!(desk.mails().await, 1);
    let number = desk.claim.number.to_string();
    let trail = desk.server.store().audit(Some(&number), 10).await.unwrap();
    let said: Vec<_> = trail
        .iter()
        .map(|entry| format!("{} {}", entry.user, entry.what))
        .collect();
    assert_eq!(said, ["zoe answer", "zoe take_up"]);
}

#[tokio::test]
async fn an_answer_pressed_twice_or_written_to_an_old_page_is_not_sent() {
    let desk = Desk::new().await;
    let fields = [("seen", "1"), ("do", "answer"), ("text", "Une réponse")];
    assert_eq!(desk.post("write", &fields).await.status, 303);
    let again = desk.post("write", &fields).await;
    assert_eq!(again.status, 422);
    assert!(
        again.body.contains("Il s’est passé quelque chose"),
        "{}",
        again.body
    );
    assert!(
        again.body.contains("Une réponse</textarea>"),
        "what was written is kept"
    );
    assert_eq!(desk.mails().await, 1);
}

#[tokio::test]
async fn a_clause_is_put_into_the_text_and_nothing_is_sent() {
    let desk = Desk::new().await;
    let fields = [
        ("seen", "1"),
        ("do", "quote"),
        ("quote", "cgv/7.1"),
        ("text", "Bonjour,"),
    ];
    let page = desk.post("write", &fields).await;
    assert_eq!(page.status, 200);
    let text = page.body.split("<textarea").nth(1).unwrap();
    assert!(
        text.contains("Bonjour,") && text.contains("Vous avez 14 jours."),
        "{text}"
    );
    assert_eq!(desk.mails().await, 0);
    let unknown = desk
        .post("write", &[("do", "quote"), ("quote", "<b>"), ("text", "x")])
        .await;
    assert_eq!(unknown.status, 200);
}

#[tokio::test]
async fn a_note_stays_inside_and_a_question_stops_the_clock() {
    let desk = Desk::new().await;
    assert_eq!(desk.write("note", "à vérifier").await.status, 303);
    assert_eq!(desk.mails().await, 0);
    assert_eq!(desk.write("ask", "Quel transporteur ?").await.status, 303);
    assert_eq!(desk.mails().await, 1);
    let claim = desk.now().await;
    assert_eq!((claim.state, claim.due), (State::WaitingForShopper, None));
    let waiting = desk.get("/console?list=waiting").await.body;
    assert!(waiting.contains(&claim.number.to_string()));
}

#[tokio::test]
async fn a_claim_changes_teams_is_closed_and_opened_again() {
    let desk = Desk::new().await;
    assert_eq!(
        desk.post("reassign", &[("team", "conseil")]).await.status,
        303
    );
    assert_eq!(desk.now().await.team, "conseil");
    assert_eq!(
        desk.post("reassign", &[("team", "nobody")]).await.status,
        422
    );
    assert_eq!(desk.post("close", &[]).await.status, 303);
    assert_eq!(desk.now().await.state, State::Closed);
    let refused = desk.post("close", &[]).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.body.contains("l’état « Close »"),
        "{}",
        refused.body
    );
    assert_eq!(desk.post("reopen", &[]).await.status, 303);
    assert_eq!(desk.now().await.state, State::Reopened);
}

#[tokio::test]
async fn a_duplicate_goes_on_in_the_other_claim() {
    let desk = Desk::new().await;
    let other = desk::claim(8);
    desk::open(desk.server.store(), &other, "La même chose").await;
    let own = desk.claim.number.to_string();
    for into in [own.as_str(), "0000-0000-0000", "<script>", ""] {
        assert_eq!(
            desk.post("merge", &[("into", into)]).await.status,
            422,
            "{into}"
        );
    }
    let into = other.number.to_string();
    assert_eq!(desk.post("merge", &[("into", &into)]).await.status, 303);
    assert_eq!(desk.now().await.merged_into, Some(other.number));
    assert!(
        desk.page()
            .await
            .contains(&format!("href=\"/console/claims/{into}\""))
    );
}

#[tokio::test]
async fn a_reader_sees_but_does_nothing() {
    let desk = Desk::new().await;
    let name = "zoe".parse().unwrap();
    desk.server
        .store()
        .set_role(&name, Role::Reader, "test", SATURDAY)
        .await
        .unwrap();
    let page = desk.page().await;
    assert!(page.contains("Ce qui s’est passé") && !page.contains("Envoyer la réponse"));
    for action in ["write", "take-up", "close", "reopen", "reassign", "merge"] {
        assert_eq!(
            desk.post(action, &[("do", "answer"), ("text", "x"), ("seen", "1")])
                .await
                .status,
            403,
            "{action}"
        );
    }
    assert_eq!(desk.now().await.state, State::Received);
}

#[tokio::test]
async fn claims_are_found_by_number_order_and_address() {
    let desk = Desk::new().await;
    let number = desk.claim.number.to_string();
    let by_number = desk
        .get(&format!("/console/search?q={}", number.to_lowercase()))
        .await;
    assert_eq!(by_number.status, 303);
    for wanted in ["CS-1", "LEA@mail.example"] {
        let found = desk.get(&format!("/console/search?q={wanted}")).await;
        assert!(found.body.contains(&number), "{wanted}");
    }
    let nothing = desk.get("/console/search?q=%22%3E%3Cscript%3E").await;
    assert!(nothing.body.contains("Rien à ce numéro") && !nothing.body.contains("<script>"));
}

#[tokio::test]
async fn only_an_owner_chooses_what_is_public() {
    let desk = Desk::new().await;
    let body = format!("csrf={}&site=cap-sentier&kept=1", desk.csrf);
    assert_eq!(
        post(&desk.server, "/console/indicators", &desk.cookie, &body)
            .await
            .status,
        403
    );
    let name = "zoe".parse().unwrap();
    desk.server
        .store()
        .set_role(&name, Role::Owner, "test", SATURDAY)
        .await
        .unwrap();
    assert_eq!(
        post(&desk.server, "/console/indicators", &desk.cookie, &body)
            .await
            .status,
        303
    );
    let public = desk.server.get("/v1/indicators").await;
    assert!(
        public.body.contains(r#""kept":{"cases":0"#),
        "{}",
        public.body
    );
    assert!(
        desk.get("/console/indicators")
            .await
            .body
            .contains("checked")
    );
}

#[tokio::test]
async fn a_claim_nobody_opened_and_a_file_nobody_sent_are_not_found() {
    let desk = Desk::new().await;
    assert_eq!(desk.get("/console/claims/zzz").await.status, 404);
    let number = desk.claim.number;
    assert_eq!(
        desk.get(&format!("/console/claims/{number}/files/1"))
            .await
            .status,
        404
    );
    desk.server
        .set_clock(Timestamp(SATURDAY.0 + 11 * 60 * 60 * 1000).0);
    assert_eq!(
        desk.get("/console").await.status,
        303,
        "the session has ended meanwhile"
    );
}
