//! What a proof is about: the guide, its questions, and how far a search may go.

use super::memory::When;
use crate::guide::ids::{IdVec, ListId, OutcomeId, StepId};
use crate::guide::parts::Parts;
use crate::guide::rule::Rule;

/// How many states a proof may visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// In one search for one question. All searches together may visit five times as many.
    pub each: usize,
    /// In one search for several questions, if the guide is small.
    pub together: usize,
    /// In one search for several questions, for each step of each list of the guide.
    pub per_step: usize,
}

impl Budget {
    /// So many states in one search for one question.
    #[must_use]
    pub fn of(each: usize) -> Budget {
        Budget {
            each,
            together: each / 10,
            per_step: 16,
        }
    }
}

impl Default for Budget {
    /// 200,000 states: that takes about half a second and 100 MB.
    fn default() -> Budget {
        Budget::of(200_000)
    }
}

/// How much of something a walk has at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Most {
    /// No walk has more.
    pub count: u32,
    /// Whether some walk has as much; otherwise it is an upper bound.
    pub exact: bool,
}

/// What a proof is about.
pub(super) struct Task<'g> {
    pub(super) guide: &'g Parts,
    pub(super) rules: &'g [Rule],
    pub(super) order: Vec<ListId>,
    pub(super) comes_again: IdVec<StepId, bool>,
    pub(super) budget: Budget,
}

/// Something that may happen on a walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Event {
    /// A rule is broken.
    Breaks(usize),
    /// A step is shown.
    Shows(StepId),
    /// The walk ends so.
    Ends(OutcomeId),
    /// A condition does not hold where it is asked.
    LeavesOut(When),
}
