//! Who uses whom: no circles, nothing missing, nothing unproved used.

use super::complaint::Complaint;
use super::entry::Entry;
use std::collections::BTreeMap;

/// Positions of `entries` in an order in which each comes after all that it
/// uses; among free choices the given order is kept.
///
/// # Errors
/// If an id appears twice, a use is unknown, or uses form a circle.
pub fn order(entries: &[Entry]) -> Result<Vec<usize>, Complaint> {
    let mut place = BTreeMap::new();
    for (index, entry) in entries.iter().enumerate() {
        if place.insert(entry.id.as_str(), index).is_some() {
            return Err(Complaint::DuplicateId(entry.id.clone()));
        }
    }
    let mut state = vec![Mark::New; entries.len()];
    let mut ordered = Vec::with_capacity(entries.len());
    for start in 0..entries.len() {
        visit(start, entries, &place, &mut state, &mut ordered, &mut Vec::new())?;
    }
    Ok(ordered)
}

#[derive(Clone, Copy, PartialEq)]
enum Mark {
    New,
    Open,
    Done,
}

fn visit(
    at: usize,
    entries: &[Entry],
    place: &BTreeMap<&str, usize>,
    state: &mut [Mark],
    ordered: &mut Vec<usize>,
    path: &mut Vec<usize>,
) -> Result<(), Complaint> {
    match state[at] {
        Mark::Done => return Ok(()),
        Mark::Open => {
            let from = path.iter().position(|&p| p == at).unwrap_or(0);
            let mut names: Vec<&str> = path[from..].iter().map(|&p| entries[p].id.as_str()).collect();
            names.push(&entries[at].id);
            return Err(Complaint::Circle(names.join(" -> ")));
        }
        Mark::New => state[at] = Mark::Open,
    }
    path.push(at);
    for used in &entries[at].uses {
        let &next = place.get(used.as_str()).ok_or_else(|| Complaint::UnknownUse {
            entry: entries[at].id.clone(),
            used: used.clone(),
        })?;
        visit(next, entries, place, state, ordered, path)?;
    }
    path.pop();
    state[at] = Mark::Done;
    ordered.push(at);
    Ok(())
}
