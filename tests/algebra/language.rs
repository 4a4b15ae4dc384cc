//! Text, trees and values.

use crate::strategies::formula;
use copyavg::arithmetic::rational::{integer, ratio};
use copyavg::formula::{
    Comparison, DefinitionError, Definitions, Formula, Problem, Program, Relation, SignClaim,
};
use proptest::prelude::*;

fn value(text: &str) -> f64 {
    let formula = Formula::parse(text).unwrap();
    formula
        .evaluate(&0.0, &|name| (name == "x").then_some(0.3))
        .unwrap()
}

fn problem(text: &str) -> (usize, Problem) {
    let error = Formula::parse(text).unwrap_err();
    (error.position, error.problem)
}

#[test]
fn decimals_are_exact() {
    let constants = [
        ("0.756", ratio(189, 250)),
        ("1e-5", ratio(1, 100_000)),
        ("1.50E+2", integer(150)),
        ("12", integer(12)),
        ("7/21", ratio(1, 3)),
        ("-7/21", ratio(-1, 3)),
        ("9007199254740993", integer(9_007_199_254_740_993)),
    ];
    for (text, expected) in constants {
        assert_eq!(
            Formula::parse(text).unwrap().as_constant(),
            Some(&expected),
            "{text}"
        );
    }
}

#[test]
fn operations_bind_as_in_mathematics() {
    assert_eq!(value("-2^2"), -4.0);
    assert_eq!(value("(-2)^2"), 4.0);
    assert_eq!(value("2^(-2)"), 0.25);
    assert_eq!(value("1 - 2 - 3"), -4.0);
    assert_eq!(value("8/4/2"), 1.0);
    assert_eq!(value("2 + 3*4"), 14.0);
    assert_eq!(value("2*-3 - -1"), -5.0);
    assert_eq!(value("1/2^3"), 0.125);
    assert_eq!(value("--2"), 2.0);
    assert_eq!(value("sqrt(16) + atan(1)*4 - pi"), 4.0);
    assert!((value("asin(x) + acos(x)") - std::f64::consts::FRAC_PI_2).abs() < 1e-15);
}

#[test]
fn errors_say_where() {
    let expected = |p| matches!(problem(p).1, Problem::Expected { .. });
    for text in [
        "", "1 +", "(1", "1)", "x y", "2 x", "*2", "sqrt", "sqrt x", "()", "1 > 2", "diff(x)",
    ] {
        assert!(expected(text), "{text:?}: {:?}", problem(text));
    }
    assert_eq!(problem("x + $"), (5, Problem::Character('$')));
    assert_eq!(problem("x + π"), (5, Problem::Character('π')));
    assert_eq!(problem("1."), (1, Problem::Numeral));
    assert_eq!(problem("1.2.3"), (1, Problem::Numeral));
    assert_eq!(problem("1e"), (1, Problem::Numeral));
    assert_eq!(problem("2x"), (1, Problem::Numeral));
    assert_eq!(problem("1e99999999999999999999"), (1, Problem::NumeralTooLong));
    assert_eq!(problem("1e10001"), (1, Problem::NumeralTooLong));
    assert_eq!(problem("x^y"), (3, Problem::Exponent));
    assert_eq!(problem("x^0.5"), (3, Problem::Exponent));
    assert_eq!(problem("x^10001"), (3, Problem::Exponent));
    assert_eq!(
        problem("x^(1/2)").1,
        Formula::parse("x^(1/2)").unwrap_err().problem
    );
    assert_eq!(problem("x^2^3"), (4, Problem::RepeatedPower));
    assert_eq!(problem("1 + exp(x)"), (5, Problem::UnknownFunction("exp".into())));
    assert_eq!(problem("diff(x, x, 0)"), (12, Problem::Order));
    assert_eq!(problem("diff(x, pi)"), (9, Problem::NotAVariable("pi".into())));
    assert_eq!(
        Formula::parse("x +\n* 2").unwrap_err().to_string(),
        "at position 5: expected a number, a name or \"(\" but found \"*\""
    );
}

