//! A request from its first word to its last, in the panel of one shopper on two devices, with the shop's people in
//! their console and a real mail server between them.

use guichet_domain::event::What;
use guichet_tests::help::{ROOT, one};
use guichet_tests::place::SITE;
use guichet_tests::town::{Owner, PASSWORD, SATURDAY, Town};
use guichet_tests::{Page, Screen};
use serde_json::{Value, json};

/// A picture of one pixel: what a telephone would send of a broken box, in small.
const PHOTO: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const DRAFT: &str = "localStorage.getItem('guichet:cap-sentier:draft')";

async fn shopper(town: &Town, path: &str) -> Page {
    let page = Page::new().await;
    page.stop_clock_at(SATURDAY.unsigned_abs()).await;
    page.open(&town.url(path)).await;
    page.open_help().await;
    page
}

/// Clicks the button of the panel that says these words.
async fn press(page: &Page, words: &str) {
    let button = format!(
        "[...{ROOT}.querySelectorAll('button')].find(one => one.textContent.trim() === {})",
        json!(words)
    );
    page.click(words, &button).await;
}

/// Chooses a file in the panel, as the browser's own window for it would.
async fn attach(page: &Page) {
    let chosen = format!(
        "(input => {{
            const bytes = Uint8Array.from(atob('{PHOTO}'), one => one.charCodeAt(0));
            const list = new DataTransfer();
            list.items.add(new File([bytes], 'colis ouvert.png', {{ type: 'image/png' }}));
            input.files = list.files;
            input.dispatchEvent(new Event('change', {{ bubbles: true }}));
        }})({})",
        one("#files")
    );
    page.evaluate::<Value>(&format!("void {chosen}")).await;
    page.until_text(".files li", "colis ouvert.png").await;
}

/// From a question nothing answered to the form, with the question gone along.
async fn write(page: &Page, question: &str) {
    page.type_query(question).await;
    page.contact().await;
    page.click("the written request", &one("[data-id=request]"))
        .await;
    page.until("the form", &one("#claim-text")).await;
    let carried: String = page
        .evaluate(&format!("{}.value", one("#claim-text")))
        .await;
    assert_eq!(carried, question, "nothing is typed twice");
}

async fn ratings(town: &Town) -> Value {
    let figures = town.json("GET", "/v1/indicators", "", Value::Null).await;
    figures["satisfaction"]["answers"].clone()
}

