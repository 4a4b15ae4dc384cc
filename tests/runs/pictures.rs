//! Pictures of runs show every run, in the look of its class, and are the same
//! bytes for the same data.

use copyavg::arithmetic::Precision;
use copyavg::experiment::basins::Cell;
use copyavg::experiment::phase::Phase;
use copyavg::experiment::training::{Class, NamedNeuron, NeuronName, Run, Setup, Stopped, What};
use copyavg::plot::{PlotError, basins, convergence, data, neurons, png};
use resvg::usvg::{self, roxmltree};

/// The best copy-average configuration of k teachers, the neurons in another
/// order and with other signs for each seed.
fn copy_average(k: usize, n: usize, seed: u64) -> Run {
    let bucket = k - n + 1;
    let norm = |size: usize| (2.0 * size as f64 - 1.0).sqrt().recip();
    let first = usize::try_from(seed).unwrap() % n;
    let mut left = 0..k;
    let (mut names, mut outgoing, mut weights) = (Vec::new(), Vec::new(), vec![0.0; n * k]);
    for i in 0..n {
        let size = if i == first { bucket } else { 1 };
        let teachers: Vec<usize> = left.by_ref().take(size).collect();
        let sign = if (seed + i as u64).is_multiple_of(2) {
            1
        } else {
            -1
        };
        let turned = f64::from(sign);
        outgoing.push(turned * size as f64);
        for p in &teachers {
            weights[i * k + p] = turned * norm(size) / (size as f64).sqrt();
        }
        names.push(NamedNeuron {
            name: if size > 1 {
                NeuronName::Average
            } else {
                NeuronName::Copy
            },
            teachers,
            sign,
            outgoing: size as f64,
            norm: norm(size),
            distance: 0.0,
            margin: 10.0,
        });
    }
    let mut parts = vec![bucket as u64];
    parts.resize(n, 1);
    let l = bucket as f64;
    Run {
        setup: Setup::new(k, n, seed),
        loss: l / 3.0 - std::f64::consts::FRAC_2_PI * l * l * (0.5 / l).asin(),
        initial_loss: 1.0,
        gradient_norm: 1e-15,
        steps: 100,
        gradient_evaluations: 1,
        hessian_products: 1,
        flow_time: 1.0,
        newton_steps: 1,
        newton_moved: 0.0,
        least_eigenvalue: None,
        stopped: Stopped::Converged,
        class: Class::CopyAverage { parts },
        margin: 10.0,
        neurons: names,
        outgoing,
        weights,
        certified: None,
        uncertified: None,
        bug: None,
    }
}

fn parsed(svg: &str) -> roxmltree::Document<'_> {
    usvg::Tree::from_str(svg, &usvg::Options::default()).unwrap();
    // The font of PNGs has no other glyphs.
    assert!(svg.is_ascii());
    roxmltree::Document::parse(svg).unwrap()
}

fn titles(picture: &roxmltree::Document, word: &str) -> Vec<String> {
    let marks = picture
        .descendants()
        .filter(|node| node.attribute("class") == Some("mark"));
    let words = marks.filter_map(|mark| Some(mark.first_element_child()?.text()?.to_string()));
    words.filter(|words| words.contains(word)).collect()
}

#[test]
fn every_alignment_and_every_magnitude_has_a_mark() {
    let runs: Vec<Run> = (0..7).map(|seed| copy_average(8, 4, seed)).collect();
    let svg = neurons(&runs).unwrap();
    let picture = parsed(&svg);
    // Per run 4 neurons with 8 alignments and a magnitude.
    assert_eq!(titles(&picture, "seed").len(), 7 * (4 * 8 + 4));
    assert_eq!(titles(&picture, "seed 3,").len(), 4 * 8 + 4);
    assert!(svg.contains("C-A (5,1,1,1): 7 of 7 runs"));
    // Signs, neurons and teachers are renamed: all runs look alike.
    for (value, count) in [("0.447214", 5), ("1.000000", 3), ("0.000000", 3 + 3 * 7)] {
        assert_eq!(
            titles(&picture, &format!(": {value}")).len(),
            7 * count,
            "{value}"
        );
    }
    let table = data::neurons(&runs);
    assert_eq!(table.lines().count(), 1 + 7 * 4);
    let row: Vec<&str> = table.lines().nth(2).unwrap().rsplitn(9, ',').collect();
    assert_eq!(
        row.iter()
            .filter(|x| x.parse::<f64>().is_ok_and(|x| x == 1.0))
            .count(),
        1,
        "{row:?}"
    );
}

