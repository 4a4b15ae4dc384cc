//! Proofs about end points: which exact critical point is near, how near, and
//! what it is.
//!
//! Nothing is decided here. The class of a run tells which exact student to
//! compare with, and how its neurons and teachers are to be renamed; both may
//! be wrong without harm, since only the difference counts, which is enclosed.

use super::{Bounds, Certified, Class, Coordinate, Matching, NamedNeuron};
use crate::activation::Erf;
use crate::arithmetic::digits::{self, DecimalEnclosure};
use crate::arithmetic::{Enclosure, Interval, Precision, Rational, Scalar};
use crate::certify::copy_average::is_critical_by_size;
use crate::certify::family::locate_again;
use crate::certify::full_point::strict_minimum;
use crate::certify::perturbed_copy::certify;
use crate::certify::spectrum::{Spectrum, decide};
use crate::certify::verdict::Why;
use crate::configuration::copy_average::{bucket_loss, copy_average};
use crate::configuration::family::Family;
use crate::configuration::family::perturbed_copy::PerturbedCopy;
use crate::configuration::partition::Partition;
use crate::find::eigenvalues::copy_average_candidates;
use crate::find::perturbed_copy::candidate;
use crate::find::training::{Named, inverse_factor};
use crate::landscape::Student;
use crate::theorem::certificate;

/// The largest precision of a proof, in bits.
const LIMIT: u32 = 1024;

/// Proves what can be proved about the end point of a run.
///
/// # Errors
/// Why there is no proof, as a sentence.
pub(super) fn certify_end(kernel: &Erf, end: &Student<f64>, named: &Named) -> Result<Certified, String> {
    match &named.class {
        Class::CopyAverage { parts } => copy_average_end(kernel, end, named, parts),
        Class::PerturbedCopies if *kernel == Erf::standard() => perturbed_copy_end(end, named),
        Class::PerturbedCopies => {
            Err("proofs about perturbed copies are made for --activation erf only".to_string())
        }
        Class::Other { .. } => full_end(kernel, end, &named.class),
    }
}

fn copy_average_end(
    kernel: &Erf,
    end: &Student<f64>,
    named: &Named,
    parts: &[u64],
) -> Result<Certified, String> {
    let context = Interval::context(Precision::START);
    let mut order: Vec<usize> = (0..named.neurons.len()).collect();
    order.sort_by_key(|&i| std::cmp::Reverse(named.neurons[i].teachers.len()));
    let teachers = order
        .iter()
        .flat_map(|&i| named.neurons[i].teachers.iter().copied())
        .collect();
    let matching = Matching::of(&named.neurons, order, teachers);
    let exact = copy_average(&context, kernel, parts, end.dimension()).map_err(|error| error.to_string())?;
    let radius = distance(&exact, end, &matching)?;
    let critical = is_critical_by_size(kernel, parts.iter().copied());
    if !critical.is_proved() {
        return Err(critical.reason().unwrap_or_default());
    }
    let partition = Partition::from_parts(parts.iter().copied()).map_err(|error| error.to_string())?;
    let loss = parts.iter().fold(context.zero(), |sum, &part| {
        sum + bucket_loss(&context, kernel, part)
    });
    // The spectrum is derived for erf(x/√2).
    let standard = *kernel == Erf::standard();
    let spectrum = standard.then(|| {
        let extra = u64::try_from(end.dimension() - end.teachers()).unwrap_or(u64::MAX);
        let near = copy_average_candidates(&partition, extra);
        let spectrum = decide(&partition, extra, Precision::saturating(LIMIT), &near);
        let text = certificate::of_spectrum(&partition, extra, &loss, &spectrum);
        (spectrum, text)
    });
    let (spectrum, certificate) = spectrum.unzip();
    Ok(Certified {
        family: "copy-average".to_string(),
        parts: Some(partition.parts().collect()),
        point: Vec::new(),
        matching,
        radius,
        loss: bounds(&loss),
        exists: "proved".to_string(),
        critical: "proved".to_string(),
        morse_index: index(spectrum.as_ref()),
        nullity: nullity(spectrum.as_ref()),
        kind: kind(spectrum.as_ref()),
        certificate: certificate.flatten(),
    })
}

fn perturbed_copy_end(end: &Student<f64>, named: &Named) -> Result<Certified, String> {
    let (n, k, d) = (end.neurons(), end.teachers(), end.dimension());
    let wide = |size: usize| u64::try_from(size).unwrap_or(u64::MAX);
    let family = PerturbedCopy::new(wide(n), wide(k), wide(d))
        .ok_or_else(|| format!("there are no perturbed copies of {n} of {k} teachers"))?;
    let mut teachers: Vec<usize> = named
        .neurons
        .iter()
        .filter_map(|neuron| neuron.teachers.first().copied())
        .collect();
    for teacher in 0..k {
        if !teachers.contains(&teacher) {
            teachers.push(teacher);
        }
    }
    let matching = Matching::of(&named.neurons, (0..n).collect(), teachers);
    let near = candidate(&family).ok_or_else(|| {
        Why::NoCandidate {
            what: format!("the perturbed copy of {n} of {k} teachers"),
        }
        .to_string()
    })?;
    let limit = Precision::saturating(LIMIT);
    let found =
        certify(&family, &near.point, &near.eigenvalues, limit).map_err(|why: Why| why.to_string())?;
    // Known twice as precisely as it was found, for the certificate's sake.
    let precision = Precision::saturating(found.member.bits.saturating_mul(2)).max(Precision::START);
    let context = Interval::context(precision);
    let place =
        locate_again(&context, &family, &near.point, &found.member.place).map_err(|why| why.to_string())?;
    let exact = family.embed(&place.zero).map_err(|error| error.to_string())?;
    let radius = distance(&exact, end, &matching)?;
    let coordinates = family.coordinates();
    let spectrum = &found.member.spectrum;
    Ok(Certified {
        family: family.name().to_string(),
        parts: None,
        point: coordinates
            .iter()
            .zip(&place.zero)
            .map(|(name, value)| Coordinate {
                name: (*name).to_string(),
                value: bounds(value),
            })
            .collect(),
        matching,
        radius,
        loss: bounds(&found.member.loss),
        exists: "proved".to_string(),
        critical: "proved".to_string(),
        morse_index: index(Some(spectrum)),
        nullity: nullity(Some(spectrum)),
        kind: kind(Some(spectrum)),
        certificate: certificate::of_perturbed_copy(&family, &found, &place),
    })
}

