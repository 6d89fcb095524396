//! The shop's people, their sessions and the audit trail; what they are is in `accounts`. What is done and that it
//! was done are kept together or not at all.

use super::sql::{Transaction, unreadable};
use super::{Store, StoreError};
use crate::accounts::session::{IDLE_MS, LONGEST_MS, is_alive};
use crate::accounts::{AuditEntry, BadUserName, Deed, Role, UnknownRole, User, UserName};
use guichet_domain::zone::Timestamp;

/// How precisely it is known when a session was last used; a page view should rarely write.
const USED_MS: i64 = 5 * 60 * 1000;

const SESSION: &str = r#"
    select users.name, users.role, users.created_ms, sessions.created_ms, sessions.used_ms
    from sessions
    join users on users.name = sessions."user"
    where sessions.token_hash = $1"#;

const AUDIT: &str = r#"
    select at_ms, "user", what, claim, detail
    from audit
    where $1 is null or claim = $1
    order by id desc
    limit $2"#;

/// Adds to the audit trail within a transaction of the caller's.
pub(super) async fn record(
    transaction: &mut Transaction<'_>,
    deed: &Deed<'_>,
    now: Timestamp,
) -> Result<(), StoreError> {
    transaction
        .sql(
            r#"insert into audit (at_ms, "user", what, claim, detail) values ($1, $2, $3, $4, $5)"#,
        )
        .bind(now.0)
        .bind(deed.user)
        .bind(deed.what)
        .bind(deed.claim)
        .bind(deed.detail)
        .run()
        .await?;
    Ok(())
}

