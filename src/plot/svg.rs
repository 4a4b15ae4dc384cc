//! Writes SVG.

use super::{INK, QUIET};

/// The fonts of all text: the one that PNGs use, and two that are much like it.
const FONTS: &str = "DejaVu Sans, Verdana, sans-serif";

/// Which end of a text lies at its place.
#[derive(Debug, Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// What a mark looks like.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shape {
    Circle,
    Square,
    Triangle,
    Diamond,
}

/// A picture in the making.
#[derive(Debug)]
pub(super) struct Svg {
    body: String,
    width: f64,
    height: f64,
}

/// At most two decimals.
pub(super) fn number(x: f64) -> String {
    let text = format!("{x:.2}");
    let short = text.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" {
        "0".to_string()
    } else {
        short.to_string()
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

impl Svg {
    /// White paper with a name for readers that cannot see it.
    pub(super) fn new(width: f64, height: f64, name: &str) -> Self {
        Self {
            body: format!("<title>{}</title>\n", escaped(name)),
            width,
            height,
        }
    }

    /// The finished picture.
    pub(super) fn finish(self) -> String {
        let (width, height) = (number(self.width), number(self.height));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" font-family=\"{FONTS}\" role=\"img\">\n\
             <rect width=\"{width}\" height=\"{height}\" fill=\"#FFFFFF\"/>\n{}</svg>\n",
            self.body
        )
    }

    /// Text with its baseline at y.
    pub(super) fn text(&mut self, at: (f64, f64), size: f64, anchor: Anchor, colour: &str, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        self.body.push_str(&format!(
            "<text x=\"{}\" y=\"{}\" font-size=\"{}\" text-anchor=\"{anchor}\" fill=\"{colour}\">{}</text>\n",
            number(at.0),
            number(at.1),
            number(size),
            escaped(text)
        ));
    }

    /// The head of the picture.
    pub(super) fn heading(&mut self, x: f64, title: &str, remark: &str) {
        self.text((x, 36.0), 18.0, Anchor::Start, INK, title);
        self.text((x, 57.0), 11.5, Anchor::Start, QUIET, remark);
    }

    /// A polyline; `attributes` is put into the element as it is.
    pub(super) fn path(&mut self, points: &[(f64, f64)], colour: &str, width: f64, attributes: &str) {
        let steps: Vec<String> = points
            .iter()
            .map(|&(x, y)| format!("{} {}", number(x), number(y)))
            .collect();
        let gap = if attributes.is_empty() { "" } else { " " };
        self.body.push_str(&format!(
            "<path d=\"M{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{}\" \
             stroke-linejoin=\"round\"{gap}{attributes}/>\n",
            steps.join("L"),
            number(width)
        ));
    }

    /// A filled rectangle between a corner and the opposite one; pointing at it
    /// shows `words`.
    pub(super) fn area(&mut self, at: (f64, f64), size: (f64, f64), colour: &str, class: &str, words: &str) {
        self.body.push_str(&format!(
            "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{colour}\"><title>{}</title></rect>\n",
            number(at.0),
            number(at.1),
            number(size.0),
            number(size.1),
            escaped(words)
        ));
    }

    /// A mark of radius `r` around a place: full, or hollow. Pointing at it shows
    /// `words`.
    pub(super) fn mark(&mut self, shape: Shape, at: (f64, f64), r: f64, look: Look, words: &str) {
        let ((x, y), name) = (at, "class=\"mark\"");
        let shape = match shape {
            Shape::Circle => format!(
                "<circle {name} cx=\"{}\" cy=\"{}\" r=\"{}\"",
                number(x),
                number(y),
                number(r)
            ),
            Shape::Square => format!(
                "<rect {name} x=\"{}\" y=\"{}\" width=\"{s}\" height=\"{s}\"",
                number(x - 0.9 * r),
                number(y - 0.9 * r),
                s = number(1.8 * r)
            ),
            Shape::Triangle => format!(
                "<path {name} d=\"M{} {}L{} {}L{} {}Z\"",
                number(x),
                number(y - 1.2 * r),
                number(x + 1.1 * r),
                number(y + 0.8 * r),
                number(x - 1.1 * r),
                number(y + 0.8 * r)
            ),
            Shape::Diamond => format!(
                "<path {name} d=\"M{} {}L{} {}L{} {}L{} {}Z\"",
                number(x),
                number(y - 1.25 * r),
                number(x + 1.25 * r),
                number(y),
                number(x),
                number(y + 1.25 * r),
                number(x - 1.25 * r),
                number(y)
            ),
        };
        let look = match look {
            Look::Full(colour) => format!("fill=\"{colour}\""),
            Look::Hollow(colour) => format!("fill=\"#FFFFFF\" stroke=\"{colour}\" stroke-width=\"1.1\""),
            Look::Hidden => "fill=\"#FFFFFF\" fill-opacity=\"0\"".to_string(),
        };
        let words = escaped(words);
        self.body.push_str(&format!(
            "{shape} {look}><title>{words}</title></{}>\n",
            tag(&shape)
        ));
    }
}

/// The element's name.
fn tag(element: &str) -> &str {
    element.trim_start_matches('<').split(' ').next().unwrap_or("")
}

/// The surface of a mark.
#[derive(Debug, Clone, Copy)]
pub(super) enum Look {
    /// Filled with a colour.
    Full(&'static str),
    /// White with an edge of that colour.
    Hollow(&'static str),
    /// Felt by the pointer only.
    Hidden,
}
