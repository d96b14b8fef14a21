//! The program's own texts. Each language is a file here, such as `en.toml`, which the build script
//! checks and compiles in. A guide brings its own texts.

#[cfg(test)]
mod check;
pub mod shape;

use self::shape::{
    Answers, Article, Check, Closing, Files, Filled, FollowUp, Help, KeyLabels, Map, Pages,
    Problems, Scenarios, Texts, TicketPart, Ticking, Times, Troubles, Trusts, Typed, Typing, Usage,
    Value, Verdicts,
};
use crate::guide::{Date, Lang, Parts, Source, Trust, Verdict};
use std::ops::Deref;

/// Every language, English first.
pub static LANGUAGES: &[Words] = include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// The texts of one language: those of its file, and what is put together from them.
#[derive(Debug)]
pub struct Words {
    /// The tag of the language.
    pub tag: &'static str,
    texts: Texts,
}

impl Deref for Words {
    type Target = Texts;

    fn deref(&self) -> &Texts {
        &self.texts
    }
}

/// The words for a language tag: `zh-Hant-TW` and `zh_CN.UTF-8` find `zh`. English where the
/// program does not speak the language.
#[must_use]
pub fn words(tag: &str) -> &'static Words {
    find(tag).unwrap_or(&LANGUAGES[0])
}

/// The words for a language tag, if the program speaks that language.
#[must_use]
pub fn find(tag: &str) -> Option<&'static Words> {
    let tag = tag.split(['.', '@']).next()?;
    let primary = tag.split(['-', '_']).next()?;
    let has = |tag: &str| {
        let mut all = LANGUAGES.iter();
        all.find(|words| words.tag.eq_ignore_ascii_case(tag))
    };
    has(&tag.replace('_', "-")).or_else(|| has(primary))
}

impl Words {
    /// Where one is, and the minutes that what is to be done takes, if it takes any.
    #[must_use]
    pub fn place(&self, phase: &str, minutes: u16) -> String {
        if minutes == 0 {
            return phase.to_owned();
        }
        format!("{phase}{}", self.aside(self.minutes(minutes)))
    }

    /// What was typed looks like a secret; the kinds. It is asked again.
    #[must_use]
    pub fn looks_like(&self, kinds: &str) -> String {
        self.texts.looks_like(self.with_article(kinds))
    }

    /// A ticket would hold secrets; the kinds.
    #[must_use]
    pub fn leaks(&self, kinds: &str) -> String {
        self.texts.leaks(self.with_article(kinds))
    }

    /// A saved walk holds secrets and is not shown: its name, and the kinds of secrets.
    #[must_use]
    pub fn walk_leaks(&self, id: &str, kinds: &str) -> String {
        self.texts.walk_leaks(id, self.with_article(kinds))
    }

    /// The words on the command line hold secrets; the kinds.
    #[must_use]
    pub fn says_secret(&self, kinds: &str) -> String {
        self.texts.says_secret(self.with_article(kinds))
    }

    /// A name for a file looks like a secret; the kinds.
    #[must_use]
    pub fn secret_name(&self, kinds: &str) -> String {
        self.texts.secret_name(self.with_article(kinds))
    }

    /// `a password`, `an API key`, where the language has articles.
    fn with_article(&self, name: &str) -> String {
        let begins_so = |c| self.article.vowels.contains(c);
        let article = if name.starts_with(begins_so) {
            self.article.an
        } else {
            self.article.a
        };
        format!("{article}{name}")
    }

