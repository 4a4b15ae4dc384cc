//! Branch and bound on the Grassmannian, against linear algebra in floating
//! point: charts reach every plane, bounds hold at random points of random
//! cells, derivatives are those of finite differences.

use copyavg::arithmetic::{DoubleInterval, Scalar};
use copyavg::certify::grassmannian::bound::{Constants, Projector, distance};
use copyavg::certify::grassmannian::chart::Chart;
use copyavg::certify::grassmannian::summit::Summit;
use copyavg::certify::grassmannian::{Cell, Outcome, Search, Shape};
use nalgebra::{DMatrix, DVector, SymmetricEigen};
use proptest::prelude::*;

const SHAPES: [(usize, usize); 8] = [(3, 2), (4, 2), (4, 3), (5, 3), (5, 4), (6, 3), (6, 4), (7, 5)];

fn context() -> DoubleInterval {
    DoubleInterval::context()
}

fn shape(k: usize, n: usize) -> Shape {
    Shape::new(k, n).unwrap()
}

/// An orthonormal basis of a plane: its projector, its vectors beside 1, its kernel.
struct Plane {
    projector: DMatrix<f64>,
    range: DMatrix<f64>,
    kernel: DMatrix<f64>,
}

impl Plane {
    /// The span of 1 and the columns, k × (n − 1).
    fn spanned(columns: &DMatrix<f64>) -> Self {
        let (k, m) = columns.shape();
        let mut all = DMatrix::from_element(k, 1 + m + k, 1.0);
        all.view_mut((0, 1), (k, m)).copy_from(columns);
        all.view_mut((0, 1 + m), (k, k))
            .copy_from(&DMatrix::identity(k, k));
        // Gram and Schmidt, twice, dropping what depends on the rest.
        let mut basis: Vec<DVector<f64>> = Vec::new();
        for column in all.column_iter() {
            let mut v = column.into_owned();
            let before = v.norm();
            for _ in 0..2 {
                for u in &basis {
                    let share = u.dot(&v);
                    v -= u * share;
                }
            }
            if v.norm() > 1e-9 * before && basis.len() < k {
                basis.push(v.normalize());
            }
        }
        let range = DMatrix::from_columns(&basis[1..=m]);
        let kernel = DMatrix::from_columns(&basis[m + 1..]);
        let one = DMatrix::from_element(k, k, 1.0 / k as f64);
        let projector = one + &range * range.transpose();
        Self {
            projector,
            range,
            kernel,
        }
    }

    /// The columns of (I; X), X row after row.
    fn of_chart(k: usize, n: usize, x: &[f64]) -> Self {
        let full = DMatrix::from_fn(k, n, |p, j| {
            if p < n {
                f64::from(u8::from(p == j))
            } else {
                x[(p - n) * n + j]
            }
        });
        Self::spanned(&full.columns(0, n - 1).into_owned())
    }

    /// Along the geodesic with tangent coordinates T, (n − 1) × (k − n), at time t.
    fn moved(&self, tangent: &DMatrix<f64>, time: f64) -> Self {
        let svd = tangent.clone().svd(true, true);
        let (left, right) = (
            &self.range * svd.u.unwrap(),
            &self.kernel * svd.v_t.unwrap().transpose(),
        );
        let mut range = self.range.clone();
        for (i, angle) in svd.singular_values.iter().enumerate() {
            let (u, v) = (left.column(i), right.column(i));
            let turned = u * (angle * time).cos() + v * (angle * time).sin();
            // u ↦ turned, everything orthogonal to u stays.
            let shares = u.transpose() * &self.range;
            range += (turned - u) * shares;
        }
        Self::spanned(&range)
    }
}

fn slope(x: f64) -> f64 {
    1.0 / (4.0 - x * x).sqrt() - 0.5
}

fn psi(plane: &DMatrix<f64>) -> f64 {
    plane.iter().map(|x| (x / 2.0).asin() - x / 2.0).sum()
}

/// |(I − Π)w|.
fn residue(plane: &DMatrix<f64>) -> f64 {
    let w = plane.map(slope).column_sum();
    (&w - plane * &w).norm()
}

