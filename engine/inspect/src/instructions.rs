//! Reads instructions as far as the first version of WebAssembly (MVP) has them.

use crate::reader::{after_number, byte_at, number_at};
use crate::words::Words;

/// Where the reading of an expression ended.
pub enum End {
    /// Behind the last `end`.
    Complete(usize),
    /// At the first instruction that the MVP does not have. `depth`: the blocks around it, with the expression itself.
    Later { at: usize, depth: usize },
    Malformed,
}

// What follows an opcode.
const NOTHING: u8 = 0;
const BLOCK_TYPE: u8 = 1;
const NUMBER: u8 = 2;
const LABELS: u8 = 3;
const TYPE_AND_TABLE: u8 = 4;
const MEMORY: u8 = 5;
const FOUR_BYTES: u8 = 6;
const EIGHT_BYTES: u8 = 7;
const END: u8 = 8;
const MEMORY_ACCESS: u8 = 9;
const CALL: u8 = 10;
const LATER: u8 = 11;

static IMMEDIATES: [u8; 256] = immediates();

const fn immediates() -> [u8; 256] {
    let rows: [(usize, usize, u8); 17] = [
        (0x00, 0x01, NOTHING),
        (0x02, 0x04, BLOCK_TYPE),
        (0x05, 0x05, NOTHING),
        (0x0b, 0x0b, END),
        (0x0c, 0x0d, NUMBER),
        (0x0e, 0x0e, LABELS),
        (0x0f, 0x0f, NOTHING),
        (0x10, 0x10, CALL),
        (0x11, 0x11, TYPE_AND_TABLE),
        (0x1a, 0x1b, NOTHING),
        (0x20, 0x24, NUMBER),
        (0x28, 0x3e, MEMORY_ACCESS),
        (0x3f, 0x40, MEMORY),
        (0x41, 0x42, NUMBER),
        (0x43, 0x43, FOUR_BYTES),
        (0x44, 0x44, EIGHT_BYTES),
        (0x45, 0xbf, NOTHING),
    ];
    let mut table = [LATER; 256];
    let mut row = 0;
    while row < rows.len() {
        let (first, last, immediate) = rows[row];
        let mut opcode = first;
        while opcode <= last {
            table[opcode] = immediate;
            opcode += 1;
        }
        row += 1;
    }
    table
}

const NO_RESULT: u8 = 0x40;
/// Bit 6 of an alignment: a memory index follows (multi-memory).
const HAS_MEMORY_INDEX: u8 = 0x40;

/// Reads up to the `end` of the expression, and records its calls. None when there is no memory left.
/// `start`: where the expression starts, or an instruction in `depth` blocks of it.
pub fn read_expression(bytes: &[u8], start: usize, end: usize, depth: usize, words: &mut Words) -> Option<End> {
    let mut at = start;
    let mut depth = depth;
    while at < end {
        let instruction = at;
        let immediate = IMMEDIATES[usize::from(byte_at(bytes, at))];
        at += 1;
        match immediate {
            NUMBER => at = after_number(bytes, at),
            NOTHING => {}
            MEMORY_ACCESS => {
                if byte_at(bytes, at) & 0xc0 == HAS_MEMORY_INDEX {
                    return Some(End::Later { at: instruction, depth });
                }
                at = after_number(bytes, at);
                at = after_number(bytes, at);
            }
            END => {
                depth -= 1;
                if depth == 0 {
                    return Some(End::Complete(at));
                }
            }
            BLOCK_TYPE => {
                if !matches!(byte_at(bytes, at), NO_RESULT | 0x7c..=0x7f) {
                    return Some(End::Later { at: instruction, depth });
                }
                at += 1;
                depth += 1;
            }
            CALL => {
                record_direct(number_at(bytes, at), words)?;
                at = after_number(bytes, at);
            }
            EIGHT_BYTES => at += 8,
            FOUR_BYTES => at += 4,
            TYPE_AND_TABLE | MEMORY => {
                let number = at;
                if immediate == TYPE_AND_TABLE {
                    at = after_number(bytes, at);
                }
                if at < end && byte_at(bytes, at) != 0 {
                    return Some(End::Later { at: instruction, depth });
                }
                at += 1;
                if immediate == TYPE_AND_TABLE {
                    record_indirect(number_at(bytes, number), words)?;
                }
            }
            LABELS => at = after_labels(bytes, at, end),
            _ => return Some(End::Later { at: instruction, depth }),
        }
    }
    Some(End::Malformed)
}

/// The place behind the count, as many labels, and the default label.
fn after_labels(bytes: &[u8], start: usize, end: usize) -> usize {
    let mut at = start;
    let mut count: u64 = 0;
    for shift in [0, 7, 14, 21, 28] {
        let byte = byte_at(bytes, at);
        at += 1;
        count += u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            break;
        }
    }
    // A count that the expression has no room for is damage.
    if end < at || count > (end - at) as u64 {
        return end;
    }
    for _ in 0..=count {
        at = after_number(bytes, at);
    }
    at
}

/// Larger indices are damage: no engine takes so many functions or types.
const MAX_INDEX: u32 = 1 << 28;

/// A call is twice the index of the function. None when there is no memory left.
pub fn record_direct(index: u32, words: &mut Words) -> Option<()> {
    if index < MAX_INDEX { words.push(index << 1) } else { Some(()) }
}

/// A call through a table is twice the index of its type, and one more. None when there is no memory left.
pub fn record_indirect(index: u32, words: &mut Words) -> Option<()> {
    if index < MAX_INDEX { words.push(index << 1 | 1) } else { Some(()) }
}
