//! Progress on stderr, for a person who waits.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::time::Duration;

/// A progress bar on stderr if that is a terminal and `wanted`; otherwise
/// nothing is drawn. It disappears when dropped.
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// A bar that counts `total` pieces of work called `what` in the plural.
    pub(crate) fn new(wanted: bool, total: u64, what: &str) -> Self {
        let target = if wanted && std::io::stderr().is_terminal() {
            ProgressDrawTarget::stderr_with_hz(8)
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(Some(total), target);
        let template = "{bar:32} {human_pos} of {human_len} {msg}, about {eta} left";
        // The template is a constant; without it indicatif's own is used.
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("━╸─"));
        }
        bar.set_message(what.to_string());
        bar.enable_steady_tick(Duration::from_millis(250));
        Progress(bar)
    }

    /// Says that `more` pieces are finished.
    pub(crate) fn advance(&self, more: u64) {
        self.0.inc(more);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
