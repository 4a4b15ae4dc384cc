//! Training against what others compute: derivatives against interval
//! Hessians, end points against a peer's, the flow against a much tighter one.

use copyavg::activation::Activation;
use copyavg::arithmetic::DoubleInterval;
use copyavg::experiment::training::{Class, NeuronName, Run, Setup, Start, Stopped, What, train};
use copyavg::find::training::{Distribution, Evaluation, Objective, draw};
use copyavg::landscape::{Student, gradient, hessian, loss};
use num_traits::ToPrimitive;

fn never() -> bool {
    false
}

fn objective(activation: &Activation, n: usize, k: usize, d: usize) -> Objective {
    let kernel = activation.kernel();
    Objective::new(
        kernel.gain().to_f64().unwrap(),
        kernel.amplitude_squared().to_f64().unwrap(),
        n,
        k,
        d,
    )
}

/// |x − the middle of an enclosure|, with the enclosure's width.
fn distance(x: f64, enclosure: &DoubleInterval) -> f64 {
    (x - enclosure.midpoint()).abs() + enclosure.width()
}

/// Loss, gradient and products with the Hessian, for sizes with and without
/// remainders and for all activations.
#[test]
fn derivatives_are_those_of_the_interval_formulas() {
    for name in ["erf", "erf:2", "erf-printed"] {
        let activation: Activation = name.parse().unwrap();
        let kernel = activation.kernel();
        for (n, k, d) in [(1, 1, 1), (2, 3, 4), (5, 8, 8), (9, 9, 11)] {
            let start = draw(Distribution::Normal { deviation: 0.7 }, 3, n, d);
            let mut at = Evaluation::new(objective(&activation, n, k, d));
            at.at(&start);
            let exact = start.iter().map(|&x| DoubleInterval::exactly_this_double(x));
            let student = Student::from_parameters(exact.collect(), n, k, d).unwrap();
            assert!(distance(at.loss, &loss(&kernel, &student)) < 1e-12);
            for (x, exact) in at.gradient.iter().zip(gradient(&kernel, &student)) {
                assert!(distance(*x, &exact) < 1e-12, "{name} {n} {k} {d}");
            }
            let direction = draw(Distribution::Normal { deviation: 1.0 }, 4, n, d);
            let mut product = vec![0.0; direction.len()];
            at.hessian_times(&direction, &mut product);
            for (x, row) in product.iter().zip(hessian(&kernel, &student).rows()) {
                let exact = row
                    .iter()
                    .zip(&direction)
                    .fold(DoubleInterval::context(), |sum, (entry, v)| {
                        sum + *entry * DoubleInterval::exactly_this_double(*v)
                    });
                assert!(distance(*x, &exact) < 1e-11, "{name} {n} {k} {d}");
            }
        }
    }
}

#[derive(serde::Deserialize)]
struct Peer {
    k: usize,
    n: usize,
    d: usize,
    seed: u64,
    loss: f64,
    class: String,
    start: Vec<f64>,
}

/// `scripts/peer_initial_weights.py` made the data: first weights, final losses
/// and classes of a flow by LSODA with Newton's method.
#[test]
fn ends_are_those_of_a_peer() {
    let text = std::fs::read_to_string("tests/data/training_peer.json").unwrap();
    let peers: Vec<Peer> = serde_json::from_str(&text).unwrap();
    assert!(peers.len() >= 10);
    for peer in peers {
        let mut setup = Setup::new(peer.k, peer.n, peer.seed);
        setup.dimension = peer.d;
        setup.start = Start::Given {
            outgoing: peer.start[..peer.n].to_vec(),
            weights: peer.start[peer.n..].to_vec(),
        };
        let run = train(&setup, &never).unwrap();
        let place = format!("k = {}, n = {}, seed {}", peer.k, peer.n, peer.seed);
        match peer.class.as_str() {
            "CA-opt" => assert!(run.class.is_copies_and_one_average(), "{place}: {}", run.class),
            "PnC" => assert_eq!(run.class, Class::PerturbedCopies, "{place}"),
            other => panic!("{place}: the peer says {other}"),
        }
        assert!(
            (run.loss - peer.loss).abs() < 1e-10,
            "{place}: {} {}",
            run.loss,
            peer.loss
        );
        check(&run);
    }
}

/// What holds for every run that converges.
fn check(run: &Run) {
    assert_eq!(run.stopped, Stopped::Converged);
    assert_eq!(run.bug, None);
    assert!(run.gradient_norm <= 1e-13 * run.setup.teachers as f64);
    let certified = run.certified.as_ref().expect("a known family");
    assert_eq!(certified.kind, "strict-local-minimum");
    let radius: f64 = certified.radius.parse().unwrap();
    assert!(radius < 1e-9, "{radius}");
    let bound = |text: &str| text.parse::<f64>().unwrap();
    assert!(bound(&certified.loss.lower) <= run.loss + 1e-12);
    assert!(bound(&certified.loss.upper) >= run.loss - 1e-12);
    let back: Run = serde_json::from_str(&serde_json::to_string(run).unwrap()).unwrap();
    assert_eq!(&back, run);
}

