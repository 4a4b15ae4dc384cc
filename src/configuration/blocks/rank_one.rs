//! Block-diagonal matrices plus a rank-one matrix.

use super::SymmetricMatrix;
use crate::arithmetic::Scalar;

/// The symmetric matrix (G ⊕ diag(d_1, …, d_m)) + v vᵀ, where the core G is
/// 2×2 or absent.
///
/// All reduced blocks of copy-average configurations have this shape. It makes
/// every question about eigenvalues cost O(m) operations: λ is an eigenvalue
/// iff 1 + vᵀ(G ⊕ D − λ)⁻¹ v = 0 (the secular equation), away from the poles.
#[derive(Debug, Clone)]
pub struct RankOneUpdate<T> {
    /// The core, whose two rows come first.
    pub core: Option<Core<T>>,
    /// One for each further row.
    pub lines: Vec<Line<T>>,
}

/// A 2×2 matrix G with its two entries of v.
#[derive(Debug, Clone)]
pub struct Core<T> {
    /// G_11, G_12 = G_21, G_22.
    pub matrix: [T; 3],
    /// v_1, v_2.
    pub vector: [T; 2],
}

/// A diagonal entry with its entry of v.
#[derive(Debug, Clone)]
pub struct Line<T> {
    /// d_i.
    pub value: T,
    /// v_i², where v_i ≥ 0.
    pub square: T,
}

impl<T: Scalar> RankOneUpdate<T> {
    /// The 1×1 matrix (value).
    #[must_use]
    pub fn single(value: T) -> Self {
        let square = value.zero();
        Self {
            core: None,
            lines: vec![Line { value, square }],
        }
    }

    /// The number of rows.
    #[must_use]
    pub fn size(&self) -> usize {
        self.lines.len() + if self.core.is_some() { 2 } else { 0 }
    }

    /// The sum of the diagonal, in the arithmetic of `context`.
    pub fn trace(&self, context: &T) -> T {
        let mut sum = self.squared_vector(context);
        for line in &self.lines {
            sum = sum + &line.value;
        }
        if let Some(core) = &self.core {
            sum = sum + &core.matrix[0] + &core.matrix[2];
        }
        sum
    }

    /// The sum of the squares of all entries, ‖G ⊕ D‖² + 2 vᵀ(G ⊕ D)v + |v|⁴,
    /// in the arithmetic of `context`.
    pub fn squared_norm(&self, context: &T) -> T {
        let two = context.integer(2);
        let mut sum = self.squared_vector(context).square();
        for line in &self.lines {
            sum = sum + line.value.square() + line.value.clone() * &line.square * &two;
        }
        if let Some(Core {
            matrix: [g11, g12, g22],
            vector: [v1, v2],
        }) = &self.core
        {
            let form = g11.clone() * &v1.square() + g12.clone() * v1 * v2 * &two + g22.clone() * &v2.square();
            sum = sum + g11.square() + g12.square() * &two + g22.square() + form * &two;
        }
        sum
    }

    /// |v|².
    fn squared_vector(&self, context: &T) -> T {
        let lines = self
            .lines
            .iter()
            .fold(context.zero(), |sum, line| sum + &line.square);
        match &self.core {
            Some(core) => lines + core.vector[0].square() + core.vector[1].square(),
            None => lines,
        }
    }

    /// All entries.
    pub fn dense(&self) -> SymmetricMatrix<T> {
        let offset = if self.core.is_some() { 2 } else { 0 };
        let vector: Vec<T> = self
            .core
            .iter()
            .flat_map(|core| core.vector.iter().cloned())
            .chain(self.lines.iter().map(|line| line.square.sqrt()))
            .collect();
        SymmetricMatrix::from_fn(self.size(), |row, column| {
            let product = if row == column && row >= offset {
                self.lines[row - offset].square.clone()
            } else {
                vector[row].clone() * &vector[column]
            };
            match &self.core {
                Some(core) if row < 2 => product + &core.matrix[row + column],
                _ if row == column => product + &self.lines[row - offset].value,
                _ => product,
            }
        })
    }
}
