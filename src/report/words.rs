//! The words of a report in both languages, each with its one meaning: what is counted, and out of what.

use guichet_domain::lang::Lang;
use serde::Serialize;

/// A word and its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Definition {
    /// As it stands beside figures.
    pub word: &'static str,
    /// What is counted, and out of what.
    pub meaning: &'static str,
}

/// A figure that has a definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// Visits.
    Visit,
    /// First rung.
    Seen,
    /// Second rung.
    Read,
    /// Read, and nothing said.
    ReadOnly,
    /// Third rung.
    Confirmed,
    /// Said not to answer.
    NotConfirmed,
    /// Was asked.
    Asked,
    /// Fourth rung.
    AvoidedStated,
    /// Fifth rung.
    Contradicted,
    /// What nobody knows.
    Unknown,
    /// A person was asked afterwards.
    ContactAfter,
    /// Nothing answered.
    Unanswered,
    /// Contact ways used.
    Contact,
    /// Imported calls.
    Call,
    /// Several contacts for one case.
    Repeat,
    /// Time.
    TimeSaved,
    /// Causal.
    Experiment,
    /// Words that lead to their entry.
    Led,
    /// Claims opened.
    Claim,
    /// First promises kept.
    Kept,
    /// Settled by the first answer.
    FirstContact,
    /// How long a first answer took.
    Delay,
    /// What shoppers said at the end.
    Satisfaction,
    /// Claims about a purchase to come.
    Wish,
}

impl Word {
    /// All of them, as they are listed at the end of a report.
    pub const ALL: [Self; 17] = [
        Self::Visit,
        Self::Seen,
        Self::Read,
        Self::ReadOnly,
        Self::Confirmed,
        Self::NotConfirmed,
        Self::Asked,
        Self::AvoidedStated,
        Self::Contradicted,
        Self::Unknown,
        Self::ContactAfter,
        Self::Unanswered,
        Self::Contact,
        Self::Call,
        Self::Repeat,
        Self::TimeSaved,
        Self::Experiment,
    ];

    /// The words of a shop's desk, listed after the others where there is one.
    pub const DESK: [Self; 6] = [
        Self::Claim,
        Self::Kept,
        Self::FirstContact,
        Self::Delay,
        Self::Satisfaction,
        Self::Wish,
    ];

    /// The word and its meaning.
    pub fn definition(self, lang: Lang) -> Definition {
        let (word, meaning) = match lang {
            Lang::Fr => self.french(),
            Lang::En => self.english(),
        };
        Definition { word, meaning }
    }

