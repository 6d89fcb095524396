//! A merchant's site as the widget and the server know it: everything of `site.toml`
//! but the content itself.

use crate::channel::Channel;
use crate::holiday::Region;
use crate::lang::{Lang, Localized};
use crate::notice::Notice;
use crate::zone::Zone;
use serde::{Deserialize, Serialize};

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
}
