//! Tickets: what they are about, what they ask for, how they are shortened, and the verb that
//! prints and follows up on those of saved walks.

use crate::run::{Home, Run, okx, without_times};
use crate::saved::{KETTLE, body, cut, kettle, kettle_home, only, read, sealed};
use crate::support::{GUIDE, Plan, Rest, holds_nowhere, languages, squeeze};
use crate::wizard::{lines, scenarios};
use okx_verify_help::field::Problem;
use okx_verify_help::guide::{Guide, Lang};
use okx_verify_help::history::History;
use okx_verify_help::ticket::{Ticket, short};
use okx_verify_help::walk::Walk;
use okx_verify_help::words::words;
use std::collections::BTreeMap;
use std::fs;

/// The walks of scenarios that end in a ticket: one for each outcome and case.
pub fn with_tickets() -> BTreeMap<(String, String), Plan> {
    let plans = scenarios().filter(|(_, plan)| plan.outcome().request.is_some());
    let plans = plans.map(|(case, plan)| ((plan.outcome().id.clone(), case), plan));
    let plans: BTreeMap<_, _> = plans.collect();
    assert!(plans.len() >= 10, "{:?}", plans.keys());
    plans
}

#[test]
fn the_ticket_of_a_saved_walk_is_printed_in_any_form() {
    let plan = &with_tickets()[&("ask-support".to_owned(), "stuck".to_owned())];
    let home = Home::new();
    let ticket = |how: &str| {
        let run = okx("--plain --lang en --case stuck").args(how);
        without_times(&run.types(lines(plan)).exits(0).stdout)
    };
    home.okx("--plain --lang zh --case stuck")
        .types(lines(plan))
        .exits(0);
    let id = only(&home);
    for how in [
        "",
        "--short",
        "--ticket-lang zh --short",
        "--format markdown",
        "--ticket-lang zh,en --format json",
        "--ticket-lang en,zh",
    ] {
        for name in ["", &id, "stuck"] {
            let run = home.okx("ticket --lang en").args(name).args(how);
            let done = run.exits(0).stderr("");
            assert_eq!(without_times(&done.stdout), ticket(how), "{name} {how}");
        }
    }
    let short = home.okx("ticket --short").exits(0).stdout;
    assert!(short.chars().count() <= 1000);
    home.okx("ticket --short --format json").exits(2);
    home.okx("ticket --plain").exits(2);
    let done = home
        .okx("ticket --lang en --ticket-lang fr")
        .env("LANG", "en_US")
        .exits(2);
    done.stdout("")
        .says([words("en").no_such_language("fr", "zh, en")]);
}

#[test]
fn a_walk_without_a_ticket_says_so() {
    let (home, _) = cut(2);
    let done = kettle(&home, "ticket")
        .exits(0)
        .says([words("en").no_ticket]);
    done.prints("Try another socket.: no change");
}

/// Follows up on the whole walk of the kettle.
fn follow_up<'a>(typed: impl IntoIterator<Item = &'a str>) -> Run {
    let (home, _) = cut(6);
    kettle(&home, "ticket --follow-up --plain").types(typed)
}

/// The questions of a follow-up, in order.
fn questions() -> [&'static str; 4] {
    let asked = &words("en").follow_up;
    [
        asked.number.question,
        asked.shown.question,
        asked.tried.question,
        asked.news.question,
    ]
}

#[test]
fn a_follow_up_asks_what_is_new_and_prints_it() {
    let asked = questions();
    let done = follow_up(["88", "Still cold", "1", "It rusts"]).exits(0);
    let done = done.says(asked);
    // What was left out comes first, then what may be done again.
    let options = [
        " 1. Let it dry",
        " 2. Try another socket.",
        " 3. Boil it with vinegar.",
    ];
    let done = done.says(options);
    for part in [
        "Ticket number: 88",
        "Shown now: Still cold",
        "Ticket prepared: 20",
        "Let it dry for an hour.: tried after the ticket was sent",
        "It rusts",
        words("en").follow_up.request,
    ] {
        let printed = squeeze(&done.stdout).contains(&squeeze(part));
        assert!(printed, "{part}:\n{}", done.stdout);
    }
    assert!(!done.stdout.contains("Please mend"), "{}", done.stdout);
    // Everything may be skipped.
    let done = follow_up(["", "", "0", ""]).exits(0);
    assert!(!done.stdout.contains("Ticket number"), "{}", done.stdout);
    done.prints(words("en").follow_up.request.split(',').next().unwrap());
    let run = follow_up(["88", "", "0", ""]).args("--ticket-lang en --format json");
    let json = run.exits(0).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(json.to_string().contains("88"), "{json:#}");
    let long = [
        "88",
        &"no change ".repeat(19),
        "1,2,3",
        &"it is a long story ".repeat(50),
    ];
    let whole = follow_up(long).exits(0).stdout;
    assert!(whole.chars().count() > 1000, "{whole}");
    let short = follow_up(long).args("--short").exits(0).stdout;
    assert!(short.chars().count() <= 1000, "{short}");
    assert!(short.contains("88"), "{short}");
}

