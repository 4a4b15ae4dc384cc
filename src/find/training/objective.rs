//! Loss, gradient and Hessian in doubles, at the speed that training needs.
//!
//! The formulas are those of [`crate::landscape`] for the arcsine kernel, with
//! everything that depends on pairs of neurons kept as matrices: the Hessian
//! is never formed, but its product with a vector costs three products of
//! matrices, as the gradient costs two.

use super::lanes::{LANES, asin, dot, groups, multiply_add, padded, total, vectorised};

/// The loss of n neurons against k teachers in d inputs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Objective {
    neurons: usize,
    teachers: usize,
    dimension: usize,
    /// b = 2β².
    gain: f64,
    /// c = 2A/π.
    scale: f64,
}

impl Objective {
    /// The loss for σ(x) = √A · erf(βx) with b = 2β² = `gain` and A =
    /// `amplitude_squared`, both positive; 1 ≤ n ≤ k ≤ d.
    #[must_use]
    pub fn new(gain: f64, amplitude_squared: f64, neurons: usize, teachers: usize, dimension: usize) -> Self {
        Self {
            neurons,
            teachers,
            dimension,
            gain,
            scale: 2.0 * amplitude_squared / std::f64::consts::PI,
        }
    }

    /// n.
    #[must_use]
    pub fn neurons(&self) -> usize {
        self.neurons
    }

    /// k.
    #[must_use]
    pub fn teachers(&self) -> usize {
        self.teachers
    }

    /// d.
    #[must_use]
    pub fn dimension(&self) -> usize {
        self.dimension
    }

    /// n + n d.
    #[must_use]
    pub fn parameters(&self) -> usize {
        self.neurons * (self.dimension + 1)
    }
}

/// Loss, gradient and second derivatives at one point. Its memory is reused
/// from point to point.
///
/// For a pair with (Q, R, U) = b (q, r, u), S = 1 + Q, S′ = 1 + R and
/// D² = S S′ − U² the derivatives of the kernel g are g_u = P = b c/D,
/// g_q = −P U/(2S), and with C = b P/(2D²): g_uu = 2 C U, g_qu = −C S′,
/// g_qr = C U/2, g_qq = (g_qr S′ − b g_q)/S.
#[derive(Debug, Clone)]
pub struct Evaluation {
    objective: Objective,
    /// n and d rounded up.
    n: usize,
    d: usize,
    /// L.
    pub loss: f64,
    /// ∇L in the order of the parameters.
    pub gradient: Vec<f64>,
    /// a, padded.
    outgoing: Vec<f64>,
    /// S and 1/S, padded with ones.
    norm: Vec<f64>,
    inverse: Vec<f64>,
    /// W, n rows of d; and its transpose, d rows of n, padded.
    weights: Vec<f64>,
    transposed: Vec<f64>,
    /// n rows of n, symmetric, 0 on the diagonal: g, P, P U/2, C, C U.
    value: Vec<f64>,
    slope: Vec<f64>,
    radial: Vec<f64>,
    cube: Vec<f64>,
    curvature: Vec<f64>,
    /// n rows of d: P, C t and 2 C U for the teachers (t = 1 + b), 0 beyond k.
    teacher_slope: Vec<f64>,
    teacher_cube: Vec<f64>,
    teacher_curvature: Vec<f64>,
    /// a_j P_ij, and the coefficient of w_i on the diagonal: n rows of n.
    mixing: Vec<f64>,
    /// ∂L/∂w_i = 2 a_i brace_i: n rows of d.
    braces: Vec<f64>,
    own: Vec<Own>,
    /// Room for products.
    room: Room,
}

/// What neuron i has of its own.
#[derive(Debug, Clone, Copy, Default)]
struct Own {
    /// G, G′, G″.
    value: f64,
    first: f64,
    second: f64,
    /// Σ_j a_j g_q,ij − Σ_p g_q,ip and the same of g_qq.
    radial: f64,
    radial_second: f64,
}

#[derive(Debug, Clone)]
struct Room {
    direction: Vec<f64>,
    products: Vec<f64>,
    mirrored: Vec<f64>,
    mixing: Vec<f64>,
    result: Vec<f64>,
    squares: Vec<f64>,
    scaled: Vec<f64>,
    outgoing: Vec<f64>,
}

