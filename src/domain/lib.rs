//! The business of Guichet in plain types: what a merchant writes, when his people
//! answer, what a shopper did. No I/O, no clock, no randomness, no search engine:
//! time and chance come in as arguments, so that every figure shown can be proved by a test.

pub mod channel;
pub mod civil;
pub mod contact;
pub mod deadline;
pub mod deflection;
pub mod document;
pub mod event;
pub mod experiment;
pub mod holiday;
pub mod hours;
pub mod lang;
pub mod promise;
pub mod rich;
pub mod say;
pub mod scrub;
pub mod site;
pub mod statistics;
pub mod zone;
