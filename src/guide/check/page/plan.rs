//! What authors say about pages.

use crate::guide::ids::{CaseId, IdVec, StepId};
use crate::guide::outline::Lead;
use std::collections::BTreeMap;
use std::ops::Range;

/// The boxes that an author chose, and where.
pub type Chosen = (Range<usize>, Vec<StepId>);

/// What authors say about pages, while a guide is read.
#[derive(Default)]
pub struct Plans {
    /// For each case.
    pub cases: IdVec<CaseId, Plan>,
    /// The boxes of a line that the author chose, by the question and the place of the answer.
    pub boxes: BTreeMap<(StepId, usize), Chosen>,
    /// Where a line leads, as the author chose, likewise.
    pub leads: BTreeMap<(StepId, usize), (Range<usize>, Vec<Lead>)>,
}

/// What the author of a case says about its page.
#[derive(Default)]
pub struct Plan {
    /// The questions whose answers make lines; `None` where the author does not say.
    pub rows: Option<Vec<StepId>>,
    /// What to look at; `None` where the author does not say.
    pub look: Option<Vec<StepId>>,
}