impl Evaluation {
    /// Room for evaluations; nothing is evaluated yet.
    #[must_use]
    pub fn new(objective: Objective) -> Self {
        let (n, d) = (padded(objective.neurons), padded(objective.dimension));
        let rows = objective.neurons;
        let (square, wide) = (vec![0.0; rows * n], vec![0.0; rows * d]);
        Self {
            objective,
            n,
            d,
            loss: f64::NAN,
            gradient: vec![0.0; objective.parameters()],
            outgoing: vec![0.0; n],
            norm: vec![1.0; n],
            inverse: vec![1.0; n],
            weights: wide.clone(),
            transposed: vec![0.0; objective.dimension * n],
            value: square.clone(),
            slope: square.clone(),
            radial: square.clone(),
            cube: square.clone(),
            curvature: square.clone(),
            teacher_slope: wide.clone(),
            teacher_cube: wide.clone(),
            teacher_curvature: wide.clone(),
            mixing: square.clone(),
            braces: wide.clone(),
            own: vec![Own::default(); rows],
            room: Room {
                direction: wide.clone(),
                products: square.clone(),
                mirrored: square.clone(),
                mixing: square,
                result: wide,
                squares: vec![0.0; n],
                scaled: vec![0.0; n],
                outgoing: vec![0.0; n],
            },
        }
    }

    /// What is evaluated.
    #[must_use]
    pub fn objective(&self) -> &Objective {
        &self.objective
    }

    /// Evaluates loss, gradient and second derivatives at n + n d parameters.
    pub fn at(&mut self, parameters: &[f64]) {
        vectorised(
            #[inline(always)]
            || self.evaluate(parameters),
        );
    }

    #[inline(always)]
    fn evaluate(&mut self, parameters: &[f64]) {
        let Objective {
            neurons, dimension, ..
        } = self.objective;
        let (n, d) = (self.n, self.d);
        let (a, w) = parameters.split_at(neurons);
        self.outgoing[..neurons].copy_from_slice(a);
        for (i, (row, w)) in self
            .weights
            .chunks_exact_mut(d)
            .zip(w.chunks_exact(dimension))
            .enumerate()
        {
            row[..dimension].copy_from_slice(w);
            for (x, &entry) in w.iter().enumerate() {
                self.transposed[x * n + i] = entry;
            }
        }
        let products = &mut self.room.products;
        products.fill(0.0);
        multiply_add(products, &self.weights, d, &self.transposed, dimension, n);
        for i in 0..neurons {
            self.norm[i] = 1.0 + self.objective.gain * products[i * n + i];
            self.inverse[i] = 1.0 / self.norm[i];
        }
        for i in 0..neurons {
            self.pairs(i);
        }
        for i in 0..neurons {
            for j in 0..i {
                for matrix in [
                    &mut self.value,
                    &mut self.slope,
                    &mut self.radial,
                    &mut self.cube,
                    &mut self.curvature,
                ] {
                    matrix[j * n + i] = matrix[i * n + j];
                }
            }
        }
        let mut cross = 0.0;
        for i in 0..neurons {
            cross += self.neuron(i);
        }
        self.braces.fill(0.0);
        multiply_add(&mut self.braces, &self.mixing, n, &self.weights, neurons, d);
        for i in 0..neurons {
            let (factor, at) = (2.0 * self.outgoing[i], neurons + i * dimension);
            let braces = self.braces[i * d..][..d].iter_mut();
            for (brace, slope) in braces.zip(&self.teacher_slope[i * d..][..d]) {
                *brace -= slope;
            }
            let entries = self.gradient[at..at + dimension].iter_mut();
            for (entry, brace) in entries.zip(&self.braces[i * d..]) {
                *entry = factor * brace;
            }
        }
        // Two uncorrelated teachers contribute nothing: σ is odd.
        let teacher = self.objective.gain / (1.0 + self.objective.gain);
        let energy = self.objective.teachers as f64 * self.objective.scale * asin(teacher);
        self.loss = cross + energy;
    }

    /// The pairs (i, j) with j < i.
    #[inline(always)]
    fn pairs(&mut self, i: usize) {
        let Objective { gain, scale, .. } = self.objective;
        let (n, norm) = (self.n, self.norm[i]);
        let row = i * n..i * n + i;
        let products = &self.room.products[row.clone()];
        let (value, slope) = (&mut self.value[row.clone()], &mut self.slope[row.clone()]);
        let (radial, cube) = (&mut self.radial[row.clone()], &mut self.cube[row.clone()]);
        let curvature = &mut self.curvature[row];
        let norms = &self.norm[..i];
        for j in 0..i {
            let u = gain * products[j];
            let product = norm * norms[j];
            let determinant = product - u * u;
            let p = gain * scale / determinant.sqrt();
            let c = 0.5 * gain * p / determinant;
            value[j] = scale * asin(u / product.sqrt());
            slope[j] = p;
            radial[j] = 0.5 * p * u;
            cube[j] = c;
            curvature[j] = c * u;
        }
    }

