//! From SVG to pixels.

use super::PlotError;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

/// DejaVu Sans, reduced to the glyphs that labels may need; its licence is in
/// the same folder.
const FONT: &[u8] = include_bytes!("font/DejaVuSans-subset.ttf");

/// The most pixels along either side.
const SIDE: u32 = 16_384;

/// A PNG of an SVG picture, `scale` pixels per unit of length. All text is set
/// in the font that is part of the crate; fonts of the machine are not looked at.
///
/// # Errors
/// If `svg` is no SVG picture, or has no pixel or too many at this scale.
pub fn png(svg: &str, scale: f32) -> Result<Vec<u8>, PlotError> {
    let mut options = Options {
        font_family: "DejaVu Sans".to_string(),
        ..Options::default()
    };
    options.fontdb_mut().load_font_data(FONT.to_vec());
    let tree = Tree::from_str(svg, &options).map_err(|error| PlotError::NotSvg {
        why: error.to_string(),
    })?;
    let pixels = |length: f32| (length * scale).ceil() as u32;
    let (width, height) = (pixels(tree.size().width()), pixels(tree.size().height()));
    let mut pixmap = Some((width, height))
        .filter(|_| scale.is_finite() && width <= SIDE && height <= SIDE)
        .and_then(|_| Pixmap::new(width, height))
        .ok_or(PlotError::Size { width, height })?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    pixmap.encode_png().map_err(|error| PlotError::Encoding {
        why: error.to_string(),
    })
}
