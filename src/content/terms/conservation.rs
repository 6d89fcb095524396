//! Proves that no word is lost, invented or moved, on documents made up at random, and that no text whatever makes the
//! cutter panic.

use super::made_up::{Block, alphanumeric, blocks, write};
use super::{Clause, Cut, Format, cut, words};
use proptest::prelude::*;
use std::collections::HashSet;

/// The words of all clauses, in their order.
fn words_of(cut: &Cut) -> Vec<String> {
    let opened = |clause: &Clause| clause.path[clause.path.len() - clause.opens..].join(" ");
    cut.clauses
        .iter()
        .flat_map(|clause| alphanumeric(&format!("{} {}", opened(clause), clause.text)))
        .collect()
}

fn check_ranges(cut: &Cut, source: &str) {
    let mut end = 0;
    let mut addresses = HashSet::new();
    for clause in &cut.clauses {
        assert!(
            end <= clause.start && clause.start <= clause.end,
            "`{}` begins at {} before {end}",
            clause.address,
            clause.start
        );
        assert!(
            source.is_char_boundary(clause.start) && source.is_char_boundary(clause.end),
            "`{}` cuts a character",
            clause.address
        );
        assert!(
            addresses.insert(&clause.address),
            "`{}` stands twice",
            clause.address
        );
        assert!(!clause.address.is_empty() && clause.opens <= clause.path.len());
        assert!(
            clause
                .references
                .iter()
                .all(|reference| cut.find(reference).is_some()),
            "{:?} lead nowhere",
            clause.references
        );
        end = clause.end;
    }
}

fn check_conservation(blocks: &[Block], html: bool) {
    let written = write(blocks, html);
    let cut = cut(
        &written.source,
        if html { Format::Html } else { Format::Markdown },
    );
    let kept = words_of(&cut);
    let dropped: Vec<String> = cut
        .dropped
        .iter()
        .flat_map(|dropped| alphanumeric(&dropped.text))
        .collect();
    let mut all: Vec<&String> = kept.iter().chain(&dropped).collect();
    let mut expected: Vec<&String> = written.expected.iter().collect();
    all.sort_unstable();
    expected.sort_unstable();
    assert_eq!(
        all, expected,
        "words are lost or invented in\n{}",
        written.source
    );

    // Every word but those of numbers occurs once, so the order of what was kept can be told.
    let is_kept: HashSet<&String> = kept.iter().filter(|word| word.len() > 3).collect();
    let in_order: Vec<&String> = written
        .expected
        .iter()
        .filter(|word| is_kept.contains(word))
        .collect();
    let found: Vec<&String> = kept.iter().filter(|word| is_kept.contains(word)).collect();
    assert_eq!(found, in_order, "words are moved in\n{}", written.source);
    check_ranges(&cut, &written.source);
    for clause in &cut.clauses {
        let most = words::count(&clause.text);
        assert!(most <= 250, "`{}` has {most} words", clause.address);
    }
}

/// Pieces that documents trip over.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "# ",
        "## ",
        "\n",
        "\n\n",
        "**",
        "Article 1",
        "Article 2 – Prix",
        "1. ",
        "2.1 ",
        "a) ",
        "(i) ",
        "(ii) ",
        "§ 3",
        "- ",
        "    ",
        "\\",
        "|",
        "|---|\n",
        "[a](#b)",
        "![x](y)",
        "<p>",
        "</p>",
        "<nav>",
        "</nav>",
        "<form>",
        "</form>",
        "<ol type=a><li>",
        "<li>",
        "<table><tr><td>",
        "<br>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<a href=\"",
        "\"",
        "'",
        "&eacute;",
        "&#0;",
        "&",
        ";",
        "l’article 2.1",
        "du Code civil",
        "(cf. 7.2)",
        "é",
        "\u{a0}",
        "\u{feff}",
        "Les prix sont en euros.",
        "Vous acceptez :",
        "===",
        "---",
        "```\n",
        "\t",
        "Version 3",
        "1\\.",
        "ANNEXE",
        "…",
        "\u{0}",
        "< 5",
        "<b>",
        "</b>",
        "<h2>",
        "</h2>",
    ]);
    prop::collection::vec(
        prop_oneof![6 => piece.prop_map(str::to_owned), 1 => "\\PC{0,6}"],
        0..60,
    )
    .prop_map(|pieces| {
        let mut text = String::new();
        for piece in pieces {
            text.push_str(&piece);
        }
        text
    })
}

proptest! {
    #[test]
    fn every_word_of_made_up_markdown_comes_out_once_and_in_order(blocks in blocks()) {
        check_conservation(&blocks, false);
    }

    #[test]
    fn every_word_of_made_up_html_comes_out_once_and_in_order(blocks in blocks()) {
        check_conservation(&blocks, true);
    }

    #[test]
    fn no_text_makes_the_cutter_panic(text in any::<String>()) {
        check_ranges(&cut(&text, Format::Markdown), &text);
        check_ranges(&cut(&text, Format::Html), &text);
    }

    #[test]
    fn no_heap_of_syntax_makes_the_cutter_panic(text in pieces()) {
        check_ranges(&cut(&text, Format::Markdown), &text);
        check_ranges(&cut(&text, Format::Html), &text);
    }
}
