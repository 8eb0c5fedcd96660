/** Runs jobs in an engine without a worker. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compileTarget } from '../../src/base/compile-target.ts';
import type { Engine, EngineAnswer, EngineJob, EngineProgress } from '../../src/portable/engine.ts';

interface JobResult {
  readonly answer: EngineAnswer;
  readonly progress: readonly EngineProgress[];
  /** Empty unless the job succeeded. */
  readonly artifact: Uint8Array;
  /** The job's folder. */
  readonly folder: string;
}

/** Runs a job, by default with the limits of pre-checking. The folder exists until `look` returns. */
export async function runJob<T>(
  engine: Engine,
  change: Partial<EngineJob> & Pick<EngineJob, 'code'>,
  look: (result: JobResult) => T,
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
      costs: false,
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
