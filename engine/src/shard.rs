//! Shards: the code with all function bodies but every n-th replaced by `unreachable`.
//!
//! Compiling shard k of n with a store on leaves the real functions of that share in the store. When the stores of all
//! shards are merged, compiling the whole code finds every function there, and the artifact's bytes are the same.

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

/// The number of function bodies.
pub fn body_count(code: &[u8]) -> Option<usize> {
    let mut rest = code.get(8..)?;
    while let Some((&id, after)) = rest.split_first() {
        let (size, body) = leb(after)?;
        if id == CODE_SECTION {
            return leb(body).map(|(count, _)| count);
        }
        rest = body.get(size..)?;
    }
    Some(0)
}

/// All sections but code, data and custom ones: what the machine code of a body depends on besides the body.
///
/// Data never matters: memory is initialized at instantiation, and passive segments are refused by the parser.
pub fn environment(code: &[u8]) -> Option<Vec<u8>> {
    const CUSTOM: u8 = 0;
    const DATA: u8 = 11;
    let mut output = Vec::new();
    let mut rest = code.get(8..)?;
    while let Some((&id, after)) = rest.split_first() {
        let (size, body) = leb(after)?;
        if ![CUSTOM, CODE_SECTION, DATA].contains(&id) {
            output.extend(rest.get(..rest.len() - body.len() + size)?);
        }
        rest = body.get(size..)?;
    }
    Some(output)
}

fn stub_bodies(section: &[u8], index: usize, count: usize) -> Option<Vec<u8>> {
    let (bodies, mut rest) = leb(section)?;
    let mut output = Vec::with_capacity(section.len() / count + 4 * bodies);
    write_leb(&mut output, bodies);
    for body in 0..bodies {
        let (size, after) = leb(rest)?;
        let next = after.get(size..)?;
        if body % count == index {
            output.extend(&rest[..rest.len() - next.len()]);
        } else {
            output.extend(STUB);
        }
        rest = next;
    }
    Some(output)
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
        let first = share(code, 0, 2).expect("well-formed");
        assert!(first.ends_with(b"\x02\x03\0\x01\x0b\x03\0\0\x0b"));
        let second = share(code, 1, 2).expect("well-formed");
        assert!(second.ends_with(b"\x02\x03\0\0\x0b\x04\0\x01\x01\x0b"));
        assert_eq!(share(&code[..code.len() - 1], 0, 2), None);
    }
}
