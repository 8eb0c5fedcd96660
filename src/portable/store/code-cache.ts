import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '../../base/atomic-file.ts';
import { equalBytes } from '../../base/bytes.ts';
import { cachedFiles, deleteFiles, filesOverLimits, markUsed } from '../../base/file-cache.ts';
import { readOwnFile } from '../../base/own-file.ts';

/** A file consists of this, the SHA-256 of the code, and the code. */
const MAGIC = new TextEncoder().encode('PVFCODE1');
const DIGEST_BYTES = 32;
const HEAD_BYTES = MAGIC.length + DIGEST_BYTES;
const SUFFIX = '.v8code';
/** Several versions of Node and of the editor may alternate. */
const MAX_FILES = 4;

/**
 * V8's machine code of the engine on disk, in one file for each engine and version of V8. It saves the first job of a process
 * two seconds of CPU time. Ignores damaged files and unwritable folders.
 */
export class CodeCache {
  private readonly file: string;

  constructor(
    private readonly folder: string,
    engineSha256: string,
  ) {
    const { versions, arch } = process;
    const key = createHash('sha256').update(`${engineSha256} ${versions.v8} ${arch}`).digest('hex');
    this.file = join(folder, `${key.slice(0, 32)}${SUFFIX}`);
  }

  async read(): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const bytes = await readOwnFile(this.file).catch(() => undefined);
    if (bytes === undefined) return undefined;
    const code = contentOf(bytes);
    await (code ? markUsed(this.file) : rm(this.file, { force: true }).catch(() => {}));
    return code;
  }

  /** Never rejects. */
  async save(code: Uint8Array): Promise<void> {
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      await writeAtomically(this.file, [MAGIC, digestOf(code), code]);
      await this.prune();
    } catch {
      // The next process must warm up again.
    }
  }

  private async prune(): Promise<void> {
    const files = (await cachedFiles(this.folder)).filter(({ name }) => name.endsWith(SUFFIX));
    await deleteFiles(filesOverLimits(files, { maxFiles: MAX_FILES }));
  }
}

function contentOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  if (bytes.length <= HEAD_BYTES || !equalBytes(bytes.subarray(0, MAGIC.length), MAGIC)) return undefined;
  // A copy, because V8 needs a buffer with nothing else in it.
  const code = new Uint8Array(bytes.subarray(HEAD_BYTES));
  return equalBytes(digestOf(code), bytes.subarray(MAGIC.length, HEAD_BYTES)) ? code : undefined;
}

function digestOf(code: Uint8Array): Uint8Array {
  return createHash('sha256').update(code).digest();
}
