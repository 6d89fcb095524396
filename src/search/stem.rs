//! Light stemming of folded words, so that `rembourser`, `remboursé` and `remboursement`
//! meet. Only endings that rarely change the subject are cut; what differs in its stem
//! (`payer`, `paiement`) is joined by the lexicon. Words of three letters stay whole.

use guichet_domain::lang::Lang;

/// The stem of a folded word: a prefix of it, but for a few rewritten endings.
pub fn stem(word: &str, lang: Lang) -> String {
    if word.len() <= 3 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return word.to_owned();
    }
    match lang {
        Lang::Fr => french(word),
        Lang::En => english(word),
    }
}

/// An ending, what replaces it, and how many letters must stay before it.
type Rule = (&'static str, &'static str, usize);

/// Longest endings first; the first that fits is applied.
const FRENCH: &[Rule] = &[
    ("ification", "if", 3),
    ("ibilite", "ibl", 3),
    ("abilite", "abl", 3),
    ("issement", "", 3),
    ("iation", "", 3),
    ("issent", "", 4),
    ("issez", "", 4),
    ("erions", "", 3),
    ("eraient", "", 3),
    ("assions", "", 4),
    ("ication", "iqu", 3),
    ("isation", "is", 3),
    ("ateur", "", 4),
    ("atrice", "", 4),
    ("ation", "", 3),
    ("ition", "", 4),
    ("aison", "", 3),
    ("ement", "", 4),
    ("eront", "", 3),
    ("erons", "", 3),
    ("erait", "", 3),
    ("erai", "", 4),
    ("erez", "", 3),
    ("aient", "", 3),
    ("iser", "is", 3),
    ("ier", "", 3),
    ("iez", "", 3),
    ("iee", "", 3),
    ("ion", "", 4),
    ("ons", "", 4),
    ("ir", "", 4),
    ("ait", "", 4),
    ("ant", "", 4),
    ("era", "", 4),
    ("er", "", 3),
    ("ez", "", 3),
    ("ee", "", 3),
    ("ie", "", 4),
    ("e", "", 3),
    ("i", "", 4),
];

/// Verbs whose forms share no ending that could be cut, with nouns made of them. The forms of a line begin with the same
/// two letters.
const IRREGULAR: &[(&str, &str)] = &[
    ("achet", "achat"),
    ("attend", "attendre attendu attendue attente"),
    ("choi", "choisir choisi choisie choisit choisissez choix"),
    ("connect", "connexion"),
    ("couvr", "couvrir couvert couverte couverture"),
    ("ecri", "ecrire ecrit ecrite ecrivez ecrivent"),
    ("inscri", "inscrire inscrit inscrite inscrivez inscription"),
    ("met", "mettre mettez mettent"),
    (
        "obten",
        "obtenir obtien obtient obtiennent obtenu obtenue obtention",
    ),
    ("ouvr", "ouvrir ouvert ouverte ouverture"),
    ("perd", "perdre perdu perdue perte perdent"),
    ("prend", "prendre prenez prenon prennent prendra prendrai"),
    (
        "recev",
        "recu recue recoi recoit recoivent recevoir recevra recevrai recevrez reception",
    ),
    ("rend", "rendre rendent rendu rendue rendrai"),
    ("repond", "repondre repondent repondu reponse"),
    ("reprend", "reprendre reprenez reprennent repri reprise"),
    ("retir", "retrait"),
    (
        "souscri",
        "souscrire souscrit souscrite souscrivez souscription",
    ),
    ("suiv", "suivre suivi suivie suivent suivant"),
    ("ven", "venir venu venue"),
    ("ven", "vien vient viennent viendra"),
    ("vend", "vendre vendent vendu vendue"),
];

fn irregular(word: &str) -> Option<&'static str> {
    // Every word of an index and of its lexicon comes by here when it is opened.
    let begins_as = |forms: &str| forms.as_bytes().get(..2) == word.as_bytes().get(..2);
    IRREGULAR
        .iter()
        .filter(|(_, forms)| begins_as(forms))
        .find(|(_, forms)| {
            let mut forms = forms.as_bytes().split(|byte| *byte == b' ');
            forms.any(|form| form == word.as_bytes())
        })
        .map(|(stem, _)| *stem)
}

