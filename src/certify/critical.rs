//! Enclosures of the gradient: a check on critical points, and a proof against
//! them.

use crate::activation::Kernel;
use crate::arithmetic::{Enclosure, Rational};
use crate::landscape::{Student, gradient};
use num_traits::Signed;

/// An enclosure of the gradient, as a check: that it contains 0 is *no*
/// evidence for a critical point, that it does not is a proof against one.
#[derive(Debug, Clone)]
pub struct GradientEnclosure<T> {
    /// ∇L, in the order of the student's parameters.
    pub components: Vec<T>,
    /// An upper bound of the largest |component|; `None` if one is unbounded
    /// or undefined.
    pub largest: Option<Rational>,
}

impl<T: Enclosure> GradientEnclosure<T> {
    /// Some component is certainly not 0.
    #[must_use]
    pub fn excludes_zero(&self) -> bool {
        self.components
            .iter()
            .any(|component| component.certainly_positive() || component.certainly_negative())
    }
}

/// Encloses the gradient of the loss at a student that is known to an enclosure.
pub fn gradient_enclosure<T: Enclosure, K: Kernel>(kernel: &K, student: &Student<T>) -> GradientEnclosure<T> {
    let components = gradient(kernel, student);
    let bounds: Option<Vec<Rational>> = components.iter().map(magnitude).collect();
    GradientEnclosure {
        largest: bounds.and_then(|bounds| bounds.into_iter().max()),
        components,
    }
}

/// An upper bound of |x|; `None` if unbounded or undefined.
fn magnitude<T: Enclosure>(x: &T) -> Option<Rational> {
    Some(x.lower()?.abs().max(x.upper()?.abs()))
}
