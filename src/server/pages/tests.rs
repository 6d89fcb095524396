//! The pages as a browser without scripts uses them: links are followed, forms are sent with
//! the hidden fields they were shown with.

use crate::testing::{Answer, TestServer, desk};

const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF\0 a damaged parcel";
const FORM: &str = "Content-Type: application/x-www-form-urlencoded\r\n";

/// The value of a hidden field.
fn field(page: &Answer, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let (_, rest) = page
        .body
        .split_once(&mark)
        .unwrap_or_else(|| panic!("no {name}: {}", page.body));
    rest.split('"').next().unwrap().to_owned()
}

/// The definition under a word of the facts.
fn fact(page: &Answer, word: &str) -> String {
    let (_, rest) = page
        .body
        .split_once(&format!("<dt>{word}</dt>"))
        .unwrap_or_else(|| panic!("{}", page.body));
    let (_, rest) = rest.split_once('>').unwrap();
    rest.split('<').next().unwrap().to_owned()
}

async fn post(server: &TestServer, path: &str, fields: &[(&str, &str)]) -> Answer {
    let body: String = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish();
    server.request("POST", path, FORM, &body).await
}

/// Opens a claim with a photo and gives the receipt.
async fn receipt(server: &TestServer) -> Answer {
    let page = server
        .get("/claims/new?category=livraison&text=Mon%20colis")
        .await;
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.body.contains("Mon colis</textarea>"), "{}", page.body);
    let key = field(&page, "key");
    let text = |value: &'static str| value.as_bytes();
    let parts = [
        ("site", None, text("cap-sentier")),
        ("lang", None, text("fr")),
        ("key", None, key.as_bytes()),
        ("kind", None, text("request")),
        ("category", None, text("livraison")),
        ("text", None, text("Mon colis est <b>abîmé</b>.")),
        ("email", None, text("lea@mail.example")),
        ("file", Some("photo.jpg"), JPEG),
        ("file", Some(""), text("")),
    ];
    let first = server.post_form("/claims/new", "", &parts).await;
    assert_eq!(first.status, 200, "{}", first.body);
    let again = server.post_form("/claims/new", "", &parts).await;
    assert_eq!(
        fact(&first, "Code"),
        fact(&again, "Code"),
        "loaded again, the same receipt"
    );
    first
}

#[tokio::test]
async fn a_claim_is_opened_followed_completed_closed_and_rated_without_a_script() {
    let server = desk::start().await;
    let receipt = receipt(&server).await;
    assert!(
        receipt.body.contains("samedi 9\u{a0}juin 2012 à 11\u{a0}h"),
        "{}",
        receipt.body
    );
    assert!(
        receipt
            .body
            .contains("au plus tard le lundi 11\u{a0}juin 2012 à 17\u{a0}h\u{a0}30")
    );
    let (number, code) = (fact(&receipt, "Numéro de suivi"), fact(&receipt, "Code"));

    let asked = server
        .get(&format!("/claims?number={}", number.to_lowercase()))
        .await;
    let place = asked.header("location").unwrap().to_owned();
    let status = server.get(&place).await;
    assert!(status.body.contains("Équipe livraison"), "{}", status.body);
    assert!(
        !status.body.contains("abîmé"),
        "the number alone shows nothing that was written"
    );

    let path = format!("/claims/{number}");
    let own = post(&server, &path, &[("shown", &code)]).await;
    assert_eq!(own.status, 200, "{}", own.body);
    assert!(
        own.body.contains("&lt;b&gt;abîmé&lt;/b&gt;"),
        "{}",
        own.body
    );
    let file = post(&server, &format!("{path}/files/1"), &[("shown", &code)]).await;
    assert_eq!(file.header("x-content-type-options"), Some("nosniff"));
    assert!(
        file.header("content-disposition")
            .unwrap()
            .starts_with("attachment")
    );

    let key = field(&own, "key");
    let parts = [
        ("shown", None, code.as_bytes()),
        ("key", None, key.as_bytes()),
        ("text", None, b"Et la facture ?".as_slice()),
    ];
    let completed = server
        .post_form(&format!("{path}/messages"), "", &parts)
        .await;
    assert!(
        completed.body.contains("Et la facture ?"),
        "{}",
        completed.body
    );
    let act = async |act: &str, page: &Answer, more: &[(&str, &str)]| {
        let key = field(page, "key");
        let mut fields = vec![("shown", code.as_str()), ("key", &key)];
        fields.extend(more);
        post(&server, &format!("{path}/{act}"), &fields).await
    };
    let closed = act("close", &completed, &[]).await;
    assert!(closed.body.contains("Terminée"), "{}", closed.body);
    assert!(closed.body.contains("Médiation Conso"));
    let unrated = act("rate", &closed, &[("delay", "9")]).await;
    assert_eq!(unrated.status, 422);
    let rated = act(
        "rate",
        &closed,
        &[("delay", "5"), ("listened", "4"), ("line", "Merci")],
    )
    .await;
    assert!(
        rated.body.contains("Merci pour votre avis"),
        "{}",
        rated.body
    );
    let reopened = act("reopen", &rated, &[("text", "Pas réglé")]).await;
    assert!(reopened.body.contains("Rouverte"), "{}", reopened.body);
    assert_eq!(act("cancel", &reopened, &[]).await.status, 409);
    assert_eq!(act("answer", &reopened, &[]).await.status, 404);
}

