//! How accurately a student is trained, and when to give up.

use serde::{Deserialize, Serialize};

/// Numbers that steer a run. They are part of what is asked for: the same ones
/// give the same run.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Tolerances {
    /// The relative error of each step of the flow that is accepted, and the
    /// absolute error beside it. Positive, at most 0.1.
    pub relative: f64,
    /// The largest entry of ∇L at which a run counts as converged. Positive.
    pub gradient: f64,
    /// The time t of the flow θ′ = −∇L(θ) after which it is given up. Positive.
    pub flow_time: f64,
    /// The number of steps of the flow after which it is given up. Positive.
    pub steps: u64,
}

impl Default for Tolerances {
    fn default() -> Self {
        Self {
            relative: 1e-6,
            gradient: 1e-13,
            flow_time: 1e9,
            steps: 100_000,
        }
    }
}

/// Tolerances with which no run makes sense.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ToleranceError {
    /// Zero, negative, too large or NaN.
    #[error("the relative tolerance is {0}; choose a number above 0 and at most 0.1, such as 1e-6")]
    Relative(f64),
    /// Zero, negative or NaN.
    #[error("the gradient tolerance is {0}; choose a positive number, such as 1e-13")]
    Gradient(f64),
    /// Zero, negative or NaN.
    #[error("the longest flow time is {0}; choose a positive number, such as 1e9")]
    FlowTime(f64),
    /// Zero.
    #[error("the largest number of steps is 0; choose at least 1")]
    Steps,
}

impl Tolerances {
    /// Checks the ranges.
    ///
    /// # Errors
    /// The first number that is out of its range.
    pub fn validate(&self) -> Result<(), ToleranceError> {
        let positive = |x: f64| x > 0.0 && x.is_finite();
        if !(positive(self.relative) && self.relative <= 0.1) {
            return Err(ToleranceError::Relative(self.relative));
        }
        if !positive(self.gradient) {
            return Err(ToleranceError::Gradient(self.gradient));
        }
        if !positive(self.flow_time) {
            return Err(ToleranceError::FlowTime(self.flow_time));
        }
        if self.steps == 0 {
            return Err(ToleranceError::Steps);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn senseless_tolerances_are_refused() {
        assert_eq!(Tolerances::default().validate(), Ok(()));
        for bad in [0.0, -1e-6, f64::NAN, f64::INFINITY] {
            let wrong = |change: fn(&mut Tolerances, f64)| {
                let mut tolerances = Tolerances::default();
                change(&mut tolerances, bad);
                tolerances.validate().is_err()
            };
            assert!(wrong(|t, x| t.relative = x));
            assert!(wrong(|t, x| t.gradient = x));
            assert!(wrong(|t, x| t.flow_time = x));
        }
        let none = Tolerances {
            steps: 0,
            ..Tolerances::default()
        };
        assert_eq!(none.validate(), Err(ToleranceError::Steps));
    }
}
