//! What happened in this visit: stamps events, tells the page about them and hands them to
//! the outbox. The page's own events carry ids and counts, never what the shopper typed.

use crate::clock;
use crate::outbox::Outbox;
use guichet_domain::deflection::READ_AFTER_MS;
use guichet_domain::event::{Event, RandomId, What};
use guichet_domain::lang::Lang;
use js_sys::{Object, Reflect};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit, Element};

/// The log of one visit.
pub(crate) struct Journal {
    host: Element,
    lang: Lang,
    site: String,
    server: Option<String>,
    visit: RandomId,
    opened: Cell<bool>,
    outbox: RefCell<Option<Rc<Outbox>>>,
    reading: RefCell<Option<Reading>>,
    /// Documents already logged as read: once a visit.
    read: RefCell<Vec<String>>,
}

/// The answer on screen.
struct Reading {
    document: String,
    since_ms: i64,
}

impl Journal {
    /// A log that tells `host`, and the server where there is one.
    pub(crate) fn new(host: Element, lang: Lang, site: &str, server: Option<String>) -> Self {
        Self {
            host,
            lang,
            site: site.to_owned(),
            server,
            visit: clock::random_id(),
            opened: Cell::new(false),
            outbox: RefCell::new(None),
            reading: RefCell::new(None),
            read: RefCell::default(),
        }
    }

    /// The visit's id.
    pub(crate) fn visit(&self) -> RandomId {
        self.visit
    }

    /// The panel was opened, in this arm of an experiment; counts once a visit. From here on
    /// something may be stored.
    pub(crate) fn opened(&self, assigned: Option<What>) {
        if self.opened.replace(true) {
            return;
        }
        if let Some(server) = &self.server {
            *self.outbox.borrow_mut() = Some(Outbox::open(server, &self.site));
        }
        self.record(What::Opened);
        if let Some(assigned) = assigned {
            self.record(assigned);
        }
    }

    /// Something happened.
    pub(crate) fn record(&self, what: What) {
        self.tell_page(&what);
        if let Some(outbox) = &*self.outbox.borrow() {
            outbox.push(&Event {
                id: clock::random_id(),
                visit: self.visit,
                at: clock::now(),
                locale: self.lang,
                what,
            });
        }
    }

    /// An answer is on screen from now on.
    pub(crate) fn start_reading(&self, document: &str) {
        self.stop_reading();
        *self.reading.borrow_mut() = Some(Reading {
            document: document.to_owned(),
            since_ms: clock::now().0,
        });
    }

    /// The answer on screen is left; logged as read when it stayed long enough.
    pub(crate) fn stop_reading(&self) {
        let Some(reading) = self.reading.borrow_mut().take() else {
            return;
        };
        let dwell_ms = u32::try_from(clock::now().0 - reading.since_ms).unwrap_or(0);
        let is_new = !self.read.borrow().contains(&reading.document);
        if dwell_ms >= READ_AFTER_MS && is_new {
            self.read.borrow_mut().push(reading.document.clone());
            self.record(What::Read {
                document: reading.document,
                dwell_ms,
            });
        }
    }

    /// The page is hidden or left.
    pub(crate) fn leave(&self) {
        self.stop_reading();
        if let Some(outbox) = &*self.outbox.borrow() {
            outbox.leave();
        }
    }

    /// How many events could not be kept until they were sent.
    pub(crate) fn given_up(&self) -> usize {
        self.outbox
            .borrow()
            .as_ref()
            .map_or(0, |outbox| outbox.given_up())
    }

    fn tell_page(&self, what: &What) {
        let detail = Object::new();
        let set = |key: &str, value: JsValue| {
            // Setting a property of a plain object of our own does not fail.
            let _set = Reflect::set(&detail, &key.into(), &value);
        };
        if let Some(document) = what.document() {
            set("document", document.into());
        }
        let name = match what {
            What::Opened => "opened",
            What::Searched {
                results, declined, ..
            } => {
                set("results", JsValue::from_f64(results.len() as f64));
                set("declined", (*declined).into());
                "searched"
            }
            What::ResultOpened { .. } => "result_opened",
            What::Read { dwell_ms, .. } => {
                set("dwell_ms", (*dwell_ms).into());
                "read"
            }
            What::Confirmed { .. } => "confirmed",
            What::NotConfirmed { .. } => "not_confirmed",
            What::CallAvoided {
                would_have_called, ..
            } => {
                set("would_have_called", (*would_have_called).into());
                "call_avoided"
            }
            What::ContactChosen { channel } => {
                set("channel", channel.into());
                "contact_chosen"
            }
            What::ClaimOpened { .. } => "claim_opened",
            What::NoticeSeen { .. } => "notice_seen",
            What::Assigned { .. } => "assigned",
        };
        let init = CustomEventInit::new();
        init.set_bubbles(true);
        init.set_composed(true);
        init.set_detail(&detail);
        let name = ["guichet:", name].concat();
        if let Ok(event) = CustomEvent::new_with_event_init_dict(&name, &init) {
            // `false` only says that the page called `preventDefault`, which changes nothing here.
            let _default = self.host.dispatch_event(&event);
        }
    }
}
