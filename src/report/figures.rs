//! The figures of a report, whatever it is written as; `counting` fills them in. Every list is in
//! the order in which a manager wants to read it.

use crate::desk::{Claims, Desk};
use crate::names::Names;
use crate::period::{DatedBy, Days};
use crate::saved::{Minutes, Saved};
use crate::words::Definition;
use guichet_domain::civil::Date;
use guichet_domain::contact::{Checked, Contact};
use guichet_domain::deflection::{Ladder, Unanswered};
use guichet_domain::experiment::{Analysis, Plan, Unit};
use guichet_domain::lang::Lang;
use serde::Serialize;
use std::collections::BTreeSet;

/// What a report is made from, beside the log.
#[derive(Clone, Debug)]
pub struct Given {
    /// Ids of the sites; empty where events do not say.
    pub sites: BTreeSet<String>,
    /// Which clock told the days.
    pub dated_by: DatedBy,
    /// Imported contacts, of any day.
    pub contacts: Vec<Contact>,
    /// Claims, of any day; `None` where nobody knows of any.
    pub claims: Option<Claims>,
    /// What takes the search engine to hear; nothing where nobody listened.
    pub heard: Heard,
    /// What a call takes.
    pub minutes: Minutes,
    /// How the arms of experiments are compared.
    pub plan: Plan,
    /// Events of a kind this program does not know.
    pub passed_over: u64,
    /// The language of words and definitions.
    pub lang: Lang,
}

impl Given {
    /// A report on events alone, with everything as the owner finds it.
    pub fn new(dated_by: DatedBy, lang: Lang) -> Self {
        Self {
            sites: BTreeSet::new(),
            dated_by,
            contacts: Vec::new(),
            claims: None,
            heard: Heard::default(),
            minutes: Minutes::default(),
            plan: Plan::default(),
            passed_over: 0,
            lang,
        }
    }
}

/// What was heard in the words shoppers typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    /// Unanswered questions of the period, grouped by meaning.
    pub groups: Vec<Group>,
    /// Other ways entries are asked.
    pub asked_as: Vec<AskedAs>,
    /// Ways entries are asked that lead there more often than in the period before, or less.
    pub phrased: Vec<Phrased>,
}

/// A way an entry is asked, before and now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Phrased {
    /// The entry.
    pub document: String,
    /// The words, as the owner wrote them.
    pub phrasing: String,
    /// Visits that were led to the entry, of those that typed the words.
    pub now: (u64, u64),
    /// The same in the period before.
    pub before: (u64, u64),
}

/// Questions of one meaning that nothing answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Group {
    /// The words and how many visits typed them, the most frequent first.
    pub phrasings: Vec<(String, u64)>,
    /// Visits, all phrasings together.
    pub visits: u64,
    /// The document search came nearest to.
    pub nearest: Option<String>,
}

/// Words that did not lead to the entry that was confirmed in the end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AskedAs {
    /// The entry.
    pub document: String,
    /// The words and how many visits typed them.
    pub phrasings: Vec<(String, u64)>,
}

/// A report.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// Ids; empty where events do not say.
    pub sites: BTreeSet<String>,
    /// The days it covers.
    pub period: Days,
    /// The denominators.
    pub visits: Visits,
    /// Avoided calls, all questions together.
    pub avoided: Avoided,
    /// Time of the avoided calls.
    pub time_saved: Saved,
    /// What a call was taken to take.
    pub minutes: Minutes,
    /// The same counts for as many days right before.
    pub before: Option<Before>,
    /// The one with most avoided (stated) calls first.
    pub questions: Vec<Question>,
    /// Sums over questions; a visit may count under several.
    pub totals: Ladder,
    /// Most chosen first.
    pub contacts: Vec<ChannelContacts>,
    /// Most contacts first.
    pub categories: Vec<CategoryContacts>,
    /// Cases of the call log; `None` where no number stands in it.
    pub repeats: Option<Repeats>,
    /// The days the call log covers; `None` without one.
    pub call_log: Option<(Date, Date)>,
    /// Most frequent first.
    pub unanswered: Vec<Unanswered>,
    /// The same grouped by meaning.
    pub groups: Vec<Group>,
    /// Phrasings to add to entries.
    pub asked_as: Vec<AskedAs>,
    /// Ways entries are asked whose success changed; the most typed first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub phrased: Vec<Phrased>,
    /// What was missing, in the shoppers' words, by answer; the last ones given.
    pub reasons: Vec<Reasons>,
    /// Visits that opened a claim, by category; the empty category for those without one. Most first.
    pub claims: Vec<(String, u64)>,
    /// What the desk did with the claims of the period; `None` where the shop has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub desk: Option<Desk>,
    /// Day by day.
    pub days: Vec<Day>,
    /// By experiment.
    pub experiments: Vec<Experiment>,
    /// Events of a kind this program does not know.
    pub passed_over: u64,
    /// Every word of it.
    pub definitions: Vec<Definition>,
    /// What may be called an avoided call.
    pub statement: &'static str,
    /// Names for ids.
    #[serde(skip)]
    pub names: Names,
    /// The language it is written in.
    #[serde(skip)]
    pub lang: Lang,
}

