//! Redaction of text that need not fit into memory.

use std::io::{self, BufRead, ErrorKind, Write};
use std::ops::Range;

use super::{Finding, Kept, Removed, find, masked};

/// How much is read at a time.
const CHUNK: usize = 256 * 1024;
/// What is held back at the end of a chunk, so that no secret is cut: longer than a phrase of 24
/// words in a numbered list, or a PEM key of 8,192 bits.
const MARGIN: usize = 8 * 1024;
/// The most that is held at once: a secret that fills it is hidden in parts.
const WINDOW_MAX: usize = 1024 * 1024;
/// What is kept of the text before, so that a word and its value are read together.
const CONTEXT: usize = 1024;

/// Copies `input` to `output` with every secret hidden, as [`redact`](super::redact) does, and says
/// what was hidden.
///
/// Time is linear, and memory bounded: a secret of more than a megabyte (a list of a million seed
/// words) has a placeholder for each of its parts. Secrets that go over several lines are found
/// wherever the input is cut: of a list its head is kept, and what a rule reads around any other secret is at most
/// some hundred bytes, less than what is kept across a cut. Bytes that are not UTF-8 are written as U+FFFD.
///
/// # Errors
///
/// Those of `input` and `output`; an interrupted read is tried again.
pub fn redact_stream(input: impl BufRead, output: impl Write) -> io::Result<Removed> {
    in_chunks(input, output, CHUNK, MARGIN)
}

fn in_chunks(
    mut input: impl BufRead,
    mut output: impl Write,
    chunk: usize,
    margin: usize,
) -> io::Result<Removed> {
    let mut removed = Removed::default();
    let mut window = Window {
        text: String::new(),
        done: 0,
    };
    let mut undecoded = Vec::new();
    let mut wanted = chunk;
    loop {
        let at_end = read(&mut input, &mut undecoded, wanted)?;
        decode(&mut undecoded, &mut window.text, at_end);
        let found = find(&window.text, &Kept::default());
        match window.cut(&found, margin, at_end) {
            Some(limit) => {
                let list = list_before(&found, limit);
                let found = window.take(found, limit);
                output.write_all(masked(&window.text, window.done..limit, &found).as_bytes())?;
                removed.add(&Removed::in_text(&window.text, &found));
                window.advance(limit, list);
                wanted = chunk;
            }
            // One secret fills the window: read as much again, so that the whole stays linear.
            None => wanted = window.text.len().max(chunk),
        }
        if at_end {
            output.flush()?;
            return Ok(removed);
        }
    }
}

/// A part of the text: what is written already but still read, and what comes next.
struct Window {
    text: String,
    /// Up to here it is written.
    done: usize,
}

impl Window {
    /// How far the text can be written: to a line end well before the end of the window, and not
    /// into a secret.
    fn cut(&self, found: &[Finding], margin: usize, at_end: bool) -> Option<usize> {
        if at_end {
            return Some(self.text.len());
        }
        let safe = self
            .text
            .floor_char_boundary(self.text.len().saturating_sub(margin));
        let open = self.text.get(self.done..safe)?;
        let mut limit = self.done
            + open
                .rfind('\n')
                .map(|at| at + 1)
                .or_else(|| open.rfind(' ').map(|at| at + 1))
                .unwrap_or(open.len());
        for finding in found {
            if finding.range.start < limit && limit < finding.range.end {
                limit = if finding.range.end <= safe {
                    finding.range.end
                } else {
                    finding.range.start
                };
            }
        }
        let full = self.text.len() >= WINDOW_MAX && safe > self.done;
        (limit > self.done)
            .then_some(limit)
            .or(full.then_some(safe))
    }

    /// The findings up to `limit` that are not written yet.
    fn take(&self, found: Vec<Finding>, limit: usize) -> Vec<Finding> {
        let mut found: Vec<_> = found
            .into_iter()
            .filter(|finding| finding.range.end > self.done && finding.range.start < limit)
            .collect();
        if let Some(first) = found.first_mut() {
            first.range.start = first.range.start.max(self.done);
        }
        if let Some(last) = found.last_mut() {
            last.range.end = last.range.end.min(limit);
        }
        found
    }

    /// Forgets what is no longer needed: all but the last [`CONTEXT`] bytes before `limit` and, of
    /// a list that goes on there, its head with the first item.
    fn advance(&mut self, limit: usize, list: Option<List>) {
        if let Some(List { first, goes_on }) = list {
            let word = first.start.saturating_sub(CONTEXT / 4);
            let head = self.text[self.text.ceil_char_boundary(word)..first.end].to_owned();
            self.text.replace_range(..goes_on, &head);
            self.done = head.len() + limit - goes_on;
            return;
        }
        let earliest = self.text.floor_char_boundary(limit.saturating_sub(CONTEXT));
        // Not from the middle of a word on.
        let start = match self.text[earliest..limit].find(['\n', ' ']) {
            Some(at) if earliest > 0 => earliest + at + 1,
            _ => earliest,
        };
        self.text.drain(..start);
        self.done = limit - start;
    }
}

/// Secrets in a row that one word heads, as in `passwords:` with an item a line. The word may have
/// been read long ago, and without it the items are none.
struct List {
    /// Its first item.
    first: Range<usize>,
    /// The end of an item from which on it is kept.
    goes_on: usize,
}

