//! A `PostgreSQL` server of this test process alone, with a database for whoever asks. It begins when the first one
//! is asked for and goes with the process, however that ends. Also compiled into the tests across crates.

#[path = "postgres/programs.rs"]
mod programs;

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// Serves until its standard input ends. `$1` is the folder of the programs, `$2` the port.
const SERVE: &str = r#"
set -e
folder=$(mktemp -d)
trap 'kill -INT "$server" 2>/dev/null || true; wait; rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM
printf 'secret@' > "$folder/password"
"$1/initdb" --pgdata="$folder/data" --username=guichet --pwfile="$folder/password" \
    --auth=scram-sha-256 --encoding=UTF8 --no-sync > "$folder/log" 2>&1 || { cat "$folder/log"; exit 1; }
"$1/postgres" -D "$folder/data" -k "$folder" -p "$2" -c listen_addresses=127.0.0.1 -c max_connections=300 \
    -c fsync=off < /dev/null > "$folder/log" 2>&1 &
server=$!
until "$1/pg_isready" --quiet --host=127.0.0.1 --port="$2"; do
    kill -0 "$server" || { cat "$folder/log"; exit 1; }
    sleep 0.1
done
echo ready
read -r end || true
"#;

struct Cluster {
    /// Holds the pipe the server watches.
    _child: Child,
    programs: PathBuf,
    port: u16,
}

impl Cluster {
    #[expect(clippy::zombie_processes, reason = "it ends with this process")]
    fn start() -> Self {
        let programs = programs::folder()
            .expect("a PostgreSQL; hint: `cargo xtask setup` installs it where it may");
        let port = TcpListener::bind(("127.0.0.1", 0)).and_then(|socket| socket.local_addr());
        let port = port.unwrap().port();
        let mut command = command_of_a_user();
        let mut child = command
            .args(["sh", "-c", SERVE, "sh"])
            .arg(&programs)
            .arg(port.to_string())
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{command:?} does not start: {error}"));
        let mut said = String::new();
        for line in BufReader::new(child.stdout.take().unwrap()).lines() {
            let line = line.unwrap();
            if line == "ready" {
                return Self {
                    _child: child,
                    programs,
                    port,
                };
            }
            said.push_str(&line);
            said.push('\n');
        }
        panic!("PostgreSQL does not start:\n{said}");
    }

    fn address(&self, database: &str) -> String {
        format!(
            "postgres://guichet:secret%40@127.0.0.1:{}/{database}",
            self.port
        )
    }
}

/// The address of an empty database that nobody else has.
pub fn fresh() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let database = format!("shop_{}", COUNT.fetch_add(1, Ordering::Relaxed));
    let cluster = cluster();
    let create = format!("create database {database}");
    ask(&cluster.address("postgres"), &create);
    cluster.address(&database)
}

/// The address of a database that is not there.
pub fn missing() -> String {
    cluster().address("missing")
}

/// What a database answers a statement, as `psql` prints it: a line each row, `|` between columns.
pub fn ask(address: &str, statement: &str) -> String {
    let output = Command::new(cluster().programs.join("psql"))
        .args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align"])
        .args(["--set=ON_ERROR_STOP=1", "--command", statement])
        .arg(address)
        .output()
        .unwrap();
    let problem = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "`{statement}`: {problem}");
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn cluster() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    CLUSTER.get_or_init(Cluster::start)
}

/// `PostgreSQL` refuses to run as root.
fn command_of_a_user() -> Command {
    let id = Command::new("id").arg("-u").output().unwrap();
    if id.stdout.trim_ascii() == b"0" {
        let mut command = Command::new("runuser");
        command.args(["-u", "nobody", "--"]);
        return command;
    }
    Command::new("env")
}
