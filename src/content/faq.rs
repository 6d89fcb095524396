//! An FAQ entry: TOML front matter between `+++` lines, then the answer in Markdown.

use crate::check::Rule;
use crate::deadline::{self, RawOfEntry};
use crate::markdown;
use crate::problem::{Problems, Source};
use guichet_domain::civil::Date;
use guichet_domain::document::{FaqEntry, Validity};
use guichet_domain::holiday::Region;
use guichet_domain::rich::plain_text;
use serde::Deserialize;
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
    short: String,
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

/// Reads one entry; `None` if it cannot be used, with the reasons in `problems`. Its deadlines
/// keep `holidays` where they name none of their own.
pub fn read(source: &Source<'_>, holidays: Region, problems: &mut Problems) -> Option<Entry> {
    let (front, body_offset) = front_matter(source, problems)?;
    // Behind the opening `+++` line.
    let front_offset = source.text.find(front).unwrap_or(0);
    let matter: FrontMatter = match toml::from_str(front) {
        Ok(matter) => matter,
        Err(error) => {
            let offset = front_offset + error.span().map_or(0, |span| span.start);
            problems.error(
                &source.at(offset),
                format!("the front matter does not parse: {}", error.message()),
                "compare it with an entry made by `guichet init`; texts stand in double quotes",
            );
            return None;
        }
    };
    let body_text = &source.text[body_offset..];
    let (body, left_out) = markdown::read(body_text);
    for left in left_out {
        problems.warning(&source.at(body_offset + left.offset), format!("{} is left out of the answer", left.what), "write it in Markdown; links may be relative or begin with `https:`, `mailto:` or `tel:`");
    }
    let text = plain_text(&body);
    let mut complete = true;
    for (key, value) in [("question", &matter.question), ("short", &matter.short)] {
        if value.trim().is_empty() {
            let rule = if key == "short" {
                Rule::ShortAnswer
            } else {
                Rule::Files
            };
            problems.error_by(
                rule,
                &source.key(key),
                format!("`{key}` is empty"),
                format!("write the {key}, or remove the entry"),
            );
            complete = false;
        }
    }
    if text.trim().is_empty() {
        problems.error(
            &source.at(body_offset),
            "the answer is empty",
            "write the full answer below the second `+++`",
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
    let length = matter.short.chars().count();
    if length > MAX_SHORT_CHARS {
        problems.warning_by(
            Rule::ShortAnswer,
            &source.key("short"),
            format!("the short answer has {length} characters, expected at most {MAX_SHORT_CHARS}"),
            "say the answer in one or two sentences and leave the rest to the full answer",
        );
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
    let deadlines = deadline::of_entry(matter.deadline, holidays, source, front_offset, problems);
    complete.then(|| Entry {
        entry: FaqEntry {
            id: format!("faq/{}", matter.id),
            question: matter.question,
            category: matter.category,
            short: matter.short,
            body,
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
        asked: matter.asked,
        text,
    })
}

/// The text between the `+++` lines, and the offset behind them.
fn front_matter<'a>(source: &Source<'a>, problems: &mut Problems) -> Option<(&'a str, usize)> {
    let hint = "begin the file with a line `+++`, then the settings, then another line `+++`, then the answer";
    let text = source.text;
    let start = text.trim_start_matches('\u{feff}');
    let skipped = text.len() - start.len();
    let Some(rest) = start
        .strip_prefix("+++")
        .filter(|rest| rest.starts_with(['\n', '\r']))
    else {
        problems.error(&source.at(0), "expected front matter, found none", hint);
        return None;
    };
    let mut offset = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == "+++" {
            return Some((&rest[..offset], skipped + 3 + offset + line.len()));
        }
        offset += line.len();
    }
    problems.error(&source.at(0), "the front matter has no end", hint);
    None
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
