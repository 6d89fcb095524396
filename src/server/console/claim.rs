//! `/console/claims/{number}`: a claim with its history, what is known of it, and what can be done
//! to it. What the forms do is in `console::act`.

use super::frame::{self, Place, csrf};
use super::guard::Visitor;
use super::refused::Refused;
use super::when::when_in;
use super::{mails, quote, words};
use crate::App;
use crate::accounts::Role;
use crate::html::Pick as _;
use crate::mail::MailStatus;
use crate::shops::Shop;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use guichet_domain::claim::due::Standing;
use guichet_domain::claim::form::MAX_TEXT_CHARS;
use guichet_domain::claim::step::next;
use guichet_domain::claim::{Act, Actor, Claim, Entry, Kind};
use guichet_domain::lang::Lang;
use guichet_domain::say;
use guichet_domain::tracking::TrackingNumber;
use guichet_domain::zone::Timestamp;
use maud::{Markup, html};

/// Everything a claim's page shows.
pub(super) struct View<'a> {
    pub(super) visitor: &'a Visitor,
    pub(super) shop: &'a Shop,
    pub(super) claim: Claim,
    pub(super) timeline: Vec<Entry>,
    pub(super) mails: Vec<MailStatus>,
    pub(super) now: Timestamp,
}

/// What is written and not yet sent, with what stood in the way.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) text: String,
    pub(super) notice: Option<String>,
}

/// `GET /console/claims/{number}`.
pub(super) async fn get(
    State(app): State<App>,
    Path(number): Path<String>,
    visitor: Visitor,
) -> Result<Response, Refused> {
    let view = view(&app, &visitor, &number).await?;
    Ok(view.respond(StatusCode::OK, &Draft::default()))
}

/// `GET /console/claims/{number}/files/{rank}`: a file as an attachment, never shown in the page.
pub(super) async fn file(
    State(app): State<App>,
    Path((number, rank)): Path<(String, u32)>,
    _: Visitor,
) -> Result<Response, Refused> {
    let number: TrackingNumber = number.parse().map_err(|_bad| Refused::NotFound)?;
    let found = app.store.claim_file(number, rank).await?;
    let (info, bytes) = found.ok_or(Refused::NotFound)?;
    let name = format!(
        "attachment; filename=\"{number}-{rank}.{}\"",
        info.kind.extension()
    );
    let headers = [
        (header::CONTENT_TYPE, info.kind.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; sandbox".to_owned(),
        ),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

/// Reads what a claim's page shows.
pub(super) async fn view<'a>(
    app: &'a App,
    visitor: &'a Visitor,
    number: &str,
) -> Result<View<'a>, Refused> {
    let number: TrackingNumber = number.parse().map_err(|_bad| Refused::NotFound)?;
    let claim = app.store.claim(number).await?.ok_or(Refused::NotFound)?;
    let shop = app.shops.shop(&claim.site).ok_or(Refused::NotFound)?;
    Ok(View {
        visitor,
        shop,
        timeline: app.store.timeline(number).await?,
        mails: app.store.mails_of_claim(&number.to_string()).await?,
        claim,
        now: app.clock.now(),
    })
}

