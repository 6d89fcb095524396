//! The frame of a binary file: named parts behind a checksum.
//!
//! ```text
//! offset  0        8        12        16       20
//!         GUICHET\n| format | crc32   | count  | count × { name_len u16, name, size u32 } | parts, one after another
//! ```
//! Numbers are little-endian; the checksum covers everything behind it.

use crate::checksum::crc32;
use crate::{BundleError, FORMAT, check_format, malformed};

const MAGIC: &[u8; 8] = b"GUICHET\n";
const HEADER_BYTES: usize = 16;
/// More parts than any index of ours has; bounds what a damaged count can ask for.
const MAX_PARTS: u32 = 64;

/// Writes named parts, in the order given.
pub fn encode(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let length = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes();
    let mut body = Vec::new();
    body.extend(length(parts.len()));
    for (name, bytes) in parts {
        body.extend(u16::try_from(name.len()).unwrap_or(u16::MAX).to_le_bytes());
        body.extend(name.as_bytes());
        body.extend(length(bytes.len()));
    }
    for (_, bytes) in parts {
        body.extend(bytes);
    }
    let mut out = Vec::with_capacity(HEADER_BYTES + body.len());
    out.extend(MAGIC);
    out.extend(FORMAT.to_le_bytes());
    out.extend(crc32(&body).to_le_bytes());
    out.extend(body);
    out
}

/// Reads named parts back; they borrow from `bytes`. `file` names the file in errors.
pub fn decode<'a>(file: &str, bytes: &'a [u8]) -> Result<Vec<(&'a str, &'a [u8])>, BundleError> {
    let mut rest = Reader { file, bytes };
    if rest.take(MAGIC.len())? != MAGIC {
        return Err(malformed(file, "it does not begin with `GUICHET`"));
    }
    check_format(rest.u32()?)?;
    let expected = rest.u32()?;
    let found = crc32(rest.bytes);
    if found != expected {
        return Err(BundleError::Damaged {
            file: file.to_owned(),
            expected: format!("checksum {expected:08x}"),
            found: format!("{found:08x}"),
        });
    }
    let count = rest.u32()?;
    if count > MAX_PARTS {
        return Err(malformed(file, format!("it claims {count} parts")));
    }
    let mut heads = Vec::new();
    for _ in 0..count {
        let name_length = u16::from_le_bytes(rest.array()?);
        let name = std::str::from_utf8(rest.take(name_length.into())?)
            .map_err(|error| malformed(file, error))?;
        heads.push((name, rest.u32()? as usize));
    }
    let mut parts = Vec::new();
    for (name, size) in heads {
        parts.push((name, rest.take(size)?));
    }
    Ok(parts)
}

struct Reader<'a, 'f> {
    file: &'f str,
    bytes: &'a [u8],
}

impl<'a> Reader<'a, '_> {
    fn take(&mut self, n: usize) -> Result<&'a [u8], BundleError> {
        let (head, tail) = self
            .bytes
            .split_at_checked(n)
            .ok_or_else(|| malformed(self.file, "it ends too early"))?;
        self.bytes = tail;
        Ok(head)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], BundleError> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N)?);
        Ok(array)
    }

    fn u32(&mut self) -> Result<u32, BundleError> {
        Ok(u32::from_le_bytes(self.array()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::OLDEST;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn parts_come_back_as_they_were(parts in prop::collection::vec(("[a-z.]{0,12}", prop::collection::vec(any::<u8>(), 0..50)), 0..6)) {
            let named: Vec<_> = parts.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())).collect();
            let bytes = encode(&named);
            let back = decode("x", &bytes).unwrap();
            let expected: Vec<_> = parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
            prop_assert_eq!(back, expected);
        }

        #[test]
        fn one_changed_byte_is_noticed(at in 8_usize..40, change in 1_u8..) {
            let mut bytes = encode(&[("a", vec![7; 40])]);
            bytes[at] ^= change;
            prop_assert!(decode("x", &bytes).is_err());
        }

        #[test]
        fn any_bytes_are_refused_in_peace(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(decode("x", &bytes).is_err());
        }
    }

    #[test]
    fn a_newer_and_an_older_format_are_told_apart_from_damage() {
        let of_format = |format: u32| {
            let mut bytes = encode(&[]);
            bytes[8..12].copy_from_slice(&format.to_le_bytes());
            decode("x", &bytes).map(|_| ()).unwrap_err()
        };
        assert!(
            matches!(of_format(FORMAT + 1), BundleError::Newer { found } if found == FORMAT + 1)
        );
        for format in [0, OLDEST - 1] {
            assert!(matches!(of_format(format), BundleError::Older { found } if found == format));
        }
    }
}
