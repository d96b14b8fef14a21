//! The secret detector: every example of every kind, in every spelling, in sentences of both
//! languages; ordinary sentences; published vectors; and its properties.
//!
//! The table for `src/redact/README.md`: `cargo test --test it table_of_kinds -- --nocapture`

// The table is for the README, the timings for whoever changes a rule.
#![allow(clippy::print_stdout)]

use std::fmt::Write;
#[cfg(unix)]
use std::time::Duration;
#[cfg(not(unix))]
use std::time::Instant;

use okx_verify_help::redact::stream::redact_stream;
use okx_verify_help::redact::{Example, KINDS, Kind, Raw, Row, redact, scan, scan_but};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

const ORDINARY: [(&str, &str); 2] = [
    ("zh", include_str!("../data/redact/ordinary.zh.txt")),
    ("en", include_str!("../data/redact/ordinary.en.txt")),
];

/// Sentences to hide a secret in. They share no four characters in a row with any example.
const SENTENCES: [(&str, &str); 6] = [
    ("", ""),
    ("我想说一下，", "，麻烦看看。"),
    ("情况是这样的：", "。后来还是不行。"),
    ("截图里能看见（", "），怎么办？"),
    ("Hello, ", " and many thanks."),
    ("I wrote (", ") to them. Is that bad?"),
];

#[derive(Clone, Copy, PartialEq)]
enum Spelling {
    Plain,
    FullWidth,
    Spaced,
    Dashed,
    ZeroWidth,
    UpperCase,
    Lines,
    Numbered,
}

use Spelling::{Dashed, FullWidth, Lines, Numbered, Plain, Spaced, UpperCase, ZeroWidth};

const SPELLINGS: [(Spelling, &str); 8] = [
    (Plain, "plain"),
    (FullWidth, "full-width"),
    (Spaced, "spaced"),
    (Dashed, "dashed"),
    (ZeroWidth, "zero-width"),
    (UpperCase, "upper case"),
    (Lines, "lines"),
    (Numbered, "numbered"),
];

/// The ways to write a secret in a spelling; none where the spelling makes another thing of it.
fn spell(kind: Kind, secret: &str, spelling: Spelling) -> Vec<String> {
    match spelling {
        Plain => vec![secret.to_owned()],
        FullWidth => vec![full_width(secret)],
        ZeroWidth => vec![
            secret.chars().flat_map(|c| [c, '\u{200b}']).collect(),
            secret
                .chars()
                .enumerate()
                .map(|(i, c)| {
                    if i % 3 == 1 {
                        format!("\u{2060}{c}\u{ad}")
                    } else {
                        c.to_string()
                    }
                })
                .collect(),
        ],
        Spaced => split(kind, secret, " "),
        Dashed => split(kind, secret, "-"),
        UpperCase => upper_case(kind, secret).into_iter().collect(),
        Lines => split(kind, secret, "\n"),
        Numbered => match kind {
            // The words of a phrase are the items.
            Kind::SeedPhrase => ["{}. ", "{}) ", "({}) ", "第{}个："]
                .iter()
                .map(|mark| {
                    let items = items(secret).into_iter().zip(1..);
                    let lines: Vec<_> = items
                        .map(|(word, number)| {
                            mark.replace("{}", &number.to_string()) + &word + "\n"
                        })
                        .collect();
                    lines.concat()
                })
                .collect(),
            // Others are items of a list themselves; see `texts`.
            _ => Vec::new(),
        },
    }
}

fn full_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            ' ' => '\u{3000}',
            '!'..='~' => char::from_u32(u32::from(c) + 0xfee0).unwrap(),
            c => c,
        })
        .collect()
}

