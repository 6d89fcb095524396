//! What the panel knows while the page lives: the signals every view reads, and the moves
//! that change them. How things are shown is in `views`, how they arrive in `loading`.

use crate::clock;
use crate::config::Config;
use crate::dates::Counting;
use crate::desk::Desk;
use crate::dom::{self, Timer};
use crate::engine::Engine;
use crate::figures::Figures;
use crate::journal::Journal;
use crate::later::Content;
use crate::loading::Load;
use crate::prelude::{untrack, window};
use crate::search::Outcome;
use crate::signal::Signal;
use crate::texts::Texts;
use guichet_bundle::manifest::{LocaleFiles, Manifest, TopQuestion, Trial};
use guichet_domain::civil::{Date, Local};
use guichet_domain::claim::Kind;
use guichet_domain::document::Document;
use guichet_domain::event::{Arm, What};
use guichet_domain::experiment::{self, Unit};
use guichet_domain::lang::Lang;
use guichet_domain::zone::Timestamp;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlElement, ShadowRoot};

/// What fills the panel.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Screen {
    /// The search field, and below it top questions or results.
    Home,
    /// An entry of the FAQ.
    Answer(String),
    /// A clause of the terms.
    Clause(String),
    /// The ways to a person.
    Contact(Subject),
    /// A request to be written, of this kind.
    Claim(Kind, Subject),
    /// A request by its number; without one, the field for it.
    Follow(String),
    /// The figures the shop shows of how it answers.
    Figures,
}

/// What the shopper was after when he asked for a person, so that he need not say it twice.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Subject {
    /// In his words, or the question of the entry he read.
    pub(crate) question: String,
    /// Its category, where known.
    pub(crate) category: Option<String>,
}

/// Everything, for as long as the page lives: a panel is mounted once, so what it knows is
/// never freed as a whole (`retire` empties it), and a handle to it is one pointer.
pub(crate) type App = &'static State;

/// What the panel knows.
pub(crate) struct State {
    pub(crate) lang: Lang,
    pub(crate) texts: &'static Texts,
    pub(crate) config: Config,
    pub(crate) manifest: Manifest,
    pub(crate) journal: Journal,
    pub(crate) is_open: Signal<bool>,
    pub(crate) query: Signal<String>,
    pub(crate) outcome: Signal<Outcome>,
    /// The option chosen by the arrow keys.
    pub(crate) active: Signal<Option<usize>>,
    /// What is said to a screen reader.
    pub(crate) announcement: Signal<String>,
    pub(crate) content: Signal<Load<Rc<Content>>>,
    pub(crate) engine: Signal<Load<Engine>>,
    pub(crate) dates: Signal<Load<Counting>>,
    pub(crate) desk: Signal<Load<&'static Desk>>,
    pub(crate) figures: Signal<Load<Rc<Figures>>>,
    /// When the page began to have a panel.
    begun: Timestamp,
    /// The shop's wall clock; moves while the panel is open.
    pub(crate) now: Signal<Local>,
    /// The day of the order, where the page or the shopper tells it.
    pub(crate) ordered: Signal<Option<Date>>,
    /// Searches what was typed last.
    pub(crate) due: RefCell<Option<Timer>>,
    /// Runs when the query comes to rest.
    pub(crate) rest: RefCell<Option<Timer>>,
    /// Whether what stands below the field is drawn: once the field itself is on screen.
    pub(crate) is_whole: Signal<bool>,
    /// The query last logged, so that each is logged once.
    pub(crate) logged: RefCell<String>,
    /// What was asked on this page, the latest first; in memory only.
    pub(crate) recent: RefCell<Vec<String>>,
    screens: Signal<Vec<Screen>>,
    /// `data-id` of what the screen left was opened from, until that has the focus again.
    origin: RefCell<String>,
    root: ShadowRoot,
    retired: Cell<bool>,
    pending_focus: RefCell<Option<Timer>>,
    ticker: RefCell<Option<Timer>>,
}

