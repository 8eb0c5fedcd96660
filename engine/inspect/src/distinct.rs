//! Finds names that are there before: most legacy symbols of a generic function differ in their hash alone.

use crate::seen::hash;

const EMPTY: u32 = u32::MAX;

/// What ends a legacy symbol: the length and the letter of the hash, its 16 digits, and the end of the path.
const HASH_START: &[u8] = b"17h";
const HASH_BYTES: usize = HASH_START.len() + 16 + 1;

/// Words that `find_distinct` needs for so many names. None: more than there can be.
pub fn words_for(count: usize) -> Option<usize> {
    count.checked_mul(3)?.checked_add(slots_for(count)?)
}

/// Less than half full.
fn slots_for(count: usize) -> Option<usize> {
    count.checked_mul(2)?.checked_add(1)?.checked_next_power_of_two()
}

/// `words`: the start and the end of each name in `bytes`, as many words as there are names, and the rest for a table.
/// Moves the distinct names to the front, in the order of their first appearance; gives each name the number of its own in
/// the words behind the pairs, `u32::MAX` to an empty one. Returns how many are distinct.
pub fn find_distinct(bytes: &[u8], words: &mut [u32], count: usize) -> usize {
    let (ranges, rest) = words.split_at_mut(count * 2);
    let (numbers, slots) = rest.split_at_mut(count);
    slots.fill(EMPTY);
    let mask = slots.len() - 1;
    let mut distinct = 0;
    for name in 0..count {
        let (start, end) = (ranges[name * 2], ranges[name * 2 + 1]);
        numbers[name] = EMPTY;
        let Some(text) = bytes.get(start as usize..end as usize).filter(|text| !text.is_empty()) else {
            continue;
        };
        let key = without_hash(text);
        let mut slot = hash(key) & mask;
        numbers[name] = loop {
            let number = slots[slot];
            if number == EMPTY {
                slots[slot] = distinct as u32;
                (ranges[distinct * 2], ranges[distinct * 2 + 1]) = (start, end);
                distinct += 1;
                break distinct as u32 - 1;
            }
            let place = number as usize * 2;
            if without_hash(&bytes[ranges[place] as usize..ranges[place + 1] as usize]) == key {
                break number;
            }
            slot = (slot + 1) & mask;
        };
    }
    distinct
}

fn without_hash(name: &[u8]) -> &[u8] {
    let Some(at) = name.len().checked_sub(HASH_BYTES) else { return name };
    let is_hashed = name[0] == b'_' && name.ends_with(b"E") && name[at..].starts_with(HASH_START);
    if is_hashed { &name[..at] } else { name }
}
