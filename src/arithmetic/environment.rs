//! Whether doubles behave as the proofs assume.
//!
//! The intervals of doubles rest on IEEE 754 arithmetic: every sum, product,
//! quotient and root rounded to nearest, ties to even, in double precision,
//! with gradual underflow. A process can be started in another state (a
//! library loaded first may flush subnormals to zero or change the rounding
//! mode), and the C code of CORE-MATH can be compiled with options that break
//! it. The program asks once, at its start; nothing that it does afterwards
//! changes the state.
//!
//! A check is no proof: it finds the known ways to be wrong, while that the
//! hardware follows IEEE 754 stays an assumption. Whether the compiler fuses
//! a·b + c does not matter: no operation of ours is a candidate (Rust never
//! fuses on its own), and CORE-MATH is written for both.
#![allow(clippy::float_arithmetic)]

use std::hint::black_box;
use thiserror::Error;

/// Why doubles cannot be trusted here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum EnvironmentError {
    /// Neither x86-64 nor aarch64.
    #[error(
        "interval arithmetic in doubles is established for x86-64 and aarch64 only; \
         run copyavg on one of these"
    )]
    Architecture,
    /// A directed rounding mode is set, or intermediate results are wider.
    #[error(
        "the processor does not round doubles to nearest; \
         start copyavg in a process that has not changed the rounding mode"
    )]
    Rounding,
    /// Subnormal results or arguments are replaced by zero.
    #[error(
        "the processor flushes subnormal doubles to zero; \
         start copyavg in a process without FTZ/DAZ (a library built with -ffast-math may set them)"
    )]
    Subnormals,
    /// A known value of an elementary function came out wrong.
    #[error(
        "the elementary functions are miscompiled: {0} of a known argument is wrong; \
         rebuild with a C compiler that keeps IEEE 754 arithmetic (no -ffast-math in CFLAGS)"
    )]
    Elementary(&'static str),
}

/// Checks rounding, underflow and the elementary functions.
///
/// # Errors
/// The first way found in which doubles misbehave.
pub fn check() -> Result<(), EnvironmentError> {
    if !cfg!(any(target_arch = "x86_64", target_arch = "aarch64")) {
        return Err(EnvironmentError::Architecture);
    }
    if !rounds_to_nearest() {
        return Err(EnvironmentError::Rounding);
    }
    if !keeps_subnormals() {
        return Err(EnvironmentError::Subnormals);
    }
    elementary_functions()
}

/// Operations whose results differ between the rounding modes, or if an
/// intermediate result had more than 53 bits.
fn rounds_to_nearest() -> bool {
    let one = black_box(1.0_f64);
    let half_unit = black_box(f64::EPSILON / 2.0);
    let above_half = half_unit.next_up();
    // A tie goes to the even neighbour below, and what is beyond it up; a
    // result of 64 bits would first become a tie.
    let sums = one + half_unit == one
        && one + above_half == one.next_up()
        && -one - half_unit == -one
        && -one - above_half == (-one).next_down()
        && one.next_up() + half_unit == one.next_up().next_up();
    // The nearest doubles to 1/3 and 2/3 lie below them, that to 1/10 above.
    let three = black_box(3.0_f64);
    let quotients = (one / three).to_bits() == 0x3fd5_5555_5555_5555
        && (black_box(2.0_f64) / three).to_bits() == 0x3fe5_5555_5555_5555
        && (one / black_box(10.0_f64)).to_bits() == 0x3fb9_9999_9999_999a
        && (-one / three).to_bits() == 0xbfd5_5555_5555_5555;
    // (1 + 2^−52)² = 1 + 2^−51 + 2^−104 and (1 + 3·2^−52)·(1 + 2^−1).
    let products = one.next_up() * one.next_up() == one.next_up().next_up()
        && black_box(1.0 + 3.0 * f64::EPSILON) * black_box(1.5) == 1.5 + 4.0 * f64::EPSILON;
    let roots = black_box(2.0_f64).sqrt().to_bits() == 0x3ff6_a09e_667f_3bcd
        && black_box(3.0_f64).sqrt().to_bits() == 0x3ffb_b67a_e858_4caa;
    sums && quotients && products && roots
}

