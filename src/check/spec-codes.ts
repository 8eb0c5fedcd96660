import { omitUndefined } from '../base/omit-undefined.ts';
import type { InspectBlob } from '../runtime/inspect-in-thread.ts';
import { readFileSafely } from '../runtime/read-file.ts';
import { listCodes } from '../runtime/spec-codes.ts';

/** One of the codes in a chain spec. */
export interface SpecCodeSummary {
  /** The key in `codeSubstitutes`, usually a block number. Absent: the genesis code. */
  readonly block?: string;
  /** Size as stored on chain. Absent: the code is damaged. */
  readonly storedBytes?: number;
  readonly specName?: string;
  readonly specVersion?: number;
}

/** Each takes about 100 ms. Specs in use have at most a handful of codes. */
const MAX_INSPECTED = 12;
/** Bytes after decompression. Larger than that of any relay chain, because what is only shown needs no verdict. */
export const DISPLAY_BOMB_LIMIT = 64 * 1024 * 1024;

/** The codes of the chain spec in a file. Empty if it is no chain spec. Rejects with `InputError`, or the signal's reason. */
export async function summarizeCodes(
  path: string,
  inspect: InspectBlob,
  signal?: AbortSignal,
): Promise<readonly SpecCodeSummary[]> {
  const options = signal === undefined ? {} : { signal };
  const codes = listCodes((await readFileSafely(path, options)).bytes);
  // Nobody has to choose.
  if (codes.length < 2) return codes.map(({ block, stored }) => omitUndefined({ block, storedBytes: stored?.length }));
  const summaries: SpecCodeSummary[] = [];
  for (const [index, { block, stored }] of codes.entries()) {
    const facts = stored && index < MAX_INSPECTED ? await inspect(stored, DISPLAY_BOMB_LIMIT, options) : undefined;
    const { specName, specVersion } = facts ?? {};
    summaries.push(omitUndefined({ block, storedBytes: stored?.length, specName, specVersion }));
  }
  return summaries;
}
