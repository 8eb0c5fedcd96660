//! Where the frames of a stream begin.

use std::io;
use zstd::stream::raw::{Decoder, InBuffer, Operation, OutBuffer, WriteBuf};

/// libzstd's decoder, and how far it is in the stream.
pub struct Frames {
    decoder: Decoder<'static>,
    read: usize,
    start: usize,
}

impl Frames {
    pub fn new(decoder: Decoder<'static>) -> Self {
        Self { decoder, read: 0, start: 0 }
    }

    /// Offset of the current frame.
    pub fn start(&self) -> usize {
        self.start
    }
}

impl Operation for Frames {
    fn run<C: WriteBuf + ?Sized>(&mut self, input: &mut InBuffer<'_>, output: &mut OutBuffer<'_, C>) -> io::Result<usize> {
        let before = input.pos();
        let hint = self.decoder.run(input, output)?;
        self.read += input.pos() - before;
        Ok(hint)
    }

    fn flush<C: WriteBuf + ?Sized>(&mut self, output: &mut OutBuffer<'_, C>) -> io::Result<usize> {
        self.decoder.flush(output)
    }

    /// The reader calls this before each frame but the first.
    fn reinit(&mut self) -> io::Result<()> {
        self.start = self.read;
        self.decoder.reinit()
    }

    fn finish<C: WriteBuf + ?Sized>(&mut self, output: &mut OutBuffer<'_, C>, finished_frame: bool) -> io::Result<usize> {
        self.decoder.finish(output, finished_frame)
    }
}
