//! The engine as a WebAssembly module: `search` behind wasm-bindgen, which is what the panel needs
//! only once something is asked. Offsets into text are in UTF-16 units, as JavaScript counts them.

use guichet_search::passage::excerpt;
use guichet_search::query::Query;
use guichet_search::{Index, OpenError, Outcome, Step};
use std::ops::Range;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// An open index.
#[wasm_bindgen]
pub struct Engine {
    index: Rc<Index>,
}

/// An index that is being opened.
#[wasm_bindgen]
pub struct Opening(Option<guichet_search::Opening>);

#[wasm_bindgen]
impl Opening {
    /// Begins to open an index file; throws an `Error` that says what is wrong with it.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: &[u8]) -> Result<Opening, JsError> {
        let opening = guichet_search::Opening::new("index", bytes).map_err(told)?;
        Ok(Self(Some(opening)))
    }

    /// Goes on with the next part: the engine once all is open; throws as the constructor does.
    pub fn step(&mut self) -> Result<Option<Engine>, JsError> {
        match self.0.take().map(guichet_search::Opening::step) {
            Some(Ok(Step::Open(index))) => Ok(Some(Engine {
                index: Rc::new(index),
            })),
            Some(Ok(Step::Further(further))) => {
                self.0 = Some(further);
                Ok(None)
            }
            Some(Err(error)) => Err(told(error)),
            None => Ok(None),
        }
    }
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "stands where `map_err` gives the value away"
)]
fn told(error: OpenError) -> JsError {
    JsError::new(&error.to_string())
}

/// What a query finds, and where it is found in a text.
#[wasm_bindgen]
pub struct Results {
    index: Rc<Index>,
    query: Query,
    outcome: Outcome,
}

#[wasm_bindgen]
impl Engine {
    /// The best `limit` rows for any text.
    pub fn search(&self, query: &str, limit: usize) -> Results {
        let query = Query::new(&self.index, query);
        Results {
            index: self.index.clone(),
            outcome: self.index.rank(&query, limit),
            query,
        }
    }
}

#[wasm_bindgen]
impl Results {
    /// Rows of the pack, best first.
    #[wasm_bindgen(getter)]
    pub fn rows(&self) -> Vec<u32> {
        self.outcome.hits.iter().map(|hit| hit.row).collect()
    }

    /// Their scores.
    #[wasm_bindgen(getter)]
    pub fn scores(&self) -> Vec<f32> {
        self.outcome.hits.iter().map(|hit| hit.score).collect()
    }

    /// Nothing answers this exactly; rows are only the nearest.
    #[wasm_bindgen(getter)]
    pub fn declined(&self) -> bool {
        self.outcome.declined
    }

    /// Flat pairs of begin and end: first of the part of `text` to show, at most `max_chars` characters long, then of
    /// the words in it that match.
    pub fn excerpt(&self, text: &str, max_chars: usize) -> Vec<u32> {
        let passages = self.index.passages(&self.query, text);
        let part = excerpt(text, &passages, max_chars);
        let within =
            |passage: &&Range<usize>| part.start <= passage.start && passage.end <= part.end;
        let mut offsets = utf16_offsets(text, [part.start, part.end]);
        let passages = passages.iter().filter(within);
        offsets.extend(utf16_offsets(
            text,
            passages.flat_map(|passage| [passage.start, passage.end]),
        ));
        offsets
    }
}

/// Ascending byte offsets as UTF-16 offsets, in one pass.
fn utf16_offsets(text: &str, offsets: impl IntoIterator<Item = usize>) -> Vec<u32> {
    let mut chars = text.char_indices().peekable();
    let mut units = 0_u32;
    let mut out = Vec::new();
    for offset in offsets {
        while let Some((at, c)) = chars.peek().copied() {
            if at >= offset {
                break;
            }
            units += if c.len_utf16() == 2 { 2 } else { 1 };
            chars.next();
        }
        out.push(units);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_counted_as_javascript_counts_them() {
        // é: 2 bytes, 1 unit; 🎒: 4 bytes, 2 units.
        assert_eq!(utf16_offsets("é🎒a", [0, 2, 6, 7]), [0, 1, 3, 4]);
    }
}
