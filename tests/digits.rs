//! Decimal printing against floors and ceilings computed by `num-bigint`.

use copyavg::arithmetic::digits::{self, Attempt, DecimalEnclosure};
use copyavg::arithmetic::rational::{integer, ratio};
use copyavg::arithmetic::{Enclosure, Interval, Precision, Rational, Scalar, literal};
use num_bigint::BigInt;
use num_traits::{Signed, Zero};
use proptest::prelude::*;

fn ten_to(n: i64) -> Rational {
    integer(10).pow(i32::try_from(n).unwrap())
}

/// E with 10^E ≤ |q| < 10^(E+1), by counting.
fn decimal_exponent(q: &Rational) -> i64 {
    let q = q.abs();
    let mut exponent = 0;
    while q >= ten_to(exponent + 1) {
        exponent += 1;
    }
    while q < ten_to(exponent) {
        exponent -= 1;
    }
    exponent
}

/// x rounded down and up to a multiple of 10^(E − D).
fn canonical(x: &Rational, digits: u32) -> (Rational, Rational) {
    let unit = ten_to(decimal_exponent(x) - i64::from(digits));
    ((x / &unit).floor() * &unit, (x / &unit).ceil() * unit)
}

fn read(text: &str) -> Rational {
    literal::parse(text).unwrap()
}

/// The rule that scripts rely on.
fn rule_holds(printed: &DecimalEnclosure, digits: u32) -> bool {
    let (lower, upper) = (read(&printed.lower), read(&printed.upper));
    let least = lower.abs().min(upper.abs());
    lower == upper
        || !least.is_zero() && upper - lower <= ten_to(decimal_exponent(&least) - i64::from(digits) + 1)
}