/// In groups as people write them, and letter by letter.
fn split(kind: Kind, secret: &str, separator: &str) -> Vec<String> {
    let bare: String = secret.chars().filter(char::is_ascii_alphanumeric).collect();
    let digits = !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit());
    let joined = |lens: &[usize]| {
        let mut rest = bare.as_str();
        let mut groups = Vec::new();
        for len in lens.iter().copied().cycle() {
            if rest.is_empty() {
                break;
            }
            let (group, more) = rest.split_at(len.min(rest.len()));
            groups.push(group);
            rest = more;
        }
        groups.join(separator)
    };
    let by_letter = joined(&[1]);
    match kind {
        Kind::SeedPhrase => vec![
            items(secret).join(separator),
            items(secret).join(&format!("{separator}{separator}")),
        ],
        // A PEM key has its lines and an address its parts already.
        Kind::PrivateKey if secret.contains(['-', '[']) => Vec::new(),
        // An extended key of 111 characters is copied, not grouped; the others are written on paper.
        Kind::PrivateKey if secret.starts_with("xprv") => vec![joined(&[37])],
        Kind::PrivateKey => vec![joined(&[4]), joined(&[8])],
        // A vendor's key is copied; only the base32 one is typed by hand, in groups on one line.
        Kind::ApiKey if separator != "\n" && (bare.len() == 16 || bare.starts_with("jbsw")) => {
            vec![joined(&[4])]
        }
        // Several words with separators of their own are not spelt any further. Nor is a token put
        // on lines by the letter.
        Kind::Password | Kind::Token if secret.contains([' ', '"']) || separator == "\n" => {
            Vec::new()
        }
        Kind::Password | Kind::Token if secret.len() >= 7 => {
            vec![
                secret
                    .chars()
                    .map(String::from)
                    .collect::<Vec<_>>()
                    .join(separator),
            ]
        }
        Kind::OneTimeCode | Kind::SixDigits if !digits => Vec::new(),
        // On lines by the digit, as some pages show it.
        Kind::OneTimeCode | Kind::SixDigits if separator == "\n" => vec![by_letter],
        Kind::OneTimeCode | Kind::SixDigits if bare.len() == 6 => vec![joined(&[3]), by_letter],
        Kind::OneTimeCode | Kind::SixDigits if bare.len() == 8 => vec![joined(&[4]), by_letter],
        Kind::OneTimeCode | Kind::SixDigits => vec![by_letter],
        // Security digits are three: nobody splits them.
        Kind::BankCard if bare.len() < 12 => Vec::new(),
        // An account is written in groups of four, on one line.
        Kind::BankCard if !digits && separator == "\n" => Vec::new(),
        Kind::BankCard if !digits => vec![joined(&[4])],
        Kind::BankCard | Kind::LongNumber => vec![joined(&[4]), by_letter],
        Kind::ResidentId if separator != "\n" && bare.len() == 18 => {
            vec![joined(&[6, 8, 4]), joined(&[6, 4, 4, 4])]
        }
        Kind::ResidentId if separator != "\n" && bare.len() == 15 => {
            vec![joined(&[6, 6, 3]), by_letter]
        }
        Kind::DocumentNumber
            if separator != "\n"
                && !secret.contains('<')
                && bare[1..].bytes().all(|byte| byte.is_ascii_digit()) =>
        {
            vec![
                format!("{}{separator}{}", &bare[..1], &bare[1..]),
                format!(
                    "{}{separator}{}{separator}{}",
                    &bare[..1],
                    &bare[1..5],
                    &bare[5..]
                ),
            ]
        }
        Kind::Phone if separator != "\n" && bare.len() == 11 && bare.starts_with("13") => {
            vec![joined(&[3, 4, 4]), joined(&[3, 8]), by_letter]
        }
        // The short identity numbers carry their own brackets, other countries group phone numbers
        // as their examples do, and an address is one word.
        Kind::ApiKey
        | Kind::Password
        | Kind::Token
        | Kind::ResidentId
        | Kind::DocumentNumber
        | Kind::Account
        | Kind::Phone
        | Kind::Email => Vec::new(),
    }
}

fn items(phrase: &str) -> Vec<String> {
    if phrase.is_ascii() {
        phrase.split(' ').map(str::to_owned).collect()
    } else {
        phrase
            .chars()
            .filter(|c| *c != ' ')
            .map(String::from)
            .collect()
    }
}

fn upper_case(kind: Kind, secret: &str) -> Option<String> {
    let upper = secret.to_uppercase();
    let differs = upper != secret;
    match kind {
        // Base58 and base64 tell cases apart: in capitals it is no key any more.
        Kind::PrivateKey
            if !secret
                .bytes()
                .all(|byte| byte.is_ascii_hexdigit() || byte == b'x') =>
        {
            None
        }
        Kind::ApiKey
            if secret.starts_with("gh") || secret.starts_with("ey") || secret.ends_with('=') =>
        {
            None
        }
        // Without lower case and symbols there is nothing left that looks strong.
        Kind::Token if !secret.contains(['&', '!', '#']) && secret.len() < 20 => None,
        _ => differs.then_some(upper),
    }
}

/// The text that an example makes in a spelling. Full width and capitals change its words too.
fn texts(row: &Row, example: &Example, spelling: Spelling) -> Vec<(String, String)> {
    if spelling == Numbered && row.kind != Kind::SeedPhrase {
        let item = format!("{}{}", example.beside, example.secret);
        let mut lists = vec![
            format!("\n1. {item}\n2. {item}\n"),
            format!("\n1) {item}\n- {item}\n"),
        ];
        if example.beside.ends_with([':', '：', ' '])
            && matches!(row.kind, Kind::Password | Kind::OneTimeCode)
            && example.beside.contains([':', '：'])
        {
            // The word as a heading: backup codes, say.
            lists.push(format!(
                "{}\n1. {}\n2. {}\n",
                example.beside.trim_end(),
                example.secret,
                example.secret
            ));
        }
        return lists
            .into_iter()
            .map(|list| (String::new(), list))
            .collect();
    }
    let beside = match spelling {
        FullWidth => full_width(example.beside),
        UpperCase => example.beside.to_uppercase(),
        Lines if !example.beside.is_empty() => format!("{}\n", example.beside.trim_end()),
        _ => example.beside.to_owned(),
    };
    let mut spelt = spell(row.kind, example.secret, spelling);
    if spelling == Lines && example.beside.trim_end().ends_with([':', '：']) {
        // The word on one line, the value on the next.
        spelt.push(example.secret.to_owned());
    }
    spelt
        .into_iter()
        .map(|secret| (beside.clone(), secret))
        .collect()
}

