//! `GET /v1/health`: whether the server can do its work. For monitors and for tests that wait.

use crate::App;
use crate::error::ApiError;
use axum::Json;
use axum::extract::State;
use serde::Serialize;

/// The answer when all is well.
#[derive(Serialize)]
pub(crate) struct Health {
    status: &'static str,
    version: &'static str,
}

pub(crate) async fn get(State(app): State<App>) -> Result<Json<Health>, ApiError> {
    app.store.ping().await?;
    Ok(Json(Health {
        status: "ok",
        version: env!("CARGO_PKG_VERSION"),
    }))
}

#[cfg(test)]
mod tests {
    use crate::testing::TestServer;

    #[tokio::test]
    async fn a_server_that_can_reach_its_database_is_well() {
        let server = TestServer::start().await;
        let answer = server.get("/v1/health").await;
        assert_eq!(answer.status, 200);
        let version = env!("CARGO_PKG_VERSION");
        assert_eq!(
            answer.body,
            format!(r#"{{"status":"ok","version":"{version}"}}"#)
        );
    }
}
