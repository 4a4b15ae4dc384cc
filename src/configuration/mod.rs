//! Families of students with few parameters.
