//! `kind = "open"`: a conjecture, kept beside its evidence.

use super::Attempt;
use crate::certify::verdict::{Verdict, Why};
use serde::Deserialize;

/// The fields of the claim as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    /// What is conjectured.
    conjecture: String,
}

/// A statement for which the program knows no proof: always undecided, so that
/// an entry that contains it is never proved.
#[derive(Debug)]
pub struct Open(String);

impl Open {
    pub(super) fn read(written: Written) -> Open {
        Open(written.conjecture)
    }

    pub(super) fn text(&self) -> String {
        self.0.clone()
    }

    pub(super) fn attempt(&self) -> Attempt {
        let why = Why::Open { what: self.0.clone() };
        Attempt::by("none is known", Verdict::Undecided(why))
    }
}
