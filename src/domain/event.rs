//! What the widget tells the server: typed, without anything that names a person.
//! Free text is scrubbed (`scrub`) before it becomes part of an event; what events
//! mean together is computed in `deflection`.

use crate::lang::Lang;
use crate::scrub::TextMode;
use crate::zone::Timestamp;
use serde::{Deserialize, Serialize};

/// Most events a batch may hold; the server refuses more.
pub const MAX_BATCH: usize = 100;
/// Most characters of a query or a reason; the widget cuts, the server refuses more.
pub const MAX_TEXT_CHARS: usize = 300;
/// Most result ids a search event names.
pub const MAX_RESULTS: usize = 10;
/// Most bytes of an id in an event.
pub const MAX_ID_BYTES: usize = 160;

/// A random 128-bit number, as 32 lower-case hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RandomId(pub u128);

impl std::fmt::Display for RandomId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl Serialize for RandomId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RandomId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        let hex = text.len() == 32
            && text
                .bytes()
                .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        hex.then(|| u128::from_str_radix(&text, 16).ok())
            .flatten()
            .map(Self)
            .ok_or_else(|| serde::de::Error::custom("expected 32 lower-case hexadecimal digits"))
    }
}

/// One thing that happened in one visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Made by the widget; the server keeps the first event of an id and ignores repeats.
    pub id: RandomId,
    /// Made in memory when the widget is opened, gone with the page: links the events of one visit, nothing else.
    pub visit: RandomId,
    /// The shopper's clock.
    pub at: Timestamp,
    /// The language the widget spoke.
    pub locale: Lang,
    /// What happened.
    #[serde(flatten)]
    pub what: What,
}

/// What happened. Documents and channels are named by id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum What {
    /// The panel was opened.
    Opened,
    /// A query came to rest (the shopper paused or chose).
    Searched {
        /// Scrubbed text, as typed.
        query: String,
        /// Ids of the best results, best first; empty where nothing was found.
        results: Vec<String>,
        /// Whether the widget said that nothing answers this exactly.
        declined: bool,
    },
    /// An answer was opened.
    ResultOpened {
        /// The document.
        document: String,
    },
    /// An opened answer stayed on screen for at least the reading time.
    Read {
        /// The document.
        document: String,
        /// How long it was on screen, in milliseconds.
        dwell_ms: u32,
    },
    /// The shopper said that it answers his question.
    Confirmed {
        /// The document.
        document: String,
    },
    /// The shopper said that it does not.
    NotConfirmed {
        /// The document.
        document: String,
        /// What was missing, scrubbed; empty if he gave no reason.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
    /// Answer to "would you have called?" after a confirmed answer.
    CallAvoided {
        /// The document.
        document: String,
        /// `true`: he would have called.
        would_have_called: bool,
    },
    /// A contact channel was used from the widget.
    ContactChosen {
        /// The channel.
        channel: String,
    },
    /// A claim was sent from the widget. Which one is not told: its number would name the shopper.
    ClaimOpened {
        /// Id of its category; empty where none was chosen.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        category: String,
    },
    /// A notice of the shop was on screen.
    NoticeSeen {
        /// The notice.
        notice: String,
    },
    /// The visit was given an arm of the experiment that runs (`crate::experiment`), before anything was shown.
    Assigned {
        /// The experiment's id.
        experiment: String,
        /// Whether it is the new way, or the one it is compared with.
        arm: Arm,
    },
}

/// One of the two ways an experiment compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arm {
    /// As it was.
    Control,
    /// As it might be.
    Treatment,
}

impl What {
    /// The kinds there are, as on the wire. An event of another kind was made by a newer widget: it is
    /// passed over, and the events beside it are kept.
    pub const KINDS: [&str; 11] = [
        "opened",
        "searched",
        "result_opened",
        "read",
        "confirmed",
        "not_confirmed",
        "call_avoided",
        "contact_chosen",
        "claim_opened",
        "notice_seen",
        "assigned",
    ];

    /// Its kind, as on the wire.
    pub fn kind(&self) -> &'static str {
        let place = match self {
            Self::Opened => 0,
            Self::Searched { .. } => 1,
            Self::ResultOpened { .. } => 2,
            Self::Read { .. } => 3,
            Self::Confirmed { .. } => 4,
            Self::NotConfirmed { .. } => 5,
            Self::CallAvoided { .. } => 6,
            Self::ContactChosen { .. } => 7,
            Self::ClaimOpened { .. } => 8,
            Self::NoticeSeen { .. } => 9,
            Self::Assigned { .. } => 10,
        };
        Self::KINDS[place]
    }

    /// Whether it shows that the shopper came upon a document: among results, or opened.
    pub fn shows(&self, document: &str) -> bool {
        match self {
            Self::Searched { results, .. } => results.iter().any(|id| id == document),
            other => other.document() == Some(document),
        }
    }

    /// The document it is about.
    pub fn document(&self) -> Option<&str> {
        match self {
            Self::ResultOpened { document }
            | Self::Read { document, .. }
            | Self::Confirmed { document }
            | Self::NotConfirmed { document, .. }
            | Self::CallAvoided { document, .. } => Some(document),
            Self::Opened
            | Self::Searched { .. }
            | Self::ContactChosen { .. }
            | Self::ClaimOpened { .. }
            | Self::NoticeSeen { .. }
            | Self::Assigned { .. } => None,
        }
    }
}

