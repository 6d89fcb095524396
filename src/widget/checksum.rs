//! CRC-32 without tables: the files of a bundle are small, and the tables of the fast way are
//! 17 kB of a file that should be 70.

use guichet_bundle::{BundleError, FileRef};

/// Whether `bytes` are what was built; the same answer as [`FileRef::verify`].
pub(crate) fn verify(file: &FileRef, bytes: &[u8]) -> Result<(), BundleError> {
    let damaged = |expected: String, found: String| BundleError::Damaged {
        file: file.name.clone(),
        expected,
        found,
    };
    if bytes.len() as u64 != file.size_bytes {
        let expected = [&file.size_bytes.to_string(), " bytes"].concat();
        return Err(damaged(expected, bytes.len().to_string()));
    }
    let found = crc32(bytes);
    if found != file.crc32 {
        let expected = ["checksum ", &file.crc32.to_string()].concat();
        return Err(damaged(expected, found.to_string()));
    }
    Ok(())
}

/// The CRC-32 of ISO 3309 (as in gzip), from a table of 256 that is made on the spot.
fn crc32(bytes: &[u8]) -> u32 {
    let mut table = [0_u32; 256];
    for (entry, index) in table.iter_mut().zip(0_u32..) {
        *entry = (0..8).fold(index, |crc, _| (crc >> 1) ^ (0xEDB8_8320 * (crc & 1)));
    }
    !bytes.iter().fold(!0, |crc, byte| {
        let [low, ..] = crc.to_le_bytes();
        (crc >> 8) ^ table[usize::from(low ^ byte)]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_agrees_with_what_the_bundle_writes() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        let bytes: Vec<u8> = (0..2000_u32).map(|n| (n * n % 251) as u8).collect();
        let file = FileRef::of("content", "json", &bytes);
        assert!(verify(&file, &bytes).is_ok());
    }

    #[test]
    fn a_file_cut_short_or_changed_is_refused() {
        let file = FileRef::of("content", "json", b"abcdef");
        assert!(verify(&file, b"abcde").is_err());
        assert!(verify(&file, b"abcdeF").is_err());
    }
}
