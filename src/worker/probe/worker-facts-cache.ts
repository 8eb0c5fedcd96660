import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { release } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { writeAtomically } from '../../base/atomic-file.ts';
import { readOwnFile } from '../../base/own-file.ts';
import { parseJson, type ValueOf } from '../../base/schema.ts';
import { sandboxFeatures } from '../../model/workers.ts';
import { revisionIds } from '../wire/revision-id.ts';

const probeResultSchema = v.variant('available', [
  v.object({ available: v.literal(true) }),
  v.object({ available: v.literal(false), reason: v.string() }),
]);

const cachedFactsSchema = v.object({
  version: v.string(),
  revision: v.picklist(revisionIds),
  security: v.object(v.entriesFromList(sandboxFeatures, probeResultSchema)),
  identity: v.string(),
});

export type CachedFacts = ValueOf<typeof cachedFactsSchema>;

/** Facts about worker binaries on disk. They save the five processes that an examination runs. */
export class WorkerFactsCache {
  /** @param folder holds the records; without write access, nothing is cached */
  constructor(private readonly folder: string) {}

  /**
   * Ignores damaged records, and those of another version of this tool.
   * @param file identifies one state of one file
   */
  async read(file: string): Promise<CachedFacts | undefined> {
    try {
      return parseJson(cachedFactsSchema, (await readOwnFile(this.pathFor(file))).toString());
    } catch {
      return undefined;
    }
  }

  async write(file: string, facts: CachedFacts): Promise<void> {
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      await writeAtomically(this.pathFor(file), JSON.stringify(facts));
    } catch {
      // The next run examines the worker again.
    }
  }

  /** The name includes the kernel's release, because the sandbox depends on the kernel too. */
  private pathFor(file: string): string {
    const name = createHash('sha256').update(`${release()}\n${file}`).digest('hex').slice(0, 32);
    return join(this.folder, `${name}.json`);
  }
}
