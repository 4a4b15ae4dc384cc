//! Ctrl-C: the first asks for a clean end, the second ends at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A flag that long work looks at between pieces.
#[derive(Debug, Clone, Default)]
pub(crate) struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// Starts to listen to SIGINT, SIGTERM and SIGHUP.
    ///
    /// If the system refuses a handler, an interruption simply ends the
    /// program, as without one; that is no reason to refuse to work.
    pub(crate) fn listen() -> Self {
        let interrupt = Interrupt::default();
        let flag = Arc::clone(&interrupt.0);
        let _ = ctrlc::set_handler(move || {
            if flag.swap(true, Ordering::SeqCst) {
                std::process::exit(3);
            }
        });
        interrupt
    }

    /// Whether the user asked to stop.
    pub(crate) fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// The flag itself, for code outside the command line.
    pub(crate) fn flag(&self) -> &AtomicBool {
        &self.0
    }
}
