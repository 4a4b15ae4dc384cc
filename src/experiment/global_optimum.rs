//! Whether the best copy-average configuration is the global optimum, by what
//! is known of the pair (k, n): a theorem, the same bounds for this pair alone,
//! a perturbed copy that is lower, or a search on the Grassmannian.

use super::branch_and_bound::End;
use super::phase::perturbed_copy;
use crate::arithmetic::{Order, Precision};
use crate::certify::global::{Pairs, Proof, decide};
use crate::certify::grassmannian::Examined;
use crate::certify::verdict::{Verdict, Why};
use crate::configuration::family::perturbed_copy::PerturbedCopy;
use crate::theorem::certificate::of_global_optimum;

/// How a verdict was reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Method {
    /// The pair is one of the theorem's.
    Theorem,
    /// The theorem's inequalities hold at this pair; the certificate says where.
    Bounds(Box<Proof>),
    /// Branch and bound on the Grassmannian of this pair.
    BranchAndBound(Examined),
    /// A perturbed copy exists whose loss is lower.
    PerturbedCopy,
}

impl Method {
    /// The word of the command line: a proof by the theorem's inequalities is one
    /// by the theorem.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Method::Theorem | Method::Bounds(_) => "theorem",
            Method::BranchAndBound(_) => "branch-and-bound",
            Method::PerturbedCopy => "perturbed-copy",
        }
    }

    /// One line for people.
    #[must_use]
    pub fn explained(&self) -> String {
        match self {
            Method::Theorem => "theorem global-optimum".to_string(),
            Method::Bounds(_) => {
                "the inequalities of theorem global-optimum, settled for this pair".to_string()
            }
            Method::BranchAndBound(examined) => format!(
                "branch and bound on the Grassmannian: {} cells, cut at most {} times",
                examined.cells(),
                examined.deepest
            ),
            Method::PerturbedCopy => "a perturbed copy exists, and its loss is lower".to_string(),
        }
    }
}

/// The answer for one pair.
#[derive(Debug, Clone)]
pub struct GlobalOptimum {
    /// k.
    pub teachers: u64,
    /// n, 1 ≤ n ≤ k.
    pub neurons: u64,
    /// On "no student of n neurons has a lower loss than n − 1 copies and one
    /// average, and only they attain it".
    pub verdict: Verdict,
    /// How it was reached; `None` if it is undecided.
    pub method: Option<Method>,
}

/// Above this share of neurons the bounds by rows are not tried: they end near
/// n/k = 0.523, and hold at no small pair beyond 0.53.
const HOPELESS: (u64, u64) = (55, 100);

/// Whether copies and one average are the global optimum of n of k, for commands
/// about single configurations: by theorem `global-optimum` and its inequalities
/// at this pair, which are settled here; `None` if that is not shown.
#[must_use]
pub fn shown_at(neurons: u64, teachers: u64, limit: Precision) -> Option<Method> {
    if neurons <= 2 || neurons == teachers {
        return GlobalOptimum::is_covered(neurons, teachers).then_some(Method::Theorem);
    }
    if !within_reach(neurons, teachers) {
        return None;
    }
    let proof = decide(&Pairs::one(teachers, neurons)?, limit).ok()?;
    Some(if GlobalOptimum::is_covered(neurons, teachers) {
        Method::Theorem
    } else {
        Method::Bounds(Box::new(proof))
    })
}

/// Whether the bounds by rows are worth trying.
fn within_reach(neurons: u64, teachers: u64) -> bool {
    let (part, whole) = HOPELESS;
    u128::from(neurons) * u128::from(whole) < u128::from(teachers) * u128::from(part)
}

impl GlobalOptimum {
    /// The same after a search on the Grassmannian. The lemmas behind it, the
    /// reduction and the z-lemma, are those of the theorem: so is their verdict.
    #[must_use]
    pub fn after(mut self, end: &End, theorem: &Verdict) -> Self {
        match end {
            End::Settled(examined) => {
                self.verdict = theorem.clone();
                self.method = theorem.is_proved().then_some(Method::BranchAndBound(*examined));
            }
            End::Open(what) => self.verdict = Verdict::Undecided(Why::SearchOpen { what: what.clone() }),
            End::Stopped => {}
        }
        self
    }

    /// Whether theorem `global-optimum` speaks of the pair: n = 1, n = 2 < k,
    /// n ≤ k/2, or n = k, where the loss is 0.
    #[must_use]
    pub fn is_covered(neurons: u64, teachers: u64) -> bool {
        neurons == 1 || neurons == teachers || (neurons == 2 && teachers >= 3) || neurons <= teachers / 2
    }

    /// Examines a pair 1 ≤ n ≤ k. `theorem` is the verdict on theorem
    /// `global-optimum`, and `recheck` the independent checker.
    #[must_use]
    pub fn of(
        neurons: u64,
        teachers: u64,
        theorem: &Verdict,
        limit: Precision,
        recheck: &(dyn Fn(&str) -> Result<(), String> + Sync),
    ) -> Self {
        let (verdict, method) = settle(neurons, teachers, theorem, limit, recheck);
        Self {
            teachers,
            neurons,
            method: method.filter(|_| !matches!(verdict, Verdict::Undecided(_))),
            verdict,
        }
    }
}

fn settle(
    neurons: u64,
    teachers: u64,
    theorem: &Verdict,
    limit: Precision,
    recheck: &(dyn Fn(&str) -> Result<(), String> + Sync),
) -> (Verdict, Option<Method>) {
    if GlobalOptimum::is_covered(neurons, teachers) {
        return (theorem.clone(), Some(Method::Theorem));
    }
    let mut open = Why::RowBounds {
        pairs: format!("k = {teachers}, n = {neurons}"),
        inequality: "(C)",
        cell: "any interval".to_string(),
    };
    if within_reach(neurons, teachers)
        && let Some(pairs) = Pairs::one(teachers, neurons)
    {
        match decide(&pairs, limit) {
            Ok(proof) => {
                let accepted = recheck(&of_global_optimum(std::slice::from_ref(&proof)));
                let verdict = match accepted {
                    // The lemmas are those of the theorem.
                    Ok(()) => theorem.clone(),
                    Err(reason) => Verdict::Undecided(Why::NotAccepted { reason }),
                };
                return (verdict, Some(Method::Bounds(Box::new(proof))));
            }
            Err(why) => open = why,
        }
    }
    let lower = PerturbedCopy::new(neurons, teachers, teachers)
        .and_then(|family| perturbed_copy(&family, limit).ok())
        .is_some_and(|found| found.order == Order::Less);
    if lower {
        let evidence =
            format!("the perturbed copy of {neurons} of {teachers} teachers exists, and its loss is lower");
        return (Verdict::Refuted(evidence), Some(Method::PerturbedCopy));
    }
    (Verdict::Undecided(open), None)
}
