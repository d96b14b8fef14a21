//! Pages and trees, piped: whole, narrow enough, and honest about a broken pipe and a full disk.

use crate::run::okx;
use crate::support::{GUIDE, Plan, Rest, languages, squeeze};
use okx_verify_help::guide::{Case, Goes, StepId};
use okx_verify_help::page;
use okx_verify_help::text::width;
use serde_json::Value;
use std::collections::BTreeSet;

/// The steps that a case can come to without leaving for another.
fn steps_within(case: &Case) -> BTreeSet<StepId> {
    let mut steps = BTreeSet::new();
    let ends = case
        .ends
        .iter()
        .map(|end| GUIDE.outcomes[end.outcome].steps);
    let mut lists: Vec<_> = ends.chain([case.steps]).collect();
    while let Some(list) = lists.pop() {
        let listed = GUIDE.lists[list].iter().map(|listed| listed.step);
        for step in listed.filter(|step| steps.insert(*step)) {
            for choice in &GUIDE.at(step).choices {
                lists.extend(choice.then);
                if let Goes::End(outcome) = choice.goes {
                    lists.push(GUIDE.outcomes[outcome].steps);
                }
            }
        }
    }
    steps
}

/// Every object in the JSON that is a step, however deep.
fn items<'v>(json: &'v Value, found: &mut Vec<&'v Value>) {
    for item in json.as_array().unwrap() {
        found.push(item);
        for branch in item["branches"].as_array().unwrap() {
            items(&branch["steps"], found);
        }
    }
}

#[track_caller]
fn has_keys(json: &Value, keys: &[&str]) {
    let missing: Vec<_> = keys
        .iter()
        .filter(|key| json.get(**key).is_none())
        .collect();
    assert!(missing.is_empty(), "{missing:?} missing in {json:#}");
}

#[test]
fn json_has_the_page_and_every_step_beside_it() {
    for case in &GUIDE.cases {
        for (tag, lang, _) in languages() {
            let args = format!("--case {} --lang {tag} --format json", case.id);
            let json: Value = serde_json::from_str(&okx(&args).exits(0).stdout).unwrap();
            has_keys(&json, &["version", "page", "tree"]);
            assert_eq!(json["version"], page::VERSION);
            assert_eq!(json["page"]["case"], case.id.as_str());
            let list = &json["tree"];
            has_keys(
                list,
                &["guide", "edition", "case", "language", "steps", "outcomes"],
            );
            assert_eq!(list["guide"], GUIDE.id.as_str());
            assert_eq!(list["edition"], GUIDE.edition.as_str());
            assert_eq!(list["case"], case.id.as_str());
            assert_eq!(list["language"], tag);
            let mut found = Vec::new();
            items(&list["steps"], &mut found);
            items(&list["ticket"], &mut found);
            let named = |list: &Value| -> BTreeSet<String> {
                let items = list.as_array().unwrap().iter();
                items
                    .map(|i| i["id"].as_str().unwrap().to_owned())
                    .collect()
            };
            let sources = named(&list["sources"]);
            for item in &found {
                has_keys(
                    item,
                    &["id", "text", "why", "minutes", "sources", "branches"],
                );
                let step = GUIDE.at(GUIDE.step(item["id"].as_str().unwrap()).unwrap());
                assert_eq!(item["text"], step.text.get(lang));
                assert_eq!(item["minutes"], step.minutes);
                for source in item["sources"].as_array().unwrap() {
                    assert!(sources.contains(source.as_str().unwrap()), "{source}");
                }
            }
            // In full, each of them once.
            let in_full = found.iter().filter(|item| item["above"] == false);
            let mut ids: Vec<_> = in_full.map(|item| item["id"].as_str().unwrap()).collect();
            ids.sort_unstable();
            let steps = steps_within(case);
            let mut wanted: Vec<_> = steps.iter().map(|s| GUIDE.at(*s).id.as_str()).collect();
            wanted.sort_unstable();
            assert_eq!(ids, wanted, "{}", case.id);
            for end in &case.ends {
                assert!(named(&list["outcomes"]).contains(&GUIDE.outcomes[end.outcome].id));
            }
        }
    }
}

#[test]
fn a_tree_holds_every_step_its_reason_and_its_answers() {
    for case in &GUIDE.cases {
        for (tag, lang, words) in languages() {
            for format in ["text", "markdown"] {
                let args = format!(
                    "guide show --case {} --lang {tag} --format {format}",
                    case.id
                );
                let page = okx(&args).exits(0).stderr("").stdout;
                // Markdown's backslashes are not part of the text.
                let read = squeeze(&page).replace('\\', "");
                for step in steps_within(case) {
                    let step = GUIDE.at(step);
                    let labels = step.choices.iter().filter_map(|c| c.label.own());
                    for text in [&step.text].into_iter().chain(&step.why).chain(labels) {
                        let text = text.get(lang);
                        assert!(read.contains(&squeeze(text)), "{args}: {text}\n{page}");
                    }
                    if step.minutes > 0 {
                        let minutes = squeeze(&words.minutes(step.minutes));
                        assert!(read.contains(&minutes), "{args}: {minutes}");
                    }
                }
                let command = format!("okx-verify-help --case {} --lang {tag}\n", case.id);
                // Only the wish to have it removed ends without a ticket, or in another case.
                let ticket = case.id != "remove";
                assert_eq!(page.contains(words.how_to_ticket), ticket, "{args}");
                assert_eq!(page.contains(&command), ticket, "{args}");
                let boxes = page.matches("[ ] ").count();
                assert!(boxes >= steps_within(case).len(), "{args}: {boxes} boxes");
            }
        }
    }
}

