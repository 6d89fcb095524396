//! Versions of the terms of sale. Each is a file: `cgv.md` where there is but one, and
//! `cgv@2026-03-01.md` with the day it takes effect as soon as there are several. What is
//! cut is in `terms`; here is which version holds on a day, and every doubt about it.

use crate::compare::{Change, Whole, compare};
use crate::faq::is_id;
use crate::files::read_bytes;
use crate::problem::{At, Problems, Source, split_hint};
use crate::site::tell_of_terms;
use crate::terms::{self, Cut};
use crate::terms_file::{self, TermsFileError, TermsText};
use guichet_bundle::edition::Changed;
use guichet_domain::civil::Date;
use guichet_domain::document::Clause;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Largest file of terms; a document with pictures is large, its text is not.
const MAX_TERMS_BYTES: u64 = 32_000_000;

/// Terms of sale with all their versions, one of them in force.
#[derive(Clone, Debug)]
pub struct Terms {
    /// Its name, which begins the address of each clause: `cgv`.
    pub name: String,
    /// The version in force on the day the site was read for.
    pub in_force: Edition,
    /// Versions that were in force before, the latest first.
    pub older: Vec<Edition>,
    /// Versions that will be in force, the next first.
    pub upcoming: Vec<Edition>,
}

/// One version of terms of sale.
#[derive(Clone, Debug)]
pub struct Edition {
    /// The day from which it holds; `None` for terms that have only one version and no date.
    pub effective: Option<Date>,
    /// Where it is written.
    pub file: PathBuf,
    /// The text that was cut.
    pub text: String,
    /// Its clauses.
    pub cut: Cut,
}

impl Terms {
    /// The clauses in force, as they are searched and shown.
    pub fn clauses(&self) -> Vec<Clause> {
        let clauses = self.in_force.cut.clauses.iter();
        clauses
            .filter(|clause| !clause.text.trim().is_empty())
            .map(|clause| shown(&self.name, clause))
            .collect()
    }

    /// What was otherwise in an earlier version, for those who ordered then.
    pub fn as_it_was(&self, older: &Edition) -> guichet_bundle::Edition {
        let (mut changed, mut added) = (Vec::new(), Vec::new());
        let id = |address: &str| format!("{}/{address}", self.name);
        let before = older.address(&self.name);
        for change in compare(&older.cut, &self.in_force.cut).changes {
            match change {
                Change::Added(Whole { address, .. }) => added.push(id(&address)),
                Change::Changed {
                    old_address,
                    address,
                    ..
                } => {
                    let was = older.cut.clauses.iter();
                    let was = was.filter(|clause| clause.address == old_address);
                    changed.extend(was.map(|clause| Changed {
                        id: id(&address),
                        was: shown(&before, clause),
                    }));
                }
                Change::Removed(_) | Change::Moved { .. } => {}
            }
        }
        guichet_bundle::Edition::new(changed, added)
    }
}

/// A clause as a shopper reads it, its address below `terms`.
fn shown(terms: &str, clause: &terms::Clause) -> Clause {
    Clause {
        id: format!("{terms}/{}", clause.address),
        number: clause.number.clone(),
        path: clause.path.clone(),
        lead: clause.lead.clone(),
        text: clause.text.clone(),
        lang: None,
        deadlines: Vec::new(),
    }
}

impl Edition {
    /// What its addresses begin with where the version is meant, not whatever is in force: `cgv@2026-03-01`.
    pub fn address(&self, name: &str) -> String {
        match self.effective {
            Some(date) => format!("{name}@{date}"),
            None => name.to_owned(),
        }
    }
}

/// What a file name says: the name of the terms and, behind an `@`, the day they take effect. `None` in place of
/// either that is not one: `cgv@demain.md` has a name and no day.
pub fn name_and_day(file: &Path) -> (Option<&str>, Option<Result<Date, &str>>) {
    let stem = file
        .file_stem()
        .and_then(|stem| stem.to_str())
        .unwrap_or_default();
    let (name, day) = match stem.split_once('@') {
        Some((name, day)) => (name, Some(day.parse::<Date>().map_err(|_| day))),
        None => (stem, None),
    };
    (Some(name).filter(|name| is_id(name)), day)
}

/// Reads all versions of the terms of one language, by name.
pub(crate) fn read(paths: &[PathBuf], today: Date, problems: &mut Problems) -> Vec<Terms> {
    let mut editions: BTreeMap<String, Vec<Edition>> = BTreeMap::new();
    for path in paths {
        if let Some((name, edition)) = read_one(path, problems) {
            editions.entry(name).or_default().push(edition);
        }
    }
    editions
        .into_iter()
        .filter_map(|(name, editions)| order(name, editions, today, problems))
        .collect()
}

