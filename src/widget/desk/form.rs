//! A request as it is written, and what becomes of it: kept while it is written, sent once however
//! often it is sent, answered by its number.

use super::Desk;
use super::draft::Draft;
use super::field::{self, Field, Input};
use super::files::Files;
use super::receipt;
use super::server::{Body, Call, Trouble};
use super::texts::Texts;
use crate::clock;
use crate::dom::{El, Listener, el, live, nothing, text};
use crate::figures;
use crate::icons::{self, icon};
use crate::prelude::{AnyView, window};
use crate::signal::Signal;
use crate::state::{App, Subject};
use guichet_domain::civil::Local;
use guichet_domain::claim::Kind;
use guichet_domain::claim::due::due;
use guichet_domain::claim::form::{self, Fault, Field as Named, Problem};
use guichet_domain::claim::told::Receipt;
use guichet_domain::event::What;
use guichet_domain::say::claim as say;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// A request in the making.
struct Writing {
    app: App,
    desk: &'static Desk,
    texts: &'static Texts,
    draft: RefCell<Draft>,
    files: Rc<Files>,
    category: Signal<String>,
    faults: Signal<Vec<Fault>>,
    stage: Signal<Stage>,
    receipt: Signal<Option<Rc<Receipt>>>,
    /// Sends again when the network comes back.
    online: RefCell<Option<Listener>>,
}

/// How far it is.
enum Stage {
    Writing,
    Sending,
    /// It did not go; what to tell.
    Failed(&'static str),
}

/// The screen's content.
pub(super) fn view(app: App, desk: &'static Desk, kind: Kind, subject: &Subject) -> AnyView {
    figures::start(app);
    let kept = Draft::kept(app, kind);
    let is_kept = kept.is_some();
    let mut draft = kept.unwrap_or_else(|| Draft::new(kind));
    let form = &mut draft.form;
    if form.category.is_empty() {
        form.category = subject.category.clone().unwrap_or_default();
    }
    if form.text.is_empty() {
        form.text.clone_from(&subject.question);
    }
    let writing = Rc::new(Writing {
        app,
        desk,
        texts: Texts::of(app.lang),
        category: Signal::new(form.category.clone()),
        files: Files::new(),
        faults: Signal::new(Vec::new()),
        stage: Signal::new(Stage::Writing),
        receipt: Signal::new(None),
        online: RefCell::default(),
        draft: RefCell::new(draft),
    });
    let shown = writing.clone();
    live(move || match shown.receipt.get() {
        Some(receipt) => receipt::view(app, desk, &receipt),
        None => shown.view(kind, is_kept),
    })
}

impl Writing {
    fn view(self: &Rc<Self>, kind: Kind, is_kept: bool) -> AnyView {
        let texts = self.texts;
        let is_call = kind == Kind::CallBack;
        let words = if is_call { texts.send_call } else { texts.send };
        let (says, sends, busy) = (self.clone(), self.clone(), self.clone());
        let send = field::button("")
            .attr("id", "send")
            .live_attr("aria-disabled", {
                let busy = busy.clone();
                move || busy.is_sending().then(|| "true".into())
            })
            .live(move || {
                text(if busy.is_sending() {
                    texts.sending
                } else {
                    words
                })
            })
            .click(move || sends.send());
        let name = || {
            self.line(
                Named::Name,
                texts.optional,
                "text",
                "name",
                form::MAX_NAME_CHARS,
            )
        };
        let order = self.line(
            Named::Order,
            texts.order_hint,
            "text",
            "off",
            form::MAX_ORDER_CHARS,
        );
        let fields: Vec<El> = if is_call {
            vec![
                self.category(),
                self.slots(),
                self.phone(""),
                order,
                self.text(texts.text_optional),
                name(),
                self.email(texts.email_optional),
            ]
        } else {
            vec![
                self.category(),
                self.text(""),
                order,
                self.email(texts.email_hint),
                self.phone(texts.phone_hint),
                name(),
                self.files.view(self.app.lang, texts),
            ]
        };
        let answers = self.desk.site.claims.as_ref().filter(|_| !is_call);
        let answers = answers.map(|desk| desk.channel.as_str());
        el("div")
            .class("desk")
            .maybe(is_kept.then(|| self.restored()))
            .children(fields)
            .maybe((!is_call).then(|| self.promise()))
            .maybe(answers.map(|channel| figures::delay(self.app, channel)))
            .child(field::alert(move || says.trouble()))
            .child(send)
            .child(el("p").class("aside").text(texts.purpose))
            .into()
    }

