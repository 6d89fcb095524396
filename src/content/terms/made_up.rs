//! Documents made up at random, of words that occur once each, so that losses and moves can be told.

use proptest::prelude::*;

/// A block of a made-up document.
#[derive(Clone, Debug)]
pub(super) enum Block {
    /// A heading: level, how it is numbered, words.
    Heading(u8, Numbering, usize),
    /// A paragraph of so many words, with or without a number of its own.
    Paragraph(Option<&'static str>, usize),
    /// Items, lettered or not, of so many words each.
    Items(bool, Vec<usize>),
    /// A table of so many rows.
    Table(usize),
    /// A menu of so many links, above a heading.
    Menu(usize),
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Numbering {
    None,
    Article,
    Dotted,
    Roman,
}

/// Documents of up to 24 blocks.
pub(super) fn blocks() -> impl Strategy<Value = Vec<Block>> {
    let numbering = prop_oneof![
        Just(Numbering::None),
        Just(Numbering::Article),
        Just(Numbering::Dotted),
        Just(Numbering::Roman)
    ];
    let number = prop_oneof![3 => Just(None), 1 => Just(Some("2.1.")), 1 => Just(Some("§ 3")), 1 => Just(Some("1°"))];
    let block = prop_oneof![
        3 => (1..5u8, numbering, 1..8usize).prop_map(|(level, numbering, words)| Block::Heading(level, numbering, words)),
        6 => (number, 1..90usize).prop_map(|(number, words)| Block::Paragraph(number, words)),
        3 => (any::<bool>(), prop::collection::vec(1..40usize, 1..6)).prop_map(|(lettered, items)| Block::Items(lettered, items)),
        1 => (1..5usize).prop_map(Block::Table),
        1 => (3..7usize).prop_map(Block::Menu),
    ];
    prop::collection::vec(block, 0..25)
}

/// Writes words that occur once each, so that order can be told.
pub(super) struct Writer {
    /// The document.
    pub(super) source: String,
    /// Its words.
    pub(super) expected: Vec<String>,
    html: bool,
    count: usize,
}

impl Writer {
    fn put(&mut self, syntax: &str) {
        self.source.push_str(syntax);
    }

    /// Words that are written as they are expected.
    fn mark(&mut self, mark: &str) {
        self.source.push_str(mark);
        self.expected.extend(alphanumeric(mark));
    }

    fn words(&mut self, count: usize, end: &str) {
        for number in 0..count {
            self.count += 1;
            let (plain, written) = match self.count % 7 {
                1 => (format!("Mot{}", self.count), format!("Mot{}", self.count)),
                3 if self.html => (
                    format!("été{}", self.count),
                    format!("<b>&eacute;t&eacute;{}</b>", self.count),
                ),
                3 => (
                    format!("été{}", self.count),
                    format!("**été{}**", self.count),
                ),
                5 if self.html => (
                    format!("lien{}", self.count),
                    format!("<a href=\"/x\">lien{}</a>", self.count),
                ),
                5 => (
                    format!("lien{}", self.count),
                    format!("[lien{}](/x)", self.count),
                ),
                _ => (format!("mot{}", self.count), format!("mot{}", self.count)),
            };
            self.expected.push(plain);
            self.source.push_str(&written);
            self.source.push_str(if number + 1 == count {
                end
            } else if number % 11 == 10 {
                ". "
            } else {
                " "
            });
        }
    }

    fn block(&mut self, block: &Block, article: &mut usize) {
        match block {
            Block::Heading(level, numbering, words) => {
                let html = format!("<h{level}>");
                let markdown = "#".repeat(usize::from(*level)) + " ";
                self.put(if self.html { &html } else { &markdown });
                match numbering {
                    Numbering::None => {}
                    Numbering::Article => {
                        *article += 1;
                        self.mark(&format!("Art. {article} – "));
                    }
                    Numbering::Dotted => self.mark(&format!("{article}.{words} ")),
                    Numbering::Roman => self.mark("IV. "),
                }
                self.words(*words, "");
                self.put(if self.html { &"</h1>\n"[..0] } else { "" });
                let close = format!("</h{level}>\n");
                self.put(if self.html { &close } else { "\n\n" });
            }
            Block::Paragraph(number, words) => {
                self.put(if self.html { "<p>" } else { "" });
                if let Some(number) = number {
                    self.mark(number);
                    self.put(" ");
                }
                self.words(*words, ".");
                self.put(if self.html { "</p>" } else { "\n\n" });
            }
            Block::Items(lettered, items) => {
                self.put(if self.html && !lettered { "<ul>" } else { "" });
                for (number, words) in items.iter().enumerate() {
                    self.put(match (self.html, lettered) {
                        (true, true) => "<p>",
                        (true, false) => "<li>",
                        (false, true) => "",
                        (false, false) => "- ",
                    });
                    if *lettered {
                        self.mark(&format!("{}) ", ["a", "b", "c", "d", "e"][number]));
                    }
                    self.words(*words, " ;");
                    self.put(if self.html {
                        "\n"
                    } else if *lettered {
                        "\n\n"
                    } else {
                        "\n"
                    });
                }
                self.put(if self.html && !lettered {
                    "</ul>"
                } else {
                    "\n"
                });
            }
            Block::Table(rows) => {
                self.put(if self.html { "<table>" } else { "" });
                for row in 0..*rows {
                    self.put(if self.html { "<tr><td>" } else { "| " });
                    self.words(2, "");
                    self.put(if self.html { "</td><td>" } else { " | " });
                    self.words(1, "");
                    self.put(if self.html { "</td></tr>" } else { " |\n" });
                    self.put(if row == 0 && !self.html {
                        "|---|---|\n"
                    } else {
                        ""
                    });
                }
                self.put(if self.html { "</table>" } else { "\n" });
            }
            Block::Menu(links) => {
                self.put(if self.html { "<nav><ul>" } else { "" });
                for number in 0..*links {
                    self.count += 1;
                    let word = format!("menu{}", self.count);
                    let link = if self.html {
                        format!("<li><a href=\"/{number}\">{word}</a></li>")
                    } else {
                        format!("* [{word}](/{number})\n")
                    };
                    self.put(&link);
                    self.expected.push(word);
                }
                self.put(if self.html { "</ul></nav>" } else { "\n" });
                // A heading, so that no clause begins before the menu and ends after it.
                self.block(&Block::Heading(1, Numbering::None, 1), article);
                self.block(&Block::Paragraph(None, 12), article);
            }
        }
    }
}

/// Writes a document as Markdown or HTML.
pub(super) fn write(blocks: &[Block], html: bool) -> Writer {
    let mut writer = Writer {
        source: String::new(),
        expected: Vec::new(),
        html,
        count: 0,
    };
    let mut article = 0;
    for block in blocks {
        writer.block(block, &mut article);
    }
    writer
}

/// The words of a text, without punctuation.
pub(super) fn alphanumeric(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}
