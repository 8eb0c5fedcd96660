//! Text that ends where its buffer does.

use core::fmt;

pub struct Text<'a> {
    buffer: &'a mut [u8],
    length: usize,
}

impl<'a> Text<'a> {
    pub fn new(buffer: &'a mut [u8]) -> Self {
        Self { buffer, length: 0 }
    }

    pub fn length(&self) -> usize {
        self.length
    }

    /// The next part, of at most so many bytes.
    pub fn part<'b>(&'b mut self, max_bytes: usize) -> Part<'a, 'b> {
        let end = self.buffer.len().min(self.length.saturating_add(max_bytes));
        Part { text: self, end, units: 0 }
    }
}

pub struct Part<'a, 'b> {
    text: &'b mut Text<'a>,
    end: usize,
    units: u32,
}

impl Part<'_, '_> {
    /// Returns the length in UTF-16 units.
    pub fn finish(self) -> u32 {
        self.units
    }
}

impl fmt::Write for Part<'_, '_> {
    /// Writes the characters that there is room for. Fails unless that is all of them.
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let at = self.text.length;
        let fits = text.floor_char_boundary(self.end - at);
        let written = &text[..fits];
        self.text.buffer[at..at + fits].copy_from_slice(written.as_bytes());
        self.text.length += fits;
        self.units += utf16_length(written);
        if fits == text.len() {
            return Ok(());
        }
        // Nothing more: later pieces that are short enough would otherwise follow the gap.
        self.end = self.text.length;
        Err(fmt::Error)
    }
}

fn utf16_length(text: &str) -> u32 {
    if text.is_ascii() {
        return text.len() as u32;
    }
    text.chars().map(|character| character.len_utf16() as u32).sum()
}
