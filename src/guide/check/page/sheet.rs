//! Whether the page of a case fits one sheet.
//!
//! The words of the program are not known here, so they count as what they take at most; a page is
//! never longer than what is counted.

use crate::guide::finding::{Code, Findings};
use crate::guide::ids::{CaseId, OutcomeId, StepId};
use crate::guide::language::Text;
use crate::guide::outline::{Lead, Looked, Outline, Shown};
use crate::guide::parts::Parts;
use crate::guide::step::{Kind, Step};
use crate::text::{fold, width};
use std::ops::Range;

/// The most answers that have a line on a page; one more line is for whoever finds none.
pub const MAX_LINES: usize = 11;
/// The most lines of a page.
const MAX_HEIGHT: usize = 60;
/// The columns of a page.
const COLUMNS: usize = 80;
/// The columns that a lead, such as a box and its indent, and words in front of a text take at most.
const LEAD: usize = 7;
/// The columns that the program's words before an end take at most.
const ENDS: usize = 12;
/// The lines that the program says below all parts, at most: an empty line, the command for the
/// ticket, sources, the edition; and above them, whose guide it is.
const FRAME: usize = 8;

/// The page of a case, to be measured.
pub struct Sizes<'g> {
    parts: &'g Parts,
    case: CaseId,
    page: &'g Outline,
}

