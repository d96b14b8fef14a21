//! The kinds of secret, with their names and examples.

use std::sync::LazyLock;

use crate::words::{by_id, words};

/// Declares the kinds, strongest first, each with its stable name.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $id:literal;)+) => {
        /// What sort of secret something is. The order is the order of strength: where two kinds claim
        /// the same characters, the earlier one names them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $($(#[$doc])* $kind,)+
        }

        impl Kind {
            /// Every kind, strongest first.
            pub const ALL: [Self; [$($id),+].len()] = [$(Self::$kind),+];

            /// The stable name for data, such as a ticket's JSON, and for the texts of each language.
            /// Never changes once released.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$kind => $id,)+
                }
            }
        }
    };
}

kinds! {
    /// A key that signs: 64 hex digits, WIF, BIP-38, extended private key, PEM, Solana's key file.
    PrivateKey = "private-key";
    /// A BIP-39 recovery phrase, in any of its ten languages.
    SeedPhrase = "seed-phrase";
    /// An API key, access token or authenticator set-up key.
    ApiKey = "api-key";
    /// A password, passphrase or PIN beside its word.
    Password = "password";
    /// A one-time code: SMS, e-mail, authenticator, backup.
    OneTimeCode = "one-time-code";
    /// A passport or other document number beside its word, or a machine-readable zone.
    DocumentNumber = "document-number";
    /// The number that a country gives its people.
    ResidentId = "resident-id";
    /// A bank card, by any grouping, or an account by its IBAN.
    BankCard = "bank-card";
    /// An account of a chat, such as `WeChat` or QQ, beside its word.
    Account = "account";
    /// An e-mail address; shortened, not removed.
    Email = "email";
    /// A phone number; shortened, not removed.
    Phone = "phone";
    /// A long number that may be a card's with a slip of the finger.
    LongNumber = "long-number";
    /// Six digits that nothing names: a code, perhaps.
    SixDigits = "six-digits";
    /// A string that looks like a password or key without a word that says so.
    Token = "token";
}

impl Kind {
    /// The name to use in a sentence, in the language of a tag such as `zh-CN`.
    #[must_use]
    pub fn name(self, tag: &str) -> &'static str {
        by_id(words(tag).secret, self.id()).unwrap_or_default()
    }

    /// What stands in a kept text instead of the secret. The shortened kinds, of which a part stays
    /// readable, have theirs too: it is used where nothing of the value can be kept.
    #[must_use]
    pub fn placeholder(self) -> &'static str {
        self.placeholder_in("en")
    }

    /// The same in a text that is shown in a language.
    #[must_use]
    pub fn placeholder_in(self, tag: &str) -> &'static str {
        by_id(words(tag).removed, self.id()).unwrap_or_default()
    }

    /// Whether it is a secret for certain: a word, a form or a check sum says so. The others are only
    /// perhaps one, and whoever typed it knows better.
    #[must_use]
    pub const fn is_certain(self) -> bool {
        !matches!(self, Self::LongNumber | Self::SixDigits | Self::Token)
    }

    /// Whether a part of the value stays readable (`a***@example.com`, `138****1234`).
    #[must_use]
    pub const fn is_shortened(self) -> bool {
        matches!(self, Self::Email | Self::Phone)
    }
}

/// What counts as a kind, in `words/kinds.txt`.
pub struct Row {
    /// The kind.
    pub kind: Kind,
    /// What counts as one, in a sentence, for documentation.
    pub rule: &'static str,
    /// Texts that hold one.
    pub examples: Vec<Example>,
}

/// A text with a secret in it.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// The words that the rule needs beside the secret, with what separates them; often empty.
    pub beside: &'static str,
    /// The secret.
    pub secret: &'static str,
}

/// The kinds, in the order of [`Kind::ALL`].
pub static KINDS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let sections = include_str!("words/kinds.txt").split("\n= ").skip(1);
    let row = |section: &'static str| {
        let (head, examples) = section.split_once('\n')?;
        let (id, rule) = head.split_once(": ")?;
        let example = |text: &'static str| {
            let (beside, secret) = text.trim_start_matches('\n').split_once('⟦')?;
            Some(Example { beside, secret })
        };
        let kind = Kind::ALL.into_iter().find(|kind| kind.id() == id)?;
        let examples = examples.split('⟧').filter_map(example).collect();
        Some(Row {
            kind,
            rule,
            examples,
        })
    };
    sections.filter_map(row).collect()
});