    fn french(self) -> (&'static str, &'static str) {
        match self {
            Self::Visit => (
                "visite",
                "une page sur laquelle l’aide a été ouverte\u{a0}; rien ne relie les visites d’une même personne",
            ),
            Self::Seen => (
                "vu",
                "visites où la réponse figurait parmi les résultats, ou a été ouverte",
            ),
            Self::Read => (
                "lu",
                "visites où elle a été ouverte et est restée à l’écran 4 secondes ou plus",
            ),
            Self::ReadOnly => (
                "lu, sans avis",
                "visites où elle a été lue et où le client n’a dit ni oui ni non\u{a0}; ce silence ne compte jamais comme un succès",
            ),
            Self::Confirmed => (
                "confirmé",
                "visites où le client a dit qu’elle répond à sa question",
            ),
            Self::NotConfirmed => (
                "non confirmé",
                "visites où il a dit qu’elle n’y répond pas\u{a0}; son dernier mot compte",
            ),
            Self::Asked => (
                "interrogé",
                "visites où il a répondu oui ou non à «\u{a0}auriez-vous appelé\u{202f}?\u{a0}»\u{a0}; évité (déclaré) et contredit en sont des parties",
            ),
            Self::AvoidedStated => (
                "évité (déclaré)",
                "visites où, à «\u{a0}auriez-vous appelé\u{202f}?\u{a0}», il a répondu oui, sans choisir de contact ni ouvrir de demande ensuite dans la même visite",
            ),
            Self::Contradicted => (
                "contredit",
                "visites où il a répondu oui, puis a malgré tout choisi un contact ou ouvert une demande dans la même visite",
            ),
            Self::Unknown => (
                "inconnu",
                "appels évités (déclarés) dont personne ne sait s’ils ont été suivis d’un appel : soit un appel ou une demande de la même catégorie est venu dans les 7 jours, du même client ou d’un autre (au plus autant d’inconnus que de tels contacts), soit aucun journal d’appels importé ne couvre ces 7 jours",
            ),
            Self::ContactAfter => (
                "contact ensuite",
                "visites où cette réponse a été ouverte, puis un contact choisi ou une demande ouverte",
            ),
            Self::Unanswered => (
                "sans réponse",
                "visites où une recherche n’a rien trouvé, ou où l’aide a dit que rien n’y répond exactement",
            ),
            Self::Contact => (
                "contact choisi",
                "visites où un moyen de contact a été utilisé depuis l’aide\u{a0}; les contacts pris ailleurs n’y figurent pas",
            ),
            Self::Call => (
                "appel importé",
                "contacts du journal d’appels importé avec «\u{a0}guichet import calls\u{a0}»\u{a0}; un même journal importé deux fois compte une fois",
            ),
            Self::Repeat => (
                "contacts répétés",
                "dossiers pour lesquels le journal d’appels compte plusieurs contacts, parmi les dossiers dont le numéro y figure",
            ),
            Self::TimeSaved => (
                "temps gagné",
                "appels évités (déclarés), une fois par visite, multipliés par la durée d’un appel\u{a0}; la borne basse retire tous les inconnus",
            ),
            Self::Experiment => (
                "évité (mesuré)",
                "différence du taux de contact entre deux groupes de visites tirés au sort, chaque visite comptée dans le groupe qui lui a été donné, avec son intervalle à 95 %",
            ),
            Self::Led => (
                "mène à sa réponse",
                "visites qui ont tapé ces mots, écrits dans l’entrée comme sa question ou une façon de la demander, et parmi elles celles où cette réponse figurait dans les trois premiers résultats",
            ),
            Self::Claim => (
                "demandes",
                "demandes ouvertes pendant la période, depuis l’aide, les pages ou ailleurs\u{a0}; celles qui ont été réunies à une autre ne comptent pas en plus",
            ),
            Self::Kept => (
                "délai tenu",
                "demandes ayant eu le premier mot de l’équipe avant la date annoncée à l’ouverture, parmi celles qui l’ont eu ou dont cette date est passée\u{a0}; une demande close sans un mot compte comme un délai manqué, et les rétractations ne comptent pas",
            ),
            Self::FirstContact => (
                "réglé d’emblée",
                "demandes pour lesquelles le premier mot de l’équipe a été une réponse, sans que personne ait eu à réécrire, parmi celles qui sont closes ou répondues depuis une semaine",
            ),
            Self::Delay => (
                "délai de réponse",
                "temps d’ouverture entre la réception et le premier mot de l’équipe, médiane et neuvième décile\u{a0}; qui attend au-delà de la date annoncée compte pour le temps déjà attendu",
            ),
            Self::Satisfaction => (
                "satisfaction",
                "moyenne des notes de 1 à 5 données par les clients à la fin d’une demande, avec le nombre d’avis",
            ),
            Self::Wish => (
                "souhaits d’achat",
                "demandes des sujets qui concernent un achat à venir, et parmi elles celles auxquelles l’équipe a déjà écrit",
            ),
        }
    }

