//! A set of a step's choices.

use serde::{Deserialize, Serialize};
use std::ops::{BitAnd, BitOr, BitOrAssign};

/// The most answers one step may have.
pub const MAX_ANSWERS: usize = 32;

/// A set of choices, by their places in [`super::Step::choices`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ChoiceSet(u32);

impl ChoiceSet {
    /// The empty set.
    pub const NONE: ChoiceSet = ChoiceSet(0);

    /// The set of one choice. No step has a choice at [`MAX_ANSWERS`] or beyond, so such a set is
    /// empty.
    #[must_use]
    pub fn one(place: usize) -> ChoiceSet {
        let place = u32::try_from(place).ok();
        ChoiceSet(place.and_then(|n| 1u32.checked_shl(n)).unwrap_or(0))
    }

    /// The set of the first `n` choices.
    #[must_use]
    pub fn first(n: usize) -> ChoiceSet {
        (0..n.min(MAX_ANSWERS)).collect()
    }

    /// Whether it has no choice.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many choices it has.
    #[must_use]
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether it has the choice at this place.
    #[must_use]
    pub fn contains(self, place: usize) -> bool {
        self.meets(ChoiceSet::one(place))
    }

    /// Whether the two sets have a choice in common.
    #[must_use]
    pub fn meets(self, other: ChoiceSet) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether the other set has all its choices.
    #[must_use]
    pub fn is_within(self, other: ChoiceSet) -> bool {
        self.0 & !other.0 == 0
    }

    /// The places of its choices, in order.
    pub fn places(self) -> impl Iterator<Item = usize> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let place = (left != 0).then(|| left.trailing_zeros() as usize);
            left &= left.wrapping_sub(1);
            place
        })
    }
}

impl FromIterator<usize> for ChoiceSet {
    fn from_iter<I: IntoIterator<Item = usize>>(places: I) -> ChoiceSet {
        let sets = places.into_iter().map(ChoiceSet::one);
        sets.fold(ChoiceSet::NONE, ChoiceSet::bitor)
    }
}

impl BitOr for ChoiceSet {
    type Output = ChoiceSet;

    fn bitor(self, other: ChoiceSet) -> ChoiceSet {
        ChoiceSet(self.0 | other.0)
    }
}

impl BitOrAssign for ChoiceSet {
    fn bitor_assign(&mut self, other: ChoiceSet) {
        self.0 |= other.0;
    }
}

impl BitAnd for ChoiceSet {
    type Output = ChoiceSet;

    fn bitand(self, other: ChoiceSet) -> ChoiceSet {
        ChoiceSet(self.0 & other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_what_was_put_in() {
        let set: ChoiceSet = [31, 0, 4, 4].into_iter().collect();
        assert_eq!(set.places().collect::<Vec<_>>(), [0, 4, 31]);
        assert_eq!(set.len(), 3);
        assert!(set.contains(31) && !set.contains(1) && !set.contains(32));
        assert!(set.is_within(ChoiceSet::first(32)) && !set.is_within(ChoiceSet::first(31)));
        assert!(set.meets(ChoiceSet::one(4)) && !set.meets(ChoiceSet::one(5)));
        assert!(ChoiceSet::one(32).is_empty() && ChoiceSet::first(0).is_empty());
    }
}
