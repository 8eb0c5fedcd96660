//! Searches in the text of Rust paths and types, such as `<a::B<(C, D)> as e::F>::g`. Linear, and never out of bounds.
//! What is looked for is ASCII, so every place that comes out is between two characters.

/// Where `separator` is next outside all brackets. It holds no bracket or quote itself.
pub fn find_outside(text: &str, separator: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let first = *separator.as_bytes().first()?;
    let mut at = 0;
    while at < bytes.len() {
        // The first byte alone settles it nearly always.
        if bytes[at] == first && bytes[at..].starts_with(separator.as_bytes()) {
            return Some(at);
        }
        at = skip(bytes, at);
    }
    None
}

/// Where the bracket that opens at the start of the text closes; the length of the text where it does not.
pub fn closing(text: &str) -> usize {
    skip(text.as_bytes(), 0).saturating_sub(1)
}

/// The parts between `::`.
pub fn segments(path: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(path);
    core::iter::from_fn(move || {
        let text = rest?;
        match find_outside(text, "::") {
            Some(at) => {
                rest = Some(&text[at + 2..]);
                Some(&text[..at])
            }
            None => {
                rest = None;
                Some(text)
            }
        }
    })
}

/// The place behind what begins at `at`: behind a character, brackets with what is in them, or a literal.
/// One more than the length where brackets do not close.
fn skip(bytes: &[u8], at: usize) -> usize {
    match KINDS[usize::from(bytes[at])] {
        OPENS => skip_brackets(bytes, at),
        QUOTES => skip_literal(bytes, at),
        _ => at + 1,
    }
}

const OPENS: u8 = 1;
const CLOSES: u8 = 2;
const QUOTES: u8 = 3;
const KINDS: [u8; 256] = kinds();

const fn kinds() -> [u8; 256] {
    let mut kinds = [0; 256];
    let rows: [(&[u8], u8); 3] = [(b"<([{", OPENS), (b">)]}", CLOSES), (b"'\"", QUOTES)];
    let mut row = 0;
    while row < rows.len() {
        let mut at = 0;
        while at < rows[row].0.len() {
            kinds[rows[row].0[at] as usize] = rows[row].1;
            at += 1;
        }
        row += 1;
    }
    kinds
}

fn skip_brackets(bytes: &[u8], from: usize) -> usize {
    let mut depth = 0_usize;
    let mut at = from;
    while at < bytes.len() {
        match KINDS[usize::from(bytes[at])] {
            OPENS => depth += 1,
            // The `>` of `->` closes nothing.
            CLOSES if bytes[at] != b'>' || bytes[at - 1] != b'-' => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            QUOTES => {
                at = skip_literal(bytes, at);
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    bytes.len() + 1
}

/// v0 symbols have literals in constants. A quote without an end is alone; it begins a lifetime.
fn skip_literal(bytes: &[u8], at: usize) -> usize {
    let quote = bytes[at];
    let is_escaped = bytes.get(at + 1) == Some(&b'\\');
    if quote == b'\'' && !is_escaped {
        // One character, which may have several bytes.
        let end = bytes[at + 1..].iter().take(5).position(|&byte| byte == quote).unwrap_or(0);
        let is_character = end > 0 && (end == 1 || bytes[at + 1] >= 0x80);
        return if is_character { at + 2 + end } else { at + 1 };
    }
    let mut here = at + 1;
    while here < bytes.len() {
        match bytes[here] {
            b'\\' => here += 1,
            byte if byte == quote => return here + 1,
            _ => {}
        }
        here += 1;
    }
    at + 1
}
