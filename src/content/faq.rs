//! An FAQ entry: TOML front matter between `+++` lines, then the answer in Markdown. Below it, in the
//! same form, there may be a second wording of the answer, for an experiment.
//!
//! ```text
//! +++
//! id = "retours"
//! question = "Comment retourner un article ?"
//! short = "Vous avez 14 jours."
//! +++
//! La réponse entière.
//! +++
//! short = "Prévenez-nous dans les 14 jours."
//! +++
//! La réponse entière, dite autrement.
//! ```

use crate::check::Rule;
use crate::deadline::{self, RawOfEntry};
use crate::markdown;
use crate::problem::{Problems, Source};
use guichet_domain::civil::Date;
use guichet_domain::document::{FaqEntry, Validity, Wording};
use guichet_domain::holiday::Region;
use guichet_domain::rich::plain_text;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::ops::Range;
use toml::Spanned;
use toml::value::Datetime;

/// Most characters of a short answer: two sentences, read at a glance.
pub const MAX_SHORT_CHARS: usize = 320;

/// An entry with what only the build needs.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What the shopper sees.
    pub entry: FaqEntry,
    /// Other ways it is asked: searched, not shown.
    pub asked: Vec<String>,
    /// The answer without formatting: searched.
    pub text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FrontMatter {
    id: String,
    question: String,
    #[serde(default)]
    asked: Vec<String>,
    category: String,
    short: Spanned<String>,
    #[serde(default)]
    clauses: Vec<String>,
    #[serde(default)]
    related: Vec<String>,
    #[serde(default)]
    pages: Vec<String>,
    valid_from: Option<Datetime>,
    valid_until: Option<Datetime>,
    #[serde(default)]
    deadline: Vec<RawOfEntry>,
}

/// The settings of a second wording: whatever else an entry says is the same in both.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SecondMatter {
    short: Spanned<String>,
}

/// Reads one entry; `None` if it cannot be used, with the reasons in `problems`. Its deadlines
/// keep `holidays` where they name none of their own.
pub fn read(source: &Source<'_>, holidays: Region, problems: &mut Problems) -> Option<Entry> {
    let begin = source.text.len() - source.text.trim_start_matches('\u{feff}').len();
    let first = Part::at(source, begin, problems)?;
    let matter: FrontMatter = first.settings(source, problems)?;
    let second_at = source.text[first.body..]
        .split_inclusive('\n')
        .scan(first.body, |at, line| {
            let start = *at;
            *at += line.len();
            Some((start, line))
        })
        .find(|(_, line)| line.trim_end() == FENCE)
        .map(|(start, _)| start);
    let body = first.body..second_at.unwrap_or(source.text.len());
    let is_empty = |text: &str| text.trim().is_empty();
    if is_empty(matter.short.get_ref()) && is_empty(&source.text[body.clone()]) {
        problems.warning(
            &source.key("short"),
            "the answer is still to be written: the entry is left out",
            "write `short`, and the whole answer below the second `+++`",
        );
        return None;
    }
    let wording = first.wording(source, &matter.short, body, problems);
    let tried = match second_at {
        None => None,
        Some(at) => {
            let second = Part::at(source, at, problems)?;
            let matter: SecondMatter = second.settings(source, problems)?;
            let body = second.body..source.text.len();
            Some(second.wording(source, &matter.short, body, problems)?)
        }
    };
    let mut complete = true;
    if matter.question.trim().is_empty() {
        problems.error(
            &source.key("question"),
            "`question` is empty",
            "write the question, or remove the entry",
        );
        complete = false;
    }
    if !is_id(&matter.id) {
        problems.error(
            &source.key("id"),
            format!("`{}` is not an id", matter.id),
            "use 1 to 64 small letters, digits and dashes",
        );
        complete = false;
    }
    let from = date(source, "valid_from", matter.valid_from, problems);
    let until = date(source, "valid_until", matter.valid_until, problems);
    if let (Some(from), Some(until)) = (from, until)
        && until < from
    {
        problems.error(
            &source.key("valid_until"),
            format!("`valid_until` {until} is before `valid_from` {from}"),
            "exchange the two dates",
        );
    }
    let deadlines = deadline::of_entry(
        matter.deadline,
        holidays,
        source,
        first.settings.start,
        problems,
    );
    let wording = wording.filter(|_| complete)?;
    Some(Entry {
        asked: matter.asked,
        text: plain_text(&wording.body),
        entry: FaqEntry {
            id: format!("faq/{}", matter.id),
            question: matter.question,
            category: matter.category,
            short: wording.short,
            body: wording.body,
            tried,
            clauses: matter.clauses,
            related: matter
                .related
                .iter()
                .map(|id| format!("faq/{id}"))
                .collect(),
            pages: matter.pages,
            valid: Validity { from, until },
            deadlines,
        },
    })
}

