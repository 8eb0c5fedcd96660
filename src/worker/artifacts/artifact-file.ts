import { closeSync, read, readSync } from 'node:fs';
import { promisify } from 'node:util';
import { NotOurFile, openOwnFile } from '../../base/own-file.ts';
import { defaultStoreLimits } from './prune.ts';

/** Small enough not to block the thread for long, large enough for few reads. */
const PIECE_BYTES = 1024 * 1024;

/** The store would delete a larger artifact at once. Those of real runtimes have at most 70 MB. */
const MAX_ARTIFACT_BYTES = defaultStoreLimits.maxBytes;

const readInThreadPool = promisify(read);

/** An artifact opened for reading. Whoever wrote it may have bugs or bad intentions. */
export class ArtifactFile implements Disposable {
  private constructor(
    private readonly fd: number,
    readonly bytes: number,
  ) {}

  /** Throws `NotOurFile` or the system's error. */
  static open(path: string): ArtifactFile {
    const { fd, bytes } = openOwnFile(path, 'the artifact', MAX_ARTIFACT_BYTES);
    return new ArtifactFile(fd, bytes);
  }

  /**
   * Reads the file in pieces, each valid until the next. Reads a small file at once, because the thread pool takes ten times
   * as long. Rejects with `NotOurFile`, the system's error or the signal's reason.
   */
  async *pieces(signal?: AbortSignal): AsyncIterable<Uint8Array> {
    const piece = Buffer.allocUnsafe(Math.min(PIECE_BYTES, this.bytes));
    const isSmall = this.bytes <= PIECE_BYTES;
    for (let at = 0; at < this.bytes; ) {
      signal?.throwIfAborted();
      const length = Math.min(piece.length, this.bytes - at);
      const bytesRead = isSmall
        ? readSync(this.fd, piece, 0, length, at)
        : (await readInThreadPool(this.fd, piece, 0, length, at)).bytesRead;
      if (bytesRead === 0) throw new NotOurFile('the artifact was truncated while it was read');
      yield piece.subarray(0, bytesRead);
      at += bytesRead;
    }
  }

  [Symbol.dispose](): void {
    closeSync(this.fd);
  }
}
