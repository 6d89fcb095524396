//! Counts a log once, visit by visit, and arranges what was counted.

use crate::desk::Desk;
use crate::figures::{
    Avoided, Before, CategoryContacts, ChannelContacts, Day, Experiment, Given, MAX_REASONS,
    Question, Reasons, Repeats, Report, Visits,
};
use crate::log::Log;
use crate::names::Names;
use crate::period::{Days, Period};
use crate::saved::saved;
use crate::words::{Word, statement};
use guichet_domain::civil::Date;
use guichet_domain::contact::{Checked, Contact, ContactLog, ToldClaim};
use guichet_domain::deflection::{Deflection, Ladder, Statement, Tally};
use guichet_domain::event::{Arm, Event, What};
use guichet_domain::experiment::{Arms, Plan};
use guichet_domain::zone::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

impl Report {
    /// Counts the visits of a period.
    pub fn new(log: &mut Log, given: Given, period: Period, names: Names) -> Self {
        let mut counted = Counted::default();
        let mut before = Tally::default();
        let earlier = period.before();
        log.each_visit(|first, events| {
            if period.contains(first) {
                counted.add(first, events, period, &names, &given);
            } else if earlier.is_some_and(|earlier| earlier.contains(first)) {
                before.add(events);
            }
        });
        let before = earlier.and_then(|earlier| {
            let (from, to) = (earlier.from?, earlier.to?);
            Some(Before {
                from,
                to,
                visits: visits(&before.finish()),
            })
        });
        counted.report(given, period, names, before)
    }
}

/// What is kept while visits go by.
#[derive(Default)]
struct Counted {
    tally: Tally,
    statements: Vec<(String, Timestamp)>,
    stated_minutes: f64,
    days: BTreeMap<Date, Day>,
    reasons: BTreeMap<String, Reasons>,
    claims: BTreeMap<String, u64>,
    /// Claims that contradicted a statement of their own visit.
    told: Vec<ToldClaim>,
    arms: BTreeMap<String, Arms>,
}

impl Counted {
    fn add(
        &mut self,
        first: Timestamp,
        events: &[Event],
        period: Period,
        names: &Names,
        given: &Given,
    ) {
        let day = period.day(first);
        let statements = self.tally.add(events);
        let mut asked_a_person = false;
        let mut unanswered = false;
        let mut said_yes = false;
        let mut claimed: BTreeSet<&str> = BTreeSet::new();
        let mut assigned: BTreeMap<&str, Arm> = BTreeMap::new();
        for event in events {
            match &event.what {
                What::ContactChosen { .. } => asked_a_person = true,
                What::ClaimOpened { category } => {
                    asked_a_person = true;
                    claimed.insert(category);
                    if said_yes {
                        self.told.push(ToldClaim {
                            at: event.at,
                            category: category.clone(),
                        });
                    }
                }
                What::CallAvoided {
                    would_have_called, ..
                } => said_yes |= would_have_called,
                What::NotConfirmed { document, reason } if !reason.is_empty() => {
                    self.reason(document, reason);
                }
                What::Searched {
                    results, declined, ..
                } => unanswered |= *declined || results.is_empty(),
                What::Assigned { experiment, arm } => {
                    assigned.entry(experiment).or_insert(*arm);
                }
                _ => {}
            }
        }
        let own = self.days.entry(day).or_insert(Day {
            day,
            visits: 0,
            avoided_stated: 0,
            contacted: 0,
            unanswered: 0,
        });
        own.visits += 1;
        own.avoided_stated += u64::from(!statements.is_empty());
        own.contacted += u64::from(asked_a_person);
        own.unanswered += u64::from(unanswered);
        let longest = statements
            .iter()
            .map(|said| given.minutes.of(names.category_of(said.document)));
        self.stated_minutes += longest.fold(0.0, f64::max);
        let said = statements
            .into_iter()
            .map(|said| (said.document.to_owned(), said.at));
        self.statements.extend(said);
        for category in claimed {
            *self.claims.entry(category.to_owned()).or_default() += 1;
        }
        for (experiment, arm) in assigned {
            if !given.plan.counts(experiment, events) {
                continue;
            }
            let arms = self.arms.entry(experiment.to_owned()).or_default();
            arms.add(day, arm, asked_a_person);
        }
    }

