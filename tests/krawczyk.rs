//! Systems of equations whose zeros are known.

use copyavg::arithmetic::rational::ratio;
use copyavg::arithmetic::{DoubleInterval, Enclosure, Interval, Jet, Precision, Scalar};
use copyavg::certify::eigenvalues::Level;
use copyavg::certify::krawczyk::{ByJets, unique_zero};

/// The unit circle and the diagonal.
fn circle<T: Scalar>(x: &[Jet<T>; 2]) -> [Jet<T>; 2] {
    let [x, y] = x;
    [x.square() + y.square() - x.one(), x.clone() - y]
}

fn proved_root<T: Level>(context: &T, start: [f64; 2]) -> [T; 2] {
    let system = ByJets(circle::<T>);
    let found = unique_zero(&system, &start.map(|x| context.double(x)), "a root").unwrap();
    for (zero, alone) in found.zero.iter().zip(&found.alone_in) {
        assert!(zero.is_interior_to(alone));
    }
    found.zero
}

#[test]
fn roots_are_enclosed_at_every_precision() {
    for sign in [1_i64, -1] {
        let start = if sign > 0 { [0.9, 0.6] } else { [-0.5, -1.0] };
        for x in proved_root(&DoubleInterval::context(), start) {
            // x√2 = ±1
            let product = x * x.integer(2).sqrt();
            assert!(product.contains(&ratio(sign, 1)) && product.width() < 1e-14);
        }
        for bits in [24, 128, 500] {
            for x in proved_root(&Interval::context(Precision::saturating(bits)), start) {
                let product = x.clone() * x.integer(2).sqrt();
                assert!(product.contains(&ratio(sign, 1)), "{bits}: {x:?}");
                assert!(x.relative_accuracy_bits() > i64::from(bits) - 16, "{bits}: {x:?}");
            }
        }
    }
}

/// A double root, a root that is not there by a little, and no function at all
/// are never proved.
#[test]
fn hopeless_systems_are_refused() {
    let double = ByJets(|x: &[Jet<DoubleInterval>; 1]| [x[0].square()]);
    let tiny = |x: &Jet<DoubleInterval>| x.ratio(1, 1 << 60);
    let near_miss = ByJets(|x: &[Jet<DoubleInterval>; 1]| [x[0].square() + tiny(&x[0])]);
    let two_near = ByJets(|x: &[Jet<DoubleInterval>; 1]| [x[0].square() - tiny(&x[0])]);
    let constant = ByJets(|x: &[Jet<DoubleInterval>; 1]| [x[0].zero()]);
    let undefined = ByJets(|x: &[Jet<DoubleInterval>; 1]| [x[0].sqrt() / x[0].zero()]);
    let root = ByJets(|x: &[Jet<DoubleInterval>; 1]| [x[0].sqrt()]);
    for start in [0.0, 1e-30, -1e-20, 1e-3, 1.0, f64::NAN, 1e308] {
        let start = [DoubleInterval::exactly_this_double(start)];
        assert!(unique_zero(&double, &start, "a root").is_err());
        assert!(unique_zero(&near_miss, &start, "a root").is_err());
        assert!(unique_zero(&constant, &start, "a root").is_err());
        assert!(unique_zero(&undefined, &start, "a root").is_err());
        assert!(unique_zero(&root, &start, "a root").is_err());
        // Both roots are real; a box may hold one of them, never both.
        if let Ok(found) = unique_zero(&two_near, &start, "a root") {
            let zero = &found.alone_in[0];
            assert!(!(zero.contains(&ratio(1, 1 << 30)) && zero.contains(&ratio(-1, 1 << 30))));
        }
    }
}
