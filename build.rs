//! Checks the guide that ships and the program's own texts and packs them, so that what is broken
//! does not build and a start does not have to parse and prove it again.

use std::{env, error::Error, fmt::Write, fs, path::Path};

// What the program alone uses is unused here.
#[allow(dead_code, unused_imports)]
#[path = "src/guide/mod.rs"]
mod guide;
#[allow(dead_code)]
#[path = "src/text.rs"]
mod text;
#[path = "src/words"]
mod words {
    pub mod check;
    #[allow(dead_code)]
    pub mod shape;
}

const GUIDE: &str = "guides/okx-verification.toml";
const SCENARIOS: &str = "guides/okx-verification";
/// Those of people who wrote in public what happened to them.
const REPORTS: &str = "guides/okx-verification/real";
const WORDS: &str = "src/words";
/// The language for those who speak none of the program's.
const FIRST: &str = "en";

fn main() -> Result<(), Box<dyn Error>> {
    for input in [GUIDE, SCENARIOS, WORDS, "src/guide", "src/text.rs"] {
        println!("cargo::rerun-if-changed={input}");
    }
    embed_scenarios()?;
    let bytes = fs::read(GUIDE).map_err(|e| format!("{GUIDE}: {e}"))?;
    embed_words(&bytes)?;
    match guide::Guide::load(GUIDE, &bytes) {
        Ok(guide) => {
            let packed = postcard::to_stdvec::<guide::Parts>(&guide)?;
            fs::write(Path::new(&env::var("OUT_DIR")?).join("guide.bin"), packed)?;
            embed_pages(&guide)?;
        }
        Err(refused) => {
            for line in refused.to_string().lines() {
                println!("cargo::error={line}");
            }
        }
    }
    Ok(())
}

/// Writes what the page of each case needs of the guide, and a list of these.
fn embed_pages(guide: &guide::Guide) -> Result<(), Box<dyn Error>> {
    let out = env::var("OUT_DIR")?;
    let mut list = String::from("&[");
    for (id, case) in guide.cases.with_ids() {
        let path = Path::new(&out).join(format!("page-{}.bin", case.id));
        fs::write(&path, postcard::to_stdvec(&guide.excerpt(id))?)?;
        let path = path.to_str().ok_or("the path of the build is not UTF-8")?;
        writeln!(list, "({:?}, include_bytes!({path:?})),", case.id)?;
    }
    list.push(']');
    fs::write(Path::new(&out).join("pages.rs"), list)?;
    Ok(())
}

/// Writes the texts of each language that has a file; the guide's glossary holds for them too.
fn embed_words(guide: &[u8]) -> Result<(), Box<dyn Error>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(WORDS).map_err(|e| format!("{WORDS}: {e}"))? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str());
        if let Some(tag) = name.and_then(|name| name.strip_suffix(".toml")) {
            files.push((tag.to_owned(), fs::read_to_string(&path)?));
        }
    }
    files.sort_by_key(|(tag, _)| (tag != FIRST, tag.clone()));
    let glossary = words::check::glossary(&String::from_utf8_lossy(guide));
    match words::check::rust(&files, &glossary) {
        Ok(code) => fs::write(Path::new(&env::var("OUT_DIR")?).join("words.rs"), code)?,
        Err(findings) => {
            for finding in findings {
                println!("cargo::error={finding}");
            }
        }
    }
    Ok(())
}

/// Writes a list of all scenario files, so that a new one needs no line of code.
fn embed_scenarios() -> Result<(), Box<dyn Error>> {
    let mut names = Vec::new();
    for folder in [SCENARIOS, REPORTS] {
        for entry in fs::read_dir(folder).map_err(|e| format!("{folder}: {e}"))? {
            let path = entry?.path();
            if path
                .extension()
                .is_some_and(|extension| extension == "toml")
            {
                let name = path.file_name().and_then(|name| name.to_str());
                let name = name.ok_or("a scenario's name is not UTF-8")?;
                names.push(format!("{folder}/{name}"));
            }
        }
    }
    names.sort();
    let root = env::var("CARGO_MANIFEST_DIR")?;
    let list: Vec<String> = names
        .iter()
        .map(|name| format!("({name:?}, include_str!({:?}))", format!("{root}/{name}")))
        .collect();
    let code = format!("&[{}]", list.join(",\n"));
    fs::write(Path::new(&env::var("OUT_DIR")?).join("scenarios.rs"), code)?;
    Ok(())
}
