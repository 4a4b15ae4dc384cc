//! Where a result goes: standard output, or a file that appears when it is
//! complete.

use super::error::Failure;
use super::options::Options;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

const BUFFER: usize = 1 << 16;

/// An open result.
pub(crate) struct Output {
    /// What it is called in messages.
    name: String,
    target: Target,
}

enum Target {
    Stream(BufWriter<Box<dyn Write>>),
    File {
        temporary: BufWriter<NamedTempFile>,
        path: PathBuf,
        force: bool,
    },
}

impl Output {
    /// What the options name.
    pub(crate) fn open(options: &Options) -> Result<Self, Failure> {
        Self::open_path(options.output.as_deref(), options.force)
    }

    /// Standard output.
    pub(crate) fn standard() -> Self {
        Output {
            name: "standard output".to_string(),
            target: Target::Stream(BufWriter::with_capacity(BUFFER, Box::new(io::stdout()))),
        }
    }

    /// The file `path`, which takes its place when [`Output::finish`] is
    /// called; or standard output if `path` is `None`.
    ///
    /// A device or a named pipe is written to directly, and a symbolic link is
    /// followed: neither is replaced.
    ///
    /// # Errors
    /// Bad input if the file exists and `force` is not set, or if its folder
    /// does not let us write.
    pub(crate) fn open_path(path: Option<&Path>, force: bool) -> Result<Self, Failure> {
        let Some(path) = path else {
            return Ok(Self::standard());
        };
        let name = path.display().to_string();
        let refused = |why: String| Failure::bad_input(format!("cannot write {name}: {why}"));
        let target = match std::fs::metadata(path) {
            Ok(found) if found.is_dir() => return Err(refused("it is a folder".to_string())),
            Ok(found) if !found.is_file() => {
                let device = File::options()
                    .write(true)
                    .open(path)
                    .map_err(|error| refused(reason(&error)))?;
                Target::Stream(BufWriter::with_capacity(BUFFER, Box::new(device)))
            }
            Ok(_) if !force => {
                return Err(refused("it exists already; replace it with --force".to_string()));
            }
            found => {
                let path = match found {
                    Ok(_) => path.canonicalize().map_err(|error| refused(reason(&error)))?,
                    Err(_) => path.to_path_buf(),
                };
                let folder = match path.parent() {
                    Some(parent) if !parent.as_os_str().is_empty() => parent,
                    _ => Path::new("."),
                };
                let temporary = temporary_in(folder).map_err(|error| refused(reason(&error)))?;
                Target::File {
                    temporary: BufWriter::with_capacity(BUFFER, temporary),
                    path,
                    force,
                }
            }
        };
        Ok(Output { name, target })
    }

    /// Appends text.
    pub(crate) fn write(&mut self, text: &str) -> Result<(), Failure> {
        self.write_bytes(text.as_bytes())
    }

    /// Appends bytes.
    pub(crate) fn write_bytes(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let written = match &mut self.target {
            Target::Stream(stream) => stream.write_all(bytes),
            Target::File { temporary, .. } => temporary.write_all(bytes),
        };
        written.map_err(|error| failure(&self.name, &error))
    }

    /// Hands over what was written so far to whoever reads standard output.
    pub(crate) fn flush(&mut self) -> Result<(), Failure> {
        let flushed = match &mut self.target {
            Target::Stream(stream) => stream.flush(),
            Target::File { .. } => Ok(()),
        };
        flushed.map_err(|error| failure(&self.name, &error))
    }

    /// Everything was written: a file takes its name now.
    pub(crate) fn finish(mut self) -> Result<(), Failure> {
        self.flush()?;
        let name = self.name;
        let Target::File {
            temporary,
            path,
            force,
        } = self.target
        else {
            return Ok(());
        };
        let temporary = temporary
            .into_inner()
            .map_err(|error| failure(&name, &error.into_error()))?;
        temporary
            .as_file()
            .sync_all()
            .map_err(|error| failure(&name, &error))?;
        let persisted = if force {
            temporary.persist(&path)
        } else {
            temporary.persist_noclobber(&path)
        };
        match persisted {
            Ok(_) => Ok(()),
            Err(error) => Err(failure(&name, &error.error)),
        }
    }
}

/// A temporary file with the permissions that any new file would have.
fn temporary_in(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".copyavg-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// What it means that writing failed.
pub(crate) fn failure(name: &str, source: &io::Error) -> Failure {
    if source.kind() == io::ErrorKind::BrokenPipe {
        return Failure::ClosedPipe;
    }
    Failure::Output {
        to: name.to_string(),
        why: reason(source),
    }
}

/// The system's reason without error numbers, paths and capitals.
pub(crate) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::StorageFull => "no space is left on the device".to_string(),
        io::ErrorKind::NotFound => "there is no such folder".to_string(),
        io::ErrorKind::PermissionDenied => "permission denied".to_string(),
        io::ErrorKind::NotADirectory => "a part of its path is not a folder".to_string(),
        io::ErrorKind::ReadOnlyFilesystem => "the file system is read-only".to_string(),
        io::ErrorKind::AlreadyExists => "it exists already; replace it with --force".to_string(),
        io::ErrorKind::InvalidFilename => "the name is not allowed".to_string(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_appears_only_when_finished() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("table.txt");
        let mut output = Output::open_path(Some(&path), false).unwrap();
        output.write("half").unwrap();
        assert!(!path.exists());
        output.finish().unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "half");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn an_abandoned_file_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("table.txt");
        let mut output = Output::open_path(Some(&path), false).unwrap();
        output.write("half").unwrap();
        drop(output);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_file_that_appears_meanwhile_is_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("table.txt");
        let mut output = Output::open_path(Some(&path), false).unwrap();
        output.write("ours").unwrap();
        std::fs::write(&path, "theirs").unwrap();
        assert!(matches!(output.finish(), Err(Failure::Output { .. })));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "theirs");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_followed_and_a_device_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        std::fs::write(&file, "old").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        let mut output = Output::open_path(Some(&link), true).unwrap();
        output.write("new").unwrap();
        output.finish().unwrap();
        assert!(link.symlink_metadata().unwrap().is_symlink());
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "new");

        let mut output = Output::open_path(Some(Path::new("/dev/null")), true).unwrap();
        output.write("gone").unwrap();
        output.finish().unwrap();
        assert!(!Path::new("/dev/null").metadata().unwrap().is_file());
    }
}
