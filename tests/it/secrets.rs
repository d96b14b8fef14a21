//! No secret that is typed anywhere comes out anywhere.

use crate::answers::UID;
use crate::in_process::Desk;
use crate::run::{okx, without_times};
use crate::saved::{COLD, KETTLE, kettle, kettle_home, only, read, sealed};
use crate::support::{GUIDE, Plan, Rest, holds_nowhere, squeeze, straight_on};
use okx_verify_help::answer::Answer;
use okx_verify_help::doc::text;
use okx_verify_help::embedded;
use okx_verify_help::field::{self, Problem};
use okx_verify_help::guide::{self, Kind as StepKind};
use okx_verify_help::history::{History, Record};
use okx_verify_help::redact::{self, Example, KINDS, Kind, Raw};
use okx_verify_help::text::is_hostile;
use okx_verify_help::ticket::{Ticket, short};
use okx_verify_help::walk::Walk;
use proptest::prelude::*;
use proptest::sample::select;
use std::collections::BTreeSet;
use std::fs;

/// The lines to type so that a secret is typed at every prompt of a walk and it still ends: whatever
/// the program then wants of the user is done. `road` has answers by steps, as a scenario has; what
/// it does not name is answered straight on. Returns the steps, too.
fn with_secret_everywhere(
    case: &str,
    road: &[Record],
    secret: &str,
) -> (Vec<String>, BTreeSet<&'static str>) {
    let mut walk = Walk::start(&GUIDE, GUIDE.case(case).unwrap());
    let (mut lines, mut steps) = (Vec::new(), BTreeSet::new());
    while let Some((_, step)) = walk.next_step() {
        lines.push(secret.to_owned());
        steps.insert(step.id.as_str());
        let on_road = road.iter().find(|record| record.step == step.id);
        let on_road = on_road.and_then(|record| Some(record.entry(&GUIDE).ok()?.answer));
        let answer = match step.kind {
            StepKind::Fill(kind) => match field::take(kind, Raw::new(secret.to_owned())) {
                // Shortened and kept at once.
                Ok(taken) if taken.removed.iter().all(|(kind, _)| kind.is_shortened()) => {
                    Answer::Typed(taken.value)
                }
                // Enter keeps what is left, or leaves the field out.
                taken => {
                    lines.push(String::new());
                    taken.map_or_else(|_| Answer::choice(1), |taken| Answer::Typed(taken.value))
                }
            },
            StepKind::AskSeveral => {
                let answer = on_road.unwrap_or_else(|| Answer::several(&[]));
                let ticked: Vec<_> = answer.places().map(|n| (n + 1).to_string()).collect();
                let none = ticked.is_empty().then(|| "0".to_owned());
                lines.push(none.unwrap_or_else(|| ticked.join(",")));
                answer
            }
            _ => {
                let answer = on_road.unwrap_or_else(|| straight_on(step));
                lines.push((answer.places().next().unwrap() + 1).to_string());
                answer
            }
        };
        let noon = "2026-11-22T12:00:00+08:00".parse().unwrap();
        walk.answer(answer, noon).expect(&step.id);
    }
    (lines, steps)
}

/// Types a secret at every prompt of a walk, and looks for it in all that comes out of that.
/// Returns whether it came to a ticket, and the steps.
fn is_found_nowhere(
    case: &str,
    road: &[Record],
    tag: &str,
    example: &Example,
) -> (bool, BTreeSet<&'static str>) {
    let typed = format!("{}{}", example.beside, example.secret);
    let (lines, steps) = with_secret_everywhere(case, road, &typed);
    let desk = Desk::new();
    let done = desk.types(&format!("--plain --lang {tag} --case {case}"), lines);
    assert_eq!(done.code, Some(0), "{case}: {}", done.stderr);
    let said = without_times(&format!("{}{}", done.stdout, done.stderr));
    let said = squeeze(&said);
    assert!(!said.contains(&squeeze(example.secret)), "{typed}\n{said}");
    assert_eq!(desk.walks().len(), 1, "{case}: nothing was saved");
    holds_nowhere(&desk.state(), example.secret);
    (!done.stdout.is_empty(), steps)
}

#[test]
fn a_secret_typed_at_every_prompt_of_every_case_is_found_nowhere() {
    for row in KINDS.iter() {
        // What is typed is a line; a key of several lines is several answers.
        let examples = row.examples.iter().filter(|e| !e.secret.contains('\n'));
        for (n, example) in examples.enumerate() {
            let cases = GUIDE.cases.iter().map(|case| case.id.as_str());
            let tags = ["zh", "en"].into_iter().cycle().skip(n);
            for (case, tag) in cases.zip(tags) {
                is_found_nowhere(case, &[], tag, example);
            }
        }
    }
}