    fn english(self) -> (&'static str, &'static str) {
        match self {
            Self::Visit => (
                "visit",
                "one page on which the widget was opened or used; nothing links the visits of one person",
            ),
            Self::Seen => (
                "seen",
                "visits in which the answer was shown among the results, or opened",
            ),
            Self::Read => (
                "read",
                "visits in which it was opened and stayed on screen for 4 seconds or more",
            ),
            Self::ReadOnly => (
                "read, nothing said",
                "visits in which it was read and the shopper said neither yes nor no; this silence never counts as success",
            ),
            Self::Confirmed => (
                "confirmed",
                "visits in which the shopper said that it answers his question",
            ),
            Self::NotConfirmed => (
                "not confirmed",
                "visits in which the shopper said that it does not answer his question; his last word counts",
            ),
            Self::Asked => (
                "asked",
                "visits in which he answered \"auriez-vous appelé ?\" with yes or no; avoided (stated) and contradicted are parts of these",
            ),
            Self::AvoidedStated => (
                "avoided (stated)",
                "visits in which, asked \"auriez-vous appelé ?\", he said yes, and chose no contact and opened no claim afterwards in the same visit",
            ),
            Self::Contradicted => (
                "contradicted",
                "visits in which he said yes, but chose a contact or opened a claim all the same later in the same visit",
            ),
            Self::Unknown => (
                "unknown",
                "avoided (stated) calls of which nobody knows whether a call followed: either a call or a claim of the same category came within 7 days, by this shopper or another (as many unknown as such contacts at most), or no imported call log covers these 7 days",
            ),
            Self::ContactAfter => (
                "contact afterwards",
                "visits in which this answer was opened, and then a contact chosen or a claim opened",
            ),
            Self::Unanswered => (
                "nothing answered",
                "visits in which a search found nothing, or the widget said that nothing answers this exactly",
            ),
            Self::Contact => (
                "contact chosen",
                "visits in which a contact way was used from the widget; contacts made elsewhere are not among them",
            ),
            Self::Call => (
                "imported call",
                "contacts of the call log imported with `guichet import calls`; a log imported twice counts once",
            ),
            Self::Repeat => (
                "repeat contacts",
                "cases with several contacts in the call log, out of the cases whose number stands in it",
            ),
            Self::TimeSaved => (
                "time saved",
                "avoided (stated) calls, once a visit, times the minutes a call takes; the lower end takes all unknown ones off",
            ),
            Self::Experiment => (
                "avoided (causal)",
                "difference of the contact rate between two groups of visits drawn at random, each visit counted in the group it was given, with its interval at 95 %",
            ),
            Self::Led => (
                "leads to its answer",
                "visits that typed these words, written in the entry as its question or a way it is asked, and of these the ones in which that answer was among the first three results",
            ),
            Self::Claim => (
                "claims",
                "claims opened in the period, from the widget, the pages or elsewhere; those merged into another do not count beside it",
            ),
            Self::Kept => (
                "date kept",
                "claims that had the team's first word by the date given when they were opened, out of those that had it or whose date has passed; a claim closed without a word counts as a date missed, and withdrawals do not count",
            ),
            Self::FirstContact => (
                "settled at once",
                "claims to which the team's first word was an answer and nobody wrote again, out of those that are closed or were answered a week ago",
            ),
            Self::Delay => (
                "time to answer",
                "opening time from receipt to the team's first word, median and 90th percentile; who waits past the date given counts with the time he has waited so far",
            ),
            Self::Satisfaction => (
                "satisfaction",
                "mean of the points from 1 to 5 that shoppers gave at the end of a claim, with the number of answers",
            ),
            Self::Wish => (
                "purchase wishes",
                "claims of the categories that are about a purchase to come, and of these the ones the team has written to",
            ),
        }
    }
}

/// What may be called an avoided call, and what nobody knows.
pub fn statement(lang: Lang, has_calls: bool) -> &'static str {
    match (lang, has_calls) {
        (Lang::En, false) => {
            "Only an answer of which the shopper himself said that it saved a call, and after which he chose no contact in the same visit, counts as an avoided call. A shopper who leaves in silence counts for nothing. Calls made outside the widget are unknown, because no call log was imported."
        }
        (Lang::En, true) => {
            "Only an answer of which the shopper himself said that it saved a call, and after which he chose no contact in the same visit, counts as an avoided call. A shopper who leaves in silence counts for nothing. Calls made outside the widget come from the imported call log; it does not say who called, so that a range is given."
        }
        (Lang::Fr, false) => {
            "Seule compte comme un appel évité une réponse dont le client lui-même a dit qu’elle lui a épargné un appel, et après laquelle il n’a pas choisi de contact dans la même visite. Un client qui part sans rien dire ne compte pour rien. Les appels passés hors de l’aide sont inconnus : aucun journal d’appels n’a été importé."
        }
        (Lang::Fr, true) => {
            "Seule compte comme un appel évité une réponse dont le client lui-même a dit qu’elle lui a épargné un appel, et après laquelle il n’a pas choisi de contact dans la même visite. Un client qui part sans rien dire ne compte pour rien. Les appels passés hors de l’aide viennent du journal importé\u{a0}; il ne dit pas qui a appelé, c’est pourquoi une fourchette est donnée."
        }
    }
}

