//! The crate that the code of a v0 symbol was written in.
//!
//! The demangled text of a method in an `impl` names the type and the trait alone. The symbol also has the path of the
//! `impl` itself, and thereby its crate: for `impl<T: Config> OnGenesis for T` it is the crate of the `impl`, not that of T.
//! Grammar: https://doc.rust-lang.org/rustc/symbol-mangling/v0.html

/// Each step but a back reference moves forward, and those could make a circle.
const MAX_STEPS: usize = 1_000;

/// None where the symbol is of another form, has no name for the crate, or a name that is not ASCII.
pub fn crate_of(symbol: &str) -> Option<&str> {
    let path = ["_R", "R", "__R"].iter().find_map(|prefix| symbol.strip_prefix(prefix))?;
    let mut at = 0;
    for _ in 0..MAX_STEPS {
        let rest = path.get(at..)?;
        match rest.bytes().next()? {
            // An item in a path: its namespace, the path, the name.
            b'N' => at += 2,
            // A path with type arguments.
            b'I' => at += 1,
            // An `impl`: its path, the type, the trait.
            b'M' | b'X' => at += 1 + disambiguator(rest.get(1..)?)?,
            b'B' => at = back_reference(rest.get(1..)?)?,
            b'C' => return identifier(rest.get(1 + disambiguator(rest.get(1..)?)?..)?),
            _ => return None,
        }
    }
    None
}

/// Returns its length, which is 0 where there is none. That of a crate is a 64-bit hash: its value is of no use here.
fn disambiguator(text: &str) -> Option<usize> {
    match text.strip_prefix('s') {
        Some(number) => Some(1 + number.find('_')? + 1),
        None => Some(0),
    }
}

/// Returns an offset in the path.
fn back_reference(text: &str) -> Option<usize> {
    let digits = &text[..text.find('_')?];
    if digits.is_empty() {
        return Some(0);
    }
    let mut number: usize = 0;
    for byte in digits.bytes() {
        let digit = match byte {
            b'0'..=b'9' => byte - b'0',
            b'a'..=b'z' => byte - b'a' + 10,
            b'A'..=b'Z' => byte - b'A' + 36,
            _ => return None,
        };
        number = number.checked_mul(62)?.checked_add(digit.into())?;
    }
    number.checked_add(1)
}

fn identifier(text: &str) -> Option<&str> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let length: usize = text[..digits].parse().ok()?;
    let name = &text[digits..];
    // Separates the length from a name that begins with a digit or `_`.
    let name = name.strip_prefix('_').unwrap_or(name).get(..length)?;
    // Names in punycode are left to the demangler.
    crate::names::is_identifier(name).then_some(name)
}