#[test]
fn a_secret_of_every_kind_typed_at_every_step_is_found_nowhere() {
    // The fewest scenarios that visit every step, by always taking the one with the most new ones.
    let mut scenarios: Vec<History> = embedded::SCENARIOS
        .iter()
        .map(|(_, text)| History::parse(text).unwrap())
        .collect();
    let steps = |s: &History| with_secret_everywhere(&s.case, &s.answers, "x").1;
    let mut seen = BTreeSet::new();
    let mut tickets = 0;
    let mut walks = 0;
    let kinds = || {
        KINDS
            .iter()
            .map(|row| row.examples.iter().find(|e| !e.secret.contains('\n')))
    };
    while let Some(most) =
        (0..scenarios.len()).max_by_key(|n| steps(&scenarios[*n]).difference(&seen).count())
    {
        let scenario = scenarios.swap_remove(most);
        if steps(&scenario).is_subset(&seen) {
            break;
        }
        for (example, tag) in kinds().flatten().zip(["zh", "en"].into_iter().cycle()) {
            let (ticket, visited) =
                is_found_nowhere(&scenario.case, &scenario.answers, tag, example);
            seen.extend(visited);
            tickets += usize::from(ticket);
            walks += 1;
        }
    }
    let all: BTreeSet<&str> = GUIDE.steps.iter().map(|step| step.id.as_str()).collect();
    assert_eq!(seen, all);
    // What would withhold every ticket would pass the rest.
    assert!(tickets * 2 > walks, "{tickets} of {walks}");
}

#[test]
fn an_account_number_has_a_form_that_codes_and_documents_do_not_have() {
    let taken = |text: &str| field::take(UID, Raw::new(text.to_owned()));
    assert_eq!(
        &*taken("123456789012345678").unwrap().value,
        "123456789012345678"
    );
    for kind in KINDS.iter().filter(|row| row.kind != Kind::BankCard) {
        for example in &kind.examples {
            let problem = taken(example.secret).unwrap_err();
            assert!(matches!(problem, Problem::Digits(_)), "{}", example.secret);
        }
    }
}

#[test]
fn no_ticket_of_any_scenario_looks_as_if_it_held_a_secret() {
    for (name, scenario) in embedded::SCENARIOS {
        let history = History::parse(scenario).unwrap();
        let mut walk = Walk::start(&GUIDE, GUIDE.case(&history.case).unwrap());
        for record in &history.answers {
            let entry = record.entry(&GUIDE).unwrap();
            walk.answer(entry.answer, entry.at).unwrap();
            for tag in ["zh", "en"] {
                let ticket = Ticket::of(&walk, GUIDE.language(tag).unwrap());
                assert!(
                    ticket.leaks().is_empty(),
                    "{name}: {:?}\n{}",
                    ticket.leaks(),
                    text::text(&ticket.doc(), text::COLUMNS)
                );
                assert!(
                    short::short(&ticket).chars().count() <= short::SHORT,
                    "{name}"
                );
            }
        }
        assert!(walk.outcome().is_some(), "{name}");
    }
}

#[test]
fn what_is_a_secret_by_the_words_of_the_guide_alone_is_withheld() {
    // Four digits are none by themselves.
    let asks = "[step.model]\nname = \"PIN\"\n";
    let guide = include_str!("../data/kettle.toml").replace("[step.model]\n", asks);
    let guide = guide.replace("\"model\"]", "\"model\", \"kind\"]");
    let walk = okx("--plain --guide g.toml --case cold").file("g.toml", guide);
    // Neither the ticket so far nor the one at the end is shown with it.
    let lines = ["1", "0", "2", "4829", "t", "1", "-", "1"];
    let done = walk.types(lines).exits(0);
    let withheld = done.stderr.matches("The ticket seems to hold a password");
    assert_eq!(withheld.count(), 2, "{}", done.stderr);
    assert!(!done.stdout.contains("4829"), "{}", done.stdout);
    done.prints("Request");
}

#[test]
fn redact_masks_stdin_and_says_what_by_kind() {
    okx("redact")
        .types(["my code is 483920", "I never got the code"])
        .exits(0)
        .stdout("my code is [removed: one-time code]\nI never got the code\n")
        .stderr("one-time code 1\n");
    okx("redact --check")
        .types(["my code is 483920"])
        .exits(1)
        .stdout("");
    okx("redact --check")
        .types(["I never got the code"])
        .exits(0)
        .stdout("")
        .stderr("");
}

