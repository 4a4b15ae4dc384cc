//! Loss, gradient and Hessian for erf(x/√2), written out by hand in doubles:
//! a second road, from formulas that were derived without the kernel's partial
//! derivatives.
//!
//! With s_i = 1 + |w_i|², u_ij = w_i·w_j, D_ij = √(s_i s_j − u_ij²), K = 4/π and
//! a teacher p standing for s = 2, a = −1, w = e_p:
//!
//! * ∂L/∂w_i = K{κ_i w_i + a_i Σ_{j≠i} a_j w_j/D_ij − a_i Σ_p e_p/D_ip},
//!   κ_i = a_i² h_i − (a_i/s_i)(Σ_{j≠i} a_j u_ij/D_ij − Σ_p W_ip/D_ip),
//!   h = 1/(s √(2s − 1)), h′ = −(3s − 1)/(s² (2s − 1)^{3/2});
//! * ∂L/∂a_i = K{a_i asin(1 − 1/s_i) + Σ_{j≠i} a_j asin_ij − Σ_p asin_ip};
//! * t_ij = (w_j − (u/s_i) w_i)/D;
//!   A_ij = −(u/(s_i D)) I + [2u/(s_i² D) + u s_j/(s_i D³)] w_i w_iᵀ + (u/D³) w_j w_jᵀ
//!   − (s_j/D³)(w_i w_jᵀ + w_j w_iᵀ);
//!   B_ij = I/D − [s_j w_i w_iᵀ + s_i w_j w_jᵀ − u(w_i w_jᵀ + w_j w_iᵀ)]/D³;
//! * H[a_i,a_i] = K asin(1 − 1/s_i), H[a_i,a_j] = K asin_ij, H[a_i,w_j] = K a_j t_ji,
//!   H[a_i,w_i] = K{2a_i h w_i + Σ a_j t_ij}, H[w_i,w_j] = K a_i a_j B_ij,
//!   H[w_i,w_i] = K{a_i²(h I + 2h′ w_i w_iᵀ) + a_i Σ a_j A_ij}.

use std::f64::consts::PI;

const K: f64 = 4.0 / PI;

pub struct Net {
    pub a: Vec<f64>,
    pub w: Vec<Vec<f64>>,
    pub k: usize,
    pub d: usize,
}

/// Another neuron, or a teacher with a = −1, as seen from neuron i.
struct Other {
    a: f64,
    w: Vec<f64>,
    s: f64,
    u: f64,
    root: f64,
    asin: f64,
}

fn dot(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(x, y)| x * y).sum()
}

impl Net {
    fn s(&self, i: usize) -> f64 {
        1.0 + dot(&self.w[i], &self.w[i])
    }

    fn other(&self, i: usize, a: f64, w: Vec<f64>) -> Other {
        let s = 1.0 + dot(&w, &w);
        let u = dot(&self.w[i], &w);
        let root = (self.s(i) * s - u * u).sqrt();
        let asin = (u / (self.s(i) * s).sqrt()).asin();
        Other {
            a,
            w,
            s,
            u,
            root,
            asin,
        }
    }

    fn others(&self, i: usize) -> Vec<Other> {
        let students = (0..self.a.len())
            .filter(|&j| j != i)
            .map(|j| (self.a[j], self.w[j].clone()));
        let teachers = (0..self.k).map(|p| {
            let mut e = vec![0.0; self.d];
            e[p] = 1.0;
            (-1.0, e)
        });
        students
            .chain(teachers)
            .map(|(a, w)| self.other(i, a, w))
            .collect()
    }

    pub fn loss(&self) -> f64 {
        let mut sum = self.k as f64 / 3.0;
        for i in 0..self.a.len() {
            let a = self.a[i];
            sum += 2.0 / PI * a * a * (1.0 - 1.0 / self.s(i)).asin();
            for (place, other) in self.others(i).iter().enumerate() {
                let factor = if place + 1 < self.a.len() { 1.0 } else { 2.0 };
                sum += 2.0 / PI * factor * a * other.a * other.asin;
            }
        }
        sum
    }

