//! The store of compiled functions: what shards hand over and what a disk cache keeps.
//!
//! Keys and values are Cranelift's incremental cache: the key is SHA-256 of a function's IR, target and flags, the value
//! its machine code. Cranelift's version is in the value. An entry can only be taken for the very function it was made
//! of, so a store from anywhere never changes the artifact, as long as its entries are what was written; hence the
//! checksum of each.
//!
//! Bytes: `PVFSTOR1`, then per entry u32 key length, u32 value length, u64 checksum, key, value. Little-endian.

use crate::tracking;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};
use std::sync::Mutex;

const MAGIC: &[u8; 8] = b"PVFSTOR1";
/// What `body_key` of the patch begins with; Cranelift's own keys are 32 bytes of a digest.
const BODY: &[u8] = b"body";
const HEAD: usize = 16;
/// Room for any key and value of a real function; larger lengths are damage.
const VALUE_MAX: usize = 1 << 28;

#[derive(Debug, Default)]
pub struct Store {
    entries: Mutex<HashMap<Vec<u8>, Entry>>,
    /// SHA-256 of all that a body's code depends on besides the body; see `module_key`.
    environment: Mutex<Vec<u8>>,
    /// Nothing is found, so that everything is compiled anew.
    closed: AtomicBool,
    hits: AtomicU32,
    misses: AtomicU32,
}

#[derive(Debug)]
struct Entry {
    value: Box<[u8]>,
    /// Made by this engine, not imported.
    new: bool,
    used: bool,
}

/// Which entries to write out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Selection {
    /// Made since the store was made: what a shard hands over, what a disk cache adds.
    New,
    /// Made or looked up: all that the last job needed, so what a bounded disk cache keeps.
    Needed,
}

impl Store {
    /// Takes entries in; gives how many were taken and how many bytes were left out as damaged.
    ///
    /// A bad checksum leaves out one entry, a bad length the rest.
    pub fn import(&self, bytes: &[u8]) -> (u32, usize) {
        let mut entries = self.entries.lock().expect("no panic while locked");
        let (mut taken, mut damaged) = (0, 0);
        let Some(mut rest) = bytes.strip_prefix(MAGIC) else { return (0, bytes.len()) };
        while !rest.is_empty() {
            let Some((sum, key, value, after)) = split(rest) else { return (taken, damaged + rest.len()) };
            if sum == checksum(key, value) {
                put(&mut entries, key, Entry { value: value.into(), new: false, used: false });
                taken += 1;
            } else {
                damaged += rest.len() - after.len();
            }
            rest = after;
        }
        (taken, damaged)
    }

    /// Sorted by key, so that equal stores give equal bytes.
    pub fn export(&self, selection: Selection) -> Vec<u8> {
        let entries = self.entries.lock().expect("no panic while locked");
        let mut chosen: Vec<_> = entries
            .iter()
            .filter(|(_, entry)| entry.new || (selection == Selection::Needed && entry.used))
            .collect();
        chosen.sort_unstable_by_key(|(key, _)| *key);
        let length: usize = chosen.iter().map(|(key, entry)| HEAD + key.len() + entry.value.len()).sum();
        let mut bytes = Vec::with_capacity(MAGIC.len() + length);
        bytes.extend(MAGIC);
        for (key, entry) in chosen {
            bytes.extend((key.len() as u32).to_le_bytes());
            bytes.extend((entry.value.len() as u32).to_le_bytes());
            bytes.extend(checksum(key, &entry.value).to_le_bytes());
            bytes.extend(key);
            bytes.extend(&entry.value);
        }
        bytes
    }

    /// Whether entries may be found. When costs are measured, each function is compiled, also one that equals another.
    pub fn look_up(&self, allowed: bool) {
        self.closed.store(!allowed, Relaxed);
    }

    /// Sets what the entries of bodies are valid for, before each compilation.
    pub fn set_environment(&self, digest: Vec<u8>) {
        *self.environment.lock().expect("no panic while locked") = digest;
    }

    /// Keys of whole bodies are long, and say nothing of the module; a digest with the environment takes their place.
    fn place<'a>(&self, key: &'a [u8]) -> Cow<'a, [u8]> {
        if !key.starts_with(BODY) {
            return Cow::Borrowed(key);
        }
        let environment = self.environment.lock().expect("no panic while locked");
        Cow::Owned(Sha256::new().chain_update(&*environment).chain_update(key).finalize().to_vec())
    }

    pub fn hits(&self) -> u32 {
        self.hits.load(Relaxed)
    }

    pub fn misses(&self) -> u32 {
        self.misses.load(Relaxed)
    }
}