/// F.
fn bounded(plane: &DMatrix<f64>) -> f64 {
    let k = plane.nrows() as f64;
    let c = 3.0_f64.powf(-1.5) + 3.0_f64.powf(-0.5) - 0.5;
    psi(plane) + residue(plane).powi(2) / (k * (k / 2.0 - c))
}

/// The angle between two planes: the norm of the principal angles.
fn angle(first: &Plane, second: &Plane) -> f64 {
    let sines = (first.kernel.transpose() * &second.range)
        .svd(false, false)
        .singular_values;
    sines
        .iter()
        .map(|s| s.min(1.0).asin().powi(2))
        .sum::<f64>()
        .sqrt()
}

fn shapes() -> impl Strategy<Value = (usize, usize)> {
    prop::sample::select(SHAPES.to_vec())
}

fn numbers(count: usize) -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(-1.0..1.0_f64, count)
}

/// A shape, a cell that may be needed, and a point in it by its place in the cell.
fn cells() -> impl Strategy<Value = ((usize, usize), Cell, Vec<f64>)> {
    (shapes(), 6..60_u32, any::<u128>()).prop_flat_map(|((k, n), depth, path)| {
        let path = path & ((1 << depth) - 1);
        (
            Just((k, n)),
            Just(Cell { depth, path }),
            numbers((k - n) * (n - 1)),
        )
    })
}

/// All k!/(…) choices of n rows, as lists.
fn choices(k: usize, n: usize) -> Vec<Vec<usize>> {
    (0_u32..1 << k)
        .filter(|set| set.count_ones() as usize == n)
        .map(|set| (0..k).filter(|p| set >> p & 1 == 1).collect())
        .collect()
}

