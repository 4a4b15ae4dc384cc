//! Where values lie on paper.

/// A linear map of values to lengths; for a logarithmic axis, of logarithms.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    /// The values at both ends.
    pub(super) values: (f64, f64),
    /// Their places.
    pub(super) places: (f64, f64),
}

impl Scale {
    /// Where `value` lies.
    pub(super) fn at(&self, value: f64) -> f64 {
        let (from, to) = self.values;
        let share = if to > from {
            (value - from) / (to - from)
        } else {
            0.5
        };
        self.places.0 + share * (self.places.1 - self.places.0)
    }
}

/// A step of 1, 2 or 5 times a power of ten that divides `range` into about
/// `parts`, and the decimals that its multiples need.
pub(super) fn step(range: f64, parts: f64) -> (f64, usize) {
    let wanted = (range / parts).max(f64::MIN_POSITIVE);
    let mut power = wanted.log10().floor() as i32;
    let lead = wanted / 10f64.powi(power);
    let digit = match lead {
        lead if lead <= 1.0 => 1.0,
        lead if lead <= 2.0 => 2.0,
        lead if lead <= 5.0 => 5.0,
        _ => {
            power += 1;
            1.0
        }
    };
    (digit * 10f64.powi(power), usize::try_from(-power).unwrap_or(0))
}

/// The powers of ten between two positive numbers, with 2 and 5 times them as
/// long as there is room for their labels.
pub(super) fn decades(from: f64, to: f64) -> Vec<f64> {
    let powers = from.log10().floor() as i32..=to.log10().ceil() as i32;
    let digits: &[f64] = if to > 3000.0 * from {
        &[1.0]
    } else {
        &[1.0, 2.0, 5.0]
    };
    powers
        .flat_map(|power| digits.iter().map(move |digit| digit * 10f64.powi(power)))
        .filter(|tick| (from..=to).contains(tick))
        .collect()
}

/// Moves ascending places apart to at least `distance` from their neighbours, as
/// little as needed, and keeps the last below `end`.
pub(super) fn apart(places: &mut [f64], distance: f64, end: f64) {
    for _ in 0..64 {
        for i in 1..places.len() {
            let missing = distance - (places[i] - places[i - 1]);
            if missing > 0.0 {
                places[i - 1] -= missing / 2.0;
                places[i] += missing / 2.0;
            }
        }
        if let Some(last) = places.last_mut() {
            *last = last.min(end);
        }
    }
}
