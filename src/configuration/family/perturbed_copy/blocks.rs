//! The Hessian at a perturbed copy as a direct sum.
//!
//! **Splitting the directions.** Under S_n × S_m × O(e), e = d − k, the
//! outgoing weights are 1 + std_n (std: zero-sum vectors), and the n × d
//! matrices dW split by the columns:
//!
//! * diagonal of the copied teachers: 1 + std_n;
//! * off their diagonal: for n ≥ 4 each of 1, std_n ⊗ ℝ² and the matrices with
//!   zero row and column sums, symmetric ones (n−2,2) and antisymmetric ones
//!   (n−2,1,1); fewer for n ≤ 3, as the multiplicities say;
//! * other teachers: (1 + std_n) ⊗ (1 + std_m);
//! * unused inputs: (1 + std_n) ⊗ ℝ^e.
//!
//! By Schur's lemma the Hessian is one number on every component that occurs
//! once; the 1 and the std_n that involve no single unused input or difference
//! of other teachers occur 4 and 5 times (4 for n = 2) and give the matrices of
//! `variation`.
//!
//! **The numbers.** On each component that occurs once no outgoing weight moves
//! and w_i·dw_i = 0, since the sum over each class of equal entries of W
//! vanishes. Of the second variation
//!
//! 2a radial |dW|² + 2a² g_u Σ_{i≠j} dw_i·dw_j + a² g_uu Σ_{i≠j} du_ij² − 2a Σ_ip h_uu dw_ip²
//!
//! is left, where Σ_{i≠j} dw_i·dw_j = |Σ_i dw_i|² − |dW|² is n − 1 times |dW|² if
//! all dw_i are equal, and −|dW|² if they sum to 0; h_uu is that of the columns
//! that move; and du_ij = (α − β)(dw_ij + dw_ji) on the matrices with zero row
//! sums, so that Σ du_ij² = 4(α − β)² |dW|² if symmetric, 0 if antisymmetric;
//! on all other components du_ij = 0.

use super::PerturbedCopy;
use super::geometry::Geometry;
use crate::arithmetic::Scalar;
use crate::configuration::blocks::{Block, SymmetricMatrix};
use num_bigint::BigUint;

/// All blocks in the units of the loss; multiplicities times sizes add up to
/// n + n d.
pub(super) fn blocks<T: Scalar>(at: &Geometry<T>, family: &PerturbedCopy) -> Vec<Block<SymmetricMatrix<T>>> {
    let two = at.a.integer(2);
    let factor = at.a.clone() * &two;
    let pull = at.pair.u.clone() * &at.a;
    // All dw_i equal, or summing to 0.
    let together = (at.radial.clone() + pull.clone() * &at.others) * &factor;
    let apart = (at.radial.clone() - pull) * &factor;
    let antisymmetric = apart.clone() - at.at_beta.uu.clone() * &factor;
    let difference = (at.alpha.clone() - &at.beta).square();
    let symmetric = antisymmetric.clone() + at.pair.uu.clone() * difference * factor.square();
    let rest = at.at_gamma.uu.clone() * &factor;

    let n = BigUint::from(family.copies());
    let m = BigUint::from(family.rest());
    let extra = BigUint::from(family.extra());
    // n ≥ 2 and m ≥ 1.
    let differences = &n - 1_u32;
    let rest_differences = &m - 1_u32;
    // n(n−3)/2 and (n−1)(n−2)/2.
    let pairs = &n * &differences / 2_u32;
    let symmetric_count = if pairs > n {
        &pairs - &n
    } else {
        BigUint::default()
    };
    let antisymmetric_count = &pairs - &differences;

    let mut blocks = vec![
        Block {
            name: "trivial".to_string(),
            multiplicity: BigUint::from(1_u32),
            matrix: at.second_variation(&at.invariant()),
        },
        Block {
            name: "neurons".to_string(),
            multiplicity: differences.clone(),
            matrix: at.second_variation(&at.standard(family.copies() == 2)),
        },
    ];
    let singles = [
        ("rest", rest_differences.clone(), together.clone() - &rest),
        (
            "neurons-rest",
            &differences * &rest_differences,
            apart.clone() - &rest,
        ),
        ("symmetric", symmetric_count, symmetric),
        ("antisymmetric", antisymmetric_count, antisymmetric),
        ("unused", extra.clone(), together),
        ("unused-neurons", differences * extra, apart),
    ];
    blocks.extend(
        singles
            .into_iter()
            .filter(|(_, multiplicity, _)| *multiplicity != BigUint::default())
            .map(|(name, multiplicity, value)| Block {
                name: name.to_string(),
                multiplicity,
                matrix: SymmetricMatrix::from_fn(1, |_, _| value.clone()),
            }),
    );
    blocks
}