/// The line before and behind settings.
const FENCE: &str = "+++";

/// Settings between two fences, and the text behind them; in bytes of the file.
struct Part {
    settings: Range<usize>,
    body: usize,
}

impl Part {
    /// The part whose first fence is to stand at `begin`.
    fn at(source: &Source<'_>, begin: usize, problems: &mut Problems) -> Option<Self> {
        let hint = "begin the file with a line `+++`, then the settings, then another line `+++`, then the answer";
        let is_fence = |rest: &&str| rest.starts_with(['\n', '\r']);
        let Some(rest) = source.text[begin..].strip_prefix(FENCE).filter(is_fence) else {
            problems.error(&source.at(begin), "expected front matter, found none", hint);
            return None;
        };
        let start = begin + FENCE.len();
        let mut end = start;
        for line in rest.split_inclusive('\n') {
            if line.trim_end() == FENCE {
                return Some(Self {
                    settings: start..end,
                    body: end + line.len(),
                });
            }
            end += line.len();
        }
        problems.error(&source.at(begin), "the front matter has no end", hint);
        None
    }

    fn settings<T: DeserializeOwned>(
        &self,
        source: &Source<'_>,
        problems: &mut Problems,
    ) -> Option<T> {
        let read = toml::from_str(&source.text[self.settings.clone()]);
        read.map_err(|error| {
            let offset = self.settings.start + error.span().map_or(0, |span| span.start);
            problems.error(
                &source.at(offset),
                format!("the front matter does not parse: {}", error.message()),
                "compare it with an entry made by `guichet init`; texts stand in double quotes",
            );
        })
        .ok()
    }

    /// An answer in short and whole; `None` where one of them is missing.
    fn wording(
        &self,
        source: &Source<'_>,
        short: &Spanned<String>,
        body: Range<usize>,
        problems: &mut Problems,
    ) -> Option<Wording> {
        let short_at = source.at(self.settings.start + short.span().start);
        let short = short.get_ref();
        let (blocks, left_out) = markdown::read(&source.text[body.clone()]);
        for left in left_out {
            problems.warning(&source.at(body.start + left.offset), format!("{} is left out of the answer", left.what), "write it in Markdown; links may be relative or begin with `https:`, `mailto:` or `tel:`");
        }
        let mut complete = true;
        if short.trim().is_empty() {
            problems.error_by(
                Rule::ShortAnswer,
                &short_at,
                "`short` is empty",
                "write the short, or remove the entry",
            );
            complete = false;
        }
        if plain_text(&blocks).trim().is_empty() {
            problems.error(
                &source.at(body.start),
                "the answer is empty",
                "write the full answer below the second `+++`",
            );
            complete = false;
        }
        let length = short.chars().count();
        if length > MAX_SHORT_CHARS {
            problems.warning_by(
                Rule::ShortAnswer,
                &short_at,
                format!(
                    "the short answer has {length} characters, expected at most {MAX_SHORT_CHARS}"
                ),
                "say the answer in one or two sentences and leave the rest to the full answer",
            );
        }
        complete.then(|| Wording {
            short: short.clone(),
            body: blocks,
        })
    }
}

/// A day of the front matter.
pub(crate) fn date(
    source: &Source<'_>,
    key: &str,
    value: Option<Datetime>,
    problems: &mut Problems,
) -> Option<Date> {
    let value = value?;
    let day = value.date.filter(|_| value.time.is_none()).and_then(|day| {
        Date::new(
            i32::from(day.year),
            u32::from(day.month),
            u32::from(day.day),
        )
    });
    if day.is_none() {
        problems.error(
            &source.key(key),
            format!("`{value}` is not a day"),
            "write it as `2026-06-11`, without quotes or time",
        );
    }
    day
}

/// Whether a text can be an id.
pub(crate) fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
