//! [`FileRef::verify`] without the formatting machinery, which the panel does not carry.

use guichet_bundle::checksum::crc32;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_agrees_with_what_the_bundle_writes() {
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
