//! Indicators as a server tells them and the widget reads them.

use super::{Delay, Indicator, Indicators, MIN_CASES, Satisfaction, Share, since};
use crate::zone::Timestamp;
use serde::{Deserialize, Serialize};

/// What is public of a site's figures: those the owner chose, as they are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Public {
    /// Id of the site.
    pub site: String,
    /// When they were computed.
    pub updated: Timestamp,
    /// Claims opened from this moment on are looked at.
    pub since: Timestamp,
    /// Fewest cases of a figure that is shown.
    pub min_cases: usize,
    /// Share of cases answered at first contact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_contact: Option<Share>,
    /// Share of first promises that were kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<Share>,
    /// Delays, by channel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delay: Option<Vec<Delay>>,
    /// What shoppers said at the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub satisfaction: Option<Satisfaction>,
}

impl Public {
    /// The `chosen` ones of a site's figures.
    pub fn of(site: &str, figures: &Indicators, chosen: &[Indicator]) -> Self {
        let shows = |indicator| chosen.contains(&indicator);
        Self {
            site: site.to_owned(),
            updated: figures.updated,
            since: figures.since,
            min_cases: MIN_CASES,
            first_contact: shows(Indicator::FirstContact).then_some(figures.first_contact),
            kept: shows(Indicator::Kept).then_some(figures.kept),
            delay: shows(Indicator::Delay).then(|| figures.delay.clone()),
            satisfaction: shows(Indicator::Satisfaction).then_some(figures.satisfaction),
        }
    }

    /// Of a site that takes no claims.
    pub fn nothing(site: &str, now: Timestamp) -> Self {
        Self {
            site: site.to_owned(),
            updated: now,
            since: since(now),
            min_cases: MIN_CASES,
            first_contact: None,
            kept: None,
            delay: None,
            satisfaction: None,
        }
    }

    /// Whether the owner chose none.
    pub fn is_empty(&self) -> bool {
        self.first_contact.is_none()
            && self.kept.is_none()
            && self.delay.is_none()
            && self.satisfaction.is_none()
    }
}
