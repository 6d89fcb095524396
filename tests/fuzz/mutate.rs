//! How a text is spoilt: bytes flipped, parts left out, repeated, moved or taken from another
//! file, and pieces put in that mean something to the readers.

/// What means something in terms, entries, pages and queries.
const PIECES: [&str; 44] = [
    "Article 7",
    "ARTICLE VII –",
    "7.2. ",
    "7.2.a) ",
    "§ 3 ",
    "a) ",
    "b) ",
    "(ii) ",
    "1° ",
    "- ",
    "# ",
    "###### ",
    "**",
    "**Article 2**\n",
    "\n\n",
    "\r\n",
    "\t",
    "| a | b |\n|---|---|\n",
    "<table><tr><td>",
    "</td></tr></table>",
    "<li>",
    "</ol>",
    "<p>",
    "<script>",
    "<!--",
    "-->",
    "<![CDATA[",
    "&nbsp;",
    "&#x10FFFF;",
    "conformément à l’article 5.1",
    "ci-après « le Client »",
    "14 jours ouvrables",
    "+++\n",
    "\"\"\"",
    "[[deadline]]\n",
    "l'",
    "œ",
    "e\u{301}",
    "\u{202e}",
    "\u{0}",
    "😀",
    "aujourd’hui",
    "jai pas recu mon coli",
    "2026-02-29",
];

/// Numbers at random, the same for the same seed (xorshift64*).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below `end`; 0 where there is none.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap_or(0) % end.max(1)
    }

    pub(crate) fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    fn range(&mut self, length: usize, most: usize) -> std::ops::Range<usize> {
        let start = self.below(length + 1);
        start..(start + self.below(most + 1)).min(length)
    }
}

/// `bytes` with one to a dozen things changed; `other` lends parts.
pub(crate) fn mutated(
    random: &mut Random,
    bytes: &[u8],
    other: &[u8],
    most_bytes: usize,
) -> Vec<u8> {
    let mut out = bytes[random.range(bytes.len(), most_bytes)].to_vec();
    for _ in 0..=random.below(12) {
        let at = random.below(out.len() + 1);
        match random.below(7) {
            0 if at < out.len() => out[at] ^= 1 << random.below(8),
            1 => drop(out.drain(random.range(out.len(), 80))),
            2 => {
                let part = out[random.range(out.len(), 400)].to_vec();
                let times = 1 + random.below(if part.len() < 8 { 400 } else { 4 });
                out.splice(at..at, part.repeat(times));
            }
            3 => {
                let part = other[random.range(other.len(), 400)].to_vec();
                out.splice(at..at, part);
            }
            4 => {
                let piece = random.of(&PIECES).as_bytes();
                let times = if random.below(20) == 0 { 300 } else { 1 };
                out.splice(at..at, piece.repeat(times));
            }
            5 => out.truncate(at),
            _ => {
                let part: Vec<u8> = out.drain(random.range(out.len(), 200)).collect();
                let at = random.below(out.len() + 1);
                out.splice(at..at, part);
            }
        }
    }
    out.truncate(most_bytes);
    out
}
