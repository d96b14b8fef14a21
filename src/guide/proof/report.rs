//! What a search found, as findings for the author of a guide.

use super::search::{Search, State};
use crate::guide::choice_set::ChoiceSet;
use crate::guide::condition::Node;
use crate::guide::finding::{Code, Findings, Places};
use crate::guide::ids::StepId;
use crate::guide::rule::{Demand, Rule};
use std::ops::Range;

impl Search<'_> {
    /// Notes what no walk comes to, and each rule that is broken or that no walk could break.
    pub fn report(&self, places: &Places, findings: &Findings) {
        let mut steps = self.guide.steps.filled(false);
        let mut outcomes = self.guide.outcomes.filled(false);
        for state in &self.states {
            match state.node {
                Node::Step(step) => steps[step] = true,
                Node::Outcome(outcome) => outcomes[outcome] = true,
            }
        }
        let unseen = |at: &Range<usize>, what: &str, id: &str| {
            let message = format!("no walk shows the {what} `{id}`");
            let help = "name it where it belongs, mend its condition, or drop it";
            findings.add(Code::Unreachable, at.clone(), message, help);
        };
        for (id, step) in self.guide.steps.with_ids() {
            if !steps[id] {
                unseen(&places.steps[id], "step", &step.id);
            }
        }
        for (id, outcome) in self.guide.outcomes.with_ids() {
            if !outcomes[id] {
                unseen(&places.outcomes[id], "outcome", &outcome.id);
            }
        }
        let always = |at: &Option<Range<usize>>| {
            let message = "this condition holds wherever it is asked";
            let help = "drop it, or mend it";
            if let Some(at) = at {
                findings.add(Code::AlwaysTrue, at.clone(), message, help);
            }
        };
        let conditions = places.conditions.iter().zip(&self.left_out);
        let groups = places.group_conditions.iter().zip(&self.left_out_groups);
        for (at, _) in conditions.chain(groups).filter(|(_, left_out)| !**left_out) {
            always(at);
        }
        let reached = |subject: &Node| match subject {
            Node::Step(step) => steps[*step],
            Node::Outcome(outcome) => outcomes[*outcome],
        };
        for (rule, broken) in self.rules.iter().zip(&self.broken) {
            if let Some(message) = self.verdict(rule, *broken) {
                let because = rule
                    .because
                    .as_deref()
                    .unwrap_or("mend the guide, or the rule");
                findings.add(Code::RuleBroken, rule.at.clone(), message, because);
            } else if let Some(message) = self.idle(rule, &reached) {
                let help = "mend the rule, or drop it";
                findings.add(Code::RuleIdle, rule.at.clone(), message, help);
            }
        }
    }

    /// How a rule is broken, if it is.
    fn verdict(&self, rule: &Rule, broken: Option<usize>) -> Option<String> {
        match rule.demand {
            Demand::Longest(most) if self.longest() > most => Some(format!(
                "a walk has {} prompts: {}",
                self.longest(),
                self.worst(|s| s.longest)
            )),
            Demand::Advice(most) if self.advice() > most => Some(format!(
                "a walk asks {} questions before any advice: {}",
                self.advice(),
                self.worst(|s| s.advice)
            )),
            Demand::AtMost { most, .. } => {
                let (count, start) = self.most_counted(rule).filter(|(count, _)| *count > most)?;
                let walk = self.counted_walk(rule, start);
                Some(format!("a walk shows {count} of these steps: {walk}"))
            }
            _ => broken.map(|state| format!("a walk breaks this rule: {}", self.walk_to(state))),
        }
    }

    /// Why no walk could break a rule, if so.
    fn idle(&self, rule: &Rule, reached: &dyn Fn(&Node) -> bool) -> Option<String> {
        if rule.implied {
            return None;
        }
        let all_steps = u32::try_from(self.guide.steps.len()).unwrap_or(u32::MAX);
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
            Demand::AtMost { .. } if self.most_counted(rule).is_none() => {
                Some("no walk gives the answers that this rule is about".to_owned())
            }
            Demand::Longest(most) | Demand::Advice(most) if *most >= all_steps => Some(format!(
                "a walk shows a step once, so it has never more than {all_steps}"
            )),
            _ => None,
        }
    }

    /// The answers that lead to a state, as an author reads them.
    fn walk_to(&self, state: usize) -> String {
        let mut answers = Vec::new();
        let mut at = state;
        while let Some((before, chosen)) = self.states[at].from {
            if let Node::Step(step) = self.states[before].node {
                answers.push(self.answer_name(step, chosen));
            }
            at = before;
        }
        answers.reverse();
        self.walk_between(at, answers, state)
    }

    /// The walk on which a rule counts most.
    fn counted_walk(&self, rule: &Rule, start: usize) -> String {
        let (answers, end) = self.walk_counted(rule, start);
        let names = answers
            .iter()
            .map(|(step, set)| self.answer_name(*step, *set));
        self.walk_between(start, names.collect(), end)
    }

    fn walk_between(&self, start: usize, answers: Vec<String>, end: usize) -> String {
        let case = self.starts.find(|at| *at == start);
        let case = case.map(|case| self.guide.cases[case].id.clone());
        let end = match self.states[end].node {
            Node::Step(step) => &self.guide.at(step).id,
            Node::Outcome(outcome) => &self.guide.outcomes[outcome].id,
        };
        let all = case.into_iter().chain(answers).chain([end.clone()]);
        all.collect::<Vec<_>>().join(" > ")
    }

    fn answer_name(&self, step: StepId, chosen: ChoiceSet) -> String {
        let shown = self.guide.at(step);
        let ids: Vec<&str> = shown.chosen(chosen).map(|c| c.id.as_str()).collect();
        format!("{} = {}", shown.id, ids.join(" + "))
    }

    /// The case that has the worst walk by some measure.
    fn worst(&self, measure: impl Fn(&State) -> u32) -> String {
        let cases = self.starts.iter().zip(&self.guide.cases);
        let worst = cases.max_by_key(|(start, _)| measure(&self.states[**start]));
        worst.map_or_else(String::new, |(_, case)| format!("the case `{}`", case.id))
    }
}
