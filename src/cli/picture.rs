//! Pictures, as SVG or PNG by the name of the file, and their data beside.

use crate::cli::error::Failure;
use crate::cli::options::Options;
use crate::cli::output::Output;
use crate::plot::{PlotError, png};
use std::path::{Path, PathBuf};

/// Pixels of a PNG per unit of length of the picture.
const SCALE: f32 = 2.0;

/// Reads the name of a picture.
pub(crate) fn path(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("svg" | "png") => Ok(path),
        _ => Err("a picture is FILE.svg or FILE.png".to_string()),
    }
}

/// A picture's file, opened before the work that it shows.
pub(crate) struct Picture {
    bitmap: bool,
    output: Output,
}

impl Picture {
    pub(crate) fn open(path: Option<&Path>, options: &Options) -> Result<Option<Self>, Failure> {
        let Some(path) = path else {
            return Ok(None);
        };
        Ok(Some(Self {
            bitmap: path.extension().is_some_and(|extension| extension == "png"),
            output: Output::open_path(Some(path), options.force)?,
        }))
    }

    /// Writes what was drawn.
    pub(crate) fn finish(mut self, drawn: Result<String, PlotError>) -> Result<(), Failure> {
        let no_picture = |error: PlotError| Failure::bad_input(format!("there is no picture: {error}"));
        let svg = drawn.map_err(no_picture)?;
        if self.bitmap {
            self.output.write_bytes(&png(&svg, SCALE).map_err(no_picture)?)?;
        } else {
            self.output.write(&svg)?;
        }
        self.output.finish()
    }
}

/// A picture's file and that of its data, which has the same name with `.csv`.
pub(crate) struct WithData {
    picture: Picture,
    data: Output,
}

impl WithData {
    /// Opens both, before the work that they show.
    pub(crate) fn open(path: Option<&Path>, options: &Options) -> Result<Option<Self>, Failure> {
        let Some(picture) = Picture::open(path, options)? else {
            return Ok(None);
        };
        let beside = path.map(|path| path.with_extension("csv"));
        if beside.is_some() && beside == options.output {
            let name = beside.unwrap_or_default();
            return Err(Failure::bad_input(format!(
                "{} is where the picture's data go: choose another name for --output or --plot",
                name.display()
            )));
        }
        Ok(Some(Self {
            picture,
            data: Output::open_path(beside.as_deref(), options.force)?,
        }))
    }

    /// Writes what was drawn and the data as CSV.
    pub(crate) fn finish(mut self, drawn: Result<String, PlotError>, data: &str) -> Result<(), Failure> {
        self.data.write(data)?;
        self.picture.finish(drawn)?;
        self.data.finish()
    }
}
