//! Certificates of single configurations: what they are as critical points.
//! A claim is given as its lines, from `claim` to before `end`.

use super::{HEADER, sealed};
use crate::arithmetic::{Enclosure, Interval, Order, Scalar};
use crate::certify::eigenvalues::Level;
use crate::certify::krawczyk::UniqueZero;
use crate::certify::perturbed_copy::CertifiedPerturbedCopy;
use crate::certify::spectrum::{Kind, Spectrum};
use crate::configuration::family::Family;
use crate::configuration::family::perturbed_copy::PerturbedCopy;
use crate::configuration::partition::Partition;

/// The certificate of [`copy_average_claim`] alone.
#[must_use]
pub fn of_spectrum(
    partition: &Partition,
    extra: u64,
    loss: &Interval,
    spectrum: &Spectrum<Interval>,
) -> Option<String> {
    copy_average_claim(partition, extra, loss, spectrum).map(alone)
}

/// The certificate of [`perturbed_copy_claim`] alone.
#[must_use]
pub fn of_perturbed_copy(
    family: &PerturbedCopy,
    found: &CertifiedPerturbedCopy,
    place: &UniqueZero<Interval, 4>,
) -> Option<String> {
    perturbed_copy_claim(family, found, place).map(alone)
}

/// A claim with header, end and digest.
pub(super) fn alone(claim: Vec<String>) -> String {
    let mut lines = vec![HEADER.to_string()];
    lines.extend(claim);
    lines.push("end".to_string());
    sealed(&lines)
}

/// The claim of the kind of a copy-average configuration with `extra` = d − k
/// unused inputs: its loss and all eigenvalues of its Hessian, which
/// `spectrum` encloses. `None` if the kind is undecided.
#[must_use]
pub fn copy_average_claim(
    partition: &Partition,
    extra: u64,
    loss: &Interval,
    spectrum: &Spectrum<Interval>,
) -> Option<Vec<String>> {
    let parts = partition.compact().to_string().replace(',', " ");
    let mut lines = vec![
        "claim spectrum".to_string(),
        "activation erf".to_string(),
        format!("parts {parts}"),
        format!("extra {extra}"),
        format!("loss {}", ends(loss)?),
    ];
    lines.extend(spectrum_lines(spectrum)?);
    lines.push("proof inertia".to_string());
    Some(lines)
}

/// The claim of a perturbed copy: that it exists, its loss and how that
/// compares with the best copy-average configuration's, and, if its kind is
/// decided, all eigenvalues of its Hessian.
///
/// `place` is where the checker is to prove that it exists. It should be known
/// more precisely than the eigenvalues of `found`, so that their enclosures are
/// wide enough for a proof from the box. `None` if a number is not bounded.
#[must_use]
pub fn perturbed_copy_claim(
    family: &PerturbedCopy,
    found: &CertifiedPerturbedCopy,
    place: &UniqueZero<Interval, 4>,
) -> Option<Vec<String>> {
    let mut lines = vec![
        "claim perturbed-copy".to_string(),
        "activation erf".to_string(),
        format!("n {}", family.copies()),
        format!("k {}", family.teachers()),
        format!("extra {}", family.extra()),
    ];
    for (name, edge) in family.coordinates().iter().zip(&place.alone_in) {
        lines.push(format!("box {name} {}", ends(edge)?));
    }
    // The checker's equations are the derivatives of the loss by the entries of
    // W and a, in units of 4/π.
    let context = place.zero[0].zero();
    let unit = context.integer(4) / context.pi();
    let metric = family.metric(&context);
    for row in &place.preconditioner {
        let mut line = "preconditioner".to_string();
        for (entry, length) in row.iter().zip(&metric) {
            let point = (entry.clone() * &unit * length).point();
            line = format!("{line} {}", point.lower()?);
        }
        lines.push(line);
    }
    lines.push(format!("loss {}", ends(&found.member.loss)?));
    match found.order {
        Order::Less => lines.push("order lower".to_string()),
        Order::Greater => lines.push("order higher".to_string()),
        Order::Unknown => {}
    }
    if found.member.spectrum.kind != Kind::Undecided {
        lines.extend(spectrum_lines(&found.member.spectrum)?);
    }
    lines.push("proof krawczyk".to_string());
    Some(lines)
}

/// The blocks with their eigenvalues, and the kind; `None` if it is undecided.
fn spectrum_lines(spectrum: &Spectrum<Interval>) -> Option<Vec<String>> {
    let (index, nullity) = (spectrum.morse_index.as_ref()?, spectrum.nullity.as_ref()?);
    if spectrum.kind == Kind::Undecided {
        return None;
    }
    let mut lines = Vec::new();
    for block in &spectrum.blocks {
        // bucket(4) becomes bucket 4.
        let name = block.name.replace('(', " ").replace(')', "");
        lines.push(format!("block {name} times {}", block.multiplicity));
        for eigenvalue in &block.eigenvalues {
            lines.push(format!("eigenvalue {}", ends(eigenvalue)?));
        }
    }
    lines.push(format!("index {index}"));
    lines.push(format!("nullity {nullity}"));
    lines.push(format!("kind {}", spectrum.kind.word()));
    Some(lines)
}

/// Both ends, as exact rationals.
fn ends(value: &Interval) -> Option<String> {
    Some(format!("{} {}", value.lower()?, value.upper()?))
}
