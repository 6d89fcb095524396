//! The one file that reads the clock and draws random numbers. Everything else is handed
//! a moment or an id.

use crate::prelude::window;
use guichet_domain::event::RandomId;
use guichet_domain::zone::Timestamp;

/// The shopper's clock, now.
pub(crate) fn now() -> Timestamp {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "Date.now() is a whole number far below 2^53"
    )]
    Timestamp(js_sys::Date::now() as i64)
}

/// A fresh random id.
pub(crate) fn random_id() -> RandomId {
    let mut bytes = [0_u8; 16];
    let drawn = window()
        .crypto()
        .and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes));
    if drawn.is_err() {
        // No `crypto` (a page that removed it): ids only have to be unlikely to meet again.
        for byte in &mut bytes {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "random() is in 0..1"
            )]
            let random = (js_sys::Math::random() * 256.0) as u8;
            *byte = random;
        }
    }
    RandomId(u128::from_le_bytes(bytes))
}