#[test]
fn what_was_removed_is_named_in_the_language_of_the_reader() {
    for (typed, reader, named) in [
        ("zh", "zh", "[已去掉：验证码]"),
        ("zh", "en", "[removed: one-time code]"),
        ("en", "zh", "[已去掉：验证码]"),
        ("en", "en", "[removed: one-time code]"),
    ] {
        // The note is asked again with what is left of it; Enter keeps that.
        let plan = Plan::new("linked", &[("intent", "move")], Rest::StraightOn);
        let mut lines = Vec::new();
        for (step, answer) in plan.stops() {
            lines.push(match step.kind {
                StepKind::Fill(guide::Field::Note) => "验证码是 483920\n".to_owned(),
                StepKind::Fill(_) => String::new(),
                StepKind::AskSeveral => "0".to_owned(),
                _ => (answer.places().next().unwrap() + 1).to_string(),
            });
        }
        let run = okx("--plain --case linked --lang").arg(typed);
        let done = run.args("--ticket-lang").arg(reader).types(lines).exits(0);
        let done = done.prints(&format!("验证码是 {named}"));
        let again = redact::placeholders(&redact::in_language(&done.stdout, "en"));
        assert_eq!(again.count(Kind::OneTimeCode), 1);
    }
}

#[test]
fn a_placeholder_is_no_secret_in_any_language() {
    for kind in Kind::ALL {
        for language in ["zh", "en"] {
            let text = format!("密码 password: {} 完", kind.placeholder_in(language));
            assert_eq!(redact::redact(&text).text, text);
        }
    }
}

/// Twelve words that are a seed phrase.
const PHRASE: [&str; 12] = [
    "legal", "winner", "thank", "year", "wave", "sausage", "worth", "useful", "legal", "winner",
    "thank", "yellow",
];

/// Every control and format character of Unicode (Cc, Cf, Zl, Zp), and the other ones that fonts
/// show nothing for.
fn invisible() -> impl Iterator<Item = char> {
    let ranges = [
        0x00..=0x1f,
        0x7f..=0x9f,
        0xad..=0xad,
        0x34f..=0x34f,
        0x600..=0x605,
        0x61c..=0x61c,
        0x6dd..=0x6dd,
        0x70f..=0x70f,
        0x890..=0x891,
        0x8e2..=0x8e2,
        0x115f..=0x1160,
        0x17b4..=0x17b5,
        0x180b..=0x180f,
        0x200b..=0x200f,
        0x2028..=0x202e,
        0x2060..=0x206f,
        0x3164..=0x3164,
        0xfe00..=0xfe0f,
        0xfeff..=0xfeff,
        0xffa0..=0xffa0,
        0xfff0..=0xfffb,
        0x110bd..=0x110bd,
        0x110cd..=0x110cd,
        0x13430..=0x1343f,
        0x1bca0..=0x1bca3,
        0x1d173..=0x1d17a,
        0xe0000..=0xe0fff_u32,
    ];
    ranges.into_iter().flatten().filter_map(char::from_u32)
}

/// The phrase with each of its words apart from the next in a way that nobody sees.
fn joined() -> impl Iterator<Item = String> {
    let separators = invisible().chain([char::REPLACEMENT_CHARACTER]);
    // 4,096 of them are for later use.
    let few = separators.filter(|c| !('\u{e0100}'..='\u{e0ff0}').contains(c));
    few.map(|c| PHRASE.join(&c.to_string()))
}

#[test]
fn whatever_is_invisible_cannot_command_a_terminal_either() {
    assert!(invisible().all(is_hostile));
}

#[test]
fn no_invisible_character_brings_a_phrase_to_the_disk_or_a_screen() {
    // What is asked again is not stored; the first that passes would be.
    let phrases = joined().filter(|phrase| !phrase.contains('\n'));
    let home = kettle_home();
    let cold = COLD[..5].iter().map(|line| (*line).to_owned());
    let typed: Vec<String> = cold.chain(phrases).chain([String::new()]).collect();
    assert!(typed.len() > 400);
    let done = kettle(&home, "--plain --case cold").types(&typed).exits(0);
    let hidden = done.stderr.matches("seed phrase").count();
    assert!(hidden >= typed.len() - 6, "{hidden} of {}", typed.len());
    assert!(!done.stderr.contains("sausage"));
    done.prints("[removed: seed phrase]");
    let shown = kettle(&home, "walks show").arg(only(&home)).exits(0);
    let shown = shown.prints("[removed: seed phrase]").stdout;
    assert!(!shown.contains("sausage"), "{shown}");
    holds_nowhere(&home.path(""), "sausage");
}

