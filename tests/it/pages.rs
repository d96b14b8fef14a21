//! Pages: what stands on them, that they fit one sheet, and what the author of a guide is told.

use crate::run::okx;
use crate::support::{GUIDE, files_in, languages};
use okx_verify_help::guide::Guide;
use okx_verify_help::text::width;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

const FORMAT: &str = include_str!("../../guides/README.md");

/// The guide that the chapter on pages brings, and the page that it shows for it.
fn example() -> (&'static str, &'static str) {
    let (_, chapter) = FORMAT.split_once("\n## Pages\n").unwrap();
    let block = |kind: &str| {
        let (_, block) = chapter.split_once(&format!("\n```{kind}\n")).unwrap();
        block.split_once("\n```\n").unwrap().0
    };
    (block("toml"), block("text"))
}

/// The page of each case of the guide that ships, in each language, as JSON.
fn shipped() -> Vec<Value> {
    let mut pages = Vec::new();
    for (tag, ..) in languages() {
        let all = okx("--checklist --format json --lang").arg(tag).exits(0);
        let all: Vec<Value> = serde_json::from_str(&all.stdout).unwrap();
        pages.extend(all.into_iter().map(|mut one| one["page"].take()));
    }
    assert_eq!(pages.len(), 2 * GUIDE.cases.len());
    pages
}

fn list(of: &Value) -> impl Iterator<Item = &Value> {
    of.as_array().unwrap().iter()
}

/// The boxes of a page: those of its lines, and those below them.
fn tasks(page: &Value) -> impl Iterator<Item = &Value> {
    let of_lines = list(&page["lines"]).flat_map(|line| list(&line["tasks"]));
    of_lines.chain(list(&page["then"]))
}

#[test]
fn the_example_of_the_format_is_what_comes_of_it() {
    let (guide, page) = example();
    okx("--checklist --guide router.toml --lang en")
        .file("router.toml", guide)
        .exits(0)
        .stdout(&format!("{page}\n"));
}

#[test]
fn each_page_fits_one_sheet() {
    for case in &GUIDE.cases {
        for (tag, ..) in languages() {
            let page = okx(&format!("--case {} --lang {tag}", case.id)).exits(0);
            let lines: Vec<&str> = page.stdout.lines().collect();
            let what = format!("{} in {tag}:\n{}", case.id, page.stdout);
            assert!(lines.len() <= 60, "{} lines: {what}", lines.len());
            for line in lines {
                assert!(width(line) <= 80, "{} columns: {line}", width(line));
            }
        }
    }
    for page in shipped() {
        let lines: Vec<&Value> = list(&page["lines"]).collect();
        assert!(lines.len() <= 12, "{page:#}");
        for line in lines {
            assert!(list(&line["tasks"]).count() <= 3, "{line:#}");
            assert!(list(&line["goals"]).count() <= 3, "{line:#}");
        }
    }
}

#[test]
fn a_page_speaks_as_a_person_does() {
    // How the tree, or the wizard, says it.
    let forbidden = [
        "only if",
        "see above",
        "Done in",
        "仅当",
        "见上文",
        "并非",
        "在哪里做的",
    ];
    for case in &GUIDE.cases {
        for (tag, ..) in languages() {
            let page = okx(&format!("--case {} --lang {tag}", case.id))
                .exits(0)
                .stdout;
            for word in forbidden {
                assert!(!page.contains(word), "{word}: {page}");
            }
        }
    }
}

#[test]
fn each_box_is_a_step_and_each_stop_a_rule() {
    let source: toml::Table = okx_verify_help::embedded::SOURCE.parse().unwrap();
    let rules = source["rule"].as_array().unwrap();
    for page in shipped() {
        let tag = page["language"].as_str().unwrap();
        for task in tasks(&page) {
            let id = task["step"].as_str().unwrap();
            assert!(GUIDE.step(id).is_some(), "{id}");
        }
        for stop in list(&page["stop"]) {
            let says = |rule: &toml::Value| {
                let because = rule.get("because").and_then(|b| b.get(tag));
                because.and_then(toml::Value::as_str) == stop.as_str()
            };
            // A reason that several rules share is written once, under [text].
            let shared =
                |text: &toml::Value| text.get(tag).and_then(toml::Value::as_str) == stop.as_str();
            let texts = source.get("text").and_then(toml::Value::as_table);
            let named = texts.into_iter().flat_map(toml::Table::iter);
            let named: BTreeSet<&str> = named
                .filter(|(_, text)| shared(text))
                .map(|(name, _)| name.as_str())
                .collect();
            let uses = |rule: &toml::Value| {
                let name = rule.get("because").and_then(|b| b.get("use"));
                name.and_then(toml::Value::as_str)
                    .is_some_and(|name| named.contains(name))
            };
            assert!(rules.iter().any(|rule| says(rule) || uses(rule)), "{stop}");
        }
    }
}

