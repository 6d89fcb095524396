//! A mail as it travels: a plain-text part, and the same in HTML for programs that show nothing
//! else. Everything a shopper wrote is escaped or encoded.

use super::Queued;
use guichet_domain::zone::Timestamp;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{Address, Message};
use maud::{DOCTYPE, Markup, html};
use sha2::{Digest as _, Sha256};
use std::time::{Duration, SystemTime};

/// Says that a program wrote it: no out-of-office notice answers it (RFC 3834).
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// Why a mail cannot be written at all.
#[derive(Debug, thiserror::Error)]
pub(super) enum MessageError {
    #[error("the address is not one that mail can be sent to")]
    Address,
    #[error("the mail cannot be put together: {0}")]
    Build(#[from] lettre::error::Error),
}

/// The message of a queued mail, the same at every attempt but for the MIME boundary.
pub(super) fn message(queued: &Queued, from: &Mailbox) -> Result<Message, MessageError> {
    let mail = &queued.mail;
    let to: Address = mail.to.parse().map_err(|_invalid| MessageError::Address)?;
    let id = message_id(&mail.key, queued.created, from.email.domain());
    let html = body(mail.lang.code(), &mail.text).into_string();
    Ok(Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(one_line(&mail.subject))
        .date(system_time(queued.created))
        .message_id(Some(id))
        .header(AutoSubmitted)
        .multipart(MultiPart::alternative_plain_html(mail.text.clone(), html))?)
}

/// The same for the same cause, so that a mail sent twice by a server that died is known as one.
fn message_id(key: &str, created: Timestamp, domain: &str) -> String {
    let digest = Sha256::digest(format!("{key}\n{}", created.0));
    let mut first = [0; 16];
    first.copy_from_slice(&digest[..16]);
    let id = u128::from_be_bytes(first);
    format!("<{id:032x}@{domain}>")
}

fn system_time(at: Timestamp) -> SystemTime {
    let ms = u64::try_from(at.0).unwrap_or(0);
    SystemTime::UNIX_EPOCH + Duration::from_millis(ms)
}

/// A subject is one line whatever it was made from.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_control())
        .collect::<Vec<_>>()
        .join(" ")
}

fn body(lang: &str, text: &str) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(lang) {
            head { meta charset="utf-8"; }
            body {
                @for paragraph in text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
                    p {
                        @for (number, line) in paragraph.trim().lines().enumerate() {
                            @if number > 0 { br; }
                            (linked(line))
                        }
                    }
                }
            }
        }
    }
}

/// A line with its `https://…` as links.
fn linked(line: &str) -> Markup {
    html! {
        @for (number, word) in line.split(' ').enumerate() {
            @if number > 0 { " " }
            @if word.starts_with("https://") || word.starts_with("http://") {
                a href=(word) { (word) }
            } @else {
                (word)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::Mail;
    use guichet_domain::lang::Lang;
    use mail_parser::MessageParser;

    fn queued(to: &str, subject: &str, text: &str) -> Queued {
        Queued {
            id: 7,
            mail: Mail {
                key: "receipt/7".into(),
                site: "cap-sentier".into(),
                claim: None,
                to: to.into(),
                lang: Lang::Fr,
                subject: subject.into(),
                text: text.into(),
            },
            created: Timestamp(1_339_239_600_000),
            attempts: 1,
        }
    }

    fn from() -> Mailbox {
        "Cap Sentier <bonjour@cap-sentier.example>".parse().unwrap()
    }

    #[test]
    fn what_is_written_arrives_in_both_parts_and_cannot_run() {
        let text = "Bonjour,\n\nVotre réclamation : <script>alert(1)</script>\nà suivre sur https://x.example/claims/7?a=1&b=2 .";
        let bytes = message(
            &queued("zoe@example.org", "Votre réclamation est bien reçue", text),
            &from(),
        )
        .unwrap()
        .formatted();
        let read = MessageParser::default().parse(&bytes).unwrap();
        assert_eq!(read.subject(), Some("Votre réclamation est bien reçue"));
        assert_eq!(
            read.body_text(0).unwrap().replace("\r\n", "\n").trim(),
            text
        );
        let html = read.body_html(0).unwrap();
        assert!(html.contains("&lt;script&gt;"), "{html}");
        assert!(
            html.contains(r#"<a href="https://x.example/claims/7?a=1&amp;b=2">"#),
            "{html}"
        );
        assert_eq!(read.date().unwrap().to_timestamp(), 1_339_239_600);
        assert_eq!(
            read.header_raw("Auto-Submitted").map(str::trim),
            Some("auto-generated")
        );
    }

    #[test]
    fn a_mail_is_known_by_its_cause_at_every_attempt() {
        let id = |key: &str| {
            let mut queued = queued("zoe@example.org", "s", "t");
            queued.mail.key = key.into();
            let bytes = message(&queued, &from()).unwrap().formatted();
            let read = MessageParser::default().parse(&bytes).unwrap();
            read.message_id().unwrap().to_owned()
        };
        assert_eq!(id("receipt/7"), id("receipt/7"));
        assert_ne!(id("receipt/7"), id("receipt/8"));
        assert!(id("receipt/7").ends_with("@cap-sentier.example"));
    }

    #[test]
    fn a_subject_cannot_smuggle_a_header_in() {
        let sly = queued("zoe@example.org", "Bonjour\r\nBcc: all@example.org", "t");
        let bytes = message(&sly, &from()).unwrap().formatted();
        let read = MessageParser::default().parse(&bytes).unwrap();
        assert!(read.bcc().is_none());
        assert_eq!(read.to().unwrap().iter().count(), 1);
    }

    #[test]
    fn what_is_no_single_address_is_refused() {
        for to in [
            "",
            "zoe",
            "a@b.example, c@d.example",
            "zoe@example.org\r\nBcc: x@y.example",
            "<zoe@example.org>",
        ] {
            let refused = message(&queued(to, "s", "t"), &from());
            assert!(matches!(refused, Err(MessageError::Address)), "{to}");
        }
    }
}