impl wasmtime::CacheStore for Store {
    fn get(&self, key: &[u8]) -> Option<Cow<'_, [u8]>> {
        if self.closed.load(Relaxed) {
            return None;
        }
        let key = &*self.place(key);
        let mut entries = self.entries.lock().expect("no panic while locked");
        let Some(entry) = entries.get_mut(key) else {
            self.misses.fetch_add(1, Relaxed);
            return None;
        };
        entry.used = true;
        self.hits.fetch_add(1, Relaxed);
        let value: *const [u8] = &*entry.value;
        // SAFETY: entries are never removed or replaced while the store lives, and a box's content doesn't move.
        Some(Cow::Borrowed(unsafe { &*value }))
    }

    fn insert(&self, key: &[u8], value: Vec<u8>) -> bool {
        let key = &*self.place(key);
        let mut entries = self.entries.lock().expect("no panic while locked");
        // An entry under this key that was there already and still led here couldn't be decoded. It is kept because it
        // may be lent out; the next engine without it makes it anew.
        put(&mut entries, key, Entry { value: value.into(), new: true, used: true });
        true
    }
}

/// Keeps an entry, unless there is one. Its bytes are the store's from now on, until the job's end.
fn put(entries: &mut HashMap<Vec<u8>, Entry>, key: &[u8], entry: Entry) {
    if !entries.contains_key(key) {
        tracking::disown(key.len() + entry.value.len());
        entries.insert(key.to_vec(), entry);
    }
}

/// One entry and what follows it: checksum, key, value, rest.
fn split(bytes: &[u8]) -> Option<(u64, &[u8], &[u8], &[u8])> {
    let key_length = u32::from_le_bytes(bytes.get(0..4)?.try_into().ok()?) as usize;
    let value_length = u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?) as usize;
    let sum = u64::from_le_bytes(bytes.get(8..16)?.try_into().ok()?);
    if key_length > 1024 || value_length > VALUE_MAX {
        return None;
    }
    let value_start = HEAD + key_length;
    let end = value_start + value_length;
    Some((sum, bytes.get(HEAD..value_start)?, bytes.get(value_start..end)?, &bytes[end.min(bytes.len())..]))
}

/// Finds damage, not forgery: a 64-bit multiply-and-fold over 8 bytes at a time, after the lengths.
fn checksum(key: &[u8], value: &[u8]) -> u64 {
    let start = (key.len() as u64) << 32 | value.len() as u64;
    [key, value].iter().fold(start ^ 0x9e37_79b9_7f4a_7c15, |sum, bytes| {
        let mut chunks = bytes.chunks_exact(8);
        let sum = chunks.by_ref().fold(sum, |sum, chunk| mix(sum, u64::from_le_bytes(chunk.try_into().expect("8 bytes"))));
        let mut last = [0; 8];
        last[..chunks.remainder().len()].copy_from_slice(chunks.remainder());
        mix(sum, u64::from_le_bytes(last))
    })
}

/// Every step is a bijection of `sum` for a given word, so that one changed word always changes the result.
fn mix(sum: u64, word: u64) -> u64 {
    let mixed = (sum ^ word).wrapping_mul(0xff51_afd7_ed55_8ccd);
    mixed ^ (mixed >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasmtime::CacheStore;

    fn filled() -> Store {
        let store = Store::default();
        store.insert(b"a", vec![1, 2, 3]);
        store.insert(b"b", vec![4; 100]);
        store
    }

    #[test]
    fn what_was_exported_is_imported() {
        let store = Store::default();
        assert_eq!(store.import(&filled().export(Selection::New)), (2, 0));
        assert_eq!(store.get(b"a").as_deref(), Some(&[1u8, 2, 3][..]));
        assert_eq!(store.export(Selection::New), MAGIC);
        assert!(store.export(Selection::Needed).len() > MAGIC.len());
    }

    #[test]
    fn a_closed_store_finds_nothing_and_keeps_what_it_gets() {
        let store = filled();
        store.look_up(false);
        assert_eq!(store.get(b"a"), None);
        store.insert(b"c", vec![5]);
        store.look_up(true);
        assert!(store.get(b"a").is_some() && store.get(b"c").is_some());
    }

    #[test]
    fn every_changed_byte_is_noticed() {
        let good = filled().export(Selection::New);
        for place in 0..good.len() {
            let mut bad = good.clone();
            bad[place] ^= 1;
            let store = Store::default();
            let (taken, damaged) = store.import(&bad);
            assert!(taken < 2 && damaged > 0, "byte {place}");
        }
        for length in 0..good.len() {
            assert!(Store::default().import(&good[..length]).0 < 2);
        }
    }
}
