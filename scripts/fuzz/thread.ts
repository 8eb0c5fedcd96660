/** The program of a thread of a run: it takes cases until there are none left. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Report } from '../../src/model/report.ts';
import { type Case, Cases } from './cases.ts';
import { Examiner } from './examine.ts';
import type { Original } from './originals.ts';
import { Random } from './random.ts';
import { SharedState } from './shared-state.ts';

export interface ThreadRequest {
  readonly thread: number;
  readonly seed: number;
  readonly last: number;
  readonly corpus: string;
  readonly buffer: SharedArrayBuffer;
  readonly began: number;
}

/** How a case ended. */
export interface CaseResult {
  readonly number: number;
  readonly original: string;
  readonly ms: number;
  /** `other`: the blob is no runtime, or is too damaged for sizes. */
  readonly reached: 'sizes' | 'other';
  readonly readsMetadata: boolean;
  /** The stack of the error. */
  readonly failure?: string;
}

/** A runtime's metadata costs a second. */
const METADATA_ONE_IN = 3;

async function run({ thread, seed, last, corpus, buffer, began }: ThreadRequest): Promise<void> {
  const state = new SharedState(buffer, began);
  const cases = await Cases.load(seed, corpus);
  const examiner = new Examiner();
  const reports = new Map<Original, Report | undefined>();
  const olderOf = async (original: Original) => {
    if (!reports.has(original)) {
      reports.set(original, await examiner.examine(original.bytes, { random: new Random(seed), wantsMetadata: false }));
    }
    state.restart(thread);
    return reports.get(original);
  };
  for (let number = state.begin(thread); number <= last; number = state.begin(thread)) {
    const result = await examineCase(number, cases.at(number), examiner, olderOf);
    parentPort?.postMessage(result);
  }
  state.end(thread);
}

async function examineCase(
  number: number,
  { original, content, random }: Case,
  examiner: Examiner,
  olderOf: (original: Original) => Promise<Report | undefined>,
): Promise<CaseResult> {
  const before = performance.now();
  const wantsMetadata = original.hasMetadata && random.oneIn(METADATA_ONE_IN);
  const done = { number, original: original.name, readsMetadata: wantsMetadata };
  try {
    const older = await olderOf(original);
    const report = await examiner.examine(content, { random, wantsMetadata, ...(older && { older }) });
    const reached = report?.sizes === undefined ? 'other' : 'sizes';
    return { ...done, ms: performance.now() - before, reached };
  } catch (error) {
    const failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { ...done, ms: performance.now() - before, reached: 'other', failure };
  }
}

await run(workerData as ThreadRequest);
