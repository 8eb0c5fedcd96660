import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { release } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { writeAtomically } from '../../base/atomic-file.ts';
import { parseJson, type ValueOf } from '../../base/schema.ts';
import { revisionIds } from '../wire/revision.ts';
import { sandboxFeatures } from './security-probe.ts';

const probeResultSchema = v.variant('available', [
  v.object({ available: v.literal(true) }),
  v.object({ available: v.literal(false), reason: v.string() }),
]);

const workerFactsSchema = v.object({
  version: v.string(),
  revision: v.picklist(revisionIds),
  security: v.object(v.entriesFromList(sandboxFeatures, probeResultSchema)),
  identity: v.string(),
});

export type WorkerFacts = ValueOf<typeof workerFactsSchema>;

/** Facts about worker binaries, kept on disk so that the five processes that find them need not run each time. */
export class KnownWorkers {
  /** @param folder where the records are; an unwritable one just means that nothing is remembered */
  constructor(private readonly folder: string) {}

  /**
   * A record of another version of this tool, or a damaged one, counts as none.
   * @param file names one state of one file
   */
  async recall(file: string): Promise<WorkerFacts | undefined> {
    try {
      return parseJson(workerFactsSchema, await readFile(this.pathFor(file), 'utf8'));
    } catch {
      return undefined;
    }
  }

  async remember(file: string, facts: WorkerFacts): Promise<void> {
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      await writeAtomically(this.pathFor(file), JSON.stringify(facts));
    } catch {
      // Then the next run finds the facts again.
    }
  }

  /** The kernel decides on the sandbox too, so its release is part of the name. */
  private pathFor(file: string): string {
    const name = createHash('sha256').update(`${release()}\n${file}`).digest('hex').slice(0, 32);
    return join(this.folder, `${name}.json`);
  }
}