impl State {
    /// The state of a panel that is still closed.
    pub(crate) fn new(root: &ShadowRoot, config: Config, manifest: Manifest) -> App {
        let lang = manifest.site.locale_for(&config.lang());
        let begun = clock::now();
        let now = manifest.site.time_zone.local(begun);
        let journal = Journal::new(root.host(), lang, &manifest.site.id, config.server());
        let ordered = config.told("orderDate").and_then(|day| day.parse().ok());
        Box::leak(Box::new(Self {
            lang,
            texts: Texts::of(lang),
            // One that is part of the page is always there.
            is_open: Signal::new(config.inline()),
            query: Signal::new(String::new()),
            outcome: Signal::new(Outcome::default()),
            active: Signal::new(None),
            announcement: Signal::new(String::new()),
            content: Signal::new(Load::Waiting),
            engine: Signal::new(Load::Waiting),
            dates: Signal::new(Load::Waiting),
            desk: Signal::new(Load::Waiting),
            figures: Signal::new(Load::Waiting),
            begun,
            now: Signal::new(now),
            ordered: Signal::new(ordered),
            due: RefCell::default(),
            rest: RefCell::default(),
            is_whole: Signal::new(false),
            logged: RefCell::default(),
            recent: RefCell::default(),
            screens: Signal::new(vec![Screen::Home]),
            origin: RefCell::default(),
            root: root.clone(),
            retired: Cell::new(false),
            pending_focus: RefCell::default(),
            ticker: RefCell::default(),
            config,
            manifest,
            journal,
        }))
    }

    /// The panel was taken away: nothing runs on, and what is large is let go.
    pub(crate) fn retire(&self) {
        self.retired.set(true);
        self.journal.leave();
        for timer in [&self.due, &self.rest, &self.pending_focus, &self.ticker] {
            timer.take();
        }
        self.outcome.set(Outcome::default());
        self.content.set(Load::Waiting);
        self.engine.set(Load::Waiting);
    }

    /// Whether the panel still exists; asked by work that ends later.
    pub(crate) fn is_alive(&self) -> bool {
        !self.retired.get()
    }

    /// The files of the language spoken.
    pub(crate) fn files(&self) -> Option<&LocaleFiles> {
        self.manifest.locale(self.lang)
    }

    /// A top question by its id.
    pub(crate) fn top_question(&self, id: &str) -> Option<&TopQuestion> {
        self.files()?.top.iter().find(|top| top.id == id)
    }

    /// The content, where it is there. Follows its arrival.
    pub(crate) fn content(&self) -> Option<Rc<Content>> {
        match self.content.get() {
            Load::Ready(content) => Some(content),
            _ => None,
        }
    }

    /// Sets the shop's wall clock by the shopper's.
    pub(crate) fn read_clock(&self) {
        let now = self.manifest.site.time_zone.local(clock::now());
        if self.now.get_untracked() != now {
            self.now.set(now);
        }
    }

    /// Follows the clock while the panel is open, so that "open until noon" is true at noon.
    fn tick(&'static self) {
        self.read_clock();
        let timer = Timer::after(TICK_MS, move || {
            if self.is_open.get_untracked() {
                self.tick();
            }
        });
        self.ticker.replace(Some(timer));
    }

    /// The arm of the experiment that runs, if one does.
    fn arm(&self) -> Option<(&Trial, Arm)> {
        let trial = self.manifest.experiment.as_ref()?;
        let today = self.manifest.site.time_zone.local(self.begun).date;
        let by = if trial.by_day { Unit::Day } else { Unit::Visit };
        let arm = experiment::arm(&trial.id, by, self.journal.visit(), today);
        Some((trial, arm))
    }

    fn assigned(&self) -> Option<What> {
        self.arm().map(|(trial, arm)| What::Assigned {
            experiment: trial.id.clone(),
            arm,
        })
    }

