//! The outer form of a certificate: lines, header, blocks, digest.

use crate::digest::sha256;
use crate::rejection::Rejection;

/// The first line.
const HEADER: &str = "copyavg certificate 1";
/// How the first line of every version begins.
const ANY_VERSION: &str = "copyavg certificate ";
/// The longest certificate, in bytes.
const MOST_BYTES: usize = 8 << 20;
/// The longest line, in bytes.
const LONGEST_LINE: usize = 64 << 10;

/// A line: its first word and the rest.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// Its number, from 1.
    pub number: usize,
    /// The text up to the first space.
    pub word: &'a str,
    /// The text behind it; empty if there is none.
    pub rest: &'a str,
}

impl Line<'_> {
    /// A complaint about this line.
    #[must_use]
    pub fn unreadable(&self, reason: impl Into<String>) -> Rejection {
        Rejection::Unreadable {
            line: self.number,
            reason: reason.into(),
        }
    }

    /// A step of this line does not prove what it should.
    #[must_use]
    pub fn invalid(&self, claim: &str, reason: impl Into<String>) -> Rejection {
        Rejection::Invalid {
            line: self.number,
            claim: claim.to_string(),
            reason: reason.into(),
        }
    }
}

/// A certificate, cut into its claims.
#[derive(Debug)]
pub struct Certificate<'a> {
    /// The name of the theorem, a comment.
    pub theorem: Option<&'a str>,
    /// One block a claim; at least one.
    pub blocks: Vec<Block<'a>>,
}

/// The lines of a claim from `claim` to before `end`.
#[derive(Debug)]
pub struct Block<'a> {
    /// The line `claim KIND`.
    pub head: Line<'a>,
    lines: Vec<Line<'a>>,
    next: usize,
    /// The line `end`.
    end: Line<'a>,
}

impl<'a> Certificate<'a> {
    /// Reads the outer form of a certificate.
    ///
    /// # Errors
    /// If it has another form, another version, or a wrong digest.
    pub fn read(text: &'a str) -> Result<Self, Rejection> {
        let fault = |line: usize, reason: &str| Rejection::Unreadable {
            line,
            reason: reason.to_string(),
        };
        if text.len() > MOST_BYTES {
            return Err(fault(1, "a certificate has at most 8 MiB"));
        }
        let first = text.lines().next().unwrap_or_default();
        if first != HEADER {
            let reason = match first.strip_prefix(ANY_VERSION) {
                Some(_) => "this checker knows version 1 of the format only",
                None => "a certificate begins with the line `copyavg certificate 1`",
            };
            return Err(fault(1, reason));
        }
        let body = text
            .strip_suffix('\n')
            .ok_or_else(|| fault(1, "the last line must end, too"))?;
        let lines: Vec<Line> = body.split('\n').enumerate().map(cut).collect::<Result<_, _>>()?;
        let last = lines.last().copied().ok_or_else(|| fault(1, "it is empty"))?;
        let digest = match (last.word, last.rest.strip_prefix("sha256 ")) {
            ("digest", Some(digest)) => digest,
            _ => return Err(last.unreadable("a certificate ends with the line `digest sha256 …`")),
        };
        // Everything before the last line.
        let covered = body
            .rfind('\n')
            .and_then(|end| text.get(..=end))
            .unwrap_or_default();
        if digest != sha256(covered) {
            return Err(last.unreadable("the digest does not fit: the certificate is damaged"));
        }
        let inner = lines.get(1..lines.len().saturating_sub(1)).unwrap_or_default();
        Self::blocks(inner, last)
    }

