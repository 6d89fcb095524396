//! `/console`: claims to work, those first that are due first, with the load of each team.

use super::frame::{self, Place};
use super::guard::Visitor;
use super::refused::Refused;
use super::when::when_in;
use super::words;
use crate::App;
use crate::html::Pick as _;
use crate::html::fields::Fields;
use crate::store::claims::ClaimFilter;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use guichet_domain::claim::due::Standing;
use guichet_domain::claim::{Claim, Kind, State as ClaimState};
use guichet_domain::lang::Lang;
use guichet_domain::site::{Site, Team};
use guichet_domain::zone::Timestamp;
use maud::{Markup, html};
use std::collections::HashMap;

/// Most claims looked at for a list and the load of teams.
const MAX_CLAIMS: u32 = 2_000;
/// Claims on one page.
const PER_PAGE: usize = 50;

/// The lists there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum List {
    ToDo,
    Waiting,
    Answered,
    Closed,
}

impl List {
    const ALL: [Self; 4] = [Self::ToDo, Self::Waiting, Self::Answered, Self::Closed];

    fn word(self) -> &'static str {
        match self {
            Self::ToDo => "todo",
            Self::Waiting => "waiting",
            Self::Answered => "answered",
            Self::Closed => "closed",
        }
    }

    fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::ToDo => lang.pick("À traiter", "To do"),
            Self::Waiting => lang.pick("En attente du client", "Waiting for the customer"),
            Self::Answered => lang.pick("Répondues", "Answered"),
            Self::Closed => lang.pick("Closes", "Closed"),
        }
    }

    fn states(self) -> Vec<ClaimState> {
        match self {
            Self::ToDo => vec![
                ClaimState::Received,
                ClaimState::TakenUp,
                ClaimState::Reopened,
            ],
            Self::Waiting => vec![ClaimState::WaitingForShopper],
            Self::Answered => vec![ClaimState::Answered],
            Self::Closed => vec![ClaimState::Closed],
        }
    }
}

/// What is asked for.
struct Query {
    list: List,
    site: String,
    team: String,
    page: usize,
}

impl Query {
    fn parse(query: &str) -> Self {
        let fields = Fields::parse(query.as_bytes());
        let list = List::ALL
            .into_iter()
            .find(|list| list.word() == fields.get("list"));
        Self {
            list: list.unwrap_or(List::ToDo),
            site: fields.get("site").to_owned(),
            team: fields.get("team").to_owned(),
            page: fields.get("page").parse().unwrap_or(0),
        }
    }

    /// The address of another list, team or page.
    fn href(list: List, site: &str, team: &str, page: usize) -> String {
        let mut query = form_urlencoded::Serializer::new(String::from("/console?"));
        query.append_pair("list", list.word());
        for (name, value) in [("site", site), ("team", team)] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        if page > 0 {
            query.append_pair("page", &page.to_string());
        }
        query.finish()
    }
}

/// How much a team has to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Load {
    open: usize,
    soon: usize,
    missed: usize,
}

impl Load {
    fn add(&mut self, standing: Standing) {
        self.open += 1;
        self.soon += usize::from(standing == Standing::Soon);
        self.missed += usize::from(standing == Standing::Missed);
    }
}

/// `GET /console`.
pub(super) async fn get(
    State(app): State<App>,
    RawQuery(query): RawQuery,
    visitor: Visitor,
) -> Result<Response, Refused> {
    let query = Query::parse(&query.unwrap_or_default());
    let lang = visitor.lang;
    let now = app.clock.now();
    let Some(site) = app.shops.desk_or_first(&query.site) else {
        return Ok(frame::respond(
            &visitor,
            Some(Place::Queue),
            List::ToDo.name(lang),
            no_desk(lang),
        ));
    };
    let listed = |list: List| ClaimFilter {
        site: Some(site.id.clone()),
        states: list.states(),
        limit: MAX_CLAIMS,
        ..ClaimFilter::default()
    };
    let open = app.store.claims(&listed(List::ToDo)).await?;
    let mut loads: HashMap<&str, Load> = HashMap::new();
    let mut all = Load::default();
    for claim in &open {
        let standing = claim.standing(site, now);
        all.add(standing);
        loads.entry(claim.team.as_str()).or_default().add(standing);
    }
    let claims = match query.list {
        List::ToDo => open.clone(),
        other => app.store.claims(&listed(other)).await?,
    };
    let of_team: Vec<&Claim> = claims
        .iter()
        .filter(|claim| query.team.is_empty() || claim.team == query.team)
        .collect();
    let shown: Vec<&Claim> = of_team
        .iter()
        .skip(query.page.saturating_mul(PER_PAGE))
        .take(PER_PAGE)
        .copied()
        .collect();
    let numbers: Vec<_> = shown.iter().map(|claim| claim.number).collect();
    let first_words = app.store.first_words(&numbers).await?;
    let words_of = |claim: &Claim| first_words.get(&claim.number).map_or("", String::as_str);

    let main = html! {
        h1 { (query.list.name(lang)) }
        @if app.shops.with_desk().nth(1).is_some() { (sites(&app, &query, site)) }
        nav aria-label=(lang.pick("Listes", "Lists")) { ul.tabs {
            @for list in List::ALL { li {
                a href=(Query::href(list, &site.id, &query.team, 0)) aria-current=[(list == query.list).then_some("page")] { (list.name(lang)) }
            } }
        } }
        (teams(&query, site, lang, all, &loads))
        @if shown.is_empty() {
            div.card { p { (lang.pick("Rien ici pour l’instant.", "Nothing here for now.")) } }
        } @else {
            ul.queue { @for claim in &shown { (row(site, lang, claim, words_of(claim), now)) } }
        }
        (pages(&query, site, lang, of_team.len()))
    };
    Ok(frame::respond(
        &visitor,
        Some(Place::Queue),
        query.list.name(lang),
        main,
    ))
}

