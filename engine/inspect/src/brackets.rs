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

/// The longest character literal: `'\u{10ffff}'`.
const MAX_CHARACTER: usize = 12;

/// v0 symbols have literals in constants. A single quote without another one near begins a lifetime.
fn skip_literal(bytes: &[u8], at: usize) -> usize {
    if bytes[at] == b'\'' {
        return skip_character(bytes, at);
    }
    let mut here = at + 1;
    while here < bytes.len() {
        match bytes[here] {
            b'\\' => here += 1,
            b'"' => return here + 1,
            _ => {}
        }
        here += 1;
    }
    // To look at the rest again would take quadratic time.
    bytes.len()
}

fn skip_character(bytes: &[u8], at: usize) -> usize {
    let inside = &bytes[at + 1..bytes.len().min(at + MAX_CHARACTER)];
    // The character behind a backslash may be a quote.
    let from = if inside.first() == Some(&b'\\') { 2 } else { 1 };
    let end = inside.iter().skip(from).position(|&byte| byte == b'\'').map(|end| end + from);
    let is_character = |end: usize| end == 1 || inside[0] == b'\\' || (inside[0] >= 0x80 && end <= 4);
    match end {
        Some(end) if is_character(end) => at + 1 + end + 1,
        _ => at + 1,
    }
}
