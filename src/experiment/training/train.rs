//! A run from its setup to its end.

use super::endpoint::certify_end;
use super::{Run, Setup, SetupError};
use crate::activation::Erf;
use crate::arithmetic::{DoubleInterval, Enclosure};
use crate::find::training::{Objective, Optimum, classify, descend};
use crate::landscape::{Student, loss, lower_bound};
use num_traits::ToPrimitive;

/// Trains a student: gradient flow from its first weights, polish, names,
/// certificate.
///
/// The run is a function of the setup alone. `interrupted` is asked after each
/// step of the flow; a run stopped that way says so and is not to be kept.
///
/// # Errors
/// If no run can begin.
pub fn train(setup: &Setup, interrupted: &(impl Fn() -> bool + Sync)) -> Result<Run, SetupError> {
    let start: Vec<f64> = setup.initial()?.parameters().copied().collect();
    let kernel = setup.activation.kernel();
    let (neurons, teachers, dimension) = (setup.neurons, setup.teachers, setup.dimension);
    let gain = kernel.gain().to_f64().unwrap_or(f64::NAN);
    let amplitude_squared = kernel.amplitude_squared().to_f64().unwrap_or(f64::NAN);
    let objective = Objective::new(gain, amplitude_squared, neurons, teachers, dimension);
    let end = descend(objective, &start, &setup.tolerances, interrupted);
    let named = classify(&end.parameters, neurons, teachers, Optimum { gain }, end.stopped);
    let student = Student::from_parameters(end.parameters, neurons, teachers, dimension)?;
    let certified = if end.stopped.is_critical() {
        certify_end(&kernel, &student, &named)
    } else {
        Err(format!("the run did not reach a critical point: {}", end.stopped))
    };
    let (certified, uncertified) = match certified {
        Ok(certified) => (Some(certified), None),
        Err(why) => (None, Some(why)),
    };
    Ok(Run {
        setup: setup.clone(),
        loss: end.loss,
        initial_loss: end.initial_loss,
        gradient_norm: end.gradient_norm,
        steps: end.steps,
        gradient_evaluations: end.gradient_evaluations,
        hessian_products: end.hessian_products,
        flow_time: end.flow_time,
        newton_steps: end.newton_steps,
        newton_moved: end.newton_moved,
        least_eigenvalue: end.least_eigenvalue,
        stopped: end.stopped,
        class: named.class,
        margin: named.margin,
        neurons: named.neurons,
        outgoing: student.outgoing().to_vec(),
        weights: student.weights().flatten().copied().collect(),
        certified,
        uncertified,
        bug: below_the_bound(&kernel, &student),
    })
}

/// A sentence if the loss at the end is certainly lower than that of any
/// student, in intervals: rounding errors are no excuse.
fn below_the_bound(kernel: &Erf, student: &Student<f64>) -> Option<String> {
    let exact = student.map(|&x| DoubleInterval::exactly_this_double(x));
    complaint(kernel, &loss(kernel, &exact), student)
}

fn complaint(kernel: &Erf, loss: &DoubleInterval, student: &Student<f64>) -> Option<String> {
    let context = DoubleInterval::context();
    let bound = lower_bound(&context, kernel, student.neurons(), student.teachers());
    loss.certainly_less(&bound).then(|| {
        format!(
            "the loss {} is below {}, which no student of {} neurons can beat: this is a bug of the program",
            loss.hi(),
            bound.lo(),
            student.neurons(),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arithmetic::Rational;

    #[test]
    fn a_loss_below_the_bound_is_a_bug() {
        let student = Student::new(vec![1.0], vec![1.0, 0.0], 2, 2).unwrap();
        let kernel = Erf::standard();
        let claims = |x| complaint(&kernel, &DoubleInterval::exactly_this_double(x), &student);
        // 1/3 − 1/π = 0.01502…
        assert!(claims(0.015).is_some_and(|text| text.contains("bug")));
        assert_eq!(claims(0.0151), None);
        assert_eq!(below_the_bound(&kernel, &student), None);
        let other = Erf::scaled(&Rational::new(1.into(), 2.into())).unwrap();
        assert_eq!(below_the_bound(&other, &student), None);
    }
}
