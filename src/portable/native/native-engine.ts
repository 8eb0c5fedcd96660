import { readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { Engine, EngineAnswer, EngineJob, EngineProgress } from '../engine.ts';
import { optionLines } from '../wasm/option-lines.ts';
import { helperDied, helperError } from './helper-error.ts';
import { type HelperEnd, runHelper } from './helper-process.ts';

interface NativeEngineOptions {
  /** Path of the helper (engine/src/bin/pvf-engine). */
  readonly program: string;
  /** Number of threads that compile one runtime. */
  readonly instances: number | 'auto';
}

/** With more threads, the sequential steps take nearly all of the time. */
const MAX_THREADS = 16;

/** Polkadot's preparation in a native process for each job. Its figures are measured, not estimated. */
export class NativeEngine implements Engine {
  constructor(private readonly options: NativeEngineOptions) {}

  async prepare(job: EngineJob, progress: (event: EngineProgress) => void, signal: AbortSignal): Promise<EngineAnswer> {
    const threads = this.threadsFor(job);
    progress({ kind: 'planned', plan: 'native', instances: threads });
    const folder = path.dirname(job.artifactPath);
    const [optionsFile, costsFile] = [path.join(folder, 'engine-options'), path.join(folder, 'engine-costs')];
    try {
      await writeFile(optionsFile, nativeOptionLines(job), { mode: 0o600 });
      const end = await runHelper({
        program: this.options.program,
        args: [
          ...[optionsFile, '-', job.artifactPath, ...jobArguments(job, threads)],
          ...(job.costs ? ['--costs', costsFile] : []),
        ],
        cwd: folder,
        code: job.code,
        onLine: (line) => progress(line.kind === 'progress' ? { ...line, kind: 'compiled' } : line),
        signal,
      });
      const answer = conclude(end, progress);
      const costs = job.costs ? await readFile(costsFile).catch(() => undefined) : undefined;
      return answer.kind === 'prepared' && costs !== undefined ? { ...answer, costs } : answer;
    } finally {
      await Promise.all([optionsFile, costsFile].map((file) => rm(file, { force: true })));
    }
  }

  async idle(): Promise<void> {}

  /** One thread under a memory limit: only then does the peak equal that of the official worker. */
  private threadsFor({ memoryLimit }: EngineJob): number {
    if (memoryLimit !== undefined) return 1;
    const { instances } = this.options;
    return instances === 'auto' ? Math.min(availableParallelism(), MAX_THREADS) : instances;
  }
}

/** Does not convert the memory limit, since a native process allocates as much as the official worker. */
function nativeOptionLines({ memoryLimit, ...job }: EngineJob): string {
  const limit = memoryLimit === undefined ? '' : `memory_limit=${memoryLimit}\n`;
  return `${optionLines(job, false)}${limit}`;
}

function jobArguments({ kind, cpuLimitMs }: EngineJob, threads: number): string[] {
  const limit = Math.min(Math.ceil(cpuLimitMs), Number.MAX_SAFE_INTEGER);
  const kindWord = kind === 'Prechecking' ? 'prechecking' : 'compilation';
  return ['--kind', kindWord, '--threads', String(threads), '--cpu-limit-ms', String(limit)];
}

function conclude({ answer, exit, pid, wallMs }: HelperEnd, progress: (event: EngineProgress) => void): EngineAnswer {
  const plan = 'native';
  // An answer counts, whatever the exit status.
  if (answer === undefined) return { kind: 'refused', error: helperDied(exit, pid), cpuMs: 0, plan };
  const cpuMs = answer.cpuMs ?? wallMs;
  if (answer.kind === 'err') return { kind: 'refused', error: helperError(answer.code, answer.text, pid), cpuMs, plan };
  for (const { step, ms } of answer.steps) progress({ kind: 'timed', step, ms });
  const { codeLength, functions, instrumentedBytes, peakBytes } = answer;
  return {
    kind: 'prepared',
    artifact: { kind: 'written' },
    codeLength,
    functions,
    instrumentedBytes,
    cpuMs,
    peakBytes,
    plan,
    reused: false,
    slowness: 1,
  };
}
