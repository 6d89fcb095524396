//! Reads tantivy's posting lists: which rows hold a term, and how often.
//!
//! tantivy's own way to them leads through its `SegmentReader`, which brings the columnar
//! reader, the document store and 300 kB of unrolled bit unpacking into what the shopper
//! downloads. This is the same format in a loop; a test compares it with tantivy's reader,
//! list by list.
//!
//! ```text
//! fewer than 128 rows   vint(rows, as gaps) vint(frequencies)
//! 128 rows or more      vint(length of skips) skips blocks rest
//!   skip, 8 bytes       last row u32 | bits of a gap (low 5 bits; bit 6: gaps less one) |
//!                       bits of a frequency less one | 2 bytes of no use here
//!   block               128 gaps, then 128 frequencies, each bit-packed in four lanes
//!   rest                vint(rows) vint(frequencies) of those that fill no block
//! ```
//! In a vint the high bit marks the last byte.

/// Rows of a block.
const BLOCK: usize = 128;
const LANES: usize = 4;
const SKIP_BYTES: usize = 8;

/// Calls `visit(row, frequency)` for every row of the list of `count` rows that the bytes begin
/// with, in order. `None` where the bytes end too early.
pub(crate) fn read(mut bytes: &[u8], count: usize, mut visit: impl FnMut(u32, u32)) -> Option<()> {
    let mut before = 0;
    if count >= BLOCK {
        let (skips, mut blocks) = skips(bytes, count)?;
        for skip in skips.chunks_exact(SKIP_BYTES) {
            let (gap_bits, less_one) = (skip[4] & 0x1f, skip[4] >> 6 & 1 == 1);
            let gaps = unpack(&mut blocks, gap_bits)?;
            let frequencies = unpack(&mut blocks, skip[5])?;
            let mut row = if less_one && before == 0 {
                u32::MAX
            } else {
                before
            };
            for (gap, frequency) in gaps.into_iter().zip(frequencies) {
                row = row.wrapping_add(gap).wrapping_add(u32::from(less_one));
                visit(row, frequency.wrapping_add(u32::from(less_one)));
            }
            before = row;
        }
        bytes = blocks;
    }
    let rest = count % BLOCK;
    let mut frequencies = skip_vints(bytes, rest)?;
    for _ in 0..rest {
        before = before.wrapping_add(vint(&mut bytes)?);
        visit(before, vint(&mut frequencies)?);
    }
    Some(())
}

/// What follows the list of `count` rows that the bytes begin with. `None` where the bytes end too early.
pub(crate) fn skip(mut bytes: &[u8], count: usize) -> Option<&[u8]> {
    if count >= BLOCK {
        let (skips, blocks) = skips(bytes, count)?;
        let skips = skips.chunks_exact(SKIP_BYTES);
        let bits = skips.map(|skip| usize::from(skip[4] & 0x1f) + usize::from(skip[5]));
        bytes = blocks.get(bits.sum::<usize>() * BLOCK / 8..)?;
    }
    skip_vints(bytes, count % BLOCK * 2)
}

/// What is said of the full blocks of a list, and the bytes from the first block on.
fn skips(mut bytes: &[u8], count: usize) -> Option<(&[u8], &[u8])> {
    let length = usize::try_from(vint(&mut bytes)?).ok()?;
    let (skips, blocks) = bytes.split_at_checked(length)?;
    Some((skips.get(..count / BLOCK * SKIP_BYTES)?, blocks))
}

/// What follows so many numbers.
fn skip_vints(bytes: &[u8], count: usize) -> Option<&[u8]> {
    let mut last = (0..bytes.len()).filter(|at| bytes[*at] & 0x80 != 0);
    match count.checked_sub(1) {
        Some(before) => bytes.get(last.nth(before)? + 1..),
        None => Some(bytes),
    }
}

/// Writes a number to be read by [`vint`].
pub(crate) fn push_vint(bytes: &mut Vec<u8>, mut number: u32) {
    while number > 0x7f {
        bytes.push(number.to_le_bytes()[0] & 0x7f);
        number >>= 7;
    }
    bytes.push(number.to_le_bytes()[0] | 0x80);
}

/// A number in 7-bit groups, the lowest first; the last byte has its high bit set.
pub(crate) fn vint(bytes: &mut &[u8]) -> Option<u32> {
    let mut value = 0_u32;
    for shift in (0..35).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u32::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 != 0 {
            return Some(value);
        }
    }
    None
}