impl<'g> Sizes<'g> {
    pub fn new(parts: &'g Parts, case: CaseId, page: &'g Outline) -> Sizes<'g> {
        Sizes { parts, case, page }
    }

    /// Notes each text that the page lacks or that is too long for it, and a page that is too long.
    pub fn check(&self, at: &Range<usize>, findings: &Findings) {
        let case = &self.parts.cases[self.case].id;
        for looked in &self.page.look {
            let step = self.parts.at(looked.step);
            if step.brief.is_none() && !matches!(step.kind, Kind::Fill(_)) {
                let message = format!(
                    "the page of `{case}` shows `{}`, which has no `brief`",
                    step.id
                );
                findings.add(
                    Code::MissingKey,
                    at.clone(),
                    message,
                    "add brief = \"…\" to the step",
                );
            }
        }
        for lead in self.leads() {
            if let Lead::Outcome(outcome) = lead {
                let outcome = &self.parts.outcomes[*outcome];
                if outcome.brief.is_none() && outcome.title.is_none() {
                    let message = format!(
                        "the page of `{case}` leads to `{}`, which has no `brief`",
                        outcome.id
                    );
                    findings.add(
                        Code::MissingKey,
                        at.clone(),
                        message,
                        "add brief = \"…\" to the outcome",
                    );
                }
            }
        }
        let tallest = (0..self.parts.languages.len())
            .map(|n| self.height(n))
            .enumerate();
        let tallest = tallest.max_by_key(|(_, height)| *height);
        let Some((n, height)) = tallest.filter(|(_, height)| *height > MAX_HEIGHT) else {
            return;
        };
        findings.add(
            Code::TooLong,
            at.clone(),
            format!(
                "the page of `{case}` takes {height} lines in `{}`, at most {MAX_HEIGHT} fit",
                self.parts.languages[n]
            ),
            format!("write it shorter: {}", self.tally(n)),
        );
    }

    /// Whether it fits one sheet in each language.
    pub fn fit(&self) -> bool {
        (0..self.parts.languages.len()).all(|n| self.height(n) <= MAX_HEIGHT)
    }

    fn leads(&self) -> impl Iterator<Item = &Lead> {
        let of_lines = self.page.rows.iter().flat_map(|line| &line.leads);
        of_lines.chain(&self.page.ends)
    }

    fn height(&self, lang: usize) -> usize {
        self.frame()
            + self
                .parts(lang)
                .iter()
                .map(|(_, lines)| lines)
                .sum::<usize>()
    }

    /// The lines of the program's own words, with an empty line and a heading for each part.
    fn frame(&self) -> usize {
        let page = self.page;
        let parts = [
            !page.look.is_empty(),
            !page.rows.is_empty(),
            !(page.then.is_empty() && page.ends.is_empty()),
            !page.stops.is_empty(),
            page.support,
        ];
        FRAME + 2 * parts.iter().filter(|is_there| **is_there).count()
    }

    /// What takes how many lines, for the author.
    fn tally(&self, lang: usize) -> String {
        let parts = self.parts(lang);
        let parts = parts.iter().map(|(what, lines)| format!("{what} {lines}"));
        let parts: Vec<String> = parts.collect();
        format!(
            "{}, the program's own words {}",
            parts.join(", "),
            self.frame()
        )
    }

    fn parts(&self, lang: usize) -> [(&'static str, usize); 6] {
        let page = self.page;
        let (guide, case) = (self.parts, &self.parts.cases[self.case]);
        let text = |text: &Text| text.all().nth(lang).unwrap_or_default().to_owned();
        let tall = |line: &str, lead: usize| fold(line, COLUMNS - lead).len();
        let title = format!("{}: {}", text(&guide.title), text(&case.label));
        let notice = guide.notice.as_ref().map_or(0, |n| tall(&text(n), 0));
        let boxes = |boxes: &[Shown]| -> usize {
            boxes.iter().map(|shown| self.box_height(shown, lang)).sum()
        };
        let leads = |leads: &[Lead]| -> usize {
            let ends = leads.iter().map(|lead| match lead {
                Lead::Outcome(outcome) => tall(&self.end(*outcome, lang), LEAD + ENDS),
                Lead::Then | Lead::Case(_) | Lead::Support => 1,
            });
            ends.sum()
        };
        let lines = page
            .rows
            .iter()
            .map(|line| 1 + boxes(&line.boxes) + leads(&line.leads));
        let look = page
            .look
            .iter()
            .map(|looked| self.look_height(looked, lang));
        let stops = page
            .stops
            .iter()
            .map(|stop| tall(&text(&guide.stops[*stop]), LEAD));
        let way = guide.way(self.case).into_iter().filter(|_| page.support);
        let way: usize = way.map(|way| tall(&text(way), LEAD)).sum();
        [
            ("title and notice", tall(&title, 0) + notice),
            ("look", look.sum()),
            ("lines", lines.sum::<usize>() + 1),
            ("below them", boxes(&page.then) + leads(&page.ends)),
            ("stop", stops.sum()),
            ("support", way + self.blanks(&page.fields, lang)),
        ]
    }

    fn box_height(&self, shown: &Shown, lang: usize) -> usize {
        let only = shown.only.map_or(0, |(step, set)| {
            let chosen = self.parts.at(step).chosen(set);
            let briefs = chosen.filter_map(|choice| choice.brief.as_ref()?.all().nth(lang));
            briefs.map(|brief| width(brief) + 2).sum()
        });
        let text = says(self.parts.at(shown.step), lang);
        fold(&format!("{}{text}", "x".repeat(only)), COLUMNS - LEAD).len()
    }

    /// Ticks stand side by side as far as they fit.
    fn look_height(&self, looked: &Looked, lang: usize) -> usize {
        let of = self.parts.at(looked.step);
        let text = match of.kind {
            Kind::Fill(_) => of.name(),
            _ => &of.text,
        };
        let own = of.brief.as_ref().unwrap_or(text).all().nth(lang);
        let own = fold(own.unwrap_or_default(), COLUMNS - LEAD).len();
        let text = |text: &Text| text.all().nth(lang).unwrap_or_default().to_owned();
        let ticks = looked.ticks.iter().map(|tick| {
            let choice = &of.choices[tick.choice];
            let label = choice.brief.as_ref().or(choice.label.own());
            let boxes = tick
                .boxes
                .iter()
                .map(|shown| says(self.parts.at(shown.step), lang));
            let leads = tick.leads.iter().map(|lead| match lead {
                Lead::Outcome(outcome) => self.end(*outcome, lang),
                // The command for another page.
                Lead::Then | Lead::Case(_) | Lead::Support => "x".repeat(COLUMNS / 2),
            });
            let more: Vec<String> = boxes.chain(leads).collect();
            (
                format!("{} {}", label.map(text).unwrap_or_default(), more.join(" ")),
                4 + more.len() * ENDS,
            )
        });
        own + packed(ticks)
    }

    /// What a page says of an end.
    fn end(&self, outcome: OutcomeId, lang: usize) -> String {
        let outcome = &self.parts.outcomes[outcome];
        let text = outcome.brief.as_ref().or(outcome.title.as_ref());
        let text = text.unwrap_or(&outcome.say).all().nth(lang);
        text.unwrap_or_default().to_owned()
    }

    fn blanks(&self, fields: &[StepId], lang: usize) -> usize {
        let fields = fields.iter().map(|step| {
            let step = self.parts.at(*step);
            (says(step, lang), step.blank() + 2)
        });
        packed(fields)
    }
}

/// How many lines these take side by side, each with so many columns more.
fn packed(entries: impl Iterator<Item = (String, usize)>) -> usize {
    let (mut lines, mut used) = (0, usize::MAX);
    for (text, more) in entries {
        let wide = width(&text) + more + 2;
        if wide > COLUMNS - LEAD {
            lines += fold(&text, COLUMNS - LEAD - more).len();
            used = usize::MAX;
        } else if used.saturating_add(wide) > COLUMNS - LEAD {
            lines += 1;
            used = wide;
        } else {
            used += wide;
        }
    }
    lines
}

/// What a page says of a step.
fn says(step: &Step, lang: usize) -> String {
    let text = step.brief.as_ref().unwrap_or_else(|| step.name());
    text.all().nth(lang).unwrap_or_default().to_owned()
}
