import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { writeAtomically } from '../../base/atomic-file.ts';
import { parseJson, type ValueOf } from '../../base/schema.ts';

/** CPU time of one job, in milliseconds: what it took, and what it would have taken on the machine of the calibration. */
export interface SpeedSample {
  readonly engineMs: number;
  readonly expectedMs: number;
}

/** The assumption for a new machine, and how much work it takes to outweigh it. */
const initial: Known = { slowness: 1, weightMs: 1500 };
/** Older jobs lose weight: a laptop on battery is another machine. */
const MAX_WEIGHT_MS = 40_000;
/** Outside these bounds something other than the machine was measured. */
const [MIN_SLOWNESS, MAX_SLOWNESS] = [0.2, 10];

const knownSchema = v.object({
  slowness: v.pipe(v.number(), v.minValue(MIN_SLOWNESS), v.maxValue(MAX_SLOWNESS)),
  weightMs: v.pipe(v.number(), v.gtValue(0)),
});
type Known = ValueOf<typeof knownSchema>;

/** How slow this machine is; that of the calibration is 1. Estimated from jobs, and saved in a file between processes. */
export class MachineSpeed {
  private known: Promise<Known>;

  /** @param file absent: nothing is saved */
  constructor(private readonly file?: string) {
    this.known = file === undefined ? Promise.resolve(initial) : read(file);
  }

  /** Takes the job, if there is one, into account and returns the slowness. Never rejects. */
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
  const measured = Math.min(Math.max(engineMs / expectedMs, MIN_SLOWNESS), MAX_SLOWNESS);
  const sum = weightMs + expectedMs;
  return {
    slowness: (slowness * weightMs + measured * expectedMs) / sum,
    weightMs: Math.min(sum, MAX_WEIGHT_MS),
  };
}

async function read(file: string): Promise<Known> {
  try {
    const known = parseJson(knownSchema, await readFile(file, 'utf8'));
    return known ? { ...known, weightMs: Math.min(known.weightMs, MAX_WEIGHT_MS) } : initial;
  } catch {
    return initial;
  }
}

async function write(file: string, known: Known): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeAtomically(file, JSON.stringify(known));
  } catch {
    // The next process starts with the assumption for a new machine.
  }
}