    /// Whether the way to a person stands above the answers: what an experiment compares with.
    pub(crate) fn is_contact_first(&self) -> bool {
        matches!(self.arm(), Some((trial, Arm::Control)) if !trial.wordings)
    }

    /// Whether answers are read in the wording that is tried, where they have one.
    pub(crate) fn reads_tried(&self) -> bool {
        matches!(self.arm(), Some((_, Arm::Treatment)))
    }

    /// Logs what happened.
    pub(crate) fn record(&self, what: What) {
        self.journal.record(what);
    }

    /// The screen on top.
    pub(crate) fn screen(&self) -> Screen {
        self.screens
            .with(|screens| screens.last().cloned().unwrap_or(Screen::Home))
    }

    /// Whether the panel is part of the page instead of floating over it.
    pub(crate) fn is_inline(&self) -> bool {
        self.config.inline()
    }

    /// Shows the panel and moves the focus in. One that is part of the page is only begun.
    pub(crate) fn open(&'static self) {
        self.tick();
        self.journal.opened(self.assigned());
        if self.is_inline() {
            return;
        }
        self.is_open.set(true);
        self.draw_rest();
        self.tell_launcher("true");
        self.start_reading();
        self.focus(ENTRY);
    }

    /// Draws what stands below the field, once the field is on screen.
    pub(crate) fn draw_rest(&'static self) {
        if !self.is_whole.get_untracked() {
            spawn_local(async {
                dom::shown().await;
                self.is_whole.set(true);
            });
        }
    }

    /// Hides the panel and gives the focus back.
    pub(crate) fn close(&'static self) {
        if self.is_inline() || !self.is_open.get_untracked() {
            return;
        }
        self.journal.stop_reading();
        self.is_open.set(false);
        self.tell_launcher("false");
        // A launcher that cannot take the focus (hidden by the page) leaves it to the page.
        let _focused = self.config.launcher().focus();
    }

    fn tell_launcher(&self, expanded: &str) {
        let launcher = self.config.launcher();
        // The name is a valid attribute name, the one thing that could be refused.
        let _set = launcher.set_attribute("aria-expanded", expanded);
    }

    /// Goes on to a screen.
    pub(crate) fn show(&'static self, screen: Screen) {
        let journal = &self.journal;
        journal.stop_reading();
        self.read_clock();
        self.origin.take();
        if let Screen::Answer(document) | Screen::Clause(document) = &screen {
            let document = document.clone();
            journal.record(What::ResultOpened { document });
        }
        // Taken away with the focus in it, the screen would be laid out once more for that.
        self.blur();
        self.screens.update(|screens| screens.push(screen));
        self.start_reading();
        self.focus(ENTRY);
    }

    /// Goes back to the first screen, whatever is above it.
    pub(crate) fn go_home(&'static self) {
        if untrack(|| self.screen()) != Screen::Home {
            self.journal.stop_reading();
            self.screens.update(|screens| screens.truncate(1));
        }
    }

    /// Goes back to the screen before, with the focus on what was opened from there.
    pub(crate) fn back(&'static self) {
        self.journal.stop_reading();
        self.blur();
        let left = self.screens.update(|screens| match screens.len() {
            0 | 1 => None,
            _ => screens.pop(),
        });
        self.start_reading();
        let origin = match left {
            Some(Screen::Answer(id) | Screen::Clause(id)) => id,
            Some(Screen::Claim(kind, _)) => kind.word().to_owned(),
            Some(Screen::Follow(_)) => "follow".to_owned(),
            Some(Screen::Figures) => "figures".to_owned(),
            _ => "contact".to_owned(),
        };
        self.origin.replace(origin);
        // From the list of a search there is nothing to go back to but the field; on a
        // touch screen that would bring up the keyboard over the results.
        let fallback = if is_touch() {
            "[data-greeting],[data-entry]"
        } else {
            ENTRY
        };
        let timer = Timer::after(0, move || {
            if !self.focus_origin()
                && let Some(element) = self.find(fallback)
            {
                // What cannot take the focus leaves it where it is.
                let _focused = element.focus();
            }
        });
        self.pending_focus.replace(Some(timer));
    }

