import { join } from 'node:path';
import { readOwnFile } from '../../base/own-file.ts';
import type { FunctionCosts } from '../../wasm/function-costs.ts';
import { costsFileName, decodeCosts, maxCostsFileBytes } from './costs-file.ts';

/**
 * Reads what the built-in worker left in its directory. Rejects with `InvalidCosts`, `NotOurFile`, or the system's error.
 */
export async function readCosts(workerDir: string): Promise<FunctionCosts> {
  return decodeCosts(await readOwnFile(join(workerDir, costsFileName), maxCostsFileBytes));
}
