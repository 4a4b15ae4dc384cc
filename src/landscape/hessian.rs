//! The second derivatives of the loss, dense.

use super::Student;
use super::gradient::add_multiple;
use super::gram::Gram;
use crate::activation::{Kernel, KernelFormulas, KernelPartials};
use crate::arithmetic::Scalar;

/// A symmetric matrix of second derivatives, rows and columns in the order of
/// the parameters.
#[derive(Debug, Clone)]
pub struct Hessian<T> {
    size: usize,
    /// Row after row.
    entries: Vec<T>,
}

impl<T> Hessian<T> {
    /// n + n d, the number of rows.
    #[must_use]
    pub fn size(&self) -> usize {
        self.size
    }

    /// The row of one parameter: its derivatives with respect to each.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = &[T]> {
        self.entries.chunks_exact(self.size)
    }

    /// ∂²L/∂θ_row ∂θ_column.
    ///
    /// # Panics
    /// If an index is not below the size.
    #[must_use]
    pub fn entry(&self, row: usize, column: usize) -> &T {
        assert!(column < self.size, "column {column} of {}", self.size);
        &self.entries[row * self.size + column]
    }

    /// All entries, row after row.
    #[must_use]
    pub fn into_entries(self) -> Vec<T> {
        self.entries
    }
}

/// The Hessian of the loss, in O(n² d² + n k) operations and (n + n d)² numbers.
///
/// A pair term 2 a_i a_j g(q_i, q_j, u_ij) of the loss gives, with subscripts
/// for the partial derivatives of g:
///
/// * \[a_i, a_j\]: 2g; \[a_i, w_i\]: 2a_j(2g_q w_i + g_u w_j);
///   \[a_i, w_j\]: 2a_j(2g_r w_j + g_u w_i);
/// * \[w_i, w_i\]: 2a_i a_j (2g_q I + 4g_qq w_i w_iᵀ + 2g_qu (w_i w_jᵀ + w_j w_iᵀ) + g_uu w_j w_jᵀ);
/// * \[w_i, w_j\]: 2a_i a_j (g_u I + 4g_qr w_i w_jᵀ + 2g_qu w_i w_iᵀ + 2g_ru w_j w_jᵀ + g_uu w_j w_iᵀ).
///
/// A teacher is a pair whose w_j = e_p and a_j = −1 are constant. A neuron with
/// itself, a_i² G(q_i), gives 2G, 4a_i G′ w_i and a_i² (2G′ I + 4G″ w_i w_iᵀ).
///
/// Undefined where the kernel is.
///
/// # Panics
/// If the matrix is larger than the address space.
pub fn hessian<T: Scalar, K: Kernel>(kernel: &K, student: &Student<T>) -> Hessian<T> {
    let zero = student.context();
    let size = student.parameter_count();
    let matrix = Hessian {
        size,
        entries: vec![zero.clone(); size * size],
    };
    let mut assembly = Assembly {
        formulas: kernel.within(&zero),
        gram: Gram::of(student),
        neurons: student.outgoing().iter().zip(student.weights()).collect(),
        two: zero.integer(2),
        zero,
        student,
        matrix,
    };
    for i in 0..student.neurons() {
        assembly.diagonal(i);
        for j in i + 1..student.neurons() {
            assembly.off_diagonal(i, j);
        }
    }
    assembly.matrix
}

/// Fills the Hessian neuron by neuron.
struct Assembly<'a, T, F> {
    formulas: F,
    gram: Gram<T>,
    neurons: Vec<(&'a T, &'a [T])>,
    zero: T,
    two: T,
    student: &'a Student<T>,
    matrix: Hessian<T>,
}

