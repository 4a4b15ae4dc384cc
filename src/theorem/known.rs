//! Theorems that commands rest on: judged in the run that relies on them.

use super::catalogue::Catalogue;
use super::claim::Work;
use super::complaint::Complaint;
use super::judge::{Outcome, Recheck, judge};
use crate::activation::Activation;
use crate::certify::verdict::{Verdict, Why};

/// The theorem that L is strictly concave.
#[must_use]
pub fn concavity(activation: &Activation) -> &'static str {
    match activation {
        Activation::Erf => "concavity",
        Activation::ScaledErf(_) => "scaled-erf-concavity",
        Activation::ErfPrinted => "printed-activation",
    }
}

/// The verdict on the built-in theorem `id`, from attempting its claims and
/// those of all that it uses; `recheck` as for [`judge`].
///
/// # Errors
/// If there is no such theorem, or the catalogue is malformed.
pub fn settle(id: &str, work: &Work, recheck: Recheck) -> Result<Verdict, Complaint> {
    let catalogue = Catalogue::built_in()?;
    let place = catalogue.position(id)?;
    let judged = judge(&catalogue, &[place], work, recheck, &|| {});
    let outcome = judged
        .into_iter()
        .find(|judged| judged.entry == place)
        .map(|judged| judged.outcome);
    Ok(match outcome {
        Some(Outcome::Proved) => Verdict::Proved,
        Some(Outcome::Refuted(evidence)) => Verdict::Refuted(evidence),
        Some(Outcome::Undecided(why)) => Verdict::Undecided(why),
        // An assumption is not a theorem, and a missing verdict is none.
        Some(Outcome::Assumed) | None => Verdict::Undecided(Why::RestsOn {
            entry: format!("{id}, which is not proved"),
        }),
    })
}
