//! Signing in: one answer for a name that is not known and a password that does not fit, in the
//! same time, so that nobody learns who works here.

use super::password::Password;
use super::session::Token;
use super::{Deed, UserName};
use crate::App;
use crate::store::StoreError;
use guichet_domain::zone::Timestamp;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Passwords looked at at once; each takes 19 MiB and a core.
const AT_ONCE: usize = 2;

/// A hash that no password fits, of the same cost as a real one.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Why somebody is not let in.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SignInError {
    /// Wrong name or wrong password.
    #[error("the name or the password is wrong")]
    Wrong,
    /// Too many failures; seconds to wait.
    #[error("too many failures\nhint: try again in {0} s")]
    TooMany(u64),
    /// Ours.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Lets somebody in: the token for his cookie.
pub(crate) async fn sign_in(
    app: &App,
    name: &str,
    password: &str,
    now: Timestamp,
) -> Result<Token, SignInError> {
    let name: UserName = name.parse().map_err(|_bad| SignInError::Wrong)?;
    app.brake
        .admit(name.as_str(), now)
        .map_err(SignInError::TooMany)?;
    let kept = app.store.password_of(&name).await?;
    let known = kept.is_some();
    let hash = kept.unwrap_or_else(|| NOBODY.to_owned());
    let Some(password) = Password::typed(password) else {
        return Err(SignInError::Wrong);
    };
    let fits = fits(&app.passwords, password, hash).await;
    if !(known && fits) {
        if known {
            let deed = Deed {
                user: name.as_str(),
                what: "sign_in_failed",
                claim: None,
                detail: "",
            };
            app.store.record(&deed, now).await?;
        }
        return Err(SignInError::Wrong);
    }
    app.brake.release(name.as_str());
    let token = Token::new(&app.random);
    app.store.begin_session(&name, token.hash(), now).await?;
    Ok(token)
}

/// A gate for [`sign_in`], shared by all requests.
pub(crate) fn gate() -> Arc<Semaphore> {
    Arc::new(Semaphore::new(AT_ONCE))
}

async fn fits(gate: &Arc<Semaphore>, password: Password, hash: String) -> bool {
    // It is never closed; if it were, nobody is let in.
    let Ok(_permit) = gate.acquire().await else {
        return false;
    };
    // A panic of the thread lets nobody in either.
    tokio::task::spawn_blocking(move || password.fits(&hash))
        .await
        .unwrap_or(false)
}
