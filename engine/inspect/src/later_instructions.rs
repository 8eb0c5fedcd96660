//! Passes over instructions that the MVP does not have, so that calls behind them count. Development builds have a few.

use crate::instructions::{record_direct, record_indirect};
use crate::reader::{after_number, byte_at, number_at};
use crate::words::Words;

/// What follows an opcode: `n` a number, `b` a block type (opens a block), `e` nothing (closes one), `d` a direct call,
/// `i` an indirect call with its table, `t` a list of types, digits: as many bytes. None for an unknown opcode.
fn immediates(opcode: u8) -> Option<&'static [u8]> {
    Some(match opcode {
        0x02..=0x04 | 0x06 => b"b",
        0x07..=0x09 | 0x14 | 0x15 | 0x25 | 0x26 | 0x3f | 0x40 | 0xd0 => b"n",
        0x0a | 0x19 | 0xc0..=0xc4 | 0xd1 => b"",
        0x11 | 0x13 => b"i",
        0x12 | 0xd2 => b"d",
        0x18 => b"en",
        0x1c => b"t",
        0x28..=0x3e => b"nnn",
        _ => return None,
    })
}

/// What follows the second number of an opcode such as 0xfc.
fn prefixed(opcode: u8, second: u32) -> Option<&'static [u8]> {
    Some(match (opcode, second) {
        (0xfc, 0..=7) => b"",
        (0xfc, 8 | 10 | 12 | 14) => b"nn",
        (0xfc, 9 | 11 | 13 | 15..=17) => b"n",
        (0xfe, 3) => b"1",
        (0xfe, _) => b"nn",
        (0xfd, 0..=11 | 92 | 93) => b"nn",
        (0xfd, 12 | 13) => b"88",
        (0xfd, 21..=34) => b"1",
        (0xfd, 84..=91) => b"nn1",
        (0xfd, _) => b"",
        _ => return None,
    })
}

/// The place and the depth behind the instruction; none for one that is unknown or goes on behind the end.
/// None outside of that when there is no memory left.
pub fn pass_instruction(
    bytes: &[u8],
    at: usize,
    end: usize,
    depth: usize,
    words: &mut Words,
) -> Option<Option<(usize, usize)>> {
    let opcode = byte_at(bytes, at);
    let mut at = at + 1;
    let mut depth = depth;
    let kinds = if opcode >= 0xfc {
        let second = number_at(bytes, at);
        at = after_number(bytes, at);
        prefixed(opcode, second)
    } else {
        immediates(opcode)
    };
    let Some(kinds) = kinds else { return Some(None) };
    for &kind in kinds {
        let number = number_at(bytes, at);
        match kind {
            b'e' => depth -= 1,
            b'0'..=b'9' => at += usize::from(kind - b'0'),
            _ => at = after_number(bytes, at),
        }
        match kind {
            b'b' => depth += 1,
            b'd' => record_direct(number, words)?,
            b't' => at = at.saturating_add(number as usize),
            b'i' => {
                record_indirect(number, words)?;
                at = after_number(bytes, at);
            }
            _ => {}
        }
    }
    Some((at <= end && depth > 0).then_some((at, depth)))
}
