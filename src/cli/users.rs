//! `guichet users`: who may sign in to the console. What a user is lives in the crate
//! `guichet-server`; here are the arguments, and how a password is asked for: at the terminal
//! without showing it, or as one line of standard input, never as an argument.

use crate::output;
use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use guichet_server::accounts::password::Password;
use guichet_server::accounts::{Role, User, UserName};
use guichet_server::{Clock, Database, Random, Store};
use std::fmt::Write as _;
use std::io::{BufRead as _, IsTerminal as _};
use std::process::ExitCode;

/// Who the audit trail says did it.
const BY: &str = "guichet users";

/// Who may sign in to the console.
#[derive(Args, Debug)]
pub(crate) struct UsersArgs {
    #[command(subcommand)]
    action: Action,
    /// Database of the server, as named for `guichet serve`
    #[arg(
        long,
        value_name = "DATABASE",
        default_value = "guichet.db",
        global = true
    )]
    db: Database,
}

#[derive(Subcommand, Debug)]
enum Action {
    /// Let somebody in; the password is asked for, or read as a line of standard input
    Add {
        /// What he signs in with: a first name or an e-mail address
        name: UserName,
        /// What he may do: `owner`, `agent` (works claims) or `reader`
        #[arg(long, default_value = "agent")]
        role: Role,
    },
    /// Print everybody
    List,
    /// Give somebody another password, and end his sessions
    Password {
        /// His name
        name: UserName,
    },
    /// Give somebody another role
    Role {
        /// His name
        name: UserName,
        /// What he may do: `owner`, `agent` or `reader`
        role: Role,
    },
    /// Let somebody in no more, and end his sessions
    Remove {
        /// His name
        name: UserName,
    },
}

/// Does it, and says what was done.
pub(crate) fn run(args: UsersArgs) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Runtime::new().context("cannot start the database's threads")?;
    let text = runtime.block_on(async {
        let store = match args.action {
            // Only one of these may begin a database.
            Action::Add { .. } => Store::open(&args.db).await?,
            Action::List => Store::open_to_read(&args.db).await?,
            _ => {
                Store::open_to_read(&args.db).await?.close().await;
                Store::open(&args.db).await?
            }
        };
        let text = act(&store, args.action).await;
        store.close().await;
        text
    })?;
    output::print(&text)?;
    Ok(ExitCode::SUCCESS)
}

async fn act(store: &Store, action: Action) -> anyhow::Result<String> {
    let now = Clock::system().now();
    match action {
        Action::Add { name, role } => {
            let hash = ask()?.hash(Random::system().bytes())?;
            let user = User {
                name: name.clone(),
                role,
                created: now,
            };
            if !store.add_user(&user, &hash, BY).await? {
                bail!(
                    "there is a user `{name}` already\nhint: `guichet users password {name}` gives another password"
                );
            }
            Ok(format!("{name} may sign in as {role}.\n"))
        }
        Action::List => Ok(list(&store.users().await?)),
        Action::Password { name } => {
            let hash = ask()?.hash(Random::system().bytes())?;
            known(store.set_password(&name, &hash, BY, now).await?, &name)?;
            Ok(format!(
                "{name} has another password; sessions under the old one have ended.\n"
            ))
        }
        Action::Role { name, role } => {
            known(store.set_role(&name, role, BY, now).await?, &name)?;
            Ok(format!("{name} is {role} from now on.\n"))
        }
        Action::Remove { name } => {
            known(store.remove_user(&name, BY, now).await?, &name)?;
            Ok(format!("{name} may sign in no more.\n"))
        }
    }
}

fn known(found: bool, name: &UserName) -> anyhow::Result<()> {
    if !found {
        bail!("there is no user `{name}`\nhint: `guichet users list` prints everybody");
    }
    Ok(())
}

fn list(users: &[User]) -> String {
    if users.is_empty() {
        return "Nobody may sign in. `guichet users add NAME --role owner` lets somebody in.\n"
            .to_owned();
    }
    let width = users
        .iter()
        .map(|user| user.name.as_str().len())
        .max()
        .unwrap_or(0);
    users.iter().fold(String::new(), |mut text, user| {
        // Writing to a string can't fail.
        let _ = writeln!(text, "{:width$}  {}", user.name.as_str(), user.role);
        text
    })
}

/// Asks for a new password: twice at a terminal, once where a program gives it.
fn ask() -> anyhow::Result<Password> {
    if !std::io::stdin().is_terminal() {
        let mut line = String::new();
        std::io::stdin()
            .lock()
            .read_line(&mut line)
            .context("cannot read the password")?;
        return Ok(Password::chosen(line.trim_end_matches(['\r', '\n']))?);
    }
    let first = rpassword::prompt_password("New password: ").context("cannot read the password")?;
    let password = Password::chosen(&first)?;
    let again =
        rpassword::prompt_password("The same again: ").context("cannot read the password")?;
    if first != again {
        bail!("the two passwords differ\nhint: nothing was changed; try again");
    }
    Ok(password)
}

#[cfg(test)]
mod tests {
    use super::*;
    use guichet_domain::zone::Timestamp;

    #[test]
    fn everybody_is_listed_with_his_role() {
        let user = |name: &str, role| User {
            name: name.parse().unwrap(),
            role,
            created: Timestamp(0),
        };
        let users = [
            user("leo@cap-sentier.example", Role::Owner),
            user("zoe", Role::Reader),
        ];
        assert_eq!(
            list(&users),
            "leo@cap-sentier.example  owner\nzoe                      reader\n"
        );
        assert!(list(&[]).contains("guichet users add"));
    }
}