#[test]
fn limits_are_errors() {
    assert!(Formula::parse(&"9".repeat(10_000)).is_ok());
    assert_eq!(problem(&"9".repeat(10_001)).1, Problem::NumeralTooLong);
    assert!(matches!(
        problem(&" ".repeat(70_000)).1,
        Problem::TextTooLong { .. }
    ));
    let nested = |n| format!("{}x{}", "(".repeat(n), ")".repeat(n));
    assert!(Formula::parse(&nested(200)).is_ok());
    assert_eq!(problem(&nested(201)).1, Problem::NestedTooDeep);
    assert_eq!(
        problem(&format!("{}x", "-".repeat(201))).1,
        Problem::NestedTooDeep
    );
    let chain = |n| "x+".repeat(n) + "x";
    assert_eq!(Formula::parse(&chain(2000)).unwrap().depth(), 2000);
    assert_eq!(problem(&chain(2001)).1, Problem::ChainTooLong);
    assert_eq!(
        problem(&format!("diff({}x, x, 50)", "x*".repeat(1000))).1,
        Problem::TooLarge
    );
}

#[test]
fn shared_definitions_do_not_explode() {
    let mut texts = vec!["d0 = x + x".to_string()];
    texts.extend((1..300).map(|i| format!("d{i} = d{0} + d{0}", i - 1)));
    let definitions = Definitions::read(&texts).unwrap();
    let formula = definitions.formula("d299").unwrap();
    assert_eq!(formula.written_size(), u64::MAX);
    let value = formula.evaluate(&0.0, &|_| Some(1.0)).unwrap();
    assert_eq!(value, 2_f64.powi(300));
    assert_eq!(formula, definitions.formula("d299").unwrap());
    assert!(formula.derivative("x").size() < 1000);
}

#[test]
fn definitions_are_expanded_before_derivatives() {
    let definitions = Definitions::read(&["u = 1/(2*l)", "c = sqrt(1 - u^2)"]).unwrap();
    let formula = definitions.formula("diff(c, l)").unwrap();
    assert_eq!(formula.variables().into_iter().collect::<Vec<_>>(), ["l"]);
    // c′ = −u u′/c with u = 1/(2l), u′ = −1/(2l²).
    let (l, u) = (1.7_f64, 0.5 / 1.7);
    let expected = u / (2.0 * l * l) / (1.0 - u * u).sqrt();
    let value = formula.evaluate(&0.0, &|_| Some(l)).unwrap();
    assert!((value - expected).abs() < 1e-15);
    assert!(matches!(
        definitions.formula("diff(c, u)").unwrap_err().problem,
        Problem::NotAVariable(name) if name == "u"
    ));
}

#[test]
fn names_mean_one_thing() {
    let refused = |texts: &[&str]| matches!(Definitions::read(texts), Err(DefinitionError::Name { .. }));
    assert!(refused(&["pi = 3"]));
    assert!(refused(&["diff = 3"]));
    assert!(refused(&["a = 1", "a = 2"]));
    assert!(refused(&["a = a + 1"]));
    assert!(refused(&["a = b", "b = 2"]));
    for text in ["", "a", "a > 1", "1 = a", "a = ", "a = 1 = 2", "a b = 1"] {
        assert!(
            matches!(Definitions::read(&[text]), Err(DefinitionError::Text { .. })),
            "{text:?}"
        );
    }
}

#[test]
fn relations() {
    let relation = Relation::parse("x^2 <= 2*x - 1").unwrap();
    assert_eq!(relation.comparison, Comparison::LessOrEqual);
    assert_eq!(
        relation.sign_claim(),
        SignClaim::Nonnegative(Formula::parse("2*x - 1 - x^2").unwrap())
    );
    assert_eq!(relation.to_string(), "x^2 <= 2*x - 1");
    assert_eq!(
        Relation::parse("0 > x").unwrap().sign_claim(),
        SignClaim::Positive(Formula::parse("-x").unwrap())
    );
    for text in [
        "x",
        "x < ",
        "x == 1",
        "x < 1 < 2",
        "x >> 1",
        "x => 1",
        "x = 1 = 1",
    ] {
        assert!(Relation::parse(text).is_err(), "{text:?}");
    }
}

#[test]
fn unbound_variables_are_errors() {
    let formula = Formula::parse("x + y").unwrap();
    let error = formula
        .evaluate(&0.0, &|name| (name == "x").then_some(1.0))
        .unwrap_err();
    assert_eq!(error.to_string(), "the variable \"y\" has no value");
    assert_eq!(Program::compile(&[formula], &["x"]).unwrap_err(), error);
}

