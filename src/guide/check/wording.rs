//! Words that no text of a guide may have.

use super::reader::Reader;
use crate::guide::finding::Code;
use crate::guide::{hosts, letters, secrets};
use std::ops::Range;

/// The most words that a glossary may avoid, over all languages.
const MAX_AVOIDED: usize = 500;

impl Reader<'_> {
    /// Looks for mixed alphabets, foreign hosts and requests for secrets.
    pub(super) fn check_speech(&self, hosts: &[String]) {
        for (at, _, text) in &self.texts.all {
            if let Some(word) = letters::mixed_word(text) {
                self.findings.add(
                    Code::HostileCharacter,
                    at.clone(),
                    format!("`{word}` mixes letters of two alphabets that look the same"),
                    "write each word in one alphabet",
                );
            }
            if let Some(address) = hosts::foreign_host(hosts, text) {
                self.findings.add(
                    Code::BadAddress,
                    at.clone(),
                    match hosts {
                        [] => format!("`{address}` looks like an address, and the guide names no `hosts`"),
                        hosts => format!("`{address}` looks like an address that is not on {}", hosts.join(" or ")),
                    },
                    "take it out, or add its host to `hosts` in [guide]; if it is none, put a space behind the full stop or say it in words",
                );
            }
            if let Some(words) = secrets::asks_for_secret(text) {
                self.asks_for_secret(at.clone(), &words);
            }
        }
    }

    pub(super) fn asks_for_secret(&self, at: Range<usize>, words: &str) {
        self.findings.add(
            Code::AsksForSecret,
            at,
            format!("this text asks for a secret: `{words}`"),
            "nobody may be asked for a seed phrase or a private key, nor for a password or a code \
             but in the app itself; to warn of it, say never or don't in the same clause",
        );
    }

    /// Looks for words that the glossary says to avoid.
    pub(super) fn check_glossary(&mut self) {
        let tags: Vec<&str> = self.languages.iter().map(|l| *l.get_ref()).collect();
        let mut avoid: Vec<(usize, String, &str)> = Vec::new();
        for (id, table) in self.root.named("term") {
            self.check_id(&id);
            table.only(&[&tags[..], &["avoid"]].concat());
            let words = table.table("avoid");
            for (language, tag) in tags.iter().enumerate() {
                let Some(term) = table.string(tag) else {
                    if table.get(tag).is_none() {
                        table.missing(tag, "\"…\"");
                    }
                    continue;
                };
                for word in words.iter().flat_map(|w| w.strings(tag)) {
                    avoid.push((language, word.get_ref().to_lowercase(), term.get_ref()));
                }
            }
        }
        if avoid.len() > MAX_AVOIDED {
            let message = format!("the glossary avoids more than {MAX_AVOIDED} words");
            self.root.finding(
                Code::TooMany,
                message,
                "keep those that somebody would write",
            );
            return;
        }
        for (at, language, text) in &self.texts.all {
            let text = text.to_lowercase();
            for (_, word, term) in avoid
                .iter()
                .filter(|(l, w, _)| l == language && text.contains(w))
            {
                let message = format!("the glossary says `{term}`, not `{word}`");
                let help = format!("write `{term}`, or change the glossary");
                self.findings
                    .add(Code::OffGlossary, at.clone(), message, help);
            }
        }
    }
}
