//! The optimal partition, found again by looking at all of them.

use super::exhaustive::{self, Table};
use super::{Control, LossSum, RankingError, Request, RowOrder};
use crate::arithmetic::Precision;
use crate::certify::verdict::{Verdict, Why};
use crate::configuration::partition::Partition;

/// What a check of all partitions of all numbers up to some k found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptimumCheck {
    /// "(k − n + 1, 1, …, 1) is strictly the lowest partition of k into n
    /// parts, for all 1 ≤ n ≤ k ≤ the last k."
    pub verdict: Verdict,
    /// The pairs (k, n) looked at.
    pub pairs: u64,
    /// The partitions visited.
    pub partitions: u64,
}

/// Visits every partition of every k ≤ `last` into every number n of parts and
/// decides whether (k − n + 1, 1, …, 1) has strictly the lowest loss. Nothing
/// is assumed of L but that it is ≥ 0; in particular not its concavity.
///
/// Stops at the first pair that is not proved. The work grows like the number
/// of partitions: about 5·10⁶ for k ≤ 60, 1.6·10⁹ for k ≤ 100.
///
/// # Errors
/// If a loss is not usable, or `last` is above several hundred.
pub fn check_optimum(
    last: u64,
    losses: &LossSum<'_>,
    max_precision: Precision,
    control: Control<'_>,
) -> Result<OptimumCheck, RankingError> {
    let mut check = OptimumCheck {
        verdict: Verdict::Proved,
        pairs: 0,
        partitions: 0,
    };
    if last == 0 {
        let what = "an empty list of partitions".to_string();
        check.verdict = Verdict::Undecided(Why::NotRepresentable { what });
        return Ok(check);
    }
    let table = Table::new(last, last, losses)?;
    for k in 1..=last {
        for n in 1..=k {
            let request = Request {
                k,
                n,
                top: 2,
                max_precision,
            };
            let ranking = exhaustive::rank(request, &table, losses, control)?;
            check.pairs += 1;
            check.partitions += ranking.visited;
            let claimed = Partition::copies_and_one_average(k, n)?;
            let Some(first) = ranking.rows.first() else {
                let reached = format!("before {k} into {n} parts");
                check.verdict = Verdict::Undecided(Why::Interrupted { reached });
                return Ok(check);
            };
            let order = ranking
                .rows
                .get(1)
                .map_or(RowOrder::Proved, |second| second.order);
            let strict = match order {
                RowOrder::Proved if first.partition == claimed => Verdict::Proved,
                RowOrder::Proved => Verdict::Refuted(format!("{} is lowest", first.partition)),
                RowOrder::Tied => {
                    let pair: Vec<String> = (ranking.rows.iter())
                        .map(|row| row.partition.to_string())
                        .collect();
                    Verdict::Refuted(format!("{} have one loss", pair.join(" and ")))
                }
                RowOrder::Undecided => Verdict::Undecided(Why::OrderOpen {
                    what: format!("the losses of the two lowest partitions of {k} into {n} parts"),
                    bits: max_precision.bits(),
                }),
            };
            // A list that may lack lower partitions refutes nothing.
            check.verdict = match ranking.complete {
                Verdict::Proved => strict,
                incomplete => incomplete,
            };
            if !check.verdict.is_proved() {
                return Ok(check);
            }
        }
    }
    Ok(check)
}
