//! What looks like a host in a text. A terminal may turn it into a link, and a reader may type it,
//! so no text of a guide may name a host but those that the guide allows, and those below them.
//!
//! This is a rule of thumb that rather finds too much: a host is a name, a dot and something that
//! could be a top-level domain. The list of real ones is long and changes, so any word of letters
//! counts, unless it is the ending of a file's name.

use super::address::{is_below, is_on};
use super::letters::{is_wide, plain};

/// Endings of files that are no top-level domains.
const FILES: &str = "png jpg jpeg gif webp heic heif bmp tif tiff svg pdf txt doc docx xls xlsx \
    ppt pptx csv json toml yaml yml xml html htm log rar gz tar mp4 avi mkv mp3 wav m4a apk ipa \
    exe dmg pkg js eml";

/// Browsers take `。` for a dot, but a new sentence may begin with a Latin word behind it (`更新
/// App。OK`). So only these, which hardly begin a sentence, make it a dot.
const BEHIND_FULL_STOP: &str = "com net org info biz io cn co cc tv dev xyz top vip site online \
    shop store club live link click page web tech help support ai hk tw sg jp kr ru uk eu de \
    finance exchange";

/// Chinese has no space behind a host, so of Chinese top-level domains only these are known.
const CHINESE: &str = "中国 公司 网络 网址 网站 中文网 商城 集团 我爱你";

/// The first host or address in a text that is not plainly on one of these hosts.
pub fn foreign_host(hosts: &[String], text: &str) -> Option<String> {
    foreign_name(hosts, text).or_else(|| foreign_address(hosts, text))
}

/// A host in a text that is none of these, nor below one.
fn foreign_name(hosts: &[String], text: &str) -> Option<String> {
    let seen: Vec<char> = text.chars().collect();
    let plain = with_dots(&seen);
    let mut at = 0;
    while at < plain.len() {
        let start = at;
        while at < plain.len() && in_host(plain[at]) {
            at += 1;
        }
        if let Some((start, end)) = host(&plain, start, at) {
            // What is compared is what was written: full-width letters are not plainly a host's.
            let name: String = seen[start..end].iter().collect();
            if !is_below(hosts, &name) {
                return Some(name);
            }
        }
        at = at.max(start + 1);
    }
    None
}

/// A text in plain letters, with `.` for each `。` that stands before a common top-level domain.
fn with_dots(seen: &[char]) -> Vec<char> {
    let mut plain: Vec<char> = seen.iter().map(|c| plain(*c)).collect();
    for at in 0..plain.len() {
        let word = plain[at + 1..]
            .iter()
            .take_while(|c| c.is_ascii_alphanumeric());
        if plain[at] == '。' && is_in(BEHIND_FULL_STOP, word) {
            plain[at] = '.';
        }
    }
    plain
}

fn is_in<'a>(list: &str, word: impl IntoIterator<Item = &'a char>) -> bool {
    let word: String = word.into_iter().flat_map(|c| c.to_lowercase()).collect();
    list.split_whitespace().any(|one| one == word)
}

/// Whether a character may stand in a host of letters other than Chinese ones.
fn in_host(c: char) -> bool {
    c.is_alphanumeric() && !is_wide(c) || matches!(c, '-' | '_' | '.')
}

/// Where the host in a run of such characters starts and ends, if there is one.
fn host(plain: &[char], mut start: usize, mut end: usize) -> Option<(usize, usize)> {
    // Chinese before a Latin name is the sentence, but before a dot it is the name: `欧易.com`.
    if *plain[start..end].first()? == '.' {
        start -= plain[..start]
            .iter()
            .rev()
            .take_while(|c| is_wide(**c))
            .count();
    }
    if plain[end - 1] == '.' {
        let behind: String = plain[end..].iter().take(3).collect();
        let top = CHINESE.split(' ').find(|top| behind.starts_with(top));
        end += top.map_or(0, |top| top.chars().count());
    }
    let labels: Vec<&[char]> = plain[start..end].split(|c| *c == '.').collect();
    // What ends like a file's name is one, though a part of it may look like a host.
    let last = labels.iter().rposition(|label| !label.is_empty())?;
    if is_in(FILES, labels[last]) {
        return None;
    }
    let is_host = |n: &usize| is_top_level(labels[*n]) && is_name(labels[*n - 1], labels[*n]);
    let top = (1..=last).rev().find(is_host)?;
    let first = (0..top)
        .rev()
        .take_while(|n| !labels[*n].is_empty())
        .last()?;
    let length = |labels: &[&[char]]| labels.iter().map(|label| label.len() + 1).sum::<usize>();
    Some((
        start + length(&labels[..first]),
        start + length(&labels[..=top]) - 1,
    ))
}

/// Whether a label could be a top-level domain.
fn is_top_level(label: &[char]) -> bool {
    let is_word = label.iter().all(|c| c.is_alphabetic()) && (2..=24).contains(&label.len());
    is_word || label.len() > 4 && is_in("xn--", &label[..4])
}

/// Whether a label could be the name before a top-level domain. `1.中国` is an item of a list.
fn is_name(label: &[char], top: &[char]) -> bool {
    !label.is_empty() && (!is_wide(top[0]) || label.iter().any(|c| c.is_alphabetic()))
}

/// An address in a text that is not plainly on one of these hosts.
fn foreign_address(hosts: &[String], text: &str) -> Option<String> {
    let ends = |c: char| c.is_whitespace() || is_wide(c) || "\"<>()“”‘’（），。；：、".contains(c);
    text.split(ends).find_map(|word| {
        let scheme = word.find("://")?;
        let before = word[..scheme].trim_end_matches(|c: char| c.is_ascii_alphanumeric());
        let address = word[before.len()..].trim_end_matches(['.', ',', ';', '!', '?', ':', '\'']);
        (!is_on(hosts, address)).then(|| address.to_owned())
    })
}