fn french(word: &str) -> String {
    let mut stem = word.to_owned();
    if let Some(base) = stem.strip_suffix("aux").filter(|base| base.len() >= 2) {
        stem = if base.ends_with('e') {
            format!("{base}au")
        } else {
            format!("{base}al")
        };
    } else if stem.ends_with(['s', 'x']) {
        stem.pop();
    }
    if let Some(irregular) = irregular(&stem) {
        return irregular.to_owned();
    }
    apply(&mut stem, FRENCH);
    // `paye` and `paie`, `envoyer` and `envoi`.
    if stem.ends_with('y') {
        stem.pop();
        stem.push('i');
    }
    if stem.len() > 4 && stem.ends_with(['i']) {
        stem.pop();
    }
    // `retournn`-like doubles and a mute ending left behind by the rules.
    if stem.len() > 3 && stem.ends_with('e') {
        stem.pop();
    }
    undouble(&mut stem);
    stem
}

const ENGLISH: &[Rule] = &[
    ("ization", "ize", 2),
    ("ations", "", 3),
    ("ation", "", 3),
    ("ments", "", 3),
    ("ment", "", 3),
    ("nesses", "", 3),
    ("ness", "", 3),
    ("ies", "y", 2),
    ("ied", "y", 2),
    ("sses", "ss", 1),
    ("xes", "x", 2),
    ("ches", "ch", 2),
    ("shes", "sh", 2),
    ("ings", "", 3),
    ("ing", "", 3),
    ("ed", "", 3),
    ("ly", "", 4),
    ("ss", "ss", 1),
    ("us", "us", 1),
    ("s", "", 3),
];

fn english(word: &str) -> String {
    let mut stem = word.to_owned();
    apply(&mut stem, ENGLISH);
    if stem.len() > 3 && stem.ends_with('e') {
        stem.pop();
    }
    undouble(&mut stem);
    stem
}

fn apply(stem: &mut String, rules: &[Rule]) {
    let last = stem.as_bytes().last();
    let fitting = rules
        .iter()
        // Most rules are passed over by one letter: thousands of words come by here when an index is opened.
        .filter(|(ending, ..)| ending.as_bytes().last() == last)
        .find(|(ending, _, left)| stem.ends_with(ending) && stem.len() - ending.len() >= *left);
    if let Some((ending, replacement, _)) = fitting {
        stem.truncate(stem.len() - ending.len());
        stem.push_str(replacement);
    }
}

fn undouble(stem: &mut String) {
    let bytes = stem.as_bytes();
    let n = bytes.len();
    if n > 3
        && bytes[n - 1] == bytes[n - 2]
        && !matches!(bytes[n - 1], b'a' | b'e' | b'i' | b'o' | b'u')
    {
        stem.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_together(lang: Lang, words: &[&str]) {
        let stems: Vec<_> = words.iter().map(|word| stem(word, lang)).collect();
        assert!(
            stems.windows(2).all(|pair| pair[0] == pair[1]),
            "{words:?} -> {stems:?}"
        );
    }

    fn check_apart(lang: Lang, a: &str, b: &str) {
        assert_ne!(stem(a, lang), stem(b, lang), "{a} and {b}");
    }

    #[test]
    fn forms_of_one_word_meet() {
        let fr = |words: &[&str]| check_together(Lang::Fr, words);
        fr(&[
            "rembourser",
            "rembourse",
            "remboursement",
            "remboursements",
            "remboursez",
            "remboursee",
        ]);
        fr(&[
            "livrer",
            "livre",
            "livree",
            "livraison",
            "livraisons",
            "livrez",
            "livrait",
        ]);
        fr(&["annuler", "annulation", "annulee", "annulez"]);
        fr(&["commande", "commandes", "commander", "commandee"]);
        fr(&["garantie", "garanti", "garanties"]);
        fr(&["colis", "coli"]);
        fr(&["cadeau", "cadeaux"]);
        fr(&["disponible", "disponibilite"]);
        fr(&["modifier", "modifie", "modifiee"]);
        let en = |words: &[&str]| check_together(Lang::En, words);
        en(&["refund", "refunds", "refunded", "refunding"]);
        en(&["delivery", "deliveries"]);
        en(&["cancel", "cancels", "cancelled", "cancelling"]);
        en(&["return", "returned", "returns"]);
    }

    #[test]
    fn different_subjects_stay_apart() {
        check_apart(Lang::Fr, "retour", "retard");
        check_apart(Lang::Fr, "facture", "facteur");
        check_apart(Lang::Fr, "magasin", "magazine");
        check_apart(Lang::En, "order", "ordinary");
    }

    #[test]
    fn irregular_forms_are_found() {
        for (stem, forms) in IRREGULAR {
            for form in forms.split(' ') {
                assert_eq!(irregular(form), Some(*stem), "{form}");
            }
        }
    }

    #[test]
    fn short_words_and_numbers_are_left_alone() {
        assert_eq!(stem("rib", Lang::Fr), "rib");
        assert_eq!(stem("2026", Lang::Fr), "2026");
    }
}
