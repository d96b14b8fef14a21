//! The wizard in lines: answers from standard input, the talk on stderr, the ticket on stdout.

use crate::in_process::Desk;
use crate::run::{Run, okx};
use crate::support::{GUIDE, Plan, Rest, languages, options};
use okx_verify_help::answer::Answer;
use okx_verify_help::embedded;
use okx_verify_help::guide::{Kind, Step};
use okx_verify_help::history::History;
use okx_verify_help::words::words;
use std::collections::{BTreeMap, BTreeSet};

const KETTLE: &str = include_str!("../data/kettle.toml");

/// A small guide that has one of everything and that no other change touches.
fn kettle(args: &str) -> Run {
    okx("--plain --guide kettle.toml")
        .args(args)
        .file("kettle.toml", KETTLE)
}

/// What to type for an answer.
fn line(step: &Step, answer: &Answer) -> String {
    let numbers: Vec<String> = answer.places().map(|n| (n + 1).to_string()).collect();
    match (step.kind, answer.value()) {
        (Kind::Fill(_), value) => value.map_or("", |value| value).to_owned(),
        (Kind::AskSeveral, _) if numbers.is_empty() => "0".to_owned(),
        _ => numbers.join(","),
    }
}

pub fn lines(plan: &Plan) -> Vec<String> {
    plan.stops()
        .map(|(step, answer)| line(step, answer))
        .collect()
}

/// Walks of every scenario that ships, each with the case that it starts in.
pub fn scenarios() -> impl Iterator<Item = (String, Plan)> {
    embedded::SCENARIOS.iter().map(|(_, text)| {
        let history = History::parse(text).unwrap();
        let walk = history.follow(&GUIDE).unwrap();
        (history.case, Plan { walk })
    })
}

#[test]
fn each_outcome_is_come_to_in_both_languages_and_its_ticket_stands_alone() {
    let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let plans = scenarios().map(|(case, plan)| (plan.outcome().id.as_str(), (case, plan)));
    let plans: BTreeMap<&str, (String, Plan)> = plans.collect();
    let all: BTreeSet<&str> = GUIDE.outcomes.iter().map(|o| o.id.as_str()).collect();
    assert_eq!(plans.keys().copied().collect::<BTreeSet<_>>(), all);
    for (id, (case, plan)) in &plans {
        let typed = plan
            .stops()
            .filter_map(|(_, answer)| answer.value().map(|text| &**text));
        let typed_in_chinese = typed.collect::<String>().contains(is_chinese);
        for (tag, lang, _) in languages() {
            let args = format!("--plain --case {case} --lang {tag}");
            let done = Desk::new().types(&args, lines(plan));
            assert_eq!(done.code, Some(0), "{id}: {}", done.stderr);
            let (end, ticket) = (plan.outcome(), &done.stdout);
            assert_eq!(ticket.is_empty(), end.request.is_none(), "{id}: {ticket}");
            let in_chinese = ticket.contains(is_chinese);
            assert!(
                ticket.is_empty() || typed_in_chinese || in_chinese == (tag == "zh"),
                "{id}: {ticket}"
            );
            let said = plan.stops().map(|(step, _)| &step.text);
            let said = said.chain([&end.say]);
            let said = said.chain(plan.walk.lines(&end.next));
            let said = said.chain(plan.walk.lines(&end.keep));
            done.says(said.map(|text| text.get(lang)));
        }
    }
}

#[test]
fn a_ticket_holds_the_clock_of_the_place() {
    let done = kettle("--case cold")
        .types(["2", "2", "0", "2", ""])
        .exits(0);
    assert_eq!(
        done.stdout.matches(" +08:00)").count(),
        2,
        "{}",
        done.stdout
    );
}

#[test]
fn why_gives_the_reason_and_whose_word_it_is() {
    for (tag, lang, words) in languages() {
        for case in &GUIDE.cases {
            let step = GUIDE.at(GUIDE.lists[case.steps][0].step);
            let why = step.why.as_ref().expect(&step.id).get(lang);
            let trusts = step.sources.iter().map(|s| GUIDE.sources[*s].trust);
            let run = okx("--plain").args(&format!("--case {} --lang {tag}", case.id));
            let done = run.types(["?", "q"]).exits(0);
            done.stdout("")
                .says([why])
                .says(trusts.map(|trust| words.trust(&GUIDE, lang, trust)));
        }
    }
}

#[test]
fn back_takes_an_answer_back_and_offers_it_again() {
    let offered = "Enter alone means \"Done, no change\"";
    let done = kettle("--case cold")
        .types(["2", "2", "b", "b", "", "", "0", "1"])
        .exits(0);
    let (socket, tried) = ("Try another socket.", "What have you tried?");
    let done = done.says([
        "Is the lamp on?",
        socket,
        tried,
        socket,
        offered,
        "Is the lamp on?",
    ]);
    done.says([
        r#"Enter alone means "No""#,
        socket,
        offered,
        tried,
        "Enjoy your tea.",
    ]);
}

