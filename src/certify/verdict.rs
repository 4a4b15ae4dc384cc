//! What a proof attempt may answer.

use std::fmt;

/// The answer to a claim.
///
/// A failed attempt is never a refutation: `Refuted` carries a point or a
/// value at which the claim certainly fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The claim follows from enclosures, exact algebra and the listed
    /// assumptions.
    Proved,
    /// The claim is false; the text names the evidence.
    Refuted(String),
    /// Neither was shown.
    Undecided(Why),
}

impl Verdict {
    /// The word that tables and JSON use.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Verdict::Proved => "proved",
            Verdict::Refuted(_) => "refuted",
            Verdict::Undecided(_) => "undecided",
        }
    }

    /// Whether the claim was proved.
    #[must_use]
    pub fn is_proved(&self) -> bool {
        matches!(self, Verdict::Proved)
    }

    /// The evidence of a refutation or the reason of an undecided claim.
    #[must_use]
    pub fn reason(&self) -> Option<String> {
        match self {
            Verdict::Proved => None,
            Verdict::Refuted(evidence) => Some(evidence.clone()),
            Verdict::Undecided(why) => Some(why.to_string()),
        }
    }

    /// The verdict on "this and that": refuted if one is, proved if both are.
    #[must_use]
    pub fn and(self, other: Verdict) -> Verdict {
        match (self, other) {
            (refuted @ Verdict::Refuted(_), _) | (_, refuted @ Verdict::Refuted(_)) => refuted,
            (undecided @ Verdict::Undecided(_), _) | (_, undecided @ Verdict::Undecided(_)) => undecided,
            (Verdict::Proved, Verdict::Proved) => Verdict::Proved,
        }
    }
}

/// Why a claim stayed undecided. Each variant is worded here and nowhere else,
/// and ends with what to try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// A part of the domain on which the sign was not decided.
    SignOpen {
        /// The cell, as text.
        cell: String,
        /// The largest precision tried, in bits.
        bits: u32,
    },
    /// A subexpression may be undefined somewhere on this part of the domain.
    MayBeUndefined {
        /// The cell, as text.
        cell: String,
    },
    /// The work limit was reached.
    TooManyCells {
        /// Cells examined.
        examined: usize,
        /// The first cell still open, as text.
        cell: String,
    },
    /// Exact algebra did not reduce the difference of both sides to zero.
    IdentityNotShown {
        /// What was left.
        detail: String,
    },
    /// Two enclosures overlap at the largest precision allowed.
    OrderOpen {
        /// The two things compared.
        what: String,
        /// The precision, in bits.
        bits: u32,
    },
    /// A value is not representable in the exact field in use.
    NotRepresentable {
        /// What was evaluated.
        what: String,
    },
    /// No box was found that an operator maps into its own interior.
    ExistenceOpen {
        /// The zero that was sought.
        what: String,
        /// The precision, in bits.
        bits: u32,
    },
    /// A conjecture.
    Open {
        /// What is conjectured.
        what: String,
    },
    /// The bounds by rows of a projector are too weak.
    RowBounds {
        /// The pairs of teachers and neurons.
        pairs: String,
        /// The inequality that was not shown.
        inequality: &'static str,
        /// Where.
        cell: String,
    },
    /// Branch and bound ended without a decision.
    SearchOpen {
        /// What it met.
        what: String,
    },
    /// No approximate point is known from which a proof could start.
    NoCandidate {
        /// What was sought.
        what: String,
    },
    /// An entry that this one uses is not proved.
    RestsOn {
        /// The other entry and its verdict.
        entry: String,
    },
    /// The independent checker does not accept the proof's certificate.
    NotAccepted {
        /// The checker's reason.
        reason: String,
    },
    /// The user stopped the work.
    Interrupted {
        /// How far it got.
        reached: String,
    },
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Why::SignOpen { cell, bits } => write!(
                f,
                "the sign is not decided on {cell} at {bits} bits; raise --max-precision, or state the claim away from where both sides meet"
            ),
            Why::MayBeUndefined { cell } => write!(
                f,
                "a subexpression may be undefined on {cell}; state the claim in a form that is defined on the whole range"
            ),
            Why::TooManyCells { examined, cell } => {
                write!(
                    f,
                    "{examined} cells were examined and {cell} is still open; narrow the range"
                )
            }
            Why::IdentityNotShown { detail } => {
                write!(
                    f,
                    "exact algebra does not show the identity ({detail}); rewrite it with fewer radicals"
                )
            }
            Why::OrderOpen { what, bits } => {
                write!(f, "{what} overlap at {bits} bits; raise --max-precision")
            }
            Why::NotRepresentable { what } => {
                write!(
                    f,
                    "{what} has no exact form in this field; use enclosures instead"
                )
            }
            Why::ExistenceOpen { what, bits } => write!(
                f,
                "{what} was not shown to exist near the candidate at {bits} bits; raise --max-precision, or start from a better candidate"
            ),
            Why::Open { what } => write!(
                f,
                "no proof is known: {what}; the claims beside it are evidence only"
            ),
            Why::RowBounds {
                pairs,
                inequality,
                cell,
            } => write!(
                f,
                "the bounds by rows do not reach {pairs}: inequality {inequality} is not shown on {cell}; fewer neurons, or another method"
            ),
            Why::SearchOpen { what } => write!(f, "{what}; another method is needed"),
            Why::NoCandidate { what } => write!(
                f,
                "no candidate for {what} was found, which says nothing about whether it exists; give a starting point"
            ),
            Why::RestsOn { entry } => write!(f, "it uses {entry}; settle that entry first"),
            Why::NotAccepted { reason } => write!(
                f,
                "the checker does not accept the certificate ({reason}); state the claim with more distance from where a part is undefined"
            ),
            Why::Interrupted { reached } => write!(f, "interrupted {reached}; run it again"),
        }
    }
}
