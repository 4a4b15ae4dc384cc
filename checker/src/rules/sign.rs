//! `sign`: an inequality for all values of its parameters.

use super::cover::{self, Claimed, Problem};
use super::statement::Statement;
use super::sturm;
use crate::formula::{Comparison, Node};
use crate::read::Block;
use crate::rejection::Rejection;

/// Checks a claim `holds LEFT OP RIGHT`: f = LEFT − RIGHT or RIGHT − LEFT has
/// the claimed sign on the whole domain.
pub fn check(block: &mut Block) -> Result<String, Rejection> {
    let line = block.peek();
    let mut statement = Statement::read(block, "holds")?;
    let relation = statement.relation;
    let (larger, smaller, claimed) = match relation.comparison {
        Comparison::Greater => (relation.left, relation.right, Claimed::Positive),
        Comparison::GreaterOrEqual => (relation.left, relation.right, Claimed::Nonnegative),
        Comparison::Less => (relation.right, relation.left, Claimed::Positive),
        Comparison::LessOrEqual => (relation.right, relation.left, Claimed::Nonnegative),
        Comparison::Equal => return Err(line.unreadable("an equation is a claim of the kind `identity`")),
    };
    let f = statement
        .formulas
        .add(Node::Difference(larger, smaller))
        .map_err(|_| line.unreadable("too many operations"))?;
    let problem = Problem {
        formulas: &statement.formulas,
        domain: &statement.domain,
        f,
        claimed,
        nonzero: &[],
        text: &statement.text,
    };
    let proof = block.require("proof")?;
    match proof.rest {
        "cover" => cover::check(block, &problem)?,
        "sturm" => sturm::check(&problem).map_err(|reason| proof.invalid(&statement.text, reason))?,
        other => return Err(proof.unreadable(format!("a sign is not proved by {other:?}"))),
    }
    Ok(statement.text)
}
