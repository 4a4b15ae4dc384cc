//! `global-optimum`: cells found by a separate program in doubles, and what
//! happens to a certificate when one of its numbers is changed.

mod support;

use support::{accepted, invalid, unreadable};

const EIGHT: &str = "k 8 | n 4..4 | local 3/20 | middle 29/100 | near 39/256 5/32 41/256 21/128 11/64 23/128 3/16 13/64 7/32 \
15/64 1/4 17/64 9/32 | far 1/16 3/32 1/8 5/32 11/64 3/16 25/128 13/64 27/128 7/32 29/128 15/64 31/128 1/4 33/128 17/64 9/32 \
19/64 5/16 11/32 3/8 7/16 1/2 5/8 3/4";
const ALL: &str = "k 100..infinity | n 2..1/2*k | local 163/1000 | middle 29/100 | near 21/128 85/512 43/256 11/64 45/256 \
23/128 3/16 25/128 13/64 27/128 7/32 29/128 15/64 31/128 1/4 33/128 17/64 35/128 9/32 | far 1/8 1/4 3/8 1/2 5/8 11/16 3/4 \
13/16 7/8 15/16";
const FIFTY: &str = "k 50 | n 2..25 | local 17/100 | middle 29/100 | near 3/16 13/64 7/32 15/64 1/4 17/64 | far 1/4 3/8 1/2 5/8 \
3/4 7/8 15/16";

fn whole(groups: &[&str]) -> String {
    format!(
        "claim global-optimum | activation erf | {} | proof rows",
        groups.join(" | ")
    )
}

fn changed(group: &str, from: &str, to: &str) -> String {
    let text = whole(&[group]);
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1)
}

#[test]
fn true_claims_are_accepted() {
    let eight = accepted(&whole(&[EIGHT]));
    assert!(eight.contains("k = 8 and n = 4: every f ="), "{eight}");
    let all = accepted(&whole(&[ALL]));
    assert!(all.contains("all k >= 100 and 2 <= n <= k/2: every f ="), "{all}");
    let three = accepted(&whole(&[EIGHT, FIFTY, ALL]));
    assert!(
        three.contains("k = 8 and n = 4; k in 50..50 and 2 <= n <= k/2; all k >= 100 and"),
        "{three}"
    );
    assert!(three.contains("E(f - f*)^2 >= L(k-n+1)") && three.contains("activation erf(x/sqrt(2))"));
    // Fewer neurons, finer cells, a more cautious e0.
    for (from, to) in [
        ("n 4..4", "n 2..4"),
        ("n 4..4", "n 2..3"),
        ("near 39/256", "near 77/512 39/256"),
        ("far 1/16", "far 1/32 1/16"),
        ("local 3/20", "local 151/1000"),
        ("middle 29/100", "middle 3/10"),
    ] {
        accepted(&changed(EIGHT, from, to));
    }
    accepted(&changed(ALL, "k 100", "k 101"));
    accepted(&changed(ALL, "1/2*k", "49/100*k"));
}

/// False claims, or true ones with a witness that is too weak.
#[test]
fn weak_witnesses_are_refused() {
    for (from, to) in [
        // More neurons, fewer teachers.
        ("n 4..4", "n 5..5"),
        ("n 4..4", "n 4..5"),
        ("n 4..4", "n 2..5"),
        ("k 8", "k 7"),
        ("k 8", "k 6"),
        // B(e0) < 0; (A) fails at once; (B) too early; (A) too late.
        ("local 3/20", "local 7/40 | middle 29/100 | near 3/16 |"),
        ("near 39/256 5/32", "near 5/32"),
        ("9/32 | far", "3/10 | far"),
        ("middle 29/100", "middle 37/100"),
        // Missing cuts.
        ("near 39/256 ", "near "),
        (" 9/32 | far", " | far"),
        ("far 1/16 3/32 1/8 5/32", "far 5/32"),
        ("25/128 13/64", "13/64"),
        ("29/128 15/64 31/128", "15/64"),
        (" 5/8 3/4", ""),
    ] {
        let text = changed(EIGHT, from, to);
        let refused = copyavg_checker::check(&support::claim(&text));
        assert!(refused.is_err(), "{to}");
    }
    invalid(&changed(EIGHT, "n 4..4", "n 5..5"));
    invalid(&changed(EIGHT, "n 4..4", "n 2..5"));
    invalid(&changed(EIGHT, "near 39/256 5/32", "near 5/32"));
    invalid(&changed(EIGHT, "25/128 13/64", "13/64"));
    invalid(&changed(EIGHT, "local 3/20", "local 14/100"));
    for (from, to) in [
        ("k 100", "k 60"),
        ("1/2*k", "53/100*k"),
        ("1/2*k", "3/5*k"),
        ("local 163/1000", "local 7/50"),
        ("21/128 85/512", "11/64"),
        ("7/8 15/16", "7/8"),
    ] {
        let refused = copyavg_checker::check(&support::claim(&changed(ALL, from, to)));
        assert!(refused.is_err(), "{to}");
    }
    // One bad group among good ones.
    invalid(&whole(&[FIFTY, &EIGHT.replacen("n 4..4", "n 5..5", 1), ALL]));
}