/// Reads the rules of a guide by themselves, so that this does not rest on what it tries: a step that
/// must not come before certain answers is a box only in a line that is such an answer, or behind
/// words that say so.
#[test]
fn nothing_that_a_rule_guards_stands_outside_its_guard() {
    let source: toml::Table = okx_verify_help::embedded::SOURCE.parse().unwrap();
    let words = |value: &toml::Value| -> Vec<String> {
        match value {
            toml::Value::String(one) => vec![one.clone()],
            many => {
                let many = many.as_array().unwrap().iter();
                many.map(|word| word.as_str().unwrap().to_owned()).collect()
            }
        }
    };
    let mut tried = 0;
    for rule in source["rule"].as_array().unwrap() {
        let (Some(before), Some(answered)) = (rule.get("before"), rule.get("answered")) else {
            continue;
        };
        let guarded = words(before);
        for page in shipped() {
            for line in list(&page["lines"]) {
                for task in list(&line["tasks"]) {
                    let step = task["step"].as_str().unwrap().to_owned();
                    tried += 1;
                    if !guarded.contains(&step) {
                        continue;
                    }
                    for (question, answers) in answered.as_table().unwrap() {
                        let here = line["step"] == question.as_str()
                            && words(answers).iter().any(|a| line["answer"] == a.as_str());
                        assert!(here || task["only"].is_string(), "{step}: {line:#}");
                    }
                }
            }
            for task in list(&page["then"]) {
                let step = task["step"].as_str().unwrap().to_owned();
                assert!(
                    !guarded.contains(&step) || task["only"].is_string(),
                    "{task:#}"
                );
            }
        }
    }
    assert!(tried > 0);
}

#[test]
fn a_foreign_page_names_no_exchange_and_says_whose_it_is() {
    let (guide, _) = example();
    for format in ["text", "markdown", "html", "json"] {
        let page = okx(&format!(
            "--checklist --guide router.toml --lang en --format {format}"
        ))
        .file("router.toml", guide)
        .exits(0)
        .stdout;
        for name in ["OKX", "欧易", "okx.com"] {
            assert!(!page.contains(name), "{format}: {page}");
        }
        assert!(page.contains("router.toml"), "{format}: {page}");
    }
}

#[test]
fn markdown_is_a_task_list() {
    let (guide, _) = example();
    okx("--checklist --guide router.toml --lang en --format markdown")
        .file("router.toml", guide)
        .exits(0)
        .prints("\n- [ ] Look at the light of the router\n")
        .prints("\n- **B** Red or blinking\n  - [ ] Unplug it, wait a minute, plug it in\n");
}

/// What is found in the example after something in it is written otherwise.
#[track_caller]
fn findings(from: &str, to: &str) -> Vec<(&'static str, String)> {
    let (guide, _) = example();
    assert!(guide.contains(from), "{from}");
    let guide = guide.replace(from, to);
    let Err(refused) = Guide::load("router.toml", guide.as_bytes()) else {
        return Vec::new();
    };
    let findings = refused.findings().iter();
    findings.map(|f| (f.code.id(), f.message.clone())).collect()
}

#[track_caller]
fn finds(from: &str, to: &str, code: &str, message: &str) {
    let found = findings(from, to);
    let wanted = |(id, said): &(&str, String)| *id == code && said.contains(message);
    assert!(found.iter().any(wanted), "{found:?}");
}

