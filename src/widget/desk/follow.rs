//! A request by its number: how it stands for anybody who has the number, and for who has the code
//! of the receipt what was written, with what can be done now.

use super::Desk;
use super::field::{self, Field, Input};
use super::files::Files;
use super::numbers;
use super::rating::{self, Rated};
use super::receipt;
use super::server::{Body, Call, Trouble};
use super::texts::Texts;
use super::timeline;
use crate::clock;
use crate::dom::{El, el, nothing};
use crate::json;
use crate::prelude::{AnyView, document};
use crate::signal::Signal;
use crate::state::{App, Screen};
use crate::views::{row, skeleton};
use guichet_domain::claim::Act;
use guichet_domain::claim::form::MAX_TEXT_CHARS;
use guichet_domain::claim::told::{Contents, File, Status};
use guichet_domain::say::claim as say;
use guichet_domain::tracking::TrackingNumber;
use serde::Serialize;
use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlElement, KeyboardEvent, Url};

/// The screen's content: the field for a number, or what the number shows.
pub(super) fn view(app: App, desk: &'static Desk, number: &str) -> AnyView {
    numbers::learn(app, desk);
    match number.parse() {
        Ok(number) => Following::view(app, desk, number),
        Err(_) => ask(app, number),
    }
}

/// The field for a number, and the numbers of this device.
fn ask(app: App, number: &str) -> AnyView {
    let texts = Texts::of(app.lang);
    let typed = Rc::new(RefCell::new(number.to_owned()));
    let wrong = Rc::new(Signal::new(None::<String>));
    let (shown, hears) = (wrong.clone(), typed.clone());
    let go = Rc::new(move || {
        let typed = typed.borrow().clone();
        match typed.parse::<TrackingNumber>() {
            Ok(number) => app.show(Screen::Follow(number.to_string())),
            Err(error) => {
                wrong.set(Some(say::tracking_error(app.lang, &error)));
                app.focus("#number");
            }
        }
    });
    let field = Field {
        id: "number",
        label: texts.your_number,
        hint: texts.number_hint,
        kind: Input::Line("text", "off"),
        max: 40,
    };
    let field = field
        .view(
            number.to_owned(),
            move |text| *hears.borrow_mut() = text,
            move || shown.get().map(Cow::Owned),
        )
        .on("keydown", {
            let go = go.clone();
            move |event| {
                let key = event.dyn_ref::<KeyboardEvent>();
                if key.is_some_and(|key| key.key() == "Enter") {
                    go();
                }
            }
        });
    let own = numbers::all(app);
    let here = (!own.is_empty()).then(|| {
        let rows = own.into_iter().map(|own| {
            let number = own.number.to_string();
            let show = number.clone();
            let row =
                row(&number, number.clone()).click(move || app.show(Screen::Follow(show.clone())));
            el("li").child(row)
        });
        el("section")
            .child(el("h3").text(texts.here))
            .child(el("ul").class("card").attr("role", "list").children(rows))
    });
    el("div")
        .class("desk")
        .child(field)
        .child(
            field::button(texts.see)
                .attr("data-id", "follow")
                .click(move || go()),
        )
        .maybe(here)
        .into()
}

/// A request on screen.
struct Following {
    app: App,
    desk: &'static Desk,
    texts: &'static Texts,
    number: TrackingNumber,
    told: Signal<Told>,
    /// What was just done, or why it was not.
    notice: Signal<Cow<'static, str>>,
    /// What is written in the open field.
    message: RefCell<String>,
    files: Rc<Files>,
    /// Drawn once for what is sent next.
    key: RefCell<String>,
}

/// What is known of it.
#[derive(Clone)]
enum Told {
    Waiting,
    Nothing,
    Status(Rc<Status>),
    Whole(Rc<Status>, Rc<Contents>),
}

impl Following {
    fn view(app: App, desk: &'static Desk, number: TrackingNumber) -> AnyView {
        let me = Rc::new(Self {
            app,
            desk,
            texts: Texts::of(app.lang),
            number,
            told: Signal::new(Told::Waiting),
            notice: Signal::new("".into()),
            message: RefCell::default(),
            files: Files::new(),
            key: RefCell::new(clock::random_id().to_string()),
        });
        me.clone().ask();
        let (says, shows) = (me.clone(), me);
        el("div")
            .class("desk")
            .child(field::alert(move || says.notice.get()))
            .live(move || shows.shown())
            .into()
    }

