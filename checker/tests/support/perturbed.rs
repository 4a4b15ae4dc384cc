//! Perturbed copies in doubles, from the general formulas of the loss, its
//! gradient and its Hessian, and what claims of the kind `perturbed-copy` say
//! in the light of them. Shares nothing with the checker.

use super::dense::{Matrix, eigenvalues};
use std::f64::consts::PI;

/// α, β, γ, a.
pub type Four = [f64; 4];

fn dot(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(x, y)| x * y).sum()
}

/// The equations of a critical point, as in section 5 of the derivation.
pub fn equations(n: f64, k: f64, x: Four) -> Four {
    let [alpha, beta, gamma, a] = x;
    let m = k - n;
    let s = 1.0 + alpha * alpha + (n - 1.0) * beta * beta + m * gamma * gamma;
    let u = 2.0 * alpha * beta + (n - 2.0) * beta * beta + m * gamma * gamma;
    let root = ((s - u) * (s + u)).sqrt();
    let [near, middle, distant] = [alpha, beta, gamma].map(|x| (2.0 * s - x * x).sqrt());
    let h = 1.0 / (s * (2.0 * s - 1.0).sqrt());
    let pull = alpha / near + (n - 1.0) * beta / middle + m * gamma / distant;
    let kappa = a * a * h - (n - 1.0) * a * a * u / (s * root) + a / s * pull;
    let norm = (2.0 * s).sqrt();
    let weight = a * a / root;
    [
        kappa * alpha + (n - 1.0) * weight * beta - a / near,
        kappa * beta + weight * (alpha + (n - 2.0) * beta) - a / middle,
        kappa * gamma + (n - 1.0) * weight * gamma - a / distant,
        a * ((s - 1.0) / s).asin() + (n - 1.0) * a * (u / s).asin()
            - (alpha / norm).asin()
            - (n - 1.0) * (beta / norm).asin()
            - m * (gamma / norm).asin(),
    ]
}

/// The inverse of the Jacobian, by difference quotients and Gauss's algorithm.
pub fn preconditioner(n: f64, k: f64, x: Four) -> [Four; 4] {
    let mut rows = [[0.0; 8]; 4];
    for c in 0..4 {
        let (mut up, mut down) = (x, x);
        let step = 1e-6 * x[c].abs();
        up[c] += step;
        down[c] -= step;
        let (up, down) = (equations(n, k, up), equations(n, k, down));
        for r in 0..4 {
            rows[r][c] = (up[r] - down[r]) / (2.0 * step);
        }
        rows[c][4 + c] = 1.0;
    }
    for i in 0..4 {
        let pivot = (i..4)
            .max_by(|&p, &q| rows[p][i].abs().total_cmp(&rows[q][i].abs()))
            .unwrap();
        rows.swap(i, pivot);
        let head = rows[i][i];
        rows[i] = rows[i].map(|x| x / head);
        for r in (0..4).filter(|&r| r != i) {
            let (factor, own) = (rows[r][i], rows[i]);
            for (x, y) in rows[r].iter_mut().zip(own) {
                *x -= factor * y;
            }
        }
    }
    rows.map(|row| [row[4], row[5], row[6], row[7]])
}

/// The solution with α > 0 > β, γ > 0, a > 0, by Newton's method.
pub fn solution(n: u64, k: u64) -> Option<Four> {
    let (n, k) = (n as f64, k as f64);
    let mut x = [0.98, -0.5 * (k - n) / (k * k), 1.0 / n, 1.02];
    for _ in 0..200 {
        let value = equations(n, k, x);
        let step = preconditioner(n, k, x).map(|row| dot(&row, &value));
        let mut part = 1.0;
        while step.iter().zip(x).any(|(d, x)| (part * d).abs() > 0.5 * x.abs()) {
            part /= 2.0;
            if part < 1e-9 {
                return None;
            }
        }
        for (x, d) in x.iter_mut().zip(step) {
            *x -= part * d;
        }
    }
    let small = equations(n, k, x).iter().all(|f| f.abs() < 1e-12);
    (small && x[0] > 0.0 && x[1] < 0.0 && x[2] > 0.0 && x[3] > 0.0).then_some(x)
}

