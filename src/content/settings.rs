//! Reads `site.toml`. Hours, days, zones and ids are read as plain text first, so that each
//! mistake is told with its own line and all of them in one run.

use crate::check::{Silence, silence};
use crate::deadline::{self, Attached, RawOfSite};
use crate::experiment::{self, Experiment};
use crate::faq::is_id;
use crate::home::{self, Named, RawNotice, RawSuggestion, Suggested, day};
use crate::problem::{Problems, Source, split_hint};
use guichet_domain::channel::{Channel, ChannelKind};
use guichet_domain::civil::Weekday;
use guichet_domain::holiday::Region;
use guichet_domain::hours::{Closure, Span, Week};
use guichet_domain::lang::{Lang, Localized};
use guichet_domain::promise::Promise;
use guichet_domain::scrub::TextMode;
use guichet_domain::site::{Category, Mediator, Site, Team};
use guichet_domain::zone::Zone;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;
use toml::value::Datetime;

mod desk;
mod digest;

/// `site.toml`, checked.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What goes into the bundle.
    pub site: Site,
    /// Slugs of the questions shown before anything is typed, by language.
    pub top: BTreeMap<Lang, Vec<String>>,
    /// Deadlines of clauses and entries, in the order written.
    pub deadlines: Vec<Attached>,
    /// What `guichet check` is not to say.
    pub silences: Vec<Silence>,
    /// Questions that belong to a page or an order.
    pub suggestions: Vec<Suggested>,
    /// Entries that notices, suggestions and the experiment name, each with its place in the file.
    pub(crate) named_entries: Vec<Named>,
    /// The experiment that runs; none where the owner wrote none.
    pub experiment: Option<Experiment>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    name: String,
    url: String,
    locales: Vec<Spanned<String>>,
    time_zone: Spanned<String>,
    #[serde(default)]
    holidays: Region,
    contact_url: Option<String>,
    withdrawal_url: Option<String>,
    mediator: Option<Mediator>,
    #[serde(default)]
    team: Vec<Team>,
    #[serde(default)]
    category: Vec<Category>,
    #[serde(default)]
    channel: Vec<RawChannel>,
    #[serde(default)]
    top: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    notice: Vec<RawNotice>,
    #[serde(default)]
    suggestion: Vec<RawSuggestion>,
    #[serde(default)]
    deadline: Vec<RawOfSite>,
    #[serde(default)]
    check: silence::RawCheck,
    claims: Option<desk::RawDesk>,
    experiment: Option<experiment::Raw>,
    #[serde(default)]
    log: RawLog,
    digest: Option<digest::RawDigest>,
}