#[test]
fn equal_parts_are_computed_once() {
    let formulas: Vec<Formula> = ["(x + y)*sqrt(x + y)", "sqrt(y + x)^2 - (x + y)*(y + x)"]
        .iter()
        .map(|text| Formula::parse(text).unwrap())
        .collect();
    let program = Program::compile(&formulas, &["x", "y"]).unwrap();
    // x, y, x + y, its root, their product, the square of each, a difference.
    assert_eq!(program.len(), 8);
    assert_eq!(program.run(&0.0, &[1.0, 3.0]), [8.0, -12.0]);
}

#[test]
fn derivatives_keep_domains() {
    // Nothing to keep: these are defined wherever the derivative is.
    let plain = [
        ("3*x + 1/3 + sqrt(2) + asin(1/2) + pi", "3"),
        ("l^2 + x*sqrt(l)", "sqrt(l)"),
        ("x^1", "1"),
        ("x^0", "0*1"),
        ("x^2", "2*x"),
        ("x^(-1)", "-1*x^(-2)"),
        ("sqrt(x)", "1/(2*sqrt(x))"),
        ("acos(x)", "-(1/sqrt(1 - x^2))"),
        ("x/y", "1/y"),
        ("y/x", "-(y/x^2)"),
    ];
    for (text, expected) in plain {
        let derivative = Formula::parse(text).unwrap().derivative("x");
        assert_eq!(derivative.to_string(), expected, "{text}");
    }
    // √l and 1/l must stay: for l < 0 there is no derivative.
    let kept = [
        ("x + sqrt(l)", "1 + 0*sqrt(l)"),
        ("x - 1/l", "1 + 0*(1/l)"),
        ("0/x", "-(0/x^2)"),
    ];
    for (text, expected) in kept {
        let derivative = Formula::parse(text).unwrap().derivative("x");
        assert_eq!(derivative.to_string(), expected, "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn text_parses_back(formula in formula()) {
        let text = formula.to_string();
        prop_assert_eq!(Formula::parse(&text).unwrap(), formula, "{}", text);
    }

    #[test]
    fn derivatives_agree_with_differences(formula in formula(), x in 0.1_f64..0.9, y in 0.1_f64..0.9) {
        let at = |f: &Formula, x: f64| {
            f.evaluate(&0.0, &|name| Some(match name { "x" => x, "y" => y, _ => 0.37 })).unwrap()
        };
        let derivative = formula.derivative("x");
        let slope = at(&derivative, x);
        // Where the derivative is defined, so is the formula.
        if slope.is_finite() {
            prop_assert!(!at(&formula, x).is_nan());
        }
        let h = 1e-5;
        let second = at(&derivative.derivative("x"), x);
        let values = [at(&formula, x - h), at(&formula, x), at(&formula, x + h)];
        // Only where the function is tame enough for a difference quotient.
        if values.iter().all(|v| v.abs() < 1e3) && slope.abs() < 1e3 && second.abs() < 1e3 {
            let difference = (values[2] - values[0]) / (2.0 * h);
            prop_assert!((difference - slope).abs() < 1e-3 * (1.0 + slope.abs()),
                "{} -> {}: {} against {}", formula, derivative, slope, difference);
        }
    }

    #[test]
    fn substitution_is_evaluation(outer in formula(), inner in formula()) {
        let at = |f: &Formula, x: f64| {
            f.evaluate(&0.0, &|name| Some(match name { "x" => x, "y" => 0.6, _ => 0.37 })).unwrap()
        };
        let substituted = outer.substitute(|name| (name == "x").then(|| inner.clone()));
        let (one, two) = (at(&substituted, 0.3), at(&outer, at(&inner, 0.3)));
        // Doubles know signed zeros and infinities, formulas do not.
        if one.is_finite() && two.is_finite() {
            prop_assert!((one - two).abs() <= 1e-9 * two.abs());
        }
    }

    #[test]
    fn junk_never_panics(text in "[-+*/^()., 0-9a-z<>=]{0,30}|(diff|sqrt|x|y|\\(|\\)|,|2|\\^|-){0,20}") {
        let _ = Formula::parse(&text);
        let _ = Relation::parse(&text);
    }
}
