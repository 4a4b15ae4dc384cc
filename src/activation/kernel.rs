//! The kernel of an activation, as formulas over any arithmetic.

use crate::arithmetic::Scalar;

/// The kernel of an activation σ: g(w, v) = E[σ(w·x) σ(v·x)] for a standard
/// Gaussian x, which depends on the two weight vectors only through
///
/// * q = |w|² ≥ 0, r = |v|² ≥ 0 and u = w·v, with u² ≤ q r.
///
/// An activation knows its constants exactly; [`Kernel::within`] turns them
/// once into numbers of an arithmetic, and all formulas are then those of
/// [`KernelFormulas`].
pub trait Kernel {
    /// The kernel with its constants made in the arithmetic `T`.
    type Within<T: Scalar>: KernelFormulas<T>;

    /// The kernel in the arithmetic (precision, number of jet variables) of
    /// `context`, whose value plays no role.
    fn within<T: Scalar>(&self, context: &T) -> Self::Within<T>;

    /// Whether σ(−x) = −σ(x). Then g is odd in u, and 0 at u = 0.
    fn is_odd(&self) -> bool;

    /// [`KernelFormulas::value`] in the arithmetic of the arguments.
    fn value<T: Scalar>(&self, q: &T, r: &T, u: &T) -> T {
        self.within(q).value(q, r, u)
    }

    /// [`KernelFormulas::slopes`] in the arithmetic of the arguments.
    fn slopes<T: Scalar>(&self, q: &T, r: &T, u: &T) -> Slopes<T> {
        self.within(q).slopes(q, r, u)
    }

    /// [`KernelFormulas::partials`] in the arithmetic of the arguments.
    fn partials<T: Scalar>(&self, q: &T, r: &T, u: &T) -> KernelPartials<T> {
        self.within(q).partials(q, r, u)
    }

    /// [`KernelFormulas::own`] in the arithmetic of the argument.
    fn own<T: Scalar>(&self, q: &T) -> OwnPartials<T> {
        self.within(q).own(q)
    }

    /// [`KernelFormulas::uncorrelated`] in the arithmetic of the arguments.
    fn uncorrelated<T: Scalar>(&self, q: &T, r: &T) -> T {
        self.within(q).uncorrelated(q, r)
    }
}

/// The formulas of a kernel in one arithmetic.
pub trait KernelFormulas<T: Scalar> {
    /// g(q, r, u).
    fn value(&self, q: &T, r: &T, u: &T) -> T;

    /// g and its first partial derivatives.
    fn slopes(&self, q: &T, r: &T, u: &T) -> Slopes<T>;

    /// g and its partial derivatives up to the second.
    fn partials(&self, q: &T, r: &T, u: &T) -> KernelPartials<T>;

    /// g(w, w) = E[σ(w·x)²] as a function of q = |w|² alone, with two
    /// derivatives. On the diagonal q = r = u the formula for pairs is poorly
    /// conditioned, and not a function of independent variables.
    fn own(&self, q: &T) -> OwnPartials<T>;

    /// g(q, r, 0); exactly zero if σ is odd.
    fn uncorrelated(&self, q: &T, r: &T) -> T;
}

/// The kernel and its gradient at (q, r, u).
#[derive(Debug, Clone)]
pub struct Slopes<T> {
    /// g
    pub value: T,
    /// ∂g/∂q
    pub q: T,
    /// ∂g/∂r
    pub r: T,
    /// ∂g/∂u
    pub u: T,
}

/// The kernel, its gradient and its second partial derivatives at (q, r, u).
#[derive(Debug, Clone)]
pub struct KernelPartials<T> {
    /// g
    pub value: T,
    /// ∂g/∂q
    pub q: T,
    /// ∂g/∂r
    pub r: T,
    /// ∂g/∂u
    pub u: T,
    /// ∂²g/∂q²
    pub qq: T,
    /// ∂²g/∂q∂r
    pub qr: T,
    /// ∂²g/∂q∂u
    pub qu: T,
    /// ∂²g/∂r²
    pub rr: T,
    /// ∂²g/∂r∂u
    pub ru: T,
    /// ∂²g/∂u²
    pub uu: T,
}

/// The kernel of a neuron with itself, G(q) = g(q, q, q), and its derivatives.
#[derive(Debug, Clone)]
pub struct OwnPartials<T> {
    /// G(q)
    pub value: T,
    /// G′(q)
    pub first: T,
    /// G″(q)
    pub second: T,
}
