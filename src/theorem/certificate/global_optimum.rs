//! Certificates of the global optimum: where to cut, for each group of pairs.

use super::configuration::alone;
use crate::arithmetic::Rational;
use crate::certify::global::{Pairs, Proof};

/// The certificate of [`global_optimum_claim`] alone.
#[must_use]
pub fn of_global_optimum(proofs: &[Proof]) -> String {
    alone(global_optimum_claim(proofs))
}

/// The claim that copies and one average are the global optimum for all pairs of
/// the proofs.
#[must_use]
pub fn global_optimum_claim(proofs: &[Proof]) -> Vec<String> {
    let mut lines = vec!["claim global-optimum".to_string(), "activation erf".to_string()];
    for proof in proofs {
        match &proof.pairs {
            Pairs::Of { teachers, from, to } => {
                lines.push(format!("k {teachers}"));
                lines.push(format!("n {from}..{to}"));
            }
            Pairs::Beyond { from, share } => {
                lines.push(format!("k {from}..infinity"));
                lines.push(format!("n 2..{share}*k"));
            }
        }
        lines.push(format!("local {}", proof.local));
        lines.push(format!("middle {}", proof.middle));
        lines.extend(cuts("near", &proof.near));
        lines.extend(cuts("far", &proof.far));
    }
    lines.push("proof rows".to_string());
    lines
}

fn cuts(word: &str, cuts: &[Rational]) -> Option<String> {
    let list: Vec<String> = cuts.iter().map(ToString::to_string).collect();
    (!list.is_empty()).then(|| format!("{word} {}", list.join(" ")))
}
