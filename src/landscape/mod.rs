//! The population loss of a student against its teacher, its gradient and its
//! Hessian: written once, generic over the number type.