/// `[log]`: what the shop hears of what shoppers do.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLog {
    #[serde(default)]
    text: TextMode,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawChannel {
    id: Spanned<String>,
    kind: Spanned<String>,
    name: Localized,
    contact: String,
    #[serde(default)]
    cost: Localized,
    #[serde(default)]
    note: Localized,
    #[serde(default)]
    categories: Vec<Spanned<String>>,
    #[serde(default)]
    hours: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
    #[serde(default)]
    closures: Vec<RawClosure>,
    promise: Option<Spanned<Promise>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawClosure {
    from: Spanned<Datetime>,
    until: Spanned<Datetime>,
    #[serde(default)]
    reason: Localized,
}

/// Reads the settings of the site with this id; `None` if nothing can be made of them.
pub fn read(id: &str, source: &Source<'_>, problems: &mut Problems) -> Option<Settings> {
    let raw: Raw = match toml::from_str(source.text) {
        Ok(raw) => raw,
        Err(error) => {
            let at = error
                .span()
                .map_or(source.whole(), |span| source.at(span.start));
            problems.error(&at, format!("site.toml does not parse: {}", error.message()), "compare it with a site made by `guichet init`; texts stand in double quotes, days and numbers without");
            return None;
        }
    };
    if !is_id(id) {
        problems.error(
            &source.whole(),
            format!("`{id}` is not a name for a site folder"),
            "use 1 to 64 small letters, digits and dashes",
        );
    }
    let locales = locales(&raw.locales, source, problems);
    let time_zone = Zone::named(raw.time_zone.get_ref()).map_err(|error| {
        let (message, hint) = split_hint(&error.to_string());
        problems.error(&source.at(raw.time_zone.span().start), message, hint);
    });
    check_teams(&raw, source, problems);
    unique(
        "channel",
        raw.channel.iter().map(|channel| channel.id.get_ref()),
        source,
        problems,
    );
    let categories: BTreeSet<&str> = raw
        .category
        .iter()
        .map(|category| category.id.as_str())
        .collect();
    let channels: Vec<Channel> = raw
        .channel
        .iter()
        .filter_map(|channel| read_channel(channel, &categories, source, problems))
        .collect();
    if raw.channel.is_empty() {
        problems.error(
            &source.whole(),
            "no channel, expected at least one",
            "add a `[[channel]]`: a person must always be one step away",
        );
    }
    let claims = raw
        .claims
        .and_then(|desk| desk::read(desk, &channels, &categories, source, problems));
    let digest = raw.digest.as_ref();
    let digest = digest.map(|raw| digest::read(raw, &locales, source, problems));
    let top = raw
        .top
        .into_iter()
        .filter_map(|(tag, slugs)| Lang::from_tag(&tag).map(|lang| (lang, slugs)))
        .collect();
    let deadlines = deadline::of_site(raw.deadline, raw.holidays, source, problems);
    let mut home = home::read(&raw.notice, &raw.suggestion, source, problems);
    let site = Site {
        id: id.to_owned(),
        name: raw.name,
        url: raw.url,
        locales,
        time_zone: time_zone.ok()?,
        holidays: raw.holidays,
        contact_url: raw.contact_url,
        withdrawal_url: raw.withdrawal_url,
        mediator: raw.mediator,
        teams: raw.team,
        categories: raw.category,
        channels,
        notices: home.notices,
        text: raw.log.text,
        claims,
        digest,
    };
    let silences = silence::read(&raw.check, source, problems);
    let experiment = experiment::read(raw.experiment.as_ref(), source, problems);
    let compared = experiment.as_ref().and_then(|own| own.entry.clone());
    home.named.extend(compared);
    Some(Settings {
        site,
        top,
        deadlines,
        silences,
        suggestions: home.suggestions,
        named_entries: home.named,
        experiment,
    })
}

/// Teams and categories: each once, and every category with a team that exists.
fn check_teams(raw: &Raw, source: &Source<'_>, problems: &mut Problems) {
    unique(
        "team",
        raw.team.iter().map(|team| &team.id),
        source,
        problems,
    );
    unique(
        "category",
        raw.category.iter().map(|category| &category.id),
        source,
        problems,
    );
    for category in &raw.category {
        if !raw.team.iter().any(|team| team.id == category.team) {
            problems.error(
                &source.quoted(&category.team),
                format!(
                    "category `{}` goes to team `{}`, which does not exist",
                    category.id, category.team
                ),
                "name the id of a `[[team]]`, or add that team",
            );
        }
    }
}

fn locales(raw: &[Spanned<String>], source: &Source<'_>, problems: &mut Problems) -> Vec<Lang> {
    let mut locales = Vec::new();
    for tag in raw {
        match Lang::from_tag(tag.get_ref()) {
            Some(lang) if !locales.contains(&lang) => locales.push(lang),
            Some(lang) => problems.warning(
                &source.at(tag.span().start),
                format!("`{lang}` is listed twice"),
                "list each language once",
            ),
            None => problems.error(
                &source.at(tag.span().start),
                format!("unknown language `{}`", tag.get_ref()),
                "Guichet speaks `fr` and `en`",
            ),
        }
    }
    if locales.is_empty() {
        problems.error(
            &source.key("locales"),
            "no language, expected at least one",
            "write `locales = [\"fr\"]`",
        );
    }
    locales
}

fn unique<'a>(
    what: &str,
    ids: impl Iterator<Item = &'a String>,
    source: &Source<'_>,
    problems: &mut Problems,
) {
    let mut known = BTreeSet::new();
    for id in ids {
        if !is_id(id) {
            problems.error(
                &source.quoted(id),
                format!("`{id}` is not an id"),
                "use 1 to 64 small letters, digits and dashes",
            );
        }
        if !known.insert(id) {
            problems.error(
                &source.quoted(id),
                format!("two {what} entries have the id `{id}`"),
                "give each its own id",
            );
        }
    }
}

