//! The ways to reach a person. Whether one is open, and by when it answers, is computed
//! by `hours` and `promise` from what is written here.

use crate::holiday::Region;
use crate::hours::{Closure, Schedule, Week};
use crate::lang::Localized;
use crate::promise::Promise;
use serde::{Deserialize, Serialize};

/// What a shopper does to use a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChannelKind {
    /// Calls a number.
    Phone,
    /// Writes an e-mail.
    Email,
    /// Asks to be called back.
    Callback,
    /// Goes to a shop.
    Store,
    /// Opens a messaging link.
    Chat,
}

/// One way to reach the merchant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    /// `[a-z0-9-]{1,64}`, unique within the site; named by events.
    pub id: String,
    /// What the shopper does.
    pub kind: ChannelKind,
    /// As the shopper reads it.
    pub name: Localized,
    /// By kind: a telephone number, an e-mail address, a URL, a postal address.
    pub contact: String,
    /// What a call costs.
    #[serde(default, skip_serializing_if = "Localized::is_empty")]
    pub cost: Localized,
    /// Anything the shopper should know first.
    #[serde(default, skip_serializing_if = "Localized::is_empty")]
    pub note: Localized,
    /// Categories it serves; empty for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// Weekly hours.
    #[serde(default, skip_serializing_if = "Week::is_empty")]
    pub hours: Week,
    /// Exceptional closures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closures: Vec<Closure>,
    /// By when a request through it is answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promise: Option<Promise>,
}

impl Channel {
    /// The channel's hours with the site's public holidays.
    pub fn schedule(&self, region: Region) -> Schedule<'_> {
        Schedule {
            week: &self.hours,
            closures: &self.closures,
            region,
        }
    }

    /// Whether it serves a category (`None`: the shopper's subject is not known).
    pub fn serves(&self, category: Option<&str>) -> bool {
        self.categories.is_empty()
            || category.is_none_or(|category| self.categories.iter().any(|own| own == category))
    }
}