#[test]
fn back_at_the_first_step_leads_to_the_cases() {
    let done = kettle("--case cold").types(["b", "2", "1"]).exits(0);
    done.says([
        "Is the lamp on?",
        "It is loud",
        "Scale sings.",
        "Nothing is wrong.",
    ]);
}

#[test]
fn a_change_names_what_fell_away_and_keeps_the_rest() {
    // No socket is tried where the lamp is on; what was tried before still counts.
    let answers = ["2", "2", "2", "c", "1", "1", "2", "2", "KX-1"];
    let done = kettle("--case cold").types(answers).exits(0);
    let dropped = words("en").dropped("Try another socket.");
    let done = done.says([
        "Is the lamp on?: No",
        "Is the lamp on?",
        &dropped,
        "vinegar",
    ]);
    let done = done.prints("Is the lamp on?:      Yes");
    let done = done.prints("What have you tried?: Shaken it");
    assert!(!done.stdout.contains("socket"), "{}", done.stdout);
}

#[test]
fn a_change_in_the_guide_that_ships_names_what_fell_away() {
    let failed = GUIDE.step("failed-reason").map(|s| GUIDE.at(s)).unwrap();
    let given = [("stuck-status", "failed"), ("failed-reason", "photo")];
    let before = lines(&Plan::new("stuck", &given, Rest::StraightOn));
    let frozen = lines(&Plan::new(
        "stuck",
        &[("stuck-status", "frozen")],
        Rest::StraightOn,
    ));
    for (tag, lang, words) in languages() {
        let typed = before[..2].iter().map(String::as_str);
        let typed = typed.chain(["c", "1", &frozen[0], "q"]);
        let done = okx("--plain --case stuck --lang")
            .arg(tag)
            .types(typed)
            .exits(0);
        done.says([words.dropped(failed.name().get(lang))]);
    }
}

#[test]
fn there_is_nothing_to_change_or_to_ask_about_at_first() {
    let done = kettle("--case cold").types(["c", "q"]).exits(0);
    done.says([words("en").no_back]);
    let done = kettle("").types(["?", "b", "c", "t", "q"]).exits(0);
    done.stdout("")
        .says([words("en").no_why, words("en").no_back]);
}

#[test]
fn the_ticket_so_far_is_talk() {
    let done = kettle("--case cold").types(["2", "2", "t", "q"]).exits(0);
    let ticket = [
        "Facts",
        "Is the lamp on?: No",
        "Done so far",
        "Try another socket.: no change",
    ];
    done.stdout("").says(ticket);
}

#[test]
fn leaving_says_how_to_come_back() {
    for word in ["q", "Quit", "ｑ", " exit ", "离开", "退出"] {
        let done = kettle("--case loud").types([word]).exits(0);
        done.stdout("").says([
            words("en").left,
            "okx-verify-help --case loud --guide kettle.toml --lang en",
        ]);
    }
    kettle("").types(["q"]).exits(0).stdout("");
}

#[test]
fn a_case_is_chosen_from_the_menu() {
    for (tag, lang, words) in languages() {
        let labels = GUIDE.cases.iter().map(|case| case.label.get(lang));
        let plan = Plan::new("offered", &[("offered-any", "nothing")], Rest::StraightOn);
        let number = GUIDE.cases.iter().position(|c| c.id == "offered").unwrap() + 1;
        let typed = [vec![number.to_string()], lines(&plan)].concat();
        let done = okx("--plain --lang").arg(tag).types(typed).exits(0);
        let done = done.says([words.which_case]).says(labels);
        done.says([plan.outcome().say.get(lang)]);
    }
}

#[test]
fn an_answer_may_be_typed_as_a_number_or_in_words() {
    let (_, english, _) = languages().last().unwrap();
    let step = GUIDE.at(GUIDE.step("offered-any").unwrap());
    let place = step.choice("nothing").unwrap();
    let label = &options(step, english, words("en"))[place];
    let fullwidth = "１２３４５".chars().nth(place).unwrap();
    let forms = [
        format!("{}", place + 1),
        format!("  {}. ", place + 1),
        fullwidth.to_string(),
        label.clone(),
        label.to_uppercase(),
    ];
    for form in forms {
        let done = okx("--plain --case offered --lang en")
            .types([&form])
            .exits(0);
        done.says([label.as_str(), "Well done"]);
    }
}

/// How an answer begins is not the answer: "no" may be meant for another half of the question.
#[test]
fn a_part_of_an_answer_and_enter_alone_answer_nothing() {
    for typed in ["n", "ye", "on", ""] {
        let done = kettle("--case cold").types([typed]).exits(1);
        assert!(!done.stderr.contains("›"), "{typed}: {}", done.stderr);
    }
    let done = kettle("--case cold").types(["1", ""]).exits(0);
    assert_eq!(done.stderr.matches("Type numbers").count(), 2);
}

