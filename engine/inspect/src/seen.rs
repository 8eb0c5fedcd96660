//! Remembers which line a text is on.

/// As many as a large runtime has different names. A slot has the last text of its hash.
const SLOTS: usize = 8 * 1024;

#[derive(Clone, Copy, Default)]
struct Place {
    at: u32,
    length: u32,
    line: u32,
}

pub struct Seen([Place; SLOTS]);

impl Seen {
    pub fn new() -> Self {
        Self([Place::default(); SLOTS])
    }

    /// The line of an equal text in `before`. If there is none, `text` will be at the end of it, on the given line.
    pub fn find_or_add(&mut self, before: &[u8], text: &[u8], line: usize) -> Option<u32> {
        let slot = &mut self.0[hash(text) % SLOTS];
        let from = slot.at as usize;
        if !text.is_empty() && before.get(from..from + slot.length as usize) == Some(text) {
            return Some(slot.line);
        }
        *slot = Place { at: before.len() as u32, length: text.len() as u32, line: line as u32 };
        None
    }
}

pub fn hash(text: &[u8]) -> usize {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut hash = text.len() as u64;
    let mut add = |word: u64| hash = (hash.rotate_left(5) ^ word).wrapping_mul(FACTOR);
    let mut words = text.chunks_exact(8);
    for word in &mut words {
        add(u64::from_le_bytes(word.try_into().unwrap_or_default()));
    }
    for &byte in words.remainder() {
        add(byte.into());
    }
    (hash >> 32) as usize
}
