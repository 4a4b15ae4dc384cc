//! Approximate eigenvalues of small symmetric and of diagonal-plus-rank-one
//! matrices, as candidates.

use crate::configuration::blocks::copy_average::copy_average_blocks;
use crate::configuration::blocks::{Block, Core, RankOneUpdate, SymmetricMatrix};
use crate::configuration::partition::Partition;

/// Approximate eigenvalues of the copy-average blocks (in their units), block
/// by block in the order of the list, each ascending.
#[must_use]
pub fn copy_average_candidates(partition: &Partition, extra: u64) -> Vec<Vec<f64>> {
    of_blocks(&copy_average_blocks(&0.0, partition, extra))
}

/// Approximate eigenvalues of each block, ascending.
#[must_use]
pub fn of_blocks(blocks: &[Block<RankOneUpdate<f64>>]) -> Vec<Vec<f64>> {
    blocks
        .iter()
        .map(|block| rank_one_eigenvalues(&block.matrix))
        .collect()
}

/// A diagonal entry and the square of its entry of v.
#[derive(Debug, Clone, Copy)]
struct Pole {
    at: f64,
    weight: f64,
}

/// Approximate eigenvalues of G ⊕ D + v vᵀ, ascending.
///
/// The core is diagonalised; the eigenvalues of diag(d) + v vᵀ are the d_i with
/// v_i = 0 and the roots of 1 + Σ v_i²/(d_i − λ) = 0, one above each other d_i.
/// They are found by osculating interpolation with one pole on each side
/// (Bunch, Nielsen & Sorensen, *Rank-one modification of the symmetric
/// eigenproblem*, Numer. Math. 31, 1978), safeguarded by bisection.
#[must_use]
pub fn rank_one_eigenvalues(matrix: &RankOneUpdate<f64>) -> Vec<f64> {
    let mut poles: Vec<Pole> = matrix
        .lines
        .iter()
        .map(|line| Pole {
            at: line.value,
            weight: line.square,
        })
        .collect();
    if let Some(core) = &matrix.core {
        poles.extend(diagonalised(core));
    }
    poles.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut eigenvalues = Vec::with_capacity(poles.len());
    poles.retain(|pole| {
        let moves = pole.weight > 0.0;
        if !moves {
            eigenvalues.push(pole.at);
        }
        moves
    });
    // Equal poles act as one with the sum of the weights.
    let mut merged: Vec<Pole> = Vec::with_capacity(poles.len());
    for pole in poles {
        match merged.last_mut() {
            Some(last) if last.at == pole.at => {
                last.weight += pole.weight;
                eigenvalues.push(pole.at);
            }
            _ => merged.push(pole),
        }
    }
    eigenvalues.extend((0..merged.len()).map(|index| root_above(&merged, index)));
    eigenvalues.sort_by(f64::total_cmp);
    eigenvalues
}

/// G and v in the basis of G's eigenvectors.
fn diagonalised(core: &Core<f64>) -> [Pole; 2] {
    let [g11, g12, g22] = core.matrix;
    let [v1, v2] = core.vector;
    // Jacobi's rotation.
    let tangent = if g12 == 0.0 {
        0.0
    } else {
        let ratio = (g22 - g11) / (2.0 * g12);
        ratio.signum() / (ratio.abs() + ratio.hypot(1.0))
    };
    let cosine = 1.0 / tangent.hypot(1.0);
    let sine = tangent * cosine;
    [
        Pole {
            at: g11 - tangent * g12,
            weight: (cosine * v1 - sine * v2).powi(2),
        },
        Pole {
            at: g22 + tangent * g12,
            weight: (sine * v1 + cosine * v2).powi(2),
        },
    ]
}

/// The root between pole `index` and the next, or above the last one.
fn root_above(poles: &[Pole], index: usize) -> f64 {
    let total: f64 = poles.iter().map(|pole| pole.weight).sum();
    let left = poles[index].at;
    let next = poles.get(index + 1).map(|pole| pole.at);
    let width = next.map_or(total, |next| next - left);
    // Distances from the nearer pole keep their digits.
    let f = |origin: f64, x: f64| {
        poles.iter().fold((1.0, 0.0, 0.0), |(value, below, above), pole| {
            let distance = (pole.at - origin) - x;
            let term = pole.weight / distance;
            let slope = term / distance;
            if pole.at <= left {
                (value + term, below + slope, above)
            } else {
                (value + term, below, above + slope)
            }
        })
    };
    let origin = match next {
        Some(next) if f(left, width / 2.0).0 < 0.0 => next,
        _ => left,
    };
    let (first, second) = (left - origin, next.map(|next| next - origin));
    let (mut lo, mut hi) = (first, first + width);
    let mut x = (lo + hi) / 2.0;
    for _ in 0..60 {
        let (value, below, above) = f(origin, x);
        if value < 0.0 {
            lo = x;
        } else {
            hi = x;
        }
        // value + change ≈ c + a/(first − x) + b/(second − x)
        let p = first - x;
        let step = match second {
            Some(second) => {
                let q = second - x;
                let (a, b) = (below * p * p, above * q * q);
                let c = value - below * p - above * q;
                // c (p−y)(q−y) + a (q−y) + b (p−y) = 0
                let linear = -(c * (p + q) + a + b);
                let constant = c * p * q + a * q + b * p;
                let root = (linear * linear - 4.0 * c * constant).max(0.0).sqrt();
                if linear > 0.0 {
                    -2.0 * constant / (linear + root)
                } else {
                    2.0 * constant / (root - linear)
                }
            }
            None => {
                let c = value - below * p;
                p + below * p * p / c
            }
        };
        let mut new = x + step;
        if !(lo < new && new < hi) {
            new = (lo + hi) / 2.0;
        }
        let moved = (new - x).abs();
        x = new;
        if moved <= 2.0 * f64::EPSILON * x.abs() {
            break;
        }
    }
    origin + x
}

