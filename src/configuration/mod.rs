//! Families of students with few parameters.

pub mod copy_average;
pub mod loss_table;
pub mod partition;