/// Whether nothing of the secret is left: no four of its characters in a row, nor one of its words.
fn is_hidden(row: &Row, secret: &str, out: &str) -> bool {
    let mut left = out.to_owned();
    for kind in Kind::ALL {
        left = left.replace(kind.placeholder(), "\n");
    }
    if row.kind == Kind::SeedPhrase {
        let words = items(secret);
        return !left
            .split(|c: char| !c.is_alphabetic())
            .any(|word| words.iter().any(|secret| secret.eq_ignore_ascii_case(word)));
    }
    let squash = |text: &str| -> Vec<char> {
        use unicode_normalization::UnicodeNormalization;
        text.nfkc()
            .filter(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_lowercase())
            .collect()
    };
    let secret = match row.kind {
        // What stays readable is no secret.
        Kind::Email => secret.split(['@', ' ']).next().unwrap_or_default(),
        _ => secret,
    };
    // Of a phone number, country and network stay, and the last four digits.
    let window = if row.kind == Kind::Phone { 6 } else { 4 };
    let (secret, left) = (squash(secret), squash(&left.replace("****", "zzzz")));
    let window = window.min(secret.len());
    !secret
        .windows(window)
        .any(|part| left.windows(window).any(|there| there == part))
}

/// Caught and tried, per kind and spelling.
fn measure(row: &Row, spelling: Spelling, mut missed: impl FnMut(String)) -> (usize, usize) {
    let (mut caught, mut tried) = (0, 0);
    for example in &row.examples {
        for (beside, secret) in texts(row, example, spelling) {
            for (before, after) in SENTENCES {
                let text = format!("{before}{beside}{secret}{after}");
                let redacted = redact(&text);
                tried += 1;
                if redacted.removed.is_empty() || !is_hidden(row, example.secret, &redacted.text) {
                    missed(format!(
                        "{} in {text:?}: {:?}",
                        row.kind.id(),
                        redacted.text
                    ));
                } else {
                    caught += 1;
                }
                assert_eq!(
                    redact(&redacted.text).text,
                    redacted.text,
                    "redacted again: {text:?}"
                );
                assert_eq!(scan(&redacted.text).total(), 0, "{text:?}");
            }
        }
    }
    (caught, tried)
}

#[test]
fn table_of_kinds_and_spellings() {
    let mut missed = Vec::new();
    let heads: Vec<_> = SPELLINGS.iter().map(|(_, name)| *name).collect();
    let mut table = format!(
        "| kind | {} |\n|---|{}\n",
        heads.join(" | "),
        "---|".repeat(heads.len())
    );
    for row in KINDS.iter() {
        let cells: Vec<_> = SPELLINGS
            .iter()
            .map(
                |(spelling, _)| match measure(row, *spelling, |text| missed.push(text)) {
                    (_, 0) => "–".to_owned(),
                    (caught, tried) => format!("{caught}/{tried}"),
                },
            )
            .collect();
        let _ = writeln!(table, "| {} | {} |", row.kind.id(), cells.join(" | "));
    }
    println!("{table}");
    for (language, sentences) in ORDINARY {
        let changed = sentences
            .lines()
            .filter(|line| redact(line).text != *line)
            .count();
        println!(
            "ordinary sentences ({language}): {changed} of {} changed",
            sentences.lines().count()
        );
    }
    assert!(
        missed.is_empty(),
        "{} missed, such as:\n{}",
        missed.len(),
        missed[..missed.len().min(30)].join("\n")
    );
    let readme = include_str!("../../src/redact/README.md");
    assert!(
        readme.contains(&table),
        "not what the README says:\n{table}"
    );
}

#[test]
fn every_example_is_named_by_its_kind() {
    for row in KINDS.iter() {
        for example in &row.examples {
            let text = format!("{}{}", example.beside, example.secret);
            let removed = redact(&text).removed;
            assert!(
                removed.count(row.kind) > 0,
                "{}: {text:?} gave {removed:?}",
                row.kind.id()
            );
            assert_eq!(scan(&text), removed);
        }
    }
}

