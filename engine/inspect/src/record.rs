//! The line of a name. It begins with the demangled name without hash, and the crate that a v0 symbol says its code is from.
//! The third field says what follows:
//!
//!   path    crate, modules, item, crates in type arguments
//!   impl    crate and modules before the `impl`; type: crate, modules, with path, without; trait: crate, modules, name;
//!           item; crates in the type, the item's arguments and the trait; those in the trait
//!   other   the name without what LLVM adds
//!
//! Modules and items have `::` between their names, and no type arguments. Crates have a space between them.

use crate::brackets::segments;
use crate::home;
use crate::mentions::Crates;
use crate::names::{is_identifier, names, write_joined, Path};
use crate::output::{Beginning, Writer};
use crate::types::{path_of, write_type, Qualified};
use core::fmt::{self, Write};

/// Longer names are cut off. The longest of real runtimes have 12,300 bytes.
const MAX_NAME_BYTES: usize = 16 * 1024;

/// Writes the first two fields.
pub fn write_key(raw: &[u8], writer: &mut Writer) -> fmt::Result {
    write_name(raw, writer)?;
    writer.tab()?;
    let home = core::str::from_utf8(raw).ok().and_then(home::crate_of);
    writer.write_str(home.unwrap_or_default())
}

/// Writes the others, behind the first two.
pub fn write_parts(writer: &mut Writer) -> fmt::Result {
    writer.tab()?;
    let (key, mut rest) = writer.split();
    let name = without_copy_suffix(key.split('\t').next().unwrap_or_default());
    parts_of(name, &mut rest)?;
    let length = rest.length();
    writer.extend(length);
    Ok(())
}

fn write_name(raw: &[u8], writer: &mut Writer) -> fmt::Result {
    let from = writer.length();
    let mut name = Beginning { writer, left: MAX_NAME_BYTES, is_cut: false };
    let result = match core::str::from_utf8(raw) {
        Ok(symbol) => write!(name, "{:#}", rustc_demangle::demangle(symbol)),
        Err(_) => raw.utf8_chunks().try_for_each(|chunk| {
            name.write_str(chunk.valid())?;
            name.write_str(if chunk.invalid().is_empty() { "" } else { "\u{fffd}" })
        }),
    };
    if !name.is_cut {
        result?;
    }
    writer.remove_hash(from);
    writer.remove_separators(from);
    Ok(())
}

/// LLVM numbers copies of a function (`f.1`), or names the module that a local one was in (`f.llvm.123`).
fn without_copy_suffix(mut name: &str) -> &str {
    while let Some((before, last)) = name.rsplit_once('.') {
        if last.is_empty() || !last.bytes().all(|byte| byte.is_ascii_digit()) {
            break;
        }
        name = before.strip_suffix(".llvm").unwrap_or(before);
    }
    name
}

fn parts_of(name: &str, writer: &mut Writer) -> fmt::Result {
    if name.starts_with('<') && !name.starts_with("<impl ") {
        return write_impl("", &Qualified::of(name), writer);
    }
    if let Some(at) = find_impl(name) {
        let segment = segments(&name[at..]).next().unwrap_or_default();
        let rest = name[at + segment.len()..].trim_start_matches("::");
        return write_impl(&name[..at], &Qualified::of_impl(segment, rest), writer);
    }
    match Path::of(name) {
        Some(path) => write_path(&path, name, writer),
        None => write!(writer, "other\t{name}"),
    }
}

/// Where a segment begins that is an `impl`.
fn find_impl(name: &str) -> Option<usize> {
    if !name.contains("<impl ") {
        return None;
    }
    let mut at = 0;
    for segment in segments(name) {
        if segment.starts_with("<impl ") {
            return Some(at);
        }
        at += segment.len() + 2;
    }
    None
}

fn write_path(path: &Path, text: &str, writer: &mut Writer) -> fmt::Result {
    write!(writer, "path\t{}\t", path.crate_name())?;
    path.write_modules(writer)?;
    writer.tab()?;
    path.write_item(writer)?;
    writer.tab()?;
    let mut crates = Crates::default();
    add_arguments(text, &mut crates);
    crates.write(writer)
}

fn write_impl(before: &str, parts: &Qualified, writer: &mut Writer) -> fmt::Result {
    let own = names(before).next().filter(|name| is_identifier(name));
    write!(writer, "impl\t{}\t", own.unwrap_or_default())?;
    write_joined(names(before).skip(1), writer)?;
    writer.tab()?;
    write_place(path_of(parts.self_type), writer)?;
    write_type(parts.self_type, true, 0, writer)?;
    writer.tab()?;
    write_type(parts.self_type, false, 0, writer)?;
    writer.tab()?;
    write_place(parts.trait_path.and_then(path_of), writer)?;
    write_type(parts.trait_path.unwrap_or_default(), false, 0, writer)?;
    writer.tab()?;
    write_joined(names(parts.rest), writer)?;
    writer.tab()?;
    let trait_path = parts.trait_path.unwrap_or_default();
    let mut crates = Crates::default();
    crates.add(parts.self_type);
    add_arguments(parts.rest, &mut crates);
    crates.add(trait_path);
    crates.write(writer)?;
    writer.tab()?;
    let mut of_trait = Crates::default();
    of_trait.add(trait_path);
    of_trait.write(writer)
}

/// Crate and modules, each with a tab behind it.
fn write_place(path: Option<Path>, writer: &mut Writer) -> fmt::Result {
    writer.write_str(path.as_ref().map_or("", Path::crate_name))?;
    writer.tab()?;
    if let Some(path) = path {
        path.write_modules(writer)?;
    }
    writer.tab()
}

fn add_arguments<'a>(path: &'a str, crates: &mut Crates<'a>) {
    if path.contains('<') {
        for segment in segments(path) {
            if let Some(at) = segment.find('<') {
                crates.add(&segment[at..]);
            }
        }
    }
}
