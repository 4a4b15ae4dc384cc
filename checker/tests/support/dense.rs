//! The Hessian at a copy-average configuration as a dense matrix of doubles,
//! entry by entry from its general formulas. Shares nothing with the checker.

use std::f64::consts::PI;

/// Rows of doubles.
pub type Matrix = Vec<Vec<f64>>;

/// A student at the copy-average configuration.
pub struct Point {
    pub sizes: Vec<u64>,
    pub d: usize,
    pub a: Vec<f64>,
    pub w: Matrix,
    k: usize,
    /// The first teacher of each bucket.
    first: Vec<usize>,
}

fn dot(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(x, y)| x * y).sum()
}

impl Point {
    pub fn new(sizes: &[u64], extra: usize) -> Self {
        let k = usize::try_from(sizes.iter().sum::<u64>()).unwrap();
        let d = k + extra;
        let (mut a, mut w, mut first, mut start) = (vec![], vec![], vec![], 0);
        for &l in sizes {
            let size = usize::try_from(l).unwrap();
            let l = l as f64;
            let mut row = vec![0.0; d];
            row[start..start + size].fill(1.0 / (l * (2.0 * l - 1.0)).sqrt());
            a.push(l);
            w.push(row);
            first.push(start);
            start += size;
        }
        Self {
            sizes: sizes.to_vec(),
            d,
            a,
            w,
            k,
            first,
        }
    }

    /// Any student of k teachers.
    pub fn student(k: usize, a: Vec<f64>, w: Matrix) -> Self {
        Self {
            sizes: vec![],
            d: w[0].len(),
            a,
            w,
            k,
            first: vec![],
        }
    }

    fn teacher(&self, p: usize) -> Vec<f64> {
        (0..self.d).map(|q| f64::from(u8::from(p == q))).collect()
    }

    pub fn loss(&self) -> f64 {
        let s: Vec<f64> = self.w.iter().map(|w| 1.0 + dot(w, w)).collect();
        let mut sum = 0.0;
        for i in 0..self.a.len() {
            for j in 0..self.a.len() {
                let u = dot(&self.w[i], &self.w[j]);
                sum += self.a[i] * self.a[j] * (u / (s[i] * s[j]).sqrt()).asin();
            }
            for p in 0..self.k {
                sum -= 2.0 * self.a[i] * (self.w[i][p] / (2.0 * s[i]).sqrt()).asin();
            }
        }
        2.0 / PI * sum + self.k as f64 / 3.0
    }

