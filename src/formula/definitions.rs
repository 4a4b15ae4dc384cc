//! Names for parts of formulas.

use super::parse::{MAX_SIZE, ParseError, Parser, Problem, RESERVED};
use super::{Formula, Relation};
use std::collections::BTreeMap;

/// An ordered list of definitions `name = formula`.
///
/// Each may use names defined before it; every other name is a variable. A
/// defined name stands for its formula, so that `diff` differentiates through
/// it.
#[derive(Debug, Clone, Default)]
pub struct Definitions {
    /// The expanded formula and its depth.
    meanings: BTreeMap<String, (Formula, usize)>,
    names: Vec<String>,
}

/// Why a text is not a definition.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DefinitionError {
    /// The right side, or the shape of the whole, is not right.
    #[error("in the definition {text:?}: {source}")]
    Text {
        /// The definition.
        text: String,
        /// What is wrong where.
        source: ParseError,
    },
    /// The name means something already.
    #[error("in the definition {text:?}: {name:?} {reason}")]
    Name {
        /// The definition.
        text: String,
        /// The name.
        name: String,
        /// Why it cannot be defined.
        reason: &'static str,
    },
}

impl Definitions {
    /// Reads the definitions in `texts` from first to last.
    ///
    /// # Errors
    /// The first [`DefinitionError`].
    pub fn read<S: AsRef<str>>(texts: &[S]) -> Result<Self, DefinitionError> {
        let mut definitions = Self::default();
        for text in texts {
            definitions.define(text.as_ref())?;
        }
        Ok(definitions)
    }

    /// Adds the definition `text`, of the form `name = formula`.
    ///
    /// # Errors
    /// If the text has another form, or the name is a word of the language, is
    /// defined already, or was used as a variable by an earlier definition (it
    /// would mean two things).
    pub fn define(&mut self, text: &str) -> Result<(), DefinitionError> {
        let in_text = |source| DefinitionError::Text {
            text: text.to_string(),
            source,
        };
        let mut parser = Parser::new(text, self).map_err(in_text)?;
        let name = parser
            .accept_name()
            .ok_or_else(|| in_text(parser.expected("the name to be defined")))?;
        if !parser.accept("=") {
            return Err(in_text(parser.expected("\"=\" after the name to be defined")));
        }
        let (formula, depth) = parser.sum().map_err(in_text)?;
        parser.finish().map_err(in_text)?;
        if formula.size() > MAX_SIZE {
            return Err(in_text(parser.error(Problem::TooLarge)));
        }
        let used_before = || {
            self.meanings
                .values()
                .any(|(earlier, _)| earlier.variables().contains(&name))
        };
        let reason = if RESERVED.contains(&name.as_str()) {
            Some("is a word of the language")
        } else if self.meanings.contains_key(&name) {
            Some("is defined twice")
        } else if formula.variables().contains(&name) {
            Some("is defined by itself")
        } else if used_before() {
            Some("is used as a variable by an earlier definition")
        } else {
            None
        };
        if let Some(reason) = reason {
            return Err(DefinitionError::Name {
                text: text.to_string(),
                name,
                reason,
            });
        }
        self.names.push(name.clone());
        self.meanings.insert(name, (formula, depth));
        Ok(())
    }

    /// The defined names, in the order of definition.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    pub(super) fn get(&self, name: &str) -> Option<(&Formula, usize)> {
        self.meanings.get(name).map(|(formula, depth)| (formula, *depth))
    }

    /// Reads a formula and expands the definitions in it.
    ///
    /// # Errors
    /// The first [`ParseError`].
    pub fn formula(&self, text: &str) -> Result<Formula, ParseError> {
        let mut parser = Parser::new(text, self)?;
        let (formula, _) = parser.sum()?;
        parser.finish()?;
        Ok(formula)
    }

    /// Reads `left OP right` and expands the definitions in it.
    ///
    /// # Errors
    /// The first [`ParseError`].
    pub fn relation(&self, text: &str) -> Result<Relation, ParseError> {
        let mut parser = Parser::new(text, self)?;
        let relation = parser.relation()?;
        parser.finish()?;
        Ok(relation)
    }
}
