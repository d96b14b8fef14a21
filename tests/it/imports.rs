//! Which file of the program imports which: the arrows point one way.

use crate::support::files_in;
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// What turns answers into texts: it can be tried with nothing but values.
const CORE: [&str; 16] = [
    "answer",
    "doc",
    "embedded",
    "field",
    "follow_up",
    "guide",
    "history",
    "moment",
    "page",
    "redact",
    "scenario",
    "text",
    "ticket",
    "tree",
    "walk",
    "words",
];
/// What the core does not know: the screen, the disk, the clock, the command line.
const OUTSIDE: [&str; 7] = [
    "cli", "clock", "command", "front", "report", "store", "terminal",
];

/// Arrows that should not be there any more, with the reason. To be emptied.
const NOT_YET: [(&str, &str, &str); 0] = [];

/// Circles that are still there, by the files that are in them, with the reason. To be emptied.
const CIRCLES: [(&[&str], &str); 1] = [(
    &[
        "redact::rules::identity",
        "redact::rules::labels",
        "redact::rules::number",
    ],
    "numbers that name people have labels of their own, and check sums that cards have too",
)];

/// The modules of the library, each with its text: without comments, without tests.
fn modules() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let comment = Regex::new("(?m)//.*$").unwrap();
    let files = files_in(&root).into_iter();
    let files = files.filter(|path| path.extension().is_some_and(|end| end == "rs"));
    let module = |path: &Path| {
        let name = path.strip_prefix(&root).unwrap().with_extension("");
        let name = name.to_str().unwrap().replace('/', "::");
        let name = name.strip_suffix("::mod").unwrap_or(&name).to_owned();
        let text = fs::read_to_string(path).unwrap();
        let text = comment.replace_all(&text, "").into_owned();
        let text = text.split("#[cfg(test)]").next().unwrap().to_owned();
        (name, text)
    };
    let all = files.map(|path| module(&path));
    all.filter(|(name, _)| !matches!(name.as_str(), "lib" | "main") && !name.ends_with("::tests"))
        .collect()
}

/// The paths that a `use` names, its braces taken apart: `a::{b, c::d}` names `a::b` and `a::c::d`.
fn unfolded(path: &str) -> Vec<String> {
    let Some((before, inside)) = path.split_once('{') else {
        return vec![path.trim().to_owned()];
    };
    let inside = inside.rsplit_once('}').expect("braces come in pairs").0;
    let (mut depth, mut parts) = (0, vec![String::new()]);
    for c in inside.chars() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        if c == ',' && depth == 0 {
            parts.push(String::new());
        } else {
            parts.last_mut().unwrap().push(c);
        }
    }
    let parts = parts.iter().flat_map(|part| unfolded(part));
    parts.map(|part| format!("{before}{part}")).collect()
}

/// The module that a path leads to, seen from another one.
fn resolved(path: &str, from: &str, all: &BTreeMap<String, String>) -> Option<String> {
    let segments: Vec<&str> = path.split("::").map(str::trim).collect();
    let is_child = all.contains_key(&format!("{from}::{}", segments[0]));
    if !is_child && !["crate", "self", "super"].contains(&segments[0]) {
        return None;
    }
    let mut at: Vec<&str> = from.split("::").collect();
    for segment in segments {
        match segment {
            "crate" => at.clear(),
            "self" => {}
            "super" => {
                at.pop();
            }
            segment => {
                let next = [at.as_slice(), &[segment]].concat();
                if !all.contains_key(&next.join("::")) {
                    break;
                }
                at = next;
            }
        }
    }
    Some(at.join("::")).filter(|to| all.contains_key(to) && to != from)
}

/// Which modules each module imports or names.
fn arrows() -> BTreeMap<String, BTreeSet<String>> {
    let all = modules();
    let import = Regex::new(r"(?-u:\b)use[ \n]+([^;]+);").unwrap();
    let path = Regex::new(r"(?-u:\b)(?:crate|super|self|[a-z_]+)(?:::[A-Za-z_]+)+").unwrap();
    let of = |name: &String, text: &String| {
        let uses = import.captures_iter(text);
        let mut paths: Vec<String> = uses.flat_map(|found| unfolded(&found[1])).collect();
        let rest = import.replace_all(text, "");
        paths.extend(path.find_iter(&rest).map(|found| found.as_str().to_owned()));
        let to = paths.iter().filter_map(|path| resolved(path, name, &all));
        to.collect()
    };
    let each = all
        .iter()
        .map(|(name, text)| (name.clone(), of(name, text)));
    each.collect()
}

/// The first part of a module's path.
fn room(module: &str) -> &str {
    module.split("::").next().unwrap()
}

#[test]
fn paths_are_read_as_the_compiler_reads_them() {
    let arrows = arrows();
    let has = |from: &str, to: &str| arrows[from].contains(to);
    // Braces, parents, children, a path in the middle of the code.
    assert!(has("command::walk::ask", "front"));
    assert!(has("command::walk::ask", "command::walk"));
    assert!(has("command::walk", "command::walk::autosave"));
    assert!(has("command::walk", "command::pick"));
    assert!(has("command", "command::walks"));
    assert!(has("store::list", "store::names"));
    assert!(has("answer", "redact"));
    assert!(!has("front::lines", "front"));
}

#[test]
fn what_makes_texts_of_answers_knows_no_screen_no_disk_and_no_clock() {
    let is_core = |module: &String| CORE.contains(&room(module));
    let mut wrong = BTreeSet::new();
    for (from, to) in arrows().iter().filter(|(from, _)| is_core(from)) {
        let to = to.iter().map(|to| room(to));
        let to = to.filter(|to| OUTSIDE.contains(to));
        wrong.extend(to.map(|to| (room(from).to_owned(), to.to_owned())));
    }
    let known = NOT_YET.iter();
    let known = known.map(|(from, to, _)| ((*from).to_owned(), (*to).to_owned()));
    let known: BTreeSet<(String, String)> = known.collect();
    assert_eq!(wrong, known, "found, and known with a reason");
    let outside = [
        "std::env",
        "std::fs",
        "std::process",
        "::now()",
        "is_terminal",
        "console::",
    ];
    for (name, text) in modules().iter().filter(|(name, _)| is_core(name)) {
        for outside in outside {
            assert!(!text.contains(outside), "{name} has {outside}");
        }
    }
}

#[test]
fn there_are_no_circles_between_files() {
    let arrows = arrows();
    let reached = |from: &String| {
        let (mut seen, mut next) = (BTreeSet::new(), vec![from.clone()]);
        while let Some(module) = next.pop() {
            let new = arrows[&module]
                .iter()
                .filter(|to| seen.insert((*to).clone()));
            next.extend(new.cloned());
        }
        seen
    };
    let all = arrows.keys().map(|from| (from, reached(from)));
    let all: BTreeMap<&String, BTreeSet<String>> = all.collect();
    let mut circles = BTreeSet::new();
    for (from, to) in &all {
        let back = to.iter().filter(|to| all[to].contains(*from));
        let circle: BTreeSet<String> = back.cloned().collect();
        if !circle.is_empty() {
            circles.insert(circle);
        }
    }
    let known = CIRCLES.iter();
    let known = known.map(|(files, _)| files.iter().map(|file| (*file).to_owned()).collect());
    let known: BTreeSet<BTreeSet<String>> = known.collect();
    assert_eq!(circles, known, "found, and known with a reason");
}