/// The denominators.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Visits {
    /// All.
    pub all: u64,
    /// With a search.
    pub with_search: u64,
    /// With a search that nothing answered.
    pub unanswered: u64,
    /// In which a contact was chosen.
    pub with_contact: u64,
    /// In which a claim was opened.
    pub with_claim: u64,
    /// With an avoided (stated) call.
    pub avoided_stated: u64,
}

/// Avoided calls as a range.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Avoided {
    /// Visits with an avoided (stated) call.
    pub stated: u64,
    /// Those that nothing can contradict any more.
    pub at_least: u64,
    /// Those of which nobody knows.
    pub unknown: u64,
}

/// The period before.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Before {
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub to: Date,
    /// Its visits.
    pub visits: Visits,
}

/// One answer and how far visits came with it.
#[derive(Clone, Debug, Serialize)]
pub struct Question {
    /// Its id.
    pub document: String,
    /// Its question or heading; its id where that is not known.
    pub title: String,
    /// How far visits came.
    #[serde(flatten)]
    pub ladder: Ladder,
    /// What the call log says of its avoided (stated) calls.
    pub call_log: Checked,
}

/// One channel and the visits that chose it.
#[derive(Clone, Debug, Serialize)]
pub struct ChannelContacts {
    /// Its id.
    pub channel: String,
    /// Visits that chose it.
    pub visits: u64,
}

/// Contacts about one category.
#[derive(Clone, Debug, Serialize)]
pub struct CategoryContacts {
    /// Its id; empty for contacts without one.
    pub category: String,
    /// Contacts of the call log within the period.
    pub calls: u64,
    /// Of these, callers who said that they had looked at the help before, and of how many that were asked.
    pub after_help: (u64, u64),
    /// Visits that opened an answer of it and asked a person afterwards; a visit may count under several answers.
    pub after_answers: u64,
    /// The answer after which most asked a person.
    pub most_after: Option<String>,
}

/// Cases and their contacts.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Repeats {
    /// Cases with a number.
    pub cases: u64,
    /// Of these, with more than one contact.
    pub repeated: u64,
    /// Contacts of the repeated ones.
    pub contacts: u64,
    /// The most contacts of one case.
    pub most: u64,
    /// Contacts without a number: unknown to which case they belong.
    pub without_number: u64,
}

/// Why an answer did not answer, in the words of those who said so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reasons {
    /// The answer.
    pub document: String,
    /// How many gave a reason.
    pub given: u64,
    /// Scrubbed; the last [`MAX_REASONS`].
    pub texts: Vec<String>,
}

/// Reasons kept of one answer.
pub const MAX_REASONS: usize = 5;

/// One day.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Day {
    /// Which.
    pub day: Date,
    /// Visits.
    pub visits: u64,
    /// With an avoided (stated) call.
    pub avoided_stated: u64,
    /// With a contact or claim.
    pub contacted: u64,
    /// With a search that nothing answered.
    pub unanswered: u64,
}

/// An experiment and what it says.
#[derive(Clone, Debug, Serialize)]
pub struct Experiment {
    /// Its id.
    pub id: String,
    /// The entry whose two wordings are the arms. Then only visits count that came upon it; else all do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
    /// What was given an arm.
    pub unit: Unit,
    /// The relative effect looked for.
    pub effect: f64,
    /// What may be said.
    pub analysis: Analysis,
}
