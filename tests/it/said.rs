//! Words on the command line: what they may mean is offered, nothing is taken unasked, and the words
//! themselves are kept nowhere.

use crate::outputs::{tea, tea_home};
use crate::run::{Home, Run, okx};
use insta::assert_snapshot;
use std::fs;

const KETTLE: &str = include_str!("../data/kettle.toml");

/// Words over the small guide, one argument as at a shell with quotes.
fn says(home: &Home, words: &str, args: &str, tag: &str) -> Run {
    tea(home, args, tag).arg(words)
}

/// The same run in English and in Chinese, each with its own words.
fn both(args: &str, [en, zh]: [&str; 2], typed: &[&str]) -> String {
    let one = |words: &str, tag: &str| {
        let run = says(&tea_home(), words, args, tag).types(typed.iter().copied());
        format!("$ … {words} --lang {tag}\n{}\n", run.ends().transcript())
    };
    one(en, "en") + &one(zh, "zh")
}

#[test]
fn where_nobody_can_be_asked_what_may_be_meant_is_printed() {
    assert_snapshot!(both("", ["E1: the lamp stays off, and it is loud!", "灯一直不亮，声音也很响"], &[]), @"
    $ … E1: the lamp stays off, and it is loud! --lang en
    exit status 0
    ── stdout
    This may be it
    The water stays cold: No
        okx-verify-help --case cold --guide tea.toml --lang en
    It is loud
        okx-verify-help --case loud --guide tea.toml --lang en
    ──
    $ … 灯一直不亮，声音也很响 --lang zh
    exit status 0
    ── stdout
    可能是下面的情况
    水一直不热：不亮
        okx-verify-help --case cold --guide tea.toml --lang zh
    声音很大
        okx-verify-help --case loud --guide tea.toml --lang zh
    ──
    ");
    assert_snapshot!(both("", ["My coffee is loud", "咖啡"], &[]), @"
    $ … My coffee is loud --lang en
    exit status 0
    ── stdout
    This is about kettles. For a coffee maker, ask the shop.

    Sources
    [1] What cooks know (general experience, not an official rule)

    This may be it
    It is loud
        okx-verify-help --case loud --guide tea.toml --lang en
    ──
    $ … 咖啡 --lang zh
    exit status 0
    ── stdout
    这里只管水壶，咖啡机请找店里。

    出处
    [1] 厨房里的经验（一般经验，不是官方规定）
    ──
    ");
    assert_snapshot!(both("", ["the moon is full tonight", "今晚月亮很圆"], &[]), @"
    $ … the moon is full tonight --lang en
    exit status 2
    ── stderr
    okx-verify-help: These words fit none of the cases here.
    This is no terminal, so nothing can be asked. Try one of these:
    Print one case as a checklist:
      okx-verify-help --case cold --guide tea.toml --lang en
    Print all of them:
      okx-verify-help --checklist --guide tea.toml --lang en
    One question a line, answers from standard input:
      okx-verify-help --plain --guide tea.toml --lang en
    --case takes: cold, loud
    ──
    $ … 今晚月亮很圆 --lang zh
    exit status 2
    ── stderr
    okx-verify-help: 没认出这些话说的是哪种情况。
    这里不是终端，没法提问。可以这样：
    打印这种情况的清单：
      okx-verify-help --case cold --guide tea.toml --lang zh
    打印所有清单：
      okx-verify-help --checklist --guide tea.toml --lang zh
    一行一问，从标准输入读答案：
      okx-verify-help --plain --guide tea.toml --lang zh
    --case 可以写：cold, loud
    ──
    ");
    assert_snapshot!(both("--format json", ["it hums like a coffee machine", "嗡嗡响"], &[]), @r#"
    $ … it hums like a coffee machine --lang en
    exit status 0
    ── stdout
    {
      "elsewhere": "This is about kettles. For a coffee maker, ask the shop.",
      "candidates": [
        {
          "case": "cold",
          "step": "lamp",
          "answer": "hums",
          "label": "The water stays cold: Yes, and it hums",
          "command": "okx-verify-help --case cold --guide tea.toml --lang en"
        }
      ]
    }
    ──
    $ … 嗡嗡响 --lang zh
    exit status 0
    ── stdout
    {
      "elsewhere": null,
      "candidates": [
        {
          "case": "cold",
          "step": "lamp",
          "answer": "hums",
          "label": "水一直不热：亮，还嗡嗡响",
          "command": "okx-verify-help --case cold --guide tea.toml --lang zh"
        }
      ]
    }
    ──
    "#);
}

#[test]
fn what_is_no_word_of_the_guide_may_be_a_mistyped_command() {
    for (typed, near) in [
        ("resum", "Did you mean resume?"),
        ("tickets stuck-20261122", "Did you mean ticket?"),
        ("foo", "There is no command foo. If the screen says so,"),
    ] {
        let done = says(&tea_home(), typed, "", "en").exits(2).stdout("");
        done.says([near]);
    }
    // Words without quotes are words, whatever stands among them.
    let done = tea(&tea_home(), "I cannot resume as it is loud", "en").exits(0);
    done.stderr("")
        .prints("It is loud\n    okx-verify-help --case loud --guide tea.toml --lang en\n");
}

#[test]
fn an_offer_that_is_taken_is_the_first_answer() {
    assert_snapshot!(both("--plain", ["it hums", "它嗡嗡响"], &["1"]), @r#"
    $ … it hums --lang en
    exit status 0
    ── stderr
    Help with a cold kettle (中文：--lang zh)
    Not by the makers of kettles.
    This guide is “tea.toml”, not okx-verify-help's own.

    Is it one of these?
     1. The water stays cold: Yes, and it hums
     2. None of these
    Type a number or the answer itself, then Enter. At any time: ? why, b back,
    q leave, h all keys.
    Type 1 to 2: 
    › The water stays cold: Yes, and it hums

    Finding the cause
    Scale makes a kettle sing.
    All clear?
     1. Understood
    Type 1 to 1, Enter alone means "Understood": 
    Saved. To go on with it, run:
      okx-verify-help resume cold-00000000-000000 --guide tea.toml --lang en
    ──
    $ … 它嗡嗡响 --lang zh
    exit status 0
    ── stderr
    水烧不开怎么办（English: --lang en）
    不是水壶厂家的产品。
    这份指南来自文件“tea.toml”，不是 okx-verify-help 自带的。

    是下面哪一种？
     1. 水一直不热：亮，还嗡嗡响
     2. 都不是
    输入编号或答案本身，然后回车。随时可以输入：? 看原因，b 返回，q 离开，h 看所有
    按键。
    输入 1 到 2： 
    › 水一直不热：亮，还嗡嗡响

    找原因
    水垢会让水壶唱歌。
    看明白了吗？
     1. 知道了
    输入 1 到 1，直接回车就是“知道了”： 
    已保存。想接着走，运行：
      okx-verify-help resume cold-00000000-000000 --guide tea.toml --lang zh
    ──
    "#);
}

#[test]
fn none_of_the_offers_leads_to_the_cases() {
    let home = tea_home();
    let done = says(&home, "it hums, and is loud", "--plain", "en").types(["3", "2"]);
    done.exits(1).says([
        "Is it one of these?",
        "1. The water stays cold: Yes, and it hums",
        "2. It is loud",
        "3. None of these",
        "What has happened?",
        "Scale makes a kettle sing.",
    ]);
    assert_eq!(home.walks().len(), 0);
    let done = says(&tea_home(), "the moon is full", "--plain", "en").types(["2"]);
    done.exits(1).says([
        "These words fit none of the cases here.",
        "What has happened?",
    ]);
    let coffee = says(&tea_home(), "coffee", "--plain --case cold", "en").types([""; 0]);
    coffee.exits(1).says([
        "This is about kettles.",
        "What cooks know",
        "Is the lamp on?",
    ]);
}

#[test]
fn a_case_that_is_named_is_not_left_for_another() {
    let done = says(&tea_home(), "it is loud", "--plain --case cold", "en").types([""; 0]);
    done.exits(1)
        .says(["These words fit none of the cases here.", "Is the lamp on?"]);
}

/// A question on which a rule depends, and one with several answers.
const PANS: &str = r#"
guide = { id = "pans", title = "Pans", languages = ["en"] }
case = [
  { id = "rust", label = "It rusts", steps = ["inside", "scrub"], end = "done" },
  { id = "smell", label = "It smells", steps = ["cooked"], end = "done" },
]
rule = [{ before = "scrub", answered = { inside = ["iron"] } }]
outcome.resolved.say = "Good."
outcome.done.say = "Bye."
[step.inside]
ask = "What is it made of?"
answers = [{ id = "steel", label = "Steel" }, { id = "iron", label = "Iron", words = ["iron"] }]
[step.scrub]
do = "Scrub it."
when = { inside = "iron" }
[step.cooked]
ask = "What was in it?"
several = true
answers = [{ id = "rice", label = "Rice" }, { id = "fish", label = "Fish", words = ["fish"] }]
"#;

#[test]
fn what_a_rule_depends_on_is_still_asked_and_so_is_what_else_is_to_be_ticked() {
    let pans = |words: &str| {
        let run = okx("--plain --lang en --guide pans.toml").file("pans.toml", PANS);
        run.args(words).types(["1"]).ends()
    };
    assert_snapshot!(pans("my pan is of iron").transcript(), @"
    exit status 1
    ── stderr
    Pans
    This guide is “pans.toml”, not okx-verify-help's own.

    Is it one of these?
     1. It rusts: Iron
     2. None of these
    Type a number or the answer itself, then Enter. At any time: ? why, b back,
    q leave, h all keys.
    Type 1 to 2: 
    › It rusts: Iron

    Finding the cause
    What is it made of?
     1. Steel
     2. Iron
    Type 1 to 2: 
    okx-verify-help: the input ended before there was an outcome
    ──
    ");
    assert_snapshot!(pans("there was fish in it").transcript(), @r#"
    exit status 1
    ── stderr
    Pans
    This guide is “pans.toml”, not okx-verify-help's own.

    Is it one of these?
     1. It smells: Fish
     2. None of these
    Type a number or the answer itself, then Enter. At any time: ? why, b back,
    q leave, h all keys.
    Type 1 to 2: 
    › It smells: Fish

    Finding the cause
    What was in it?
     1. Rice
     2. Fish
    Type numbers with commas, 0 for none; Enter alone means "Fish": 
    okx-verify-help: the input ended before there was an outcome
    ──
    "#);
}

#[test]
fn the_words_are_kept_nowhere() {
    let home = tea_home();
    let words = "my pasword is hunter2 and E1, zanzibar";
    let run = says(&home, words, "--plain", "en");
    let done = run.types(["1", "2", "", "1", "2", "1", "KX-9"]).exits(0);
    assert!(!done.stdout.contains("zanzibar") && !done.stderr.contains("zanzibar"));
    let walk = fs::read_to_string(home.walk_file(&home.walks()[0])).unwrap();
    assert!(
        !walk.contains("zanzibar") && walk.contains("choice = \"off\""),
        "{walk}"
    );
}

#[test]
fn a_secret_among_the_words_is_named_by_its_kind() {
    let done = says(&tea_home(), "password: hunter2hunter2, loud", "", "en").exits(0);
    assert!(!done.stderr.contains("hunter2"), "{}", done.stderr);
    done.says([
        "What you typed seems to hold a password.",
        "delete it there",
    ]);
}

#[test]
fn words_are_checked() {
    let check = |words: &str| {
        let guide = format!("{KETTLE}\n[[elsewhere]]\nsay = \"Go.\"\nwords = {words}\n");
        okx("guide check k.toml").file("k.toml", guide)
    };
    check("[\"a b\", \"a … b\", \"b a\"]").exits(0);
    check("{ en = \"coffee\" }").exits(0);
    for (words, finding) in [
        (
            "[\"a b\", \"A, b!\"]",
            "error[duplicate-id]: the words `A, b!` are here already",
        ),
        ("[\"?\"]", "error[empty-text]: there is no word here"),
        (
            "[\"a … \"]",
            "error[empty-text]: there is no word here, or none at one side of `…`",
        ),
        (
            "{ fr = [\"a\"] }",
            "error[unknown-language]: the guide has no language `fr`",
        ),
        ("[\"a\\u202eb\"]", "error[hostile-character]"),
        ("[1]", "error[wrong-type]"),
        ("1", "error[wrong-type]"),
        ("[]", "error[missing-key]: elsewhere 1 has no `words`"),
    ] {
        let done = check(words).exits(1);
        assert_eq!(done.stderr.matches("error[").count(), 1, "{}", done.stderr);
        done.says([finding]);
    }
}
