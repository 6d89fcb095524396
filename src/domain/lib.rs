//! The business of Guichet in plain types: what a merchant writes, when his people
//! answer, what a shopper did. No I/O, no clock, no randomness, no search engine:
//! time and chance come in as arguments, so that every figure shown can be proved by a test.

pub mod channel;
pub mod civil;
pub mod claim;
pub mod contact;
pub mod deadline;
pub mod deflection;
pub mod document;
pub mod event;
pub mod experiment;
pub mod holiday;
pub mod hours;
pub mod indicator;
pub mod lang;
pub mod letters;
pub mod notice;
pub mod promise;
pub mod rich;
pub mod say;
pub mod scrub;
pub mod site;
pub mod statistics;
pub mod suggestion;
pub mod tracking;
pub mod zone;
