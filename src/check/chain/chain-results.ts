/** What `pvf chain` has found out earlier, so that an interrupted run can go on. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '../../base/atomic-file.ts';
import { cacheKey } from '../../base/cache-key.ts';
import { cachedFiles, deleteFiles, filesOverLimits, markUsed } from '../../base/file-cache.ts';
import { readOwnFile } from '../../base/own-file.ts';
import type { Profile } from '../../limits/profile.ts';
import { parseReport, type Report } from '../../model/report.ts';
import { summarizeProfile } from '../assemble-report.ts';
import type { PreparePlan } from '../check-plan.ts';
import { isCacheable, workerKey } from '../report-cache.ts';

/** A report has about 50 kB, and a relay chain has 60 to 150 codes. */
const limits = { maxBytes: 256 * 1024 * 1024, maxAgeMs: 90 * 24 * 3_600_000 };

const MAX_REPORT_BYTES = 32 * 1024 * 1024;

/** Changes when the stored files do. */
const FORMAT = 1;

export class ChainResults {
  readonly #folder: string;
  readonly #version: string;

  constructor(cacheFolder: string, toolVersion: string) {
    this.#folder = join(cacheFolder, 'chain');
    this.#version = toolVersion;
  }

  /** Undefined: there is none, or its file is damaged. Never rejects. */
  async find(codeHash: string, plan: PreparePlan): Promise<Report | undefined> {
    const file = this.#file(codeHash, plan);
    try {
      const parsed = parseReport(JSON.parse((await readOwnFile(file, MAX_REPORT_BYTES)).toString()));
      if (parsed.kind === 'invalid' || parsed.value.runtime.codeHash !== codeHash) return undefined;
      await markUsed(file);
      return withSourceOf(plan.inputs.profile, parsed.value);
    } catch {
      return undefined;
    }
  }

  /** Keeps the report, unless another check may have a different result. A folder that can't be written is ignored. */
  async keep(report: Report, plan: PreparePlan): Promise<void> {
    if (!isCacheable(report)) return;
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await writeAtomically(this.#file(report.runtime.codeHash, plan), JSON.stringify(report));
    } catch {
      // The next run checks the code again.
    }
  }

  /** Deletes what is too old or too much. Never rejects. */
  async prune(): Promise<void> {
    const files = await cachedFiles(this.#folder).catch(() => []);
    await deleteFiles(filesOverLimits(files, limits));
  }

  #file(codeHash: string, { settings, inputs, choice }: PreparePlan): string {
    const { kind, prepTimeoutMs, memoryLimit, sizes } = settings;
    const { profile, baseline: _, ...others } = inputs;
    const job = [kind, prepTimeoutMs, memoryLimit, sizes];
    const key = cacheKey(FORMAT, this.#version, codeHash, job, valuesOf(profile), others, workerKey(choice));
    return join(this.#folder, `${key}.json`);
  }
}

/** What can change a result: not the day or the block at which the values were read. */
function valuesOf({ source, date, block, session, rpc, notes, specVersion, ...values }: Profile): object {
  return values;
}

/** The values are the same, but they were read again. */
function withSourceOf(profile: Profile, report: Report): Report {
  const { items, pending } = report.limits;
  return { ...report, limits: { ...summarizeProfile(profile), items, ...(pending && { pending }) } };
}
