//! The kinds of secret: names, rule, examples.

use std::ops::Range;
use std::sync::LazyLock;

use super::rules::labels::Page;
use super::rules::{code, contact, identity, key, number, password, seed, token};

/// What sort of secret something is. The order is the order of strength: where two kinds claim the
/// same characters, the earlier one names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A key that signs: 64 hex digits, WIF, BIP-38, extended private key, PEM, Solana's key file.
    PrivateKey,
    /// A BIP-39 recovery phrase, in any of its ten languages.
    SeedPhrase,
    /// An API key, access token or authenticator set-up key.
    ApiKey,
    /// A password, passphrase or PIN beside its word.
    Password,
    /// A one-time code: SMS, e-mail, authenticator, backup.
    OneTimeCode,
    /// A passport or other document number beside its word, or a machine-readable zone.
    DocumentNumber,
    /// The number that a country gives its people.
    ResidentId,
    /// A bank card, by any grouping, or an account by its IBAN.
    BankCard,
    /// An account of a chat, such as `WeChat` or QQ, beside its word.
    Account,
    /// An e-mail address; shortened, not removed.
    Email,
    /// A phone number; shortened, not removed.
    Phone,
    /// A long number that may be a card's with a slip of the finger.
    LongNumber,
    /// Six digits that nothing names: a code, perhaps.
    SixDigits,
    /// A string that looks like a password or key without a word that says so.
    Token,
}

impl Kind {
    /// Every kind, strongest first.
    pub const ALL: [Self; 14] = [
        Self::PrivateKey,
        Self::SeedPhrase,
        Self::ApiKey,
        Self::Password,
        Self::OneTimeCode,
        Self::DocumentNumber,
        Self::ResidentId,
        Self::BankCard,
        Self::Account,
        Self::Email,
        Self::Phone,
        Self::LongNumber,
        Self::SixDigits,
        Self::Token,
    ];

    /// Identifier, names in Chinese and English, placeholders in Chinese and English.
    #[rustfmt::skip]
    const fn words(self) -> [&'static str; 5] {
        match self {
            Self::PrivateKey => ["private-key", "私钥或交易哈希", "private key or hash", "[已去掉：私钥或交易哈希]", "[removed: private key or hash]"],
            Self::SeedPhrase => ["seed-phrase", "助记词", "seed phrase", "[已去掉：助记词]", "[removed: seed phrase]"],
            Self::ApiKey => ["api-key", "API 密钥", "API key", "[已去掉：API 密钥]", "[removed: API key]"],
            Self::Password => ["password", "密码", "password", "[已去掉：密码]", "[removed: password]"],
            Self::OneTimeCode => ["one-time-code", "验证码", "one-time code", "[已去掉：验证码]", "[removed: one-time code]"],
            Self::DocumentNumber => ["document-number", "证件号码", "document number", "[已去掉：证件号码]", "[removed: document number]"],
            Self::ResidentId => ["resident-id", "身份证件号码", "identity number", "[已去掉：身份证件号码]", "[removed: identity number]"],
            Self::BankCard => ["bank-card", "银行卡号或账号", "card or bank account number", "[已去掉：卡号或账号]", "[removed: card or account number]"],
            Self::Account => ["account", "微信或 QQ 号", "chat account", "[已去掉：微信或 QQ 号]", "[removed: chat account]"],
            Self::Email => ["email", "邮箱地址", "e-mail address", "[已去掉：邮箱地址]", "[removed: e-mail address]"],
            Self::Phone => ["phone", "手机号码", "phone number", "[已去掉：手机号码]", "[removed: phone number]"],
            Self::LongNumber => ["long-number", "长号码", "long number", "[已去掉：长号码]", "[removed: long number]"],
            Self::SixDigits => ["six-digits", "六位数字", "six digits", "[已去掉：六位数字]", "[removed: six digits]"],
            Self::Token => ["token", "密码一类的字符串", "password-like text", "[已去掉：疑似密码的字符串]", "[removed: password-like text]"],
        }
    }

    /// The stable name for data, such as a ticket's JSON. Never changes once released.
    #[must_use]
    pub const fn id(self) -> &'static str {
        self.words()[0]
    }

    /// The name to use in a sentence. `language` is a code such as `zh`, `zh-CN` or `en`; anything
    /// that is not Chinese gets English.
    #[must_use]
    pub fn name(self, language: &str) -> &'static str {
        self.words()[if language.starts_with("zh") { 1 } else { 2 }]
    }

    /// What stands in the output instead of the secret. The shortened kinds, of which a part stays
    /// readable, have theirs too: it is used where nothing of the value can be kept.
    #[must_use]
    pub const fn placeholder(self) -> &'static str {
        self.words()[4]
    }

    /// The same for a text in a language: what is kept has [`Kind::placeholder`], what is shown
    /// has this.
    #[must_use]
    pub fn placeholder_in(self, language: &str) -> &'static str {
        self.words()[if language.starts_with("zh") { 3 } else { 4 }]
    }

    /// Whether it is a secret for certain: a word, a form or a check sum says so. The others are only
    /// perhaps one, and whoever typed it knows better.
    #[must_use]
    pub const fn is_certain(self) -> bool {
        !matches!(self, Self::LongNumber | Self::SixDigits | Self::Token)
    }

    /// Reports the ranges of a view that hold a secret of this kind.
    pub(super) fn find(self, page: &Page, report: &mut dyn FnMut(Range<usize>)) {
        let find: fn(&Page, &mut dyn FnMut(Range<usize>)) = match self {
            Self::PrivateKey => key::private,
            Self::SeedPhrase => seed::find,
            Self::ApiKey => key::api,
            Self::Password => password::find,
            Self::OneTimeCode => code::find,
            Self::DocumentNumber => identity::other,
            Self::ResidentId => identity::resident,
            Self::BankCard => number::cards,
            Self::Account => contact::accounts,
            Self::Email => contact::emails,
            Self::Phone => contact::phones,
            Self::LongNumber => number::long,
            Self::SixDigits => code::lone,
            Self::Token => token::find,
        };
        find(page, report);
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
