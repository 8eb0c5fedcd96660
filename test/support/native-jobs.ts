/** Jobs for an engine, without a worker around it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compileTarget } from '../../src/base/compile-target.ts';
import type { Engine, EngineAnswer, EngineJob, EngineProgress } from '../../src/portable/engine.ts';

export interface RanJob {
  readonly answer: EngineAnswer;
  readonly progress: readonly EngineProgress[];
  /** Empty when none was written. */
  readonly artifact: Uint8Array;
  /** What stands in the job's folder after it. */
  readonly folder: string;
}

/** Runs a job with the limits of pre-checking, unless told otherwise, in a folder that lives as long as `look`. */
export async function runJob<T>(
  engine: Engine,
  change: Partial<EngineJob> & Pick<EngineJob, 'code'>,
  look: (ran: RanJob) => T,
  signal: AbortSignal = new AbortController().signal,
): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pvf-native-'));
  try {
    const artifactPath = path.join(folder, 'tmp-artifact');
    const progress: EngineProgress[] = [];
    const job: EngineJob = {
      bombLimit: 31_457_280,
      target: await compileTarget(),
      bulkMemory: false,
      eccRfc163: false,
      cpuLimitMs: 600_000,
      kind: 'Prechecking',
      artifactPath,
      ...change,
    };
    const answer = await engine.prepare(job, (event) => progress.push(event), signal);
    const artifact = answer.kind === 'prepared' ? readFileSync(artifactPath) : new Uint8Array();
    return look({ answer, progress, artifact, folder });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
