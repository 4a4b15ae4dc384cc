//! How often something happens, and how sure that is.

use crate::arithmetic::Rational;
use num_traits::ToPrimitive;
use statrs::distribution::{Beta, ContinuousCDF};

/// How often an event was seen in independent trials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Frequency {
    /// How often it was seen.
    pub count: u32,
    /// How often it was looked for.
    pub trials: u32,
}

impl Frequency {
    /// count / trials; `None` without trials.
    #[must_use]
    pub fn fraction(&self) -> Option<f64> {
        if self.trials == 0 {
            return None;
        }
        Rational::new(self.count.into(), self.trials.into()).to_f64()
    }

    /// The 95 % confidence interval of Clopper and Pearson (*The use of confidence
    /// or fiducial limits illustrated in the case of the binomial*, Biometrika 26,
    /// 1934): it holds the true probability in at least 95 of 100 experiments,
    /// whatever that probability is. Without trials, [0, 1].
    #[must_use]
    pub fn interval95(&self) -> (f64, f64) {
        let (seen, missed) = (self.count, self.trials.saturating_sub(self.count));
        let quantile = |a: u32, b: u32, probability: f64| {
            Beta::new(f64::from(a), f64::from(b)).map(|beta| beta.inverse_cdf(probability))
        };
        // Shapes below are positive; the ends are those of the definition.
        let lower = match seen {
            0 => 0.0,
            _ => quantile(seen, missed.saturating_add(1), 0.025).unwrap_or(0.0),
        };
        let upper = match missed {
            0 => 1.0,
            _ => quantile(seen.saturating_add(1), missed, 0.975).unwrap_or(1.0),
        };
        (lower, upper)
    }
}
