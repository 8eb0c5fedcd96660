//! Reads the code section of a module: what its functions call, and where the first of them uses what the first version of
//! WebAssembly (MVP) does not have.

use crate::instructions::{read_expression, End};
use crate::later_instructions::pass_instruction;
use crate::reader::Reader;
use crate::words::Words;

/// How the section reads for a parser of the MVP.
#[derive(Clone, Copy)]
pub enum Verdict {
    Complete,
    Malformed,
    /// At an instruction that the MVP does not have.
    Instruction { at: usize, body: usize },
    /// At a local's type that the MVP does not have.
    Local { at: usize, body: usize },
}

/// Wasmtime rejects modules with more functions (wasmparser `limits.rs`). Their calls are not recorded.
const MAX_FUNCTIONS: usize = 1_000_000;

/// Words in front of the others: the verdict, its offset and its body, and the number of bodies.
const HEADER: usize = 4;

/// Writes the header, then for each body the place where its calls end, then all calls. None when there is no memory left.
pub fn read_code(module: &[u8], start: usize, end: usize, words: &mut Words) -> Option<()> {
    let mut section = Reader { bytes: module, at: start, end };
    let count = section.u32().map(|count| count as usize);
    let recorded = count.filter(|&count| count <= MAX_FUNCTIONS && count <= end - start).unwrap_or(0);
    words.reserve(HEADER + recorded)?;
    let mut bodies = 0;
    let mut walked = 0;
    let mut strict = None;
    for body in 0..count.unwrap_or(0) {
        let Some((from, to)) = section.u32().and_then(|size| section.part(size as usize)) else {
            break;
        };
        walked += 1;
        if strict.is_none() {
            strict = strict_locals(Reader { bytes: module, at: from, end: to }, body);
        }
        let ending = read_body(module, from, to, words)?;
        strict = strict.or(match ending {
            Ending::Complete => None,
            Ending::Malformed => Some(Verdict::Malformed),
            Ending::Later(at) => Some(Verdict::Instruction { at, body }),
        });
        if body < recorded {
            words.set(HEADER + body, words.length() - HEADER - recorded);
            bodies = body + 1;
        } else if strict.is_some() {
            break;
        } else {
            words.truncate(HEADER + recorded);
        }
    }
    let is_complete = count == Some(walked) && section.at == section.end;
    let verdict = strict.unwrap_or(if is_complete { Verdict::Complete } else { Verdict::Malformed });
    let (kind, at, body) = match verdict {
        Verdict::Complete => (0, 0, 0),
        Verdict::Malformed => (1, 0, 0),
        Verdict::Instruction { at, body } => (2, at, body),
        Verdict::Local { at, body } => (3, at, body),
    };
    for (place, word) in [kind, at, body, bodies].into_iter().enumerate() {
        words.set(place, word);
    }
    Some(())
}

/// What is wrong with the locals for a parser of the MVP.
fn strict_locals(mut reader: Reader, body: usize) -> Option<Verdict> {
    let Some(groups) = reader.u32() else { return Some(Verdict::Malformed) };
    for _ in 0..groups {
        let Some(kind) = reader.u32().and_then(|_| reader.byte()) else { return Some(Verdict::Malformed) };
        if !matches!(kind, 0x7c..=0x7f) {
            return Some(Verdict::Local { at: reader.at - 1, body });
        }
    }
    None
}

enum Ending {
    Complete,
    Malformed,
    /// The first instruction that the MVP does not have is here.
    Later(usize),
}

/// Records the calls, also behind later instructions, up to what is damaged or unknown. None when there is no memory left.
#[inline(never)]
fn read_body(module: &[u8], start: usize, end: usize, words: &mut Words) -> Option<Ending> {
    let mut reader = Reader { bytes: module, at: start, end };
    let Some(()) = pass_locals(&mut reader) else { return Some(Ending::Malformed) };
    let mut at = reader.at;
    let mut depth = 1;
    let mut first = None;
    loop {
        match read_expression(module, at, end, depth, words)? {
            End::Complete(last) => return Some(first.unwrap_or(if last == end { Ending::Complete } else { Ending::Malformed })),
            End::Malformed => return Some(first.unwrap_or(Ending::Malformed)),
            End::Later { at: instruction, depth: blocks } => {
                first.get_or_insert(Ending::Later(instruction));
                match pass_instruction(module, instruction, end, blocks, words)? {
                    Some(next) => (at, depth) = next,
                    None => return first,
                }
            }
        }
    }
}

/// None for damaged locals.
fn pass_locals(reader: &mut Reader) -> Option<()> {
    for _ in 0..reader.u32()? {
        reader.u32()?;
        // A typed reference has its heap type behind it.
        if matches!(reader.byte()?, 0x63 | 0x64) {
            reader.pass_u64()?;
        }
    }
    Some(())
}
