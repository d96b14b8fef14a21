//! What lists show of a saved walk.
//!
//! A list of a thousand walks has to be there at once, and parsing each as TOML takes most of the
//! time. The program writes its files with each key on its own line, in a fixed order, so the
//! lines can be read directly; a file that has anything else in it is parsed.

use super::names::is_id;
use crate::history::{self, History};
use crate::moment::Moment;

/// What lists show of a saved walk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// The id of its guide.
    pub guide: String,
    /// The id of the case that it started with.
    pub case: String,
    /// The name of the walk that it follows up on.
    pub follows: Option<String>,
    /// When it reached its outcome.
    pub finished: Option<Moment>,
    /// The id of that outcome.
    pub outcome: Option<String>,
    /// How many answers it has.
    pub answers: usize,
    /// How many more were taken back, or wait until a changed answer is given again.
    pub more: usize,
    /// When something was last done on it.
    pub last: Moment,
}

impl Summary {
    /// The summary of a whole walk.
    pub(super) fn of(history: &History) -> Summary {
        let all = history
            .answers
            .iter()
            .chain(&history.retracted)
            .chain(&history.pending);
        let waiting = history.waiting.iter().map(|waiting| &waiting.since);
        let times = all.filter_map(|r| r.at.as_ref()).chain(waiting);
        let times = times.chain(&history.finished);
        let times = times.filter_map(|at| history::moment(at).ok());
        let finished = history.finished.as_ref();
        Summary {
            guide: history.guide.clone(),
            case: history.case.clone(),
            follows: history.follows.clone(),
            finished: finished.and_then(|at| history::moment(at).ok()),
            outcome: history.outcome.clone(),
            answers: history.answers.len(),
            more: history.retracted.len() + history.pending.len(),
            last: times.max().unwrap_or(Moment::EPOCH),
        }
    }

    /// The summary of a walk as the program writes it; nothing where the lines are any others.
    pub(super) fn of_lines(body: &str) -> Option<Summary> {
        let mut lines = Lines::of(body);
        let guide = lines.text("guide")?.to_owned();
        lines.text("edition");
        lines.text("title");
        let case = lines.text("case")?.to_owned();
        let follows = lines.text("follows").map(str::to_owned);
        if follows.as_deref().is_some_and(|name| !is_id(name)) {
            return None;
        }
        let finished = lines.time("finished").and_then(|at| at.parse().ok());
        let outcome = lines.text("outcome").map(str::to_owned);
        if lines.is("[waiting]") {
            lines.text("step")?;
            lines.time("since")?;
        }
        let answers = lines.records("[[answer]]")?;
        let more = lines.records("[[taken-back]]")? + lines.records("[[held]]")?;
        lines.is_at_end().then_some(Summary {
            guide,
            case,
            follows,
            finished,
            outcome,
            answers,
            more,
            last: lines.last.unwrap_or(Moment::EPOCH),
        })
    }
}

/// The lines of a walk that have not been read yet.
struct Lines<'t> {
    rest: &'t str,
    /// The latest time so far.
    last: Option<Moment>,
    /// How that was written.
    latest: &'t str,
}

impl<'t> Lines<'t> {
    fn of(body: &'t str) -> Lines<'t> {
        Lines {
            rest: body,
            last: None,
            latest: "",
        }
    }

    /// What follows this beginning on the next line, if that begins so. Empty lines are skipped.
    fn after(&mut self, beginning: &str) -> Option<&'t str> {
        let rest = self.rest.trim_start_matches('\n');
        let (line, rest) = rest.split_once('\n')?;
        let value = line.strip_prefix(beginning)?;
        self.rest = rest;
        Some(value)
    }

    fn is(&mut self, line: &str) -> bool {
        let before = self.rest;
        let is = self.after(line) == Some("");
        if !is {
            self.rest = before;
        }
        is
    }