fn read_channel(
    raw: &RawChannel,
    categories: &BTreeSet<&str>,
    source: &Source<'_>,
    problems: &mut Problems,
) -> Option<Channel> {
    let kind = match raw.kind.get_ref().as_str() {
        "phone" => Some(ChannelKind::Phone),
        "email" => Some(ChannelKind::Email),
        "callback" => Some(ChannelKind::Callback),
        "store" => Some(ChannelKind::Store),
        "chat" => Some(ChannelKind::Chat),
        other => {
            problems.error(
                &source.at(raw.kind.span().start),
                format!("unknown kind of channel `{other}`"),
                "use `phone`, `email`, `callback`, `store` or `chat`",
            );
            None
        }
    };
    for category in &raw.categories {
        if !categories.contains(category.get_ref().as_str()) {
            problems.error(
                &source.at(category.span().start),
                format!(
                    "channel `{}` serves category `{}`, which does not exist",
                    raw.id.get_ref(),
                    category.get_ref()
                ),
                "name the id of a `[[category]]`",
            );
        }
    }
    let hours = week(raw, source, problems);
    let closures = raw
        .closures
        .iter()
        .filter_map(|closure| read_closure(closure, source, problems))
        .collect();
    let promise = raw.promise.as_ref().map(|promise| {
        if promise.get_ref().within == 0 {
            problems.error(
                &source.at(promise.span().start),
                "a promise within 0 units, expected at least 1",
                "write for example `within = 2` and `unit = \"working_days\"`",
            );
        }
        *promise.get_ref()
    });
    if promise.is_some() && hours.is_empty() {
        problems.error(
            &source.at(raw.id.span().start),
            format!(
                "channel `{}` promises an answer but is never open",
                raw.id.get_ref()
            ),
            "add `[channel.hours]`: the promise is counted in them",
        );
    }
    Some(Channel {
        id: raw.id.get_ref().clone(),
        kind: kind?,
        name: raw.name.clone(),
        contact: raw.contact.clone(),
        cost: raw.cost.clone(),
        note: raw.note.clone(),
        categories: raw
            .categories
            .iter()
            .map(|id| id.get_ref().clone())
            .collect(),
        hours,
        closures,
        promise,
    })
}

fn week(raw: &RawChannel, source: &Source<'_>, problems: &mut Problems) -> Week {
    let mut week = Week::default();
    for (day, spans) in &raw.hours {
        let Some(weekday) = weekday(day.get_ref()) else {
            problems.error(
                &source.at(day.span().start),
                format!("unknown day `{}`", day.get_ref()),
                "use `mon`, `tue`, `wed`, `thu`, `fri`, `sat` or `sun`",
            );
            continue;
        };
        for text in spans {
            match text.get_ref().parse::<Span>() {
                Ok(span) => week.day_mut(weekday).push(span),
                Err(error) => {
                    let (message, hint) = split_hint(&error.to_string());
                    problems.error(&source.at(text.span().start), message, hint);
                }
            }
        }
        if let Some((_, first, second)) = week.conflict().filter(|(day, ..)| *day == weekday) {
            problems.error(
                &source.at(day.span().start),
                format!("`{first}` and `{second}` overlap or are out of order"),
                "write the openings of a day in order, each ending before the next begins",
            );
        }
    }
    week
}

fn weekday(name: &str) -> Option<Weekday> {
    let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let at = names.iter().position(|own| *own == name)?;
    Weekday::ALL.get(at).copied()
}

fn read_closure(raw: &RawClosure, source: &Source<'_>, problems: &mut Problems) -> Option<Closure> {
    let from = day(&raw.from, source, problems)?;
    let until = day(&raw.until, source, problems)?;
    if until < from {
        problems.error(
            &source.at(raw.until.span().start),
            format!("the closure ends on {until}, before it begins on {from}"),
            "exchange the two days",
        );
        return None;
    }
    Some(Closure {
        from,
        until,
        reason: raw.reason.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn text_kept(log: &str) -> Result<TextMode, String> {
        let text = include_str!("../cli/init/site.toml").to_owned() + log;
        let source = Source {
            file: Path::new("site.toml"),
            text: &text,
        };
        let mut problems = Problems::default();
        match read("ma-boutique", &source, &mut problems) {
            Some(settings) => Ok(settings.site.text),
            None => Err(problems.sorted().remove(0).to_string()),
        }
    }

    #[test]
    fn the_owner_chooses_how_much_of_the_text_is_kept() {
        assert_eq!(text_kept(""), Ok(TextMode::Scrubbed));
        assert_eq!(text_kept("[log]\ntext = \"none\""), Ok(TextMode::None));
        let told = text_kept("[log]\ntext = \"words\"").unwrap_err();
        assert!(told.contains("`words_only`, `none`"), "{told}");
    }
}
