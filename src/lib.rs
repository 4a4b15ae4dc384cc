//! # copyavg
//!
//! A symbolic-numeric theorem checker for the loss landscape of distilled
//! two-layer networks.
//!
//! ## The question
//!
//! A *teacher* f\*(x) = Σ_{p≤k} σ(v_p·x) with orthonormal v_p is distilled into
//! a *student* f(x) = Σ_{i≤n} a_i σ(w_i·x) with n < k neurons, under Gaussian
//! input and the loss L(W, a) = E[(f − f\*)²]. Şimşek, Bendjeddou, Gerstner and
//! Brea (NeurIPS 2023, arXiv:2311.01644) show for σ = erf that *copy-average*
//! configurations are critical points: each student neuron is the best fit of
//! its own bucket of ℓ_i teachers. Their loss is Σ L(ℓ_i) with
//! L(ℓ) = ℓ/3 − (2/π) ℓ² asin(1/(2ℓ)), which is discretely concave, so the best
//! of them copies n − 1 teachers and averages the rest.
//!
//! ## What is assumed, what is proved, how
//!
//! One mathematical fact is taken for granted (A1, the Gaussian kernel of erf),
//! and three about machine and libraries; `copyavg verify --assumptions` prints
//! them. Everything else that is called `proved` is decided by one of these:
//!
//! * **enclosures** ([`arithmetic`]): if each argument of an operation contains
//!   the real number meant, so does the result;
//! * **exact algebra** ([`formula::normal`]): an identity holds if the difference
//!   of both sides reduces to zero in a field with explicit radicals;
//! * **covers** ([`certify::sign`]): an inequality on a whole parameter range is
//!   settled cell by cell, with Taylor's theorem where both sides meet, and by
//!   Sturm's theorem for rational functions;
//! * **exact evaluation** ([`certify::copy_average`]): loss and gradient of the
//!   full student in the field of square roots and arcsines;
//! * **existence** ([`certify::krawczyk`]): exactly one zero of a system of
//!   equations in a box that its Krawczyk operator maps into its own interior;
//! * **certified comparison** ([`certify::ranking`], [`certify::concavity`]):
//!   losses ordered by disjoint enclosures;
//! * **Krawczyk's operator** ([`certify::krawczyk`], [`certify::family`]): a
//!   critical point exists in a box, and only one.
//!
//! The theorems themselves are data: the files of `proofs/`, read by
//! [`theorem`], each with its machine claims and the written derivation that
//! links them to the statement.
//!
//! ## Layers
//!
//! An arrow points to what may be imported; nothing points back.
//!
//! ```text
//! arithmetic <- formula, activation <- landscape <- configuration <- { find | certify } <- theorem <- experiment <- plot <- cli
//! ```
//!
//! [`find`] looks for points in floating point and may be wrong; [`certify`]
//! never imports it. Loss, gradient, Hessian and kernels are written once,
//! generic over [`arithmetic::Scalar`].
#![warn(missing_docs)]
#![forbid(unsafe_code)]
#![deny(clippy::float_arithmetic)]

pub mod activation;
pub mod arithmetic;
pub mod certify;
pub mod cli;
pub mod configuration;
pub mod experiment;
#[allow(clippy::float_arithmetic)]
pub mod find;
pub mod formula;
pub mod landscape;
#[allow(clippy::float_arithmetic)]
pub mod plot;
pub mod theorem;