/// One of two texts.
pub(crate) fn pick(lang: Lang, fr: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Fr => fr,
        Lang::En => en,
    }
}

/// A count with its thousands set apart.
pub fn count(lang: Lang, value: u64) -> String {
    let digits = value.to_string();
    let gap = match lang {
        Lang::Fr => '\u{202f}',
        Lang::En => ',',
    };
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(gap);
        }
        out.push(digit);
    }
    out
}

/// A count with its noun, in the singular or the plural.
pub fn counted(lang: Lang, value: u64, one: &str, more: &str) -> String {
    let (gap, is_one) = match lang {
        Lang::Fr => ('\u{a0}', value < 2),
        Lang::En => (' ', value == 1),
    };
    let noun = if is_one { one } else { more };
    format!("{}{gap}{noun}", count(lang, value))
}

/// A share as a percentage with one decimal; a dash of nothing.
pub fn percent(lang: Lang, part: u64, of: u64) -> String {
    if of == 0 {
        return "–".to_owned();
    }
    points(lang, part as f64 / of as f64)
}

/// A ratio as a percentage with one decimal.
pub fn points(lang: Lang, ratio: f64) -> String {
    let number = format!("{:.1}", ratio * 100.0).replace('-', "−");
    match lang {
        Lang::Fr => number.replace('.', ",") + "\u{a0}%",
        Lang::En => number + "%",
    }
}

/// Minutes as hours and minutes.
pub fn duration(lang: Lang, minutes: f64) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "minutes of a report, rounded and not negative"
    )]
    let minutes = minutes.max(0.0).round() as u64;
    let (hours, rest) = (minutes / 60, minutes % 60);
    match (lang, hours, rest) {
        (Lang::Fr, 0, _) => format!("{rest}\u{a0}min"),
        (Lang::Fr, _, 0) => format!("{}\u{a0}h", count(lang, hours)),
        (Lang::Fr, ..) => format!("{}\u{a0}h\u{a0}{rest:02}", count(lang, hours)),
        (Lang::En, 0, _) => format!("{rest} min"),
        (Lang::En, _, 0) => format!("{} h", count(lang, hours)),
        (Lang::En, ..) => format!("{} h {rest:02} min", count(lang, hours)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use guichet_domain::deflection::Rung;

    #[test]
    fn the_rungs_are_worded_as_the_domain_words_them() {
        let words = [
            Word::Seen,
            Word::Read,
            Word::Confirmed,
            Word::AvoidedStated,
            Word::Contradicted,
        ];
        for (word, rung) in words.into_iter().zip(Rung::ALL) {
            let definition = word.definition(Lang::En);
            assert_eq!(
                (definition.word, definition.meaning),
                (rung.name(), rung.definition())
            );
        }
    }

    #[test]
    fn numbers_are_written_as_their_readers_do() {
        assert_eq!(count(Lang::Fr, 1_234_567), "1\u{202f}234\u{202f}567");
        assert_eq!(count(Lang::En, 999), "999");
        assert_eq!(counted(Lang::Fr, 0, "visite", "visites"), "0\u{a0}visite");
        assert_eq!(counted(Lang::En, 0, "visit", "visits"), "0 visits");
        assert_eq!(percent(Lang::Fr, 1, 8), "12,5\u{a0}%");
        assert_eq!(percent(Lang::En, 1, 0), "–");
        assert_eq!(points(Lang::En, -0.0123), "−1.2%");
        assert_eq!(duration(Lang::Fr, 186.0), "3\u{a0}h\u{a0}06");
        assert_eq!(duration(Lang::En, 60.0), "1 h");
    }
}