fn no_desk(lang: Lang) -> Markup {
    html! {
        h1 { (List::ToDo.name(lang)) }
        div.notice { (lang.pick(
            "Aucune boutique servie ici ne prend de réclamations : ajoutez une section [claims] à son site.toml.",
            "No shop served here takes claims: add a [claims] section to its site.toml.",
        )) }
    }
}

fn sites(app: &App, query: &Query, current: &Site) -> Markup {
    html! { ul.tabs { @for site in app.shops.with_desk() { li {
        a href=(Query::href(query.list, &site.id, "", 0)) aria-current=[(site.id == current.id).then_some("page")] { (site.name) }
    } } } }
}

/// The load of each team; a team without open claims is left out unless it is the one chosen.
fn teams(query: &Query, site: &Site, lang: Lang, all: Load, loads: &HashMap<&str, Load>) -> Markup {
    let load_of = |team: &Team| loads.get(team.id.as_str()).copied().unwrap_or_default();
    let chip = |id: &str, name: &str, load: Load| {
        html! { li { a href=(Query::href(query.list, &site.id, id, 0)) aria-current=[(query.team == id).then_some("true")] {
            (name) " " span.count { (load.open) }
            @if load.missed > 0 { " " span.badge.bad { (load.missed) " " (lang.pick("en retard", "overdue")) } }
            @if load.soon > 0 { " " span.badge.soon { (load.soon) " " (lang.pick("bientôt", "nearly due")) } }
        } } }
    };
    html! {
        nav aria-label=(lang.pick("Équipes et réclamations à traiter", "Teams and claims to do")) { ul.teams {
            (chip("", lang.pick("Toutes les équipes", "All teams"), all))
            @for team in &site.teams {
                @if load_of(team).open > 0 || query.team == team.id {
                    (chip(&team.id, team.name.get(lang), load_of(team)))
                }
            }
        } }
    }
}

/// A claim in a list: when it is due, what it is about, who has it. Shared with the search.
pub(super) fn row(site: &Site, lang: Lang, claim: &Claim, words_: &str, now: Timestamp) -> Markup {
    let standing = claim.standing(site, now);
    let class = match standing {
        Standing::Missed => "missed",
        Standing::Soon => "soon",
        _ => "",
    };
    let category = site
        .category(&claim.category)
        .map_or(claim.category.as_str(), |own| own.name.get(lang));
    let team = site
        .team(&claim.team)
        .map_or(claim.team.as_str(), |own| own.name.get(lang));
    let moment = |at| when_in(site.time_zone, lang, at, now);
    html! {
        li class=(class) {
            a.what href={ "/console/claims/" (claim.number) } {
                span.excerpt { @if words_.is_empty() { (words::kind(lang, claim.kind)) } @else { (words_) } }
            }
            p.when {
                @if let Some(due) = claim.due {
                    @if let Some(badge) = words::standing(lang, standing) { (badge) " " }
                    (lang.pick("pour ", "due ")) (moment(due))
                } @else {
                    (lang.pick("mise à jour ", "updated ")) (moment(claim.updated))
                }
            }
            p.meta {
                span.number { (claim.number) }
                " · " (category) " · " (team)
                @if claim.kind != Kind::Request { " · " (words::kind(lang, claim.kind)) }
                " · " (words::state(lang, claim.state))
                @if claim.missed > 0 { " · " span.late { (lang.pick("délai manqué", "missed before")) } }
            }
        }
    }
}

fn pages(query: &Query, site: &Site, lang: Lang, count: usize) -> Markup {
    let href = |page| Query::href(query.list, &site.id, &query.team, page);
    html! {
        @if count > PER_PAGE {
            nav.pages aria-label="Pages" {
                @if query.page > 0 { a.button.quiet rel="prev" href=(href(query.page - 1)) { (lang.pick("Précédentes", "Previous")) } }
                @if (query.page + 1) * PER_PAGE < count { a.button.quiet rel="next" href=(href(query.page + 1)) { (lang.pick("Suivantes", "Next")) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_asked_for_by_its_address_and_nonsense_is_the_first() {
        let href = Query::href(List::Waiting, "shop", "a b&c", 2);
        let query = Query::parse(href.split_once('?').unwrap().1);
        assert_eq!(
            (query.list, query.team.as_str(), query.page),
            (List::Waiting, "a b&c", 2)
        );
        let nonsense = Query::parse("list=%3Cscript%3E&page=-1");
        assert_eq!((nonsense.list, nonsense.page), (List::ToDo, 0));
    }
}