fn read_one(path: &Path, problems: &mut Problems) -> Option<(String, Edition)> {
    let at = At {
        file: path,
        line: 0,
    };
    let (name, day) = name_and_day(path);
    if name.is_none() {
        let stem = path
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned())
            .unwrap_or_default();
        problems.error(
            &at,
            format!("`{stem}` is not a name for terms"),
            "name the file with small letters, digits and dashes, for example `cgv.md`",
        );
    }
    let effective = match day.transpose() {
        Ok(effective) => Some(effective),
        Err(day) => {
            problems.error(
                &at,
                format!("`{day}` is not the day terms take effect"),
                "write it behind the `@` as year, month and day, for example `cgv@2026-03-01.md`",
            );
            None
        }
    };
    let bytes = read_bytes(path, MAX_TERMS_BYTES, problems)?;
    let TermsText { text, format, .. } = match terms_file::read(path, bytes) {
        Ok(read) => read,
        Err(error) => {
            let (message, hint) = split_hint(&error.to_string());
            let line = match error {
                TermsFileError::NotUtf8 { line } => line,
                _ => 0,
            };
            problems.error(&At { file: path, line }, message, hint);
            return None;
        }
    };
    let cut = terms::cut(&text, format);
    let source = Source {
        file: path,
        text: &text,
    };
    tell_of_terms(&source, &cut, problems);
    let edition = Edition {
        effective: effective?,
        file: path.to_owned(),
        cut,
        text,
    };
    Some((name?.to_owned(), edition))
}

