//! The names in a path.

use crate::brackets::segments;
use crate::output::Writer;
use core::fmt::{self, Write};

/// Longer items and types are cut off.
const MAX_BYTES: usize = 200;

/// The names of a path: without type arguments, and closures without their numbers. `_` stands for an anonymous block.
pub fn names(path: &str) -> impl Iterator<Item = &str> {
    segments(path).map(without_arguments).filter(|name| !name.is_empty() && *name != "_")
}

/// `Vec<T>` is `Vec`, `<T>` is nothing, and both forms of a closure are `{closure}`.
fn without_arguments(segment: &str) -> &str {
    if segment.starts_with('{') {
        return in_braces(segment);
    }
    // `call_once{{vtable.shim}}`: the same code as the function, for a call by pointer.
    &segment[..segment.find(['<', '{']).unwrap_or(segment.len())]
}

fn in_braces(segment: &str) -> &'static str {
    let word = segment.trim_start_matches('{');
    const KNOWN: [(&str, &str); 4] =
        [("closure", "{closure}"), ("constant", "{constant}"), ("impl", "{impl}"), ("shim", "{shim}")];
    KNOWN.iter().find(|(prefix, _)| word.starts_with(prefix)).map_or("{…}", |(_, name)| name)
}

/// Names of real paths have up to 12; the others of made ones are left out.
const MAX_NAMES: usize = 24;

/// What the names of a path mean. `alloc::vec::Vec::push` has the crate `alloc`, the module `vec` and the item `Vec::push`.
pub struct Path<'a> {
    names: [&'a str; MAX_NAMES],
    count: usize,
    /// Where the item begins in the names.
    item_at: usize,
}

impl<'a> Path<'a> {
    /// None unless the first name is a crate and there is another.
    pub fn of(text: &'a str) -> Option<Self> {
        let mut path = Self { names: [""; MAX_NAMES], count: 0, item_at: 0 };
        for name in names(text).take(MAX_NAMES) {
            if path.count == 0 && !is_identifier(name) {
                return None;
            }
            // A type or trait begins with a capital; a closure belongs to the function before it.
            if path.item_at == 0 && path.count > 0 {
                if name.starts_with('{') {
                    path.item_at = path.count.saturating_sub(1).max(1);
                } else if starts_with_capital(name) {
                    path.item_at = path.count;
                }
            }
            path.names[path.count] = name;
            path.count += 1;
        }
        if path.item_at == 0 {
            path.item_at = path.count.checked_sub(1)?;
        }
        (path.count > 1).then_some(path)
    }

    pub fn crate_name(&self) -> &'a str {
        self.names[0]
    }

    pub fn write_modules(&self, writer: &mut Writer) -> fmt::Result {
        write_joined(self.names[1..self.item_at].iter().copied(), writer)
    }

    pub fn write_item(&self, writer: &mut Writer) -> fmt::Result {
        write_joined(self.names[self.item_at..self.count].iter().copied(), writer)
    }

    pub fn write_whole(&self, writer: &mut Writer) -> fmt::Result {
        write_joined(self.names[..self.count].iter().copied(), writer)
    }
}

fn starts_with_capital(name: &str) -> bool {
    match name.as_bytes().first() {
        Some(first) if first.is_ascii() => first.is_ascii_uppercase(),
        _ => name.chars().next().is_some_and(char::is_uppercase),
    }
}

/// With `::` between them, and `…` in place of what is too long.
pub fn write_joined<'a>(names: impl Iterator<Item = &'a str>, writer: &mut Writer) -> fmt::Result {
    let mut left = MAX_BYTES;
    for (index, name) in names.enumerate() {
        if index > 0 {
            writer.write_str("::")?;
        }
        let kept = &name[..name.floor_char_boundary(left.min(name.len()))];
        writer.write_str(kept)?;
        if kept.len() < name.len() || left < 2 + kept.len() {
            return writer.write_str("…");
        }
        left -= 2 + kept.len();
    }
    Ok(())
}

pub fn is_identifier(name: &str) -> bool {
    !name.is_empty()
        && !name.as_bytes()[0].is_ascii_digit()
        && name.bytes().all(|byte| byte == b'_' || byte.is_ascii_alphanumeric() || byte >= 0x80)
}
