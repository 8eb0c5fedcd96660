//! Shards: the code with all function bodies but those of one share replaced by `unreachable`.
//!
//! Compiling shard k of n with a store on leaves the real functions of that share in the store. When the stores of all
//! shards are merged, compiling the whole code finds every function there, and the artifact's bytes are the same.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

const CODE_SECTION: u8 = 10;
/// Size 3: no locals, `unreachable`, `end`.
const STUB: [u8; 4] = [3, 0, 0x00, 0x0b];

/// Works on instrumented code, which our own serializer wrote. `None` when it isn't well-formed wasm.
pub fn share(code: &[u8], index: usize, count: usize) -> Option<Vec<u8>> {
    let mut output = Vec::with_capacity(code.len() / count + code.len() / 4);
    output.extend(code.get(..8)?);
    let mut rest = &code[8..];
    while let Some((&id, after)) = rest.split_first() {
        let (size, body) = leb(after)?;
        let section = body.get(..size)?;
        if id == CODE_SECTION {
            let stubbed = stub_bodies(section, index, count)?;
            output.push(id);
            write_leb(&mut output, stubbed.len());
            output.extend(stubbed);
        } else {
            output.extend(&rest[..rest.len() - body.len() + size]);
        }
        rest = &body[size..];
    }
    Some(output)
}

/// The share of each body, as `share` assigns them.
pub fn shares(code: &[u8], count: usize) -> Option<Vec<usize>> {
    Some(assign(&bodies_of(code_section(code)?)?.iter().map(|body| body.len()).collect::<Vec<_>>(), count))
}

/// The functions that the stack limiter's thunks call: the bodies from the place `first` on, one call in each.
pub fn thunk_callees(code: &[u8], first: usize) -> Option<Vec<u32>> {
    bodies_of(code_section(code)?)?.get(first..)?.iter().map(|thunk| only_callee(thunk)).collect()
}

/// A thunk has no locals, and only the instructions that wasm-instrument's `generate_thunks` writes.
fn only_callee(thunk: &[u8]) -> Option<u32> {
    const IF: u8 = 0x04;
    const CALL: u8 = 0x10;
    const WITH_INDEX: [u8; 4] = [0x20, 0x23, 0x24, 0x41];
    let (_, body) = leb(thunk)?;
    let (_, mut rest) = leb(body)?;
    while let Some((&opcode, after)) = rest.split_first() {
        rest = match opcode {
            CALL => return leb(after).map(|(callee, _)| callee as u32),
            IF => after.get(1..)?,
            _ if WITH_INDEX.contains(&opcode) => leb(after)?.1,
            _ => after,
        };
    }
    None
}

fn code_section(code: &[u8]) -> Option<&[u8]> {
    let mut rest = code.get(8..)?;
    while let Some((&id, after)) = rest.split_first() {
        let (size, body) = leb(after)?;
        if id == CODE_SECTION {
            return body.get(..size);
        }
        rest = body.get(size..)?;
    }
    None
}

/// The number of function bodies.
pub fn body_count(code: &[u8]) -> Option<usize> {
    code.get(8..)?;
    code_section(code).map_or(Some(0), |section| leb(section).map(|(count, _)| count))
}

/// All sections but code, data and custom ones: what the machine code of a body depends on besides the body.
///
/// Data never matters: memory is initialized at instantiation, and passive segments are refused by the parser.
pub fn environment(code: &[u8]) -> Option<Vec<u8>> {
    const CUSTOM: u8 = 0;
    const DATA: u8 = 11;
    sections(code, |id| ![CUSTOM, CODE_SECTION, DATA].contains(&id))
}

/// A module with the types and imports of the code and nothing else, which is read in no time.
pub fn interface(code: &[u8]) -> Option<Vec<u8>> {
    const TYPES: u8 = 1;
    const IMPORTS: u8 = 2;
    Some([code.get(..8)?, &sections(code, |id| [TYPES, IMPORTS].contains(&id))?].concat())
}

fn sections(code: &[u8], is_wanted: impl Fn(u8) -> bool) -> Option<Vec<u8>> {
    let mut output = Vec::new();
    let mut rest = code.get(8..)?;
    while let Some((&id, after)) = rest.split_first() {
        let (size, body) = leb(after)?;
        if is_wanted(id) {
            output.extend(rest.get(..rest.len() - body.len() + size)?);
        }
        rest = body.get(size..)?;
    }
    Some(output)
}