    /// What neuron i gathers: sets its entry of the gradient, its row of the
    /// mixing matrix and its teachers, and returns its share of the loss.
    #[inline(always)]
    fn neuron(&mut self, i: usize) -> f64 {
        let Objective {
            gain,
            scale,
            teachers,
            ..
        } = self.objective;
        let (n, d) = (self.n, self.d);
        let (a, norm, inverse) = (self.outgoing[i], self.norm[i], self.inverse[i]);

        let teacher = 1.0 + gain;
        let product = norm * teacher;
        let root = 1.0 / product.sqrt();
        let mut values = [0.0; LANES];
        let mut radials = [0.0; LANES];
        let mut seconds = [0.0; LANES];
        let wide = i * d..(i + 1) * d;
        let weights = groups(&self.weights[wide.clone()]);
        let slopes = self.teacher_slope[wide.clone()].as_chunks_mut::<LANES>().0;
        let cubes = self.teacher_cube[wide.clone()].as_chunks_mut::<LANES>().0;
        let curvatures = self.teacher_curvature[wide].as_chunks_mut::<LANES>().0;
        for (group, (((w, slope), cube), curvature)) in
            weights.iter().zip(slopes).zip(cubes).zip(curvatures).enumerate()
        {
            if group * LANES >= teachers {
                break;
            }
            for lane in 0..LANES {
                let reads = if group * LANES + lane < teachers { 1.0 } else { 0.0 };
                let u = reads * gain * w[lane];
                let determinant = product - u * u;
                let p = reads * gain * scale / determinant.sqrt();
                let c = 0.5 * gain * p / determinant;
                values[lane] += asin(u * root);
                radials[lane] += p * u;
                seconds[lane] += c * u;
                slope[lane] = p;
                cube[lane] = c * teacher;
                curvature[lane] = 2.0 * c * u;
            }
        }
        let teacher_value = scale * total(values);
        let teacher_radial = -0.5 * total(radials) * inverse;
        let teacher_second = (0.5 * total(seconds) * teacher - gain * teacher_radial) * inverse;

        let row = i * n..(i + 1) * n;
        let others = dot(&self.outgoing, &self.value[row.clone()]);
        let mut radials = [0.0; LANES];
        let mut seconds = [0.0; LANES];
        let radial = groups(&self.radial[row.clone()]);
        let curvature = groups(&self.curvature[row.clone()]);
        let (outgoing, norms) = (groups(&self.outgoing), groups(&self.norm));
        for (((radial, curvature), b), s) in radial.iter().zip(curvature).zip(outgoing).zip(norms) {
            for lane in 0..LANES {
                radials[lane] += b[lane] * radial[lane];
                seconds[lane] += b[lane] * curvature[lane] * s[lane];
            }
        }
        let pair_radial = -total(radials) * inverse;
        let pair_second = (0.5 * total(seconds) - gain * pair_radial) * inverse;

        let q = norm - 1.0;
        let discriminant = norm + q;
        let first = gain * scale * inverse / discriminant.sqrt();
        let own = Own {
            value: scale * asin(q * inverse),
            first,
            second: -gain * first * (norm + discriminant) * inverse / discriminant,
            radial: pair_radial - teacher_radial,
            radial_second: pair_second - teacher_second,
        };
        self.own[i] = own;
        let mixing = &mut self.mixing[row.clone()];
        for ((entry, b), p) in mixing.iter_mut().zip(&self.outgoing).zip(&self.slope[row]) {
            *entry = b * p;
        }
        mixing[i] = a * own.first + 2.0 * own.radial;
        let force = a * own.value + others - teacher_value;
        self.gradient[i] = 2.0 * force;
        a * (force - teacher_value)
    }

    /// out = H v, for the Hessian H at the point evaluated last.
    pub fn hessian_times(&mut self, v: &[f64], out: &mut [f64]) {
        vectorised(
            #[inline(always)]
            || self.product(v, out),
        );
    }