/// B(e0) > 0 and not at the next thousandth: the bound is no weaker than it is.
#[test]
fn the_local_bound_ends_where_it_should() {
    // B(171/1000) = 0.0000137…, B(172/1000) < 0 at (8, 4).
    let rest = "middle 29/100 | near 23/128 3/16 13/64 7/32 15/64 1/4 17/64 9/32";
    let start = EIGHT.find("middle").unwrap();
    let far = EIGHT.find("| far").unwrap();
    let with = |local: &str| {
        format!(
            "{}local {local} | {rest} {}",
            &EIGHT[..EIGHT.find("local").unwrap()],
            &EIGHT[far..]
        )
    };
    assert!(start < far);
    accepted(&whole(&[&with("171/1000")]));
    invalid(&whole(&[&with("172/1000")]));
}

#[test]
fn other_forms_are_unreadable() {
    for (from, to) in [
        ("n 4..4", "n 4"),
        ("n 4..4", "n 1..4"),
        ("n 4..4", "n 4..8"),
        ("n 4..4", "n 4..3"),
        ("n 4..4", "n 04..4"),
        ("n 4..4", "n 2..1/2*k"),
        ("k 8 ", "k 08 "),
        ("k 8 ", "k -8 "),
        ("k 8 ", "k 2 "),
        ("k 8 ", "k 1000000000001 "),
        ("k 8 ", "k 8..infinity "),
        ("k 8 ", "k 8..9 "),
        ("local 3/20", "local 0"),
        ("local 3/20", "local -3/20"),
        ("local 3/20", "local 51/100"),
        ("local 3/20", "local 0.15"),
        ("local 3/20", "local 3/10"),
        ("middle 29/100", "middle 14/100"),
        ("middle 29/100", "middle 63/100"),
        ("39/256 5/32", "5/32 39/256"),
        ("39/256 5/32", "39/256 39/256"),
        ("near 39/256", "near 1/8 39/256"),
        ("near 39/256", "near 3/20 39/256"),
        ("9/32 | far", "9/32 1/3 | far"),
        ("far 1/16", "far 0 1/16"),
        ("5/8 3/4", "5/8 3/4 7/8"),
        ("5/8 3/4", "5/8 3/4 1"),
        ("activation erf", "activation erf:2"),
        ("activation erf", "activation erf-printed"),
        ("| proof rows", "| proof cover"),
        ("| proof rows", "| k 9 | proof rows"),
        ("| proof rows", "| proof rows | near 1/2"),
        ("| near", "| near | near"),
        ("middle 29/100 |", ""),
    ] {
        unreadable(&changed(EIGHT, from, to));
    }
    for (from, to) in [
        ("1/2*k", "k/2"),
        ("1/2*k", "0*k"),
        ("1/2*k", "1*k"),
        ("1/2*k", "-1/2*k"),
        ("2..1/2", "3..1/2"),
        ("n 2..1/2*k", "n 2..50"),
        ("1/2*k", "72/100*k"),
        ("15/16", "15/16 1"),
    ] {
        unreadable(&changed(ALL, from, to));
    }
    unreadable("claim global-optimum | activation erf | proof rows");
    // More work than a checker should be made to do.
    let many = EIGHT.replacen("k 8 | n 4..4", "k 1000000 | n 2..100002", 1);
    unreadable(&whole(&[&many]));
}
