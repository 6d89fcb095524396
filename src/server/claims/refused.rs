//! Why something about a claim is refused. The API says it as `{code, detail}`, the pages in
//! the shopper's language.

use crate::error::MAX_BODY_BYTES;
use crate::store::StoreError;
use axum::http::StatusCode;
use guichet_domain::claim::form::{Fault, MAX_FILE_BYTES, MAX_FILES, Problem};
use guichet_domain::claim::step::Refusal;
use guichet_domain::lang::Lang;
use guichet_domain::say;
use guichet_domain::tracking::TrackingError;

/// A refusal.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refused {
    #[error(
        "the site `{0}` takes no claims here\nhint: write `[claims]` in its `site.toml`, and start the server with `--site`"
    )]
    NoDesk(String),
    #[error("the form cannot be taken: {}", list(.0))]
    Invalid(Vec<Fault>),
    #[error("the message cannot be taken: it {0}")]
    Message(Problem),
    #[error(
        "the rating cannot be taken: expected `delay` and `listened` from 1 to 5, and a line of at most 300 characters"
    )]
    Rating,
    #[error("something else was sent with this key\nhint: draw a new key for a new claim")]
    KeyReused,
    #[error("this slot has been taken meanwhile\nhint: ask for the slots again")]
    SlotTaken,
    #[error("{0}")]
    Number(#[from] TrackingError),
    #[error("there is no claim with this number")]
    NoClaim,
    #[error(
        "this does not open the claim\nhint: show the code of the receipt, or a pass, as `Authorization: Bearer …`; a link is used once"
    )]
    NoAccess,
    #[error("{0}")]
    NotPossible(Refusal),
    #[error("a claim has at most {MAX_FILES} files")]
    TooManyFiles,
    #[error("a file has at most {MAX_FILE_BYTES} bytes")]
    FileTooLarge,
    #[error(
        "expected photographs (JPEG, PNG, WebP, HEIC) or PDF, found something else\nhint: the bytes count, not the name"
    )]
    FileKind,
    #[error("the form did not arrive whole or is not `multipart/form-data`")]
    BadForm,
    #[error("the texts are longer than {MAX_BODY_BYTES} bytes")]
    TextsTooLarge,
    #[error("a page of another site sent this\nhint: use the form of this site")]
    CrossSite,
    #[error("something went wrong here\nhint: send again later; the server's log says more")]
    Store(#[from] StoreError),
}

fn list(faults: &[Fault]) -> String {
    let faults = faults.iter().map(|fault| {
        let field = format!("{:?}", fault.field).to_lowercase();
        format!("`{field}` {}", fault.problem)
    });
    faults.collect::<Vec<_>>().join(", ")
}

impl Refused {
    /// Status and stable code.
    pub(crate) fn status_and_code(&self) -> (StatusCode, &'static str) {
        use StatusCode as S;
        match self {
            Self::NoDesk(_) => (S::NOT_FOUND, "claims_not_taken"),
            Self::Invalid(_) => (S::UNPROCESSABLE_ENTITY, "invalid_claim"),
            Self::Message(_) => (S::UNPROCESSABLE_ENTITY, "invalid_message"),
            Self::Rating => (S::UNPROCESSABLE_ENTITY, "invalid_rating"),
            Self::KeyReused => (S::CONFLICT, "key_reused"),
            Self::SlotTaken => (S::CONFLICT, "slot_taken"),
            Self::Number(_) => (S::UNPROCESSABLE_ENTITY, "mistyped_number"),
            Self::NoClaim => (S::NOT_FOUND, "no_claim"),
            Self::NoAccess => (S::FORBIDDEN, "no_access"),
            Self::NotPossible(_) => (S::CONFLICT, "not_possible"),
            Self::TooManyFiles => (S::UNPROCESSABLE_ENTITY, "too_many_files"),
            Self::FileTooLarge => (S::PAYLOAD_TOO_LARGE, "file_too_large"),
            Self::FileKind => (S::UNSUPPORTED_MEDIA_TYPE, "file_not_taken"),
            Self::BadForm => (S::BAD_REQUEST, "bad_form"),
            Self::TextsTooLarge => (S::PAYLOAD_TOO_LARGE, "too_large"),
            Self::CrossSite => (S::FORBIDDEN, "cross_site"),
            Self::Store(_) => (S::INTERNAL_SERVER_ERROR, "internal"),
        }
    }

    /// The faults of a form, for the API's answer.
    pub(crate) fn faults(&self) -> &[Fault] {
        match self {
            Self::Invalid(faults) => faults,
            _ => &[],
        }
    }

    /// For the shopper: what happened and what to do.
    pub(crate) fn say(&self, lang: Lang) -> String {
        match self {
            Self::Number(error) => say::claim::tracking_error(lang, error),
            Self::Message(problem) => say::claim::message_fault(lang, *problem).to_owned(),
            Self::NotPossible(Refusal::Rated) => say::claim::rated(lang).to_owned(),
            _ => say::claim::refused(lang, self.status_and_code().1).to_owned(),
        }
    }
}