    #[inline(always)]
    fn product(&mut self, v: &[f64], out: &mut [f64]) {
        let Objective {
            neurons, dimension, ..
        } = self.objective;
        let (n, d) = (self.n, self.d);
        let (alpha, directions) = v.split_at(neurons);
        let room = &mut self.room;
        room.outgoing[..neurons].copy_from_slice(alpha);
        for (row, v) in room
            .direction
            .chunks_exact_mut(d)
            .zip(directions.chunks_exact(dimension))
        {
            row[..dimension].copy_from_slice(v);
        }
        room.products.fill(0.0);
        multiply_add(
            &mut room.products,
            &room.direction,
            d,
            &self.transposed,
            dimension,
            n,
        );
        for i in 0..neurons {
            // dq_i
            room.squares[i] = 2.0 * room.products[i * n + i];
            room.scaled[i] = room.squares[i] * self.inverse[i];
        }
        for i in 0..neurons {
            for j in 0..neurons {
                room.mirrored[i * n + j] = room.products[i * n + j] + room.products[j * n + i];
            }
        }
        let (out_a, out_w) = out.split_at_mut(neurons);
        for (i, out) in out_a.iter_mut().enumerate() {
            *out = 2.0 * self.mixed_row(i);
        }
        let room = &mut self.room;
        room.result.fill(0.0);
        multiply_add(&mut room.result, &room.mixing, n, &self.weights, neurons, d);
        multiply_add(&mut room.result, &self.mixing, n, &room.direction, neurons, d);
        for (i, out) in out_w.chunks_exact_mut(dimension).enumerate() {
            let (inner, outer) = (2.0 * self.outgoing[i], 2.0 * alpha[i]);
            let (square, at) = (room.squares[i], i * d);
            let (result, braces) = (&room.result[at..][..d], &self.braces[at..][..d]);
            let (cube, curvature) = (&self.teacher_cube[at..][..d], &self.teacher_curvature[at..][..d]);
            let direction = &room.direction[at..][..d];
            for x in 0..dimension {
                let teacher = curvature[x] * direction[x] - cube[x] * square;
                out[x] = inner * (result[x] - teacher) + outer * braces[x];
            }
        }
    }

    /// Row i of the matrix that multiplies W in the product, into `room`;
    /// returns half of the derivative of ∂L/∂a_i.
    #[inline(always)]
    fn mixed_row(&mut self, i: usize) -> f64 {
        let (n, d) = (self.n, self.d);
        let room = &mut self.room;
        let (norm, square) = (self.norm[i], room.squares[i]);
        let mut forces = [0.0; LANES];
        let mut radials = [0.0; LANES];
        let mut changes = [0.0; LANES];
        let row = i * n;
        let there = row..row + n;
        let (b, beta) = (groups(&self.outgoing), groups(&room.outgoing));
        let (s, squares, scaled) = (groups(&self.norm), groups(&room.squares), groups(&room.scaled));
        let value = groups(&self.value[there.clone()]);
        let slope = groups(&self.slope[there.clone()]);
        let radial = groups(&self.radial[there.clone()]);
        let cube = groups(&self.cube[there.clone()]);
        let curvature = groups(&self.curvature[there.clone()]);
        let mirrored = groups(&room.mirrored[there.clone()]);
        let mixing = room.mixing[there].as_chunks_mut::<LANES>().0;
        for g in 0..n / LANES {
            let (b, beta, s, squares, scaled) = (&b[g], &beta[g], &s[g], &squares[g], &scaled[g]);
            let (value, slope, radial, cube) = (&value[g], &slope[g], &radial[g], &cube[g]);
            let (curvature, mirrored, mixing) = (&curvature[g], &mirrored[g], &mut mixing[g]);
            for lane in 0..LANES {
                let (b, beta, du) = (b[lane], beta[lane], mirrored[lane]);
                forces[lane] += beta * value[lane] + b * (slope[lane] * du - radial[lane] * scaled[lane]);
                radials[lane] += beta * radial[lane];
                changes[lane] += b * (0.5 * curvature[lane] * squares[lane] - cube[lane] * s[lane] * du);
                let slope_change =
                    2.0 * curvature[lane] * du - cube[lane] * (s[lane] * square + norm * squares[lane]);
                mixing[lane] = beta * slope[lane] + b * slope_change;
            }
        }
        let wide = i * d..(i + 1) * d;
        let direction = &room.direction[wide.clone()];
        let teacher_slope = dot(&self.teacher_slope[wide.clone()], direction);
        let teacher_change = -dot(&self.teacher_cube[wide], direction);
        let (own, a, alpha) = (&self.own[i], self.outgoing[i], room.outgoing[i]);
        let radial =
            total(changes) - total(radials) * self.inverse[i] - teacher_change + own.radial_second * square;
        room.mixing[row + i] = alpha * own.first + a * own.second * square + 2.0 * radial;
        alpha * own.value + (a * own.first + own.radial) * square + total(forces) - teacher_slope
    }

    /// The blocks of the Hessian without their parts of low rank, as n × n
    /// matrices of `neurons` columns: that of the a_i, exactly, and N, where
    /// N ⊗ I stands for the weights.
    pub(super) fn blocks(&self) -> (Vec<f64>, Vec<f64>) {
        let (neurons, n) = (self.objective.neurons, self.n);
        let mut outer = vec![0.0; neurons * neurons];
        let mut inner = vec![0.0; neurons * neurons];
        for i in 0..neurons {
            for j in 0..neurons {
                outer[i * neurons + j] = 2.0 * self.value[i * n + j];
                inner[i * neurons + j] = 2.0 * self.outgoing[i] * self.mixing[i * n + j];
            }
            outer[i * neurons + i] = 2.0 * self.own[i].value;
        }
        (outer, inner)
    }
}