fn stub_bodies(section: &[u8], index: usize, count: usize) -> Option<Vec<u8>> {
    let bodies = bodies_of(section)?;
    let shares = assign(&bodies.iter().map(|body| body.len()).collect::<Vec<_>>(), count);
    let mut output = Vec::with_capacity(section.len() / count + 4 * bodies.len());
    write_leb(&mut output, bodies.len());
    for (body, share) in bodies.iter().zip(shares) {
        output.extend(if share == index { body } else { &STUB[..] });
    }
    Some(output)
}

/// Each body with its size before it.
fn bodies_of(section: &[u8]) -> Option<Vec<&[u8]>> {
    let (count, mut rest) = leb(section)?;
    let mut bodies = Vec::with_capacity(count);
    for _ in 0..count {
        let (size, after) = leb(rest)?;
        let next = after.get(size..)?;
        bodies.push(&rest[..rest.len() - next.len()]);
        rest = next;
    }
    Some(bodies)
}

/// The share of each body: the largest first, each to the share with the least bytes so far. All threads find the same.
fn assign(sizes: &[usize], count: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_unstable_by_key(|&body| (Reverse(sizes[body]), body));
    let mut loads: BinaryHeap<Reverse<(usize, usize)>> = (0..count).map(|share| Reverse((0, share))).collect();
    let mut shares = vec![0; sizes.len()];
    for body in order {
        let Reverse((load, share)) = loads.pop().expect("there is a share");
        shares[body] = share;
        loads.push(Reverse((load + sizes[body], share)));
    }
    shares
}

fn leb(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut value = 0;
    for (place, byte) in bytes.iter().take(5).enumerate() {
        value |= usize::from(byte & 0x7f) << (7 * place);
        if byte & 0x80 == 0 {
            return Some((value, &bytes[place + 1..]));
        }
    }
    None
}

fn write_leb(output: &mut Vec<u8>, mut value: usize) {
    while value >= 0x80 {
        output.push(value as u8 | 0x80);
        value >>= 7;
    }
    output.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_shards_together_hold_every_body_once() {
        // Two functions of type () -> (): `nop`, and `nop nop`.
        let code = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x03\x03\x02\0\0\x0a\x0a\x02\x03\0\x01\x0b\x04\0\x01\x01\x0b";
        assert_eq!(share(code, 0, 1).as_deref(), Some(&code[..]));
        // The larger function goes to the first share.
        let first = share(code, 0, 2).expect("well-formed");
        assert!(first.ends_with(b"\x02\x03\0\0\x0b\x04\0\x01\x01\x0b"));
        let second = share(code, 1, 2).expect("well-formed");
        assert!(second.ends_with(b"\x02\x03\0\x01\x0b\x03\0\0\x0b"));
        assert_eq!(share(&code[..code.len() - 1], 0, 2), None);
    }

    #[test]
    fn shares_are_of_like_size() {
        assert_eq!(assign(&[1, 9, 2, 3, 3], 2), [1, 0, 1, 1, 1]);
        assert_eq!(assign(&[], 3), [0; 0]);
    }

    #[test]
    fn a_thunk_is_known_by_its_call() {
        // Locals 0: local.get 0, global.get 1, i32.const 300, i32.add, global.set 1, if (empty), unreachable, end, call 200.
        let thunk = b"\x15\0\x20\0\x23\x01\x41\xac\x02\x6a\x24\x01\x04\x40\0\x0b\x10\xc8\x01\x0b";
        assert_eq!(only_callee(thunk), Some(200));
        assert_eq!(only_callee(b"\x02\0\x0b"), None);
    }

    #[test]
    fn the_interface_is_types_and_imports() {
        // A type, an import of it from `env`, and a custom section.
        let code = b"\0asm\x01\0\0\0\0\x02\x01a\x01\x04\x01\x60\0\0\x02\x09\x01\x03env\x01f\0\0";
        assert_eq!(interface(code).expect("well-formed"), [&code[..8], &code[12..]].concat());
        assert_eq!(interface(&code[..code.len() - 1]), None);
    }
}
