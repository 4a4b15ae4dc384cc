//! Reading, writing and differentiating.

use super::{Formulas, Node};
use crate::arithmetic::{Interval, Number, Series};
use crate::number::{integer, ratio};

fn read(text: &str) -> Result<(Formulas, usize), super::ParseError> {
    let mut formulas = Formulas::new(vec!["x".to_string(), "y".to_string()]);
    let id = formulas.read(text)?;
    Ok((formulas, id))
}

#[test]
fn what_is_read_is_written_again() {
    for text in [
        "x",
        "-x^2",
        "(-x)^2",
        "x - (y - 1)",
        "x - y - 1",
        "x/(y*2)",
        "x/y*2",
        "2^(-3)",
        "(x + y)*(x - y)",
        "sqrt(1 - x^2)",
        "asin(x)/pi",
        "acos(x) + atan(y)",
        "diff(x*y, x)",
        "diff(asin(x), x, 3)",
        "-(x + y)",
        "(x/2)^3",
        "x*(-y)",
    ] {
        let (formulas, id) = read(text).unwrap();
        let shown = formulas.show(id);
        let (again, same) = read(&shown).unwrap();
        assert_eq!(again.show(same), shown);
        assert_eq!(shown.replace(' ', ""), text.replace(' ', ""), "{text}");
    }
    let (formulas, id) = read("0.750e1 + 1e-2").unwrap();
    assert_eq!(formulas.show(id), "15/2 + 1/100");
}

#[test]
fn operations_bind_as_usual() {
    let value = |text: &str| {
        let (formulas, id) = read(text).unwrap();
        let context = crate::arithmetic::Exact(integer(0));
        let values = formulas.evaluate(
            &formulas.parts(&[id]),
            &[context.clone(), context.clone()],
            &context,
        );
        values.of(id).map(|value| value.0.clone())
    };
    for (text, expected) in [
        ("2 - 3 - 4", integer(-5)),
        ("2/3/4", ratio(1, 6)),
        ("2*3^2", integer(18)),
        ("-2^2", integer(-4)),
        ("2^(-2)", ratio(1, 4)),
        ("--3", integer(3)),
        ("1 + 2*3", integer(7)),
        ("12/2*3", integer(18)),
        ("0.125", ratio(1, 8)),
        ("1.5e2", integer(150)),
        ("7^0", integer(1)),
    ] {
        assert_eq!(value(text), Some(expected), "{text}");
    }
    for undefined in ["1/0", "0*(1/0)", "(1/0)^0", "0^(-1)", "sqrt(-1)"] {
        assert_eq!(value(undefined), None, "{undefined}");
    }
}

#[test]
fn other_texts_are_refused() {
    let deep = format!("{}x{}", "(".repeat(101), ")".repeat(101));
    let signs = format!("{}x", "-".repeat(101));
    let long = format!("x{}", "+x".repeat(1001));
    let number = "9".repeat(1001);
    for text in [
        "",
        "x +",
        "x y",
        "x^y",
        "x^2^3",
        "x^",
        "x^(1/2)",
        "x^10001",
        "(x",
        "x)",
        "sin(x)",
        "sqrt x",
        "sqrt()",
        "z",
        "pi(x)",
        "diff(x)",
        "diff(x, 2)",
        "diff(x, z)",
        "diff(x, x, 0)",
        "diff(x, x, 21)",
        "1.",
        ".5",
        "1e",
        "1e+",
        "1.2.3",
        "2x",
        "x**2",
        "x $ y",
        "infinity",
        "1e5000",
        "0x10",
        "x = y",
        "1_000",
        "é",
        &deep,
        &signs,
        &long,
        &number,
    ] {
        assert!(read(text).is_err(), "{text}");
    }
    assert!(read(&format!("{}x{}", "(".repeat(100), ")".repeat(100))).is_ok());
}

