//! Every rule accepts what it should and refuses what lacks one condition.

mod support;

use support::{accepted, invalid, unreadable};

#[test]
fn claims_are_stated_from_their_parse() {
    assert_eq!(
        accepted(
            "claim sign | says something else altogether | for x in (0, 1] | let c = sqrt(1-x^2) | let unused = 1 | \
             holds asin(x)-x*c>0.000 | proof cover | split x 1/2 | taylor lower 3 | split x 3/4 | split x 5/8 | centered | \
             natural times 2"
        ),
        "asin(x) - x*c > 0 for all x in (0, 1], where c = sqrt(1 - x^2)"
    );
    assert_eq!(
        accepted("claim sign | holds 1/3 - 1/pi < 0.01503 | proof cover | natural"),
        "1/3 - 1/pi < 1503/100000"
    );
    assert_eq!(
        accepted("claim identity | for x in (-1, 5) | equation diff(x^3, x, 2) = 6*x | proof sturm"),
        "diff(x^3, x, 2) = 6*x for all x in (-1, 5)"
    );
}

#[test]
fn covers_have_no_gap() {
    let head = "claim sign | for x in [0, 2] | holds x^2 - x + 1 > 0 | proof cover";
    let steps = |steps: &str| format!("{head} | {steps}");
    accepted(&steps(
        "split x 1 | split x 1/2 | natural | natural | split x 3/2 | centered | natural",
    ));
    accepted(&steps(
        "split x 1 | split x 1/2 | natural times 2 | split x 3/2 | centered | natural",
    ));
    // A step too few, too many, doubled, repeated too often, in another order.
    invalid(&steps(
        "split x 1 | split x 1/2 | natural | natural | split x 3/2 | centered",
    ));
    unreadable(&steps(
        "split x 1 | split x 1/2 | natural | natural | split x 3/2 | centered | natural | natural",
    ));
    invalid(&steps(
        "split x 1 | split x 1/2 | natural | natural | split x 3/2 | centered | natural times 2",
    ));
    invalid(&steps("split x 1"));
    invalid(head);
    // A cut outside the cell, at its end, in a parameter that does not exist.
    invalid(&steps("split x 3 | natural | natural"));
    invalid(&steps("split x 0 | natural | natural"));
    invalid(&steps("split x 2 | natural | natural"));
    invalid(&steps("split x 1 | split x 3/2 | natural | natural | natural"));
    unreadable(&steps("split y 1 | natural | natural"));
    for step in [
        "guess",
        "natural 3",
        "natural times 1",
        "natural times 0",
        "natural times x",
        "centred",
        "taylor lower",
    ] {
        unreadable(&steps(step));
    }
}

#[test]
fn integers_are_enumerated() {
    let all = "claim sign | for i in 1..3 | for j in -1..0 | holds i > j | proof cover";
    accepted(&format!("{all} | natural times 6"));
    accepted(&format!("{all} | natural | natural times 4 | natural"));
    invalid(&format!("{all} | natural times 5"));
    invalid(&format!("{all} | natural times 7"));
    // One of the combinations fails.
    invalid(
        "claim sign | for i in 1..3 | for j in 0..3 | holds i + 2 > j + 1/2 + 3/2 | proof cover | natural times 12",
    );
    // A cut between integers would leave points out.
    invalid("claim sign | for i in 1..3 | holds i > 0 | proof cover | split i 2 | natural times 4");
}

