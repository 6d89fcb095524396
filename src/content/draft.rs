//! A new entry for questions that nothing answers: a file in which only the answer is missing. Until the
//! owner writes it, the entry is left out of what is built (`faq`).
//!
//! ```text
//! "vous louez des tentes" ×5      →     question = "Vous louez des tentes"
//! "location tente"        ×2            asked = [
//!                                         "location tente",
//!                                       ]
//!                                       # À écrire : …
//!                                       short = ""
//! ```

use crate::accept::{AcceptError, Edit, quoted, words};
use crate::sources::Sources;
use crate::suggest::Unanswered;
use crate::terms::slug::slug;
use guichet_domain::lang::Lang;
use guichet_search::fold::fold;
use std::fmt::Write as _;
use std::path::Path;

/// Most phrasings of a group that are taken into `asked`, the most frequent ones.
const MOST_ASKED: usize = 10;

/// The question of a group: its most frequent phrasing that has words, with a capital; `None` where none has.
pub fn question(group: &Unanswered) -> Option<String> {
    let (question, _) = asked(group)?;
    Some(question)
}

/// The question, and the other ways it is asked.
fn asked(group: &Unanswered) -> Option<(String, Vec<String>)> {
    let mut known = Vec::new();
    let mut phrasings = group.phrasings.iter().filter_map(|phrasing| {
        let text = words(&phrasing.text);
        let folded = fold(&text);
        let is_new = text.chars().any(char::is_alphabetic) && !known.contains(&folded);
        known.push(folded);
        is_new.then_some(text)
    });
    let first = phrasings.next()?;
    let mut letters = first.chars();
    let capital = letters.next()?.to_uppercase();
    let question = capital.chain(letters).collect();
    Some((question, phrasings.take(MOST_ASKED).collect()))
}

/// The file of a new entry, in the folder of its category: that of the nearest entry, else the site's first one.
pub fn draft(
    folder: &Path,
    sources: &Sources,
    lang: Lang,
    group: &Unanswered,
) -> Result<Edit, AcceptError> {
    let (question, asked) = asked(group).ok_or_else(|| {
        let first = group.phrasings.first();
        AcceptError::Empty(first.map_or_else(String::new, |one| one.text.clone()))
    })?;
    let own = || sources.entries.iter().filter(|own| own.lang == lang);
    let nearest = own().find(|own| Some(&own.entry.entry.id) == group.nearest.as_ref());
    let nearest = nearest.map(|own| own.entry.entry.category.as_str());
    let settings = sources.settings.as_ref();
    let first = settings.and_then(|settings| Some(settings.site.categories.first()?.id.as_str()));
    let category = nearest.or(first).unwrap_or_default();
    let stem = slug(&question);
    let is_taken = |id: &String| own().any(|own| own.entry.entry.id == format!("faq/{id}"));
    let ids = (2..).map(|number| format!("{stem}-{number}"));
    let id = std::iter::once(stem.clone())
        .chain(ids)
        .find(|id| !is_taken(id));
    let id = id.unwrap_or_default();
    let file = folder.join(format!("faq/{lang}/{category}/{id}.md"));
    if file.exists() {
        return Err(AcceptError::Drafted(file));
    }
    let mut text = format!("+++\nid = \"{id}\"\nquestion = {}\n", quoted(&question));
    if !asked.is_empty() {
        text.push_str("asked = [\n");
        for phrasing in asked {
            // Writing to a string does not fail.
            let _ = writeln!(text, "  {},", quoted(&phrasing));
        }
        text.push_str("]\n");
    }
    let to_write = match lang {
        Lang::Fr => {
            "À écrire : la réponse, ici en une ou deux phrases, et en entier sous la dernière ligne. D’ici là, elle n’est pas publiée."
        }
        Lang::En => {
            "To be written: the answer, here in one or two sentences, and in full below the last line. Until then it is not published."
        }
    };
    let _ = write!(
        text,
        "category = \"{category}\"\n# {to_write}\nshort = \"\"\n+++\n"
    );
    Ok(Edit {
        file,
        before: String::new(),
        after: text,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faq;
    use crate::problem::{Problems, Source};
    use crate::sources::EntryFile;
    use crate::suggest::Phrasing;
    use guichet_domain::holiday::Region;
    use std::path::PathBuf;

    fn group(texts: &[&str]) -> Unanswered {
        let phrasings = texts.iter().map(|text| Phrasing {
            text: (*text).to_owned(),
            visits: 2,
        });
        Unanswered {
            phrasings: phrasings.collect(),
            visits: 2 * texts.len(),
            nearest: Some("faq/louer-une-tente".into()),
        }
    }

    /// In a shop that has one entry, the nearest.
    fn drafted(texts: &[&str]) -> Result<Edit, AcceptError> {
        let file = PathBuf::from("boutique/faq/fr/produits/louer-une-tente.md");
        let text = "+++\nid = \"louer-une-tente\"\nquestion = \"Où ?\"\ncategory = \"produits\"\nshort = \"Ici.\"\n+++\nIci.\n".to_owned();
        let source = Source {
            file: &file,
            text: &text,
        };
        let entry = faq::read(&source, Region::default(), &mut Problems::default()).unwrap();
        let entry = EntryFile {
            lang: Lang::Fr,
            file,
            text,
            entry,
        };
        let sources = Sources {
            entries: vec![entry],
            ..Sources::default()
        };
        draft(Path::new("boutique"), &sources, Lang::Fr, &group(texts))
    }

    #[test]
    fn a_draft_has_all_but_the_answer_and_is_left_out_until_that_is_written() {
        let texts = [
            "[numéro]",
            "vous louez des \"tentes\" ?",
            "Location tente",
            "location TENTE",
        ];
        let edit = drafted(&texts).unwrap();
        insta::assert_snapshot!(edit.diff(Path::new("boutique")));
        let read = |text: &str| {
            let source = Source {
                file: &edit.file,
                text,
            };
            let mut problems = Problems::default();
            let entry = faq::read(&source, Region::default(), &mut problems);
            (entry, problems)
        };
        let (entry, problems) = read(&edit.after);
        assert!(entry.is_none() && !problems.any_error());
        insta::assert_snapshot!(problems.sorted()[0].to_string());
        let (entry, problems) = read(&(edit.after.clone() + "Oui, à Annecy.\n"));
        assert!(
            entry.is_none() && problems.any_error(),
            "the short answer is missing"
        );
        let (entry, problems) =
            read(&(edit.after.replace("\"\"", "\"Oui.\"") + "Oui, à Annecy.\n"));
        assert!(entry.is_some() && problems.sorted().is_empty());
    }

    #[test]
    fn an_id_that_another_entry_has_is_not_taken_again() {
        let edit = drafted(&["louer une tente ?"]).unwrap();
        assert!(edit.file.ends_with("louer-une-tente-2.md"), "{edit:?}");
    }

    #[test]
    fn texts_without_words_make_no_entry() {
        assert_eq!(question(&group(&["[numéro]", "12"])), None);
        insta::assert_snapshot!(drafted(&["[numéro]"]).unwrap_err());
    }
}
