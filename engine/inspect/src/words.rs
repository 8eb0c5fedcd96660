//! A list of numbers behind the module, up to the end of the memory. Grows with the memory.

use crate::memory::reach;

/// Bytes by which the list grows.
const STEP: usize = 1024 * 1024;
const WORD: usize = size_of::<u32>();

pub struct Words {
    start: *mut u32,
    length: usize,
    capacity: usize,
}

impl Words {
    /// # Safety
    /// Nothing else may use the memory from `start` on, which is aligned, while the list is there.
    pub unsafe fn new(start: *mut u32) -> Self {
        Self { start, length: 0, capacity: 0 }
    }

    pub fn length(&self) -> usize {
        self.length
    }

    /// Adds so many zeros. None when there is no memory left.
    pub fn reserve(&mut self, count: usize) -> Option<()> {
        for _ in 0..count {
            self.push(0)?;
        }
        Some(())
    }

    /// None when there is no memory left.
    #[inline(always)]
    pub fn push(&mut self, value: u32) -> Option<()> {
        if self.length == self.capacity {
            self.grow()?;
        }
        // There is memory up to the capacity.
        unsafe { self.start.add(self.length).write(value) };
        self.length += 1;
        Some(())
    }

    /// `at`: below the length.
    pub fn set(&mut self, at: usize, value: usize) {
        assert!(at < self.length);
        unsafe { self.start.add(at).write(value as u32) };
    }

    pub fn truncate(&mut self, length: usize) {
        self.length = self.length.min(length);
    }

    #[cold]
    fn grow(&mut self) -> Option<()> {
        let capacity = self.capacity + STEP / WORD;
        if !reach((self.start as usize).checked_add(capacity * WORD)) {
            return None;
        }
        self.capacity = capacity;
        Some(())
    }
}