#[test]
fn strict_and_weak_inequalities_differ() {
    let at = |range: &str, comparison: &str, proof: &str| {
        format!("claim sign | for x in {range} | holds asin(x) {comparison} x | proof cover | {proof}")
    };
    accepted(&at("(0, 1/2]", ">", "taylor lower 3"));
    accepted(&at("[0, 1/2]", ">=", "taylor lower 3"));
    // 0 belongs to the range, where both sides are equal.
    invalid(&at("[0, 1/2]", ">", "taylor lower 3"));
    invalid(&at("[0, 1/2]", ">", "natural"));
    // The other side of 0.
    accepted(&at("[-1/2, 0)", "<", "taylor upper 3"));
    invalid(&at("[-1/2, 0)", ">", "taylor upper 3"));
    invalid(&at("[-1/2, 0)", "<", "taylor lower 3"));
    // Orders that are too large, too small, or not even there.
    invalid(&at("(0, 1/2]", ">", "taylor lower 4"));
    invalid(&at("(0, 1/2]", ">", "taylor lower 2"));
    unreadable(&at("(0, 1/2]", ">", "taylor lower 0"));
    unreadable(&at("(0, 1/2]", ">", "taylor lower 21"));
    unreadable(&at("(0, 1/2]", ">", "taylor middle 3"));
    // A cell that does not touch the end; an end that is not the range's.
    invalid(&at(
        "(0, 1/2]",
        ">",
        "split x 1/4 | taylor lower 3 | taylor lower 3",
    ));
    // asin is not differentiable at 1: no Taylor step up to there.
    invalid(&at("(0, 1]", ">", "taylor lower 3"));
    accepted(
        &at(
            "(0, 1]",
            ">",
            "split x 1/2 | taylor lower 3 | split x 3/4 | natural times 2",
        )
        .replace(
            "natural times 2",
            "split x 5/8 | split x 9/16 | centered times 2 | centered | split x 7/8 | centered | natural",
        ),
    );
}

#[test]
fn one_parameter_steps_need_one_real_parameter() {
    invalid(
        "claim sign | for x in (0, 1] | for y in [0, 1] | holds x + 0*y > 0 | proof cover | taylor lower 1",
    );
    invalid(
        "claim sign | for x in [1, 2] | for y in [0, 1] | holds x^2 - x + 1/4 + y^2 > 0 | proof cover | centered",
    );
    invalid("claim sign | for x in 1..1 | holds x > 0 | proof cover | centered");
    invalid("claim sign | for x in [1, infinity) | holds x > 0 | proof cover | centered");
    invalid("claim sign | holds 1 > 0 | proof cover | centered");
}

#[test]
fn undefined_claims_are_refused() {
    for (range, relation) in [
        ("[0, 1]", "1/x >= 0"),
        ("[-1, 1]", "x/x + 1 > 0"),
        ("[-1, 1]", "sqrt(x)^2 >= 0"),
        ("[0, 2]", "asin(x) >= 0"),
        ("[0, 1]", "1 + 0*(1/x) > 0"),
        ("[0, 1]", "(1/x)^0 > 0"),
        ("[0, 1]", "diff(sqrt(x), x) + 1 > 0"),
    ] {
        invalid(&format!(
            "claim sign | for x in {range} | holds {relation} | proof cover | natural"
        ));
        invalid(&format!(
            "claim sign | for x in {range} | holds {relation} | proof sturm"
        ));
    }
    invalid("claim identity | for x in [0, 1] | equation x/x = 1 | proof cover | natural");
    invalid("claim identity | for x in [0, 1] | equation x/x = 1 | proof sturm");
    accepted("claim identity | for x in (0, 1] | equation x/x = 1 | proof sturm");
    invalid("claim identity | for x in [0, 1] | equation 1/(x-x) = 1/(x-x) | proof cover | natural");
    invalid("claim identity | for x in [-1, 1] | equation sqrt(x)^2 = x | proof cover | natural");
    accepted("claim identity | for x in [0, 1] | equation sqrt(x)^2 = x | proof cover | natural");
}

