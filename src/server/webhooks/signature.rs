//! What proves a delivery: HMAC-SHA256 over the moment it was sent and its body, so that neither
//! can be changed, and an old delivery can't be played again.

use crate::accounts::session::hex;
use guichet_domain::zone::Timestamp;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// `t=<unix seconds>,v1=<64 hexadecimal digits>`; the signed text is `<unix seconds>.<body>`.
pub(super) fn header(secret: &str, now: Timestamp, body: &str) -> Result<String, String> {
    let seconds = now.0.div_euclid(1000);
    let mut mac =
        Hmac::<Sha256>::new_from_slice(secret.as_bytes()).map_err(|error| error.to_string())?;
    mac.update(seconds.to_string().as_bytes());
    mac.update(b".");
    mac.update(body.as_bytes());
    Ok(format!(
        "t={seconds},v1={}",
        hex(&mac.finalize().into_bytes())
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_what_openssl_makes_of_moment_and_body() {
        // printf '1339239600.{"a":1}' | openssl dgst -sha256 -hmac 'a secret of some length'
        let expected = "5ada699366e775337801841d8f48881b2af4bbb2dc0937a8248ef019ee8aa5f2";
        let header = header(
            "a secret of some length",
            Timestamp(1_339_239_600_999),
            r#"{"a":1}"#,
        )
        .unwrap();
        assert_eq!(header, format!("t=1339239600,v1={expected}"));
    }

    #[test]
    fn another_moment_body_or_secret_is_another_signature() {
        let sign = |secret, now, body| header(secret, Timestamp(now), body).unwrap();
        let signed = sign("secret", 0, "body");
        for other in [
            sign("secrets", 0, "body"),
            sign("secret", 1000, "body"),
            sign("secret", 0, "bodies"),
        ] {
            assert_ne!(other, signed);
        }
    }
}
