import { randomBytes } from 'node:crypto';
import { renameSync } from 'node:fs';
import { mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '../../base/atomic-file.ts';
import { pruneFolder, type StoreLimits } from './prune.ts';

/** What is known of a kept artifact besides its bytes. `Facts` is the owner's, and must survive JSON. */
export interface ArtifactRecord<Facts> {
  /** File name beside the record. */
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

/**
 * Artifacts by key: `<key>.json` names the file beside it, whose name is made of key and checksum, 128 digits as in
 * Polkadot's host. So a file is only ever replaced by its own bytes, the record changes in one step, and several
 * processes may share the folder. A reader that loses a race with pruning finds the file gone: "not kept".
 */
export class ArtifactStore<Facts> {
  private unpruned = 0;
  /** File by key, as recorded by this process. */
  private readonly recorded = new Map<string, string>();

  private constructor(
    readonly folder: string,
    private readonly limits: StoreLimits,
  ) {}

  /** Makes the folder if needed, and prunes it. Rejects with the system's error when it can't be written. */
  static async open<Facts>(folder: string, limits: StoreLimits): Promise<ArtifactStore<Facts>> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const store = new ArtifactStore<Facts>(folder, limits);
    await store.checkWritable();
    await pruneFolder(folder, limits);
    return store;
  }

  /**
   * Moves a finished artifact in and returns its path there. Rejects with the system's error; `source` stays then.
   */
  async promote(key: string, source: Artifact, facts: Facts): Promise<string> {
    const { bytes } = source;
    const file = `0x${key}${source.checksum.replace(/^0x/, '')}.pvf`;
    const path = join(this.folder, file);
    renameSync(source.path, path);
    const record: ArtifactRecord<Facts> = { file, bytes, facts };
    // The same bytes again need no new record, and writing one would cost a quick job a tenth of its time.
    if (this.recorded.get(key) !== file) await writeAtomically(this.recordPath(key), JSON.stringify(record));
    this.recorded.set(key, file);
    this.unpruned += bytes;
    // Looking at every file each time would cost a quick job more than the job itself.
    if (this.unpruned > this.limits.maxBytes / 16) {
      this.unpruned = 0;
      await pruneFolder(this.folder, this.limits);
    }
    return path;
  }

  /** The artifact kept under `key`, and its path; marks it as needed now. */
  async find(key: string): Promise<{ record: ArtifactRecord<Facts>; path: string } | undefined> {
    const record = await this.record(key);
    if (!record) return undefined;
    const path = join(this.folder, record.file);
    const found = await stat(path).catch(() => undefined);
    if (found?.size !== record.bytes) return undefined;
    const now = new Date();
    await utimes(path, now, now).catch(() => {});
    return { record, path };
  }

  private async record(key: string): Promise<ArtifactRecord<Facts> | undefined> {
    try {
      return JSON.parse(await readFile(this.recordPath(key), 'utf8')) as ArtifactRecord<Facts>;
    } catch {
      // Not there, or cut short by a full disk: either way nothing is known.
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