    fn is_sending(&self) -> bool {
        self.stage.with(|stage| matches!(stage, Stage::Sending))
    }

    /// What stands in the way of sending.
    fn trouble(&self) -> Cow<'static, str> {
        let words = self.stage.with(|stage| match stage {
            Stage::Failed(words) => *words,
            _ => "",
        });
        if words.is_empty() && self.faults.with(|faults| !faults.is_empty()) {
            return self.texts.review.into();
        }
        words.into()
    }

    /// Says that this was begun before, and offers to begin anew.
    fn restored(self: &Rc<Self>) -> El {
        let texts = self.texts;
        let was_sent = self.draft.borrow().sent;
        let app = self.app;
        let over = field::quiet(texts.start_over).click(move || {
            Draft::forget(app);
            // The screen is made anew without what was kept, and the button is gone.
            app.desk.update(|_| ());
            app.focus("[data-entry]");
        });
        el("div")
            .class("notice")
            .child(el("p").text(if was_sent {
                texts.not_left
            } else {
                texts.restored
            }))
            .child(over)
    }

    fn fault(
        self: &Rc<Self>,
        named: Named,
    ) -> impl Fn() -> Option<Cow<'static, str>> + Clone + 'static {
        let me = self.clone();
        move || {
            let fault = me.faults.with(|faults| {
                let own = faults.iter().find(|fault| fault.field == named);
                own.copied()
            });
            fault.map(|fault| say::fault(me.app.lang, fault).into())
        }
    }

    /// Takes in what was typed, and no longer complains about it.
    fn set(&self, named: Named, value: String) {
        {
            let mut draft = self.draft.borrow_mut();
            *slot_of(&mut draft.form, named) = value;
            draft.keep(self.app);
        }
        let is_wrong = |fault: &Fault| fault.field == named;
        if self
            .faults
            .with_untracked(|faults| faults.iter().any(is_wrong))
        {
            self.faults
                .update(|faults| faults.retain(|fault| !is_wrong(fault)));
        }
    }

    fn field(self: &Rc<Self>, named: Named, hint: &'static str, kind: Input, max: usize) -> El {
        let now = slot_of(&mut self.draft.borrow_mut().form, named).clone();
        let me = self.clone();
        let field = Field {
            id: id_of(named),
            label: say::field(self.app.lang, named),
            hint,
            kind,
            max,
        };
        field.view(now, move |value| me.set(named, value), self.fault(named))
    }

    fn line(
        self: &Rc<Self>,
        named: Named,
        hint: &'static str,
        kind: &'static str,
        autocomplete: &'static str,
        max: usize,
    ) -> El {
        self.field(named, hint, Input::Line(kind, autocomplete), max)
    }

    fn text(self: &Rc<Self>, hint: &'static str) -> El {
        self.field(Named::Text, hint, Input::Text, form::MAX_TEXT_CHARS)
    }

    fn email(self: &Rc<Self>, hint: &'static str) -> El {
        self.line(Named::Email, hint, "email", "email", form::MAX_EMAIL_CHARS)
    }

    fn phone(self: &Rc<Self>, hint: &'static str) -> El {
        self.line(Named::Phone, hint, "tel", "tel", form::MAX_PHONE_CHARS)
    }