impl Store {
    /// Adds somebody; `false`: the name is taken, and nothing was changed. `by` did it.
    pub async fn add_user(
        &self,
        user: &User,
        password_hash: &str,
        by: &str,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.pool.begin().await?;
        let sql = "insert into users (name, role, password, created_ms) values ($1, $2, $3, $4) on conflict (name) do nothing";
        let done = transaction
            .sql(sql)
            .bind(user.name.as_str())
            .bind(user.role.word())
            .bind(password_hash)
            .bind(user.created.0)
            .run()
            .await?;
        if done == 0 {
            return Ok(false);
        }
        let detail = format!("{} {}", user.name, user.role);
        let deed = Deed {
            user: by,
            what: "user_added",
            claim: None,
            detail: &detail,
        };
        record(&mut transaction, &deed, user.created).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Everybody, by name.
    pub async fn users(&self) -> Result<Vec<User>, StoreError> {
        let rows: Vec<(String, String, i64)> = self
            .pool
            .sql("select name, role, created_ms from users order by name")
            .all()
            .await?;
        rows.into_iter()
            .map(|(name, role, created)| Ok(user(&name, &role, created)?))
            .collect()
    }

    /// Gives somebody another password and ends his sessions; `false`: there is no such user.
    pub async fn set_password(
        &self,
        name: &UserName,
        password_hash: &str,
        by: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.pool.begin().await?;
        let done = transaction
            .sql("update users set password = $2 where name = $1")
            .bind(name.as_str())
            .bind(password_hash)
            .run()
            .await?;
        if done == 0 {
            return Ok(false);
        }
        transaction
            .sql(r#"delete from sessions where "user" = $1"#)
            .bind(name.as_str())
            .run()
            .await?;
        let deed = Deed {
            user: by,
            what: "password_changed",
            claim: None,
            detail: name.as_str(),
        };
        record(&mut transaction, &deed, now).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Gives somebody another role; `false`: there is no such user.
    pub async fn set_role(
        &self,
        name: &UserName,
        role: Role,
        by: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.pool.begin().await?;
        let done = transaction
            .sql("update users set role = $2 where name = $1")
            .bind(name.as_str())
            .bind(role.word())
            .run()
            .await?;
        if done == 0 {
            return Ok(false);
        }
        let detail = format!("{name} {role}");
        let deed = Deed {
            user: by,
            what: "role_changed",
            claim: None,
            detail: &detail,
        };
        record(&mut transaction, &deed, now).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Removes somebody and ends his sessions; what he did stays in the audit trail. `false`: there is no such user.
    pub async fn remove_user(
        &self,
        name: &UserName,
        by: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.pool.begin().await?;
        transaction
            .sql(r#"delete from sessions where "user" = $1"#)
            .bind(name.as_str())
            .run()
            .await?;
        let done = transaction
            .sql("delete from users where name = $1")
            .bind(name.as_str())
            .run()
            .await?;
        if done == 0 {
            return Ok(false);
        }
        let deed = Deed {
            user: by,
            what: "user_removed",
            claim: None,
            detail: name.as_str(),
        };
        record(&mut transaction, &deed, now).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// What is kept of somebody's password.
    pub(crate) async fn password_of(&self, name: &UserName) -> Result<Option<String>, StoreError> {
        let row: Option<(String,)> = self
            .pool
            .sql("select password from users where name = $1")
            .bind(name.as_str())
            .first()
            .await?;
        Ok(row.map(|(password,)| password))
    }

    /// Keeps a session, and that somebody signed in.
    pub(crate) async fn begin_session(
        &self,
        name: &UserName,
        token_hash: [u8; 32],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin().await?;
        transaction
            .sql("delete from sessions where used_ms <= $1 or created_ms <= $2")
            .bind(now.0.saturating_sub(IDLE_MS))
            .bind(now.0.saturating_sub(LONGEST_MS))
            .run()
            .await?;
        let sql = r#"insert into sessions (token_hash, "user", created_ms, used_ms) values ($1, $2, $3, $3)"#;
        transaction
            .sql(sql)
            .bind(&token_hash[..])
            .bind(name.as_str())
            .bind(now.0)
            .run()
            .await?;
        let deed = Deed {
            user: name.as_str(),
            what: "sign_in",
            claim: None,
            detail: "",
        };
        record(&mut transaction, &deed, now).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Whose session it is, if it is still good; notes that it was used.
    pub(crate) async fn session_user(
        &self,
        token_hash: [u8; 32],
        now: Timestamp,
    ) -> Result<Option<User>, StoreError> {
        let row: Option<(String, String, i64, i64, i64)> =
            self.pool.sql(SESSION).bind(&token_hash[..]).first().await?;
        let Some((name, role, since, created, used)) = row else {
            return Ok(None);
        };
        if !is_alive(Timestamp(created), Timestamp(used), now) {
            return Ok(None);
        }
        if now.0.saturating_sub(used) >= USED_MS {
            self.pool
                .sql("update sessions set used_ms = $2 where token_hash = $1")
                .bind(&token_hash[..])
                .bind(now.0)
                .run()
                .await?;
        }
        Ok(Some(user(&name, &role, since)?))
    }

    /// Ends a session.
    pub(crate) async fn end_session(&self, token_hash: [u8; 32]) -> Result<(), StoreError> {
        self.pool
            .sql("delete from sessions where token_hash = $1")
            .bind(&token_hash[..])
            .run()
            .await?;
        Ok(())
    }

    /// Adds to the audit trail.
    pub(crate) async fn record(&self, deed: &Deed<'_>, now: Timestamp) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin().await?;
        record(&mut transaction, deed, now).await?;
        transaction.commit().await
    }

    /// The audit trail, the latest first, at most `limit` entries; of one claim if given.
    pub async fn audit(
        &self,
        claim: Option<&str>,
        limit: u32,
    ) -> Result<Vec<AuditEntry>, StoreError> {
        let rows: Vec<(i64, String, String, Option<String>, String)> =
            self.pool.sql(AUDIT).bind(claim).bind(limit).all().await?;
        let entry = |(at, user, what, claim, detail)| AuditEntry {
            at: Timestamp(at),
            user,
            what,
            claim,
            detail,
        };
        Ok(rows.into_iter().map(entry).collect())
    }
}

fn user(name: &str, role: &str, created: i64) -> Result<User, sqlx::Error> {
    Ok(User {
        name: name
            .parse()
            .map_err(|error: BadUserName| unreadable(error))?,
        role: role
            .parse()
            .map_err(|error: UnknownRole| unreadable(error))?,
        created: Timestamp(created),
    })
}

#[cfg(test)]
mod tests;
