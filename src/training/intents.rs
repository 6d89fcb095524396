//! Fits the model of intents (`guichet_search::intents`) to questions that were written for it
//! (`index/intents/<lang>/questions.tsv`) and to the lexicon's expressions. What it writes is kept beside the questions,
//! so that nobody has to run it who does not change them. The same questions give the same model.
//!
//! The model is a multinomial logistic regression over the words of a question. Its weights are held at 0 and above,
//! and a penalty on their sum keeps most of them at 0: what a shopper downloads is paid for by weight. Then those that
//! are left are fitted again without the penalty, and rounded.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use guichet_bundle::checksum::crc32;
use guichet_content::lexicons;
use guichet_domain::lang::Lang;
use guichet_search::Lexicon;

use crate::{fit, model, questions};

/// The penalty on the sum of weights, for each text: so many weights are left as a shopper can be asked to download.
const SPARSITY: f32 = 0.75;

/// Two descents: one that chooses the weights, and one that fits those that are left.
fn rounds(texts: usize) -> [fit::Round; 2] {
    [
        fit::Round {
            sparsity: SPARSITY / texts as f32,
            smallness: 1e-6,
            steps: 100,
        },
        fit::Round {
            sparsity: 1e-6,
            smallness: 3e-6,
            steps: 80,
        },
    ]
}

/// Fits a model for each language, and writes it.
pub(crate) fn fit() -> Result<()> {
    for lang in Lang::ALL {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../index/intents")
            .join(lang.code());
        let file = folder.join("questions.tsv");
        let text = fs::read_to_string(&file).with_context(|| format!("{}", file.display()))?;
        let questions = questions::read(&file.display().to_string(), &text)?;
        let lexicon = Lexicon::parse_for(lang, lexicons::text(lang))?;
        let data = questions::Data::new(lang, &lexicon, &questions);
        let weights = fit::fit(&data, &rounds(data.texts.len()));
        let model = model::lines(&data, &weights);
        println!(
            "{}: {} questions, {} intents, {} words with {} weights",
            lang.code(),
            questions.len(),
            data.intents.len(),
            model.matches('=').count(),
            model.matches(':').count()
        );
        let head = format!(
            "# Fitted by `cargo xtask intents`, not written by hand, to `questions.tsv` (crc32 {:08x}).\n",
            crc32(text.as_bytes())
        );
        fs::write(folder.join("model.txt"), head + &model)?;
    }
    Ok(())
}
