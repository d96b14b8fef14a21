//! `guide test`: walks scenarios, then reports what of a guide they visit.

use super::files;
use crate::cli::ReportFormat;
use crate::doc::json;
use crate::embedded;
use crate::guide::Guide;
use crate::report::{self, Failure};
use crate::scenario::{self, Count, Coverage};
use anyhow::Result;
use serde::Serialize;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

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
pub fn run(files: &[PathBuf], guide: Option<&Path>, format: ReportFormat) -> Result<()> {
    let guide_given = guide.is_some();
    let guide = match guide {
        Some(path) => files::load(path)?,
        None => embedded::guide(),
    };
    let scenarios = match files {
        [] if guide_given => {
            return Err(Failure::usage(
                "name the scenarios of this guide: files, or a folder",
            ));
        }
        [] => embedded::SCENARIOS
            .iter()
            .map(|(n, t)| ((*n).to_owned(), Ok((*t).to_owned())))
            .collect(),
        files => read_all(files)?,
    };
    let report = test(&guide, scenarios);
    let failed = report.failed;
    report::result(&match format {
        ReportFormat::Json => json(&report),
        ReportFormat::Text => in_words(&report),
    })?;
    match (report.scenarios, failed) {
        (0, _) => Err(Failure::failed(
            "there is no scenario; a folder holds them as *.toml",
        )),
        (_, 0) => Ok(()),
        (all, failed) => Err(Failure::failed(format!(
            "{failed} of {all} scenarios failed"
        ))),
    }
}

/// A scenario's name, and its text or why it cannot be read.
type Scenario = (String, Result<String, String>);

fn test(guide: &Guide, scenarios: Vec<Scenario>) -> Report {
    let mut coverage = Coverage::default();
    let count = scenarios.len();
    let mut failures = Vec::new();
    for (file, text) in scenarios {
        let outcome = text
            .map_err(|problem| vec![problem])
            .and_then(|text| scenario::run(guide, &text, &mut coverage));
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

fn in_words(report: &Report) -> String {
    let mut lines = Vec::new();
    for failed in &report.failures {
        lines.extend(
            failed
                .problems
                .iter()
                .map(|p| format!("{}: {p}", failed.file)),
        );
    }
    if !report.unvisited.is_empty() {
        lines.push("no scenario visits:".to_owned());
        lines.extend(report.unvisited.iter().map(|answer| format!("  {answer}")));
    }
    let (steps, answers) = (report.steps, report.answers);
    lines.push(format!(
        "{} scenarios, {} failed; steps {} of {}, answers {} of {}",
        report.scenarios, report.failed, steps.covered, steps.total, answers.covered, answers.total
    ));
    lines.push(String::new());
    lines
        .iter()
        .map(|line| crate::text::tame(line))
        .collect::<Vec<_>>()
        .join("\n")
}

fn read_all(paths: &[PathBuf]) -> Result<Vec<Scenario>> {
    let mut scenarios = Vec::new();
    for path in paths {
        let mut files = vec![path.clone()];
        if path.is_dir() {
            let entries = fs::read_dir(path)
                .and_then(|list| {
                    list.map(|e| e.map(|e| e.path()))
                        .collect::<Result<Vec<_>, _>>()
                })
                .map_err(|e| Failure::failed(format!("{}: {e}", path.display())))?;
            files = entries;
            files.retain(|f| f.extension().is_some_and(|e| e == "toml"));
            files.sort();
        }
        for file in files {
            let text = read(&file).map_err(|e| format!("cannot read this scenario: {e}"));
            scenarios.push((file.display().to_string(), text));
        }
    }
    Ok(scenarios)
}

fn read(path: &Path) -> std::io::Result<String> {
    let mut text = String::new();
    let mut file = fs::File::open(path)?.take(MAX_BYTES + 1);
    if file.read_to_string(&mut text)? as u64 > MAX_BYTES {
        return Err(std::io::Error::other("it has more than 1 MiB"));
    }
    Ok(text)
}
