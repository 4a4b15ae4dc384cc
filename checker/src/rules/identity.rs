//! `identity`: an equation for all values of its parameters.

use super::cover::{self, Claimed, Problem};
use super::statement::Statement;
use super::sturm;
use crate::algebra::{Field, Obstacle};
use crate::domain::Range;
use crate::formula::{Comparison, Id, Node};
use crate::read::Block;
use crate::rejection::Rejection;

/// Checks a claim `equation LEFT = RIGHT`: both sides are defined on the whole
/// domain, by a cover or by Sturm's theorem, and LEFT − RIGHT is the fraction 0.
pub fn check(block: &mut Block) -> Result<String, Rejection> {
    let line = block.peek();
    let mut statement = Statement::read(block, "equation")?;
    let relation = statement.relation;
    if relation.comparison != Comparison::Equal {
        return Err(line.unreadable("an inequality is a claim of the kind `sign`"));
    }
    let f = statement
        .formulas
        .add(Node::Difference(relation.left, relation.right))
        .map_err(|_| line.unreadable("too many operations"))?;
    let proof = block.require("proof")?;
    let invalid = |reason: String| proof.invalid(&statement.text, reason);
    let nonzero = vanishes(&statement, f).map_err(invalid)?;
    let connected = statement
        .domain
        .ranges
        .iter()
        .all(|range| matches!(range, Range::Reals(..)));
    if !nonzero.is_empty() && !connected {
        return Err(invalid(
            "square roots are related on connected domains only".to_string(),
        ));
    }
    let problem = Problem {
        formulas: &statement.formulas,
        domain: &statement.domain,
        f,
        claimed: Claimed::Defined,
        nonzero: &nonzero,
        text: &statement.text,
    };
    match proof.rest {
        "cover" => cover::check(block, &problem)?,
        "sturm" => sturm::check(&problem).map_err(invalid)?,
        other => return Err(proof.unreadable(format!("an identity is not proved by {other:?}"))),
    }
    Ok(statement.text)
}

/// Shows that f is the fraction 0; the answer lists the radicands on whose
/// being nowhere 0 this rests.
fn vanishes(statement: &Statement, f: Id) -> Result<Vec<Id>, String> {
    let mut field = Field::new(statement.domain.ranges.iter().map(Range::sample).collect());
    let fraction = field.fraction(&statement.formulas, f);
    match fraction {
        Ok(fraction) if fraction.numerator.is_zero() => Ok(field.nonzero().to_vec()),
        Ok(_) => Err("the two sides are not seen to be equal".to_string()),
        Err(Obstacle::Undefined) => Err("a constant part is undefined".to_string()),
        Err(obstacle) => Err(obstacle.describe().to_string()),
    }
}
