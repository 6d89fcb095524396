//! A call log, line by line. Every mistake is told with its line; ids are made from what a line says,
//! so that the same line has the same id in every export that holds it.

use super::moment::moment;
use anyhow::{anyhow, bail};
use csv::{ByteRecord, ReaderBuilder, StringRecord, Trim};
use guichet_domain::contact::Contact;
use guichet_domain::event::{MAX_ID_BYTES, RandomId};
use guichet_domain::zone::{Timestamp, Zone};
use guichet_server::store::contacts::Logged;
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, HashMap};

/// Larger logs are split: nobody's telephone rings this often between two imports.
const MAX_LINES: usize = 5_000_000;

/// How a log is to be read.
#[derive(Debug)]
pub(super) struct Settings {
    pub(super) site: String,
    pub(super) zone: Zone,
    pub(super) columns: Columns,
    pub(super) time_format: Option<String>,
    /// Names of the log and the categories they stand for.
    pub(super) categories: BTreeMap<String, String>,
    /// Lines that are called and their categories.
    pub(super) lines: BTreeMap<String, String>,
    pub(super) channel: String,
}

/// Columns by name, where the owner named them.
#[derive(Debug, Default)]
pub(super) struct Columns {
    pub(super) time: Option<String>,
    pub(super) clock: Option<String>,
    pub(super) category: Option<String>,
    pub(super) line: Option<String>,
    pub(super) question: Option<String>,
    pub(super) claim: Option<String>,
    pub(super) help: Option<String>,
    pub(super) channel: Option<String>,
}

/// Names that are understood without being told.
const TIME: [&str; 12] = [
    "time",
    "date",
    "datetime",
    "timestamp",
    "start",
    "start time",
    "call time",
    "heure",
    "horodatage",
    "date et heure",
    "date/heure",
    "début",
];
const CATEGORY: [&str; 8] = [
    "category",
    "catégorie",
    "categorie",
    "motif",
    "subject",
    "sujet",
    "reason",
    "topic",
];
const CLAIM: [&str; 7] = [
    "claim",
    "claim number",
    "case",
    "ticket",
    "dossier",
    "numéro de dossier",
    "réclamation",
];
const QUESTION: [&str; 3] = ["question", "document", "faq"];
const HELP: [&str; 3] = ["help", "looked at help", "aide consultée"];
const CHANNEL: [&str; 3] = ["channel", "canal", "media"];

/// What was read.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) contacts: Vec<Logged>,
    pub(super) mistakes: Vec<Mistake>,
    /// Which columns were taken for what.
    pub(super) found: String,
}

/// A line that cannot be read.
#[derive(Debug)]
pub(super) struct Mistake {
    pub(super) line: u64,
    pub(super) told: String,
}

/// Places of columns.
struct Places {
    time: usize,
    clock: Option<usize>,
    category: Option<usize>,
    line: Option<usize>,
    question: Option<usize>,
    claim: Option<usize>,
    help: Option<usize>,
    channel: Option<usize>,
}

/// Reads a whole log.
pub(super) fn read(bytes: &[u8], settings: &Settings) -> anyhow::Result<Read> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter(bytes))
        .trim(Trim::All)
        .from_reader(bytes);
    let headings = reader
        .byte_headers()
        .map_err(|error| anyhow!("line 1: {error}\nhint: export the log as CSV"))?;
    let headings: Vec<String> = headings.iter().map(text).collect();
    let places = places(&headings, &settings.columns)?;
    let mut read = Read {
        contacts: Vec::new(),
        mistakes: Vec::new(),
        found: told(&headings, &places),
    };
    let mut seen: HashMap<RandomId, u32> = HashMap::new();
    let mut record = ByteRecord::new();
    loop {
        let line = reader.position().line();
        match reader.read_byte_record(&mut record) {
            Ok(false) => return Ok(read),
            Ok(true) => {}
            Err(error) => {
                let told = match error.kind() {
                    csv::ErrorKind::UnequalLengths {
                        expected_len, len, ..
                    } => format!(
                        "expected {expected_len} columns as in line 1, found {len}\nhint: put text that holds a separator into double quotes"
                    ),
                    _ => format!("{error}\nhint: export the log as CSV again"),
                };
                read.mistakes.push(Mistake { line, told });
                continue;
            }
        }
        if read.contacts.len() >= MAX_LINES {
            bail!(
                "more than {MAX_LINES} lines\nhint: import the log in parts, for example by year"
            );
        }
        let line = record.position().map_or(line, csv::Position::line);
        match contact(&record, &places, settings) {
            Ok(contact) => {
                let id = id(&settings.site, &contact, &mut seen);
                read.contacts.push(Logged { id, contact });
            }
            Err(told) => read.mistakes.push(Mistake { line, told }),
        }
    }
}

