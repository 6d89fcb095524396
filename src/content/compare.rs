//! What changed between two versions of terms, clause by clause: added, removed, changed
//! word by word, or only moved to another number. Which clause became which is found in
//! `compare/pairs.rs`.

mod pairs;

use crate::terms::{Clause, Cut};
use pairs::Words;
use serde::Serialize;
use similar::{Algorithm, ChangeTag, DiffOp, capture_diff_slices};

/// How two versions differ.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// What changed, in the order of the new version; what was removed stands where it was.
    pub changes: Vec<Change>,
    /// How many clauses are the same, at the same address.
    pub unchanged: usize,
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Change {
    /// A clause the old version has not.
    Added(Whole),
    /// A clause the new version has not.
    Removed(Whole),
    /// A clause with other words, perhaps at another address, too.
    Changed {
        /// Its address in the old version.
        old_address: String,
        /// Its address in the new one.
        address: String,
        /// What stands above it in the new one.
        title: String,
        /// Its words, heading included and numbers left out, in the order they are read.
        words: Vec<Run>,
    },
    /// The same words at another address, as when an article before them was added.
    Moved {
        /// Its address in the old version.
        old_address: String,
        /// Its address in the new one.
        address: String,
        /// What stands above it in the new one.
        title: String,
    },
}

/// A clause that has no counterpart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Whole {
    /// Its address, in the version that has it.
    pub address: String,
    /// What stands above it.
    pub title: String,
    /// Its text.
    pub text: String,
}

/// Words that follow each other and share one fate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Run {
    /// Their fate.
    pub op: Op,
    /// The words, with a space between.
    pub text: String,
}

/// What became of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Op {
    /// In both versions.
    Same,
    /// In the old one only.
    Removed,
    /// In the new one only.
    Added,
}

impl Change {
    /// The address in the new version; `None` for what was removed.
    pub fn address(&self) -> Option<&str> {
        match self {
            Self::Added(Whole { address, .. })
            | Self::Changed { address, .. }
            | Self::Moved { address, .. } => Some(address),
            Self::Removed(_) => None,
        }
    }
}

/// Compares two versions.
pub fn compare(old: &Cut, new: &Cut) -> Comparison {
    let (old_words, new_words) = (words(&old.clauses), words(&new.clauses));
    let origins = pairs::pair(&old_words, &new_words);
    let mut comparison = Comparison::default();
    let is_kept = |at: usize| origins.contains(&Some(at));
    // What was removed is told where it stood: before the first kept clause that came after it.
    let mut told = 0;
    for (at, origin) in origins.iter().enumerate() {
        if let Some(origin) = origin {
            while told < *origin {
                if !is_kept(told) {
                    let removed = Change::Removed(whole(&old.clauses[told]));
                    comparison.changes.push(removed);
                }
                told += 1;
            }
        }
        let clause = &new.clauses[at];
        let change = match origin {
            None => Change::Added(whole(clause)),
            Some(origin) => {
                let before = &old.clauses[*origin];
                let same = old_words[*origin].words == new_words[at].words;
                let (old_address, address) = (before.address.clone(), clause.address.clone());
                match (same, old_address == address) {
                    (true, true) => {
                        comparison.unchanged += 1;
                        continue;
                    }
                    (true, false) => Change::Moved {
                        old_address,
                        address,
                        title: title(clause),
                    },
                    (false, _) => Change::Changed {
                        old_address,
                        address,
                        title: title(clause),
                        words: runs(&old_words[*origin].words, &new_words[at].words),
                    },
                }
            }
        };
        comparison.changes.push(change);
    }
    let rest = (told..old.clauses.len()).filter(|at| !is_kept(*at));
    let removed = rest.map(|at| Change::Removed(whole(&old.clauses[at])));
    comparison.changes.extend(removed);
    comparison
}

fn whole(clause: &Clause) -> Whole {
    Whole {
        address: clause.address.clone(),
        title: title(clause),
        text: clause.text.clone(),
    }
}

fn title(clause: &Clause) -> String {
    clause.path.last().unwrap_or(&clause.number).clone()
}

/// The words of each clause with its own headings, but without their numbers.
fn words(clauses: &[Clause]) -> Vec<Words<'_>> {
    clauses.iter().map(words_of).collect()
}

fn words_of(clause: &Clause) -> Words<'_> {
    let opened = &clause.path[clause.path.len().saturating_sub(clause.opens)..];
    let mut words = Vec::new();
    for heading in opened {
        let bare = match heading.strip_prefix(clause.number.as_str()) {
            Some(bare) if !clause.number.is_empty() => bare,
            _ => without_number(heading),
        };
        words.extend(bare.split_whitespace().skip_while(|word| is_mark(word)));
    }
    words.extend(clause.text.split_whitespace());
    Words {
        address: &clause.address,
        words,
    }
}