#[test]
fn sturm_decides_rational_functions() {
    let sturm = |range: &str, relation: &str| {
        format!("claim sign | for x in {range} | holds {relation} | proof sturm")
    };
    accepted(&sturm("(1, infinity)", "2/(3*x - 1) > 1/(2*x - 1)"));
    invalid(&sturm("[1, infinity)", "2/(3*x - 1) > 1/(2*x - 1)"));
    accepted(&sturm("[1, infinity)", "2/(3*x - 1) >= 1/(2*x - 1)"));
    accepted(&sturm("(-infinity, infinity)", "x^2 - 2*x + 1 >= 0"));
    invalid(&sturm("(-infinity, infinity)", "x^2 - 2*x + 1 > 0"));
    invalid(&sturm("(-infinity, infinity)", "x^3 >= 0"));
    accepted(&sturm("[0, infinity)", "x^3 >= 0"));
    accepted(&sturm("[3, 3]", "x^3 > 26"));
    invalid(&sturm("[3, 3]", "x^3 > 27"));
    accepted(&sturm("2..7", "x^2 >= 4"));
    // 2 < x² holds at integers, but not at all reals between.
    invalid(&sturm("-2..2", "(x^2 - 1)*(x^2 - 1/2) >= 0"));
    invalid(&sturm("[0, 1]", "pi > 3"));
    invalid(&sturm("[0, 1]", "sqrt(4)*x >= 0"));
    invalid("claim sign | for x in [1, 2] | for y in [1, 2] | holds x + y > 0 | proof sturm");
    invalid("claim sign | holds 1 > 0 | proof sturm");
}

#[test]
fn identities() {
    let equation = |range: &str, equation: &str| {
        format!("claim identity | for x in {range} | equation {equation} | proof cover | natural")
    };
    for (range, text) in [
        ("[1, 2]", "(x + 1)^3 = x^3 + 3*x^2 + 3*x + 1"),
        ("[1, 2]", "1/x + 1/(x + 1) = (2*x + 1)/(x^2 + x)"),
        ("[1, 2]", "sqrt(x)*sqrt(x) = x"),
        ("[1, 2]", "sqrt(x^2) = x"),
        ("[-2, -1]", "sqrt(x^2) = -x"),
        ("[1, 2]", "sqrt(4*x) = 2*sqrt(x)"),
        ("[1, 2]", "sqrt(x)*sqrt(x + 1) = sqrt(x^2 + x)"),
        ("[1, 2]", "sqrt(2*x) = sqrt(2)*sqrt(x)"),
        ("[1, 3/2]", "1/(sqrt(x) - sqrt(x + 1)) = -sqrt(x) - sqrt(x + 1)"),
        ("[1, 2]", "sqrt(x^2 + 2*x + 1) = x + 1"),
        ("[-3, -5/2]", "sqrt(x^2 + 2*x + 1) = -x - 1"),
        ("[1, infinity)", "sqrt(1/x)*sqrt(x) = 1"),
        ("[1/10, 9/10]", "asin(x) + acos(x) = pi/2"),
        ("[1/10, 9/10]", "asin(-x) = -asin(x)"),
        ("[1/10, 9/10]", "atan(x - x^2) + atan(x^2 - x) = 0"),
        ("[1/10, 9/10]", "asin(1/2) = pi/6"),
        ("[9/10, 1]", "asin(x/(2*x)) = pi/6"),
        ("[1/10, 9/10]", "diff(asin(x), x) = 1/sqrt(1 - x^2)"),
        ("[1/10, 9/10]", "diff(atan(x), x) = 1/(1 + x^2)"),
        ("[1/10, 9/10]", "diff(acos(x), x)*sqrt(1 - x)*sqrt(1 + x) = -1"),
        (
            "[1/10, 9/10]",
            "diff(x^2*asin(x), x) = 2*x*asin(x) + x^2/sqrt(1 - x^2)",
        ),
    ] {
        accepted(&equation(range, text));
    }
    for (range, text) in [
        ("[1, 2]", "(x + 1)^3 = x^3 + 3*x^2 + 3*x + 2"),
        ("[1, 2]", "sqrt(x) = x"),
        ("[1, 2]", "sqrt(x^2) = -x"),
        ("[-2, -1]", "sqrt(x^2) = x"),
        // The root changes sign in the range.
        ("[-1, 1]", "sqrt(x^2) = x"),
        ("[-1, 1]", "sqrt(x^2) = -x"),
        // It touches 0: true, but not shown.
        ("[0, 1]", "sqrt(x^2) = x"),
        ("[1, 2]", "sqrt(x + 1) = sqrt(x) + 1"),
        ("[1/10, 9/10]", "asin(x) = acos(x)"),
        ("[1/10, 9/10]", "asin(x) = x"),
        ("[1/10, 9/10]", "asin(1/2) = pi/5"),
        ("[1/10, 9/10]", "asin(2*x) = 2*asin(x)"),
        ("[1/10, 9/10]", "diff(asin(x), x) = 1/sqrt(1 + x^2)"),
        ("[1/10, 9/10]", "diff(acos(x), x) = 1/sqrt(1 - x^2)"),
        (
            "[1/10, 9/10]",
            "pi = 3.14159265358979323846264338327950288419716939937510",
        ),
    ] {
        invalid(&equation(range, text));
    }
    // Signs of roots need a connected domain: at x = -1 this is false.
    invalid("claim identity | for x in -1..1 | equation sqrt(x^2) = x | proof cover | natural times 3");
    invalid("claim identity | for x in 1..3 | equation sqrt(x^2) = x | proof cover | natural times 3");
    accepted("claim identity | for x in 1..3 | equation sqrt(x)^2 = x | proof cover | natural times 3");
    unreadable(&equation("[1, 2]", "x >= x"));
    unreadable("claim sign | for x in [1, 2] | holds x = x | proof cover | natural");
}

