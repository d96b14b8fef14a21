//! The kinds of secret, in one table: name, rule, examples.

use std::ops::Range;

use super::rules::{code, contact, document, key, number, password, seed, token};

/// What sort of secret something is. The order is the order of strength: where two kinds claim the
/// same characters, the earlier one names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A key that signs: 64 hex digits, WIF, BIP-38, extended private key, PEM, Solana's key file.
    PrivateKey,
    /// A BIP-39 recovery phrase, in English or Chinese.
    SeedPhrase,
    /// An API key, access token or authenticator set-up key.
    ApiKey,
    /// A password, passphrase or PIN beside its word.
    Password,
    /// A one-time code: SMS, e-mail, authenticator, backup.
    OneTimeCode,
    /// A passport or other document number beside its word, or a machine-readable zone.
    DocumentNumber,
    /// A resident identity number: mainland China, Hong Kong, Macau, Taiwan.
    ResidentId,
    /// Twelve digits or more in a row: a bank card, by any grouping, with or without its checksum.
    BankCard,
    /// An e-mail address; shortened, not removed.
    Email,
    /// A phone number; shortened, not removed.
    Phone,
    /// A string that looks like a password or key without a word that says so.
    Token,
}

impl Kind {
    /// Every kind, strongest first.
    pub const ALL: [Self; 11] = [
        Self::PrivateKey,
        Self::SeedPhrase,
        Self::ApiKey,
        Self::Password,
        Self::OneTimeCode,
        Self::DocumentNumber,
        Self::ResidentId,
        Self::BankCard,
        Self::Email,
        Self::Phone,
        Self::Token,
    ];

    /// The stable name for data, such as a ticket's JSON. Never changes once released.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::PrivateKey => "private-key",
            Self::SeedPhrase => "seed-phrase",
            Self::ApiKey => "api-key",
            Self::Password => "password",
            Self::OneTimeCode => "one-time-code",
            Self::DocumentNumber => "document-number",
            Self::ResidentId => "resident-id",
            Self::BankCard => "bank-card",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Token => "token",
        }
    }

    /// The name to use in a sentence. `language` is a code such as `zh`, `zh-CN` or `en`; anything
    /// that is not Chinese gets English.
    #[must_use]
    pub fn name(self, language: &str) -> &'static str {
        let (zh, en) = match self {
            Self::PrivateKey => ("私钥或交易哈希", "private key or hash"),
            Self::SeedPhrase => ("助记词", "seed phrase"),
            Self::ApiKey => ("API 密钥", "API key"),
            Self::Password => ("密码", "password"),
            Self::OneTimeCode => ("验证码", "one-time code"),
            Self::DocumentNumber => ("证件号码", "document number"),
            Self::ResidentId => ("身份证号码", "identity card number"),
            Self::BankCard => ("银行卡号或长号码", "card number"),
            Self::Email => ("邮箱地址", "e-mail address"),
            Self::Phone => ("手机号码", "phone number"),
            Self::Token => ("密码一类的字符串", "password-like text"),
        };
        if language.starts_with("zh") { zh } else { en }
    }

    /// What stands in the output instead of the secret. The shortened kinds, of which a part stays
    /// readable, have theirs too: it is used where nothing of the value can be kept.
    #[must_use]
    pub const fn placeholder(self) -> &'static str {
        match self {
            Self::PrivateKey => "[removed: private key or hash]",
            Self::SeedPhrase => "[removed: seed phrase]",
            Self::ApiKey => "[removed: API key]",
            Self::Password => "[removed: password]",
            Self::OneTimeCode => "[removed: one-time code]",
            Self::DocumentNumber => "[removed: document number]",
            Self::ResidentId => "[removed: identity card number]",
            Self::BankCard => "[removed: card number]",
            Self::Email => "[removed: e-mail address]",
            Self::Phone => "[removed: phone number]",
            Self::Token => "[removed: password-like text]",
        }
    }

    /// The same for a text in a language: what is kept has [`Kind::placeholder`], what is shown
    /// has this.
    #[must_use]
    pub fn placeholder_in(self, language: &str) -> &'static str {
        if !language.starts_with("zh") {
            return self.placeholder();
        }
        match self {
            Self::PrivateKey => "[已去掉：私钥或交易哈希]",
            Self::SeedPhrase => "[已去掉：助记词]",
            Self::ApiKey => "[已去掉：API 密钥]",
            Self::Password => "[已去掉：密码]",
            Self::OneTimeCode => "[已去掉：验证码]",
            Self::DocumentNumber => "[已去掉：证件号码]",
            Self::ResidentId => "[已去掉：身份证号码]",
            Self::BankCard => "[已去掉：卡号或长号码]",
            Self::Email => "[已去掉：邮箱地址]",
            Self::Phone => "[已去掉：手机号码]",
            Self::Token => "[已去掉：疑似密码的字符串]",
        }
    }

    /// Whether a part of the value stays readable (`a***@example.com`, `138****1234`).
    #[must_use]
    pub const fn is_shortened(self) -> bool {
        matches!(self, Self::Email | Self::Phone)
    }
}