/// The list that goes on at `limit`, if it began before what is kept anyway.
fn list_before(found: &[Finding], limit: usize) -> Option<List> {
    /// The most bytes between two items.
    const BETWEEN: usize = 64;
    let before = found.partition_point(|finding| finding.range.end <= limit);
    let (last, _) = found[..before].split_last()?;
    let near = |one: &Finding, next: usize| next - one.range.end <= BETWEEN;
    if !near(last, limit) {
        return None;
    }
    let in_row = found[..before].windows(2).rev();
    let in_row = in_row
        .take_while(|two| near(&two[0], two[1].range.start))
        .count();
    let list = &found[before - 1 - in_row..before];
    let kept = limit.saturating_sub(CONTEXT);
    let goes_on = list[1..]
        .iter()
        .find(|item| item.range.end >= kept)?
        .range
        .end;
    // The word stands before the first item.
    let cut_off = kept > 0 && list[0].range.start < kept + CONTEXT / 4;
    cut_off.then(|| List {
        first: list[0].range.clone(),
        goes_on,
    })
}

/// Reads `more` bytes; says whether the input ended.
fn read(input: &mut impl BufRead, bytes: &mut Vec<u8>, more: usize) -> io::Result<bool> {
    let wanted = bytes.len() + more;
    while bytes.len() < wanted {
        let buffer = match input.fill_buf() {
            Ok(buffer) => buffer,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if buffer.is_empty() {
            return Ok(true);
        }
        let taken = buffer.len().min(wanted - bytes.len());
        bytes.extend_from_slice(&buffer[..taken]);
        input.consume(taken);
    }
    Ok(false)
}

/// Moves what is whole from `bytes` to `text`; at the end of the input, everything.
fn decode(bytes: &mut Vec<u8>, text: &mut String, at_end: bool) {
    let cut_off = match std::str::from_utf8(bytes) {
        Ok(_) => 0,
        // A character may be cut only in the last three bytes.
        Err(_) => (1..=3.min(bytes.len()))
            .find(|&count| {
                let tail = &bytes[bytes.len() - count..];
                std::str::from_utf8(tail)
                    .is_err_and(|error| error.valid_up_to() == 0 && error.error_len().is_none())
            })
            .unwrap_or(0),
    };
    let whole = bytes.len() - if at_end { 0 } else { cut_off };
    text.push_str(&String::from_utf8_lossy(&bytes[..whole]));
    bytes.drain(..whole);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::redact;

    /// Small windows, so that every secret is cut somewhere.
    fn streamed(text: &str, chunk: usize) -> (String, Removed) {
        let mut out = Vec::new();
        let removed = in_chunks(text.as_bytes(), &mut out, chunk, 2048).unwrap();
        (String::from_utf8(out).unwrap(), removed)
    }

    #[test]
    fn a_stream_is_redacted_like_a_text() {
        let phrase = "1. legal\n2. winner\n3. thank\n4. year\n5. wave\n6. sausage\n7. worth\n8. useful\n9. legal\n10. winner\n11. thank\n12. yellow\n";
        let filler = "The app says that the review takes a while. 我等了二十分钟，页面没有变化。\n";
        for before in 0..40 {
            let text = format!(
                "{}验证码：\n482915\n{}{phrase}{}my password is Tr0ub4dor&3, and 13800138000\n",
                filler.repeat(before),
                filler.repeat(3),
                filler.repeat(30)
            );
            let whole = redact(&text);
            assert_eq!(whole.removed.total(), 4, "{}", whole.text);
            for chunk in [2100, 3000, 5000] {
                let (out, removed) = streamed(&text, chunk);
                assert_eq!(out, whole.text);
                assert_eq!(removed, whole.removed);
            }
        }
    }

    #[test]
    fn a_secret_longer_than_the_window_is_hidden_whole() {
        let text = format!("before\n{}\nafter", "abandon ".repeat(5000));
        let (out, removed) = streamed(&text, 2100);
        assert_eq!(out, redact(&text).text);
        assert_eq!(removed.total(), 1);
    }

    #[test]
    fn a_list_is_hidden_to_its_end() {
        let items = "- hunter2abc\n".repeat(2000);
        let row = "hunter2abc or ".repeat(2000);
        for text in [
            format!("passwords:\n{items}that is all\n"),
            format!("password: {row}none\n"),
        ] {
            let (out, removed) = streamed(&text, 2100);
            let whole = redact(&text);
            assert!(out == whole.text, "{} and {}", out.len(), whole.text.len());
            assert_eq!(removed, whole.removed);
            assert!(removed.total() >= 2000, "{removed:?}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_replaced_and_no_character_is_cut() {
        let mut out = Vec::new();
        let mut input = "验证码没到".repeat(100).into_bytes();
        input.extend(b" \xff\xfe code 482915 \xe9\xaa");
        for chunk in 1..50 {
            out.clear();
            in_chunks(input.as_slice(), &mut out, chunk, 64).unwrap();
            let expected = redact(&String::from_utf8_lossy(&input)).text;
            assert_eq!(String::from_utf8(out.clone()).unwrap(), expected);
        }
    }
}
