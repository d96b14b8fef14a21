//! Letters as a reader sees them: what only looks different is the same, so that a guide cannot
//! hide a host or a request behind full-width or mathematical letters.

/// A character in its plain form: full-width, mathematical and circled Latin as ordinary Latin,
/// and other dots as the full stop of their language.
pub fn plain(c: char) -> char {
    let n = u32::from(c);
    let from = |base: char, offset: u32| char::from_u32(u32::from(base) + offset).unwrap_or(c);
    match n {
        0xff01..=0xff5e => from('!', n - 0xff01),
        0x1d400..=0x1d6a3 => match (n - 0x1d400) % 52 {
            upper @ 0..=25 => from('A', upper),
            lower => from('a', lower - 26),
        },
        0x1d7ce..=0x1d7ff => from('0', (n - 0x1d7ce) % 10),
        0x24b6..=0x24cf => from('A', n - 0x24b6),
        0x24d0..=0x24e9 => from('a', n - 0x24d0),
        _ => match c {
            '’' => '\'',
            '․' | '﹒' => '.',
            '｡' => '。',
            _ => c,
        },
    }
}

/// Whether a plain character is of a script that puts no space between words, such as Chinese.
pub fn is_wide(c: char) -> bool {
    c >= '\u{2e80}' && c.is_alphanumeric()
}

/// A word that mixes Latin letters with Greek or Cyrillic ones, which look the same.
pub fn mixed_word(text: &str) -> Option<&str> {
    let is_other = |c: char| matches!(c, '\u{370}'..='\u{52f}');
    text.split(|c: char| !c.is_alphabetic()).find(|word| {
        word.contains(|c: char| plain(c).is_ascii_alphabetic()) && word.contains(is_other)
    })
}
