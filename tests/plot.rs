//! Pictures show every certified datum, in the style of its kind, and are the
//! same bytes for the same data.

use copyavg::arithmetic::Precision;
use copyavg::certify::spectrum::Kind;
use copyavg::certify::verdict::Verdict;
use copyavg::experiment::phase::Phase;
use copyavg::experiment::threshold::Thresholds;
use copyavg::plot::{PlotError, losses, png, thresholds};
use resvg::usvg::{self, roxmltree};
use std::collections::BTreeSet;

fn limit() -> Precision {
    Precision::saturating(512)
}

fn phases(ks: &[u64]) -> Vec<Phase> {
    let row = |&k: &u64| (1..=k).map(move |n| Phase::of(n, k, limit()).unwrap());
    ks.iter().flat_map(row).collect()
}

fn at(ks: &[u64]) -> Vec<Thresholds> {
    let one = |&k: &u64| Thresholds::at(k, limit(), &|| true).unwrap();
    ks.iter().map(one).collect()
}

/// Parses the picture; all text must lie within the glyphs of the font.
fn parsed(svg: &str) -> roxmltree::Document<'_> {
    usvg::Tree::from_str(svg, &usvg::Options::default()).unwrap();
    assert!(svg.is_ascii());
    roxmltree::Document::parse(svg).unwrap()
}

fn marks<'a>(picture: &'a roxmltree::Document<'a>) -> Vec<roxmltree::Node<'a, 'a>> {
    let all = picture.descendants();
    all.filter(|node| node.attribute("class") == Some("mark"))
        .collect()
}

fn has_loss(phase: &&Phase) -> bool {
    matches!(phase.perturbed_copy, Some(Ok(_)))
}

/// (curve, kind, k, n) of everything drawn as a line, by class, and whether the
/// line is dashed.
fn lines(picture: &roxmltree::Document) -> BTreeSet<(String, String, u64, u64, Option<String>)> {
    let mut found = BTreeSet::new();
    for node in picture.descendants() {
        let Some(k) = node.attribute("data-k") else {
            continue;
        };
        let number = |name| node.attribute(name).unwrap().parse::<u64>().unwrap();
        let (curve, kind) = node.attribute("class").unwrap().split_once(' ').unwrap();
        for n in number("data-from")..=number("data-to") {
            let dash = node.attribute("stroke-dasharray").map(str::to_string);
            let line = (curve.to_string(), kind.to_string(), k.parse().unwrap(), n, dash);
            assert!(found.insert(line), "{k} {n} is drawn twice");
        }
    }
    found
}

fn expected(phases: &[Phase]) -> BTreeSet<(String, String, u64, u64, Option<String>)> {
    let mut all = BTreeSet::new();
    let mut add = |curve: &str, kind: Kind, phase: &Phase| {
        let dash = match kind {
            Kind::StrictLocalMinimum => None,
            Kind::StrictSaddle => Some("5 3.5".to_string()),
            Kind::Degenerate | Kind::Undecided => Some("0.1 3.6".to_string()),
        };
        let (k, n) = (phase.teachers, phase.neurons);
        all.insert((curve.to_string(), kind.word().to_string(), k, n, dash));
    };
    for phase in phases {
        add("copy-average", phase.copy_average_kind, phase);
        if let Some(Ok(found)) = &phase.perturbed_copy {
            add("perturbed-copy", found.member.spectrum.kind, phase);
        }
    }
    all
}

#[test]
fn every_certified_loss_has_a_mark_and_saddles_are_dashed() {
    let data = phases(&[3, 10, 20, 40, 60]);
    let svg = losses(&data).unwrap();
    let picture = parsed(&svg);
    assert_eq!(
        marks(&picture).len(),
        data.len() + data.iter().filter(has_loss).count()
    );
    assert_eq!(lines(&picture), expected(&data));
    assert!(svg.contains("Certified") && svg.contains("proved at every point"));
    for k in [3, 10, 20, 40, 60] {
        assert_eq!(svg.matches(&format!(">k = {k}</text>")).count(), 1);
    }
}

#[test]
fn what_is_not_decided_is_dotted_and_counted() {
    let mut data = phases(&[10]);
    data[3].copy_average_kind = Kind::Undecided;
    let svg = losses(&data).unwrap();
    let picture = parsed(&svg);
    assert_eq!(lines(&picture), expected(&data));
    assert!(svg.contains("proved at 9 of 10 points") && svg.contains("not decided"));
    let hollow = |node: &&roxmltree::Node| node.attribute("fill") == Some("#FFFFFF");
    assert_eq!(marks(&picture).iter().filter(hollow).count(), 1);
}