/// 128 numbers of so many bits. Number `i` is the `i / 4`th of lane `i % 4`; a lane's bits
/// stand in little-endian words, of which the four lanes have one each in turn.
fn unpack(bytes: &mut &[u8], bits: u8) -> Option<[u32; BLOCK]> {
    let bits = usize::from(bits);
    let (packed, rest) = bytes.split_at_checked(bits * BLOCK / 8)?;
    *bytes = rest;
    let mut out = [0; BLOCK];
    if bits == 0 {
        return Some(out);
    }
    let word = |lane: usize, at: usize| -> u64 {
        let start = (at * LANES + lane) * 4;
        let bytes = packed
            .get(start..start + 4)
            .and_then(|bytes| bytes.try_into().ok());
        bytes.map_or(0, |bytes| u64::from(u32::from_le_bytes(bytes)))
    };
    let mask = (1_u64 << bits) - 1;
    for (i, value) in out.iter_mut().enumerate() {
        let bit = i / LANES * bits;
        let (at, shift) = (bit / 32, bit % 32);
        let both = word(i % LANES, at) | word(i % LANES, at + 1) << 32;
        *value = u32::try_from(both >> shift & mask).unwrap_or(0);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use tantivy::directory::RamDirectory;
    use tantivy::postings::Postings;
    use tantivy::schema::{IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
    use tantivy::tokenizer::{PreTokenizedString, Token};
    use tantivy::{DocSet, SegmentReader, TERMINATED, TantivyDocument};

    /// An index of `rows` rows in which term `n` stands in every `n`th row, up to 5 times.
    fn reader(rows: u32) -> SegmentReader {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("raw")
            .set_index_option(IndexRecordOption::WithFreqs);
        let mut builder = Schema::builder();
        let field =
            builder.add_text_field("f", TextOptions::default().set_indexing_options(indexing));
        let mut writer = tantivy::Index::builder()
            .schema(builder.build())
            .single_segment_index_writer::<TantivyDocument>(RamDirectory::create(), 50_000_000)
            .unwrap();
        for row in 0..rows {
            let tokens = [1, 2, 3, 7, 50, 300, 900]
                .into_iter()
                .filter(|n| row % n == n / 2)
                .flat_map(|n| {
                    (0..=(row / n) % 5).map(move |_| Token {
                        text: n.to_string(),
                        position: 0,
                        ..Token::default()
                    })
                })
                .collect();
            let mut document = TantivyDocument::default();
            document.add_pre_tokenized_text(
                field,
                PreTokenizedString {
                    text: String::new(),
                    tokens,
                },
            );
            writer.add_document(document).unwrap();
        }
        let index = writer.finalize().unwrap();
        SegmentReader::open(&index.searchable_segments().unwrap()[0]).unwrap()
    }

    fn check(rows: u32) {
        let reader = reader(rows);
        let field = reader.schema().get_field("f").unwrap();
        let inverted = reader.inverted_index(field).unwrap();
        let file = reader
            .open_read(tantivy::index::SegmentComponent::Postings)
            .unwrap();
        let composite = tantivy::directory::CompositeFile::open(&file).unwrap();
        let bytes = composite.open_read(field).unwrap().read_bytes().unwrap();
        // The first 8 bytes of a field's postings are its number of tokens.
        let lists = &bytes[8..];
        let mut terms = inverted.terms().stream().unwrap();
        while let Some((term, info)) = terms.next() {
            let mut theirs = Vec::new();
            let mut postings = inverted
                .read_postings_from_terminfo(info, IndexRecordOption::WithFreqs)
                .unwrap();
            while postings.doc() != TERMINATED {
                theirs.push((postings.doc(), postings.term_freq()));
                postings.advance();
            }
            let mut ours = Vec::new();
            let (list, count) = (&lists[info.postings_range.start..], info.doc_freq as usize);
            read(list, count, |row, n| ours.push((row, n))).unwrap();
            assert_eq!(
                skip(list, count).unwrap().len(),
                lists.len() - info.postings_range.end,
                "where the next list begins"
            );
            assert_eq!(ours, theirs, "{} of {rows}", String::from_utf8_lossy(term));
        }
    }

    #[test]
    fn every_list_reads_as_tantivy_reads_it() {
        for rows in [1, 127, 128, 129, 256, 5_000] {
            check(rows);
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused_in_peace(bytes in prop::collection::vec(any::<u8>(), 0..300), count in 0_usize..400) {
            let mut rows = 0;
            let done = read(&bytes, count, |_, _| rows += 1);
            prop_assert!(done.is_none() || rows == count);
            prop_assert!(done.is_none() || skip(&bytes, count).is_some());
        }
    }
}
