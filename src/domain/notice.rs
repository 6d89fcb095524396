//! What a shop wants known now, before anything is asked: an incident, a strike, a late carrier. It has a first and
//! a last day, so that nobody has to remember to take it down.

use crate::civil::Date;
use crate::lang::Localized;
use serde::{Deserialize, Serialize};

/// A notice above everything else at home.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// The first day it is shown, in the shop's own time; always before where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last day it is shown.
    pub until: Date,
    /// One or two sentences.
    pub text: Localized,
    /// Id of the entry that says more (`faq/retard-de-livraison`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
}

impl Notice {
    /// Whether it is shown on a day.
    pub fn is_shown(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && day <= self.until
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_is_shown_from_its_first_to_its_last_day_both_included() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let mut notice = Notice {
            from: Some(day("2026-12-01")),
            until: day("2026-12-24"),
            text: Localized::default(),
            entry: None,
        };
        let shown = |notice: &Notice| {
            ["2026-11-30", "2026-12-01", "2026-12-24", "2026-12-25"]
                .map(|text| notice.is_shown(day(text)))
        };
        assert_eq!(shown(&notice), [false, true, true, false]);
        notice.from = None;
        assert_eq!(shown(&notice), [true, true, true, false]);
    }
}