/// The student as a_i and w_i.
pub fn weights(n: usize, k: usize, extra: usize, x: Four) -> (Vec<f64>, Matrix) {
    let row = |i: usize| {
        let entry = |p| match p {
            p if p == i => x[0],
            p if p < n => x[1],
            p if p < k => x[2],
            _ => 0.0,
        };
        (0..k + extra).map(entry).collect()
    };
    (vec![x[3]; n], (0..n).map(row).collect())
}

/// The loss of the student.
pub fn loss(n: u64, k: u64, x: Four) -> f64 {
    let (n, k) = (n as f64, k as f64);
    let [alpha, beta, gamma, a] = x;
    let m = k - n;
    let s = 1.0 + alpha * alpha + (n - 1.0) * beta * beta + m * gamma * gamma;
    let u = 2.0 * alpha * beta + (n - 2.0) * beta * beta + m * gamma * gamma;
    let [near, middle, distant] = [alpha, beta, gamma].map(|x| (x / (2.0 * s).sqrt()).asin());
    let student = a * ((1.0 - 1.0 / s).asin() + (n - 1.0) * (u / s).asin());
    2.0 / PI * n * a * (student - 2.0 * (near + (n - 1.0) * middle + m * distant)) + k / 3.0
}

/// A direction: da and dw.
#[derive(Clone)]
struct Direction(Vec<f64>, Matrix);

impl Direction {
    fn dot(&self, other: &Self) -> f64 {
        let rows = self.1.iter().zip(&other.1);
        dot(&self.0, &other.0) + rows.map(|(x, y)| dot(x, y)).sum::<f64>()
    }

    fn add(&mut self, c: f64, other: &Self) {
        for (x, y) in self.0.iter_mut().zip(&other.0) {
            *x += c * y;
        }
        for (x, y) in self.1.iter_mut().flatten().zip(other.1.iter().flatten()) {
            *x += c * y;
        }
    }
}

/// xᵀHy, entry by entry from the general formulas.
fn second(k: usize, a: &[f64], w: &Matrix, x: &Direction, y: &Direction) -> f64 {
    let d = w[0].len();
    let teachers: Matrix = (0..k)
        .map(|p| (0..d).map(|q| f64::from(u8::from(p == q))).collect())
        .collect();
    let mut sum = 0.0;
    for i in 0..a.len() {
        let (a_i, v, dx, dy) = (a[i], &w[i], &x.1[i], &y.1[i]);
        let s = 1.0 + dot(v, v);
        let h = 1.0 / (s * (2.0 * s - 1.0).sqrt());
        let bend = -(3.0 * s - 1.0) / (s * s * (2.0 * s - 1.0).powf(1.5));
        let (own_x, own_y) = (dot(v, dx), dot(v, dy));
        sum += (1.0 - 1.0 / s).asin() * x.0[i] * y.0[i];
        sum += 2.0 * a_i * h * (x.0[i] * own_y + y.0[i] * own_x);
        sum += a_i * a_i * (h * dot(dx, dy) + 2.0 * bend * own_x * own_y);
        let others = (0..a.len()).filter(|&j| j != i).map(|j| (a[j], &w[j]));
        for (b, z) in others.chain(teachers.iter().map(|v| (-1.0, v))) {
            let (t, u) = (1.0 + dot(z, z), dot(v, z));
            let root = (s * t - u * u).sqrt();
            let cube = root * root * root;
            let (on_x, on_y) = (dot(z, dx), dot(z, dy));
            sum += b * (x.0[i] * (on_y - u / s * own_y) + y.0[i] * (on_x - u / s * own_x)) / root;
            sum += a_i
                * b
                * (-u / (s * root) * dot(dx, dy)
                    + (2.0 * u / (s * s * root) + u * t / (s * cube)) * own_x * own_y
                    + u / cube * on_x * on_y
                    - t / cube * (own_x * on_y + on_x * own_y));
        }
        for j in (0..a.len()).filter(|&j| j != i) {
            let (b, z, ey, ex) = (a[j], &w[j], &y.1[j], &x.1[j]);
            let (t, u) = (1.0 + dot(z, z), dot(v, z));
            let root = (s * t - u * u).sqrt();
            let cube = root * root * root;
            sum += (u / (s * t).sqrt()).asin() * x.0[i] * y.0[j];
            let slope = |e: &[f64]| b * (dot(v, e) - u / t * dot(z, e)) / root;
            sum += x.0[i] * slope(ey) + y.0[i] * slope(ex);
            let (vx, zx, vy, zy) = (own_x, dot(z, dx), dot(v, ey), dot(z, ey));
            sum +=
                a_i * b * (dot(dx, ey) / root - (t * vx * vy + s * zx * zy - u * (vx * zy + zx * vy)) / cube);
        }
    }
    4.0 / PI * sum
}