#[test]
fn text_is_at_most_80_columns_wide() {
    for (tag, ..) in languages() {
        for what in ["--checklist", "guide show"] {
            let page = okx(what).arg("--lang").arg(tag).exits(0).stdout;
            // An address is copied whole, so it is not folded.
            let lines = page.lines().filter(|line| !line.contains("https://"));
            for line in lines {
                assert!(width(line) <= 80, "{} columns: {line}", width(line));
            }
        }
    }
}

#[test]
fn all_cases_are_printed_where_none_is_named() {
    let each = |format: &str| {
        let ids = GUIDE.cases.iter().map(|case| &case.id);
        ids.map(|id| {
            okx(&format!("--checklist --case {id} --format {format}"))
                .exits(0)
                .stdout
        })
        .collect::<Vec<_>>()
    };
    for format in ["text", "markdown"] {
        let all = okx("--checklist --format").arg(format).exits(0).stdout;
        for one in each(format) {
            assert!(all.contains(&one), "{format}: {one}");
        }
    }
    let all: Vec<Value> =
        serde_json::from_str(&okx("--checklist --format json").exits(0).stdout).unwrap();
    let each = each("json");
    let each = each.iter().map(|one| serde_json::from_str(one).unwrap());
    let each: Vec<Value> = each.collect();
    assert_eq!(all, each);
}

#[test]
fn a_reader_that_has_gone_away_is_no_error() {
    for args in [
        "--case stuck",
        "--checklist --format json",
        "--checklist --format html",
        "guide show",
        "guide source",
        "guide check",
        "--help",
    ] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        okx(args).stdout_to(writer).exits(0).stderr("");
    }
    // A walk's ticket, too, though by then much was said.
    let plan = Plan::new("stuck", &[("stuck-status", "frozen")], Rest::StraightOn);
    assert!(plan.outcome().request.is_some());
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let typed = crate::wizard::lines(&plan);
    okx("--plain --case stuck")
        .types(typed)
        .stdout_to(writer)
        .exits(0);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let full = || {
        std::fs::File::options()
            .write(true)
            .open("/dev/full")
            .unwrap()
    };
    for args in [
        "--case stuck",
        "--checklist --format json",
        "--checklist --format html",
        "guide show",
        "guide source",
        "guide check",
        "--help",
    ] {
        let run = okx(args).env("LANG", "en_US.UTF-8");
        run.stdout_to(full()).exits(1).says(["No space left"]);
    }
    let plan = Plan::new("stuck", &[("stuck-status", "frozen")], Rest::StraightOn);
    let typed = crate::wizard::lines(&plan);
    okx("--plain --case stuck")
        .types(typed)
        .stdout_to(full())
        .exits(1)
        .says(["磁盘满了"]);
}

#[test]
fn without_a_terminal_and_a_case_it_says_what_can_be_done() {
    for (tag, _, words) in languages() {
        let ids: Vec<&str> = GUIDE.cases.iter().map(|case| case.id.as_str()).collect();
        let command = |what: &str| format!("okx-verify-help {what} --lang {tag}");
        let case = format!("--case {}", ids[0]);
        let [case, checklist, plain] = [&*case, "--checklist", "--plain"].map(command);
        let message = words.no_terminal(case, checklist, plain, ids.join(", "));
        let done = okx("--lang").arg(tag).exits(2).stdout("").says([message]);
        done.says(["--case", "--checklist", "--plain"]);
    }
}

#[test]
fn an_unknown_case_is_named_with_the_nearest_there_is() {
    for (tag, _, words) in languages() {
        for (asked, near) in [
            ("stuk", Some("stuck")),
            ("newdevice", Some("new-device")),
            ("Linked", Some("linked")),
            ("zzz", None),
            ("", None),
        ] {
            for more in ["", "--plain", "--checklist"] {
                let run = okx(more).args("--lang").arg(tag).arg("--case").arg(asked);
                let done = run.exits(2).stdout("");
                let ids: Vec<&str> = GUIDE.cases.iter().map(|case| case.id.as_str()).collect();
                done.says([words.no_such_case(asked, near, &ids.join(", "))]);
            }
        }
    }
    let done = okx("--case").arg("stuck\u{1b}[2J\u{202e}").exits(2);
    assert!(
        !done.stderr.contains(['\u{1b}', '\u{202e}']),
        "{:?}",
        done.stderr
    );
}
