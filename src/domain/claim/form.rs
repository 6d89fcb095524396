//! What a shopper writes to open a claim, and whether it can be taken: one code for the form,
//! which shows the faults beside its fields, and for the server, which refuses by the same.

use super::slot::slots;
use super::{Contact, Kind, Rating, Withdrawal, withdrawal};
use crate::civil::{Date, Local};
use crate::letters::is_alphanumeric;
use crate::site::Site;
use crate::zone::Timestamp;
use serde::{Deserialize, Serialize};

/// Most characters of a text.
pub const MAX_TEXT_CHARS: usize = 5_000;
/// Most characters of a name.
pub const MAX_NAME_CHARS: usize = 100;
/// Most characters of an e-mail address (RFC 5321, 4.5.3.1.3, less the brackets).
pub const MAX_EMAIL_CHARS: usize = 254;
/// Most characters of a telephone number as it is written.
pub const MAX_PHONE_CHARS: usize = 30;
/// Most characters of an order number.
pub const MAX_ORDER_CHARS: usize = 40;
/// Most characters of the free line of a rating.
pub const MAX_LINE_CHARS: usize = 300;
/// Most files of a claim, all messages together.
pub const MAX_FILES: usize = 5;
/// Most bytes of a file.
pub const MAX_FILE_BYTES: usize = 10 * 1024 * 1024;

/// The fields as they were typed. What does not belong to the kind stays empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Form {
    /// What kind of claim.
    pub kind: Kind,
    /// Id of the category; a withdrawal needs none.
    pub category: String,
    /// What it is about.
    pub text: String,
    /// The shopper's name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Telephone number.
    pub phone: String,
    /// Order number.
    pub order: String,
    /// Beginning of the slot to be called in: `2026-06-15 09:30`.
    pub slot: String,
    /// The day the goods came: `2026-06-11`.
    pub goods_received: String,
}

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// [`Form::category`].
    Category,
    /// [`Form::text`].
    Text,
    /// [`Form::name`].
    Name,
    /// [`Form::email`].
    Email,
    /// [`Form::phone`].
    Phone,
    /// [`Form::order`].
    Order,
    /// [`Form::slot`].
    Slot,
    /// [`Form::goods_received`].
    GoodsReceived,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum Problem {
    /// It must hold something.
    #[error("is missing")]
    Missing,
    /// It is too long.
    #[error("is longer than {max} characters, found {found}")]
    TooLong {
        /// The cap.
        max: usize,
        /// What was found.
        found: usize,
    },
    /// Not what the field is for: no address, no number, no day.
    #[error("does not look right")]
    Malformed,
    /// Not one of those there are.
    #[error("is not one of those offered")]
    Unknown,
    /// Neither e-mail nor phone: nobody could answer.
    #[error("or a telephone number is needed")]
    NoContact,
}

/// A field with what is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// Which field.
    pub field: Field,
    /// What is wrong.
    #[serde(flatten)]
    pub problem: Problem,
}

/// A form that can be taken: trimmed, without characters nobody can see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// What kind of claim.
    pub kind: Kind,
    /// Id of a category of the site.
    pub category: String,
    /// Id of the team that can act on it.
    pub team: String,
    /// What it is about; empty only for call-backs and withdrawals.
    pub text: String,
    /// How the shopper is reached.
    pub contact: Contact,
    /// The order.
    pub order: Option<String>,
    /// When he is to be called, for a call-back.
    pub slot: Option<Local>,
    /// What a withdrawal says.
    pub withdrawal: Option<Withdrawal>,
}

impl Form {
    /// The draft this makes at `now`, or everything that is wrong, in the order of the fields.
    /// Whether a slot is still free is the store's to know.
    pub fn check(&self, site: &Site, now: Timestamp) -> Result<Draft, Vec<Fault>> {
        let mut faults = Faults::default();
        let category = if self.kind == Kind::Withdrawal {
            site.withdrawal_category()
        } else {
            site.category(self.category.trim())
        };
        if category.is_none() {
            faults.add(Field::Category, absent_or_unknown(&self.category));
        }
        let text = faults.capped(Field::Text, block(&self.text), MAX_TEXT_CHARS);
        let name = faults.capped(Field::Name, line(&self.name), MAX_NAME_CHARS);
        let email = faults.capped(Field::Email, line(&self.email), MAX_EMAIL_CHARS);
        let phone = faults.capped(Field::Phone, line(&self.phone), MAX_PHONE_CHARS);
        let order = faults.capped(Field::Order, line(&self.order), MAX_ORDER_CHARS);
        faults.malformed_unless(Field::Email, &email, is_email);
        faults.malformed_unless(Field::Phone, &phone, is_phone);
        faults.malformed_unless(Field::Order, &order, is_order);
        let needed: &[(Field, &str)] = match self.kind {
            Kind::Request => &[(Field::Text, &text)],
            Kind::CallBack => &[(Field::Phone, &phone)],
            // D221-5: who withdraws, from which contract, and where the acknowledgement goes.
            Kind::Withdrawal => &[
                (Field::Name, &name),
                (Field::Email, &email),
                (Field::Order, &order),
            ],
        };
        for (field, _) in needed.iter().filter(|(_, value)| value.is_empty()) {
            faults.add(*field, Problem::Missing);
        }
        if self.kind == Kind::Request && email.is_empty() && phone.is_empty() {
            faults.add(Field::Email, Problem::NoContact);
        }
        let slot = (self.kind == Kind::CallBack).then(|| slot(&self.slot, site, now));
        let slot = faults.keep(Field::Slot, slot);
        let is_withdrawal = self.kind == Kind::Withdrawal;
        let local = site.time_zone.local(now);
        let received = is_withdrawal.then(|| day(&self.goods_received, local.date));
        let received = faults.keep(Field::GoodsReceived, received);
        let (true, Some(category)) = (faults.0.is_empty(), category) else {
            return Err(faults.sorted());
        };
        Ok(Draft {
            kind: self.kind,
            category: category.id.clone(),
            team: category.team.clone(),
            text,
            contact: Contact {
                name: some(name),
                email: some(email),
                phone: some(phone),
            },
            order: some(order),
            slot,
            withdrawal: is_withdrawal
                .then(|| withdrawal::declared(site, received.flatten(), local)),
        })
    }
}