#[test]
fn a_secret_that_is_typed_in_a_follow_up_is_masked() {
    let secret = "password: hunter2-hunter2";
    for typed in [
        vec![secret, "", "", "0", ""],
        vec!["88", secret, "", "0", ""],
        vec!["88", "x", secret, "0", "y"],
        vec!["88", "x", "0", secret, ""],
    ] {
        let (home, _) = cut(6);
        let run = kettle(&home, "ticket --follow-up --plain");
        let done = run.types(typed).exits(0).never_says("hunter2");
        holds_nowhere(&home.path("."), "hunter2");
        assert!(!done.stdout.contains("hunter2"), "{}", done.stdout);
        assert!(!done.stdout.is_empty());
    }
}

#[test]
fn going_back_in_a_follow_up_offers_what_was_typed_there() {
    let done = follow_up(["88", "Still cold", "1", "b", "b", "b", "", "", "", ""]).exits(0);
    let done = done.says(["[88]", "[Still cold]", "Enter alone means \"Let it dry"]);
    done.prints("88").prints("Still cold").prints("tried after");
    // A masked text is offered where it was typed, nowhere else.
    let secret = "my password: hunter2-hunter2";
    let done = follow_up(["88", secret, "b", "", "Still cold", "0", ""]).exits(0);
    let printed = squeeze(&done.stdout);
    assert!(printed.contains("Ticketnumber:88"), "{}", done.stdout);
    assert!(printed.contains("Shownnow:Stillcold"), "{}", done.stdout);
}

#[test]
fn going_back_in_a_follow_up_passes_over_what_is_not_asked() {
    // Nothing was done on this walk, so nothing can have been tried since.
    let home = kettle_home();
    kettle(&home, "--plain --case cold")
        .types(["1", "1", "KX-1"])
        .exits(0);
    let run = kettle(&home, "ticket --follow-up --plain");
    let done = run.types(["88", "Warm", "b", "Cold", "It rusts"]).exits(0);
    let done = done.never_says(words("en").follow_up.tried.question);
    done.prints("Cold").prints("It rusts");
}

#[test]
fn a_follow_up_without_an_answer_is_not_saved() {
    let (home, id) = cut(6);
    let run = || kettle(&home, "ticket --follow-up --plain");
    run().exits(1).stdout("").says([words("en").input_ended]);
    let again = format!("okx-verify-help ticket --follow-up {id} ");
    let done = run().types(["b", "c", "q"]).exits(0).stdout("");
    done.says([words("en").no_back, words("en").left, &again]);
    assert_eq!(only(&home), id);
    // Nor is one that is not to be.
    let run = run().args("--no-save").types(["88", "q"]);
    run.exits(0).stdout("").says([words("en").left, &again]);
    assert_eq!(only(&home), id);
}

/// The names of a finished walk and of the follow-up on it.
fn parent_and_follow_up(home: &Home) -> (String, String) {
    let walks = home.walks();
    let [parent, follow_up] = &walks[..] else {
        panic!("{walks:?}");
    };
    assert!(follow_up.starts_with("follow-up-"), "{walks:?}");
    (parent.clone(), follow_up.clone())
}

