//! From a merchant's files to a bundle: reads FAQ entries, terms and settings, cuts clauses,
//! checks everything together, and builds what the browser downloads. Native only.

pub mod bundle;
pub mod check;
pub mod corpus;
pub mod faq;
pub mod lexicons;
pub mod markdown;
pub mod problem;
pub mod settings;
pub mod site;
pub mod sources;
pub mod terms;
