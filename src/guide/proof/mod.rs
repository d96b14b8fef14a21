//! Proofs over all walks.
//!
//! A guide without cycles has finitely many walks, but far too many to try one by one. The rest of a
//! walk depends only on the steps that are still to come and on those earlier answers that a
//! condition or a rule may still ask about. Walks that agree in these have the same future and are
//! in the same *state*. Each state is visited once, depth first, with the
//! [`Cursor`](super::cursor::Cursor) that walks use. So the proof is exact: it visits every state
//! that a walk can be in, and no other.
//!
//! The cost is one visit for each answer in each state. A guide without conditions has as many
//! states as steps; each answer that a later condition asks about multiplies the states between the
//! two. A guide with more than [`search::MAX_STATES`] is refused.

mod order;
mod relevant;
mod report;
mod search;

use super::finding::{Code, Findings, Places};
use super::parts::Parts;
use super::rule::Rule;
use order::{check_nesting, order_of_lists};
use relevant::Relevant;
use search::Search;

/// What a proof has established about a guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proof {
    /// How many states were visited.
    pub states: usize,
    /// The most prompts on a walk.
    pub longest: u32,
    /// The most questions before the first advice.
    pub advice: u32,
}

/// Proves that every walk ends, that everything can be reached and that every rule is kept, and
/// notes what does not hold. Nothing is proven about a guide with a cycle.
pub fn prove(guide: &Parts, rules: &[Rule], places: &Places, findings: &Findings) -> Option<Proof> {
    let order = order_of_lists(guide, places, findings)?;
    check_nesting(guide, &order, places, findings)?;
    let relevant = Relevant::of(guide, rules, &order, places, findings)?;
    let mut search = Search::new(guide, rules, &relevant);
    if let Err(tangle) = search.run() {
        let at = places.cases.first().cloned().unwrap_or(0..0);
        let help = "let conditions ask about fewer steps, and about nearer ones";
        findings.add(Code::TooTangled, at, tangle, help);
        return None;
    }
    search.report(places, findings);
    Some(Proof {
        states: search.states.len(),
        longest: search.longest(),
        advice: search.advice(),
    })
}