#[test]
fn rules_stand_at_the_thresholds_and_only_between_examined_neighbours() {
    let data = phases(&[40]);
    let svg = losses(&data).unwrap();
    for label in ["0.45", "0.75", "0.88"] {
        assert_eq!(svg.matches(&format!(">{label}</text>")).count(), 1, "{label}");
    }
    let even: Vec<Phase> = data
        .into_iter()
        .filter(|phase| phase.neurons.is_multiple_of(2))
        .collect();
    assert!(!losses(&even).unwrap().contains("class=\"rule\""));
}

#[test]
fn more_than_six_teacher_numbers_are_thinned_with_both_ends_kept() {
    let ks: Vec<u64> = (3..=20).collect();
    let svg = losses(&phases(&ks)).unwrap();
    let picture = parsed(&svg);
    let texts = picture.descendants().filter(|node| node.has_tag_name("text"));
    let names = texts.filter_map(|node| node.text()?.strip_prefix("k = "));
    assert_eq!(names.collect::<Vec<_>>(), ["3", "6", "10", "13", "17", "20"]);
}

#[test]
fn every_threshold_has_a_mark_hollow_if_not_proved() {
    let mut data = at(&[10, 30, 100, 300]);
    let hollow = |node: &&roxmltree::Node| node.attribute("fill") == Some("#FFFFFF");
    let svg = thresholds(&data).unwrap();
    let picture = parsed(&svg);
    assert_eq!(marks(&picture).len(), 12);
    assert_eq!(marks(&picture).iter().filter(hollow).count(), 0);
    let found = data[1].perturbed_lower_from.as_mut().unwrap();
    found.fails_beyond = Some(Verdict::Refuted("it holds there".to_string()));
    data[2].copy_average_minimum_to = None;
    let svg = thresholds(&data).unwrap();
    let picture = parsed(&svg);
    assert_eq!(marks(&picture).len(), 11);
    assert_eq!(marks(&picture).iter().filter(hollow).count(), 1);
}

#[test]
fn the_same_data_give_the_same_bytes_whatever_their_order() {
    let data = phases(&[5, 12]);
    let turned: Vec<Phase> = data.iter().rev().cloned().collect();
    assert_eq!(losses(&data), losses(&turned));
    let list = at(&[5, 12]);
    let turned: Vec<Thresholds> = list.iter().rev().cloned().collect();
    assert_eq!(thresholds(&list), thresholds(&turned));
    let svg = losses(&data).unwrap();
    assert_eq!(png(&svg, 1.0), png(&svg, 1.0));
}

#[test]
fn bitmaps_have_the_size_asked_for_and_text() {
    let picture = |text: &str| {
        let head = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"80\" height=\"20\">";
        png(&format!("{head}<text y=\"15\">{text}</text></svg>"), 1.5).unwrap()
    };
    let drawn = picture("loss");
    assert!(drawn.starts_with(b"\x89PNG\r\n\x1a\n"));
    assert_eq!(drawn[16..24], [0, 0, 0, 120, 0, 0, 0, 30]);
    assert_ne!(drawn, picture(""));
    assert_ne!(drawn, picture("load"));
}

/// Pictures to look at, in the folder for tests' files.
#[test]
fn pictures_of_both_kinds_are_drawn() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let pictures = [
        (losses(&phases(&[10, 20, 40, 60, 80, 100])), "losses"),
        (
            thresholds(&at(&[10, 18, 32, 56, 100, 178, 316, 562, 1000])),
            "thresholds",
        ),
    ];
    for (svg, name) in pictures {
        let svg = svg.unwrap();
        std::fs::write(folder.join(format!("{name}.svg")), &svg).unwrap();
        std::fs::write(folder.join(format!("{name}.png")), png(&svg, 2.0).unwrap()).unwrap();
    }
}

#[test]
fn nothing_to_draw_is_said_in_a_sentence() {
    assert_eq!(losses(&[]), Err(PlotError::Empty { what: "phases" }));
    assert_eq!(thresholds(&[]), Err(PlotError::Empty { what: "thresholds" }));
    let sentence = losses(&[]).unwrap_err().to_string();
    assert_eq!(sentence, "there is nothing to draw: no phases were given");
    assert!(matches!(png("loss", 1.0), Err(PlotError::NotSvg { .. })));
    let svg = losses(&phases(&[4])).unwrap();
    for scale in [0.0, -1.0, 1e9, f32::NAN, f32::INFINITY] {
        assert!(matches!(png(&svg, scale), Err(PlotError::Size { .. })), "{scale}");
    }
}
