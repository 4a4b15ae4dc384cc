//! The blocks at a copy-average configuration, for σ = erf(x/√2).
//!
//! **The Hessian there.** a_i = ℓ_i, w_i = r_i f_i with orthonormal f_i, so
//! u_ij = w_i·w_j = 0 for i ≠ j. Write z_i = ℓ_i/√s_i. In the Hessian's general
//! formulas (see [`crate::landscape::hessian`]) g_uu = g_qr = 0 at u = 0, and
//! the sums over the other neurons cancel those over their teachers, because
//! a_j w_j/√s_j = Σ_{p in j} e_p/√2 (the linear part of each bucket is matched
//! exactly). In units of 4/π what is left is
//!
//! * \[w_i, w_j\] = z_i z_j (I − w_i w_iᵀ/s_i − w_j w_jᵀ/s_j), i ≠ j;
//! * \[a_i, w_j\] = z_j w_i/√s_i, i ≠ j, and \[a_i, a_j\] = 0;
//! * \[w_i, w_i\]: z_i² + δ_i on directions orthogonal to bucket i, z_i² + δ°_i
//!   on zero-sum directions inside it, and one number along f_i;
//! * \[a_i, w_i\] along f_i only, \[a_i, a_i\] = asin(1/(2ℓ_i)).
//!
//! (δ, δ° and the numbers along f_i are those of [`Bucket`].)
//!
//! **Splitting the inputs.** ℝ^d is the orthogonal sum of the zero-sum
//! directions of each bucket, the f_p, and d − k unused inputs; every matrix
//! above is diagonal in such a basis. So the Hessian is the direct sum of
//!
//! * for each unused input, diag(δ_i) + z zᵀ in (dw_i)_i;
//! * for each of the ℓ_p − 1 zero-sum directions of bucket p, the same with
//!   δ°_p in the place of δ_p;
//! * for each bucket p, an (n+1)×(n+1) matrix in (da_p, dw_p·f_p, (dw_i·f_p)_{i≠p}):
//!   (core − v vᵀ) ⊕ diag(δ_i)_{i≠p} + (v, z)(v, z)ᵀ, since the couplings of da_p
//!   and dw_p·f_p with dw_i·f_p are z_i/√(2ℓ_p) and z_i z_p/s_p.
//!
//! **Equal sizes.** Among m neurons of equal size s whose lines are equal, the
//! m − 1 zero-sum combinations are eigenvectors of value δ_s, and the even one
//! enters with z_s √m.

use super::counting::product;
use super::{Block, Bucket, Line, RankOneUpdate};
use crate::arithmetic::Scalar;
use crate::configuration::partition::{Partition, Run};
use num_bigint::BigUint;
use num_traits::Zero;

/// The blocks of the Hessian of the loss at the copy-average configuration of
/// `partition`, with `extra` = d − k unused inputs, in units of 4/π and in
/// orthonormal coordinates: eigenvalues of the Hessian in (a, W) are those of
/// the blocks times 4/π. Multiplicities times sizes add up to n + n d.
///
/// With q distinct sizes there are at most 3q + 1 blocks of at most q + 2 rows;
/// first those of the buckets, then of zero-sum directions, of unused inputs,
/// and of differences between neurons of equal size.
pub fn copy_average_blocks<T: Scalar>(
    context: &T,
    partition: &Partition,
    extra: u64,
) -> Vec<Block<RankOneUpdate<T>>> {
    let runs: Vec<(Run, Bucket<T>)> = partition
        .runs()
        .iter()
        .map(|&run| (run, Bucket::of(context, run.size)))
        .collect();
    let mut blocks = Vec::with_capacity(3 * runs.len() + 1);
    for (own, bucket) in &runs {
        let lines = lines(context, &runs, Some(own.size));
        push(
            &mut blocks,
            format!("bucket({})", own.size),
            own.count.into(),
            RankOneUpdate {
                core: Some(bucket.core.clone()),
                lines,
            },
        );
    }
    for (own, bucket) in &runs {
        let mut lines = vec![Line {
            value: bucket.inside.clone(),
            square: bucket.coupling.clone(),
        }];
        lines.extend(self::lines(context, &runs, Some(own.size)));
        let copies = product(own.count, own.size - 1);
        push(
            &mut blocks,
            format!("zero-sum({})", own.size),
            copies,
            RankOneUpdate { core: None, lines },
        );
    }
    let lines = lines(context, &runs, None);
    push(
        &mut blocks,
        "unused".to_string(),
        extra.into(),
        RankOneUpdate { core: None, lines },
    );
    let inputs = BigUint::from(partition.k()) + extra;
    for (run, bucket) in &runs {
        // Differences of the `count` neurons on every input outside their
        // buckets, and of the count − 1 others on those of each bucket.
        let outside = &inputs - product(run.count, run.size);
        let other = product(run.count, run.size) * run.count.saturating_sub(2);
        let copies = outside * (run.count - 1) + other;
        let matrix = RankOneUpdate::single(bucket.outside.clone());
        push(&mut blocks, format!("difference({})", run.size), copies, matrix);
    }
    blocks
}

/// The lines of all neurons but one of the size `without`, equal ones taken
/// together.
fn lines<T: Scalar>(context: &T, runs: &[(Run, Bucket<T>)], without: Option<u64>) -> Vec<Line<T>> {
    runs.iter()
        .filter_map(|(run, bucket)| {
            let count = run.count - u64::from(without == Some(run.size));
            (count > 0).then(|| Line {
                value: bucket.outside.clone(),
                square: bucket.coupling.clone() * &super::counting::count(context, count),
            })
        })
        .collect()
}

fn push<M>(blocks: &mut Vec<Block<M>>, name: String, multiplicity: BigUint, matrix: M) {
    if !multiplicity.is_zero() {
        blocks.push(Block {
            name,
            multiplicity,
            matrix,
        });
    }
}
