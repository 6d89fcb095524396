//! Mails to a shopper about something the team or the clock did to his claim. Warm, short, with
//! all that was written: whoever reads his mail need not go anywhere. Receipts, and what the
//! shopper's own deeds cause, are written elsewhere.

use crate::mail::Mail;
use guichet_domain::claim::{Act, Claim, Entry};
use guichet_domain::lang::Lang;
use guichet_domain::say;
use guichet_domain::site::Site;
use guichet_domain::zone::Timestamp;

/// The mail an entry causes; `None` where it is none of the shopper's business, or he left no address.
pub(crate) fn to_shopper(
    site: &Site,
    claim: &Claim,
    entry: &Entry,
    public_url: Option<&str>,
) -> Option<Mail> {
    let to = claim.contact.email.clone()?;
    let letter = Letter {
        site,
        claim,
        entry,
        public_url,
    };
    let (subject, paragraphs) = letter.content()?;
    Some(Mail {
        key: format!("{}/{}/{}", entry.act, claim.number, entry.rank),
        site: site.id.clone(),
        claim: Some(claim.number.to_string()),
        to,
        lang: claim.lang,
        subject,
        text: letter.whole(paragraphs),
    })
}

struct Letter<'a> {
    site: &'a Site,
    claim: &'a Claim,
    entry: &'a Entry,
    public_url: Option<&'a str>,
}

impl Letter<'_> {
    fn pick(&self, fr: String, en: String) -> String {
        match self.claim.lang {
            Lang::Fr => fr,
            Lang::En => en,
        }
    }

    /// With the day's own name: a mail is read on another day than it was written.
    fn moment(&self, at: Timestamp) -> String {
        let lang = self.claim.lang;
        let local = |at| self.site.time_zone.local(at);
        let day = say::date(lang, local(at).date, local(self.entry.at).date);
        let time = say::time(lang, local(at).time);
        self.pick(format!("le {day} à {time}"), format!("{day} at {time}"))
    }

    /// Subject and paragraphs between greeting and signature.
    fn content(&self) -> Option<(String, Vec<String>)> {
        let number = self.claim.number;
        let shop = &self.site.name;
        let said = self.entry.text.clone().unwrap_or_default();
        Some(match self.entry.act {
            Act::Answer => (
                self.pick(
                    format!("Notre réponse à votre demande {number}"),
                    format!("Our answer to your request {number}"),
                ),
                vec![
                    said,
                    self.pick(
                        "Cela ne règle pas votre question\u{a0}? Dites-le-nous depuis la page de suivi\u{a0}: votre demande sera rouverte.".to_owned(),
                        "Does this not settle it? Tell us on the tracking page: your request is opened again.".to_owned(),
                    ),
                ],
            ),
            Act::Ask => (
                self.pick(
                    format!("Il nous manque une précision pour votre demande {number}"),
                    format!("We need to know more about your request {number}"),
                ),
                vec![
                    said,
                    self.pick(
                        "Vous pouvez compléter votre demande, avec des photos si besoin, depuis la page de suivi. Le délai de réponse reprendra dès votre message.".to_owned(),
                        "You can complete your request, with photos if they help, on the tracking page. Our time to answer runs again from your message on.".to_owned(),
                    ),
                ],
            ),
            Act::Close => (
                self.pick(
                    format!("Votre demande {number} est close"),
                    format!("Your request {number} is closed"),
                ),
                self.closing(),
            ),
            Act::Reopen => (
                self.pick(
                    format!("Votre demande {number} est rouverte"),
                    format!("Your request {number} is open again"),
                ),
                vec![self.promise()],
            ),
            Act::Merge => {
                let into = self.claim.merged_into?;
                (
                    self.pick(
                        format!("Votre demande {number} continue sous le numéro {into}"),
                        format!("Your request {number} goes on as {into}"),
                    ),
                    vec![self.pick(
                        format!("Vous nous aviez écrit deux fois pour la même chose. Pour que rien ne se perde, nous répondons à une seule demande\u{a0}: {into}."),
                        format!("You had written twice about the same matter. So that nothing gets lost, we answer one request: {into}."),
                    )],
                )
            }
            Act::Postpone => (
                self.pick(
                    format!("Nous sommes en retard pour votre demande {number}"),
                    format!("We are late with your request {number}"),
                ),
                vec![
                    self.pick(
                        format!("Nous vous avions promis une réponse et nous ne l’avons pas donnée à temps. {shop} vous présente ses excuses."),
                        format!("We had promised you an answer and did not give it in time. {shop} apologises."),
                    ),
                    self.promise(),
                ],
            ),
            Act::Open | Act::TakeUp | Act::Complete | Act::Cancel | Act::Note | Act::Reassign | Act::Rate => return None,
        })
    }

    fn promise(&self) -> String {
        match self.claim.due {
            Some(due) => {
                let due = self.moment(due);
                self.pick(
                    format!("Vous aurez une réponse au plus tard {due}."),
                    format!("You will have an answer by {due} at the latest."),
                )
            }
            None => self.pick(
                "Nous vous répondons dès que possible.".to_owned(),
                "We answer as soon as we can.".to_owned(),
            ),
        }
    }

    /// How it went is asked; whoever is not satisfied is told of the mediator (R616-1).
    fn closing(&self) -> Vec<String> {
        let mut paragraphs = vec![self.pick(
            "Nous considérons que votre demande est réglée. Si ce n’est pas le cas, vous pouvez la rouvrir depuis la page de suivi\u{a0}; vous pouvez aussi nous y dire, en deux questions, comment cela s’est passé.".to_owned(),
            "We take your request to be settled. If it is not, you can open it again on the tracking page; there you can also tell us, in two questions, how it went.".to_owned(),
        )];
        if let Some(mediator) = &self.site.mediator {
            let (name, address, url) = (&mediator.name, &mediator.address, &mediator.url);
            paragraphs.push(self.pick(
                format!("Si un désaccord demeure, vous pouvez saisir gratuitement le médiateur de la consommation\u{a0}: {name}, {address}, {url}"),
                format!("If we still disagree, you can turn to the consumer mediator free of charge: {name}, {address}, {url}"),
            ));
        }
        paragraphs
    }

    fn whole(&self, paragraphs: Vec<String>) -> String {
        let number = self.claim.number;
        let greeting = match &self.claim.contact.name {
            Some(name) => self.pick(format!("Bonjour {name},"), format!("Hello {name},")),
            None => self.pick("Bonjour,".to_owned(), "Hello,".to_owned()),
        };
        let team = self.site.team(&self.claim.team);
        let team = team.map_or("", |team| team.name.get(self.claim.lang));
        let follow = match self.public_url {
            Some(url) => self.pick(
                format!("Suivre votre demande, avec le code reçu à l’ouverture\u{a0}:\n{url}/claims/{number}"),
                format!("Follow your request, with the code of your receipt:\n{url}/claims/{number}"),
            ),
            None => self.pick(
                format!("Votre numéro de suivi\u{a0}: {number}"),
                format!("Your tracking number: {number}"),
            ),
        };
        let signature = format!("{team}\n{}", self.site.name);
        let mut parts = vec![greeting];
        parts.extend(paragraphs);
        parts.extend([follow, signature.trim().to_owned()]);
        parts.join("\n\n")
    }
}

#[cfg(test)]
mod tests;