/// Sweeps of rotations; each squares what is left, so that few are needed.
const SWEEPS: usize = 30;

/// Approximate eigenvalues of a symmetric matrix, ascending, by Jacobi's
/// rotations: they are accurate relative to each eigenvalue's rows, not only
/// to the largest eigenvalue.
#[must_use]
pub fn symmetric_eigenvalues(matrix: &SymmetricMatrix<f64>) -> Vec<f64> {
    let mut eigenvalues: Vec<f64> = diagonalise(matrix, &mut |_, _, _, _| ());
    eigenvalues.sort_by(f64::total_cmp);
    eigenvalues
}

/// Approximate eigenvalues of a symmetric matrix, ascending, each with a unit
/// eigenvector.
#[must_use]
pub fn symmetric_eigenvectors(matrix: &SymmetricMatrix<f64>) -> Vec<(f64, Vec<f64>)> {
    let size = matrix.size();
    // Row i is the vector of the i-th diagonal entry.
    let unit = |i: usize| (0..size).map(|j| if i == j { 1.0 } else { 0.0 }).collect();
    let mut vectors: Vec<Vec<f64>> = (0..size).map(unit).collect();
    let diagonal = diagonalise(matrix, &mut |p, q, cosine, sine| {
        // p < q
        let (above, below) = vectors.split_at_mut(q);
        for (x, y) in above[p].iter_mut().zip(&mut below[0]) {
            (*x, *y) = (cosine * *x - sine * *y, sine * *x + cosine * *y);
        }
    });
    let mut pairs: Vec<(f64, Vec<f64>)> = diagonal.into_iter().zip(vectors).collect();
    pairs.sort_by(|x, y| x.0.total_cmp(&y.0));
    pairs
}

/// The diagonal that rotations leave; `rotated` is told of each of them: rows
/// p and q, cosine and sine.
fn diagonalise(matrix: &SymmetricMatrix<f64>, rotated: &mut impl FnMut(usize, usize, f64, f64)) -> Vec<f64> {
    let size = matrix.size();
    let mut rest = matrix.clone();
    for _ in 0..SWEEPS {
        let mut any = false;
        for p in 0..size {
            for q in p + 1..size {
                if let Some((cosine, sine)) = rotate(&mut rest, p, q) {
                    rotated(p, q, cosine, sine);
                    any = true;
                }
            }
        }
        if !any {
            break;
        }
    }
    (0..size).map(|i| *rest.entry(i, i)).collect()
}

/// Makes entry (p, q) zero, by the rotation of this cosine and sine; `None` if
/// it is negligible already.
fn rotate(a: &mut SymmetricMatrix<f64>, p: usize, q: usize) -> Option<(f64, f64)> {
    let (entry, first, second) = (*a.entry(p, q), *a.entry(p, p), *a.entry(q, q));
    let scale = (first * second).abs().sqrt();
    if entry == 0.0 || entry.abs() <= f64::EPSILON / 8.0 * scale {
        return None;
    }
    let ratio = (second - first) / (2.0 * entry);
    let tangent = ratio.signum() / (ratio.abs() + ratio.hypot(1.0));
    let cosine = 1.0 / tangent.hypot(1.0);
    let sine = tangent * cosine;
    *a.entry_mut(p, p) = first - tangent * entry;
    *a.entry_mut(q, q) = second + tangent * entry;
    *a.entry_mut(p, q) = 0.0;
    for i in (0..a.size()).filter(|&i| i != p && i != q) {
        let (x, y) = (*a.entry(i, p), *a.entry(i, q));
        *a.entry_mut(i, p) = cosine * x - sine * y;
        *a.entry_mut(i, q) = sine * x + cosine * y;
    }
    Some((cosine, sine))
}