    fn value(&mut self, key: &str) -> Option<&'t str> {
        let before = self.rest;
        let value = self.after(key).and_then(|value| value.strip_prefix(" = "));
        if value.is_none() {
            self.rest = before;
        }
        value
    }

    /// A text in quotation marks, if the next line has this key.
    fn text(&mut self, key: &str) -> Option<&'t str> {
        let before = self.rest;
        let text = self.value(key).and_then(plain);
        if text.is_none() {
            self.rest = before;
        }
        text
    }

    /// A time as it is written, if the next line has this key. The latest is kept.
    fn time(&mut self, key: &str) -> Option<&'t str> {
        let before = self.rest;
        let written = self.value(key)?;
        // Most times of a walk have the same offset: then the later one is also the greater text.
        if is_later_text(self.latest, written) == Some(false) {
            return Some(written);
        }
        let Ok(time) = written.parse() else {
            self.rest = before;
            return None;
        };
        if self.last.is_none_or(|last| time > last) {
            (self.last, self.latest) = (Some(time), written);
        }
        Some(written)
    }

    /// How many tables with this heading come next; nothing where one of them is not a record.
    fn records(&mut self, heading: &str) -> Option<usize> {
        let mut count = 0;
        while self.is(heading) {
            self.text("step")?;
            if self.text("choice").is_none() && self.value("choice").is_some_and(|v| !is_list(v)) {
                return None;
            }
            self.text("value");
            self.time("at");
            count += 1;
        }
        Some(count)
    }

    fn is_at_end(&self) -> bool {
        self.rest.trim_start_matches('\n').is_empty()
    }
}

/// The text of a TOML string that has no escapes.
fn plain(value: &str) -> Option<&str> {
    let text = value.strip_prefix('"')?.strip_suffix('"')?;
    let is_plain = |c: char| c != '"' && c != '\\' && !c.is_control();
    text.chars().all(is_plain).then_some(text)
}

/// Whether a value is a list of such texts.
fn is_list(value: &str) -> bool {
    let list = value.strip_prefix('[').and_then(|v| v.strip_suffix(']'));
    list.is_some_and(|list| list.is_empty() || list.split(", ").all(|v| plain(v).is_some()))
}

/// Whether a time is later than another one that is written in the same form, with the same offset;
/// nothing if it is not.
fn is_later_text(before: &str, time: &str) -> Option<bool> {
    /// `2026-11-22T14:03:11+08:00`
    const LENGTH: usize = 25;
    let offset = |time: &str| time.get(19..).map(str::to_owned);
    let same = before.len() == LENGTH && time.len() == LENGTH && offset(before) == offset(time);
    same.then(|| time > before)
}

#[cfg(test)]
mod tests {
    use super::Summary;
    use crate::embedded;
    use crate::history::{History, Waiting, datetime};
    use crate::moment::Moment;

    /// The walks of all scenarios, as they are saved.
    fn saved() -> Vec<String> {
        let guide = embedded::guide();
        let noon: Moment = "2026-11-22T12:00:00+08:00".parse().unwrap();
        let scenarios = embedded::SCENARIOS.iter();
        let text = |(_, text): &(&str, &str)| {
            let scenario = History::parse(text).unwrap();
            let mut walk = scenario.follow(&guide).unwrap();
            // The other answers of a scenario have no times.
            let last = walk.history().last().unwrap().answer.clone();
            walk.back();
            walk.answer(last, noon).unwrap();
            let mut history = History::of(&walk);
            history.finished = datetime(noon);
            history.outcome = Some("resolved".to_owned());
            history.waiting = Some(Waiting {
                step: "wait-short".to_owned(),
                since: "2026-11-22T06:30:00Z".parse().unwrap(),
            });
            toml::to_string(&history).unwrap()
        };
        scenarios.map(text).collect()
    }

    #[test]
    fn lines_and_the_whole_walk_have_the_same_summary() {
        let all = saved();
        let by_lines = all.iter().filter(|body| {
            let whole = Summary::of(&History::parse(body).unwrap());
            let lines = Summary::of_lines(body);
            assert!(lines.is_none() || lines == Some(whole), "{body}");
            lines.is_some()
        });
        // What was typed may need escapes; such walks are parsed.
        assert!(by_lines.count() * 10 > all.len() * 9);
    }

    #[test]
    fn other_lines_are_not_taken_for_a_walk() {
        let body = &saved()[0];
        assert!(Summary::of_lines(body).is_some());
        let answer = "\n[[answer]]\nstep = \"x\"\nchoice = \"y\"\n";
        for other in [
            String::new(),
            format!("{body}surprise = 1\n"),
            format!("surprise = 1\n{body}"),
            format!("guide = \"x\"\n{body}"),
            body.replacen("case = ", "case = 7 #", 1),
            body.replacen("guide = \"", "guide = \"\\u0041", 1),
            body.replacen("[[answer]]", "[[answers]]", 1),
            body.replacen("at = 2026", "at = 202X", 1),
            body.replacen("choice = \"", "choice = [\"", 1),
            format!("{body}{answer}{answer}x"),
            body.trim_end().to_owned(),
        ] {
            assert_ne!(&other, body);
            assert_eq!(Summary::of_lines(&other), None, "{other}");
        }
        let more = Summary::of_lines(&format!("{body}{answer}")).unwrap();
        assert_eq!(more.answers, Summary::of_lines(body).unwrap().answers + 1);
    }
}
