//! One page in a Chromium of its own, with a fresh profile: going somewhere, asking the page, keys and clicks as the
//! browser itself makes them, and waiting for a condition. What a shopper does with Guichet is in `help`.

use crate::record::{Kept, Record};
use crate::{place, wait_or};
use chromiumoxide::browser::{Browser, BrowserConfig};
use chromiumoxide::cdp::browser_protocol::emulation::{
    SetCpuThrottlingRateParams, SetScriptExecutionDisabledParams,
};
use chromiumoxide::cdp::browser_protocol::input::{DispatchKeyEventParams, DispatchKeyEventType};
use chromiumoxide::cdp::browser_protocol::log::{self, EventEntryAdded};
use chromiumoxide::cdp::browser_protocol::network::{
    self, EventLoadingFailed, EventRequestWillBeSent, EventResponseReceived,
};
use chromiumoxide::cdp::browser_protocol::page::{
    AddScriptToEvaluateOnNewDocumentParams, ReloadParams,
};
use chromiumoxide::cdp::js_protocol::runtime::{
    self, EvaluateParams, EventConsoleApiCalled, EventExceptionThrown,
};
use chromiumoxide::error::CdpError;
use chromiumoxide::keys;
use chromiumoxide::layout::Point;
use futures_util::StreamExt as _;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::time::Duration;
use tempfile::TempDir;
use tokio::task::JoinHandle;

const FLAGS: [&str; 9] = [
    "disable-gpu",
    "disable-quic",
    "no-first-run",
    "disable-background-networking",
    "disable-component-update",
    "disable-sync",
    // A machine without a keyring asks for a password; containers have little shared memory.
    "password-store=basic",
    "disable-dev-shm-usage",
    "force-color-profile=srgb",
];

/// A page, its browser, and the record of what they do. The browser ends with it.
#[derive(Debug)]
pub struct Page {
    pub(crate) tab: chromiumoxide::Page,
    record: Record,
    messages: JoinHandle<()>,
    // Dropped in this order: the browser is killed before its profile is removed.
    _browser: Browser,
    _profile: TempDir,
}

impl Page {
    /// Starts a browser with an empty page.
    pub async fn new() -> Self {
        let profile = tempfile::tempdir().unwrap();
        let config = BrowserConfig::builder()
            .chrome_executable(place::chromium())
            .disable_default_args()
            .new_headless_mode()
            .no_sandbox()
            .args(FLAGS)
            // Fields for a day are worded in the machine's language.
            .env("LANGUAGE", "en_US")
            .window_size(1280, 900)
            .viewport(None)
            .user_data_dir(profile.path())
            .surface_invalid_messages()
            .launch_timeout(Duration::from_secs(60))
            .request_timeout(Duration::from_secs(120));
        let (browser, mut handler) = Browser::launch(config.build().unwrap())
            .await
            .unwrap_or_else(|error| {
                panic!("`{}` does not start: {error}", place::chromium().display())
            });
        let record = Record::default();
        let unread = record.clone();
        let messages = tokio::spawn(async move {
            while let Some(message) = handler.next().await {
                match message {
                    Ok(()) => {}
                    Err(CdpError::InvalidMessage(message, _)) => unread.note_unread(&message),
                    // The connection ended: whatever the test asks next fails and says so.
                    Err(_) => break,
                }
            }
        });
        let tab = browser.new_page("about:blank").await.unwrap();
        record.follow::<EventRequestWillBeSent>(&tab).await;
        record.follow::<EventResponseReceived>(&tab).await;
        record.follow::<EventLoadingFailed>(&tab).await;
        record.follow::<EventConsoleApiCalled>(&tab).await;
        record.follow::<EventExceptionThrown>(&tab).await;
        record.follow::<EventEntryAdded>(&tab).await;
        tab.execute(network::EnableParams::default()).await.unwrap();
        tab.execute(runtime::EnableParams::default()).await.unwrap();
        tab.execute(log::EnableParams::default()).await.unwrap();
        Self {
            tab,
            record,
            messages,
            _browser: browser,
            _profile: profile,
        }
    }

    /// What happened so far.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// Goes to an address and waits until the page and all it asks for are there.
    pub async fn open(&self, url: &str) {
        self.tab
            .goto(url)
            .await
            .unwrap_or_else(|error| panic!("`{url}` does not open: {error}"));
        self.until(
            "the page to be loaded",
            "document.readyState === 'complete'",
        )
        .await;
    }

    /// Loads the page again.
    pub async fn reload(&self) {
        self.evaluate::<Value>("void (window.isOld = true)").await;
        self.tab.execute(ReloadParams::default()).await.unwrap();
        self.until(
            "the page to be loaded again",
            "!window.isOld && document.readyState === 'complete'",
        )
        .await;
    }

    /// From the next page on, the page's clock stands still at this moment.
    pub async fn stop_clock_at(&self, milliseconds: u64) {
        self.run_first(&format!("Date.now = () => {milliseconds}"))
            .await;
    }

    /// From the next page on, this runs before anything of the page.
    pub async fn run_first(&self, script: &str) {
        self.tab
            .execute(AddScriptToEvaluateOnNewDocumentParams::new(script))
            .await
            .unwrap();
    }

