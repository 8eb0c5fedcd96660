import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { release } from 'node:os';
import { join } from 'node:path';
import { writeAtomically } from '../../base/atomic-file.ts';
import { type RevisionId, revisionIds } from '../wire/revision.ts';
import { type SecurityProbes, sandboxFeatures } from './security-probe.ts';

export interface WorkerFacts {
  readonly version: string;
  readonly revision: RevisionId;
  readonly security: SecurityProbes;
  readonly identity: string;
}

/** Facts about worker binaries, kept on disk so that the five processes that find them need not run each time. */
export class KnownWorkers {
  /** @param folder where the records are; an unwritable one just means that nothing is remembered */
  constructor(private readonly folder: string) {}

  /** @param file names one state of one file */
  async recall(file: string): Promise<WorkerFacts | undefined> {
    try {
      return checked(JSON.parse(await readFile(this.pathFor(file), 'utf8')));
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

/** A record of another version of this tool, or a damaged one, counts as none. */
function checked(value: unknown): WorkerFacts | undefined {
  const facts = value as Partial<WorkerFacts> | null;
  const isKnown = revisionIds.some((id) => id === facts?.revision);
  const hasProbes = sandboxFeatures.every((name) => typeof facts?.security?.[name]?.available === 'boolean');
  if (!isKnown || !hasProbes || typeof facts?.version !== 'string' || typeof facts.identity !== 'string') {
    return undefined;
  }
  return facts as WorkerFacts;
}
