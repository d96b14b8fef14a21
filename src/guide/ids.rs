//! Typed indices into the tables of a guide, so that a step cannot be taken for a list.

use serde::{Deserialize, Serialize};
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut, Index, IndexMut};

/// An index into an [`IdVec`].
pub trait Id: Copy {
    /// The id of the nth item.
    fn nth(n: usize) -> Self;
    /// The place of the item.
    fn place(self) -> usize;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
            pub struct $name(u32);

            impl Id for $name {
                fn nth(n: usize) -> $name {
                    // A guide has at most 1 MiB, so it has fewer items of any kind.
                    $name(u32::try_from(n).unwrap_or(u32::MAX))
                }

                fn place(self) -> usize {
                    self.0 as usize
                }
            }
        )*
    };
}

ids! {
    /// A step, by its place in [`super::Parts::steps`].
    StepId,
    /// A list of steps, by its place in [`super::Parts::lists`].
    ListId,
    /// An outcome, by its place in [`super::Parts::outcomes`].
    OutcomeId,
    /// A case, by its place in [`super::Parts::cases`].
    CaseId,
    /// A source, by its place in [`super::Parts::sources`].
    SourceId,
    /// What must not be done, by its place in [`super::Parts::stops`].
    StopId,
    /// A group of steps, by its place in [`super::Parts::groups`].
    GroupId,
}

impl CaseId {
    /// The first case of the menu. Every guide has one.
    pub const FIRST: CaseId = CaseId(0);
}

/// A vector that is indexed by one kind of id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IdVec<I, T> {
    items: Vec<T>,
    #[serde(skip)]
    id: PhantomData<I>,
}

impl<I: Id, T> IdVec<I, T> {
    /// A vector without items.
    pub const fn new() -> IdVec<I, T> {
        let items = Vec::new();
        IdVec {
            items,
            id: PhantomData,
        }
    }

    /// Adds an item and returns its id.
    pub fn push(&mut self, item: T) -> I {
        self.items.push(item);
        I::nth(self.items.len() - 1)
    }

    /// The ids of all items, in order.
    pub fn ids(&self) -> impl Iterator<Item = I> + Clone + use<I, T> {
        (0..self.items.len()).map(I::nth)
    }

    /// The items, each with its id.
    pub fn with_ids(&self) -> impl Iterator<Item = (I, &T)> {
        self.ids().zip(&self.items)
    }

    /// The id of the first item of which this is true.
    pub fn find(&self, is: impl FnMut(&T) -> bool) -> Option<I> {
        self.items.iter().position(is).map(I::nth)
    }

    /// A vector with this value for each id.
    pub fn filled<U: Clone>(&self, value: U) -> IdVec<I, U> {
        vec![value; self.items.len()].into()
    }
}

impl<I: Id, T> Default for IdVec<I, T> {
    fn default() -> IdVec<I, T> {
        IdVec::new()
    }
}

impl<I, T> From<Vec<T>> for IdVec<I, T> {
    fn from(items: Vec<T>) -> IdVec<I, T> {
        IdVec {
            items,
            id: PhantomData,
        }
    }
}

impl<I, T> FromIterator<T> for IdVec<I, T> {
    fn from_iter<A: IntoIterator<Item = T>>(items: A) -> IdVec<I, T> {
        items.into_iter().collect::<Vec<T>>().into()
    }
}

impl<I, T> Deref for IdVec<I, T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.items
    }
}

impl<I, T> DerefMut for IdVec<I, T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.items
    }
}

impl<I: Id, T> Index<I> for IdVec<I, T> {
    type Output = T;

    fn index(&self, id: I) -> &T {
        &self.items[id.place()]
    }
}

impl<I: Id, T> IndexMut<I> for IdVec<I, T> {
    fn index_mut(&mut self, id: I) -> &mut T {
        &mut self.items[id.place()]
    }
}

impl<'v, I, T> IntoIterator for &'v IdVec<I, T> {
    type Item = &'v T;
    type IntoIter = std::slice::Iter<'v, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}
