//! What is found and shown: FAQ entries and clauses of the terms of sale.

use crate::civil::Date;
use crate::deadline::Deadline;
use crate::lang::Lang;
use crate::rich::Block;
use serde::{Deserialize, Serialize};

/// Days on which an entry holds, first and last included; open where not given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validity {
    /// First day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

impl Validity {
    /// Whether the entry holds on a day.
    pub fn contains(&self, date: Date) -> bool {
        self.from.is_none_or(|from| from <= date) && self.until.is_none_or(|until| date <= until)
    }

    /// Whether the entry always holds.
    pub fn is_always(&self) -> bool {
        self.from.is_none() && self.until.is_none()
    }
}

/// An answer, in short and whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// In one or two sentences.
    pub short: String,
    /// The whole.
    pub body: Vec<Block>,
}

/// An entry of the FAQ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaqEntry {
    /// `faq/<slug>`; the same in every language.
    pub id: String,
    /// The question, as the merchant words it.
    pub question: String,
    /// Id of its category.
    pub category: String,
    /// The answer in one or two sentences.
    pub short: String,
    /// The whole answer.
    pub body: Vec<Block>,
    /// The wording that is tried against this one, while an experiment compares the two. What is found and
    /// listed goes by this one in both arms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tried: Option<Wording>,
    /// Addresses of the clauses it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clauses: Vec<String>,
    /// Ids of related entries.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<String>,
    /// URL path patterns of pages it belongs to; `*` stands for any run of characters. Not sent to
    /// the panel, which goes by the suggestions of `site.toml`.
    #[serde(skip)]
    pub pages: Vec<String>,
    /// When it holds.
    #[serde(default, skip_serializing_if = "Validity::is_always")]
    pub valid: Validity,
    /// What the shopper must do in time, in the order written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deadlines: Vec<Deadline>,
}

impl FaqEntry {
    /// The answer in short and whole: in the wording that is tried, where there is one and `tried` says so.
    pub fn answer(&self, tried: bool) -> (&str, &[Block]) {
        match &self.tried {
            Some(wording) if tried => (&wording.short, &wording.body),
            _ => (&self.short, &self.body),
        }
    }
}

/// A clause of the terms of sale: an article, a paragraph, or a lettered item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clause {
    /// Address: `<terms>/<number>`, for example `cgv/7.2.a`.
    pub id: String,
    /// The number as written in the terms; empty for unnumbered headings.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub number: String,
    /// Headings from the outermost to the clause's own.
    pub path: Vec<String>,
    /// The sentence a lettered item completes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<String>,
    /// The exact text, one paragraph a line.
    pub text: String,
    /// The language it is written in, where it differs from the pack's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<Lang>,
    /// What it gives until a day, as the owner confirmed it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deadlines: Vec<Deadline>,
}

impl Clause {
    /// What stands above the clause: its own heading, else its number.
    pub fn title(&self) -> &str {
        self.path
            .last()
            .map_or(self.number.as_str(), String::as_str)
    }
}

/// One searchable thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Document {
    /// An entry of the FAQ.
    #[serde(rename = "faq")]
    Faq(FaqEntry),
    /// A clause of the terms.
    #[serde(rename = "clause")]
    Clause(Clause),
}

impl Document {
    /// The id it is linked, logged and judged by.
    pub fn id(&self) -> &str {
        match self {
            Self::Faq(entry) => &entry.id,
            Self::Clause(clause) => &clause.id,
        }
    }

    /// What a list shows first.
    pub fn title(&self) -> &str {
        match self {
            Self::Faq(entry) => &entry.question,
            Self::Clause(clause) => clause.title(),
        }
    }
}