#[test]
fn the_table_has_every_kind_once_in_order() {
    assert!(KINDS.iter().map(|row| row.kind).eq(Kind::ALL));
    let mut ids: Vec<_> = Kind::ALL.iter().map(|kind| kind.id()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), Kind::ALL.len());
    for kind in Kind::ALL {
        assert_ne!(kind.name("zh-CN"), kind.name("en"));
        assert_eq!(redact(kind.placeholder()).text, kind.placeholder());
    }
}

#[test]
fn ordinary_sentences_pass() {
    for (language, sentences) in ORDINARY {
        let lines: std::collections::HashSet<_> = sentences.lines().collect();
        assert!(
            lines.len() >= 200,
            "{language}: {} distinct sentences",
            lines.len()
        );
        for line in lines {
            assert_eq!(redact(line).text, line);
            assert!(scan(line).is_empty());
        }
        // Together, too: nothing is read across the line ends.
        assert_eq!(redact(sentences).text, sentences);
    }
}

/// Texts that were written to break the detector after its rules were made, and that it has been
/// mended by since. Between ⟦ and ⟧ stands the secret; a text after "? " is known to get past.
#[test]
fn attacks_are_withstood() {
    let lists = [
        include_str!("../data/redact/attack.secrets.txt"),
        include_str!("../data/redact/identity.secrets.txt"),
        include_str!("../data/redact/blind.secrets.txt"),
        // Published examples, in six sentences taken in turn.
        include_str!("../data/redact/countries.secrets.txt"),
    ];
    for text in lists.into_iter().flat_map(|list| list.split("\n\n")) {
        // Above an entry may stand its kind.
        let text = match text.split_once('\n') {
            Some((kind, text)) if kind.starts_with("# ") => text,
            _ => text,
        };
        let (known_miss, marked) = text
            .strip_prefix("? ")
            .map_or((false, text.trim_end()), |text| (true, text.trim_end()));
        let out = redact(&marked.replace(['⟦', '⟧'], "")).text;
        let secrets = marked
            .split('⟦')
            .skip(1)
            .filter_map(|rest| rest.split('⟧').next());
        let left = secrets.filter(|secret| out.contains(*secret)).count();
        assert_eq!(left > 0, known_miss, "{marked}\n{out}");
    }
    let lists = [
        include_str!("../data/redact/attack.innocent.txt"),
        include_str!("../data/redact/blind.innocent.txt"),
        include_str!("../data/redact/blind.screens.txt"),
    ];
    for text in lists.into_iter().flat_map(str::lines) {
        let (known_alarm, text) = text
            .strip_prefix("? ")
            .map_or((false, text), |text| (true, text));
        assert_eq!(
            redact(text).text != text,
            known_alarm,
            "{text}\n{}",
            redact(text).text
        );
    }
}

/// A list of BIP-39: its file, and its first, fourth and last word.
const WORD_LISTS: [(&str, [&str; 3]); 10] = [
    (
        include_str!("../../src/redact/words/english.txt"),
        ["abandon", "about", "zoo"],
    ),
    (
        include_str!("../../src/redact/words/chinese_simplified.txt"),
        ["的", "在", "歇"],
    ),
    (
        include_str!("../../src/redact/words/chinese_traditional.txt"),
        ["的", "在", "歇"],
    ),
    (
        include_str!("../../src/redact/words/spanish.txt"),
        ["ábaco", "abierto", "zurdo"],
    ),
    (
        include_str!("../../src/redact/words/french.txt"),
        ["abaisser", "abeille", "zoologie"],
    ),
    (
        include_str!("../../src/redact/words/italian.txt"),
        ["abaco", "abete", "zuppa"],
    ),
    (
        include_str!("../../src/redact/words/portuguese.txt"),
        ["abacate", "abater", "zumbido"],
    ),
    (
        include_str!("../../src/redact/words/czech.txt"),
        ["abdikace", "agrese", "zvyk"],
    ),
    (
        include_str!("../../src/redact/words/japanese.txt"),
        ["あいこくしん", "あおぞら", "われる"],
    ),
    (
        include_str!("../../src/redact/words/korean.txt"),
        ["가격", "가능", "힘껏"],
    ),
];

