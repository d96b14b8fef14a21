//! What was proven, as findings for the author of a guide.

use super::memory::When;
use super::road::{Longest, Measure, Road};
use super::search::Tangle;
use super::task::{Event, Most, Task};
use crate::guide::condition::Node;
use crate::guide::finding::{Code, Findings, Places};
use crate::guide::ids::{IdVec, OutcomeId, StepId};
use crate::guide::parts::Parts;
use crate::guide::rule::Demand;
use std::collections::{HashMap, HashSet};

/// Whether something happens, if it is not so that it never does.
pub(super) enum Answer {
    /// On this walk.
    Yes(Road),
    Unknown(Tangle),
}

/// The most steps that a finding names.
const MAX_NAMED: usize = 8;

/// What is known of a measure.
enum Measured {
    /// No walk has the answers on which it is counted.
    Nowhere,
    /// No walk has more.
    UpTo(u32),
    /// This walk has as much, and none has more.
    Exactly(u32, Road),
}

/// What is known so far.
pub struct Found {
    /// How many states were visited.
    pub states: usize,
    steps: IdVec<StepId, bool>,
    outcomes: IdVec<OutcomeId, bool>,
    /// The conditions that leave a step out.
    pub left_out: HashSet<When>,
    /// What does not hold, or could not be decided.
    broken: Vec<(usize, Road)>,
    unknown: Vec<(Event, Tangle)>,
    measured: HashMap<Measure, Measured>,
}

impl Found {
    pub fn new(task: &Task) -> Found {
        // At worst, a walk shows each step once.
        let measured = task.measures().map(|measure| {
            let all = match measure {
                Measure::Prompts | Measure::Questions => task.guide.steps.len(),
                Measure::Counted(rule) => task.counted(rule).len(),
            };
            (
                measure,
                Measured::UpTo(u32::try_from(all).unwrap_or(u32::MAX)),
            )
        });
        Found {
            states: 0,
            steps: task.guide.steps.filled(false),
            outcomes: task.guide.outcomes.filled(false),
            left_out: HashSet::new(),
            broken: Vec::new(),
            unknown: Vec::new(),
            measured: measured.collect(),
        }
    }

    /// Notes that a walk comes to a place.
    pub fn meets(&mut self, node: Option<Node>) {
        match node {
            Some(Node::Step(step)) => self.steps[step] = true,
            Some(Node::Outcome(outcome)) => self.outcomes[outcome] = true,
            None => {}
        }
    }

    /// Whether some walk comes to what an event is about.
    pub fn is_met(&self, event: Event) -> bool {
        match event {
            Event::Breaks(_) => false,
            Event::Shows(step) => self.steps[step],
            Event::Ends(outcome) => self.outcomes[outcome],
            Event::LeavesOut(when) => self.left_out.contains(&when),
        }
    }

    /// Notes whether something happens.
    pub fn answer(&mut self, event: Event, answer: Answer) {
        match answer {
            Answer::Unknown(tangle) => self.unknown.push((event, tangle)),
            Answer::Yes(road) => {
                road.answers
                    .iter()
                    .for_each(|(step, _)| self.steps[*step] = true);
                self.meets(road.end);
                if let Event::Breaks(rule) = event {
                    self.broken.push((rule, road));
                }
            }
        }
    }

    /// Notes how much of something a walk has at most.
    pub fn measured(&mut self, measure: Measure, longest: Option<Longest>) {
        let measured = match longest {
            None => Measured::Nowhere,
            Some(Longest {
                most, walked, road, ..
            }) if walked == Some(most) => Measured::Exactly(most, road),
            Some(longest) => Measured::UpTo(longest.most),
        };
        self.measured.insert(measure, measured);
    }

    /// How much of something a walk has at most.
    pub fn most(&self, measure: Measure) -> Most {
        let (count, exact) = match self.measured[&measure] {
            Measured::Nowhere => (0, true),
            Measured::UpTo(count) => (count, false),
            Measured::Exactly(count, _) => (count, true),
        };
        Most { count, exact }
    }