/// A heading without `Article 7` or `7.2` at its beginning: an article that moves is not changed by that.
fn without_number(heading: &str) -> &str {
    let (first, rest) = heading.split_once(' ').unwrap_or((heading, ""));
    let is_number = |word: &str| {
        let bare = word.trim_end_matches(['.', ')', ':', '-']);
        !bare.is_empty()
            && (bare.bytes().all(|b| b.is_ascii_digit() || b == b'.')
                || bare.bytes().all(|b| b"IVXLC".contains(&b)))
    };
    if is_number(first) {
        return rest;
    }
    let (second, after) = rest.split_once(' ').unwrap_or((rest, ""));
    if is_number(second) { after } else { heading }
}

/// A dash, point or colon between a number and what it numbers.
fn is_mark(word: &str) -> bool {
    !word.contains(char::is_alphanumeric)
}

/// Two texts as one, read with what was taken out and put in.
fn runs(old: &[&str], new: &[&str]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let changes = capture_diff_slices(Algorithm::Myers, old, new);
    for change in changes
        .iter()
        .flat_map(|op: &DiffOp| op.iter_changes(old, new))
    {
        let op = match change.tag() {
            ChangeTag::Equal => Op::Same,
            ChangeTag::Delete => Op::Removed,
            ChangeTag::Insert => Op::Added,
        };
        match runs.last_mut().filter(|run| run.op == op) {
            Some(run) => {
                run.text.push(' ');
                run.text.push_str(change.value());
            }
            None => runs.push(Run {
                op,
                text: change.value().to_owned(),
            }),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::{Format, cut};

    const OLD: &str = "\
# CGV

## Article 1 – Prix
Les prix sont affichés en euros, toutes taxes comprises, hors frais de livraison.

## Article 2 – Livraison
Nous livrons sous dix jours ouvrés en France métropolitaine et en Corse.

## Article 3 – Fax
Toute commande peut aussi nous parvenir par télécopie, à toute heure du jour.

## Article 4 – Litiges
Le tribunal compétent est celui du domicile de l’acheteur, au choix de celui-ci.
";

    fn check(old: &str, new: &str, expected: &[&str], unchanged: usize) {
        let [old, new] = [old, new].map(|text| cut(text, Format::Markdown));
        let found = compare(&old, &new);
        let told: Vec<String> = found.changes.iter().map(told).collect();
        assert_eq!(
            (&told[..], found.unchanged),
            (
                &expected.iter().map(ToString::to_string).collect::<Vec<_>>()[..],
                unchanged
            )
        );
    }

    fn told(change: &Change) -> String {
        match change {
            Change::Added(whole) => format!("+ {}", whole.address),
            Change::Removed(whole) => format!("- {}", whole.address),
            Change::Moved {
                old_address,
                address,
                ..
            } => format!("{old_address} > {address}"),
            Change::Changed {
                old_address,
                address,
                words,
                ..
            } => {
                let words = words.iter().map(|run| match run.op {
                    Op::Same => "…".to_owned(),
                    Op::Removed => format!("[-{}-]", run.text),
                    Op::Added => format!("{{+{}+}}", run.text),
                });
                format!(
                    "{old_address} > {address}: {}",
                    words.collect::<Vec<_>>().join(" ")
                )
            }
        }
    }

    #[test]
    fn equal_terms_have_no_change_however_they_are_laid_out() {
        check(OLD, OLD, &[], 4);
        check(OLD, &OLD.replace("# CGV\n", "# CGV\n\n"), &[], 4);
    }

    #[test]
    fn a_change_is_told_word_by_word() {
        check(
            OLD,
            &OLD.replace("dix jours ouvrés", "cinq jours"),
            &["2 > 2: … [-dix-] {+cinq+} … [-ouvrés-] …"],
            3,
        );
        check(
            OLD,
            &OLD.replace("– Prix", "– Tarifs"),
            &["1 > 1: … [-Prix-] {+Tarifs+} …"],
            3,
        );
    }

    #[test]
    fn what_is_added_pushes_the_rest_on_and_what_is_removed_draws_it_back() {
        let new = OLD.replace("## Article 3", "## Article 3 – Compte\nUn compte n’est pas nécessaire pour acheter chez nous.\n\n## Article 4")
            .replace("## Article 4 – Litiges", "## Article 5 – Litiges");
        check(OLD, &new, &["+ 3", "3 > 4", "4 > 5"], 2);
        check(&new, OLD, &["- 3", "4 > 3", "5 > 4"], 2);
    }

    #[test]
    fn a_clause_that_moved_and_changed_is_still_known() {
        let new = OLD
            .replace("## Article 3 – Fax\nToute commande peut aussi nous parvenir par télécopie, à toute heure du jour.\n\n", "")
            .replace("Article 4", "Article 3")
            .replace("est celui", "reste celui");
        check(OLD, &new, &["- 3", "4 > 3: … [-est-] {+reste+} …"], 2);
    }

    #[test]
    fn terms_that_have_nothing_in_common_are_removed_and_added() {
        check(OLD, "", &["- 1", "- 2", "- 3", "- 4"], 0);
        check("", OLD, &["+ 1", "+ 2", "+ 3", "+ 4"], 0);
    }
}
