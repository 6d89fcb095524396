//! What the log says. Events go into a [`Log`], which gives them back visit by visit; [`figures`]
//! counts them; `text`, `table` and `page` only arrange what was counted. Where events and call logs
//! come from is the caller's business, and so is the clock.

pub mod action;
mod counting;
pub mod desk;
pub mod digest;
pub mod figures;
pub mod log;
pub mod names;
pub mod page;
pub mod period;
mod plain;
pub mod saved;
pub mod say;
pub mod table;
pub mod text;
pub mod words;

pub use desk::Claims;
pub use figures::{Given, Report};
pub use log::Log;
pub use names::Names;
pub use period::{DatedBy, Period};
pub use saved::Minutes;
