//! CRC-32 without ready-made tables: the files of a bundle are small, and the tables of the
//! fast way are 16 kB in each of the files a shopper downloads.

/// The CRC-32 of ISO 3309 (as in gzip), from a table of 256 that is made on the spot.
pub fn crc32(bytes: &[u8]) -> u32 {
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
    fn the_check_value_of_the_standard_comes_out() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        assert_eq!(crc32(b""), 0);
    }
}
