//! The numbers that one bucket brings to the Hessian.

use super::counting::count;
use super::rank_one::Core;
use crate::arithmetic::Scalar;

/// What the optimal neuron of a bucket of ℓ ≥ 1 teachers contributes to the
/// Hessian at a copy-average configuration, in units of 4/π.
///
/// With r² = 1/(2ℓ−1), s = 1 + r² and R = √(4ℓ²−1). The differences below
/// cancel almost completely for large ℓ; they are computed as quotients,
/// by 2ℓ − R = 1/(2ℓ + R).
#[derive(Debug, Clone)]
pub struct Bucket<T> {
    /// z² = ℓ²/s = ℓ(2ℓ−1)/2: the second derivatives in w_i and w_j, i ≠ j,
    /// are z_i z_j in every common direction orthogonal to w_i and w_j.
    pub coupling: T,
    /// δ = ℓ²√((2ℓ−1)/(2ℓ+1)) − z² = z²/(R(R+2ℓ)) > 0: the second derivative in
    /// w_i along a unit vector orthogonal to the bucket, beyond z².
    pub outside: T,
    /// δ° = 2ℓ²(2ℓ²−1)/((2ℓ−1)^½ (2ℓ+1)^{3/2}) − z² = −z²(1+2ℓR)/(R³(R+2ℓ)) < 0:
    /// the same along a unit vector with zero sum inside the bucket (ℓ ≥ 2).
    pub inside: T,
    /// The 2×2 matrix of second derivatives in (a_i, w_i·f_i), f_i the bucket's
    /// unit vector, less v vᵀ with v = (1/√(2ℓ), z/s); see [`Bucket::of`].
    pub core: Core<T>,
    /// 2ℓ and R, for the ratios.
    double: T,
    root: T,
}

impl<T: Scalar> Bucket<T> {
    /// The numbers of a bucket of `size` ≥ 1 teachers, in the arithmetic of
    /// `context`.
    ///
    /// In (a_i, w_i·f_i) the second derivatives are, with D = √((2ℓ+1)/ℓ) and
    /// h = 1/(s√(2s−1)),
    ///
    /// * asin(1/(2ℓ));
    /// * 2ℓ h r − √ℓ/(s D) = (2ℓ−1)/(2√(2ℓ+1));
    /// * ℓ²(h + 2h′r²) + (own teachers' terms) = ℓ²((2ℓ−1)/(2ℓ+1))^{3/2}.
    ///
    /// Less v vᵀ, v = (1/√(2ℓ), (2ℓ−1)^{3/2}/√(8ℓ)), this is
    ///
    /// * asin(1/(2ℓ)) − 1/(2ℓ);
    /// * (2ℓ−1)/(4ℓ √(2ℓ+1) (2ℓ+R));
    /// * (2ℓ−1)³ (4ℓ² + 2ℓR + R²)/(8ℓ R³ (2ℓ+R)).
    pub fn of(context: &T, size: u64) -> Self {
        let ell = count(context, size);
        let double = count(context, 2 * u128::from(size));
        let one = context.one();
        let odd = double.clone() - &one;
        let above = double.clone() + &one;
        let root = (odd.clone() * &above).sqrt();
        let sum = root.clone() + &double;
        let coupling = ell.clone() * &odd / context.integer(2);
        let outside = coupling.clone() / (root.clone() * &sum);
        let squared_root = odd.clone() * &above;
        let cube = root.clone() * &squared_root;
        let inside = -(coupling.clone() * (double.clone() * &root + &one) / (cube.clone() * &sum));
        let sine = one.clone() / &double;
        // 8ℓ
        let eightfold = double.clone() * context.integer(4);
        let odd_cube = odd.clone() * &odd.square();
        let numerator = double.square() + double.clone() * &root + squared_root;
        let core = Core {
            matrix: [
                sine.asin() - &sine,
                odd.clone() / (double.clone() * context.integer(2) * &above.sqrt() * &sum),
                odd_cube.clone() * numerator / (eightfold.clone() * &cube * &sum),
            ],
            vector: [sine.sqrt(), (odd_cube / eightfold).sqrt()],
        };
        Self {
            coupling,
            outside,
            inside,
            core,
            double,
            root,
        }
    }

    /// A(ℓ) = z²/δ = R(R + 2ℓ).
    pub fn outside_ratio(&self) -> T {
        self.root.clone() * (self.root.clone() + &self.double)
    }

    /// B(ℓ) = −z²/δ° = R³(R + 2ℓ)/(1 + 2ℓR), for ℓ ≥ 2.
    pub fn inside_ratio(&self) -> T {
        let one = self.root.one();
        self.outside_ratio() * &self.root.square() / (self.double.clone() * &self.root + one)
    }
}