#[test]
fn what_a_file_says_was_typed_is_masked_like_what_is_typed() {
    for phrase in joined()
        .filter(|p| !p.contains(char::is_control))
        .step_by(9)
    {
        let body = format!(
            "guide = \"kettle\"\ncase = \"loud\"\ntitle = \"{phrase}\"\n\n\
             [[answer]]\nstep = \"kind\"\nchoice = \"done\"\n\n\
             [[taken-back]]\nstep = \"model\"\nvalue = \"{phrase}\"\n\n\
             [[held]]\nstep = \"{phrase}\"\nvalue = \"{phrase}\"\n"
        );
        let home = kettle_home();
        let id = "loud-20261122-140311";
        fs::create_dir_all(home.state()).unwrap();
        fs::write(home.walk_file(id), sealed(&body)).unwrap();
        let shown = kettle(&home, "walks show").arg(id).exits(0);
        assert_eq!(shown.stdout.matches("[removed: seed phrase]").count(), 4);
        assert!(!shown.stdout.contains("sausage"), "{}", shown.stdout);
        // Going on with it says what was dropped, and saves it without.
        let done = kettle(&home, "resume --plain").exits(0);
        done.never_says("sausage");
    }
}

#[test]
fn a_script_cannot_bring_a_phrase_into_a_ticket() {
    for phrase in joined()
        .filter(|p| !p.contains(char::is_control))
        .step_by(9)
    {
        let script = format!(
            "guide = \"kettle\"\ncase = \"cold\"\n{}\n[[answer]]\nstep = \"model\"\nvalue = \"{phrase}\"\n",
            ["plugged = on", "tried =", "descale = no-change"]
                .map(|answer| {
                    let (step, choice) = answer.split_once(" =").unwrap();
                    let choice = match choice.trim() {
                        "" => "[]".to_owned(),
                        id => format!("\"{id}\""),
                    };
                    format!("[[answer]]\nstep = \"{step}\"\nchoice = {choice}\n")
                })
                .concat()
        );
        let run = kettle(&kettle_home(), "--answers a.toml").file("a.toml", script);
        let done = run.exits(0).prints("[removed: seed phrase]");
        assert!(!done.stdout.contains("sausage"), "{}", done.stdout);
    }
}

#[test]
fn a_walk_with_a_phrase_in_pieces_is_not_shown() {
    let guide = format!(
        "{}\n[step.shop]\nfill = \"Which shop?\"\nkind = \"line\"\n",
        KETTLE.replace("\"model\"]", "\"model\", \"shop\"]")
    );
    let home = kettle_home();
    fs::write(home.path("kettle.toml"), guide).unwrap();
    let (six, more) = (PHRASE[..6].join(" "), PHRASE[6..].join(" "));
    let typed = ["1", "0", "2", &six, &more];
    kettle(&home, "--plain --case cold").types(typed).ends();
    let id = only(&home);
    // Another ending says where each half is.
    assert!(read(home.walk_file(&id)).contains(&six));
    let shown = kettle(&home, "walks show").arg(&id).exits(1).stdout("");
    shown
        .says(["seems to hold a seed phrase"])
        .never_says("sausage");
}

/// Texts with secrets in them, whole and broken by characters that nobody sees.
fn typed() -> impl Strategy<Value = String> {
    let secrets = KINDS.iter().flat_map(|row| &row.examples);
    let secrets = secrets.map(|e| format!("{}{}", e.beside, e.secret));
    let words = PHRASE.map(str::to_owned).into_iter();
    let rest = [
        "验证码",
        "password",
        "8.",
        "6",
        "13800138000",
        " ",
        ":",
        "，",
        ".png",
        "9:05",
    ];
    let rest = rest.map(str::to_owned).into_iter();
    let pieces: Vec<String> = secrets.chain(words).chain(rest).collect();
    let unseen: Vec<String> = invisible().step_by(7).map(String::from).collect();
    let piece = prop_oneof![
        3 => select(pieces),
        2 => select(unseen),
        1 => any::<String>(),
    ];
    proptest::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(crate::properties::config())]

    #[test]
    fn what_was_taken_is_taken_again_as_it_is(text in typed()) {
        let pattern = guide::Pattern::new("CS-##@*").map(guide::Field::Pattern);
        let kinds = guide::Field::ALL.map(|(_, kind)| kind);
        for kind in kinds.into_iter().chain([UID]).chain(pattern) {
            if let Ok(taken) = field::take(kind, Raw::new(text.as_str())) {
                prop_assert!(!taken.value.contains(is_hostile), "{:?}", taken.value);
                let again = field::take(kind, Raw::new(&*taken.value)).unwrap();
                prop_assert_eq!(again.value, taken.value);
                prop_assert!(again.removed.is_empty(), "{:?}", again.removed);
            }
        }
    }
}
