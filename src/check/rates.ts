import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { writeAtomically } from '../base/atomic-file.ts';
import { readOwnFile } from '../base/own-file.ts';
import { parseJson, type ValueOf } from '../base/schema.ts';

/** Measured on one machine: about 1.9 s per MB of raw code. Used until this machine's own rate is known. */
const INITIAL_MS_PER_BYTE = 1.9e-3;

/** Share of the newest measurement in the stored rate. */
const WEIGHT_OF_NEWEST = 0.4;

/** For smaller runtimes, fixed costs dominate. */
const MIN_BYTES = 200_000;

/** Milliseconds per byte of raw code, by the identity of the worker. */
const ratesSchema = v.record(v.string(), v.pipe(v.number(), v.finite(), v.gtValue(0)));
type Rates = ValueOf<typeof ratesSchema>;

/** The speed of preparation on this machine, per worker, for estimates of the remaining time. Stored between runs. */
export class PreparationRates {
  private readonly file: string;

  constructor(private readonly cacheFolder: string) {
    this.file = join(cacheFolder, 'rates.json');
  }

  /** Estimated wall-clock milliseconds for preparing so many raw bytes. */
  async estimateMs(workerIdentity: string, rawBytes: number): Promise<number> {
    return ((await this.read())[workerIdentity] ?? INITIAL_MS_PER_BYTE) * rawBytes;
  }

  /** Takes a finished preparation into account. Ignores a cache folder that can't be written. */
  async update(workerIdentity: string, rawBytes: number, wallMs: number): Promise<void> {
    if (rawBytes < MIN_BYTES) return;
    const rates = await this.read();
    const measured = wallMs / rawBytes;
    const before = rates[workerIdentity] ?? measured;
    const rate = before + (measured - before) * WEIGHT_OF_NEWEST;
    try {
      await mkdir(this.cacheFolder, { recursive: true, mode: 0o700 });
      await writeAtomically(this.file, JSON.stringify({ ...rates, [workerIdentity]: rate }));
    } catch {
      // The next estimate is a little worse.
    }
  }

  private async read(): Promise<Rates> {
    try {
      return parseJson(ratesSchema, (await readOwnFile(this.file)).toString()) ?? {};
    } catch {
      return {};
    }
  }
}
