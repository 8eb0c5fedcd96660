import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync } from 'node:fs';
import { mkdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
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

/** Name of an artifact; the group is its key. */
const artifactFile = /^0x([0-9a-f]{64})[0-9a-f]{64}\.pvf$/;

/**
 * Artifacts by key: `<key>.json` names the file beside it, whose name is made of key and checksum, 128 digits as in
 * Polkadot's host. So a file is only ever replaced by its own bytes, the record changes in one step, and several
 * processes may share the folder. A reader that loses a race with pruning finds the file gone: "not kept".
 */
export class ArtifactStore<Facts> {
  private unpruned = 0;

  private constructor(
    readonly folder: string,
    private readonly limits: StoreLimits,
  ) {}

  /** Makes the folder if needed, and prunes it. Rejects with the system's error when it can't be written. */
  static async open<Facts>(folder: string, limits: StoreLimits): Promise<ArtifactStore<Facts>> {
    const mode = 0o700;
    await mkdir(dirname(folder), { recursive: true, mode });
    // Not recursive: Node would call a read-only or full file system ENOENT then.
    await mkdir(folder, { mode }).catch((error) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
    const store = new ArtifactStore<Facts>(folder, limits);
    await store.checkWritable();
    await pruneFolder(folder, limits);
    return store;
  }

  /**
   * Moves a finished artifact in and returns its path there. Rejects with the system's error; `source` stays then.
   * Where only the record can't be written, the artifact is there for its caller, and not found later.
   */
  async promote(key: string, source: Artifact, facts: Facts): Promise<string> {
    const { bytes } = source;
    const file = `0x${key}${source.checksum.replace(/^0x/, '')}.pvf`;
    const path = join(this.folder, file);
    renameSync(source.path, path);
    // The same bytes again need no new record, and writing one would cost a quick job a tenth of its time.
    const known = this.record(key);
    if (known?.file !== file || known.bytes !== bytes) {
      const record: ArtifactRecord<Facts> = { file, bytes, facts };
      await writeAtomically(this.recordPath(key), JSON.stringify(record)).catch(() => {});
    }
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
    const record = this.record(key);
    if (!record) return undefined;
    const path = join(this.folder, record.file);
    const found = await stat(path).catch(() => undefined);
    if (found?.size !== record.bytes) return undefined;
    const now = new Date();
    await utimes(path, now, now).catch(() => {});
    return { record, path };
  }

  private record(key: string): ArtifactRecord<Facts> | undefined {
    try {
      const record = JSON.parse(readFileSync(this.recordPath(key), 'utf8')) as Partial<ArtifactRecord<Facts>> | null;
      const isOfKey = artifactFile.exec(record?.file ?? '')?.[1] === key;
      return isOfKey && typeof record?.bytes === 'number' ? (record as ArtifactRecord<Facts>) : undefined;
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
