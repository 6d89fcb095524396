//! A claim from its first word to its last, over HTTP, with a real mail server at the other end: what a shopper, an
//! agent and an owner do in a week, without a browser.

use guichet_tests::place::SITE;
use guichet_tests::town::{Owner, Town};
use serde_json::{Value, json};

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
