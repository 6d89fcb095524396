//! Who may see and do what in the console. A page names [`Visitor`], a form [`Posted`]: what
//! reaches a route has passed.

use crate::App;
use crate::accounts::Role;
use crate::accounts::session::{Session, Token, same};
use crate::console::refused::Refused;
use crate::html::fields::Fields;
use crate::html::language;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use guichet_domain::lang::Lang;

/// Somebody who is signed in and looks at a page.
pub(crate) struct Visitor {
    pub(crate) session: Session,
    pub(crate) token: Token,
    pub(crate) lang: Lang,
}

impl Visitor {
    /// His name.
    pub(crate) fn name(&self) -> &str {
        self.session.user.name.as_str()
    }

    /// Whether he may do what this role may.
    pub(crate) fn may(&self, role: Role) -> bool {
        self.session.user.role >= role
    }

    /// Refuses those who may not do what this role may.
    pub(crate) fn needs(&self, role: Role) -> Result<(), Refused> {
        if self.may(role) {
            Ok(())
        } else {
            Err(Refused::Role(role))
        }
    }
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refused> {
        let back = || {
            let asked = parts
                .uri
                .path_and_query()
                .map_or("/console", |path| path.as_str());
            // A form can't be sent again after signing in: back to where it stood is not known here.
            Refused::SignedOut(
                if parts.method == Method::GET {
                    asked
                } else {
                    "/console"
                }
                .to_owned(),
            )
        };
        let token = token(&parts.headers).ok_or_else(back)?;
        let user = app
            .store
            .session_user(token.hash(), app.clock.now())
            .await?;
        let user = user.ok_or_else(back)?;
        Ok(Self {
            session: Session {
                user,
                csrf: token.csrf(),
            },
            token,
            lang: language(&parts.headers),
        })
    }
}

fn token(headers: &HeaderMap) -> Option<Token> {
    let cookies = headers.get_all(header::COOKIE).iter();
    Token::from_cookies(cookies.filter_map(|value| value.to_str().ok()))
}

/// A form of the console, sent from a page of the console by somebody who is signed in.
pub(crate) struct Posted {
    pub(crate) visitor: Visitor,
    pub(crate) fields: Fields,
}

impl FromRequest<App> for Posted {
    type Rejection = Refused;

    async fn from_request(request: Request, app: &App) -> Result<Self, Refused> {
        SameSite::check(request.headers(), app)?;
        let (mut parts, body) = request.into_parts();
        let visitor = Visitor::from_request_parts(&mut parts, app).await?;
        let fields = Fields::from_request(Request::from_parts(parts, body), app).await?;
        if !same(fields.get("csrf"), &visitor.session.csrf) {
            return Err(Refused::CrossSite);
        }
        Ok(Self { visitor, fields })
    }
}

/// The request was not sent by a page of another site, as far as the browser says.
pub(crate) struct SameSite;

impl SameSite {
    fn check(headers: &HeaderMap, app: &App) -> Result<(), Refused> {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let same = match (text("sec-fetch-site"), text("origin")) {
            (Some(from), _) => from == "same-origin" || from == "none",
            // A browser too old to say; the origin it names must be the host it asked.
            (None, Some(origin)) => {
                let forwarded = app.behind_proxy.then(|| text("x-forwarded-host")).flatten();
                let host = forwarded.or_else(|| text("host"));
                let named = origin.split_once("://").map(|(_, host)| host);
                named.is_some() && named == host
            }
            (None, None) => true,
        };
        if same {
            Ok(())
        } else {
            Err(Refused::CrossSite)
        }
    }
}

impl FromRequestParts<App> for SameSite {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Refused> {
        Self::check(&parts.headers, app)?;
        Ok(Self)
    }
}

/// Whether the browser came over https: our own proxy says so.
pub(crate) struct Secure(pub(crate) bool);

impl FromRequestParts<App> for Secure {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let proto = parts.headers.get("x-forwarded-proto");
        Ok(Self(
            app.behind_proxy && proto.is_some_and(|proto| proto == "https"),
        ))
    }
}