impl View<'_> {
    fn lang(&self) -> Lang {
        self.visitor.lang
    }

    fn moment(&self, at: Timestamp) -> String {
        when_in(self.shop.site.time_zone, self.lang(), at, self.now)
    }

    fn team(&self, id: &str) -> String {
        let team = self.shop.site.team(id);
        team.map_or_else(
            || id.to_owned(),
            |team| team.name.get(self.lang()).to_owned(),
        )
    }

    /// Whether the team may do this to the claim as it stands.
    fn allows(&self, act: Act) -> bool {
        self.visitor.may(Role::Agent)
            && self.claim.merged_into.is_none()
            && next(self.claim.state, act, Actor::Team).is_ok()
    }

    /// The page, with what is being written.
    pub(super) fn respond(&self, status: StatusCode, draft: &Draft) -> Response {
        let number = self.claim.number.to_string();
        let lang = self.lang();
        let main = html! {
            p.small { a href="/console" { "← " (lang.pick("À traiter", "To do")) } }
            h1 { span.number { (number) } " " span.badge { (words::state(lang, self.claim.state)) } }
            @if let Some(notice) = &draft.notice { p.notice.bad role="alert" { (notice) } }
            (self.promise())
            div.columns {
                div {
                    section.card aria-labelledby="history" {
                        h2 #history { (lang.pick("Ce qui s’est passé", "What happened")) }
                        ol.timeline { @for entry in &self.timeline { (self.entry(entry)) } }
                    }
                    @if self.visitor.may(Role::Agent) { (self.write(draft)) }
                }
                div {
                    (self.facts())
                    (self.actions())
                    (self.mails())
                }
            }
        };
        let mut response = frame::respond(self.visitor, Some(Place::Queue), &number, main);
        *response.status_mut() = status;
        response
    }

    /// What was promised, and how it stands.
    fn promise(&self) -> Markup {
        let lang = self.lang();
        let (class, text) = match (
            self.claim.standing(&self.shop.site, self.now),
            self.claim.due,
        ) {
            (Standing::Missed, _) => (
                "notice bad",
                lang.pick(
                    "Le délai annoncé est dépassé. Une nouvelle date va être donnée au client.",
                    "The date given has passed. The customer is about to be given a new one.",
                )
                .to_owned(),
            ),
            (Standing::Soon, Some(due)) => (
                "notice soon",
                format!(
                    "{} {}.",
                    lang.pick(
                        "Bientôt en retard : réponse promise pour",
                        "Nearly due: an answer was promised for"
                    ),
                    self.moment(due),
                ),
            ),
            (Standing::Running, Some(due)) => (
                "notice",
                format!(
                    "{} {}.",
                    lang.pick("Réponse promise pour", "An answer was promised for"),
                    self.moment(due),
                ),
            ),
            (Standing::Paused, _) => (
                "notice",
                lang.pick(
                    "Le client doit compléter ; le délai reprendra avec son message.",
                    "The customer is to complete it; time runs again with his message.",
                )
                .to_owned(),
            ),
            _ => return html! {},
        };
        html! { p class=(class) { (text) } }
    }

    fn entry(&self, entry: &Entry) -> Markup {
        let lang = self.lang();
        let class = match (entry.act, entry.by) {
            (Act::Note, _) => "note",
            (Act::Postpone, _) => "warn",
            (_, Actor::Team) => "team",
            _ => "",
        };
        let text = entry.text.as_deref().filter(|text| !text.is_empty());
        html! {
            li class=(class) {
                strong { (words::act(lang, entry.act)) }
                @if entry.act == Act::Reassign && let Some(team) = &entry.team { " → " (self.team(team)) }
                @if entry.act == Act::Merge && let Some(into) = self.claim.merged_into {
                    " → " a.number href={ "/console/claims/" (into) } { (into) }
                }
                span.muted.small {
                    " · " (self.moment(entry.at))
                    @if let Some(user) = &entry.user { " · " (user) }
                    @if let Some(due) = entry.due { " · " (lang.pick("promise pour ", "promised for ")) (self.moment(due)) }
                }
                @if let Some(text) = text { div.said { (text) } }
                @if !entry.files.is_empty() {
                    ul.files { @for file in &entry.files { li {
                        a href={ "/console/claims/" (self.claim.number) "/files/" (file.rank) } {
                            (file.kind.extension().to_uppercase()) " · " (file.size_bytes.div_ceil(1024)) " ko"
                        }
                    } } }
                }
            }
        }
    }

    /// The form that writes: an answer, a question, a note.
    fn write(&self, draft: &Draft) -> Markup {
        let lang = self.lang();
        let seen = self.timeline.last().map_or(0, |entry| entry.rank);
        let by_mail = self.claim.contact.email.is_some();
        html! {
            section.card aria-labelledby="write" {
                h2 #write { (lang.pick("Écrire", "Write")) }
                @if let Some(into) = self.claim.merged_into {
                    p { (lang.pick("Cette réclamation continue sous ", "This claim goes on as ")) a.number href={ "/console/claims/" (into) } { (into) } "." }
                }
                form method="post" action={ "/console/claims/" (self.claim.number) "/write" } {
                    (csrf(self.visitor))
                    input type="hidden" name="seen" value=(seen);
                    @if self.allows(Act::Answer) {
                        div.field {
                            label for="quote" { (lang.pick("Citer une réponse ou un article", "Quote an answer or a clause")) }
                            div.inline {
                                select #quote name="quote" { (quote::options(self.shop, self.claim.lang, &self.claim.category, lang)) }
                                button.quiet name="do" value="quote" formnovalidate { (lang.pick("Insérer", "Insert")) }
                            }
                        }
                    }
                    div.field {
                        label for="text" { (lang.pick("Votre message", "Your message")) }
                        @if !by_mail && self.allows(Act::Answer) {
                            p.hint { (lang.pick(
                                "Ce client n’a pas laissé d’adresse e-mail : il lira la réponse sur sa page de suivi. Pensez à l’appeler.",
                                "This customer left no e-mail address: he reads the answer on his tracking page. Consider calling.",
                            )) }
                        }
                        textarea #text name="text" rows="8" required maxlength=(MAX_TEXT_CHARS) lang=(self.claim.lang.code()) { (draft.text) }
                    }
                    p.buttons {
                        @if self.allows(Act::Answer) {
                            button name="do" value="answer" { (lang.pick("Envoyer la réponse", "Send the answer")) }
                            button.quiet name="do" value="ask" { (lang.pick("Demander des précisions", "Ask for more")) }
                        }
                        button.quiet name="do" value="note" { (lang.pick("Garder en note interne", "Keep as an internal note")) }
                    }
                }
            }
        }
    }

    fn facts(&self) -> Markup {
        let lang = self.lang();
        let claim = &self.claim;
        let site = &self.shop.site;
        let category = site
            .category(&claim.category)
            .map_or(claim.category.as_str(), |own| own.name.get(lang));
        let fact = |name: &str, value: Markup| html! { dt { (name) } dd { (value) } };
        html! {
            section.card aria-labelledby="facts" {
                h2 #facts { (lang.pick("En bref", "In short")) }
                dl.facts {
                    @if claim.kind != Kind::Request { (fact(lang.pick("Nature", "Kind"), html! { (words::kind(lang, claim.kind)) })) }
                    (fact(lang.pick("Sujet", "Subject"), html! { (category) }))
                    (fact(lang.pick("Équipe", "Team"), html! { (self.team(&claim.team)) }))
                    (fact(lang.pick("Reçue", "Received"), html! { (self.moment(claim.opened)) }))
                    @if let Some(slot) = claim.slot {
                        (fact(lang.pick("À rappeler", "To call"), html! { (say::moment(lang, slot, site.time_zone.local(self.now).date)) }))
                    }
                    @if let Some(order) = &claim.order { (fact(lang.pick("Commande", "Order"), html! { (order) })) }
                    @if let Some(name) = &claim.contact.name { (fact(lang.pick("Nom", "Name"), html! { (name) })) }
                    @if let Some(email) = &claim.contact.email { (fact("E-mail", html! { (email) })) }
                    @if let Some(phone) = &claim.contact.phone { (fact(lang.pick("Téléphone", "Phone"), html! { a href={ "tel:" (phone.replace(' ', "")) } { (phone) } })) }
                    (fact(lang.pick("Langue", "Language"), html! { (match claim.lang { Lang::Fr => lang.pick("français", "French"), Lang::En => lang.pick("anglais", "English") }) }))
                    @if let Some(withdrawal) = &claim.withdrawal {
                        @if let Some(day) = withdrawal.goods_received { (fact(lang.pick("Colis reçu", "Parcel received"), html! { (say::long_date(lang, day)) })) }
                        @if let Some(day) = withdrawal.last_day { (fact(lang.pick("Dernier jour", "Last day"), html! { (say::long_date(lang, day)) @if withdrawal.late { " " span.badge.soon { (lang.pick("après le délai", "after the delay")) } } })) }
                    }
                    @if claim.missed > 0 { (fact(lang.pick("Délais manqués", "Dates missed"), html! { (claim.missed) })) }
                    @if let Some(rating) = &claim.rating {
                        (fact(lang.pick("Délai", "Delay"), html! { (rating.delay) " / 5" }))
                        (fact(lang.pick("Écoute", "Listening"), html! { (rating.listened) " / 5" @if !rating.line.is_empty() { br; (rating.line) } }))
                    }
                }
            }
        }
    }

    /// What can be done without writing.
    fn actions(&self) -> Markup {
        let lang = self.lang();
        let action = |name: &str| format!("/console/claims/{}/{name}", self.claim.number);
        if !self.visitor.may(Role::Agent) || self.claim.merged_into.is_some() {
            return html! {};
        }
        html! {
            section.card aria-labelledby="actions" {
                h2 #actions { "Actions" }
                @for (act, path, text, class) in [
                    (Act::TakeUp, "take-up", lang.pick("Prendre en charge", "Take it up"), ""),
                    (Act::Reopen, "reopen", lang.pick("Rouvrir", "Reopen"), "quiet"),
                    (Act::Close, "close", lang.pick("Clore", "Close"), "quiet"),
                ] {
                    @if self.allows(act) {
                        form.action method="post" action=(action(path)) {
                            (csrf(self.visitor))
                            button class=(class) { (text) }
                        }
                    }
                }
                @if self.allows(Act::Reassign) {
                    form.action method="post" action=(action("reassign")) {
                        (csrf(self.visitor))
                        label for="team" { (lang.pick("Confier à", "Give to")) }
                        div.inline {
                            select #team name="team" {
                                @for team in &self.shop.site.teams {
                                    option value=(team.id) selected[team.id == self.claim.team] { (team.name.get(lang)) }
                                }
                            }
                            button.quiet { "OK" }
                        }
                    }
                }
                @if self.allows(Act::Merge) {
                    form.action method="post" action=(action("merge")) {
                        (csrf(self.visitor))
                        label for="into" { (lang.pick("Réunir avec (doublon de)", "Merge into (duplicate of)")) }
                        div.inline {
                            input #into name="into" required maxlength="40" autocapitalize="characters" spellcheck="false" placeholder=(lang.pick("numéro de suivi", "tracking number"));
                            button.quiet { "OK" }
                        }
                    }
                }
            }
        }
    }

    fn mails(&self) -> Markup {
        let lang = self.lang();
        html! {
            @if !self.mails.is_empty() {
                section.card aria-labelledby="mails" {
                    h2 #mails { "E-mails" }
                    ul.list { @for mail in &self.mails { li.mail {
                        (mails::badge(lang, mail.state)) " " span.small { (self.moment(mail.created)) }
                        @if !mail.problem.is_empty() { p.small.pre { code { (mail.problem) } } }
                    } } }
                    p.small { a href="/console/mails" { (lang.pick("Tous les e-mails en difficulté", "All mails in trouble")) } }
                }
            }
        }
    }
}