fn rationals() -> impl Strategy<Value = Rational> {
    prop_oneof![
        (any::<i64>(), 1_i64..).prop_map(|(n, d)| ratio(n, d)),
        (-100_000_i64..100_000, 1_i64..100).prop_map(|(n, d)| ratio(n, d)),
        (-2000_i64..2000, -40_i64..40).prop_map(|(n, e)| integer(n) * ten_to(e)),
        (1_i64..10, -40_i64..40, any::<i32>())
            .prop_map(|(n, e, k)| { integer(n) * ten_to(e) + ten_to(e - 20) * integer(i64::from(k)) }),
        (-200_i32..200, -9_i64..9).prop_map(|(e, n)| integer(n) * integer(2).pow(e)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn decimals_are_the_floor_and_the_ceiling(q in rationals(), digits in 1_u32..40) {
        let printed = digits::enclose(digits, digits::limit(digits), |p| Interval::context(p).rational(&q));
        prop_assert!(printed.digits_met && rule_holds(&printed, digits), "{printed:?}");
        let (lower, upper) = (read(&printed.lower), read(&printed.upper));
        prop_assert!(lower <= q && q <= upper);
        if !q.is_zero() {
            let (floor, ceiling) = canonical(&q, digits);
            if floor != ceiling && lower != upper {
                // Not on the grid, so determined completely.
                prop_assert_eq!((lower, upper), (floor, ceiling));
            } else if lower != upper {
                // On the grid, but not known to be: two units apart.
                prop_assert_eq!(lower + upper, &q + &q);
            } else {
                prop_assert_eq!(lower, q.clone());
            }
        }
        // Known exactly: exact if finite, else the same decimals.
        let exact = digits::exact(&q, digits);
        let finite = (ten_to(260) * &q).is_integer();
        prop_assert_eq!(exact.lower == exact.upper, finite);
        if !finite {
            prop_assert_eq!(&exact, &printed);
        } else {
            prop_assert_eq!(read(&exact.lower), q);
        }
    }

    #[test]
    fn the_way_of_computing_does_not_show(n in 2_i64..1_000_000, digits in 1_u32..60) {
        let one = digits::enclose(digits, digits::limit(digits), |p| Interval::context(p).integer(n).sqrt());
        let other = digits::enclose(digits, digits::limit(digits), |p| {
            let x = Interval::context(p.max(Precision::new(300).unwrap())).integer(n);
            x.clone() / x.sqrt() + x.one() - x.ratio(7, 3) + x.ratio(4, 3)
        });
        let root = BigInt::from(n).sqrt();
        if &root * &root == BigInt::from(n) {
            prop_assert_eq!(&one.lower, &root.to_string());
            prop_assert_eq!(one.lower, one.upper);
        } else {
            prop_assert_eq!(&one, &other);
            let shift = BigInt::from(100).pow(digits + 3);
            let reference = Rational::new((BigInt::from(n) * &shift).sqrt(), shift.sqrt());
            prop_assert_eq!(read(&one.lower), canonical(&reference, digits).0);
        }
    }

    #[test]
    fn outward_text_contains_and_is_not_much_wider(a in rationals(), b in rationals(), bits in 24_u32..200) {
        let (lower, upper) = if a <= b { (a, b) } else { (b, a) };
        let x = Interval::context(Precision::new(bits).unwrap()).between(Some(&lower), Some(&upper));
        let printed = digits::outward(&x);
        let (l, u) = (read(&printed.lower), read(&printed.upper));
        prop_assert!(l <= x.lower().unwrap() && x.upper().unwrap() <= u);
        let width = x.width().unwrap();
        prop_assert!(u - l <= width * ratio(6, 5), "{printed:?}");
    }

    #[test]
    fn shown_digits_are_a_truncation(q in rationals(), digits in 1_u32..40) {
        prop_assume!(!q.is_zero());
        let text = digits::enclose(digits, digits::limit(digits), |p| Interval::context(p).rational(&q)).to_string();
        match text.split_once('…') {
            Some((mantissa, exponent)) => {
                prop_assert!(mantissa.contains('.'), "{text}");
                let shown = read(&format!("{mantissa}{exponent}"));
                let places = mantissa.len() - mantissa.find('.').unwrap() - 1;
                let unit = read(&format!("1{exponent}")) / ten_to(i64::try_from(places).unwrap());
                prop_assert!(shown.abs() <= q.abs() && q.abs() < shown.abs() + unit, "{text}");
            }
            None => prop_assert!(text.starts_with('[') || read(&text) == q, "{text}"),
        }
    }
}

fn print(digits: u32, value: impl FnMut(Precision) -> Interval) -> [String; 3] {
    let printed = digits::enclose(digits, digits::limit(digits), value);
    assert!(printed.digits_met);
    let text = printed.to_string();
    [printed.lower, printed.upper, text]
}

#[test]
fn layouts() {
    let of = |q: Rational| print(6, move |p| Interval::context(p).rational(&q));
    assert_eq!(of(ratio(1, 3)), ["0.3333333", "0.3333334", "0.333333…"]);
    assert_eq!(of(ratio(-2, 3)), ["-0.6666667", "-0.6666666", "-0.666666…"]);
    assert_eq!(of(ratio(-1, 4)), ["-0.25", "-0.25", "-0.25"]);
    assert_eq!(of(integer(0)), ["0", "0", "0"]);
    assert_eq!(of(integer(1200)), ["1200", "1200", "1200"]);
    assert_eq!(of(ratio(10_000_000, 3)), ["3333333", "3333334", "3.33333…e6"]);
    assert_eq!(of(ratio(100_000_000, 3)), ["33333330", "33333340", "3.33333…e7"]);
    assert_eq!(of(ratio(1_000_000, 3)), ["333333.3", "333333.4", "333333.3…"]);
    assert_eq!(
        of(ratio(2, 3) * ten_to(-7)),
        ["6.666666e-8", "6.666667e-8", "6.66666…e-8"]
    );
    assert_eq!(
        of(ratio(2, 3) * ten_to(-6)),
        ["0.0000006666666", "0.0000006666667", "0.000000666666…"]
    );
    assert_eq!(of(ten_to(25)), ["1e25", "1e25", "1e25"]);
    assert_eq!(
        of(ten_to(25) / integer(-7)),
        ["-1.428572e24", "-1.428571e24", "-1.42857…e24"]
    );
    let pi = print(30, |p| Interval::context(p).pi());
    assert_eq!(pi[0], "3.141592653589793238462643383279");
    assert_eq!(pi[1], "3.141592653589793238462643383280");
    assert_eq!(pi[2], "3.14159265358979323846264338327…");
}

#[test]
fn hidden_decimals_are_two_units_apart() {
    // Exactly 1/2, but no precision shows it.
    let half = digits::enclose(6, digits::limit(6), |p| {
        let one = Interval::context(p).one();
        one.asin() / one.pi()
    });
    assert_eq!(
        (half.lower.as_str(), half.upper.as_str()),
        ("0.4999999", "0.5000001")
    );
    assert!(half.digits_met && rule_holds(&half, 6));
    assert_eq!(half.to_string(), "[0.4999999, 0.5000001]");
}

#[test]
fn digits_not_met() {
    let zero = |p: Precision| {
        let one = Interval::context(p).one();
        one.asin() - one.pi() / one.integer(2)
    };
    let printed = digits::enclose(6, digits::limit(6), zero);
    assert!(!printed.digits_met);
    assert!(read(&printed.lower) <= integer(0) && integer(0) <= read(&printed.upper));
    let json = serde_json::to_value(&printed).unwrap();
    assert_eq!(json["digits_met"], false);
    let undefined = digits::enclose(6, Precision::START, |p| Interval::context(p).integer(-1).sqrt());
    assert_eq!(
        (undefined.lower.as_str(), undefined.upper.as_str()),
        ("-Infinity", "Infinity")
    );
    assert!(!undefined.digits_met);
    // A precision that is too small for the digits.
    let coarse = digits::enclose(60, Precision::START, |p| Interval::context(p).pi());
    assert!(!coarse.digits_met && coarse.lower.starts_with("3.14159265358979323846264338327950288"));
    assert_eq!(
        digits::attempt(&Interval::context(Precision::START).pi(), 60),
        Attempt::TooWide
    );
    assert_eq!(
        serde_json::to_string(&digits::exact(&ratio(1, 4), 6)).unwrap(),
        r#"{"lower":"0.25","upper":"0.25"}"#
    );
    let ray = Interval::context(Precision::START).between(Some(&ratio(1, 4)), None);
    assert_eq!(digits::outward(&ray).to_string(), "[0.25, Infinity]");
}

/// π·10^places rounded down, by Machin's formula in integers.
fn machin(places: u32) -> BigInt {
    let guard = 10;
    let one = BigInt::from(10).pow(places + guard);
    let arctan_of_inverse = |n: i64| {
        let (mut power, mut sum, mut k) = (&one / n, BigInt::zero(), 1);
        while !power.is_zero() {
            let term: BigInt = &power / k;
            sum += if k % 4 == 1 { term } else { -term };
            power /= n * n;
            k += 2;
        }
        sum
    };
    let pi = (arctan_of_inverse(5) * 4 - arctan_of_inverse(239)) * 4;
    pi / BigInt::from(10).pow(guard)
}

#[test]
fn ten_thousand_digits() {
    let digits = 10_000;
    let [lower, upper, _] = print(digits, |p| Interval::context(p).pi());
    let expected = machin(digits);
    assert_eq!(lower.replace('.', ""), expected.to_string());
    assert_eq!(upper.replace('.', ""), (expected + BigInt::from(1)).to_string());
}