    /// The full Hessian: rows a_1, …, a_n, then w_1, …, w_n.
    pub fn hessian(&self) -> Matrix {
        let (n, d, unit) = (self.a.len(), self.d, 4.0 / PI);
        let mut h = vec![vec![0.0; n + n * d]; n + n * d];
        let at = |i: usize, p: usize| n + i * d + p;
        for i in 0..n {
            let (a, w) = (self.a[i], &self.w[i]);
            let s = 1.0 + dot(w, w);
            let slope = 1.0 / (s * (2.0 * s - 1.0).sqrt());
            let bend = -(3.0 * s - 1.0) / (s * s * (2.0 * s - 1.0).powf(1.5));
            h[i][i] = unit * (1.0 - 1.0 / s).asin();
            let mut mixed: Vec<f64> = w.iter().map(|w| 2.0 * a * slope * w).collect();
            for p in 0..d {
                for q in 0..d {
                    let same = f64::from(u8::from(p == q));
                    h[at(i, p)][at(i, q)] += a * a * (slope * same + 2.0 * bend * w[p] * w[q]);
                }
            }
            let others = (0..n).filter(|&j| j != i).map(|j| (self.a[j], self.w[j].clone()));
            let teachers = (0..self.k).map(|p| (-1.0, self.teacher(p)));
            for (b, v) in others.chain(teachers) {
                let t = 1.0 + dot(&v, &v);
                let u = dot(w, &v);
                let root = (s * t - u * u).sqrt();
                let cube = root.powi(3);
                for p in 0..d {
                    mixed[p] += b * (v[p] - u / s * w[p]) / root;
                    for q in 0..d {
                        let same = f64::from(u8::from(p == q));
                        h[at(i, p)][at(i, q)] += a
                            * b
                            * (-u / (s * root) * same
                                + (2.0 * u / (s * s * root) + u * t / (s * cube)) * w[p] * w[q]
                                + u / cube * v[p] * v[q]
                                - t / cube * (w[p] * v[q] + v[p] * w[q]));
                    }
                }
            }
            for p in 0..d {
                h[i][at(i, p)] = unit * mixed[p];
                h[at(i, p)][i] = unit * mixed[p];
                for q in 0..d {
                    h[at(i, p)][at(i, q)] *= unit;
                }
            }
            for j in (0..n).filter(|&j| j != i) {
                let (b, v) = (self.a[j], &self.w[j]);
                let t = 1.0 + dot(v, v);
                let u = dot(w, v);
                let root = (s * t - u * u).sqrt();
                let cube = root.powi(3);
                h[i][j] = unit * (u / (s * t).sqrt()).asin();
                for p in 0..d {
                    let value = unit * b * (w[p] - u / t * v[p]) / root;
                    h[i][at(j, p)] = value;
                    h[at(j, p)][i] = value;
                    for q in 0..d {
                        let same = f64::from(u8::from(p == q));
                        h[at(i, p)][at(j, q)] = unit
                            * a
                            * b
                            * (same / root
                                - (t * w[p] * w[q] + s * v[p] * v[q] - u * (w[p] * v[q] + v[p] * w[q]))
                                    / cube);
                    }
                }
            }
        }
        h
    }

    /// The blocks in the order of the format: name, multiplicity, and
    /// eigenvalues of the Hessian compressed to one copy of the block.
    pub fn blocks(&self) -> Vec<(String, u64, Vec<f64>)> {
        let h = self.hessian();
        let n = self.a.len();
        let mut distinct = self.sizes.clone();
        distinct.dedup();
        let count = |l: u64| self.sizes.iter().filter(|&&size| size == l).count();
        // dw_i = (coefficient of i)·direction, or da_i.
        let along = |direction: &[f64], coefficients: &[f64]| {
            let mut row = vec![0.0; n + n * self.d];
            for (i, c) in coefficients.iter().enumerate() {
                for (p, x) in direction.iter().enumerate() {
                    row[n + i * self.d + p] = c * x;
                }
            }
            row
        };
        let even = |without: Option<usize>| -> Vec<Vec<f64>> {
            let mut list = vec![];
            for &l in &distinct {
                let member = |i: usize| self.sizes[i] == l && Some(i) != without;
                let members = (0..n).filter(|&i| member(i)).count();
                if members > 0 {
                    let value = 1.0 / (members as f64).sqrt();
                    list.push((0..n).map(|i| if member(i) { value } else { 0.0 }).collect());
                }
            }
            list
        };
        let single = |i: usize| -> Vec<f64> { (0..n).map(|j| f64::from(u8::from(i == j))).collect() };
        let unit = |p: usize| self.teacher(p);
        let zero_sum = |i: usize| {
            let p = self.first[i];
            let mut direction = vec![0.0; self.d];
            direction[p] = 0.5_f64.sqrt();
            direction[p + 1] = -0.5_f64.sqrt();
            direction
        };
        let mut blocks = vec![];
        let first = |l: u64| self.sizes.iter().position(|&size| size == l).unwrap();
        for &l in &distinct {
            let p = first(l);
            let size = usize::try_from(l).unwrap();
            let mut direction = vec![0.0; self.d];
            direction[self.first[p]..self.first[p] + size].fill(1.0 / (l as f64).sqrt());
            let mut basis = vec![vec![0.0; n + n * self.d]];
            basis[0][p] = 1.0;
            basis.push(along(&direction, &single(p)));
            basis.extend(even(Some(p)).iter().map(|c| along(&direction, c)));
            let m = u64::try_from(count(l)).unwrap();
            blocks.push((format!("bucket {l}"), m, compressed(&h, &basis)));
        }
        for &l in distinct.iter().filter(|&&l| l >= 2) {
            let p = first(l);
            let mut basis = vec![along(&zero_sum(p), &single(p))];
            basis.extend(even(Some(p)).iter().map(|c| along(&zero_sum(p), c)));
            let m = u64::try_from(count(l)).unwrap();
            blocks.push((format!("zero-sum {l}"), m * (l - 1), compressed(&h, &basis)));
        }
        if self.d > self.k {
            let direction = unit(self.d - 1);
            let basis: Matrix = even(None).iter().map(|c| along(&direction, c)).collect();
            let extra = u64::try_from(self.d - self.k).unwrap();
            blocks.push(("unused".to_string(), extra, compressed(&h, &basis)));
        }
        for &l in distinct.iter().filter(|&&l| count(l) >= 2) {
            let (m, i) = (count(l), first(l));
            let size = usize::try_from(l).unwrap();
            let times = (self.d - m * size) * (m - 1) + m * size * (m - 2);
            if times == 0 {
                continue;
            }
            // Some input outside the buckets of two neurons of this size.
            let (i, j) = if m >= 3 { (i + 1, i + 2) } else { (i, i + 1) };
            let outside = (0..self.d)
                .find(|&p| self.w[i][p] == 0.0 && self.w[j][p] == 0.0)
                .unwrap();
            let mut c = vec![0.0; n];
            c[i] = 0.5_f64.sqrt();
            c[j] = -0.5_f64.sqrt();
            let basis = vec![along(&unit(outside), &c)];
            blocks.push((
                format!("difference {l}"),
                u64::try_from(times).unwrap(),
                compressed(&h, &basis),
            ));
        }
        blocks
    }
}