#[test]
fn what_a_page_lacks_is_found() {
    let brief = "brief = \"Look at the light of the router\"\n";
    finds(
        brief,
        "",
        "missing-key",
        "shows `light`, which has no `brief`",
    );
    let brief = "brief = \"Unplug it, wait a minute, plug it in\"\n";
    finds(brief, "", "missing-key", "line `light = red` has a `brief`");
    let brief = "brief = \"Your device is at fault, not the router\"\n";
    finds(
        brief,
        "",
        "missing-key",
        "`your-device`, which has no `brief`",
    );
}

#[test]
fn what_does_not_belong_on_a_page_is_found() {
    let rows = "rows = [\"light\"]";
    finds(
        rows,
        "rows = [\"lamp\"]",
        "unknown-target",
        "no step `lamp`",
    );
    finds(
        rows,
        "rows = [\"light\", \"plug\"]",
        "bad-combination",
        "`plug` makes no line",
    );
    finds(
        rows,
        "rows = [\"light\"]\nlook = [\"lamp\"]",
        "unknown-target",
        "no step `lamp`",
    );
    let plug = "then = [\"plug\"], ";
    finds(
        plug,
        "then = [\"plug\"], boxes = [\"other-device\"], ",
        "bad-combination",
        "comes to `other-device`",
    );
    assert_eq!(
        findings(plug, "then = [\"plug\"], boxes = [\"plug\"], "),
        []
    );
    assert_eq!(findings(plug, "then = [\"plug\"], boxes = [], "), []);
}

#[test]
fn a_page_that_says_too_much_is_found() {
    let long = "Press the switch, wait, and press it again. ".repeat(4);
    let brief = "Push the plug in, try another socket";
    finds(brief, &long, "too-long", "columns wide");
    let many: Vec<String> = (0..12)
        .map(|n| format!("{{ id = \"a{n}\", label = \"{n}\" }},"))
        .collect();
    let red = "{ id = \"red\",";
    finds(
        red,
        &format!("{}{red}", many.join("")),
        "too-many",
        "has 15 lines, at most 11 fit",
    );
    let steps: Vec<String> = (0..4)
        .map(|n| format!("[step.s{n}]\ndo = \"S\"\nbrief = \"s\"\n"))
        .collect();
    let plug = "[step.plug]";
    let (guide, _) = example();
    let guide = guide.replace(plug, &format!("{}{plug}", steps.join("")));
    let guide = guide.replace(
        "then = [\"plug\"]",
        "then = [\"s0\", \"s1\", \"s2\", \"s3\"]",
    );
    let guide = guide.replace(
        "then = [\"other-device\"]",
        "then = [\"other-device\", \"plug\"]",
    );
    let refused = Guide::load("router.toml", guide.as_bytes()).unwrap_err();
    assert!(
        refused.to_string().contains("4 boxes in a row"),
        "{refused}"
    );
    // A page of 60 lines has room for about ten lines of way.
    let way = "support = [\"Call your provider; the number is on the bill.\"";
    let more = format!("{way}{}", ", \"Call\"".repeat(40));
    finds(way, &more, "too-long", "the page of `offline` takes");
}

#[test]
fn what_one_looks_at_is_ticked_and_says_what_then() {
    let (guide, _) = example();
    let guide = guide.replace(
        "rows = [\"light\"]",
        "rows = [\"light\"]\nlook = [\"light\", \"around\", \"customer\"]",
    );
    let guide = guide.replace("steps = [\"light\",", "steps = [\"around\", \"light\",");
    let guide = guide
        + "\n[step.around]\nask = \"What else?\"\nbrief = \"What else is true?\"\nseveral = true\nanswers = [\n\
           { id = \"new\", label = \"It is new\" },\n\
           { id = \"dusty\", label = \"It is dusty\", then = [\"dust\"] },\n\
           { id = \"smoke\", label = \"It smokes\", end = \"call\" },\n]\n\
           [step.dust]\nprepare = \"Wipe it.\"\nbrief = \"wipe it\"\n";
    let page = okx("--checklist --guide router.toml --lang en").file("router.toml", &guide);
    let page = page.exits(0).stdout;
    let look = "\nLook\n[ ] Look at the light of the router\n[ ] What else is true?\n    \
                [ ] It is new  [ ] It is dusty: wipe it\n    \
                [ ] It smokes > Support: ask whether the line is down\n    \
                Customer number: __________\n";
    assert!(page.contains(look), "{page}");
    // Nothing is said twice.
    assert_eq!(page.matches("wipe it").count(), 1, "{page}");
    assert_eq!(page.matches("Customer number").count(), 1, "{page}");
}

