//! In which order the lists of a guide lead to each other, and that none leads back to itself.

use crate::guide::finding::{Code, Findings, Places};
use crate::guide::ids::{ListId, StepId};
use crate::guide::parts::Parts;
use crate::guide::step::Goes;

/// How deep answers may insert steps whose answers insert steps: a tree indents as deep.
const MAX_NESTING: usize = 16;

/// The lists of a guide that a walk can be in, each after all those that it can lead to. If one
/// leads back to itself, that is a finding, and there is no order.
pub fn order_of_lists(guide: &Parts, places: &Places, findings: &Findings) -> Option<Vec<ListId>> {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Closed,
    }
    let mut marks = guide.lists.filled(Mark::New);
    let mut order = Vec::with_capacity(guide.lists.len());
    for case in &guide.cases {
        if marks[case.steps] != Mark::New {
            continue;
        }
        marks[case.steps] = Mark::Open;
        // Lists that are being followed, each with where it leads and how much of that is done. A
        // guide may be deeper than the program's own stack.
        let mut open = vec![(case.steps, leads_to(guide, case.steps), 0)];
        while let Some((list, targets, followed)) = open.last_mut() {
            let Some(&(target, by)) = targets.get(*followed) else {
                marks[*list] = Mark::Closed;
                order.push(*list);
                open.pop();
                continue;
            };
            *followed += 1;
            match marks[target] {
                Mark::Closed => {}
                Mark::New => {
                    marks[target] = Mark::Open;
                    open.push((target, leads_to(guide, target), 0));
                }
                Mark::Open => {
                    let at = by.map_or(0..0, |step| places.steps[step].clone());
                    let name = by.map_or("a case", |step| &guide.at(step).id);
                    // The steps whose answers lead from that list to this one.
                    let from = open.iter().position(|(list, ..)| *list == target);
                    let road =
                        open[from.unwrap_or(0)..]
                            .iter()
                            .filter_map(|(_, targets, followed)| {
                                let (_, by) = targets[followed - 1];
                                by.map(|step| guide.at(step).id.as_str())
                            });
                    let road: Vec<&str> = road.collect();
                    findings.add(
                        Code::Cycle,
                        at,
                        format!(
                            "an answer of `{name}` leads back to where it came from: {} > {}",
                            road.join(" > "),
                            road.first().copied().unwrap_or_default()
                        ),
                        "lead on to another step, case or outcome",
                    );
                    return None;
                }
            }
        }
    }
    Some(order)
}

/// Checks that answers do not insert steps too deep; if they do, that is a finding and `None`.
pub fn check_nesting(
    guide: &Parts,
    order: &[ListId],
    places: &Places,
    findings: &Findings,
) -> Option<()> {
    let mut depth = guide.lists.filled(0);
    for &list in order {
        for step in guide.lists[list].iter().map(|listed| listed.step) {
            for inserted in guide.at(step).choices.iter().filter_map(|c| c.then) {
                depth[list] = depth[list].max(depth[inserted] + 1);
            }
            if depth[list] > MAX_NESTING {
                findings.add(
                    Code::TooMany,
                    places.steps[step].clone(),
                    format!("behind the answers of this step, `then` is nested more than {MAX_NESTING} deep"),
                    "put the steps one after the other, with conditions",
                );
                return None;
            }
        }
    }
    Some(())
}

/// The lists that a list leads to, each with the step whose answer does.
fn leads_to(guide: &Parts, list: ListId) -> Vec<(ListId, Option<StepId>)> {
    // Running off the end of a case leads to its outcome.
    let ends = guide.cases.iter().filter(|c| c.steps == list);
    let ends = ends.flat_map(|c| &c.ends);
    let ends = ends.map(|end| (guide.outcomes[end.outcome].steps, None));
    let steps = guide.lists[list].iter().map(|listed| listed.step);
    let answers = steps.flat_map(|s| answers_lead_to(guide, s).map(move |l| (l, Some(s))));
    ends.chain(answers).collect()
}

/// The lists that the answers of a step lead to.
pub fn answers_lead_to(guide: &Parts, step: StepId) -> impl Iterator<Item = ListId> {
    guide.at(step).choices.iter().flat_map(|choice| {
        let away = match choice.goes {
            Goes::On => None,
            Goes::End(outcome) => Some(guide.outcomes[outcome].steps),
            Goes::Over(case) => Some(guide.cases[case].steps),
        };
        choice.then.into_iter().chain(away)
    })
}
