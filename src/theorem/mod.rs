//! The catalogue of theorems, its language of claims, and its judge.
