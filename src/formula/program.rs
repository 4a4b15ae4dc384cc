//! Formulas compiled to straight-line programs.

use super::{Formula, traverse};
use crate::arithmetic::{Rational, Scalar};
use num_traits::ToPrimitive;
use std::collections::HashMap;
use std::sync::Arc;

/// A variable of a formula that has no value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the variable {name:?} has no value")]
pub struct UnboundVariable {
    /// The variable.
    pub name: String,
}

/// One instruction; operands are numbers of earlier instructions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Instruction {
    Integer(i64),
    /// A number in the list of constants.
    Constant(usize),
    Pi,
    /// A number in the list of arguments.
    Argument(usize),
    Neg(usize),
    Add(usize, usize),
    Sub(usize, usize),
    Mul(usize, usize),
    Div(usize, usize),
    Square(usize),
    Power(usize, i32),
    Sqrt(usize),
    Asin(usize),
    Acos(usize),
    Atan(usize),
}

/// A list of formulas in the same variables, in which equal subexpressions are
/// computed once.
///
/// Subexpressions are equal if they are so as text, up to the order of the two
/// operands of a sum or product; a product of equal factors becomes a square.
#[derive(Debug, Clone)]
pub struct Program {
    instructions: Vec<Instruction>,
    constants: Vec<Rational>,
    outputs: Vec<usize>,
    arguments: usize,
}

impl Program {
    /// Compiles `formulas`, whose variables must be among `variables`.
    ///
    /// # Errors
    /// The first variable that is not.
    pub fn compile<S: AsRef<str>>(formulas: &[Formula], variables: &[S]) -> Result<Self, UnboundVariable> {
        let mut numbering = Numbering::new(variables);
        let roots: Vec<&Formula> = formulas.iter().collect();
        let mut numbers: HashMap<*const Formula, usize> = HashMap::new();
        for part in traverse::postorder(&roots) {
            // Operands come before the operation, so they have numbers.
            let number = numbering.number_of(part, |u| numbers[&Arc::as_ptr(u)])?;
            numbers.insert(std::ptr::from_ref(part), number);
        }
        Ok(Self {
            outputs: roots
                .iter()
                .map(|root| numbers[&std::ptr::from_ref(*root)])
                .collect(),
            instructions: numbering.instructions,
            constants: numbering.constants,
            arguments: variables.len(),
        })
    }

    /// The number of instructions.
    #[must_use]
    pub fn len(&self) -> usize {
        self.instructions.len()
    }

    /// Whether there is nothing to compute.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.outputs.is_empty()
    }

    /// The values of the formulas, in the order they were given, where the
    /// variables have the values `arguments` (in the order of `compile`).
    ///
    /// # Panics
    /// If the number of arguments is not the number of variables.
    pub fn run<T: Scalar>(&self, context: &T, arguments: &[T]) -> Vec<T> {
        assert_eq!(arguments.len(), self.arguments, "one argument per variable");
        let mut values: Vec<T> = Vec::with_capacity(self.instructions.len());
        for instruction in &self.instructions {
            let value = match *instruction {
                Instruction::Integer(n) => context.integer(n),
                Instruction::Constant(c) => context.rational(&self.constants[c]),
                Instruction::Pi => context.pi(),
                Instruction::Argument(a) => arguments[a].clone(),
                Instruction::Neg(u) => -values[u].clone(),
                Instruction::Add(u, v) => values[u].clone() + &values[v],
                Instruction::Sub(u, v) => values[u].clone() - &values[v],
                Instruction::Mul(u, v) => values[u].clone() * &values[v],
                Instruction::Div(u, v) => values[u].clone() / &values[v],
                Instruction::Square(u) => values[u].square(),
                Instruction::Power(u, n) => values[u].powi(n),
                Instruction::Sqrt(u) => values[u].sqrt(),
                Instruction::Asin(u) => values[u].asin(),
                Instruction::Acos(u) => values[u].acos(),
                Instruction::Atan(u) => values[u].atan(),
            };
            values.push(value);
        }
        self.outputs
            .iter()
            .map(|&output| values[output].clone())
            .collect()
    }
}

