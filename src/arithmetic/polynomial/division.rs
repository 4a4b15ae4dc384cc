//! Division without remainder.

use super::{Budget, Polynomial, TooLarge, words};

impl Polynomial {
    /// The polynomial q with q·`divisor` = `self`, if there is one.
    ///
    /// Leading terms are divided one after the other: in an order that
    /// respects products, the leading term of q·d is the product of the
    /// leading terms, so that q is found or shown not to exist.
    ///
    /// # Errors
    /// [`TooLarge`] if the budget is exceeded.
    pub fn divide_exactly(&self, divisor: &Self, budget: &mut Budget) -> Result<Option<Self>, TooLarge> {
        let (Some((lead, lead_q)), Some((trail, _))) =
            (divisor.terms.last_key_value(), divisor.terms.first_key_value())
        else {
            return Ok(None);
        };
        // Cheap necessary conditions: the trailing term and every degree.
        if let Some((own_trail, _)) = self.terms.first_key_value()
            && (own_trail.divide(trail).is_none()
                || divisor
                    .variables()
                    .into_iter()
                    .any(|v| self.degree_in(v) < divisor.degree_in(v)))
        {
            return Ok(None);
        }
        let divisor_words: u64 = divisor.terms.values().map(words).sum();
        let (mut rest, mut quotient) = (self.clone(), Self::default());
        while let Some((monomial, q)) = rest.terms.last_key_value() {
            let Some(monomial) = monomial.divide(lead) else {
                return Ok(None);
            };
            let q = rug::Rational::from(q / lead_q);
            budget.spend(divisor_words.saturating_mul(words(&q)))?;
            for (m, p) in &divisor.terms {
                let product = monomial.multiply(m).ok_or(TooLarge)?;
                rest.add_term(product, -rug::Rational::from(p * &q));
            }
            quotient.add_term(monomial, q);
        }
        Ok(Some(quotient))
    }
}
