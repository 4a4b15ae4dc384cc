//! Lists of numbers modulo 2^(64w).

use num_bigint::BigUint;

/// Numbers modulo 2^(64·width), each `width` words, least significant first.
#[derive(Debug, Clone)]
pub(super) struct Residues {
    words: Vec<u64>,
    width: usize,
}

impl Residues {
    /// `length` zeros.
    pub(super) fn zeros(length: usize, width: usize) -> Self {
        let words = vec![0; length * width];
        Self { words, width }
    }

    /// How many numbers.
    pub(super) fn len(&self) -> usize {
        self.words.len() / self.width
    }

    /// Makes the number at `index` 1.
    pub(super) fn set_one(&mut self, index: usize) {
        self.words[index * self.width..(index + 1) * self.width].fill(0);
        self.words[index * self.width] = 1;
    }

    /// Adds the number at `from` to the one at `to` > `from`.
    pub(super) fn add(&mut self, to: usize, from: usize) {
        let (low, high) = self.words.split_at_mut(to * self.width);
        let source = &low[from * self.width..][..self.width];
        let mut carry = false;
        for (sum, word) in high[..self.width].iter_mut().zip(source) {
            let (partial, first) = sum.overflowing_add(*word);
            let (total, second) = partial.overflowing_add(u64::from(carry));
            *sum = total;
            carry = first | second;
        }
    }

    /// Subtracts the number at `from` from the one at `to` > `from`.
    pub(super) fn subtract(&mut self, to: usize, from: usize) {
        let (low, high) = self.words.split_at_mut(to * self.width);
        subtract_words(&mut high[..self.width], &low[from * self.width..][..self.width]);
    }

    /// Makes the number at `to` the one of `minuend` at `to`, less the own one
    /// at `from` if there is one.
    pub(super) fn set_difference(&mut self, to: usize, minuend: &Residues, from: Option<usize>) {
        let width = self.width;
        let minuend = &minuend.words[to * width..][..width];
        match from {
            Some(from) => {
                let (low, high) = self.words.split_at_mut(to * width);
                high[..width].copy_from_slice(minuend);
                subtract_words(&mut high[..width], &low[from * width..][..width]);
            }
            None => self.words[to * width..][..width].copy_from_slice(minuend),
        }
    }

    /// Appends zeros.
    pub(super) fn extend(&mut self, more: usize) {
        self.words.resize(self.words.len() + more * self.width, 0);
    }

    /// Keeps `length` numbers.
    pub(super) fn truncate(&mut self, length: usize) {
        self.words.truncate(length * self.width);
    }

    /// Keeps every other number, from the one at `first` on.
    pub(super) fn every_other(&self, first: usize) -> Self {
        let kept = self.words.chunks(self.width).skip(first).step_by(2);
        Self {
            words: kept.flatten().copied().collect(),
            width: self.width,
        }
    }

    /// The residue at `index`, from 0 to 2^(64·width) − 1.
    pub(super) fn get(&self, index: usize) -> BigUint {
        let words = &self.words[index * self.width..][..self.width];
        let digits = words.iter().flat_map(|word| word.to_le_bytes());
        BigUint::from_bytes_le(&digits.collect::<Vec<u8>>())
    }
}

fn subtract_words(difference: &mut [u64], subtrahend: &[u64]) {
    let mut borrow = false;
    for (word, less) in difference.iter_mut().zip(subtrahend) {
        let (partial, first) = word.overflowing_sub(*less);
        let (total, second) = partial.overflowing_sub(u64::from(borrow));
        *word = total;
        borrow = first | second;
    }
}
