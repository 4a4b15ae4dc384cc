//! A whole run: flow until the end point is certain, then the polish.

use super::channel::{self, Channel};
use super::conjugate::ConjugateGradients;
use super::flow::{Flow, NoStep};
use super::lanes::largest;
use super::objective::{Evaluation, Objective};
use super::polish::{ACCURATE, Definite, Polish, Polished};
use super::{Stopped, Tolerances};

/// Where a run ended, and what it took.
#[derive(Debug, Clone, PartialEq)]
pub struct Descent {
    /// The n + n d parameters at the end.
    pub parameters: Vec<f64>,
    /// L there.
    pub loss: f64,
    /// L at the start.
    pub initial_loss: f64,
    /// The largest entry of ∇L at the end.
    pub gradient_norm: f64,
    /// Steps of the flow.
    pub steps: u64,
    /// Evaluations of ∇L.
    pub gradient_evaluations: u64,
    /// Products of the Hessian with a vector.
    pub hessian_products: u64,
    /// The time of the flow at which the polish began.
    pub flow_time: f64,
    /// Steps of Newton's method.
    pub newton_steps: u64,
    /// How far they moved any parameter.
    pub newton_moved: f64,
    /// The least eigenvalue of the Hessian at the end, approximately, if it was
    /// computed.
    pub least_eigenvalue: Option<f64>,
    /// Why the run ended.
    pub stopped: Stopped,
}

/// Newton's method is tried below this entry of the gradient.
const NEAR: f64 = 0.01;

/// Below this the flow rests, even if Newton's method does not contract.
const AT_REST: f64 = 1e-11;

/// Beyond this sum of outer weights, or this weight, the loss has too few
/// correct digits in doubles to be followed.
const FAR: f64 = 1e6;

/// Steps of the flow after which Newton's method is tried again although the
/// gradient did not halve.
const PATIENCE: u64 = 20;

/// Follows gradient flow from `start` (n + n d finite parameters) to its end.
///
/// The flow alone decides where the run goes. Newton's method takes over where
/// it contracts from its first, short step on and the Hessian is positive
/// definite at both ends of its path; until then, and as long as a direction
/// descends, the flow goes on. `interrupted` is asked after each step.
pub fn descend(
    objective: Objective,
    start: &[f64],
    tolerances: &Tolerances,
    interrupted: &(impl Fn() -> bool + ?Sized),
) -> Descent {
    let mut at = Evaluation::new(objective);
    at.at(start);
    let initial_loss = at.loss;
    let mut run = Run {
        flow: Flow::new(&mut at, start, tolerances.relative),
        solver: ConjugateGradients::new(start.len()),
        at,
        tolerances: *tolerances,
        polishing: 1,
        channel: Channel::default(),
    };
    let end = run.follow(interrupted);
    run.finish(initial_loss, end)
}

struct Run {
    at: Evaluation,
    flow: Flow,
    solver: ConjugateGradients,
    tolerances: Tolerances,
    /// Evaluations outside the flow.
    polishing: u64,
    channel: Channel,
}

/// How a run ended.
struct End {
    stopped: Stopped,
    polished: Option<Polished>,
    least: Option<f64>,
}

impl End {
    fn of(stopped: Stopped) -> Self {
        Self {
            stopped,
            polished: None,
            least: None,
        }
    }
}

impl Run {
    fn follow(&mut self, interrupted: &(impl Fn() -> bool + ?Sized)) -> End {
        let mut tried_at = (f64::INFINITY, 0);
        loop {
            if interrupted() {
                return End::of(Stopped::Interrupted);
            }
            // Near the parameters: the last point of Newton's method in the step.
            let norm = largest(&self.at.gradient);
            let again = norm <= 0.5 * tried_at.0 || self.flow.steps >= tried_at.1 + PATIENCE;
            if norm <= NEAR && again {
                tried_at = (norm, self.flow.steps);
                if let Some(end) = self.try_to_end() {
                    return end;
                }
            }
            let used_up = if self.flow.steps >= self.tolerances.steps {
                Some(Stopped::Steps)
            } else if self.flow.time >= self.tolerances.flow_time {
                Some(Stopped::FlowTime)
            } else {
                None
            };
            if let Some(stopped) = used_up {
                let end = if norm <= NEAR { self.try_to_end() } else { None };
                return end
                    .or_else(|| self.at_rest(true))
                    .unwrap_or_else(|| End::of(self.unless_channel(stopped)));
            }
            match self.flow.advance(&mut self.at, &mut self.solver) {
                Ok(()) => {}
                Err(NoStep::NotFinite) => return End::of(Stopped::Diverged),
                Err(NoStep::TooSmall) => {
                    return self.at_rest(true).unwrap_or_else(|| End::of(Stopped::Stalled));
                }
            }
            let neurons = self.at.objective().neurons();
            let outer: f64 = self.flow.parameters[..neurons].iter().map(|a| a.abs()).sum();
            let size = largest(&self.flow.parameters).max(outer);
            if size > FAR || size.is_nan() {
                return End::of(self.unless_channel(Stopped::Diverged));
            }
        }
    }

