//! `/console/sign-in`, `/console/sign-out` and `/console/language`.

use super::guard::{Posted, SameSite, Secure};
use super::refused::Refused;
use crate::App;
use crate::accounts::session::forget;
use crate::accounts::sign_in::{SignInError, sign_in};
use crate::extract::Admitted;
use crate::html::fields::Fields;
use crate::html::{Page, Pick as _, language};
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use guichet_domain::lang::Lang;
use maud::html;

/// `GET /console/sign-in`.
pub(super) async fn get(
    State(app): State<App>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let query = Fields::parse(query.unwrap_or_default().as_bytes());
    let nobody = app.store.users().await?.is_empty();
    Ok(page(language(&headers), "", query.get("to"), None, nobody).respond(StatusCode::OK))
}

/// `POST /console/sign-in`.
pub(super) async fn post(
    State(app): State<App>,
    _: Admitted,
    _: SameSite,
    Secure(secure): Secure,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, Refused> {
    let (name, to) = (fields.get("name"), fields.get("to"));
    match sign_in(&app, name, fields.get("password"), app.clock.now()).await {
        Ok(token) => {
            let cookie = [(header::SET_COOKIE, token.cookie(secure))];
            Ok((cookie, Redirect::to(inside(to))).into_response())
        }
        Err(SignInError::Store(error)) => Err(error.into()),
        Err(error) => {
            let status = match error {
                SignInError::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            };
            Ok(page(language(&headers), name, to, Some(&error), false).respond(status))
        }
    }
}

/// `POST /console/sign-out`.
pub(super) async fn sign_out(
    State(app): State<App>,
    Secure(secure): Secure,
    posted: Posted,
) -> Result<Response, Refused> {
    app.store.end_session(posted.visitor.token.hash()).await?;
    let cookie = [(header::SET_COOKIE, forget(secure))];
    Ok((cookie, Redirect::to("/console/sign-in")).into_response())
}

/// `GET /console/language?to=en`: keeps a language in a cookie. It changes nothing but the wording.
pub(super) async fn set_language(RawQuery(query): RawQuery) -> Response {
    let query = Fields::parse(query.unwrap_or_default().as_bytes());
    let lang = Lang::from_tag(query.get("to")).unwrap_or(Lang::Fr);
    let cookie =
        format!("guichet_lang={lang}; Path=/console; Max-Age=31536000; HttpOnly; SameSite=Lax");
    ([(header::SET_COOKIE, cookie)], Redirect::to("/console")).into_response()
}

/// An address within the console; anything else would be a way to lead people elsewhere.
fn inside(to: &str) -> &str {
    let fine = (to == "/console" || to.starts_with("/console/") || to.starts_with("/console?"))
        && to.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    if fine { to } else { "/console" }
}

fn page(lang: Lang, name: &str, to: &str, error: Option<&SignInError>, nobody: bool) -> Page {
    let title = lang.pick("Connexion", "Sign in");
    let main = html! {
        h1 { (title) }
        @if let Some(error) = error {
            p.notice.bad role="alert" #fault {
                @match error {
                    SignInError::TooMany(seconds) => {
                        (lang.pick("Trop d’essais. Réessayez dans ", "Too many tries. Try again in "))
                        (seconds) " s."
                    }
                    _ => (lang.pick(
                        "Le nom ou le mot de passe ne convient pas.",
                        "The name or the password is not right.",
                    ))
                }
            }
        }
        @if nobody {
            div.notice {
                p { (lang.pick("Personne n’a encore de compte ici. Sur le serveur, créez le premier :", "Nobody has an account here yet. On the server, make the first one:")) }
                p { code { "guichet users add NAME --role owner" } }
            }
        }
        form.card method="post" action="/console/sign-in" {
            input type="hidden" name="to" value=(to);
            div.field {
                label for="name" { (lang.pick("Nom", "Name")) }
                input #name name="name" value=(name) autocomplete="username" autocapitalize="none" spellcheck="false" required maxlength="64" aria-describedby=[error.map(|_| "fault")];
            }
            div.field {
                label for="password" { (lang.pick("Mot de passe", "Password")) }
                input #password name="password" type="password" autocomplete="current-password" required;
            }
            button { (lang.pick("Se connecter", "Sign in")) }
        }
        p.muted.small {
            (lang.pick("Mot de passe oublié ? ", "Password forgotten? "))
            (lang.pick("La personne responsable du serveur peut vous en donner un autre avec ", "Whoever runs the server can give you another one with "))
            code { "guichet users password" } "."
        }
    };
    Page {
        lang,
        title: format!("{title} · Guichet"),
        header: super::frame::signed_out_bar(lang),
        main,
        wide: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_signing_in_nobody_is_led_out_of_the_console() {
        for to in ["/console", "/console/claims/7H2K", "/console?team=retours"] {
            assert_eq!(inside(to), to);
        }
        for to in [
            "",
            "https://evil.example",
            "//evil.example",
            "/consolexyz",
            "/console/\\evil.example",
            "/console\r\nX: y",
        ] {
            assert_eq!(inside(to), "/console", "{to:?}");
        }
    }
}
