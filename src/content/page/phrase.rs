//! What the pages say beside the merchant's own words.

use guichet_domain::lang::Lang;

/// The phrases of one language.
pub(super) struct Phrases {
    /// The language, in itself.
    pub(super) own_name: &'static str,
    pub(super) help: &'static str,
    pub(super) skip: &'static str,
    pub(super) contents: &'static str,
    pub(super) questions: &'static str,
    /// Where entries of no category stand.
    pub(super) other: &'static str,
    /// What terms are called that do not say so themselves.
    pub(super) terms: &'static str,
    /// Before the clauses an answer rests on.
    pub(super) rests_on: &'static str,
    /// Before related entries, and the clauses a clause refers to.
    pub(super) see_also: &'static str,
    pub(super) person: &'static str,
    pub(super) contact_page: &'static str,
    pub(super) mediator: &'static str,
    /// The words of the law for the withdrawal function (L221-21; directive 2023/2673).
    pub(super) withdraw: &'static str,
    /// Before the day from which terms hold.
    pub(super) in_force_since: &'static str,
    /// Before the day until which an answer holds.
    pub(super) until: &'static str,
    /// Above an older version, for those who ordered then.
    pub(super) older: &'static str,
    /// Before the day of a version.
    pub(super) version_of: &'static str,
    /// Before the day of the version before.
    pub(super) changes_since: &'static str,
    pub(super) changed: &'static str,
    pub(super) added: &'static str,
    pub(super) removed: &'static str,
    /// Before a day.
    pub(super) on: &'static str,
    /// Between a name and what it is.
    pub(super) colon: &'static str,
    /// Between terms that are written in another language only and their name.
    pub(super) only_in: &'static str,
}

static FRENCH: Phrases = Phrases {
    own_name: "Français",
    help: "Aide",
    skip: "Aller au contenu",
    contents: "Sommaire",
    questions: "Questions fréquentes",
    other: "Autres questions",
    terms: "Conditions générales",
    rests_on: "Ce que prévoient les conditions\u{a0}:",
    see_also: "Voir aussi\u{a0}:",
    person: "Nous joindre",
    contact_page: "Notre page de contact",
    mediator: "Médiateur de la consommation",
    withdraw: "Renoncer au contrat ici",
    in_force_since: "Version en vigueur depuis le",
    until: "Valable jusqu’au",
    older: "Cette version n’est plus en vigueur. Elle s’applique aux commandes passées",
    version_of: "version du",
    changes_since: "Ce qui a changé depuis la version du",
    changed: "Modifié",
    added: "Ajouté",
    removed: "Retiré",
    on: "le",
    colon: "\u{a0}: ",
    only_in: "Ce texte est rédigé dans une autre langue\u{a0}:",
};

static ENGLISH: Phrases = Phrases {
    own_name: "English",
    help: "Help",
    skip: "Skip to content",
    contents: "Contents",
    questions: "Frequently asked questions",
    other: "Other questions",
    terms: "Terms and conditions",
    rests_on: "What the terms say:",
    see_also: "See also:",
    person: "Contact us",
    contact_page: "Our contact page",
    mediator: "Consumer mediator",
    withdraw: "Withdraw from contract here",
    in_force_since: "Version in force since",
    until: "Valid until",
    older: "This version is no longer in force. It applies to orders placed",
    version_of: "version of",
    changes_since: "What has changed since the version of",
    changed: "Changed",
    added: "Added",
    removed: "Removed",
    on: "on",
    colon: ": ",
    only_in: "This text is written in another language:",
};

/// The phrases of a language.
pub(super) fn say(lang: Lang) -> &'static Phrases {
    match lang {
        Lang::Fr => &FRENCH,
        Lang::En => &ENGLISH,
    }
}
