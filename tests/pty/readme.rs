//! The walk that the README shows is what a person gets.

use crate::support::masked;
use crate::terminal::Terminal;

const README: &str = include_str!("../../README.md");

/// What stands in front of what is typed.
const PROMPTS: [&str; 2] = [": ", ") > "];

/// The blocks of the README that begin with a command: its arguments, and all that comes of it.
fn transcripts() -> Vec<(&'static str, &'static str)> {
    let blocks = README.split("\n```text\n$ okx-verify-help ").skip(1);
    let blocks = blocks.map(|block| block.split("\n```\n").next().unwrap());
    blocks
        .map(|block| block.split_once('\n').unwrap())
        .collect()
}

/// What was typed at a line of a transcript; nothing where the line is no prompt.
fn typed(line: &str) -> Option<&str> {
    let is_prompt = line.starts_with("Type 1 to ") || line.starts_with("(Enter alone ");
    let after = |prompt: &&str| line.rsplit_once(*prompt).map(|(_, typed)| typed);
    PROMPTS.iter().find_map(after).filter(|_| is_prompt)
}

#[test]
fn the_walks_of_the_readme_go_as_it_says() {
    let transcripts = transcripts();
    assert!(!transcripts.is_empty());
    for (args, expected) in transcripts {
        let mut terminal = Terminal::open_with((80, 24), args, &[("NO_COLOR", "1")]);
        let mut seen = terminal.settled();
        for typed in expected.lines().filter_map(typed) {
            let asked = |bytes: &str| PROMPTS.iter().any(|prompt| bytes.ends_with(prompt));
            seen = terminal.until("a prompt", |seen| asked(&seen.bytes) || seen.ended);
            if seen.ended {
                break;
            }
            terminal.tap(&format!("{typed}\r"));
        }
        if !seen.ended {
            seen = terminal.end().1;
        }
        // Some spaces are of a kind where no line breaks.
        let plain = |text: &str| masked(&text.replace('\u{a0}', " "));
        let (said, expected) = (plain(&seen.bytes), plain(expected));
        let mut said_lines = said.trim_end().lines();
        for (n, line) in expected.lines().enumerate() {
            assert_eq!(said_lines.next(), Some(line), "line {n} of `{args}`");
        }
        assert_eq!(said_lines.next(), None, "after the end of `{args}`");
    }
}
