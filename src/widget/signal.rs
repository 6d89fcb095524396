//! A value that views follow. The dependency tracking is Leptos's (`ArcTrigger`); only the
//! value's own place is generic, so that a further kind of value costs a few bytes of wasm
//! instead of another copy of the whole signal.

use reactive_graph::signal::ArcTrigger;
use reactive_graph::traits::{Notify, Track};
use std::cell::RefCell;

/// A value that views follow.
pub(crate) struct Signal<T> {
    value: RefCell<T>,
    changed: ArcTrigger,
}

impl<T> Signal<T> {
    /// A signal with its first value.
    pub(crate) fn new(value: T) -> Self {
        Self {
            value: RefCell::new(value),
            changed: ArcTrigger::new(),
        }
    }

    /// Reads the value; the view that asks is made anew when it changes.
    pub(crate) fn with<U>(&self, read: impl FnOnce(&T) -> U) -> U {
        self.changed.track();
        read(&self.value.borrow())
    }

    /// Reads the value as it is now.
    pub(crate) fn with_untracked<U>(&self, read: impl FnOnce(&T) -> U) -> U {
        read(&self.value.borrow())
    }

    /// Changes the value in place.
    pub(crate) fn update<U>(&self, change: impl FnOnce(&mut T) -> U) -> U {
        let result = change(&mut self.value.borrow_mut());
        self.changed.notify();
        result
    }

    /// Replaces the value.
    pub(crate) fn set(&self, value: T) {
        let _before = self.value.replace(value);
        self.changed.notify();
    }
}

impl<T: Clone> Signal<T> {
    /// The value; the view that asks is made anew when it changes.
    pub(crate) fn get(&self) -> T {
        self.with(T::clone)
    }

    /// The value as it is now.
    pub(crate) fn get_untracked(&self) -> T {
        self.with_untracked(T::clone)
    }
}