#[test]
fn an_author_chooses_where_a_line_leads() {
    let green = "end = \"your-device\" }";
    let (guide, _) = example();
    let ask = "then = [\"sure\"], leads = [\"call\"] }";
    let sure = "\n[step.sure]\nask = \"Sure?\"\nanswers = [{ id = \"y\", label = \"Yes\", end = \"your-device\" }, \
                { id = \"n\", label = \"No\", end = \"call\" }]\n";
    let guide = guide
        .replace("then = [\"other-device\"], ", "")
        .replace(green, ask)
        + sure;
    let guide = guide.replace("[step.other-device]\ndo = \"Open a page on another device in the same network.\"\nbrief = \"Open a page on another device\"\n", "");
    let page = okx("--checklist --guide router.toml --lang en").file("router.toml", &guide);
    page.exits(0)
        .prints("C  It is green    > Support: ask whether the line is down\n");
    let stray = guide.replace("leads = [\"call\"]", "leads = [\"resolved\"]");
    let refused = Guide::load("router.toml", stray.as_bytes()).unwrap_err();
    assert!(
        refused
            .to_string()
            .contains("no walk with this answer comes to `resolved`"),
        "{refused}"
    );
    let unknown = guide.replace("leads = [\"call\"]", "leads = [\"cal\"]");
    let refused = Guide::load("router.toml", unknown.as_bytes()).unwrap_err();
    assert!(
        refused.to_string().contains("no outcome or case `cal`"),
        "{refused}"
    );
}

#[test]
fn what_was_put_off_is_no_end_on_paper() {
    let (guide, _) = example();
    let end = "end = \"call\"\nrows";
    let ends =
        "end = [{ outcome = \"your-device\", when = { restart = \"not-now\" } }, \"call\"]\nrows";
    assert!(guide.contains(end));
    let guide = guide.replace(end, ends);
    let page = okx("--checklist --guide router.toml --lang en").file("router.toml", guide);
    page.exits(0).prints(
        "Unplug it, wait a minute, plug it in\n   > Support: ask whether the line is down\nC ",
    );
}

#[test]
fn what_stands_outside_its_guard_is_found() {
    // Where the author asks for it by name.
    let red = "brief = \"Red or blinking\" }";
    let asked = "brief = \"Red or blinking\", boxes = [\"restart\", \"reset\"] }";
    finds(red, asked, "unguarded", "`reset` stands outside the guard");
    // A rule that a page cannot keep has to be said on it.
    let rule = "[[rule]]";
    let never = "[[rule]]\nnever = [\"restart\"]\nanswered = { noted = [\"no\"] }\n[[rule]]";
    let (guide, _) = example();
    let early = guide.replace("\"restart\", \"noted\"", "\"noted\", \"restart\"");
    let early = early.replace(
        "do = \"Unplug the router",
        "when = { noted = \"yes\" }\ndo = \"Unplug the router",
    );
    Guide::load("router.toml", early.as_bytes()).unwrap();
    let refused =
        Guide::load("router.toml", early.replacen(rule, never, 1).as_bytes()).unwrap_err();
    assert!(
        refused
            .to_string()
            .contains("`restart` stands outside the guard"),
        "{refused}"
    );
    let said = never.replace(
        "[\"no\"] }\n",
        "[\"no\"] }\nbecause = { en = \"No restart without it.\" }\n",
    );
    Guide::load("router.toml", early.replacen(rule, &said, 1).as_bytes()).unwrap();
}

/// The file of each page that ships, with what the program prints.
fn files() -> Vec<(String, String)> {
    let mut files = Vec::new();
    for case in &GUIDE.cases {
        for (tag, ..) in languages() {
            for (format, end) in [("text", "txt"), ("html", "html")] {
                let args = format!("--case {} --lang {tag} --format {format}", case.id);
                let name = format!("{}.{tag}.{end}", case.id);
                files.push((name, okx(&args).exits(0).stderr("").stdout));
            }
        }
    }
    files
}

