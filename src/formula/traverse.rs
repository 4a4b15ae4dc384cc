//! Walking through a formula, each shared part once, without recursion.

use super::Formula;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// All parts of the `roots`, operands before the operations on them; parts
/// shared in memory appear once.
pub(super) fn postorder<'a>(roots: &[&'a Formula]) -> Vec<&'a Formula> {
    enum Visit<'a> {
        Enter(&'a Formula),
        Leave(&'a Formula),
    }
    let mut entered = HashSet::new();
    let mut order = Vec::new();
    let mut open: Vec<Visit> = roots.iter().rev().map(|root| Visit::Enter(root)).collect();
    while let Some(visit) = open.pop() {
        match visit {
            Visit::Enter(part) => {
                if entered.insert(std::ptr::from_ref(part)) {
                    open.push(Visit::Leave(part));
                    open.extend(part.operands().rev().map(|u| Visit::Enter(u)));
                }
            }
            Visit::Leave(part) => order.push(part),
        }
    }
    order
}

/// The results of a fold so far, by the address of the part.
pub(super) struct Folded<R>(HashMap<*const Formula, R>);

impl<R> Folded<R> {
    /// The result for an operand of the part that is being folded.
    pub(super) fn of(&self, operand: &Arc<Formula>) -> &R {
        // Present: `postorder` yields operands before the operation.
        &self.0[&Arc::as_ptr(operand)]
    }
}

/// Computes a result for every part from the results of its operands, and
/// returns the one of `root`.
pub(super) fn fold<R, E>(
    root: &Formula,
    mut step: impl FnMut(&Formula, &Folded<R>) -> Result<R, E>,
) -> Result<R, E> {
    let mut order = postorder(&[root]);
    // The root is the last; its result is not stored.
    order.pop();
    let mut folded = Folded(HashMap::with_capacity(order.len()));
    for part in order {
        let result = step(part, &folded)?;
        folded.0.insert(std::ptr::from_ref(part), result);
    }
    step(root, &folded)
}
