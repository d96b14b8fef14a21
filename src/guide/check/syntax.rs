//! What is wrong with a file that is not TOML: one cause, where it is.
//!
//! The parser goes on behind a mistake and stumbles over what follows from it. So only the first of
//! its errors is told, and not even that where a look at the brackets and characters finds the cause.

use crate::guide::finding::{Code, Findings};
use std::ops::Range;
use toml::de::Error;

/// Characters that look like those of TOML, and what to type instead.
const LOOKALIKES: [(&str, &str); 10] = [
    ("“”„‟＂「」『』«»", "\" (a straight quotation mark)"),
    ("‘’‚‛＇", "' (a straight one)"),
    ("＝", "="),
    ("，、﹐", ", (a plain comma)"),
    (
        "：﹕",
        "=, for TOML has no colon between a key and its value",
    ),
    ("【［〔", "["),
    ("】］〕", "]"),
    ("｛", "{"),
    ("｝", "}"),
    (
        "\u{a0}\u{3000}\u{2002}\u{2003}\u{2009}\u{202f}",
        "a plain space",
    ),
];

/// Notes why a text is not TOML.
pub fn explain(text: &str, errors: &[Error], findings: &Findings) {
    let Some(first) = errors.first() else {
        return;
    };
    if let Some((at, message, help)) = cause(text) {
        findings.add(Code::Syntax, at, message, help);
        return;
    }
    let at = first.span().unwrap_or(0..0);
    let message = first.message().trim();
    if message == "duplicate key" {
        let key = text.get(at.clone()).unwrap_or_default().to_owned();
        let other = first_of(text, &key, at.start);
        let help = "keep one of them, or give one another name";
        findings.add_with(
            Code::Syntax,
            at,
            format!("`{key}` stands here twice"),
            help,
            other,
        );
        return;
    }
    let help = if message.contains("must be quoted") {
        "put a text between straight quotation marks: \"…\""
    } else if message.contains("unicode") || message.contains("escape") {
        "in \"…\" a backslash is written \\\\; or put the text between ' and '"
    } else {
        "see https://toml.io for how to write this"
    };
    findings.add(Code::Syntax, at, message, help);
}

/// Where a key or a header stood before.
fn first_of(text: &str, key: &str, before: usize) -> Option<Range<usize>> {
    let line_start = text[..before].rfind('\n').map_or(0, |n| n + 1);
    let line = text[line_start..].lines().next()?.trim();
    let mut at = 0;
    for earlier in text[..line_start].split_inclusive('\n') {
        let trimmed = earlier.trim();
        let same = if line.starts_with('[') {
            trimmed.trim_matches(['[', ']']) == line.trim_matches(['[', ']'])
        } else {
            trimmed
                .strip_prefix(key)
                .is_some_and(|rest| rest.trim_start().starts_with('='))
        };
        if same {
            let start = at + earlier.find(trimmed)?;
            return Some(start..start + trimmed.len());
        }
        at += earlier.len();
    }
    None
}

/// What comes next in a text, as far as brackets and strings go.
#[derive(Clone, Copy, PartialEq)]
enum Last {
    Value,
    Other,
}