/// The text of a message to a claim: trimmed and clean, or what is wrong with it. With files it may be empty.
pub fn message(text: &str, with_files: bool) -> Result<String, Problem> {
    let text = block(text);
    let found = text.chars().count();
    if found > MAX_TEXT_CHARS {
        let max = MAX_TEXT_CHARS;
        return Err(Problem::TooLong { max, found });
    }
    if text.is_empty() && !with_files {
        return Err(Problem::Missing);
    }
    Ok(text)
}

/// A rating with a clean line, `None` where a figure is not 1 to 5 or the line is too long.
pub fn rating(delay: u8, listened: u8, text: &str) -> Option<Rating> {
    let points = 1..=5;
    let line = line(text);
    let fits = line.chars().count() <= MAX_LINE_CHARS;
    (points.contains(&delay) && points.contains(&listened) && fits).then_some(Rating {
        delay,
        listened,
        line,
    })
}

#[derive(Default)]
struct Faults(Vec<Fault>);

impl Faults {
    /// Keeps the first fault of a field.
    fn add(&mut self, field: Field, problem: Problem) {
        if self.0.iter().all(|fault| fault.field != field) {
            self.0.push(Fault { field, problem });
        }
    }

    fn capped(&mut self, field: Field, text: String, max: usize) -> String {
        let found = text.chars().count();
        if found > max {
            self.add(field, Problem::TooLong { max, found });
        }
        text
    }

    fn malformed_unless(&mut self, field: Field, text: &str, is_it: fn(&str) -> bool) {
        if !text.is_empty() && !is_it(text) {
            self.add(field, Problem::Malformed);
        }
    }

    fn keep<T>(&mut self, field: Field, value: Option<Result<T, Problem>>) -> Option<T> {
        match value? {
            Ok(value) => Some(value),
            Err(problem) => {
                self.add(field, problem);
                None
            }
        }
    }

    fn sorted(mut self) -> Vec<Fault> {
        self.0.sort_by_key(|fault| fault.field as u8);
        self.0
    }
}

fn absent_or_unknown(text: &str) -> Problem {
    if text.trim().is_empty() {
        Problem::Missing
    } else {
        Problem::Unknown
    }
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// Text of several lines: line breaks are `\n`, other control characters and those that turn
/// the direction of what follows are gone.
fn block(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept = text.chars().filter(|c| {
        let invisible = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
        matches!(c, '\n' | '\t') || !(c.is_control() || invisible)
    });
    kept.collect::<String>().trim().to_owned()
}

/// Text of one line.
fn line(text: &str) -> String {
    block(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether it can be an address. Whether somebody reads it, only a mail tells: this catches slips
/// and whatever could end a header or begin a second recipient.
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let local_fits = (1..=64).contains(&local.len())
        && local
            .chars()
            .all(|c| is_alphanumeric(c) || "!#$%&'*+-/=?^_`{|}~.".contains(c))
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..");
    let labels: Vec<&str> = domain.split('.').collect();
    let domain_fits = labels.len() >= 2
        && labels.iter().all(|label| {
            (1..=63).contains(&label.len())
                && label.chars().all(|c| is_alphanumeric(c) || c == '-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        });
    local_fits && domain_fits
}

fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let separators = |c| matches!(c, ' ' | '.' | '-' | '(' | ')' | '/' | '\u{a0}' | '\u{202f}');
    let rest = text.strip_prefix('+').unwrap_or(text);
    (6..=15).contains(&digits) && rest.chars().all(|c| c.is_ascii_digit() || separators(c))
}

fn is_order(text: &str) -> bool {
    text.chars()
        .all(|c| is_alphanumeric(c) || matches!(c, ' ' | '-' | '_' | '/' | '.' | '#' | '°'))
}

fn slot(text: &str, site: &Site, now: Timestamp) -> Result<Local, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Problem::Missing);
    }
    let parts = text.split_once([' ', 'T']);
    let local = parts.and_then(|(date, time)| {
        let (date, time) = (date.parse().ok()?, time.parse().ok()?);
        Some(Local { date, time })
    });
    let local = local.ok_or(Problem::Malformed)?;
    let offered = slots(site, now).contains(&local);
    offered.then_some(local).ok_or(Problem::Unknown)
}

/// The day goods came: none, or one that is not to come.
fn day(text: &str, today: Date) -> Result<Option<Date>, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let day: Date = text.parse().map_err(|_not_a_day| Problem::Malformed)?;
    (day <= today)
        .then_some(Some(day))
        .ok_or(Problem::Malformed)
}

#[cfg(test)]
mod tests;