#[test]
fn many_neurons_share_panels_by_name() {
    let runs: Vec<Run> = (0..3).map(|seed| copy_average(12, 7, seed)).collect();
    let svg = neurons(&runs).unwrap();
    assert!(svg.contains("average (3 in all)") && svg.contains("copy (18 in all)"));
    assert_eq!(titles(&parsed(&svg), "seed").len(), 3 * (7 * 12 + 7));
}

#[test]
fn runs_of_different_sizes_have_no_common_picture() {
    let runs = [copy_average(8, 4, 0), copy_average(8, 5, 0)];
    assert_eq!(neurons(&runs), Err(PlotError::Mixed));
    assert_eq!(neurons(&[]), Err(PlotError::Empty { what: "runs" }));
    assert_eq!(convergence(&[], &[]), Err(PlotError::Empty { what: "runs" }));
    assert_eq!(basins(&[]), Err(PlotError::Empty { what: "runs" }));
}

/// Runs at every n below 10, one of four at n = 6 in no class.
fn mixed() -> Vec<Run> {
    let mut runs: Vec<Run> = (1..10)
        .flat_map(|n| (0..4).map(move |seed| copy_average(10, n, seed)))
        .collect();
    let odd = runs.iter_mut().find(|run| run.setup.neurons == 6).unwrap();
    odd.class = Class::Other { what: What::Mixed };
    odd.loss += 0.003;
    runs
}

#[test]
fn losses_are_drawn_once_for_each_end() {
    let runs = mixed();
    let limit = Precision::saturating(512);
    let phases: Vec<Phase> = (1..=10).map(|n| Phase::of(n, 10, limit).unwrap()).collect();
    let svg = convergence(&runs, &phases).unwrap();
    let picture = parsed(&svg);
    // In both panels one mark for each n, and one more for the odd one.
    assert_eq!(titles(&picture, "runs end in").len(), 2 * 10);
    assert_eq!(titles(&picture, "3 of 4 runs end in C-A").len(), 2);
    assert_eq!(titles(&picture, "1 of 4 runs end in other").len(), 2);
    assert!(convergence(&runs, &[]).is_err());
    let mut turned = runs.clone();
    turned.reverse();
    assert_eq!(convergence(&turned, &phases).unwrap(), svg);
    let table = data::convergence(&runs, &phases);
    assert_eq!(table.lines().count(), 1 + 36);
    // C-A (3,1,...): a run's loss is the certified one.
    let row: Vec<&str> = table
        .lines()
        .find(|row| row.starts_with("10,8,0,"))
        .unwrap()
        .rsplit(',')
        .collect();
    let number = |i: usize| row[i].parse::<f64>().unwrap();
    assert!((number(3) - number(5)).abs() < 1e-12, "{row:?}");
}

#[test]
fn shares_have_intervals() {
    let cells = Cell::all(&mixed());
    let svg = basins(&cells).unwrap();
    let picture = parsed(&svg);
    let intervals = picture
        .descendants()
        .filter(|node| node.attribute("class") == Some("interval"));
    assert_eq!(intervals.count(), 3 * 9);
    assert_eq!(titles(&picture, "n = 6: 1 of 4 runs end in other").len(), 1);
    assert_eq!(titles(&picture, "0 of 4 runs end in P-n-C").len(), 9);
    assert_eq!(data::basins(&cells).lines().count(), 1 + 9);
    assert!(png(&svg, 1.0).is_ok());
}
