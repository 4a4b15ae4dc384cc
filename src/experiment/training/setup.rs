//! All that a run depends on.

use crate::activation::Activation;
use crate::find::training::{Distribution, ToleranceError, Tolerances, draw};
use crate::landscape::{Student, StudentError};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// The version of the method. It is raised whenever a run with the same setup
/// may end with other bits; stored runs of other versions are not mixed.
pub const METHOD: u32 = 1;

/// All that a run depends on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Setup {
    /// σ.
    #[serde(with = "by_name")]
    pub activation: Activation,
    /// n ≥ 1.
    pub neurons: usize,
    /// k ≥ n.
    pub teachers: usize,
    /// d ≥ k.
    pub dimension: usize,
    /// Where the run begins.
    pub start: Start,
    /// Which of the many possible beginnings; a mere label for given weights.
    pub seed: u64,
    /// How accurately, and when to give up.
    pub tolerances: Tolerances,
}

/// Where a run begins.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Start {
    /// Gaussian weights of variance 2/(fan in + fan out), as in the original
    /// experiments.
    GlorotNormal,
    /// Uniform weights of the same variance.
    GlorotUniform,
    /// Gaussian weights of this standard deviation.
    SmallNorm {
        /// The standard deviation. Positive.
        scale: f64,
    },
    /// These weights.
    Given {
        /// a_1, …, a_n.
        outgoing: Vec<f64>,
        /// w_1, …, w_n one after the other: n d entries.
        weights: Vec<f64>,
    },
}

impl Start {
    /// The word that tables and JSON use.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Start::GlorotNormal => "glorot-normal",
            Start::GlorotUniform => "glorot-uniform",
            Start::SmallNorm { .. } => "small-norm",
            Start::Given { .. } => "given",
        }
    }
}

