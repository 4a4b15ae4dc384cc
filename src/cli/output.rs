//! Where results go: stdout, or a file under a temporary name until it is
//! complete.

use super::error::Failure;
use super::options::Options;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// An open destination.
pub(crate) enum Output {
    /// Standard output.
    Standard(BufWriter<io::Stdout>),
    /// A file that does not have its name yet.
    File {
        writer: BufWriter<NamedTempFile>,
        path: PathBuf,
        force: bool,
    },
}

impl Output {
    /// Opens what the options name.
    pub(crate) fn open(options: &Options) -> Result<Self, Failure> {
        let Some(path) = &options.output else {
            return Ok(Output::Standard(BufWriter::new(io::stdout())));
        };
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let file = NamedTempFile::new_in(folder)
            .map_err(|error| Failure::bad_input(format!("cannot write to {}: {error}", path.display())))?;
        Ok(Output::File {
            writer: BufWriter::new(file),
            path: path.clone(),
            force: options.force,
        })
    }

    fn name(&self) -> String {
        match self {
            Output::Standard(_) => "standard output".to_string(),
            Output::File { path, .. } => path.display().to_string(),
        }
    }

    fn failure(&self, error: io::Error) -> Failure {
        if error.kind() == ErrorKind::BrokenPipe {
            Failure::ClosedPipe
        } else {
            Failure::Output {
                to: self.name(),
                source: error,
            }
        }
    }

    /// Writes `text` as it stands.
    pub(crate) fn write(&mut self, text: &str) -> Result<(), Failure> {
        let result = match self {
            Output::Standard(writer) => writer.write_all(text.as_bytes()),
            Output::File { writer, .. } => writer.write_all(text.as_bytes()),
        };
        result.map_err(|error| self.failure(error))
    }

    /// Makes everything written so far visible (a file: under its name).
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        let flushed = match &mut self {
            Output::Standard(writer) => writer.flush(),
            Output::File { writer, .. } => writer.flush(),
        };
        flushed.map_err(|error| self.failure(error))?;
        let Output::File { writer, path, force } = self else {
            return Ok(());
        };
        let failed = |source| Failure::Output {
            to: path.display().to_string(),
            source,
        };
        let file = writer.into_inner().map_err(|error| failed(error.into_error()))?;
        file.as_file().sync_all().map_err(failed)?;
        let renamed = if force {
            file.persist(&path)
        } else {
            file.persist_noclobber(&path)
        };
        renamed.map(|_| ()).map_err(|error| failed(error.error))
    }
}