/// Which version is in force, and which were and will be. Every doubt is an error: a clause quoted from the wrong
/// version is worse than none.
fn order(
    name: String,
    mut editions: Vec<Edition>,
    today: Date,
    problems: &mut Problems,
) -> Option<Terms> {
    editions.sort_by(|a, b| (b.effective, &b.file).cmp(&(a.effective, &a.file)));
    for pair in editions.windows(2) {
        let [later, earlier] = pair else { continue };
        let at = At {
            file: &later.file,
            line: 0,
        };
        let other = earlier.file.display();
        match (earlier.effective, later.effective) {
            (None, Some(_)) => problems.error(
                &At { file: &earlier.file, line: 0 },
                format!("`{name}` has several versions, and this one has no day on which it takes effect"),
                format!("name it `{name}@YYYY-MM-DD` with that day, or remove it"),
            ),
            (before, after) if before == after => problems.error(
                &at,
                match after {
                    Some(day) => format!("two versions of `{name}` take effect on {day}; the other is {other}"),
                    None => format!("two files are called `{name}`; the other is {other}"),
                },
                format!("name each `{name}@YYYY-MM-DD` with the day it takes effect, or remove one"),
            ),
            _ => {}
        }
    }
    let is_future = |edition: &Edition| edition.effective.is_some_and(|day| today < day);
    let split = editions
        .iter()
        .position(|edition| !is_future(edition))
        .unwrap_or(editions.len());
    let mut past = editions.split_off(split).into_iter();
    let mut upcoming: Vec<Edition> = editions.into_iter().rev().collect();
    let in_force = match past.next() {
        Some(edition) => edition,
        None if upcoming.is_empty() => return None,
        // Read all the same, so that answers that rest on its clauses are not told to be wrong as well.
        None => {
            let first = upcoming.remove(0);
            let day = first.effective.unwrap_or(today);
            problems.error(
                &At {
                    file: &first.file,
                    line: 0,
                },
                format!(
                    "no version of `{name}` is in force on {today}; the first takes effect on {day}"
                ),
                format!(
                    "add the version that holds until then; the one of {day} is for later orders"
                ),
            );
            first
        }
    };
    Some(Terms {
        name,
        in_force,
        older: past.collect(),
        upcoming,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// What is in force, older and upcoming on a day, and what is told.
    fn check(files: &[&str], today: &str, expected: [&str; 3], told: &[&str]) {
        let folder = tempfile::tempdir().unwrap();
        let mut paths = Vec::new();
        for name in files {
            let path = folder.path().join(name);
            let text = if name.ends_with("md") {
                "# CGV\n\n## Article 1 – Objet\nVoici ce que nous vendons.\n"
            } else {
                "<h2>Article 1 – Objet</h2><p>Voici ce que nous vendons.</p>"
            };
            fs::write(&path, text).unwrap();
            paths.push(path);
        }
        let mut problems = Problems::default();
        let terms = read(&paths, today.parse().unwrap(), &mut problems);
        let list = |editions: &[Edition]| {
            let names: Vec<_> = editions
                .iter()
                .map(|edition| edition.address("cgv"))
                .collect();
            names.join(" ")
        };
        let [terms] = &terms[..] else {
            panic!("one kind of terms: {terms:?}")
        };
        let found = [
            terms.in_force.address("cgv"),
            list(&terms.older),
            list(&terms.upcoming),
        ];
        assert_eq!(found, expected, "{files:?} on {today}");
        let found: Vec<_> = problems
            .sorted()
            .into_iter()
            .map(|problem| {
                let file = problem
                    .file
                    .file_name()
                    .unwrap()
                    .to_string_lossy()
                    .into_owned();
                let message = problem
                    .message
                    .replace(&folder.path().display().to_string(), "");
                format!("{file}: {message}; {}", problem.hint)
            })
            .collect();
        assert_eq!(found, told, "{files:?} on {today}");
    }

    #[test]
    fn one_file_without_a_date_is_in_force_on_every_day() {
        check(&["cgv.md"], "2026-03-01", ["cgv", "", ""], &[]);
    }

    #[test]
    fn the_version_that_last_took_effect_is_in_force_from_its_very_day() {
        let files = [
            "cgv@2025-01-15.md",
            "cgv@2026-03-01.html",
            "cgv@2027-01-01.md",
        ];
        let (first, second, third) = ("cgv@2025-01-15", "cgv@2026-03-01", "cgv@2027-01-01");
        check(
            &files,
            "2026-02-28",
            [first, "", "cgv@2026-03-01 cgv@2027-01-01"],
            &[],
        );
        check(&files, "2026-03-01", [second, first, third], &[]);
        check(
            &files,
            "2027-06-01",
            [third, "cgv@2026-03-01 cgv@2025-01-15", ""],
            &[],
        );
    }

    #[test]
    fn an_earlier_version_says_what_was_otherwise_and_what_was_not_there() {
        use guichet_bundle::edition::Was;
        let folder = tempfile::tempdir().unwrap();
        let article = |number, title, text| format!("## Article {number} – {title}\n{text}\n\n");
        let object = article(
            1,
            "Objet",
            "Voici ce que nous vendons depuis notre atelier de Gap.",
        );
        let old = article(
            2,
            "Retours",
            "Vous avez vingt jours pour nous renvoyer un article.",
        );
        let new = article(
            2,
            "Retours",
            "Vous avez trente jours pour nous renvoyer un article.",
        );
        let more = article(
            3,
            "Force majeure",
            "Personne n’est responsable de ce que nul ne peut prévoir.",
        );
        let paths = [
            ("cgv@2025-01-15.md", [object.as_str(), &old].concat()),
            ("cgv@2026-07-01.md", [object.as_str(), &new, &more].concat()),
        ]
        .map(|(name, text)| {
            let path = folder.path().join(name);
            fs::write(&path, text).unwrap();
            path
        });
        let today = "2026-11-22".parse().unwrap();
        let terms = read(&paths, today, &mut Problems::default());
        let terms = &terms[0];
        let edition = terms.as_it_was(&terms.older[0]);
        assert_eq!(edition.was("cgv/1"), Was::Same);
        let Was::Otherwise(was) = edition.was("cgv/2") else {
            panic!("{edition:?}")
        };
        assert_eq!(was.id, "cgv@2025-01-15/2");
        assert!(was.text.contains("vingt jours"));
        assert_eq!(edition.was("cgv/3"), Was::Absent);
        let bytes = edition.encode().unwrap();
        assert_eq!(
            guichet_bundle::Edition::decode("e", &bytes).unwrap(),
            edition
        );
    }

    #[test]
    fn versions_that_leave_a_doubt_are_told_with_file_and_remedy() {
        check(
            &["cgv@2027-01-01.md"],
            "2026-03-01",
            ["cgv@2027-01-01", "", ""],
            &[
                "cgv@2027-01-01.md: no version of `cgv` is in force on 2026-03-01; the first takes effect on 2027-01-01; \
               add the version that holds until then; the one of 2027-01-01 is for later orders",
            ],
        );
        check(
            &["cgv@2026-01-01.html", "cgv@2026-01-01.md"],
            "2026-03-01",
            ["cgv@2026-01-01", "cgv@2026-01-01", ""],
            &[
                "cgv@2026-01-01.md: two versions of `cgv` take effect on 2026-01-01; the other is /cgv@2026-01-01.html; \
               name each `cgv@YYYY-MM-DD` with the day it takes effect, or remove one",
            ],
        );
        check(
            &["cgv.md", "cgv@2026-01-01.md"],
            "2026-03-01",
            ["cgv@2026-01-01", "cgv", ""],
            &[
                "cgv.md: `cgv` has several versions, and this one has no day on which it takes effect; \
               name it `cgv@YYYY-MM-DD` with that day, or remove it",
            ],
        );
        check(
            &["cgv.md", "cgv@demain.md"],
            "2026-03-01",
            ["cgv", "", ""],
            &["cgv@demain.md: `demain` is not the day terms take effect; \
               write it behind the `@` as year, month and day, for example `cgv@2026-03-01.md`"],
        );
    }
}