/// Operations that make, take and pass on subnormals.
fn keeps_subnormals() -> bool {
    let least = black_box(f64::from_bits(1));
    let normal = black_box(f64::MIN_POSITIVE);
    let made = normal / black_box(2.0) == f64::from_bits(1 << 51)
        && black_box(normal.next_up()) - normal == f64::from_bits(1)
        && black_box(1e-200_f64) * black_box(1e-120_f64) > 0.0;
    let taken = least * black_box(f64::from_bits(0x7fe0_0000_0000_0000)) > 0.0
        && least + black_box(0.0) != 0.0
        && least + least == f64::from_bits(2)
        && least != black_box(0.0);
    made && taken
}

/// Values of CORE-MATH at easy arguments and at some of its hard cases.
fn elementary_functions() -> Result<(), EnvironmentError> {
    let functions: [KnownFunction; 3] = [
        ("asin", core_math::asin, &ASIN),
        ("acos", core_math::acos, &ACOS),
        ("atan", core_math::atan, &ATAN),
    ];
    for (name, function, values) in functions {
        for &(x, value) in values {
            if function(black_box(f64::from_bits(x))).to_bits() != value {
                return Err(EnvironmentError::Elementary(name));
            }
        }
    }
    Ok(())
}

/// Bits of an argument and of the nearest double to the value there (Arb, 300
/// bits).
type KnownValue = (u64, u64);

/// A function with its name and values.
type KnownFunction = (&'static str, fn(f64) -> f64, &'static [KnownValue]);

const ASIN: [KnownValue; 8] = [
    (0x3fe0_0000_0000_0000, 0x3fe0_c152_382d_7366), // 0.5
    (0xbfe8_0000_0000_0000, 0xbfeb_2353_15c6_80dc), // -0.75
    (0x3ff0_0000_0000_0000, 0x3ff9_21fb_5444_2d18), // 1
    (0x3fef_ffff_ff76_8fa1, 0x3ff9_21cc_6f77_cacb), // near 1
    (0x3fb9_9999_9999_999a, 0x3fb9_a492_7603_7884), // near 0.1
    (0x3f1c_373f_f4aa_d79b, 0x3f1c_373f_f594_d65b), // hard
    (0x3f13_2177_83d7_0d1d, 0x3f13_2177_841f_fbef), // hard
    (0x3fdc_eee6_8154_d1c9, 0x3fde_05b0_e0a8_09bc), // hard
];

const ACOS: [KnownValue; 6] = [
    (0x3fe0_0000_0000_0000, 0x3ff0_c152_382d_7366), // 0.5
    (0xbfe8_0000_0000_0000, 0x4003_59d2_6f93_b6c3), // -0.75
    (0x3ff0_0000_0000_0000, 0x0000_0000_0000_0000), // 1
    (0x3fef_ffff_ff76_8fa1, 0x3f07_7266_3126_c72d), // near 1
    (0x3fb9_9999_9999_999a, 0x3ff7_87b2_2ce3_f590), // near 0.1
    (0x3fdc_eee6_8154_d1c9, 0x3ff1_a08f_1c1a_2aa9), // 0.452…
];

const ATAN: [KnownValue; 6] = [
    (0x3fe0_0000_0000_0000, 0x3fdd_ac67_0561_bb4f), // 0.5
    (0xbfe8_0000_0000_0000, 0xbfe4_978f_a326_9ee1), // -0.75
    (0x4202_a05f_2000_0000, 0x3ff9_21fb_543d_4de0), // 10^10
    (0x3f1c_373f_f4aa_d79b, 0x3f1c_373f_f2d6_da1c), // 0.0001…
    (0x3fb9_9999_9999_999a, 0x3fb9_83e2_82e2_cc4d), // near 0.1
    (0x405e_d000_0000_0000, 0x3ff9_00bf_ccc1_25e0), // 123.25
];
