//! What somebody may mean by a sentence, such as the words on a screen: the answers and cases whose
//! words it holds (see [`Phrase`]). They are offered to choose from, and never taken by themselves.
//!
//! A front end that reads a sentence where a choice was asked for hands it on as it was typed; the
//! wizard masks it, and asks [`in_step`] which of the answers to offer; where a case is still to be
//! chosen, [`in_guide`]. The sentence is stored nowhere, and no part of it comes into a ticket.

use crate::guide::cursor::Cursor;
use crate::guide::phrase::{Held, Phrase, Sentence};
use crate::guide::{CaseId, Elsewhere, Guide, Kind, Node, Step, StepId};
use crate::redact::Clean;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

/// The most answers that are offered.
pub const MOST: usize = 3;

/// Something to offer: a case, or an answer to its first question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// The case.
    pub case: CaseId,
    /// Its first question, and the place of the answer.
    pub answer: Option<(StepId, usize)>,
}

/// What a sentence may mean in a guide.
#[derive(Debug, Clone, PartialEq)]
pub struct Meant<'g> {
    /// What it says that the guide is not about.
    pub elsewhere: Option<&'g Elsewhere>,
    /// What to offer, the best first; at most [`MOST`].
    pub candidates: Vec<Candidate>,
}

impl Meant<'_> {
    /// Whether the guide has none of its words.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.elsewhere.is_none() && self.candidates.is_empty()
    }
}

/// What a sentence may mean at the start of a guide; of this case, if one is named.
///
/// The answers are those to the first question of each case. A question that several cases begin
/// with does not tell them apart, so its answers count only where the case is named.
#[must_use]
pub fn in_guide<'g>(guide: &'g Guide, case: Option<CaseId>, said: &Clean) -> Meant<'g> {
    let cases: Vec<CaseId> = guide.cases.ids().collect();
    let cases = cases
        .into_iter()
        .filter(|c| case.is_none_or(|case| case == *c));
    let firsts: Vec<(CaseId, Option<StepId>)> = cases.map(|c| (c, first(guide, c))).collect();
    let mut begun: HashMap<StepId, usize> = HashMap::new();
    for step in firsts.iter().filter_map(|(_, step)| *step) {
        *begun.entry(step).or_default() += 1;
    }
    let mut on_offer: Vec<(What<'g>, &[Phrase])> = Vec::new();
    for (case, step) in firsts {
        let candidate = |answer| What::Candidate(Candidate { case, answer });
        let tells = step.filter(|step| begun[step] == 1);
        if let Some(step) = tells {
            let choices = guide.at(step).choices.iter().enumerate();
            on_offer.extend(choices.map(|(n, c)| (candidate(Some((step, n))), c.words.as_slice())));
        }
        on_offer.push((candidate(None), &guide.cases[case].words));
    }
    let elsewhere = guide.elsewhere.iter();
    on_offer.extend(elsewhere.map(|else_| (What::Elsewhere(else_), else_.words.as_slice())));

    // An answer says more than its case, and what is said of that speaks for the answer, too.
    let found = best(said, on_offer);
    let of_cases: HashMap<CaseId, usize> = found
        .iter()
        .filter_map(|(what, columns)| Some((what.case(false)?, *columns)))
        .collect();
    let answered: HashSet<CaseId> = found
        .iter()
        .filter_map(|(what, _)| what.case(true))
        .collect();
    let raised = found.into_iter().filter_map(|(what, columns)| {
        let case = what.case(true).and_then(|case| of_cases.get(&case));
        let columns = columns.max(case.copied().unwrap_or(0));
        let answered = what
            .case(false)
            .is_some_and(|case| answered.contains(&case));
        (!answered).then_some((what, columns))
    });
    let mut found: Vec<(What<'g>, usize)> = raised.collect();
    found.sort_by_key(|(_, columns)| Reverse(*columns));
    let mut meant = Meant {
        elsewhere: None,
        candidates: Vec::new(),
    };
    for (what, _) in found {
        match what {
            What::Elsewhere(other) => meant.elsewhere = meant.elsewhere.or(Some(other)),
            What::Candidate(candidate) => meant.candidates.push(candidate),
        }
    }
    meant.candidates.truncate(MOST);
    meant
}

/// The places of a step's answers whose words a sentence holds, the best first; at most [`MOST`].
#[must_use]
pub fn in_step(step: &Step, said: &Clean) -> Vec<usize> {
    let choices = step.choices.iter().enumerate();
    let found = best(
        said,
        choices.map(|(n, choice)| (n, choice.words.as_slice())),
    );
    found.into_iter().map(|(n, _)| n).take(MOST).collect()
}

/// What words may stand for.
#[derive(Clone, Copy)]
enum What<'g> {
    Candidate(Candidate),
    Elsewhere(&'g Elsewhere),
}

impl What<'_> {
    /// The case, where an answer to its question is offered, or where none is.
    fn case(&self, answered: bool) -> Option<CaseId> {
        match self {
            What::Candidate(candidate) if candidate.answer.is_some() == answered => {
                Some(candidate.case)
            }
            _ => None,
        }
    }
}