/// The separator that stands most often in the heading.
fn delimiter(bytes: &[u8]) -> u8 {
    let heading = bytes.split(|b| *b == b'\n').next().unwrap_or_default();
    let count = |separator: u8| heading.split(|b| *b == separator).count();
    let candidates = [b';', b'\t', b','];
    candidates
        .into_iter()
        .max_by_key(|separator| count(*separator))
        .unwrap_or(b',')
}

/// Old systems write Latin-1: what is not UTF-8 is taken for it.
fn text(bytes: &[u8]) -> String {
    std::str::from_utf8(bytes).map_or_else(
        |_| bytes.iter().map(|b| char::from(*b)).collect(),
        str::to_owned,
    )
}

fn places(headings: &[String], columns: &Columns) -> anyhow::Result<Places> {
    let is = |heading: &String, name: &str| heading.to_lowercase() == name.to_lowercase();
    let named = |name: &Option<String>, option: &str| -> anyhow::Result<Option<usize>> {
        let Some(name) = name else { return Ok(None) };
        let place = headings.iter().position(|heading| is(heading, name));
        place.map(Some).ok_or_else(|| {
            anyhow!("there is no column `{name}`, found {}\nhint: write the name for `{option}` as in line 1", list(headings))
        })
    };
    let usual = |names: &[&str]| {
        names
            .iter()
            .find_map(|name| headings.iter().position(|heading| is(heading, name)))
    };
    let time = named(&columns.time, "--time-column")?.or_else(|| usual(&TIME));
    let Some(time) = time else {
        bail!(
            "no column holds the time, found {}\nhint: name it with `--time-column`",
            list(headings)
        );
    };
    Ok(Places {
        time,
        clock: named(&columns.clock, "--clock-column")?,
        category: named(&columns.category, "--category-column")?.or_else(|| usual(&CATEGORY)),
        line: named(&columns.line, "--line-column")?,
        question: named(&columns.question, "--question-column")?.or_else(|| usual(&QUESTION)),
        claim: named(&columns.claim, "--claim-column")?.or_else(|| usual(&CLAIM)),
        help: named(&columns.help, "--help-column")?.or_else(|| usual(&HELP)),
        channel: named(&columns.channel, "--channel-column")?.or_else(|| usual(&CHANNEL)),
    })
}

fn list(headings: &[String]) -> String {
    let names: Vec<_> = headings
        .iter()
        .map(|heading| format!("`{heading}`"))
        .collect();
    names.join(", ")
}

fn told(headings: &[String], places: &Places) -> String {
    let columns = [
        ("time", Some(places.time)),
        ("time of day", places.clock),
        ("category", places.category),
        ("line called", places.line),
        ("question", places.question),
        ("claim number", places.claim),
        ("looked at help", places.help),
        ("channel", places.channel),
    ];
    let used = columns
        .iter()
        .filter_map(|(what, place)| Some(format!("{what} from `{}`", headings.get((*place)?)?)));
    let used: Vec<_> = used.collect();
    let unused = headings.len() - used.len();
    format!("{}; {unused} other columns are not read", used.join(", "))
}

