//! Which language is spoken: what is asked for, else the locale's, else the guide's first.

use crate::run::okx;
use okx_verify_help::words::words;

/// The language of the checklist under these settings, in the program's words and the guide's.
#[track_caller]
fn speaks(expected: &str, args: &str, settings: &[(&str, &str)]) {
    let run = okx("--case stuck --format json").args(args);
    let run = settings
        .iter()
        .fold(run, |run, (name, value)| run.env(name, value));
    let list: serde_json::Value = serde_json::from_str(&run.exits(0).stdout).unwrap();
    assert_eq!(list["page"]["language"], expected, "{args} {settings:?}");
    // Without a case there is nothing to print but the program's own words.
    let run = okx(args);
    let run = settings
        .iter()
        .fold(run, |run, (name, value)| run.env(name, value));
    let message = words(expected).no_terminal("", "", "", "");
    run.exits(2).says([message.lines().next().unwrap()]);
}

#[test]
fn the_locale_decides() {
    speaks("en", "", &[("LANG", "en_US.UTF-8")]);
    speaks("en", "", &[("LANG", "en")]);
    speaks("zh", "", &[("LANG", "zh_CN.UTF-8")]);
    speaks("zh", "", &[("LANG", "zh_TW.UTF-8")]);
    speaks("en", "", &[("LANG", "en_GB.ISO-8859-15@euro")]);
}

#[test]
fn lc_all_beats_lc_messages_beats_lang() {
    speaks(
        "en",
        "",
        &[("LC_MESSAGES", "en_US.UTF-8"), ("LANG", "zh_CN.UTF-8")],
    );
    speaks(
        "zh",
        "",
        &[("LC_MESSAGES", "zh_CN.UTF-8"), ("LANG", "en_US.UTF-8")],
    );
    let two = [("LC_MESSAGES", "zh_CN.UTF-8"), ("LANG", "zh_CN.UTF-8")];
    speaks("en", "", &[("LC_ALL", "en_US.UTF-8"), two[0], two[1]]);
    // Set, but to nothing, is not set.
    speaks(
        "en",
        "",
        &[("LC_ALL", ""), ("LC_MESSAGES", ""), ("LANG", "en_US.UTF-8")],
    );
    // LC_ALL=C asks for no language, whatever LANG says.
    speaks("zh", "", &[("LC_ALL", "C"), ("LANG", "en_US.UTF-8")]);
}

#[test]
fn where_no_language_is_asked_for_the_guide_speaks_its_first() {
    speaks("zh", "", &[]);
    for none in [
        "C",
        "POSIX",
        "C.UTF-8",
        "fr_FR.UTF-8",
        "",
        "☃",
        "en\u{1b}[2J",
    ] {
        speaks("zh", "", &[("LANG", none)]);
    }
}

#[test]
fn lang_beats_the_locale() {
    speaks("en", "--lang en", &[("LC_ALL", "zh_CN.UTF-8")]);
    speaks("zh", "--lang zh", &[("LC_ALL", "en_US.UTF-8")]);
    speaks("zh", "--lang ZH", &[("LC_ALL", "en_US.UTF-8")]);
    speaks("zh", "--lang zh_CN.UTF-8", &[("LC_ALL", "en_US.UTF-8")]);
    speaks("zh", "--lang zh-Hant-TW", &[("LC_ALL", "en_US.UTF-8")]);
}

#[test]
fn an_unknown_language_is_named_with_those_there_are() {
    for (locale, tag) in [("en_US.UTF-8", "en"), ("zh_CN.UTF-8", "zh")] {
        for asked in ["fr", "e", "english"] {
            let run = okx("--case stuck --lang").arg(asked).env("LANG", locale);
            let message = words(tag).no_such_language(asked, "zh, en");
            run.exits(2).stdout("").says([message]);
        }
    }
    let done = okx("--case stuck --lang").arg("\u{1b}[2J").exits(2);
    assert!(!done.stderr.contains('\u{1b}'), "{:?}", done.stderr);
}