#[test]
fn a_follow_up_that_is_left_after_any_answer_goes_on_with_the_next_question() {
    let typed = ["88", "Still cold", "1,3", "It rusts"];
    let questions = questions();
    let whole = follow_up(typed).exits(0).stdout;
    for k in 1..typed.len() {
        for leave in [&["q"][..], &[]] {
            let (home, parent) = cut(6);
            let run = kettle(&home, "ticket --follow-up --plain");
            let done = run.types(&typed[..k]).types(leave).exits(0).stdout("");
            let (_, id) = parent_and_follow_up(&home);
            let resume = format!("okx-verify-help resume {id} ");
            done.says([words("en").left_saved, &resume]);
            let follows = History::parse(&read(home.walk_file(&id))).unwrap().follows;
            assert_eq!(follows.as_deref(), Some(&*parent));
            // By its name, and as the walk that was left last.
            let name = if leave.is_empty() { "" } else { &id };
            let run = kettle(&home, "resume --plain").args(name);
            let done = run.types(&typed[k..]).exits(0);
            assert_eq!(without_times(&done.stdout), without_times(&whole), "{k}");
            let label = format!("Follow-up: {}", "The water stays cold");
            let done = done.says([words("en").going_on(&label, k)]);
            let done = done.says([questions[k]]).never_says(questions[k - 1]);
            let again = format!("okx-verify-help ticket --follow-up {parent} ");
            done.says([again]);
            // It can be printed again, with the date that it was written.
            let printed = |name: &str| kettle(&home, "ticket").args(name).exits(0).stdout;
            assert_eq!(printed(&id), done_ticket(&home, &id));
            assert_eq!(without_times(&printed("")), without_times(&whole));
        }
    }
}

/// The ticket of a saved follow-up that is opened again.
fn done_ticket(home: &Home, id: &str) -> String {
    kettle(home, "resume --plain").args(id).exits(0).stdout
}

#[test]
fn an_answer_of_a_follow_up_can_be_changed() {
    let direct = follow_up(["99", "Still cold", "2", "It rusts"]).exits(0);
    let changed = follow_up(["88", "Still cold", "2", "c", "1", "99", "It rusts"]).exits(0);
    let list = [
        "1. Ticket number: 88",
        "3. Tried since: Try another socket.",
    ];
    let changed = changed.says(list);
    assert_eq!(
        without_times(&changed.stdout),
        without_times(&direct.stdout)
    );
    // The reason and the ticket so far are there, too.
    let done = follow_up(["88", "?", "t", "", "0", ""]).exits(0);
    let done = done.says([words("en").follow_up.shown.why, "Ticket number: 88"]);
    assert!(!done.stdout.contains("Tried"), "{}", done.stdout);
}

#[test]
fn saved_follow_ups_are_listed_shown_and_deleted() {
    for (tag, _, words) in languages() {
        let (home, parent) = cut(6);
        let run = |args: &str| kettle(&home, args).args("--lang").arg(tag);
        let guide = KETTLE.replacen("\"en\"", &format!("\"{tag}\""), 1);
        fs::write(home.path("kettle.toml"), guide).unwrap();
        let half = run("ticket --follow-up --plain").types(["88", "Warm"]);
        half.exits(0);
        let (_, id) = parent_and_follow_up(&home);
        let line = |state: String| {
            let list = run("walks").exits(0).stdout;
            let line = list.lines().find(|line| line.starts_with(&id)).unwrap();
            let of = words.follow_up.of(&parent);
            assert!(line.contains(&of) && line.ends_with(&state), "{list}");
            assert_eq!(list.lines().count(), 2, "{list}");
        };
        line(words.unfinished(2));
        let shown = run("walks show").arg(&id).exits(0).stdout;
        assert!(shown.contains("Warm") && shown.contains(&parent), "{shown}");
        run("resume --plain").arg(&id).types(["0", ""]).exits(0);
        line(words.finished(words.follow_up.title));
        // A second follow-up on the same ticket, by the name of the first.
        let second = run("ticket --follow-up --plain").arg(&id);
        second.types(["89", "q"]).exits(0);
        assert_eq!(home.walks().len(), 3);
        run("walks delete").arg(&id).exits(0);
        assert_eq!(home.walks().len(), 2);
        run("walks delete --all").exits(0);
        assert!(home.walks().is_empty());
    }
}

#[test]
fn a_follow_up_whose_walk_is_gone_says_so_and_is_kept() {
    for (tag, _, words) in languages() {
        let (home, parent) = cut(6);
        let guide = KETTLE.replacen("\"en\"", &format!("\"{tag}\""), 1);
        fs::write(home.path("kettle.toml"), guide).unwrap();
        let run = |args: &str| kettle(&home, args).args("--lang").arg(tag);
        let half = run("ticket --follow-up --plain").types(["88", "Warm", "q"]);
        half.exits(0);
        let (_, id) = parent_and_follow_up(&home);
        let before = read(home.walk_file(&id));
        run("walks delete").arg(&parent).exits(0);
        for verb in ["resume --plain", "ticket", "ticket --follow-up --plain"] {
            let done = run(verb).arg(&id).types(["0", ""]).exits(1).stdout("");
            let show = format!("okx-verify-help walks show {id} ");
            done.says([words.follow_up.gone(&id, &parent), show]);
            // It is not what is meant where no name is given.
            run(verb).exits(1).stdout("").says([words.no_walks]);
        }
        let list = run("walks").exits(0).stdout;
        assert!(list.contains(&words.follow_up.of_gone(&parent)), "{list}");
        assert_eq!(read(home.walk_file(&id)), before);
        run("walks show").arg(&id).exits(0).prints("Warm");
    }
}

