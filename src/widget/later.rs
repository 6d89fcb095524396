//! The second part of the module, which a browser fetches once the panel is open: everything
//! that needs the content. `cargo xtask build-web` cuts the module at [`load`]; what is reached
//! only through [`Later`] lands in a file of its own, so that the panel is useful before.

#![expect(clippy::unnecessary_wraps, reason = "the macro returns its own error")]

use crate::engine::Engine;
use crate::json::Reading;
use crate::loading::Load;
use crate::prelude::AnyView;
use crate::search::Outcome;
use crate::signal::Signal;
use crate::state::App;
use crate::{dom, search, views};
use guichet_bundle::BundleError;
use guichet_bundle::edition::Edition;
use guichet_bundle::pack::Pack;
use guichet_domain::document::{Clause, FaqEntry};
use std::cell::RefCell;
use std::ops::Deref;
use std::rc::Rc;
use wasm_split_helpers::wasm_split;

/// The content, and the code that shows it.
pub(crate) struct Content {
    pack: Pack,
    pub(crate) later: &'static Later,
    /// Name and content of the earlier version of the terms that an order falls under.
    pub(crate) edition: RefCell<(String, Load<Rc<Edition>>)>,
    pub(crate) edition_came: Signal<()>,
}

impl Deref for Content {
    type Target = Pack;

    fn deref(&self) -> &Pack {
        &self.pack
    }
}

/// The ways into the second part. A call through it cannot be made before it is there.
pub(crate) struct Later {
    /// What it looks like.
    pub(crate) style: &'static str,
    read: fn(&str, &[u8]) -> Result<Reading, BundleError>,
    step: fn(&mut Reading) -> Result<bool, BundleError>,
    pub(crate) find: fn(App, &Engine, &Pack, String) -> Outcome,
    pub(crate) list: fn(App, &Outcome) -> AnyView,
    pub(crate) answer: fn(App, &FaqEntry) -> AnyView,
    pub(crate) clause: fn(App, &Rc<Content>, &Clause) -> AnyView,
}

impl Later {
    /// Reads the content, some documents at a time.
    pub(crate) async fn content(
        &'static self,
        file: &str,
        bytes: &[u8],
    ) -> Result<Content, BundleError> {
        let mut reading = (self.read)(file, bytes)?;
        loop {
            dom::pause().await;
            if !(self.step)(&mut reading)? {
                break;
            }
        }
        Ok(Content {
            pack: reading.pack,
            later: self,
            edition: RefCell::new((String::new(), Load::Waiting)),
            edition_came: Signal::new(()),
        })
    }
}

/// Fetches the second part, once; a failure may be tried again.
#[wasm_split(later, fallible)]
pub(crate) fn load() -> Result<&'static Later, wasm_split_helpers::SplitLoaderError> {
    static LATER: Later = Later {
        style: include_str!(concat!(env!("OUT_DIR"), "/answers.css")),
        read: Reading::new,
        step: Reading::step,
        find: search::find,
        list: views::results::list,
        answer: views::answer::whole,
        clause: views::clause::whole,
    };
    Ok(&LATER)
}
