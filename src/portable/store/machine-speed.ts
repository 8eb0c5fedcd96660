import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { writeAtomically } from '../../base/atomic-file.ts';
import { parseJson, type ValueOf } from '../../base/schema.ts';

/** One job's time beside what it would have taken on the machine of the calibration. Milliseconds of CPU time. */
export interface SpeedSample {
  readonly engineMs: number;
  readonly expectedMs: number;
}

/** What a machine of which nothing is known is taken for, and how much work has to speak against it. */
const unknown: Known = { slowness: 1, weightMs: 1500 };
/** Older jobs fade: a laptop on battery is another machine. */
const MOST_WEIGHT_MS = 40_000;
/** Beyond these something else than the machine was measured. */
const [LEAST_SLOWNESS, MOST_SLOWNESS] = [0.2, 10];

const knownSchema = v.object({
  slowness: v.pipe(v.number(), v.minValue(LEAST_SLOWNESS), v.maxValue(MOST_SLOWNESS)),
  weightMs: v.pipe(v.number(), v.gtValue(0)),
});
type Known = ValueOf<typeof knownSchema>;

/** How slow this machine is, where that of the calibration is 1; learnt from jobs, and kept in a file between processes. */
export class MachineSpeed {
  private known: Promise<Known>;

  /** @param file absent: nothing is kept */
  constructor(private readonly file?: string) {
    this.known = file === undefined ? Promise.resolve(unknown) : read(file);
  }

  /** Takes a job into account and gives the slowness; without one just gives it. Never rejects. */
  async after(sample?: SpeedSample): Promise<number> {
    if (sample !== undefined && sample.expectedMs > 0) {
      const next = this.known.then((known) => blend(known, sample));
      this.known = next;
      if (this.file !== undefined) await write(this.file, await next);
    }
    return (await this.known).slowness;
  }
}

function blend({ slowness, weightMs }: Known, { engineMs, expectedMs }: SpeedSample): Known {
  const measured = Math.min(Math.max(engineMs / expectedMs, LEAST_SLOWNESS), MOST_SLOWNESS);
  const sum = weightMs + expectedMs;
  return {
    slowness: (slowness * weightMs + measured * expectedMs) / sum,
    weightMs: Math.min(sum, MOST_WEIGHT_MS),
  };
}

async function read(file: string): Promise<Known> {
  try {
    const known = parseJson(knownSchema, await readFile(file, 'utf8'));
    return known ? { ...known, weightMs: Math.min(known.weightMs, MOST_WEIGHT_MS) } : unknown;
  } catch {
    return unknown;
  }
}

async function write(file: string, known: Known): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeAtomically(file, JSON.stringify(known));
  } catch {
    // The next process begins with what it takes every machine for.
  }
}