/// What the widget posts to `/v1/events`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// Id of the site.
    pub site: String,
    /// 1 to [`MAX_BATCH`] events.
    pub events: Vec<Event>,
}

/// Why a batch is refused as a whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BatchError {
    /// No event, or too many.
    #[error("a batch holds 1 to {MAX_BATCH} events, found {0}")]
    Count(usize),
    /// A text over its cap.
    #[error("event `{event}`: `{field}` is longer than {max}, found {found}")]
    TooLong {
        /// The event's id.
        event: RandomId,
        /// Which field.
        field: &'static str,
        /// The cap.
        max: usize,
        /// What was found.
        found: usize,
    },
}

impl Batch {
    /// Checks the caps.
    pub fn validate(&self) -> Result<(), BatchError> {
        if self.events.is_empty() || self.events.len() > MAX_BATCH {
            return Err(BatchError::Count(self.events.len()));
        }
        self.events.iter().try_for_each(Event::validate)
    }
}

impl Event {
    /// The event with no more of the shopper's text than `mode` allows. The widget scrubs before it sends;
    /// this is for whoever keeps events, and does not rely on it.
    #[must_use]
    pub fn keeping(mut self, mode: TextMode) -> Self {
        match &mut self.what {
            What::Searched { query: text, .. } | What::NotConfirmed { reason: text, .. } => {
                *text = mode.keep(text, MAX_TEXT_CHARS);
            }
            _ => {}
        }
        self
    }

    fn validate(&self) -> Result<(), BatchError> {
        let cap = |field, found, max| {
            if found > max {
                return Err(BatchError::TooLong {
                    event: self.id,
                    field,
                    max,
                    found,
                });
            }
            Ok(())
        };
        if let Some(document) = self.what.document() {
            cap("document", document.len(), MAX_ID_BYTES)?;
        }
        match &self.what {
            What::Searched { query, results, .. } => {
                cap("query", query.chars().count(), MAX_TEXT_CHARS)?;
                cap("results", results.len(), MAX_RESULTS)?;
                results
                    .iter()
                    .try_for_each(|id| cap("results", id.len(), MAX_ID_BYTES))
            }
            What::NotConfirmed { reason, .. } => {
                cap("reason", reason.chars().count(), MAX_TEXT_CHARS)
            }
            What::ContactChosen { channel } => cap("channel", channel.len(), MAX_ID_BYTES),
            What::ClaimOpened { category } => cap("category", category.len(), MAX_ID_BYTES),
            What::NoticeSeen { notice } => cap("notice", notice.len(), MAX_ID_BYTES),
            What::Assigned { experiment, .. } => cap("experiment", experiment.len(), MAX_ID_BYTES),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(what: What) -> Event {
        Event {
            id: RandomId(1),
            visit: RandomId(2),
            at: Timestamp(0),
            locale: Lang::Fr,
            what,
        }
    }

    #[test]
    fn an_event_is_one_flat_object_on_the_wire() {
        let json = serde_json::to_string(&event(What::Confirmed {
            document: "faq/a".into(),
        }))
        .unwrap();
        assert_eq!(
            json,
            r#"{"id":"00000000000000000000000000000001","visit":"00000000000000000000000000000002","at":0,"locale":"fr","what":"confirmed","document":"faq/a"}"#
        );
        assert_eq!(
            serde_json::from_str::<Event>(&json).unwrap(),
            event(What::Confirmed {
                document: "faq/a".into()
            })
        );
    }

    #[test]
    fn every_kind_has_its_name_in_the_list() {
        let document = || "faq/a".to_owned();
        let all = [
            What::Opened,
            What::Searched {
                query: String::new(),
                results: Vec::new(),
                declined: true,
            },
            What::ResultOpened {
                document: document(),
            },
            What::Read {
                document: document(),
                dwell_ms: 1,
            },
            What::Confirmed {
                document: document(),
            },
            What::NotConfirmed {
                document: document(),
                reason: String::new(),
            },
            What::CallAvoided {
                document: document(),
                would_have_called: true,
            },
            What::ContactChosen {
                channel: "telephone".into(),
            },
            What::ClaimOpened {
                category: String::new(),
            },
            What::NoticeSeen {
                notice: "greve".into(),
            },
            What::Assigned {
                experiment: "wording".into(),
                arm: Arm::Treatment,
            },
        ];
        assert_eq!(all.clone().map(|what| what.kind()), What::KINDS);
        let names = all.map(|what| serde_json::to_value(what).unwrap()["what"].clone());
        assert_eq!(
            names.map(|name| name.as_str().unwrap().to_owned()),
            What::KINDS
        );
    }

    #[test]
    fn what_is_over_its_cap_is_refused() {
        let long = "é".repeat(MAX_TEXT_CHARS + 1);
        let searched = What::Searched {
            query: long,
            results: Vec::new(),
            declined: true,
        };
        let batch = Batch {
            site: "shop".into(),
            events: vec![event(searched)],
        };
        assert!(matches!(
            batch.validate(),
            Err(BatchError::TooLong { field: "query", .. })
        ));
        let empty = Batch {
            site: "shop".into(),
            events: Vec::new(),
        };
        assert_eq!(empty.validate(), Err(BatchError::Count(0)));
        assert!(serde_json::from_str::<RandomId>("\"+0000000000000000000000000000001\"").is_err());
    }
}