#[test]
fn definitions_are_names() {
    let mut formulas = Formulas::new(vec!["x".to_string()]);
    let c = formulas.read("sqrt(1 - x^2)").unwrap();
    formulas.define("c".to_string(), c);
    let relation = formulas.read_relation("x*c >= diff(c, x)").unwrap();
    assert_eq!(formulas.show_relation(&relation), "x*c >= diff(c, x)");
    assert_eq!(
        formulas.show_definitions(&[relation.left]),
        ", where c = sqrt(1 - x^2)"
    );
    assert!(formulas.read_relation("x*c").is_err() && formulas.read_relation("x < c < 1").is_err());
}

/// Two roads to derivatives: the rules, and the coefficients of Taylor
/// arithmetic.
#[test]
fn derivatives_agree_with_taylor_coefficients() {
    for text in [
        "x",
        "7",
        "x^5 - 2*x^3 + x",
        "(x + 1)/(x^2 + 2)",
        "sqrt(x + 3)",
        "asin(x/2)",
        "acos(x/3)",
        "atan(2*x)",
        "x^(-3)",
        "asin(x)*sqrt(1 - x^2)/(x + 2)",
        "x/(sqrt(1 - x^2)*asin(x))",
        "(x - x^2)^3*atan(x)^2",
        "-x^2/pi",
        "asin(sqrt(x))^2",
        "y*x^2 + sqrt(y)",
        "(x^2)^0 + x",
        "diff(x^4, x)*x",
    ] {
        for order in 1..=4_u32 {
            let mut formulas = Formulas::new(vec!["x".to_string(), "y".to_string()]);
            let f = formulas.read(text).unwrap();
            let derivative = formulas.read(&format!("diff({text}, x, {order})")).unwrap();
            assert!(matches!(formulas.node(derivative), Node::Derivative { .. }));
            let point = |p, q| Interval::between(Some(&ratio(p, q)), Some(&ratio(p, q)), 128).unwrap();
            let (x, y) = (point(2, 5), point(5, 3));
            let parts = formulas.parts(&[derivative]);
            let values = formulas.evaluate(&parts, &[x.clone(), y.clone()], &x);
            let value = values.of(derivative).unwrap_or_else(|| panic!("{text} {order}"));
            let variable = Series::variable(&x, usize::try_from(order).unwrap()).unwrap();
            let constant = variable.constant(&ratio(5, 3)).unwrap();
            let series = formulas.evaluate(&formulas.parts(&[f]), &[variable.clone(), constant], &variable);
            let coefficient = series
                .of(f)
                .unwrap()
                .coefficient(usize::try_from(order).unwrap())
                .unwrap()
                .clone();
            let factorial = x.constant(&integer((1..=i64::from(order)).product())).unwrap();
            let difference = value
                .difference(&coefficient.product(&factorial).unwrap())
                .unwrap()
                .absolute();
            let tiny = Interval::integer(1, 128).scaled(-90).unwrap();
            assert!(
                tiny.difference(&difference).unwrap().certainly_positive(),
                "{text} {order}"
            );
        }
    }
}

/// A derivative is undefined where the formula is, even where no trace of it
/// is left in the rules' result.
#[test]
fn derivatives_keep_the_domain() {
    let defined = |text: &str, at: i64| {
        let (formulas, id) = read(text).unwrap();
        let x = Interval::integer(at, 64);
        formulas
            .evaluate(
                &formulas.parts(&[id]),
                &[x.clone(), Interval::integer(-1, 64)],
                &x,
            )
            .of(id)
            .is_some()
    };
    assert!(!defined("diff(x + sqrt(y), x)", 1));
    assert!(!defined("diff(x/0, x)", 1));
    assert!(!defined("diff(sqrt(x)^0, x)", 0) && defined("diff(sqrt(x)^0, x)", 1));
    assert!(!defined("diff(sqrt(x)*0, x)", 0));
    assert!(!defined("diff(asin(x), x)", 1) && defined("diff(asin(x), x)", 0));
    assert!(!defined("diff(sqrt(x^2), x)", 0));
}