/// The largest number of parameters in which a proof without a family is tried:
/// its cost grows with the cube.
const MOST_PARAMETERS: usize = 400;

/// A strict minimum in no known family, in all its parameters.
fn full_end(kernel: &Erf, end: &Student<f64>, class: &Class) -> Result<Certified, String> {
    let size = end.parameter_count();
    if size > MOST_PARAMETERS {
        return Err(format!(
            "the end point is in no known family ({class}), and a proof in all its {size} parameters is not tried beyond {MOST_PARAMETERS}"
        ));
    }
    let factor = inverse_factor(kernel, end).ok_or_else(|| {
        format!(
            "the end point is in no known family ({class}), and outside of them only strict minima are proved: its Hessian is not positive definite as far as doubles can tell"
        )
    })?;
    let found = strict_minimum(kernel, end, &factor)
        .map_err(|why| format!("the end point is in no known family ({class}): {why}"))?;
    let DecimalEnclosure { lower, upper, .. } = digits::outward(&found.loss);
    Ok(Certified {
        family: "none".to_string(),
        parts: None,
        point: Vec::new(),
        matching: Matching {
            neurons: (0..end.neurons()).collect(),
            signs: vec![1; end.neurons()],
            teachers: (0..end.teachers()).collect(),
        },
        radius: digits::outward(&found.radius).upper,
        loss: Bounds { lower, upper },
        exists: "proved".to_string(),
        critical: "proved".to_string(),
        morse_index: Some("0".to_string()),
        nullity: Some("0".to_string()),
        kind: "strict-local-minimum".to_string(),
        certificate: None,
    })
}

impl Matching {
    fn of(named: &[NamedNeuron], neurons: Vec<usize>, teachers: Vec<usize>) -> Self {
        Self {
            signs: neurons.iter().map(|&i| named[i].sign).collect(),
            neurons,
            teachers,
        }
    }
}

/// A decimal at least as large as every |difference| between the parameters of
/// the exact student and those of the end point, renamed.
///
/// # Errors
/// If the matching is no renaming, or the difference is not bounded.
fn distance(exact: &Student<Interval>, end: &Student<f64>, matching: &Matching) -> Result<String, String> {
    let (n, k) = (exact.neurons(), exact.teachers());
    if (end.neurons(), end.teachers(), end.dimension()) != (n, k, exact.dimension())
        || !is_permutation(&matching.neurons, n)
        || !is_permutation(&matching.teachers, k)
        || matching.signs.len() != n
    {
        return Err("the neurons and teachers of the run could not be renamed".to_string());
    }
    let Some(context) = exact.outgoing().first().map(Scalar::zero) else {
        return Err("there is no neuron".to_string());
    };
    let rows: Vec<&[f64]> = end.weights().collect();
    let mut most = context.clone();
    let mut meet = |exact: &Interval, found: f64, sign: i8| {
        let found = Interval::exactly_this_double(context.precision(), found);
        let found = if sign < 0 { -found } else { found };
        let difference = exact.clone() - found;
        // The larger of both signs; undefined if the difference is.
        most = most.max(&difference).max(&-difference);
    };
    for (place, row) in exact.weights().enumerate() {
        let (neuron, sign) = (matching.neurons[place], matching.signs[place]);
        meet(&exact.outgoing()[place], end.outgoing()[neuron], sign);
        for (x, entry) in row.iter().enumerate() {
            let input = matching.teachers.get(x).copied().unwrap_or(x);
            meet(entry, rows[neuron][input], sign);
        }
    }
    if most.is_undefined() {
        return Err("the distance from the exact point is not bounded".to_string());
    }
    let upper = most.upper();
    upper
        .map(|upper| digits::outward(&context.rational(&rounded_up(&upper))).upper)
        .ok_or_else(|| "the distance from the exact point is not bounded".to_string())
}

/// A number a little above, of few digits: the next multiple of 2^−60.
fn rounded_up(x: &Rational) -> Rational {
    let unit = Rational::from_integer((1_u64 << 60).into());
    (x * &unit).ceil() / unit
}

fn is_permutation(places: &[usize], size: usize) -> bool {
    let mut seen = vec![false; size];
    for &place in places {
        match seen.get_mut(place) {
            Some(seen) if !*seen => *seen = true,
            _ => return false,
        }
    }
    places.len() == size
}

fn bounds(value: &Interval) -> Bounds {
    let DecimalEnclosure { lower, upper, .. } = digits::outward(value);
    Bounds { lower, upper }
}

fn index(spectrum: Option<&Spectrum<Interval>>) -> Option<String> {
    Some(spectrum?.morse_index.as_ref()?.to_string())
}

fn nullity(spectrum: Option<&Spectrum<Interval>>) -> Option<String> {
    Some(spectrum?.nullity.as_ref()?.to_string())
}

fn kind(spectrum: Option<&Spectrum<Interval>>) -> String {
    spectrum
        .map_or("undecided", |spectrum| spectrum.kind.word())
        .to_string()
}
