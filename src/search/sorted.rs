//! Sets and groups as sorted lists: made once, asked often. Trees and hash tables can more, and a shopper would download
//! all they can.

use std::borrow::Borrow;
use std::ops::Range;

/// A set, in order.
#[derive(Clone, Debug)]
pub struct SortedSet<T>(Vec<T>);

// Derived, it would ask for a `Default` of what is in it.
impl<T> Default for SortedSet<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Ord> FromIterator<T> for SortedSet<T> {
    fn from_iter<I: IntoIterator<Item = T>>(all: I) -> Self {
        let mut set = Self::default();
        set.extend(all);
        set
    }
}

impl<T: Ord> Extend<T> for SortedSet<T> {
    /// Meant for what comes nearly in order, as the stems of sorted words do: what is out of order moves all behind it.
    fn extend<I: IntoIterator<Item = T>>(&mut self, more: I) {
        for one in more {
            match self.0.last() {
                Some(last) if one <= *last => {
                    if let Err(at) = self.0.binary_search(&one) {
                        self.0.insert(at, one);
                    }
                }
                _ => self.0.push(one),
            }
        }
    }
}

impl<T> IntoIterator for SortedSet<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<T: Ord> SortedSet<T> {
    /// Whether it is in the set.
    pub fn contains<Q: Ord + ?Sized>(&self, one: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.find(one).is_some()
    }

    /// Its place.
    pub fn find<Q: Ord + ?Sized>(&self, one: &Q) -> Option<usize>
    where
        T: Borrow<Q>,
    {
        self.0.binary_search_by(|own| own.borrow().cmp(one)).ok()
    }

    /// All, in order.
    pub fn as_slice(&self) -> &[T] {
        &self.0
    }
}

/// Where those with this key stand in a list that is sorted by it.
pub(crate) fn with_key<T>(sorted: &[T], key: &str, of: impl Fn(&T) -> &str) -> Range<usize> {
    let start = sorted.partition_point(|one| of(one) < key);
    start..start + sorted[start..].partition_point(|one| of(one) == key)
}

/// Where the part at a place lies, of parts that stand one behind another and end at `ends`.
pub(crate) fn part(ends: &[usize], at: usize) -> Range<usize> {
    let start = at.checked_sub(1).map_or(0, |before| ends[before]);
    start..ends[at]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_in_order_and_holds_each_once() {
        let mut set: SortedSet<String> = ["c", "a", "c"].map(str::to_owned).into_iter().collect();
        set.extend(["b".to_owned(), "a".to_owned()]);
        assert_eq!(set.as_slice(), ["a", "b", "c"]);
        assert!(set.contains("b") && !set.contains("d"));
    }

    #[test]
    fn parts_begin_where_those_before_them_end() {
        let ends = [2, 2, 5];
        assert_eq!([0, 1, 2].map(|at| part(&ends, at)), [0..2, 2..2, 2..5]);
    }

    #[test]
    fn those_with_a_key_stand_together() {
        let list = ["a1", "b1", "b2", "d1"];
        let found = |key| with_key(&list, key, |one| &one[..1]);
        assert_eq!(found("b"), 1..3);
        assert_eq!(found("d"), 3..4);
        assert_eq!([found("c"), found("e")], [3..3, 4..4]);
    }
}