    fn path(&self, below: &str) -> String {
        ["claims/", &self.number.to_string(), below].concat()
    }

    /// Asks for everything where the code is known, else for the status.
    fn ask(self: Rc<Self>) {
        spawn_local(async move {
            if let Some(code) = self.desk.code(self.number) {
                match self.whole("/full", &code, Body::Nothing).await {
                    Ok(told) => return self.told.set(told),
                    Err(trouble) => self.notice.set(self.say(&trouble).into()),
                }
            }
            let call = Call {
                path: self.path(""),
                code: "",
                body: Body::Nothing,
            };
            match call.json::<Status>(self.app).await {
                Ok(status) => self.told.set(Told::Status(Rc::new(status))),
                Err(trouble) => {
                    self.notice.set(self.say(&trouble).into());
                    self.told.set(Told::Nothing);
                }
            }
        });
    }

    fn say(&self, trouble: &Trouble) -> &'static str {
        trouble.say(self.app, self.texts.no_answer)
    }

    /// A call that is answered by everything.
    async fn whole(&self, below: &str, code: &str, body: Body) -> Result<Told, Trouble> {
        let call = Call {
            path: self.path(below),
            code,
            body,
        };
        let value = call.value(self.app).await?;
        let (status, contents) = (json::told(&value), json::told(&value));
        match (status, contents) {
            (Some(status), Some(contents)) => Ok(Told::Whole(Rc::new(status), Rc::new(contents))),
            _ => Err(Trouble::Network),
        }
    }

    fn shown(self: &Rc<Self>) -> AnyView {
        match self.told.get() {
            Told::Waiting => el("div")
                .child(el("p").class("aside").text(self.texts.looking))
                .child(skeleton(self.app))
                .into(),
            Told::Nothing => ask(self.app, &self.number.to_string()),
            Told::Status(status) => el("div")
                .child(timeline::head(self.app, self.desk, &status))
                .child(self.opening())
                .child(timeline::steps(self.app, self.desk, &status))
                .child(receipt::kept(self.app, self.desk, self.number))
                .into(),
            Told::Whole(status, contents) => {
                let me = self.clone();
                let file = move |file: &File| me.file(*file);
                let acts = status.can.iter().map(|act| self.act(*act));
                el("div")
                    .child(timeline::head(self.app, self.desk, &status))
                    .child(timeline::messages(
                        self.app,
                        self.desk,
                        &contents.messages,
                        file,
                    ))
                    .children(acts)
                    .child(receipt::kept(self.app, self.desk, self.number))
                    .into()
            }
        }
    }

    /// The field for the code of the receipt.
    fn opening(self: &Rc<Self>) -> El {
        let code = Rc::new(RefCell::new(String::new()));
        let (hears, me) = (code.clone(), self.clone());
        let field = Field {
            id: "code",
            label: self.texts.open,
            hint: "",
            kind: Input::Line("text", "off"),
            max: 40,
        };
        let open = move || {
            let code = code.borrow().trim().to_owned();
            let me = me.clone();
            spawn_local(async move {
                match me.whole("/full", &code, Body::Nothing).await {
                    Ok(told) => {
                        me.desk.remember(me.number, &code);
                        if numbers::is_kept(me.app, me.number) {
                            numbers::keep(me.app, me.desk, me.number, true);
                        }
                        me.notice.set("".into());
                        me.told.set(told);
                        me.app.focus("[data-entry]");
                    }
                    Err(trouble) => me.notice.set(me.say(&trouble).into()),
                }
            });
        };
        el("section")
            .class("card entry-card")
            .child(field.view(
                String::new(),
                move |text| *hears.borrow_mut() = text,
                || None,
            ))
            .child(field::button(self.texts.open_go).click(open))
    }

    /// What the shopper can do now.
    fn act(self: &Rc<Self>, act: Act) -> AnyView {
        let texts = self.texts;
        let me = self.clone();
        match act {
            Act::Complete => el("section")
                .child(el("h3").text(texts.complete))
                .child(self.area("message", texts.message))
                .child(self.files.view(self.app.lang, texts))
                .child(field::button(texts.send).click(move || me.complete()))
                .into(),
            Act::Reopen => el("section")
                .child(el("h3").text(texts.unsettled))
                .child(self.area("why", texts.why))
                .child(self.plain(texts.reopen, "/reopen", texts.reopened))
                .into(),
            Act::Close => self.plain(texts.close, "/close", texts.closed).into(),
            Act::Cancel => self.plain(texts.cancel, "/cancel", texts.cancelled).into(),
            Act::Rate => rating::view(texts, move |rated| me.rate(&rated)).into(),
            _ => nothing(),
        }
    }

    fn area(self: &Rc<Self>, id: &'static str, label: &'static str) -> El {
        let me = self.clone();
        let field = Field {
            id,
            label,
            hint: "",
            kind: Input::Text,
            max: MAX_TEXT_CHARS,
        };
        let now = self.message.borrow().clone();
        field.view(now, move |text| *me.message.borrow_mut() = text, || None)
    }

    /// A button that does something at once.
    fn plain(self: &Rc<Self>, words: &'static str, below: &'static str, done: &'static str) -> El {
        let me = self.clone();
        field::quiet(words).click(move || {
            let body = Body::Json(me.words());
            me.clone().send(below, body, done);
        })
    }

    /// The JSON of a message.
    fn words(&self) -> String {
        #[derive(Serialize)]
        struct Words<'a> {
            key: &'a str,
            text: &'a str,
        }
        let words = Words {
            key: &self.key.borrow(),
            text: &self.message.borrow(),
        };
        // Plain types with string keys: writing them does not fail.
        serde_json::to_string(&words).unwrap_or_default()
    }

    fn complete(self: &Rc<Self>) {
        let json = self.words();
        let body = if self.files.count() == 0 {
            Body::Json(json)
        } else {
            match self.files.form("message", &json) {
                Some(form) => Body::Form(form),
                None => return,
            }
        };
        self.clone()
            .send("/messages", body, self.texts.message_came);
    }

    fn rate(self: &Rc<Self>, rated: &Rated) {
        // As above.
        let json = serde_json::to_string(rated).unwrap_or_default();
        self.clone()
            .send("/rating", Body::Json(json), self.texts.rated);
    }

    fn send(self: Rc<Self>, below: &'static str, body: Body, done: &'static str) {
        spawn_local(async move {
            let code = self.desk.code(self.number).unwrap_or_default();
            match self.whole(below, &code, body).await {
                Ok(told) => {
                    self.message.borrow_mut().clear();
                    self.files.clear();
                    self.key.replace(clock::random_id().to_string());
                    self.notice.set(done.into());
                    self.told.set(told);
                    // The button that had the focus is gone.
                    self.app.focus("[data-entry]");
                }
                Err(Trouble::Refused(code)) if code == "invalid_message" => {
                    let words = say::message_fault(
                        self.app.lang,
                        guichet_domain::claim::form::Problem::Missing,
                    );
                    self.notice.set(words.into());
                }
                Err(trouble) => self.notice.set(self.say(&trouble).into()),
            }
        });
    }

    /// A file that came with a message.
    fn file(self: &Rc<Self>, file: File) -> El {
        let size = file.size_bytes.div_ceil(1024).to_string();
        let name = say::file(self.app.lang, file.kind);
        let rank = file.rank.to_string();
        let words = [
            self.texts.download,
            name,
            " ",
            &rank,
            " (",
            &size,
            self.texts.kilobytes,
        ]
        .concat();
        let me = self.clone();
        el("button")
            .class("quiet")
            .attr("type", "button")
            .text(words)
            .click(move || me.clone().fetch(file))
    }

    fn fetch(self: Rc<Self>, file: File) {
        spawn_local(async move {
            let rank = file.rank.to_string();
            let code = self.desk.code(self.number).unwrap_or_default();
            let call = Call {
                path: self.path(&["/files/", &rank].concat()),
                code: &code,
                body: Body::Nothing,
            };
            let name = [
                &self.number.to_string(),
                "-",
                &rank,
                ".",
                file.kind.extension(),
            ]
            .concat();
            match call.bytes(self.app).await {
                Ok(blob) => {
                    if let Ok(url) = Url::create_object_url_with_blob(&blob) {
                        save(&url, &name);
                    }
                }
                Err(trouble) => self.notice.set(self.say(&trouble).into()),
            }
        });
    }
}

/// Lets the browser save what is at an address of its own making.
fn save(url: &str, name: &str) {
    let link = document().create_element("a").ok();
    let link = link.and_then(|link| link.dyn_into::<HtmlElement>().ok());
    if let Some(link) = link {
        // Valid attribute names, the one thing that could be refused.
        let _set = link.set_attribute("href", url);
        let _set = link.set_attribute("download", name);
        link.click();
    }
    // The browser has taken it over.
    let _revoked = Url::revoke_object_url(url);
}