/// `INSTA_UPDATE=always cargo test --test it pages::` writes them anew.
#[test]
fn the_pages_that_ship_are_what_the_program_prints() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("guides/okx-verification/pages");
    let files = files();
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        for (name, text) in &files {
            std::fs::write(folder.join(name), text).unwrap();
        }
    }
    let there = files_in(&folder).into_iter();
    let there: BTreeSet<String> = there
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    let wanted: BTreeSet<String> = files.iter().map(|(name, _)| name.clone()).collect();
    assert_eq!(there, wanted);
    for (name, text) in files {
        let shipped = std::fs::read_to_string(folder.join(&name)).unwrap();
        assert!(shipped == text, "{name} is not what the program prints");
    }
}

/// The tags of a page in order; each that opens is closed in its place.
#[track_caller]
fn well_formed(name: &str, html: &str) {
    const EMPTY: [&str; 4] = ["meta", "input", "br", "!DOCTYPE"];
    let (_, html) = html.split_once("<!DOCTYPE html>").unwrap();
    let mut open: Vec<&str> = Vec::new();
    for piece in html.split('<').skip(1) {
        let (tag, text) = piece
            .split_once('>')
            .unwrap_or_else(|| panic!("{name}: <{piece}"));
        let word = tag.split_ascii_whitespace().next().unwrap();
        match word.strip_prefix('/') {
            Some(closed) => assert_eq!(open.pop(), Some(closed), "{name}: <{piece}"),
            None if EMPTY.contains(&word) => {}
            None => open.push(word),
        }
        let is_style = open.last() == Some(&"style");
        assert!(is_style || !text.contains('>'), "{name}: {text}");
        // What stands in a tag is quoted as a whole.
        assert_eq!(tag.matches('"').count() % 2, 0, "{name}: <{tag}>");
    }
    assert_eq!(open, Vec::<&str>::new(), "{name}");
}

#[test]
fn html_is_one_whole_file_without_scripts_or_anything_remote() {
    let files = files();
    let names: BTreeSet<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    for (name, html) in files.iter().filter(|(name, _)| name.ends_with(".html")) {
        well_formed(name, html);
        for none in [
            "<script", "<link", "<img", "url(", "@import", " src=", " on",
        ] {
            // " on" is a word, too, but no attribute of a tag.
            let tags = html
                .split('<')
                .skip(1)
                .map(|piece| piece.split('>').next().unwrap());
            let inside = tags.filter(|tag| tag.contains(none) || format!("<{tag}").contains(none));
            assert_eq!(
                inside.collect::<Vec<_>>(),
                Vec::<&str>::new(),
                "{name}: {none}"
            );
        }
        let tag = name.split('.').nth(1).unwrap();
        assert!(html.contains(&format!("<html lang=\"{tag}\">")), "{name}");
        assert_eq!(html.matches("<h1>").count(), 1, "{name}");
        assert!(!html.contains("<h3"), "{name}");
        assert!(html.contains("<input type=\"checkbox\">"), "{name}");
        assert_eq!(
            html.matches("<details").count(),
            html.matches("<details open").count()
        );
        for link in html.split("href=\"").skip(1) {
            let link = link.split('"').next().unwrap();
            assert!(names.contains(link), "{name}: {link}");
        }
    }
    // All cases in one file: each is linked within it.
    let all = okx("--checklist --format html --lang en").exits(0).stdout;
    well_formed("all", &all);
    for link in all.split("href=\"#").skip(1) {
        let link = link.split('"').next().unwrap();
        assert!(all.contains(&format!("<article id=\"{link}\">")), "{link}");
    }
    assert_eq!(all.matches("<article ").count(), GUIDE.cases.len());
}

#[test]
fn nothing_in_a_guide_is_markup() {
    let (guide, _) = example();
    let guide = guide.replace("It is off", "<b onclick='x'>\\\"off\\\" & <script>");
    let html = okx("--checklist --guide router.toml --lang en --format html");
    let html = html.file("router.toml", guide).exits(0).stdout;
    let escaped = "&lt;b onclick=&#39;x&#39;&gt;&quot;off&quot; &amp; &lt;script&gt;";
    assert!(html.contains(escaped), "{html}");
    well_formed("router", &html);
}