#[test]
fn phrases_of_all_ten_languages_are_found_however_they_are_joined() {
    use unicode_normalization::UnicodeNormalization;
    let layouts: [fn(&[&str]) -> String; 8] = [
        |words| words.join(" "),
        |words| words.join(", "),
        |words| words.join("_"),
        |words| words.join(" | "),
        |words| words.join("\n"),
        |words| format!("我的助记词是 {}，导入失败", words.join(" ")),
        |words| format!("recovery words: {}", words[..7].join(" ")),
        |words| {
            let items = words
                .iter()
                .zip(1..)
                .map(|(word, n)| format!("{n}. {word}\n"));
            items.collect()
        },
    ];
    for (file, known) in WORD_LISTS {
        let words: Vec<&str> = file.lines().collect();
        assert_eq!(words.len(), 2048);
        for (at, word) in [0, 3, 2047].into_iter().zip(known) {
            assert_eq!(words[at].nfkc().to_string(), word.nfkc().to_string());
        }
        // Sixteen bytes of zero: the checksum is 3, published in each language as its first vector.
        let zero = [&[words[0]; 11][..], &[words[3]]].concat().join(" ");
        assert_eq!(redact(&zero).text, Kind::SeedPhrase.placeholder());
        for (n, layout) in layouts.iter().enumerate() {
            for count in [12, 24] {
                let phrase: Vec<&str> = (1..=count)
                    .map(|i| words[(i * 389 + n * 677) % 2048])
                    .collect();
                let text = layout(&phrase);
                let out = redact(&text);
                assert_eq!(
                    out.removed.count(Kind::SeedPhrase),
                    1,
                    "{text}\n{}",
                    out.text
                );
                let rest = out.text.replace(Kind::SeedPhrase.placeholder(), "");
                let left = phrase.iter().filter(|word| rest.contains(**word));
                assert_eq!(left.count(), 0, "{text}\n{}", out.text);
            }
        }
    }
}

#[test]
fn weak_passwords_are_found_in_sentences() {
    const PASSWORDS: [&str; 24] = [
        "sunshine",
        "monkey",
        "iloveyou",
        "princess",
        "charlie",
        "woaini",
        "zhangwei",
        "liuyang",
        "xiaoming",
        "wangfang",
        "woaini1314",
        "19900815",
        "19881203",
        "881203",
        "888888",
        "Summer2024",
        "wang1990",
        "abc123",
        "zhangwei88",
        "Liverpool05",
        "P@ssw0rd",
        "Tr0ub4dor&3",
        "a1b2c3d4",
        "mariposa",
    ];
    const SENTENCES: [&str; 20] = [
        "my password is {} and it does not work",
        "pwd - {}",
        "the password should be {} I think",
        "I log in with {} please, that is my password",
        "I always use {} as password",
        "password {} not accepted",
        "I set the password to {} yesterday",
        "{} is my password",
        "tried password {}, three times",
        "username tom password {}",
        "密码 {}",
        "密码{}登不上",
        "密码我记得是{}啊",
        "密码应该没错，{}",
        "我的密码应该是{}",
        "用{}登录说密码错误",
        "{}是我的密码",
        "密码改成了{}",
        "我输入密码{}，提示不对",
        "旧密码{}不能用了",
    ];
    let texts = SENTENCES.iter().flat_map(|sentence| {
        PASSWORDS.map(|password| (password, sentence.replace("{}", password)))
    });
    let missed: Vec<String> = texts
        .filter(|(password, text)| redact(text).text.contains(password))
        .map(|(_, text)| text)
        .collect();
    assert!(missed.len() <= 24, "{} of 480: {missed:?}", missed.len());
}

#[test]
fn what_is_only_perhaps_a_secret_can_be_kept() {
    let typed = "提示 xK9#mQ2$vL，密码：hunter2，482915";
    let kept = Raw::new(typed.to_owned()).doubtful();
    let out = Raw::new(typed.to_owned()).masked_but(&kept);
    assert_eq!(
        &*out.text,
        "提示 xK9#mQ2$vL，密码：[removed: password]，482915"
    );
    assert_eq!(out.removed.total(), 1);
    // In another text, too; but not what is a secret for certain there.
    assert!(scan_but("It says xK9#mQ2$vL.", &kept).is_empty());
    assert_eq!(scan_but("验证码 482915", &kept).count(Kind::OneTimeCode), 1);
    assert!(Raw::new("密码：hunter2".to_owned()).doubtful().is_empty());
    let doubtful = [Kind::LongNumber, Kind::SixDigits, Kind::Token];
    for kind in Kind::ALL {
        assert_eq!(kind.is_certain(), !doubtful.contains(&kind));
    }
}

#[test]
fn lines_that_went_whole_are_counted() {
    let phrase = "1. legal\n2. winner\n3. thank\n4. year\n5. wave\n6. sausage\n7. worth\n8. useful\n9. legal\n10. winner\n11. thank\n12. yellow";
    assert_eq!(
        redact(&format!("before\n{phrase}\nafter")).removed.lines(),
        12
    );
    assert_eq!(
        redact(&format!("it begins {phrase} and ends"))
            .removed
            .lines(),
        10
    );
    assert_eq!(redact("密码：hunter2\n验证码 482915").removed.lines(), 0);
}

