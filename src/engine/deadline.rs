//! Deadlines in words and squares of a calendar, for the panel: it lives here and not in the
//! panel because nobody needs it before something was found.

use guichet_domain::civil::{Date, Local, Minute, Weekday};
use guichet_domain::deadline::{Counted, Deadline, Role, Square};
use guichet_domain::lang::Lang;
use guichet_domain::say::{self, deadline as words};
use wasm_bindgen::prelude::*;

/// Calendars longer than this show no more than the sentences beside them say.
const MOST_WEEKS: usize = 8;

/// A deadline that can be counted.
#[wasm_bindgen]
pub struct DeadlineTool {
    lang: Lang,
    deadline: Deadline,
}

impl DeadlineTool {
    /// Reads a deadline as the content has it.
    pub(crate) fn read(lang: Lang, text: String) -> Option<Self> {
        let deadline = text.try_into().ok()?;
        Some(Self { lang, deadline })
    }
}

#[wasm_bindgen]
impl DeadlineTool {
    /// What to ask for the day of the event.
    #[wasm_bindgen(getter)]
    pub fn question(&self) -> String {
        words::question(self.lang, self.deadline.start).to_owned()
    }

    /// What helps to answer it rightly; empty where nothing can be mistaken.
    #[wasm_bindgen(getter)]
    pub fn note(&self) -> String {
        let note = words::question_note(self.lang, self.deadline.start);
        note.unwrap_or_default().to_owned()
    }

    /// The whole rule.
    #[wasm_bindgen(getter)]
    pub fn rule(&self) -> String {
        words::rule(self.lang, self.deadline.delay, self.deadline.start)
    }

    /// Counts from a day, `YYYY-MM-DD`; nothing for what is no day. `today` is in days since
    /// 1970, `minute` since midnight, both by the shop's clock.
    pub fn count(&self, event: &str, today: i32, minute: u16) -> Option<LastDay> {
        let event: Date = event.parse().ok()?;
        let now = Local {
            date: Date(today),
            time: Minute(minute),
        };
        let (lang, deadline) = (self.lang, &self.deadline);
        let dates = deadline.dates(event);
        Some(LastDay {
            last: words::last_day(lang, &dates.terms, now),
            law: words::law(lang, deadline, &dates).unwrap_or_default(),
            steps: words::steps(lang, deadline.delay, deadline.start, &dates.terms),
            squares: self.squares(&dates.terms),
        })
    }

    /// The names of the days, from Monday on.
    #[wasm_bindgen(getter)]
    pub fn weekdays(&self) -> Vec<String> {
        let name = |day| say::weekday(self.lang, day).to_owned();
        Weekday::ALL.map(name).into()
    }

    fn squares(&self, counted: &Counted) -> Vec<String> {
        let weeks = counted.weeks();
        if !self.deadline.delay.unit.is_days() || weeks.len() > MOST_WEEKS {
            return Vec::new();
        }
        let squares = weeks.into_iter().flatten();
        squares.map(|square| self.square(counted, square)).collect()
    }

    fn square(&self, counted: &Counted, square: Square<'_>) -> String {
        let number = square.date.civil().2;
        let Some(day) = square.day else {
            return format!("out\t{number}\t");
        };
        let class = match day.role {
            _ if day.date == counted.last.date => "last",
            Role::Event => "event",
            Role::Counted(_) => "in",
            Role::Skipped | Role::Prolonged => "skipped",
        };
        let spoken = words::day(self.lang, day, self.deadline.start, counted.last.date);
        format!("{class}\t{number}\t{spoken}")
    }
}

/// The last day, and how it was counted.
#[wasm_bindgen]
pub struct LastDay {
    last: String,
    law: String,
    steps: Vec<String>,
    squares: Vec<String>,
}

#[wasm_bindgen]
impl LastDay {
    /// Until when.
    #[wasm_bindgen(getter)]
    pub fn last(&self) -> String {
        self.last.clone()
    }

    /// What the law gives beside it; empty where that is not known.
    #[wasm_bindgen(getter)]
    pub fn law(&self) -> String {
        self.law.clone()
    }

    /// How it was counted, a sentence each.
    #[wasm_bindgen(getter)]
    pub fn steps(&self) -> Vec<String> {
        self.steps.clone()
    }

    /// Squares of a calendar, seven a week: `out`, `event`, `in`, `skipped` or `last`, the day
    /// of the month, and what is read aloud, between tabs. None where a calendar would not help.
    #[wasm_bindgen(getter)]
    pub fn squares(&self) -> Vec<String> {
        self.squares.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_is_counted_into_words_and_whole_weeks() {
        let text = "receipt\n14 calendar_days prolonged fr\nRenoncer";
        let tool = DeadlineTool::read(Lang::Fr, text.into()).unwrap();
        let counted = tool.count("2026-05-16", 20_593, 720).unwrap();
        assert_eq!(
            counted.last,
            "Vous avez jusqu’au lundi 1er\u{a0}juin 2026 à minuit"
        );
        assert_eq!(counted.squares.len() % 7, 0);
        let last = counted
            .squares
            .iter()
            .filter(|square| square.starts_with("last\t1\t"));
        assert_eq!(last.count(), 1);
        assert!(tool.count("16/05/2026", 20_593, 720).is_none());
    }
}
