//! One panel: both losses at one k.

use super::axis::{Scale, apart, step};
use super::svg::{Anchor, Look, Shape, Svg};
use super::{COPY_AVERAGE, CROSSING, GRID, INK, PERTURBED_COPY, PlotError, QUIET};
use crate::arithmetic::Interval;
use crate::certify::spectrum::Kind;
use crate::experiment::phase::{Lower, Phase};
use num_traits::ToPrimitive;

/// Half the length of the line through a datum without neighbours: dash, gap,
/// dash (under the mark), gap, dash.
const STUB: f64 = 11.0;

/// The two configurations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Curve {
    CopyAverage,
    PerturbedCopy,
}

impl Curve {
    /// Its colour.
    pub(super) fn colour(self) -> &'static str {
        match self {
            Curve::CopyAverage => COPY_AVERAGE,
            Curve::PerturbedCopy => PERTURBED_COPY,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Curve::CopyAverage => "copy-average",
            Curve::PerturbedCopy => "perturbed-copy",
        }
    }
}

/// How a stretch of a curve is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Minimum,
    Saddle,
    Open,
}

impl Style {
    fn of(kind: Kind) -> Self {
        match kind {
            Kind::StrictLocalMinimum => Style::Minimum,
            Kind::StrictSaddle => Style::Saddle,
            Kind::Degenerate | Kind::Undecided => Style::Open,
        }
    }

    /// The pattern as an attribute.
    pub(super) fn dash(self) -> &'static str {
        match self {
            Style::Minimum => "",
            Style::Saddle => "stroke-dasharray=\"5 3.5\"",
            Style::Open => "stroke-dasharray=\"0.1 3.6\" stroke-linecap=\"round\"",
        }
    }

    fn width(self) -> f64 {
        match self {
            Style::Minimum | Style::Saddle => 1.6,
            Style::Open => 1.3,
        }
    }
}

/// One certified loss.
#[derive(Debug, Clone, Copy)]
struct Datum {
    neurons: u64,
    loss: f64,
    kind: Kind,
}

/// What one panel shows.
#[derive(Debug)]
pub(super) struct Panel {
    teachers: u64,
    copy_average: Vec<Datum>,
    perturbed_copy: Vec<Datum>,
    rules: Vec<(u64, &'static str)>,
    /// What was subtracted at each n.
    bases: Vec<(u64, f64)>,
}

impl Panel {
    /// The data of phases with one k, ascending in n.
    pub(super) fn of(phases: &[&Phase]) -> Result<Self, PlotError> {
        let (mut copy_average, mut perturbed_copy) = (Vec::new(), Vec::new());
        for phase in phases {
            copy_average.push(Datum {
                neurons: phase.neurons,
                loss: per_teacher(&phase.copy_average_loss, phase)?,
                kind: phase.copy_average_kind,
            });
            if let Some(Ok(found)) = &phase.perturbed_copy {
                perturbed_copy.push(Datum {
                    neurons: phase.neurons,
                    loss: per_teacher(&found.member.loss, phase)?,
                    kind: found.member.spectrum.kind,
                });
            }
        }
        Ok(Self {
            teachers: phases.first().map_or(1, |phase| phase.teachers),
            copy_average,
            perturbed_copy,
            rules: rules(phases),
            bases: Vec::new(),
        })
    }

    /// The losses, not per teacher, minus that of the best copy-average
    /// configuration.
    pub(super) fn differences(phases: &[&Phase]) -> Result<Self, PlotError> {
        let mut panel = Self::of(phases)?;
        let k = panel.teachers as f64;
        panel.bases = panel
            .copy_average
            .iter()
            .map(|datum| (datum.neurons, datum.loss * k))
            .collect();
        let bases = panel.bases.clone();
        for datum in panel.copy_average.iter_mut().chain(&mut panel.perturbed_copy) {
            let base = bases.iter().find(|(neurons, _)| *neurons == datum.neurons);
            datum.loss = datum.loss * k - base.map_or(0.0, |(_, base)| *base);
        }
        Ok(panel)
    }

    /// What was subtracted at n.
    pub(super) fn base(&self, neurons: u64) -> Option<f64> {
        let found = self.bases.iter().find(|(other, _)| *other == neurons);
        found.map(|(_, base)| *base)
    }