#[test]
fn several_answers_are_typed_in_many_ways() {
    let said = |typed| kettle("--case cold").types(["1", typed, "t", "q"]).exits(0);
    let (shaken, descaled) = ("tried?: Shaken it", "Descaled it: tried before");
    for typed in [
        "1,2",
        "1，2",
        "2 1",
        "1、2、2",
        "descaled it,shaken it",
        "1、shaken it",
        "Shaken it, descaled it",
    ] {
        said(typed).says([shaken, descaled]);
    }
    for typed in ["0", "none", "NO"] {
        said(typed)
            .says(["Is the lamp on?: Yes"])
            .never_says("tried?:")
            .never_says(descaled);
    }
}

#[test]
fn an_unknown_answer_is_asked_again() {
    for typed in [
        "0",
        "9",
        "-1",
        "99999999999999999999",
        "maybe",
        "on, and it hums twice",
    ] {
        let done = kettle("--case cold").types([typed, "3", "1"]).exits(0);
        done.says([words("en").not_an_answer(3).as_str(), "Nothing is wrong."]);
    }
    let again = words("en").type_number(3);
    kettle("--case cold")
        .types(["", "3", "1"])
        .exits(0)
        .says([&again, &again]);
    let done = kettle("--case cold").types(["1", "1,7", "2"]).exits(0);
    done.says([words("en").not_an_answer(2).as_str(), "vinegar"]);
}

#[test]
fn a_pasted_secret_is_not_repeated() {
    let phrase = "abandon zebra able wreck";
    let done = kettle("--case cold").types([phrase, "q"]).exits(0);
    done.stdout("").never_says("abandon").never_says("wreck");
}

#[test]
fn the_input_may_end_at_any_prompt() {
    let answers = ["1", "2", "2", "2", "3", "KX-1"];
    for n in 0..answers.len() {
        // Nothing is lost by it once there is an answer to save.
        let run = kettle("").types(&answers[..n]);
        let (code, said) = match n {
            0 | 1 => (1, words("en").input_ended),
            _ => (0, words("en").left_saved),
        };
        run.exits(code).stdout("").says([said]);
        let run = kettle("--no-save").types(&answers[..n]);
        run.exits(1).stdout("").says([words("en").input_ended]);
    }
    // The last line need not end in a newline.
    kettle("")
        .types(["2"])
        .types_raw(b"1")
        .exits(0)
        .says(["Nothing is wrong."]);
}

#[test]
fn bytes_that_are_no_text_and_endless_lines_are_answers_like_any_other() {
    let long = "很".repeat(50_000);
    let run = kettle("--case loud")
        .types_raw(b"\xff\xfe\x00\x1b[2J\n")
        .types([&long, "1"]);
    let done = run.exits(0).says(["Nothing is wrong."]);
    assert!(!done.stderr.contains(['\u{1b}', '\0']));
}

#[test]
fn a_field_takes_what_it_is_for() {
    let given = [
        ("offered-any", "something"),
        ("given-what", "money"),
        ("uid", "123456789012345678"),
    ];
    let plan = Plan::new("offered", &given, Rest::StraightOn);
    let uid = plan.stops().position(|(step, _)| step.id == "uid").unwrap();
    for (tag, lang, _) in languages() {
        let mut typed = lines(&plan);
        let wrong = ["my password is hunter2", "12"].map(str::to_owned);
        typed.splice(
            uid..=uid,
            wrong
                .into_iter()
                .chain(["１２３４５６７８９０１２３４５６７８".to_owned()]),
        );
        let done = okx("--plain --case offered --lang")
            .arg(tag)
            .types(typed)
            .exits(0);
        let done = done.prints("123456789012345678\n");
        let field = GUIDE.at(GUIDE.step("uid").unwrap());
        let problem = field.wrong.as_ref().unwrap().get(lang);
        done.says([&problem, &problem]).never_says("hunter2");
    }
}

#[test]
fn what_is_typed_cannot_command_the_terminal_of_a_reader() {
    let typed = ["1", "0", "2", "a\u{1b}[2J\u{202e}b"];
    let done = kettle("--case cold").types(typed).exits(0);
    done.prints("a [2J b");
}

#[test]
fn what_does_not_go_together_is_refused() {
    okx("--plain --checklist")
        .exits(2)
        .stdout("")
        .says(["--plain does not go together with --checklist"]);
    okx("--case stuck guide check").exits(2).stdout("");
    okx("--format yaml")
        .exits(2)
        .stdout("")
        .says(["text", "markdown", "json"]);
    let done = okx("--no\u{1b}[2J").exits(2);
    assert!(!done.stderr.contains('\u{1b}'), "{:?}", done.stderr);
}
