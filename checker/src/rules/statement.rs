//! The lines that state a claim about formulas: parameters and definitions.

use crate::domain::{Domain, Range};
use crate::formula::{Formulas, ParseError, RESERVED, Relation};
use crate::read::{Block, Line};
use crate::rejection::Rejection;

/// The most parameters of a claim.
const MOST_PARAMETERS: usize = 16;
/// The most definitions of a claim.
const MOST_DEFINITIONS: usize = 200;
/// The longest name, in characters.
const LONGEST_NAME: usize = 100;

/// "left OP right for all values of the parameters".
pub struct Statement {
    /// The formulas of the claim.
    pub formulas: Formulas,
    /// Its parameters.
    pub domain: Domain,
    /// What is claimed.
    pub relation: Relation,
    /// The claim in words.
    pub text: String,
}

impl Statement {
    /// Reads `for NAME in RANGE` lines, `let NAME = FORMULA` lines and the line
    /// `WORD RELATION`.
    pub fn read(block: &mut Block, word: &str) -> Result<Self, Rejection> {
        let mut domain = Domain::default();
        while let Some(line) = block.accept("for") {
            let read = line
                .rest
                .split_once(" in ")
                .and_then(|(name, range)| Some((name, Range::read(range)?)));
            let (name, range) = read.ok_or_else(|| {
                line.unreadable("the form is `for NAME in RANGE`, with a range that is not empty")
            })?;
            check_name(&line, name, &domain, &[])?;
            domain.names.push(name.to_string());
            domain.ranges.push(range);
            if domain.names.len() > MOST_PARAMETERS {
                return Err(line.unreadable("too many parameters"));
            }
        }
        let mut formulas = Formulas::new(domain.names.clone());
        let mut names = Vec::new();
        while let Some(line) = block.accept("let") {
            let (name, formula) = line
                .rest
                .split_once(" = ")
                .ok_or_else(|| line.unreadable("the form is `let NAME = FORMULA`"))?;
            check_name(&line, name, &domain, &names)?;
            let formula = formulas
                .read(formula)
                .map_err(|error| at(&line, line.rest, formula, &error))?;
            formulas.define(name.to_string(), formula);
            names.push(name.to_string());
            if names.len() > MOST_DEFINITIONS {
                return Err(line.unreadable("too many definitions"));
            }
        }
        let line = block.require(word)?;
        let relation = formulas
            .read_relation(line.rest)
            .map_err(|error| at(&line, line.rest, line.rest, &error))?;
        let roots = [relation.left, relation.right];
        let text = format!(
            "{}{}{}",
            formulas.show_relation(&relation),
            domain.quantifier(),
            formulas.show_definitions(&roots)
        );
        Ok(Self {
            formulas,
            domain,
            relation,
            text,
        })
    }
}

/// Places in the text of a formula are counted from the start of the line's
/// rest.
fn at(line: &Line, rest: &str, formula: &str, error: &ParseError) -> Rejection {
    let place = rest
        .len()
        .saturating_sub(formula.len())
        .saturating_add(error.place);
    line.unreadable(format!(
        "at character {place} behind the first word: {}",
        error.what
    ))
}

fn check_name(line: &Line, name: &str, domain: &Domain, names: &[String]) -> Result<(), Rejection> {
    let formed = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && name.len() <= LONGEST_NAME;
    if !formed || RESERVED.contains(&name) {
        return Err(line.unreadable(format!("{name:?} cannot be a name")));
    }
    if domain.names.iter().chain(names).any(|known| known == name) {
        return Err(line.unreadable(format!("{name:?} has a meaning already")));
    }
    Ok(())
}
