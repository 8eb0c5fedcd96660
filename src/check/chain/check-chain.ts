/** Checks every code of a relay chain, each once, and reports on each use of it. */
import { errorMessage } from '../../base/errors.ts';
import type { ChainReader } from '../../chain/chain-reader.ts';
import type { InputProblem, ProblemEntry, ReportEntry } from '../../model/input-problem.ts';
import type { ParaSummary, Report } from '../../model/report.ts';
import { SCHEMA_VERSION } from '../../model/schema-version.ts';
import { blobOfPara, paraPath } from '../../runtime/chain-blob.ts';
import type { CheckEnvironment } from '../check-environment.ts';
import type { PreparePlan } from '../check-plan.ts';
import type { CheckSession } from '../session.ts';
import { byCost, type Shard } from '../shard.ts';
import { type ChainCode, type ChainCodes, type CodeUse, inParallel, listCodes } from './chain-codes.ts';
import { ChainResults } from './chain-results.ts';
import { paraSummary } from './live-chain.ts';

export interface ChainCheck {
  readonly chain: ChainReader;
  readonly session: CheckSession;
  readonly environment: Pick<CheckEnvironment, 'cacheFolder' | 'package'>;
  /** One for each worker. */
  readonly plans: readonly PreparePlan[];
  /** Preparations at once. */
  readonly jobs: number;
  /** Absent: all codes. */
  readonly shard?: Shard;
  /** Checks also the codes with a result of an earlier run. */
  readonly isFresh: boolean;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: ChainProgress) => void;
}

export interface ChainProgress {
  /** Codes with a result, by all workers. Earlier results count. */
  readonly done: number;
  readonly total: number;
  /** Share of the bytes that had to be prepared. 0 to 1. */
  readonly share: number;
  /** Estimated for everything that has to be prepared. Absent: not known. */
  readonly expectedMs?: number;
}

/** The result for a code, whoever uses it. */
type CodeResult = { readonly report: Report } | { readonly problem: InputProblem };

/** Where the size of a code is not known. */
const TYPICAL_BYTES = 1_500_000;

/** Bytes after decompression for each byte as stored, as in the corpus. */
const RAW_FACTOR = 4.4;

/**
 * An error of one code is an entry like any other. Rejects with `ChainError` when the chain does not tell its codes, or with
 * the signal's reason; results so far are kept.
 */
export async function checkChain(check: ChainCheck): Promise<readonly ReportEntry[]> {
  const { chain, plans, shard, signal } = check;
  const codes = await listCodes(chain, shard, signal);
  const results = new ChainResults(check.environment.cacheFolder, check.environment.package.version);
  const work = plans.map((plan) => ({ plan, found: new Map<string, CodeResult>() }));
  if (!check.isFresh) {
    for (const { plan, found } of work) await findEarlier(codes.own, plan, results, found);
  }
  const progress = new Tracker(check, codes.own, work);
  progress.report();
  for (const { plan, found } of work) {
    const rest = codes.own.filter(({ codeHash }) => !found.has(codeHash));
    // The costliest first, so that none is left over for one worker at the end.
    const order = byCost(rest.map(({ codeHash, bytes = TYPICAL_BYTES }) => ({ cost: bytes, key: codeHash })));
    await inParallel(check.jobs, order, async (at) => {
      const code = rest[at];
      if (code === undefined) return;
      found.set(code.codeHash, await checkCode(code, codes, plan, check, results));
      progress.finished(code);
    });
  }
  await results.prune();
  const tool = { name: check.environment.package.name, version: check.environment.package.version };
  return entriesOf(codes, work, chain, tool);
}

async function findEarlier(
  codes: readonly ChainCode[],
  plan: PreparePlan,
  results: ChainResults,
  found: Map<string, CodeResult>,
): Promise<void> {
  for (const { codeHash } of codes) {
    const report = await results.find(codeHash, plan);
    if (report !== undefined) found.set(codeHash, { report });
  }
}

