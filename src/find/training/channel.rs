//! Channels to infinity: two neurons become parallel while their outer weights
//! grow with opposite signs, so that together they act as a derivative of a
//! neuron, and the loss falls for ever (Fukumizu & Amari 2000; Şimşek et al.,
//! *Geometry of the loss landscape in overparameterized neural networks*,
//! ICML 2021).

use super::lanes::dot;

/// Outer weights of this size count as large.
pub(super) const LARGE: f64 = 20.0;

/// Nearly parallel: the difference of weights, relative to their sum.
const NARROW: f64 = 0.1;

/// How much of the outer weights is left of their sum at most.
const CANCELLED: f64 = 0.25;

/// Growth of the outer weights during a tenfold of the flow time.
const GROWTH: f64 = 1.02;

/// Two nearly parallel neurons whose outer weights nearly cancel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pair {
    pub first: usize,
    pub second: usize,
    /// |a_i| + |a_j|
    pub size: f64,
}

/// The pair with the largest outer weights, if there is any. `parameters` are
/// n + n d numbers.
pub(super) fn diverging_pair(parameters: &[f64], neurons: usize) -> Option<Pair> {
    let (a, w) = parameters.split_at(neurons);
    let dimension = w.len() / neurons.max(1);
    let rows: Vec<&[f64]> = w.chunks_exact(dimension.max(1)).collect();
    let mut best: Option<Pair> = None;
    for i in 0..neurons {
        for j in 0..i {
            let size = a[i].abs() + a[j].abs();
            if best.is_some_and(|best| best.size >= size) {
                continue;
            }
            let sign = if dot(rows[i], rows[j]) < 0.0 { -1.0 } else { 1.0 };
            let cancelled = (a[i] + sign * a[j]).abs() <= CANCELLED * size;
            if cancelled && apart(rows[i], rows[j], sign) <= NARROW {
                best = Some(Pair {
                    first: j,
                    second: i,
                    size,
                });
            }
        }
    }
    best
}

/// |w − s v| / |w + s v|.
pub(super) fn apart(w: &[f64], v: &[f64], sign: f64) -> f64 {
    let (mut difference, mut sum) = (0.0, 0.0);
    for (x, y) in w.iter().zip(v) {
        difference += (x - sign * y) * (x - sign * y);
        sum += (x + sign * y) * (x + sign * y);
    }
    (difference / sum).sqrt()
}

/// Memory of how outer weights grew.
#[derive(Debug, Clone, Default)]
pub(super) struct Channel {
    /// Flow times and sizes, at most one for each tenth of a decade.
    seen: Vec<(f64, f64)>,
}

impl Channel {
    /// Whether a pair with large outer weights still grows.
    pub(super) fn grows(&mut self, parameters: &[f64], neurons: usize, time: f64) -> bool {
        let Some(pair) = diverging_pair(parameters, neurons) else {
            self.seen.clear();
            return false;
        };
        if self.seen.last().is_none_or(|&(last, _)| time >= 1.25 * last) {
            self.seen.push((time, pair.size));
        }
        let before = self.seen.iter().rev().find(|(seen, _)| *seen <= 0.1 * time);
        pair.size >= LARGE && before.is_some_and(|(_, size)| pair.size >= GROWTH * size)
    }
}
