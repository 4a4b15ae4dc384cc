//! Where phases change as n grows: thresholds by bisection.
//!
//! Bisection assumes that a property changes once; that is a guess, which
//! decides only where to look. What is stated is the verdict at the threshold
//! and at the neighbour on its other side, and nothing about points between
//! those that were examined.

use super::phase::perturbed_copy;
use crate::arithmetic::{Order, Precision};
use crate::certify::perturbed_copy::CertifiedPerturbedCopy;
use crate::certify::spectrum::{Kind, decide};
use crate::certify::verdict::{Verdict, Why};
use crate::configuration::family::perturbed_copy::PerturbedCopy;
use crate::configuration::partition::Partition;
use crate::find::eigenvalues::copy_average_candidates;

/// A threshold in n for a property at k teachers and k inputs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Threshold {
    /// The last n (in the direction of search) at which the property holds.
    pub neurons: u64,
    /// Whether it holds there.
    pub holds: Verdict,
    /// Whether it fails at the neighbour beyond; `None` if no neuron number is
    /// left there.
    pub fails_beyond: Option<Verdict>,
}

/// The thresholds of the phase diagram at one k.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thresholds {
    /// k ≥ 3.
    pub teachers: u64,
    /// The smallest n at which the perturbed copy is a strict local minimum.
    pub perturbed_minimum_from: Option<Threshold>,
    /// The smallest n at which its loss is below that of the best copy-average
    /// configuration.
    pub perturbed_lower_from: Option<Threshold>,
    /// The largest n < k at which that configuration is a strict local minimum.
    pub copy_average_minimum_to: Option<Threshold>,
}

impl Thresholds {
    /// Searches with precisions up to `limit`; `going_on` is asked before every
    /// point that is examined. `None` if k < 3 or it said no.
    pub fn at(teachers: u64, limit: Precision, going_on: &dyn Fn() -> bool) -> Option<Self> {
        let last = teachers.checked_sub(1).filter(|&last| last >= 2)?;
        let perturbed = |property: &dyn Fn(&CertifiedPerturbedCopy) -> Verdict, neurons: u64| {
            let found = PerturbedCopy::new(neurons, teachers, teachers)
                .ok_or(Why::NoCandidate {
                    what: format!("{neurons} neurons"),
                })
                .and_then(|family| perturbed_copy(&family, limit));
            match found {
                Ok(found) => property(&found),
                Err(why) => Verdict::Undecided(why),
            }
        };
        let minimum = |neurons| {
            perturbed(
                &|found| is_minimum(found.member.spectrum.kind, found.member.spectrum.why.as_ref()),
                neurons,
            )
        };
        let lower = |neurons| perturbed(&is_lower, neurons);
        let copy_average = |neurons| match Partition::copies_and_one_average(teachers, neurons) {
            Ok(partition) => {
                let spectrum = decide(&partition, 0, limit, &copy_average_candidates(&partition, 0));
                is_minimum(spectrum.kind, spectrum.why.as_ref())
            }
            Err(error) => Verdict::Undecided(Why::NotRepresentable {
                what: error.to_string(),
            }),
        };
        Some(Self {
            teachers,
            perturbed_minimum_from: search(last, 2, &minimum, going_on)?,
            perturbed_lower_from: search(last, 2, &lower, going_on)?,
            copy_average_minimum_to: search(1, last, &copy_average, going_on)?,
        })
    }
}

fn is_minimum(kind: Kind, why: Option<&Why>) -> Verdict {
    match (kind, why) {
        (Kind::StrictLocalMinimum, _) => Verdict::Proved,
        (Kind::StrictSaddle, _) => Verdict::Refuted("a Hessian eigenvalue is negative".to_string()),
        (_, Some(why)) => Verdict::Undecided(why.clone()),
        (_, None) => Verdict::Undecided(Why::NotRepresentable {
            what: "the kind".to_string(),
        }),
    }
}

fn is_lower(found: &CertifiedPerturbedCopy) -> Verdict {
    match found.order {
        Order::Less => Verdict::Proved,
        Order::Greater => Verdict::Refuted("the loss is higher".to_string()),
        Order::Unknown => Verdict::Undecided(Why::OrderOpen {
            what: "the two losses".to_string(),
            bits: found.member.bits,
        }),
    }
}

/// Walks from `from`, where the property should hold, to `to`: the last place
/// at which it holds if it fails from some place on. `Some(None)` if it does not
/// hold at `from`; `None` if stopped.
fn search(
    from: u64,
    to: u64,
    property: &dyn Fn(u64) -> Verdict,
    going_on: &dyn Fn() -> bool,
) -> Option<Option<Threshold>> {
    let ask = |at: u64| going_on().then(|| property(at));
    let first = ask(from)?;
    if !first.is_proved() {
        return Some(None);
    }
    let (mut inside, mut holds) = (from, first);
    let end = ask(to)?;
    if end.is_proved() {
        return Some(Some(Threshold {
            neurons: to,
            holds: end,
            fails_beyond: None,
        }));
    }
    let (mut outside, mut beyond) = (to, end);
    while inside.abs_diff(outside) > 1 {
        let middle = inside.midpoint(outside);
        let verdict = ask(middle)?;
        if verdict.is_proved() {
            (inside, holds) = (middle, verdict);
        } else {
            (outside, beyond) = (middle, verdict);
        }
    }
    let fails = match beyond {
        Verdict::Refuted(_) => Verdict::Proved,
        Verdict::Proved => Verdict::Refuted("it holds there".to_string()),
        undecided @ Verdict::Undecided(_) => undecided,
    };
    Some(Some(Threshold {
        neurons: inside,
        holds,
        fails_beyond: Some(fails),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn below(limit: u64) -> impl Fn(u64) -> Verdict {
        move |n| match n {
            n if n < limit => Verdict::Proved,
            _ => Verdict::Refuted(String::new()),
        }
    }

    #[test]
    fn bisection_ends_beside_the_change() {
        for limit in [2, 3, 17, 100] {
            let found = search(1, 100, &below(limit), &|| true).unwrap().unwrap();
            assert_eq!(
                (found.neurons, found.fails_beyond),
                (limit - 1, Some(Verdict::Proved))
            );
        }
        let all = search(1, 100, &below(101), &|| true).unwrap().unwrap();
        assert_eq!((all.neurons, all.fails_beyond), (100, None));
        assert_eq!(search(1, 100, &below(1), &|| true), Some(None));
        assert_eq!(search(1, 100, &below(50), &|| false), None);
        let falling = |n| below(30)(101 - n);
        let found = search(100, 1, &falling, &|| true).unwrap().unwrap();
        assert_eq!(found.neurons, 72);
    }
}
