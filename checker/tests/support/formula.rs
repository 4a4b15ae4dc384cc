//! A reader of formulas for the oracle.

/// A formula as a tree.
#[derive(Debug, Clone)]
pub enum Tree {
    Number(f64),
    Name(String),
    Unary(String, Box<Tree>),
    Binary(char, Box<Tree>, Box<Tree>),
    Power(Box<Tree>, i32),
    Derivative(Box<Tree>, String, usize),
}

/// Recursive descent over bytes.
struct Reader<'a>(&'a [u8], usize);

impl Reader<'_> {
    fn peek(&mut self) -> u8 {
        while self.0.get(self.1) == Some(&b' ') {
            self.1 += 1;
        }
        self.0.get(self.1).copied().unwrap_or(0)
    }

    fn eat(&mut self, c: u8) -> bool {
        let comes = self.peek() == c;
        self.1 += usize::from(comes);
        comes
    }

    fn word(&mut self, keep: fn(u8) -> bool) -> Option<String> {
        self.peek();
        let start = self.1;
        while self.0.get(self.1).is_some_and(|&c| keep(c)) {
            self.1 += 1;
        }
        (self.1 > start).then(|| String::from_utf8_lossy(&self.0[start..self.1]).into_owned())
    }

    fn sum(&mut self) -> Option<Tree> {
        let mut left = self.product()?;
        loop {
            let c = self.peek();
            if c != b'+' && c != b'-' {
                return Some(left);
            }
            self.1 += 1;
            left = Tree::Binary(char::from(c), Box::new(left), Box::new(self.product()?));
        }
    }

    fn product(&mut self) -> Option<Tree> {
        let mut left = self.signed()?;
        loop {
            let c = self.peek();
            if c != b'*' && c != b'/' {
                return Some(left);
            }
            self.1 += 1;
            left = Tree::Binary(char::from(c), Box::new(left), Box::new(self.signed()?));
        }
    }

    fn signed(&mut self) -> Option<Tree> {
        if self.eat(b'-') {
            return Some(Tree::Unary("-".to_string(), Box::new(self.signed()?)));
        }
        let base = self.primary()?;
        if !self.eat(b'^') {
            return Some(base);
        }
        let parenthesis = self.eat(b'(');
        let negative = parenthesis && self.eat(b'-');
        let size: i32 = self.word(|c| c.is_ascii_digit())?.parse().ok()?;
        if parenthesis && !self.eat(b')') {
            return None;
        }
        Some(Tree::Power(Box::new(base), if negative { -size } else { size }))
    }

    fn primary(&mut self) -> Option<Tree> {
        let c = self.peek();
        if self.eat(b'(') {
            let inner = self.sum()?;
            return self.eat(b')').then_some(inner);
        }
        if c.is_ascii_digit() {
            let mut text = self.word(|c| c.is_ascii_digit() || c == b'.' || c == b'e' || c == b'E')?;
            if text.ends_with(['e', 'E']) {
                text.push(char::from(self.peek()));
                self.1 += 1;
                text.push_str(&self.word(|c| c.is_ascii_digit())?);
            }
            return Some(Tree::Number(text.parse().ok().filter(|x| within_reach(*x))?));
        }
        let name = self.word(|c| c.is_ascii_alphanumeric() || c == b'_')?;
        if name == "pi" {
            return Some(Tree::Number(std::f64::consts::PI));
        }
        if !self.eat(b'(') {
            return Some(Tree::Name(name));
        }
        let argument = Box::new(self.sum()?);
        let tree = if name == "diff" {
            if !self.eat(b',') {
                return None;
            }
            let variable = self.word(|c| c.is_ascii_alphanumeric() || c == b'_')?;
            let order = if self.eat(b',') {
                self.word(|c| c.is_ascii_digit())?.parse().ok()?
            } else {
                1
            };
            Tree::Derivative(argument, variable, order)
        } else {
            Tree::Unary(name, argument)
        };
        self.eat(b')').then_some(tree)
    }
}

/// A whole text as a formula.
pub fn parse(text: &str) -> Option<Tree> {
    let mut reader = Reader(text.as_bytes(), 0);
    let tree = reader.sum()?;
    (reader.peek() == 0).then_some(tree)
}

/// Numbers whose powers are doubles as well.
pub fn within_reach(x: f64) -> bool {
    x == 0.0 || (1e-60..=1e60).contains(&x.abs())
}