#[test]
fn only_its_own_value_goes() {
    for (text, out) in [
        (
            "https://a.example/x?token=a1B2c3D4e5F6&lang=en",
            "https://a.example/x?token=[removed: API key]&lang=en",
        ),
        (
            "login password：zhangwei_8899，face",
            "login password：[removed: password]，face",
        ),
        (
            "(password: hunter2abc) and so on",
            "(password: [removed: password]) and so on",
        ),
        (
            "Please! password: hunter2",
            "Please! password: [removed: password]",
        ),
        (
            "我的助記詞 益 搶 搶 益 益 搶 搶 益 益 搶 搶 益匯入",
            "我的助記詞 [removed: seed phrase]匯入",
        ),
    ] {
        assert_eq!(redact(text).text, out);
    }
}

#[test]
fn quotes_and_joints_hide_no_value() {
    for (text, out) in [
        ("code_483920", "code_[removed: one-time code]"),
        ("otp-483920", "otp-[removed: one-time code]"),
        ("验证码_483920", "验证码_[removed: one-time code]"),
        ("pin_4829", "pin_[removed: password]"),
        ("password_hunter2", "password_[removed: password]"),
        (
            "the password `sunflower` fails",
            "the password `[removed: password]` fails",
        ),
        ("密码「woaini」登不上", "密码「[removed: password]」登不上"),
        (
            "passport `E12345678`",
            "passport `[removed: document number]`",
        ),
        ("passport_E12345678", "passport_[removed: document number]"),
        ("wechat `wang_lei88`", "wechat `[removed: chat account]`"),
        ("code `483920`", "code `[removed: one-time code]`"),
        (
            "seed phrase `lava include region explain simple omit`",
            "seed phrase `[removed: seed phrase]`",
        ),
    ] {
        assert_eq!(redact(text).text, out);
    }
    for text in [
        "error_code_483920",
        "order_483920",
        "the `password` field is empty",
        "password_reset and code_verifier",
        "the password `reset` button",
    ] {
        assert_eq!(redact(text).text, text);
    }
}

/// Of each noun that names what support needs, in every link, in both languages.
#[test]
fn what_support_needs_stays() {
    const NUMBERS: [&str; 6] = [
        "110105491231",
        "762194",
        "412345678901234567",
        "4111111111111111",
        "483 920 118 204",
        "2983746510293847561",
    ];
    let english = [
        "UID",
        "User ID",
        "Order",
        "order no.",
        "Ticket",
        "Ticket number",
        "case ID",
        "Trace ID",
        "request_id",
    ];
    let links = [
        "{n}: {v}",
        "{n} {v}",
        "{n}={v}",
        "{n} is {v}",
        "{n} #{v}",
        "{n} ({v})",
        "{n} - {v}",
        "{n}:\n{v}",
        "my {n} is {v}, thanks",
        "| {n} | {v} |",
        "{\"{n}\": \"{v}\"}",
        "The {n} was {v}.",
        "{v} is my {n}",
        "{n}: `{v}`",
        "{n}:  {v}",
    ];
    let chinese = [
        "UID",
        "用户ID",
        "订单",
        "订单号",
        "工单",
        "工单号",
        "案件编号",
        "追踪号",
        "请求ID",
    ];
    let chinese_links = [
        "{n}：{v}",
        "{n}{v}",
        "{n} {v}",
        "{n}是{v}",
        "{n}为 {v}",
        "{n}（{v}）",
        "{n}：\n{v}",
        "我的{n}是{v}，谢谢",
        "| {n} | {v} |",
        "{v}是我的{n}",
        "{n}显示 {v}",
        "{n}【{v}】",
        "{n}，{v}",
        "{n}「{v}」",
    ];
    let errors = ["error code", "Status code", "错误码", "报错", "状态码"];
    let stays = |nouns: &[&str], links: &[&str], numbers: &[&str]| {
        for (noun, link) in nouns
            .iter()
            .flat_map(|noun| links.iter().map(move |link| (noun, link)))
        {
            for number in numbers {
                let text = link.replace("{n}", noun).replace("{v}", number);
                assert_eq!(redact(&text).text, text);
            }
        }
    };
    stays(&english, &links, &NUMBERS);
    stays(&chinese, &chinese_links, &NUMBERS);
    stays(&errors, &links, &NUMBERS[1..2]);
    stays(&errors, &chinese_links, &NUMBERS[1..2]);
}

#[test]
fn line_ends_stay() {
    let text = "验证码:８３９２０１\r\n验证码 482915\r\n";
    let out = "验证码:[removed: one-time code]\r\n验证码 [removed: one-time code]\r\n";
    assert_eq!(redact(text).text, out);
}

