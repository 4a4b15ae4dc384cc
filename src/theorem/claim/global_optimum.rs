//! `kind = "global-optimum"`: copies and one average are the global optimum.

use super::exhaustive::activation;
use super::{Attempt, Work};
use crate::activation::Activation;
use crate::arithmetic::{Rational, literal};
use crate::certify::global::{Pairs, Proof, decide};
use crate::certify::verdict::{Verdict, Why};
use crate::theorem::certificate::global_optimum_claim;
use crate::theorem::complaint::ClaimError;
use num_bigint::BigInt;
use rayon::prelude::*;
use serde::Deserialize;
use std::sync::atomic::Ordering;

/// The fields of the claim as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    activation: String,
    /// A number of teachers, `A..B` or `A..infinity`.
    k: String,
    /// Numbers of neurons: `N`, `A..B`, or up to a share of k, such as `2..k/2`
    /// or `2..0.6*k`.
    n: String,
}

/// "For these k and n no student has a lower loss than copies and one average,
/// and only they attain it."
#[derive(Debug)]
pub struct GlobalOptimum {
    k: String,
    n: String,
    groups: Vec<Pairs>,
}

/// The most values of k that are named one by one.
const MOST_ROWS: u64 = 10_000;
/// The most pairs that are settled one by one.
const MOST_PAIRS: u64 = 100_000;

impl GlobalOptimum {
    pub(super) fn read(written: &Written) -> Result<Self, ClaimError> {
        if activation(&written.activation)? != Activation::Erf {
            return Err(ClaimError::Activation(format!(
                "the bounds by rows are known for erf only, not for {}",
                written.activation
            )));
        }
        let groups = groups(&written.k, &written.n).ok_or_else(|| {
            ClaimError::Field(format!(
                "k must be K, A..B or A..infinity, and n be N, A..B or 2..RHO*k with 2 <= n < k (at most {MOST_PAIRS} \
                 pairs), not k = {:?}, n = {:?}",
                written.k, written.n
            ))
        })?;
        Ok(Self {
            k: written.k.clone(),
            n: written.n.clone(),
            groups,
        })
    }

    pub(super) fn text(&self) -> String {
        format!(
            "for all k in {} and n in {}, every student of n neurons for k teachers, erf, has loss >= L(k-n+1), \
             with equality only at n-1 copies and one average",
            self.k, self.n
        )
    }

    pub(super) fn attempt(&self, work: &Work) -> Attempt {
        let method = "row bounds of projectors and a local expansion, by cells";
        let found: Result<Vec<Proof>, Why> = self
            .groups
            .par_iter()
            .map(|pairs| {
                if work.interrupt.load(Ordering::Relaxed) {
                    return Err(Why::Interrupted {
                        reached: format!("at {pairs}"),
                    });
                }
                decide(pairs, work.max_precision)
            })
            .collect();
        match found {
            Ok(proofs) => Attempt {
                found: Some(global_optimum_claim(&proofs)),
                ..Attempt::by(method, Verdict::Proved)
            },
            Err(why) => Attempt::by(method, Verdict::Undecided(why)),
        }
    }
}

/// The pairs as groups that are settled together; `None` if they cannot be read.
fn groups(k: &str, n: &str) -> Option<Vec<Pairs>> {
    if let Some(from) = k.strip_suffix("..infinity") {
        return Some(vec![Pairs::beyond(whole(from)?, share(n)?)?]);
    }
    let (first, last) = range(k)?;
    if last.checked_sub(first)? >= MOST_ROWS {
        return None;
    }
    let mut groups = Vec::new();
    let mut pairs = 0_u64;
    for teachers in first..=last {
        let (from, to) = match share(n) {
            Some(share) => (2, Pairs::share_of(teachers, &share)?),
            None => range(n)?,
        };
        pairs = pairs.checked_add(to.checked_sub(from)?.checked_add(1)?)?;
        if pairs > MOST_PAIRS {
            return None;
        }
        groups.push(Pairs::row(teachers, from, to)?);
    }
    Some(groups)
}

/// Reads `2..k/2`, `2..RHO*k`.
fn share(n: &str) -> Option<Rational> {
    let to = n.strip_prefix("2..")?;
    match to.strip_prefix("k/") {
        Some(parts) => Some(Rational::new(
            BigInt::from(1),
            whole(parts).filter(|&q| q > 0)?.into(),
        )),
        None => literal::parse(to.strip_suffix("*k")?).ok(),
    }
}

/// Reads `A` or `A..B`, A ≤ B.
fn range(text: &str) -> Option<(u64, u64)> {
    let (from, to) = text.split_once("..").unwrap_or((text, text));
    Some((whole(from)?, whole(to)?)).filter(|(from, to)| from <= to)
}

fn whole(text: &str) -> Option<u64> {
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arithmetic::rational::ratio;

    #[test]
    fn pairs_are_read() {
        assert_eq!(groups("52", "26"), Some(vec![Pairs::row(52, 26, 26).unwrap()]));
        let rows = [Pairs::row(6, 2, 3).unwrap(), Pairs::row(7, 2, 3).unwrap()];
        assert_eq!(groups("6..7", "2..3"), Some(rows.to_vec()));
        assert_eq!(groups("6..7", "2..k/2"), Some(rows.to_vec()));
        assert_eq!(groups("6..7", "2..0.5*k"), Some(rows.to_vec()));
        let all = Pairs::beyond(100, ratio(13, 25)).unwrap();
        assert_eq!(groups("100..infinity", "2..0.52*k"), Some(vec![all]));
        let refused = [
            ("6", "1"),
            ("6", "6"),
            ("6", "2..6"),
            ("6..5", "2"),
            ("3..7", "2..k/2"),
            ("1..infinity", "2..k/2"),
            ("100..infinity", "2..50"),
            ("100..infinity", "3..k/2"),
            ("6", "2..k"),
            ("6", "2..k/0"),
            ("", "2"),
            ("6", ""),
            ("-6", "2"),
            ("100..infinity", "2..2*k"),
            ("6..infinity", "2"),
            ("1000000", "2..k/2"),
            ("6..100000", "2"),
        ];
        for (k, n) in refused {
            assert_eq!(groups(k, n), None, "k = {k}, n = {n}");
        }
    }
}
