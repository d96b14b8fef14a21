//! The guide that ships says everything that it has to say.

use crate::support::GUIDE;
use std::collections::BTreeSet;

/// What the guide has to convey: ids and verdicts alone. `drop` means: does not say.
const CLAIMS: &str = include_str!("../data/claims.toml");

#[test]
fn the_guide_covers_every_claim_and_no_other() {
    let claims: toml::Table = CLAIMS.parse().unwrap();
    let kept = claims
        .iter()
        .filter(|(_, verdict)| verdict.as_str() != Some("drop"));
    let kept: BTreeSet<&str> = kept.map(|(id, _)| id.as_str()).collect();
    let steps = GUIDE.steps.iter().flat_map(|step| &step.covers);
    let cases = GUIDE.cases.iter().flat_map(|case| &case.covers);
    let outcomes = GUIDE.outcomes.iter().flat_map(|outcome| &outcome.covers);
    let covered = steps.chain(cases).chain(outcomes);
    assert_eq!(covered.map(String::as_str).collect::<BTreeSet<_>>(), kept);
}