    fn category(self: &Rc<Self>) -> El {
        let lang = self.app.lang;
        let categories = self.desk.site.categories.iter();
        let options = categories.map(|own| (own.id.clone(), own.name.get(lang).to_owned()));
        let none = (String::new(), self.texts.choose.to_owned());
        let me = self.clone();
        let now = self.category.get_untracked();
        let id = id_of(Named::Category);
        let choice = field::choice(id, &now, [none].into_iter().chain(options), move |value| {
            me.category.set(value.clone());
            me.set(Named::Category, value);
        });
        let label = say::field(lang, Named::Category);
        field::labelled(id, label, "", choice, self.fault(Named::Category))
    }

    /// The half hours in which somebody calls, as the server has them free.
    fn slots(self: &Rc<Self>) -> El {
        let free = Rc::new(Signal::new(None::<Result<Vec<Local>, Trouble>>));
        let (app, came) = (self.app, free.clone());
        spawn_local(async move {
            #[derive(Deserialize)]
            struct Offered {
                slots: Vec<Local>,
            }
            let call = Call {
                path: ["claims/slots?site=", &app.manifest.site.id].concat(),
                code: "",
                body: Body::Nothing,
            };
            let offered = call.json::<Offered>(app).await;
            came.set(Some(offered.map(|offered| offered.slots)));
        });
        let me = self.clone();
        el("div").live(move || {
            let texts = me.texts;
            let slots = match free.get() {
                None => return el("p").class("aside").text(texts.slots_wait).into(),
                Some(Err(trouble)) => {
                    let words = trouble.say(me.app, texts.no_answer);
                    return el("p").class("notice").text(words).into();
                }
                Some(Ok(slots)) if slots.is_empty() => {
                    return el("p").class("notice").text(texts.slots_none).into();
                }
                Some(Ok(slots)) => slots,
            };
            let (lang, today) = (me.app.lang, me.app.now.get_untracked().date);
            let options = slots.into_iter().map(|slot| {
                let value = [slot.date.to_string(), slot.time.to_string()].join(" ");
                (value, say::slot(lang, slot, today))
            });
            let none = (String::new(), texts.choose.to_owned());
            let (id, set) = (id_of(Named::Slot), me.clone());
            let now = me.draft.borrow().form.slot.clone();
            let choice = field::choice(id, &now, [none].into_iter().chain(options), move |value| {
                set.set(Named::Slot, value);
            });
            let label = say::field(lang, Named::Slot);
            field::labelled(id, label, "", choice, me.fault(Named::Slot)).into()
        })
    }

    /// By when there is an answer, for the subject chosen.
    fn promise(self: &Rc<Self>) -> El {
        let me = self.clone();
        el("div").attr("role", "status").live(move || {
            let category = me.category.get();
            // Follows the clock, so that what is read is what the server will promise.
            let today = me.app.now.get().date;
            let site = &me.desk.site;
            let Some(due) = due(site, &category, clock::now()) else {
                return nothing();
            };
            let by = say::by_when(me.app.lang, site.time_zone.local(due), today);
            let words = el("span")
                .text([me.texts.answered, " "].concat())
                .child(el("strong").text(by));
            el("p")
                .class("promise")
                .child(icon(icons::CHECK))
                .child(words)
                .into()
        })
    }

    /// Sends the request, or says what is still wrong with it.
    fn send(self: &Rc<Self>) {
        if self.is_sending() {
            return;
        }
        let form = self.draft.borrow().form.clone();
        if let Err(faults) = form.check(&self.desk.site, clock::now()) {
            self.wrong(faults);
            return;
        }
        self.faults.set(Vec::new());
        self.mark(true);
        self.stage.set(Stage::Sending);
        let me = self.clone();
        spawn_local(async move {
            let sent = me.deliver().await;
            if me.app.is_alive() {
                me.settle(sent);
            }
        });
    }

    /// Keeps whether it was sent.
    fn mark(&self, sent: bool) {
        let mut draft = self.draft.borrow_mut();
        draft.sent = sent;
        draft.keep(self.app);
    }

