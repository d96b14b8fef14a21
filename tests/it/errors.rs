//! What is said when something is wrong: the exit status and both streams, to the letter, in both
//! languages.

use crate::outputs::{finished, tea, tea_home};
use crate::run::{Home, Run, okx};
use insta::assert_snapshot;
use std::fs;

/// The same run in English and in Chinese.
fn both(run: impl Fn(&str) -> Run) -> String {
    let one = |tag: &str| format!("$ … --lang {tag}\n{}\n", run(tag).ends().transcript());
    one("en") + &one("zh")
}

/// Arguments over the shipped guide, in both languages.
fn said(args: &str) -> String {
    both(|tag| okx(args).args("--lang").arg(tag))
}

/// Arguments over the small guide in a home that something was done to, in both languages.
fn over_tea(args: &str, prepare: impl Fn(&Home)) -> String {
    both(|tag| {
        let home = tea_home();
        prepare(&home);
        tea(&home, args, tag)
    })
}

/// Arguments over the small guide in a home without anything else.
fn tea_says(args: &str) -> String {
    over_tea(args, |_| {})
}

/// The same with a file of answers.
fn answers(text: &str) -> String {
    over_tea("--plain --answers a.toml", |home| {
        fs::write(home.path("a.toml"), text).unwrap();
    })
}

