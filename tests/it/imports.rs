//! Imports go one way: the core knows neither terminals nor commands nor the disk, and no two files
//! of the guide import each other.

use crate::support::files_in;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What the core is made of, by the first part of a module's path.
const CORE: [&str; 14] = [
    "answer",
    "checklist",
    "doc",
    "embedded",
    "field",
    "follow_up",
    "guide",
    "history",
    "redact",
    "scenario",
    "text",
    "ticket",
    "walk",
    "words",
];
/// What it must not import.
const AROUND: [&str; 5] = ["cli", "command", "front", "report", "session"];

/// Each module of the crate, such as `guide::check::texts`, and the modules that it imports.
fn modules() -> BTreeMap<String, BTreeSet<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = files_in(&root).into_iter().map(|path| {
        let name = path.strip_prefix(&root).unwrap().with_extension("");
        let parts: Vec<&str> = name.iter().map(|part| part.to_str().unwrap()).collect();
        let name = parts.join("::");
        let name = name.strip_suffix("::mod").unwrap_or(&name).to_owned();
        (name, std::fs::read_to_string(path).unwrap_or_default())
    });
    let files: BTreeMap<String, String> = files.collect();
    let imported = |name: &String, text: &String| {
        let text = text.split("#[cfg(test)]").next().unwrap();
        let lines = text.split('\n').map(|line| line.trim_start_matches("pub "));
        let code = lines.collect::<Vec<_>>().join("\n");
        let uses = code.split("\nuse ").skip(1);
        let uses = uses.map(|rest| rest.split(';').next().unwrap().split_whitespace().collect());
        let paths = uses.flat_map(|path: String| one_by_one(&path));
        let paths = paths.map(|path| from_root(&path, name));
        let modules = paths.filter_map(|path| module_of(&path, &files));
        modules.filter(|module| module != name).collect()
    };
    let imports = files
        .iter()
        .map(|(name, text)| (name.clone(), imported(name, text)));
    imports.collect()
}

/// The paths of a `use` with braces.
fn one_by_one(path: &str) -> Vec<String> {
    let Some((head, rest)) = path.split_once('{') else {
        return vec![path.to_owned()];
    };
    let inner = rest.strip_suffix('}').unwrap();
    let (mut parts, mut depth) = (vec![String::new()], 0);
    for c in inner.chars() {
        match c {
            ',' if depth == 0 => parts.push(String::new()),
            c => {
                depth += i32::from(c == '{') - i32::from(c == '}');
                parts.last_mut().unwrap().push(c);
            }
        }
    }
    let parts = parts.iter().filter(|part| !part.is_empty());
    parts
        .flat_map(|part| one_by_one(&format!("{head}{part}")))
        .collect()
}

/// A path in a module as one from the root of the crate. What is of another crate seems to be in the
/// module itself.
fn from_root(path: &str, module: &str) -> String {
    if let Some(path) = path.strip_prefix("crate::") {
        path.to_owned()
    } else if let Some(path) = path.strip_prefix("super::") {
        let parent = module.rsplit_once("::").map_or("", |(parent, _)| parent);
        from_root(path, parent)
    } else {
        let path = path.trim_start_matches("self::");
        format!("{module}::{path}")
            .trim_start_matches("::")
            .to_owned()
    }
}

/// The innermost module on a path.
fn module_of(path: &str, files: &BTreeMap<String, String>) -> Option<String> {
    let mut path = path;
    loop {
        if files.contains_key(path) {
            return Some(path.to_owned());
        }
        path = path.rsplit_once("::")?.0;
    }
}

#[test]
fn the_core_imports_nothing_that_is_built_around_it() {
    let modules = modules();
    let first = |module: &str| module.split("::").next().unwrap().to_owned();
    for (module, imports) in modules.iter().filter(|(m, _)| CORE.contains(&&*first(m))) {
        let around = imports.iter().find(|i| AROUND.contains(&&*first(i)));
        assert_eq!(around, None, "imported by {module}");
    }
    // The test reads something: each name is that of a module, and imports are found.
    for name in CORE.iter().chain(&AROUND) {
        assert!(
            modules.keys().any(|module| first(module) == *name),
            "{name}"
        );
    }
    assert!(modules["walk"].contains("guide::cursor"), "{modules:?}");
}

#[test]
fn no_file_of_the_guide_imports_one_that_imports_it() {
    let modules = modules();
    for module in modules.keys().filter(|module| module.starts_with("guide")) {
        let (mut open, mut met) = (vec![module], BTreeSet::new());
        while let Some(next) = open.pop() {
            for import in &modules[next] {
                assert_ne!(import, module, "through {next}");
                if met.insert(import) {
                    open.push(import);
                }
            }
        }
    }
    let texts = &modules["guide::check::texts"];
    assert!(
        texts.contains("guide::check::reader") && texts.contains("text"),
        "{texts:?}"
    );
}