#[test]
fn contacts_are_shortened() {
    for (text, expected) in [
        ("write to alice@example.com", "write to a***@example.com"),
        ("138 0013 8000@163.com", "1***@163.com"),
        ("+852 9123 4567@gmail.com", "+8***@gmail.com"),
        (
            "+1 415-555-0132alice (at) example.com",
            "+1*** (at) example.com",
        ),
        ("tom99 at gmail dot com", "t*** at gmail dot com"),
        ("电话13800138000，谢谢", "电话13****8000，谢谢"),
        ("+86 138 0013 8000", "+86 13****8000"),
        ("+852 9123 4567", "+85****4567"),
        ("电话 91234567", "电话 ****567"),
        ("(212) 555-0114", "2****0114"),
        ("write to support@okx.com", "write to support@okx.com"),
        ("邮箱：alice＠example．com", "邮箱：a***@example．com"),
    ] {
        assert_eq!(redact(text).text, expected);
    }
}

#[test]
fn long_numbers_that_are_something_else_pass() {
    for text in [
        "2024-05-01 14:30:11.123",
        "20240501143011",
        "0.123456789012345678 ETH",
        "1,234,567,890,123.45 USDT",
        "2019.05.01-2029.05.01",
        "errors 50111, 50112, 50113 and 50114",
        "10.255.255.254",
        "steps 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12",
        "in 2021, 2022, 2023 and 2024",
    ] {
        assert_eq!(redact(text).text, text);
    }
}

#[test]
fn published_vectors_are_caught() {
    for vector in include_str!("../data/redact/vectors.txt")
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
    {
        let (kind, secret) = vector.split_once(' ').unwrap();
        let removed = redact(secret).removed;
        assert!(
            removed.iter().any(|(found, _)| found.id() == kind),
            "{vector}: {removed:?}"
        );
        assert_eq!(removed.total(), 1, "{vector}");
        assert_eq!(
            redact(secret).text.trim(),
            Kind::ALL
                .iter()
                .find(|of| of.id() == kind)
                .unwrap()
                .placeholder()
        );
    }
}

#[test]
fn a_slip_of_the_finger_does_not_give_a_phrase_away() {
    let phrase = "legal winer thank year wave sausage worth useful legal winner thank yellow";
    assert_eq!(redact(phrase).text, "[removed: seed phrase]");
    assert!(
        !redact("legl winner thank year wave sausage worth useful legal winner thank yellow")
            .text
            .contains("winner")
    );
    // First four letters name a word.
    assert_eq!(
        redact("lega winn than year wave saus wort usef lega winn than yell").text,
        "[removed: seed phrase]"
    );
}

#[test]
fn a_prompt_gives_out_only_what_is_masked() {
    let masked = Raw::new("密码：hunter2".to_owned()).masked();
    assert_eq!(&*masked.text, "密码：[removed: password]");
    assert_eq!(
        masked.removed.iter().collect::<Vec<_>>(),
        [(Kind::Password, 1)]
    );
}

#[test]
fn a_stream_gives_what_the_text_gives() {
    let lines: Vec<_> = KINDS
        .iter()
        .flat_map(|row| &row.examples)
        .zip(ORDINARY[0].1.lines().zip(ORDINARY[1].1.lines()).cycle())
        .map(|(example, (zh, en))| format!("{zh}\n{}{}\n{en}\n", example.beside, example.secret))
        .collect();
    let text = lines.concat().repeat(60);
    let mut out = Vec::new();
    let removed = redact_stream(text.as_bytes(), &mut out).unwrap();
    let whole = redact(&text);
    assert_eq!(removed, whole.removed);
    assert!(String::from_utf8(out).unwrap() == whole.text);
}

/// Shapes that make careless matchers slow: half of a secret again and again, and one endless one.
fn nasty_shapes(size: usize) -> Vec<(&'static str, String)> {
    let fill = |unit: &str| unit.repeat((size / unit.len()).max(1));
    vec![
        ("prose", fill(&(ORDINARY[0].1.to_owned() + ORDINARY[1].1))),
        (
            "secrets",
            fill("验证码 482915，password: hunter2, 13800138000, 4111 1111 1111 1111\n"),
        ),
        ("digits", fill("7")),
        ("digits and spaces", fill("12 ")),
        ("digits and commas", fill("1234567,")),
        ("seed words", fill("abandon ")),
        (
            "half phrases",
            fill("legal winner thank year wave sausage worth useful the of "),
        ),
        (
            "misspelt phrases",
            fill(
                "legal xqzv winner xqzw thank xqzy year xqzu wave xqzt sausage xqzs worth useful the of ",
            ),
        ),
        ("passwords in a row", fill("hunter2abc or ")),
        ("labels of phrases", fill("助记词是：")),
        ("Chinese single", fill("的 ")),
        ("keywords", fill("密码")),
        ("keywords and colons", fill("password: ")),
        ("codes", fill("验证码code")),
        ("mnemonic words", fill("助记词的")),
        ("hex", fill("a1")),
        ("base58", fill("5Kx ")),
        ("PEM", fill("-----BEGIN PRIVATE KEY-----\n")),
        ("brackets", fill("[1,")),
        ("at signs", fill("a@a.")),
        ("dots", fill("1.")),
        ("years", fill("2024 ")),
        ("groups and dots", fill("1234.")),
        ("groups and commas", fill("1234,123,")),
        ("addresses of people", fill("a1@b.co,")),
        ("quotes", fill("password \"'")),
        ("base32", fill("ab2c ")),
        ("base58 in groups", fill("5Kb8 kLf9 ")),
        ("passports", fill("护照E1")),
        ("phones", fill("电话+86 13")),
        ("lists", fill("- pw:ab12\n")),
        ("code lists", fill("code 1234, ")),
        ("symbols", fill("aB3!")),
        ("addresses", fill("https://a/B3?")),
        ("letters apart", fill("a 1 ")),
        ("zero width", fill("4\u{200b}")),
        ("full width", fill("密码：")),
        ("placeholders", fill("[removed: password]")),
        ("stars", fill("a***")),
        ("fillers", fill("A<")),
    ]
}