/// X of a plane in the order that the chart asks for.
fn charted(plane: &Plane, n: usize) -> DMatrix<f64> {
    let k = plane.projector.nrows();
    let mut columns: Vec<DVector<f64>> = vec![DVector::from_element(k, 1.0)];
    columns.extend(plane.range.column_iter().map(|u| u.into_owned()));
    let spanning = DMatrix::from_columns(&columns);
    let minor = |rows: &Vec<usize>| spanning.select_rows(rows).determinant().abs();
    let top = choices(k, n)
        .into_iter()
        .max_by(|x, y| minor(x).total_cmp(&minor(y)))
        .unwrap();
    let rest: Vec<usize> = (0..k).filter(|p| !top.contains(p)).collect();
    let mut x = spanning.select_rows(&rest) * spanning.select_rows(&top).try_inverse().unwrap();
    let (row, column) = (0..k - n)
        .flat_map(|i| (0..n).map(move |j| (i, j)))
        .max_by(|&(i, j), &(p, q)| x[(i, j)].total_cmp(&x[(p, q)]))
        .unwrap();
    x.swap_rows(0, row);
    x.swap_columns(0, column);
    let mut rows: Vec<usize> = (1..k - n).collect();
    rows.sort_by(|&i, &j| x[(j, 0)].total_cmp(&x[(i, 0)]));
    let mut columns: Vec<usize> = (1..n).collect();
    columns.sort_by(|&i, &j| x[(0, j)].total_cmp(&x[(0, i)]));
    rows.insert(0, 0);
    columns.insert(0, 0);
    x.select_rows(&rows).select_columns(&columns)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Every plane through 1 lies, after a permutation, in cells that are kept.
    #[test]
    fn no_plane_is_lost(((k, n), entries) in shapes().prop_flat_map(|(k, n)| (Just((k, n)), numbers(k * (n - 1))))) {
        let plane = Plane::spanned(&DMatrix::from_vec(k, n - 1, entries));
        let x = charted(&plane, n);
        prop_assert!(x.iter().all(|x| x.abs() <= 1.0 + 1e-9));
        let shape = shape(k, n);
        let chart = Chart::new(&context(), shape);
        let mut cell = Cell::WHOLE;
        for _ in 0..12 * shape.dimension() {
            let frame = chart.frame(cell);
            prop_assert!(!chart.is_superfluous(&frame), "{cell:?} {x}");
            // The coordinate that is cut next, from its definition.
            let at = usize::try_from(cell.depth).unwrap() % shape.dimension();
            let (i, a) = (at / (n - 1), at % (n - 1) + 1);
            let length = ((a * (a + 1)) as f64).sqrt();
            let xi = ((0..a).map(|j| x[(i, j)]).sum::<f64>() - a as f64 * x[(i, a)]) / length;
            let side = usize::from(xi > frame.coordinates[at].midpoint());
            cell = cell.halves().unwrap()[side];
        }
        let centre = chart.frame(cell).centre;
        for (index, entry) in centre.iter().enumerate() {
            prop_assert!((entry.midpoint() - x[(index / n, index % n)]).abs() < 0.01);
        }
    }

    /// The bound holds, and so does the distance, at random points of random cells.
    #[test]
    fn nothing_in_a_cell_exceeds_its_bound(((k, n), cell, place) in cells()) {
        let shape = shape(k, n);
        let chart = Chart::new(&context(), shape);
        let constants = Constants::new(&context(), shape);
        let frame = chart.frame(cell);
        let Some(delta) = distance(shape, &frame) else { return Ok(()) };
        let centre: Vec<f64> = frame.centre.iter().map(|x| x.midpoint()).collect();
        let middle = Plane::of_chart(k, n, &centre);
        // Corners matter most.
        for sharpness in [1.0, 0.2, 0.0] {
            let mut x = centre.clone();
            for (index, t) in place.iter().enumerate() {
                let (i, a) = (index / (n - 1), index % (n - 1) + 1);
                let step = t.signum() * t.abs().powf(sharpness) * frame.reach[index].midpoint();
                let length = ((a * (a + 1)) as f64).sqrt();
                for j in 0..a {
                    x[i * n + j] += step / length;
                }
                x[i * n + a] -= step * a as f64 / length;
            }
            let there = Plane::of_chart(k, n, &x);
            prop_assert!(angle(&middle, &there) <= delta.hi() + 1e-9);
            let value = bounded(&there.projector);
            let projector = Projector::onto(shape, &frame.centre);
            for enough in [context().integer(-9), context().integer(9), DoubleInterval::exactly_this_double(value)] {
                let bound = projector.bound(&constants, &delta, &enough);
                prop_assert!(value <= bound.hi() + 1e-12, "{value} {bound:?}");
            }
            // Where the Hessian decides, it has to hold as well.
            let just = DoubleInterval::exactly_this_double(value - 1e-9);
            let bound = projector.bound(&constants, &delta, &just);
            prop_assert!(bound.hi() > value - 1e-9);
        }
    }

    /// Around the copy-average projector F falls.
    #[test]
    fn the_summit_is_one(((k, n), tangent) in shapes().prop_flat_map(|(k, n)| (Just((k, n)), numbers((k - n) * (n - 1))))) {
        let shape = shape(k, n);
        let summit = Summit::new(&context(), shape, &Constants::new(&context(), shape)).unwrap();
        let mut x = vec![0.0; (k - n) * n];
        x.iter_mut().step_by(n).for_each(|x| *x = 1.0);
        let top = Plane::of_chart(k, n, &x);
        let value = summit.value.midpoint();
        prop_assert!((psi(&top.projector) - value).abs() < 1e-13);
        prop_assert!(residue(&top.projector) < 1e-13);
        let tangent = DMatrix::from_vec(n - 1, k - n, tangent).normalize();
        for share in [0.1, 0.5, 1.0] {
            let there = top.moved(&tangent, share * summit.radius.midpoint());
            prop_assert!(bounded(&there.projector) < value);
        }
    }

    /// Gradient, Hessian, third derivative and turning, by finite differences.
    #[test]
    fn derivatives_are_those_of_geodesics(((k, n), entries, tangent) in shapes().prop_flat_map(|(k, n)| {
        (Just((k, n)), numbers((k - n) * (n - 1)), numbers((k - n) * (n - 1)))
    })) {
        let shape = shape(k, n);
        let mut x = Vec::new();
        for row in entries.chunks_exact(n - 1) {
            x.extend(row);
            x.push(1.0 - row.iter().sum::<f64>());
        }
        let exact: Vec<DoubleInterval> = x.iter().map(|&x| DoubleInterval::exactly_this_double(x)).collect();
        let projector = Projector::onto(shape, &exact);
        let plane = Plane::of_chart(k, n, &x);
        prop_assert!((projector.psi().midpoint() - psi(&plane.projector)).abs() < 1e-12);
        prop_assert!((projector.residue().midpoint() - residue(&plane.projector)).abs() < 1e-9);

        let slopes = plane.projector.map(slope);
        let gradient = 2.0 * plane.range.transpose() * &slopes * &plane.kernel;
        let ours: f64 = projector.gradient().iter().map(|x| x.midpoint().powi(2)).sum::<f64>().sqrt();
        prop_assert!((ours - gradient.norm()).abs() < 1e-9);

        let size = shape.dimension();
        let at = |tangent: &DMatrix<f64>, time: f64| psi(&plane.moved(tangent, time).projector);
        let h = 1e-3;
        let second = |tangent: &DMatrix<f64>| {
            (16.0 * (at(tangent, h) + at(tangent, -h)) - at(tangent, 2.0 * h) - at(tangent, -2.0 * h)
                - 30.0 * psi(&plane.projector)) / (12.0 * h * h)
        };
        let unit = |i: usize| DMatrix::from_fn(n - 1, k - n, |r, c| f64::from(u8::from(r * (k - n) + c == i)));
        let numeric = DMatrix::from_fn(size, size, |i, j| {
            if i == j { second(&unit(i)) } else { (second(&(unit(i) + unit(j))) - second(&(unit(i) - unit(j)))) / 4.0 }
        });
        let hessian = projector.hessian();
        let ours = DMatrix::from_fn(size, size, |i, j| hessian.entry(i, j).midpoint());
        let sorted = |matrix: DMatrix<f64>| {
            let mut values: Vec<f64> = SymmetricEigen::new(matrix).eigenvalues.iter().copied().collect();
            values.sort_by(f64::total_cmp);
            values
        };
        for (x, y) in sorted(ours).iter().zip(sorted(numeric)) {
            prop_assert!((x - y).abs() < 1e-6, "{x} {y}");
        }

        let constants = Constants::new(&context(), shape);
        let tangent = DMatrix::from_vec(n - 1, k - n, tangent).normalize();
        let h = 1e-2;
        let third = (at(&tangent, 2.0 * h) - 2.0 * at(&tangent, h) + 2.0 * at(&tangent, -h) - at(&tangent, -2.0 * h))
            / (2.0 * h * h * h);
        prop_assert!(third.abs() <= constants.third.hi() + 1e-3);
        let turned = |time: f64| {
            let there = plane.moved(&tangent, time).projector;
            let w = there.map(slope).column_sum();
            &w - &there * &w
        };
        let speed = (turned(1e-4) - turned(-1e-4)).norm() / 2e-4;
        prop_assert!(speed <= constants.turning.hi() + 1e-6);
    }
}

