import { randomBytes } from 'node:crypto';
import { lstatSync, renameSync } from 'node:fs';
import { lstat, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeAtomically } from '../../base/atomic-file.ts';
import { markUsed } from '../../base/file-cache.ts';
import { NotOurFile, readOwnFileSync } from '../../base/own-file.ts';
import { removeFolder } from '../../base/remove-folder.ts';
import { pruneFolder, type StoreLimits } from './prune.ts';

/** The stored record of an artifact. The owner of the store defines `Facts`. */
interface ArtifactRecord<Facts> {
  /** Name of the artifact's file, beside the record. */
  readonly file: string;
  readonly bytes: number;
  readonly facts: Facts;
}

/** A finished artifact on disk. */
export interface Artifact {
  readonly path: string;
  readonly bytes: number;
  /** twox-256, 0x-hex. */
  readonly checksum: string;
}

/** File name of an artifact. The group is its key. */
const artifactFile = /^0x([0-9a-f]{64})[0-9a-f]{64}\.pvf$/;

/** Parses the facts of a record, in the form of `recordText`. Returns undefined for invalid facts, which count as absent. */
type ParseFacts<Facts> = (json: unknown) => Facts | undefined;

/**
 * Artifacts by key. `<key>.json` names the artifact's file beside it. That file's name consists of key and checksum, 128
 * digits as in Polkadot's host. So a file is only ever replaced by the same bytes, the record changes atomically, and several
 * processes may share the folder. A reader that loses a race with pruning finds no file, so no artifact.
 */
export class ArtifactStore<Facts> {
  private unpruned = 0;

  private constructor(
    readonly folder: string,
    private readonly limits: StoreLimits,
    private readonly parseFacts: ParseFacts<Facts>,
  ) {}

  /** Creates the folder if needed, and prunes it. Rejects with the system's error when the folder is not writable. */
  static async open<Facts>(
    folder: string,
    limits: StoreLimits,
    parseFacts: ParseFacts<Facts>,
  ): Promise<ArtifactStore<Facts>> {
    const mode = 0o700;
    await mkdir(dirname(folder), { recursive: true, mode });
    // With `recursive`, Node reports a read-only or full file system as ENOENT.
    await mkdir(folder, { mode }).catch((error) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
    const store = new ArtifactStore(folder, limits, parseFacts);
    await store.checkWritable();
    await pruneFolder(folder, limits);
    return store;
  }

  /**
   * Moves a finished artifact into the store and returns its new path. On failure rejects with the system's error and leaves
   * `source`. Rejects too when `source` is no longer the file that was hashed. A failure to write only the record is ignored: `find` will not find the artifact.
   */
  async promote(key: string, source: Artifact, facts: Facts): Promise<string> {
    const { bytes } = source;
    const file = `0x${key}${source.checksum.replace(/^0x/, '')}.pvf`;
    const path = join(this.folder, file);
    renameSync(source.path, path);
    // The worker may have replaced the file since it was hashed.
    const stored = lstatSync(path);
    if (!stored.isFile() || stored.size !== bytes) {
      await removeFolder(path);
      throw new NotOurFile('the artifact was replaced after it was hashed');
    }
    // An identical record is not rewritten. That would take a tenth of the time of a quick job.
    const existing = this.record(key);
    if (existing?.file !== file || existing.bytes !== bytes) {
      const record: ArtifactRecord<Facts> = { file, bytes, facts };
      await writeAtomically(this.recordPath(key), recordText(record)).catch(() => {});
    }
    this.unpruned += bytes;
    // Pruning after every job would take longer than a quick job.
    if (this.unpruned > this.limits.maxBytes / 16) {
      this.unpruned = 0;
      await pruneFolder(this.folder, this.limits);
    }
    return path;
  }

  /** Finds the artifact stored under `key`, and marks it as used. Compares its size, not its checksum. */
  async find(key: string): Promise<{ record: ArtifactRecord<Facts>; path: string } | undefined> {
    const record = this.record(key);
    if (!record) return undefined;
    const path = join(this.folder, record.file);
    const found = await lstat(path).catch(() => undefined);
    if (!found?.isFile() || found.size !== record.bytes) return undefined;
    await markUsed(path);
    return { record, path };
  }

  private record(key: string): ArtifactRecord<Facts> | undefined {
    try {
      const json = JSON.parse(readOwnFileSync(this.recordPath(key)).toString()) as Partial<
        ArtifactRecord<unknown>
      > | null;
      const facts = this.parseFacts(json?.facts);
      const { file = '', bytes } = json ?? {};
      const isOfKey = artifactFile.exec(file)?.[1] === key;
      return isOfKey && typeof bytes === 'number' && facts !== undefined ? { file, bytes, facts } : undefined;
    } catch {
      // The record is missing, truncated by a full disk, or no file.
      return undefined;
    }
  }

  private recordPath(key: string): string {
    return join(this.folder, `${key}.json`);
  }

  private async checkWritable(): Promise<void> {
    const probe = join(this.folder, `${randomBytes(8).toString('hex')}.tmp`);
    await writeFile(probe, '');
    await rm(probe, { force: true });
  }
}

/** JSON in which a `bigint` is decimal text and null stands for `undefined`. */
export function recordText(record: unknown): string {
  return JSON.stringify(record, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : (value ?? null)));
}