    /// The value of an expression; promises are waited for.
    pub async fn evaluate<T: DeserializeOwned>(&self, expression: &str) -> T {
        match self.try_evaluate(expression).await {
            Ok(value) => serde_json::from_value(value.clone())
                .unwrap_or_else(|error| panic!("{error}: {value}\nwas the value of {expression}")),
            Err(why) => panic!("{why}\nwhile evaluating {expression}"),
        }
    }

    async fn try_evaluate(&self, expression: &str) -> Result<Value, String> {
        let asked = EvaluateParams::builder()
            .expression(expression)
            .await_promise(true)
            .return_by_value(true);
        let answer = self
            .tab
            .execute(asked.build().unwrap())
            .await
            .map_err(|error| error.to_string())?;
        match &answer.exception_details {
            None => Ok(answer.result.result.value.clone().unwrap_or_default()),
            Some(details) => Err(details
                .exception
                .as_ref()
                .and_then(|thrown| thrown.description.clone())
                .unwrap_or_else(|| details.text.clone())),
        }
    }

    /// Waits until an expression is true. While it throws, it is not.
    pub async fn until(&self, what: &str, condition: &str) {
        let condition = format!("!!({condition})");
        wait_or(
            || self.in_vain(what, &condition),
            async || (self.try_evaluate(&condition).await == Ok(Value::Bool(true))).then_some(()),
        )
        .await;
    }

    fn in_vain(&self, what: &str, expression: &str) -> String {
        let (console, failures) = (self.record.console(), self.record.failures());
        format!("{what}\n  {expression}\n  console: {console:#?}\n  failed requests: {failures:#?}")
    }

    /// Presses and lets go of a key: `Enter`, `Escape`, `Tab`, `ArrowDown`, or a character.
    pub async fn press(&self, key: &str) {
        let known = keys::get_key_definition(key);
        let text = known
            .and_then(|known| known.text)
            .or((key.chars().count() == 1).then_some(key));
        let mut event = DispatchKeyEventParams::builder().key(key);
        if let Some(known) = known {
            let number = known.key_code;
            event = event
                .code(known.code)
                .windows_virtual_key_code(number)
                .native_virtual_key_code(number);
        }
        let down = match text {
            Some(text) => event
                .clone()
                .r#type(DispatchKeyEventType::KeyDown)
                .text(text),
            None => event.clone().r#type(DispatchKeyEventType::RawKeyDown),
        };
        self.tab.execute(down.build().unwrap()).await.unwrap();
        self.tab
            .execute(event.r#type(DispatchKeyEventType::KeyUp).build().unwrap())
            .await
            .unwrap();
    }

    /// Types a text, key by key, wherever the focus is.
    pub async fn type_text(&self, text: &str) {
        for character in text.chars() {
            self.press(character.encode_utf8(&mut [0; 4])).await;
        }
    }

    /// Clicks on the middle of the element an expression gives, once it is there and nothing covers it.
    pub async fn click(&self, what: &str, element: &str) {
        let place = format!(
            "(element => {{
                if (!element) return null;
                element.scrollIntoView({{ block: 'nearest', behavior: 'instant' }});
                const box = element.getBoundingClientRect();
                const x = box.x + box.width / 2, y = box.y + box.height / 2;
                let hit = document.elementFromPoint(x, y);
                while (hit && hit.shadowRoot && hit !== element) {{
                    const inner = hit.shadowRoot.elementFromPoint(x, y);
                    if (!inner || inner === hit) break;
                    hit = inner;
                }}
                return hit && element.contains(hit) ? [x, y] : null;
            }})({element})"
        );
        let (x, y) = wait_or(
            || self.in_vain(&format!("{what}, where it can be clicked"), element),
            async || {
                let answer = self.try_evaluate(&place).await.ok()?;
                serde_json::from_value::<(f64, f64)>(answer).ok()
            },
        )
        .await;
        self.tab.click(Point { x, y }).await.unwrap();
    }

    /// Whether pages may run scripts of their own from now on.
    pub async fn allow_scripts(&self, allowed: bool) {
        let switch = SetScriptExecutionDisabledParams::new(!allowed);
        self.tab.execute(switch).await.unwrap();
    }

    /// From now on the page's machine is so many times slower.
    pub async fn slow_down(&self, times: f64) {
        let rate = SetCpuThrottlingRateParams::new(times);
        self.tab.execute(rate).await.unwrap();
    }

    /// What the browser keeps for the page's origin.
    pub async fn kept(&self) -> Kept {
        let script = "(async () => ({
            cookies: [],
            local: Object.keys(localStorage),
            session: Object.keys(sessionStorage),
            databases: (await indexedDB.databases()).map(one => one.name),
            caches: await caches.keys(),
            workers: (await navigator.serviceWorker.getRegistrations()).map(one => one.scope),
        }))()";
        let mut kept: Kept = self.evaluate(script).await;
        let cookies = self.tab.get_cookies().await.unwrap();
        kept.cookies = cookies.into_iter().map(|cookie| cookie.name).collect();
        kept
    }

    /// Waits until what the browser has already told has been written down.
    pub async fn settle(&self) {
        // Messages come in order: after two questions and answers, what came before the first is in the record.
        for _ in 0..2 {
            self.evaluate::<Value>("new Promise(done => setTimeout(done, 50))")
                .await;
        }
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.messages.abort();
    }
}