#[tokio::test]
async fn what_is_wrong_with_a_form_stands_beside_its_fields_and_nothing_typed_is_lost() {
    let server = desk::start().await;
    let page = server.get("/claims/new?lang=en").await;
    let key = field(&page, "key");
    let script = "\"><script>alert(1)</script>";
    let fields = [
        ("site", "cap-sentier"),
        ("lang", "en"),
        ("key", key.as_str()),
        ("kind", "request"),
        ("email", "lea@"),
        ("name", script),
        ("text", script),
    ];
    let page = post(&server, "/claims/new", &fields).await;
    assert_eq!(page.status, 422);
    assert!(page.body.contains("<html lang=\"en\">"));
    assert!(
        page.body.contains("Choose a subject from the list."),
        "{}",
        page.body
    );
    assert!(page.body.contains("id=\"email-fault\""), "{}", page.body);
    assert!(
        page.body
            .contains("aria-describedby=\"email-hint email-fault\""),
        "{}",
        page.body
    );
    assert!(!page.body.contains("<script"), "{}", page.body);
    assert_eq!(field(&page, "key"), key, "sent again it is the same claim");
}

#[tokio::test]
async fn no_page_runs_a_script_is_framed_or_sets_a_cookie() {
    let server = desk::start().await;
    for path in [
        "/claims",
        "/claims/new",
        "/claims/call",
        "/claims/withdraw",
        "/claims?number=x",
    ] {
        let page = server.get(path).await;
        let policy = page.header("content-security-policy").unwrap_or_default();
        assert!(
            policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        assert_eq!(page.header("set-cookie"), None, "{path}");
        assert!(
            !page.body.contains("<script") && !page.body.contains(" style="),
            "{path}"
        );
    }
}

#[tokio::test]
async fn withdrawal_takes_two_steps_and_is_acknowledged_at_once_with_date_and_hour() {
    let server = desk::start().await;
    let page = server.get("/claims/withdraw?order=CS-1").await;
    assert!(
        page.body.contains("Renoncer au contrat ici"),
        "{}",
        page.body
    );
    let declared = [
        ("site", "cap-sentier"),
        ("lang", "fr"),
        ("step", "check"),
        ("name", "Léa Martin"),
        ("order", "CS-1"),
        ("email", "lea@mail.example"),
        ("goods_received", "2012-06-01"),
        ("text", ""),
    ];
    let check = post(&server, "/claims/withdraw", &declared).await;
    assert_eq!(check.status, 200, "{}", check.body);
    assert!(
        check.body.contains("Confirmer la rétractation"),
        "{}",
        check.body
    );
    let nothing_yet = server
        .store()
        .claims(&crate::store::claims::ClaimFilter::default())
        .await
        .unwrap();
    assert_eq!(nothing_yet, []);
    let key = field(&check, "key");
    let mut confirmed = declared.to_vec();
    confirmed[2] = ("step", "confirm");
    confirmed.push(("key", &key));
    let receipt = post(&server, "/claims/withdraw", &confirmed).await;
    assert!(
        receipt.body.contains(
            "accuse réception de votre rétractation, reçue le samedi 9\u{a0}juin 2012 à 11\u{a0}h"
        ),
        "{}",
        receipt.body
    );
    let number = fact(&receipt, "Numéro de suivi");
    let mails = server.store().mails_of_claim(&number).await.unwrap();
    assert_eq!(mails.len(), 1, "on a durable medium");
}

#[tokio::test]
async fn a_late_withdrawal_is_received_and_said_to_be_late() {
    let server = desk::start().await;
    let mut fields = vec![
        ("name", "Léa"),
        ("order", "CS-1"),
        ("email", "lea@mail.example"),
        ("goods_received", "2012-05-01"),
        ("lang", "fr"),
    ];
    let check = post(&server, "/claims/withdraw", &fields).await;
    assert!(
        check
            .body
            .contains("le délai légal s’est terminé le mardi 15\u{a0}mai 2012"),
        "{}",
        check.body
    );
    let key = field(&check, "key");
    fields.extend([("step", "confirm"), ("key", &key)]);
    let receipt = post(&server, "/claims/withdraw", &fields).await;
    assert_eq!(receipt.status, 200);
    assert!(
        receipt.body.contains("enregistrée tout de même"),
        "{}",
        receipt.body
    );
    let incomplete = post(
        &server,
        "/claims/withdraw",
        &[("step", "check"), ("lang", "fr")],
    )
    .await;
    assert_eq!(incomplete.status, 422);
    assert!(
        incomplete.body.contains("Indiquez votre nom."),
        "{}",
        incomplete.body
    );
}

#[tokio::test]
async fn a_call_is_asked_for_at_a_time_that_is_free() {
    let server = desk::start().await;
    let page = server.get("/claims/call").await;
    assert!(
        page.body
            .contains("lundi 11\u{a0}juin, entre 9\u{a0}h\u{a0}30 et 10\u{a0}h"),
        "{}",
        page.body
    );
    let book = async || {
        let key = field(&server.get("/claims/call").await, "key");
        let fields = [
            ("lang", "fr"),
            ("key", key.as_str()),
            ("kind", "call_back"),
            ("category", "retours"),
            ("slot", "2012-06-11 09:30"),
            ("phone", "06 12 34 56 78"),
        ];
        post(&server, "/claims/call", &fields).await
    };
    let booked = book().await;
    assert!(
        booked.body.contains("Votre rappel est noté"),
        "{}",
        booked.body
    );
    let taken = book().await;
    assert_eq!(taken.status, 422);
    assert!(
        taken.body.contains("Ce créneau n’est plus proposé."),
        "{}",
        taken.body
    );
}

#[tokio::test]
async fn forms_of_other_sites_and_wrong_codes_are_refused() {
    let server = desk::start().await;
    let number = fact(&receipt(&server).await, "Numéro de suivi");
    let path = format!("/claims/{number}");
    for from in [
        "Sec-Fetch-Site: cross-site\r\n",
        "Origin: https://evil.example\r\n",
        "Origin: null\r\n",
    ] {
        for to in ["/claims/new", "/claims/withdraw", "/claims/call", &path] {
            let answer = server
                .request("POST", to, &format!("{FORM}{from}"), "shown=x")
                .await;
            assert_eq!(answer.status, 403, "{to}");
            assert!(answer.body.contains("\"cross_site\""), "{}", answer.body);
        }
    }
    let wrong = post(&server, &path, &[("shown", "00000-00000")]).await;
    assert_eq!(wrong.status, 403);
    assert!(
        wrong.body.contains("data-code=\"no_access\""),
        "{}",
        wrong.body
    );
    let text = server
        .request("POST", &path, "Content-Type: text/plain\r\n", "shown=x")
        .await;
    assert_eq!(text.status, 415);
    let mistyped = server.get("/claims?number=28T5-CY4T-KQFF4&lang=fr").await;
    assert_eq!(mistyped.status, 422);
    assert!(
        mistyped.body.contains("deux sont inversés"),
        "{}",
        mistyped.body
    );
    let unknown = server.get("/claims/0000-0000-00000").await;
    assert_eq!(unknown.status, 404);
}
