//! Claims about the copy-average configuration of every partition of k.

use crate::domain::Range;
use crate::landscape::{Activation, Student, partitions};
use crate::read::{Block, Line};
use crate::rejection::Rejection;

/// The largest k, for every partition of which a student is examined.
const LARGEST_K: u64 = 30;
/// The most dimensions beyond k.
const MOST_EXTRA: u64 = 100;

/// Which configurations are meant.
pub struct Configurations {
    activation: Activation,
    k: (u64, u64),
    extra: (u64, u64),
}

/// Reads the line `activation NAME`.
pub fn read_activation(block: &mut Block) -> Result<Activation, Rejection> {
    let line = block.require("activation")?;
    Activation::read(line.rest).ok_or_else(|| line.unreadable("there is no such activation"))
}

/// Reads the line `activation erf`, the only one of which the Hessian is known
/// here.
pub fn read_erf(block: &mut Block) -> Result<Activation, Rejection> {
    let line = block.require("activation")?;
    if line.rest != "erf" {
        return Err(line.unreadable("claims of this kind are for the activation `erf` only"));
    }
    Activation::read(line.rest).ok_or_else(|| line.unreadable("there is no such activation"))
}

/// Reads `A..B` with `least` ≤ A ≤ B ≤ `most`.
pub fn read_integers(line: &Line, least: u64, most: u64) -> Result<(u64, u64), Rejection> {
    let read = match Range::read(line.rest) {
        Some(Range::Integers(from, to)) => u64::try_from(from).ok().zip(u64::try_from(to).ok()),
        _ => None,
    };
    read.filter(|(from, to)| least <= *from && *to <= most)
        .ok_or_else(|| line.unreadable(format!("a range A..B inside {least}..{most} must stand here")))
}

impl Configurations {
    /// Reads the lines `activation NAME`, `k A..B`, `extra A..B`.
    pub fn read(block: &mut Block) -> Result<Self, Rejection> {
        let activation = read_activation(block)?;
        Self::read_ranges(block, activation)
    }

    /// Reads the lines `k A..B`, `extra A..B`.
    pub fn read_ranges(block: &mut Block, activation: Activation) -> Result<Self, Rejection> {
        let k = read_integers(&block.require("k")?, 1, LARGEST_K)?;
        let extra = read_integers(&block.require("extra")?, 0, MOST_EXTRA)?;
        Ok(Self { activation, k, extra })
    }

    /// The configurations in words.
    pub fn describe(&self) -> String {
        let Self { activation, k, extra } = self;
        format!(
            "for activation {activation}, k orthonormal teachers in k + e dimensions and the copy-average configuration \
             (a_i = l_i, |w_i|^2 = 1/(l_i + ({})*(l_i - 1))) of every partition of k, k in {}..{}, e in {}..{}",
            activation.gain, k.0, k.1, extra.0, extra.1
        )
    }

    /// The definition of L.
    pub fn bucket_loss(&self) -> String {
        self.activation.bucket_loss()
    }

    /// Applies a test to the student at every configuration; fails at the first
    /// one that does not pass.
    pub fn all(
        &self,
        proof: &Line,
        claim: &str,
        test: impl Fn(&Student, &[u64]) -> Option<bool>,
    ) -> Result<(), Rejection> {
        self.all_sizes(proof, claim, |sizes, extra| {
            let student = Student::copy_average(&self.activation, sizes, usize::try_from(extra).ok()?)?;
            test(&student, sizes)
        })
    }

    /// Applies a test to the sizes of buckets and d − k of every
    /// configuration; fails at the first one that does not pass.
    pub fn all_sizes(
        &self,
        proof: &Line,
        claim: &str,
        test: impl Fn(&[u64], u64) -> Option<bool>,
    ) -> Result<(), Rejection> {
        for k in self.k.0..=self.k.1 {
            for extra in self.extra.0..=self.extra.1 {
                for n in 1..=k {
                    let mut failed = None;
                    partitions(k, n, &mut |sizes| {
                        let passed = test(sizes, extra) == Some(true);
                        if !passed {
                            failed = Some(format!("not shown at the partition {sizes:?}, e = {extra}"));
                        }
                        passed
                    });
                    if let Some(reason) = failed {
                        return Err(proof.invalid(claim, reason));
                    }
                }
            }
        }
        Ok(())
    }
}