/// The eigenvalues of b h bᵀ, ascending; b has orthonormal rows.
fn compressed(h: &Matrix, b: &Matrix) -> Vec<f64> {
    let image: Matrix = b
        .iter()
        .map(|x| h.iter().map(|row| dot(row, x)).collect())
        .collect();
    eigenvalues(
        b.iter()
            .map(|x| image.iter().map(|y| dot(x, y)).collect())
            .collect(),
    )
}

/// All eigenvalues of a symmetric matrix, ascending, by Jacobi rotations.
pub fn eigenvalues(mut m: Matrix) -> Vec<f64> {
    let n = m.len();
    for _ in 0..60 {
        let mut off = 0.0;
        for p in 0..n {
            for q in p + 1..n {
                off += m[p][q] * m[p][q];
                if m[p][q].abs() < 1e-300 {
                    continue;
                }
                let theta = (m[q][q] - m[p][p]) / (2.0 * m[p][q]);
                let t = theta.signum() / (theta.abs() + (1.0 + theta * theta).sqrt());
                let t = if theta == 0.0 { 1.0 } else { t };
                let c = 1.0 / (1.0 + t * t).sqrt();
                let s = t * c;
                for row in &mut m {
                    let (x, y) = (row[p], row[q]);
                    row[p] = c * x - s * y;
                    row[q] = s * x + c * y;
                }
                let (x, y) = (m[p].clone(), m[q].clone());
                m[p] = x.iter().zip(&y).map(|(x, y)| c * x - s * y).collect();
                m[q] = x.iter().zip(&y).map(|(x, y)| s * x + c * y).collect();
            }
        }
        if off < 1e-26 {
            break;
        }
    }
    let mut values: Vec<f64> = (0..n).map(|i| m[i][i]).collect();
    values.sort_by(f64::total_cmp);
    values
}

/// All partitions of k, each in falling order.
pub fn partitions(k: u64) -> Vec<Vec<u64>> {
    fn extend(rest: u64, most: u64, parts: &mut Vec<u64>, all: &mut Vec<Vec<u64>>) {
        if rest == 0 {
            all.push(parts.clone());
        }
        for part in (1..=rest.min(most)).rev() {
            parts.push(part);
            extend(rest - part, part, parts, all);
            parts.pop();
        }
    }
    let mut all = vec![];
    extend(k, k, &mut vec![], &mut all);
    all
}
