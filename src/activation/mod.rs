//! What two Gaussian neurons say to each other: the kernel
//! g(w, v) = E[σ(w·x) σ(v·x)] as a trait, one file per activation.