/// One row of [`KINDS`].
pub struct Row {
    /// The kind.
    pub kind: Kind,
    /// What counts as one, in a sentence, for documentation.
    pub rule: &'static str,
    /// Texts that hold one. Published test values wherever they exist; none is anybody's.
    pub examples: &'static [Example],
    /// Reports where in a view the kind occurs.
    pub(super) find: Find,
}

/// A rule: reports the ranges of a view that hold a secret of its kind.
pub(super) type Find = fn(view: &str, report: &mut dyn FnMut(Range<usize>));

/// A text with a secret in it.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// The words that the rule needs beside the secret, with what separates them; often empty.
    pub beside: &'static str,
    /// The secret.
    pub secret: &'static str,
}

/// An example that needs no word beside it.
const fn alone(secret: &'static str) -> Example {
    Example { beside: "", secret }
}

/// An example that is one only beside these words.
const fn beside(beside: &'static str, secret: &'static str) -> Example {
    Example { beside, secret }
}

/// The table of kinds, in the order of [`Kind::ALL`].
///
/// Sources of the examples: BIP-32, BIP-38, BIP-39 (github.com/bitcoin/bips) and the vectors of
/// trezor/python-mnemonic; the base58check key of the Bitcoin wiki ("Wallet import format");
/// GB 11643-1999, appendix A; the card numbers that payment processors publish for tests; keys from
/// vendors' documentation (AWS `AKIAIOSFODNN7EXAMPLE`, jwt.io); the ICAO 9303 specimen; RFC 2606
/// domains; the 555-01xx numbers kept for fiction.
pub static KINDS: &[Row] = &[
    Row {
        kind: Kind::PrivateKey,
        rule: "64 or more hex digits; WIF; BIP-38; xprv and its relatives; a PEM private key; a Solana key file",
        examples: &[
            alone("e8f32e723decf4051aefac8e2c93c9c5b214313817cdb01a1494b917c8436b35"),
            alone("0x0c28fca386c7a227600b2fe50b7cae11ec86d3bf1fbe471be89827e19d72aa1d"),
            alone("5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ"),
            alone("L44B5gGEpqEDRS9vVPz7QT35jcBG2r3CZwSwQ4fCewXAhAhqGVpP"),
            alone("6PRVWUbkzzsbcVac2qwfssoUJAN1Xhrg6bNk8J7Nzm5H7kxEbn2Nh2ZoGg"),
            alone(
                "xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi",
            ),
            alone(
                "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----",
            ),
            alone(
                "[174,47,154,16,202,193,206,113,199,190,53,133,169,175,31,56,222,53,138,189,224,216,117,173,10,149,53,45,73,251,237,246]",
            ),
        ],
        find: key::private,
    },
    Row {
        kind: Kind::SeedPhrase,
        rule: "12 or more BIP-39 words in a row (numbered, listed, one a line; one word in four may be any other, one in three a slip of one letter), 6 or more after a word for it; separated Chinese ones; Chinese ones in one piece or in groups, beside a word for it, whose checksum holds",
        examples: &[
            alone("legal winner thank year wave sausage worth useful legal winner thank yellow"),
            alone(
                "absent gorilla van acoustic humor firm title dolphin bulk barely citizen recall crane moment aspect appear track phrase actual enforce steel spoon afraid benefit",
            ),
            alone("的 的 的 的 的 的 的 的 的 的 的 在"),
            alone("枪 疫 霉 尝 俩 闹 饿 贤 枪 疫 霉 卿"),
            beside("助记词：", "枪疫霉尝俩闹饿贤枪疫霉卿"),
            beside("助记词：", "枪疫霉尝，俩闹饿贤，枪疫霉卿"),
            beside("seed phrase: ", "lava include region explain simple omit"),
        ],
        find: seed::find,
    },
    Row {
        kind: Kind::ApiKey,
        rule: "tokens with a vendor's prefix; JSON web tokens; otpauth addresses; base32 in groups of four, or 16, 26 or 32 characters of it; a mixed value beside API key, secret, token, 密钥",
        examples: &[
            alone("AKIAIOSFODNN7EXAMPLE"),
            alone("ghp_16C7e42F292c6912E7710c838347Ae178B4a"),
            alone(
                "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
            ),
            alone("otpauth://totp/OKX:alice?secret=JBSWY3DPEHPK3PXP&issuer=OKX"),
            alone("JBSWY3DPEHPK3PXP"),
            alone("jbsw y3dp ehpk 3pxp jbsw y3dp ehpk 3pxp"),
            beside("API Key: ", "37c541a1-9f4b-4e0c-8f5b-f83a3c1b7a2d"),
            beside("API 密钥是 ", "22582BD0CFF14C41EDBF1AB98506286D"),
            beside(
                "OK-ACCESS-SIGN: ",
                "p7m0Zk2vQ8xT5rYwB1nLs4Hd9aGcE6uJfKiOqWbN3Xo=",
            ),
            beside("谷歌验证器密钥：", "JBSWY3DPEHPK3PXP"),
        ],
        find: key::api,
    },
    Row {
        kind: Kind::Password,
        rule: "a value beside password, passphrase, PIN, 密码, 口令: any after a colon, one with a digit, symbol or mixed case after a verb, one with a digit otherwise, before the word too; a word that is all that is said; spelled Chinese",
        examples: &[
            beside("password: ", "hunter2"),
            beside("my password is ", "Tr0ub4dor&3"),
            beside("passphrase: ", "correct horse battery staple"),
            beside("PIN ", "4829"),
            beside("密码：", "abc123456"),
            beside("登录密码是", "Zhang1990"),
            beside("资金密码改成了 ", "qwe789asd"),
            beside("密码 ", "a1b2c3d4"),
            beside("\"password\": \"", "dragonfly\""),
            beside("pwd=", "letmein"),
            beside("密码", "woaini"),
        ],
        find: password::find,
    },
    Row {
        kind: Kind::OneTimeCode,
        rule: "4 to 8 digits beside 验证码, code, OTP, 2FA; letters and digits beside 备用码, backup code; a lone group of 6 digits, unless an error code, an amount or another number that is named",
        examples: &[
            alone("482915"),
            alone("G-482915"),
            beside("验证码：", "4829"),
            beside("短信验证码是 ", "482915"),
            beside("code ", "48291537"),
            beside("Your OKX verification code is ", "7391"),
            beside("2FA: ", "48291"),
            beside("谷歌验证器显示 ", "193744"),
            beside("backup codes: ", "4829 1537"),
            beside("备用码：", "a8f3-9d2c-77b1"),
        ],
        find: code::find,
    },
    Row {
        kind: Kind::DocumentNumber,
        rule: "letters and 6 to 10 digits beside 护照, passport, 证件号, 通行证, driving licence; a machine-readable zone",
        examples: &[
            beside("护照号 ", "E12345678"),
            beside("passport number: ", "EA1234567"),
            beside("my passport is ", "G12345678"),
            beside("Passport No. ", "L898902C3"),
            beside("通行证号码：", "C12345678"),
            beside("driver's license ", "D1234567"),
            alone("L898902C36UTO7408122F1204159ZE184226B<<<<<10"),
        ],
        find: document::other,
    },
    Row {
        kind: Kind::ResidentId,
        rule: "18 characters with a date inside or an ISO 7064 check digit that holds; the 15-digit form; Hong Kong, Macau and Taiwan forms; 6 digits or more beside 身份证, ID card",
        examples: &[
            alone("11010519491231002X"),
            alone("440524188001010014"),
            alone("110105491231002"),
            alone("A123456(3)"),
            alone("G123456(A)"),
            alone("1234567(8)"),
            alone("A123456789"),
            beside("身份证号：", "A1234560"),
            beside("my ID number is ", "1105194912"),
        ],
        find: document::resident,
    },
    Row {
        kind: Kind::BankCard,
        rule: "12 digits or more, in one group or in groups with any separators, checksum or not; a card's three or four security digits beside CVV, CVC, 安全码",
        examples: &[
            alone("4111111111111111"),
            alone("5555 5555 5555 4444"),
            alone("3782-822463-10005"),
            alone("6222021234567890123"),
            alone("4111.1111.1111.1112"),
            alone("6011/1111/1111/1117"),
            alone("3530, 1113, 3330, 0000"),
            alone("3056 9309 0259 04"),
            beside("CVV ", "737"),
        ],
        find: number::cards,
    },
    Row {
        kind: Kind::Email,
        rule: "an address; the part before the @ is shortened to its first character",
        examples: &[
            alone("alice@example.com"),
            alone("bob.smith+okx@mail.example.org"),
            alone("12345@example.net"),
            alone("carol (at) example.com"),
        ],
        find: contact::emails,
    },
    Row {
        kind: Kind::Phone,
        rule: "a mainland mobile or landline number; any number with a + and 8 to 15 digits; 3-3-4 digits; 7 to 11 digits beside 电话, phone, WhatsApp: the middle is shortened",
        examples: &[
            alone("13800138000"),
            alone("138-0013-8000"),
            alone("+86 139 1234 5678"),
            alone("+1 415-555-0132"),
            alone("(415) 555-0132"),
            alone("0755-26889999"),
            beside("电话 ", "9123 4567"),
            beside("my phone number is ", "91234567"),
        ],
        find: contact::phones,
    },
    Row {
        kind: Kind::Token,
        rule: "7 characters or more with three of lower case, upper case, digit, symbol, or 20 or more of mixed letters and digits, that do not read as words, versions, models, file names, dates, amounts or addresses",
        examples: &[
            alone("Tr0ub4dor&3"),
            alone("P@ssw0rd!"),
            alone("xK9#mQ2$vL"),
            alone("aB3dE5fG7h"),
            alone("Summer2024"),
            alone("hunter2!"),
            alone("q1w2e3r4t5y6u7i8o9p0a"),
        ],
        find: token::find,
    },
];