/// The blocks in the order of the format: name, multiplicity, eigenvalues of
/// the Hessian compressed to one copy.
pub fn blocks(n: usize, k: usize, extra: usize, x: Four) -> Vec<(String, u64, Vec<f64>)> {
    let (a, w) = weights(n, k, extra, x);
    let (d, m) = (k + extra, k - n);
    let zero = || Direction(vec![0.0; n], vec![vec![0.0; d]; n]);
    let from = |entry: &dyn Fn(usize, usize) -> f64| {
        let row = |i: usize| (0..d).map(|p| entry(i, p)).collect();
        Direction(vec![0.0; n], (0..n).map(row).collect())
    };
    // 1 on all neurons, or one neuron against another one.
    let coarse = |y: &dyn Fn(usize) -> f64| {
        let mut with_a = zero();
        with_a.0 = (0..n).map(y).collect();
        vec![
            with_a,
            from(&|i, p| if p == i { y(i) } else { 0.0 }),
            from(&|i, p| if p != i && p < n { y(i) } else { 0.0 }),
            from(&|i, p| if (n..k).contains(&p) { y(i) } else { 0.0 }),
        ]
    };
    let even = |_: usize| 1.0;
    let pair = |at: usize| move |i: usize| f64::from(u8::from(i == at)) - f64::from(u8::from(i == at + 1));
    let odd = pair(0);
    let mut list = vec![("trivial", 1, coarse(&even))];
    let mut basis = coarse(&odd);
    basis.push(from(&|i, p| if p != i && p < n { odd(p) } else { 0.0 }));
    list.push(("neurons", n - 1, basis));
    let along = |y: &dyn Fn(usize) -> f64, z: &dyn Fn(usize) -> f64| vec![from(&|i, p| y(i) * z(p))];
    if m >= 2 {
        list.push(("rest", m - 1, along(&even, &pair(n))));
        list.push(("neurons-rest", (n - 1) * (m - 1), along(&odd, &pair(n))));
    }
    let cycle = |length: usize, i: usize, p: usize| i < length && p == (i + 1) % length;
    if n >= 4 {
        let sign = |i: usize| if i.is_multiple_of(2) { 1.0 } else { -1.0 };
        let entry = |i, p| match (cycle(4, i, p), cycle(4, p, i)) {
            (true, _) => sign(i),
            (_, true) => sign(p),
            _ => 0.0,
        };
        list.push(("symmetric", n * (n - 3) / 2, vec![from(&entry)]));
    }
    if n >= 3 {
        let entry = |i, p| f64::from(u8::from(cycle(3, i, p))) - f64::from(u8::from(cycle(3, p, i)));
        list.push(("antisymmetric", (n - 1) * (n - 2) / 2, vec![from(&entry)]));
    }
    if extra >= 1 {
        let last = |p: usize| f64::from(u8::from(p == d - 1));
        list.push(("unused", extra, along(&even, &last)));
        list.push(("unused-neurons", (n - 1) * extra, along(&odd, &last)));
    }
    let compress = |(name, times, basis): (&str, usize, Vec<Direction>)| {
        let mut rows: Vec<Direction> = vec![];
        for mut direction in basis {
            for row in &rows {
                direction.add(-direction.dot(row), row);
            }
            let length = direction.dot(&direction).sqrt();
            if length > 1e-6 {
                let copy = direction.clone();
                direction.add(1.0 / length - 1.0, &copy);
                rows.push(direction);
            }
        }
        let row = |x: &Direction| rows.iter().map(|y| second(k, &a, &w, x, y)).collect();
        let values = eigenvalues(rows.iter().map(row).collect());
        (name.to_string(), u64::try_from(times).unwrap(), values)
    };
    list.into_iter().map(compress).collect()
}

