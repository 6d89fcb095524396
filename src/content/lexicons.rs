//! The lexicons that come with Guichet, embedded so that the command needs no data folder.

use guichet_domain::lang::Lang;
use guichet_search::intents::ModelError;
use guichet_search::lexicon::LexiconError;
use guichet_search::{Intents, Lexicon};

const FRENCH: &str = concat!(
    include_str!("../../index/lexicon/fr/stop.txt"),
    "\n",
    include_str!("../../index/lexicon/fr/light.txt"),
    "\n",
    include_str!("../../index/lexicon/fr/shorthand.txt"),
    "\n",
    include_str!("../../index/lexicon/fr/everyday.txt"),
    "\n",
    include_str!("../../index/lexicon/fr/orders.txt"),
    "\n",
    include_str!("../../index/lexicon/fr/delivery.txt"),
    "\n",
    include_str!("../../index/lexicon/fr/goods.txt"),
    "\n",
    include_str!("../../index/lexicon/fr/aftersales.txt"),
    "\n",
    include_str!("../../index/lexicon/fr/money.txt"),
    "\n",
    include_str!("../../index/lexicon/fr/company.txt"),
    "\n",
);
const ENGLISH: &str = concat!(
    include_str!("../../index/lexicon/en/stop.txt"),
    "\n",
    include_str!("../../index/lexicon/en/light.txt"),
    "\n",
    include_str!("../../index/lexicon/en/shorthand.txt"),
    "\n",
    include_str!("../../index/lexicon/en/concepts.txt"),
    "\n",
);

/// The lines of a language's lexicon.
pub fn text(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => FRENCH,
        Lang::En => ENGLISH,
    }
}

/// The model of what words mean in a language.
fn model(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => include_str!("../../index/intents/fr/model.txt"),
        Lang::En => include_str!("../../index/intents/en/model.txt"),
    }
}

/// What a lexicon or a model that comes with Guichet says that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum OwnError {
    /// A lexicon.
    #[error(transparent)]
    Lexicon(#[from] LexiconError),
    /// A model of intents.
    #[error(transparent)]
    Model(#[from] ModelError),
}

/// The lexicon of a language, with its intents.
pub fn lexicon(lang: Lang) -> Result<Lexicon, OwnError> {
    let intents = Intents::parse(model(lang))?;
    Ok(Lexicon::parse_for(lang, text(lang))?.with_intents(intents))
}

#[cfg(test)]
mod tests {
    use super::*;
    use guichet_bundle::checksum::crc32;

    #[test]
    fn every_model_is_fitted_to_the_questions_beside_it() {
        let questions = [
            (
                Lang::Fr,
                include_bytes!("../../index/intents/fr/questions.tsv").as_slice(),
            ),
            (
                Lang::En,
                include_bytes!("../../index/intents/en/questions.tsv").as_slice(),
            ),
        ];
        for (lang, questions) in questions {
            let of = format!("(crc32 {:08x})", crc32(questions));
            let head = model(lang).lines().next().unwrap();
            assert!(head.contains(&of), "run `cargo xtask intents`: {head} {of}");
        }
    }

    #[test]
    fn every_language_has_a_lexicon_that_reads() {
        for lang in Lang::ALL {
            assert!(
                lexicon(lang)
                    .unwrap()
                    .is_stop(if lang == Lang::Fr { "le" } else { "the" })
            );
        }
    }
}
