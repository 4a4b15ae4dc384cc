//! The certificates of the catalogue are accepted, and the example of the
//! format's description is what it says.

mod support;

use copyavg_checker::check;

#[test]
fn certificates_of_the_catalogue_are_accepted() {
    let catalogue = support::catalogue();
    assert!(catalogue.len() >= 25, "{}", catalogue.len());
    let mut claims = 0;
    for (name, text) in catalogue {
        let verified = check(&text).unwrap_or_else(|rejection| panic!("{name}: {rejection}"));
        assert_eq!(verified.theorem.as_deref(), Some(name.as_str()));
        assert_eq!(verified.claims.len(), support::blocks(&text).len());
        claims += verified.claims.len();
    }
    assert!(claims >= 60, "{claims}");
}

#[test]
fn the_example_of_the_format_is_accepted() {
    let page = include_str!("../../docs/certificate.md");
    let example = page.split("## Example").nth(1).unwrap();
    let boxes: Vec<&str> = example
        .split("```text\n")
        .skip(1)
        .map(|text| text.split("```").next().unwrap())
        .collect();
    let [certificate, answer] = boxes.as_slice() else {
        panic!("two boxes")
    };
    assert_eq!(format!("{}\n", check(certificate).unwrap()), *answer);
}