fn contact(record: &ByteRecord, places: &Places, settings: &Settings) -> Result<Contact, String> {
    let record: StringRecord = record.iter().map(text).collect::<Vec<_>>().into();
    let cell = |place: Option<usize>| {
        place
            .and_then(|at| record.get(at))
            .filter(|cell| !cell.is_empty())
    };
    let written = match (cell(Some(places.time)), cell(places.clock)) {
        (Some(day), Some(clock)) => format!("{day} {clock}"),
        (Some(time), None) => time.to_owned(),
        (None, _) => {
            return Err("the time is empty\nhint: fill it in, or take the line out".to_owned());
        }
    };
    let at = moment(&written, settings.time_format.as_deref(), settings.zone).ok_or_else(|| {
        format!("`{}` is no time\nhint: write it as `2026-06-11 14:05` or `11/06/2026 14:05`, or say how with `--time-format`", short(&written))
    })?;
    let category = cell(places.category)
        .map(|name| settings.categories.get(name).map_or(name, String::as_str));
    let of_line = cell(places.line).map(|line| {
        settings.lines.get(line).ok_or_else(|| {
            format!(
                "the line `{}` has no category\nhint: give it one with `--line {}=CATEGORY`",
                short(line),
                short(line)
            )
        })
    });
    let category = match (category, of_line) {
        (Some(category), _) => Some(category),
        (None, Some(category)) => Some(category?.as_str()),
        (None, None) => None,
    };
    let after_help = cell(places.help).map(yes_or_no).transpose()?;
    let channel = cell(places.channel).unwrap_or(&settings.channel);
    let document = cell(places.question);
    for (what, value) in [
        ("category", category),
        ("channel", Some(channel)),
        ("question", document),
    ] {
        if value.is_some_and(|value| value.len() > MAX_ID_BYTES) {
            return Err(format!(
                "the {what} is longer than {MAX_ID_BYTES} bytes\nhint: is it the right column?"
            ));
        }
    }
    Ok(Contact {
        at,
        channel: channel.to_owned(),
        category: category.map(str::to_owned),
        document: document.map(str::to_owned),
        case: cell(places.claim).map(|claim| case(&settings.site, claim)),
        after_help,
    })
}

fn yes_or_no(text: &str) -> Result<bool, String> {
    match text.to_lowercase().as_str() {
        "yes" | "y" | "oui" | "o" | "true" | "1" => Ok(true),
        "no" | "n" | "non" | "false" | "0" => Ok(false),
        _ => Err(format!(
            "`{}` is neither yes nor no\nhint: write `oui` or `non`, or leave it empty where nobody asked",
            short(text)
        )),
    }
}

/// Equal for the contacts of one claim, however its number is written; the number can't be read from it.
fn case(site: &str, claim: &str) -> u64 {
    let plain: String = claim
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_uppercase)
        .collect();
    let digest = Sha256::digest(format!("guichet case\0{site}\0{plain}"));
    digest
        .iter()
        .take(8)
        .fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}

/// The same for the same line in every export. Lines that say the same are told apart by their count.
fn id(site: &str, contact: &Contact, seen: &mut HashMap<RandomId, u32>) -> RandomId {
    let Timestamp(at) = contact.at;
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let what = format!(
        "guichet contact\0{site}\0{at}\0{}\0{}\0{}\0{:?}",
        contact.channel,
        text(&contact.category),
        text(&contact.document),
        contact.case,
    );
    let first = digest(&what);
    let count = seen.entry(first).or_default();
    *count += 1;
    digest(&format!("{what}\0{count}"))
}

fn digest(text: &str) -> RandomId {
    let digest = Sha256::digest(text);
    RandomId(
        digest
            .iter()
            .take(16)
            .fold(0, |sum, byte| sum << 8 | u128::from(*byte)),
    )
}

/// A cell in a message: its beginning, since it may hold anything.
fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(40).collect()
}
