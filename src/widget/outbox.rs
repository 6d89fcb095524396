//! Events on their way to the server: gathered, sent in batches, kept when they cannot be
//! sent and sent later. The server ignores an id it already has, so sending twice is harmless;
//! losing silently is not, and what has to be given up is counted. How an event is written
//! down is in `letter`.

use crate::clock;
use crate::dom::Timer;
use crate::letter::{self, Letter};
use crate::network::{self, Delivery};
use crate::storage::Kept;
use guichet_domain::event::{Event, MAX_BATCH};
use guichet_domain::zone::Timestamp;
use std::cell::RefCell;
use std::rc::{Rc, Weak};
use wasm_bindgen_futures::spawn_local;

/// How long events wait for company.
const GATHER_MS: i32 = 2_000;
/// This many do not wait.
const FULL: usize = 20;
/// The first pause after a failure; doubled by each further one.
const RETRY_MS: i32 = 5_000;
/// The longest pause between tries.
const MAX_RETRY_MS: i32 = 300_000;
/// More unsent events than this are not kept: the oldest go.
const MAX_KEPT: usize = 500;
/// Older unsent events are not kept.
const MAX_AGE_MS: i64 = 7 * 24 * 3_600_000;

/// Where events wait. Without a server there is no outbox.
pub(crate) struct Outbox {
    me: Weak<Self>,
    url: String,
    site: String,
    kept: Kept,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    /// Oldest first.
    waiting: Vec<Letter>,
    sending: bool,
    failures: u32,
    given_up: usize,
    timer: Option<Timer>,
}

impl Outbox {
    /// Takes up what an earlier page could not send. Called when the panel is first opened, not before.
    pub(crate) fn open(server: &str, site: &str) -> Rc<Self> {
        let kept = Kept::of(site, Kept::EVENTS);
        let waiting = letter::from_lines(&kept.read());
        let outbox = Rc::new_cyclic(|me| Self {
            me: me.clone(),
            url: [server, "v1/events"].concat(),
            site: site.to_owned(),
            kept,
            state: RefCell::new(State {
                waiting,
                ..State::default()
            }),
        });
        outbox.trim();
        outbox
    }

    /// Adds an event.
    pub(crate) fn push(&self, event: &Event) {
        self.state.borrow_mut().waiting.push(Letter::of(event));
        self.trim();
        let (failing, full) = {
            let state = self.state.borrow();
            (state.failures > 0, state.waiting.len() >= FULL)
        };
        if failing {
            self.keep(&[]);
        } else if full {
            self.send();
        } else {
            self.schedule(GATHER_MS);
        }
    }

    /// The page may be gone in a moment: everything leaves now, or is kept.
    pub(crate) fn leave(&self) {
        let (batch, refused) = {
            let state = self.state.borrow();
            // A server that failed a moment ago would lose a beacon without a word; what is
            // being sent goes on without the page.
            (next_batch(&state), state.failures > 0 || state.sending)
        };
        if batch.is_empty() {
            return;
        }
        if refused || !network::beacon(&self.url, &letter::batch(&self.site, &batch)) {
            self.keep(&[]);
            return;
        }
        self.remove(&batch);
        self.keep(&batch);
    }

    /// How many events had to be given up: too old, too many, or refused.
    pub(crate) fn given_up(&self) -> usize {
        self.state.borrow().given_up
    }

    fn schedule(&self, delay_ms: i32) {
        let me = self.me.clone();
        let mut state = self.state.borrow_mut();
        if state.timer.is_none() {
            state.timer = Some(Timer::after(delay_ms, move || {
                if let Some(outbox) = me.upgrade() {
                    outbox.send();
                }
            }));
        }
    }

    fn send(&self) {
        let Some(me) = self.me.upgrade() else { return };
        let batch = {
            let mut state = self.state.borrow_mut();
            state.timer = None;
            if state.sending || state.waiting.is_empty() {
                return;
            }
            state.sending = true;
            next_batch(&state)
        };
        spawn_local(async move {
            let delivery = network::post(&me.url, &letter::batch(&me.site, &batch)).await;
            me.settle(&batch, delivery);
        });
    }

    fn settle(&self, sent: &[Letter], delivery: Delivery) {
        let mut pause = GATHER_MS;
        let gone = {
            let mut state = self.state.borrow_mut();
            state.sending = false;
            if delivery == Delivery::Later {
                pause = (RETRY_MS << state.failures.min(6)).min(MAX_RETRY_MS);
                state.failures += 1;
                &[]
            } else {
                if delivery == Delivery::Refused {
                    state.given_up += sent.len();
                }
                state.failures = 0;
                sent
            }
        };
        self.remove(gone);
        // After a success too: what an earlier page kept has been sent.
        self.keep(gone);
        if !self.state.borrow().waiting.is_empty() {
            self.schedule(pause);
        }
    }

    fn remove(&self, gone: &[Letter]) {
        self.state.borrow_mut().waiting.retain(|it| !it.is_in(gone));
    }

    /// Keeps what waits after a failure, beside what other tabs keep, without what is `gone`.
    fn keep(&self, gone: &[Letter]) {
        let state = self.state.borrow();
        let before = self.kept.read();
        let mut lines = letter::from_lines(&before);
        lines.retain(|it| it.at >= oldest() && !it.is_in(gone) && !it.is_in(&state.waiting));
        lines.extend_from_slice(&state.waiting);
        let after = letter::to_lines(&lines);
        if after != before {
            self.kept.write(&after);
        }
    }

    fn trim(&self) {
        let mut state = self.state.borrow_mut();
        let before = state.waiting.len();
        state.waiting.retain(|it| it.at >= oldest());
        let surplus = state.waiting.len().saturating_sub(MAX_KEPT);
        state.waiting.drain(..surplus);
        state.given_up += before - state.waiting.len();
    }
}

fn next_batch(state: &State) -> Vec<Letter> {
    state.waiting.iter().take(MAX_BATCH).cloned().collect()
}

/// Events from before this are given up.
fn oldest() -> Timestamp {
    Timestamp(clock::now().0 - MAX_AGE_MS)
}