#[test]
fn a_case_that_there_is_not() {
    assert_snapshot!(said("--case stick"), @"
    $ … --lang en
    exit status 2
    ── stderr
    okx-verify-help: There is no case stick. Did you mean stuck? There are: emergency, offered, stuck, face, new-device, limited, linked, remove, other
      okx-verify-help --case stuck --lang en
    ──
    $ … --lang zh
    exit status 2
    ── stderr
    okx-verify-help: 没有叫 stick 的情况。你是不是想写 stuck？可以写：emergency, offered, stuck, face, new-device, limited, linked, remove, other
      okx-verify-help --case stuck --lang zh
    ──
    ");
    assert_snapshot!(tea_says("--case warm"), @"
    $ … --lang en
    exit status 2
    ── stderr
    okx-verify-help: There is no case warm. There are: cold, loud
    ──
    $ … --lang zh
    exit status 2
    ── stderr
    okx-verify-help: 没有叫 warm 的情况。可以写：cold, loud
    ──
    ");
}

#[test]
fn nobody_to_ask() {
    assert_snapshot!(tea_says(""), @"
    $ … --lang en
    exit status 2
    ── stderr
    okx-verify-help: This is no terminal, so nothing can be asked. Try one of these:
    Print one case as a checklist:
      okx-verify-help --case cold --guide tea.toml --lang en
    Print all of them:
      okx-verify-help --checklist --guide tea.toml --lang en
    One question a line, answers from standard input:
      okx-verify-help --plain --guide tea.toml --lang en
    --case takes: cold, loud
    ──
    $ … --lang zh
    exit status 2
    ── stderr
    okx-verify-help: 这里不是终端，没法提问。可以这样：
    打印这种情况的清单：
      okx-verify-help --case cold --guide tea.toml --lang zh
    打印所有清单：
      okx-verify-help --checklist --guide tea.toml --lang zh
    一行一问，从标准输入读答案：
      okx-verify-help --plain --guide tea.toml --lang zh
    --case 可以写：cold, loud
    ──
    ");
    assert_snapshot!(tea_says("--plain --case cold"), @"
    $ … --lang en
    exit status 1
    ── stderr
    Help with a cold kettle (中文：--lang zh)
    Not by the makers of kettles.
    This guide is “tea.toml”, not okx-verify-help's own.

    Finding the cause
    Is the lamp on?
     1. Yes
     2. No
     3. Yes, and it hums
    Type a number or the answer itself, then Enter. At any time: ? why, b back,
    q leave, h all keys.
    Type 1 to 3: 
    okx-verify-help: the input ended before there was an outcome
    ──
    $ … --lang zh
    exit status 1
    ── stderr
    水烧不开怎么办（English: --lang en）
    不是水壶厂家的产品。
    这份指南来自文件“tea.toml”，不是 okx-verify-help 自带的。

    找原因
    指示灯亮吗？
     1. 亮
     2. 不亮
     3. 亮，还嗡嗡响
    输入编号或答案本身，然后回车。随时可以输入：? 看原因，b 返回，q 离开，h 看所有
    按键。
    输入 1 到 3： 
    okx-verify-help: 输入到头了，还没走到结果。
    ──
    ");
}

#[test]
fn arguments_that_make_no_sense() {
    assert_snapshot!(said("--plan"), @"
    $ … --lang en
    exit status 2
    ── stderr
    okx-verify-help: There is no option --plan here. Did you mean --plain?
      okx-verify-help --help --lang en
    ──
    $ … --lang zh
    exit status 2
    ── stderr
    okx-verify-help: 这里没有 --plan 这个选项。你是不是想写 --plain？
      okx-verify-help --help --lang zh
    ──
    ");
    assert_snapshot!(said("resum"), @"
    $ … --lang en
    exit status 2
    ── stderr
    okx-verify-help: There is no command resum. Did you mean resume? If the screen says so, type more of it. To see all commands:
      okx-verify-help --help --lang en
    ──
    $ … --lang zh
    exit status 2
    ── stderr
    okx-verify-help: 没有 resum 这个命令。你是不是想写 resume？如果这是屏幕上的话，请多写几个字。看有哪些命令：
      okx-verify-help --help --lang zh
    ──
    ");
    assert_snapshot!(said("--plain --checklist"), @"
    $ … --lang en
    exit status 2
    ── stderr
    okx-verify-help: --plain does not go together with --checklist.
      okx-verify-help --help --lang en
    ──
    $ … --lang zh
    exit status 2
    ── stderr
    okx-verify-help: --plain 不能和 --checklist 一起用。
      okx-verify-help --help --lang zh
    ──
    ");
    assert_snapshot!(said("--format yaml"), @"
    $ … --lang en
    exit status 2
    ── stderr
    okx-verify-help: --format <FORMAT> does not take yaml. It takes: text, markdown, html, json
      okx-verify-help --help --lang en
    ──
    $ … --lang zh
    exit status 2
    ── stderr
    okx-verify-help: --format <格式> 不能写 yaml。可以写：text、markdown、html、json
      okx-verify-help --help --lang zh
    ──
    ");
    assert_snapshot!(said("--short --format json"), @"
    $ … --lang en
    exit status 2
    ── stderr
    okx-verify-help: --short does not go together with --format.
      okx-verify-help --help --lang en
    ──
    $ … --lang zh
    exit status 2
    ── stderr
    okx-verify-help: --short 不能和 --format 一起用。
      okx-verify-help --help --lang zh
    ──
    ");
    assert_snapshot!(said("walks show"), @"
    $ … --lang en
    exit status 2
    ── stderr
    okx-verify-help: Something is missing: <NAME>
      okx-verify-help walks show --help --lang en
    ──
    $ … --lang zh
    exit status 2
    ── stderr
    okx-verify-help: 还缺：<名称>
      okx-verify-help walks show --help --lang zh
    ──
    ");
    assert_snapshot!(said("walks delete"), @"
    $ … --lang en
    exit status 2
    ── stderr
    okx-verify-help: Something is missing: <NAME|--all|--old>
      okx-verify-help walks delete --help --lang en
    ──
    $ … --lang zh
    exit status 2
    ── stderr
    okx-verify-help: 还缺：<名称|--all|--old>
      okx-verify-help walks delete --help --lang zh
    ──
    ");
    assert_snapshot!(said("walks delete --all --old"), @"
    $ … --lang en
    exit status 2
    ── stderr
    okx-verify-help: --all does not go together with --old.
      okx-verify-help walks delete --help --lang en
    ──
    $ … --lang zh
    exit status 2
    ── stderr
    okx-verify-help: --all 不能和 --old 一起用。
      okx-verify-help walks delete --help --lang zh
    ──
    ");
    assert_snapshot!(said("resume one two"), @"
    $ … --lang en
    exit status 2
    ── stderr
    okx-verify-help: two is one argument too many.
      okx-verify-help resume --help --lang en
    ──
    $ … --lang zh
    exit status 2
    ── stderr
    okx-verify-help: 多了一个参数：two
      okx-verify-help resume --help --lang zh
    ──
    ");
    assert_snapshot!(said("guide"), @"
    $ … --lang en
    exit status 2
    ── stderr
    okx-verify-help: Something is missing behind okx-verify-help guide.
      okx-verify-help guide --help --lang en
    ──
    $ … --lang zh
    exit status 2
    ── stderr
    okx-verify-help: okx-verify-help guide 后面还缺点什么。
      okx-verify-help guide --help --lang zh
    ──
    ");
    assert_snapshot!(said("--plain=yes"), @"
    $ … --lang en
    exit status 2
    ── stderr
    okx-verify-help: --plain takes no value.
      okx-verify-help --help --lang en
    ──
    $ … --lang zh
    exit status 2
    ── stderr
    okx-verify-help: --plain 后面不用写值。
      okx-verify-help --help --lang zh
    ──
    ");
    assert_snapshot!(said("-x"), @"
    $ … --lang en
    exit status 2
    ── stderr
    okx-verify-help: There is no option -x here.
      okx-verify-help --help --lang en
    ──
    $ … --lang zh
    exit status 2
    ── stderr
    okx-verify-help: 这里没有 -x 这个选项。
      okx-verify-help --help --lang zh
    ──
    ");
    assert_snapshot!(okx("--lang").env("LANG", "zh_CN.UTF-8").ends().transcript(), @"
    exit status 2
    ── stderr
    okx-verify-help: --lang <语言> 后面还要写一个值。
      okx-verify-help --help --lang zh
    ──
    ");
    assert_snapshot!(okx("redact --lang fr").ends().transcript(), @"
    exit status 2
    ── stderr
    okx-verify-help: There is no language fr here. There are: en, zh
    ──
    ");
}

#[test]
fn options_that_do_not_go_with_the_command() {
    assert_snapshot!(said("--case stuck guide check"), @"
    $ … --lang en
    exit status 2
    ── stderr
    okx-verify-help: --case does not go with guide check.
      okx-verify-help guide check --help --lang en
    ──
    $ … --lang zh
    exit status 2
    ── stderr
    okx-verify-help: --case 不能和 guide check 一起用。
      okx-verify-help guide check --help --lang zh
    ──
    ");
    assert_snapshot!(said("redact --guide tea.toml"), @"
    $ … --lang en
    exit status 2
    ── stderr
    okx-verify-help: --guide does not go with redact.
      okx-verify-help redact --help --lang en
    ──
    $ … --lang zh
    exit status 2
    ── stderr
    okx-verify-help: --guide 不能和 redact 一起用。
      okx-verify-help redact --help --lang zh
    ──
    ");
    assert_snapshot!(said("--no-save walks delete --all"), @"
    $ … --lang en
    exit status 2
    ── stderr
    okx-verify-help: --no-save does not go with walks delete.
      okx-verify-help walks delete --help --lang en
    ──
    $ … --lang zh
    exit status 2
    ── stderr
    okx-verify-help: --no-save 不能和 walks delete 一起用。
      okx-verify-help walks delete --help --lang zh
    ──
    ");
    assert_snapshot!(said("ticket --plain"), @"
    $ … --lang en
    exit status 2
    ── stderr
    okx-verify-help: --plain goes only with --follow-up.
      okx-verify-help ticket --help --lang en
    ──
    $ … --lang zh
    exit status 2
    ── stderr
    okx-verify-help: --plain 只能和 --follow-up 一起用。
      okx-verify-help ticket --help --lang zh
    ──
    ");
    assert_snapshot!(said("guide check tea.toml --guide tea.toml"), @"
    $ … --lang en
    exit status 2
    ── stderr
    okx-verify-help: --guide does not go together with [FILE].
      okx-verify-help guide check --help --lang en
    ──
    $ … --lang zh
    exit status 2
    ── stderr
    okx-verify-help: --guide 不能和 [文件] 一起用。
      okx-verify-help guide check --help --lang zh
    ──
    ");
    assert_snapshot!(said("guide test --format markdown"), @"
    $ … --lang en
    exit status 2
    ── stderr
    okx-verify-help: --format does not take markdown. It takes: text, json
      okx-verify-help guide test --help --lang en
    ──
    $ … --lang zh
    exit status 2
    ── stderr
    okx-verify-help: --format 不能写 markdown。可以写：text, json
      okx-verify-help guide test --help --lang zh
    ──
    ");
    assert_snapshot!(said("--answers a.toml --case stuck"), @"
    $ … --lang en
    exit status 2
    ── stderr
    okx-verify-help: --answers does not go together with --case.
      okx-verify-help --help --lang en
    ──
    $ … --lang zh
    exit status 2
    ── stderr
    okx-verify-help: --answers 不能和 --case 一起用。
      okx-verify-help --help --lang zh
    ──
    ");
}

#[test]
fn a_language_that_there_is_not() {
    assert_snapshot!(tea(&tea_home(), "--case cold", "fr").ends().transcript(), @"
    exit status 2
    ── stderr
    okx-verify-help: 这里没有 fr 这种语言。可以写：zh, en
    ──
    ");
    assert_snapshot!(tea_says("--plain --case cold --ticket-lang fr"), @"
    $ … --lang en
    exit status 2
    ── stderr
    okx-verify-help: There is no language fr here. There are: zh, en
    ──
    $ … --lang zh
    exit status 2
    ── stderr
    okx-verify-help: 这里没有 fr 这种语言。可以写：zh, en
    ──
    ");
}

#[test]
fn a_guide_that_cannot_be_read() {
    assert_snapshot!(said("--case cold --guide missing.toml"), @"
    $ … --lang en
    exit status 1
    ── stderr
    okx-verify-help: missing.toml: this guide cannot be read: No such file or directory
    ──
    $ … --lang zh
    exit status 1
    ── stderr
    okx-verify-help: missing.toml：这份指南读不了：找不到
    ──
    ");
    assert_snapshot!(said("--case cold --guide ."), @"
    $ … --lang en
    exit status 1
    ── stderr
    okx-verify-help: .: this guide cannot be read: it is a folder; give the path of a TOML file
    ──
    $ … --lang zh
    exit status 1
    ── stderr
    okx-verify-help: .：这份指南读不了：它是文件夹，请给出 TOML 文件的路径
    ──
    ");
    assert_snapshot!(okx("guide check missing.toml").ends().transcript(), @"
    exit status 1
    ── stderr
    okx-verify-help: missing.toml: this guide cannot be read: No such file or directory
    ──
    ");
}

#[test]
fn a_walk_that_there_is_not() {
    assert_snapshot!(tea_says("resume"), @"
    $ … --lang en
    exit status 1
    ── stderr
    okx-verify-help: Nothing is saved yet.
    ──
    $ … --lang zh
    exit status 1
    ── stderr
    okx-verify-help: 没有保存的记录。
    ──
    ");
    assert_snapshot!(tea_says("ticket"), @"
    $ … --lang en
    exit status 1
    ── stderr
    okx-verify-help: Nothing is saved yet.
    ──
    $ … --lang zh
    exit status 1
    ── stderr
    okx-verify-help: 没有保存的记录。
    ──
    ");
    assert_snapshot!(tea_says("walks show cold"), @"
    $ … --lang en
    exit status 1
    ── stderr
    okx-verify-help: Nothing is saved yet.
    ──
    $ … --lang zh
    exit status 1
    ── stderr
    okx-verify-help: 没有保存的记录。
    ──
    ");
    let named = both(|tag| tea(&finished(tag), "resume --plain cald", tag));
    assert_snapshot!(named, @"
    $ … --lang en
    exit status 2
    ── stderr
    okx-verify-help: Nothing is saved under the name cald. There are: cold-00000000-000000
      okx-verify-help walks --guide tea.toml --lang en
    ──
    $ … --lang zh
    exit status 2
    ── stderr
    okx-verify-help: 没有叫 cald 的记录。现有：cold-00000000-000000
      okx-verify-help walks --guide tea.toml --lang zh
    ──
    ");
}

#[test]
fn a_walk_without_a_ticket() {
    let unfinished = |home: &Home| {
        tea(home, "--plain --case cold", "en")
            .types(["2", "q"])
            .exits(0);
    };
    assert_snapshot!(over_tea("ticket --follow-up --plain", unfinished), @"
    $ … --lang en
    exit status 1
    ── stderr
    okx-verify-help: there is no ticket yet, so there is nothing to follow up; finish this first:
      okx-verify-help resume cold-00000000-000000 --guide tea.toml --lang en
    ──
    $ … --lang zh
    exit status 1
    ── stderr
    okx-verify-help: 这次还没走到工单，没有可跟进的。先走完它：
      okx-verify-help resume cold-00000000-000000 --guide tea.toml --lang zh
    ──
    ");
    let harmless = |home: &Home| {
        tea(home, "--plain --case loud", "en").types(["1"]).exits(0);
    };
    assert_snapshot!(over_tea("ticket", harmless), @"
    $ … --lang en
    exit status 0
    ── stdout
    It is loud

    Problem
      It is loud

    Prepared with okx-verify-help, guide tea, edition 7
    This guide is “tea.toml”, not okx-verify-help's own.
    ── stderr
    There is no ticket yet; here is what there is so far.
    ──
    $ … --lang zh
    exit status 0
    ── stdout
    声音很大

    问题
      声音很大

    由 okx-verify-help整理，指南 tea，版本 7
    这份指南来自文件“tea.toml”，不是 okx-verify-help 自带的。
    ── stderr
    这次还没走到工单；下面是目前的内容。
    ──
    ");
    let elsewhere = both(|tag| {
        let home = finished(tag);
        let name = home.walks().remove(0);
        home.okx("resume --plain --lang").arg(tag).arg(name)
    });
    assert_snapshot!(elsewhere, @"
    $ … --lang en
    exit status 1
    ── stderr
    okx-verify-help: cold-00000000-000000 cannot be opened: it is about the guide tea, this one is okx-verification
      okx-verify-help resume cold-00000000-000000 --guide FILE --lang en
    ──
    $ … --lang zh
    exit status 1
    ── stderr
    okx-verify-help: cold-00000000-000000 现在打不开：它用的指南是 tea，现在的是 okx-verification
      okx-verify-help resume cold-00000000-000000 --guide 文件 --lang zh
    ──
    ");
}

#[test]
fn a_walk_that_is_damaged() {
    let damaged = |home: &Home| {
        fs::create_dir_all(home.state()).unwrap();
        fs::write(home.walk_file("cold-20261125-120000"), "version = 1\n").unwrap();
    };
    assert_snapshot!(over_tea("walks", damaged), @"
    $ … --lang en
    exit status 0
    ── stderr
    One saved file cannot be read (it was not saved by okx-verify-help). It was renamed to cold-00000000-000000.toml.bad, not deleted.
    Nothing is saved yet.
    Put aside in HOME/.local/state/okx-verify-help, because they cannot be read: cold-00000000-000000.toml.bad. They may hold what you typed. What you don't need can be deleted:
      okx-verify-help walks delete cold-00000000-000000.toml.bad --guide tea.toml --lang en
    ──
    $ … --lang zh
    exit status 0
    ── stderr
    有个文件不是能读的记录（它不是保存的记录），已改名为 cold-00000000-000000.toml.bad，没有删。
    没有保存的记录。
    HOME/.local/state/okx-verify-help 里还有读不懂、被改名放在一边的文件：cold-00000000-000000.toml.bad。里面可能有你写过的内容。不要的话，可以删除：
      okx-verify-help walks delete cold-00000000-000000.toml.bad --guide tea.toml --lang zh
    ──
    ");
    let newer = |home: &Home| {
        fs::create_dir_all(home.state()).unwrap();
        fs::write(home.walk_file("cold-20261125-120000"), "version = 99\n").unwrap();
    };
    assert_snapshot!(over_tea("resume --plain", newer), @"
    $ … --lang en
    exit status 1
    ── stderr
    cold-00000000-000000.toml was saved by a newer okx-verify-help (its version is 99, and this program reads up to 1). It was left as it is; the newer program can go on with it.
    okx-verify-help: Nothing is saved yet.
    ──
    $ … --lang zh
    exit status 1
    ── stderr
    cold-00000000-000000.toml 是更新的版本保存的（它是第 99 版，本程序只认到第 1 版），没有动它。更新 okx-verify-help 后就能接着走。
    okx-verify-help: 没有保存的记录。
    ──
    ");
}

#[test]
fn answers_that_do_not_fit() {
    assert_snapshot!(tea_says("--plain --answers missing.toml"), @"
    $ … --lang en
    exit status 1
    ── stderr
    okx-verify-help: missing.toml: No such file or directory
    ──
    $ … --lang zh
    exit status 1
    ── stderr
    okx-verify-help: missing.toml：找不到
    ──
    ");
    assert_snapshot!(answers("guide = \"tea\"\n"), @"
    $ … --lang en
    exit status 1
    ── stderr
    okx-verify-help: a.toml: line 1, column 1: case is missing
    ──
    $ … --lang zh
    exit status 1
    ── stderr
    okx-verify-help: a.toml：第 1 行第 1 列：缺少 case
    ──
    ");
    assert_snapshot!(answers("guide = \"tea\"\ncase = \"warm\"\n"), @"
    $ … --lang en
    exit status 1
    ── stderr
    okx-verify-help: a.toml: the guide has no case warm
    ──
    $ … --lang zh
    exit status 1
    ── stderr
    okx-verify-help: a.toml：指南里没有 warm 这种情况
    ──
    ");
    let one = |answer: &str| {
        answers(&format!(
            "guide = \"tea\"\ncase = \"cold\"\nanswer = [{answer}]\n"
        ))
    };
    assert_snapshot!(one(r#"{ step = "lump", choice = "on" }"#), @"
    $ … --lang en
    exit status 1
    ── stderr
    okx-verify-help: a.toml: the guide has no step lump
    ──
    $ … --lang zh
    exit status 1
    ── stderr
    okx-verify-help: a.toml：指南里没有 lump 这一步
    ──
    ");
    assert_snapshot!(one(r#"{ step = "lamp", choice = "of" }"#), @"
    $ … --lang en
    exit status 1
    ── stderr
    okx-verify-help: a.toml: lamp has no answer of; it takes one of: on, off, hums
    ──
    $ … --lang zh
    exit status 1
    ── stderr
    okx-verify-help: a.toml：lamp 没有 of 这个答案；只能写一个：on, off, hums
    ──
    ");
    assert_snapshot!(one(r#"{ step = "lamp", value = "on" }"#), @"
    $ … --lang en
    exit status 1
    ── stderr
    okx-verify-help: a.toml: lamp: nothing is typed here; give a choice
    ──
    $ … --lang zh
    exit status 1
    ── stderr
    okx-verify-help: a.toml：lamp：这里不用填写，请写 choice
    ──
    ");
    assert_snapshot!(one(r#"{ step = "lamp", choice = "off" }"#), @"
    $ … --lang en
    exit status 1
    ── stderr
    okx-verify-help: a.toml: its answers end where socket is asked (Try another socket, then press the switch again.). It takes: helped, no-change, not-now
    ──
    $ … --lang zh
    exit status 1
    ── stderr
    okx-verify-help: a.toml：答案到这里就没了，还要回答 socket（换一个插座，再按一次开关。）：helped, no-change, not-now
    ──
    ");
}

#[test]
fn a_place_that_takes_no_files() {
    let walk = both(|tag| {
        let home = tea_home();
        fs::write(home.path("state"), "mine").unwrap();
        let run = tea(&home, "--plain --case loud", tag).env("OKX_VERIFY_HELP_STATE", "state");
        run.types(["1"])
    });
    assert_snapshot!(walk, @r#"
    $ … --lang en
    exit status 1
    ── stderr
    Help with a cold kettle (中文：--lang zh)
    Not by the makers of kettles.
    This guide is “tea.toml”, not okx-verify-help's own.

    Finding the cause
    Scale makes a kettle sing.
    All clear?
     1. Understood
    Type a number or the answer itself, then Enter. At any time: ? why, b back,
    q leave, h all keys.
    Type 1 to 1, Enter alone means "Understood": 
    › Understood

    This could not be saved: state: there is something else of this name. You can
    go on, but if you leave half-way, the answers that are not saved are gone.

    You can fix it
    Nothing is wrong
    The noise does no harm.

    What to do now
     1. Remove the scale in a month.

    okx-verify-help: not all answers are saved: state: there is something else of this name
    ──
    $ … --lang zh
    exit status 1
    ── stderr
    水烧不开怎么办（English: --lang en）
    不是水壶厂家的产品。
    这份指南来自文件“tea.toml”，不是 okx-verify-help 自带的。

    找原因
    水垢会让水壶唱歌。
    看明白了吗？
     1. 知道了
    输入编号或答案本身，然后回车。随时可以输入：? 看原因，b 返回，q 离开，h 看所有
    按键。
    输入 1 到 1，直接回车就是“知道了”： 
    › 知道了

    没能保存：state：已经有同名的东西。可以继续，但中途离开的话，没保存的答案就没有
    了。

    你自己能解决
    水壶没坏
    响声不影响烧水。

    接下来
     1. 一个月后除一次水垢。

    okx-verify-help: 有答案没有保存：state：已经有同名的东西
    ──
    "#);
    let list = both(|tag| {
        let home = tea_home();
        fs::write(home.path("state"), "mine").unwrap();
        tea(&home, "walks", tag).env("OKX_VERIFY_HELP_STATE", "state")
    });
    assert_snapshot!(list, @"
    $ … --lang en
    exit status 1
    ── stderr
    okx-verify-help: state: Not a directory
    ──
    $ … --lang zh
    exit status 1
    ── stderr
    okx-verify-help: state：路径里有一段不是文件夹
    ──
    ");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk() {
    let full = both(|tag| {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        tea(&tea_home(), "--case cold", tag).stdout_to(full)
    });
    assert_snapshot!(full, @"
    $ … --lang en
    exit status 1
    ── stderr
    okx-verify-help: the result cannot be written to standard output: No space left on device
    ──
    $ … --lang zh
    exit status 1
    ── stderr
    okx-verify-help: 结果没能写到标准输出：磁盘满了
    ──
    ");
}
