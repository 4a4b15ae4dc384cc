//! Loops that the compiler turns into vector instructions.
//!
//! Rows are padded with zeros to multiples of [`LANES`], so that no loop has a
//! remainder, and sums run over that many partial sums. No product is fused
//! with a sum: the same bits come out whatever instructions the machine has.

/// Numbers in a group that is worked on at once.
pub(super) const LANES: usize = 8;

/// `size` rounded up to whole groups.
pub(super) fn padded(size: usize) -> usize {
    size.next_multiple_of(LANES)
}

/// Runs `work` with the widest vector instructions that this machine has.
#[inline]
pub(super) fn vectorised<R>(work: impl FnOnce() -> R) -> R {
    pulp::Arch::new().dispatch(work)
}

/// A padded row as its groups.
#[inline(always)]
pub(super) fn groups(row: &[f64]) -> &[[f64; LANES]] {
    row.as_chunks().0
}

/// The sum of the partial sums.
#[inline(always)]
pub(super) fn total(partial: [f64; LANES]) -> f64 {
    let [a, b, c, d, e, f, g, h] = partial;
    ((a + e) + (c + g)) + ((b + f) + (d + h))
}

/// Σ x_i y_i of slices of equal length.
#[inline(always)]
pub(super) fn dot(x: &[f64], y: &[f64]) -> f64 {
    let mut partial = [0.0; LANES];
    let ((xs, x), (ys, y)) = (x.as_chunks::<LANES>(), y.as_chunks::<LANES>());
    let rest: f64 = x.iter().zip(y).map(|(x, y)| x * y).sum();
    for (x, y) in xs.iter().zip(ys) {
        for lane in 0..LANES {
            partial[lane] += x[lane] * y[lane];
        }
    }
    total(partial) + rest
}

/// y += factor · x.
#[inline(always)]
pub(super) fn add_multiple(y: &mut [f64], factor: f64, x: &[f64]) {
    for (y, x) in y.iter_mut().zip(x) {
        *y += factor * x;
    }
}

/// The largest |x_i|; NaN if there is one.
pub(super) fn largest(x: &[f64]) -> f64 {
    x.iter()
        .fold(0.0, |most: f64, x| if x.abs() <= most { most } else { x.abs() })
}

/// C += A B for A of `rows` × `inner`, rows of A `stride` apart, and B, C with
/// rows of `width`, a multiple of [`LANES`].
#[inline(always)]
pub(super) fn multiply_add(c: &mut [f64], a: &[f64], stride: usize, b: &[f64], inner: usize, width: usize) {
    const ROWS: usize = 4;
    let rows = c.len() / width;
    let mut row = 0;
    while row + ROWS <= rows {
        tile::<ROWS>(c, a, stride, b, inner, width, row);
        row += ROWS;
    }
    while row < rows {
        tile::<1>(c, a, stride, b, inner, width, row);
        row += 1;
    }
}

/// `HEIGHT` rows of C from `row` on, in pieces that fit into registers.
#[inline(always)]
fn tile<const HEIGHT: usize>(
    c: &mut [f64],
    a: &[f64],
    stride: usize,
    b: &[f64],
    inner: usize,
    width: usize,
    row: usize,
) {
    let factors: [&[f64]; HEIGHT] = std::array::from_fn(|i| &a[(row + i) * stride..][..inner]);
    for column in (0..width).step_by(LANES) {
        let mut sums = [[0.0; LANES]; HEIGHT];
        for (x, line) in b.chunks_exact(width).take(inner).enumerate() {
            let Some(line) = line[column..].first_chunk::<LANES>() else {
                break;
            };
            for i in 0..HEIGHT {
                let factor = factors[i][x];
                for lane in 0..LANES {
                    sums[i][lane] += factor * line[lane];
                }
            }
        }
        for (i, sums) in sums.iter().enumerate() {
            let out = &mut c[(row + i) * width + column..][..LANES];
            for lane in 0..LANES {
                out[lane] += sums[lane];
            }
        }
    }
}

/// asin x for |x| ≤ 1 (1 beyond), within a unit in the last place, without
/// branches.
///
/// Up to ½ the rational approximation of Sun's fdlibm (`e_asin.c`, 1993), which
/// is x + x R(x²); beyond, π/2 − 2 asin √((1 − |x|)/2).
#[inline(always)]
pub(super) fn asin(x: f64) -> f64 {
    let size = x.abs().min(1.0);
    let beyond = size > 0.5;
    let half = (1.0 - size) * 0.5;
    let z = if beyond { half } else { size * size };
    let s = if beyond { half.sqrt() } else { size };
    let numerator = z
        * (1.666_666_666_666_666_6e-1
            + z * (-3.255_658_186_224_009e-1
                + z * (2.012_125_321_348_629_3e-1
                    + z * (-4.005_553_450_067_941e-2
                        + z * (7.915_349_942_898_145e-4 + z * 3.479_331_075_960_212e-5)))));
    let denominator = 1.0
        + z * (-2.403_394_911_734_414
            + z * (2.020_945_760_233_505_7 + z * (-6.882_839_716_054_533e-1 + z * 7.703_815_055_590_194e-2)));
    let small = s + s * (numerator / denominator);
    let value = if beyond {
        std::f64::consts::FRAC_PI_2 - (small + small)
    } else {
        small
    };
    value.copysign(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arcsines_are_close_to_the_nearest_double() {
        let mut worst = 0.0_f64;
        for i in -200_000..=200_000 {
            let x = f64::from(i) / 200_000.0;
            let exact = core_math::asin(x);
            worst = worst.max(((asin(x) - exact) / exact.abs().max(1e-300)).abs());
        }
        assert!(worst < 2.0 * f64::EPSILON, "{worst:e}");
        assert_eq!(asin(1.0 + 1e-15), core_math::asin(1.0));
        assert_eq!(asin(-0.0).to_bits(), (-0.0_f64).to_bits());
    }

    #[test]
    fn products_are_those_of_plain_loops() {
        let (rows, inner, width) = (7, 5, 16);
        let a: Vec<f64> = (0..rows * inner)
            .map(|i| f64::from(i as u32 % 13) - 6.0)
            .collect();
        let b: Vec<f64> = (0..inner * width)
            .map(|i| f64::from(i as u32 % 7) - 3.0)
            .collect();
        let mut c = vec![1.0; rows * width];
        multiply_add(&mut c, &a, inner, &b, inner, width);
        for i in 0..rows {
            for j in 0..width {
                let sum: f64 = (0..inner).map(|x| a[i * inner + x] * b[x * width + j]).sum();
                assert_eq!(c[i * width + j], sum + 1.0);
            }
        }
        let x: Vec<f64> = (0..19).map(f64::from).collect();
        assert_eq!(dot(&x, &x), 2109.0);
    }
}
