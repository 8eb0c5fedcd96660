//! The crates that a type names.

use crate::names::is_identifier;
use crate::output::Writer;
use core::fmt::{self, Write};

/// More are of no use, and made names may have thousands.
const MAX_CRATES: usize = 32;

#[derive(Default)]
pub struct Crates<'a> {
    found: [&'a str; MAX_CRATES],
    count: usize,
}

impl<'a> Crates<'a> {
    /// Adds the crates of all paths in the text, in the order of the text.
    pub fn add(&mut self, text: &'a str) {
        let bytes = text.as_bytes();
        let mut start = 0;
        let mut at = 0;
        while at < bytes.len() && self.count < MAX_CRATES {
            let byte = bytes[at];
            if byte == b'_' || byte.is_ascii_alphanumeric() || byte >= 0x80 {
                at += 1;
                continue;
            }
            if byte == b':' && bytes.get(at + 1) == Some(&b':') {
                let is_first = start == 0 || bytes[start - 1] != b':';
                if is_first {
                    self.add_one(&text[start..at]);
                }
                at += 1;
            }
            at += 1;
            start = at;
        }
    }

    /// Crates begin with a small letter; a capital begins a type parameter.
    fn add_one(&mut self, name: &'a str) {
        if is_identifier(name) && !name.as_bytes()[0].is_ascii_uppercase() && !self.found[..self.count].contains(&name)
        {
            self.found[self.count] = name;
            self.count += 1;
        }
    }

    /// With spaces between them.
    pub fn write(&self, writer: &mut Writer) -> fmt::Result {
        for (index, name) in self.found[..self.count].iter().enumerate() {
            writer.write_str(if index > 0 { " " } else { "" })?;
            writer.write_str(name)?;
        }
        Ok(())
    }
}