/// A double, exactly.
pub fn exact(x: f64) -> String {
    let bits = x.to_bits();
    let exponent = i32::try_from((bits >> 52) & 0x7ff).unwrap() - 1075;
    let fraction = bits & ((1 << 52) - 1);
    if x == 0.0 {
        return "0".to_string();
    }
    assert!(exponent > -1075 && exponent < 0, "{x}");
    let mantissa = (fraction | 1 << 52) >> fraction_zeros(fraction, exponent);
    let places = exponent.unsigned_abs() - fraction_zeros(fraction, exponent);
    let sign = if x < 0.0 { "-" } else { "" };
    if places == 0 {
        return format!("{sign}{mantissa}");
    }
    format!("{sign}{mantissa}/{}", power_of_two(places))
}

/// Common factors 2 of a mantissa and its denominator.
fn fraction_zeros(fraction: u64, exponent: i32) -> u32 {
    (fraction | 1 << 52).trailing_zeros().min(exponent.unsigned_abs())
}

/// 2ⁿ in decimal digits.
fn power_of_two(n: u32) -> String {
    let mut digits = vec![1_u8];
    for _ in 0..n {
        let mut carry = 0;
        for digit in &mut digits {
            let twice = 2 * *digit + carry;
            *digit = twice % 10;
            carry = twice / 10;
        }
        if carry > 0 {
            digits.push(carry);
        }
    }
    digits
        .iter()
        .rev()
        .map(|digit| char::from(b'0' + digit))
        .collect()
}

/// `LO HI` around a number.
pub fn around(x: f64, radius: f64) -> String {
    format!("{} {}", exact(x - radius), exact(x + radius))
}

/// The loss L(m + 1) of the best copy-average configuration.
pub fn best_copy_average(n: u64, k: u64) -> f64 {
    let l = (k - n + 1) as f64;
    l / 3.0 - 2.0 / PI * l * l * (0.5 / l).asin()
}

/// A true claim with these blocks.
pub fn claim(
    [n, k, extra]: [u64; 3],
    x: Four,
    radii: Four,
    slack: f64,
    blocks: &[(String, u64, Vec<f64>)],
) -> Vec<String> {
    let mut lines = vec![
        "claim perturbed-copy".to_string(),
        "activation erf".to_string(),
        format!("n {n}"),
        format!("k {k}"),
        format!("extra {extra}"),
    ];
    for (name, (x, radius)) in ["alpha", "beta", "gamma", "a"].iter().zip(x.iter().zip(radii)) {
        lines.push(format!("box {name} {}", around(*x, radius)));
    }
    for row in preconditioner(n as f64, k as f64, x) {
        lines.push(format!("preconditioner {}", row.map(exact).join(" ")));
    }
    let loss = loss(n, k, x);
    lines.push(format!("loss {}", around(loss, slack * (1.0 + 1e-3 * k as f64))));
    let lower = loss < best_copy_average(n, k);
    lines.push(format!("order {}", if lower { "lower" } else { "higher" }));
    let mut index = 0;
    for (name, times, values) in blocks {
        lines.push(format!("block {name} times {times}"));
        for &value in values {
            lines.push(format!(
                "eigenvalue {}",
                around(value, slack * (1.0 + value.abs()))
            ));
            index += if value < 0.0 { *times } else { 0 };
        }
    }
    let kind = if index == 0 {
        "strict-local-minimum"
    } else {
        "strict-saddle"
    };
    if !blocks.is_empty() {
        lines.extend([
            format!("index {index}"),
            "nullity 0".to_string(),
            format!("kind {kind}"),
        ]);
    }
    lines.extend(["proof krawczyk".to_string(), "end".to_string()]);
    lines
}
