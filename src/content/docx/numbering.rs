//! Numbers that Word computes and does not write: `Article 7`, `7.2`, `a)`. Counted here as
//! it counts them: a level begins anew under each number of a level above.

use super::DocxError;
use super::style::number;
use super::xml::{Step, walk};
use std::collections::HashMap;

/// Word's own limit.
const LEVELS: usize = 9;

/// The lists of a document, and how far each has counted.
#[derive(Default)]
pub(super) struct Numbering {
    kinds: HashMap<String, Vec<Level>>,
    /// The kind of a list, by list.
    lists: HashMap<String, String>,
    counts: HashMap<String, [Option<usize>; LEVELS]>,
}

#[derive(Clone, Default)]
struct Level {
    start: Option<usize>,
    format: String,
    text: String,
    is_legal: bool,
}

/// What stands before a paragraph of a list.
pub(super) enum Label {
    /// A bullet of whatever form.
    Bullet,
    /// A number as it is printed.
    Number(String),
}

impl Numbering {
    pub(super) fn read(text: &str) -> Result<Self, DocxError> {
        let mut numbering = Self::default();
        let (mut kind, mut list, mut level) = (String::new(), String::new(), 0);
        walk("word/numbering.xml", text, |path, step| {
            let Step::Open(name, attributes) = step else {
                return;
            };
            // A list may change the levels of its kind; the start alone matters, and most only repeat it.
            let is_override = path.iter().any(|above| above == "lvlOverride");
            match name {
                "abstractNum" => kind = attributes.get("abstractNumId").unwrap_or_default(),
                "num" => list = attributes.get("numId").unwrap_or_default(),
                "abstractNumId" => {
                    let kind = attributes.val().unwrap_or_default();
                    numbering.lists.insert(list.clone(), kind);
                }
                _ if is_override => {}
                "lvl" => level = number(attributes.get("ilvl")).unwrap_or(0).min(LEVELS - 1),
                "start" | "numFmt" | "lvlText" | "isLgl" => {
                    let levels = numbering.kinds.entry(kind.clone()).or_default();
                    levels.resize(LEVELS, Level::default());
                    let Some(level) = levels.get_mut(level) else {
                        return;
                    };
                    let val = attributes.val();
                    match name {
                        "start" => level.start = number(val),
                        "numFmt" => level.format = val.unwrap_or_default(),
                        "lvlText" => level.text = val.unwrap_or_default(),
                        _ => level.is_legal = attributes.is_on(),
                    }
                }
                _ => {}
            }
        })?;
        Ok(numbering)
    }

    /// Counts a paragraph of a list and says what stands before it; `None` for list `0`, which is none.
    pub(super) fn next(&mut self, list: &str, level: usize) -> Option<Label> {
        let level = level.min(LEVELS - 1);
        let kind = self.lists.get(list).filter(|_| list != "0")?;
        let levels = self.kinds.get(kind)?;
        let own = levels.get(level)?;
        let counts = self.counts.entry(kind.clone()).or_default();
        let start = |at: usize| levels.get(at).and_then(|level| level.start).unwrap_or(1);
        counts[level] = Some(counts[level].map_or(start(level), |count| count.saturating_add(1)));
        for (above, count) in counts.iter_mut().enumerate().take(level) {
            count.get_or_insert(start(above));
        }
        counts[level + 1..].fill(None);
        match own.format.as_str() {
            "bullet" => Some(Label::Bullet),
            "none" if own.text.is_empty() => None,
            _ => {
                let mut text = own.text.clone();
                for (at, count) in counts.iter().enumerate().take(level + 1) {
                    let format = if own.is_legal {
                        "decimal"
                    } else {
                        &levels[at].format
                    };
                    let shown = printed(count.unwrap_or(1), format);
                    text = text.replace(&format!("%{}", at + 1), &shown);
                }
                Some(Label::Number(text)).filter(|_| !own.text.is_empty())
            }
        }
    }
}

fn printed(count: usize, format: &str) -> String {
    let letters = || {
        // `a` to `z`, then `aa`: the letter is repeated.
        let letter = char::from(b'a' + u8::try_from((count.max(1) - 1) % 26).unwrap_or(0));
        let times = (count.max(1) - 1) / 26 + 1;
        letter.to_string().repeat(times.min(9))
    };
    match format {
        "lowerLetter" => letters(),
        "upperLetter" => letters().to_uppercase(),
        "lowerRoman" => roman(count),
        "upperRoman" => roman(count).to_uppercase(),
        "decimalZero" => format!("{count:02}"),
        _ => count.to_string(),
    }
}

fn roman(count: usize) -> String {
    const STEPS: [(usize, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut rest = count.min(3999);
    let mut out = String::new();
    for (value, sign) in STEPS {
        out.push_str(&sign.repeat(rest / value));
        rest %= value;
    }
    out
}