#[test]
fn known_ends() {
    for seed in 0..20 {
        let run = train(&Setup::new(8, 4, seed), &never).unwrap();
        assert_eq!(
            run.class,
            Class::CopyAverage {
                parts: vec![5, 1, 1, 1]
            }
        );
        assert!((run.loss - 0.0724526452).abs() < 1e-10);
        check(&run);
        let averages = run.neurons.iter().filter(|n| n.name == NeuronName::Average);
        assert_eq!(averages.count(), 1);
    }
}

/// The flow decides, not its tolerance.
#[test]
fn a_much_tighter_flow_ends_at_the_same_place() {
    for seed in 0..4 {
        let setup = Setup::new(20, 13, seed);
        let mut tight = setup.clone();
        tight.tolerances.relative = 1e-10;
        let (run, exact) = (train(&setup, &never).unwrap(), train(&tight, &never).unwrap());
        assert!(exact.steps > 2 * run.steps);
        assert_eq!(run.class, exact.class, "seed {seed}");
        let furthest = run
            .weights
            .iter()
            .zip(&exact.weights)
            .fold(0.0_f64, |most, (x, y)| most.max((x - y).abs()));
        assert!(furthest < 1e-9, "{furthest}");
    }
}

#[test]
fn other_starts_and_activations() {
    for (activation, start) in [
        ("erf", Start::GlorotUniform),
        ("erf", Start::SmallNorm { scale: 1e-3 }),
        ("erf:1/2", Start::GlorotNormal),
    ] {
        let mut setup = Setup::new(8, 4, 1);
        setup.activation = activation.parse().unwrap();
        setup.start = start;
        let run = train(&setup, &never).unwrap();
        assert!(run.stopped.is_critical(), "{activation}: {}", run.stopped);
        assert_eq!(run.bug, None);
        assert!(run.certified.is_some(), "{activation}: {:?}", run.uncertified);
    }
}

/// Two averages of two teachers are a saddle; a run that starts there says so.
#[test]
fn a_saddle_is_no_minimum() {
    let x = 1.0 / 6.0_f64.sqrt();
    let mut setup = Setup::new(4, 2, 0);
    setup.start = Start::Given {
        outgoing: vec![2.0, 2.0],
        weights: vec![x, x, 0.0, 0.0, 0.0, 0.0, x, x],
    };
    let run = train(&setup, &never).unwrap();
    // Rounding errors may also carry it away, down to a minimum.
    if run.stopped == Stopped::Saddle {
        assert_eq!(run.class, Class::CopyAverage { parts: vec![2, 2] });
        let certified = run.certified.as_ref().unwrap();
        assert_eq!(certified.kind, "strict-saddle");
    } else {
        check(&run);
        assert!(run.loss < run.initial_loss - 1e-3);
    }
}

#[test]
fn runs_that_are_cut_short_say_so() {
    let setup = Setup::new(8, 4, 0);
    let stopped = train(&setup, &|| true).unwrap();
    assert_eq!(stopped.stopped, Stopped::Interrupted);
    assert!(!stopped.stopped.is_finished());
    let mut short = setup.clone();
    short.tolerances.steps = 5;
    let run = train(&short, &never).unwrap();
    assert_eq!((run.stopped, run.steps), (Stopped::Steps, 5));
    assert_eq!(
        run.class,
        Class::Other {
            what: What::Unfinished
        }
    );
    assert!(run.certified.is_none() && run.uncertified.is_some());
    let mut early = setup;
    early.tolerances.flow_time = 1.0;
    assert_eq!(train(&early, &never).unwrap().stopped, Stopped::FlowTime);
    let mut wrong = Setup::new(8, 4, 0);
    wrong.tolerances.gradient = 0.0;
    assert!(train(&wrong, &never).is_err());
}

/// The same bits whatever runs beside.
#[test]
fn runs_do_not_depend_on_threads() {
    use rayon::prelude::*;
    let alone: Vec<Run> = (0..4)
        .map(|seed| train(&Setup::new(10, 6, seed), &never).unwrap())
        .collect();
    let together: Vec<Run> = (0..4_u64)
        .into_par_iter()
        .map(|seed| train(&Setup::new(10, 6, seed), &never).unwrap())
        .collect();
    assert_eq!(alone, together);
}

/// The certificate of an end point is accepted by the independent checker.
#[test]
fn certificates_are_accepted() {
    for (k, n, seeds) in [(8, 4, 0..1), (20, 13, 0..2)] {
        for seed in seeds {
            let run = train(&Setup::new(k, n, seed), &never).unwrap();
            let certified = run.certified.expect("a known family");
            let text = certified.certificate.expect("a decided kind");
            assert!(copyavg_checker::check(&text).is_ok());
        }
    }
}
