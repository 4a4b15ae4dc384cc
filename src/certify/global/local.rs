//! The bound near the copy-average projector.
//!
//! With e = n − 1 − Σ (the n − 1 largest diagonal entries), a projector with
//! Π 1 = 1 and 0 < e ≤ 1/2 has, by the local lemma (`proofs/local-lemma.toml`),
//! Ψ(Π*) − Ψ(Π) − |(I − Π)w|²/(k(k/2 − C)) ≥ e B(e), and B does not increase.

use super::psi::{psi, psi_1, psi_2, psi_2_at_one, psi_3, second_order};
use super::setting::Setting;
use crate::certify::eigenvalues::Level;

/// B(e), for a point 0 < e ≤ 1/2.
pub fn local_bound<T: Level>(setting: &Setting<T>, e: &T) -> T {
    let one = e.one();
    let steep = psi_2_at_one(e);
    let slope = psi_1(&one);
    let root = e.sqrt();

    // Diagonal entries of the copies.
    let diagonal = (psi(&one) - psi(&(one.clone() - e))) / e;

    // Other entries in their rows and columns: at most m in size.
    let m = (e.clone() * (one.clone() - e)).sqrt();
    let cross = e.integer(2) * psi(&m) / m.square();

    // Entries among the averaged teachers, 1/l + y with |y|² ≤ e y₂ = Y².
    let y2 = e.clone() + e.integer(2) * &setting.ratio;
    let y = (e.clone() * &y2).sqrt();
    let farthest = (setting.inverse.clone() + &y).min(&one);
    let bulk = (psi_2(&setting.inverse) / e.integer(2) + psi_3(&farthest) * &y / e.integer(6)) * &y2;

    // The term of the direction of 1.
    let averaged = psi_2(&setting.inverse) / setting.inverse.sqrt();
    let q = (steep.clone() + &slope) * &root + averaged * y2.sqrt() + steep * y2.sqrt() * y;
    let copied = e.rational(&setting.copied);
    let turned = q / setting.teachers.sqrt() + slope * copied.sqrt();
    let half = setting.teachers.clone() / e.integer(2);
    let mixed = turned.square() / (half - second_order(e));

    diagonal - cross - bulk - mixed
}
