//! `global-optimum`: no student does better than copies and one average.
//!
//! The proof that three inequalities suffice is in `proofs/global-optimum.md`;
//! `docs/certificate.md` has its formulas.

mod pairs;
mod scalars;

use super::configurations::read_erf;
use crate::arithmetic::{Checked, Interval, Number};
use crate::number::{Rational, integer, ratio, read_rational};
use crate::read::{Block, Line};
use crate::rejection::Rejection;
use num_traits::{One, Zero};
use pairs::{Pairs, describe};
use scalars::{Rows, Setting, local_bound};

/// Bits with which the inequalities are tried.
const LADDER: [u64; 3] = [96, 192, 384];
/// The most inequalities of a claim: cells times pairs.
const MOST_CELLS: u64 = 4_000_000;

/// The lines of one group of pairs.
struct Group<'a> {
    pairs: Pairs,
    /// The line `local` and e₀.
    local: (Line<'a>, Rational),
    /// The line `middle` and e₁.
    middle: (Line<'a>, Rational),
    /// The line `near`, or else `middle`, and the ends of the cells of (A).
    near: (Line<'a>, Vec<Rational>),
    /// The line `far`, or else the one before, and the ends of the cells of (B).
    far: (Line<'a>, Vec<Rational>),
}

/// Reads a line that is one rational.
fn read_point<'a>(block: &mut Block<'a>, word: &str) -> Result<(Line<'a>, Rational), Rejection> {
    let line = block.require(word)?;
    let value = read_rational(line.rest).ok_or_else(|| line.unreadable("a rational must stand here"))?;
    Ok((line, value))
}

/// The ends of the cells into which the line `WORD CUT …`, if there is one, cuts
/// [low, high].
fn read_cells<'a>(
    block: &mut Block<'a>,
    word: &str,
    before: Line<'a>,
    (low, high): (&Rational, &Rational),
) -> Result<(Line<'a>, Vec<Rational>), Rejection> {
    let mut ends = vec![low.clone()];
    let line = block.accept(word);
    if let Some(line) = &line {
        for cut in line.rest.split(' ') {
            let cut = read_rational(cut).ok_or_else(|| line.unreadable("rationals must stand here"))?;
            ends.push(cut);
        }
    }
    ends.push(high.clone());
    let line = line.unwrap_or(before);
    // One cell may be a single point.
    let point = ends.len() == 2 && low == high;
    if !point && !ends.is_sorted_by(|a, b| a < b) {
        return Err(line.unreadable("cuts must increase, strictly between the ends of what they cut"));
    }
    Ok((line, ends))
}

impl<'a> Group<'a> {
    fn read(block: &mut Block<'a>) -> Result<Self, Rejection> {
        let pairs = Pairs::read(block)?;
        let local = read_point(block, "local")?;
        if local.1 <= Rational::zero() || local.1 > ratio(1, 2) {
            return Err(local.0.unreadable("it must be above 0 and at most 1/2"));
        }
        let middle = read_point(block, "middle")?;
        if middle.1 < local.1 || &middle.1 + pairs.copied() > Rational::one() {
            return Err(middle
                .0
                .unreadable("it must not be below `local`, nor above 1 - (n - 1)/k"));
        }
        let near = read_cells(block, "near", middle.0, (&local.1, &middle.1))?;
        let top = pairs.top();
        let far = read_cells(block, "far", near.0, (&integer(0), &top))?;
        Ok(Self {
            pairs,
            local,
            middle,
            near,
            far,
        })
    }

    /// The number of inequalities.
    fn size(&self) -> u64 {
        let cells = self.near.1.len().saturating_add(self.far.1.len());
        u64::try_from(cells)
            .unwrap_or(u64::MAX)
            .saturating_mul(self.pairs.count())
    }

    /// Whether (A), (B) and (C) hold, with so many bits; if not, where not.
    fn settle(&self, rows: &mut Rows, bits: u64) -> Result<(), (Line<'a>, String)> {
        let one = Checked(Some(Interval::integer(1, bits)));
        let settings = self.pairs.settings(&one);
        let (line, local) = &self.local;
        for (setting, name) in &settings {
            if !positive(&local_bound(setting, &one.number(local))) {
                return Err((*line, format!("(C), B(e0) > 0, is not shown at {name}")));
            }
        }
        self.settle_near(rows, &one, &settings)?;
        self.settle_far(rows, &one, &settings)
    }

    /// (A): (u/v) Λ(v) − G(v + N/k) + D − cor > 0 on each cell [u, v].
    fn settle_near(
        &self,
        rows: &mut Rows,
        one: &Checked<Interval>,
        settings: &[(Setting, String)],
    ) -> Result<(), (Line<'a>, String)> {
        let (line, ends) = &self.near;
        for (u, v) in ends.iter().zip(ends.iter().skip(1)) {
            let lambda = rows.lambda(v) * one.number(&(u / v));
            for (setting, name) in settings {
                let growth = rows.growth(setting, &(v + &setting.copied));
                if !positive(&(&lambda - growth + &setting.slack)) {
                    return Err((*line, format!("(A) is not shown on [{u}, {v}] at {name}")));
                }
            }
        }
        Ok(())
    }

    /// (B): λ > γ and e₁ λ − (e₁ + N/k) γ + D − cor > 0 with λ = Λ(y)/y,
    /// y = top − a, and γ = G(b)/b on each cell [a, b].
    fn settle_far(
        &self,
        rows: &mut Rows,
        one: &Checked<Interval>,
        settings: &[(Setting, String)],
    ) -> Result<(), (Line<'a>, String)> {
        let (line, ends) = &self.far;
        let Some((first, _)) = settings.first() else {
            return Err((*line, "there are no pairs".to_string()));
        };
        let top = self.pairs.top();
        let e1 = one.number(&self.middle.1);
        for (a, b) in ends.iter().zip(ends.iter().skip(1)) {
            let y = &top - a;
            let lambda = rows.lambda(&y) / one.number(&y);
            let growth = rows.growth(first, b) / one.number(b);
            if !positive(&(&lambda - &growth)) {
                return Err((*line, format!("(B) is not shown on [{a}, {b}]")));
            }
            for (setting, name) in settings {
                let sum = &e1 + one.number(&setting.copied);
                if !positive(&(&e1 * &lambda - sum * &growth + &setting.slack)) {
                    return Err((*line, format!("(B) is not shown on [{a}, {b}] at {name}")));
                }
            }
        }
        Ok(())
    }
}

fn positive(x: &Checked<Interval>) -> bool {
    x.0.as_ref().is_some_and(Interval::certainly_positive)
}

/// Settles the inequalities of all pairs, with more and more bits.
pub fn check(block: &mut Block) -> Result<String, Rejection> {
    let activation = read_erf(block)?;
    let mut groups = Vec::new();
    let mut size = 0_u64;
    while groups.is_empty() || block.peek().word == "k" {
        let line = block.peek();
        let group = Group::read(block)?;
        size = size.saturating_add(group.size());
        if size > MOST_CELLS {
            return Err(line.unreadable("too many cells times pairs"));
        }
        groups.push(group);
    }
    block.require_proof("rows")?;
    let named: Vec<&Pairs> = groups.iter().map(|group| &group.pairs).collect();
    let claim = format!(
        "for k orthonormal teachers v_p in any dimension, f* = sum_p s(v_p.x), and n neurons, {}: every \
         f = sum_i a_i s(w_i.x), i <= n, and every other function of n linear features of x, has \
         E(f - f*)^2 >= L(k-n+1), and such a sum of neurons attains it only with n-1 copies \
         (a_i = 1, w_i = v_p) and one average of the other l = k-n+1 teachers (a_i = l, \
         w_i = (sum of them)/sqrt(l*(2*l-1))), up to order and common signs of a_i and w_i; x standard Gaussian, s(x) = {}",
        describe(&named),
        activation.bucket_loss(),
    );
    let mut open: Vec<&Group> = groups.iter().collect();
    let mut failed = None;
    for bits in LADDER {
        let mut rows = Rows::new(bits);
        failed = None;
        open.retain(|group| match group.settle(&mut rows, bits) {
            Ok(()) => false,
            Err(place) => {
                failed.get_or_insert(place);
                true
            }
        });
        if open.is_empty() {
            return Ok(claim);
        }
    }
    let (line, reason) = failed.unwrap_or_else(|| (block.peek(), "it is not shown".to_string()));
    Err(line.invalid(&claim, reason))
}

/// A constant in the precision of `bits`.
fn constant(q: &Rational, bits: u64) -> Checked<Interval> {
    Checked(Interval::integer(1, bits).constant(q))
}
