//! Judging a catalogue: every claim attempted, every verdict accounted for.

use super::catalogue::Catalogue;
use super::certificate;
use super::claim::{Attempt, Claim, Work};
use super::entry::Expected;
use crate::certify::verdict::{Verdict, Why};
use rayon::prelude::*;
use std::time::{Duration, Instant};

/// The verdict on a theorem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// All claims are proved and everything used is proved or assumed.
    Proved,
    /// A claim is false.
    Refuted(String),
    /// Neither was shown.
    Undecided(Why),
    /// Taken for granted; its independent checks passed.
    Assumed,
}

impl Outcome {
    /// The word that tables and JSON use.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Outcome::Proved => "proved",
            Outcome::Refuted(_) => "refuted",
            Outcome::Undecided(_) => "undecided",
            Outcome::Assumed => "assumed",
        }
    }

    /// Whether the outcome is the one that the entry's authors expect.
    #[must_use]
    pub fn is(&self, expected: Expected) -> bool {
        self.word() == expected.word()
    }

    /// The evidence against, or what is missing.
    #[must_use]
    pub fn reason(&self) -> Option<String> {
        match self {
            Outcome::Proved | Outcome::Assumed => None,
            Outcome::Refuted(evidence) => Some(evidence.clone()),
            Outcome::Undecided(why) => Some(why.to_string()),
        }
    }
}

/// What became of one entry.
#[derive(Debug)]
pub struct Judged {
    /// The entry's place in the catalogue.
    pub entry: usize,
    /// The verdict.
    pub outcome: Outcome,
    /// One attempt per claim, in the order of the claims.
    pub attempts: Vec<Attempt>,
    /// Time spent on its claims (added up over threads).
    pub time: Duration,
}

/// A second opinion on a proof: given the certificate of a claim, whether an
/// independent checker accepts it, or why not.
pub type Recheck<'a> = &'a (dyn Fn(&str) -> Result<(), String> + Sync);

/// Judges the entries `wanted` and all that they use; the result has one
/// element per attempted entry, in the catalogue's order.
///
/// A claim counts as proved only after `recheck` accepted its certificate.
/// `finished` is called once per claim, from any thread, for progress.
pub fn judge(
    catalogue: &Catalogue,
    wanted: &[usize],
    work: &Work,
    recheck: Recheck,
    finished: &(dyn Fn() + Sync),
) -> Vec<Judged> {
    let needed = catalogue.closure(wanted);
    let attempted: Vec<usize> = (0..catalogue.entries.len())
        .filter(|&index| needed[index])
        .collect();
    let jobs: Vec<(usize, usize)> = attempted
        .iter()
        .flat_map(|&entry| (0..catalogue.entries[entry].claims.len()).map(move |claim| (entry, claim)))
        .collect();
    let results: Vec<(Attempt, Duration)> = jobs
        .par_iter()
        .map(|&(entry, claim)| {
            let start = Instant::now();
            let attempt = rechecked(&catalogue.entries[entry].claims[claim], work, recheck);
            finished();
            (attempt, start.elapsed())
        })
        .collect();

    let mut results = results.into_iter();
    let mut outcomes: Vec<Option<Outcome>> = vec![None; catalogue.entries.len()];
    let mut judged = Vec::with_capacity(attempted.len());
    for &index in &attempted {
        let entry = &catalogue.entries[index];
        let (mut attempts, mut time) = (Vec::new(), Duration::ZERO);
        for (attempt, spent) in results.by_ref().take(entry.claims.len()) {
            attempts.push(attempt);
            time += spent;
        }
        // `Entry::parse` refuses an entry without claims, so nothing is
        // "proved" by an empty conjunction; the length is checked once more.
        let of_claims = attempts.iter().map(|a| a.verdict.clone()).reduce(Verdict::and);
        let outcome = match of_claims {
            Some(Verdict::Refuted(evidence)) => Outcome::Refuted(evidence),
            Some(Verdict::Undecided(why)) => Outcome::Undecided(why),
            Some(Verdict::Proved) if attempts.len() == entry.claims.len() => {
                match unproved_use(catalogue, index, &outcomes) {
                    Some(why) => Outcome::Undecided(why),
                    None if entry.expected == Expected::Assumed => Outcome::Assumed,
                    None => Outcome::Proved,
                }
            }
            _ => Outcome::Undecided(Why::RestsOn {
                entry: "claims that were not attempted".to_string(),
            }),
        };
        outcomes[index] = Some(outcome.clone());
        judged.push(Judged {
            entry: index,
            outcome,
            attempts,
            time,
        });
    }
    judged
}

/// Attempts a claim, and has the proof checked.
fn rechecked(claim: &Claim, work: &Work, recheck: Recheck) -> Attempt {
    let mut attempt = claim.attempt(work);
    if attempt.verdict.is_proved() {
        let accepted = match certificate::of_claim(claim, &attempt) {
            Some(text) => recheck(&text),
            None => Err("it cannot be written".to_string()),
        };
        if let Err(reason) = accepted {
            attempt.verdict = Verdict::Undecided(Why::NotAccepted { reason });
        }
    }
    attempt
}

/// The first entry used by `index` that is neither proved nor assumed.
fn unproved_use(catalogue: &Catalogue, index: usize, outcomes: &[Option<Outcome>]) -> Option<Why> {
    for used in &catalogue.entries[index].uses {
        let outcome = catalogue
            .position(used)
            .ok()
            .and_then(|place| outcomes[place].as_ref());
        match outcome {
            Some(Outcome::Proved | Outcome::Assumed) => {}
            Some(other) => {
                return Some(Why::RestsOn {
                    entry: format!("{used}, which is {}", other.word()),
                });
            }
            None => {
                return Some(Why::RestsOn {
                    entry: format!("{used}, which was not judged"),
                });
            }
        }
    }
    None
}
