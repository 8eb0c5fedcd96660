//! Lines of text in a buffer of fixed size.

use crate::seen::Seen;
use core::fmt::{self, Write};

/// A line that did not fit: `-` and its end.
pub const LEAST_LINE: usize = 2;

const HASH_DIGITS: usize = 16;
/// ASCII's own for it.
const SUBSTITUTE: u8 = 0x1a;

pub struct Output<'a> {
    buffer: &'a mut [u8],
    length: usize,
    lines: usize,
    /// Lines that are still to come.
    left: usize,
    /// Bytes of keys that may still be made. Without that, equal names that expand would take time and no room.
    effort: usize,
    seen: Seen,
}

impl<'a> Output<'a> {
    pub fn new(buffer: &'a mut [u8], lines: usize) -> Self {
        let effort = buffer.len();
        Self { buffer, length: 0, lines: 0, left: lines, effort, seen: Seen::new() }
    }

    pub fn length(&self) -> usize {
        self.length
    }

    /// Adds a line: what both write, or `=` and the number of an earlier line with an equal key, or `-` where there is no room.
    pub fn line(
        &mut self,
        write_key: impl FnOnce(&mut Writer) -> fmt::Result,
        write_rest: impl FnOnce(&mut Writer) -> fmt::Result,
    ) {
        self.left = self.left.saturating_sub(1);
        // The others need their room. One byte is for the end of this line.
        let end = self.buffer.len().saturating_sub(self.left * LEAST_LINE + 1).max(self.length);
        let (before, free) = self.buffer[..end].split_at_mut(self.length);
        let mut writer = Writer { buffer: free, length: 0 };
        let key = if self.effort > 0 { write_key(&mut writer) } else { Err(fmt::Error) };
        self.effort = self.effort.saturating_sub(writer.length);
        let written = key.and_then(|()| match self.seen.find_or_add(before, writer.written(), self.lines) {
            Some(line) => {
                writer.length = 0;
                write!(writer, "={line}")
            }
            None => write_rest(&mut writer),
        });
        let length = writer.length;
        match written {
            Ok(()) => self.length += length,
            Err(_) => self.put(b'-'),
        }
        self.put(b'\n');
        self.lines += 1;
    }

    fn put(&mut self, byte: u8) {
        self.buffer[self.length] = byte;
        self.length += 1;
    }
}

pub struct Writer<'a> {
    buffer: &'a mut [u8],
    length: usize,
}

impl Writer<'_> {
    fn written(&self) -> &[u8] {
        &self.buffer[..self.length]
    }

    /// What is written already, to be read while more is written.
    pub fn split(&mut self) -> (&str, Writer<'_>) {
        let (written, rest) = self.buffer.split_at_mut(self.length);
        // Only whole characters are written.
        (core::str::from_utf8(written).unwrap_or_default(), Writer { buffer: rest, length: 0 })
    }

    /// Takes over what the writer that `split` gave has written.
    pub fn extend(&mut self, length: usize) {
        self.length += length;
    }

    pub fn length(&self) -> usize {
        self.length
    }

    /// Removes what demangled names may end in: `::h0123456789abcdef`, before what LLVM adds. `from`: where the name begins.
    pub fn remove_hash(&mut self, from: usize) {
        let name = &self.buffer[from..self.length];
        // The hash is the last part of the path.
        let added = name.iter().rev().take_while(|&&byte| byte != b':').count();
        let Some(at) = name.len().checked_sub(added + 2) else {
            return;
        };
        let Some(hash) = name[at..].strip_prefix(b"::h").and_then(|rest| rest.get(..HASH_DIGITS)) else {
            return;
        };
        let end = at + 3 + HASH_DIGITS;
        if hash.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
            && matches!(name.get(end), None | Some(b'.' | b' '))
        {
            self.buffer.copy_within(from + end..self.length, from + at);
            self.length -= end - at;
        }
    }

    /// Puts another control character in place of tabs and line ends, which have a meaning here.
    pub fn remove_separators(&mut self, from: usize) {
        for byte in &mut self.buffer[from..self.length] {
            if matches!(byte, b'\t' | b'\n') {
                *byte = SUBSTITUTE;
            }
        }
    }

    pub fn tab(&mut self) -> fmt::Result {
        self.put(b"\t")
    }

    fn put(&mut self, bytes: &[u8]) -> fmt::Result {
        let room = self.buffer.get_mut(self.length..self.length + bytes.len()).ok_or(fmt::Error)?;
        room.copy_from_slice(bytes);
        self.length += bytes.len();
        Ok(())
    }
}

impl fmt::Write for Writer<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.put(text.as_bytes())
    }
}

/// Writes the beginning of a text: at most so many bytes, and whole characters.
pub struct Beginning<'a, 'b> {
    pub writer: &'a mut Writer<'b>,
    pub left: usize,
    pub is_cut: bool,
}

impl fmt::Write for Beginning<'_, '_> {
    /// Fails after the text was cut, so that its source stops.
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let kept = text.floor_char_boundary(self.left);
        self.writer.put(&text.as_bytes()[..kept])?;
        self.left -= kept;
        if kept == text.len() {
            return Ok(());
        }
        self.left = 0;
        self.is_cut = true;
        Err(fmt::Error)
    }
}
