//! Reading the parts that claims have in common.

use crate::certify::certificate::proof_lines;
use crate::certify::domain::{Domain, Range};
use crate::certify::sign::Witness;
use crate::formula::{Definitions, Formula, Relation};
use crate::theorem::complaint::ClaimError;
use std::collections::{BTreeMap, BTreeSet};

/// Ranges by the name of the parameter.
pub(super) type Ranges = BTreeMap<String, String>;

/// Reads a relation in which the definitions are expanded.
pub(super) fn relation(text: &str, shared: &[String], own: &[String]) -> Result<Relation, ClaimError> {
    let lines: Vec<&String> = shared.iter().chain(own).collect();
    let definitions = Definitions::read(&lines).map_err(|reason| ClaimError::Formula {
        text: "let".to_string(),
        reason: reason.to_string(),
    })?;
    definitions.relation(text).map_err(|reason| ClaimError::Formula {
        text: text.to_string(),
        reason: reason.to_string(),
    })
}

/// The definitions that `text` uses, directly or not, in their order.
pub(super) fn used(text: &str, shared: &[String], own: &[String]) -> Vec<String> {
    let mut names = words(text);
    let mut used: Vec<String> = Vec::new();
    // Definitions use earlier ones only.
    for line in shared.iter().chain(own).rev() {
        if let Some((name, formula)) = line.split_once('=')
            && names.contains(name.trim())
        {
            names.append(&mut words(formula));
            used.push(line.clone());
        }
    }
    used.reverse();
    used
}

/// The names in the text of a formula.
fn words(text: &str) -> BTreeSet<String> {
    let parts = text.split(|c: char| !(c.is_alphanumeric() || c == '_'));
    parts.map(str::to_string).collect()
}

/// The lines of a certificate that state and prove a claim about formulas.
pub(super) fn certificate(
    kind: &str,
    domain: &Domain,
    definitions: &[String],
    relation: &str,
    witness: &Witness,
) -> Option<Vec<String>> {
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut lines = vec![format!("claim {kind}")];
    for (name, range) in domain.names.iter().zip(&domain.ranges) {
        lines.push(format!("for {name} in {range}"));
    }
    for line in definitions {
        let (name, formula) = line.split_once('=')?;
        lines.push(one_line(&format!("let {name} = {formula}")));
    }
    lines.push(one_line(relation));
    lines.append(&mut proof_lines(domain, witness)?);
    Some(lines)
}

/// Reads the ranges of a claim.
pub(super) fn domain(ranges: &Ranges) -> Result<Domain, ClaimError> {
    let mut domain = Domain::default();
    for (name, range) in ranges {
        domain.names.push(name.clone());
        domain.ranges.push(Range::parse(range)?);
    }
    Ok(domain)
}

/// Checks that the formulas' variables are the domain's parameters, all of
/// them: a misspelt name must not pass as a free choice.
pub(super) fn same_parameters(formulas: &[&Formula], domain: &Domain) -> Result<(), ClaimError> {
    let used: BTreeSet<String> = formulas.iter().flat_map(|f| f.variables()).collect();
    let given: BTreeSet<String> = domain.names.iter().cloned().collect();
    if let Some(name) = used.difference(&given).next() {
        return Err(ClaimError::Parameters(format!(
            "{name} has no range; give it one in `for`"
        )));
    }
    if let Some(name) = given.difference(&used).next() {
        return Err(ClaimError::Parameters(format!(
            "{name} has a range but does not occur in the claim"
        )));
    }
    Ok(())
}

/// " for all x in (0, 1]", or nothing for a statement about constants.
pub(super) fn quantifier(domain: &Domain) -> String {
    if domain.names.is_empty() {
        return String::new();
    }
    let parts: Vec<String> = domain
        .names
        .iter()
        .zip(&domain.ranges)
        .map(|(name, range)| format!("{name} in {range}"))
        .collect();
    format!(" for all {}", parts.join(", "))
}

/// Reads a range of small integers within `least..=most`.
pub(super) fn small_integers(
    field: &str,
    text: &str,
    least: u64,
    most: u64,
) -> Result<(u64, u64), ClaimError> {
    let bad = || ClaimError::IntegerRange(field.to_string(), format!("{least}..{most}"));
    let Range::Integers(from, to) = Range::parse(text)? else {
        return Err(bad());
    };
    match (u64::try_from(from), u64::try_from(to)) {
        (Ok(from), Ok(to)) if least <= from && to <= most => Ok((from, to)),
        _ => Err(bad()),
    }
}
