//! The lexicons that come with Guichet, embedded so that the command needs no data folder.

use guichet_domain::lang::Lang;
use guichet_search::Lexicon;
use guichet_search::lexicon::LexiconError;

const FRENCH: &str = concat!(
    include_str!("../../index/lexicon/fr/stop.txt"),
    "\n",
    include_str!("../../index/lexicon/fr/shorthand.txt"),
    "\n",
    include_str!("../../index/lexicon/fr/concepts.txt"),
);
const ENGLISH: &str = concat!(
    include_str!("../../index/lexicon/en/stop.txt"),
    "\n",
    include_str!("../../index/lexicon/en/shorthand.txt"),
    "\n",
    include_str!("../../index/lexicon/en/concepts.txt"),
);

/// The lexicon of a language.
pub fn lexicon(lang: Lang) -> Result<Lexicon, LexiconError> {
    let text = match lang {
        Lang::Fr => FRENCH,
        Lang::En => ENGLISH,
    };
    Lexicon::parse_for(lang, text)
}

#[cfg(test)]
mod tests {
    use super::*;

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
