//! Families of students with few parameters.

pub mod blocks;
pub mod copy_average;
pub mod family;
pub mod loss_table;
pub mod partition;