/// A setup with which no run can begin.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum SetupError {
    /// Numbers of neurons, teachers, inputs and weights that do not fit.
    #[error(transparent)]
    Shape(#[from] StudentError),
    /// More weights than a machine can hold.
    #[error("{neurons} neurons in {dimension} dimensions are more weights than fit into memory")]
    TooLarge {
        /// n
        neurons: usize,
        /// d
        dimension: usize,
    },
    /// A tolerance out of its range.
    #[error(transparent)]
    Tolerance(#[from] ToleranceError),
    /// Zero, negative or not a number.
    #[error("the scale of the initial weights is {0}; choose a positive number, such as 0.01")]
    Scale(f64),
    /// An infinity or NaN among the given weights.
    #[error("the initial {what} of neuron {neuron} is {value}, which is no number to start from")]
    NotFinite {
        /// `outer weight`, or `weight 3` for the third entry of w.
        what: String,
        /// The neuron, counted from 1.
        neuron: usize,
        /// The value.
        value: f64,
    },
}

/// Largest n d that is accepted: eight gigabytes of weights.
const MOST_WEIGHTS: usize = 1 << 30;

impl Setup {
    /// A run with all defaults: erf, d = k, Glorot normal weights.
    #[must_use]
    pub fn new(teachers: usize, neurons: usize, seed: u64) -> Self {
        Self {
            activation: Activation::Erf,
            neurons,
            teachers,
            dimension: teachers,
            start: Start::GlorotNormal,
            seed,
            tolerances: Tolerances::default(),
        }
    }

    /// Checks that a run can begin.
    ///
    /// # Errors
    /// The first thing that is wrong, as a sentence.
    pub fn validate(&self) -> Result<(), SetupError> {
        let (neurons, dimension) = (self.neurons, self.dimension);
        let weights = neurons
            .checked_mul(dimension)
            .filter(|&weights| weights <= MOST_WEIGHTS)
            .ok_or(SetupError::TooLarge { neurons, dimension })?;
        // The shape alone, without the weights.
        let found = match &self.start {
            Start::Given { outgoing, weights } => {
                if outgoing.len() != neurons {
                    return Err(StudentError::WeightCount {
                        neurons,
                        dimension,
                        found: weights.len(),
                    }
                    .into());
                }
                weights.len()
            }
            _ => weights,
        };
        Student::new(vec![(); neurons], vec![(); found], self.teachers, dimension)?;
        self.tolerances.validate()?;
        match &self.start {
            Start::SmallNorm { scale } if !(scale.is_finite() && *scale > 0.0) => {
                Err(SetupError::Scale(*scale))
            }
            Start::Given { outgoing, weights } => finite(outgoing, weights, dimension),
            _ => Ok(()),
        }
    }

    /// The student with which the run begins.
    ///
    /// # Errors
    /// As for [`Setup::validate`].
    pub fn initial(&self) -> Result<Student<f64>, SetupError> {
        self.validate()?;
        let (n, d) = (self.neurons, self.dimension);
        let parameters = match &self.start {
            Start::GlorotNormal => draw(Distribution::GlorotNormal, self.seed, n, d),
            Start::GlorotUniform => draw(Distribution::GlorotUniform, self.seed, n, d),
            Start::SmallNorm { scale } => draw(Distribution::Normal { deviation: *scale }, self.seed, n, d),
            Start::Given { outgoing, weights } => outgoing.iter().chain(weights).copied().collect(),
        };
        Ok(Student::from_parameters(parameters, n, self.teachers, d)?)
    }

    /// A text of one line that differs between any two setups and versions of
    /// the method: the key under which a run is kept. Given weights stand in it
    /// by their digest.
    #[must_use]
    pub fn canonical(&self) -> String {
        let start = match &self.start {
            Start::GlorotNormal | Start::GlorotUniform => self.start.word().to_string(),
            Start::SmallNorm { scale } => format!("small-norm:{scale:e}"),
            Start::Given { outgoing, weights } => format!("given:{}", digest(outgoing, weights)),
        };
        let Tolerances {
            relative,
            gradient,
            flow_time,
            steps,
        } = self.tolerances;
        format!(
            "method={METHOD} activation={} k={} n={} d={} start={start} seed={} \
             relative={relative:e} gradient={gradient:e} flow-time={flow_time:e} steps={steps}",
            self.activation, self.teachers, self.neurons, self.dimension, self.seed,
        )
    }
}

fn finite(outgoing: &[f64], weights: &[f64], dimension: usize) -> Result<(), SetupError> {
    for (index, (&a, w)) in outgoing
        .iter()
        .zip(weights.chunks_exact(dimension.max(1)))
        .enumerate()
    {
        let neuron = index + 1;
        if !a.is_finite() {
            let what = "outer weight".to_string();
            return Err(SetupError::NotFinite {
                what,
                neuron,
                value: a,
            });
        }
        if let Some(input) = w.iter().position(|x| !x.is_finite()) {
            return Err(SetupError::NotFinite {
                what: format!("weight {}", input + 1),
                neuron,
                value: w[input],
            });
        }
    }
    Ok(())
}

/// SHA-256 of all bits.
fn digest(outgoing: &[f64], weights: &[f64]) -> String {
    let mut hash = Sha256::new();
    for x in outgoing.iter().chain(weights) {
        hash.update(x.to_bits().to_le_bytes());
    }
    let mut text = String::with_capacity(64);
    for byte in hash.finalize() {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// Activations in files are their names.
mod by_name {
    use crate::activation::Activation;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(activation: &Activation, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(activation)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Activation, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(outgoing: Vec<f64>, weights: Vec<f64>) -> Setup {
        Setup {
            start: Start::Given { outgoing, weights },
            ..Setup::new(3, 2, 0)
        }
    }

    #[test]
    fn wrong_setups_get_a_sentence() {
        let says = |setup: Setup| setup.validate().unwrap_err().to_string();
        assert!(says(Setup::new(2, 3, 0)).contains("3 neurons are more than the 2 teachers"));
        assert!(says(Setup::new(2, 0, 0)).contains("at least one neuron"));
        let mut narrow = Setup::new(4, 2, 0);
        narrow.dimension = 3;
        assert!(says(narrow).contains("do not fit into 3 dimensions"));
        let mut loose = Setup::new(4, 2, 0);
        loose.tolerances.relative = 0.0;
        assert!(says(loose).contains("relative tolerance is 0"));
        let mut zero = Setup::new(4, 2, 0);
        zero.start = Start::SmallNorm { scale: 0.0 };
        assert!(says(zero).contains("scale"));
        assert!(says(Setup::new(usize::MAX, usize::MAX, 0)).contains("memory"));
        assert!(says(given(vec![1.0], vec![0.0; 6])).contains("weight entries"));
        assert!(says(given(vec![1.0; 2], vec![0.0; 5])).contains("5 weight entries"));
        assert!(says(given(vec![1.0, f64::NAN], vec![0.0; 6])).contains("outer weight of neuron 2 is NaN"));
        let mut weights = vec![0.0; 6];
        weights[4] = f64::INFINITY;
        assert!(says(given(vec![1.0; 2], weights)).contains("weight 2 of neuron 2 is inf"));
        assert_eq!(given(vec![1.0; 2], vec![0.0; 6]).validate(), Ok(()));
    }

    #[test]
    fn setups_are_read_back_and_told_apart() {
        let setups = [
            Setup::new(8, 4, 1),
            Setup::new(8, 4, 2),
            Setup::new(8, 5, 1),
            Setup {
                activation: "erf:3/4".parse().unwrap(),
                ..Setup::new(8, 4, 1)
            },
            Setup {
                start: Start::SmallNorm { scale: 0.1 + 0.2 },
                ..Setup::new(8, 4, 1)
            },
            given(vec![0.1, -0.0], vec![1.0 / 3.0; 6]),
            given(vec![0.1, 0.0], vec![1.0 / 3.0; 6]),
        ];
        for (index, setup) in setups.iter().enumerate() {
            let text = serde_json::to_string(setup).unwrap();
            let back: Setup = serde_json::from_str(&text).unwrap();
            assert_eq!(&back, setup);
            assert_eq!(back.canonical(), setup.canonical());
            for other in &setups[..index] {
                assert_ne!(setup.canonical(), other.canonical());
            }
        }
    }
}
