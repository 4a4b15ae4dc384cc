//! The language in which theorems are stated: expressions with exact constants,
//! read from text, evaluated in any arithmetic, differentiated and compared exactly.