#[test]
fn what_follows_no_walk_by_its_name_is_no_follow_up() {
    for name in ["../cold-20260101-000001", "hunter2 hunter2", ""] {
        let (home, parent) = cut(6);
        let half = kettle(&home, "ticket --follow-up --plain").types(["88", "q"]);
        half.exits(0);
        let (_, id) = parent_and_follow_up(&home);
        let file = home.walk_file(&id);
        let text = body(&read(&file)).replacen(&parent, name, 1);
        fs::write(&file, sealed(&text)).unwrap();
        let done = kettle(&home, "resume --plain").arg(&id).exits(2);
        done.says([format!("{id}.toml.bad")]).never_says("hunter2");
        assert_eq!(home.walks(), [parent]);
    }
}

#[test]
fn a_follow_up_asks_about_more_steps_than_one_list_holds() {
    let steps: Vec<String> = (0..40).map(|n| format!("s{n}")).collect();
    let lists = format!("{steps:?}");
    let tables = steps
        .iter()
        .map(|id| format!("[step.{id}]\ndo = \"Do {id} now.\"\n"));
    let guide = format!(
        "[guide]\nid = \"long\"\ntitle = \"Long\"\nlanguages = [\"en\"]\n\
         [[case]]\nid = \"long\"\nlabel = \"Long\"\nsteps = {lists}\nend = \"ask\"\n{}\
         [outcome.resolved]\nsay = \"Good.\"\n\
         [outcome.ask]\nkind = \"support\"\nsay = \"Ask.\"\nrequest = \"Please help.\"\n",
        tables.collect::<String>()
    );
    let home = Home::new();
    fs::write(home.path("kettle.toml"), guide).unwrap();
    let walk = kettle(&home, "--plain --case long");
    walk.types(vec!["2"; 40]).exits(0);
    let run = kettle(&home, "ticket --follow-up --plain");
    let done = run.types(["88", "", "1", "8", ""]).exits(0);
    done.prints("Do s0 now.: tried after")
        .prints("Do s39 now.: tried after");
}

#[test]
fn there_is_no_follow_up_without_a_ticket() {
    let (home, _) = cut(3);
    let run = kettle(&home, "ticket --follow-up --plain");
    let done = run.types(["88", "", "", ""]).exits(1).stdout("");
    done.says([words("en").no_ticket_yet]);
}

#[test]
fn the_number_of_a_ticket_is_no_secret() {
    let done = follow_up(["#482739", "", "0", ""]).exits(0);
    done.prints("482739");
    let done = follow_up(["4111111111111111", "", "", "0", ""]).exits(0);
    let done = done.says([words("en").problem(Problem::Reference)]);
    assert!(!done.stdout.contains("4111"), "{}", done.stdout);
}

#[test]
fn tickets_in_several_languages_are_one_json_text() {
    let run = follow_up(["88", "", "0", ""]).args("--ticket-lang en,en --format json");
    let printed: serde_json::Value = serde_json::from_str(&run.exits(0).stdout).unwrap();
    assert_eq!(printed.as_array().unwrap().len(), 2);
}

#[test]
fn a_long_note_pushes_nothing_else_out_of_a_short_ticket() {
    for plan in with_tickets().values() {
        for (_, lang, _) in languages() {
            let mut ticket = Ticket::of(&plan.walk, lang);
            ticket.note = Some("it is a long story, ".repeat(49));
            let short = short::short(&ticket);
            assert!(short.chars().count() <= short::SHORT, "{short}");
            assert!(short.contains("a long story"), "{short}");
            let last = ticket.tried.last();
            assert!(
                last.is_none_or(|tried| short.contains(&tried.name)),
                "{short}"
            );
        }
    }
}

