//! What names a person in words: e-mail addresses, postal addresses, and names where somebody
//! introduces himself. Works on words between spaces; a word that goes leaves its punctuation.

use crate::letters::{is_digit, is_letter};

const EMAIL: &str = "[e-mail]";
const ADDRESS: &str = "[adresse]";
const NAME: &str = "[nom]";

/// What a French street is, after its number.
const WAYS: &str = " rue avenue av ave boulevard bd bld blvd place pl chemin che impasse imp allée allee allées allees quai route rte cours square passage faubourg fbg résidence residence hameau lotissement montée montee ";
/// What an English street is, after its name.
const STREETS: &str = " street road avenue lane ave rd crescent ";
/// Words that may stand within an address or a name without being the end of it.
const LINKS: &str =
    " de du des la le les l d à au aux bis ter quater saint sainte st ste van von el ben ";
/// Words with which the sentence goes on.
const GO_ON: &str = " et je j mon ma mes ne n pas mais est c ce ai pour votre vos un une il elle on qui que quand où comment j'ai c'est sur a svp stp merci bonjour and i my the is where when how what not but have with please on in ";
/// What announces a name.
const CUES: [&[&str]; 8] = [
    &["m'appelle"],
    &["m", "appelle"],
    &["mappelle"],
    &["mon", "nom", "est"],
    &["au", "nom", "de"],
    &["name", "is"],
    &["name's"],
    &["am", "called"],
];
/// Announces a name only where a capital follows.
const TITLES: &str = " monsieur madame mademoiselle mme mlle mr mrs ms ";

/// The words, with what names a person replaced.
pub(super) fn scrub<'a>(words: &[&'a str]) -> Vec<&'a str> {
    let mut out: Vec<&str> = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        let rest = &words[at..];
        let (count, label) = if let Some(count) = email(rest) {
            (count, EMAIL)
        } else if let Some(count) = address(rest) {
            (count, ADDRESS)
        } else if let Some(count) = name(&words[..at], rest) {
            (count, NAME)
        } else {
            (1, "")
        };
        if label.is_empty() {
            out.push(rest[0]);
        } else {
            out.push(label);
            out.extend(punctuation(rest[count - 1]));
        }
        at += count;
    }
    out
}

/// An address with its `@`, also where somebody put spaces or a word around it.
fn email(words: &[&str]) -> Option<usize> {
    let is_at =
        |word: &str| word.contains(['@', '＠']) || word.contains("(at)") || word.contains("[at]");
    let is_open = |word: &str| matches!(word, "@" | "＠" | "(at)" | "[at]" | "arobase");
    match words {
        [_, at, _, ..] if is_open(at) => Some(3),
        [_, second, ..] if second.len() > 1 && second.starts_with('@') => Some(2),
        [first, _, ..] if first.len() > 1 && first.ends_with('@') => Some(2),
        [first, ..] if is_at(first) && first.len() > 1 => Some(1),
        _ => None,
    }
}

/// `4 bis, rue des Lilas 74000 Annecy` or `221b Baker Street, London NW1 6XE`.
fn address(words: &[&str]) -> Option<usize> {
    let house = bare(words.first()?);
    if house.len() > 5 || !house.starts_with(is_digit) {
        return None;
    }
    let mut at = 1;
    while at < 3
        && words
            .get(at)
            .is_some_and(|word| is_in(" bis ter quater b c ", bare(word)))
    {
        at += 1;
    }
    let end = if is_in(WAYS, bare(words.get(at)?)) {
        at + 1 + phrase(&words[at + 1..], 2)
    } else {
        let name = (1..=3).find(|count| {
            words
                .get(*count + 1)
                .is_some_and(|word| is_in(STREETS, bare(word)))
        })?;
        let of_letters = words[1..=name]
            .iter()
            .all(|word| word.chars().all(|c| !is_digit(c)));
        of_letters.then_some(name + 2)?
    };
    Some(end + town(&words[end..]))
}

/// A postcode with the town after it, or before it as the English write.
fn town(words: &[&str]) -> usize {
    let is_french = |word: &str| bare(word).len() == 5 && bare(word).chars().all(is_digit);
    let is_english = |pair: &[&str]| {
        let (first, second) = (bare(pair[0]), bare(pair[1]));
        (2..=4).contains(&first.len())
            && first.contains(is_digit)
            && first.starts_with(is_letter)
            && second.len() == 3
            && second.starts_with(is_digit)
    };
    let comma = usize::from(words.first().is_some_and(|word| bare(word).is_empty()));
    let words = &words[comma..];
    match words {
        [code, _, ..] if is_french(code) => comma + 1 + phrase(&words[1..], 1),
        [code] if is_french(code) => comma + 1,
        [_, rest @ ..] if rest.len() >= 2 && is_english(rest) => comma + 3,
        pair if pair.len() >= 2 && is_english(pair) => comma + 2,
        _ => 0,
    }
}

/// A name, where `before` ends with what announces one.
fn name(before: &[&str], rest: &[&str]) -> Option<usize> {
    let announced = CUES.iter().any(|cue| {
        before.len() >= cue.len()
            && before[before.len() - cue.len()..]
                .iter()
                .zip(*cue)
                .all(|(word, own)| fold(bare(word)) == *own)
    });
    let titled = before
        .last()
        .is_some_and(|word| is_in(TITLES, bare(word)) && punctuation(word).is_none())
        && rest[0].starts_with(|c: char| c.is_ascii_uppercase() || ('À'..='Þ').contains(&c));
    let count = if announced || titled {
        phrase(rest, 2)
    } else {
        0
    };
    (count > 0).then_some(count)
}

/// How many words of `words` belong to a name: up to `most` of substance with the small words
/// between them, until the sentence ends or goes on.
fn phrase(words: &[&str], most: usize) -> usize {
    let (mut end, mut found) = (0, 0);
    for (at, word) in words.iter().enumerate() {
        let own = bare(word);
        let is_link = is_in(LINKS, own);
        if own.is_empty()
            || own.starts_with(is_digit)
            || (is_in(GO_ON, own) && !is_link)
            || found == most
        {
            break;
        }
        if !is_link {
            found += 1;
            end = at + 1;
        }
        if punctuation(word).is_some() {
            break;
        }
    }
    end
}

/// The word without punctuation around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c| !is_digit(c) && !is_letter(c))
}

/// The punctuation a word ends with.
fn punctuation(word: &str) -> Option<&str> {
    let end = word
        .trim_end_matches([',', '.', ';', ':', '!', '?', ')'])
        .len();
    (end < word.len()).then(|| &word[end..])
}

fn fold(word: &str) -> String {
    word.replace('’', "'").to_ascii_lowercase()
}

/// Whether `list`, words between spaces, has the word. Never for the empty word.
fn is_in(list: &str, word: &str) -> bool {
    let word = fold(word);
    !word.is_empty() && list.split(' ').any(|own| own == word)
}
