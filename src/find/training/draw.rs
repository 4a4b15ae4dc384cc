//! Initial weights from a seed.

use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use serde::{Deserialize, Serialize};

/// How initial weights are distributed, independently of each other.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Distribution {
    /// Gaussian with variance 2/(fan in + fan out): 2/(d + n) for W, 2/(n + 1)
    /// for a (Glorot & Bengio, *Understanding the difficulty of training deep
    /// feedforward neural networks*, AISTATS 2010).
    GlorotNormal,
    /// Uniform with the same variances, so up to √(6/(fan in + fan out)).
    GlorotUniform,
    /// Gaussian with this standard deviation, for W and a alike.
    Normal {
        /// The standard deviation. Positive.
        deviation: f64,
    },
}

/// The n + n d parameters a_1, …, a_n, w_1, …, w_n (d entries each) of seed
/// `seed`.
///
/// The stream is that of ChaCha with 12 rounds, seeded by
/// `SeedableRng::seed_from_u64`; Gaussians come in pairs by the method of Box
/// and Muller, with correctly rounded logarithm, sine and cosine. So the
/// weights have the same bits on every machine.
#[must_use]
pub fn draw(distribution: Distribution, seed: u64, neurons: usize, dimension: usize) -> Vec<f64> {
    let mut stream = Stream::of(seed);
    let (n, d) = (neurons as f64, dimension as f64);
    let (outer, inner) = match distribution {
        Distribution::GlorotNormal | Distribution::GlorotUniform => {
            ((2.0 / (n + 1.0)).sqrt(), (2.0 / (d + n)).sqrt())
        }
        Distribution::Normal { deviation } => (deviation, deviation),
    };
    let mut next = || match distribution {
        // A uniform number on (−1, 1) has variance 1/3.
        Distribution::GlorotUniform => (2.0 * stream.uniform() - 1.0) * 3.0_f64.sqrt(),
        Distribution::GlorotNormal | Distribution::Normal { .. } => stream.gaussian(),
    };
    let mut parameters = Vec::with_capacity(neurons + neurons * dimension);
    parameters.extend((0..neurons).map(|_| outer * next()));
    parameters.extend((0..neurons * dimension).map(|_| inner * next()));
    parameters
}

/// A stream of random numbers.
struct Stream {
    bits: ChaCha12Rng,
    /// The second of a pair of Gaussians.
    spare: Option<f64>,
}

impl Stream {
    fn of(seed: u64) -> Self {
        Self {
            bits: ChaCha12Rng::seed_from_u64(seed),
            spare: None,
        }
    }

    /// Uniform on the odd multiples of 2⁻⁵³ between 0 and 1.
    fn uniform(&mut self) -> f64 {
        let whole = (self.bits.next_u64() >> 12) as f64;
        (whole + 0.5) / (1_u64 << 52) as f64
    }

    /// A standard Gaussian.
    fn gaussian(&mut self) -> f64 {
        if let Some(x) = self.spare.take() {
            return x;
        }
        let radius = (-2.0 * core_math::log(self.uniform())).sqrt();
        // In units of π.
        let angle = 2.0 * self.uniform();
        self.spare = Some(radius * core_math::sinpi(angle));
        radius * core_math::cospi(angle)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moments(x: &[f64]) -> (f64, f64) {
        let count = x.len() as f64;
        let mean = x.iter().sum::<f64>() / count;
        (mean, x.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / count)
    }

    #[test]
    fn variances_are_those_of_the_distribution() {
        let (n, d) = (200, 500);
        for (distribution, outer, inner) in [
            (Distribution::GlorotNormal, 2.0 / 201.0, 2.0 / 700.0),
            (Distribution::GlorotUniform, 2.0 / 201.0, 2.0 / 700.0),
            (Distribution::Normal { deviation: 0.1 }, 0.01, 0.01),
        ] {
            let x = draw(distribution, 5, n, d);
            assert_eq!(x.len(), n + n * d);
            let ((_, found), (mean, weights)) = (moments(&x[..n]), moments(&x[n..]));
            // Relative standard deviations are at most √(2/n) and √(2/(n d)).
            assert!((found / outer - 1.0).abs() < 0.4, "{distribution:?} {found}");
            assert!((weights / inner - 1.0).abs() < 0.02, "{distribution:?} {weights}");
            assert!(mean.abs() < 5.0 * (inner / 1e5).sqrt());
        }
        let most = draw(Distribution::GlorotUniform, 5, n, d)[n..]
            .iter()
            .fold(0.0_f64, |most, x| most.max(x.abs()));
        let edge = (6.0_f64 / 700.0).sqrt();
        assert!(most < edge && most > 0.99 * edge);
    }

    /// The stream of a seed never changes: stored runs rest on it.
    #[test]
    fn the_stream_is_fixed() {
        let bits = |seed| draw(Distribution::Normal { deviation: 1.0 }, seed, 1, 1).map_bits();
        assert_eq!(bits(0), bits(0));
        assert_ne!(bits(0), bits(1));
    }

    trait MapBits {
        fn map_bits(self) -> Vec<u64>;
    }

    impl MapBits for Vec<f64> {
        fn map_bits(self) -> Vec<u64> {
            self.into_iter().map(f64::to_bits).collect()
        }
    }
}
