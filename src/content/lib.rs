//! From a merchant's files to a bundle: reads FAQ entries, terms and settings, cuts clauses,
//! checks everything together, and builds what the browser downloads. Native only.

pub mod accept;
pub mod asked;
pub mod bundle;
pub mod check;
pub mod compare;
pub mod corpus;
pub mod deadline;
pub mod docx;
pub mod draft;
pub mod edition;
pub mod experiment;
pub mod faq;
mod files;
mod home;
pub mod lexicons;
pub mod markdown;
mod page;
pub mod problem;
pub mod settings;
pub mod site;
pub mod sources;
pub mod suggest;
pub mod terms;
pub mod terms_file;