/// The first thing that the brackets, the quotation marks and the characters outside texts show to
/// be wrong: where, what, and what to do.
fn cause(text: &str) -> Option<(Range<usize>, String, String)> {
    let bytes = text.as_bytes();
    let mut open: Vec<usize> = Vec::new();
    let mut last = Last::Other;
    let mut at = 0;
    let unclosed = |start: usize| {
        let bracket = text[start..].chars().next().unwrap_or('[');
        let closing = if bracket == '[' { ']' } else { '}' };
        Some((
            start..start + 1,
            format!("this `{bracket}` is not closed"),
            format!("put `{closing}` where it ends"),
        ))
    };
    while at < bytes.len() {
        let is_line_start = at == 0 || bytes[at - 1] == b'\n';
        if is_line_start && !open.is_empty() && is_header(text[at..].lines().next()?) {
            return unclosed(*open.last()?);
        }
        match bytes[at] {
            b'#' => at += text[at..].find('\n').unwrap_or(bytes.len() - at),
            quote @ (b'"' | b'\'') => {
                let Some(length) = string(&text[at..], char::from(quote)) else {
                    return Some((
                        at..at + 1,
                        "this quotation mark is not closed".to_owned(),
                        format!("put {} where the text ends", char::from(quote)),
                    ));
                };
                at += length;
                last = Last::Value;
            }
            bracket @ (b'[' | b'{') => {
                let inside = open.last().map(|start| bytes[*start]);
                // A table that begins behind a value begins behind a bracket that is missing.
                if bracket == b'{' && inside == Some(b'{') && last == Last::Value {
                    return unclosed(*open.last()?);
                }
                open.push(at);
                last = Last::Other;
                at += 1;
            }
            closing @ (b']' | b'}') => {
                let opening = if closing == b']' { b'[' } else { b'{' };
                match open.pop() {
                    Some(start) if bytes[start] != opening => return unclosed(start),
                    Some(_) => {}
                    None => return None,
                }
                last = Last::Value;
                at += 1;
            }
            b'=' => {
                if let Some(start) = open.last().filter(|start| bytes[**start] == b'[') {
                    return unclosed(*start);
                }
                last = Last::Other;
                at += 1;
            }
            byte if byte.is_ascii() => {
                if byte == b',' {
                    last = Last::Other;
                } else if byte.is_ascii_alphanumeric() {
                    last = Last::Value;
                }
                at += 1;
            }
            _ => {
                let c = text[at..].chars().next()?;
                let known = LOOKALIKES.iter().find(|(all, _)| all.contains(c));
                let (_, instead) = known?;
                let shown = if c.is_whitespace() {
                    format!(
                        "a space that is none for TOML (U+{:04X}) stands here",
                        u32::from(c)
                    )
                } else {
                    format!("`{c}` means nothing to TOML")
                };
                return Some((at..at + c.len_utf8(), shown, format!("type {instead}")));
            }
        }
    }
    unclosed(*open.last()?)
}

/// The length of a string that begins a text, its quotation marks included; nothing if it does not
/// end.
fn string(text: &str, quote: char) -> Option<usize> {
    let triple: String = [quote; 3].iter().collect();
    let (mark, is_long) = if text.starts_with(&triple) {
        (triple.as_str(), true)
    } else {
        (&triple[..1], false)
    };
    let mut at = mark.len();
    loop {
        let rest = &text[at..];
        let c = rest.chars().next()?;
        if let Some(behind) = rest.strip_prefix(mark) {
            // Up to two more quotation marks may belong to a long string.
            let more = behind.chars().take_while(|c| is_long && *c == quote);
            return Some(at + mark.len() + more.take(2).count());
        }
        match c {
            '\n' if !is_long => return None,
            '\\' if quote == '"' => {
                let escaped = rest[1..].chars().next()?;
                if escaped == '\n' && !is_long {
                    return None;
                }
                at += 1 + escaped.len_utf8();
            }
            c => at += c.len_utf8(),
        }
    }
}

/// Whether a line is the header of a table, such as `[step.wait]`, which no value looks like.
fn is_header(line: &str) -> bool {
    let line = line.split('#').next().unwrap_or_default().trim_end();
    let inner = line
        .strip_prefix('[')
        .and_then(|line| line.strip_suffix(']'));
    let inner = inner.map(|inner| {
        inner
            .strip_prefix('[')
            .and_then(|i| i.strip_suffix(']'))
            .unwrap_or(inner)
    });
    inner.is_some_and(|name| {
        let part = |part: &str| {
            let fine = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
            !part.is_empty() && part.chars().all(fine)
        };
        name.split('.').all(part)
            && name.starts_with(|c: char| c.is_ascii_alphabetic())
            && !["true", "false", "inf", "nan"].contains(&name)
    })
}
