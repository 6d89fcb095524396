//! A deadline as one text, which costs the browser less to read than an object of objects:
//!
//! ```text
//! receipt
//! 14 calendar_days prolonged fr
//! Renoncer à votre achat
//! 14 calendar_days prolonged fr          where the law's delay is given
//! articles L221-18 et L221-19 …
//! ```

use super::{Deadline, Delay, Law, Start, Unit};
use crate::holiday::Region;

const UNITS: [&str; 5] = [
    "calendar_days",
    "jours_ouvrables",
    "jours_ouvres",
    "months",
    "years",
];
const STARTS: [&str; 8] = [
    "receipt",
    "order",
    "dispatch",
    "agreement",
    "end_of_service",
    "withdrawal",
    "discovery",
    "complaint",
];
const REGIONS: [(&str, Region); 3] = [
    ("fr", Region::Fr),
    ("fr-alsace-moselle", Region::FrAlsaceMoselle),
    ("none", Region::None),
];

impl From<Deadline> for String {
    fn from(deadline: Deadline) -> Self {
        let start = STARTS[deadline.start as usize];
        let mut lines = vec![start.to_owned(), delay(deadline.delay), deadline.title];
        if let Some(law) = deadline.law {
            lines.extend([delay(law.delay), law.source]);
        }
        lines.join("\n")
    }
}

fn delay(delay: Delay) -> String {
    let prolonged = if delay.prolonged {
        "prolonged"
    } else {
        "plain"
    };
    let region = REGIONS.iter().find(|(_, own)| *own == delay.holidays);
    let region = region.map_or("none", |(name, _)| name);
    let unit = UNITS[delay.unit as usize];
    [&delay.within.to_string(), unit, prolonged, region].join(" ")
}

impl TryFrom<String> for Deadline {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        read(&text).ok_or("expected a deadline as `guichet build` writes it")
    }
}

fn read(text: &str) -> Option<Deadline> {
    let mut lines = text.split('\n');
    let start = lines.next()?;
    let start = STARTS.iter().position(|own| *own == start)?;
    let delay = read_delay(lines.next()?)?;
    let title = lines.next()?.to_owned();
    let law = match lines.next() {
        Some(line) => Some(Law {
            delay: read_delay(line)?,
            source: lines.next()?.to_owned(),
        }),
        None => None,
    };
    Some(Deadline {
        title,
        start: Start::ALL[start],
        delay,
        law,
    })
}

fn read_delay(line: &str) -> Option<Delay> {
    let mut words = line.split(' ');
    let within = words.next()?.parse().ok()?;
    let unit = words.next()?;
    let unit = UNITS.iter().position(|own| *own == unit)?;
    let prolonged = words.next()? == "prolonged";
    let region = words.next()?;
    let (_, holidays) = REGIONS.iter().find(|(own, _)| *own == region)?;
    Some(Delay {
        within,
        unit: Unit::ALL[unit],
        prolonged,
        holidays: *holidays,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back_alike() {
        for unit in Unit::ALL {
            for start in Start::ALL {
                for (_, holidays) in REGIONS {
                    for prolonged in [true, false] {
                        let delay = Delay {
                            within: 14,
                            unit,
                            prolonged,
                            holidays,
                        };
                        let law = Law {
                            delay,
                            source: "article L221-18".into(),
                        };
                        for law in [None, Some(law)] {
                            let title = "Renoncer".into();
                            let deadline = Deadline {
                                title,
                                start,
                                delay,
                                law,
                            };
                            let text = String::from(deadline.clone());
                            assert_eq!(Deadline::try_from(text), Ok(deadline));
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn names_are_those_of_the_settings() {
        for (unit, name) in Unit::ALL.into_iter().zip(UNITS) {
            assert_eq!(serde_json::to_value(unit).unwrap(), name);
        }
        for (start, name) in Start::ALL.into_iter().zip(STARTS) {
            assert_eq!(serde_json::to_value(start).unwrap(), name);
        }
        for (name, region) in REGIONS {
            assert_eq!(serde_json::to_value(region).unwrap(), name);
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "receipt",
            "receipt\n14 days prolonged fr\nx",
            "lunch\n14 calendar_days plain fr\nx",
            "receipt\n14 calendar_days plain fr\nx\n3",
        ] {
            assert!(Deadline::try_from(text.to_owned()).is_err(), "{text:?}");
        }
    }
}