    /// Shows what is wrong, with the focus on the first of it.
    fn wrong(self: &Rc<Self>, faults: Vec<Fault>) {
        let first = faults.first().map(|fault| id_of(fault.field));
        self.stage.set(Stage::Writing);
        self.faults.set(faults);
        let field = first.and_then(|id| self.app.find(&["#", id].concat()));
        if let Some(field) = field {
            // What cannot take the focus leaves it where it is.
            let _focused = field.focus();
        }
    }

    async fn deliver(&self) -> Result<Receipt, Trouble> {
        #[derive(Serialize)]
        struct Open<'a> {
            site: &'a str,
            key: String,
            locale: &'static str,
            claim: form::Form,
        }
        let app = self.app;
        let (key, claim) = {
            let draft = self.draft.borrow();
            (draft.key.to_string(), draft.form.clone())
        };
        let open = Open {
            site: &app.manifest.site.id,
            key,
            locale: app.lang.code(),
            claim,
        };
        // Plain types with string keys: writing them does not fail.
        let json = serde_json::to_string(&open).unwrap_or_default();
        let body = if self.files.count() == 0 {
            Body::Json(json)
        } else {
            Body::Form(self.files.form("claim", &json).ok_or(Trouble::Network)?)
        };
        let call = Call {
            path: "claims".to_owned(),
            code: "",
            body,
        };
        call.json(app).await
    }

    fn settle(self: &Rc<Self>, sent: Result<Receipt, Trouble>) {
        match sent {
            Ok(receipt) => {
                self.online.take();
                Draft::forget(self.app);
                self.desk.remember(receipt.number, &receipt.code);
                let category = self.category.get_untracked();
                if !receipt.again {
                    self.app.record(What::ClaimOpened { category });
                }
                self.receipt.set(Some(Rc::new(receipt)));
                self.app.focus("[data-prompt]");
            }
            Err(Trouble::Refused(code)) if code == "slot_taken" => self.wrong(vec![Fault {
                field: Named::Slot,
                problem: Problem::Unknown,
            }]),
            Err(Trouble::Refused(code)) if code == "key_reused" => {
                // It came the first time, with other words or with files: what is here now would
                // be another one, if he wants that.
                self.draft.borrow_mut().key = clock::random_id();
                self.mark(false);
                self.stage.set(Stage::Failed(self.texts.already));
            }
            Err(trouble) => {
                let words = trouble.say(self.app, self.texts.offline);
                self.stage.set(Stage::Failed(words));
                if matches!(trouble, Trouble::Network) {
                    self.wait_for_network();
                } else {
                    self.mark(false);
                }
            }
        }
    }

    fn wait_for_network(self: &Rc<Self>) {
        let me = Rc::downgrade(self);
        let listener = Listener::new(&window(), "online", move |_| {
            let Some(me) = me.upgrade() else { return };
            let has_failed = me
                .stage
                .with_untracked(|stage| matches!(stage, Stage::Failed(_)));
            if has_failed {
                me.send();
            }
        });
        self.online.replace(Some(listener));
    }
}

fn slot_of(form: &mut form::Form, named: Named) -> &mut String {
    match named {
        Named::Category => &mut form.category,
        Named::Text => &mut form.text,
        Named::Name => &mut form.name,
        Named::Email => &mut form.email,
        Named::Phone => &mut form.phone,
        Named::Order => &mut form.order,
        Named::Slot => &mut form.slot,
        Named::GoodsReceived => &mut form.goods_received,
    }
}

fn id_of(named: Named) -> &'static str {
    match named {
        Named::Category => "claim-category",
        Named::Text => "claim-text",
        Named::Name => "claim-name",
        Named::Email => "claim-email",
        Named::Phone => "claim-phone",
        Named::Order => "claim-order",
        Named::Slot => "claim-slot",
        Named::GoodsReceived => "claim-received",
    }
}