/// Instructions numbered so that equal ones share their number.
struct Numbering<'a> {
    arguments: HashMap<&'a str, usize>,
    instructions: Vec<Instruction>,
    numbers: HashMap<Instruction, usize>,
    constants: Vec<Rational>,
    constant_numbers: HashMap<Rational, usize>,
}

impl<'a> Numbering<'a> {
    fn new<S: AsRef<str>>(variables: &'a [S]) -> Self {
        let arguments = variables
            .iter()
            .enumerate()
            .map(|(a, name)| (name.as_ref(), a))
            .collect();
        Self {
            arguments,
            instructions: Vec::new(),
            numbers: HashMap::new(),
            constants: Vec::new(),
            constant_numbers: HashMap::new(),
        }
    }

    fn number_of(
        &mut self,
        part: &Formula,
        number: impl Fn(&Arc<Formula>) -> usize,
    ) -> Result<usize, UnboundVariable> {
        let sorted = |u: usize, v: usize| (u.min(v), u.max(v));
        let instruction = match part {
            Formula::Constant(q) => self.constant(q),
            Formula::Pi => Instruction::Pi,
            Formula::Variable(name) => match self.arguments.get(&**name) {
                Some(&argument) => Instruction::Argument(argument),
                None => {
                    return Err(UnboundVariable {
                        name: name.to_string(),
                    });
                }
            },
            Formula::Neg(u) => Instruction::Neg(number(u)),
            Formula::Add(u, v) => {
                let (u, v) = sorted(number(u), number(v));
                Instruction::Add(u, v)
            }
            Formula::Sub(u, v) => Instruction::Sub(number(u), number(v)),
            Formula::Mul(u, v) => match sorted(number(u), number(v)) {
                (u, v) if u == v => Instruction::Square(u),
                (u, v) => Instruction::Mul(u, v),
            },
            Formula::Div(u, v) => Instruction::Div(number(u), number(v)),
            Formula::Power(u, 1) => return Ok(number(u)),
            Formula::Power(u, 2) => Instruction::Square(number(u)),
            Formula::Power(u, n) => Instruction::Power(number(u), *n),
            Formula::Sqrt(u) => Instruction::Sqrt(number(u)),
            Formula::Asin(u) => Instruction::Asin(number(u)),
            Formula::Acos(u) => Instruction::Acos(number(u)),
            Formula::Atan(u) => Instruction::Atan(number(u)),
        };
        let next = self.instructions.len();
        let number = *self.numbers.entry(instruction).or_insert(next);
        if number == next {
            self.instructions.push(instruction);
        }
        Ok(number)
    }

    fn constant(&mut self, q: &Rational) -> Instruction {
        if q.is_integer()
            && let Some(n) = q.numer().to_i64()
        {
            return Instruction::Integer(n);
        }
        let next = self.constants.len();
        let number = *self.constant_numbers.entry(q.clone()).or_insert(next);
        if number == next {
            self.constants.push(q.clone());
        }
        Instruction::Constant(number)
    }
}

impl Formula {
    /// The value in the arithmetic of `context`, where `lookup` gives the
    /// values of the variables.
    ///
    /// # Errors
    /// The alphabetically first variable for which `lookup` has no value.
    pub fn evaluate<T: Scalar>(
        &self,
        context: &T,
        lookup: &impl Fn(&str) -> Option<T>,
    ) -> Result<T, UnboundVariable> {
        let names: Vec<String> = self.variables().into_iter().collect();
        let arguments = names
            .iter()
            .map(|name| lookup(name).ok_or_else(|| UnboundVariable { name: name.clone() }));
        let arguments = arguments.collect::<Result<Vec<T>, _>>()?;
        let program = Program::compile(std::slice::from_ref(self), &names)?;
        // One formula gives one value.
        Ok(program.run(context, &arguments).swap_remove(0))
    }
}