    fn reason(&mut self, document: &str, reason: &str) {
        let own = self.reasons.entry(document.to_owned()).or_default();
        own.given += 1;
        own.texts.push(reason.to_owned());
        if own.texts.len() > MAX_REASONS {
            own.texts.remove(0);
        }
    }

    fn report(self, given: Given, period: Period, names: Names, before: Option<Before>) -> Report {
        let counted = self.tally.finish();
        let within: Vec<Contact> = given
            .contacts
            .iter()
            .filter(|contact| period.contains(contact.at))
            .cloned()
            .collect();
        let cases = given.claims.iter().flat_map(|claims| &claims.cases);
        let claims = cases.filter_map(|case| Contact::of_claim(&case.claim));
        let claims = claims.collect();
        let log = ContactLog::new(given.contacts).with_claims(claims, &self.told);
        let desk = given.claims.and_then(|claims| Desk::new(&claims, period));
        let statements: Vec<Statement<'_>> = self
            .statements
            .iter()
            .map(|(document, at)| Statement { document, at: *at })
            .collect();
        let checked = log.check(&statements, |document| {
            names.category_of(document).map(str::to_owned)
        });
        let minutes_of = |document: &str| given.minutes.of(names.category_of(document));
        let time_saved = saved(self.stated_minutes, &checked, minutes_of);
        let all = checked.get("").copied().unwrap_or_default();
        let visits = visits(&counted);
        let unknown = u64::from(all.unknown()).min(visits.avoided_stated);
        let questions = questions(counted.documents, &checked, &names);
        let mut totals = Ladder::default();
        for question in &questions {
            totals.add(&question.ladder);
        }
        let contacts = channels(counted.contacts);
        let mut reasons: Vec<_> = self
            .reasons
            .into_iter()
            .map(|(document, reasons)| Reasons {
                document,
                ..reasons
            })
            .collect();
        reasons.sort_by_key(|reasons| std::cmp::Reverse(reasons.given));
        let mut claims: Vec<_> = self.claims.into_iter().collect();
        claims.sort_by_key(|(_, visits)| std::cmp::Reverse(*visits));
        let mut words = Word::ALL.to_vec();
        words.extend((!given.heard.phrased.is_empty()).then_some(Word::Led));
        words.extend(desk.iter().flat_map(|_| Word::DESK));
        let Plan { unit, effect, .. } = given.plan;
        let experiments = self.arms.into_iter().map(|(id, arms)| Experiment {
            entry: given.plan.entry(&id).map(str::to_owned),
            id,
            unit,
            effect,
            analysis: arms.analyse(unit, effect),
        });
        Report {
            sites: given.sites,
            period: Days {
                from: period.from,
                to: period.to,
                first_day: self.days.keys().next().copied(),
                last_day: self.days.keys().next_back().copied(),
                time_zone: period.zone.name(),
                dated_by: given.dated_by,
            },
            visits,
            avoided: Avoided {
                stated: visits.avoided_stated,
                at_least: visits.avoided_stated - unknown,
                unknown,
            },
            time_saved,
            minutes: given.minutes,
            before,
            categories: categories(&within, &questions, &names),
            repeats: repeats(&within),
            call_log: log
                .covers()
                .map(|(first, last)| (period.day(first), period.day(last))),
            questions,
            totals,
            contacts,
            unanswered: counted.unanswered,
            groups: given.heard.groups,
            asked_as: given.heard.asked_as,
            phrased: given.heard.phrased,
            reasons,
            claims,
            days: self.days.into_values().collect(),
            experiments: experiments.collect(),
            passed_over: given.passed_over,
            definitions: words
                .iter()
                .map(|word| word.definition(given.lang))
                .collect(),
            desk,
            statement: statement(given.lang, log.covers().is_some()),
            names,
            lang: given.lang,
        }
    }
}

