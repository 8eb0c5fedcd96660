//! What the type or the trait of an `impl` is called.

use crate::brackets::{closing, find_outside};
use crate::names::{names, write_joined, Path};
use crate::output::Writer;
use core::fmt::{self, Write};

/// Deeper parts of a type are not looked at.
const MAX_DEPTH: usize = 8;

/// The parts of `<Self as Trait>::rest`.
pub struct Qualified<'a> {
    pub self_type: &'a str,
    pub trait_path: Option<&'a str>,
    pub rest: &'a str,
}

impl<'a> Qualified<'a> {
    /// `text` begins with `<`.
    pub fn of(text: &'a str) -> Self {
        let end = closing(text);
        let inside = text.get(1..end).unwrap_or_default();
        let rest = text.get(end + 1..).unwrap_or_default().trim_start_matches("::");
        match find_outside(inside, " as ") {
            Some(at) => Self { self_type: &inside[..at], trait_path: Some(&inside[at + 4..]), rest },
            None => Self { self_type: inside, trait_path: None, rest },
        }
    }

    /// `text` is `<impl Trait for Self>` or `<impl Self>`.
    pub fn of_impl(text: &'a str, rest: &'a str) -> Self {
        let end = closing(text);
        let inside = text.get("<impl ".len()..end).unwrap_or_default();
        match find_outside(inside, " for ") {
            Some(at) => Self { self_type: &inside[at + 5..], trait_path: Some(&inside[..at]), rest },
            None => Self { self_type: inside, trait_path: None, rest },
        }
    }
}

/// The path that a type begins with, behind references and pointers; of an associated type that of its self type.
/// None for a type parameter, a primitive type, a tuple, a slice, or a function.
pub fn path_of(text: &str) -> Option<Path<'_>> {
    let mut bare = without_prefix(text);
    for _ in 0..MAX_DEPTH {
        if !bare.starts_with('<') {
            return Path::of(bare);
        }
        bare = without_prefix(Qualified::of(bare).self_type);
    }
    None
}

/// The type behind `&'a mut`, `*const`, `dyn for<'a>` and the like.
fn without_prefix(mut text: &str) -> &str {
    loop {
        let next =
            ["&", "*const ", "*mut ", "mut ", "dyn ", "impl "].iter().find_map(|prefix| text.strip_prefix(prefix));
        let next = next.or_else(|| text.strip_prefix('\'')?.split_once(' ').map(|(_, rest)| rest));
        let next = next.or_else(|| text.starts_with("for<").then(|| text.split_once("> ").map(|(_, rest)| rest))?);
        match next {
            Some(rest) => text = rest,
            None => return text,
        }
    }
}

/// Writes a type without type arguments. `with_path`: `alloc::vec::Vec`, else `Vec`.
pub fn write_type(text: &str, with_path: bool, depth: usize, writer: &mut Writer) -> fmt::Result {
    if depth >= MAX_DEPTH {
        return writer.write_str("…");
    }
    let bare = without_prefix(text);
    let prefix = &text[..text.len() - bare.len()];
    let mutable = if prefix.ends_with("mut ") { "mut " } else { "" };
    if prefix.starts_with('&') {
        write!(writer, "&{mutable}")?;
    } else if prefix.starts_with('*') {
        writer.write_str(if mutable.is_empty() { "*const " } else { "*mut " })?;
    }
    if prefix.contains("dyn ") {
        writer.write_str("dyn ")?;
    }
    match bare.as_bytes().first() {
        Some(b'(') => writer.write_str(if bare == "()" { bare } else { "(…)" }),
        Some(b'[') => write_array(bare, with_path, depth, writer),
        Some(b'<') => {
            let Qualified { self_type, trait_path, rest } = Qualified::of(bare);
            writer.write_str(if trait_path.is_some() { "<" } else { "" })?;
            write_type(self_type, with_path, depth + 1, writer)?;
            if let Some(name) = trait_path {
                writer.write_str(" as ")?;
                write_type(name, false, depth + 1, writer)?;
                writer.write_str(">")?;
            }
            writer.write_str("::")?;
            write_joined(names(rest), writer)
        }
        _ if bare.starts_with("fn(") || bare.contains("fn(") && is_function(bare) => writer.write_str("fn(…)"),
        _ => match Path::of(bare) {
            Some(path) if with_path => path.write_whole(writer),
            Some(path) => path.write_item(writer),
            None => write_joined(names(bare), writer),
        },
    }
}

fn write_array(text: &str, with_path: bool, depth: usize, writer: &mut Writer) -> fmt::Result {
    let inside = text.get(1..closing(text)).unwrap_or_default();
    let length = find_outside(inside, ";");
    writer.write_str("[")?;
    write_type(&inside[..length.unwrap_or(inside.len())], with_path, depth + 1, writer)?;
    writer.write_str(if length.is_some() { "; _]" } else { "]" })
}

fn is_function(text: &str) -> bool {
    text.starts_with("unsafe ") || text.starts_with("extern ")
}
