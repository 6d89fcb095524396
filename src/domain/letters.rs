//! What a character is, for the scripts that shoppers have on their keyboards: letter, digit, space, and the small
//! letter of a capital. Not `char::is_alphanumeric` and its like: their tables weigh more than all that asks.

/// The small letter of a capital: of Latin as Europe writes it, of Greek and of Cyrillic.
pub fn lower(c: char) -> char {
    let code = u32::from(c);
    let small = match c {
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ρ' | 'Σ'..='Ϋ' | 'А'..='Я' => {
            code + 32
        }
        'Ÿ' => 0xff,
        'İ' => 0x69,
        'ẞ' => 0xdf,
        'Ά' => code + 38,
        'Έ'..='Ί' => code + 37,
        'Ό' => code + 64,
        'Ύ' | 'Ώ' => code + 63,
        'Ѐ'..='Џ' => code + 80,
        // Capital and small letter by turns.
        'Ā'..='ķ' | 'Ŋ'..='ŷ' | 'Ș'..='ț' => code | 1,
        'Ĺ'..='ň' | 'Ź'..='ž' => code + (code & 1),
        _ => code,
    };
    char::from_u32(small).unwrap_or(c)
}

/// A digit of the scripts people have on their keyboards.
pub fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' | '\u{ff10}'..='\u{ff19}')
}

/// Whatever is neither digit, punctuation, sign, picture nor space.
pub fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic()
        || (c >= '\u{aa}'
            && !is_digit(c)
            && !is_space(c)
            && !matches!(
                c,
                '«' | '¬' | '\u{ad}' | '®' | '¯' | '°' | '±' | '´' | '¶' | '·' | '¸' | '»' | '¿' | '×' | '÷'
                | '\u{2010}'..='\u{20cf}'
                | '\u{2100}'..='\u{2bff}'
                | '\u{3001}'..='\u{3004}'
                | '\u{3008}'..='\u{3020}'
                | '\u{e000}'..='\u{f8ff}'
                | '\u{fe00}'..='\u{fe6f}'
                | '\u{feff}'..='\u{ff20}'
                | '\u{fff0}'..='\u{ffff}'
                | '\u{1f000}'..='\u{1faff}'
                | '\u{e0000}'..
            ))
}

/// A letter or a digit.
pub fn is_alphanumeric(c: char) -> bool {
    is_digit(c) || is_letter(c)
}

/// White space of any kind.
pub fn is_space(c: char) -> bool {
    c <= ' '
        || matches!(
            c,
            '\u{a0}' | '\u{2000}'
                ..='\u{200a}' | '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_letters_are_those_of_unicode() {
        let written = ('\0'..='\u{17f}')
            .chain('\u{218}'..='\u{21b}')
            .chain('\u{370}'..='\u{3ce}')
            .chain('\u{400}'..='\u{45f}')
            .chain(['ẞ']);
        for c in written {
            let small = c.to_lowercase().next().unwrap();
            // Greek letters that no keyboard has: numerals and archaic ones.
            if !matches!(c, 'Ͱ' | 'Ͳ' | 'Ͷ' | 'Ϳ' | 'Ϗ') {
                assert_eq!(lower(c), small, "{c} U+{:04x}", u32::from(c));
            }
        }
    }

    #[test]
    fn letters_are_those_of_unicode_where_keyboards_have_them() {
        let written = ('\0'..='\u{24f}')
            .chain('Α'..='Ρ')
            .chain('Σ'..='ώ')
            .chain('Ѐ'..='ѿ')
            .chain('\u{2010}'..='\u{206f}')
            .chain('\u{1f300}'..='\u{1f6ff}');
        for c in written {
            assert_eq!(
                is_alphanumeric(c),
                c.is_alphanumeric(),
                "{c} U+{:04x}",
                u32::from(c)
            );
        }
        for c in ['我', 'の', 'ب', '한', 'é', 'œ', '²'] {
            assert!(is_alphanumeric(c), "{c}");
        }
        for c in "📞🎒€→☎«»…–—’ \u{a0}\u{202f}°".chars() {
            assert!(!is_alphanumeric(c), "{c}");
        }
    }
}