    pub fn gradient(&self) -> Vec<f64> {
        let n = self.a.len();
        let mut by_a = Vec::new();
        let mut by_w = Vec::new();
        for i in 0..n {
            let (a, s) = (self.a[i], self.s(i));
            let others = self.others(i);
            let h = 1.0 / (s * (2.0 * s - 1.0).sqrt());
            let kappa = a * a * h - a / s * others.iter().map(|o| o.a * o.u / o.root).sum::<f64>();
            let sum: f64 = others.iter().map(|o| o.a * o.asin).sum();
            by_a.push(K * (a * (1.0 - 1.0 / s).asin() + sum));
            for x in 0..self.d {
                let force: f64 = others.iter().map(|o| o.a * o.w[x] / o.root).sum();
                by_w.push(K * (kappa * self.w[i][x] + a * force));
            }
        }
        by_a.extend(by_w);
        by_a
    }

    pub fn hessian(&self) -> Vec<Vec<f64>> {
        let (n, d) = (self.a.len(), self.d);
        let mut matrix = vec![vec![0.0; n + n * d]; n + n * d];
        for i in 0..n {
            let (a, s, w) = (self.a[i], self.s(i), &self.w[i]);
            let others = self.others(i);
            let h = 1.0 / (s * (2.0 * s - 1.0).sqrt());
            let h_prime = -(3.0 * s - 1.0) / (s * s * (2.0 * s - 1.0).powf(1.5));
            matrix[i][i] = K * (1.0 - 1.0 / s).asin();
            let own_at = |x: usize| n + i * d + x;
            for x in 0..d {
                let sum: f64 = others.iter().map(|o| o.a * o.tangent(x, w, s)).sum();
                let entry = K * (2.0 * a * h * w[x] + sum);
                matrix[i][own_at(x)] = entry;
                matrix[own_at(x)][i] = entry;
                for y in 0..d {
                    let one = f64::from(u8::from(x == y));
                    let own = a * a * (h * one + 2.0 * h_prime * w[x] * w[y]);
                    let sum: f64 = others.iter().map(|o| o.a * o.same(x, y, w, s)).sum();
                    matrix[own_at(x)][own_at(y)] = K * (own + a * sum);
                }
            }
            let students = (0..n).filter(|&j| j != i);
            for (j, o) in students.zip(&others) {
                matrix[i][j] = K * o.asin;
                let back = self.other(j, a, w.clone());
                for x in 0..d {
                    let entry = K * o.a * back.tangent(x, &o.w, o.s);
                    matrix[i][n + j * d + x] = entry;
                    matrix[n + j * d + x][i] = entry;
                    for y in 0..d {
                        matrix[own_at(x)][n + j * d + y] = K * a * o.a * o.cross(x, y, w, s);
                    }
                }
            }
        }
        matrix
    }
}

impl Other {
    /// t_ij, entry x.
    fn tangent(&self, x: usize, w: &[f64], s: f64) -> f64 {
        (self.w[x] - self.u / s * w[x]) / self.root
    }

    /// A_ij, entry (x, y).
    fn same(&self, x: usize, y: usize, w: &[f64], s: f64) -> f64 {
        let (u, root, cube, v) = (self.u, self.root, self.root.powi(3), &self.w);
        let one = f64::from(u8::from(x == y));
        -u / (s * root) * one
            + (2.0 * u / (s * s * root) + u * self.s / (s * cube)) * w[x] * w[y]
            + u / cube * v[x] * v[y]
            - self.s / cube * (w[x] * v[y] + v[x] * w[y])
    }

    /// B_ij, entry (x, y).
    fn cross(&self, x: usize, y: usize, w: &[f64], s: f64) -> f64 {
        let v = &self.w;
        let one = f64::from(u8::from(x == y));
        let rank = self.s * w[x] * w[y] + s * v[x] * v[y] - self.u * (w[x] * v[y] + v[x] * w[y]);
        one / self.root - rank / self.root.powi(3)
    }
}
