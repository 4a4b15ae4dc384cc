//! The check of the floating-point environment must pass here and must fail
//! where the processor is put into another state.

use copyavg::arithmetic::environment::check;

#[test]
fn this_machine_passes() {
    check().unwrap();
}

#[cfg(target_arch = "x86_64")]
mod deranged {
    use super::check;
    use copyavg::arithmetic::environment::EnvironmentError;
    use std::arch::asm;

    const DEFAULT: u32 = 0x1f80;

    /// What [`check`] says with the given bits set in the control register.
    fn check_with(bits: u32) -> Result<(), EnvironmentError> {
        let (deranged, restored) = (DEFAULT | bits, DEFAULT);
        // SAFETY: `ldmxcsr` loads the control and status register of this
        // thread from a valid address. The compiler assumes the default state,
        // so nothing but `check`, which hides its numbers from the compiler,
        // runs before the state is restored.
        unsafe {
            asm!("ldmxcsr [{}]", in(reg) &raw const deranged, options(nostack));
        }
        let answer = check();
        // SAFETY: as above.
        unsafe {
            asm!("ldmxcsr [{}]", in(reg) &raw const restored, options(nostack));
        }
        answer
    }

    #[test]
    fn the_default_state_passes() {
        assert_eq!(check_with(0), Ok(()));
    }

    #[test]
    fn directed_rounding_is_found() {
        for mode in 1..=3 {
            assert_eq!(
                check_with(mode << 13),
                Err(EnvironmentError::Rounding),
                "mode {mode}"
            );
        }
    }

    #[test]
    fn flushing_to_zero_is_found() {
        assert_eq!(check_with(1 << 15), Err(EnvironmentError::Subnormals));
        assert_eq!(check_with(1 << 6), Err(EnvironmentError::Subnormals));
    }
}