    /// Gives the focus to what the screen left was opened from, once that is drawn.
    pub(crate) fn focus_origin(&self) -> bool {
        let origin = self.origin.take();
        let of_origin = || self.find(&["[data-id=\"", &origin, "\"]"].concat());
        let Some(element) = (!origin.is_empty()).then(of_origin).flatten() else {
            self.origin.replace(origin);
            return false;
        };
        // What cannot take the focus leaves it where it is.
        element.focus().is_ok()
    }

    /// On a touch screen, lets the keyboard go.
    pub(crate) fn put_keyboard_away(&self) {
        if is_touch() {
            self.blur();
        }
    }

    /// Takes the focus from what has it.
    fn blur(&self) {
        let element = self.root.active_element();
        if let Some(element) = element.as_ref().and_then(JsCast::dyn_ref::<HtmlElement>) {
            // What keeps the focus keeps its keyboard; the panel works on.
            let _blurred = element.blur();
        }
    }

    /// Goes to the ways to a person, with what is known of the subject.
    pub(crate) fn ask_person(&'static self) {
        let subject = untrack(|| self.subject());
        if let Some(subject) = subject {
            self.show(Screen::Contact(subject));
        }
    }

    fn subject(&self) -> Option<Subject> {
        Some(match self.screen() {
            Screen::Answer(id) => match self.content().as_ref().and_then(|it| it.find(&id)) {
                Some(Document::Faq(entry)) => Subject {
                    question: entry.question.clone(),
                    category: Some(entry.category.clone()),
                },
                _ => Subject {
                    question: self
                        .top_question(&id)
                        .map_or_else(String::new, |top| top.question.clone()),
                    category: None,
                },
            },
            Screen::Contact(_) => return None,
            Screen::Home
            | Screen::Clause(_)
            | Screen::Claim(..)
            | Screen::Follow(_)
            | Screen::Figures => Subject {
                question: self.query.get_untracked().trim().to_owned(),
                category: self
                    .outcome
                    .with_untracked(|outcome| outcome.category.clone()),
            },
        })
    }

    /// Moves the focus to the first element that `selector` finds, once it is on screen.
    pub(crate) fn focus(&'static self, selector: &'static str) {
        let timer = Timer::after(0, move || {
            if let Some(element) = self.find(selector) {
                // What cannot take the focus leaves it where it is.
                let _focused = element.focus();
            }
        });
        self.pending_focus.replace(Some(timer));
    }

    /// A further style sheet for the panel.
    pub(crate) fn adopt(&self, style: &str) {
        // A browser that made one sheet makes another; without it, fields are only plainer.
        let _adopted = dom::adopt(&self.root, style);
    }

    /// An element of the panel.
    pub(crate) fn find(&self, selector: &str) -> Option<HtmlElement> {
        self.root.query_selector(selector).ok()??.dyn_into().ok()
    }

    /// The answer on top is being read, if there is one and it can be seen.
    pub(crate) fn start_reading(&self) {
        if !self.is_open.get_untracked() {
            return;
        }
        if let Screen::Answer(document) | Screen::Clause(document) = untrack(|| self.screen()) {
            self.journal.start_reading(&document);
        }
    }
}

fn is_touch() -> bool {
    let query = window().match_media("(pointer: coarse)");
    query.ok().flatten().is_some_and(|query| query.matches())
}

/// How often the clock is read while the panel is open.
const TICK_MS: i32 = 20_000;

/// Where the focus goes on every screen: the search field, or the heading.
pub(crate) const ENTRY: &str = "[data-entry]";