async function checkCode(
  { codeHash }: ChainCode,
  { uses }: ChainCodes,
  plan: PreparePlan,
  { chain, session, signal }: ChainCheck,
  results: ChainResults,
): Promise<CodeResult> {
  signal.throwIfAborted();
  const use = uses.find(({ code }) => code.codeHash === codeHash);
  if (use === undefined) throw new Error(`nobody uses the code ${codeHash}`);
  try {
    const blob = blobOfPara(summaryOf(chain, use), codeHash, await chain.code(codeHash));
    const { report } = await session.checkBlob(blob, plan, { signal, isForced: true });
    await results.keep(report, plan);
    return { report };
  } catch (error) {
    // One code must not keep the others from their results.
    signal.throwIfAborted();
    const message = `The code ${codeHash} could not be checked: ${errorMessage(error)}`;
    return { problem: { id: 'not-checked', message, remedy: 'Run the command again; it goes on with this code.' } };
  }
}

interface WorkerResults {
  readonly plan: PreparePlan;
  /** By code hash. */
  readonly found: ReadonlyMap<string, CodeResult>;
}

/** For each use of a code, one entry per worker. */
function entriesOf(
  { uses, own, shard }: ChainCodes,
  work: readonly WorkerResults[],
  chain: ChainReader,
  tool: Report['tool'],
): ReportEntry[] {
  const total = uses.length * work.length;
  const isOwn = new Set(own.map(({ codeHash }) => codeHash));
  return uses.flatMap((use, useAt) =>
    work.flatMap(({ found }, workerAt): readonly ReportEntry[] => {
      const result = isOwn.has(use.code.codeHash) ? found.get(use.code.codeHash) : undefined;
      if (result === undefined) return [];
      const part = shard && { shard: { ...shard, position: useAt * work.length + workerAt, total } };
      return [{ ...entryOf(result, summaryOf(chain, use), tool), ...part }];
    }),
  );
}

function entryOf(result: CodeResult, para: ParaSummary, tool: Report['tool']): ReportEntry {
  const path = paraPath(para);
  if ('report' in result) {
    const { report } = result;
    return { ...report, runtime: { ...report.runtime, path }, para };
  }
  const { problem } = result;
  const createdAt = new Date().toISOString();
  return { schemaVersion: SCHEMA_VERSION, tool, createdAt, path, problem, para } satisfies ProblemEntry;
}

function summaryOf(chain: ChainReader, { para, code }: CodeUse): ParaSummary {
  return paraSummary(chain, para, code.is);
}

/** Counts the codes, and the bytes that have to be prepared. */
class Tracker {
  readonly #onProgress: (progress: ChainProgress) => void;
  readonly #total: number;
  readonly #bytes: number;
  readonly #expectedMs: Promise<number | undefined>;
  #done: number;
  #doneBytes = 0;

  constructor(
    { onProgress = () => {}, session, jobs }: ChainCheck,
    own: readonly ChainCode[],
    work: readonly WorkerResults[],
  ) {
    this.#onProgress = onProgress;
    this.#total = own.length * work.length;
    this.#done = work.reduce((sum, { found }) => sum + found.size, 0);
    const rest = work.map(({ plan, found }) => ({
      plan,
      bytes: own.reduce((sum, code) => sum + (found.has(code.codeHash) ? 0 : bytesOf(code)), 0),
    }));
    this.#bytes = rest.reduce((sum, { bytes }) => sum + bytes, 0);
    this.#expectedMs = Promise.all(
      rest.map(({ plan, bytes }) =>
        plan.choice.kind === 'none' ? 0 : session.estimateMs(plan.choice.worker, bytes * RAW_FACTOR),
      ),
    ).then(
      (all) => all.reduce((sum, ms) => sum + ms, 0) / jobs,
      () => undefined,
    );
  }

  finished(code: ChainCode): void {
    this.#done += 1;
    this.#doneBytes += bytesOf(code);
    this.report();
  }

  report(): void {
    const share = this.#bytes === 0 ? 1 : this.#doneBytes / this.#bytes;
    const progress = { done: this.#done, total: this.#total, share };
    void this.#expectedMs.then((expectedMs) =>
      this.#onProgress({ ...progress, ...(expectedMs !== undefined && { expectedMs }) }),
    );
  }
}

function bytesOf({ bytes = TYPICAL_BYTES }: ChainCode): number {
  return bytes;
}
