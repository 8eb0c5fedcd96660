//! Reads numbers of the binary format within bounds.

pub struct Reader<'a> {
    pub bytes: &'a [u8],
    pub at: usize,
    /// At most the length of the bytes.
    pub end: usize,
}

impl Reader<'_> {
    pub fn byte(&mut self) -> Option<u8> {
        if self.at >= self.end {
            return None;
        }
        self.at += 1;
        self.bytes.get(self.at - 1).copied()
    }

    /// In LEB128. None where it ends too late, or has more than 32 bits.
    pub fn u32(&mut self) -> Option<u32> {
        let mut value = 0;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.byte()?;
            let bits = u32::from(byte & 0x7f);
            if shift == 28 && bits > 0xf {
                return None;
            }
            value |= bits << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    /// Passes a number in LEB128 of at most 64 bits.
    pub fn pass_u64(&mut self) -> Option<()> {
        for _ in 0..10 {
            if self.byte()? < 0x80 {
                return Some(());
            }
        }
        None
    }

    /// Passes so many bytes. Returns where they begin and end.
    pub fn part(&mut self, length: usize) -> Option<(usize, usize)> {
        if length > self.end - self.at {
            return None;
        }
        self.at += length;
        Some((self.at - length, self.at))
    }
}

/// Zero behind the end.
pub fn byte_at(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at).copied().unwrap_or(0)
}

/// The place behind a number in LEB128 of any length.
#[inline(always)]
pub fn after_number(bytes: &[u8], mut at: usize) -> usize {
    while byte_at(bytes, at) >= 0x80 {
        at += 1;
    }
    at + 1
}

/// An unsigned number in LEB128. Cut off after 32 bits.
pub fn number_at(bytes: &[u8], at: usize) -> u32 {
    let mut value = 0;
    for place in 0..5 {
        let byte = byte_at(bytes, at + place);
        value |= u32::from(byte & 0x7f) << (place * 7);
        if byte < 0x80 {
            break;
        }
    }
    value
}