impl<T: Scalar, F: KernelFormulas<T>> Assembly<'_, T, F> {
    /// All entries that belong to neuron i alone.
    fn diagonal(&mut self, i: usize) {
        let (a, w) = self.neurons[i];
        let q = self.gram.square(i);
        let mut block = OwnBlock::empty(&self.zero, self.student.dimension());
        let one = self.zero.one();
        for (p, product) in w.iter().enumerate().take(self.student.teachers()) {
            let teacher = self.formulas.partials(q, &one, product);
            block.radial = block.radial - teacher.q;
            block.radial_second = block.radial_second - teacher.qq;
            block.direction[p] = -teacher.u;
            block.mixed[p] = -teacher.qu;
            block.outer[p][p] = -teacher.uu;
        }
        for (j, &(b, v)) in self.neurons.iter().enumerate() {
            if j != i {
                let pair = self
                    .formulas
                    .partials(q, self.gram.square(j), self.gram.product(i, j));
                block.add_neuron(b, v, pair);
            }
        }
        let own = self.formulas.own(q);
        let two = &self.two;
        let own_slope = own.first * a;
        let radial = own_slope.clone() + block.radial * two;
        let second = (own.second * a + block.radial_second * two) * two;
        let factor = a.clone() * two;

        let row = self.student.outgoing_index(i);
        self.matrix.set(row, row, own.value * two);
        let outgoing_radial = radial.clone() + own_slope;
        for x in 0..w.len() {
            let at_x = self.student.weight_index(i, x);
            let entry = outgoing_radial.clone() * &w[x] + &block.direction[x];
            self.matrix.set(row, at_x, entry * two);
            for y in x..w.len() {
                let mixed = w[x].clone() * &block.mixed[y] + w[y].clone() * &block.mixed[x];
                let radial_part = second.clone() * &w[x] * &w[y];
                let mut entry = block.outer[x][y].clone() + mixed * two + radial_part;
                if x == y {
                    entry = entry + &radial;
                }
                self.matrix
                    .set(at_x, self.student.weight_index(i, y), entry * &factor);
            }
        }
    }

    /// All entries that belong to neurons i and j.
    fn off_diagonal(&mut self, i: usize, j: usize) {
        let ((a, w), (b, v)) = (self.neurons[i], self.neurons[j]);
        let pair = self
            .formulas
            .partials(self.gram.square(i), self.gram.square(j), self.gram.product(i, j));
        let two = &self.two;
        let four = two.square();
        let (at_a, at_b) = (self.student.outgoing_index(i), self.student.outgoing_index(j));
        self.matrix.set(at_a, at_b, pair.value * two);
        let factor = a.clone() * b * two;
        for x in 0..w.len() {
            let by_v = (pair.r.clone() * two * &v[x] + pair.u.clone() * &w[x]) * b * two;
            self.matrix.set(at_a, self.student.weight_index(j, x), by_v);
            let by_w = (pair.q.clone() * two * &w[x] + pair.u.clone() * &v[x]) * a * two;
            self.matrix.set(at_b, self.student.weight_index(i, x), by_w);
            // Row x of w_i, column y of w_j: the part along w_iᵀ and that along w_jᵀ.
            let along_w = pair.qu.clone() * two * &w[x] + pair.uu.clone() * &v[x];
            let along_v = pair.qr.clone() * &four * &w[x] + pair.ru.clone() * two * &v[x];
            for y in 0..v.len() {
                let mut entry = along_w.clone() * &w[y] + along_v.clone() * &v[y];
                if x == y {
                    entry = entry + &pair.u;
                }
                let (row, column) = (self.student.weight_index(i, x), self.student.weight_index(j, y));
                self.matrix.set(row, column, entry * &factor);
            }
        }
    }
}

/// What neuron i gathers from the others and from the teachers, before the
/// factors a_i.
struct OwnBlock<T> {
    /// Σ a_j g_q
    radial: T,
    /// Σ a_j g_qq
    radial_second: T,
    /// Σ a_j g_u w_j
    direction: Vec<T>,
    /// Σ a_j g_qu w_j
    mixed: Vec<T>,
    /// Σ a_j g_uu w_j w_jᵀ, columns from the diagonal on
    outer: Vec<Vec<T>>,
}

impl<T: Scalar> OwnBlock<T> {
    fn empty(zero: &T, dimension: usize) -> Self {
        let vector = vec![zero.clone(); dimension];
        Self {
            radial: zero.clone(),
            radial_second: zero.clone(),
            direction: vector.clone(),
            mixed: vector.clone(),
            outer: vec![vector; dimension],
        }
    }

    fn add_neuron(&mut self, b: &T, v: &[T], pair: KernelPartials<T>) {
        self.radial = self.radial.clone() + pair.q * b;
        self.radial_second = self.radial_second.clone() + pair.qq * b;
        add_multiple(&mut self.direction, &(pair.u * b), v);
        add_multiple(&mut self.mixed, &(pair.qu * b), v);
        let curvature = pair.uu * b;
        for (x, row) in self.outer.iter_mut().enumerate() {
            add_multiple(&mut row[x..], &(curvature.clone() * &v[x]), &v[x..]);
        }
    }
}

impl<T: Clone> Hessian<T> {
    /// Sets an entry and its mirror image.
    fn set(&mut self, row: usize, column: usize, value: T) {
        self.entries[column * self.size + row] = value.clone();
        self.entries[row * self.size + column] = value;
    }
}