/// How the search for a pair ends; `None` if it cannot begin, because F was not
/// shown to fall around the copy-average projector.
fn whole(k: usize, n: usize) -> Option<Outcome> {
    Some(Search::new(shape(k, n))?.run(Cell::WHOLE, &|| false))
}

#[test]
fn small_pairs_are_settled() {
    for (k, n) in [(3, 2), (4, 2), (5, 2), (4, 3), (5, 3)] {
        let Some(Outcome::Settled(examined)) = whole(k, n) else {
            panic!("k = {k}, n = {n}");
        };
        assert!(examined.near > 0 && examined.below > 0 && examined.superfluous > 0);
    }
}

/// The bound by projectors is below the copy-average loss for four neurons and
/// five teachers: a search that settled this pair would be wrong.
#[test]
fn a_pair_that_the_bound_does_not_decide_is_not_settled() {
    for (k, n) in [(5, 4), (6, 5), (7, 6)] {
        let outcome = whole(k, n);
        assert!(!matches!(outcome, Some(Outcome::Settled(_))), "k = {k}, n = {n}");
    }
}

#[test]
fn a_search_stops_when_it_is_asked_to() {
    let search = Search::new(shape(7, 5)).unwrap();
    assert_eq!(search.run(Cell::WHOLE, &|| true), Outcome::Stopped);
}

#[test]
fn parts_make_up_the_whole() {
    let search = Search::new(shape(5, 3)).unwrap();
    let parts = search.parts(100);
    assert_eq!(parts.len(), 128);
    let mut paths: Vec<u128> = parts.iter().map(|part| part.path).collect();
    paths.sort_unstable();
    assert!(paths.iter().copied().eq(0..128));
    assert!(parts.iter().all(|part| part.depth == 7));
}
