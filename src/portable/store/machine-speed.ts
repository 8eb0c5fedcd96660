import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { writeAtomically } from '../../base/atomic-file.ts';
import { readOwnFile } from '../../base/own-file.ts';
import { parseJson, type ValueOf } from '../../base/schema.ts';

/** CPU time of one job in milliseconds: measured, and expected on the machine of the calibration. */
interface SpeedSample {
  readonly engineMs: number;
  readonly expectedMs: number;
}

/** The assumption for an unknown machine, and the amount of work that outweighs it. */
const initial: Estimate = { slowness: 1, weightMs: 1500 };
/** Older jobs lose weight: a laptop on battery is another machine. */
const MAX_WEIGHT_MS = 40_000;
/** Values outside these bounds measure something other than the machine. */
const [MIN_SLOWNESS, MAX_SLOWNESS] = [0.2, 10];

const estimateSchema = v.object({
  slowness: v.pipe(v.number(), v.minValue(MIN_SLOWNESS), v.maxValue(MAX_SLOWNESS)),
  weightMs: v.pipe(v.number(), v.gtValue(0)),
});
type Estimate = ValueOf<typeof estimateSchema>;

/** The slowness of this machine, relative to that of the calibration. Estimated from jobs and saved in a file. */
export class MachineSpeed {
  private estimate: Promise<Estimate>;

  /** @param file absent: does not save */
  constructor(private readonly file?: string) {
    this.estimate = file === undefined ? Promise.resolve(initial) : read(file);
  }

  /** Adds the sample, if there is one, and returns the slowness. Never rejects. */
  async after(sample?: SpeedSample): Promise<number> {
    if (sample !== undefined && sample.expectedMs > 0) {
      const next = this.estimate.then((estimate) => blend(estimate, sample));
      this.estimate = next;
      if (this.file !== undefined) await write(this.file, await next);
    }
    return (await this.estimate).slowness;
  }
}

function blend({ slowness, weightMs }: Estimate, { engineMs, expectedMs }: SpeedSample): Estimate {
  const measured = Math.min(Math.max(engineMs / expectedMs, MIN_SLOWNESS), MAX_SLOWNESS);
  const sum = weightMs + expectedMs;
  return {
    slowness: (slowness * weightMs + measured * expectedMs) / sum,
    weightMs: Math.min(sum, MAX_WEIGHT_MS),
  };
}

async function read(file: string): Promise<Estimate> {
  try {
    const estimate = parseJson(estimateSchema, (await readOwnFile(file)).toString());
    return estimate ? { ...estimate, weightMs: Math.min(estimate.weightMs, MAX_WEIGHT_MS) } : initial;
  } catch {
    return initial;
  }
}

async function write(file: string, estimate: Estimate): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeAtomically(file, JSON.stringify(estimate));
  } catch {
    // The next process starts with the assumption for a new machine.
  }
}
