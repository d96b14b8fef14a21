//! Errors in the language that is asked for, with what, where and what can be done.

use crate::run::okx;

const ZH: [(&str, &str); 1] = [("LANG", "zh_CN.UTF-8")];
const EN: [(&str, &str); 1] = [("LANG", "en_US.UTF-8")];

/// Checks the whole of stderr under both languages, by the locale.
#[track_caller]
fn says(args: &str, file: &str, code: i32, zh: &str, en: &str) {
    for ([(name, value)], expected) in [(ZH, zh), (EN, en)] {
        let run = okx(args).env(name, value).file("a.toml", file);
        run.exits(code)
            .stdout("")
            .stderr(&format!("okx-verify-help: {expected}\n"));
    }
}

#[test]
fn a_file_of_answers_that_does_not_fit_is_named_with_what_would() {
    let walk = "guide = \"okx-verification\"\ncase = \"linked\"\n";
    says(
        "--answers a.toml",
        "guide = [",
        1,
        "a.toml：第 1 行第 10 列不是合格的 TOML：unclosed array, expected `]`",
        "a.toml: line 1, column 10: unclosed array, expected `]`",
    );
    says(
        "--answers a.toml",
        &format!("{walk}[[answer]]\nstep = \"nowhere\"\nchoice = \"x\"\n"),
        1,
        "a.toml：指南里没有 nowhere 这一步",
        "a.toml: the guide has no step nowhere",
    );
    says(
        "--answers a.toml",
        "guide = \"kettle\"\ncase = \"cold\"\n",
        1,
        "a.toml：它用的指南是 kettle，现在的是 okx-verification",
        "a.toml: it is about the guide kettle, this one is okx-verification",
    );
    says(
        "--answers b.toml",
        "",
        1,
        "b.toml：找不到",
        "b.toml: No such file or directory",
    );
    says(
        "--answers .",
        "",
        1,
        ".：它是文件夹，请给出 TOML 文件的路径",
        ".: it is a folder; give the path of a TOML file",
    );
}

#[test]
fn lang_beats_the_locale_in_errors_of_files() {
    for ([(name, locale)], lang, said) in [
        (EN, "zh", "b.toml：这份指南读不了：找不到"),
        (
            ZH,
            "en",
            "b.toml: this guide cannot be read: No such file or directory",
        ),
    ] {
        for args in [
            format!("--guide b.toml --lang {lang}"),
            format!("walks --guide b.toml --lang={lang}"),
        ] {
            let done = okx(&args).env(name, locale).exits(1).stdout("");
            done.stderr(&format!("okx-verify-help: {said}\n"));
        }
    }
}

#[test]
fn a_mistyped_name_gets_a_command_to_paste() {
    says(
        "--case stuk --lang zh",
        "",
        2,
        "没有叫 stuk 的情况。你是不是想写 stuck？可以写：emergency, offered, stuck, face, new-device, limited, linked, remove, other\n  okx-verify-help --case stuck --lang zh",
        "没有叫 stuk 的情况。你是不是想写 stuck？可以写：emergency, offered, stuck, face, new-device, limited, linked, remove, other\n  okx-verify-help --case stuck --lang zh",
    );
}

#[test]
fn a_scenario_fails_in_the_language_of_the_locale() {
    let walk = "guide = \"okx-verification\"\ncase = \"stuck\"\n";
    for ([(name, value)], report, end) in [
        (
            ZH,
            "a.toml：没写期望的结果；请加上 [expect] outcome = \"…\"\n",
            "1 个场景里有 1 个没通过",
        ),
        (
            EN,
            "a.toml: it expects no outcome; add [expect] outcome = \"…\"\n",
            "1 of 1 scenarios failed",
        ),
    ] {
        let run = okx("guide test a.toml")
            .env(name, value)
            .file("a.toml", walk);
        let done = run.exits(1);
        assert!(done.stdout.starts_with(report), "{}", done.stdout);
        done.stderr(&format!("okx-verify-help: {end}\n"));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_in_the_language() {
    for args in [
        "--case stuck",
        "--case stuck --format json",
        "guide show",
        "guide source",
        "guide check",
    ] {
        for ([(name, value)], said) in [
            (ZH, "结果没能写到标准输出：磁盘满了"),
            (
                EN,
                "the result cannot be written to standard output: No space left on device",
            ),
        ] {
            let full = std::fs::File::create("/dev/full").unwrap();
            let done = okx(args).env(name, value).stdout_to(full).exits(1);
            done.stderr(&format!("okx-verify-help: {said}\n"));
        }
    }
}

#[test]
fn options_may_stand_before_the_command() {
    let home = crate::outputs::finished("en");
    let behind = home.okx("ticket --guide tea.toml --lang zh --format json");
    let ticket = behind.exits(0).stdout;
    for args in [
        "--guide tea.toml --lang zh --format json ticket",
        "--lang en --format json ticket --lang zh --guide tea.toml",
        "--format text --lang zh ticket --guide tea.toml --format json",
    ] {
        assert_eq!(home.okx(args).exits(0).stdout, ticket, "{args}");
    }
    okx("--lang zh resume").exits(1).says(["没有保存的记录。"]);
    okx("guide --lang zh check").exits(0).prints("没有发现问题");
}