    fn blocks(lines: &[Line<'a>], last: Line<'a>) -> Result<Self, Rejection> {
        let mut lines = lines.iter().copied().peekable();
        let mut theorem = None;
        if let Some(line) = lines.next_if(|line| line.word == "theorem") {
            let good = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
            if line.rest.is_empty() || !line.rest.chars().all(good) {
                return Err(line.unreadable("a theorem's name consists of letters, digits, - and _"));
            }
            theorem = Some(line.rest);
        }
        if let Some(line) = lines.next_if(|line| line.word == "entry") {
            let digest = line.rest.strip_prefix("sha256 ").unwrap_or_default();
            if digest.len() != 64 || !digest.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                return Err(line.unreadable("the form is `entry sha256 …` with 64 hexadecimal digits"));
            }
        }
        while lines.next_if(|line| line.word == "says").is_some() {}
        let mut blocks = Vec::new();
        while let Some(head) = lines.next() {
            if head.word != "claim" {
                return Err(head.unreadable(format!("`claim` must stand here, not {:?}", head.word)));
            }
            while lines.next_if(|line| line.word == "says").is_some() {}
            let mut inside = Vec::new();
            let end = loop {
                let line = lines
                    .next()
                    .ok_or_else(|| last.unreadable("the last claim has no `end`"))?;
                if line.word == "end" {
                    break line;
                }
                inside.push(line);
            };
            if !end.rest.is_empty() {
                return Err(end.unreadable("nothing follows `end`"));
            }
            blocks.push(Block {
                head,
                lines: inside,
                next: 0,
                end,
            });
        }
        if blocks.is_empty() {
            return Err(last.unreadable("it claims nothing"));
        }
        Ok(Self { theorem, blocks })
    }
}

/// Cuts a line at its first space. `says` lines may contain any printable
/// text, all others plain ASCII.
fn cut((index, text): (usize, &str)) -> Result<Line<'_>, Rejection> {
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    let line = Line {
        number: index.saturating_add(1),
        word,
        rest,
    };
    if text.len() > LONGEST_LINE {
        return Err(line.unreadable("a line has at most 64 KiB"));
    }
    if text.is_empty() || text.starts_with(' ') || text.ends_with(' ') {
        return Err(line.unreadable("a line neither is empty nor begins or ends with a space"));
    }
    if text.chars().any(char::is_control) || (word != "says" && !text.is_ascii()) {
        return Err(line.unreadable("a character does not belong here"));
    }
    Ok(line)
}

impl<'a> Block<'a> {
    /// The line at the reading position; `end` behind the last one.
    #[must_use]
    pub fn peek(&self) -> Line<'a> {
        self.lines.get(self.next).copied().unwrap_or(self.end)
    }

    /// Whether all lines are read.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.next >= self.lines.len()
    }

    /// The next line.
    pub fn take(&mut self) -> Option<Line<'a>> {
        let line = self.lines.get(self.next).copied()?;
        self.next = self.next.saturating_add(1);
        Some(line)
    }

    /// The next line, if it begins with this word.
    pub fn accept(&mut self, word: &str) -> Option<Line<'a>> {
        if self.is_finished() || self.peek().word != word {
            return None;
        }
        self.take()
    }

    /// The next line, which must begin with this word.
    ///
    /// # Errors
    /// If it does not.
    pub fn require(&mut self, word: &str) -> Result<Line<'a>, Rejection> {
        let line = self.peek();
        self.accept(word)
            .ok_or_else(|| line.unreadable(format!("`{word}` must stand here, not {:?}", line.word)))
    }

    /// The line `proof METHOD`, which must name this method.
    ///
    /// # Errors
    /// If it does not.
    pub fn require_proof(&mut self, method: &str) -> Result<Line<'a>, Rejection> {
        let line = self.require("proof")?;
        if line.rest == method {
            Ok(line)
        } else {
            Err(line.unreadable(format!("the proof must be `{method}`, not {:?}", line.rest)))
        }
    }

    /// Nothing may follow.
    ///
    /// # Errors
    /// If something does.
    pub fn finish(&self) -> Result<(), Rejection> {
        let line = self.peek();
        if self.is_finished() {
            Ok(())
        } else {
            Err(line.unreadable(format!("`end` must stand here, not {:?}", line.word)))
        }
    }
}