    /// A standing answer by its id.
    #[must_use]
    pub fn standing(&self, id: &str) -> &'static str {
        by_id(self.standing, id).unwrap_or_default()
    }

    /// A result in a ticket by the id of a standing answer.
    #[must_use]
    pub fn result(&self, id: &str) -> &'static str {
        let not_done = || by_id(self.result, "not-done");
        by_id(self.result, id).or_else(not_done).unwrap_or_default()
    }

    /// Who can act now, in the guide's words or the program's; nothing where nobody has to.
    #[must_use]
    pub fn heading<'g>(
        &'g self,
        guide: &'g Parts,
        lang: Lang,
        verdict: Verdict,
    ) -> Option<&'g str> {
        let own = guide.voice.heading(verdict).map(|text| text.get(lang));
        own.or(match verdict {
            Verdict::Solved => Some(self.verdict.solved),
            Verdict::You => Some(self.verdict.you),
            Verdict::Wait => Some(self.verdict.wait),
            Verdict::Support => Some(self.verdict.support),
            Verdict::Result => None,
        })
    }

    /// How far a source can be trusted, for a lay person, in the guide's words or the program's.
    #[must_use]
    pub fn trust<'g>(&'g self, guide: &'g Parts, lang: Lang, trust: Trust) -> &'g str {
        let own = guide.voice.trust(trust).map(|text| text.get(lang));
        own.unwrap_or(match trust {
            Trust::Official => self.trust.official,
            Trust::Copy => self.trust.copy,
            Trust::Industry => self.trust.industry,
            Trust::Guide => self.trust.guide,
        })
    }

    /// The same with the day on which the source was read, if the guide says so, and whether that
    /// is long ago today.
    #[must_use]
    pub fn trust_in(
        &self,
        guide: &Parts,
        lang: Lang,
        source: &Source,
        today: Option<Date>,
    ) -> String {
        let trust = self.trust(guide, lang, source.trust);
        let is_old = |read: Date| today.is_some_and(|today| read.is_over_a_year_before(today));
        match source.read {
            None => trust.to_owned(),
            Some(read) if is_old(read) => self.trust_read_long_ago(trust, read.to_string()),
            Some(read) => self.trust_read(trust, read.to_string()),
        }
    }

    /// Below a ticket: with what it was prepared, whose product that is not, the guide.
    #[must_use]
    pub fn prepared(&self, disclaimer: Option<&str>, guide: &str, edition: &str) -> String {
        let aside = disclaimer.map_or_else(String::new, |disclaimer| self.aside(disclaimer));
        self.texts.prepared(aside, guide, edition)
    }

    /// A walk in the list of those to go on with: its case, how many answers it has, how many
    /// minutes ago it was left.
    #[must_use]
    pub fn a_walk(&self, case: impl Value, answers: usize, minutes: i64) -> String {
        self.texts.a_walk(case, answers, self.ago(minutes))
    }

    /// So many minutes ago.
    #[must_use]
    pub fn ago(&self, minutes: i64) -> String {
        match minutes {
            ..60 => self.minutes_ago(minutes.max(0)),
            60..1440 => self.hours_ago(minutes / 60),
            _ => self.days_ago(minutes / 1440),
        }
    }

    /// A name that was typed is none of these; the nearest of them, and all.
    #[must_use]
    pub fn no_such_walk(&self, typed: &str, near: Option<&str>, all: &str) -> String {
        self.texts.no_such_walk(typed, self.near(near), all)
    }

    /// The same for a case.
    #[must_use]
    pub fn no_such_case(&self, typed: &str, near: Option<&str>, all: &str) -> String {
        self.texts.no_such_case(typed, self.near(near), all)
    }

    /// The same for a command.
    #[must_use]
    pub fn no_such_command(&self, typed: &str, near: Option<&str>) -> String {
        self.texts.no_such_command(typed, self.near(near))
    }

    fn near(&self, near: Option<&str>) -> String {
        near.map_or_else(String::new, |near| self.did_you_mean(near))
    }

    /// With a ticket: show it in the language with this tag.
    #[must_use]
    pub fn show_in(&self, tag: &str) -> String {
        let choices = &self.closing;
        let shown = by_id(choices.show_in, tag).map(str::to_owned);
        shown.unwrap_or_else(|| choices.show_in_other(tag))
    }
}

/// The text with this id.
#[must_use]
pub fn by_id(map: Map, id: &str) -> Option<&'static str> {
    map.iter().find(|(of, _)| *of == id).map(|(_, text)| *text)
}

/// Whether something that was typed is one of these words, in any language.
#[must_use]
pub fn is_any(typed: &str, words: impl Fn(&Typed) -> &'static [&'static str]) -> bool {
    LANGUAGES.iter().any(|l| words(&l.typed).contains(&typed))
}
