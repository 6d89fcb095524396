//! Search: text analysis, the index, ranking and abstention. The one home of text analysis,
//! for indexing and querying, native and in the browser. It reads and writes postings with
//! tantivy, and ranks them by its own documented formula (`rank`), so that every hit can be explained.
//!
//! The way of a query: `analysis` cuts it into words and concepts, `query` makes each a slot
//! of index terms with how they match and asks `intents` what is meant, `rank` scores documents by slot, `passage` marks what matched.

pub mod analysis;
pub mod confidence;
mod expressions;
pub mod fold;
pub mod index;
pub mod intents;
pub mod lexicon;
pub mod passage;
mod postings;
pub mod query;
pub mod rank;
pub mod sorted;
pub mod stem;
pub mod typo;
pub mod vocabulary;
pub mod weights;
pub mod words;
pub mod writer;

pub use index::{Index, OpenError, Opening, Step};
pub use intents::{About, Intents};
pub use lexicon::Lexicon;
pub use rank::{Hit, Outcome};
pub use weights::Weights;
pub use writer::{Row, RowKind, write};
