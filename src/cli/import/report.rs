//! What came of an import, line by line.

use serde::Serialize;

use crate::cli::outcome::{Failure, Outcome, print, print_json};

/// What came of an import.
#[derive(Serialize)]
pub struct Report {
    /// Whether nothing was written.
    pub dry_run: bool,
    lines: u64,
    imported: u64,
    collisions: Vec<Collision>,
    refused: Vec<Refused>,
}

/// A line whose contact is somebody's already.
#[derive(Serialize)]
struct Collision {
    line: u64,
    contact: String,
    with: String,
}

/// A line that is wrong.
#[derive(Serialize)]
struct Refused {
    line: u64,
    why: String,
}

impl Report {
    pub const fn new(dry_run: bool) -> Self {
        Self { dry_run, lines: 0, imported: 0, collisions: Vec::new(), refused: Vec::new() }
    }

    pub fn imported(&mut self) {
        self.lines += 1;
        self.imported += 1;
    }

    pub fn collides(&mut self, line: u64, contact: &str, with: &str) {
        self.lines += 1;
        let (contact, with) = (contact.to_owned(), with.to_owned());
        self.collisions.push(Collision { line, contact, with });
    }

    pub fn refused(&mut self, line: u64, why: &str) {
        self.lines += 1;
        self.refused.push(Refused { line, why: why.to_owned() });
    }

    /// Tells all of it; whether anything was left out is how the command ends.
    pub fn print(&self, json: bool) -> Outcome {
        if json {
            print_json(self)?;
        } else {
            for Collision { line, contact, with } in &self.collisions {
                print(format_args!("line {line}: {contact} belongs to {with} already"))?;
            }
            for Refused { line, why } in &self.refused {
                print(format_args!("line {line}: {why}"))?;
            }
            let did = if self.dry_run { "would be imported" } else { "imported" };
            print(format_args!("{} of {} lines {did}.", self.imported, self.lines))?;
        }
        match self.lines - self.imported {
            0 => Ok(()),
            1 => Err(Failure::new("One line was left out: see above.")),
            more => Err(Failure::new(format_args!("{more} lines were left out: see above."))),
        }
    }
}
