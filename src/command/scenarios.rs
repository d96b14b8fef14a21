//! `guide test`: walks scenarios, then reports what of a guide they visit.

use super::files;
use crate::cli::{Format, Options};
use crate::doc::json;
use crate::embedded;
use crate::error::{Error, FileFault, Result};
use crate::guide::Guide;
use crate::report;
use crate::scenario::{self, Count, Coverage};
use crate::words::Words;
use serde::Serialize;
use std::fs;
use std::path::PathBuf;

/// The most bytes of a scenario file.
const MAX_BYTES: u64 = 1 << 20;

/// What came of the scenarios.
#[derive(Serialize)]
struct Report {
    scenarios: usize,
    failed: usize,
    steps: Count,
    answers: Count,
    failures: Vec<Failed>,
    unvisited: Vec<String>,
}

/// A scenario that went another way than it expects.
#[derive(Serialize)]
struct Failed {
    file: String,
    problems: Vec<String>,
}

/// Runs scenarios and prints the report. Fails if one of them does, or if there is none.
pub fn run(files: &[PathBuf], options: &Options, words: &'static Words) -> Result<()> {
    let texts = &words.scenarios;
    let guide_given = options.guide.is_some();
    let guide = match &options.guide {
        Some(path) => files::load(path, options.budget())?,
        None => embedded::guide(),
    };
    let scenarios = match files {
        [] if guide_given => {
            return Err(Error::usage(texts.name_them));
        }
        [] => embedded::SCENARIOS
            .iter()
            .map(|(n, t)| ((*n).to_owned(), Ok((*t).to_owned())))
            .collect(),
        files => read_all(files, words)?,
    };
    let report = test(&guide, scenarios, words);
    let failed = report.failed;
    report::result(&match options.format {
        Some(Format::Json) => json(&report),
        _ => in_words(&report, words),
    })?;
    match (report.scenarios, failed) {
        (0, _) => Err(Error::failed(texts.none)),
        (_, 0) => Ok(()),
        (all, failed) => Err(Error::failed(texts.failed(failed, all))),
    }
}

/// A scenario's name, and its text or why it cannot be read.
type Scenario = (String, Result<String, String>);

fn test(guide: &Guide, scenarios: Vec<Scenario>, words: &'static Words) -> Report {
    let mut coverage = Coverage::default();
    let count = scenarios.len();
    let mut failures = Vec::new();
    for (file, text) in scenarios {
        let outcome = text
            .map_err(|problem| vec![problem])
            .and_then(|text| scenario::run(guide, &text, &mut coverage, words));
        if let Err(problems) = outcome {
            failures.push(Failed { file, problems });
        }
    }
    Report {
        scenarios: count,
        failed: failures.len(),
        steps: coverage.steps(guide),
        answers: coverage.answers(guide),
        failures,
        unvisited: coverage.unvisited(guide),
    }
}

fn in_words(report: &Report, words: &'static Words) -> String {
    let texts = &words.scenarios;
    let mut lines = Vec::new();
    for failed in &report.failures {
        for problem in &failed.problems {
            let problem = format!("{}{}{problem}", failed.file, words.colon);
            lines.extend(problem.lines().map(str::to_owned));
        }
    }
    if !report.unvisited.is_empty() {
        lines.push(texts.unvisited.to_owned());
        lines.extend(report.unvisited.iter().map(|answer| format!("  {answer}")));
    }
    let (steps, answers) = (report.steps, report.answers);
    lines.push(texts.summary(
        report.scenarios,
        report.failed,
        steps.covered,
        steps.total,
        answers.covered,
        answers.total,
    ));
    lines.push(String::new());
    lines
        .iter()
        .map(|line| crate::text::tame(line))
        .collect::<Vec<_>>()
        .join("\n")
}

fn read_all(paths: &[PathBuf], words: &'static Words) -> Result<Vec<Scenario>> {
    let mut scenarios = Vec::new();
    for path in paths {
        let mut files = vec![path.clone()];
        if path.is_dir() {
            let entries = fs::read_dir(path)
                .and_then(|list| {
                    list.map(|e| e.map(|e| e.path()))
                        .collect::<Result<Vec<_>, _>>()
                })
                .map_err(|error| Error::from(FileFault::System(error)).at(path))?;
            files = entries;
            files.retain(|f| f.extension().is_some_and(|e| e == "toml"));
            files.sort();
        }
        for file in files {
            let text = files::read_text(&file, MAX_BYTES);
            let text = text.map_err(|fault| words.scenarios.unread(words.fault(&fault)));
            scenarios.push((file.display().to_string(), text));
        }
    }
    Ok(scenarios)
}
