//! An event as it waits: its id, its moment, and its JSON, which is never read back here. A
//! reader for events would weigh more than everything else about them.

use guichet_domain::event::Event;
use guichet_domain::zone::Timestamp;

/// An event written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Letter {
    /// The event's id, in hexadecimal.
    id: String,
    /// When it happened.
    pub(crate) at: Timestamp,
    json: String,
}

impl Letter {
    /// Writes an event down.
    pub(crate) fn of(event: &Event) -> Self {
        Self {
            id: event.id.to_string(),
            at: event.at,
            // Plain types with string keys: writing them does not fail.
            json: serde_json::to_string(event).unwrap_or_default(),
        }
    }

    /// Whether the same event is among these.
    pub(crate) fn is_in(&self, letters: &[Self]) -> bool {
        letters.iter().any(|it| it.id == self.id)
    }
}

/// The body of a request, a `guichet_domain::event::Batch`. A site's id needs no escaping.
pub(crate) fn batch(site: &str, letters: &[Letter]) -> String {
    let events: Vec<&str> = letters.iter().map(|it| it.json.as_str()).collect();
    [
        "{\"site\":\"",
        site,
        "\",\"events\":[",
        &events.join(","),
        "]}",
    ]
    .concat()
}

/// One letter a line: id, milliseconds, JSON (which has no line breaks of its own).
pub(crate) fn to_lines(letters: &[Letter]) -> String {
    let mut lines = String::new();
    for letter in letters {
        for part in [
            &letter.id,
            " ",
            &letter.at.0.to_string(),
            " ",
            &letter.json,
            "\n",
        ] {
            lines.push_str(part);
        }
    }
    lines
}

/// Reads lines back; what is no letter is left out.
pub(crate) fn from_lines(lines: &str) -> Vec<Letter> {
    lines.lines().filter_map(from_line).collect()
}

fn from_line(line: &str) -> Option<Letter> {
    let (id, rest) = line.split_once(' ')?;
    let (at, json) = rest.split_once(' ')?;
    Some(Letter {
        id: id.to_owned(),
        at: Timestamp(at.parse().ok()?),
        json: json.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use guichet_domain::event::{Batch, RandomId, What};
    use guichet_domain::lang::Lang;

    fn event(id: u128, query: &str) -> Event {
        Event {
            id: RandomId(id),
            visit: RandomId(7),
            at: Timestamp(1_780_000_000_000),
            locale: Lang::Fr,
            what: What::Searched {
                query: query.to_owned(),
                results: vec!["faq/a".to_owned()],
                declined: false,
            },
        }
    }

    #[test]
    fn a_body_is_the_batch_that_the_server_reads() {
        let events = vec![event(1, "où est \"mon\"\ncolis \\ ?"), event(2, "")];
        let letters: Vec<Letter> = events.iter().map(Letter::of).collect();
        let read: Batch = serde_json::from_str(&batch("cap-sentier", &letters)).unwrap();
        assert_eq!(read.site, "cap-sentier");
        assert_eq!(read.events, events);
    }

    #[test]
    fn what_is_kept_comes_back_as_it_was() {
        let letters = [event(1, "une\nligne"), event(2, "a b c")].map(|it| Letter::of(&it));
        assert_eq!(from_lines(&to_lines(&letters)), letters);
    }

    #[test]
    fn lines_of_another_making_are_left_out() {
        let good = to_lines(&[Letter::of(&event(1, "x"))]);
        let lines = ["[]\n\nzzz 1\nid notime {}\n", &good].concat();
        assert_eq!(from_lines(&lines).len(), 1);
    }
}