/// On another device, the number shows how a request stands, and the code what was written.
async fn follow(town: &Town, number: &str, code: &str) -> Page {
    let other = shopper(town, "/demo/commande.html").await;
    other
        .click("the way to a request", &one("[data-id=follow]"))
        .await;
    other.until("the field for a number", &one("#number")).await;
    let wrong = number.replacen(
        &number[..1],
        if number.starts_with('2') { "3" } else { "2" },
        1,
    );
    other.set_value("#number", &wrong).await;
    press(&other, "Voir où elle en est").await;
    other.until_text(".fault", "Un caractère est faux").await;
    other
        .set_value("#number", &number.to_lowercase().replace('-', " "))
        .await;
    press(&other, "Voir où elle en est").await;
    other
        .until_text(".timeline", "Nous vous avons répondu")
        .await;
    let told = other.texts(".desk").await.concat();
    assert!(
        !told.contains("remplaçons"),
        "the number alone shows no words: {told}"
    );
    other.set_value("#code", code).await;
    press(&other, "Ouvrir ma demande").await;
    other.until_text(".said", "Nous vous le remplaçons.").await;
    other.until_text(".timeline", "Télécharger").await;
    assert_eq!(other.accessibility_problems().await, Vec::<String>::new());
    other
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_written_followed_elsewhere_completed_closed_and_rated() {
    let town = Town::new().await;
    let owner = Owner::signs_in(&town).await;
    let public = [
        ("csrf", owner.csrf.as_str()),
        ("site", SITE),
        ("satisfaction", "1"),
    ];
    town.form("/console/indicators", &owner.cookie, &public)
        .await;
    assert_eq!(ratings(&town).await, json!(0));

    // He writes, with a photo, and sees by when he will have an answer before he sends.
    let page = shopper(&town, "/demo/produit.html").await;
    write(&page, "mon colis est arrivé tout ouvert").await;
    press(&page, "Envoyer").await;
    page.until_text("[role=alert]", "Quelques points à revoir")
        .await;
    page.until_text(".fault", "Indiquez une adresse e-mail")
        .await;
    page.set_value("#claim-category", "livraison").await;
    page.until_text(".promise", "lundi 15\u{a0}juin à 18\u{a0}h")
        .await;
    page.set_value("#claim-email", "lea@mail.example").await;
    page.set_value("#claim-order", "CS-20931").await;
    attach(&page).await;
    assert_eq!(page.accessibility_problems().await, Vec::<String>::new());
    press(&page, "Envoyer").await;
    page.until_text("h3", "Votre demande est arrivée").await;
    assert_eq!(page.accessibility_problems().await, Vec::<String>::new());
    let large = page.texts(".large").await;
    let [number, code] = large.as_slice() else {
        panic!("number and code, found {large:?}")
    };
    page.until_text(".facts", "lundi 15\u{a0}juin à 18\u{a0}h")
        .await;
    page.until("nothing to be kept any more", &format!("{DRAFT} === null"))
        .await;
    let (_, text) = town.mail(1).await;
    assert!(text.contains(number) && text.contains(code), "{text}");
    page.record().assert_clean();

    // Somebody of the shop answers.
    owner
        .answers(&town, number, "Nous vous le remplaçons.")
        .await;
    town.mail(2).await;
    let other = follow(&town, number, code).await;

    // He completes it, it is answered again, he closes it and says how it went.
    other
        .set_value("#message", "Merci, mais la housse manque.")
        .await;
    press(&other, "Envoyer").await;
    other
        .until_text("[role=alert]", "Votre message est arrivé")
        .await;
    owner.answers(&town, number, "Elle part ce soir.").await;
    town.mail(3).await;
    other.back().await;
    other.set_value("#number", number).await;
    press(&other, "Voir où elle en est").await;
    other.until_text(".said", "Elle part ce soir.").await;
    press(&other, "C’est réglé, terminer la demande").await;
    other
        .until_text("[role=alert]", "Votre demande est terminée")
        .await;
    other
        .click("four for the delay", &one("#rate-delay4"))
        .await;
    other
        .click("five for listening", &one("#rate-listened5"))
        .await;
    press(&other, "Envoyer mon avis").await;
    other
        .until_text("[role=alert]", "Merci pour votre avis")
        .await;
    other.record().assert_clean();
    town.hours_pass(1);
    assert_eq!(ratings(&town).await, json!(1));
    town.running.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_could_not_leave_is_kept_and_sent_once() {
    let town = Town::new().await;
    let page = shopper(&town, "/demo/produit.html").await;
    write(&page, "ma lampe ne s’allume plus").await;
    page.set_value("#claim-category", "garantie").await;
    page.set_value("#claim-email", "lea@mail.example").await;
    // The network fails between the page and the server: before the first try, and after the second arrived.
    page.evaluate::<Value>(
        "void (() => { const real = fetch; let tries = 0; window.sent = [];
         window.fetch = async (url, init) => {
             if (!String(url).endsWith('/v1/claims')) return real(url, init);
             tries += 1; window.sent.push(init.body);
             if (tries === 1) throw new TypeError('no network');
             const answer = await real(url, init);
             if (tries === 2) throw new TypeError('no network');
             return answer;
         }; })()",
    )
    .await;
    press(&page, "Envoyer").await;
    page.until_text("[role=alert]", "n’est pas partie").await;
    page.until("it to be kept", &format!("{DRAFT}[0] === 'r'"))
        .await;
    press(&page, "Envoyer").await;
    page.until("a second try", "window.sent.length === 2").await;
    page.until_text("[role=alert]", "n’est pas partie").await;

    // Another day, on another page, it is still there.
    page.open(&town.url("/demo/retours.html")).await;
    page.open_help().await;
    page.until_text(".row", "n’est pas encore partie").await;
    page.click("the request that waits", &one("[data-id=request]"))
        .await;
    page.until_text(".notice", "n’est pas encore partie").await;
    press(&page, "Envoyer").await;
    page.until_text("h3", "Votre demande est arrivée").await;
    let (_, text) = town.mail(1).await;
    assert!(text.contains("ma lampe ne s’allume plus"), "{text}");
    town.hours_pass(1);
    page.settle().await;
    assert_eq!(town.mails(), 1, "sent three times, taken once");
    town.running.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_is_asked_for_at_a_time_that_is_free_and_cancelled() {
    let town = Town::new().await;
    let page = shopper(&town, "/demo/produit.html").await;
    page.contact().await;
    page.click("the call-back", &one("[data-id=call_back]"))
        .await;
    page.until("the free times", &one("#claim-slot option:nth-child(2)"))
        .await;
    let slot: String = page
        .evaluate(&format!("{}.value", one("#claim-slot option:nth-child(2)")))
        .await;
    assert_eq!(slot, "2026-06-15 09:30", "the shop is closed until Monday");
    page.set_value("#claim-category", "produits").await;
    page.set_value("#claim-slot", &slot).await;
    page.set_value("#claim-phone", "06 12 34 56 78").await;
    press(&page, "Demander le rappel").await;
    page.until_text("h3", "Votre rappel est noté").await;
    page.until_text(
        ".facts",
        "lundi 15\u{a0}juin, entre 9\u{a0}h\u{a0}30 et 10\u{a0}h",
    )
    .await;
    page.click("keep the number", &one("#keep-number")).await;
    press(&page, "Suivre cette demande").await;
    press(&page, "Annuler le rappel").await;
    page.until_text("[role=alert]", "Le rappel est annulé")
        .await;

    // The number was kept because he wanted it; what opens it, too.
    page.reload().await;
    page.open_help().await;
    page.click("the way to a request", &one("[data-id=follow]"))
        .await;
    page.click("the number of this device", &one(".desk .row"))
        .await;
    page.until_text(".timeline", "Vous avez annulé le rappel")
        .await;
    page.click("keep the number no longer", &one("#keep-number"))
        .await;
    page.until(
        "no number to be kept",
        "localStorage.getItem('guichet:cap-sentier:numbers') === null",
    )
    .await;
    town.running.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_told_to_the_log_names_nobody() {
    let server = guichet_tests::Server::start().await;
    let page = Page::new().await;
    page.open(&server.url("/demo/produit.html")).await;
    page.open_help().await;
    page.contact().await;
    page.click("the written request", &one("[data-id=request]"))
        .await;
    page.until("the form", &one("#claim-text")).await;
    page.set_value("#claim-text", "Je suis Zoé Tisserand").await;
    page.set_value("#claim-category", "livraison").await;
    page.set_value("#claim-email", "zoe@mail.example").await;
    // This server has no desk: it refuses, and the words say what to do.
    press(&page, "Envoyer").await;
    page.until_text("[role=alert]", "ne prend pas de demandes ici")
        .await;
    page.close_help().await;
    page.reload().await;
    let events = server
        .until_stored("opened", |what| matches!(what, What::Opened))
        .await;
    let told = format!("{events:?}");
    assert!(!told.contains("Zoé") && !told.contains("zoe@"), "{told}");
    assert!(
        !events
            .iter()
            .any(|event| matches!(event.what, What::ClaimOpened { .. })),
        "a claim that was refused is none: {told}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_panel_shows_the_figures_the_owner_chose_and_never_of_too_few() {
    let town = Town::new().await;
    let owner = Owner::signs_in(&town).await;
    let page = shopper(&town, "/demo/produit.html").await;
    page.contact().await;
    page.until("what is told", &format!("!{}", one("[data-id=figures]")))
        .await;
    let public = [("csrf", owner.csrf.as_str()), ("site", SITE), ("kept", "1")];
    town.form("/console/indicators", &owner.cookie, &public)
        .await;
    // A browser keeps what was told for a minute; another shopper is told anew.
    let page = shopper(&town, "/demo/produit.html").await;
    page.contact().await;
    page.click("the figures", &one("[data-id=figures]")).await;
    page.until_text(
        ".figures",
        "Pas encore assez de cas pour un chiffre juste\u{a0}: 0 sur 20",
    )
    .await;
    let told = page.texts(".figures h3").await;
    assert_eq!(told, ["Délais tenus"], "what was not chosen is not shown");
    assert_eq!(page.accessibility_problems().await, Vec::<String>::new());
    town.running.stop().await.unwrap();
}

/// Types into a field of a page of the server.
async fn fill(page: &Page, id: &str, text: &str) {
    page.click(id, &format!("document.getElementById({id:?})"))
        .await;
    page.type_text(text).await;
}

/// Presses the button of a page of the server that says these words, and waits for the next page to say `next`.
async fn submit(page: &Page, words: &str, next: &str) {
    let button = format!(
        "[...document.querySelectorAll('button')].find(one => one.textContent.trim() === {})",
        json!(words)
    );
    page.click(words, &button).await;
    page.until(
        next,
        &format!("document.body.innerText.includes({})", json!(next)),
    )
    .await;
}

async fn check_page(page: &Page, name: &str, problems: &mut Vec<String>) {
    // axe-core needs timers.
    page.allow_scripts(true).await;
    for dark in [false, true] {
        page.look_at(Screen::phone(dark)).await;
        let found = page.accessibility_problems_in("html").await;
        problems.extend(found.into_iter().map(|found| format!("{name}: {found}")));
    }
    page.allow_scripts(false).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_script_a_request_is_opened_and_followed_and_every_page_is_accessible() {
    let town = Town::new().await;
    let mut problems = Vec::new();
    let page = Page::new().await;
    page.allow_scripts(false).await;
    let start = format!("/claims/new?site={SITE}&lang=fr&category=livraison");
    page.open(&town.url(&start)).await;
    check_page(&page, "a request", &mut problems).await;
    fill(&page, "text", "Mon colis est vide.").await;
    submit(&page, "Envoyer", "Indiquez une adresse e-mail").await;
    check_page(&page, "a request with a fault", &mut problems).await;
    fill(&page, "email", "lea@mail.example").await;
    submit(&page, "Envoyer", "Votre demande est arrivée").await;
    check_page(&page, "the receipt", &mut problems).await;
    let [number, code]: [String; 2] = page
        .evaluate("[...document.querySelectorAll('dd.number')].map(one => one.textContent.trim())")
        .await;
    let (_, text) = town.mail(1).await;
    assert!(text.contains(&number) && text.contains(&code), "{text}");

    page.open(&town.url(&format!("/claims?site={SITE}&lang=fr")))
        .await;
    check_page(&page, "the field for a number", &mut problems).await;
    fill(&page, "number", &number).await;
    submit(
        &page,
        "Voir où elle en est",
        "Nous avons reçu votre demande",
    )
    .await;
    check_page(&page, "the status", &mut problems).await;
    fill(&page, "code", &code).await;
    submit(&page, "Ouvrir ma demande", "Mon colis est vide.").await;
    check_page(&page, "the whole request", &mut problems).await;
    submit(
        &page,
        "C’est réglé, terminer la demande",
        "Comment cela s’est-il passé",
    )
    .await;
    check_page(&page, "how it went", &mut problems).await;
    for (name, path) in [
        ("a call", "/claims/call"),
        ("a withdrawal", "/claims/withdraw"),
        ("the indicators", "/indicators"),
        ("signing in", "/console/sign-in"),
    ] {
        page.open(&town.url(&format!("{path}?site={SITE}&lang=fr")))
            .await;
        check_page(&page, name, &mut problems).await;
    }
    fill(&page, "name", "leo").await;
    fill(&page, "password", PASSWORD).await;
    submit(&page, "Sign in", "Sign out").await;
    check_page(&page, "the queue", &mut problems).await;
    for (name, path) in [
        (
            "a claim in the console",
            format!("/console/claims/{number}"),
        ),
        ("the search", "/console/search?q=CS-1".to_owned()),
        ("the figures", "/console/indicators".to_owned()),
        ("the trail", "/console/trail".to_owned()),
    ] {
        page.open(&town.url(&path)).await;
        check_page(&page, name, &mut problems).await;
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    town.running.stop().await.unwrap();
}