/// Seconds that this thread has run, or, where no system says so, that went by.
fn run_time() -> f64 {
    #[cfg(unix)]
    {
        use rustix::time::{ClockId, clock_gettime};
        let run = clock_gettime(ClockId::ThreadCPUTime);
        Duration::new(run.tv_sec.unsigned_abs(), run.tv_nsec.try_into().unwrap()).as_secs_f64()
    }
    #[cfg(not(unix))]
    {
        static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
        START.elapsed().as_secs_f64()
    }
}

/// Four times the text takes about four times as long: 10 MB of each, or, built without optimization,
/// some hundredth.
#[test]
fn nasty_shapes_take_linear_time() {
    let size = 10 * 1024 * 1024 / if cfg!(debug_assertions) { 250 } else { 1 };
    let seconds = |text: &str| {
        let start = run_time();
        let _ = redact(text);
        let whole = run_time();
        redact_stream(text.as_bytes(), std::io::sink()).unwrap();
        [whole - start, run_time() - whole]
    };
    for ((name, quarter), (_, all)) in nasty_shapes(size / 4).iter().zip(nasty_shapes(size)) {
        let (quarter, seconds) = (seconds(quarter), seconds(&all));
        println!(
            "{name}: {} kB, whole and streamed {seconds:.2?} s",
            all.len() / 1000
        );
        // Short times say little.
        let is_linear = seconds
            .iter()
            .zip(quarter)
            .all(|(all, part)| *all < 8.0 * part + 0.1);
        assert!(is_linear, "{name}: {quarter:?} s, {seconds:?} s");
    }
}

/// Text made of what the rules look for, in a random order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => proptest::sample::select(vec![
            "密码", "password", "验证码", "code", "助记词", "：", ": ", "是", " is ", " ", "\n", "-", ".", ",", "1. ", "x",
            "hunter2", "482915", "4829", "13800138000", "+86", "4111", "11010519491231002X", "abandon ", "legal winner thank ",
            "的 ", "一", "@", "example.com", "alice", "***", "****", "138****8000", "[removed: password]", "[removed: ", "]",
            "\u{200b}", "Ａ", "４", "①", "aB3!", "0x", "5Kx9", "xprv", "-----BEGIN PRIVATE KEY-----", "API key", "护照", "E1234567",
            "身份证", "(3)", "2024", "USDT", "分钟", "错误", "error", "\"", "{", "https://", "/", "=", "G-",
        ])
        .prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => "[0-9]{1,9}",
        1 => "[ -~]{1,6}",
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: if cfg!(debug_assertions) { 512 } else { 20_000 },
        rng_seed: RngSeed::Fixed(20_261_125),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn redacting_twice_changes_nothing(text in pieces()) {
        let once = redact(&text);
        prop_assert_eq!(&redact(&once.text).text, &once.text);
        prop_assert!(scan(&once.text).is_empty());
        prop_assert_eq!(scan(&text), once.removed);
    }

    #[test]
    fn any_text_is_survived(text in any::<String>()) {
        let once = redact(&text);
        prop_assert_eq!(&redact(&once.text).text, &once.text);
    }

    #[test]
    fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        let mut out = Vec::new();
        redact_stream(bytes.as_slice(), &mut out).unwrap();
        prop_assert_eq!(String::from_utf8(out).unwrap(), redact(&String::from_utf8_lossy(&bytes)).text);
    }
}

#[test]
fn a_code_is_seen_however_its_digits_are_written() {
    for text in [
        "验证码四八二九一三",
        "验证码：4.8.2.9.1.3",
        "验证码是4，8，2，9，1，3",
        "my code: 4, 8, 2, 9, 1, 3",
    ] {
        let removed = okx_verify_help::redact::scan(text);
        let kinds = removed.count(okx_verify_help::redact::Kind::OneTimeCode);
        assert_eq!(kinds, 1, "{text}");
    }
}