#[test]
fn a_short_ticket_leaves_out_no_more_than_it_has_to() {
    let mut cut = 0;
    for plan in with_tickets().values() {
        for (_, lang, words) in languages() {
            let mut ticket = Ticket::of(&plan.walk, lang);
            for n in 0..40 {
                let short = short::short(&ticket);
                let length = short.chars().count();
                assert!(length <= short::SHORT, "{short}");
                if short.contains(&words.left_out(1)) {
                    cut += 1;
                    // The next step would have fitted, or nearly.
                    assert!(length > short::SHORT - 200, "{length}: {short}");
                }
                ticket
                    .attach
                    .push(format!("page {n} of the message, numbers covered.png"));
            }
        }
    }
    assert!(cut > 20, "{cut}");
}

#[test]
fn a_ticket_asks_for_no_attachment_that_was_not_made() {
    let review = [("stuck-status", "pending"), ("stuck-since", "longer")];
    for (case, road, made, attached) in [
        ("stuck", review, &[("take-screenshot", "not-now")][..], 0),
        ("stuck", review, &[("take-screenshot", "done")], 1),
    ] {
        let plan = Plan::new(case, &[&road[..], made].concat(), Rest::StraightOn);
        for (_, lang, _) in languages() {
            let ticket = Ticket::of(&plan.walk, lang);
            assert_eq!(ticket.attach.len(), attached, "{case} {made:?}");
            let listed = ticket.tried.iter().map(|tried| &tried.id);
            let mut listed = listed.chain(ticket.not_tried.iter().map(|n| &n.id));
            assert!(!listed.any(|id| id == "take-screenshot"));
        }
    }
}

#[test]
fn a_ticket_is_about_the_latest_answer_that_says_so() {
    let said = |subject: &str| format!(r#", subject = "{subject}", problem = "It {subject}." }}"#);
    let guide = KETTLE
        .replacen(
            r#", then = "socket" }"#,
            &format!(r#", then = "socket"{}"#, said("is dark")),
            1,
        )
        .replacen(
            r#""Shaken it" }"#,
            &format!(r#""Shaken it"{}"#, said("was shaken")),
            1,
        )
        .replacen(
            r#"go = "loud" }"#,
            r#"go = "loud", problem = "It sings." }"#,
            1,
        );
    let guide = Guide::load("kettle.toml", guide.as_bytes()).unwrap();
    let about = |history: &str| {
        let history = format!("guide = \"kettle\"\ncase = \"cold\"\nanswer = [{history}]");
        let walk = History::parse(&history).unwrap().follow(&guide).unwrap();
        let ticket = Ticket::of(&walk, Lang::FIRST);
        (ticket.subject, ticket.problem)
    };
    let pair = |subject: &str, problem: &str| (subject.to_owned(), problem.to_owned());
    let label = "The water stays cold";
    assert_eq!(about(""), pair(label, label));
    let dark = r#"{ step = "plugged", choice = "off" }, { step = "socket", choice = "no-change" }"#;
    assert_eq!(about(dark), pair("is dark", "It is dark."));
    let shaken = format!(r#"{dark}, {{ step = "tried", choice = ["shaken"] }}"#);
    assert_eq!(about(&shaken), pair("was shaken", "It was shaken."));
    // In another case the first one's words say nothing any more.
    let over = r#"{ step = "plugged", choice = "noise" }"#;
    assert_eq!(about(over), pair("It is loud", "It sings."));
}

#[test]
fn chinese_that_is_typed_is_spoken_of_under_a_ticket_in_english() {
    for (typed, ticket, said) in [
        ("认证失败", "en", true),
        ("认证失败", "zh", false),
        ("认证失败", "zh,en", true),
        ("Verification failed", "en", false),
    ] {
        let given = [("stuck-status", "frozen"), ("screen-text", typed)];
        let plan = Plan::new("stuck", &given, Rest::StraightOn);
        let run = okx("--plain --lang zh --case stuck --ticket-lang").arg(ticket);
        let done = run.types(lines(&plan)).exits(0);
        assert!(done.stdout.contains(typed), "{}", done.stdout);
        let stays = squeeze(words("zh").typed_stays);
        assert_eq!(
            squeeze(&done.stderr).contains(&stays),
            said,
            "{typed} {ticket}"
        );
    }
}

#[test]
fn every_ticket_says_more_than_its_case() {
    for ((outcome, case), plan) in with_tickets() {
        // What was given away stands in a list of its own.
        if outcome == "report-scam" {
            continue;
        }
        for (_, lang, _) in languages() {
            let ticket = Ticket::of(&plan.walk, lang);
            let start = Ticket::of(&Walk::start(&GUIDE, plan.walk.case()), lang);
            assert_ne!(ticket.problem, start.problem, "{case}, {outcome}");
        }
    }
}