    /// Notes what no walk comes to, each rule that is broken or that no walk could break, and what
    /// could not be decided.
    pub fn tell(&self, task: &Task, places: &Places, findings: &Findings) {
        let guide = task.guide;
        let undecided = |event| self.unknown.iter().any(|(unknown, _)| *unknown == event);
        let help = "name it where it belongs, mend its condition, or drop it";
        for (id, step) in guide.steps.with_ids() {
            if !self.steps[id] && !undecided(Event::Shows(id)) {
                let message = format!("no walk shows the step `{}`", step.id);
                findings.add(Code::Unreachable, places.steps[id].clone(), message, help);
            }
        }
        for (id, outcome) in guide.outcomes.with_ids() {
            if !self.outcomes[id] && !undecided(Event::Ends(id)) {
                let message = format!("no walk shows the outcome `{}`", outcome.id);
                let at = places.outcomes[id].clone();
                findings.add(Code::Unreachable, at, message, help);
            }
        }
        for when in When::all(guide) {
            let at = match when {
                When::OfStep(step) => &places.conditions[step],
                When::OfGroup(group) => &places.group_conditions[group],
            };
            if let Some(at) = at
                && !self.left_out.contains(&when)
                && !undecided(Event::LeavesOut(when))
            {
                let message = "this condition holds wherever it is asked";
                findings.add(Code::AlwaysTrue, at.clone(), message, "drop it, or mend it");
            }
        }
        for n in 0..task.rules.len() {
            self.tell_rule(task, n, findings);
        }
        self.tell_unknown(task, places, findings);
    }

    fn tell_rule(&self, task: &Task, n: usize, findings: &Findings) {
        let (guide, rule) = (task.guide, &task.rules[n]);
        let broken = self.broken.iter().find(|(broken, _)| *broken == n);
        let mut broken = broken.map(|(_, road)| ("a walk breaks this rule".to_owned(), road));
        if let Some((measure, limit, [has, what])) = measure_of(n, &rule.demand) {
            match &self.measured[&measure] {
                Measured::Exactly(count, road) if *count > limit => {
                    broken = Some((format!("a walk {has} {count} {what}"), road));
                }
                Measured::UpTo(count) if *count > limit => {
                    let message = format!(
                        "it is not decided whether a walk {has} more than {limit} {what}; \
                         {count} is an upper bound"
                    );
                    findings.add(Code::TooTangled, rule.at.clone(), message, HELP);
                    return;
                }
                _ => {}
            }
        }
        if let Some((message, road)) = broken {
            let message = format!("{message}: {}", road_in_words(guide, road));
            let because = rule.because.as_deref();
            let because = because.unwrap_or("mend the guide, or the rule");
            findings.add(Code::RuleBroken, rule.at.clone(), message, because);
        } else if let Some(message) = self.idle(task, n) {
            let help = "mend the rule, or drop it";
            findings.add(Code::RuleIdle, rule.at.clone(), message, help);
        }
    }

    /// Why no walk could break a rule, if so.
    fn idle(&self, task: &Task, n: usize) -> Option<String> {
        let (guide, rule) = (task.guide, &task.rules[n]);
        if rule.implied {
            return None;
        }
        let all_steps = u32::try_from(guide.steps.len()).unwrap_or(u32::MAX);
        let undecided = |event| self.unknown.iter().any(|(unknown, _)| *unknown == event);
        let reached = |subject: &Node| match subject {
            Node::Step(step) => self.steps[*step] || undecided(Event::Shows(*step)),
            Node::Outcome(outcome) => self.outcomes[*outcome] || undecided(Event::Ends(*outcome)),
        };
        if rule.demand.answered().iter().any(|(_, set)| set.is_empty()) {
            return Some("this rule names a step with none of its answers".to_owned());
        }
        match &rule.demand {
            Demand::Before {
                answered, asked, ..
            } if answered.is_empty() && asked.is_empty() => {
                Some("this rule demands nothing: it has no `answered` and no `asked`".to_owned())
            }
            Demand::Before { subjects, .. } | Demand::Never { subjects, .. }
                if !subjects.iter().any(reached) =>
            {
                Some("no walk shows what this rule is about".to_owned())
            }
            Demand::After { answered, .. }
                if !answered
                    .iter()
                    .any(|(step, set)| !set.is_empty() && reached(&Node::Step(*step))) =>
            {
                Some("no walk gives the answer that this rule is about".to_owned())
            }
            Demand::AtMost { of, .. } if !of.iter().any(|step| reached(&Node::Step(*step))) => {
                Some("no walk shows what this rule is about".to_owned())
            }
            Demand::AtMost { most, of, .. } if *most as usize >= of.len() => Some(format!(
                "this rule counts {} steps, and a walk shows each once at most",
                of.len()
            )),
            Demand::AtMost { .. }
                if matches!(self.measured[&Measure::Counted(n)], Measured::Nowhere) =>
            {
                Some("no walk gives the answers that this rule is about".to_owned())
            }
            Demand::Longest(most) | Demand::Advice(most) if *most >= all_steps => Some(format!(
                "a walk shows a step once, so it has never more than {all_steps}"
            )),
            _ => None,
        }
    }