    fn unless_channel(&self, stopped: Stopped) -> Stopped {
        let objective = self.at.objective();
        let pair = channel::diverging_pair(&self.flow.parameters, objective.neurons());
        if pair.is_some_and(|pair| pair.size >= channel::LARGE) {
            Stopped::ChannelToInfinity
        } else {
            stopped
        }
    }

    /// The end of the run if it can be seen from here.
    fn try_to_end(&mut self) -> Option<End> {
        let here = self.flow.parameters.clone();
        if self
            .channel
            .grows(&here, self.at.objective().neurons(), self.flow.time)
        {
            return Some(End::of(Stopped::ChannelToInfinity));
        }
        let mut polish = Polish {
            at: &mut self.at,
            solver: &mut self.solver,
            evaluations: 0,
        };
        let enough = gradient_scale(&here, polish.at.objective().neurons()) * self.tolerances.gradient;
        let attempt = polish.attempt(&here, enough);
        let end = attempt.and_then(|polished| {
            let converged = largest(&polish.at.gradient) <= enough;
            match polish.definite(ACCURATE) {
                Definite::Positive(least) => Some(End {
                    stopped: if converged {
                        Stopped::Converged
                    } else {
                        Stopped::Stalled
                    },
                    polished: Some(polished),
                    least: Some(least),
                }),
                _ => None,
            }
        });
        self.polishing += polish.evaluations;
        if end.is_some() {
            return end;
        }
        self.at.at(&here);
        self.polishing += 1;
        self.at_rest(false)
    }

    /// The end of a flow that rests, though not in a strict minimum: the
    /// gradient is as small as it gets there. At a saddle, and where Newton's
    /// method is yet to contract, the flow goes on as long as it moves at all,
    /// unless this is the `last` chance.
    fn at_rest(&mut self, last: bool) -> Option<End> {
        let here = self.flow.parameters.clone();
        self.at.at(&here);
        let scale = gradient_scale(&here, self.at.objective().neurons());
        let norm = largest(&self.at.gradient);
        if norm > AT_REST.max(self.tolerances.gradient) * scale {
            return None;
        }
        let mut polish = Polish {
            at: &mut self.at,
            solver: &mut self.solver,
            evaluations: 0,
        };
        let definite = polish.definite(ACCURATE);
        let moves = !last && norm > self.tolerances.gradient * scale;
        let stopped = match definite {
            Definite::Indefinite | Definite::Positive(_) if moves => return None,
            Definite::Indefinite => Stopped::Saddle,
            Definite::Positive(_) if norm > self.tolerances.gradient * scale => Stopped::Stalled,
            Definite::Positive(_) => Stopped::Converged,
            Definite::Singular => self.unless_channel(Stopped::FlatValley),
        };
        Some(End {
            stopped,
            polished: None,
            least: match definite {
                Definite::Positive(least) => Some(least),
                _ => None,
            },
        })
    }

    fn finish(mut self, initial_loss: f64, end: End) -> Descent {
        let (newton_steps, newton_moved) = end
            .polished
            .as_ref()
            .map_or((0, 0.0), |polished| (polished.steps, polished.moved));
        let parameters = end
            .polished
            .map_or(self.flow.parameters, |polished| polished.parameters);
        self.at.at(&parameters);
        Descent {
            loss: self.at.loss,
            initial_loss,
            gradient_norm: largest(&self.at.gradient),
            steps: self.flow.steps,
            gradient_evaluations: self.flow.evaluations + self.polishing + 1,
            hessian_products: self.solver.products,
            flow_time: self.flow.time,
            newton_steps,
            newton_moved,
            least_eigenvalue: end.least,
            stopped: end.stopped,
            parameters,
        }
    }
}

/// max(1, max |a_i|): ∇L is a sum of terms of this size.
fn gradient_scale(parameters: &[f64], neurons: usize) -> f64 {
    largest(&parameters[..neurons]).max(1.0)
}