#[test]
fn copy_average_claims() {
    let critical = |rest: &str| format!("claim critical | {rest}");
    let text = accepted(&critical(
        "activation erf:3/2 | k 1..4 | extra 0..1 | proof exact",
    ));
    assert!(
        text.contains("erf((3/2)*x)") && text.contains("k in 1..4, e in 0..1"),
        "{text}"
    );
    for rest in [
        "activation relu | k 1..4 | extra 0..1 | proof exact",
        "activation erf | k 0..4 | extra 0..1 | proof exact",
        "activation erf | k 4..1 | extra 0..1 | proof exact",
        "activation erf | k 1..31 | extra 0..1 | proof exact",
        "activation erf | k 1..4 | extra -1..1 | proof exact",
        "activation erf | k [1, 4] | extra 0..1 | proof exact",
        "activation erf | k 1..4 | proof exact",
        "activation erf | k 1..4 | extra 0..1 | proof trust",
        "activation erf | k 1..4 | extra 0..1",
        "activation erf | k 1..4 | extra 0..1 | proof exact | natural",
    ] {
        unreadable(&critical(rest));
        unreadable(&format!("claim additivity | {rest}"));
    }
    accepted("claim additivity | activation erf-printed | k 2..5 | extra 1..1 | proof exact");
    accepted("claim partition-optimum | activation erf:1/2 | k 1..12 | proof enumeration");
    unreadable("claim partition-optimum | activation erf | k 1..61 | proof enumeration");
    accepted("claim concavity-scan | activation erf:2 | to 2000 | proof series");
    for to in ["1", "0", "-5", "100000001", "2..5", "1e3", ""] {
        unreadable(
            &format!("claim concavity-scan | activation erf | to {to} | proof series")
                .replace("to  |", "to |"),
        );
    }
}

#[test]
fn kernels() {
    let kernel = |digits: &str, point: &str| {
        format!("claim kernel | activation erf:1/3 | digits {digits} | point {point} | proof quadrature")
    };
    for point in ["1 1 0", "1 1 1", "4 9 -6", "2 3 1/7", "0 5 0", "1/100 20 -1/5"] {
        accepted(&kernel("9", point));
    }
    accepted(&kernel("20", "1 2 -1"));
    for point in ["1 1 2", "-1 1 0", "1 -1 0", "1 1", "1 1 1 1", "a b c", "1 1 1/0"] {
        unreadable(&kernel("9", point));
    }
    for digits in ["0", "51", "x", "-1"] {
        unreadable(&kernel(digits, "1 1 0"));
    }
    // Nearly parallel long vectors need too many nodes.
    invalid(&kernel("12", "1000000 1000000 999999"));
    unreadable("claim kernel | activation erf | digits 9 | proof quadrature");
}