    /// A range that holds these values and both curves, with room above and below.
    pub(super) fn range(&self, values: Vec<f64>) -> (f64, f64) {
        let all = self.data().map(|datum| datum.loss).chain(values);
        let (low, high) = all.fold((0.0_f64, 0.0_f64), |(low, high), x| (low.min(x), high.max(x)));
        let room = ((high - low) * 0.12).max(1e-6);
        (low - room, high + room)
    }

    /// The highest loss.
    pub(super) fn highest(&self) -> f64 {
        self.data().map(|datum| datum.loss).fold(0.0, f64::max)
    }

    /// Whether something is drawn in this style.
    pub(super) fn has(&self, style: Style) -> bool {
        self.data().any(|datum| Style::of(datum.kind) == style)
    }

    fn data(&self) -> impl Iterator<Item = &Datum> {
        self.copy_average.iter().chain(&self.perturbed_copy)
    }
}

fn per_teacher(loss: &Interval, phase: &Phase) -> Result<f64, PlotError> {
    let middle = loss.midpoint().and_then(|middle| middle.to_f64());
    let finite = middle.filter(|middle| middle.is_finite());
    let loss = finite.ok_or(PlotError::Unbounded {
        neurons: phase.neurons,
        teachers: phase.teachers,
    })?;
    Ok(loss / phase.teachers as f64)
}

/// The neuron numbers at which something changes, where both neighbours were
/// examined and decided.
fn rules(phases: &[&Phase]) -> Vec<(u64, &'static str)> {
    let pairs = || {
        phases.windows(2).filter_map(|pair| match pair {
            [a, b] if b.neurons.checked_sub(a.neurons) == Some(1) => Some((*a, *b)),
            _ => None,
        })
    };
    let (minimum, saddle) = (Some(Kind::StrictLocalMinimum), Some(Kind::StrictSaddle));
    let first_minimum = pairs().find(|(a, b)| a.perturbed_kind() == saddle && b.perturbed_kind() == minimum);
    let crossing =
        pairs().find(|(a, b)| a.lower() == Lower::CopyAverage && b.lower() == Lower::PerturbedCopy);
    let mut last_minimum =
        pairs().filter(|(a, b)| Some(a.copy_average_kind) == minimum && Some(b.copy_average_kind) == saddle);
    let found = [
        first_minimum.map(|(_, b)| (b.neurons, PERTURBED_COPY)),
        crossing.map(|(_, b)| (b.neurons, CROSSING)),
        last_minimum.next_back().map(|(a, _)| (a.neurons, COPY_AVERAGE)),
    ];
    let mut rules: Vec<_> = found.into_iter().flatten().collect();
    rules.sort_by_key(|&(neurons, _)| neurons);
    rules
}

/// Draws a panel into the rectangle that both scales span.
pub(super) fn panel(svg: &mut Svg, data: &Panel, x: Scale, y: Scale, labelled: bool) {
    frame(svg, x, y, labelled);
    let k = data.teachers as f64;
    let mut labels: Vec<f64> = data.rules.iter().map(|&(n, _)| x.at(n as f64 / k)).collect();
    apart(&mut labels, 31.0, x.places.1 - 4.0);
    for (&(n, colour), label) in data.rules.iter().zip(labels) {
        let (at, top) = (x.at(n as f64 / k), y.places.1);
        let bend = [(at, y.places.0), (at, top), (label, top - 6.0)];
        svg.path(&bend, colour, 0.8, "stroke-opacity=\"0.6\" class=\"rule\"");
        let text = hundredths(n, data.teachers);
        svg.text((label, top - 10.0), 10.5, Anchor::Middle, colour, &text);
    }
    let name = format!("k = {}", data.teachers);
    svg.text(
        (x.places.0 + 10.0, y.places.0 - 11.0),
        12.5,
        Anchor::Start,
        INK,
        &name,
    );
    curves(svg, data, x, y);
}

/// Draws the rules alone, without their labels.
pub(super) fn rules_below(svg: &mut Svg, data: &Panel, x: Scale, y: Scale) {
    let k = data.teachers as f64;
    for &(n, colour) in &data.rules {
        let at = x.at(n as f64 / k);
        let line = [(at, y.places.0), (at, y.places.1)];
        svg.path(&line, colour, 0.8, "stroke-opacity=\"0.6\" class=\"rule\"");
    }
}

/// Draws both curves.
pub(super) fn curves(svg: &mut Svg, data: &Panel, x: Scale, y: Scale) {
    curve(svg, data, Curve::CopyAverage, &data.copy_average, x, y);
    curve(svg, data, Curve::PerturbedCopy, &data.perturbed_copy, x, y);
}

fn frame(svg: &mut Svg, x: Scale, y: Scale, labelled: bool) {
    let (left, right) = x.places;
    let (below, above) = y.places;
    let (step, decimals) = step(y.values.1, 4.0);
    let mut i = 0.0;
    while i * step <= y.values.1 {
        let at = y.at(i * step);
        if i > 0.0 {
            svg.path(&[(left, at), (right, at)], GRID, 0.7, "");
        }
        if labelled {
            let text = format!("{:.decimals$}", i * step);
            svg.text((left - 7.0, at + 3.7), 10.5, Anchor::End, QUIET, &text);
        }
        i += 1.0;
    }
    for i in 0..=5u8 {
        let share = f64::from(i) / 5.0;
        let at = x.at(share);
        svg.path(&[(at, below), (at, below + 4.0)], QUIET, 0.8, "");
        let text = super::svg::number(share);
        svg.text((at, below + 17.0), 10.5, Anchor::Middle, QUIET, &text);
    }
    svg.path(&[(left, above), (left, below), (right, below)], QUIET, 0.8, "");
}

/// Draws a curve: every datum owns the stretch up to the middle between it and
/// its neighbours, in the style of its kind.
fn curve(svg: &mut Svg, panel: &Panel, curve: Curve, data: &[Datum], x: Scale, y: Scale) {
    let k = panel.teachers as f64;
    let place = |datum: &Datum| (x.at(datum.neurons as f64 / k), y.at(datum.loss));
    let joined = |a: &Datum, b: &Datum| b.neurons.checked_sub(a.neurons) == Some(1);
    let (mut from, mut lead) = (0, None);
    for (i, datum) in data.iter().enumerate() {
        let next = data.get(i + 1).filter(|next| joined(datum, next));
        let style = Style::of(datum.kind);
        if next.is_some_and(|next| Style::of(next.kind) == style) {
            continue;
        }
        let run = &data[from..=i];
        let end = next.map(|next| middle(place(datum), place(next)));
        let mut points: Vec<_> = lead.into_iter().chain(run.iter().map(place)).chain(end).collect();
        if let [(x, y)] = points[..] {
            points = vec![(x - STUB, y), (x + STUB, y)];
        }
        let attributes = format!(
            "class=\"{} {}\" data-k=\"{}\" data-from=\"{}\" data-to=\"{}\" {}",
            curve.word(),
            datum.kind.word(),
            panel.teachers,
            run.first().map_or(0, |datum| datum.neurons),
            datum.neurons,
            style.dash()
        );
        svg.path(&points, curve.colour(), style.width(), attributes.trim_end());
        (from, lead) = (i + 1, end);
    }
    let roomy = (x.places.1 - x.places.0) / k >= 10.0;
    for datum in data {
        let look = match Style::of(datum.kind) {
            Style::Minimum | Style::Saddle if roomy => Look::Full(curve.colour()),
            Style::Open => Look::Hollow(curve.colour()),
            Style::Minimum | Style::Saddle => Look::Hidden,
        };
        let words = format!(
            "k = {}, n = {}: {}, {}, loss per teacher {:.6}",
            panel.teachers,
            datum.neurons,
            curve.word(),
            datum.kind.word(),
            datum.loss
        );
        svg.mark(Shape::Circle, place(datum), 2.1, look, &words);
    }
}

/// n/k to two decimals, halves upwards.
fn hundredths(n: u64, k: u64) -> String {
    let (n, k) = (u128::from(n), u128::from(k.max(1)));
    let rounded = (200 * n + k) / (2 * k);
    format!("{}.{:02}", rounded / 100, rounded % 100)
}

fn middle(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    (f64::midpoint(a.0, b.0), f64::midpoint(a.1, b.1))
}
