//! A merchant's site as the widget and the server know it: everything of `site.toml`
//! but the content itself.

use crate::channel::{Channel, ChannelKind};
use crate::holiday::Region;
use crate::hours::Schedule;
use crate::lang::{Lang, Localized};
use crate::notice::Notice;
use crate::promise::Promise;
use crate::scrub::TextMode;
use crate::zone::Zone;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A team that acts on the categories given to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Team {
    /// `[a-z0-9-]{1,64}`, unique within the site.
    pub id: String,
    /// As the shopper reads it.
    pub name: Localized,
}

/// A subject shoppers ask about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// `[a-z0-9-]{1,64}`, unique within the site.
    pub id: String,
    /// Id of the team that can act.
    pub team: String,
    /// As the shopper reads it.
    pub name: Localized,
    /// Whether it is about a purchase to come (a quote, advice, availability): whoever asks is called back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sales: bool,
}

/// The consumer mediator (Code de la consommation, L616-1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mediator {
    /// Its name.
    pub name: String,
    /// Its postal address.
    pub address: String,
    /// Its site.
    pub url: String,
}

/// How a site takes claims: `[claims]` of `site.toml`. A site without it takes none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Desk {
    /// Id of the channel whose hours, closures and promise claims keep.
    pub channel: String,
    /// Categories answered by another promise than the channel's, by id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub promises: BTreeMap<String, Promise>,
    /// Id of the category that withdrawals belong to; without it, the first one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawals: Option<String>,
    /// Days from receipt within which a shopper can withdraw: 14 (L221-18), or as many more as the shop grants.
    #[serde(default = "withdrawal_days")]
    pub withdrawal_days: u16,
    /// How many call-backs are made in one slot of half an hour; at least 1.
    #[serde(default = "calls_per_slot")]
    pub calls_per_slot: u8,
    /// For how many months after its end a claim is kept; at least 1.
    #[serde(default = "keep_months")]
    pub keep_months: u16,
}

/// The least the law gives (L221-18), and what a desk has that says nothing else.
pub const WITHDRAWAL_DAYS: u16 = 14;

fn withdrawal_days() -> u16 {
    WITHDRAWAL_DAYS
}

fn calls_per_slot() -> u8 {
    1
}

/// Three years, the usual time that a shop keeps what it wrote with a customer.
fn keep_months() -> u16 {
    36
}

/// Who reads what customers said last week: `[digest]` of `site.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digest {
    /// E-mail addresses it is sent to each Monday; never empty.
    pub to: Vec<String>,
    /// The language it is written in.
    pub lang: Lang,
}

/// A merchant's site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    /// `[a-z0-9-]{1,64}`: the name of its folder; names it in events.
    pub id: String,
    /// The shop's name.
    pub name: String,
    /// The shop's address on the web.
    pub url: String,
    /// Languages, the default first; never empty.
    pub locales: Vec<Lang>,
    /// Where its hours are counted.
    pub time_zone: Zone,
    /// Whose public holidays it keeps.
    #[serde(default)]
    pub holidays: Region,
    /// The shop's own contact page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact_url: Option<String>,
    /// The page with the online withdrawal function (L221-21).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawal_url: Option<String>,
    /// The consumer mediator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mediator: Option<Mediator>,
    /// Teams, in the order written.
    pub teams: Vec<Team>,
    /// Categories, in the order written.
    pub categories: Vec<Category>,
    /// Channels, in the order written; never empty.
    pub channels: Vec<Channel>,
    /// What the shop wants known now, each with its days.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<Notice>,
    /// How much of what shoppers type is told and kept: the panel sends no more, the server keeps no more.
    #[serde(default, skip_serializing_if = "TextMode::is_scrubbed")]
    pub text: TextMode,
    /// How claims are taken; `None`: not at all. In a bundle it is a file of its own.
    #[serde(skip)]
    pub claims: Option<Desk>,
    /// Who gets Monday's digest; `None`: nobody. The server's to know, not the panel's.
    #[serde(skip)]
    pub digest: Option<Digest>,
}

impl Site {
    /// The language to speak to a page in `tag` (a BCP 47 tag): its own where the site has it, else the default.
    pub fn locale_for(&self, tag: &str) -> Lang {
        let default = self.locales.first().copied().unwrap_or(Lang::Fr);
        Lang::from_tag(tag)
            .filter(|lang| self.locales.contains(lang))
            .unwrap_or(default)
    }

    /// The team that acts on a category.
    pub fn team_for(&self, category: &str) -> Option<&Team> {
        let category = self.categories.iter().find(|own| own.id == category)?;
        self.teams.iter().find(|team| team.id == category.team)
    }

    /// The hours claims are answered in. `None`: the site takes no claims.
    pub fn claims_schedule(&self) -> Option<Schedule<'_>> {
        let desk = self.claims.as_ref()?;
        let channel = self.channels.iter().find(|own| own.id == desk.channel)?;
        Some(channel.schedule(self.holidays))
    }

    /// By when a claim of a category is answered; `None`: nothing is promised.
    pub fn claims_promise(&self, category: &str) -> Option<Promise> {
        let desk = self.claims.as_ref()?;
        let own = desk.promises.get(category).copied();
        own.or_else(|| {
            let channel = self.channels.iter().find(|own| own.id == desk.channel);
            channel?.promise
        })
    }

    /// The channel that calls back, where claims are taken and there is one with hours.
    pub fn call_back_channel(&self) -> Option<&Channel> {
        self.claims.as_ref()?;
        self.channels
            .iter()
            .find(|own| own.kind == ChannelKind::Callback && !own.hours.is_empty())
    }

    /// The category withdrawals belong to.
    pub fn withdrawal_category(&self) -> Option<&Category> {
        let desk = self.claims.as_ref()?;
        match &desk.withdrawals {
            Some(id) => self.categories.iter().find(|own| own.id == *id),
            None => self.categories.first(),
        }
    }

    /// A category by its id.
    pub fn category(&self, id: &str) -> Option<&Category> {
        self.categories.iter().find(|own| own.id == id)
    }

    /// A team by its id.
    pub fn team(&self, id: &str) -> Option<&Team> {
        self.teams.iter().find(|own| own.id == id)
    }
}