    /// Names each rule that could not be decided, and all steps and outcomes together.
    fn tell_unknown(&self, task: &Task, places: &Places, findings: &Findings) {
        let guide = task.guide;
        let mut unseen = Vec::new();
        let mut first = None;
        for (event, tangle) in &self.unknown {
            match event {
                Event::Breaks(rule) => {
                    let at = task.rules[*rule].at.clone();
                    let message = format!("this rule is not decided: {}", tangle.in_words(guide));
                    findings.add(Code::TooTangled, at, message, HELP);
                    continue;
                }
                Event::Shows(step) => unseen.push(guide.at(*step).id.as_str()),
                Event::Ends(outcome) => unseen.push(guide.outcomes[*outcome].id.as_str()),
                // That is worth a warning at most.
                Event::LeavesOut(_) => continue,
            }
            first.get_or_insert((event, tangle));
        }
        if let Some((event, tangle)) = first {
            let at = match event {
                Event::Ends(outcome) => places.outcomes[*outcome].clone(),
                Event::Shows(step) => places.steps[*step].clone(),
                Event::Breaks(_) | Event::LeavesOut(_) => return,
            };
            let message = format!(
                "whether a walk shows {} is not decided: {}",
                named(&unseen),
                tangle.in_words(guide)
            );
            findings.add(Code::TooTangled, at, message, HELP);
        }
    }
}

/// What a rule limits, to how much, and how that is said.
fn measure_of(n: usize, demand: &Demand) -> Option<(Measure, u32, [&'static str; 2])> {
    Some(match demand {
        Demand::Longest(most) => (Measure::Prompts, *most, ["has", "prompts"]),
        Demand::Advice(most) => {
            let words = ["asks", "questions before any advice"];
            (Measure::Questions, *most, words)
        }
        Demand::AtMost { most, .. } => (Measure::Counted(n), *most, ["shows", "of these steps"]),
        Demand::Before { .. } | Demand::Never { .. } | Demand::After { .. } => return None,
    })
}

const HELP: &str =
    "let conditions ask about fewer steps, and about nearer ones, or raise `--states`";

impl Tangle {
    fn in_words(&self, guide: &Parts) -> String {
        let steps = self.remembered.iter();
        let remembered: Vec<&str> = steps.map(|step| guide.at(*step).id.as_str()).collect();
        format!(
            "there are more than {} states, most of them at `{}`, where the answers to {} still matter",
            self.most,
            self.at.map_or("", |step| &guide.at(step).id),
            named(&remembered)
        )
    }
}

/// The first few of these names, and how many more there are.
fn named(ids: &[&str]) -> String {
    let shown: Vec<String> = ids
        .iter()
        .take(MAX_NAMED)
        .map(|id| format!("`{id}`"))
        .collect();
    match ids.len() {
        0 => "none".to_owned(),
        all if all > MAX_NAMED => format!("{} and {} more", shown.join(", "), all - MAX_NAMED),
        _ => shown.join(", "),
    }
}

/// The answers of a walk, as an author reads them.
fn road_in_words(guide: &Parts, road: &Road) -> String {
    let mut words = vec![guide.cases[road.case].id.clone()];
    for (step, chosen) in &road.answers {
        let shown = guide.at(*step);
        let ids: Vec<&str> = shown.chosen(*chosen).map(|c| c.id.as_str()).collect();
        words.push(format!("{} = {}", shown.id, ids.join(" + ")));
    }
    words.extend(road.end.map(|end| match end {
        Node::Step(step) => guide.at(step).id.clone(),
        Node::Outcome(outcome) => guide.outcomes[outcome].id.clone(),
    }));
    words.join(" > ")
}
