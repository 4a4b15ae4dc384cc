//! Verdicts, from enclosures and exact algebra alone.
