//! Reads `[claims]` of `site.toml`: how the site takes claims. Without it, it takes none.

use crate::problem::{Problems, Source};
use guichet_domain::channel::{Channel, ChannelKind};
use guichet_domain::promise::Promise;
use guichet_domain::site::{Desk, WITHDRAWAL_DAYS};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDesk {
    channel: Option<Spanned<String>>,
    #[serde(default)]
    promises: BTreeMap<Spanned<String>, Spanned<Promise>>,
    withdrawals: Option<Spanned<String>>,
    withdrawal_days: Option<Spanned<u16>>,
    calls_per_slot: Option<Spanned<u8>>,
    keep_months: Option<Spanned<u16>>,
}

/// The desk, where its channel is known; what is wrong goes to `problems`.
pub(super) fn read(
    raw: RawDesk,
    channels: &[Channel],
    categories: &BTreeSet<&str>,
    source: &Source<'_>,
    problems: &mut Problems,
) -> Option<Desk> {
    let mut category = |id: &Spanned<String>| {
        if !categories.contains(id.get_ref().as_str()) {
            problems.error(
                &source.at(id.span().start),
                format!(
                    "`[claims]` names category `{}`, which does not exist",
                    id.get_ref()
                ),
                "name the id of a `[[category]]`",
            );
        }
    };
    raw.promises.keys().for_each(&mut category);
    raw.withdrawals.iter().for_each(&mut category);
    if categories.is_empty() {
        problems.error(
            &source.key("claims"),
            "`[claims]` without a category: nobody would get the claims",
            "add a `[[category]]` and the `[[team]]` that acts on it",
        );
    }
    for promise in raw.promises.values() {
        if promise.get_ref().within == 0 {
            problems.error(
                &source.at(promise.span().start),
                "a promise within 0 units, expected at least 1",
                "write for example `{ within = 2, unit = \"working_days\" }`",
            );
        }
    }
    let calls_per_slot = raw.calls_per_slot.map_or(1, |calls| {
        at_least(&calls, 1, "calls_per_slot", source, problems)
    });
    let withdrawal_days = raw.withdrawal_days.map_or(WITHDRAWAL_DAYS, |days| {
        at_least(&days, WITHDRAWAL_DAYS, "withdrawal_days", source, problems)
    });
    let keep_months = raw.keep_months.map_or(36, |months| {
        at_least(&months, 1, "keep_months", source, problems)
    });
    let channel = channel(raw.channel.as_ref(), channels, source, problems)?;
    Some(Desk {
        channel,
        promises: raw
            .promises
            .into_iter()
            .map(|(id, promise)| (id.into_inner(), promise.into_inner()))
            .collect(),
        withdrawals: raw.withdrawals.map(Spanned::into_inner),
        withdrawal_days,
        calls_per_slot,
        keep_months,
    })
}

fn at_least<T: Copy + PartialOrd + std::fmt::Display>(
    value: &Spanned<T>,
    least: T,
    key: &str,
    source: &Source<'_>,
    problems: &mut Problems,
) -> T {
    let found = *value.get_ref();
    if found < least {
        problems.error(
            &source.at(value.span().start),
            format!("`{key}` is {found}, expected at least {least}"),
            "write more, or leave it out",
        );
    }
    found
}

/// The channel named, else the first that is written to and has hours.
fn channel(
    named: Option<&Spanned<String>>,
    channels: &[Channel],
    source: &Source<'_>,
    problems: &mut Problems,
) -> Option<String> {
    let fits = |channel: &&Channel| !channel.hours.is_empty();
    let Some(named) = named else {
        let first = channels
            .iter()
            .filter(fits)
            .find(|channel| channel.kind == ChannelKind::Email);
        if first.is_none() {
            problems.error(
                &source.key("claims"),
                "`[claims]` needs a channel whose hours it keeps, and there is none of kind `email` with hours",
                "write `channel = \"…\"` with the id of a `[[channel]]` that has `[channel.hours]`",
            );
        }
        return first.map(|channel| channel.id.clone());
    };
    let own = channels
        .iter()
        .filter(fits)
        .find(|own| own.id == *named.get_ref());
    if own.is_none() {
        problems.error(
            &source.at(named.span().start),
            format!(
                "claims keep the hours of channel `{}`, which has none or does not exist",
                named.get_ref()
            ),
            "name the id of a `[[channel]]` that has `[channel.hours]`",
        );
    }
    own.map(|channel| channel.id.clone())
}

#[cfg(test)]
mod tests {
    use crate::problem::{Problems, Source};
    use guichet_domain::site::Desk;
    use std::path::Path;

    const SHOP: &str = r#"
name = "Shop"
url = "https://shop.example"
locales = ["fr"]
time_zone = "Europe/Paris"
[[team]]
id = "care"
name = { fr = "Service client" }
[[category]]
id = "delivery"
team = "care"
name = { fr = "Livraison" }
[[channel]]
id = "mail"
kind = "email"
name = { fr = "E-mail" }
contact = "a@shop.example"
[channel.hours]
mon = ["09:00-17:30"]
"#;

    fn read(claims: &str) -> (Option<Desk>, Vec<String>) {
        let text = format!("{SHOP}{claims}");
        let source = Source {
            file: Path::new("site.toml"),
            text: &text,
        };
        let mut problems = Problems::default();
        let settings = super::super::read("shop", &source, &mut problems);
        let said = problems.sorted().iter().map(ToString::to_string).collect();
        (settings.and_then(|own| own.site.claims), said)
    }

    #[test]
    fn a_site_takes_claims_only_where_it_says_so() {
        assert_eq!(read(""), (None, Vec::new()));
        let (desk, problems) = read("[claims]\n");
        let desk = desk.unwrap();
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!(desk.channel, "mail", "the first that is written to");
        assert_eq!(
            (desk.withdrawal_days, desk.keep_months, desk.calls_per_slot),
            (14, 36, 1)
        );
    }

    #[test]
    fn what_is_wrong_with_a_desk_is_told_all_at_once() {
        let (_, problems) = read(
            "[claims]\nchannel = \"pigeon\"\nwithdrawals = \"weather\"\nwithdrawal_days = 7\nkeep_months = 0\ncalls_per_slot = 0\n\
             [claims.promises]\nrain = { within = 0, unit = \"working_days\" }\n",
        );
        insta::assert_snapshot!(problems.join("\n"));
    }
}