fn channels(contacts: BTreeMap<String, u32>) -> Vec<ChannelContacts> {
    let mut channels: Vec<_> = contacts
        .into_iter()
        .map(|(channel, visits)| ChannelContacts {
            channel,
            visits: visits.into(),
        })
        .collect();
    channels.sort_by_key(|contact| std::cmp::Reverse(contact.visits));
    channels
}

fn visits(counted: &Deflection) -> Visits {
    Visits {
        all: counted.visits.into(),
        with_search: counted.visits_with_search.into(),
        unanswered: counted.visits_unanswered.into(),
        with_contact: counted.visits_with_contact.into(),
        with_claim: counted.visits_with_claim.into(),
        avoided_stated: counted.visits_avoided_stated.into(),
    }
}

fn questions(
    documents: BTreeMap<String, Ladder>,
    checked: &BTreeMap<&str, Checked>,
    names: &Names,
) -> Vec<Question> {
    let mut questions: Vec<_> = documents
        .into_iter()
        .map(|(document, ladder)| Question {
            title: names.document(&document).to_owned(),
            call_log: checked.get(document.as_str()).copied().unwrap_or_default(),
            document,
            ladder,
        })
        .collect();
    // Stable: among equals, ids stay in alphabetical order. The most telling figure comes first.
    questions.sort_by_key(|question| {
        let ladder = &question.ladder;
        std::cmp::Reverse((
            ladder.avoided_stated,
            ladder.confirmed,
            ladder.read,
            ladder.seen,
        ))
    });
    questions
}

fn categories(within: &[Contact], questions: &[Question], names: &Names) -> Vec<CategoryContacts> {
    let mut by_id: BTreeMap<String, CategoryContacts> = BTreeMap::new();
    for contact in within {
        let id = contact
            .category
            .clone()
            .or_else(|| {
                names
                    .category_of(contact.document.as_deref()?)
                    .map(str::to_owned)
            })
            .unwrap_or_default();
        let own = by_id.entry(id.clone()).or_insert_with(|| none(id));
        own.calls += 1;
        own.after_help.0 += u64::from(contact.after_help == Some(true));
        own.after_help.1 += u64::from(contact.after_help.is_some());
    }
    let mut most: BTreeMap<String, u32> = BTreeMap::new();
    for question in questions
        .iter()
        .filter(|question| question.ladder.contact_after > 0)
    {
        let id = names
            .category_of(&question.document)
            .unwrap_or_default()
            .to_owned();
        let own = by_id.entry(id.clone()).or_insert_with(|| none(id.clone()));
        own.after_answers += u64::from(question.ladder.contact_after);
        let most = most.entry(id).or_default();
        if question.ladder.contact_after > *most {
            *most = question.ladder.contact_after;
            own.most_after = Some(question.document.clone());
        }
    }
    let mut categories: Vec<_> = by_id.into_values().collect();
    categories.sort_by_key(|own| std::cmp::Reverse(own.calls + own.after_answers));
    categories
}

fn none(category: String) -> CategoryContacts {
    CategoryContacts {
        category,
        calls: 0,
        after_help: (0, 0),
        after_answers: 0,
        most_after: None,
    }
}

fn repeats(within: &[Contact]) -> Option<Repeats> {
    let mut cases: BTreeMap<u64, u64> = BTreeMap::new();
    for case in within.iter().filter_map(|contact| contact.case) {
        *cases.entry(case).or_default() += 1;
    }
    let numbered: u64 = cases.values().sum();
    let repeated: Vec<u64> = cases
        .values()
        .copied()
        .filter(|contacts| *contacts > 1)
        .collect();
    (!cases.is_empty()).then(|| Repeats {
        cases: cases.len() as u64,
        repeated: repeated.len() as u64,
        contacts: repeated.iter().sum(),
        most: cases.values().copied().max().unwrap_or(0),
        without_number: within.len() as u64 - numbered,
    })
}
