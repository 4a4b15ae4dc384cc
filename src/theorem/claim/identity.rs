//! `kind = "identity"`: an equation between formulas, by exact algebra.

use super::text::{self, Ranges};
use super::{Attempt, Work};
use crate::certify::domain::Domain;
use crate::certify::identity;
use crate::certify::sign::Witness;
use crate::formula::{Comparison, Relation};
use crate::theorem::complaint::ClaimError;
use serde::Deserialize;

/// The fields of the claim as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    /// The equation, such as `diff(x^2, x) = 2*x`.
    equation: String,
    /// Ranges of its parameters, on which both sides must be defined.
    #[serde(default, rename = "for")]
    ranges: Ranges,
    /// Definitions of its own, after those of the entry.
    #[serde(default, rename = "let")]
    definitions: Vec<String>,
    /// Compare the squares of both sides, after proving both nonnegative.
    #[serde(default)]
    by_squares: bool,
}

/// "left = right for all parameters in the domain".
#[derive(Debug)]
pub struct Identity {
    shown: String,
    relation: Relation,
    domain: Domain,
    by_squares: bool,
    /// The definitions that the equation uses, as written.
    definitions: Vec<String>,
}

impl Identity {
    pub(super) fn read(written: Written, shared: &[String]) -> Result<Identity, ClaimError> {
        let relation = text::relation(&written.equation, shared, &written.definitions)?;
        if relation.comparison != Comparison::Equal {
            return Err(ClaimError::Field(
                "an identity claim holds an equation; use kind = \"sign\" for an inequality".to_string(),
            ));
        }
        let domain = text::domain(&written.ranges)?;
        text::same_parameters(&[&relation.left, &relation.right], &domain)?;
        Ok(Identity {
            definitions: text::used(&written.equation, shared, &written.definitions),
            shown: written.equation,
            relation,
            domain,
            by_squares: written.by_squares,
        })
    }

    pub(super) fn text(&self) -> String {
        format!("{}{}", self.shown, text::quantifier(&self.domain))
    }

    pub(super) fn attempt(&self, work: &Work) -> Attempt {
        let Relation { left, right, .. } = &self.relation;
        let (verdict, witness) = identity::decide(left, right, self.by_squares, &self.domain, &work.limits());
        Attempt {
            verdict,
            method: "exact: identity".to_string(),
            witness,
            found: None,
        }
    }

    pub(super) fn certificate(&self, witness: &Witness) -> Option<Vec<String>> {
        let equation = format!("equation {}", self.shown);
        text::certificate("identity", &self.domain, &self.definitions, &equation, witness)
    }
}
