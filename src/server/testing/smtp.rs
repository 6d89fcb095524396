//! The other end of an SMTP conversation, over a real socket: it takes mails and keeps them, or
//! refuses, or goes away where the test says so. Also compiled into the tests across crates.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// How one conversation goes. Those without a mood of their own go well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// Every mail is taken.
    Takes,
    /// Every recipient is refused for good.
    RefusesRecipient,
    /// Asks to come back later.
    IsBusy,
    /// Hangs up in the middle of the text.
    LeavesMidway,
    /// Keeps the mail, then hangs up before saying so.
    TakesAndLeaves,
}

/// A mail that was taken.
#[derive(Clone, Debug)]
pub struct Taken {
    /// Address of the recipient.
    pub to: String,
    /// The message as sent, headers and all.
    pub raw: String,
}

/// A mail server of a test.
#[derive(Debug)]
pub struct Sink {
    addr: SocketAddr,
    shared: Arc<Mutex<Shared>>,
    task: JoinHandle<()>,
}

#[derive(Debug, Default)]
struct Shared {
    moods: VecDeque<Mood>,
    taken: Vec<Taken>,
}

impl Sink {
    /// Listens on a free port; the first conversations have these moods.
    pub async fn start(moods: &[Mood]) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let addr = listener.local_addr().unwrap();
        let shared = Arc::new(Mutex::new(Shared {
            moods: moods.iter().copied().collect(),
            taken: Vec::new(),
        }));
        let for_talks = Arc::clone(&shared);
        let task = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let shared = Arc::clone(&for_talks);
                let mood = lock(&shared).moods.pop_front().unwrap_or(Mood::Takes);
                tokio::spawn(async move {
                    // A client that hangs up ends the conversation, as it may.
                    drop(talk(stream, mood, &shared).await);
                });
            }
        });
        Self { addr, shared, task }
    }

    /// Its address, as `--smtp` takes it.
    pub fn url(&self) -> String {
        format!("smtp://{}", self.addr)
    }

    /// The mails taken so far, the oldest first.
    pub fn taken(&self) -> Vec<Taken> {
        lock(&self.shared).taken.clone()
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn lock(shared: &Mutex<Shared>) -> std::sync::MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn talk(stream: TcpStream, mood: Mood, shared: &Mutex<Shared>) -> std::io::Result<()> {
    let mut stream = BufReader::new(stream);
    let mut to = String::new();
    say(&mut stream, "220 sink.example").await?;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        match verb.as_str() {
            "EHLO" | "HELO" | "MAIL" | "RSET" | "NOOP" => say(&mut stream, "250 ok").await?,
            "RCPT" if mood == Mood::RefusesRecipient => {
                say(&mut stream, "550 no such user here").await?;
            }
            "RCPT" if mood == Mood::IsBusy => say(&mut stream, "451 come back later").await?,
            "RCPT" => {
                to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                say(&mut stream, "250 ok").await?;
            }
            "DATA" => {
                say(&mut stream, "354 go on").await?;
                let Some(raw) = text(&mut stream, mood).await? else {
                    return Ok(());
                };
                lock(shared).taken.push(Taken {
                    to: to.clone(),
                    raw,
                });
                if mood == Mood::TakesAndLeaves {
                    return Ok(());
                }
                say(&mut stream, "250 taken").await?;
            }
            "QUIT" => return say(&mut stream, "221 bye").await,
            _ => say(&mut stream, "500 what").await?,
        }
    }
}

/// The text up to the line with a single dot.
async fn text(stream: &mut BufReader<TcpStream>, mood: Mood) -> std::io::Result<Option<String>> {
    let mut raw = String::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 || mood == Mood::LeavesMidway {
            return Ok(None);
        }
        if line == ".\r\n" {
            return Ok(Some(raw));
        }
        raw.push_str(line.strip_prefix('.').unwrap_or(&line));
    }
}

async fn say(stream: &mut BufReader<TcpStream>, line: &str) -> std::io::Result<()> {
    stream.write_all(format!("{line}\r\n").as_bytes()).await
}
