//! The lexicons that come with Guichet, embedded so that the command needs no data folder.

use guichet_domain::lang::Lang;
use guichet_search::Lexicon;
use guichet_search::lexicon::LexiconError;

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

/// The lexicon of a language.
pub fn lexicon(lang: Lang) -> Result<Lexicon, LexiconError> {
    Lexicon::parse_for(lang, text(lang))
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
