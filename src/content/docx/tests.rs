//! Documents made here, as Word writes them, and archives nobody should open.

use super::*;
use crate::terms::{Format, cut};
use std::io::Write;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const STYLES: &str = r#"<w:styles xmlns:w="w">
<w:style w:styleId="Titre1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="Titre"><w:name w:val="Title"/></w:style>
<w:style w:styleId="TM1"><w:name w:val="toc 1"/></w:style>
<w:style w:styleId="Boucle"><w:name w:val="x"/><w:basedOn w:val="Boucle"/></w:style>
</w:styles>"#;

const NUMBERING: &str = r#"<w:numbering xmlns:w="w">
<w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Article %1 –"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
</w:numbering>"#;

fn p(settings: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{settings}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn style(id: &str) -> String {
    format!("<w:pStyle w:val=\"{id}\"/>")
}

fn list(id: usize, level: usize) -> String {
    format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{id}\"/></w:numPr>")
}

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn document(body: &str) -> String {
    format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>")
}

fn read(body: &str) -> Result<String, DocxError> {
    html(&archive(&[
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", &document(body)),
        ("word/styles.xml", STYLES),
        ("word/numbering.xml", NUMBERING),
    ]))
}

#[test]
fn numbers_that_only_word_computes_become_clauses() {
    let body = [
        p(&style("Titre"), "Conditions de vente"),
        p(&style("TM1"), "Article 1 – Livraison 2"),
        p(&style("Titre1"), "Livraison"),
        p(
            &list(1, 1),
            "Nous livrons sous trois jours &amp; sans frais au-delà de soixante euros.",
        ),
        p(&style("Titre1"), "Rétractation"),
        p(&list(1, 1), "La règle dépend de ce que vous avez acheté :"),
        p(
            &list(1, 2),
            "pour un bien, quatorze jours à partir de la réception ;",
        ),
        p(
            &list(1, 2),
            "pour un fichier, aucun droit après le téléchargement.",
        ),
    ]
    .concat();
    let html = read(&body).unwrap();
    insta::assert_snapshot!(html);
    let cut = cut(&html, Format::Html);
    let addresses: Vec<_> = cut
        .clauses
        .iter()
        .map(|clause| clause.address.as_str())
        .collect();
    assert_eq!(addresses, ["1.1", "2.1", "2.1.a", "2.1.b"]);
    assert_eq!(
        cut.clauses[3].text,
        "pour un fichier, aucun droit après le téléchargement."
    );
    for clause in &cut.clauses {
        let last = clause.text.split_whitespace().next_back().unwrap();
        assert!(
            html[clause.start..clause.end].contains(last),
            "places count in the text made: {clause:?}"
        );
    }
}

#[test]
fn lists_tables_bold_lines_and_changes_are_read_as_they_are_seen() {
    let body = [
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Nos prix</w:t></w:r></w:p>".to_owned(),
        p(&list(2, 0), "en euros"),
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Relais</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>3 €</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>offert</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>".to_owned(),
        "<w:p><w:del><w:r><w:delText>jamais</w:delText><w:t>jamais</w:t></w:r></w:del><w:ins><w:r><w:t>tou</w:t></w:r><w:r><w:t xml:space=\"preserve\">jours &lt;</w:t><w:tab/><w:t>ici&#233;</w:t></w:r></w:ins></w:p>".to_owned(),
        p(&style("Boucle"), "Un style qui repose sur lui-même."),
    ]
    .concat();
    insta::assert_snapshot!(read(&body).unwrap());
}

fn check_refused(bytes: &[u8], expected: &str) {
    let error = html(bytes).unwrap_err().to_string();
    assert!(
        error.contains(expected) && error.contains("\nhint: "),
        "{error}"
    );
}

#[test]
fn archives_that_are_no_documents_are_refused_with_a_remedy() {
    check_refused(b"", "it is not a DOCX file");
    check_refused(b"PK\x03\x04 and no more", "it is not a DOCX file");
    check_refused(
        &archive(&[("mimetype", "text")]),
        "it has no `word/document.xml`",
    );
    for damaged in ["<w:document><w:body>", "<w:document></w:body>", "\u{0}<<>>"] {
        check_refused(&archive(&[("word/document.xml", damaged)]), "is damaged");
    }
    let deep = "<w:x>".repeat(100_000) + &"</w:x>".repeat(100_000);
    check_refused(
        &archive(&[("word/document.xml", &deep)]),
        "nested more than 500 deep",
    );
}

#[test]
fn a_small_archive_that_holds_a_large_document_is_refused_before_it_is_unpacked() {
    let bomb = archive(&[("word/document.xml", &" ".repeat(40_000_000))]);
    assert!(bomb.len() < 100_000, "{} bytes", bomb.len());
    check_refused(&bomb, "it is too large");
    let many: Vec<String> = (0..=MAX_ENTRIES)
        .map(|n| format!("word/media/{n}.png"))
        .collect();
    let many: Vec<(&str, &str)> = many.iter().map(|name| (name.as_str(), "")).collect();
    check_refused(&archive(&many), "it is too large");
}

#[test]
fn an_archive_cut_anywhere_is_refused_and_never_panics() {
    let whole = archive(&[("word/document.xml", &document(&p("", "Un texte.")))]);
    for end in 0..whole.len() {
        assert!(html(&whole[..end]).is_err(), "cut at {end}");
    }
    for at in 0..whole.len() {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x55;
        // Where the damage lies in what is not read, the text is the same; else it is refused.
        if let Ok(html) = html(&damaged) {
            assert_eq!(html, "<p>Un texte.</p>\n", "at {at}");
        }
    }
}