/// The question that a case begins with, if it begins with one.
fn first(guide: &Guide, case: CaseId) -> Option<StepId> {
    let asks = |step: &StepId| matches!(guide.at(*step).kind, Kind::Ask | Kind::AskSeveral);
    match Cursor::start(guide, case).advance(guide) {
        Node::Step(step) => Some(step).filter(asks),
        Node::Outcome(_) => None,
    }
}

/// Those things whose words a sentence holds, each with the columns of the longest; that with the
/// longest first, else in their order. Words that are only a part of longer ones do not count.
fn best<'p, T: Copy>(
    said: &Clean,
    on_offer: impl IntoIterator<Item = (T, &'p [Phrase])>,
) -> Vec<(T, usize)> {
    let said = Sentence::new(said);
    let held = on_offer.into_iter().map(|(what, words)| {
        let held = words.iter().filter_map(|phrase| phrase.find(&said));
        (what, held.collect::<Vec<Held>>())
    });
    let held: Vec<(T, Vec<Held>)> = held.collect();
    let all: HashSet<&Held> = held.iter().flat_map(|(_, held)| held).collect();
    let counts = |one: &&Held| !all.iter().any(|other| one.is_part_of(other));
    let columns = held.iter().filter_map(|(what, held)| {
        let longest = held.iter().filter(counts).map(|held| held.columns).max();
        longest.map(|columns| (*what, columns))
    });
    let mut found: Vec<(T, usize)> = columns.collect();
    found.sort_by_key(|(_, columns)| Reverse(*columns));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::Raw;

    const GUIDE: &str = r#"
        guide = { id = "kettle", title = { zh = "壶", en = "Kettle" }, languages = ["zh", "en"] }
        outcome.end.say = { zh = "完", en = "End" }
        step.why.ask = { zh = "怎么了？", en = "What is wrong?" }
        step.why.answers = [
            { id = "cold", label = { zh = "凉", en = "Cold" }, words = { en = ["stays cold", "does not heat"], zh = "不热" } },
            { id = "leaks", label = { zh = "漏", en = "Leaks" }, words = { en = ["leak"] } },
            { id = "slow", label = { zh = "慢", en = "Slow" }, words = ["E42"] },
            { id = "other", label = { zh = "其他", en = "Other" } },
        ]
        step.noise.ask = { zh = "什么声音？", en = "Which noise?" }
        step.noise.answers = [{ id = "hum", label = { zh = "嗡", en = "Hum" }, words = ["hums", "stays cold and hums"] }]
        step.old.ask = { zh = "旧？", en = "Old?" }
        step.old.answers = [{ id = "yes", label = { zh = "是", en = "Yes" }, words = ["old"] }]
        step.read.note = { zh = "读", en = "Read" }
        case = [
            { id = "broken", label = { zh = "坏", en = "Broken" }, words = { en = ["broken kettle"] }, steps = ["why"], end = "end" },
            { id = "loud", label = { zh = "响", en = "Loud" }, words = { en = ["loud"] }, steps = ["noise"], end = "end" },
            { id = "one", label = { zh = "一", en = "One" }, steps = ["old", "why"], end = "end" },
            { id = "two", label = { zh = "二", en = "Two" }, words = ["loud"], steps = ["old", "noise"], end = "end" },
            { id = "noted", label = { zh = "读", en = "Noted" }, words = ["loud"], steps = ["read", "noise"], end = "end" },
        ]
        elsewhere = [{ words = ["coffee", "old coffee"], say = { zh = "咖啡", en = "This is about tea." } }]
    "#;

    fn guide() -> Guide {
        Guide::load("kettle.toml", GUIDE.as_bytes()).unwrap_or_else(|refused| panic!("{refused}"))
    }

    /// What is found, by ids.
    fn found(case: Option<&str>, said: &str) -> Vec<String> {
        let guide = guide();
        let case = case.map(|case| guide.case(case).unwrap());
        let meant = in_guide(&guide, case, &Raw::new(said).masked().text);
        let candidates = meant.candidates.iter().map(|candidate| {
            let case = &guide.cases[candidate.case].id;
            let answer = candidate
                .answer
                .map(|(step, n)| &guide.at(step).choices[n].id);
            answer.map_or(case.clone(), |answer| format!("{case}:{answer}"))
        });
        let elsewhere = meant.elsewhere.map(|_| "elsewhere".to_owned());
        elsewhere.into_iter().chain(candidates).collect()
    }

    #[test]
    fn cases_and_answers_to_their_first_questions_are_found() {
        assert_eq!(found(None, "It stays cold"), ["broken:cold"]);
        assert_eq!(found(None, "水一直不热"), ["broken:cold"]);
        assert_eq!(found(None, "what is E42"), ["broken:slow"]);
        assert_eq!(found(None, "so loud!"), ["loud", "two", "noted"]);
        assert_eq!(found(None, "anything else"), [""; 0]);
        assert_eq!(found(None, ""), [""; 0]);
    }

    #[test]
    fn the_longest_words_come_first_and_hide_those_within_them() {
        assert_eq!(
            found(None, "a leak, and it does not heat"),
            ["broken:cold", "broken:leaks"]
        );
        assert_eq!(
            found(None, "it hums, stays cold"),
            ["broken:cold", "loud:hum"]
        );
        assert_eq!(found(None, "it stays cold and hums"), ["loud:hum"]);
        assert_eq!(found(None, "no leak, but E42"), ["broken:slow"]);
    }

    #[test]
    fn three_are_offered_at_most() {
        assert_eq!(
            found(None, "hums, does not heat, leak, E42"),
            ["broken:cold", "broken:leaks", "loud:hum"]
        );
    }

    #[test]
    fn what_is_said_of_a_case_speaks_for_its_answers() {
        assert_eq!(found(None, "broken kettle"), ["broken"]);
        assert_eq!(
            found(None, "broken kettle: E42, hums"),
            ["broken:slow", "loud:hum"]
        );
        assert_eq!(found(None, "E42, hums"), ["loud:hum", "broken:slow"]);
    }

    #[test]
    fn a_question_that_several_cases_begin_with_counts_where_the_case_is_named() {
        assert_eq!(found(None, "an old one"), [""; 0]);
        assert_eq!(found(Some("two"), "an old one"), ["two:yes"]);
        assert_eq!(found(Some("two"), "it hums"), [""; 0]);
    }

    #[test]
    fn what_the_guide_is_not_about_is_named_beside_what_it_is_about() {
        assert_eq!(found(None, "the coffee is weak"), ["elsewhere"]);
        assert_eq!(
            found(None, "old coffee, loud"),
            ["elsewhere", "loud", "two", "noted"]
        );
        assert_eq!(found(None, "this is not coffee"), [""; 0]);
    }

    #[test]
    fn the_answers_of_a_step_are_found_among_its_own() {
        let guide = guide();
        let step = guide.at(guide.step("why").unwrap());
        let found = |said| in_step(step, &Raw::new(said).masked().text);
        assert_eq!(found("a leak, and it does not heat"), [0, 1]);
        assert_eq!(found("it hums"), [0; 0]);
    }
}
